//! Which rules of data quality a version of a log breaks, and in which rows.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use paydirt_app::analyse::Running;
use paydirt_app::catalogue::version_id;
use paydirt_app::findings::{self, Findings};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::ErrorCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Parameters;
use super::etag::{self, Keeping};
use super::place::{OfVersion, OneLog, Place, Which};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES};
use super::{Server, flight, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(rows))
}

/// Says which rules of data quality a version breaks: how often, at which step, at whose records,
/// and how that is mended at the source.
#[utoipa::path(get, operation_id = "show_quality",
    path = "/api/v1/logs/{log}/versions/{version}/quality", tag = "versions",
    params(OfVersion, Which),
    responses((status = 200, description = "What was found", body = Findings),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES,
        [ErrorCode::Busy, ErrorCode::Cancelled]]))))]
async fn show(
    State(server): State<Arc<Server>>,
    OneLog { log, version, notion }: OneLog,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = language::current();
    let resolved = server.blocking(move |server| version.of(&server.workspace, log)).await?;
    let key = format!("quality {} {notion:?} {language:?}", version_id(log, resolved));
    let compute = Box::new(move |server: &Server, running: Running<'_>| {
        let which = (log, resolved, notion);
        let found = findings::of_version(&server.workspace, which, language, running)?;
        Ok(serde_json::to_vec(&found).expect("findings are plain data").into())
    });
    let bytes = flight::answer(&server, key, compute).await?;
    // The library may have changed when the server is started again.
    Ok(etag::told(&headers, bytes, Keeping::Revalidate))
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfRule {
    /// Id of the rule.
    rule: String,
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// The rows of a version that break a rule, as CSV: at most 100,000 of each check, by case.
#[utoipa::path(get, operation_id = "download_quality_rows",
    path = "/api/v1/logs/{log}/versions/{version}/quality/rows", tag = "versions",
    params(OfVersion, OfRule),
    responses((status = 200, description = "The rows", body = String, content_type = "text/csv"),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES,
        [ErrorCode::Busy, ErrorCode::Cancelled]]))))]
async fn rows(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(wanted): Parameters<OfRule>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let OfRule { rule, notion } = wanted;
    let notion = notion.unwrap_or(CaseNotion::Main);
    let resolved = server.blocking(move |server| version.of(&server.workspace, log)).await?;
    let key = format!("quality rows {} {notion:?} {rule:?}", version_id(log, resolved));
    let compute = Box::new(move |server: &Server, running: Running<'_>| {
        let which = (log, resolved, notion);
        let csv = findings::rows_of_version(&server.workspace, which, &rule, running)?;
        Ok(csv.into_bytes().into())
    });
    let bytes = flight::answer(&server, key, compute).await?;
    let mut response = etag::json(&headers, bytes, Keeping::Revalidate);
    if response.headers().contains_key(header::CONTENT_TYPE) {
        let csv = HeaderValue::from_static("text/csv; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, csv);
    }
    Ok(response)
}
