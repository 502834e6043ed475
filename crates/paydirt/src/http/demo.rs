//! Making the demo log.

use std::sync::Arc;

use axum::extract::State;
use paydirt_app::demo::{self, DemoSettings};
use paydirt_app::jobs::{Job, JobKind};
use paydirt_app::stored_import;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
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

/// Which demo world.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DemoOrder {
    /// How many deals; 10,000 when not given.
    deals: Option<u64>,
    /// The seed: the same seed makes the same world.
    seed: Option<u64>,
    /// Name of the log; `Demo` when not given.
    name: Option<String>,
}

/// Makes a demo log; the result of the job is an `ImportOutcome`.
#[utoipa::path(post, operation_id = "make_demo", path = "/api/v1/demo", tag = "imports",
    request_body = DemoOrder,
    responses((status = 202, description = "The job; see ImportOutcome for its result",
            body = Job)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::Busy]]))))]
async fn create(
    State(server): State<Arc<Server>>,
    JsonBody(order): JsonBody<DemoOrder>,
) -> Ordered {
    let deals = order.deals.unwrap_or(demo::USUAL_DEALS);
    let max = demo::DEAL_COUNT_MAX;
    if deals == 0 || max < deals {
        return Err(Problem::new(
            ErrorCode::InvalidParameters,
            say!(
                "{deals} {deals|deal is|deals are} not possible; expected 1 to {max}.",
                deals,
                max
            ),
        )
        .in_parameter("deals")
        .into());
    }
    let seed = order.seed.unwrap_or(demo::USUAL_SEED);
    let name = order.name.unwrap_or_else(|| stored_import::DEMO_NAME.to_owned());
    jobs::order(&server, JobKind::Demo, move |server| {
        let workspace = Arc::clone(&server.workspace);
        let subject = name.clone();
        let work = Box::new(move |steps: paydirt_app::steps::Steps<'_>| {
            let settings = DemoSettings { deals, seed, threads: steps.threads };
            let outcome = stored_import::make_demo(&workspace, &name, &settings, steps)?;
            Ok(serde_json::to_value(&outcome).expect("an outcome is plain data"))
        });
        Ok((subject, work))
    })
    .await
}
