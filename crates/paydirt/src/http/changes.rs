//! What is different between two versions of a log.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse::Running;
use paydirt_app::catalogue::version_id;
use paydirt_app::version_changes::{self, VersionChanges};
use paydirt_app::workspace::VersionNumber;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::ErrorCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Parameters;
use super::etag::{self, Keeping};
use super::place::{OfVersion, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES};
use super::{Server, flight};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(changes))
}

/// What is compared.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Compared {
    /// Number of the earlier version; the one that the version was made from when not given.
    since: Option<u64>,
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// Says what is different between a version and an earlier one: cases, events, activities.
#[utoipa::path(get, operation_id = "compare_versions",
    path = "/api/v1/logs/{log}/versions/{version}/changes", tag = "versions",
    params(OfVersion, Compared),
    responses((status = 200, description = "What is different", body = VersionChanges),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES,
        [ErrorCode::Busy, ErrorCode::Cancelled]]))))]
async fn changes(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(compared): Parameters<Compared>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let notion = compared.notion.unwrap_or(CaseNotion::Main);
    let since = compared.since.map(VersionNumber);
    let resolved = server.blocking(move |server| version.of(&server.workspace, log)).await?;
    let key = format!("changes {} {since:?} {notion:?}", version_id(log, resolved));
    let compute = Box::new(move |server: &Server, running: Running<'_>| {
        let which = (log, resolved, notion);
        let found = version_changes::of(&server.workspace, which, since, running)?;
        Ok(serde_json::to_vec(&found).expect("changes are plain data").into())
    });
    let bytes = flight::answer(&server, key, compute).await?;
    let is_fixed = version.is_fixed() && since.is_some();
    Ok(etag::json(&headers, bytes, Keeping::for_ever_if(is_fixed)))
}
