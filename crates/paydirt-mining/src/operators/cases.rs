//! Which cases are there? One row for each: sorted, searched, page by page. (fold)
//!
//! Only the rows up to the end of the page are kept while looking. A page that begins after a
//! cursor costs the same wherever in the list it is, so that lists of any length can be gone
//! through, or entered anywhere with the marks of the list.

mod cursor;
mod sort;
mod standing;

use std::cmp::Ordering;
use std::sync::Arc;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Duration, Ratio};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{Precision, Timestamp};
use paydirt_model::variant::id_of;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::best_rows::BestRows;
use crate::statistics::kept_value::{KeptValue, ShownValues};
use crate::statistics::page::Page;
use cursor::{Cursor, MarkedStep, Marks};
use sort::{Sort, SortOrder, VariantHashes, case_attribute, compare};
use standing::Standings;

/// Last row of the table that can be asked for, counted from its beginning or from a cursor.
pub const CASE_ROW_MAX: usize = 10_000;

/// Most attributes shown, in columns.
pub const ATTRIBUTE_COLUMNS_MAX: usize = 50;

const LIMIT_DEFAULT: u64 = 100;

/// The table of cases.
pub struct Op;

/// Which cases are shown, in which order, with which attributes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// What decides the order; equal cases go by case id.
    #[serde(default = "sort_default")]
    sort: Sort,
    /// Whether the largest come first. Cases without the value come last either way.
    #[serde(default = "descending_default")]
    descending: bool,
    /// How many cases are passed over, from the beginning or from `after`.
    #[serde(default)]
    offset: u64,
    /// How many cases are shown; `offset` and `limit` together at most 10,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Only cases whose id contains this text; capital and small letters are the same.
    #[serde(default)]
    search: Option<String>,
    /// Names of the case attributes to show, at most 50; the first 50 of the log when not given.
    #[serde(default)]
    attributes: Option<Vec<String>>,
    /// Only the cases after this place of the list: a `next` or one of the `marks` of an earlier
    /// answer to the same question.
    #[serde(default)]
    after: Option<String>,
    /// Also tell the places after every so many cases of the list, at least 100: with them any part
    /// of a list of up to 2,000,000 cases can be asked for.
    #[serde(default)]
    marks: Option<u64>,
    /// Whether each row tells the rank of its variant among those of all cases that filters have
    /// left, and how many cases follow it.
    #[serde(default)]
    ranks: bool,
    /// Whether the activities of the variants on the page are told.
    #[serde(default)]
    paths: bool,
}

fn sort_default() -> Sort {
    Sort::Duration
}

fn descending_default() -> bool {
    true
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    order: SortOrder,
    page: Page,
    /// In small letters.
    search: Option<String>,
    attributes: Vec<AttributeIdx>,
    after: Option<Cursor>,
    marks: Option<MarkedStep>,
    has_ranks: bool,
    has_paths: bool,
}

/// One case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseRow {
    /// Its place in the whole list, from 1.
    pub position: u64,
    /// Case id.
    pub case: String,
    /// First start.
    pub start: Option<Timestamp>,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub start_precision: Precision,
    /// Last end.
    pub end: Option<Timestamp>,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub end_precision: Precision,
    /// Last end − first start;
    /// whole local days when either end is known to the day only.
    pub duration_s: Duration,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Id of its variant, auxiliary activities left out.
    pub variant: String,
    /// How many variants come before it in the question `variants`, itself included; missing unless
    /// asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_rank: Option<u64>,
    /// Cases that follow its variant; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_cases: Option<u64>,
    /// Their share of the cases that filters have left; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_share: Option<Ratio>,
    /// First activity.
    pub first_activity: String,
    /// Last activity.
    pub last_activity: String,
    /// Case attributes by name; blank ones are left out.
    pub attributes: ShownValues,
}

/// The way that cases of one variant take.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantPath {
    /// Id of the variant.
    pub variant: String,
    /// Its activities in order, auxiliary ones left out.
    #[schema(value_type = Vec<String>)]
    pub activities: Vec<Arc<str>>,
}

/// A page of the table.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases that remain after filters and search.
    pub total: u64,
    /// Names of the attributes shown, in the order of the log.
    pub attributes: Vec<String>,
    /// The cases of the page, in the wanted order.
    pub cases: Vec<CaseRow>,
    /// The ways of the cases of the page, each once, in their order; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paths: Option<Vec<VariantPath>>,
    /// The place after the last case of the page, for `after`; missing at the end of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The places after every so many cases of the whole list, for `after`; missing unless asked
    /// for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<Vec<String>>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    total: u64,
    /// Cases up to the cursor.
    before: u64,
    marks: Marks,
    standings: Standings,
    rows: BestRows<Row>,
    /// Kept so that `merge` can select.
    capacity: usize,
    has_ids_descending: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    key: i128,
    id: String,
    start_us: i64,
    end_us: i64,
    /// Of the start and of the end.
    precisions: (Precision, Precision),
    duration_us: i64,
    events: u64,
    variant: u64,
    first: ActivityCode,
    last: ActivityCode,
    values: Vec<Option<KeptValue>>,
    /// Without auxiliary activities; empty unless wanted.
    trace: Vec<ActivityCode>,
}

/// A case that may come into the table, before anything is copied.
struct Candidate<'a> {
    key: i128,
    case: Case<'a>,
}

impl Operator for Op {
    const NAME: &'static str = "cases";
    const SUMMARY: &'static str =
        "Which cases there are: a table to sort, search and page through.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let shown = shown_attributes(log, params.attributes.as_deref()).unwrap_or_default();
        shown.into_iter().chain(params.sort.attribute(log)).collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan {
            order: SortOrder::new(log, &params.sort, params.descending)?,
            page: Page::new(params.offset, params.limit, CASE_ROW_MAX)?,
            search: params.search.map(|text| text.to_lowercase()),
            attributes: shown_attributes(log, params.attributes.as_deref())?,
            after: params.after.as_deref().map(Cursor::parse).transpose()?,
            marks: params.marks.map(MarkedStep::new).transpose()?,
            has_ranks: params.ranks,
            has_paths: params.paths,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let capacity = plan.page.end();
        into.capacity = capacity;
        into.has_ids_descending = plan.order.has_ids_descending();
        let order = |left: &Candidate<'_>, right: &Candidate<'_>| {
            plan.order.compare((left.key, left.case.id()), (right.key, right.case.id()))
        };
        let mut candidates = BestRows::default();
        let mut variants = VariantHashes::default();
        let bound = into.rows.bound(capacity);
        batch.for_each(|case| {
            if plan.has_ranks {
                into.standings.count(log, case.activities());
            }
            if !plan.finds(case.id()) {
                return;
            }
            into.total += 1;
            let key = plan.order.key(log, &case, &mut variants);
            if plan.marks.is_some() {
                into.marks.note(key, case.id());
            }
            if plan.is_passed(key, case.id()) {
                into.before += 1;
                return;
            }
            let is_beaten = bound.is_some_and(|bound| {
                key > bound.key
                    || key == bound.key
                        && plan.order.compare((key, case.id()), (bound.key, &bound.id))
                            != Ordering::Less
            });
            if !is_beaten {
                candidates.offer(capacity, Candidate { key, case }, order);
            }
        });
        into.standings.limit(log);
        for candidate in candidates.into_rows(capacity, order) {
            let row = row(log, plan, &candidate, &mut variants);
            into.rows.offer(capacity, row, |left, right| {
                plan.order.compare((left.key, &left.id), (right.key, &right.id))
            });
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.total += right.total;
        left.before += right.before;
        left.marks.merge(right.marks);
        left.standings.merge(right.standings);
        left.capacity = left.capacity.max(right.capacity);
        left.has_ids_descending |= right.has_ids_descending;
        let has_ids_descending = left.has_ids_descending;
        left.rows.merge(right.rows, left.capacity, |left, right| {
            compare(has_ids_descending, (left.key, &left.id), (right.key, &right.id))
        });
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let Partial { total, before, marks, mut standings, rows, .. } = partial;
        let order = |left: (i128, &str), right: (i128, &str)| plan.order.compare(left, right);
        let rows = rows.into_sorted(plan.page.end(), |left, right| {
            order((left.key, &left.id), (right.key, &right.id))
        });
        let first = before + plan.page.offset() as u64 + 1;
        let rows: Vec<Row> = plan.page.of(rows).collect();
        let is_end = total < first + rows.len() as u64;
        let next = rows.last().filter(|_| !is_end).map(|row| cursor::text(row.key, &row.id));
        let marks = plan.marks.map(|step| marks.texts(step, order)).transpose()?;
        standings.limit(log);
        let ranks = standings.of(log, rows.iter().map(|row| row.variant));
        let paths = plan.has_paths.then(|| paths(log, &rows));
        let shown: Vec<&Attribute> = plan.shown(log).collect();
        let names: Vec<Arc<str>> =
            shown.iter().map(|attribute| Arc::from(attribute.name.as_str())).collect();
        let attributes = || names.iter().zip(&shown);
        let cases = (first..).zip(rows).map(|(position, row)| {
            let standing = ranks.get(&row.variant).filter(|_| plan.has_ranks);
            CaseRow {
                position,
                case: row.id,
                start: Timestamp::from_us(row.start_us),
                start_precision: row.precisions.0,
                end: Timestamp::from_us(row.end_us),
                end_precision: row.precisions.1,
                duration_s: Duration::from_us(row.duration_us),
                events: row.events,
                variant: id_of(row.variant),
                variant_rank: standing.map(|standing| standing.rank),
                variant_cases: standing.map(|standing| standing.cases),
                variant_share: standing.and_then(|standing| standing.share),
                first_activity: log.activities.name(row.first).to_owned(),
                last_activity: log.activities.name(row.last).to_owned(),
                attributes: attributes()
                    .zip(row.values)
                    .filter_map(|((name, attribute), value)| {
                        Some((Arc::clone(name), value?.shown(attribute)))
                    })
                    .collect(),
            }
        });
        Ok(Output {
            total,
            attributes: names.iter().map(|name| (**name).to_owned()).collect(),
            cases: cases.collect(),
            paths,
            next,
            marks,
        })
    }
}

impl Plan {
    fn shown<'a>(&self, log: &'a LogContext) -> impl Iterator<Item = &'a Attribute> {
        self.attributes.iter().map(|idx| &log.attributes[idx.0])
    }

    /// Whether a case comes up to the cursor.
    #[inline]
    fn is_passed(&self, key: i128, id: &str) -> bool {
        let after = |after: &Cursor| {
            self.order.compare((key, id), (after.key, &after.id)) != Ordering::Greater
        };
        self.after.as_ref().is_some_and(after)
    }

    fn finds(&self, id: &str) -> bool {
        self.search.as_ref().is_none_or(|text| contains(id, text))
    }
}

/// Whether an id contains a text in small letters, whatever the letters of the id.
fn contains(id: &str, text: &str) -> bool {
    if !id.is_ascii() {
        return id.to_lowercase().contains(text);
    }
    let (id, text) = (id.as_bytes(), text.as_bytes());
    text.is_empty() || id.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn row(
    log: &LogContext,
    plan: &Plan,
    candidate: &Candidate<'_>,
    variants: &mut VariantHashes,
) -> Row {
    let case = &candidate.case;
    let activities = case.activities();
    let is_shown = |code: &ActivityCode| plan.has_paths && !log.activities.is_auxiliary(*code);
    let value = |attribute| {
        let (column, idx) = case.cell(attribute, 0);
        KeptValue::of(column, idx)
    };
    Row {
        key: candidate.key,
        id: case.id().to_owned(),
        start_us: case.first_start_us(),
        end_us: case.last_end_us(),
        precisions: (case.first_start_precision(), case.precision(case.event_count() - 1)),
        duration_us: case.duration_us(log),
        events: case.event_count() as u64,
        variant: variants.of(log, case),
        first: activities[0],
        last: activities[activities.len() - 1],
        values: plan.shown(log).map(value).collect(),
        trace: activities.iter().copied().filter(is_shown).collect(),
    }
}

/// The ways of some cases, each once.
fn paths(log: &LogContext, rows: &[Row]) -> Vec<VariantPath> {
    let names: Vec<Arc<str>> =
        log.activities.names().iter().map(|name| Arc::from(name.as_str())).collect();
    let mut known = FxHashSet::default();
    let firsts = rows.iter().filter(|row| known.insert(row.variant));
    let path = |row: &Row| VariantPath {
        variant: id_of(row.variant),
        activities: row.trace.iter().map(|code| Arc::clone(&names[code.idx()])).collect(),
    };
    firsts.map(path).collect()
}

fn shown_attributes(
    log: &LogContext,
    names: Option<&[String]>,
) -> Result<Vec<AttributeIdx>, Problem> {
    let Some(names) = names else {
        let all = log.attributes.iter().enumerate();
        let of_cases = all.filter(|(_, attribute)| attribute.level == AttributeLevel::Case);
        let idxs = of_cases.map(|(idx, _)| AttributeIdx(idx));
        return Ok(idxs.take(ATTRIBUTE_COLUMNS_MAX).collect());
    };
    if names.len() > ATTRIBUTE_COLUMNS_MAX {
        return Err(Problem::new(
            ErrorCode::OverLimit,
            say!(
                "{count} attributes were asked for; at most {max} are shown.",
                count = names.len(),
                max = ATTRIBUTE_COLUMNS_MAX
            ),
        )
        .in_parameter("attributes"));
    }
    let idxs = names.iter().map(|name| case_attribute(log, name, "attributes"));
    let mut idxs = idxs.collect::<Result<Vec<AttributeIdx>, Problem>>()?;
    idxs.sort_unstable();
    idxs.dedup();
    Ok(idxs)
}

#[cfg(test)]
mod tests;
