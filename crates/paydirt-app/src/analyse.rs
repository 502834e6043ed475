//! How questions are asked of a log: one question, or a whole request.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

pub use paydirt_engine::analysis::{Analysis, FilterEffect, Size};
use paydirt_engine::analysis::{AnalysisAnswer, Tile};
use paydirt_engine::run::{RunOptions, run};
use paydirt_mining::operator::{Question, QuestionSchema};
use paydirt_mining::{filters, operators};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::catalogue::version_id;
use crate::import::Imported;
use crate::logs;
use crate::workspace::{LogId, VersionNumber, Workspace};

/// One question with its filters.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The question.
    pub question: String,
    /// Its parameters, a JSON object.
    pub params: Value,
    /// Filters, applied one after another.
    pub filters: Vec<Value>,
    /// A case attribute: the question is answered for each of its values.
    pub group_by: Option<String>,
    /// The language of the problems and notes in the answer.
    pub language: Language,
}

/// How a run uses the machine and tells of itself.
#[derive(Clone, Copy)]
pub struct Running<'a> {
    /// Threads to use.
    pub threads: usize,
    /// Set from outside to stop.
    pub cancelled: &'a AtomicBool,
    /// Told (parts done, parts in all) as the scan goes on.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// Asks one question of an imported file. The answer is a JSON object with the answer's own
/// fields (or `groups`), and under `context` what was asked of what: source, notion, as-of time,
/// size before and after filters, what each filter removed, rows refused at import, notes.
///
/// # Errors
/// The question, a parameter or a filter is not valid, or the run was cancelled.
pub fn ask(
    imported: &Imported,
    source: &str,
    ask: &Ask,
    running: Running<'_>,
) -> Result<String, Problem> {
    let answer = run_one(&imported.log, source, ask, running)?.told_in(ask.language);
    let report = &imported.report;
    let told = report.automatic.iter().filter(|reading| reading.rule.changes_values());
    let notes = report.notes.iter().chain(told.map(|reading| &reading.what));
    let notes = notes.map(|note| note.in_language(ask.language));
    let bytes = serde_json::to_vec(&answer).expect("an answer is plain data");
    let report = json!({
        "rows_refused": imported.report.rows_refused,
        "notes": notes.collect::<Vec<_>>(),
    });
    one_answer(&bytes, &report)
}

/// Asks one question of a stored log; the answer has the form of [`ask`], and the id of the
/// version as its source.
///
/// # Errors
/// As [`ask`]; and the version cannot be read.
pub fn ask_stored(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    ask: &Ask,
    running: Running<'_>,
) -> Result<String, Problem> {
    let analysis = analysis_of(&version_id(log, number), notion, ask);
    let bytes = workspace.analyse(&analysis, ask.language, running)?;
    one_answer(&bytes, &logs::report(workspace, log, number, ask.language)?)
}

/// An answer of one tile, as the engine writes it.
#[derive(Deserialize)]
struct OneAnswer<'a> {
    #[serde(borrow)]
    version: &'a RawValue,
    #[serde(borrow)]
    notion: &'a RawValue,
    #[serde(borrow)]
    as_of: &'a RawValue,
    #[serde(borrow)]
    time_zone: &'a RawValue,
    #[serde(default)]
    settings: Option<u64>,
    #[serde(borrow)]
    total: &'a RawValue,
    #[serde(borrow)]
    size: &'a RawValue,
    #[serde(borrow)]
    filters: &'a RawValue,
    #[serde(borrow)]
    tiles: Vec<OneTile<'a>>,
}

#[derive(Deserialize)]
struct OneTile<'a> {
    #[serde(borrow, default)]
    answer: Option<&'a RawValue>,
    #[serde(borrow, default)]
    groups: Option<&'a RawValue>,
    #[serde(default)]
    problem: Option<Problem>,
}

/// What was asked of what.
#[derive(Serialize)]
struct Context<'a> {
    source: &'a RawValue,
    notion: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<u64>,
    as_of: &'a RawValue,
    time_zone: &'a RawValue,
    total: &'a RawValue,
    size: &'a RawValue,
    filters: &'a RawValue,
    rows_refused: &'a Value,
    notes: &'a Value,
}

/// The answer of a request with one tile as the answer of one question, see [`ask`]; `report` is
/// the import report of the version.
///
/// # Errors
/// The tile has a problem.
pub fn one_answer(answer: &[u8], report: &Value) -> Result<String, Problem> {
    let unreadable = |error: serde_json::Error| {
        Problem::new(
            ErrorCode::Internal,
            say!("The answer cannot be read: {error}.", error = error.to_string()),
        )
    };
    let answer: OneAnswer<'_> = serde_json::from_slice(answer).map_err(unreadable)?;
    let tile = answer.tiles.first().expect("the request had one tile");
    if let Some(problem) = &tile.problem {
        return Err(problem.clone());
    }
    let body = match (tile.answer, tile.groups) {
        (Some(answer), _) => answer.get().to_owned(),
        (None, Some(groups)) => format!("{{\"groups\":{}}}", groups.get()),
        (None, None) => "{}".to_owned(),
    };
    let context = Context {
        source: answer.version,
        notion: answer.notion,
        settings: answer.settings,
        as_of: answer.as_of,
        time_zone: answer.time_zone,
        total: answer.total,
        size: answer.size,
        filters: answer.filters,
        rows_refused: &report["rows_refused"],
        notes: &report["notes"],
    };
    let context = serde_json::to_string(&context).expect("a context is plain data");
    let inner = body.strip_prefix('{').and_then(|body| body.strip_suffix('}')).unwrap_or("");
    let comma = if inner.is_empty() { "" } else { "," };
    Ok(format!("{{{inner}{comma}\"context\":{context}}}"))
}

/// Asks one question of a log; the answer alone, as JSON.
///
/// # Errors
/// As [`ask`].
pub fn answer(log: &EventLog, ask: &Ask, running: Running<'_>) -> Result<String, Problem> {
    let mut answer = run_one(log, "log", ask, running)?;
    let tile = answer.tiles.remove(0);
    Ok(tile.answer.map_or_else(String::new, |answer| answer.get().to_owned()))
}

fn run_one(
    log: &EventLog,
    version: &str,
    ask: &Ask,
    running: Running<'_>,
) -> Result<AnalysisAnswer, Problem> {
    let analysis = analysis_of(version, log.context().notion, ask);
    let Running { threads, cancelled, progress } = running;
    let mut answer = run(log, &analysis, &RunOptions { threads, cancelled, progress })?;
    match answer.tiles[0].problem.take() {
        Some(problem) => Err(problem),
        None => Ok(answer),
    }
}

/// The request that asks this question alone.
#[must_use]
pub fn analysis_of(version: &str, notion: CaseNotion, ask: &Ask) -> Analysis {
    Analysis {
        version: version.to_owned(),
        notion,
        settings: None,
        other_settings: BTreeMap::new(),
        filters: ask.filters.clone(),
        tiles: vec![Tile {
            id: ask.question.clone(),
            question: ask.question.clone(),
            params: ask.params.clone(),
            filters: Vec::new(),
            group_by: ask.group_by.clone(),
        }],
    }
}

/// Every question: name and what it answers.
#[must_use]
pub fn questions() -> Vec<(&'static str, &'static str)> {
    operators::ALL.iter().map(|question| (question.name(), question.summary())).collect()
}

/// The schemas of one question.
///
/// # Errors
/// There is no such question.
pub fn question_schema(name: &str) -> Result<QuestionSchema, Problem> {
    operators::find(name).map(Question::schema)
}

/// The description of every kind of filter, or of one of them: how filters compose, each kind with
/// what it keeps and its parameters, and the schemas that these refer to. `None` when there is no
/// such kind.
#[must_use]
pub fn filter_schema(kind: Option<&str>) -> Option<Value> {
    let mut schemas = serde_json::Map::new();
    let mut kinds = Vec::new();
    for entry in filters::ALL.iter().filter(|entry| kind.is_none_or(|kind| kind == entry.kind())) {
        let (params, components) = entry.schema();
        if let Value::Object(components) = components {
            schemas.extend(components);
        }
        kinds.push(json!({
            "kind": entry.kind(),
            "summary": entry.summary(),
            "keeps": entry.keeps(),
            "params": params,
        }));
    }
    (!kinds.is_empty()).then(|| {
        json!({
            "composition": {
                "one": "{\"kind\": KIND, …parameters}",
                "all": "{\"all\": [FILTER, …]} keeps what every filter keeps (and)",
                "any": "{\"any\": [FILTER, …]} keeps what at least one filter keeps (or)",
                "not": "{\"not\": FILTER} keeps what the filter drops",
                "several": "several --filter apply one after another; a composition holds case \
                            filters or event filters, not both; what comes after a grouping of \
                            activities sees the groups",
            },
            "kinds": kinds,
            "components": { "schemas": schemas },
        })
    })
}
