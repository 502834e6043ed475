//! A row is a case: each of its dates becomes an event of the activity that the column stands for.

use paydirt_model::event_chunk::EventChunk;
use paydirt_model::interner::Interner;
use paydirt_model::mapping::{ActivityDate, EventColumns, EventMapping};
use paydirt_model::order::DayPosition;
use paydirt_model::placement::CaseOrder;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawChunk;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::events::convert::{CellTime, not_a_date};
use crate::events::values::Cell;
use crate::events::{ChunkReport, Plan, Planner, TimeColumn};
use crate::scan::ColumnScan;

/// Where the events of a case stand on one day: in the order of the columns.
pub(super) fn case_order(columns: &EventColumns) -> Option<CaseOrder> {
    let EventColumns::Dates(dates) = columns else { return None };
    let ranks = dates.iter().map(|date| date.activity.clone()).zip(0..);
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
    pub(super) fn dates(
        &mut self,
        dates: &[ActivityDate],
    ) -> Result<Vec<(String, TimeColumn)>, Problem> {
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
                Ok(time) => planned.push((place, date.activity.clone(), time)),
                Err(problem) if problem.code == ErrorCode::AmbiguousDate => {
                    open.push((place, date, blanks, problem));
                }
                Err(problem) => return Err(problem),
            }
        }
        for (place, date, blanks, problem) in open {
            let time = self.time_but(&date.column, blanks).map_err(|_| problem)?;
            planned.push((place, date.activity.clone(), time));
        }
        planned.sort_by_key(|(place, ..)| *place);
        Ok(planned.into_iter().map(|(_, activity, time)| (activity, time)).collect())
    }
}

impl Plan {
    /// The events of a chunk whose rows are cases, and the row of each.
    pub(super) fn events_of_dates(
        &self,
        dates: &[(String, TimeColumn)],
        chunk: &RawChunk,
        all: &[u32],
        report: &mut ChunkReport,
    ) -> (EventChunk, Vec<u32>) {
        let cells: Vec<Vec<Cell<CellTime>>> =
            dates.iter().map(|(_, column)| self.times(column, chunk, all)).collect();
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
            for ((activity, column), cells) in dates.iter().zip(&cells) {
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
                        activities.push(names.intern(activity.trim()));
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
                let column_idx = dates.first().map_or(self.case, |(_, column)| column.column_idx);
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
