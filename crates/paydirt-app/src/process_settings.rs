//! What was chosen about the analysis of a stored log, and what holds where nothing was chosen?

use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::settings::SettingColumn;
pub use paydirt_recipe::library::values::SettingValue;
use paydirt_recipe::library::values::ValueShape;
use paydirt_store::entries::ChosenEntry;
use serde::Serialize;
use utoipa::ToSchema;

use crate::workspace::{LogId, Workspace};

/// One setting, as it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = settings::SettingNow)]
pub struct SettingNow {
    /// Its key.
    pub key: String,
    /// What is written above it and the settings after it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// What it is called.
    pub name: String,
    /// What it decides.
    pub meaning: String,
    /// What its value must be; texts in one language.
    pub shape: ValueShape,
    /// The columns of a table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SettingColumn>,
    /// What holds where nothing is chosen.
    pub default: Option<SettingValue>,
    /// Its value; without one, the meaning says what is done.
    pub value: Option<SettingValue>,
    /// Its value as a settings file has it.
    pub written: Option<String>,
    /// Whether somebody has chosen it; else it is the default.
    pub chosen: bool,
}

/// A change of the settings of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = settings::Changed)]
pub struct Changed {
    /// Its number; 1 is the first.
    pub version: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// The settings of a log after one of its changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = settings::SettingsNow)]
pub struct SettingsNow {
    /// After how many changes; 0 where nothing was ever chosen.
    pub version: u64,
    /// Every change, the first one first.
    pub changes: Vec<Changed>,
    /// Every setting, in the order of the library.
    pub settings: Vec<SettingNow>,
    /// What was chosen and fits the library no more; its defaults hold.
    pub problems: Vec<Problem>,
    /// The settings file that says what was chosen.
    pub file: String,
}

/// What is to be changed: a whole file first, then single settings.
#[derive(Debug, Clone, Default)]
pub struct SettingsChange {
    /// Name and text of a settings file; what it does not name is back at its default.
    pub file: Option<(String, String)>,
    /// Settings and their values, as a settings file has them.
    pub set: Vec<(String, String)>,
    /// Settings and their values.
    pub values: Vec<(String, SettingValue)>,
    /// Settings that are back at their default.
    pub reset: Vec<String>,
    /// The change that was seen last: what somebody else has changed since then stays.
    pub seen: Option<u64>,
}

/// The defaults.
#[must_use]
pub fn defaults(library: &Library, language: Language) -> SettingsNow {
    let chosen = (ChosenSettings::default(), Vec::new());
    shown((library, language), chosen, (0, Vec::new()))
}

/// The settings of a log, now or after an earlier change.
///
/// # Errors
/// There is no such log, or it has had no such change.
pub fn of_log(
    workspace: &Workspace,
    (log, version): (LogId, Option<u64>),
    (library, language): (&Library, Language),
) -> Result<SettingsNow, Problem> {
    let all = workspace.store().chosen(log)?;
    let version = version.unwrap_or(all.last().map_or(0, |entry| entry.number));
    let content = content_at(&all, version)?;
    let chosen = ChosenSettings::read(library, "", content);
    let changes = all.iter().map(|entry| Changed { version: entry.number, at: entry.changed_at });
    Ok(shown((library, language), chosen, (version, changes.collect())))
}

/// What was chosen up to a change; nothing after change 0.
fn content_at(all: &[ChosenEntry], version: u64) -> Result<&str, Problem> {
    if version == 0 {
        return Ok("");
    }
    let found = all.iter().find(|entry| entry.number == version);
    found.map(|entry| entry.content.as_str()).ok_or_else(|| {
        let last = all.last().map_or(0, |entry| entry.number).to_string();
        let version = version.to_string();
        let detail = say!("The settings of the log have no version {version}.", version);
        Problem::new(ErrorCode::WrongUsage, detail)
            .with_hint(say!("The newest version is {last}; 0 has the defaults.", last))
    })
}

/// What was chosen for a log up to a change. What fits the library no more has its default.
///
/// # Errors
/// There is no such log, or it has had no such change.
pub(crate) fn chosen_at(
    workspace: &Workspace,
    log: LogId,
    version: u64,
) -> Result<ChosenSettings, Problem> {
    if version == 0 {
        return Ok(ChosenSettings::default());
    }
    let all = workspace.store().chosen(log)?;
    let content = content_at(&all, version)
        .map_err(|problem| Problem { code: ErrorCode::InvalidParameters, ..problem })
        .map_err(|problem| problem.in_parameter("settings"))?;
    Ok(ChosenSettings::read(&workspace.library().library, "", content).0)
}

/// What was chosen for a log, as it holds now; what does not fit the library is left out.
///
/// # Errors
/// There is no such log.
pub fn chosen(
    workspace: &Workspace,
    log: LogId,
    library: &Library,
) -> Result<ChosenSettings, Problem> {
    let all = workspace.store().chosen(log)?;
    let content = all.last().map_or("", |entry| &*entry.content);
    Ok(ChosenSettings::read(library, "", content).0)
}

/// Changes the settings of a log; nothing is changed where anything of it is wrong. The same
/// settings as before make no new version.
///
/// # Errors
/// There is no such log or setting, or a value does not fit: every mistake, with its line.
pub fn change(
    workspace: &Workspace,
    log: LogId,
    library: &Library,
    change: &SettingsChange,
) -> Result<(), Vec<Problem>> {
    let one = |problem| vec![problem];
    let SettingsChange { file, set, values, reset, seen } = change;
    let all = workspace.store().chosen(log).map_err(one)?;
    let (last, known) = all.last().map_or((0, ""), |last| (last.number, &*last.content));
    let (before, _) = ChosenSettings::read(library, "", known);
    let (mut chosen, mut problems) = match file {
        Some((name, text)) => ChosenSettings::read(library, name, text),
        None => (before.clone(), Vec::new()),
    };
    let mut apply =
        |change: &dyn Fn(ChosenSettings) -> Result<ChosenSettings, Problem>| match change(
            chosen.clone(),
        ) {
            Ok(changed) => chosen = changed,
            Err(problem) => problems.push(problem),
        };
    for (key, value) in set {
        apply(&|chosen| chosen.with(library, key, value));
    }
    for (key, value) in values {
        let written = library.setting(key).map(|setting| setting.written(value));
        let written = written.unwrap_or_default();
        apply(&|chosen| chosen.with(library, key, &written));
    }
    for key in reset {
        apply(&|chosen| chosen.without(library, key));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if chosen == before && seen.is_none_or(|seen| seen == last) {
        return Ok(());
    }
    let content = chosen.to_toml(library);
    let kept = workspace.store().choose(log, (&content, seen.unwrap_or(last)), workspace.now());
    kept.map(|_| ()).map_err(one)
}

fn shown(
    (library, language): (&Library, Language),
    (chosen, problems): (ChosenSettings, Vec<Problem>),
    (version, changes): (u64, Vec<Changed>),
) -> SettingsNow {
    let settings = library.settings.iter().map(|setting| {
        let value = chosen.value(setting);
        let told = setting.in_language(language);
        SettingNow {
            heading: told.heading.get(language).to_owned(),
            name: told.name.get(language).to_owned(),
            meaning: told.meaning.get(language).to_owned(),
            value: value.cloned(),
            written: value.map(|value| setting.written(value)),
            chosen: chosen.chosen(&setting.key).is_some(),
            key: told.key,
            shape: told.shape,
            columns: told.columns,
            default: told.default,
        }
    });
    let settings = settings.collect();
    SettingsNow { version, changes, settings, problems, file: chosen.to_toml(library) }
}
