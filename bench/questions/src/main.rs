//! How long does each question take? One JSON line a question, in the form of the peers.
//!
//! ```text
//! paydirt-bench questions FILE --threads N --repeats R [--region V] [--first A] [--then B]
//! paydirt-bench load FILE --threads N --repeats R [--core]
//! paydirt-bench read FILE --threads N          the time that reading the core columns takes
//! paydirt-bench make DEALS FILE.parquet [--csv] [--xes] [--few]
//! paydirt-bench make-workbook ROWS FILE.xlsx
//! paydirt-bench read-workbook FILE.xlsx        its rows as a table, beside calamine
//! ```
//! A run that has warmed up is timed; answers are computed every time, never remembered.
#![allow(clippy::print_stdout, reason = "the lines are what this program is for")]

mod measure;
mod questions;
mod workbook;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Gives memory back to the system after an import and serves many threads at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match measure::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("{}", serde_json::json!({ "error": message }));
            ExitCode::from(1)
        }
    }
}
