//! What can be computed with a version of a log, and what would unlock the rest.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse::Running;
use paydirt_app::catalogue::version_id;
use paydirt_app::coverage::{self, Coverage, Words};
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
use super::{Server, flight, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(show))
}

/// In whose words it is said.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InWords {
    /// System of the data template that names what is missing; the general one when not given.
    template: Option<String>,
}

/// Says which figures can be computed with a version, of how many cases, and what would unlock the
/// others.
#[utoipa::path(get, operation_id = "show_coverage",
    path = "/api/v1/logs/{log}/versions/{version}/coverage", tag = "versions",
    params(OfVersion, InWords),
    responses((status = 200, description = "What can be computed", body = Coverage),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES,
        [ErrorCode::Busy, ErrorCode::Cancelled]]))))]
async fn show(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(wanted): Parameters<InWords>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let language = language::current();
    let resolved = server.blocking(move |server| version.of(&server.workspace, log)).await?;
    let template = wanted.template;
    let key = format!("coverage {} {template:?} {language:?}", version_id(log, resolved));
    let compute = Box::new(move |server: &Server, running: Running<'_>| {
        let words = Words { template: template.as_deref(), language };
        let found = coverage::of_version(&server.workspace, (log, resolved), words, running)?;
        Ok(serde_json::to_vec(&found).expect("coverage is plain data").into())
    });
    let bytes = flight::answer(&server, key, compute).await?;
    // The library may have changed when the server is started again.
    Ok(etag::told(&headers, bytes, Keeping::Revalidate))
}
