//! Which cases are at a place of a funnel: reached a stage, stopped there, skipped it, came back?
//!
//! Stages, orders and words are those of the question `funnel`: the filter keeps exactly the cases
//! that the question counts.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::statistics::funnel_stages::{FunnelOrder, FunnelStageParams, Stages};
use crate::statistics::funnel_way::Way;

/// Keeps the cases at a place of a funnel.
pub struct F;

/// What cases do at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FunnelPlace {
    /// They reach it.
    Reached,
    /// They reach it and not the next one.
    Stopped,
    /// It is the last stage, in their order, that they reach.
    Furthest,
    /// They have an event of a later stage and none of this one.
    Skipped,
    /// They come back to it from a later stage.
    Returned,
}

/// Which funnel, and which place of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The stages in their order, at most 30. An activity belongs to one stage at most.
    stages: Vec<FunnelStageParams>,
    /// How a case reaches a stage; strict unless said.
    order: Option<FunnelOrder>,
    /// What the cases do at the stage.
    place: FunnelPlace,
    /// The name of the stage: the given one, else those of its activities joined by " / ".
    stage: String,
    /// Names of activities of which one comes next; `null` stands for nothing. Only where cases
    /// stop.
    next: Option<Vec<Option<String>>>,
    /// The name of the later stage; any of them unless given. Only where cases come back.
    from: Option<String>,
}

/// The funnel, looked up.
#[derive(Debug)]
pub struct Plan {
    stages: Stages,
    order: FunnelOrder,
    place: FunnelPlace,
    stage: usize,
    next: Option<Vec<Option<ActivityCode>>>,
    from: Option<usize>,
}

impl CaseFilter for F {
    const KIND: &'static str = "funnel_place";
    const SUMMARY: &'static str = "Cases at a place of a funnel: that reach a stage, reach it and \
                                   not the next one, skip it or come back to it.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let stages = Stages::new(log, params.stages, ErrorCode::InvalidFilter)?;
        let named = |parameter: &str, name: &str| {
            stages.number(name).map_err(|problem| problem.in_parameter(parameter))
        };
        let stage = named("stage", &params.stage)?;
        let from = params.from.as_deref().map(|name| named("from", name)).transpose()?;
        if params.place == FunnelPlace::Stopped && stage + 1 == stages.count() {
            let detail = say!("No stage comes after \"{stage}\".", stage = params.stage);
            return Err(refused("stage", detail)
                .with_hint(say!("Name an earlier stage, or ask for the cases that reach it.")));
        }
        if params.next.is_some() && params.place != FunnelPlace::Stopped {
            let detail = say!("What comes next is only known of cases that stop at a stage.");
            return Err(refused("next", detail));
        }
        if from.is_some() && params.place != FunnelPlace::Returned {
            let detail = say!("Only cases that come back to a stage come from a later one.");
            return Err(refused("from", detail));
        }
        if from.is_some_and(|from| from <= stage) {
            let (from, stage) = (params.from.unwrap_or_default(), params.stage);
            let detail = say!("The stage \"{from}\" is not later than \"{stage}\".", from, stage);
            return Err(refused("from", detail));
        }
        let next = params.next.map(|names| codes(log, &names)).transpose()?;
        let order = params.order.unwrap_or(FunnelOrder::Strict);
        Ok(Plan { stages, order, place: params.place, stage, next, from })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        let mut way = Way::default();
        let mut comes_back = false;
        way.walk(&plan.stages, plan.order, case.activities(), |from, to| {
            comes_back |= to == plan.stage && plan.from.is_none_or(|wanted| wanted == from);
        });
        match plan.place {
            FunnelPlace::Reached => way.event(plan.stage).is_some(),
            FunnelPlace::Stopped => {
                way.stops_at(plan.stage, plan.stages.count()) && plan.goes_on(log, case, &way)
            }
            FunnelPlace::Furthest => way.furthest() == Some(plan.stage),
            FunnelPlace::Skipped => way.skips(plan.stage),
            FunnelPlace::Returned => comes_back,
        }
    }
}

impl Plan {
    /// Whether what comes next is among what is asked for.
    fn goes_on(&self, log: &LogContext, case: &Case<'_>, way: &Way) -> bool {
        let Some(wanted) = &self.next else { return true };
        wanted.contains(&way.next(log, &self.stages, case.activities(), self.stage))
    }
}

fn codes(log: &LogContext, names: &[Option<String>]) -> Result<Vec<Option<ActivityCode>>, Problem> {
    if names.is_empty() {
        return Err(refused("next", say!("The list of activities is empty."))
            .with_hint(say!("Name at least one activity.")));
    }
    let code = |name: &Option<String>| name.as_deref().map(|name| log.activities.require(name));
    let codes = names.iter().map(|name| code(name).transpose()).collect::<Result<_, _>>();
    codes.map_err(|problem| problem.in_parameter("next"))
}

fn refused(parameter: &str, detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidFilter, detail).in_parameter(parameter)
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask_log, kept_cases, kept_of, with_auxiliary};
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log;
    use serde_json::{Value, json};

    /// Case 1 goes through; 2 comes back from `qual` to `lead`; 3 skips `qual`; 4 has no stage; 5
    /// has `qual` before `lead`.
    const LOG: &str = "1: lead qual won
2: lead qual lead qual call
3: lead won
4: note
5: qual lead won";

    fn filter(rest: &str) -> String {
        let stages = r#"[{"activities":["lead"]},{"activities":["qual"]},{"activities":["won"]}]"#;
        format!(r#"{{"kind":"funnel_place","stages":{stages},{rest}}}"#)
    }

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &filter(rest))
    }

    #[test]
    fn cases_reach_a_stage_as_in_the_funnel() {
        assert_eq!(kept(r#""place":"reached","stage":"qual""#), ["1", "2"]);
        assert_eq!(kept(r#""place":"reached","stage":"qual","order":"any""#), ["1", "2", "5"]);
        assert_eq!(kept(r#""place":"reached","stage":"won""#), ["1"]);
        assert_eq!(kept(r#""place":"furthest","stage":"lead""#), ["3", "5"]);
        assert_eq!(kept(r#""place":"furthest","stage":"lead","order":"any""#), [""; 0]);
    }

    #[test]
    fn cases_that_stop_go_on_elsewhere_or_nowhere() {
        assert_eq!(kept(r#""place":"stopped","stage":"lead""#), ["3", "5"]);
        assert_eq!(kept(r#""place":"stopped","stage":"lead","order":"any""#), ["3"]);
        assert_eq!(kept(r#""place":"stopped","stage":"lead","next":["won"]"#), ["3", "5"]);
        // In case 2 the first event after the first `qual` that is another is `lead`.
        assert_eq!(kept(r#""place":"stopped","stage":"qual","next":["lead"]"#), ["2"]);
        assert_eq!(kept(r#""place":"stopped","stage":"qual","next":["call",null]"#), [""; 0]);
    }

    #[test]
    fn auxiliary_activities_do_not_come_next() {
        let log = with_auxiliary("1: a note a\n2: a note c\n3: b", &["note"]);
        let next = |name: &str| {
            let stages = r#"[{"activities":["a"]},{"activities":["b"]}]"#;
            let rest = format!(r#""place":"stopped","stage":"a","next":[{name}]"#);
            kept_of(&log, &format!(r#"{{"kind":"funnel_place","stages":{stages},{rest}}}"#))
        };
        assert_eq!(next("null"), ["1"]);
        assert_eq!(next(r#""c""#), ["2"]);
        assert_eq!(next(r#""note""#), [""; 0]);
    }

    #[test]
    fn stages_are_skipped_and_come_back_to() {
        assert_eq!(kept(r#""place":"skipped","stage":"qual""#), ["3"]);
        assert_eq!(kept(r#""place":"returned","stage":"lead""#), ["2"]);
        assert_eq!(kept(r#""place":"returned","stage":"lead","from":"qual""#), ["2"]);
        assert_eq!(kept(r#""place":"returned","stage":"lead","from":"won""#), [""; 0]);
    }

    #[test]
    fn every_count_of_the_funnel_has_its_cases() {
        let text = "a b c ×3\na c b a b\nb a c a\na d b d\na a d\nc b a\nd\nb c b ×2";
        let log = text_log::parse_with(text, LogSpec::plain(), 3);
        let stages = json!([{"activities": ["a"]}, {"activities": ["b"]}, {"activities": ["c"]}]);
        let mut compared = 0;
        for order in ["strict", "any"] {
            let params = json!({"stages": stages, "order": order}).to_string();
            let answer: Value = serde_json::from_str(&ask_log(&log, "funnel", &params)).unwrap();
            let mut compare = |count: &Value, rest: Value| {
                let mut filter = json!({"kind": "funnel_place", "stages": stages, "order": order});
                filter.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
                let kept = kept_of(&log, &filter.to_string());
                assert_eq!(Some(kept.len() as u64), count.as_u64(), "{filter}: {kept:?}");
                compared += 1;
            };
            for stage in answer["stages"].as_array().unwrap() {
                let place = |place: &str| json!({"place": place, "stage": stage["stage"]});
                compare(&stage["cases"], place("reached"));
                compare(&stage["furthest"], place("furthest"));
                compare(&stage["skipped"], place("skipped"));
                compare(&stage["returned_cases"], place("returned"));
                let Some(drop_off) = stage["drop_off"].as_object() else { continue };
                compare(&drop_off["cases"], place("stopped"));
                for next in drop_off["next"].as_array().unwrap() {
                    let mut place = place("stopped");
                    place["next"] = json!([next["activity"]]);
                    compare(&next["cases"], place);
                }
            }
            for row in answer["returns"].as_array().unwrap() {
                let place = json!({"place": "returned", "stage": row["to"], "from": row["from"]});
                compare(&row["cases"], place);
            }
        }
        assert!(compared > 40, "{compared} counts were compared");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |rest: &str| kept(rest).concat();
        let unknown = refused(r#""place":"reached","stage":"x""#);
        assert!(unknown.contains("The funnel has no stage \"x\""), "{unknown}");
        assert!(unknown.contains("The stages are: lead, qual, won."), "{unknown}");
        let last = refused(r#""place":"stopped","stage":"won""#);
        assert!(last.contains("No stage comes after \"won\""), "{last}");
        let next = refused(r#""place":"reached","stage":"qual","next":["won"]"#);
        assert!(next.contains("only known of cases that stop"), "{next}");
        let from = refused(r#""place":"reached","stage":"qual","from":"won""#);
        assert!(from.contains("Only cases that come back"), "{from}");
        let earlier = refused(r#""place":"returned","stage":"qual","from":"lead""#);
        assert!(earlier.contains("The stage \"lead\" is not later than \"qual\""), "{earlier}");
        let none = refused(r#""place":"stopped","stage":"lead","next":[]"#);
        assert!(none.contains("The list of activities is empty"), "{none}");
        let nobody = refused(r#""place":"stopped","stage":"lead","next":["z"]"#);
        assert!(nobody.contains("There is no activity \"z\""), "{nobody}");
    }
}
