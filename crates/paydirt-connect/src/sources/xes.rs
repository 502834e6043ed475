//! What is in an XES file? Event logs after IEEE 1849, read as a stream.
//!
//! The case is the trace's `concept:name`, the activity the event's `concept:name` (or the
//! classifier that was chosen), the time `time:timestamp`; every `<event>` is one event. Attributes
//! of a trace belong to the case, those of an event to the event; nested ones are named by their
//! path, `outer/inner`. Whatever breaks a rule of the standard is read as far as it can be and
//! counted in the report under the rule's id.

mod attributes;
mod classifier;
mod declarations;
mod events;
mod extensions;
mod keys;
mod reader;
mod rules;
mod state;
mod value;

use std::io::Read;

use paydirt_model::attribute::{AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::log_builder::{AttributeSpec, LevelChoice, LifecycleReading, LogSpec};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event;

use crate::input::Input;
use crate::read_ahead::with_read_ahead;
use crate::source::{Content, ReadOptions, SNIFF_BYTES, SourceFormat, SourceReport};
use crate::xml::characters::utf8;
use crate::xml::markup::Window;
use crate::xml::{cut_short, refuse_entities, xml_problem};
use classifier::split_keys;
use reader::LogReader;
use rules::{Rule, Spot};

pub use rules::RULES;
pub(crate) use value::is_uuid;

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "xes",
    label: || Sentence::from("XES"),
    extensions: &["xes"],
    recognizes,
    shape: None,
    read,
};

/// Whether the first element is a `<log>`, as far as the first bytes tell.
fn recognizes(head: &[u8]) -> bool {
    let mut text = Vec::new();
    let Ok((mut reader, _)) = utf8(Box::new(head)) else { return false };
    if reader.read_to_end(&mut text).is_err() {
        return false;
    }
    let is_cut = head.len() >= SNIFF_BYTES;
    let mut xml = Reader::from_reader(text.as_slice());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return tag.local_name().as_ref() == "log";
            }
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            // A long comment or document type before the first element: reading will tell.
            Ok(Event::Eof) => return is_cut,
            Err(Error::Syntax(_)) => {
                return is_cut || memchr::memmem::find(&text, b"<log").is_some();
            }
            Ok(_) | Err(_) => return false,
        }
    }
}

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    read_from(input.open(options)?, input.name(), options)
}

/// Reads an XES document. A log without one usable event is no error here: the report says why.
///
/// # Errors
/// The document is not well-formed, damaged, no XES log, or exceeds a limit; or the log does not
/// declare the classifier.
pub fn read_from<'a>(
    bytes: Box<dyn Read + Send + 'a>,
    name: &str,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    with_read_ahead(bytes, options.threads, |bytes| read_log(bytes, options))
        .map_err(|problem| problem.in_file(name))
}

fn read_log(
    bytes: Box<dyn Read + Send + '_>,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let (bytes, encoding) = utf8(bytes)?;
    let mut xml = Reader::from_reader(Window::new(bytes, options.limits));
    xml.config_mut().check_comments = true;
    let mut log = LogReader::new(options.limits, options.classifier, options.zone);
    if let Some(encoding) = encoding {
        log.report.readings.push(say!("encoding: {encoding}", encoding));
    }
    read_document(&mut xml, &mut log)?;
    Ok(finish(log))
}

fn read_document(xml: &mut Reader<Window<'_>>, log: &mut LogReader<'_>) -> Result<(), Problem> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        xml.get_mut().begin_element();
        let event = match xml.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(xml_problem(&error, xml.get_mut())),
        };
        let window = xml.get_mut();
        match event {
            Event::Empty(tag) => {
                log.start(&tag, window)?;
                log.end();
            }
            Event::Start(tag) => log.start(&tag, window)?,
            Event::End(_) => log.end(),
            Event::Text(text) => log.text(&text, window)?,
            Event::CData(text) => log.text(&text, window)?,
            Event::GeneralRef(name) => log.text(&format!("&{};", &*name), window)?,
            Event::DocType(text) => refuse_entities(&text, window)?,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof if log.is_open() => return Err(cut_short(window)),
            Event::Eof if log.has_root() => return Ok(()),
            Event::Eof => {
                let detail = say!("The document holds no element; XES begins with <log>.");
                return Err(Problem::new(ErrorCode::UnknownFormat, detail));
            }
        }
    }
}

/// What is known only at the end of the document.
fn finish(mut log: LogReader<'_>) -> Content {
    check_classifiers(&mut log);
    if log.nesting.is_declared && !log.nesting.is_used {
        let spot = Spot { line: log.log_line, element: "xes.features", value: "nested-attributes" };
        rules::find(&mut log.report, Rule::FeatureUnused, spot, || {
            say!("xes.features names nested-attributes, but no attribute is nested.")
        });
    }
    let rows = log.rows.finish();
    let mut report = log.report;
    report
        .notes
        .extend(log.log_attributes.iter().map(|(key, text)| say!("log {key}: {text}", key, text)));
    let hidden = log.log_attribute_count - log.log_attributes.len() as u64;
    if hidden > 0 {
        report.notes.push(say!(
            "{count} more {count|attribute|attributes} of the log itself {count|was|were} left \
             out.",
            count = hidden
        ));
    }
    for name in &rows.mixed {
        report
            .notes
            .push(say!("\"{name}\" has values of different types; it is read as text.", name));
    }
    note_zone(&mut report);
    let resource = attribute_idx(&rows.attributes, "org:resource");
    let spec = LogSpec { attributes: rows.attributes, resource, ..LogSpec::plain() };
    Content::Events { spec, chunks: rows.chunks, report }
}

fn note_zone(report: &mut SourceReport) {
    let without = report.problems.iter().find(|it| it.kind == Rule::DateWithoutZone.id());
    if let Some(found) = without {
        report.notes.push(say!(
            "{count} {count|date|dates} without a zone {count|was|were} read as UTC.",
            count = found.count
        ));
    }
}

fn check_classifiers(log: &mut LogReader<'_>) {
    let mut names = Vec::new();
    for classifier in &log.classifiers {
        names.push(format!("{} ({})", classifier.name, classifier.keys));
        let roots = [classifier.scope.globals(), classifier.scope.attributes()];
        let is_known = |key: &str| log.keys.is_known(key, &roots);
        for key in split_keys(&classifier.keys, is_known) {
            if !is_known(&key) {
                let spot = Spot { line: classifier.line, element: &classifier.name, value: &key };
                rules::find(&mut log.report, Rule::UnknownClassifierKey, spot, || {
                    say!("The classifier names a key that no global and no element has.")
                });
            }
        }
    }
    if !names.is_empty() {
        names.truncate(CLASSIFIERS_SHOWN_MAX);
        log.report.readings.push(say!("classifiers of the log: {names}", names));
    }
}

/// Most classifiers that a report names.
const CLASSIFIERS_SHOWN_MAX: usize = 20;

fn attribute_idx(attributes: &[AttributeSpec], name: &str) -> Option<AttributeIdx> {
    attributes
        .iter()
        .position(|attribute| {
            attribute.name == name
                && attribute.kind == AttributeType::Text
                && attribute.level == LevelChoice::Declared(AttributeLevel::Event)
        })
        .map(AttributeIdx)
}

/// How lifecycle transitions of a log are paired: by `lifecycle:transition`, within one
/// `concept:instance` where there is one. `None` when the log has no transitions.
#[must_use]
pub fn lifecycle_pairing(attributes: &[AttributeSpec]) -> Option<LifecycleReading> {
    let transition = attribute_idx(attributes, "lifecycle:transition")?;
    let instance = attribute_idx(attributes, "concept:instance");
    Some(LifecycleReading::Pair { transition, instance })
}
