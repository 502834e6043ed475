//! How files and the demo world become versions of stored logs: import, append, upsert.

use std::path::PathBuf;
use std::sync::Arc;

use paydirt_model::automatic::AutomaticReading;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::mapping::{ColumnRole, ImportReport};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_store::entries::{Action, LogId, NewVersion, VersionEntry, VersionNumber};
use paydirt_store::running::Running as StoreRunning;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::catalogue::version_id;
use crate::demo::{self, DemoSettings};
use crate::file_shape::FileShape;
use crate::import::{self, ImportSettings, Imported};
use crate::logs::clear_away;
use crate::merge::{self, EventKey, Joining, MergeCounts, MergeRule};
use crate::remembered::RememberedImport;
use crate::single_events::single_event_cases;
use crate::steps::{Phase, Progress, Steps, Unit};
use crate::workspace::Workspace;

/// Name of the demo log.
pub const DEMO_NAME: &str = "Demo";

/// A file to import: where it is, and what the user calls it.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name, for reports and messages.
    pub name: String,
}

impl InputFile {
    /// Its name without folders.
    fn plain_name(&self) -> String {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name).to_owned()
    }
}

/// Where imported events go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportTarget {
    /// Into a new log of this name.
    New(String),
    /// To the events of this log; all are kept.
    Append(LogId),
    /// To the events of this log; those of equal key are replaced. The columns of the key, or none
    /// for the usual key or the one used last.
    Upsert(LogId, Vec<String>),
    /// In the place of all events of this log.
    Replace(LogId),
}

impl ImportTarget {
    /// The stored log, where there is one.
    #[must_use]
    pub fn log(&self) -> Option<LogId> {
        match self {
            ImportTarget::New(_) => None,
            ImportTarget::Append(log)
            | ImportTarget::Upsert(log, _)
            | ImportTarget::Replace(log) => Some(*log),
        }
    }
}

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct ImportOrder {
    /// The files; together they make one version.
    pub files: Vec<InputFile>,
    /// Where to.
    pub target: ImportTarget,
    /// How the files are read; nothing means as the log was read last, and for a new log as a file
    /// of the same shape was.
    pub settings: Option<ImportSettings>,
}

/// How a log was read, kept with each version for the next file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct KeptSettings {
    pub(crate) reading: ImportSettings,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) key: Vec<String>,
    /// The names of the files, without their folders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<String>,
    /// What reads the first file in exactly this way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) exact: Option<ImportSettings>,
    /// The shape of the first file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shape: Option<FileShape>,
}

/// What an import made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ImportOutcome {
    /// Number of the log.
    pub log: u64,
    /// Name of the log.
    pub name: String,
    /// Id of the version.
    pub version: String,
    /// Cases of the version.
    pub cases: u64,
    /// Events of the version.
    pub events: u64,
    /// Rows of the files.
    pub rows_read: u64,
    /// Rows that were left out.
    pub rows_refused: u64,
    /// What joining the events to the stored ones did; only for append and upsert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<MergeCounts>,
    /// Number of the upload that the events came with, where they came so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload: Option<u64>,
    /// The import as which the file was read, because one of the same columns was read so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remembered: Option<RememberedImport>,
    /// Versions that retention has deleted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleted_versions: Vec<String>,
}

/// Imports files into a log: reads them, joins them where the log has events, publishes a version.
/// Imports into the same log wait for one another, so that each joins the version before it.
///
/// # Errors
/// A file cannot be read, the log does not exist (or, for a new one, does), the events have no
/// key, a column changes its type, somebody published in between, the store cannot be written, or
/// the work was cancelled. Then nothing has changed.
pub fn import(
    workspace: &Workspace,
    order: &ImportOrder,
    steps: Steps<'_>,
) -> Result<ImportOutcome, Problem> {
    let Some(log) = order.target.log() else {
        return import_in_turn(workspace, order, steps);
    };
    let _turn = workspace.turns().take(log, steps)?;
    import_in_turn(workspace, order, steps)
        .map_err(|problem| workspace.store().explain(problem, log, None))
}

fn import_in_turn(
    workspace: &Workspace,
    order: &ImportOrder,
    steps: Steps<'_>,
) -> Result<ImportOutcome, Problem> {
    steps.begin(Phase::Reading, Unit::Bytes);
    let target = Target::of(workspace, &order.target)?;
    let mut kept = target.kept.clone();
    if let Some(settings) = &order.settings {
        kept.reading = settings.clone();
    } else if target.parent.is_none() {
        kept.reading.remembered = workspace.remembered()?;
    }
    let Gathered { main, mut report, counts, remembered } =
        gather(workspace, &target, order, &mut kept, steps)?;
    report.events = main.context().event_count;
    report.cases = main.context().case_count;
    report.single_event_cases = single_event_cases(&main);
    report.sort();
    let kept_report = stored_report(&report, counts.as_ref());
    let source: Vec<&str> = order.files.iter().map(|file| file.name.as_str()).collect();
    let publication = Publication {
        action: target.action,
        source: source.join(", "),
        main: &main,
        others: &target.others,
        report: kept_report.to_string(),
        settings: serde_json::to_string(&kept).expect("settings are plain data"),
    };
    let version = target.publish(workspace, &publication, steps)?;
    Ok(ImportOutcome {
        log: version.log.0,
        name: workspace.store().log(version.log)?.name,
        version: version_id(version.log, version.number),
        cases: version.cases,
        events: version.events,
        rows_read: report.rows_read,
        rows_refused: report.rows_refused,
        counts,
        upload: None,
        remembered,
        deleted_versions: clear_away(workspace, version.log),
    })
}

/// The events of all files, joined to those of the log.
struct Gathered {
    main: Arc<EventLog>,
    report: ImportReport,
    /// What joining did to the stored events; nothing where there were none.
    counts: Option<MergeCounts>,
    /// The import as which the first file was read.
    remembered: Option<RememberedImport>,
}

/// Reads the files one after another and joins their events.
fn gather(
    workspace: &Workspace,
    target: &Target,
    order: &ImportOrder,
    kept: &mut KeptSettings,
    steps: Steps<'_>,
) -> Result<Gathered, Problem> {
    kept.files = order.files.iter().map(InputFile::plain_name).collect();
    (kept.exact, kept.shape) = (None, None);
    kept.reading.now = Some(workspace.now());
    kept.reading.library = Some(Arc::clone(&workspace.library().library));
    if kept.reading.process.is_none() {
        kept.reading.process.clone_from(&target.kept.reading.process);
    }
    let mut report = ImportReport::default();
    let mut counts = None;
    let mut remembered = None;
    let mut result = match order.target {
        ImportTarget::Replace(_) => None,
        ImportTarget::New(_) | ImportTarget::Append(_) | ImportTarget::Upsert(..) => {
            target.base.clone()
        }
    };
    let is_joining = result.is_some();
    for file in &order.files {
        if let Some(before) = result.as_deref() {
            kept.reading.text_columns = text_columns(before);
            kept.reading.process.get_or_insert_with(no_process);
        }
        let imported = read(file, &kept.reading, steps)?;
        let Imported { log, report: of_file, reading, exact, shape, remembered: known } = imported;
        remembered = remembered.or(known);
        kept.reading = reading;
        if kept.exact.is_none() {
            (kept.exact, kept.shape) = (Some(exact), shape);
        }
        steps.begin(Phase::Building, Unit::Segments);
        let joined = match &result {
            None => log,
            Some(base) => {
                let rule = rule(base, &log, &order.target, kept, &of_file)?;
                let joining = Joining { threads: steps.threads, cancelled: steps.cancelled };
                let merged = merge::merge(base, &log, &rule, joining)?;
                if is_joining {
                    add_counts(counts.get_or_insert_default(), merged.counts);
                }
                report.notes.extend(merged.notes);
                merged.log
            }
        };
        add_report(&mut report, of_file, (order.files.len() > 1).then_some(&file.name));
        result = Some(Arc::new(joined));
    }
    // What comes next may have further columns, unless it says that it may not.
    kept.reading.other_columns = None;
    let main = result
        .ok_or_else(|| Problem::new(ErrorCode::WrongUsage, say!("There is no file to import.")))?;
    Ok(Gathered { main, report, counts, remembered })
}

fn read(
    file: &InputFile,
    settings: &ImportSettings,
    steps: Steps<'_>,
) -> Result<Imported, Problem> {
    let told = |done, total| steps.reading(done, total);
    let imported = import::import_file(&file.path, settings, steps.threads, steps.cancelled, &told);
    imported.map_err(|problem| renamed(problem, file))
}

/// The problem with the file as the user calls it, not as it lies in the data folder.
pub(crate) fn renamed(mut problem: Problem, file: &InputFile) -> Problem {
    let path = file.path.display().to_string();
    let within = problem.place.file.as_deref().and_then(|told| told.strip_prefix(path.as_str()));
    // A part of an archive or a folder is told behind it.
    let part = within.filter(|part| part.is_empty() || part.starts_with(['/', '\\']));
    if let Some(part) = part {
        problem.place.file = Some(format!("{}{part}", file.name));
    }
    problem
}

/// The log that events go to, as it is now.
pub(crate) struct Target {
    log: Result<LogId, String>,
    action: Action,
    parent: Option<VersionNumber>,
    pub(crate) base: Option<Arc<EventLog>>,
    others: Vec<Arc<EventLog>>,
    pub(crate) kept: KeptSettings,
}

impl Target {
    pub(crate) fn of(workspace: &Workspace, target: &ImportTarget) -> Result<Self, Problem> {
        let (log, action) = match target {
            ImportTarget::New(name) => return Target::new(workspace, name, Action::Import),
            ImportTarget::Append(log) => (*log, Action::Append),
            ImportTarget::Upsert(log, _) => (*log, Action::Upsert),
            ImportTarget::Replace(log) => (*log, Action::Replace),
        };
        let entry = workspace.store().log(log)?;
        let Some(parent) = entry.current else {
            let kept = KeptSettings::default();
            let (base, others) = (None, Vec::new());
            return Ok(Target { log: Ok(log), action, parent: None, base, others, kept });
        };
        let version = workspace.store().version(log, parent)?;
        let base = workspace.open_log(log, parent, CaseNotion::Main)?;
        base.load_all()?;
        let others = version.notions.iter().filter(|&&notion| notion != CaseNotion::Main);
        let others = others.map(|&notion| {
            let log = workspace.open_log(log, parent, notion)?;
            log.load_all()?;
            Ok(log)
        });
        let settings = workspace.store().settings(log, parent)?;
        Ok(Target {
            log: Ok(log),
            action,
            parent: Some(parent),
            base: Some(base),
            others: others.collect::<Result<_, Problem>>()?,
            kept: serde_json::from_str(&settings).unwrap_or_default(),
        })
    }

    fn new(workspace: &Workspace, name: &str, action: Action) -> Result<Self, Problem> {
        if workspace.store().find(name)?.is_some() {
            return Err(Problem::new(
                ErrorCode::LogExists,
                say!("There is a log \"{name}\" already.", name),
            )
            .in_parameter("name")
            .with_hint(say!("Choose another name, or add the events to that log.")));
        }
        Ok(Target {
            log: Err(name.to_owned()),
            action,
            parent: None,
            base: None,
            others: Vec::new(),
            kept: KeptSettings::default(),
        })
    }

    /// Publishes a version; a log that was made for it goes again when that fails.
    fn publish(
        &self,
        workspace: &Workspace,
        publication: &Publication<'_>,
        steps: Steps<'_>,
    ) -> Result<VersionEntry, Problem> {
        steps.check()?;
        steps.begin(Phase::Writing, Unit::Segments);
        let store = workspace.store();
        let log = match &self.log {
            Ok(log) => *log,
            Err(name) => store.create_log(name, workspace.now())?,
        };
        let mut logs: Vec<&EventLog> = vec![publication.main];
        logs.extend(publication.others.iter().map(AsRef::as_ref));
        let new = NewVersion {
            log,
            action: publication.action,
            source: &publication.source,
            parent: self.parent,
            logs: &logs,
            report: &publication.report,
            settings: &publication.settings,
            created_at: workspace.now(),
        };
        let told = |done, total| {
            (steps.told)(Progress { phase: Phase::Writing, done, total, unit: Unit::Segments });
        };
        let running =
            StoreRunning { threads: steps.threads, cancelled: steps.cancelled, progress: &told };
        let published = store.publish(&new, &running);
        if published.is_err() && self.log.is_err() {
            // The failure is what the user has to know; an empty log that stays is harmless.
            let _ = store.delete_log(log);
        }
        published
    }
}

/// What is published.
struct Publication<'a> {
    action: Action,
    source: String,
    main: &'a EventLog,
    others: &'a [Arc<EventLog>],
    report: String,
    settings: String,
}

/// How the events of a file join those before it.
pub(crate) fn rule(
    base: &EventLog,
    added: &EventLog,
    target: &ImportTarget,
    kept: &mut KeptSettings,
    report: &ImportReport,
) -> Result<MergeRule, Problem> {
    let ImportTarget::Upsert(_, named) = target else { return Ok(MergeRule::Append) };
    if !named.is_empty() {
        kept.key.clone_from(named);
    }
    let of_dates = report.roles.iter().any(|known| known.role == ColumnRole::ActivityDate);
    let key = if !kept.key.is_empty() {
        EventKey::of_columns(&kept.key, added, &report.roles)?
    } else if of_dates {
        EventKey::of_dates(base, added)?
    } else {
        EventKey::usual(base, added)?
    };
    Ok(MergeRule::Upsert(key))
}

/// The events of a file get the names of those before them: of a log that was not read as one of
/// a process, no file is.
pub(crate) fn no_process() -> String {
    "-".to_owned()
}

/// The columns that hold texts, so that a file with few rows does not make numbers of them.
pub(crate) fn text_columns(log: &EventLog) -> Vec<String> {
    use paydirt_model::attribute::AttributeType;
    let texts = log.context().attributes.iter().filter(|known| known.kind == AttributeType::Text);
    texts.map(|known| known.name.clone()).collect()
}

fn add_counts(all: &mut MergeCounts, more: MergeCounts) {
    let pairs = [
        (&mut all.inserted, more.inserted),
        (&mut all.already_present, more.already_present),
        (&mut all.replaced, more.replaced),
        (&mut all.unchanged, more.unchanged),
        (&mut all.moved, more.moved),
        (&mut all.superseded, more.superseded),
        (&mut all.removed, more.removed),
        (&mut all.without_key, more.without_key),
        (&mut all.cases_gone, more.cases_gone),
    ];
    for (total, count) in pairs {
        *total += count;
    }
}

/// Adds the report of one file to that of all; `name` says which file, where there are several.
fn add_report(all: &mut ImportReport, more: ImportReport, name: Option<&String>) {
    let named = |text: Sentence| match name {
        Some(name) => say!("{name}: {text}", name, text),
        None => text,
    };
    if all.format.is_empty() {
        all.format = more.format;
        all.roles = more.roles;
        all.process = more.process;
    }
    all.readings.extend(more.readings.into_iter().map(named));
    let named_what = |mut reading: AutomaticReading| {
        reading.what = named(reading.what);
        reading
    };
    all.automatic.extend(more.automatic.into_iter().map(named_what));
    all.notes.extend(more.notes.into_iter().map(named));
    all.rows_read += more.rows_read;
    all.rows_refused += more.rows_refused;
    all.empty_cases += more.empty_cases;
    paydirt_model::mapping::ProblemCount::merge(&mut all.problems, more.problems);
}

/// Makes the demo log: main, lead and document cases.
///
/// # Errors
/// There is a log of this name, the store cannot be written, or the work was cancelled.
pub fn make_demo(
    workspace: &Workspace,
    name: &str,
    settings: &DemoSettings,
    steps: Steps<'_>,
) -> Result<ImportOutcome, Problem> {
    steps.begin(Phase::Building, Unit::Blocks);
    let target = Target::new(workspace, name, Action::Demo)?;
    let told = |done, total| {
        (steps.told)(Progress { phase: Phase::Building, done, total, unit: Unit::Blocks });
    };
    let mut logs = demo::build_all(settings, steps.cancelled, &told)?.into_iter().map(Arc::new);
    let main = logs.next().expect("the demo world has a main log");
    let others: Vec<Arc<EventLog>> = logs.collect();
    let report = ImportReport {
        format: "demo".to_owned(),
        rows_read: main.context().event_count,
        events: main.context().event_count,
        cases: main.context().case_count,
        ..ImportReport::default()
    };
    let publication = Publication {
        action: Action::Demo,
        source: demo_source(settings).to_stored_text(),
        main: &main,
        others: &others,
        report: report.to_stored_json(),
        settings: serde_json::to_string(&KeptSettings::default()).expect("plain data"),
    };
    let version = target.publish(workspace, &publication, steps)?;
    Ok(ImportOutcome {
        log: version.log.0,
        name: name.to_owned(),
        version: version_id(version.log, version.number),
        cases: version.cases,
        events: version.events,
        rows_read: report.rows_read,
        rows_refused: 0,
        counts: None,
        upload: None,
        remembered: None,
        deleted_versions: Vec::new(),
    })
}

/// The report as the store keeps it: its sentences untold, with the counts of joining.
fn stored_report(report: &ImportReport, counts: Option<&MergeCounts>) -> Value {
    let json = report.to_stored_json();
    let mut report: Value = serde_json::from_str(&json).expect("a report is written as JSON");
    if let Some(counts) = counts {
        report["counts"] = serde_json::to_value(counts).expect("counts are plain data");
    }
    report
}

/// What the demo world is made from, in words.
fn demo_source(settings: &DemoSettings) -> Sentence {
    say!(
        "demo world, {deals} {deals|deal|deals}, seed {seed}",
        deals = settings.deals,
        seed = settings.seed.to_string()
    )
}
