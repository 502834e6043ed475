//! The data templates of systems: what they say, and each as a workbook or as CSV files.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use paydirt_app::template::{self, TemplateFormat, TemplateGuide};
use paydirt_model::language::Language;
use paydirt_model::problem::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xxhash_rust::xxh3::xxh3_128;

use super::body::{FileBytes, Parameters};
use super::etag::{self, Keeping};
use super::export::attachment;
use super::place::Place;
use super::problem::Failure;
use super::{Server, language};

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of an archive.
pub(super) const ZIP: &str = "application/zip";

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// The language of a template.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum TemplateLanguage {
    /// English.
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

impl From<TemplateLanguage> for Language {
    fn from(language: TemplateLanguage) -> Language {
        match language {
            TemplateLanguage::English => Language::English,
            TemplateLanguage::French => Language::French,
            TemplateLanguage::Japanese => Language::Japanese,
        }
    }
}

/// How a template is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
enum FileFormat {
    /// A workbook.
    #[default]
    #[serde(rename = "xlsx")]
    Xlsx,
    /// A ZIP archive of CSV files, one for each sheet.
    #[serde(rename = "csv")]
    Csv,
}

/// In which language templates are shown.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Shown {
    /// Language of the templates; the one of the request when not given.
    #[param(inline)]
    language: Option<TemplateLanguage>,
}

/// Every data template.
#[derive(Debug, Serialize, ToSchema)]
struct TemplateList {
    /// What each says, in the order of the library.
    templates: Vec<TemplateGuide>,
}

/// Lists the data templates: for each its columns and activities, what they are, why they matter
/// and where to get them.
#[utoipa::path(get, operation_id = "list_templates", path = "/api/v1/templates", tag = "library",
    params(Shown),
    responses((status = 200, description = "The templates", body = TemplateList),
        (status = 304, description = "You have it")))]
async fn list(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Parameters(shown): Parameters<Shown>,
) -> Result<Response, Failure> {
    let language = shown.language.map_or_else(language::current, Language::from);
    let templates = template::guides(&server.workspace.library().library, language);
    let text = serde_json::to_string(&TemplateList { templates }).expect("a list is plain data");
    Ok(etag::told(&headers, text, Keeping::Revalidate))
}

/// The address of a template.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what `Place` reads")]
struct OfSystem {
    /// The system.
    system: String,
}

/// Which file is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Language of the file; the one of the request when not given.
    #[param(inline)]
    language: Option<TemplateLanguage>,
    /// How it is written: `xlsx` when not given.
    #[serde(default)]
    #[param(inline)]
    format: Option<FileFormat>,
}

/// Downloads the data template of a system as a workbook, or as CSV files in an archive.
#[utoipa::path(get, operation_id = "download_template", path = "/api/v1/templates/{system}",
    tag = "library", params(OfSystem, Wanted),
    responses((status = 200, description = "The file", content(
            (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (FileBytes = "application/zip"))),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([[ErrorCode::LibraryMistake]]))))]
async fn one(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    place: Place,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Response, Failure> {
    let language = wanted.language.map_or_else(language::current, Language::from);
    let (format, media_type) = match wanted.format.unwrap_or_default() {
        FileFormat::Xlsx => (TemplateFormat::Xlsx, XLSX),
        FileFormat::Csv => (TemplateFormat::Csv, ZIP),
    };
    let system = place.system().to_owned();
    let file = server
        .blocking(move |server| {
            template::file(&server.workspace.library().library, &system, language, format)
        })
        .await?;
    let tag = format!("\"{:032x}\"", xxh3_128(&file.bytes));
    let mut response = if etag::is_known(&headers, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(Body::from(file.bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        if let Ok(value) = HeaderValue::from_str(&attachment(&file.name)) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, value);
    }
    language::mark(&mut response, language);
    Ok(response)
}
