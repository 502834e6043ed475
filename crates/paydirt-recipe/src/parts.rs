//! Which sheets or files are parts of one import, and what table do they make together?
//!
//! A data template has a sheet of events, one of cases, and sheets of records: leads and documents.
//! What each is follows from its columns, by the library. A row of cases gives its values to all
//! events of its case that have none of their own. A record makes an event for each of its dates
//! whose activity the case has not had already, and gives its values to the events that are there.
//! What belongs to no case is told, and so are the made-up rows that come with a template.

mod cells;
mod columns;
mod events;
mod examples;
mod joined;
mod kinds;
mod matching;
mod records;
mod rows;
mod told;

use std::collections::HashMap;

use paydirt_model::automatic::{AutomaticReading, ReadingRules};
use paydirt_model::mapping::ProblemCount;
use paydirt_model::raw_table::RawTable;
use paydirt_model::sentence::Sentence;

use crate::library::Library;

pub use examples::without_examples;
pub use kinds::choose;

/// One of the tables.
#[derive(Debug)]
pub struct InPart {
    /// Name of the sheet or file.
    pub name: String,
    /// Its rows.
    pub table: RawTable,
}

/// The table that several make together, and what was noticed.
#[derive(Debug, Default)]
pub struct Joined {
    /// The table: a row is an event.
    pub table: RawTable,
    /// For each part, how many rows are counted before its first, and what its columns are called
    /// in the table.
    pub places: Vec<(u64, HashMap<String, Vec<String>>)>,
    /// Columns that tell of the event, whatever their values look like.
    pub event_columns: Vec<String>,
    /// Columns of amounts, each with the column of its currency.
    pub currencies: Vec<(String, String)>,
    /// What each part was read as.
    pub readings: Vec<Sentence>,
    /// What is worth knowing.
    pub notes: Vec<Sentence>,
    /// The made-up rows that were left out.
    pub automatic: Vec<AutomaticReading>,
    /// Rows that make no event although they should.
    pub problems: Vec<ProblemCount>,
    /// How many rows those are.
    pub rows_refused: u64,
    /// Cases that have no event.
    pub empty_cases: u64,
}

/// How the parts are joined.
#[derive(Debug, Clone, Copy)]
pub struct JoinRules<'r> {
    /// Which automatic readings are followed.
    pub rules: &'r ReadingRules,
    /// Whether the user says how dates are written, so that all stay as they are.
    pub is_date_format_given: bool,
}

/// Makes one table of several, which [`choose`] found to be parts of one import.
#[must_use]
pub fn join(parts: Vec<InPart>, library: &Library, rules: JoinRules<'_>) -> Joined {
    joined::join(parts, library, rules)
}
