//! What would joining these events change? Told before anything is written, so that a user can
//! agree to it.

use std::collections::HashMap;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::merge::{Fate, Joining, MergeCounts, MergePlan, MergeRule, count_of, planned};

/// Most names that are listed of one kind.
const NAMES_MAX: usize = 100;

/// What joining the events of a file to a stored log would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JoinPreview {
    /// What would become of the events.
    pub counts: MergeCounts,
    /// Events that would be added; when appending also those that the log has already, which
    /// `counts.already_present` counts.
    pub new_events: u64,
    /// Cases that the log does not have yet.
    pub new_cases: u64,
    /// Cases of the log that would get more events.
    pub grown_cases: u64,
    /// Events of the log that would be gone.
    pub gone_events: u64,
    /// New events of cases that the log has, dated before the last event that it has of their case:
    /// they came late.
    pub late_events: u64,
    /// Cases that have such events.
    pub late_cases: u64,
    /// Of the new events, those before the first event of the log.
    pub earlier_events: u64,
    /// Of the new events, those after the last event of the log.
    pub later_events: u64,
    /// The first event of the log as it is.
    pub first_event_at: Option<Timestamp>,
    /// The last event of the log as it is.
    pub last_event_at: Option<Timestamp>,
    /// The IANA zone of the days of the log, which it keeps.
    pub time_zone: String,
    /// Cases that the log would have.
    pub cases: u64,
    /// Events that the log would have.
    pub events: u64,
    /// Activities that the log does not have yet, at most 100.
    pub new_activities: Vec<String>,
    /// Columns that the log does not have yet, at most 100.
    pub new_columns: Vec<String>,
    /// Columns of the log that the file does not have, at most 100.
    pub missing_columns: Vec<String>,
    /// What is worth knowing, such as columns that would change.
    #[schema(value_type = Vec<String>)]
    pub notes: Vec<Sentence>,
}

impl JoinPreview {
    /// The same preview, told in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.sentences_mut().for_each(|sentence| sentence.tell_in(language));
        self
    }

    /// The sentences to a user.
    pub(crate) fn sentences_mut(&mut self) -> impl Iterator<Item = &mut Sentence> {
        self.notes.iter_mut()
    }
}

/// What [`crate::merge::merge`] would do.
///
/// # Errors
/// As [`crate::merge::merge`].
pub fn preview(
    base: &EventLog,
    added: &EventLog,
    rule: &MergeRule,
    joining: Joining<'_>,
) -> Result<JoinPreview, Problem> {
    let (joined, plan) = planned(base, added, rule, joining)?;
    let cases = Cases::of(base, added, &plan);
    let (old, new) = (base.context(), added.context());
    let gone = plan.fates.iter().flat_map(|fates| fates.values());
    let gone = gone.filter(|fate| matches!(fate, Fate::Gone)).count() as u64;
    let is_new_name = |name: &&str| old.activities.code(name).is_none();
    let new_names = new.activities.codes().map(|code| new.activities.name(code));
    let (new_columns, missing_columns) = joined.columns_of_one_side();
    let mut notes = joined.notes;
    notes.extend(warnings(&plan.counts));
    Ok(JoinPreview {
        new_events: count_of(&plan.inserted),
        new_cases: cases.new,
        grown_cases: cases.grown,
        gone_events: gone,
        late_events: cases.late_events,
        late_cases: cases.late,
        earlier_events: cases.earlier,
        later_events: cases.later,
        first_event_at: old.first_event_at,
        last_event_at: old.last_event_at,
        time_zone: old.time_zone.name().to_owned(),
        cases: old.case_count + cases.new - plan.counts.cases_gone,
        events: old.event_count + count_of(&plan.inserted) - gone,
        new_activities: some(new_names.filter(is_new_name).map(str::to_owned)),
        new_columns: some(new_columns.into_iter()),
        missing_columns: some(missing_columns.into_iter()),
        counts: plan.counts,
        notes,
    })
}

/// What the numbers would mean where a user would not expect them.
fn warnings(counts: &MergeCounts) -> Vec<Sentence> {
    type Said = fn(u64) -> Sentence;
    let all: [(u64, Said); 4] = [
        (counts.already_present, |count| {
            say!(
                "{count} {count|event is|events are} in the log already and would be in it twice; \
                 replacing events of equal key would recognise them.",
                count
            )
        }),
        (counts.superseded, |count| {
            say!(
                "{count} {count|event shares its|events share their} key with a later event of \
                 the same file, which would count. If they are different events, name a key that \
                 tells them apart.",
                count
            )
        }),
        (counts.removed, |count| {
            say!(
                "{count} further {count|event|events} of the log {count|has|have} the key of a \
                 replaced event and would go. If they are different events, name a key that tells \
                 them apart.",
                count
            )
        }),
        (counts.without_key, |count| {
            say!(
                "{count} {count|event has|events have} no complete key and would be inserted.",
                count
            )
        }),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).map(|(count, said)| said(count)).collect()
}

pub(super) fn some(names: impl Iterator<Item = String>) -> Vec<String> {
    names.take(NAMES_MAX).collect()
}

/// The time of the last event of each case.
pub(super) fn last_times(log: &EventLog) -> HashMap<&str, i64> {
    let mut times = HashMap::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let last_us = case.times_us().iter().copied().max();
            times.insert(case.id(), last_us.unwrap_or(i64::MIN));
        });
    }
    times
}

/// Cases that begin or grow, and when their new events are.
#[derive(Default)]
struct Cases {
    new: u64,
    grown: u64,
    earlier: u64,
    later: u64,
    late: u64,
    late_events: u64,
}

impl Cases {
    fn of(base: &EventLog, added: &EventLog, plan: &MergePlan) -> Self {
        let stored = last_times(base);
        let first = base.context().first_event_at;
        let last = base.context().last_event_at;
        let mut cases = Cases::default();
        for (segment_idx, segment) in added.segments().iter().enumerate() {
            let inserted = &plan.inserted[segment_idx];
            CaseBatch::all(segment).for_each(|case| {
                let rows = || (0..case.event_count()).map(|event_idx| case.row(event_idx));
                let last_us = stored.get(case.id()).copied();
                let is_stored = last_us.is_some();
                cases.new += u64::from(!is_stored && rows().any(|row| inserted[row]));
                cases.grown += u64::from(is_stored && rows().any(|row| inserted[row]));
                let is_late = |us: i64| last_us.is_some_and(|last_us| us < last_us);
                let inserted_times = rows().zip(case.times_us()).filter(|(row, _)| inserted[*row]);
                let late = inserted_times.filter(|(_, us)| is_late(**us)).count() as u64;
                cases.late_events += late;
                cases.late += u64::from(late > 0);
                let times = rows().zip(case.times_us()).filter(|(row, _)| inserted[*row]);
                for time in times.filter_map(|(_, &us)| Timestamp::from_us(us)) {
                    cases.earlier += u64::from(first.is_some_and(|first| time < first));
                    cases.later += u64::from(last.is_some_and(|last| last < time));
                }
            });
        }
        cases
    }
}
