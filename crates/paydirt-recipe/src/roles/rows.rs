//! What is a row of the table, an event or a case, and which of its dates are activities?

use std::collections::HashSet;

use paydirt_model::mapping::{ActivityDate, ColumnRole, RoleSuggestion, RowMeaning};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;

use crate::roles::cases::DATES_MAX;
use crate::roles::{
    DateChoice, RoleChoice, RoleOverrides, date_names, find_column, name_of, named_twice,
};

/// What a row is: as the user says, else as what the user names needs it, else as it looks.
pub(super) fn row_meaning(
    overrides: &RoleOverrides,
    is_one_of_cases: impl FnOnce() -> bool,
) -> RowMeaning {
    let is_named = |choice: &RoleChoice| matches!(choice, RoleChoice::Column(_));
    let names_event =
        [&overrides.activity, &overrides.time, &overrides.start].into_iter().any(is_named);
    match (overrides.row, &overrides.dates) {
        (Some(row), _) => row,
        (None, Some(_)) => RowMeaning::Case,
        (None, None) if !names_event && is_one_of_cases() => RowMeaning::Case,
        (None, None) => RowMeaning::Event,
    }
}

/// The columns of dates that the user names, else those that were found.
pub(super) fn chosen_dates(
    table: &RawTable,
    overrides: &RoleOverrides,
    found: Vec<(usize, ActivityDate)>,
) -> Result<Vec<(usize, ActivityDate)>, Problem> {
    let of_events = [
        (ColumnRole::Activity, &overrides.activity),
        (ColumnRole::Time, &overrides.time),
        (ColumnRole::Start, &overrides.start),
    ];
    for (role, choice) in of_events {
        if let RoleChoice::Column(name) = choice {
            let role = name_of(role);
            let detail =
                say!("Where each row is a case, no column can be chosen as \"{role}\".", role);
            return Err(Problem::new(ErrorCode::InvalidParameters, detail)
                .in_column(name.clone())
                .with_hint(say!(
                    "Choose the columns with the dates of activities instead, or say that a row is \
                     an event."
                )));
        }
    }
    let Some(chosen) = &overrides.dates else { return Ok(found) };
    if DATES_MAX < chosen.len() {
        return Err(Problem::new(
            ErrorCode::InvalidParameters,
            say!("At most {count} columns can hold dates of activities.", count = DATES_MAX),
        )
        .with_hint(say!("Leave some of them out.")));
    }
    let given = |activity: &Option<String>| {
        activity.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let mut names: HashSet<String> =
        chosen.iter().filter_map(|choice| given(&choice.activity)).collect();
    let mut dates: Vec<(usize, ActivityDate)> = Vec::new();
    for DateChoice { column, activity } in chosen {
        let idx = find_column(column, &table.names)?;
        if dates.iter().any(|(known, _)| *known == idx) {
            let role = name_of(ColumnRole::ActivityDate);
            return Err(named_twice(&table.names[idx], &role, &role));
        }
        let column = table.names[idx].clone();
        let activity =
            given(activity).unwrap_or_else(|| date_names::free_activity_of(&column, &mut names));
        if let Some((_, earlier)) = dates.iter().find(|(_, known)| known.activity == activity) {
            return Err(same_activity(earlier, &column));
        }
        dates.push((idx, ActivityDate::of(column, activity)));
    }
    Ok(dates)
}

/// A case would have the activity on two dates, and nothing would tell the two events apart.
fn same_activity(first: &ActivityDate, second: &str) -> Problem {
    let detail = say!(
        "Two columns of dates cannot be the same activity: \"{first}\" and \"{second}\" are both \
         \"{activity}\".",
        first = first.column,
        second,
        activity = first.activity
    );
    Problem::new(ErrorCode::InvalidParameters, detail)
        .in_column(second)
        .with_hint(say!("Give each of them an activity of its own."))
}

/// The dates of activities without columns that the user has named for something else.
pub(super) fn dates_left(
    dates: Vec<(usize, ActivityDate)>,
    roles: &[RoleSuggestion],
) -> Result<Vec<ActivityDate>, Problem> {
    let left = dates.into_iter().filter(|(idx, _)| roles[*idx].role == ColumnRole::ActivityDate);
    let left: Vec<ActivityDate> = left.map(|(_, date)| date).collect();
    if left.is_empty() {
        return Err(Problem::new(
            ErrorCode::ColumnRoleMissing,
            say!("Each row is a case, but no column holds the dates of an activity."),
        )
        .with_hint(say!(
            "Choose at least one column of dates, or say that a row \
             is an event."
        )));
    }
    Ok(left)
}
