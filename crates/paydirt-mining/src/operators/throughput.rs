//! How long do cases take, together, by group and over time, and how many arrive, end and are open?
//! (fold)
//!
//! A case arrives at the start of its first event. It is open until its last event; where end
//! activities are declared, until the last event of one of them, and a case without one stays open.
//! The duration of an open case is not known yet, so it is in no statistics; it has an age, from
//! its start to the as-of time.

mod durations;
mod groups;

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::filters::duration::age_us;
use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::bins::{Bins, Widths, bin_count_max};
use crate::statistics::calendar::{Granularity, Periods};
use crate::statistics::case_ends::CaseEnds;
use crate::statistics::case_groups::{group_attribute, group_of};
use crate::statistics::duration_bag::Method;
use crate::statistics::number_bag::NumberBag;
use durations::{DurationBin, ThroughputStatistics, rounded, statistics};
use groups::{Group, Members, OtherGroups, groups};

/// Durations, arrivals, completions and open cases.
pub struct Op;

/// How to group, to cut time and to tell the end of a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Most bins of the histogram; 30 unless said, from 2 to 200.
    bins: Option<u64>,
    /// Name of an attribute of cases with texts or truth values; its 50 largest groups are listed.
    by: Option<String>,
    /// Length of the periods in the time zone of the log. Unless given a month, or a quarter or a
    /// year where the log has more than 10,000 months or quarters.
    period: Option<Granularity>,
    /// Names of the activities that end a case; unless given, its last event does.
    ends: Option<Vec<String>>,
}

/// The parameters looked up.
#[derive(Debug)]
pub struct Plan {
    bin_count_max: usize,
    by: Option<AttributeIdx>,
    granularity: Granularity,
    /// `None` for a log without events.
    periods: Option<Periods>,
    ends: CaseEnds,
}

/// Durations together, by group and over time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases that filters have left.
    pub cases: u64,
    /// Those that have ended, on whose durations all statistics are.
    pub completed: u64,
    /// Those without an event of a declared end activity.
    pub open: u64,
    /// Statistics of the durations; missing when no case has ended.
    pub duration_s: Option<ThroughputStatistics>,
    /// Durations in whole days, as the start or the end of the case is known to the day only;
    /// missing without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_durations: Option<u64>,
    /// Equal bins of the durations without gaps, at most as many as wanted. Their width is the
    /// smallest of: 1, 2 or 5 times a power of ten of seconds below 1 s and of days from 1 day; 1,
    /// 2, 5, 10, 15, 30 seconds or minutes; 1, 2, 3, 6, 12 hours. Edges are multiples of it.
    pub histogram: Vec<DurationBin>,
    /// Statistics of the ages of the open cases; missing when none is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_age_s: Option<ThroughputStatistics>,
    /// Bins of these ages, made as those of the durations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open_ages: Vec<DurationBin>,
    /// The largest groups, by cases descending, then by value, blanks last.
    pub groups: Vec<Group>,
    /// The groups that are not listed, together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_groups: Option<OtherGroups>,
    /// Length of the periods.
    pub period: Granularity,
    /// The periods from the first to the last one with an arrival or an end (with declared ends: to
    /// the one of the as-of time), without gaps.
    pub over_time: Vec<PeriodFigures>,
    /// How percentiles, bins and deviations were computed.
    pub method: Method,
}

/// What happened in one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodFigures {
    /// First day of the period in the time zone of the log.
    pub date: String,
    /// First instant of the period.
    pub start: Option<Timestamp>,
    /// Cases that start in it.
    pub arrivals: u64,
    /// Cases that end in it.
    pub completions: u64,
    /// Cases that have started before its end and not ended before it.
    pub open_at_end: u64,
    /// Cases that are open at some instant of it.
    pub active: u64,
    /// Mean duration in seconds of the cases that end in it.
    pub mean_duration_s: Option<Duration>,
    /// Median duration in seconds of the cases that end in it.
    pub median_duration_s: Option<Duration>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    day_durations: u64,
    arrivals: Vec<u64>,
    /// Durations of the cases that end in each period.
    completed: Vec<NumberBag>,
    ages_us: NumberBag,
    groups: FxHashMap<u32, Members>,
}

impl Operator for Op {
    const NAME: &'static str = "throughput";
    const SUMMARY: &'static str = "How long cases take, together, by group and over time, and how \
                                   many arrive, end and are open.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let by = params.by.as_deref().and_then(|name| group_attribute(log, name).ok());
        by.into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let by = params.by.as_deref().map(|name| group_attribute(log, name)).transpose()?;
        let (granularity, periods) = Periods::of(log, params.period)?;
        Ok(Plan {
            bin_count_max: bin_count_max(params.bins)?,
            by,
            granularity,
            periods,
            ends: CaseEnds::declared(log, params.ends.as_deref())?,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let Some(periods) = &plan.periods else {
            return;
        };
        let method = Method::of(log);
        into.resize(periods.len());
        let as_of_us = log.as_of.map_or(i64::MIN, |as_of| as_of.as_us());
        let by = plan.by.map(|idx| batch.segment().column(&log.attributes[idx.0]));
        batch.for_each(|case| {
            into.cases += 1;
            into.arrivals[periods.find(case.first_start_us())] += 1;
            let end = plan.ends.of(&case);
            let duration_us = end.map(|end| case.duration_until_us(log, end));
            if let (Some(end), Some(duration_us)) = (end, duration_us) {
                let period = periods.find(case.times_us()[end]);
                into.completed[period].push(method, duration_us);
                into.day_durations += u64::from(case.starts_on_day() || case.is_day(end));
            } else {
                into.ages_us.push(method, age_us(&case, as_of_us));
            }
            if let Some(column) = by {
                let group = into.groups.entry(group_of(column, case.idx())).or_default();
                group.cases += 1;
                if let Some(duration_us) = duration_us {
                    group.durations_us.push(method, duration_us);
                }
            }
        });
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.resize(right.arrivals.len());
        left.cases += right.cases;
        left.day_durations += right.day_durations;
        for (count, theirs) in left.arrivals.iter_mut().zip(right.arrivals) {
            *count += theirs;
        }
        for (bag, theirs) in left.completed.iter_mut().zip(right.completed) {
            bag.merge(theirs);
        }
        left.ages_us.merge(right.ages_us);
        for (value, theirs) in right.groups {
            left.groups.entry(value).or_default().add(theirs);
        }
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let over_time = over_time(log, plan, &partial);
        let mut together = NumberBag::default();
        for bag in partial.completed {
            together.merge(bag);
        }
        let (groups, other_groups) = match plan.by {
            Some(idx) => groups(&log.attributes[idx.0], partial.groups),
            None => (Vec::new(), None),
        };
        let binned = |bag: &NumberBag| {
            let bins = bag.ends().map(|ends| Bins::new(Widths::Time, ends, plan.bin_count_max));
            statistics(bag, bins)
        };
        let (duration_s, histogram) = binned(&together);
        let (open_age_s, open_ages) = binned(&partial.ages_us);
        Ok(Output {
            cases: partial.cases,
            completed: together.count(),
            open: partial.cases - together.count(),
            duration_s,
            day_durations: Some(partial.day_durations).filter(|&durations| durations > 0),
            histogram,
            open_age_s,
            open_ages,
            groups,
            other_groups,
            period: plan.granularity,
            over_time,
            method: Method::of(log),
        })
    }
}

impl Partial {
    fn resize(&mut self, period_count: usize) {
        let count = period_count.max(self.arrivals.len());
        self.arrivals.resize(count, 0);
        self.completed.resize_with(count, NumberBag::default);
    }
}

fn over_time(log: &LogContext, plan: &Plan, partial: &Partial) -> Vec<PeriodFigures> {
    let happens = |idx: &usize| partial.arrivals[*idx] > 0 || partial.completed[*idx].count() > 0;
    let (Some(periods), Some(first), Some(mut last)) = (
        &plan.periods,
        (0..partial.arrivals.len()).find(happens),
        (0..partial.arrivals.len()).rfind(happens),
    ) else {
        return Vec::new();
    };
    if let Some(as_of) = log.as_of.filter(|_| plan.ends.are_declared()) {
        last = last.max(periods.find(as_of.as_us()));
    }
    let mut open = 0;
    (first..=last)
        .map(|idx| {
            let (arrivals, bag) = (partial.arrivals[idx], &partial.completed[idx]);
            let active = open + arrivals;
            open = active - bag.count();
            let median = bag.spread(&[(1, 2)], &[]).map(|spread| rounded(spread.quantiles[0]));
            PeriodFigures {
                date: periods.date(idx).to_string(),
                start: periods.start(idx),
                arrivals,
                completions: bag.count(),
                open_at_end: open,
                active,
                mean_duration_s: bag.mean().map(rounded),
                median_duration_s: median,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list, ask_log, with_days};
    use expect_test::expect;

    #[test]
    fn durations_have_exact_statistics() {
        // 2 4 4 4 5 5 7 9 h: mean 5, p25 at 1 + 7/4 = 2.75 → 4, median 4.5, p75 at 6.25 → 5.5,
        // p90 at 7.3 → 7.6, p95 at 7.65 → 8.3; deviation √(32/7) h = 2.13808993529… h.
        let log = "a b@2h\na b@4h ×3\na b@5h ×2\na b@7h\na b@9h";
        let answer = ask_list(log, "throughput", r#"{"bins":5}"#, "/duration_s");
        expect![[r#"{"min":7200,"p25":14400,"mean":18000,"median":16200,"p75":19800,"p90":27360,"p95":29880,"max":32400,"total":144000,"standard_deviation":7697.123767}"#]]
        .assert_eq(&answer[0]);
        let bins = ask_list(log, "throughput", r#"{"bins":5}"#, "/histogram");
        assert_eq!(
            bins,
            [
                r#"{"from_s":7200,"to_s":14400,"cases":1}"#,
                r#"{"from_s":14400,"to_s":21600,"cases":5}"#,
                r#"{"from_s":21600,"to_s":28800,"cases":1}"#,
                r#"{"from_s":28800,"to_s":36000,"cases":1}"#,
            ]
        );
    }

    #[test]
    fn arrivals_ends_and_open_cases_are_counted_by_period() {
        // January has 31 days: @31d is 1 February, @60d 1 March. Durations: 31, 60, 5 days.
        let log = "1: a@0d b@31d\n2: a@0d b@60d\n3: a@40d b@45d";
        let list = ask_list(log, "throughput", "{}", "/over_time");
        expect![[r#"
            {"date":"2024-01-01","start":"2024-01-01T00:00:00Z","arrivals":2,"completions":0,"open_at_end":2,"active":2,"mean_duration_s":null,"median_duration_s":null}
            {"date":"2024-02-01","start":"2024-02-01T00:00:00Z","arrivals":1,"completions":2,"open_at_end":1,"active":3,"mean_duration_s":1555200,"median_duration_s":1555200}
            {"date":"2024-03-01","start":"2024-03-01T00:00:00Z","arrivals":0,"completions":1,"open_at_end":0,"active":1,"mean_duration_s":5184000,"median_duration_s":5184000}"#]]
        .assert_eq(&list.join("\n"));
    }

    #[test]
    fn with_declared_ends_a_case_without_one_stays_open() {
        // Case 1 ends at its second "won" (2 h), though "note" comes later; case 2 never ends.
        let log = "1: a won won note@40d\n2: a b";
        let of = |pointer: &str| ask_list(log, "throughput", r#"{"ends":["won"]}"#, pointer);
        assert_eq!((of("/cases"), of("/completed"), of("/open")), one_each("2", "1", "1"));
        assert_eq!(of("/duration_s/max"), ["7200"]);
        let open: Vec<bool> =
            of("/over_time").iter().map(|line| line.contains(r#""open_at_end":1"#)).collect();
        assert_eq!(open, [true, true]);
    }

    #[test]
    fn open_cases_have_an_age_at_the_as_of_time() {
        // The last event is at 10 h: ages 10, 8 and 1 h; median 8 h, mean 19/3 h = 22,800 s.
        let log = "1: a won@1h\n2: a b\n3: a@2h\n4: a@9h b@10h";
        let of =
            |pointer: &str| ask_list(log, "throughput", r#"{"ends":["won"],"bins":5}"#, pointer);
        assert_eq!(of("/open_age_s/median"), ["28800"]);
        assert_eq!(of("/open_age_s/mean"), ["22800"]);
        assert_eq!(
            of("/open_ages"),
            [
                r#"{"from_s":0,"to_s":10800,"cases":1}"#,
                r#"{"from_s":10800,"to_s":21600,"cases":0}"#,
                r#"{"from_s":21600,"to_s":32400,"cases":1}"#,
                r#"{"from_s":32400,"to_s":43200,"cases":1}"#,
            ]
        );
        assert_eq!(
            ask_list("a b", "throughput", "{}", "/open_ages")[0].get(..9),
            Some(r#"{"cases":"#)
        );
    }

    fn one_each(a: &str, b: &str, c: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        (vec![a.to_owned()], vec![b.to_owned()], vec![c.to_owned()])
    }

    #[test]
    fn durations_in_whole_days_are_counted() {
        // Case 1 ends and case 3 starts on a day; case 2 has one only in its middle.
        let log = with_days("1: a@1h b@30h\n2: a@2h b@50h c@60h\n3: b@1h a@49h", &["b"]);
        let answer = ask_log(&log, "throughput", "{}");
        assert!(answer.contains(r#""day_durations":2,"#), "{answer}");
        // Where only c ends a case, the cases without it are open: their ages are no durations.
        let answer = ask_log(&log, "throughput", r#"{"ends":["c"]}"#);
        assert!(!answer.contains("day_durations"), "{answer}");
        // The case begins with b, which ends after a.
        let log = with_days("1: a@2h b@1h~30h", &["a"]);
        let answer = ask_log(&log, "throughput", "{}");
        assert!(!answer.contains("day_durations"), "{answer}");
    }

    #[test]
    fn groups_come_by_size_then_by_value_and_blanks_last() {
        let log = "1: a b | team=x\n2: a b c | team=y\n3: a | team=y\n4: a b";
        let groups = ask_list(log, "throughput", r#"{"by":"team"}"#, "/groups");
        let heads: Vec<String> = groups
            .iter()
            .map(|line| {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{} {} {}", value["value"], value["cases"], value["duration_s"]["mean"])
            })
            .collect();
        assert_eq!(heads, [r#""y" 2 3600"#, r#""x" 1 3600"#, "null 1 3600"]);
    }

    #[test]
    fn groups_beyond_the_limit_are_counted_together() {
        let lines: Vec<String> = (0..53).map(|idx| format!("a b | team=t{idx:02}")).collect();
        let of =
            |pointer: &str| ask_list(&lines.join("\n"), "throughput", r#"{"by":"team"}"#, pointer);
        assert_eq!(of("/groups").len(), 50);
        assert_eq!(of("/other_groups/groups"), ["3"]);
        assert_eq!(of("/other_groups/cases"), ["3"]);
        assert_eq!(of("/other_groups/duration_s/total"), ["10800"]);
    }

    #[test]
    fn a_log_without_cases_has_an_answer() {
        let answer = ask("", "throughput", "{}");
        expect![[r#"{"cases":0,"completed":0,"open":0,"duration_s":null,"histogram":[],"groups":[],"period":"month","over_time":[],"method":"exact"}"#]]
        .assert_eq(&answer);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let log = "1: a@0001-01-02T00:00:00Z b@9999-12-29T00:00:00Z | cost=1";
        let answer = ask(log, "throughput", r#"{"period":"day"}"#);
        assert!(answer.contains("more than 10,000 such periods"), "{answer}");
        assert_eq!(ask_list(log, "throughput", "{}", "/period"), [r#""year""#]);
        let answer = ask(log, "throughput", r#"{"by":"cost"}"#);
        assert!(answer.contains("is of type integer; expected is text or boolean"), "{answer}");
        let answer = ask(log, "throughput", r#"{"bins":1}"#);
        assert!(answer.contains("1 bin was asked for; from 2 to 200 can be."), "{answer}");
        let answer = ask(log, "throughput", r#"{"ends":["z"]}"#);
        assert!(answer.contains("There is no activity \"z\""), "{answer}");
    }
}
