//! Is each row of this table one case, with a column for the date of each activity? The usual
//! export of a CRM is such a table: a deal a row, and when it was created, qualified, won.

use std::cmp::Reverse;
use std::collections::HashSet;

use paydirt_model::mapping::ActivityDate;
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::{DAY_US, Precision};

use crate::dates::Moment;
use crate::dates::detect::{Purpose, detect};
use crate::roles::date_names::{NoActivity, free_activity_of, no_activity};
use crate::roles::finder::Facts;
use crate::roles::lexicon::{CASE, is_event_table};
use crate::scan::ColumnScan;

/// Fewest columns with the date of an activity.
const DATES_MIN: usize = 2;
/// Fewest of them where no name speaks for the case id: two may be start and end of an event.
const DATES_OF_NAMELESS_MIN: usize = 3;
/// Most columns with the date of an activity.
pub(crate) const DATES_MAX: usize = 200;
/// Share of different ids among all, in per cent, with which rows are cases: exports repeat some.
const UNIQUE_PER_CENT: usize = 95;
/// Rows from which on one date in all of them is that of the export.
const SAME_DATE_ROWS: usize = 10;
/// Rows by which the usual order of two dates is found.
const ORDER_ROWS: usize = 2_000;

/// What a table with a row for each case looks like.
#[derive(Debug)]
pub(super) struct CaseTable {
    /// Column of the case id.
    pub(super) case: Option<(usize, Sentence)>,
    /// Columns that date an activity.
    pub(super) dates: Vec<(usize, ActivityDate)>,
    /// Columns of other dates, and why they date no activity.
    pub(super) others: Vec<(usize, Sentence)>,
}

impl CaseTable {
    /// What the columns would be if each row were a case.
    pub(super) fn of(facts: &[Facts]) -> Self {
        let case = case(facts);
        let taken = case.as_ref().map(|(idx, _)| *idx);
        let mut found = CaseTable { case, dates: Vec::new(), others: Vec::new() };
        let dates = (0..facts.len()).filter(|&idx| facts[idx].is_date_where_known);
        let mut names = HashSet::new();
        for idx in dates.filter(|&idx| Some(idx) != taken) {
            match why_no_activity(&facts[idx]) {
                Some(reason) => found.others.push((idx, reason)),
                None if found.dates.len() == DATES_MAX => {
                    let reason =
                        say!("only {count} columns are read as activities", count = DATES_MAX);
                    found.others.push((idx, reason));
                }
                None => {
                    let column = facts[idx].name.clone();
                    let activity = free_activity_of(&column, &mut names);
                    found.dates.push((idx, ActivityDate::of(column, activity)));
                }
            }
        }
        found
    }

    /// Puts the dates into the order in which they usually come.
    pub(super) fn in_usual_order(mut self, table: &RawTable) -> Self {
        in_usual_order(table, &mut self.dates);
        self
    }

    /// Whether the table is one: no column names an activity, every row has an id of its own, and
    /// there are dates of several activities.
    pub(super) fn is_one(&self, facts: &[Facts]) -> bool {
        let is_named_event = |fact: &Facts| is_event_table(fact.folded()) && 0 < fact.filled;
        let is_case = |(idx, _): &(usize, Sentence)| {
            let fact = &facts[*idx];
            let dates_min = if is_named(fact) { DATES_MIN } else { DATES_OF_NAMELESS_MIN };
            is_unique(fact) && dates_min <= self.dates.len()
        };
        self.case.as_ref().is_some_and(is_case)
            && !facts.iter().any(|fact| is_named_event(fact) || fact.is_lifecycle)
    }
}

/// The column of the case id: the one with the most telling name, else one with an id in each row.
fn case(facts: &[Facts]) -> Option<(usize, Sentence)> {
    let named = |name: &&str| {
        facts.iter().position(|fact| fact.folded() == *name && 0 < fact.filled && !fact.is_date())
    };
    if let Some(idx) = CASE.iter().find_map(named) {
        return Some((idx, say!("the name is usual for the case id")));
    }
    let candidates = (0..facts.len()).filter(|&idx| {
        let fact = &facts[idx];
        is_unique(fact) && 1 < fact.rows && !fact.is_date() && !fact.is_amount
    });
    let best = candidates.max_by_key(|&idx| {
        let fact = &facts[idx];
        (ends(fact, ID_ENDS), ends(fact, NAME_ENDS), Reverse(idx))
    })?;
    Some((best, say!("every row has a value of its own in it")))
}

/// Ends of folded names of ids, and ends and beginnings of names.
const ID_ENDS: &[&str] = &["id", "number", "no", "numero", "番号"];
const NAME_ENDS: &[&str] = &["name", "nom", "名"];
const NAME_BEGINS: &[&str] = &["nom", "intitule"];

fn ends(fact: &Facts, ends: &[&str]) -> bool {
    ends.iter().any(|end| fact.folded().ends_with(end))
}

/// Whether the name of a column speaks for what it tells apart.
fn is_named(fact: &Facts) -> bool {
    let begins = NAME_BEGINS.iter().any(|begin| fact.folded().starts_with(begin));
    CASE.contains(&fact.folded()) || ends(fact, ID_ENDS) || ends(fact, NAME_ENDS) || begins
}

fn is_unique(fact: &Facts) -> bool {
    0 < fact.filled
        && fact.rows * UNIQUE_PER_CENT <= fact.filled * 100
        && fact.filled * UNIQUE_PER_CENT <= fact.distinct * 100
}

fn why_no_activity(fact: &Facts) -> Option<Sentence> {
    match no_activity(fact.folded()) {
        Some(NoActivity::Changing) => {
            return Some(say!(
                "its name says that the date changes or lies ahead, so it dates no activity"
            ));
        }
        Some(NoActivity::Leaving) => {
            return Some(say!("a stage is left when the next one is entered"));
        }
        None => {}
    }
    let is_same = fact.distinct == 1 && SAME_DATE_ROWS <= fact.filled;
    is_same.then(|| say!("every row has the same date"))
}

/// Puts columns into the order in which their dates usually come: the more of the others a column
/// usually comes before, the earlier; equal ones as in the file.
fn in_usual_order(table: &RawTable, dates: &mut [(usize, ActivityDate)]) {
    let moments: Vec<Vec<Option<Moment>>> =
        dates.iter().map(|(idx, _)| moments(table, *idx)).collect();
    let is_before = |left: usize, right: usize| {
        let pairs = moments[left].iter().zip(&moments[right]);
        let both = pairs.filter_map(|(left, right)| Some((left.as_ref()?, right.as_ref()?)));
        both.map(|(left, right)| balance(left, right)).sum::<i64>() > 0
    };
    let wins: Vec<usize> = (0..dates.len())
        .map(|left| (0..dates.len()).filter(|&right| is_before(left, right)).count())
        .collect();
    let mut places: Vec<usize> = (0..dates.len()).collect();
    places.sort_by_key(|&idx| Reverse(wins[idx]));
    let sorted: Vec<_> = places.iter().map(|&idx| dates[idx].clone()).collect();
    dates.clone_from_slice(&sorted);
}

/// 1 where the left moment is before the right one, −1 where it is behind it. On one day nothing
/// is known of a moment that is known to the day.
fn balance(left: &Moment, right: &Moment) -> i64 {
    let is_of_day = [left, right].iter().any(|moment| moment.precision == Precision::Day);
    let unit = if is_of_day { DAY_US } else { 1 };
    let (left, right) = (left.local_us.div_euclid(unit), right.local_us.div_euclid(unit));
    i64::from(left < right) - i64::from(right < left)
}

/// The moments of the first rows.
fn moments(table: &RawTable, column_idx: usize) -> Vec<Option<Moment>> {
    let scan = ColumnScan::new(table, column_idx).head();
    let Ok(found) = detect(&scan, Purpose::Role) else { return Vec::new() };
    let rows = table.chunks.iter().flat_map(|chunk| {
        let column = &chunk.columns[column_idx];
        (0..chunk.len()).map(|row| found.format.parse(column.text(row).trim()))
    });
    rows.take(ORDER_ROWS).collect()
}
