//! Under which names are activities looked at? Several as one, or one under another name.
//!
//! Event abstraction by a given grouping: van Zelst, Mannhardt, de Leoni and Koschmider, "Event
//! abstraction in process mining" (2021), section 3. Every event stays an event with its own time
//! and values; only its activity is another one. Consecutive events of one group are not merged,
//! so that a step from one member to another is a path from the group to itself. Whatever comes
//! after, filters and the question, sees the groups and no longer their members.

use std::collections::BTreeMap;
use std::sync::Arc;

use paydirt_model::activity::{Activities, ActivityCode};
use paydirt_model::case_batch::{CaseBatch, Narrowed};
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::filter::composition::BoundFilter;
use crate::filter::{FilterKind, Keeps, schema_of};
use crate::operator::parse_params;
use crate::reads::Reads;

/// Looks at activities under other names.
pub struct F;

const KIND: &str = "group_activities";

/// Which activities are one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the groups, each with the activities that it stands for. A group of one renames
    /// it. A group may be named like one of its members, but like no other activity. It is
    /// auxiliary when all of its members are.
    groups: BTreeMap<String, Vec<String>>,
}

/// The groups, looked up.
#[derive(Debug)]
pub struct ActivityGroups {
    context: Arc<LogContext>,
    /// For each activity of the log the one it is looked at as.
    code_of: Vec<ActivityCode>,
}

impl F {
    const SUMMARY: &'static str =
        "Everything, with several activities seen as one, or one under another name.";
}

impl FilterKind for F {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn summary(&self) -> &'static str {
        Self::SUMMARY
    }

    fn keeps(&self) -> Keeps {
        Keeps::Everything
    }

    fn schema(&self) -> (Value, Value) {
        schema_of::<Params>()
    }

    fn reads(&self, _: &LogContext, _: &Value) -> Reads {
        Reads::nothing()
    }

    fn bind(&self, log: &LogContext, params: &Value) -> Result<BoundFilter, Problem> {
        let params: Params = parse_params(KIND, params)?;
        ActivityGroups::new(log, params).map(BoundFilter::Groups)
    }
}

impl ActivityGroups {
    fn new(log: &LogContext, params: Params) -> Result<Self, Problem> {
        let mut group_of: Vec<Option<&str>> = vec![None; log.activities.count()];
        for (group, members) in &params.groups {
            if group.is_empty() || members.is_empty() {
                return Err(refused(say!(
                    "A group needs a name and at least one activity; \"{group}\" has {count}.",
                    group,
                    count = members.len()
                )));
            }
            for member in members {
                let code = log.activities.require(member);
                let code = code.map_err(|problem| problem.in_parameter("groups"))?;
                let known = group_of[code.idx()].replace(group);
                if known.is_some_and(|known| known != group) {
                    return Err(refused(say!("\"{member}\" is in two groups.", member)));
                }
            }
        }
        for group in params.groups.keys() {
            let namesake = log.activities.code(group);
            if namesake.is_some_and(|code| group_of[code.idx()] != Some(group)) {
                return Err(refused(say!(
                    "There already is an activity \"{group}\". Put it into the group, or choose \
                     another name.",
                    group
                )));
            }
        }
        ActivityGroups::named(log, &group_of)
    }

    /// The same log where each activity has the name of its group.
    fn named(log: &LogContext, group_of: &[Option<&str>]) -> Result<Self, Problem> {
        let own = log.activities.codes().map(|code| (log.activities.name(code), code));
        let seen_as: Vec<(&str, ActivityCode)> =
            own.zip(group_of).map(|((name, code), group)| (group.unwrap_or(name), code)).collect();
        let mut is_auxiliary: BTreeMap<&str, bool> = BTreeMap::new();
        for &(name, code) in &seen_as {
            *is_auxiliary.entry(name).or_insert(true) &= log.activities.is_auxiliary(code);
        }
        let names: Vec<String> = is_auxiliary.keys().map(|&name| name.to_owned()).collect();
        let auxiliary: Vec<String> = is_auxiliary
            .iter()
            .filter(|&(_, &is_auxiliary)| is_auxiliary)
            .map(|(&name, _)| name.to_owned())
            .collect();
        let activities = Activities::new(names, &auxiliary)?;
        let code_of = seen_as
            .iter()
            .map(|(name, _)| activities.code(name).expect("every name is in the list"))
            .collect();
        let context = Arc::new(LogContext { activities, ..log.clone() });
        Ok(ActivityGroups { context, code_of })
    }

    /// The log as it is seen after this step.
    pub(crate) fn context(&self) -> &Arc<LogContext> {
        &self.context
    }

    /// The same events, under the names of their groups.
    pub(crate) fn apply(&self, batch: &CaseBatch<'_>) -> Narrowed {
        let to_u32 = |value: usize| u32::try_from(value).expect("a segment is below 2^32 events");
        let event_count = usize::try_from(batch.event_count()).expect("events are in memory");
        let mut seen = Narrowed { offsets: vec![0], ..Narrowed::default() };
        seen.rows.reserve(event_count);
        seen.activities.reserve(event_count);
        seen.times_us.reserve(event_count);
        batch.for_each(|case| {
            seen.case_idxs.push(to_u32(case.idx()));
            seen.rows.extend((0..case.event_count()).map(|idx| to_u32(case.row(idx))));
            seen.activities.extend(case.activities().iter().map(|code| self.code_of[code.idx()]));
            seen.times_us.extend(case.times_us());
            seen.offsets.push(to_u32(seen.rows.len()));
        });
        seen
    }
}

fn refused(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidFilter, detail).in_parameter("groups")
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask_after, kept_traces, with_auxiliary};
    use paydirt_model::text_log;

    const CONTACT: &str = r#"{"kind":"group_activities","groups":{"contact":["call","mail"]}}"#;

    #[test]
    fn members_become_one_and_a_group_of_one_is_a_new_name() {
        assert_eq!(kept_traces("1: a call mail b", CONTACT), ["1: a contact contact b"]);
        let rename = r#"{"kind":"group_activities","groups":{"z":["a"],"b":["b","c"]}}"#;
        assert_eq!(kept_traces("1: a b c", rename), ["1: z b b"]);
    }

    #[test]
    fn a_step_within_a_group_is_a_path_to_itself() {
        // call → mail takes 1 h and mail → b 2 h.
        let log = text_log::parse("a call mail b@4h");
        let map = ask_after(&log, &[CONTACT], "map", "{}");
        let own =
            r#"{"from":"contact","to":"contact","events":1,"cases":1,"duration_s":{"min":3600,"#;
        assert!(map.contains(own), "{map}");
        assert!(map.contains(r#"{"from":"contact","to":"b","events":1,"cases":1"#), "{map}");
        assert!(map.contains(r#"{"activity":"contact","events":2,"cases":1"#), "{map}");
        assert!(!map.contains("call") && !map.contains("mail"), "{map}");
    }

    #[test]
    fn variants_that_differ_within_a_group_are_one() {
        let log = text_log::parse("a call\na mail\na b");
        let variants = ask_after(&log, &[CONTACT], "variants", "{}");
        let both = r#""activities":["a","contact"],"cases":2"#;
        assert!(variants.starts_with(r#"{"total":2,"#) && variants.contains(both), "{variants}");
    }

    #[test]
    fn later_filters_see_the_groups_and_earlier_ones_the_members() {
        let log = text_log::parse("1: a call b\n2: a mail b\n3: a b");
        let calls = r#"{"kind":"activity_contains","activities":["call"]}"#;
        let contacts = r#"{"kind":"activity_contains","activities":["contact"]}"#;
        let cases = |filters: &[&str]| ask_after(&log, filters, "summary", "{}");
        assert!(cases(&[calls, CONTACT]).contains(r#""cases":1,"#));
        assert!(cases(&[CONTACT, contacts]).contains(r#""cases":2,"#));
        assert!(cases(&[CONTACT, calls]).contains("There is no activity \"call\""));
        let hidden = r#"{"not":{"kind":"event_activity","activities":["contact"]}}"#;
        let map = ask_after(&log, &[CONTACT, hidden], "map", "{}");
        assert!(map.contains(r#"{"from":"a","to":"b","events":3,"cases":3"#), "{map}");
    }

    #[test]
    fn a_group_is_auxiliary_when_all_of_its_members_are() {
        let log = with_auxiliary("a note mail b", &["note", "mail"]);
        let side = r#"{"kind":"group_activities","groups":{"side":["note","mail"]}}"#;
        let mixed = r#"{"kind":"group_activities","groups":{"side":["note","b"]}}"#;
        let left_out = |filter: &str| ask_after(&log, &[filter], "map", "{}");
        let said = r#""left_out":[{"activity":"side","events":2,"auxiliary":true}]"#;
        assert!(left_out(side).contains(said), "{}", left_out(side));
        assert!(left_out(mixed).contains(r#""left_out":[{"activity":"mail","#));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let log = "1: a b c";
        let refused = |groups: &str| {
            let filter = format!(r#"{{"kind":"group_activities","groups":{groups}}}"#);
            kept_traces(log, &filter).concat()
        };
        assert!(refused(r#"{"g":["a","z"]}"#).contains("There is no activity \"z\""));
        assert!(refused(r#"{"g":["a"],"h":["a"]}"#).contains("\"a\" is in two groups"));
        assert!(refused(r#"{"c":["a","b"]}"#).contains("There already is an activity \"c\""));
        assert!(refused(r#"{"g":[]}"#).contains("at least one activity"));
        assert!(refused(r#"{"":["a"]}"#).contains("needs a name"));
        let nested = format!(r#"{{"not":{CONTACT}}}"#);
        assert!(kept_traces("1: call mail", &nested).concat().contains("stands alone"));
        let nested = format!(r#"{{"all":[{CONTACT}]}}"#);
        assert!(kept_traces("1: call mail", &nested).concat().contains("stands alone"));
    }
}
