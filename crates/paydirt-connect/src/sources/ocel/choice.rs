//! Which type of objects are the cases? The one that the user names, else the one that makes the
//! most sensible cases, by a rule that is said.

use std::cmp::Reverse;

use paydirt_model::mapping::{ChoiceKind, ChoiceOption, ReadingChoice};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::gather::{Gathered, NONE};
use super::index::{Index, Seen};

/// Cases of fewer events have no path, and cases of more are seldom one story: a customer, an
/// employee, a product.
const EVENTS_MIN: u32 = 2;
const EVENTS_MAX: u32 = 100;

/// A type of objects and what its cases would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ObjectType {
    /// The number of its name.
    pub(super) name: u32,
    /// Its objects, those without events included.
    pub(super) objects: u64,
    /// Its objects with events.
    pub(super) cases: u64,
    /// Events with at least one of its objects.
    pub(super) events: u64,
    /// Events with exactly one of its objects.
    pub(super) single: u64,
    /// Events in all cases together, repeated ones as often as they would be there.
    pub(super) rows: u64,
    /// Half of the objects with events have so many events at most.
    pub(super) median: u32,
}

/// All types with objects, in the order of their names.
pub(super) fn object_types(gathered: &Gathered<'_>, index: &Index) -> Vec<ObjectType> {
    let mut types = Types::default();
    for &kind in gathered.object_types.iter().filter(|&&kind| kind != NONE) {
        types.of(kind).objects += 1;
    }
    let mut events_of = vec![0_u32; gathered.object_types.len()];
    let mut seen = Seen::new(gathered.object_types.len());
    let mut of_event: Vec<(u32, u64)> = Vec::new();
    for (event, _) in timed_events(gathered) {
        of_event.clear();
        seen.next();
        for relation in index.of_event(event) {
            let kind = gathered.object_types[relation.target as usize];
            if kind == NONE || !seen.is_new(relation.target) {
                continue;
            }
            events_of[relation.target as usize] += 1;
            match of_event.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count += 1,
                None => of_event.push((kind, 1)),
            }
        }
        for &(kind, count) in &of_event {
            let found = types.of(kind);
            found.events += 1;
            found.single += u64::from(count == 1);
            found.rows += count;
        }
    }
    types.set_medians(gathered, &events_of);
    types.list.sort_by(|a, b| gathered.text(a.name).cmp(gathered.text(b.name)));
    types.list
}

/// The events that have a time.
pub(super) fn timed_events<'g>(
    gathered: &'g Gathered<'_>,
) -> impl Iterator<Item = (usize, &'g super::gather::Event)> {
    gathered.events.iter().enumerate().filter(|(_, event)| event.moment.is_some())
}

#[derive(Default)]
struct Types {
    list: Vec<ObjectType>,
    place: rustc_hash::FxHashMap<u32, usize>,
}

impl Types {
    fn of(&mut self, name: u32) -> &mut ObjectType {
        let list = &mut self.list;
        let place = *self.place.entry(name).or_insert_with(|| {
            let (objects, cases, events, single, rows, median) = (0, 0, 0, 0, 0, 0);
            list.push(ObjectType { name, objects, cases, events, single, rows, median });
            list.len() - 1
        });
        &mut list[place]
    }

    fn set_medians(&mut self, gathered: &Gathered<'_>, events_of: &[u32]) {
        let mut counts: Vec<(usize, u32)> = Vec::new();
        for (&kind, &count) in gathered.object_types.iter().zip(events_of) {
            if kind != NONE && count > 0 {
                counts.push((self.place[&kind], count));
            }
        }
        counts.sort_unstable();
        for of_type in counts.chunk_by(|a, b| a.0 == b.0) {
            let found = &mut self.list[of_type[0].0];
            found.cases = of_type.len() as u64;
            found.median = of_type[(of_type.len() - 1) / 2].1;
        }
    }
}

/// How well a type suits as the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suits {
    /// Its objects have one event each.
    Hardly,
    /// There is one object alone, or most have very many events.
    Somewhat,
    Well,
}

impl ObjectType {
    fn suits(&self) -> Suits {
        if self.median < EVENTS_MIN {
            Suits::Hardly
        } else if self.median > EVENTS_MAX || self.cases < 2 {
            Suits::Somewhat
        } else {
            Suits::Well
        }
    }
}

/// The type that is flattened to, and why.
pub(super) fn choose<'t>(
    gathered: &Gathered<'_>,
    types: &'t [ObjectType],
    wanted: Option<&str>,
) -> Result<(&'t ObjectType, Sentence), Problem> {
    if let Some(wanted) = wanted {
        let found = types.iter().find(|known| gathered.text(known.name) == wanted);
        let found = found.ok_or_else(|| unknown_type(gathered, types, wanted))?;
        return Ok((found, say!("one case for each {kind}, as chosen", kind = wanted)));
    }
    let suited = types.iter().filter(|known| known.cases > 0);
    // The list is in the order of the names, and the last of equal ones would be taken.
    let best = suited.rev().max_by_key(|known| (known.suits(), known.single, known.cases));
    let best = best.ok_or_else(|| {
        Problem::new(
            ErrorCode::NothingUsable,
            say!("No event of the log belongs to an object, so there is no case."),
        )
        .with_hint(say!("Export the log with its relations of events to objects."))
    })?;
    let (kind, single) = (gathered.text(best.name), best.single);
    let all = timed_events(gathered).count();
    let why = match best.suits() {
        Suits::Well => say!(
            "one case for each {kind}: of the object types whose objects have from {least} to \
             {most} events (the median), it has the most events that belong to exactly one object, \
             {single} of {all}",
            kind,
            least = EVENTS_MIN,
            most = EVENTS_MAX,
            single,
            all
        ),
        Suits::Somewhat | Suits::Hardly => say!(
            "one case for each {kind}: no object type has several objects of {least} to {most} \
             events (the median), and of the others it has the most events that belong to exactly \
             one object, {single} of {all}",
            kind,
            least = EVENTS_MIN,
            most = EVENTS_MAX,
            single,
            all
        ),
    };
    Ok((best, why))
}

fn unknown_type(gathered: &Gathered<'_>, types: &[ObjectType], wanted: &str) -> Problem {
    let names: Vec<&str> =
        types.iter().take(TYPES_SHOWN_MAX).map(|it| gathered.text(it.name)).collect();
    Problem::new(
        ErrorCode::ObjectTypeNotFound,
        say!("The log has no object type \"{wanted}\". It has {names}.", wanted, names),
    )
    .in_parameter("object_type")
    .with_hint(say!("Choose one of these object types, or none, so that one is found."))
}

/// Most object types that are named in a sentence or offered.
const TYPES_SHOWN_MAX: usize = 50;

/// The types that can be chosen, the largest first.
pub(super) fn offered(
    gathered: &Gathered<'_>,
    types: &[ObjectType],
    chosen: Option<&ObjectType>,
) -> ReadingChoice {
    let mut offered: Vec<&ObjectType> = types.iter().filter(|known| known.cases > 0).collect();
    offered.sort_by_key(|known| Reverse(known.events));
    offered.truncate(TYPES_SHOWN_MAX);
    let option = |known: &&ObjectType| ChoiceOption {
        name: gathered.text(known.name).to_owned(),
        about: about(known),
    };
    ReadingChoice {
        kind: ChoiceKind::ObjectType,
        chosen: chosen.map(|known| gathered.text(known.name).to_owned()),
        options: offered.iter().map(option).collect(),
    }
}

fn about(known: &ObjectType) -> Sentence {
    say!(
        "{cases} {cases|case|cases}, {rows} {rows|event|events}",
        cases = known.cases,
        rows = known.rows
    )
}

/// The object types of the log in a sentence.
pub(super) fn listed(gathered: &Gathered<'_>, types: &[ObjectType]) -> Sentence {
    let mut told: Vec<Sentence> = types
        .iter()
        .take(TYPES_SHOWN_MAX)
        .map(|known| {
            let (kind, about) = (gathered.text(known.name), about(known));
            say!("{kind} ({about})", kind, about)
        })
        .collect();
    let others = types.len().saturating_sub(TYPES_SHOWN_MAX);
    if others > 0 {
        told.push(say!("{count} more", count = others));
    }
    say!("object types of the log: {types}", types = told)
}
