//! What has to be said of a flattened log, with numbers?

use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::choice::ObjectType;
use super::divergence::divergences;
use super::flatten::{Cases, Flattened};
use super::gather::{Gathered, NONE};
use super::index::Index;

/// Most names in one note, and notes of one kind.
const NAMES_MAX: usize = 20;

/// Counts the relations to objects that the log does not have.
pub(super) fn count_unknown_objects(gathered: &mut Gathered<'_>, index: &Index) {
    let mut unknown = Vec::new();
    for event in 0..gathered.events.len() {
        let targets = index.of_event(event).iter().map(|relation| relation.target);
        unknown.extend(targets.filter(|&it| gathered.object_types[it as usize] == NONE));
    }
    for relation in &gathered.object_objects {
        let ends = [relation.source, relation.target];
        unknown.extend(ends.into_iter().find(|&it| gathered.object_types[it as usize] == NONE));
    }
    for object in unknown {
        let id = gathered.text(gathered.object_ids[object as usize]).to_owned();
        gathered.doubt("unknown-object", ("objectId", &id), || {
            say!("A relation names an object that the log does not have; it was left out.")
        });
    }
}

/// Adds what flattening did to the report.
pub(super) fn tell(
    gathered: &mut Gathered<'_>,
    index: &Index,
    cases: &Cases,
    chosen: &ObjectType,
    flat: &Flattened,
) {
    let mut notes = vec![convergence(gathered, cases, chosen)];
    notes.extend(without(gathered, cases, chosen));
    notes.extend(divergence(gathered, index, cases));
    for (name, count) in flat.changing.iter().take(NAMES_MAX) {
        notes.push(say!(
            "\"{name}\" changes in {count} {count|object|objects}: every event has the value of \
             its time.",
            name,
            count = *count
        ));
    }
    if flat.changes_unseen > 0 {
        notes.push(say!(
            "{count} {count|change|changes} after the last event of an object {count|is|are} told \
             by no event and {count|was|were} left out.",
            count = flat.changes_unseen
        ));
    }
    for name in &flat.rows.mixed {
        notes.push(say!("\"{name}\" has values of different types; it is read as text.", name));
    }
    if flat.lists_cut > 0 {
        notes.push(say!(
            "{count} {count|list|lists} of related objects {count|is|are} longer than 50 ids and \
             {count|was|were} cut; each says how many are missing.",
            count = flat.lists_cut
        ));
    }
    if !flat.left_out.is_empty() {
        let names = &flat.left_out[..flat.left_out.len().min(NAMES_MAX)];
        notes.push(say!(
            "{count} {count|attribute|attributes} {count|was|were} left out, for a log may not \
             have more: {names}.",
            count = flat.left_out.len(),
            names
        ));
    }
    gathered.report.notes.extend(notes);
}

/// Events that are in several cases.
fn convergence(gathered: &Gathered<'_>, cases: &Cases, chosen: &ObjectType) -> Sentence {
    let kind = gathered.text(chosen.name);
    let kept = cases.is_kept.iter().filter(|&&is_kept| is_kept).count();
    if cases.repeated == 0 {
        return say!(
            "No event is repeated: each belongs to one object of the type {kind} (no convergence).",
            kind
        );
    }
    say!(
        "{count} of {all} events {count|belongs|belong} to several objects of the type {kind} and \
         {count|is|are} repeated in each of their cases (convergence): {kept} \
         {kept|event|events} became {rows}.",
        count = cases.repeated,
        all = kept,
        kind,
        kept,
        rows = cases.rows
    )
}

/// Events that are in no case.
fn without(gathered: &Gathered<'_>, cases: &Cases, chosen: &ObjectType) -> Option<Sentence> {
    let count: u64 = cases.without.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return None;
    }
    let named = cases.without.iter().take(NAMES_MAX);
    let mut activities: Vec<Sentence> = named
        .map(|&(activity, count)| {
            let activity = gathered.text(activity);
            say!("{activity} ({count})", activity, count)
        })
        .collect();
    let others = cases.without.len().saturating_sub(NAMES_MAX);
    if others > 0 {
        activities.push(say!("{count} more", count = others));
    }
    Some(say!(
        "{count} {count|event belongs|events belong} to no object of the type {kind} and \
         {count|was|were} left out: {activities}.",
        count,
        kind = gathered.text(chosen.name),
        activities
    ))
}

/// Events of one case that have nothing to do with each other.
fn divergence(gathered: &Gathered<'_>, index: &Index, cases: &Cases) -> Vec<Sentence> {
    let Some(found) = divergences(gathered, index, &cases.list) else {
        return vec![say!(
            "The log has too many relations to count the events of one case that belong to \
             unrelated objects (divergence)."
        )];
    };
    let mut found: Vec<_> = found.into_iter().collect();
    let name = |kind: u32| gathered.text(kind);
    found.sort_by(|a, b| b.1.events.cmp(&a.1.events).then_with(|| name(a.0).cmp(name(b.0))));
    let told = found.iter().take(NAMES_MAX).map(|&(kind, divergence)| {
        say!(
            "In {cases} of {all} cases an activity happens for several unrelated objects of the \
             type {kind} (divergence), {events} {events|event|events} in all: that they follow \
             each other does not mean that one led to the other.",
            cases = divergence.cases,
            all = cases.list.len(),
            kind = name(kind),
            events = divergence.events
        )
    });
    told.collect()
}
