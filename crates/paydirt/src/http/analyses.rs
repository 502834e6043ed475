//! Questions of a stored log: a whole screen in one request, or one question by its address.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse::{self, Analysis, Ask};
use paydirt_app::catalogue::version_id;
use paydirt_app::logs;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{AnalysisAnswer, Asked};
use super::body::{JsonBody, Parameters};
use super::etag::{self, Keeping};
use super::place::{OfVersion, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, QUESTION, VERSION_FILES};
use super::{Server, flight, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(analyse)).routes(routes!(ask))
}

/// Answers a whole screen: filters and all its tiles in one scan.
#[utoipa::path(post, operation_id = "analyse", path = "/api/v1/analyses", tag = "analyses",
    request_body = Analysis,
    responses((status = 200, description = "One answer for each tile, in the order asked",
            body = AnalysisAnswer), (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, QUESTION,
        [ErrorCode::LogNotFound, ErrorCode::VersionNotFound, ErrorCode::UnknownQuestion,
            ErrorCode::Busy]]))))]
async fn analyse(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    JsonBody(analysis): JsonBody<Analysis>,
) -> Result<Response, Failure> {
    let (_, bytes) = answer(&server, analysis).await?;
    Ok(etag::told(&headers, bytes, Keeping::Revalidate))
}

/// Answers one question, as `paydirt ask --json` does.
#[utoipa::path(get, operation_id = "ask",
    path = "/api/v1/logs/{log}/versions/{version}/ask/{question}", tag = "analyses",
    params(OfVersion, ("question" = String, Path, description = "The question, such as `map`"),
        ("params" = Option<String>, Query, description = "Parameters, a JSON object"),
        ("filter" = Option<Vec<String>>, Query,
            description = "Filters, each a JSON object; several apply one after another"),
        ("group_by" = Option<String>, Query, description = "A case attribute to group by"),
        ("notion" = Option<CaseNotion>, Query, description = "What a case is"),
        ("settings" = Option<u64>, Query,
            description = "The version of the settings; the newest unless said")),
    responses((status = 200, description = "The answer of the question, and `context`",
            body = Asked), (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, QUESTION, [ErrorCode::Busy]]))))]
async fn ask(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(pairs): Parameters<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let language = language::current();
    let (ask, notion, settings) = asked(place.question(), pairs, language)?;
    analyse::question_schema(&ask.question)?;
    let resolved = server.blocking(move |server| version.of(&server.workspace, log));
    let number = resolved.await?;
    let mut analysis = analyse::analysis_of(&version_id(log, number), notion, &ask);
    analysis.settings = settings;
    let (spelled, bytes) = answer(&server, analysis.clone()).await?;
    // A version that is compared with may be the current one of its log, too.
    let is_fixed = version.is_fixed() && spelled == analysis;
    let told = server.blocking(move |server| {
        let report = logs::report(&server.workspace, log, number, language)?;
        let depends =
            settings.is_none() && server.workspace.depends_on_settings(log, number, notion)?;
        Ok((analyse::one_answer(&bytes, &report)?, depends))
    });
    let (told, depends) = told.await?;
    Ok(etag::told(&headers, told, Keeping::for_ever_if(is_fixed && !depends)))
}

/// The question of an address.
fn asked(
    question: &str,
    pairs: Vec<(String, String)>,
    language: Language,
) -> Result<(Ask, CaseNotion, Option<u64>), Problem> {
    let mut ask = Ask {
        question: question.to_owned(),
        params: Value::Object(serde_json::Map::new()),
        filters: Vec::new(),
        group_by: None,
        language,
    };
    let (mut notion, mut settings) = (CaseNotion::Main, None);
    for (name, text) in pairs {
        let wrong = |detail: Sentence| {
            Problem::new(ErrorCode::InvalidParameters, detail).in_parameter(name.clone())
        };
        let object = || match serde_json::from_str(&text) {
            Ok(value @ Value::Object(_)) => Ok(value),
            _ => Err(wrong(say!(
                "The parameter \"{name}\" is not valid; expected a JSON object.",
                name
            ))),
        };
        match name.as_str() {
            "params" => ask.params = object()?,
            "filter" => ask.filters.push(object()?),
            "group_by" => ask.group_by = Some(text.clone()),
            "notion" => {
                let value = Value::String(text.clone());
                notion = serde_json::from_value(value).map_err(|_| {
                    wrong(say!(
                        "The parameter \"{name}\" is not valid; expected main, lead or document.",
                        name
                    ))
                })?;
            }
            "settings" => {
                let number = text.parse().map_err(|_| {
                    wrong(say!(
                        "The parameter \"{name}\" is not valid; expected the number of a version.",
                        name
                    ))
                })?;
                settings = Some(number);
            }
            _ => {
                return Err(wrong(say!(
                    "There is no parameter \"{name}\"; expected params, filter, group_by, notion \
                     or settings.",
                    name
                )));
            }
        }
    }
    Ok((ask, notion, settings))
}

/// The answer: remembered, on its way, or computed behind the gate.
async fn answer(
    server: &Arc<Server>,
    analysis: Analysis,
) -> Result<(Analysis, Arc<[u8]>), Problem> {
    let language = language::current();
    let spelled = server.blocking(move |server| {
        let analysis = server.workspace.spelled_out(analysis)?;
        let known = server.workspace.known_answer(&analysis, language);
        Ok((analysis, known))
    });
    let (analysis, known) = spelled.await?;
    if let Some(known) = known {
        return Ok((analysis, known));
    }
    let request = serde_json::to_string(&analysis).expect("a request is plain data");
    let key = format!("{} {request}", language.code());
    let asked = analysis.clone();
    let compute = Box::new(move |server: &Server, running: analyse::Running<'_>| {
        server.workspace.analyse(&asked, language, running)
    });
    Ok((analysis, flight::answer(server, key, compute).await?))
}
