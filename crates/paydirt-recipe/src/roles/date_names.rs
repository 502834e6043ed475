//! Which activity does a column of dates stand for? Found from its name: `Date entered Qualified`
//! dates "Qualified", `closedate` dates "Closed".

use std::collections::HashSet;

/// Words before the activity, in small letters, the longer ones first. Sources: the exports of
/// HubSpot, Salesforce and Pipedrive, and plain words.
const BEFORE: &[&str] = &[
    "hs_v2_date_entered_",
    "hs_date_entered_",
    "date d'entrée dans ",
    "date d’entrée dans ",
    "date entered ",
    "entered ",
    "date of ",
    "date de la ",
    "date de l'",
    "date de l’",
    "date de ",
    "date du ",
    "date des ",
    "date d'",
    "date d’",
    "date_",
    "date ",
];

/// The thing in front of its field, as Pipedrive writes it.
const THING: &str = "deal - ";

/// Words behind the activity.
const BEHIND: &[&str] = &[
    "_datetime",
    "_timestamp",
    "_date",
    "_time",
    "_at",
    "_on",
    " timestamp",
    " datetime",
    " date",
    " time",
    " at",
    " on",
    "日時",
    "日付",
    "日",
];

/// What is left of some names, and how the activity is called.
const PLAIN: &[(&str, &str)] = &[("create", "Created"), ("close", "Closed"), ("add", "Added")];

/// Beginnings of folded names of dates that are written anew whenever something happens.
const CHANGING_AT_BEGIN: &[&str] =
    &["last", "latest", "mostrecent", "next", "dernier", "prochain", "最終", "最新", "次回"];

/// Words in folded names of dates that date nothing which happened in the process.
const CHANGING: &[&str] = &[
    "modif",
    "update",
    "miseajour",
    "birth",
    "naissance",
    "expected",
    "forecast",
    "prevu",
    "duedate",
    "deadline",
    "echeance",
    "export",
    "extracted",
    "modstamp",
    "snapshot",
    "synced",
    "更新",
    "誕生",
    "生年月日",
    "予定",
    "期限",
];

/// Words in folded names of dates on which a stage was left.
const LEAVING: &[&str] = &["exited", "dateexit", "datedesortie", "datesortie"];

/// Why a column of dates is not suggested as an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoActivity {
    /// It is written anew, or dates a plan.
    Changing,
    /// A stage was left, which is when the next one was entered.
    Leaving,
}

/// Whether the folded name says that the dates are no activity.
pub(super) fn no_activity(folded: &str) -> Option<NoActivity> {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(LEAVING) {
        return Some(NoActivity::Leaving);
    }
    let changes = CHANGING_AT_BEGIN.iter().any(|word| folded.starts_with(word)) || has(CHANGING);
    changes.then_some(NoActivity::Changing)
}

/// The activity that a column of this name dates.
fn activity_of(column: &str) -> String {
    let name = column.trim();
    let name = strip_start(name, THING).unwrap_or(name);
    let behind = BEFORE.iter().find_map(|before| strip_start(name, before));
    let rest = behind.unwrap_or_else(|| without_date(name));
    let rest = rest.trim().trim_matches(['"', '\'', '“', '”', '«', '»', '_', '-']).trim();
    let plain = PLAIN.iter().find(|(short, _)| rest.eq_ignore_ascii_case(short));
    if let Some((_, activity)) = plain {
        return (*activity).to_owned();
    }
    let spaced = if rest.contains(' ') { rest.to_owned() } else { rest.replace('_', " ") };
    if spaced.trim().is_empty() { name.to_owned() } else { with_capital(spaced.trim()) }
}

/// The activity that a column of this name dates, under a name that none of the others has.
pub(super) fn free_activity_of(column: &str, taken: &mut HashSet<String>) -> String {
    let short = activity_of(column);
    let numbered = (2..).map(|number| format!("{short} {number}"));
    let mut names = [short.clone(), column.trim().to_owned()].into_iter().chain(numbered);
    let free = names.find(|name| !taken.contains(name)).expect("there is always another number");
    taken.insert(free.clone());
    free
}

/// The name without the word for date behind it.
fn without_date(name: &str) -> &str {
    if let Some(rest) = BEHIND.iter().find_map(|behind| strip_end(name, behind)) {
        return rest;
    }
    let glued = strip_end(name, "date").filter(|rest| rest.ends_with(char::is_alphabetic));
    glued.unwrap_or(name)
}

/// The text behind a beginning, whatever its letters' case; nothing when nothing is behind it.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head: String = text.chars().take(start.chars().count()).collect();
    let rest = text.get(head.len()..)?;
    (head.to_lowercase() == start && !rest.trim().is_empty()).then_some(rest)
}

/// The text before an ending, whatever its letters' case; nothing when nothing is before it.
fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.char_indices().rev().nth(end.chars().count().checked_sub(1)?)?.0;
    let (rest, tail) = text.split_at(at);
    (tail.to_lowercase() == end && !rest.trim().is_empty()).then_some(rest)
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activities_are_called_as_people_would() {
        for (column, expected) in [
            ("Created Date", "Created"),
            ("Create Date", "Created"),
            ("CreatedDate", "Created"),
            ("createdate", "Created"),
            ("created_at", "Created"),
            ("Close Date", "Closed"),
            ("closedate", "Closed"),
            ("CloseDate", "Closed"),
            ("Won time", "Won"),
            ("Deal - Won time", "Won"),
            ("Date entered Qualified", "Qualified"),
            ("Date entered \"Contract Sent (Sales Pipeline)\"", "Contract Sent (Sales Pipeline)"),
            ("hs_date_entered_closedwon", "Closedwon"),
            ("hs_v2_date_entered_decision_maker", "Decision maker"),
            ("Date entered Order date", "Order date"),
            ("order_approved_date", "Order approved"),
            ("Date de création", "Création"),
            ("Date de l’offre", "Offre"),
            ("Date d'entrée dans Négociation", "Négociation"),
            ("商談作成日", "商談作成"),
            ("見積日時", "見積"),
            ("First meeting", "First meeting"),
            ("Date", "Date"),
            ("日付", "日付"),
            ("日", "日"),
        ] {
            assert_eq!(activity_of(column), expected, "{column}");
        }
    }

    #[test]
    fn no_two_columns_date_the_same_activity() {
        let mut taken = HashSet::new();
        let mut named = |column| free_activity_of(column, &mut taken);
        assert_eq!(named("Created Date"), "Created");
        assert_eq!(named("createdate"), "createdate");
        // Its own name is taken by the first one.
        assert_eq!(named("Created"), "Created 2");
    }

    #[test]
    fn dates_that_change_or_lie_ahead_are_no_activities() {
        for name in [
            "lastmodifieddate",
            "systemmodstamp",
            "fivetransynced",
            "nextactivitydate",
            "最終更新日",
            "dateexitedwon",
        ] {
            assert!(no_activity(name).is_some(), "{name}");
        }
        for name in ["createdate", "closedate", "signaturedate", "firstmeeting", "契約日"] {
            assert_eq!(no_activity(name), None, "{name}");
        }
    }
}
