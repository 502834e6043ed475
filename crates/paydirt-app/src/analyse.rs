//! How questions are asked of a log: one question, or a whole request.

use std::sync::atomic::AtomicBool;

use paydirt_engine::analysis::{Analysis, AnalysisAnswer, Tile};
use paydirt_engine::run::{RunOptions, run};
use paydirt_mining::operator::{Question, QuestionSchema};
use paydirt_mining::{filters, operators};
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::problem::Problem;
use serde_json::{Value, json};

use crate::import::Imported;

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
    let tile = &answer.tiles[0];
    let notes = imported.report.notes.iter().map(|note| note.in_language(ask.language));
    let context = json!({
        "source": answer.version,
        "notion": answer.notion,
        "as_of": answer.as_of,
        "time_zone": answer.time_zone,
        "total": answer.total,
        "size": answer.size,
        "filters": answer.filters,
        "rows_refused": imported.report.rows_refused,
        "notes": notes.collect::<Vec<_>>(),
    });
    let body = match &tile.answer {
        Some(answer) => answer.get().to_owned(),
        None => {
            let groups = serde_json::to_string(&tile.groups).expect("an answer is plain data");
            format!("{{\"groups\":{groups}}}")
        }
    };
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
    let analysis = Analysis {
        version: version.to_owned(),
        notion: log.context().notion,
        filters: ask.filters.clone(),
        tiles: vec![Tile {
            id: ask.question.clone(),
            question: ask.question.clone(),
            params: ask.params.clone(),
            filters: Vec::new(),
            group_by: ask.group_by.clone(),
        }],
    };
    let Running { threads, cancelled, progress } = running;
    let mut answer = run(log, &analysis, &RunOptions { threads, cancelled, progress })?;
    match answer.tiles[0].problem.take() {
        Some(problem) => Err(problem),
        None => Ok(answer),
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
            "keeps": if entry.is_event_filter() { "events" } else { "cases" },
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
                            filters or event filters, not both",
            },
            "kinds": kinds,
            "components": { "schemas": schemas },
        })
    })
}
