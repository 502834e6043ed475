//! A stored log as a file to take away: CSV, Parquet, XES or XES.gz.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use paydirt_app::convert::OutputFormat;
use paydirt_app::logs;
use paydirt_app::workspace::{LogId, VersionNumber};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::body::{FileBytes, Parameters};
use super::download::{self, Passing};
use super::place::{OfVersion, Place};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES, WRITING};

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(export))
}

/// A format to take away.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(super) enum ExportFormat {
    /// Delimited text.
    #[serde(rename = "csv")]
    Csv,
    /// Parquet; reads back exactly.
    #[serde(rename = "parquet")]
    Parquet,
    /// XES.
    #[serde(rename = "xes")]
    Xes,
    /// XES in gzip.
    #[serde(rename = "xes.gz")]
    XesGz,
}

impl ExportFormat {
    /// The format, the ending of its files and its media type.
    fn facts(self) -> (OutputFormat, &'static str, &'static str) {
        match self {
            ExportFormat::Csv => (OutputFormat::Csv, "csv", "text/csv; charset=utf-8"),
            ExportFormat::Parquet => {
                (OutputFormat::Parquet, "parquet", "application/vnd.apache.parquet")
            }
            ExportFormat::Xes => (OutputFormat::Xes, "xes", "application/xml"),
            ExportFormat::XesGz => (OutputFormat::XesGz, "xes.gz", "application/gzip"),
        }
    }
}

/// What is to be taken away.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Format of the file.
    format: ExportFormat,
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// Downloads a version as a file.
#[utoipa::path(get, operation_id = "export_version",
    path = "/api/v1/logs/{log}/versions/{version}/export", tag = "versions",
    params(OfVersion, Wanted),
    responses((status = 200, description = "The file",
        content((FileBytes = "text/csv"), (FileBytes = "application/vnd.apache.parquet"),
            (FileBytes = "application/xml"), (FileBytes = "application/gzip")))),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, WRITING, [ErrorCode::Busy]]))))]
async fn export(
    State(server): State<Arc<Server>>,
    place: Place,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Response, Failure> {
    let (log, version) = (place.log()?, place.version()?);
    let notion = wanted.notion.unwrap_or(CaseNotion::Main);
    let (format, ending, media_type) = wanted.format.facts();
    let pass = server.downloads.enter().await?;
    let written = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let passing = write(server, (log, number, notion), format, ending)?;
        drop(pass);
        let name = server.workspace.log(log)?.name;
        Ok((passing, format!("{name}-{number}.{ending}")))
    });
    let (passing, name) = written.await?;
    let (length, body) = download::file(passing).map_err(|error| {
        Problem::new(
            ErrorCode::FileUnreadable,
            say!("The file cannot be read: {error}.", error = error.to_string()),
        )
    })?;
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_LENGTH, length.into());
    if let Ok(value) = HeaderValue::from_str(&attachment(&name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Writes the file into the work folder of the store, which every start empties.
fn write(
    server: &Server,
    which: (LogId, VersionNumber, CaseNotion),
    format: OutputFormat,
    ending: &str,
) -> Result<Passing, Problem> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = server.workspace.work_folder();
    let passing = Passing(folder.join(format!("export-{number}.{ending}")));
    logs::export(&server.workspace, which, &passing.0, format)?;
    Ok(passing)
}

/// A file name for the reader, in the form of RFC 6266 and RFC 8187.
fn attachment(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_in_every_script_survive() {
        let value = super::attachment("見積 \"1\"-2.csv");
        let expected = "attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D%20%221%22-2.csv";
        assert_eq!(value, expected);
    }
}
