//! Which stages does a funnel have, and to which of them does an activity belong?

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Deserialize;
use utoipa::ToSchema;

/// Most stages of a funnel.
const STAGE_COUNT_MAX: usize = 30;

/// Marks an activity that belongs to no stage.
const NO_STAGE: u8 = u8::MAX;

/// One stage.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FunnelStageParams {
    /// What the stage is called; the names of its activities, unless given.
    pub name: Option<String>,
    /// Names of its activities; an event of any of them is an event of the stage.
    pub activities: Vec<String>,
}

/// The stages, looked up.
#[derive(Debug)]
pub(super) struct Stages {
    names: Vec<String>,
    activities: Vec<Vec<String>>,
    of_activity: Vec<u8>,
}

impl Stages {
    /// Looks the activities up.
    ///
    /// # Errors
    /// There is no stage or too many, one has no activity, two share an activity or a name, or an
    /// activity does not occur in the log.
    pub(super) fn new(log: &LogContext, params: Vec<FunnelStageParams>) -> Result<Self, Problem> {
        if params.is_empty() {
            return Err(refused(say!("The funnel has no stage."))
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
        let mut stages = Stages {
            names: Vec::new(),
            activities: Vec::new(),
            of_activity: vec![NO_STAGE; log.activities.count()],
        };
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
            return Err(refused(say!("The stage \"{name}\" has no activity.", name))
                .with_hint(say!("Name at least one activity.")));
        }
        if self.names.contains(&name) {
            return Err(refused(say!("Two stages are called \"{name}\".", name)));
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
                return Err(refused(detail).with_hint(hint));
            }
            *of = number;
        }
        self.names.push(name);
        self.activities.push(names);
        Ok(())
    }

    /// How many stages.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// The stage of an activity.
    #[inline]
    pub(super) fn of(&self, code: ActivityCode) -> Option<usize> {
        let stage = self.of_activity[code.idx()];
        (stage != NO_STAGE).then_some(usize::from(stage))
    }

    /// What a stage is called.
    pub(super) fn name(&self, stage: usize) -> String {
        self.names[stage].clone()
    }

    /// The activities of a stage, by name.
    pub(super) fn activities(&self, stage: usize) -> Vec<String> {
        self.activities[stage].clone()
    }
}

fn refused(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("stages")
}
