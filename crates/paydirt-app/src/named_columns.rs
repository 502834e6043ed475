//! Which columns does somebody name, are they all there, and what is said of each?

use std::collections::HashSet;

use paydirt_model::mapping::{AttributeMapping, EventColumns, EventMapping};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};
use paydirt_recipe::import_recipe::OtherColumns;

use crate::import::ImportSettings;

/// Most names that a sentence lists.
const NAMES_MAX: usize = 50;

impl ImportSettings {
    /// Every column that the settings name.
    fn named_columns(&self) -> Vec<&str> {
        let roles = [
            &self.case,
            &self.activity,
            &self.time,
            &self.start,
            &self.resource,
            &self.lifecycle,
            &self.instance,
            &self.pipeline,
        ];
        let roles = roles.into_iter().flatten().map(String::as_str).filter(|name| *name != "-");
        let dates = self.date_columns.iter().flatten().map(|date| date.column.as_str());
        let attributes =
            self.columns.iter().flatten().flat_map(|attribute| {
                [Some(&attribute.column), attribute.currency_column.as_ref()]
            });
        let mut names: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for name in roles.chain(dates).chain(attributes.flatten().map(String::as_str)) {
            if seen.insert(name) {
                names.push(name);
            }
        }
        names
    }
}

/// Where other columns are left out, those that are named must be there, as they are written;
/// nothing is guessed. Says which are left out.
///
/// # Errors
/// A column that is named is not there.
pub(crate) fn refuse_others(
    table: &RawTable,
    settings: &ImportSettings,
) -> Result<Option<Sentence>, Problem> {
    if settings.other_columns != Some(OtherColumns::LeaveOut) {
        return Ok(None);
    }
    let named = settings.named_columns();
    let missing: Vec<&str> =
        named.iter().copied().filter(|name| table.column_idx(name).is_none()).collect();
    let others: Vec<&str> =
        table.names.iter().map(String::as_str).filter(|name| !named.contains(name)).collect();
    if missing.is_empty() {
        return Ok((!others.is_empty()).then(|| {
            say!(
                "{count} {count|column|columns} that the recipe does not name {count|was|were} \
                 left out: {names}.",
                count = others.len(),
                names = listed(&others)
            )
        }));
    }
    let detail = say!(
        "{count} {count|column|columns} of the recipe {count|is|are} not in the file: {names}.",
        count = missing.len(),
        names = listed(&missing)
    );
    let hint = if others.is_empty() {
        say!("Export the file with these columns, or take them out of the recipe.")
    } else {
        say!(
            "The file has columns that the recipe does not name: {others}. If one of them has only \
             got another name, write that into the recipe.",
            others = listed(&others)
        )
    };
    Err(Problem::new(ErrorCode::RecipeMisfit, detail).in_column(missing[0]).with_hint(hint))
}

fn listed(names: &[&str]) -> Sentence {
    let shown = sentence::quoted(names.iter().take(NAMES_MAX));
    if names.len() > NAMES_MAX {
        say!("{names} and more", names = shown)
    } else {
        say!("{names}", names = shown)
    }
}

/// Puts what is said of attributes into the mapping.
pub(crate) fn put_into(mapping: &mut EventMapping, settings: &ImportSettings) {
    let Some(columns) = &settings.columns else {
        if settings.other_columns == Some(OtherColumns::LeaveOut) {
            mapping.attributes.clear();
            keep_roles(mapping);
        }
        return;
    };
    let of_column = |name: &str| {
        let name = name.to_owned();
        columns.iter().filter(move |attribute| attribute.column == name).cloned()
    };
    let found = std::mem::take(&mut mapping.attributes);
    if settings.other_columns == Some(OtherColumns::LeaveOut) {
        let is_free = |attribute: &&AttributeMapping| !has_role(mapping, &attribute.column);
        mapping.attributes = columns.iter().filter(is_free).cloned().collect();
    } else {
        let mut put = HashSet::new();
        for attribute in found {
            let mut said = of_column(&attribute.column).peekable();
            if said.peek().is_none() {
                mapping.attributes.push(attribute);
            } else if put.insert(attribute.column) {
                mapping.attributes.extend(said);
            }
        }
    }
    keep_roles(mapping);
}

/// Whether a column is case, activity or time.
fn has_role(mapping: &EventMapping, column: &str) -> bool {
    mapping.case == column
        || match &mapping.events {
            EventColumns::Row { activity, time, start } => {
                activity == column || time == column || start.as_deref() == Some(column)
            }
            EventColumns::Dates(dates) => dates.iter().any(|date| date.column == column),
        }
}

/// Columns of people and lifecycles are attributes, whoever names attributes.
fn keep_roles(mapping: &mut EventMapping) {
    let roles = [&mapping.resource, &mapping.lifecycle, &mapping.instance];
    let missing: Vec<String> = roles
        .into_iter()
        .flatten()
        .filter(|name| !mapping.attributes.iter().any(|known| known.column == **name))
        .cloned()
        .collect();
    mapping.attributes.extend(missing.into_iter().map(AttributeMapping::detected));
}
