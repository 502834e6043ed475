//! How one chunk of raw rows becomes events, by a plan.

use paydirt_model::event_chunk::{ChunkColumn, EventChunk, Lines};
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::mapping::{ImportReport, ProblemCount, RowProblem};
use paydirt_model::raw_table::{RawChunk, RawColumn};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Precision;

use crate::dates::zone::{Doubt, LocalZone};
use crate::dates::{DateFormat, Moment};
use crate::events::values::{Cell, Texts, ValueReading, attribute, cells, renumber};
use crate::events::{
    AttributeColumn, ChunkReport, EventSource, Plan, RowColumns, TimeColumn, TimeReading,
};

/// The time of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellTime {
    us: i64,
    offset_min: i16,
    precision: Precision,
    doubt: Option<Doubt>,
}

impl Plan {
    /// The events of a chunk, and what was wrong with its rows.
    #[must_use]
    pub fn convert(&self, chunk: &RawChunk) -> (EventChunk, ChunkReport) {
        let mut report = ChunkReport::default();
        let row_count = u32::try_from(chunk.len()).expect("a chunk has fewer than 2^32 rows");
        let all: Vec<u32> = (0..row_count).collect();
        let (mut events, rows) = match &self.events {
            EventSource::Row(columns) => self.events_of_rows(columns, chunk, &all, &mut report),
            EventSource::Dates(dates) => self.events_of_dates(dates, chunk, &all, &mut report),
        };
        for (place, planned) in self.attributes.iter().enumerate() {
            // A column may be an attribute of the case and of the event; its values are bad once.
            let before = &self.attributes[..place];
            let is_again = before.iter().any(|one| one.column_idx == planned.column_idx);
            let (column, mut bad) = attribute(planned, &self.rules, chunk, &rows);
            if !is_again {
                self.doubt_ids(planned, chunk, &rows, &mut report);
                self.doubt_currencies(planned, &column, chunk, &rows, &mut report);
            }
            events.columns.push(column);
            // Events of one row stand side by side and have one value.
            bad.dedup();
            for row in bad.into_iter().filter(|_| !is_again) {
                let reason = || {
                    say!(
                        "The value is not of the type {kind}, as the others are. It was read as \
                         blank.",
                        kind = planned.kind.label()
                    )
                };
                self.doubt(&mut report, "bad-value", chunk, planned.column_idx, row, reason);
            }
        }
        events.lines = Lines::of(rows.iter().map(|&row| chunk.lines[row as usize]));
        report.events = events.len() as u64;
        (events, report)
    }

    /// The events of a chunk whose rows are events, and the row of each.
    fn events_of_rows(
        &self,
        columns: &RowColumns,
        chunk: &RawChunk,
        all: &[u32],
        report: &mut ChunkReport,
    ) -> (EventChunk, Vec<u32>) {
        let times = self.times(&columns.time, chunk, all);
        let starts = columns.start.as_ref().map(|start| self.times(start, chunk, all));
        let rows = self.kept(columns, chunk, all, &times, starts.as_deref(), report);
        let mut events =
            EventChunk { case_ids: self.case_ids(chunk, &rows), ..EventChunk::default() };
        let (activities, labels) = activities(&chunk.columns[columns.activity], &rows);
        (events.activities, events.activity_names) = match self.stages.pipeline {
            None => (activities, self.called(labels)),
            Some(pipeline) => {
                let of_row = |row: u32| chunk.columns[pipeline].text(row as usize);
                let named = rows.iter().zip(&activities).map(|(&row, &code)| {
                    self.stage_called(of_row(row).trim(), labels.get(code as usize))
                });
                numbered(named)
            }
        };
        let kept: Vec<CellTime> = rows
            .iter()
            .filter_map(|&row| match times[row as usize] {
                Cell::Value(time) => Some(time),
                Cell::Blank | Cell::Bad => None,
            })
            .collect();
        put_times(&kept, &mut events);
        for (time, &row) in kept.iter().zip(&rows) {
            self.doubt_time(report, chunk, columns.time.column_idx, row, time);
        }
        if let (Some(starts), Some(planned)) = (starts, &columns.start) {
            for (time, &row) in kept.iter().zip(&rows) {
                let start_us = match starts[row as usize] {
                    Cell::Value(start) => {
                        let column_idx = planned.column_idx;
                        self.report_doubt(report, chunk, column_idx, row, start.doubt);
                        self.start_before(report, chunk, column_idx, row, (start.us, time.us))
                    }
                    Cell::Blank | Cell::Bad => None,
                };
                events.starts_us.push(start_us.unwrap_or(i64::MIN));
            }
            if events.starts_us.iter().all(|&start_us| start_us == i64::MIN) {
                events.starts_us.clear();
            }
        }
        (events, rows)
    }

    /// What activities are called in the log, by their labels in the table.
    fn called(&self, labels: TextColumn) -> TextColumn {
        if self.activity_names.is_empty() {
            return labels;
        }
        let called = |label| self.activity_names.get(label).map_or(label, String::as_str);
        labels.iter().map(called).collect()
    }

    /// What a stage of a pipeline is called in the log.
    fn stage_called<'t>(&'t self, pipeline: &str, label: &'t str) -> &'t str {
        let of_pipeline = self.stages.names.get(pipeline).and_then(|names| names.get(label));
        of_pipeline.or_else(|| self.activity_names.get(label)).map_or(label, String::as_str)
    }

    pub(super) fn times(
        &self,
        planned: &TimeColumn,
        chunk: &RawChunk,
        rows: &[u32],
    ) -> Vec<Cell<CellTime>> {
        let raw = &chunk.columns[planned.column_idx];
        match (&planned.reading, raw) {
            (TimeReading::Instants, RawColumn::Typed(_, typed)) => rows
                .iter()
                .map(|&row| match typed.values.number(row as usize) {
                    None => Cell::Blank,
                    Some(us) => instant(us),
                })
                .collect(),
            (TimeReading::Instants, _) => {
                let format = DateFormat::Numeric(
                    crate::dates::DateOrder::YearMonthDay,
                    crate::dates::YearDigits::Four,
                );
                let zone = LocalZone::utc();
                let read = |text: &str| cell_time(format.parse(text), &zone);
                cells(&Texts::of(raw), rows, &planned.blanks, read)
            }
            (TimeReading::Texts(format, zone, _), _) => {
                let read = |text: &str| cell_time(format.parse(text), zone);
                cells(&Texts::of(raw), rows, &planned.blanks, read)
            }
        }
    }

    /// The rows that become events; the others are refused.
    fn kept(
        &self,
        columns: &RowColumns,
        chunk: &RawChunk,
        all: &[u32],
        times: &[Cell<CellTime>],
        starts: Option<&[Cell<CellTime>]>,
        report: &mut ChunkReport,
    ) -> Vec<u32> {
        let RowColumns { activity, time, start: start_column } = columns;
        let cases = self.blank_cases(chunk, all);
        let activities = blanks(&chunk.columns[*activity], all);
        let mut rows = Vec::with_capacity(all.len());
        for &row in all {
            let idx = row as usize;
            let start = starts.map_or(Cell::Blank, |starts| starts[idx]);
            if cases[idx] {
                self.refuse_blank_case(report, chunk, row);
            } else if self.is_damaged_case(report, chunk, row) {
                // It is counted.
            } else if activities[idx] {
                self.refuse(report, "blank-activity", chunk, *activity, row, || {
                    say!("The activity is blank. Expected the name of what happened.")
                });
            } else if times[idx] == Cell::Blank {
                self.refuse(report, "blank-time", chunk, time.column_idx, row, || {
                    say!("The time is blank. Expected when it happened.")
                });
            } else if times[idx] == Cell::Bad {
                self.refuse(report, "bad-time", chunk, time.column_idx, row, || not_a_date(time));
            } else if start == Cell::Bad
                && let Some(planned) = start_column
            {
                self.refuse(report, "bad-start", chunk, planned.column_idx, row, || {
                    not_a_date(planned)
                });
            } else {
                rows.push(row);
            }
        }
        rows
    }

    pub(super) fn blank_cases(&self, chunk: &RawChunk, rows: &[u32]) -> Vec<bool> {
        blanks(&chunk.columns[self.case], rows)
    }

    pub(super) fn refuse_blank_case(&self, report: &mut ChunkReport, chunk: &RawChunk, row: u32) {
        self.refuse(report, "blank-case", chunk, self.case, row, || {
            say!("The case id is blank. Expected the id of the case of this event.")
        });
    }

    /// Whether the case id of a row is damaged, so that the row is left out; counts it then.
    pub(super) fn is_damaged_case(
        &self,
        report: &mut ChunkReport,
        chunk: &RawChunk,
        row: u32,
    ) -> bool {
        let Some(check) = self.case_check else { return false };
        let text = chunk.columns[self.case].text(row as usize);
        let Some(damage) = check.damage(text.trim()) else { return false };
        self.refuse(report, "damaged-id", chunk, self.case, row, || damage.of_case());
        true
    }

    /// Counts the ids of an attribute that a spreadsheet has damaged.
    fn doubt_ids(
        &self,
        planned: &AttributeColumn,
        chunk: &RawChunk,
        rows: &[u32],
        report: &mut ChunkReport,
    ) {
        let Some(check) = planned.id_check else { return };
        let column_idx = planned.column_idx;
        let mut last = None;
        for &row in rows.iter().filter(|&&row| last.replace(row) != Some(row)) {
            let text = chunk.columns[column_idx].text(row as usize);
            if let Some(damage) = check.damage(text.trim()) {
                let reason = || damage.of_other();
                self.doubt(report, "damaged-attribute-id", chunk, column_idx, row, reason);
            }
        }
    }

    /// Counts the amounts without a currency where another column is to name it.
    fn doubt_currencies(
        &self,
        planned: &AttributeColumn,
        amounts: &ChunkColumn,
        chunk: &RawChunk,
        rows: &[u32],
        report: &mut ChunkReport,
    ) {
        let ValueReading::Money { currency_idx: Some(_), .. } = planned.reading else { return };
        let mut last = None;
        for (idx, &row) in rows.iter().enumerate() {
            let lacks_currency =
                amounts.values.number(idx).is_some() && amounts.values.currency_code(idx).is_none();
            if lacks_currency && last.replace(row) != Some(row) {
                self.doubt(report, "blank-currency", chunk, planned.column_idx, row, || {
                    say!(
                        "The amount has no currency (DQ-26). It was read without one, so that it \
                         cannot be added up with others."
                    )
                });
            }
        }
    }

    pub(super) fn case_ids(&self, chunk: &RawChunk, rows: &[u32]) -> TextColumn {
        let texts = Texts::of(&chunk.columns[self.case]);
        let mut ids = TextColumn::with_capacity(rows.len(), rows.len() * 12);
        for &row in rows {
            ids.push(texts.get(row as usize));
        }
        ids
    }

    /// Counts what is doubtful about a time that was read.
    pub(super) fn doubt_time(
        &self,
        report: &mut ChunkReport,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        time: &CellTime,
    ) {
        self.report_doubt(report, chunk, column_idx, row, time.doubt);
        if let Some(rule) = self.credible.broken_by(time.us) {
            self.doubt(report, rule.kind(), chunk, column_idx, row, || rule.reason());
        }
    }

    /// The start, unless it lies after the end.
    fn start_before(
        &self,
        report: &mut ChunkReport,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        (start_us, end_us): (i64, i64),
    ) -> Option<i64> {
        if start_us <= end_us {
            return Some(start_us);
        }
        self.doubt(report, "start-after-end", chunk, column_idx, row, || {
            say!("The start lies after the end. The event was read without a start.")
        });
        None
    }

    fn report_doubt(
        &self,
        report: &mut ChunkReport,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        doubt: Option<Doubt>,
    ) {
        match doubt {
            None => {}
            Some(Doubt::Skipped) => self.doubt(report, "dst-gap", chunk, column_idx, row, || {
                say!(
                    "The clock was set forward over this time. It was read as much later as the \
                     clock was set."
                )
            }),
            Some(Doubt::Twice) => self.doubt(report, "dst-overlap", chunk, column_idx, row, || {
                say!(
                    "The clock was set back, so that this time came twice. The earlier one was \
                     read."
                )
            }),
        }
    }

    fn refuse(
        &self,
        report: &mut ChunkReport,
        kind: &str,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        reason: impl FnOnce() -> Sentence,
    ) {
        report.rows_refused += 1;
        self.leave_out(report, kind, chunk, column_idx, row, reason);
    }

    /// Counts a cell that gives no event, or the row whose only one it is.
    pub(super) fn leave_out(
        &self,
        report: &mut ChunkReport,
        kind: &str,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        reason: impl FnOnce() -> Sentence,
    ) {
        ProblemCount::add(&mut report.problems, kind, true, || {
            self.place(chunk, column_idx, row, reason())
        });
    }

    fn doubt(
        &self,
        report: &mut ChunkReport,
        kind: &str,
        chunk: &RawChunk,
        column_idx: usize,
        row: u32,
        reason: impl FnOnce() -> Sentence,
    ) {
        ProblemCount::add(&mut report.problems, kind, false, || {
            self.place(chunk, column_idx, row, reason())
        });
    }

    fn place(&self, chunk: &RawChunk, column_idx: usize, row: u32, reason: Sentence) -> RowProblem {
        let text = chunk.columns[column_idx].text(row as usize);
        RowProblem {
            row: chunk.lines[row as usize],
            column: self.names[column_idx].clone(),
            value: ImportReport::cut(&text),
            reason,
            same_as: None,
            cell: None,
        }
    }
}

/// Puts the times of the rows into the chunk.
pub(super) fn put_times(kept: &[CellTime], events: &mut EventChunk) {
    events.times_us = kept.iter().map(|time| time.us).collect();
    if kept.iter().any(|time| time.offset_min != 0) {
        events.offsets_min = kept.iter().map(|time| time.offset_min).collect();
    }
    if kept.iter().any(|time| time.precision != Precision::Instant) {
        events.precisions = kept.iter().map(|time| time.precision).collect();
    }
}

fn instant(us: i64) -> Cell<CellTime> {
    match paydirt_model::time::Timestamp::from_us(us) {
        None => Cell::Bad,
        Some(_) => {
            Cell::Value(CellTime { us, offset_min: 0, precision: Precision::Instant, doubt: None })
        }
    }
}

#[inline]
fn cell_time(moment: Option<Moment>, zone: &LocalZone) -> Cell<CellTime> {
    let resolved = moment.and_then(|moment| Some((moment.precision, zone.resolve(moment)?)));
    match resolved {
        None => Cell::Bad,
        Some((precision, resolved)) => Cell::Value(CellTime {
            us: resolved.us,
            offset_min: resolved.offset_min,
            precision,
            doubt: resolved.doubt,
        }),
    }
}

pub(super) fn not_a_date(planned: &TimeColumn) -> Sentence {
    let expected = match &planned.reading {
        TimeReading::Instants => say!("an instant"),
        TimeReading::Texts(_, _, reading) => reading.clone(),
    };
    say!(
        "This is not a date of the column's format. Expected {expected}. Fix the cell or map \
         another column.",
        expected
    )
}

/// Whether each row is blank.
fn blanks(column: &RawColumn, rows: &[u32]) -> Vec<bool> {
    cells(&Texts::of(column), rows, &[], |_| Cell::Value(()))
        .into_iter()
        .map(|cell| cell == Cell::Blank)
        .collect()
}

/// Names of rows as numbers, in the order in which they come first.
fn numbered<'t>(names: impl Iterator<Item = &'t str>) -> (Vec<u32>, TextColumn) {
    let mut interner = Interner::default();
    let codes = names.map(|name| interner.intern(name)).collect();
    (codes, interner.into_texts())
}

fn activities(column: &RawColumn, rows: &[u32]) -> (Vec<u32>, TextColumn) {
    let texts = Texts::of(column);
    if let Texts::Numbered(codes, texts) = &texts {
        return renumber(codes, texts, rows, str::trim_ascii);
    }
    let mut interner = Interner::default();
    let codes = rows.iter().map(|&row| interner.intern(texts.get(row as usize))).collect();
    (codes, interner.into_texts())
}
