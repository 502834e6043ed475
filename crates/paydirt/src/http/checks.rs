//! Looking at an uploaded file before it is imported.

use std::sync::Arc;

use axum::extract::State;
use paydirt_app::check::{self, CheckResult};
use paydirt_app::import::ImportSettings;
use paydirt_app::jobs::{Job, JobKind};
use paydirt_model::problem::ErrorCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::body::JsonBody;
use super::jobs::{self, Ordered};
use super::refusals::WRITING;

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
    /// How it is to be read; what is not given is detected.
    #[serde(default)]
    settings: ImportSettings,
}

/// Looks at an uploaded file; the result of the job is a `CheckResult`.
#[utoipa::path(post, operation_id = "check_upload", path = "/api/v1/checks", tag = "imports",
    request_body = CheckOrder,
    responses((status = 202, description = "The job; see CheckResult for its result", body = Job)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::UploadNotFound, ErrorCode::Busy]]))))]
async fn create(
    State(server): State<Arc<Server>>,
    JsonBody(order): JsonBody<CheckOrder>,
) -> Ordered {
    jobs::order(&server, JobKind::Check, move |server| {
        let file = server.workspace.uploaded(order.upload)?;
        let in_use = server.workspace.use_upload(order.upload)?;
        let subject = file.name.clone();
        let work = Box::new(move |steps: paydirt_app::steps::Steps<'_>| {
            let result: CheckResult = check::check_as(&file, &order.settings, steps)?;
            drop(in_use);
            Ok(result.to_untold())
        });
        Ok((subject, work))
    })
    .await
}
