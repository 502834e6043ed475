//! Which recipe makes the next file the same log, and what does a recipe ask for?

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::mapping::{AttributeMapping, ColumnRole, RowMeaning};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_recipe::import_recipe::{
    ColumnLevel, OtherColumns, RecipeActivity, RecipeColumn, RecipeSource, RecipeTimes,
};
pub use paydirt_recipe::import_recipe::{ImportRecipe, RECIPE_BYTES_MAX, RecipeMode, is_meant};
use paydirt_store::entries::Action;
use serde::Serialize;
use utoipa::ToSchema;

use crate::import::{ActivityMeaning, ColumnNames, DateColumn, ImportSettings};
use crate::stored_import::{ImportTarget, KeptSettings};
use crate::workspace::{LogId, VersionNumber, Workspace};

/// Where the events of a recipe go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecipeTarget {
    /// The files, by name.
    pub files: Vec<String>,
    /// Name of the log.
    pub log: Option<String>,
    /// What becomes of the events.
    pub mode: Option<RecipeMode>,
    /// Columns that identify an event.
    pub key: Vec<String>,
}

/// What a recipe asks for, for whoever imports by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecipeOrder {
    /// How files are read.
    pub settings: ImportSettings,
    /// The files, by name; `*` stands for any letters.
    pub files: Vec<String>,
    /// Name of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// What becomes of the events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<RecipeMode>,
    /// Columns that identify an event.
    pub key: Vec<String>,
}

impl RecipeOrder {
    /// What a recipe asks for.
    #[must_use]
    pub fn of(recipe: &ImportRecipe) -> Self {
        RecipeOrder {
            settings: settings(recipe),
            files: recipe.files.clone(),
            log: recipe.log.clone(),
            mode: recipe.mode,
            key: recipe.key.clone(),
        }
    }

    /// Where the events go, where the recipe says it. A log that is not there yet is made, so that
    /// the first run of a recipe needs no other one.
    ///
    /// # Errors
    /// It says how events join a log and not which one, or the catalogue cannot be read.
    pub fn target(&self, workspace: &Workspace) -> Result<Option<ImportTarget>, Problem> {
        let Some(name) = &self.log else {
            let is_joining = self.mode.is_some_and(|mode| mode != RecipeMode::New);
            return if is_joining { Err(no_log()) } else { Ok(None) };
        };
        let log = workspace.store().find(name)?.map(|entry| entry.id);
        Ok(Some(match (self.mode.unwrap_or(RecipeMode::New), log) {
            (RecipeMode::Append, Some(log)) => ImportTarget::Append(log),
            (RecipeMode::Upsert, Some(log)) => ImportTarget::Upsert(log, self.key.clone()),
            (RecipeMode::Replace, Some(log)) => ImportTarget::Replace(log),
            (RecipeMode::New, _) | (_, None) => ImportTarget::New(name.clone()),
        }))
    }
}

fn no_log() -> Problem {
    let detail = say!("The recipe says how events join a log, but not which log.");
    Problem::new(ErrorCode::RecipeMistake, detail)
        .with_hint(say!("Add a line such as log = \"Deals\"."))
}

/// Reads a recipe.
///
/// # Errors
/// Every mistake in it, with its line and what was expected.
pub fn read(name: &str, text: &str) -> Result<RecipeOrder, Vec<Problem>> {
    ImportRecipe::read(name, text).map(|recipe| RecipeOrder::of(&recipe))
}

/// The recipe by which a version was made, or the one that makes the next version like it.
///
/// # Errors
/// There is no such version, or none was imported.
pub fn of_version(
    workspace: &Workspace,
    log: LogId,
    number: VersionNumber,
) -> Result<ImportRecipe, Problem> {
    let version = workspace.store().version(log, number)?;
    let mode = match version.action {
        Action::Demo => {
            let detail = say!("The sample data were made and not imported.");
            return Err(Problem::new(ErrorCode::NothingUsable, detail)
                .with_hint(say!("A recipe belongs to imported files.")));
        }
        // A file that became the log takes its place the next time.
        Action::Import | Action::Replace => RecipeMode::Replace,
        Action::Append => RecipeMode::Append,
        Action::Upsert => RecipeMode::Upsert,
    };
    let text = workspace.store().settings(log, number)?;
    let kept: KeptSettings = serde_json::from_str(&text).unwrap_or_default();
    let key = if mode == RecipeMode::Upsert { kept.key } else { Vec::new() };
    let name = workspace.store().log(log)?.name;
    let target = RecipeTarget { files: kept.files, log: Some(name), mode: Some(mode), key };
    Ok(of(kept.exact.as_ref().unwrap_or(&kept.reading), target))
}

/// The recipe of settings, which says all of them but those that only one run of an import knows.
#[must_use]
pub fn of(settings: &ImportSettings, target: RecipeTarget) -> ImportRecipe {
    let RecipeTarget { files, log, mode, key } = target;
    let activities = settings.activities.iter().flatten().map(|one| RecipeActivity {
        label: one.label.clone(),
        pipeline: one.pipeline.clone(),
        activity: one.activity.clone(),
    });
    ImportRecipe {
        files,
        log,
        mode,
        key,
        process: settings.process.clone(),
        row: settings.row,
        pipeline_column: settings.pipeline.clone(),
        other_columns: settings.other_columns,
        source: RecipeSource {
            encoding: settings.encoding.clone(),
            delimiter: settings.delimiter.clone(),
            has_header: settings.header.map(|header| header == ColumnNames::FirstRow),
            header_row: settings.header_row,
            sheet: settings.sheet.clone(),
            member: settings.member.clone(),
            classifier: settings.classifier.clone(),
            object_type: settings.object_type.clone(),
            pairs_lifecycle: settings.pairs_lifecycle,
        },
        times: RecipeTimes {
            zone: settings.time_zone.clone(),
            format: settings.date_format.clone(),
            order: settings.date_order,
        },
        rules: settings.rules.clone(),
        columns: columns_of(settings),
        activities: activities.collect(),
    }
}

/// The columns that settings speak of: first what makes events, then the attributes in their order.
fn columns_of(settings: &ImportSettings) -> Vec<RecipeColumn> {
    let named = |(name, role): (&Option<String>, ColumnRole)| {
        let name = name.as_deref().filter(|name| *name != "-")?;
        Some(RecipeColumn::of(name, role))
    };
    let keys = [
        (&settings.case, ColumnRole::Case),
        (&settings.activity, ColumnRole::Activity),
        (&settings.time, ColumnRole::Time),
        (&settings.start, ColumnRole::Start),
    ];
    let mut columns: Vec<RecipeColumn> = keys.into_iter().filter_map(named).collect();
    columns.extend(settings.date_columns.iter().flatten().map(|date| RecipeColumn {
        activity: date.activity.clone(),
        ..RecipeColumn::of(&date.column, ColumnRole::ActivityDate)
    }));
    for attribute in settings.columns.iter().flatten() {
        add_attribute(&mut columns, attribute);
    }
    let others = [
        (&settings.resource, ColumnRole::Resource),
        (&settings.lifecycle, ColumnRole::Lifecycle),
        (&settings.instance, ColumnRole::Instance),
    ];
    for column in others.into_iter().filter_map(named) {
        column_of(&mut columns, &column.name).role = column.role;
    }
    for name in &settings.rules.percent_columns {
        column_of(&mut columns, name).is_percent = true;
    }
    for name in &settings.rules.text_columns {
        column_of(&mut columns, name).kind.get_or_insert(AttributeType::Text);
    }
    columns
}

/// The column of this name; an attribute where it is new.
fn column_of<'c>(columns: &'c mut Vec<RecipeColumn>, name: &str) -> &'c mut RecipeColumn {
    let known = columns.iter().position(|column| column.name == *name);
    let idx = known.unwrap_or_else(|| {
        columns.push(RecipeColumn::of(name, ColumnRole::Attribute));
        columns.len() - 1
    });
    &mut columns[idx]
}

/// An attribute of the case and of the event is one column with a history.
fn add_attribute(columns: &mut Vec<RecipeColumn>, attribute: &AttributeMapping) {
    let column = column_of(columns, &attribute.column);
    let level = attribute.level.map(|level| match level {
        AttributeLevel::Case => ColumnLevel::Case,
        AttributeLevel::Event => ColumnLevel::Event,
    });
    column.level = match (column.level, level) {
        (Some(known), Some(level)) if known != level => Some(ColumnLevel::History),
        (known, level) => level.or(known),
    };
    column.attribute.clone_from(&attribute.name);
    column.kind = attribute.kind;
    column.currency.clone_from(&attribute.currency);
    column.currency_column.clone_from(&attribute.currency_column);
}

/// The settings that a recipe means.
fn settings(recipe: &ImportRecipe) -> ImportSettings {
    let is_strict = recipe.other_columns == Some(OtherColumns::LeaveOut);
    let column = |role| {
        let found = recipe.columns.iter().find(|column| column.role == role);
        found.map(|column| column.name.clone())
    };
    // A column that has to be there is never "none": without it the file has no events.
    let optional = |role| column(role).or_else(|| is_strict.then(|| "-".to_owned()));
    let dates = recipe.columns.iter().filter(|column| column.role == ColumnRole::ActivityDate);
    let dates: Vec<DateColumn> = dates
        .map(|date| DateColumn { column: date.name.clone(), activity: date.activity.clone() })
        .collect();
    let attributes: Vec<AttributeMapping> =
        recipe.columns.iter().flat_map(RecipeColumn::attributes).collect();
    let activities = recipe.activities.iter().map(|one| ActivityMeaning {
        label: one.label.clone(),
        pipeline: one.pipeline.clone(),
        activity: one.activity.clone(),
    });
    let activities: Vec<ActivityMeaning> = activities.collect();
    let RecipeSource {
        encoding,
        delimiter,
        has_header,
        header_row,
        sheet,
        member,
        classifier,
        object_type,
        pairs_lifecycle,
    } = recipe.source.clone();
    let RecipeTimes { zone, format, order } = recipe.times.clone();
    let is_of_cases = recipe.row == Some(RowMeaning::Case);
    let of_rows = |role| if is_of_cases { column(role) } else { optional(role) };
    ImportSettings {
        row: recipe.row,
        date_columns: (!dates.is_empty()).then_some(dates),
        case: column(ColumnRole::Case),
        activity: column(ColumnRole::Activity),
        time: column(ColumnRole::Time),
        start: of_rows(ColumnRole::Start),
        resource: optional(ColumnRole::Resource),
        lifecycle: optional(ColumnRole::Lifecycle),
        instance: optional(ColumnRole::Instance),
        pipeline: recipe.pipeline_column.clone(),
        columns: (is_strict || !attributes.is_empty()).then_some(attributes),
        other_columns: recipe.other_columns,
        time_zone: zone,
        date_format: format,
        date_order: order,
        classifier,
        object_type,
        member,
        pairs_lifecycle,
        encoding,
        delimiter,
        header: has_header.map(|has| if has { ColumnNames::FirstRow } else { ColumnNames::None }),
        header_row,
        sheet,
        process: recipe.process.clone(),
        activities: (!activities.is_empty()).then_some(activities),
        rules: recipe.rules.clone(),
        ..ImportSettings::detect()
    }
}

#[cfg(test)]
mod tests;
