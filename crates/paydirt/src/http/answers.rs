//! What does an answer look like? The engine writes answers; these types describe them, with the
//! schema of every question.

use paydirt_app::analyse;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::time::Timestamp;
use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The answer of a request: what was asked of what, and one answer for each tile.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the engine writes the answer; this describes it")]
pub(super) struct AnalysisAnswer {
    /// The log version.
    version: String,
    /// What a case is.
    notion: CaseNotion,
    /// The version of the settings; absent where everything has its default.
    #[schema(required = false)]
    settings: u64,
    /// Until when the data are complete.
    as_of: Option<Timestamp>,
    /// IANA zone of calendar questions.
    time_zone: String,
    /// The whole log.
    total: analyse::Size,
    /// What the filters of the request left.
    size: analyse::Size,
    /// What each filter of the request removed.
    filters: Vec<analyse::FilterEffect>,
    /// One answer for each tile, in the order asked.
    tiles: Vec<TileAnswer>,
}

/// The answer of one tile.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the engine writes the answer; this describes it")]
struct TileAnswer {
    /// Name of the tile.
    id: String,
    /// The question.
    question: String,
    /// Cases and events it looked at.
    size: analyse::Size,
    /// What each filter of the tile removed; absent without filters.
    #[schema(required = false)]
    filters: Vec<analyse::FilterEffect>,
    /// The answer: the schema named `answer.` and the question. Absent when grouped or failed.
    #[schema(required = false)]
    answer: Answer,
    /// The answers by group, largest first, then by value; absent without grouping.
    #[schema(required = false)]
    groups: Vec<GroupAnswer>,
    /// Why the tile failed; the others still answer.
    #[schema(required = false)]
    problem: paydirt_model::problem::Problem,
}

/// The answer for one value of the grouping attribute.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the engine writes the answer; this describes it")]
struct GroupAnswer {
    /// The value; `null` for cases without one.
    value: Option<String>,
    /// Cases of the group.
    cases: u64,
    /// The answer; absent when it failed.
    #[schema(required = false)]
    answer: Answer,
    /// Why it failed.
    #[schema(required = false)]
    problem: paydirt_model::problem::Problem,
}

/// The name of the schema of a question's answer.
pub(super) fn answer_name(question: &str) -> String {
    format!("answer.{question}")
}

/// The answer of any question.
struct Answer;

impl PartialSchema for Answer {
    fn schema() -> RefOr<Schema> {
        let any = AnyOfBuilder::new().description(Some("answer of the question that was asked"));
        let questions = analyse::questions().into_iter();
        questions
            .fold(any, |any, (name, _)| any.item(Ref::from_schema_name(answer_name(name))))
            .into()
    }
}

impl ToSchema for Answer {}

/// The answer of one question, or its answers by group, and what was asked of what.
pub(super) struct Asked;

impl PartialSchema for Asked {
    fn schema() -> RefOr<Schema> {
        let within = |answer: RefOr<Schema>| {
            AllOfBuilder::new().item(answer).item(Ref::from_schema_name(InContext::name()))
        };
        let any = AnyOfBuilder::new()
            .description(Some("the answer of the question, or its answers by group"))
            .item(within(Ref::from_schema_name(Groups::name()).into()));
        let questions = analyse::questions().into_iter();
        questions
            .fold(any, |any, (name, _)| {
                any.item(within(Ref::from_schema_name(answer_name(name)).into()))
            })
            .into()
    }
}

impl ToSchema for Asked {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        for (name, schema) in
            [(Groups::name(), Groups::schema()), (InContext::name(), InContext::schema())]
        {
            schemas.push((name.into_owned(), schema));
        }
        Groups::schemas(schemas);
        InContext::schemas(schemas);
    }
}

/// The answers of a question by group.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` writes")]
struct Groups {
    /// The groups, largest first, then by value.
    groups: Vec<GroupAnswer>,
}

/// What an answer of one question has beside its own fields.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` writes")]
struct InContext {
    /// What was asked of what.
    context: AnswerContext,
}

/// What was asked of what.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `paydirt_app` writes")]
struct AnswerContext {
    /// The log version.
    source: String,
    /// What a case is.
    notion: CaseNotion,
    /// The version of the settings; absent where everything has its default.
    #[schema(required = false)]
    settings: u64,
    /// Until when the data are complete.
    #[schema(required = true)]
    as_of: Option<Timestamp>,
    /// IANA zone of calendar questions.
    time_zone: String,
    /// The whole log.
    total: analyse::Size,
    /// What the filters left.
    size: analyse::Size,
    /// What each filter removed.
    filters: Vec<analyse::FilterEffect>,
    /// Rows or events that the import left out.
    rows_refused: u64,
    /// What the import noted.
    notes: Vec<String>,
}
