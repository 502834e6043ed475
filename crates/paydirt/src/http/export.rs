//! A stored log as a file to take away: CSV, Parquet, XES or XES.gz.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use paydirt_app::convert::OutputFormat;
use paydirt_app::logs::{self, Leaving};
use paydirt_app::workspace::{LogId, VersionNumber};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{FileBytes, Parameters};
use super::download::{self, Passing};
use super::etag::{self, Keeping};
use super::place::{OfVersion, OneLog, Place, Which};
use super::problem::Failure;
use super::refusals::{CATALOGUE, VERSION_FILES, WRITING};
use super::{CancelOnDrop, Server, language};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(export)).routes(routes!(losses))
}

/// A format to take away.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
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
    const ALL: [ExportFormat; 4] =
        [ExportFormat::Csv, ExportFormat::Parquet, ExportFormat::Xes, ExportFormat::XesGz];

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
    /// Whether the computed attributes are written too; they are not when not given.
    computed: Option<bool>,
}

/// Downloads a version as a file. What the format leaves out is told at `export/losses`.
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
    let leaving = match wanted.computed {
        Some(true) => Leaving::WithComputed,
        Some(false) | None => Leaving::Stored,
    };
    let pass = server.downloads.enter().await?;
    let cancelled = Arc::new(AtomicBool::new(false));
    // Where the reader has gone, nothing more is written.
    let _cancel = CancelOnDrop(Arc::clone(&cancelled));
    let written = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let passing = write(server, (log, number, notion), (format, ending), leaving, &cancelled)?;
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

/// What each format leaves out.
#[derive(Debug, Serialize, ToSchema)]
struct ExportLosses {
    /// The formats.
    formats: Vec<FormatLosses>,
}

/// What one format leaves out.
#[derive(Debug, Serialize, ToSchema)]
struct FormatLosses {
    /// The format.
    format: ExportFormat,
    /// What a file of this format does not hold of the version, in sentences; none when it holds
    /// everything.
    #[schema(value_type = Vec<String>)]
    losses: Vec<Sentence>,
}

/// Says what a file of each format would leave out of a version, before it is downloaded.
#[utoipa::path(get, operation_id = "show_export_losses",
    path = "/api/v1/logs/{log}/versions/{version}/export/losses", tag = "versions",
    params(OfVersion, Which),
    responses((status = 200, description = "What is left out, by format", body = ExportLosses),
        (status = 304, description = "You have it")),
    extensions(("x-problems" = json!([CATALOGUE, VERSION_FILES, [ErrorCode::Busy]]))))]
async fn losses(
    State(server): State<Arc<Server>>,
    OneLog { log, version, notion }: OneLog,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let language = language::current();
    let pass = server.downloads.enter().await?;
    let told = server.blocking(move |server| {
        let number = version.of(&server.workspace, log)?;
        let formats = ExportFormat::ALL.map(|format| format.facts().0);
        let losses = logs::export_losses(&server.workspace, (log, number, notion), &formats)?;
        drop(pass);
        let told = |(format, mut losses): (ExportFormat, Vec<Sentence>)| {
            losses.iter_mut().for_each(|loss| loss.tell_in(language));
            FormatLosses { format, losses }
        };
        let formats = ExportFormat::ALL.into_iter().zip(losses).map(told).collect();
        Ok(serde_json::to_vec(&ExportLosses { formats }).expect("losses are plain data"))
    });
    Ok(etag::told(&headers, told.await?, Keeping::for_ever_if(version.is_fixed())))
}

/// Writes the file into the work folder of the store, which every start empties.
fn write(
    server: &Server,
    which: (LogId, VersionNumber, CaseNotion),
    (format, ending): (OutputFormat, &str),
    leaving: Leaving,
    cancelled: &AtomicBool,
) -> Result<Passing, Problem> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = server.workspace.work_folder();
    let passing = Passing(folder.join(format!("export-{number}.{ending}")));
    logs::export(&server.workspace, which, (&passing.0, format), leaving, cancelled)?;
    Ok(passing)
}

/// A file name for the reader, in the form of RFC 6266 and RFC 8187.
pub(super) fn attachment(name: &str) -> String {
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
