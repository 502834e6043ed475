//! `paydirt check`: what a file is, how it would be read, and what is wrong with it.

use clap::Args;
use paydirt_model::mapping::ImportReport;

use super::reading::FileArguments;
use super::{Failure, failing, print, table, threads};

/// Examples of each kind of problem that the text form lists.
const EXAMPLES_SHOWN: usize = 5;

/// What `paydirt check` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 when an import is possible, whatever rows it would leave out.\n\n\
    Examples:\n  \
    paydirt check deals.csv\n  \
    paydirt check deals.csv --case \"Deal ID\" --activity Step --time \"Edit Date\" --json"
)]
pub(super) struct CheckArguments {
    /// The file to look at.
    file: String,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: FileArguments,
}

/// Checks.
pub(super) fn run(arguments: &CheckArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let imported = arguments.reading.check(&arguments.file, threads).map_err(fail)?;
    let problem = imported.nothing_usable().map(|problem| problem.in_file(&arguments.file));
    if !arguments.json {
        print(&describe(&imported.report))?;
        return problem.map_or(Ok(()), |problem| Err(fail(problem)));
    }
    let mut report = serde_json::to_value(&imported.report).expect("a report is plain data");
    if let Some(problem) = &problem {
        report["problem"] = super::problem_json(problem);
    }
    print(&format!("{report}\n"))?;
    problem.map_or(Ok(()), |problem| Err(failing(false)(problem)))
}

fn describe(report: &ImportReport) -> String {
    let count = |number: u64| table::grouped(i64::try_from(number).unwrap_or(i64::MAX));
    let mut text = format!(
        "{}: {} rows, {} events in {} cases, {} rows left out\n",
        report.format,
        count(report.rows_read),
        count(report.events),
        count(report.cases),
        count(report.rows_refused)
    );
    if report.empty_cases > 0 {
        text.push_str(&format!("{} cases without events\n", count(report.empty_cases)));
    }
    for reading in &report.readings {
        text.push_str(&format!("  {reading}\n"));
    }
    if !report.roles.is_empty() {
        text.push_str("\nColumns\n");
        let columns = ["column", "role", "reason"].map(str::to_owned);
        let lines: Vec<Vec<String>> = report
            .roles
            .iter()
            .map(|role| {
                let kind = serde_json::to_value(role.role).expect("a role is plain data");
                let kind = kind.as_str().unwrap_or_default().to_owned();
                vec![role.column.clone(), kind, role.reason.clone()]
            })
            .collect();
        text.push_str(&table::render(&columns, &lines, 0));
    }
    for problem in &report.problems {
        let fate = if problem.refused { "left out" } else { "read all the same" };
        text.push_str(&format!("\n{}: {} ({fate})\n", problem.kind, count(problem.count)));
        for example in problem.examples.iter().take(EXAMPLES_SHOWN) {
            let column = match example.column.as_str() {
                "" => String::new(),
                column => format!(", {column}"),
            };
            text.push_str(&format!(
                "  row {}{column}: \"{}\" {}\n",
                example.row, example.value, example.reason
            ));
        }
    }
    if !report.notes.is_empty() {
        text.push_str("\nNotes\n");
        for note in &report.notes {
            text.push_str(&format!("  {note}\n"));
        }
    }
    text
}
