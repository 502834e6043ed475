//! What can be asked: every question and every filter, with schemas.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::etag::{self, Keeping};
use super::problem::Failure;

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(questions)).routes(routes!(filters))
}

/// Lists the questions: for each its name, what it answers, and the schemas of its parameters and
/// of its answer.
#[utoipa::path(get, path = "/api/v1/questions", tag = "analyses",
    responses((status = 200, description = "The questions", body = Object),
        (status = 304, description = "You have it")))]
async fn questions(headers: HeaderMap) -> Result<Response, Failure> {
    let mut list = Vec::new();
    for (name, _) in analyse::questions() {
        list.push(analyse::question_schema(name)?);
    }
    let text = json!({ "questions": list }).to_string();
    Ok(etag::json(&headers, text, Keeping::Revalidate))
}

/// Describes the filters: how they compose, and each kind with its parameters.
#[utoipa::path(get, path = "/api/v1/filters", tag = "analyses",
    responses((status = 200, description = "The filters", body = Object),
        (status = 304, description = "You have it")))]
async fn filters(headers: HeaderMap) -> Result<Response, Failure> {
    let schema = analyse::filter_schema(None).expect("there are filters");
    Ok(etag::json(&headers, schema.to_string(), Keeping::Revalidate))
}
