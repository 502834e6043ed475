//! Which objects does each event have, and which events each object?

use rustc_hash::FxHashSet;

use super::gather::{Gathered, NONE, Relation};

/// The relations of a log, each once, found from either end.
pub(super) struct Index {
    /// Relations of events, event by event; of two to the same object with the same qualifier the
    /// first counts.
    event_objects: Vec<Relation>,
    event_ends: Vec<usize>,
}

impl Index {
    pub(super) fn of(gathered: &mut Gathered<'_>) -> Self {
        let mut relations = std::mem::take(&mut gathered.event_objects);
        relations.sort_by_key(|relation| relation.source);
        let mut kept: Vec<Relation> = Vec::with_capacity(relations.len());
        let mut event_ends = Vec::with_capacity(gathered.events.len());
        let mut rest = relations.as_slice();
        for event in 0..gathered.events.len() {
            let count = rest.iter().take_while(|it| it.source as usize == event).count();
            let (own, after) = rest.split_at(count);
            rest = after;
            let mut known = FxHashSet::default();
            kept.extend(own.iter().filter(|it| known.insert((it.target, it.qualifier))));
            event_ends.push(kept.len());
        }
        Index { event_objects: kept, event_ends }
    }

    /// The relations of an event, in the order of the source.
    pub(super) fn of_event(&self, event: usize) -> &[Relation] {
        let start = event.checked_sub(1).map_or(0, |before| self.event_ends[before]);
        &self.event_objects[start..self.event_ends[event]]
    }
}

/// Tells whether an object was met before, over and over from the beginning.
pub(super) struct Seen {
    round: u32,
    rounds: Vec<u32>,
}

impl Seen {
    pub(super) fn new(count: usize) -> Self {
        Seen { round: 0, rounds: vec![NONE; count] }
    }

    /// Forgets what was met.
    pub(super) fn next(&mut self) {
        self.round += 1;
    }

    /// Whether this is met for the first time in this round.
    pub(super) fn is_new(&mut self, idx: u32) -> bool {
        std::mem::replace(&mut self.rounds[idx as usize], self.round) != self.round
    }
}
