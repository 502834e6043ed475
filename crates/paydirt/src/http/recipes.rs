//! Recipes: what one asks for, and the one of a version.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use paydirt_app::recipe::{self, RecipeOrder};
use paydirt_model::problem::{ErrorCode, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{FileBytes, JsonBody};
use super::export::attachment;
use super::place::{OfVersion, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES};
use super::{Server, language};

/// The media type of a recipe.
pub(super) const TOML: &str = "application/toml";
/// What a recipe is called where it has no name.
const NAME: &str = "recipe.toml";

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(look)).routes(routes!(of_version))
}

/// A recipe as text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecipeText {
    /// Name of the file, for what is wrong with it.
    #[serde(default)]
    name: Option<String>,
    /// The file.
    text: String,
}

/// What a recipe says.
#[derive(Debug, Serialize, ToSchema)]
struct RecipeReading {
    /// What it asks for; nothing where it has a mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<RecipeOrder>,
    /// Every mistake, with its line and what was expected.
    problems: Vec<Problem>,
}

/// Reads a recipe: what it asks for, or every mistake in it.
#[utoipa::path(post, operation_id = "read_recipe", path = "/api/v1/recipes", tag = "imports",
    request_body = RecipeText,
    responses((status = 200, description = "What it says", body = RecipeReading)))]
async fn look(JsonBody(recipe): JsonBody<RecipeText>) -> Json<RecipeReading> {
    let language = language::current();
    let name = recipe.name.as_deref().unwrap_or(NAME);
    Json(match recipe::read(name, &recipe.text) {
        Ok(order) => RecipeReading { order: Some(order), problems: Vec::new() },
        Err(problems) => {
            let told = problems.into_iter().map(|problem| problem.told_in(language));
            RecipeReading { order: None, problems: told.collect() }
        }
    })
}

/// What a recipe in an order asks for.
///
/// # Errors
/// The first mistake in it.
pub(super) fn asked(text: &str) -> Result<RecipeOrder, Problem> {
    recipe::read(NAME, text).map_err(|problems| {
        problems
            .into_iter()
            .next()
            .expect("a recipe is refused for a reason")
            .in_parameter("recipe")
    })
}

/// Downloads the recipe that makes the next version of a log like this one, as TOML.
#[utoipa::path(get, operation_id = "download_recipe",
    path = "/api/v1/logs/{log}/versions/{version}/recipe", tag = "versions",
    params(OfVersion),
    responses((status = 200, description = "The recipe",
        content((FileBytes = "application/toml")))),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, [ErrorCode::NothingUsable]]))))]
async fn of_version(State(server): State<Arc<Server>>, place: Place) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let recipe = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        recipe::of_version(&server.workspace, log, number)
    });
    let recipe = recipe.await?;
    let name = recipe.log.as_deref().unwrap_or("log");
    let file = format!("{}.toml", name.replace(['/', '\\'], " "));
    let mut response = Response::new(Body::from(recipe.to_toml()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(TOML));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(value) = HeaderValue::from_str(&attachment(&file)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
