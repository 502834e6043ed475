//! A row is a case: each of its dates becomes an event of the activity that the column stands for.

use std::collections::HashMap;

use paydirt_model::event_chunk::EventChunk;
use paydirt_model::interner::Interner;
use paydirt_model::mapping::{ActivityBy, ActivityDate, EventColumns, EventMapping};
use paydirt_model::order::DayPosition;
use paydirt_model::placement::CaseOrder;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawChunk;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};

use crate::events::convert::{CellTime, not_a_date};
use crate::events::values::Cell;
use crate::events::{ChunkReport, DatedActivity, Deciding, Plan, Planner, TimeColumn};
use crate::scan::ColumnScan;

/// Where the events of a case stand on one day: in the order of the columns.
pub(super) fn case_order(columns: &EventColumns) -> Option<CaseOrder> {
    let EventColumns::Dates(dates) = columns else { return None };
    let ranked = dates.iter().zip(0..);
    let ranks = ranked.flat_map(|(date, rank)| {
        date.activities().into_iter().map(move |activity| (activity.to_owned(), rank))
    });
    Some(CaseOrder {
        ranks: ranks.collect(),
        record: None,
        sequence: None,
        day_position: DayPosition::Start,
    })
}

/// How the table is read, in words.
pub(super) fn reading(
    mapping: &EventMapping,
    dates: &[ActivityDate],
    column_count: usize,
) -> Sentence {
    say!(
        "each row is one case, with its id in \"{case}\"; {dates} {dates|column of dates|columns \
         of dates} became activities, {others} other {others|column describes|columns describe} \
         the case",
        case = mapping.case,
        dates = dates.len(),
        others = column_count.saturating_sub(dates.len() + 1)
    )
}

impl Planner<'_> {
    /// How each column of dates is read. What one says about the order of day and month holds for
    /// those that do not say; a column without any value has no format and gives no event.
    pub(super) fn dates(&mut self, dates: &[ActivityDate]) -> Result<Vec<DatedActivity>, Problem> {
        let mut planned = Vec::new();
        let mut open = Vec::new();
        for (place, date) in dates.iter().enumerate() {
            let column_idx = self.column(&date.column)?;
            let scan = ColumnScan::new(self.table, column_idx);
            let blanks = self.blanks_of_dates(&scan);
            if scan.without(&blanks).sample(1).is_empty() {
                self.notes.push(say!(
                    "Column \"{name}\" is blank in every row, so there is no event of it.",
                    name = date.column
                ));
                continue;
            }
            match self.time_but(&date.column, blanks.clone()) {
                Ok(time) => planned.push((place, date, time)),
                Err(problem) if problem.code == ErrorCode::AmbiguousDate => {
                    open.push((place, date, blanks, problem));
                }
                Err(problem) => return Err(problem),
            }
        }
        for (place, date, blanks, problem) in open {
            let time = self.time_but(&date.column, blanks).map_err(|_| problem)?;
            planned.push((place, date, time));
        }
        planned.sort_by_key(|(place, ..)| *place);
        let dated = planned.into_iter().map(|(_, date, time)| {
            let by = date.by.as_ref().map(|by| self.deciding(date, by, &time)).transpose()?;
            Ok(DatedActivity { activity: date.activity.clone(), time, by })
        });
        dated.collect()
    }

    /// What decides which activity happened on a date; dates that are plans are told.
    fn deciding(
        &mut self,
        date: &ActivityDate,
        by: &ActivityBy,
        time: &TimeColumn,
    ) -> Result<Deciding, Problem> {
        let column_idx = self.column(&by.column)?;
        let known = by.activities.iter();
        let activities: HashMap<String, String> =
            known.map(|one| (one.label.clone(), one.activity.clone())).collect();
        let deciding = Deciding { column_idx, activities };
        let plans: usize = self
            .table
            .chunks
            .iter()
            .map(|chunk| {
                let is_dated = |row: &usize| {
                    let text = chunk.columns[time.column_idx].text(*row);
                    let text = text.trim();
                    !text.is_empty() && !time.blanks.iter().any(|blank| blank.text == text)
                };
                let is_plan = |row: &usize| deciding.activity(chunk, *row).is_none();
                (0..chunk.len()).filter(is_dated).filter(is_plan).count()
            })
            .sum();
        let (column, by) = (&date.column, &by.column);
        let activities = sentence::quoted(date.activities());
        self.readings.push(say!(
            "\"{column}\" is the date of {activities}, whichever \"{by}\" names",
            column,
            activities,
            by
        ));
        if 0 < plans {
            self.notes.push(say!(
                "{plans} {plans|date|dates} of \"{column}\" became no event, because \"{by}\" does \
                 not say that the case has ended: a date to come is a plan. It is kept as an \
                 attribute.",
                plans,
                column,
                by
            ));
        }
        Ok(deciding)
    }
}

impl Deciding {
    /// The activity that a row names.
    fn activity(&self, chunk: &RawChunk, row: usize) -> Option<&str> {
        let value = chunk.columns[self.column_idx].text(row);
        self.activities.get(value.trim()).map(String::as_str)
    }
}

impl DatedActivity {
    /// The activity of a row that has a date.
    fn activity(&self, chunk: &RawChunk, row: u32) -> Option<&str> {
        match &self.by {
            None => Some(self.activity.trim()),
            Some(by) => by.activity(chunk, row as usize),
        }
    }
}

impl Plan {
    /// The events of a chunk whose rows are cases, and the row of each.
    pub(super) fn events_of_dates(
        &self,
        dates: &[DatedActivity],
        chunk: &RawChunk,
        all: &[u32],
        report: &mut ChunkReport,
    ) -> (EventChunk, Vec<u32>) {
        let cells: Vec<Vec<Cell<CellTime>>> =
            dates.iter().map(|date| self.times(&date.time, chunk, all)).collect();
        let blank_cases = self.blank_cases(chunk, all);
        let mut names = Interner::default();
        let mut activities = Vec::new();
        let (mut rows, mut times): (Vec<u32>, Vec<CellTime>) = (Vec::new(), Vec::new());
        for &row in all {
            if blank_cases[row as usize] {
                self.refuse_blank_case(report, chunk, row);
                continue;
            }
            if self.is_damaged_case(report, chunk, row) {
                continue;
            }
            let before = rows.len();
            let mut is_bad = false;
            for (date, cells) in dates.iter().zip(&cells) {
                let Some(activity) = date.activity(chunk, row) else { continue };
                let column = &date.time;
                match cells[row as usize] {
                    Cell::Blank => {}
                    Cell::Bad => {
                        is_bad = true;
                        self.leave_out(report, "bad-time", chunk, column.column_idx, row, || {
                            not_a_date(column)
                        });
                    }
                    Cell::Value(time) => {
                        self.doubt_time(report, chunk, column.column_idx, row, &time);
                        activities.push(names.intern(activity));
                        rows.push(row);
                        times.push(time);
                    }
                }
            }
            if rows.len() > before {
                continue;
            }
            report.rows_refused += 1;
            if !is_bad {
                let column_idx = dates.first().map_or(self.case, |date| date.time.column_idx);
                self.leave_out(report, "blank-time", chunk, column_idx, row, || {
                    say!("The row has no date of any activity. Expected at least one.")
                });
            }
        }
        let mut events = EventChunk {
            case_ids: self.case_ids(chunk, &rows),
            activities,
            activity_names: names.into_texts(),
            ..EventChunk::default()
        };
        crate::events::convert::put_times(&times, &mut events);
        (events, rows)
    }
}
