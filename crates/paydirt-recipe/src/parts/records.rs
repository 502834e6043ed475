//! Which events do the records make, and of which cases?

use std::collections::{BTreeSet, HashMap};

use paydirt_model::mapping::{ImportReport, ProblemCount, RowProblem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::library::Library;
use crate::library::activities::Activity;
use crate::library::attributes::KnownValue;
use crate::parts::cells::{RowPlace, rows};
use crate::parts::columns::{RecordColumns, kinds_of};
use crate::parts::events::Cases;
use crate::parts::joined::Part;
use crate::parts::kinds::{PartKind, Records};

/// So often a case is looked for through other records: a payment, its invoice, its order, its
/// quote, and one more.
const STEPS_MAX: usize = 5;

/// A row of a table of records.
#[derive(Debug)]
pub(super) struct Record<'l> {
    pub(super) part: usize,
    pub(super) place: RowPlace,
    pub(super) kind: Option<&'l KnownValue>,
    pub(super) cases: Vec<u32>,
}

/// An event that a record makes in one of its cases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made<'l> {
    pub(super) record: usize,
    pub(super) case: u32,
    pub(super) activity: &'l Activity,
    /// The column of its date.
    pub(super) date: usize,
}

/// What the records of one part came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Records whose status says that nothing has happened yet.
    pub(super) pending: u64,
    /// Records that rightly belong to no case.
    pub(super) without_case: u64,
}

/// All records and the events they make.
#[derive(Debug, Default)]
pub(super) struct AllRecords<'l> {
    pub(super) records: Vec<Record<'l>>,
    pub(super) made: Vec<Made<'l>>,
    pub(super) outcomes: HashMap<usize, Outcome>,
    pub(super) problems: Vec<ProblemCount>,
    pub(super) rows_refused: u64,
}

/// The keys of columns that hold the numbers of records.
pub(super) fn number_keys(parts: &[Part<'_>]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for part in parts {
        let PartKind::Records(records) = &part.kind else { continue };
        let number = &records.number.key;
        keys.insert(number.clone());
        let also = kinds_of(part, records).flat_map(|kind| &kind.also);
        keys.extend(also.filter(|(_, source)| *source == number).map(|(key, _)| key.clone()));
    }
    keys
}

/// The cases of the records by their numbers; nothing where records of several have one number.
type ByNumber = HashMap<String, Option<Vec<u32>>>;

fn remember(known: &mut ByNumber, number: String, cases: &[u32]) {
    if number.is_empty() || cases.is_empty() {
        return;
    }
    known
        .entry(number)
        .and_modify(|before| {
            if before.as_deref().is_some_and(|before| before != cases) {
                *before = None;
            }
        })
        .or_insert_with(|| Some(cases.to_vec()));
}

impl<'l> AllRecords<'l> {
    pub(super) fn of(
        parts: &[Part<'l>],
        columns: &[Option<RecordColumns>],
        cases: &mut Cases,
        library: &'l Library,
    ) -> Self {
        let mut all = AllRecords::default();
        let is_open = cases.count() == 0;
        let mut known = numbers_told(parts, cases);
        let mut open = Vec::new();
        for (part_idx, part) in parts.iter().enumerate() {
            let (PartKind::Records(records), Some(own)) = (&part.kind, &columns[part_idx]) else {
                continue;
            };
            for place in rows(&part.table) {
                let kind = own.kind.map(|column| place.text(&part.table, column));
                let kind = records.kind_of(kind.as_deref().unwrap_or_default());
                let mut record = Record { part: part_idx, place, kind, cases: Vec::new() };
                all.find_cases(&mut record, part, own, (&mut *cases, is_open));
                if record.cases.is_empty() {
                    open.push(all.records.len());
                } else {
                    remember(&mut known, place.text(&part.table, own.number), &record.cases);
                }
                all.records.push(record);
            }
        }
        all.follow(parts, columns, open, &mut known);
        for idx in 0..all.records.len() {
            let part_idx = all.records[idx].part;
            let part = &parts[part_idx];
            let (PartKind::Records(records), Some(own)) = (&part.kind, &columns[part_idx]) else {
                continue;
            };
            all.make(idx, part, records, own, library);
        }
        all
    }

    /// The cases that a record names; those that nothing else tells of are told.
    fn find_cases(
        &mut self,
        record: &mut Record<'_>,
        part: &Part<'_>,
        own: &RecordColumns,
        (cases, is_open): (&mut Cases, bool),
    ) {
        let Some(column) = own.case else { return };
        let text = record.place.text(&part.table, column);
        let mut unknown = Vec::new();
        for id in text.split(';').map(str::trim).filter(|id| !id.is_empty()) {
            let case = if is_open { Some(cases.number(id)) } else { cases.find(id) };
            match case {
                Some(case) if !record.cases.contains(&case) => record.cases.push(case),
                Some(_) => {}
                None => unknown.push(id.to_owned()),
            }
        }
        for id in unknown.iter().filter(|_| !record.cases.is_empty()) {
            ProblemCount::add(&mut self.problems, "unknown-case", false, || {
                problem(record.place, part, column, unknown_case(id))
            });
        }
    }

    /// Records without a case have that of the record they name.
    fn follow(
        &mut self,
        parts: &[Part<'_>],
        columns: &[Option<RecordColumns>],
        mut open: Vec<usize>,
        known: &mut ByNumber,
    ) {
        for _ in 0..STEPS_MAX {
            let before = open.len();
            open.retain(|&idx| {
                let record = &mut self.records[idx];
                let part = &parts[record.part];
                let Some(own) = &columns[record.part] else { return false };
                let own_number =
                    (own.case.is_none() || is_blank(record, part, own.case)).then_some(own.number);
                let found = own.joins.iter().copied().chain(own_number).find_map(|column| {
                    let number = record.place.text(&part.table, column);
                    known.get(&number).cloned().flatten()
                });
                let Some(found) = found else { return true };
                remember(known, record.place.text(&part.table, own.number), &found);
                record.cases = found;
                false
            });
            if open.len() == before {
                break;
            }
        }
    }

    /// The events of a record, or why it makes none.
    fn make(
        &mut self,
        idx: usize,
        part: &Part<'_>,
        records: &Records<'l>,
        own: &RecordColumns,
        library: &'l Library,
    ) {
        let Record { part: part_idx, place, kind, ref cases } = self.records[idx];
        let text = |column: usize| place.text(&part.table, column);
        let is_pending = own.states.iter().any(|&column| {
            let list = records.sheet.columns.iter().find(|one| one.key == part.keys[column]);
            let list = list.and_then(|one| library.list(one.list.as_deref()?));
            list.and_then(|list| list.value_of(&text(column))).is_some_and(|value| value.pending)
        });
        if is_pending {
            self.outcomes.entry(part_idx).or_default().pending += 1;
            return;
        }
        if let (Some((column, list)), None) = (records.kinds, kind) {
            let place_of = part.place(&column.key).unwrap_or(own.number);
            let known: Vec<&str> = list.values.iter().map(|one| one.name.en.as_str()).collect();
            let reason = say!("This is no known type. Expected one of {known}.", known);
            return self.refuse("unknown-type", problem(place, part, place_of, reason));
        }
        if cases.is_empty() {
            let named = own.case.map(text).unwrap_or_default();
            if named.is_empty() && own.joins.is_empty() {
                self.outcomes.entry(part_idx).or_default().without_case += 1;
                return;
            }
            let column = own.case.unwrap_or(own.number);
            let reason = if named.is_empty() {
                say!("The row names no case, and no other record that has one.")
            } else {
                unknown_case(&named)
            };
            return self.refuse("unknown-case", problem(place, part, column, reason));
        }
        let is_for =
            |only: &[String]| only.is_empty() || kind.is_some_and(|kind| only.contains(&kind.key));
        let main = records.main_date.and_then(|date| {
            Some((part.place(&date.key)?, kind.and_then(|kind| kind.activity.as_deref())?))
        });
        let others = records.dates().filter(|(column, _)| is_for(&column.only));
        let others = others.filter_map(|(column, key)| Some((part.place(&column.key)?, key)));
        let dated = main.into_iter().chain(others).filter(|(column, _)| !text(*column).is_empty());
        let dated = dated.filter_map(|(column, key)| Some((column, library.activity(key)?)));
        let dated: Vec<(usize, &'l Activity)> = dated.collect();
        if dated.is_empty() {
            let column = main.map_or(own.number, |(column, _)| column);
            let reason = say!("The row has no date, so nothing is known to have happened.");
            return self.refuse("blank-time", problem(place, part, column, reason));
        }
        for &case in cases {
            let made = dated.iter();
            self.made.extend(made.map(|&(date, activity)| Made {
                record: idx,
                case,
                activity,
                date,
            }));
        }
    }

    fn refuse(&mut self, kind: &str, problem: RowProblem) {
        self.rows_refused += 1;
        ProblemCount::add(&mut self.problems, kind, true, || problem);
    }
}

fn is_blank(record: &Record<'_>, part: &Part<'_>, column: Option<usize>) -> bool {
    column.is_none_or(|column| record.place.text(&part.table, column).is_empty())
}

/// The cases that events and rows of cases tell of each number of a record.
fn numbers_told(parts: &[Part<'_>], cases: &Cases) -> ByNumber {
    let keys = number_keys(parts);
    let mut known = ByNumber::new();
    for (part_idx, part) in parts.iter().enumerate() {
        if matches!(part.kind, PartKind::Records(_)) {
            continue;
        }
        let columns: Vec<usize> = keys.iter().filter_map(|key| part.place(key)).collect();
        if columns.is_empty() {
            continue;
        }
        for place in rows(&part.table) {
            let case = match cases.of_rows.get(&(part_idx, place.chunk as usize)) {
                Some(of_rows) => of_rows[place.row as usize],
                None => {
                    let id = part.case.map(|column| place.text(&part.table, column));
                    match id.and_then(|id| cases.find(&id)) {
                        Some(case) => case,
                        None => continue,
                    }
                }
            };
            if case == super::events::NO_CASE {
                continue;
            }
            for &column in &columns {
                let text = place.text(&part.table, column);
                for number in text.split(';').map(str::trim) {
                    remember(&mut known, number.to_owned(), &[case]);
                }
            }
        }
    }
    known
}

fn unknown_case(id: &str) -> Sentence {
    say!("No event and no row of cases has the case \"{id}\".", id)
}

/// A problem of a row, whose line is that in the joined table.
pub(super) fn problem(
    place: RowPlace,
    part: &Part<'_>,
    column: usize,
    reason: Sentence,
) -> RowProblem {
    RowProblem {
        row: place.line(&part.table) + part.rows_before,
        column: part.table.names[column].clone(),
        value: ImportReport::cut(&place.text(&part.table, column)),
        reason,
        same_as: None,
        cell: None,
    }
}
