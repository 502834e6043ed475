//! How does a hand-off go over time: when does it begin, when does it end, who overtakes? (fold)
//!
//! The performance spectrum of one segment: Denisov, Fahland and van der Aalst, "Unbiased,
//! Fine-Grained Description of Processes Performance from Event Data" (2018). An occurrence is an
//! event of one activity followed by one of another in the same case; it begins with the end of
//! the first and ends with the start of the second, and is a line between two time axes. Its class
//! is the quartile of its duration among all occurrences. A period's bin counts what starts, ends,
//! and is pending in it: has started before it and ends after it.
//!
//! An occurrence overtakes another when it starts later and ends earlier; first in, first out has
//! none. A batch is a run of occurrences that end shortly one after the other although they began
//! further apart: batching on end, after Klijn and Fahland, "Performance Mining for Batch
//! Processing Using the Performance Spectrum" (2019), without their condition that a batch keeps
//! first in, first out.
//!
//! Everything is counted over all occurrences but the lines, of which a stratified sample is drawn.

mod bins;
mod dynamics;
mod lines;
mod occurrences;

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{SECOND_US, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::filters::bounds::ExactNumber;
use crate::operator::Operator;
use crate::statistics::calendar::{Granularity, PERIOD_COUNT_MAX, Periods};
use crate::statistics::duration_bag::DurationStatistics;
use crate::statistics::page::Page;
use crate::statistics::projection::Projection;
use crate::statistics::strata::TimeStrata;
use bins::{SpectrumBin, SpectrumClass};
use dynamics::{Batching, Overtaking};
use lines::SpectrumLine;
use occurrences::Partial;

/// The performance spectrum of a hand-off.
pub struct Op;

/// Most lines that can be asked for.
pub const LINE_COUNT_MAX: usize = 5_000;
/// Most occurrences of one hand-off; they are held in memory to be put in order.
pub const OCCURRENCE_COUNT_MAX: u64 = 20_000_000;

const LINE_COUNT: u64 = 2_000;
const BIN_COUNT: usize = 400;
const BATCH_SIZE: u64 = 5;

/// Which hand-off, and what is told of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The earlier activity.
    from: String,
    /// The later activity.
    to: String,
    /// What makes the second follow the first.
    #[serde(default = "mode_default")]
    mode: SpectrumMode,
    /// Only these activities and the two of the hand-off: the cases are projected to them, as on
    /// the map. Makes no difference to `eventually`.
    activities: Option<Vec<String>>,
    /// Whether auxiliary activities come between. Makes no difference to `eventually`.
    #[serde(default)]
    auxiliary: bool,
    /// Length of the bins in the time zone of the log. Unless given the shortest of which the log
    /// has at most 400, else a year.
    period: Option<Granularity>,
    /// How many lines are drawn, at most 5,000.
    #[serde(default = "lines_default")]
    lines: u64,
    /// Fewest occurrences that make a batch, from 2.
    #[serde(default = "batch_size_default")]
    batch_size: u64,
    /// Longest time in seconds between the ends of two consecutive ones of a batch; 1 unless
    /// given.
    batch_gap_s: Option<ExactNumber>,
}

fn mode_default() -> SpectrumMode {
    SpectrumMode::Directly
}

fn lines_default() -> u64 {
    LINE_COUNT
}

fn batch_size_default() -> u64 {
    BATCH_SIZE
}

/// What makes an event follow another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpectrumMode {
    /// Nothing that counts comes between them: a path of the map.
    Directly,
    /// Anything but these two activities may come between them.
    Eventually,
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    from: ActivityCode,
    to: ActivityCode,
    projection: Projection,
    granularity: Granularity,
    /// `None` for a log without events.
    periods: Option<Periods>,
    strata: TimeStrata,
    line_count: usize,
    batch_size: usize,
    batch_gap_us: i64,
    occurrence_count_max: u64,
}

/// The spectrum.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// The earlier activity.
    pub from: String,
    /// The later activity.
    pub to: String,
    /// Cases looked at.
    pub cases: u64,
    /// Cases in which it happens at least once.
    pub cases_with: u64,
    /// Events of the earlier activity.
    pub from_events: u64,
    /// Events of the later activity.
    pub to_events: u64,
    /// Events that were passed over as if they had not been there.
    pub passed_over: u64,
    /// How often it happens; each event is part of one occurrence at most on either side.
    pub occurrences: u64,
    /// How often the later one started before the earlier one ended; part of nothing below.
    pub overlaps: u64,
    /// Sum of these overlaps, in seconds.
    pub overlap_s: Duration,
    /// Start of the later − end of the earlier one; whole local days when either is known to the
    /// day only. Missing when all of them overlap.
    pub duration_s: Option<DurationStatistics>,
    /// The four classes of durations, shortest first; empty without durations.
    pub classes: Vec<SpectrumClass>,
    /// Length of the bins.
    pub period: Granularity,
    /// The bins from the first start to the last end, without gaps.
    pub bins: Vec<SpectrumBin>,
    /// Which occurrences overtake others.
    pub overtaking: Overtaking,
    /// Which occurrences end together.
    pub batching: Batching,
    /// The first time of the whole log, from which the seconds of lines count; missing without
    /// events.
    pub origin: Option<Timestamp>,
    /// Lines drawn: all, or a sample in which every stretch of time has its share. By start, then
    /// end, case and place in the case.
    pub lines: Vec<SpectrumLine>,
}

impl Operator for Op {
    const NAME: &'static str = "spectrum";
    const SUMMARY: &'static str = "How a hand-off goes over time: every occurrence as a line, its \
                                   classes, overtakings and batches.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let code = |name: &str, parameter: &str| {
            log.activities.require(name).map_err(|problem| problem.in_parameter(parameter))
        };
        let (from, to) = (code(&params.from, "from")?, code(&params.to, "to")?);
        let mut projection = match params.mode {
            SpectrumMode::Directly => {
                Projection::new(log, params.activities.as_deref(), params.auxiliary)?
            }
            SpectrumMode::Eventually => Projection::new(log, Some(&[]), false)?,
        };
        projection.keep(from);
        projection.keep(to);
        let (granularity, periods) = periods(log, params.period)?;
        let page = Page::new(0, params.lines, LINE_COUNT_MAX);
        Ok(Plan {
            from,
            to,
            projection,
            granularity,
            periods,
            strata: TimeStrata::of(log),
            line_count: page.map_err(|problem| problem.in_parameter("lines"))?.end(),
            batch_size: batch_size(params.batch_size)?,
            batch_gap_us: batch_gap_us(params.batch_gap_s)?,
            occurrence_count_max: OCCURRENCE_COUNT_MAX,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        occurrences::observe(log, plan, batch, into);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.merge(right);
    }

    fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        let mut all = partial.take_occurrences(plan)?;
        all.sort_unstable();
        let classes = bins::Classes::of(&all);
        let (duration_s, listed_classes) = match &classes {
            Some(classes) => (Some(classes.statistics()), classes.answer(&all)),
            None => (None, Vec::new()),
        };
        let origin_us = log.first_event_at.map_or(0, Timestamp::as_us);
        Ok(Output {
            from: log.activities.name(plan.from).to_owned(),
            to: log.activities.name(plan.to).to_owned(),
            cases: partial.cases,
            cases_with: partial.cases_with,
            from_events: partial.from_events,
            to_events: partial.to_events,
            passed_over: partial.passed_over,
            occurrences: partial.overlaps + all.len() as u64,
            overlaps: partial.overlaps,
            overlap_s: Duration::from_us(partial.overlap_us),
            duration_s,
            classes: listed_classes,
            period: plan.granularity,
            bins: bins::bins(plan.periods.as_ref(), classes.as_ref(), &all),
            overtaking: dynamics::overtaking(&all),
            batching: dynamics::batching(&all, plan.batch_size, plan.batch_gap_us),
            origin: log.first_event_at,
            lines: partial.take_lines(plan, classes.as_ref(), &all, origin_us),
        })
    }
}

/// The bins of the wanted length, or of the shortest of which there are not too many.
fn periods(
    log: &LogContext,
    wanted: Option<Granularity>,
) -> Result<(Granularity, Option<Periods>), Problem> {
    if let Some(length) = wanted {
        return Periods::of_log(log, &[length], PERIOD_COUNT_MAX);
    }
    let usual = [Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter];
    let few = Periods::of_log(log, &usual, BIN_COUNT);
    few.or_else(|_| Periods::of_log(log, &[Granularity::Year], PERIOD_COUNT_MAX))
}

fn batch_size(wanted: u64) -> Result<usize, Problem> {
    if wanted < 2 {
        let detail = say!("A batch of {wanted} was asked for; it has at least 2.", wanted);
        return Err(Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("batch_size"));
    }
    Ok(usize::try_from(wanted).unwrap_or(usize::MAX))
}

fn batch_gap_us(wanted: Option<ExactNumber>) -> Result<i64, Problem> {
    let Some(wanted) = wanted else { return Ok(SECOND_US) };
    wanted.mantissa(6).filter(|&gap_us| 0 <= gap_us).ok_or_else(|| {
        let detail = say!(
            "{gap} is no time between two ends; expected are seconds from 0, with at most six \
             decimals.",
            gap = wanted.to_string()
        );
        Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("batch_gap_s")
    })
}

#[cfg(test)]
mod tests;
