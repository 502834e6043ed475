//! The versions of a log: list, one, pin, delete, import report, schema, what changed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use paydirt_app::analyse::Running;
use paydirt_app::catalogue::Version;
use paydirt_app::changes::{self, Comparison, VersionChanges};
use paydirt_app::logs;
use paydirt_app::schema::{self, LogSchema};
use paydirt_app::workspace::VersionNumber;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::mapping::ImportReport;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{JsonBody, Parameters};
use super::etag::{self, Keeping};
use super::language::Told;
use super::place::Place;
use super::problem::{Failure, ProblemDocument};
use super::{Server, flight, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one, change, delete))
        .routes(routes!(report))
        .routes(routes!(schema_of))
        .routes(routes!(changes_of))
}

/// A version in the language of the request.
fn told(version: Version) -> Told<Version> {
    Told(version.told_in(language::current()))
}

/// The versions of a log.
#[derive(Debug, Serialize, ToSchema)]
struct VersionList {
    /// The versions, the newest first.
    versions: Vec<Version>,
}

/// Lists the versions of a log.
#[utoipa::path(get, path = "/api/v1/logs/{log}/versions", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log")),
    responses((status = 200, description = "The versions", body = VersionList),
        (status = 404, description = "No such log", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn list(
    State(server): State<Arc<Server>>,
    place: Place,
) -> Result<Told<VersionList>, Failure> {
    let log = place.log()?;
    let language = language::current();
    let found = server.blocking(move |server| server.workspace.versions(log)).await?;
    let versions = found.into_iter().map(|version| version.told_in(language)).collect();
    Ok(Told(VersionList { versions }))
}

/// Shows one version.
#[utoipa::path(get, path = "/api/v1/logs/{log}/versions/{version}", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version, or `current`")),
    responses((status = 200, description = "The version", body = Version),
        (status = 404, description = "No such version", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn one(State(server): State<Arc<Server>>, place: Place) -> Result<Told<Version>, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let found = server
        .blocking(move |server| server.workspace.version(log, version.of(&server.workspace, log)?));
    Ok(told(found.await?))
}

/// What is to be changed of a version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VersionChange {
    /// Whether it is kept whatever the retention says.
    pinned: bool,
}

/// Pins a version, or no longer.
#[utoipa::path(patch, path = "/api/v1/logs/{log}/versions/{version}", tag = "versions",
    request_body = VersionChange,
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version, or `current`")),
    responses((status = 200, description = "The changed version", body = Version),
        (status = 404, description = "No such version", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn change(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(change): JsonBody<VersionChange>,
) -> Result<Told<Version>, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let changed = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        logs::pin(&server.workspace, log, number, change.pinned)
    });
    Ok(told(changed.await?))
}

/// Deletes a version; the current one and pinned ones stay.
#[utoipa::path(delete, path = "/api/v1/logs/{log}/versions/{version}", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version")),
    responses((status = 204, description = "It is gone"),
        (status = 409, description = "It is current or pinned", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn delete(State(server): State<Arc<Server>>, place: Place) -> Result<StatusCode, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let done = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        logs::delete_version(&server.workspace, log, number)
    });
    done.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows the import report of a version. An append or upsert also has `counts`.
#[utoipa::path(get, path = "/api/v1/logs/{log}/versions/{version}/report", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version, or `current`")),
    responses((status = 200, description = "The report", body = ImportReport),
        (status = 304, description = "You have it"),
        (status = 404, description = "No such version", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn report(
    State(server): State<Arc<Server>>,
    place: Place,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let language = language::current();
    let report = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        Ok(logs::report(&server.workspace, log, number, language)?.to_string())
    });
    Ok(etag::told(&headers, report.await?, Keeping::for_ever_if(version.is_fixed())))
}

/// Which log of a version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// Shows what a version has: activities, attributes, calendar.
#[utoipa::path(get, path = "/api/v1/logs/{log}/versions/{version}/schema", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version, or `current`"), Which),
    responses((status = 200, description = "What the log has", body = LogSchema),
        (status = 304, description = "You have it"),
        (status = 404, description = "No such version", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn schema_of(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(which): Parameters<Which>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let notion = which.notion.unwrap_or(CaseNotion::Main);
    let pass = server.gate.enter().await?;
    let schema = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let open = server.workspace.open_log(log, number, notion)?;
        drop(pass);
        Ok(serde_json::to_vec(&schema::of(&open)).expect("a schema is plain data"))
    });
    Ok(etag::json(&headers, schema.await?, Keeping::for_ever_if(version.is_fixed())))
}

/// With which version to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Since {
    /// Number of the version to compare with; the one before it when not given.
    since: Option<u64>,
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// Shows what changed from one version to another: cases, events, activities, attributes.
#[utoipa::path(get, path = "/api/v1/logs/{log}/versions/{version}/changes", tag = "versions",
    params(("log" = u64, Path, description = "Number of the log"),
        ("version" = String, Path, description = "Number of the version, or `current`"), Since),
    responses((status = 200, description = "What changed", body = VersionChanges),
        (status = 304, description = "You have it"),
        (status = 404, description = "No such version, or none before it", body = ProblemDocument,
            content_type = "application/problem+json")))]
async fn changes_of(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(since): Parameters<Since>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let notion = since.notion.unwrap_or(CaseNotion::Main);
    let is_fixed = version.is_fixed() && since.since.is_some();
    let number = server.blocking(move |server| version.of(&server.workspace, log)).await?;
    let since = since.since.map(VersionNumber);
    let comparison = Comparison { log, version: number, since, notion };
    let key = format!("{} {comparison:?}", language::current().code());
    let compute = Box::new(move |server: &Server, running: Running<'_>| {
        let found = changes::changes(&server.workspace, comparison, running)?;
        Ok(serde_json::to_vec(&found).expect("changes are plain data").into())
    });
    let found = flight::answer(&server, key, compute).await?;
    Ok(etag::json(&headers, found, Keeping::for_ever_if(is_fixed)))
}
