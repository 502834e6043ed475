//! Which attributes of a log are computed, how, by which settings, and what do the others lack?

use paydirt_model::attribute::AttributeType;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::Problem;
use paydirt_recipe::computed;
use paydirt_recipe::coverage::lines::name_of;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::coverage::{Need, NeedKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::process_settings;
use crate::workspace::{LogId, VersionNumber, Workspace};

/// Something that a log lacks, or a setting, by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = computed::Named)]
pub struct Named {
    /// What it is.
    pub kind: NeedKind,
    /// Its key in the library.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// An attribute that is computed of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = computed::ComputedAttribute)]
pub struct ComputedAttribute {
    /// Its key in the library, and its name in filters, tables and files.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Type of its values.
    #[serde(rename = "type")]
    pub kind: AttributeType,
    /// What it is.
    pub meaning: String,
    /// How it is computed.
    pub definition: String,
    /// What would make it computable: one of these at least is missing. None where it is computed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Named>,
    /// The settings that it depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Named>,
}

/// The computed attributes of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = computed::ComputedAttributes)]
pub struct ComputedAttributes {
    /// The version of the settings; 0 where nothing was ever chosen.
    pub settings: u64,
    /// Whether the log is one of the process; nothing is computed of others.
    pub is_of_process: bool,
    /// The attributes, in the order of the library.
    pub attributes: Vec<ComputedAttribute>,
}

/// The computed attributes of a stored version, by a version of the settings.
///
/// # Errors
/// There is no such version of the log or of the settings, or it is damaged.
pub fn of_version(
    workspace: &Workspace,
    (log, number): (LogId, VersionNumber),
    settings: Option<u64>,
    language: Language,
) -> Result<ComputedAttributes, Problem> {
    let open = workspace.open_log(log, number, CaseNotion::Main)?;
    let settings = match settings {
        Some(settings) => settings,
        None => workspace.store().chosen_number(log)?,
    };
    let chosen = process_settings::chosen_at(workspace, log, settings)?;
    let library = &workspace.library().library;
    let is_of_process = computed::has_computed(library, open.context());
    let all = if is_of_process {
        computed::described(library, open.context(), &chosen)
    } else {
        Vec::new()
    };
    let attributes = all.into_iter().map(|one| told(library, one, language)).collect();
    Ok(ComputedAttributes { settings, is_of_process, attributes })
}

fn told(
    library: &Library,
    one: computed::ComputedAttribute,
    language: Language,
) -> ComputedAttribute {
    let entry = library.attribute(&one.key);
    let named = |kind: NeedKind, key: String| {
        let need = Need { kind, key };
        let name = name_of(library, &need, language);
        Named { kind, key: need.key, name }
    };
    let missing = one.missing.into_iter().map(|need| named(need.kind, need.key));
    let settings = one.settings.into_iter().map(|key| named(NeedKind::Setting, key));
    ComputedAttribute {
        name: entry.map_or(one.key.as_str(), |entry| entry.name.get(language)).to_owned(),
        kind: one.kind,
        meaning: entry.map_or("", |entry| entry.meaning.get(language)).to_owned(),
        definition: entry.map_or("", |entry| entry.derivation.get(language)).to_owned(),
        missing: missing.collect(),
        settings: settings.collect(),
        key: one.key,
    }
}

/// A log of a file with its computed attributes, by the defaults of the settings.
#[must_use]
pub fn of_file(log: &EventLog, library: &Library) -> EventLog {
    computed::with_computed(log, library, &ChosenSettings::default())
}
