//! How does a case go through the stages of a funnel? One pass over its events.

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;

use super::funnel_stages::{FunnelOrder, STAGE_COUNT_MAX, Stages};

/// The way of one case: a bit for each stage.
#[derive(Default)]
pub(crate) struct Way {
    /// The event with which each stage of `reached` was reached.
    events: [usize; STAGE_COUNT_MAX],
    reached: u32,
    /// Stages with any event.
    present: u32,
    returned: u32,
}

fn bit(stage: usize) -> u32 {
    1 << stage
}

impl Way {
    /// Follows the events of a case, and tells each return: from a later stage to one that the
    /// case has had before. Returns how many events belong to no stage.
    #[inline]
    pub(crate) fn walk(
        &mut self,
        stages: &Stages,
        order: FunnelOrder,
        trace: &[ActivityCode],
        mut on_return: impl FnMut(usize, usize),
    ) -> u64 {
        (self.reached, self.present, self.returned) = (0, 0, 0);
        let (mut next, mut last, mut outside) = (0, 0, 0);
        for (idx, &activity) in trace.iter().enumerate() {
            let Some(stage) = stages.of(activity) else {
                outside += 1;
                continue;
            };
            let is_known = self.present & bit(stage) != 0;
            if is_known && stage < last {
                self.returned |= bit(stage);
                on_return(last, stage);
            }
            let is_reached = match order {
                FunnelOrder::Strict => stage == next,
                FunnelOrder::Any => !is_known,
            };
            if is_reached {
                self.reached |= bit(stage);
                self.events[stage] = idx;
                next = stage + 1;
            }
            self.present |= bit(stage);
            last = stage;
        }
        outside
    }

    /// The event with which the case reached a stage; `None` where it did not.
    #[inline]
    pub(crate) fn event(&self, stage: usize) -> Option<usize> {
        (self.reached & bit(stage) != 0).then(|| self.events[stage])
    }

    /// The last stage, in their order, that the case reached.
    #[inline]
    pub(crate) fn furthest(&self) -> Option<usize> {
        self.reached.checked_ilog2().map(|stage| stage as usize)
    }

    /// Whether the case reached a stage and not the one after it; never so for the last one.
    #[inline]
    pub(crate) fn stops_at(&self, stage: usize, stage_count: usize) -> bool {
        let pair = self.reached >> stage & 0b11;
        stage + 1 < stage_count && pair == 0b01
    }

    /// Whether the case has an event of a stage.
    #[inline]
    pub(crate) fn has(&self, stage: usize) -> bool {
        self.present & bit(stage) != 0
    }

    /// Whether the case has an event of a later stage.
    #[inline]
    pub(crate) fn has_later(&self, stage: usize) -> bool {
        self.present >> stage > 1
    }

    /// Whether the case has an event of a later stage and none of this one.
    #[inline]
    pub(crate) fn skips(&self, stage: usize) -> bool {
        self.has_later(stage) && !self.has(stage)
    }

    /// Whether the case comes back to a stage, or to any.
    #[inline]
    pub(crate) fn comes_back_to(&self, stage: Option<usize>) -> bool {
        self.returned & stage.map_or(u32::MAX, bit) != 0
    }

    /// What comes after the event with which the case reached a stage: the first activity that is
    /// not of this stage; auxiliary ones are passed over unless they belong to a stage.
    pub(crate) fn next(
        &self,
        log: &LogContext,
        stages: &Stages,
        trace: &[ActivityCode],
        stage: usize,
    ) -> Option<ActivityCode> {
        let after = self.event(stage)? + 1;
        let is_next = |code: ActivityCode| match stages.of(code) {
            Some(other) => other != stage,
            None => !log.activities.is_auxiliary(code),
        };
        trace[after..].iter().copied().find(|&code| is_next(code))
    }
}
