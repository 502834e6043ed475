//! What is chosen about the analysis of a log, and the attributes that are computed by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use paydirt_app::computed::{self, ComputedAttributes};
use paydirt_app::process_settings::{self, SettingValue, SettingsChange, SettingsNow};
use paydirt_app::workspace::LogId;
use paydirt_model::problem::{ErrorCode, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{JsonBody, Parameters};
use super::etag::{self, Keeping};
use super::place::{OfLog, OfVersion, Place};
use super::problem::{Failure, ProblemDocument, document, respond};
use super::refusals::{CATALOGUE, VERSION_FILES, WRITING};
use super::{Server, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(show, change)).routes(routes!(computed_of))
}

/// Which version of the settings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct At {
    /// The settings as they were after this change; 0 has the defaults, and the newest ones hold
    /// when absent.
    at: Option<u64>,
}

/// Shows what is chosen about the analysis of a log: every setting with its value and default.
#[utoipa::path(get, operation_id = "show_settings",
    path = "/api/v1/logs/{log}/settings", tag = "settings",
    params(OfLog, At),
    responses((status = 200, description = "The settings", body = SettingsNow),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, [ErrorCode::WrongUsage]]))))]
async fn show(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(At { at }): Parameters<At>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let log = place.log()?;
    let shown = server.blocking(move |server| shown(server, log, at)).await?;
    let text = serde_json::to_string(&shown).expect("settings are plain data");
    Ok(etag::told(&headers, text, Keeping::Revalidate))
}

fn shown(server: &Server, log: LogId, at: Option<u64>) -> Result<SettingsNow, Problem> {
    let library = &server.workspace.library().library;
    let language = language::current();
    let mut shown = process_settings::of_log(&server.workspace, (log, at), (library, language))?;
    shown.problems.iter_mut().for_each(|problem| problem.tell_in(language));
    Ok(shown)
}

/// What is to be changed of the settings: a whole file first, then single settings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingsChangeBody {
    /// The text of a settings file (TOML); what it does not name is back at its default.
    #[serde(default)]
    file: Option<String>,
    /// Values by key, in the form in which they are shown.
    #[serde(default)]
    set: BTreeMap<String, SettingValue>,
    /// Keys of settings that are back at their default.
    #[serde(default)]
    reset: Vec<String>,
    /// The version that was seen last: where somebody else has changed the settings since then,
    /// theirs stay, and the answer is 409. The newest gives way when absent.
    #[serde(default)]
    seen: Option<u64>,
}

/// Why settings were refused: the first mistake, and all of them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SettingsRefused {
    /// The first mistake.
    #[serde(flatten)]
    first: ProblemDocument,
    /// Every mistake; the parameter of its place is the key of the setting.
    mistakes: Vec<ProblemDocument>,
}

/// Changes the settings of a log. Nothing is changed where anything is wrong, and every mistake is
/// told; computed attributes follow at once.
#[utoipa::path(put, operation_id = "change_settings",
    path = "/api/v1/logs/{log}/settings", tag = "settings",
    request_body = SettingsChangeBody,
    params(OfLog),
    responses((status = 200, description = "The settings now", body = SettingsNow)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::SettingsMistake,
        ErrorCode::ViewChanged, ErrorCode::OverLimit]]))))]
async fn change(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(body): JsonBody<SettingsChangeBody>,
) -> Result<Response, Failure> {
    let log = place.log()?;
    let SettingsChangeBody { file, set, reset, seen } = body;
    let file = file.map(|text| ("settings.toml".to_owned(), text));
    let values = set.into_iter().collect();
    let change = SettingsChange { file, values, reset, seen, ..SettingsChange::default() };
    let changed = server.blocking(move |server| {
        let library = &server.workspace.library().library;
        let changed = process_settings::change(&server.workspace, log, library, &change);
        match changed {
            Ok(()) => shown(server, log, None).map(Ok),
            Err(problems) => Ok(Err(problems)),
        }
    });
    Ok(match changed.await? {
        Ok(shown) => Json(shown).into_response(),
        Err(problems) => refused(&problems),
    })
}

/// The answer to settings with mistakes: that of the first one, with all of them beside it.
fn refused(problems: &[Problem]) -> Response {
    let first = problems.first().expect("settings are refused for a reason");
    let mistakes = problems.iter().map(document).collect();
    let body = SettingsRefused { first: document(first), mistakes };
    let body = serde_json::to_vec(&body).expect("problems are plain data");
    let (parts, _) = respond(first).into_parts();
    let mut response = Response::new(body.into());
    *response.status_mut() = parts.status;
    *response.headers_mut() = parts.headers;
    response.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
    response
}

/// Lists the attributes of a version that are computed: how, by which settings, and what the others
/// lack.
#[utoipa::path(get, operation_id = "show_computed",
    path = "/api/v1/logs/{log}/versions/{version}/computed", tag = "settings",
    params(OfVersion, At),
    responses((status = 200, description = "The computed attributes", body = ComputedAttributes),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, [ErrorCode::Busy]]))))]
async fn computed_of(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(At { at }): Parameters<At>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let language = language::current();
    let pass = server.gate.enter().await?;
    let found = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let found = computed::of_version(&server.workspace, (log, number), at, language)?;
        drop(pass);
        Ok(serde_json::to_string(&found).expect("it is plain data"))
    });
    Ok(etag::told(&headers, found.await?, Keeping::Revalidate))
}
