//! Which rules of data quality does a log break, and in which rows?

use std::sync::atomic::Ordering;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
pub use paydirt_recipe::findings::answer::{
    BrokenRow, CasesFilter, FileRow, Finding, Findings, Missing, RuleOutcome, RuleState, ValueCount,
};
use paydirt_recipe::findings::survey::{SecondCounts, Survey};
use paydirt_recipe::findings::{FindingPlan, FindingWishes, SizeBefore, Surroundings};
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
pub use paydirt_recipe::library::quality::Severity;

use crate::analyse::Running;
use crate::import::Imported;
use crate::workspace::{LogId, VersionNumber, Workspace};
use crate::{logs, parallel, process_settings};

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
    around: Surroundings<'_>,
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let wishes = FindingWishes { rules: Vec::new(), rows_max: EXAMPLES_MAX };
    let plan = FindingPlan::new(library, log.context(), around, wishes);
    look(log, &plan, language, running)
}

/// What the rules find in a file; nothing where there is no library.
///
/// # Errors
/// As [`of_log`].
pub fn of_imported(
    imported: &Imported,
    language: Language,
    running: Running<'_>,
) -> Result<Option<Findings>, Problem> {
    let Some(library) = &imported.reading.library else { return Ok(None) };
    let settings = ChosenSettings::default();
    let report = Some(&imported.report);
    let around =
        Surroundings { settings: &settings, report, now: imported.reading.now, before: None };
    of_log(&imported.log, library, around, language, running).map(Some)
}

/// What the rules find in a stored version.
///
/// # Errors
/// There is no such version; or as [`of_log`].
pub fn of_version(
    workspace: &Workspace,
    which: (LogId, VersionNumber, CaseNotion),
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let wishes = FindingWishes { rules: Vec::new(), rows_max: EXAMPLES_MAX };
    stored(workspace, which, wishes, language, running)
}

/// The rows of a stored version that break a rule, as CSV: at most [`ROWS_MAX`] of each check, by
/// case.
///
/// # Errors
/// There is no such rule; or as [`of_version`].
pub fn rows_of_version(
    workspace: &Workspace,
    which: (LogId, VersionNumber, CaseNotion),
    rule: &str,
    running: Running<'_>,
) -> Result<String, Problem> {
    let library = &workspace.library().library;
    if !library.rules.iter().any(|known| known.key == rule) {
        let detail = say!("There is no rule \"{key}\" in the library.", key = rule);
        return Err(Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("rule"));
    }
    let wishes = FindingWishes { rules: vec![rule.to_owned()], rows_max: ROWS_MAX };
    let found = stored(workspace, which, wishes, Language::English, running)?;
    let mut csv = String::from("rule,about,case,event,activity,time,attribute,value\r\n");
    for finding in &found.findings {
        finding.examples.iter().for_each(|row| write_row(finding, row, &mut csv));
    }
    Ok(csv)
}

fn stored(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    wishes: FindingWishes,
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let version = workspace.version(log, number)?;
    let before = version.parent.filter(|_| notion == CaseNotion::Main);
    let before = before.and_then(|parent| workspace.version(log, VersionNumber(parent)).ok());
    let library = &workspace.library().library;
    let settings = process_settings::chosen(workspace, log, library)?;
    // A version may have been made without an import.
    let report = logs::report(workspace, log, number, language).ok();
    let report: Option<ImportReport> = report.and_then(|told| serde_json::from_value(told).ok());
    let around = Surroundings {
        settings: &settings,
        report: report.as_ref(),
        now: Some(workspace.now()),
        before: before.map(|before| SizeBefore { cases: before.cases, events: before.events }),
    };
    let open = workspace.open_log(log, number, notion)?;
    let plan = FindingPlan::new(library, open.context(), around, wishes);
    let found = look(&open, &plan, language, running);
    found.map_err(|problem| workspace.explain(problem, log, number))
}

fn look(
    log: &EventLog,
    plan: &FindingPlan<'_>,
    language: Language,
    running: Running<'_>,
) -> Result<Findings, Problem> {
    let wanted = plan.attributes();
    let load = |idx: usize| log.load_columns(idx, wanted.iter().copied());
    let survey = if plan.needs_survey() {
        let seen = each_segment(log, running, &|idx, batch| {
            load(idx)?;
            Ok(plan.survey(batch))
        })?;
        let survey = seen.into_iter().fold(Survey::default(), Survey::with);
        let counted =
            each_segment(log, running, &|_, batch| Ok(plan.count_seconds(&survey, batch)))?;
        let counts = counted.into_iter().fold(SecondCounts::default(), SecondCounts::with);
        plan.settled(survey, &counts)
    } else {
        Survey::default()
    };
    let found = each_segment(log, running, &|idx, batch| {
        load(idx)?;
        Ok(plan.observe(&survey, batch))
    })?;
    let counts = found.into_iter().fold(plan.nothing(), |counts, part| plan.joined(counts, part));
    Ok(plan.answer(&survey, counts, language))
}

/// What each segment gives, with all its cases.
fn each_segment<T: Send>(
    log: &EventLog,
    running: Running<'_>,
    look: &(dyn Fn(usize, &CaseBatch<'_>) -> Result<T, Problem> + Sync),
) -> Result<Vec<T>, Problem> {
    let segments: Vec<_> = log.segments().iter().enumerate().collect();
    let found = parallel::map(segments, running.threads, |(idx, segment)| {
        if running.cancelled.load(Ordering::Relaxed) {
            let detail = say!("The work was cancelled.");
            return Err(Problem::new(ErrorCode::Cancelled, detail));
        }
        look(idx, &CaseBatch::all(segment))
    });
    found.into_iter().collect()
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
