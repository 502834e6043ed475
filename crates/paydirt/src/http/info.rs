//! What is this server, and what did it find when it opened its data?

use std::sync::Arc;

use axum::extract::State;
use paydirt_model::language::Language;
use paydirt_model::sentence::Sentence;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::language::{self, Told};

/// Facts about the server.
#[derive(Debug, Serialize, ToSchema)]
struct Info {
    /// Version of the program.
    version: &'static str,
    /// Name of the folder of the data, without the path to it.
    data_folder_name: String,
    /// Most bytes of an upload.
    upload_bytes_max: u64,
    /// Languages of texts.
    languages: [&'static str; 3],
    /// What opening the data found and mended.
    #[schema(value_type = Vec<String>)]
    store_notes: Vec<Sentence>,
}

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(info))
}

/// About the server.
#[utoipa::path(get, operation_id = "show_info", path = "/api/v1/info", tag = "server",
    responses((status = 200, description = "Facts about the server", body = Info)))]
async fn info(State(server): State<Arc<Server>>) -> Told<Info> {
    let folder = &server.settings.folder;
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.clone());
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let language = language::current();
    let notes = server.workspace.notes().into_iter().map(|note| note.told_in(language));
    Told(Info {
        version: env!("CARGO_PKG_VERSION"),
        data_folder_name: name.unwrap_or_default(),
        upload_bytes_max: server.settings.upload_bytes_max,
        languages: Language::ALL.map(Language::code),
        store_notes: notes.collect(),
    })
}
