//! Which stages does a funnel have before somebody chooses: the happy path. (fold, then think)
//!
//! They begin with the activity of the road that most cases have: a road that begins with a side
//! entrance would leave out whoever came in by the main one. Of a long road the stages stay at
//! which most cases are lost or found; the first and the last always do.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::map;
use crate::operator::Operator;
use crate::statistics::flow::Flow;

/// The stages that a funnel begins with.
pub struct Op;

/// More are hard to compare at a glance.
const STAGE_COUNT_MAX: usize = 12;

/// Nothing to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {}

/// One stage, as `funnel` takes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartingStage {
    /// Its activity.
    pub activities: Vec<String>,
}

/// The stages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// The stages in their order, at most 12: steps of the happy path. Empty where no way leads
    /// from a start to an end.
    pub stages: Vec<StartingStage>,
}

impl Operator for Op {
    const NAME: &'static str = "stages";
    const SUMMARY: &'static str =
        "Which stages a funnel has before somebody chooses: the steps of the most frequent path.";
    type Params = Params;
    type Plan = map::Plan;
    type Partial = map::Partial;
    type Output = Output;

    fn plan(log: &LogContext, _: Params) -> Result<map::Plan, Problem> {
        map::Op::plan(log, map::Params::of_counts())
    }

    fn observe(log: &LogContext, plan: &map::Plan, batch: &CaseBatch<'_>, into: &mut map::Partial) {
        map::Op::observe(log, plan, batch, into);
    }

    fn merge(left: &mut map::Partial, right: map::Partial) {
        map::Op::merge(left, right);
    }

    fn finish(
        log: &LogContext,
        plan: &map::Plan,
        partial: map::Partial,
    ) -> Result<Output, Problem> {
        let map = map::Op::finish(log, plan, partial)?;
        let flow = flow_of(log, &map);
        let road = flow.main_road(map.cases);
        let cases = |code: &ActivityCode| flow.activities.get(code).copied().unwrap_or(0);
        let most = road.iter().map(cases).max();
        let main = road.iter().copied().skip_while(|code| Some(cases(code)) != most).collect();
        let stage = |code| StartingStage { activities: vec![log.activities.name(code).to_owned()] };
        Ok(Output { stages: thinned(main, cases).into_iter().map(stage).collect() })
    }
}

fn flow_of(log: &LogContext, map: &map::Output) -> Flow {
    let code = |name: &str| log.activities.code(name).expect("the map names activities of the log");
    let ends =
        |ends: &[map::MapEnd]| ends.iter().map(|end| (code(&end.activity), end.cases)).collect();
    Flow {
        activities: map.activities.iter().map(|one| (code(&one.activity), one.cases)).collect(),
        links: map
            .paths
            .iter()
            .map(|path| ((code(&path.from), code(&path.to)), path.events))
            .collect(),
        starts: ends(&map.starts),
        ends: ends(&map.ends),
    }
}

/// Without the inner steps at which fewest cases are lost or found, until there are few enough.
fn thinned(mut road: Vec<ActivityCode>, cases: impl Fn(&ActivityCode) -> u64) -> Vec<ActivityCode> {
    while road.len() > STAGE_COUNT_MAX {
        let change = |idx: &usize| cases(&road[*idx]).abs_diff(cases(&road[*idx - 1]));
        let least = (1..road.len() - 1).min_by_key(change).expect("a long road has inner steps");
        road.remove(least);
    }
    road
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list};

    /// The names of the stages in their order.
    fn stages(log: &str) -> String {
        let stages = ask_list(log, "stages", "{}", "/stages");
        let name = |stage: &String| {
            let stage: serde_json::Value = serde_json::from_str(stage).unwrap();
            stage["activities"][0].as_str().unwrap().to_owned()
        };
        stages.iter().map(name).collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn a_funnel_begins_with_the_main_road() {
        assert_eq!(stages("a b c ×5\na c ×2\na b x c"), "a b c");
        assert_eq!(
            ask("a b ×2", "stages", "{}"),
            r#"{"stages":[{"activities":["a"]},{"activities":["b"]}]}"#
        );
    }

    #[test]
    fn a_side_entrance_is_no_stage() {
        // Two of ten come in by the side; their road has one step more, which most do not take.
        assert_eq!(stages("side a b ×2\na b ×8"), "a b");
    }

    #[test]
    fn of_a_long_road_the_steps_stay_at_which_most_changes() {
        // Fourteen steps: 40 cases stop after s04, 20 after s08, 10 after s11. Of the ten inner
        // steps without a change the first two go.
        let steps = |count: usize| {
            (0..count).map(|step| format!("s{step:02}")).collect::<Vec<_>>().join(" ")
        };
        let log =
            format!("{} ×40\n{} ×20\n{} ×10\n{} ×30", steps(5), steps(9), steps(12), steps(14));
        assert_eq!(stages(&log), "s00 s03 s04 s05 s06 s07 s08 s09 s10 s11 s12 s13");
    }

    #[test]
    fn without_a_way_there_is_no_stage() {
        assert_eq!(ask("", "stages", "{}"), r#"{"stages":[]}"#);
        assert!(ask("a", "stages", r#"{"limit":3}"#).contains("\"limit\" is not known"));
    }
}
