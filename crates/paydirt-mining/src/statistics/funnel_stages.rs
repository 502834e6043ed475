//! Which stages does a funnel have, and to which of them does an activity belong?

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most stages of a funnel.
pub(crate) const STAGE_COUNT_MAX: usize = 30;

/// Marks an activity that belongs to no stage.
const NO_STAGE: u8 = u8::MAX;

/// How a case reaches a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FunnelOrder {
    /// After the stage before, which it must have reached.
    Strict,
    /// With its first event of it, whatever comes before.
    Any,
}

/// One stage.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelStageParams {
    /// What the stage is called; the names of its activities, unless given.
    pub name: Option<String>,
    /// Names of its activities; an event of any of them is an event of the stage.
    pub activities: Vec<String>,
}

/// The stages, looked up.
#[derive(Debug)]
pub(crate) struct Stages {
    names: Vec<String>,
    activities: Vec<Vec<String>>,
    of_activity: Vec<u8>,
    /// What kind of problem it is when the stages cannot be.
    refusal: ErrorCode,
}

impl Stages {
    /// Looks the activities up.
    ///
    /// # Errors
    /// There is no stage or too many, one has no activity, two share an activity or a name, or an
    /// activity does not occur in the log.
    pub(crate) fn new(
        log: &LogContext,
        params: Vec<FunnelStageParams>,
        refusal: ErrorCode,
    ) -> Result<Self, Problem> {
        let mut stages = Stages {
            names: Vec::new(),
            activities: Vec::new(),
            of_activity: vec![NO_STAGE; log.activities.count()],
            refusal,
        };
        if params.is_empty() {
            return Err(stages
                .refused(say!("The funnel has no stage."))
                .with_hint(say!("Name at least one stage with its activities.")));
        }
        if params.len() > STAGE_COUNT_MAX {
            let detail = say!(
                "The funnel has {count} stages; at most {max} are allowed.",
                count = params.len(),
                max = STAGE_COUNT_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("stages"));
        }
        for stage in params {
            stages.add(log, stage)?;
        }
        Ok(stages)
    }

    fn add(&mut self, log: &LogContext, params: FunnelStageParams) -> Result<(), Problem> {
        let mut names = params.activities;
        names.sort_unstable();
        names.dedup();
        let name = params.name.unwrap_or_else(|| names.join(" / "));
        if names.is_empty() {
            return Err(self
                .refused(say!("The stage \"{name}\" has no activity.", name))
                .with_hint(say!("Name at least one activity.")));
        }
        if self.names.contains(&name) {
            return Err(self.refused(say!("Two stages are called \"{name}\".", name)));
        }
        let number = u8::try_from(self.names.len()).expect("stages are few");
        for activity in &names {
            let code = log.activities.require(activity);
            let code = code.map_err(|problem| problem.in_parameter("stages"))?;
            let of = &mut self.of_activity[code.idx()];
            if *of != NO_STAGE {
                let other = self.names[usize::from(*of)].clone();
                let detail = say!(
                    "The activity \"{activity}\" is in the stages \"{other}\" and \"{name}\".",
                    activity,
                    other,
                    name
                );
                let hint = say!("An activity belongs to one stage; leave it out of the others.");
                return Err(self.refused(detail).with_hint(hint));
            }
            *of = number;
        }
        self.names.push(name);
        self.activities.push(names);
        Ok(())
    }

    /// How many stages.
    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// The stage of an activity.
    #[inline]
    pub(crate) fn of(&self, code: ActivityCode) -> Option<usize> {
        let stage = self.of_activity[code.idx()];
        (stage != NO_STAGE).then_some(usize::from(stage))
    }

    /// What a stage is called.
    pub(crate) fn name(&self, stage: usize) -> String {
        self.names[stage].clone()
    }

    /// The number of the stage of this name.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn number(&self, name: &str) -> Result<usize, Problem> {
        self.names.iter().position(|known| known == name).ok_or_else(|| {
            let stages = self.names.clone();
            Problem::new(self.refusal, say!("The funnel has no stage \"{name}\".", name))
                .with_hint(say!("The stages are: {stages}.", stages))
        })
    }

    /// The activities of a stage, by name.
    pub(crate) fn activities(&self, stage: usize) -> Vec<String> {
        self.activities[stage].clone()
    }

    fn refused(&self, detail: Sentence) -> Problem {
        Problem::new(self.refusal, detail).in_parameter("stages")
    }
}
