//! What is known about the process beforehand: names, templates, rules, and what is wrong with the
//! user's own files of it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use paydirt_app::library::LoadedLibrary;
use paydirt_model::language::Language;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Parameters;
use super::etag::{self, Keeping};
use super::problem::Failure;
use super::{Server, language};

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(library))
}

/// In which languages the texts are wanted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum Languages {
    /// In every one.
    #[serde(rename = "all")]
    All,
    /// In English.
    #[serde(rename = "en")]
    English,
    /// In French.
    #[serde(rename = "fr")]
    French,
    /// In Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

/// What is wanted of the library.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Languages of the texts; the one of the request when not given.
    #[param(inline)]
    languages: Option<Languages>,
}

/// Shows the library: attributes, activities, data templates, rules, and what each figure needs.
#[utoipa::path(get, operation_id = "show_library", path = "/api/v1/library", tag = "library",
    params(Wanted),
    responses((status = 200, description = "The library", body = LoadedLibrary),
        (status = 304, description = "You have it")))]
async fn library(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Response, Failure> {
    let loaded = LoadedLibrary::clone(server.workspace.library())
        .told_in(language::current())
        .without_place();
    let one = match wanted.languages {
        Some(Languages::All) => None,
        Some(Languages::English) => Some(Language::English),
        Some(Languages::French) => Some(Language::French),
        Some(Languages::Japanese) => Some(Language::Japanese),
        None => Some(language::current()),
    };
    let shown = match one {
        Some(language) => loaded.in_one_language(language),
        None => loaded,
    };
    let text = serde_json::to_string(&shown).expect("a library is plain data");
    Ok(etag::told(&headers, text, Keeping::Revalidate))
}
