//! Files on their way in: streamed to disk within a limit; what is cut off is removed.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use paydirt_app::workspace::Upload as StoredUpload;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::body::{FileBytes, Parameters, require};
use super::place::{OfId, Place};
use super::problem::Failure;
use super::refusals::WRITING;

/// Longest wait for the next bytes.
const STALL_LIMIT: Duration = Duration::from_secs(60);

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(create)).routes(routes!(delete))
}

/// A file that was sent and not yet imported.
#[derive(Debug, Serialize, ToSchema)]
struct Upload {
    /// Its number.
    id: u64,
    /// Its name.
    name: String,
    /// Its size.
    bytes: u64,
}

/// How a file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Named {
    /// Name of the file.
    name: String,
}

/// Sends a file, its bytes as the body.
#[utoipa::path(post, operation_id = "send_file", path = "/api/v1/uploads", tag = "imports",
    params(Named),
    request_body(content = FileBytes, content_type = "application/octet-stream"),
    responses((status = 201, description = "The file is there", body = Upload)),
    extensions(("x-problems" = json!([WRITING,
        [ErrorCode::InvalidName, ErrorCode::DamagedFile]]))))]
async fn create(
    State(server): State<Arc<Server>>,
    Parameters(named): Parameters<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Upload>), Failure> {
    require(&headers, "application/octet-stream")?;
    let limit = server.settings.upload_bytes_max;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if length.and_then(|length| length.parse().ok()).is_some_and(|length: u64| limit < length) {
        return Err(too_large(limit).into());
    }
    let name = named.name.clone();
    let upload = server.blocking(move |server| server.workspace.new_upload(&name)).await?;
    let arriving = Arriving { server: Arc::clone(&server), upload: Some(upload) };
    let bytes = arriving.receive(body, limit).await?;
    let upload = arriving.keep();
    let done = Upload { id: upload.id, name: upload.name, bytes };
    Ok((StatusCode::CREATED, Json(done)))
}

/// Removes a file that was sent.
#[utoipa::path(delete, operation_id = "delete_upload", path = "/api/v1/uploads/{id}",
    tag = "imports",
    params(OfId),
    responses((status = 204, description = "It is gone")),
    extensions(("x-problems" = json!([WRITING,
        [ErrorCode::UploadNotFound, ErrorCode::UploadInUse]]))))]
async fn delete(State(server): State<Arc<Server>>, place: Place) -> Result<StatusCode, Failure> {
    let id = place.id(ErrorCode::UploadNotFound)?;
    server.blocking(move |server| server.workspace.delete_upload(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file that is being received; it is removed unless it arrives whole.
struct Arriving {
    server: Arc<Server>,
    upload: Option<StoredUpload>,
}

impl Arriving {
    async fn receive(&self, body: Body, limit: u64) -> Result<u64, Problem> {
        let upload = self.upload.as_ref().expect("it is taken at the end only");
        let path = upload.arriving();
        let mut file = tokio::fs::File::create(&path).await.map_err(|error| unwritable(&error))?;
        let mut body = body;
        let mut bytes = 0_u64;
        loop {
            let frame = match tokio::time::timeout(STALL_LIMIT, body.frame()).await {
                Ok(frame) => frame,
                Err(_) => {
                    return Err(cut_off(say!(
                        "The file did not arrive whole: no bytes came for a minute."
                    )));
                }
            };
            let Some(frame) = frame else { break };
            let frame = frame.map_err(|error| {
                cut_off(say!("The file did not arrive whole: {error}.", error = error.to_string()))
            })?;
            let Ok(part) = frame.into_data() else { continue };
            bytes += part.len() as u64;
            if limit < bytes {
                return Err(too_large(limit));
            }
            file.write_all(&part).await.map_err(|error| unwritable(&error))?;
        }
        file.flush().await.map_err(|error| unwritable(&error))?;
        file.sync_all().await.map_err(|error| unwritable(&error))?;
        drop(file);
        tokio::fs::rename(&path, &upload.path).await.map_err(|error| unwritable(&error))?;
        Ok(bytes)
    }

    fn keep(mut self) -> StoredUpload {
        self.upload.take().expect("it is taken once")
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        let Some(upload) = self.upload.take() else { return };
        let server = Arc::clone(&self.server);
        // What cannot be removed now is removed by a later start, when it is old.
        tokio::task::spawn_blocking(move || server.workspace.store().delete_upload(upload.id));
    }
}

fn too_large(limit: u64) -> Problem {
    Problem::new(
        ErrorCode::BodyTooLarge,
        say!("The file is larger than the {limit} bytes that are allowed.", limit),
    )
    .with_hint(say!("Split the file, or ask whoever runs the server to raise the limit."))
}

fn cut_off(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::DamagedFile, detail).with_hint(say!("Send it again."))
}

fn unwritable(error: &io::Error) -> Problem {
    let detail = say!("The file cannot be kept: {error}.", error = error.to_string());
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            ErrorCode::DiskFull
        }
        _ => ErrorCode::FileUnwritable,
    };
    Problem::new(code, detail).with_hint(say!("Check the free space of the data folder."))
}
