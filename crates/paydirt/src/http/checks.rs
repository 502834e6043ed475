//! Looking at an uploaded file before it is imported.

use std::sync::Arc;

use axum::extract::State;
use paydirt_app::check::{self, CheckResult};
use paydirt_app::import::ImportSettings;
use paydirt_app::jobs::{Job, JobKind};
use paydirt_app::joining::JoinTarget;
use paydirt_app::steps::Steps;
use paydirt_app::stored_import::ImportTarget;
use paydirt_app::upload_use::Purpose;
use paydirt_app::workspace::LogId;
use paydirt_model::problem::{ErrorCode, Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::JsonBody;
use super::imports::unused_field;
use super::jobs::{self, Ordered};
use super::recipes;
use super::refusals::WRITING;
use super::{Server, language};

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(create))
}

/// Which file, and how it is to be read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckOrder {
    /// Number of the upload.
    upload: u64,
    /// How it is to be read. What is not given is detected. Without settings, a file that is to
    /// join a log is read as the log was read last, and any other as a file with the same columns
    /// was; with `{}` everything is detected.
    #[serde(default)]
    settings: Option<ImportSettings>,
    /// A recipe, as TOML, that says how it is to be read; not together with `settings`.
    #[serde(default)]
    recipe: Option<String>,
    /// The log that its events are to join: the result also says what that would change.
    #[serde(default)]
    join: Option<CheckJoin>,
}

/// The settings of an order, in either form.
///
/// # Errors
/// Both are given, or the recipe has a mistake.
pub(super) fn asked_settings(
    settings: Option<ImportSettings>,
    recipe: Option<&str>,
) -> Result<Option<ImportSettings>, Problem> {
    match (settings, recipe) {
        (settings, None) => Ok(settings),
        (None, Some(recipe)) => Ok(Some(recipes::asked(recipe)?.settings)),
        (Some(_), Some(_)) => Err(unused_field("recipe")),
    }
}

/// A log, and how events would join it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckJoin {
    /// Number of the log.
    log: u64,
    /// How the events would join.
    mode: JoinMode,
    /// Columns that identify an event; only with `upsert`.
    #[serde(default)]
    key: Vec<String>,
}

/// How events join those of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum JoinMode {
    /// All are kept.
    Append,
    /// Those of equal key are replaced.
    Upsert,
    /// They take the place of all events of the log.
    Replace,
}

impl CheckJoin {
    fn target(self) -> Result<ImportTarget, Problem> {
        let log = LogId(self.log);
        match self.mode {
            JoinMode::Upsert => Ok(ImportTarget::Upsert(log, self.key)),
            JoinMode::Append if self.key.is_empty() => Ok(ImportTarget::Append(log)),
            JoinMode::Replace if self.key.is_empty() => Ok(ImportTarget::Replace(log)),
            JoinMode::Append | JoinMode::Replace => Err(unused_field("key")),
        }
    }
}

/// Looks at an uploaded file; the result of the job is a `CheckResult`.
#[utoipa::path(post, operation_id = "check_upload", path = "/api/v1/checks", tag = "imports",
    request_body = CheckOrder,
    responses((status = 202, description = "The job; see CheckResult for its result", body = Job)),
    extensions(("x-problems" = json!([WRITING,
        [ErrorCode::UploadNotFound, ErrorCode::LogNotFound, ErrorCode::RecipeMistake,
            ErrorCode::Busy]]))))]
async fn create(
    State(server): State<Arc<Server>>,
    JsonBody(order): JsonBody<CheckOrder>,
) -> Ordered {
    let CheckOrder { upload, settings, recipe, join } = order;
    let settings = asked_settings(settings, recipe.as_deref())?;
    let target = join.map(CheckJoin::target).transpose()?;
    let language = language::current();
    jobs::order(&server, JobKind::Check, move |server| {
        let file = server.workspace.uploaded(upload)?;
        let in_use = server.workspace.use_upload(upload, Purpose::Check)?;
        if let Some(log) = target.as_ref().and_then(ImportTarget::log) {
            server.workspace.log(log)?;
        }
        let subject = file.name.clone();
        let workspace = Arc::clone(&server.workspace);
        let work = Box::new(move |steps: Steps<'_>| {
            let join = target.as_ref().map(|target| JoinTarget::of(&workspace, target));
            let join = join.transpose()?;
            let given = settings.as_ref();
            let detected = || given.cloned().unwrap_or_else(ImportSettings::detect);
            let mut settings = join.as_ref().map_or_else(detected, |join| join.settings(given));
            if given.is_none() && join.is_none() {
                settings.remembered = workspace.remembered()?;
            }
            settings.now = Some(workspace.now());
            settings.library = Some(Arc::clone(&workspace.library().library));
            let checked = check::check_as(&file, &settings, (join.as_ref(), language), steps);
            // An import in another window may have taken the file away meanwhile.
            let result: CheckResult = match checked {
                Err(problem) => return Err(workspace.uploaded(upload).err().unwrap_or(problem)),
                Ok(result) => result,
            };
            drop(in_use);
            Ok(result.to_untold())
        });
        Ok((subject, work))
    })
    .await
}
