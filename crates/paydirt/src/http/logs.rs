//! The stored logs: list, one, rename, retention, roll back, delete.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use paydirt_app::catalogue::{Log, RetentionRule};
use paydirt_app::logs;
use paydirt_app::workspace::VersionNumber;
use paydirt_model::problem::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::body::JsonBody;
use super::language::{self, Told};
use super::place::{OfLog, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES, WRITING};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one, change, delete))
        .routes(routes!(roll_back))
}

/// A log in the language of the request.
fn told(log: Log) -> Told<Log> {
    Told(log.told_in(language::current()))
}

/// Every stored log.
#[derive(Debug, Serialize, ToSchema)]
struct LogList {
    /// The logs, by name.
    logs: Vec<Log>,
}

/// Lists the logs.
#[utoipa::path(get, operation_id = "list_logs", path = "/api/v1/logs", tag = "logs",
    responses((status = 200, description = "The logs", body = LogList)),
    extensions(("x-problems" = json!([CATALOGUE]))))]
async fn list(State(server): State<Arc<Server>>) -> Result<Told<LogList>, Failure> {
    let language = language::current();
    let found = server.blocking(|server| server.workspace.logs()).await?;
    Ok(Told(LogList { logs: found.into_iter().map(|log| log.told_in(language)).collect() }))
}

/// Shows one log.
#[utoipa::path(get, operation_id = "show_log", path = "/api/v1/logs/{log}", tag = "logs",
    params(OfLog),
    responses((status = 200, description = "The log", body = Log)),
    extensions(("x-problems" = json!([CATALOGUE]))))]
async fn one(State(server): State<Arc<Server>>, place: Place) -> Result<Told<Log>, Failure> {
    let log = place.log()?;
    Ok(told(server.blocking(move |server| server.workspace.log(log)).await?))
}

/// What is to be changed of a log.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LogChange {
    /// A new name.
    name: Option<String>,
    /// A new rule which versions are kept; `{}` keeps every one. Versions that it does not keep are
    /// deleted at once, but for the current one and pinned ones.
    #[serde(default)]
    retention: Option<RetentionRule>,
}

/// Renames a log, or sets which versions are kept.
#[utoipa::path(patch, operation_id = "change_log", path = "/api/v1/logs/{log}", tag = "logs",
    request_body = LogChange,
    params(OfLog),
    responses((status = 200, description = "The changed log", body = Log)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::InvalidName, ErrorCode::LogExists]]))))]
async fn change(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(change): JsonBody<LogChange>,
) -> Result<Told<Log>, Failure> {
    let log = place.log()?;
    let changed = server.blocking(move |server| {
        // What cannot be done is refused before anything is changed.
        if let Some(rule) = change.retention {
            logs::not_kept(&server.workspace, log, rule)?;
        }
        if let Some(name) = &change.name {
            logs::rename(&server.workspace, log, name)?;
        }
        if let Some(rule) = change.retention {
            logs::set_retention(&server.workspace, log, rule)?;
        }
        server.workspace.log(log)
    });
    Ok(told(changed.await?))
}

/// Deletes a log with all its versions.
#[utoipa::path(delete, operation_id = "delete_log", path = "/api/v1/logs/{log}", tag = "logs",
    params(OfLog),
    responses((status = 204, description = "It is gone")),
    extensions(("x-problems" = json!([WRITING]))))]
async fn delete(State(server): State<Arc<Server>>, place: Place) -> Result<StatusCode, Failure> {
    let log = place.log()?;
    server.blocking(move |server| logs::delete_log(&server.workspace, log)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which version is to be current.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RollBack {
    /// Number of the version.
    version: u64,
}

/// Makes an earlier version the current one.
#[utoipa::path(post, operation_id = "roll_back_log", path = "/api/v1/logs/{log}/rollback",
    tag = "logs", request_body = RollBack,
    params(OfLog),
    responses((status = 200, description = "The log with its new current version", body = Log)),
    extensions(("x-problems" = json!([WRITING, VERSION_FILES, [ErrorCode::VersionNotFound]]))))]
async fn roll_back(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(wanted): JsonBody<RollBack>,
) -> Result<Told<Log>, Failure> {
    let log = place.log()?;
    let number = VersionNumber(wanted.version);
    let done = server.blocking(move |server| logs::roll_back(&server.workspace, log, number));
    Ok(told(done.await?))
}
