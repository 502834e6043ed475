//! What do all cases have together, that a case breaks a rule by?
//!
//! A value that is used twice, and a second with a large share of the events of its day, are known
//! only when all cases were seen. The crowded seconds of a day are found in two rounds: the first
//! keeps, for each day, the few seconds that can have so large a share (Misra and Gries, "Finding
//! repeated elements", 1982), the second counts these exactly. A share below a sixth is not found.

use std::collections::{BTreeMap, HashMap, HashSet};

use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::time::{DAY_US, SECOND_US};

use crate::findings::probes::Probe;
use crate::findings::{FindingPlan, Hit, add};
use crate::library::quality::CheckKind;

/// What is known of all cases; those of parts of a log are joined in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// By probe and value, as [`Probe::identity`] has it: how often it is used.
    uses: BTreeMap<usize, BTreeMap<i64, u64>>,
    /// By probe and activity: events with a value that counts, and all.
    often: BTreeMap<usize, BTreeMap<usize, [u64; 2]>>,
    /// By number of the day since 1970.
    days: BTreeMap<i64, Day>,
    /// By probe: its crowded seconds.
    crowded: BTreeMap<usize, HashSet<i64>>,
}

/// How many events are in each of the seconds that may be crowded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecondCounts(HashMap<i64, u64>);

/// The events of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Day {
    /// All of them.
    all: u64,
    /// Those with a time of day.
    timed: u64,
    /// Seconds with a count that is at most too small by `timed / (KEPT + 1)`.
    seconds: BTreeMap<i64, u64>,
}

/// Seconds that are kept of a day: every one with more than a sixth of its events is among them.
const KEPT: usize = 5;

impl Day {
    fn add(&mut self, second: i64, count: u64) {
        *self.seconds.entry(second).or_default() += count;
        while KEPT < self.seconds.len() {
            let least = self.seconds.values().copied().min().unwrap_or(0);
            self.seconds.retain(|_, count| {
                *count -= least;
                *count > 0
            });
        }
    }
}

/// The events at which a value is used, and the value.
fn used(probe: &Probe<'_>, case: &Case<'_>) -> Vec<(usize, i64)> {
    let events = case.activities().iter().enumerate();
    let events = events.filter(|(_, code)| probe.activities[code.idx()]);
    events.filter_map(|(event, _)| Some((event, probe.identity(case, 0, event)?))).collect()
}

impl Survey {
    /// What both know.
    #[must_use]
    pub fn with(mut self, other: Survey) -> Self {
        for (idx, uses) in other.uses {
            add(self.uses.entry(idx).or_default(), uses);
        }
        for (idx, counts) in other.often {
            let known = self.often.entry(idx).or_default();
            for (activity, [hits, all]) in counts {
                let sum = known.entry(activity).or_default();
                *sum = [sum[0] + hits, sum[1] + all];
            }
        }
        for (number, other) in other.days {
            let day = self.days.entry(number).or_default();
            day.all += other.all;
            day.timed += other.timed;
            other.seconds.into_iter().for_each(|(second, count)| day.add(second, count));
        }
        self
    }

    /// Looks at a case with what is known of all; returns how many of its rows the check is about.
    pub(super) fn look(
        &self,
        (idx, probe): (usize, &Probe<'_>),
        log: &LogContext,
        case: &Case<'_>,
        hits: &mut Vec<Hit>,
    ) -> u64 {
        if probe.check.kind == CheckKind::Often {
            probe.look(log, case, hits);
            let codes = case.activities();
            hits.retain(|hit| self.is_often(idx, probe, codes[hit.event].idx()));
            let looked_at = codes.iter().filter(|code| self.is_often(idx, probe, code.idx()));
            return looked_at.count() as u64;
        }
        if probe.check.kind == CheckKind::UsedTwice {
            let used = used(probe, case);
            let uses = self.uses.get(&idx);
            let is_again = |value| uses.and_then(|uses| uses.get(value)).is_some_and(|&n| n > 1);
            for (event, _) in used.iter().filter(|(_, value)| is_again(value)) {
                let mut values =
                    probe.attributes().iter().filter_map(|one| case.value(one, *event));
                let value = values.next().map(|value| value.to_string());
                hits.push(Hit { event: *event, value });
            }
            return used.len() as u64;
        }
        let crowded = self.crowded.get(&idx);
        let is_crowded = |second| crowded.is_some_and(|seconds| seconds.contains(&second));
        for (event, &time) in case.times_us().iter().enumerate() {
            if is_crowded(time.div_euclid(SECOND_US)) && !case.is_day(event) {
                hits.push(Hit { event, value: None });
            }
        }
        case.event_count() as u64
    }

    /// Whether so many events of an activity have a value that it is told.
    fn is_often(&self, idx: usize, probe: &Probe<'_>, activity: usize) -> bool {
        let counts = self.often.get(&idx).and_then(|counts| counts.get(&activity));
        counts.is_some_and(|&[hits, all]| probe.is_above_share(hits, all))
    }

    /// The days around each time without any event that is longer than so many days, by number.
    pub(super) fn gaps(&self, days_max: i64) -> Vec<(i64, i64)> {
        let days: Vec<i64> = self.days.keys().copied().collect();
        let pairs = days.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.filter(|(before, after)| days_max < after - before - 1).collect()
    }
}

impl SecondCounts {
    /// What both counted.
    #[must_use]
    pub fn with(mut self, other: SecondCounts) -> Self {
        for (second, count) in other.0 {
            *self.0.entry(second).or_default() += count;
        }
        self
    }
}

impl FindingPlan<'_> {
    fn probes_of(&self, kind: CheckKind) -> impl Iterator<Item = (usize, &Probe<'_>)> {
        let all = self.probes.iter().enumerate();
        all.filter(move |(_, probe)| probe.check.kind == kind)
    }

    /// Whether anything turns on all cases together.
    #[must_use]
    pub fn needs_survey(&self) -> bool {
        self.needs_days() || self.has(CheckKind::UsedTwice) || self.has(CheckKind::Often)
    }

    fn needs_days(&self) -> bool {
        self.has_gaps() || self.has(CheckKind::Crowded)
    }

    fn has(&self, kind: CheckKind) -> bool {
        self.probes_of(kind).next().is_some()
    }

    /// The first round, over some of the cases.
    #[must_use]
    pub fn survey(&self, batch: &CaseBatch<'_>) -> Survey {
        let mut survey = Survey::default();
        let needs_days = self.needs_days();
        let mut hits = Vec::new();
        batch.for_each(|case| {
            for (idx, probe) in self.probes_of(CheckKind::Often) {
                let counts = survey.often.entry(idx).or_default();
                hits.clear();
                probe.look(self.context, &case, &mut hits);
                for hit in &hits {
                    counts.entry(case.activities()[hit.event].idx()).or_default()[0] += 1;
                }
                for code in case.activities() {
                    counts.entry(code.idx()).or_default()[1] += 1;
                }
            }
            for (idx, probe) in self.probes_of(CheckKind::UsedTwice) {
                let uses = survey.uses.entry(idx).or_default();
                for (_, value) in used(probe, &case) {
                    *uses.entry(value).or_default() += 1;
                }
            }
            for (event, &time) in case.times_us().iter().enumerate().filter(|_| needs_days) {
                let day = survey.days.entry(time.div_euclid(DAY_US)).or_default();
                day.all += 1;
                if !case.is_day(event) {
                    day.timed += 1;
                    day.add(time.div_euclid(SECOND_US), 1);
                }
            }
        });
        survey
    }

    /// The second round, over some of the cases: what may be crowded is counted.
    #[must_use]
    pub fn count_seconds(&self, survey: &Survey, batch: &CaseBatch<'_>) -> SecondCounts {
        let kept = survey.days.values().flat_map(|day| day.seconds.keys());
        let mut counts: HashMap<i64, u64> = kept.map(|&second| (second, 0)).collect();
        if self.has(CheckKind::Crowded) {
            batch.for_each(|case| {
                for (event, &time) in case.times_us().iter().enumerate() {
                    let count = counts.get_mut(&time.div_euclid(SECOND_US));
                    if let Some(count) = count.filter(|_| !case.is_day(event)) {
                        *count += 1;
                    }
                }
            });
        }
        SecondCounts(counts)
    }

    /// The survey with the seconds that are crowded.
    #[must_use]
    pub fn settled(&self, mut survey: Survey, counts: &SecondCounts) -> Survey {
        for (idx, probe) in self.probes_of(CheckKind::Crowded) {
            let least = probe.limit("events_min").and_then(|least| u64::try_from(least).ok());
            let least = least.unwrap_or(1);
            let crowded = counts.0.iter().filter(|(second, count)| {
                let day = survey.days.get(&(*second * SECOND_US).div_euclid(DAY_US));
                let all = day.map_or(0, |day| day.timed);
                least <= **count && probe.is_above_share(**count, all)
            });
            let crowded = crowded.map(|(&second, _)| second).collect();
            survey.crowded.insert(idx, crowded);
        }
        survey
    }
}
