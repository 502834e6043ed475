//! The versions of a log: list, one, pin, delete, import report, schema.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use paydirt_app::catalogue::Version;
use paydirt_app::logs;
use paydirt_app::merge::MergeCounts;
use paydirt_app::schema::{self, LogSchema};
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::JsonBody;
use super::etag::{self, Keeping};
use super::language::Told;
use super::place::{OfLog, OfVersion, OneLog, Place, Which};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES, WRITING};
use super::{Server, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one, change, delete))
        .routes(routes!(report))
        .routes(routes!(schema_of))
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
#[utoipa::path(get, operation_id = "list_versions", path = "/api/v1/logs/{log}/versions",
    tag = "versions",
    params(OfLog),
    responses((status = 200, description = "The versions", body = VersionList)),
    extensions(("x-problems" = json!([CATALOGUE]))))]
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
#[utoipa::path(get, operation_id = "show_version", path = "/api/v1/logs/{log}/versions/{version}",
    tag = "versions",
    params(OfVersion),
    responses((status = 200, description = "The version", body = Version)),
    extensions(("x-problems" = json!([CATALOGUE]))))]
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
#[utoipa::path(patch, operation_id = "change_version",
    path = "/api/v1/logs/{log}/versions/{version}", tag = "versions", request_body = VersionChange,
    params(OfVersion),
    responses((status = 200, description = "The changed version", body = Version)),
    extensions(("x-problems" = json!([WRITING]))))]
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
#[utoipa::path(delete, operation_id = "delete_version",
    path = "/api/v1/logs/{log}/versions/{version}", tag = "versions",
    params(OfVersion),
    responses((status = 204, description = "It is gone")),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::VersionKept]]))))]
async fn delete(State(server): State<Arc<Server>>, place: Place) -> Result<StatusCode, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let done = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        logs::delete_version(&server.workspace, log, number)
    });
    done.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The report of a version.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` keeps")]
struct VersionReport {
    #[serde(flatten)]
    report: ImportReport,
    /// What joining the events to the stored ones did; only for append and upsert.
    #[schema(required = false)]
    counts: MergeCounts,
}

/// Shows the import report of a version. An append or upsert also has `counts`.
#[utoipa::path(get, operation_id = "show_report",
    path = "/api/v1/logs/{log}/versions/{version}/report", tag = "versions",
    params(OfVersion),
    responses((status = 200, description = "The report", body = VersionReport),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES]))))]
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

/// Shows what a version has: activities, attributes, calendar.
#[utoipa::path(get, operation_id = "show_schema",
    path = "/api/v1/logs/{log}/versions/{version}/schema", tag = "versions",
    params(OfVersion, Which),
    responses((status = 200, description = "What the log has", body = LogSchema),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, [ErrorCode::Busy]]))))]
async fn schema_of(
    State(server): State<Arc<Server>>,
    OneLog { log, version, notion }: OneLog,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let pass = server.gate.enter().await?;
    let schema = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let open = server.workspace.open_seen((log, number, notion), None)?;
        drop(pass);
        let schema = schema::of(&open);
        let depends = schema.attributes.iter().any(|attribute| attribute.computed);
        Ok((serde_json::to_vec(&schema).expect("a schema is plain data"), depends))
    });
    let (schema, depends) = schema.await?;
    Ok(etag::json(&headers, schema, Keeping::for_ever_if(version.is_fixed() && !depends)))
}
