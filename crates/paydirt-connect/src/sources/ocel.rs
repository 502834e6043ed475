//! What is in an object-centric event log? OCEL 2.0 in JSON, XML or SQLite, flattened to the cases
//! of one object type.
//!
//! In such a log an event belongs to several objects at once, and an object to others
//! (A. Berti et al., "OCEL (Object-Centric Event Log) 2.0 Specification", 2023). A case is here an
//! object of the type that is chosen. What flattening does to the log is said with numbers: events
//! that are repeated because they belong to several cases (convergence), events of one case that
//! have nothing to do with each other (divergence), events that belong to no case.

mod choice;
mod columns;
mod divergence;
mod flatten;
mod gather;
mod index;
mod json;
mod notes;
mod object_values;
mod related;
mod sqlite;
mod values;
mod xml;

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::log_builder::{AttributeSpec, LogSpec};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::input::Input;
use crate::read_ahead::with_read_ahead;
use crate::source::{Content, ReadOptions, SourceFormat, unknown_format};
use choice::{choose, listed, object_types, offered};
use flatten::{Cases, flatten};
use gather::Gathered;
use index::Index;

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "ocel",
    label: || Sentence::from("OCEL 2.0"),
    extensions: &["jsonocel", "xmlocel", "sqlite", "ocel"],
    recognizes: |head| form_of(head).is_some(),
    shape: None,
    read,
};

/// First bytes of an SQLite database.
const SQLITE: &[u8] = b"SQLite format 3\x00";

/// Attributes that say who did it.
const RESOURCES: [&str; 2] = ["org:resource", "resource"];

/// The forms in which the standard is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Xml,
    Sqlite,
    /// The standard before, of 2020.
    FirstVersion,
}

/// The form of a log, as far as the first bytes tell. Any SQLite database is taken for one: its
/// tables tell when it is opened.
fn form_of(head: &[u8]) -> Option<Form> {
    let holds =
        |words: &[&[u8]]| words.iter().any(|word| memchr::memmem::find(head, word).is_some());
    if head.starts_with(SQLITE) {
        return Some(Form::Sqlite);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text.first()? {
        b'<' if holds(&[b"key=\"ocel:", b"key='ocel:"]) => Some(Form::FirstVersion),
        b'<' if holds(&[b"<object-types", b"<event-types"]) => Some(Form::Xml),
        b'<' if holds(&[b"<events>"]) && holds(&[b"object-id="]) => Some(Form::Xml),
        b'{' if holds(&[b"\"ocel:"]) => Some(Form::FirstVersion),
        b'{' if holds(&[b"\"objectTypes\"", b"\"eventTypes\""]) => Some(Form::Json),
        b'{' if holds(&[b"\"events\"", b"\"objects\""]) && holds(&[b"\"relationships\""]) => {
            Some(Form::Json)
        }
        _ => None,
    }
}

/// What the user is told of a log of the standard before.
fn first_version() -> Problem {
    Problem::new(
        ErrorCode::UnknownFormat,
        say!(
            "This is an object-centric event log of the first version of the standard (OCEL 1.0)."
        ),
    )
    .with_hint(say!("Save it as OCEL 2.0 in the tool that wrote it, or export XES or CSV."))
}

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let head = input.sniff(crate::source::SNIFF_BYTES)?;
    let form = form_of(&head).or_else(|| Form::of_other(&head)).ok_or_else(|| {
        unknown_format(input, say!("This is neither text nor a known binary format."))
    })?;
    let mut gathered = Gathered::new(options);
    gather(form, input, options, &mut gathered)?;
    if let Some(types) = gathered.late_types() {
        drop(gathered);
        gathered = Gathered::of_types(types, options)?;
        gather(form, input, options, &mut gathered)?;
    }
    gathered.refuse_timeless();
    finish(gathered, input.byte_count(), options)
}

fn gather(
    form: Form,
    input: &Input<'_>,
    options: &ReadOptions<'_>,
    gathered: &mut Gathered<'_>,
) -> Result<(), Problem> {
    match form {
        Form::FirstVersion => Err(first_version()),
        Form::Json => with_read_ahead(input.open(options)?, options.threads, |bytes| {
            json::read(bytes, options, gathered)
        }),
        Form::Xml => with_read_ahead(input.open(options)?, options.threads, |bytes| {
            xml::read(bytes, options, gathered)
        }),
        Form::Sqlite => sqlite::read(input.on_disk(options)?.path(), options, gathered),
    }
}

impl Form {
    /// A file that is called like such a log, and whose beginning does not tell.
    fn of_other(head: &[u8]) -> Option<Form> {
        match head.trim_ascii_start().first()? {
            b'<' => Some(Form::Xml),
            b'{' => Some(Form::Json),
            _ => None,
        }
    }
}

fn finish(
    mut gathered: Gathered<'_>,
    byte_count: u64,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let index = Index::of(&mut gathered);
    notes::count_unknown_objects(&mut gathered, &index);
    let types = object_types(&gathered, &index);
    if types.len() > options.limits.columns_max {
        let (count, max) = (types.len(), options.limits.columns_max);
        let detail = say!("The log has {count} object types; at most {max} are read.", count, max);
        return Err(Problem::new(ErrorCode::InputTooLarge, detail));
    }
    let choice = choose(&gathered, &types, options.object_type);
    let (chosen, why) = match choice {
        Ok(chosen) => chosen,
        Err(problem) if problem.code == ErrorCode::ObjectTypeNotFound => {
            gathered.report.choices.push(offered(&gathered, &types, None));
            return Ok(Content::Undecided { problem, report: gathered.report });
        }
        Err(problem) => return Err(problem),
    };
    gathered.report.readings.push(why);
    gathered.report.readings.push(listed(&gathered, &types));
    gathered.report.choices.push(offered(&gathered, &types, Some(chosen)));
    gathered.note_zone();
    options.check_cancelled()?;
    let cases = Cases::of(&mut gathered, &index, chosen);
    gathered.report.empty_cases = chosen.objects - chosen.cases;
    let flat = flatten(&mut gathered, &index, &cases, chosen, byte_count, options)?;
    notes::tell(&mut gathered, &index, &cases, chosen, &flat);
    let attributes = flat.rows.attributes;
    let spec = LogSpec { resource: resource(&attributes), attributes, ..LogSpec::plain() };
    Ok(Content::Events { spec, chunks: flat.rows.chunks, report: gathered.report })
}

fn resource(attributes: &[AttributeSpec]) -> Option<AttributeIdx> {
    let place = |wanted: &&str| attributes.iter().position(|known| known.name == **wanted);
    RESOURCES.iter().find_map(place).map(AttributeIdx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_their_likes() {
        for (head, expected) in [
            (&b"<?xml version='1.0'?>\n<log>\n  <object-types>"[..], Some(Form::Xml)),
            (b"<log><events><event><objects><relationship object-id='o1'", Some(Form::Xml)),
            (b"<log><string key=\"ocel:activity\" value=\"a\"/>", Some(Form::FirstVersion)),
            (b"\xef\xbb\xbf {\"objectTypes\": []", Some(Form::Json)),
            (b"{\"events\": [{\"id\": \"e1\", \"relationships\": [", Some(Form::Json)),
            (b"{\"ocel:global-event\": {}}", Some(Form::FirstVersion)),
            (b"SQLite format 3\x00 CREATE TABLE deals", Some(Form::Sqlite)),
            (b"<log xes.version=\"1.0\"><extension name=\"Concept\"/>", None),
            (b"{\"deals\": []}", None),
            (b"ocel:eid,ocel:activity\n1,a", None),
            (b"", None),
        ] {
            assert_eq!(form_of(head), expected, "{}", head.escape_ascii());
        }
    }
}
