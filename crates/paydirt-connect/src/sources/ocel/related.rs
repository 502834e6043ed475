//! Which objects of other types does an event or a case have? Their ids, as attributes.
//!
//! There is one attribute for each object type and qualifier, such as `item: picked`; a type with
//! many qualifiers has one alone, in which the qualifier stands behind each id.

use paydirt_model::attribute::AttributeType;
use paydirt_model::problem::Problem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{Columns, Level};
use super::flatten::Cases;
use super::gather::{Gathered, NONE, Relation, Value};
use super::index::Index;
use crate::event_rows::ColumnIdx;

/// Most qualifiers of an object type that have attributes of their own.
const QUALIFIERS_MAX: usize = 16;

/// Most ids in one list.
const IDS_MAX: usize = 50;

/// Stands between two ids.
const BETWEEN: &str = "; ";

/// Stands for all qualifiers of a type that has many.
const ANY: u32 = NONE;

/// The attributes for lists of objects, by some side of the relation, other type and qualifier.
#[derive(Default)]
struct Lists {
    qualifiers: FxHashMap<(Side, u32), FxHashSet<u32>>,
    /// In the order of first appearance.
    order: Vec<(Side, u32, u32)>,
    columns: FxHashMap<(Side, u32, u32), ColumnIdx>,
}

/// From which side a relation is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    /// An event has the object.
    Event,
    /// The object of the case has the other object.
    From,
    /// The other object has the object of the case.
    To,
}

impl Lists {
    fn meet(&mut self, side: Side, kind: u32, qualifier: u32) {
        let known = self.qualifiers.entry((side, kind)).or_default();
        if known.len() <= QUALIFIERS_MAX && known.insert(qualifier) {
            self.order.push((side, kind, qualifier));
        }
    }

    fn add_columns(&mut self, gathered: &Gathered<'_>, columns: &mut Columns) {
        for (side, kind, qualifier) in std::mem::take(&mut self.order) {
            let key = self.key(side, kind, qualifier);
            if self.columns.contains_key(&key) {
                continue;
            }
            let (kind, own) = (gathered.text(kind), columns.kind());
            let (mut name, level) = match side {
                Side::Event => (kind.to_owned(), Level::Event),
                Side::From => (format!("{own} → {kind}"), Level::Case),
                Side::To => (format!("{kind} → {own}"), Level::Case),
            };
            let qualifier = if key.2 == ANY { "" } else { gathered.text(key.2) };
            if !qualifier.is_empty() {
                name.push_str(": ");
                name.push_str(qualifier);
            }
            if let Some(column) = columns.take(&name, level, AttributeType::Text) {
                self.columns.insert(key, column);
            }
        }
    }

    fn key(&self, side: Side, kind: u32, qualifier: u32) -> (Side, u32, u32) {
        let count = self.qualifiers.get(&(side, kind)).map_or(0, FxHashSet::len);
        (side, kind, if count > QUALIFIERS_MAX { ANY } else { qualifier })
    }

    /// The attribute of a relation, and its entry there.
    fn entry(
        &self,
        gathered: &Gathered<'_>,
        (side, object, qualifier): (Side, u32, u32),
    ) -> Option<(ColumnIdx, String)> {
        let kind = gathered.object_types[object as usize];
        let key = self.key(side, kind, qualifier);
        let column = self.columns.get(&key)?;
        let id = gathered.text(gathered.object_ids[object as usize]);
        let qualifier = if key.2 == ANY { gathered.text(qualifier) } else { "" };
        let entry =
            if qualifier.is_empty() { id.to_owned() } else { format!("{id} ({qualifier})") };
        Some((*column, entry))
    }
}

/// A list of ids that grows.
#[derive(Default)]
struct List {
    text: String,
    count: usize,
}

impl List {
    fn add(&mut self, entry: &str) {
        self.count += 1;
        if self.count <= IDS_MAX {
            if self.count > 1 {
                self.text.push_str(BETWEEN);
            }
            self.text.push_str(entry);
        }
    }

    /// The whole list; one that is too long says how many more there are.
    fn finish(mut self, cut: &mut u64) -> String {
        if let Some(more) = self.count.checked_sub(IDS_MAX).filter(|&more| more > 0) {
            *cut += 1;
            self.text.push_str(&format!("{BETWEEN}… (+{more})"));
        }
        self.text
    }
}

/// The objects of events.
#[derive(Default)]
pub(super) struct OfEvents {
    lists: Lists,
    /// The attribute for how an event belongs to its case.
    pub(super) qualifier: Option<ColumnIdx>,
    pub(super) lists_cut: u64,
    /// The objects of the case type of the current event, with the qualifiers.
    members: Vec<(u32, String)>,
    place_of_member: FxHashMap<u32, usize>,
    current: Vec<(ColumnIdx, String)>,
}

impl OfEvents {
    pub(super) fn of(
        gathered: &Gathered<'_>,
        index: &Index,
        cases: &Cases,
        chosen: u32,
        columns: &mut Columns,
    ) -> Self {
        let mut found = OfEvents::default();
        let mut is_qualified = false;
        for event in (0..gathered.events.len()).filter(|&event| cases.is_kept[event]) {
            for relation in index.of_event(event) {
                let kind = gathered.object_types[relation.target as usize];
                if kind == chosen {
                    is_qualified |= !gathered.text(relation.qualifier).is_empty();
                } else if kind != NONE {
                    found.lists.meet(Side::Event, kind, relation.qualifier);
                }
            }
        }
        if is_qualified {
            let name = format!("{} qualifier", columns.kind());
            found.qualifier = columns.take(&name, Level::Event, AttributeType::Text);
        }
        found.lists.add_columns(gathered, columns);
        found
    }

    /// Looks at the next event.
    pub(super) fn begin(&mut self, gathered: &Gathered<'_>, relations: &[Relation], chosen: u32) {
        self.members.clear();
        self.place_of_member.clear();
        self.current.clear();
        let mut lists: Vec<(ColumnIdx, List)> = Vec::new();
        for relation in relations {
            let kind = gathered.object_types[relation.target as usize];
            if kind == chosen {
                self.add_member(relation.target, gathered.text(relation.qualifier));
                continue;
            }
            let key = (Side::Event, relation.target, relation.qualifier);
            let Some((column, entry)) = self.lists.entry(gathered, key) else { continue };
            match lists.iter_mut().find(|(known, _)| *known == column) {
                Some((_, list)) => list.add(&entry),
                None => {
                    let mut list = List::default();
                    list.add(&entry);
                    lists.push((column, list));
                }
            }
        }
        for (column, list) in lists {
            self.current.push((column, list.finish(&mut self.lists_cut)));
        }
    }

    fn add_member(&mut self, object: u32, qualifier: &str) {
        let members = &mut self.members;
        let place = *self.place_of_member.entry(object).or_insert_with(|| {
            members.push((object, String::new()));
            members.len() - 1
        });
        let known = &mut members[place].1;
        if !qualifier.is_empty() && known.len() < 4_096 {
            if !known.is_empty() {
                known.push_str(BETWEEN);
            }
            known.push_str(qualifier);
        }
    }

    /// The objects of the case type, with the qualifiers of the event's relations to each.
    pub(super) fn members(&self) -> &[(u32, String)] {
        &self.members
    }

    /// The lists of other objects.
    pub(super) fn lists(&self) -> &[(ColumnIdx, String)] {
        &self.current
    }
}

/// The objects that the objects of the cases are related to.
#[derive(Default)]
pub(super) struct OfCases {
    /// Case by case.
    cells: Vec<Vec<(ColumnIdx, Value)>>,
    pub(super) lists_cut: u64,
}

impl OfCases {
    pub(super) fn of(
        gathered: &mut Gathered<'_>,
        cases: &Cases,
        chosen: u32,
        columns: &mut Columns,
    ) -> Result<Self, Problem> {
        let mut lists = Lists::default();
        let mut told: Vec<(u32, Side, u32, u32)> = Vec::new();
        let type_of = |object: u32| gathered.object_types[object as usize];
        for relation in &gathered.object_objects {
            let Relation { source, target, qualifier } = *relation;
            for (own, side, other) in [(source, Side::From, target), (target, Side::To, source)] {
                let place = cases.place_of[own as usize];
                let is_told = type_of(own) == chosen && place != NONE && type_of(other) != NONE;
                if is_told {
                    lists.meet(side, type_of(other), qualifier);
                    told.push((place, side, other, qualifier));
                }
            }
        }
        lists.add_columns(gathered, columns);
        told.sort_by_key(|(place, ..)| *place);
        let mut found = OfCases { cells: vec![Vec::new(); cases.list.len()], lists_cut: 0 };
        for of_case in told.chunk_by(|a, b| a.0 == b.0) {
            let mut texts: Vec<(ColumnIdx, List)> = Vec::new();
            let mut known = FxHashSet::default();
            for &(_, side, other, qualifier) in of_case {
                let Some((column, entry)) = lists.entry(gathered, (side, other, qualifier)) else {
                    continue;
                };
                if !known.insert((side, other, qualifier)) {
                    continue;
                }
                match texts.iter_mut().find(|(known, _)| *known == column) {
                    Some((_, list)) => list.add(&entry),
                    None => {
                        let mut list = List::default();
                        list.add(&entry);
                        texts.push((column, list));
                    }
                }
            }
            for (column, list) in texts {
                let text = gathered.number(&list.finish(&mut found.lists_cut))?;
                found.cells[of_case[0].0 as usize].push((column, Value::Text(text)));
            }
        }
        Ok(found)
    }

    /// The lists of a case.
    pub(super) fn of_case(&self, place: usize) -> impl Iterator<Item = (ColumnIdx, Value)> {
        self.cells.get(place).into_iter().flatten().copied()
    }
}
