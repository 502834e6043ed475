//! Which activities of the library are on the dates of a table whose rows are cases?
//!
//! A date of the library may date one activity, or one of several, as the outcome of the case says.
//! While a case is open such a date is a plan: it is kept as an attribute and is no event.

use std::collections::HashSet;

use paydirt_model::mapping::{
    ActivityBy, ActivityDate, ActivityName, AttributeMapping, ColumnRole, KnownActivity, NameMatch,
    RoleSuggestion,
};
use paydirt_model::problem::Problem;
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence;

use crate::library::Library;
use crate::library::attributes::Attribute;
use crate::recognition::evidence::{self, Known, Labels};
use crate::recognition::{ActivityChoice, Recognition, known_activity};
use crate::roles::{DateChoice, RoleOverrides, find_column};

/// The values of a column that say how a case has ended, each with its activity.
#[derive(Debug)]
pub(super) struct Outcomes {
    /// Place of the column.
    pub(super) column_idx: usize,
    /// The values, the most frequent first.
    pub(super) values: Vec<KnownActivity>,
}

impl Outcomes {
    /// What the table says of the outcomes that the dates of the library need; nothing where none
    /// of its cases has ended, or no column says it.
    pub(super) fn of(
        table: &RawTable,
        columns: &[Option<Known<'_>>],
        library: &Library,
        chosen: &[ActivityChoice],
    ) -> Result<Option<Outcomes>, Problem> {
        let known = |idx: usize| columns[idx].map(|known| known.attribute);
        let dates = (0..columns.len()).filter_map(known).find(|one| !one.dates_by.is_empty());
        let Some(dates) = dates else { return Ok(None) };
        let attributes: Vec<&Attribute> =
            dates.dates_by.iter().filter_map(|key| library.attribute(key)).collect();
        let of_values = attributes.iter().flat_map(|one| &one.values);
        let ends: HashSet<&str> = of_values.filter_map(|value| value.activity.as_deref()).collect();
        for attribute in &attributes {
            let is_it = |idx: &usize| known(*idx).is_some_and(|one| one.key == attribute.key);
            let Some(column_idx) = (0..columns.len()).find(is_it) else { continue };
            let mut values = Vec::new();
            let labels = Labels { table, activity: column_idx, pipeline: None };
            for ((label, _), rows) in evidence::frequent_labels(labels) {
                let value = outcome(label, rows, &attributes, library, chosen)?;
                let is_end = value.activity.as_ref().is_some_and(|it| ends.contains(it.as_str()));
                let is_chosen = value.by == NameMatch::Chosen && value.activity.is_some();
                if is_end || is_chosen {
                    values.push(value);
                }
            }
            if !values.is_empty() {
                return Ok(Some(Outcomes { column_idx, values }));
            }
        }
        Ok(None)
    }
}

/// What a value says of the end of a case: as the user chose, as a value of these attributes, or as
/// the name of an activity.
fn outcome(
    label: String,
    rows: u64,
    attributes: &[&Attribute],
    library: &Library,
    chosen: &[ActivityChoice],
) -> Result<KnownActivity, Problem> {
    let choice = chosen.iter().find(|choice| choice.label == label);
    let value = attributes.iter().find_map(|one| one.value_of(&label)?.activity.as_deref());
    match value.and_then(|key| library.activity(key)).filter(|_| choice.is_none()) {
        Some(activity) => Ok(KnownActivity {
            label,
            pipeline: None,
            rows,
            activity: Some(activity.key.clone()),
            name: activity.name.en.clone(),
            by: NameMatch::Alias,
        }),
        None => known_activity((label, None), rows, library, choice),
    }
}

impl Recognition<'_> {
    /// Gives the dates the activities of the library; what the user has named keeps its name.
    pub(super) fn apply_to_dates(
        &mut self,
        table: &RawTable,
        overrides: &RoleOverrides,
        dates: &mut Vec<ActivityDate>,
        attributes: &mut Vec<AttributeMapping>,
        roles: &mut [RoleSuggestion],
    ) {
        let has_name = |choice: &&DateChoice| {
            choice.activity.as_ref().is_some_and(|name| !name.trim().is_empty())
        };
        let given: HashSet<&str> = overrides
            .dates
            .iter()
            .flatten()
            .filter(has_name)
            .filter_map(|choice| find_column(&choice.column, &table.names).ok())
            .map(|idx| table.names[idx].as_str())
            .collect();
        let is_given = |date: &ActivityDate| given.contains(date.column.as_str());
        let mut taken: HashSet<String> =
            dates.iter().filter(|date| is_given(date)).map(|date| date.activity.clone()).collect();
        for date in dates.iter_mut().filter(|date| !is_given(date)) {
            let name = self.activity_on(table, date).filter(|name| !taken.contains(name));
            if let Some(name) = name {
                date.activity.clone_from(&name);
                tell(roles, &date.column, |role| {
                    role.reason =
                        say!("its dates are those of the activity \"{activity}\"", activity = name);
                });
            }
            taken.insert(date.activity.clone());
        }
        let decided = dates.iter().position(|date| !is_given(date) && self.is_decided(table, date));
        let Some(place) = decided else { return };
        let column = dates[place].column.clone();
        let Some(outcomes) = &self.outcomes else {
            self.notes.push(say!(
                "No column says whether a case has ended, so every date of \"{column}\" is an \
                 event, also one that is only planned.",
                column
            ));
            return;
        };
        let by = table.names[outcomes.column_idx].clone();
        let open = outcomes.values.iter().filter(|value| !taken.contains(&value.name));
        let activities: Vec<ActivityName> = open
            .map(|value| ActivityName {
                label: value.label.clone(),
                activity: value.name.clone(),
                pipeline: None,
            })
            .collect();
        attributes.push(AttributeMapping::detected(&column));
        if activities.is_empty() {
            dates.remove(place);
            tell(roles, &column, |role| {
                role.role = ColumnRole::Attribute;
                role.reason = say!("other columns have the dates of how a case has ended");
            });
            return;
        }
        let date = &mut dates[place];
        date.by = Some(ActivityBy { column: by.clone(), activities });
        let names = sentence::quoted(date.activities());
        tell(roles, &column, |role| {
            role.reason =
                say!("its dates are those of {names}, whichever \"{by}\" says", names, by);
        });
    }

    /// The activity of the library that a date dates.
    fn activity_on(&self, table: &RawTable, date: &ActivityDate) -> Option<String> {
        let known = self.known(table, &date.column);
        let of_attribute = known.and_then(|known| {
            let key = known.attribute.dates.as_deref()?;
            self.library.activity(key)
        });
        if known.is_some_and(|known| !known.attribute.dates_by.is_empty()) {
            return None;
        }
        let of_name = || Some(self.library.activity_of(&date.activity)?.entry);
        Some(of_attribute.or_else(of_name)?.name.en.clone())
    }

    /// Whether another column decides what happened on a date.
    fn is_decided(&self, table: &RawTable, date: &ActivityDate) -> bool {
        let known = self.known(table, &date.column);
        known.is_some_and(|known| !known.attribute.dates_by.is_empty())
    }

    fn known(&self, table: &RawTable, column: &str) -> Option<Known<'_>> {
        self.columns[table.column_idx(column)?]
    }
}

fn tell(roles: &mut [RoleSuggestion], column: &str, change: impl FnOnce(&mut RoleSuggestion)) {
    if let Some(role) = roles.iter_mut().find(|role| role.column == column) {
        change(role);
    }
}
