//! The description of the API (OpenAPI 3.1), generated from the types and the questions.

use std::sync::{Arc, LazyLock};

use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::analyse;
use paydirt_app::check::CheckResult;
use paydirt_app::stored_import::ImportOutcome;
use paydirt_model::event_log::CaseNotion;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::answer_name;
use super::etag::{self, Keeping};
use super::{Server, refusals};

/// What the description says beside the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Paydirt",
        description = "Process mining for lead to cash. Everything a screen shows is one call of \
            this API. Problems are RFC 9457 documents with a stable `code`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "server", description = "The server itself"),
        (name = "logs", description = "Stored logs"),
        (name = "versions", description = "Versions of logs; they never change"),
        (name = "views", description = "Views and filters saved under a name, and target times"),
        (name = "settings", description = "What an analysis depends on"),
        (name = "imports", description = "Files on their way in"),
        (name = "library", description = "What is known about lead to cash beforehand"),
        (name = "jobs", description = "Long work"),
        (name = "analyses", description = "Questions and answers"),
    ),
    components(schemas(
        super::problem::ProblemDocument, super::export::ExportFormat, CheckResult, ImportOutcome,
        super::settings::SettingsRefused,
        CaseNotion,
    )),
)]
pub(super) struct Document;

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(openapi))
}

/// This description.
#[utoipa::path(get, operation_id = "show_description", path = "/api/v1/openapi.json",
    tag = "server",
    responses((status = 200, description = "OpenAPI 3.1", body = Object),
        (status = 304, description = "You have it")))]
async fn openapi(headers: HeaderMap) -> Response {
    etag::json(&headers, DOCUMENT.as_str(), Keeping::Revalidate)
}

/// The description as JSON, made once.
static DOCUMENT: LazyLock<String> = LazyLock::new(document);

/// The description as JSON: the routes and, under `params.` and `answer.`, the schemas of every
/// question; under `filter.` those of every filter.
pub(crate) fn document() -> String {
    let (_, described) = super::api().split_for_parts();
    let mut document = serde_json::to_value(described).expect("a description is plain data");
    let schemas = &mut document["components"]["schemas"];
    let Value::Object(schemas) = schemas else { return document.to_string() };
    for (name, _) in analyse::questions() {
        let schema = analyse::question_schema(name).expect("the question is listed");
        add(schemas, &format!("params.{name}"), schema.params);
        add(schemas, &answer_name(name), schema.answer);
        add_all(schemas, &schema.components);
    }
    let filters = analyse::filter_schema(None).unwrap_or_else(|| json!({}));
    for filter in filters["kinds"].as_array().into_iter().flatten() {
        let kind = filter["kind"].as_str().unwrap_or_default();
        let mut params = filter["params"].clone();
        params["description"] = filter["summary"].clone();
        add(schemas, &format!("filter.{kind}"), params);
    }
    add_all(schemas, &filters["components"]);
    refusals::add_to(&mut document);
    let mut text = serde_json::to_string_pretty(&document).expect("a description is plain data");
    text.push('\n');
    text
}

fn add(schemas: &mut Map<String, Value>, name: &str, schema: Value) {
    schemas.entry(name).or_insert(schema);
}

fn add_all(schemas: &mut Map<String, Value>, components: &Value) {
    for (name, schema) in components["schemas"].as_object().into_iter().flatten() {
        add(schemas, name, schema.clone());
    }
}
