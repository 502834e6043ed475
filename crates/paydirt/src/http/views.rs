//! What is saved for a log, views, filters and targets: list, save, one, change, delete.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use paydirt_app::views::{self, Change, Saved, SavedView};
use paydirt_app::workspace::ViewId;
use paydirt_model::objects::tagged;
use paydirt_model::problem::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{JsonBody, Parameters};
use super::place::{OfLog, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, WRITING};
use super::{API, Server};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(list, save)).routes(routes!(one, change, delete))
}

/// The address of a saved view.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what `Place` reads")]
struct OfView {
    /// Number of the log.
    log: u64,
    /// Number of the saved view.
    id: u64,
}

fn id_of(place: &Place) -> Result<ViewId, Failure> {
    Ok(ViewId(place.id(ErrorCode::ViewNotFound)?))
}

/// Everything saved for a log.
#[derive(Debug, Serialize, ToSchema)]
struct SavedViewList {
    /// Filters, targets, views, each by name.
    views: Vec<SavedView>,
}

/// Lists what is saved for a log.
#[utoipa::path(get, operation_id = "list_views",
    path = "/api/v1/logs/{log}/views", tag = "views",
    params(OfLog),
    responses((status = 200, description = "What is saved", body = SavedViewList)),
    extensions(("x-problems" = json!([CATALOGUE]))))]
async fn list(
    State(server): State<Arc<Server>>,
    place: Place,
) -> Result<Json<SavedViewList>, Failure> {
    let log = place.log()?;
    let views = server.blocking(move |server| views::all(&server.workspace, log)).await?;
    Ok(Json(SavedViewList { views }))
}

/// What is to be saved, and under which name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSavedView {
    /// The name; no other of the same kind in the log has it. A target needs none.
    #[serde(default)]
    name: Option<String>,
    /// What is saved.
    #[serde(deserialize_with = "tagged")]
    saved: Saved,
    /// The number it had before it was deleted, so that links to it work again; a new one when
    /// absent.
    #[serde(default)]
    id: Option<u64>,
}

/// Saves a view or a list of filters under a name, or a target.
#[utoipa::path(post, operation_id = "save_view",
    path = "/api/v1/logs/{log}/views", tag = "views",
    request_body = NewSavedView,
    params(OfLog),
    responses((status = 201, description = "It is saved", body = SavedView)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::ViewExists, ErrorCode::InvalidName,
        ErrorCode::OverLimit]]))))]
async fn save(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(new): JsonBody<NewSavedView>,
) -> Result<Response, Failure> {
    let log = place.log()?;
    let saved = server.blocking(move |server| {
        let named = (new.name.as_deref(), new.id.map(ViewId));
        views::save(&server.workspace, log, named, &new.saved)
    });
    let saved = saved.await?;
    let place = format!("{API}/logs/{log}/views/{}", saved.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(saved)).into_response())
}

/// Shows one saved view.
#[utoipa::path(get, operation_id = "show_view",
    path = "/api/v1/logs/{log}/views/{id}", tag = "views",
    params(OfView),
    responses((status = 200, description = "What is saved", body = SavedView)),
    extensions(("x-problems" = json!([CATALOGUE, [ErrorCode::ViewNotFound]]))))]
async fn one(State(server): State<Arc<Server>>, place: Place) -> Result<Json<SavedView>, Failure> {
    let (log, id) = (place.log()?, id_of(&place)?);
    Ok(Json(server.blocking(move |server| views::one(&server.workspace, log, id)).await?))
}

/// What is to be changed of a saved view.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SavedViewChange {
    /// A new name.
    name: Option<String>,
    /// What is saved from now on, of the same kind as before.
    #[serde(default, deserialize_with = "tagged")]
    saved: Option<Saved>,
    /// When it was last changed as far as is known: what somebody else has changed since then stays
    /// as it is, and the answer is 409. Whatever is saved now gives way when absent.
    #[serde(default)]
    #[schema(format = DateTime)]
    unchanged_since: Option<String>,
}

/// Renames a saved view, or saves anew under its name.
#[utoipa::path(patch, operation_id = "change_view",
    path = "/api/v1/logs/{log}/views/{id}", tag = "views",
    request_body = SavedViewChange,
    params(OfView),
    responses((status = 200, description = "What is saved now", body = SavedView)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::ViewNotFound, ErrorCode::ViewExists,
        ErrorCode::ViewChanged, ErrorCode::InvalidName, ErrorCode::OverLimit]]))))]
async fn change(
    State(server): State<Arc<Server>>,
    place: Place,
    JsonBody(change): JsonBody<SavedViewChange>,
) -> Result<Json<SavedView>, Failure> {
    let (log, id) = (place.log()?, id_of(&place)?);
    let SavedViewChange { name, saved, unchanged_since } = change;
    let change = Change { name, saved, unchanged_since };
    let changed =
        server.blocking(move |server| views::change(&server.workspace, (log, id), &change));
    Ok(Json(changed.await?))
}

/// Whether what is saved may go.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AsItWas {
    /// When it was last changed as far as is known: what somebody else has changed since then
    /// stays, and the answer is 409. Whatever is saved now goes when absent.
    #[param(format = DateTime)]
    unchanged_since: Option<String>,
}

/// Deletes a saved view.
#[utoipa::path(delete, operation_id = "delete_view",
    path = "/api/v1/logs/{log}/views/{id}", tag = "views",
    params(OfView, AsItWas),
    responses((status = 204, description = "It is gone")),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::ViewNotFound,
        ErrorCode::ViewChanged, ErrorCode::InvalidParameters]]))))]
async fn delete(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(AsItWas { unchanged_since }): Parameters<AsItWas>,
) -> Result<StatusCode, Failure> {
    let (log, id) = (place.log()?, id_of(&place)?);
    let deleted = server.blocking(move |server| {
        views::delete(&server.workspace, (log, id), unchanged_since.as_deref())
    });
    deleted.await?;
    Ok(StatusCode::NO_CONTENT)
}
