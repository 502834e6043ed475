//! Why is this no table of events, and what would make it one?

use paydirt_model::mapping::ColumnRole;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::dates::detect::{serials_hint, weeks_hint};
use crate::dates::serial::looks_like_serials;
use crate::dates::weeks::looks_like_weeks;
use crate::events::quoted;
use crate::roles::finder::{Facts, is_named_time};
use crate::roles::{folded, name_of};
use crate::scan::ColumnScan;

pub(super) fn role_missing(table: &RawTable, facts: &[Facts], role: ColumnRole) -> Problem {
    let names = quoted(&table.names);
    let is_time_that = |looks_so: fn(&ColumnScan<'_>) -> bool| {
        (0..table.names.len()).any(|idx| {
            is_named_time(&folded(&table.names[idx])) && looks_so(&ColumnScan::new(table, idx))
        })
    };
    let has_dates = facts.iter().any(Facts::has_dates);
    let name = name_of(if has_dates { role } else { ColumnRole::Time });
    let named = say!("Choose the column for \"{name}\".", name);
    let advice = if is_time_that(looks_like_serials) {
        serials_hint()
    } else if is_time_that(looks_like_weeks) {
        weeks_hint()
    } else {
        needed()
    };
    let hint = say!("{named} {advice}", named, advice);
    if !has_dates {
        let detail = say!(
            "No column holds dates, so the table does not say when anything happened. The columns \
             are {names}.",
            names
        );
        return Problem::new(ErrorCode::ColumnRoleMissing, detail).with_hint(hint);
    }
    let detail = match role {
        ColumnRole::Case => {
            say!("No column could be recognised as the case id. The columns are {names}.", names)
        }
        ColumnRole::Activity => {
            say!("No column could be recognised as the activity. The columns are {names}.", names)
        }
        _ => say!("No column could be recognised as the time. The columns are {names}.", names),
    };
    Problem::new(ErrorCode::ColumnRoleMissing, detail).with_hint(hint)
}

/// What a table needs to be one of events.
fn needed() -> Sentence {
    say!(
        "A table of events has a row for each event, with case id, activity and time, or a row for \
         each case, with the date of each activity in a column of its own."
    )
}

/// Whether the columns are those of an object-centric event log in a table: `ocel:eid` and
/// `ocel:type:order`, or `ot:order`.
pub(super) fn is_object_centric(names: &[String]) -> bool {
    names.iter().any(|name| name.starts_with("ocel:") || name.starts_with("ot:"))
}

pub(super) fn object_centric() -> Problem {
    Problem::new(
        ErrorCode::ColumnRoleMissing,
        say!(
            "This is an object-centric event log (OCEL): its events belong to several objects, so \
             no column tells which case an event belongs to."
        ),
    )
    .with_hint(say!(
        "Flatten it to one object type, with a row for each event of each object: id of the \
         object, activity, time. If each event has one object in a column, choose that as the case."
    ))
}
