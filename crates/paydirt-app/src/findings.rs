//! Which rules of data quality does a log break, and in which rows?

use std::sync::atomic::Ordering;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_recipe::findings::{BrokenRow, FindingPlan, FindingWishes};
pub use paydirt_recipe::findings::{Finding, Findings, ValueCount};
use paydirt_recipe::library::Library;
pub use paydirt_recipe::library::quality::Severity;

use crate::analyse::Running;
use crate::parallel;
use crate::workspace::{LogId, VersionNumber, Workspace};

/// Rows that an answer shows of each finding.
const EXAMPLES_MAX: usize = 10;
/// Rows of a finding in a list of rows.
pub const ROWS_MAX: usize = 100_000;

/// What the rules of a library find in a log.
///
/// # Errors
/// The attributes cannot be read, or the work was cancelled.
pub fn of_log(
    log: &EventLog,
    library: &Library,
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let wishes = FindingWishes { rules: Vec::new(), rows_max: EXAMPLES_MAX };
    look(log, library, wishes, language, running)
}

/// What the rules find in a stored version.
///
/// # Errors
/// There is no such version; or as [`of_log`].
pub fn of_version(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let open = workspace.open_log(log, number, notion)?;
    let found = of_log(&open, &workspace.library().library, language, running);
    found.map_err(|problem| workspace.explain(problem, log, number))
}

/// The rows of a stored version that break a rule, as CSV: at most [`ROWS_MAX`] of each check, by
/// case.
///
/// # Errors
/// There is no such rule; or as [`of_version`].
pub fn rows_of_version(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    rule: &str,
    running: Running<'_>,
) -> Result<String, Problem> {
    let library = &workspace.library().library;
    if !library.rules.iter().any(|known| known.key == rule) {
        let detail = say!("There is no rule \"{key}\" in the library.", key = rule);
        return Err(Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("rule"));
    }
    let open = workspace.open_log(log, number, notion)?;
    let wishes = FindingWishes { rules: vec![rule.to_owned()], rows_max: ROWS_MAX };
    let found = look(&open, library, wishes, Language::English, running)
        .map_err(|problem| workspace.explain(problem, log, number))?;
    let mut csv = String::from("rule,about,case,event,activity,time,attribute,value\r\n");
    for finding in &found.findings {
        finding.examples.iter().for_each(|row| write_row(finding, row, &mut csv));
    }
    Ok(csv)
}

fn look(
    log: &EventLog,
    library: &Library,
    wishes: FindingWishes,
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let plan = FindingPlan::new(library, log.context(), wishes);
    let wanted = plan.attributes();
    let segments: Vec<_> = log.segments().iter().enumerate().collect();
    let found = parallel::map(segments, running.threads, |(idx, segment)| {
        if running.cancelled.load(Ordering::Relaxed) {
            let detail = say!("The work was cancelled.");
            return Err(Problem::new(ErrorCode::Cancelled, detail));
        }
        log.load_columns(idx, wanted.iter().copied())?;
        Ok(plan.observe(&CaseBatch::all(segment)))
    });
    let mut counts = plan.nothing();
    for part in found {
        counts = plan.joined(counts, part?);
    }
    Ok(plan.answer(counts, language))
}

/// A line of CSV (RFC 4180).
fn write_row(finding: &Finding, row: &BrokenRow, csv: &mut String) {
    let about = finding.about.join(" ");
    let (event, time) = (row.event.to_string(), row.time.to_string());
    let cells = [
        finding.rule.as_str(),
        &about,
        &row.case,
        &event,
        &row.activity,
        &time,
        row.attribute.as_deref().unwrap_or_default(),
        row.value.as_deref().unwrap_or_default(),
    ];
    for (idx, cell) in cells.into_iter().enumerate() {
        if idx > 0 {
            csv.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            csv.push('"');
            csv.push_str(&cell.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(cell);
        }
    }
    csv.push_str("\r\n");
}
