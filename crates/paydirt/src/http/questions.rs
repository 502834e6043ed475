//! What can be asked: every question and every filter, with schemas.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse;
use paydirt_model::sentence::catalogue::translation;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::etag::{self, Keeping};
use super::problem::Failure;
use super::{Server, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(questions)).routes(routes!(filters))
}

/// Every question.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` lists")]
struct QuestionList {
    /// The questions.
    questions: Vec<QuestionEntry>,
}

/// One question.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` lists")]
struct QuestionEntry {
    /// Its name.
    question: String,
    /// What it answers.
    summary: String,
    /// JSON schema of its parameters.
    #[schema(value_type = Object)]
    params: Value,
    /// JSON schema of its answer.
    #[schema(value_type = Object)]
    answer: Value,
    /// The schemas that the two refer to, under `schemas`.
    #[schema(value_type = Object)]
    components: Value,
}

/// Every kind of filter, and how they compose.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` lists")]
struct FilterList {
    /// How filters are written and composed, by the name of the composition.
    composition: BTreeMap<String, String>,
    /// The kinds.
    kinds: Vec<FilterEntry>,
    /// The schemas that the kinds refer to, under `schemas`.
    #[schema(value_type = Object)]
    components: Value,
}

/// One kind of filter.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` lists")]
struct FilterEntry {
    /// Its name.
    kind: String,
    /// What it keeps, in words.
    summary: String,
    /// Whether it keeps whole `cases`, or `events` of every case.
    keeps: String,
    /// JSON schema of its parameters.
    #[schema(value_type = Object)]
    params: Value,
}

/// Lists the questions: for each its name, what it answers, and the schemas of its parameters and
/// of its answer.
#[utoipa::path(get, operation_id = "list_questions", path = "/api/v1/questions", tag = "analyses",
    responses((status = 200, description = "The questions", body = QuestionList),
        (status = 304, description = "You have it")))]
async fn questions(headers: HeaderMap) -> Result<Response, Failure> {
    let language = language::current();
    let mut list = Vec::new();
    for (name, _) in analyse::questions() {
        let mut schema = analyse::question_schema(name)?;
        schema.summary = translation(schema.summary, language).unwrap_or(schema.summary);
        list.push(schema);
    }
    let text = json!({ "questions": list }).to_string();
    Ok(etag::told(&headers, text, Keeping::Revalidate))
}

/// Describes the filters: how they compose, and each kind with its parameters.
#[utoipa::path(get, operation_id = "list_filters", path = "/api/v1/filters", tag = "analyses",
    responses((status = 200, description = "The filters", body = FilterList),
        (status = 304, description = "You have it")))]
async fn filters(headers: HeaderMap) -> Result<Response, Failure> {
    let mut schema = analyse::filter_schema(None).expect("there are filters");
    for kind in schema["kinds"].as_array_mut().into_iter().flatten() {
        let summary = kind["summary"].as_str().unwrap_or_default();
        if let Some(told) = translation(summary, language::current()) {
            kind["summary"] = told.into();
        }
    }
    Ok(etag::told(&headers, schema.to_string(), Keeping::Revalidate))
}
