//! Making a version of an uploaded file: a new log, or more events of a stored one.

use std::sync::Arc;

use axum::extract::State;
use paydirt_app::import::ImportSettings;
use paydirt_app::jobs::{Job, JobKind};
use paydirt_app::stored_import::{self, ImportOrder, ImportTarget};
use paydirt_app::upload_use::Purpose;
use paydirt_app::workspace::{LogId, Workspace};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::body::JsonBody;
use super::checks::asked_settings;
use super::jobs::{self, Ordered};
use super::recipes;
use super::refusals::WRITING;

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(create))
}

/// What becomes of the events.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ImportMode {
    /// They are a new log.
    New,
    /// They join a log; all are kept.
    Append,
    /// They join a log; those of equal key are replaced.
    Upsert,
    /// They take the place of all events of a log.
    Replace,
}

/// Which file goes where, and how it is to be read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportBody {
    /// Number of the upload.
    upload: u64,
    /// What becomes of the events; as the recipe says when not given.
    mode: Option<ImportMode>,
    /// Name of the new log; only with `new`.
    name: Option<String>,
    /// Number of the log; only with `append`, `upsert` and `replace`.
    log: Option<u64>,
    /// Columns that identify an event; only with `upsert`. Without them SourceSystem,
    /// SourceRecordId, the activity and, where there is one, EventSequence.
    #[serde(default)]
    key: Vec<String>,
    /// How the file is to be read. What is not given is detected. Without settings, a file that
    /// joins a log is read as the log was read last, and one that becomes a new log as a file with
    /// the same columns was; with `{}` everything is detected.
    #[serde(default)]
    settings: Option<ImportSettings>,
    /// A recipe, as TOML, that says how the file is to be read; not together with `settings`.
    /// Without `mode` it also says where the events go.
    #[serde(default)]
    recipe: Option<String>,
}

impl ImportBody {
    /// Refuses fields that this way of importing does not use.
    fn refuse_unused(&self) -> Result<(), Problem> {
        let is_new = matches!(self.mode, Some(ImportMode::New));
        let is_upsert = matches!(self.mode, Some(ImportMode::Upsert));
        let unused = [
            ("name", self.name.is_some() && !is_new),
            ("log", self.log.is_some() && (is_new || self.mode.is_none())),
            ("key", !self.key.is_empty() && !is_upsert),
        ];
        match unused.into_iter().find(|(_, is_unused)| *is_unused) {
            Some((field, _)) => Err(unused_field(field)),
            None => Ok(()),
        }
    }

    /// Where the events go. A recipe names its log, which is looked up.
    fn target(&self, workspace: &Workspace) -> Result<ImportTarget, Problem> {
        let missing = |field: &str| {
            let detail = say!("This way of importing needs the field \"{field}\".", field);
            Problem::new(ErrorCode::InvalidParameters, detail).in_parameter(field.to_owned())
        };
        let log = || self.log.map(LogId).ok_or_else(|| missing("log"));
        let Some(mode) = self.mode else {
            let recipe = self.recipe.as_deref().ok_or_else(|| missing("mode"))?;
            return recipes::asked(recipe)?.target(workspace)?.ok_or_else(|| missing("mode"));
        };
        match mode {
            ImportMode::New => {
                Ok(ImportTarget::New(self.name.clone().ok_or_else(|| missing("name"))?))
            }
            ImportMode::Append => Ok(ImportTarget::Append(log()?)),
            ImportMode::Upsert => Ok(ImportTarget::Upsert(log()?, self.key.clone())),
            ImportMode::Replace => Ok(ImportTarget::Replace(log()?)),
        }
    }
}

/// A field that another way of importing would use.
pub(super) fn unused_field(field: &str) -> Problem {
    let detail = say!("This way of importing does not use the field \"{field}\".", field);
    Problem::new(ErrorCode::InvalidParameters, detail)
        .in_parameter(field)
        .with_hint(say!("Leave it out, or choose another way of importing."))
}

/// Imports an uploaded file; the result of the job is an `ImportOutcome`. The upload is removed
/// once the version is there.
#[utoipa::path(post, operation_id = "import_upload", path = "/api/v1/imports", tag = "imports",
    request_body = ImportBody,
    responses((status = 202, description = "The job; see ImportOutcome for its result",
            body = Job)),
    extensions(("x-problems" = json!([WRITING,
        [ErrorCode::UploadNotFound, ErrorCode::UploadInUse, ErrorCode::LogNotFound,
            ErrorCode::RecipeMistake, ErrorCode::Busy]]))))]
async fn create(
    State(server): State<Arc<Server>>,
    JsonBody(body): JsonBody<ImportBody>,
) -> Ordered {
    body.refuse_unused()?;
    let settings = asked_settings(body.settings.clone(), body.recipe.as_deref())?;
    jobs::order(&server, JobKind::Import, move |server| {
        let target = body.target(&server.workspace)?;
        let file = server.workspace.uploaded(body.upload)?;
        let in_use = server.workspace.use_upload(body.upload, Purpose::Import)?;
        if let Some(log) = target.log() {
            server.workspace.log(log)?;
        }
        let subject = file.name.clone();
        let order = ImportOrder { files: vec![file], target, settings };
        let workspace = Arc::clone(&server.workspace);
        let upload = body.upload;
        let work = Box::new(move |steps: paydirt_app::steps::Steps<'_>| {
            let mut outcome = stored_import::import(&workspace, &order, steps)?;
            outcome.upload = Some(upload);
            drop(in_use);
            // The version is there; an upload that stays is removed by a later start.
            let _ = workspace.store().delete_upload(upload);
            Ok(serde_json::to_value(&outcome).expect("an outcome is plain data"))
        });
        Ok((subject, work))
    })
    .await
}
