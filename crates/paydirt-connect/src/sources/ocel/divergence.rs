//! Where does a case tell things after each other that have nothing to do with each other?
//!
//! A case of one object type may hold an activity several times, for different objects of another
//! type: an order whose items are picked one by one. That "pick" follows "pick" there is no loop
//! (W. van der Aalst, "Object-Centric Process Mining: Dealing with Divergence and Convergence in
//! Event Data", SEFM 2019). Counted are the events of a case for which the case has another event
//! of the same activity that no chain of shared objects of the other type connects with it.

use rustc_hash::FxHashMap;

use super::gather::{Gathered, NONE};
use super::index::{Index, Seen};

/// Most relations that are looked at; a log of more is left uncounted, and that is said.
const LOOKS_MAX: u64 = 200_000_000;

/// Objects of a case up to which its table is kept for the next.
const SMALL_CASE_OBJECTS: usize = 4_096;

/// What diverges with one other object type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Divergence {
    /// Cases in which events diverge.
    pub(super) cases: u64,
    /// These events.
    pub(super) events: u64,
}

/// The divergences of the cases of a type by the number of the other type; `None` where the log
/// has too many relations to count them.
pub(super) fn divergences(
    gathered: &Gathered<'_>,
    index: &Index,
    cases: &[(u32, Vec<u32>)],
) -> Option<FxHashMap<u32, Divergence>> {
    let mut looks = 0;
    let mut found = FxHashMap::<u32, Divergence>::default();
    let mut groups = Groups::default();
    let mut seen = Seen::new(gathered.object_types.len());
    for (case, events) in cases {
        groups.clear();
        let own = gathered.object_types[*case as usize];
        for event in repeated(gathered, events) {
            looks += index.of_event(event as usize).len() as u64;
            if looks > LOOKS_MAX {
                return None;
            }
            groups.begin_event(gathered.events[event as usize].activity);
            seen.next();
            for relation in index.of_event(event as usize) {
                let kind = gathered.object_types[relation.target as usize];
                if kind != own && kind != NONE && seen.is_new(relation.target) {
                    groups.add(kind, relation.target);
                }
            }
        }
        for (kind, events) in groups.divergent() {
            let divergence = found.entry(kind).or_default();
            divergence.cases += 1;
            divergence.events += events;
        }
    }
    Some(found)
}

/// The events of a case whose activity it has more than once; no other event can diverge.
fn repeated<'e>(gathered: &'e Gathered<'_>, events: &'e [u32]) -> impl Iterator<Item = u32> {
    let activity = |event: u32| gathered.events[event as usize].activity;
    let mut counts = FxHashMap::<u32, u32>::default();
    for &event in events {
        *counts.entry(activity(event)).or_default() += 1;
    }
    events.iter().copied().filter(move |&event| counts[&activity(event)] > 1)
}

/// The events of one case, grouped by activity and other type, and joined where they share an
/// object of it.
#[derive(Default)]
struct Groups {
    activity: u32,
    /// The nodes of the current event, by other type.
    of_event: Vec<(u32, usize)>,
    /// For each node: other type, activity, and the node it is joined to.
    nodes: Vec<(u32, u32, usize)>,
    /// The first node with an activity and an object.
    of_object: FxHashMap<(u32, u32), usize>,
}

impl Groups {
    fn clear(&mut self) {
        self.nodes.clear();
        // Clearing takes as long as the largest case was, and most cases are small.
        if self.of_object.capacity() > SMALL_CASE_OBJECTS {
            self.of_object = FxHashMap::default();
        }
        self.of_object.clear();
    }

    fn begin_event(&mut self, activity: u32) {
        self.activity = activity;
        self.of_event.clear();
    }

    fn add(&mut self, kind: u32, object: u32) {
        let known = self.of_event.iter().find(|(known, _)| *known == kind);
        let node = match known {
            Some(&(_, node)) => node,
            None => {
                let node = self.nodes.len();
                self.nodes.push((kind, self.activity, node));
                self.of_event.push((kind, node));
                node
            }
        };
        let first = *self.of_object.entry((self.activity, object)).or_insert(node);
        let (a, b) = (self.root(first), self.root(node));
        self.nodes[a.max(b)].2 = a.min(b);
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.nodes[node].2 != node {
            let above = self.nodes[self.nodes[node].2].2;
            self.nodes[node].2 = above;
            node = above;
        }
        node
    }

    /// How many events diverge, by other type.
    fn divergent(&mut self) -> FxHashMap<u32, u64> {
        let mut groups = FxHashMap::<(u32, u32), (u64, u64)>::default();
        for node in 0..self.nodes.len() {
            let is_root = self.root(node) == node;
            let (kind, activity, _) = self.nodes[node];
            let (events, roots) = groups.entry((kind, activity)).or_default();
            *events += 1;
            *roots += u64::from(is_root);
        }
        let mut divergent = FxHashMap::default();
        for ((kind, _), (events, roots)) in groups {
            if roots > 1 {
                *divergent.entry(kind).or_default() += events;
            }
        }
        divergent
    }
}
