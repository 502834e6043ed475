//! What happened in this one case? All of it, event by event. (fold)
//!
//! Filters narrow the case as they narrow every question: a case filter may leave it out, an event
//! filter leaves only the events that pass.

use std::sync::Arc;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::number::{Decimal, Duration};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{Precision, Timestamp};
use paydirt_model::variant::{id_of, short_hash, variant_hash};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::kept_value::{KeptValue, ShownValue, ShownValues};
use crate::statistics::page::Page;

/// Last event of the case that can be asked for.
pub const EVENT_ROW_MAX: usize = 100_000;

const LIMIT_DEFAULT: u64 = 10_000;

/// One case.
pub struct Op;

/// Which case, and which of its events.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The case id, exactly.
    case: String,
    /// How many events are passed over.
    #[serde(default)]
    offset: u64,
    /// How many events are shown; `offset` and `limit` together at most 100,000.
    #[serde(default = "limit_default")]
    limit: u64,
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    id: String,
    page: Page,
}

/// One event of the case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEvent {
    /// Its activity.
    pub activity: String,
    /// Whether the activity is auxiliary.
    pub auxiliary: bool,
    /// When it started, where the source says so.
    pub start: Option<Timestamp>,
    /// When it ended: the time by which events are ordered.
    pub end: Option<Timestamp>,
    /// The time as recorded, where it differs from `end`.
    pub recorded_at: Option<Timestamp>,
    /// Offset of the source's time zone from UTC, in minutes.
    pub utc_offset_min: i16,
    /// How precisely the time is known.
    pub precision: Precision,
    /// Its start − end of the event before; negative when they overlap, missing for the first.
    pub wait_s: Option<Duration>,
    /// Its end − start; missing without a start time.
    pub duration_s: Option<Duration>,
    /// Who did it; `null` if not known.
    pub resource: Option<ShownValue>,
    /// Event attributes by name; blank ones are left out.
    pub attributes: ShownValues,
}

/// A main case that this case belongs to, such as the opportunity of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedCase {
    /// Id of the main case.
    pub case: String,
    /// Share of this case that belongs to it, from 0 to 1.
    pub share: Decimal,
}

/// The case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
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
    /// Id of its variant, auxiliary activities left out.
    pub variant: String,
    /// Case attributes by name; blank ones are left out.
    pub attributes: ShownValues,
    /// The main cases it is linked to; empty where the log has no links.
    pub links: Vec<LinkedCase>,
    /// How many events it has, shown or not.
    pub event_count: u64,
    /// Its events in order.
    pub events: Vec<CaseEvent>,
}

/// What is seen of some cases: the wanted one, once it was there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    found: Option<CaseSeen>,
}

#[derive(Debug, Serialize, Deserialize)]
struct CaseSeen {
    start_us: i64,
    end_us: i64,
    /// Of the start and of the end.
    precisions: (Precision, Precision),
    duration_us: i64,
    variant: u64,
    values: Vec<Option<KeptValue>>,
    /// Ids of linked cases and shares in millionths.
    links: Vec<(String, u32)>,
    event_count: u64,
    events: Vec<EventSeen>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EventSeen {
    activity: ActivityCode,
    start_us: Option<i64>,
    end_us: i64,
    recorded_us: i64,
    offset_min: i16,
    precision: Precision,
    wait_us: Option<i64>,
    resource: Option<KeptValue>,
    values: Vec<Option<KeptValue>>,
}

impl Operator for Op {
    const NAME: &'static str = "case";
    const SUMMARY: &'static str = "What happened in one case, event by event.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, _: &Params) -> Reads {
        Reads::everything(log)
    }

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan { id: params.case, page: Page::new(params.offset, params.limit, EVENT_ROW_MAX)? })
    }

    fn concerns(_: &LogContext, plan: &Plan, segment: &Segment) -> bool {
        let ids = &segment.parts().case_ids;
        (0..ids.len()).any(|idx| ids.get_bytes(idx) == plan.id.as_bytes())
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        if into.found.is_some() {
            return;
        }
        let ids = &batch.segment().parts().case_ids;
        batch.for_each(|case| {
            if ids.get_bytes(case.idx()) == plan.id.as_bytes() {
                into.found = Some(case_seen(log, plan, &case));
            }
        });
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.found = left.found.take().or(right.found);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let found = partial.found.ok_or_else(|| {
            Problem::new(ErrorCode::CaseNotFound, say!("There is no case \"{id}\".", id = plan.id))
                .in_parameter("case")
                .with_hint(say!(
                    "Ids are compared exactly, and filters may have left the case out. The \
                         search in the list of cases finds ids by a part of them."
                ))
        })?;
        let of_case = Named::at(log, AttributeLevel::Case);
        let of_event = Named::at(log, AttributeLevel::Event);
        let resource = log.resource_attribute();
        let events = found.events.into_iter().map(|seen| CaseEvent {
            activity: log.activities.name(seen.activity).to_owned(),
            auxiliary: log.activities.is_auxiliary(seen.activity),
            start: seen.start_us.and_then(Timestamp::from_us),
            end: Timestamp::from_us(seen.end_us),
            recorded_at: Some(seen.recorded_us)
                .filter(|&recorded_us| recorded_us != seen.end_us)
                .and_then(Timestamp::from_us),
            utc_offset_min: seen.offset_min,
            precision: seen.precision,
            wait_s: seen.wait_us.map(Duration::from_us),
            duration_s: seen.start_us.map(|start_us| Duration::from_us(seen.end_us - start_us)),
            resource: seen.resource.zip(resource).map(|(value, attribute)| value.shown(attribute)),
            attributes: of_event.shown(seen.values),
        });
        Ok(Output {
            case: plan.id.clone(),
            start: Timestamp::from_us(found.start_us),
            start_precision: found.precisions.0,
            end: Timestamp::from_us(found.end_us),
            end_precision: found.precisions.1,
            duration_s: Duration::from_us(found.duration_us),
            variant: id_of(found.variant),
            event_count: found.event_count,
            events: events.collect(),
            attributes: of_case.shown(found.values),
            links: found
                .links
                .into_iter()
                .map(|(case, share)| LinkedCase { case, share: Decimal::new(share.into(), 6) })
                .collect(),
        })
    }
}

fn case_seen(log: &LogContext, plan: &Plan, case: &Case<'_>) -> CaseSeen {
    let mut trace = case.activities().to_vec();
    trace.retain(|&activity| !log.activities.is_auxiliary(activity));
    let last = case.event_count().min(plan.page.end());
    CaseSeen {
        start_us: case.first_start_us(),
        end_us: case.last_end_us(),
        precisions: (case.first_start_precision(), case.precision(case.event_count() - 1)),
        duration_us: case.duration_us(log),
        variant: short_hash(variant_hash(&log.activities, &trace)),
        values: at(log, AttributeLevel::Case).map(|attribute| kept(case, attribute, 0)).collect(),
        links: links(case),
        event_count: case.event_count() as u64,
        events: (plan.page.offset().min(last)..last)
            .map(|event_idx| event_seen(log, case, event_idx))
            .collect(),
    }
}

fn event_seen(log: &LogContext, case: &Case<'_>, event_idx: usize) -> EventSeen {
    let parts = case.segment().parts();
    let row = case.row(event_idx);
    let end_us = case.times_us()[event_idx];
    let resource = log.resource_attribute();
    EventSeen {
        activity: case.activities()[event_idx],
        start_us: case.own_start_us(event_idx),
        end_us,
        recorded_us: parts.recorded_us.get(row).copied().unwrap_or(end_us),
        offset_min: parts.offsets_min.get(row).copied().unwrap_or(0),
        precision: case.precision(event_idx),
        wait_us: event_idx.checked_sub(1).map(|before| case.path_us(log, before, event_idx)),
        resource: resource.and_then(|attribute| kept(case, attribute, event_idx)),
        values: at(log, AttributeLevel::Event)
            .map(|attribute| kept(case, attribute, event_idx))
            .collect(),
    }
}

fn kept(case: &Case<'_>, attribute: &Attribute, event_idx: usize) -> Option<KeptValue> {
    let (column, idx) = case.cell(attribute, event_idx);
    KeptValue::of(column, idx)
}

fn links(case: &Case<'_>) -> Vec<(String, u32)> {
    let links = &case.segment().parts().links;
    let Some(&end) = links.ends.get(case.idx()) else { return Vec::new() };
    let start = if case.idx() == 0 { 0 } else { links.ends[case.idx() - 1] };
    (start as usize..end as usize)
        .map(|idx| (links.case_ids.get(idx).to_owned(), links.shares[idx]))
        .collect()
}

fn at(log: &LogContext, level: AttributeLevel) -> impl Iterator<Item = &Attribute> {
    log.attributes.iter().filter(move |attribute| attribute.level == level)
}

/// The attributes of one level with names that many rows share.
struct Named<'a>(Vec<(Arc<str>, &'a Attribute)>);

impl<'a> Named<'a> {
    fn at(log: &'a LogContext, level: AttributeLevel) -> Self {
        let named = at(log, level).map(|attribute| (Arc::from(attribute.name.as_str()), attribute));
        Named(named.collect())
    }

    fn shown(&self, values: Vec<Option<KeptValue>>) -> ShownValues {
        let named = self.0.iter().zip(values);
        named
            .filter_map(|((name, attribute), value)| {
                Some((Arc::clone(name), value?.shown(attribute)))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
