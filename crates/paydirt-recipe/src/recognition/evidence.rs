//! How clear is it that a table is one of the process?

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use paydirt_model::mapping::{KnownActivity, NameMatch};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::library::Library;
use crate::library::attributes::{Attribute, LogRole};
use crate::library::names::NameKind;
use crate::scan::ColumnScan;

/// Most different labels of activities that are looked at; more are no activities.
const LABELS_MAX: usize = 5_000;

/// An attribute that a column stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'l> {
    pub(super) attribute: &'l Attribute,
    pub(super) by: NameKind,
}

/// The attribute of each column. Of several columns for one attribute the one with the more telling
/// name has it, else the first.
pub(super) fn known_columns<'l>(table: &RawTable, library: &'l Library) -> Vec<Option<Known<'l>>> {
    let mut columns: Vec<Option<Known<'l>>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (idx, name) in table.names.iter().enumerate() {
        columns.push(None);
        let Some(found) = library.attribute_of(name) else { continue };
        let known = Known { attribute: found.entry, by: found.by };
        let earlier = places.get(known.attribute.key.as_str()).copied();
        if let Some(earlier) = earlier {
            if columns[earlier].is_some_and(|earlier| earlier.by <= known.by) {
                continue;
            }
            columns[earlier] = None;
        }
        places.insert(&known.attribute.key, idx);
        columns[idx] = Some(known);
    }
    columns
}

/// The column with a role.
pub(super) fn column_for(columns: &[Option<Known<'_>>], role: LogRole) -> Option<usize> {
    columns.iter().position(|known| known.is_some_and(|known| known.attribute.role == Some(role)))
}

/// Whether there are columns for case, activity and time.
pub(super) fn has_roles(columns: &[Option<Known<'_>>]) -> bool {
    let roles = [LogRole::Case, LogRole::Activity, LogRole::Time];
    roles.into_iter().all(|role| column_for(columns, role).is_some())
}

/// A label of an activity, and the pipeline in which it stands where there are pipelines.
pub(super) type Label = (String, Option<String>);

/// Where the labels of activities are.
#[derive(Clone, Copy)]
pub(super) struct Labels<'t> {
    pub(super) table: &'t RawTable,
    pub(super) activity: usize,
    pub(super) pipeline: Option<usize>,
}

/// The different labels of a table, and the rows of each; none where there are too many.
pub(super) fn labels(of: Labels<'_>) -> HashMap<Label, u64> {
    let mut labels: HashMap<Label, u64> = HashMap::new();
    match of.pipeline {
        None => {
            ColumnScan::new(of.table, of.activity).each(|text, rows| {
                *labels.entry((text.trim().to_owned(), None)).or_default() += rows;
                match labels.len() <= LABELS_MAX {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(()),
                }
            });
        }
        Some(pipeline) => {
            let rows = of.table.chunks.iter();
            let rows = rows.flat_map(|chunk| (0..chunk.len()).map(move |row| (chunk, row)));
            for (chunk, row) in rows {
                let label = chunk.columns[of.activity].text(row);
                if label.trim().is_empty() {
                    continue;
                }
                let pipeline = chunk.columns[pipeline].text(row).trim().to_owned();
                let pipeline = (!pipeline.is_empty()).then_some(pipeline);
                *labels.entry((label.trim().to_owned(), pipeline)).or_default() += 1;
                if LABELS_MAX < labels.len() {
                    break;
                }
            }
        }
    }
    if labels.len() > LABELS_MAX {
        labels.clear();
    }
    labels
}

/// The same, the most frequent first.
pub(super) fn frequent_labels(of: Labels<'_>) -> Vec<(Label, u64)> {
    let mut labels: Vec<(Label, u64)> = labels(of).into_iter().collect();
    labels.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    labels
}

/// Why a table whose rows are cases is one of the process: the case column has a name that nothing
/// else has, or enough columns are known and one of them says how cases of this process end.
pub(super) fn reason_of_cases(
    columns: &[Option<Known<'_>>],
    has_outcomes: bool,
    library: &Library,
) -> Option<Sentence> {
    let case = column_for(columns, LogRole::Case).and_then(|idx| columns[idx]);
    if case.is_some_and(|case| matches!(case.by, NameKind::Key | NameKind::Translation)) {
        return Some(say!("its case column has the name that a data template gives it"));
    }
    let known = columns.iter().flatten().filter(|known| !known.attribute.computed).count();
    let columns_min = library.process.recognition.columns_min;
    let is_enough = i64::try_from(known).is_ok_and(|known| columns_min <= known);
    (is_enough && has_outcomes).then(|| {
        say!(
            "{known} of its columns are known to the library, and one of them says how cases end",
            known
        )
    })
}

/// What speaks for the process.
pub(super) struct Evidence<'l> {
    library: &'l Library,
    has_roles: bool,
    /// Whether the case column bears a name that only this process has.
    has_own_case: bool,
    columns: usize,
    activities: usize,
    events_per_cent: u64,
}

impl<'l> Evidence<'l> {
    pub(super) fn of(
        columns: &[Option<Known<'_>>],
        activities: &[KnownActivity],
        library: &'l Library,
    ) -> Self {
        let case = column_for(columns, LogRole::Case);
        let is_own = |idx: usize| columns[idx].is_some_and(|known| known.by != NameKind::Alias);
        let told = columns.iter().flatten().filter(|known| !known.attribute.computed);
        let is_known = |one: &&KnownActivity| {
            !matches!(one.by, NameMatch::None | NameMatch::Similar | NameMatch::Stage)
        };
        let known: HashSet<&String> =
            activities.iter().filter(is_known).filter_map(|one| one.activity.as_ref()).collect();
        let rows: u64 = activities.iter().map(|one| one.rows).sum();
        let known_rows: u64 = activities.iter().filter(is_known).map(|one| one.rows).sum();
        Evidence {
            library,
            has_roles: has_roles(columns),
            has_own_case: case.is_some_and(is_own),
            columns: told.count(),
            activities: known.len(),
            events_per_cent: (known_rows * 100).checked_div(rows).unwrap_or(0),
        }
    }

    /// Why the table is one of the process; nothing where that is not clear.
    pub(super) fn reason(&self) -> Option<Sentence> {
        let limits = &self.library.process.recognition;
        let reaches = |count: usize, least: i64| i64::try_from(count).is_ok_and(|it| least <= it);
        if !self.has_roles {
            return None;
        }
        if self.has_own_case {
            return Some(say!("its case column has the name that a data template gives it"));
        }
        let share = i64::try_from(self.events_per_cent).unwrap_or(0);
        let is_clear = reaches(self.columns, limits.columns_min)
            && reaches(self.activities, limits.activities_min)
            && limits.events_min_per_cent <= share;
        is_clear.then(|| {
            say!(
                "{columns} of its columns and {activities} of its activities, with {share} % of \
                 the events, are known to the library",
                columns = self.columns,
                activities = self.activities,
                share
            )
        })
    }
}
