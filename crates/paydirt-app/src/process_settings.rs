//! What was chosen about the analysis of a stored log, and what holds where nothing was chosen?

use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::values::SettingValue;
use serde::Serialize;

use crate::workspace::{LogId, Workspace};

/// One setting, as it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingNow {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it decides.
    pub meaning: String,
    /// Its value; without one, the meaning says what is done.
    pub value: Option<SettingValue>,
    /// Its value as a settings file has it.
    #[serde(skip)]
    pub written: Option<String>,
    /// Whether somebody has chosen it; else it is the default.
    pub chosen: bool,
}

/// A change of the settings of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its number; 1 is the first.
    pub version: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// The settings of a log after one of its changes.
#[derive(Debug, Clone, Serialize)]
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
    /// Settings and their values.
    pub set: Vec<(String, String)>,
    /// Settings that are back at their default.
    pub reset: Vec<String>,
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
    let last = all.last().map_or(0, |entry| entry.number);
    let version = version.unwrap_or(last);
    let content = all.iter().find(|entry| entry.number == version).map(|entry| &*entry.content);
    if content.is_none() && version != 0 {
        let (version, last) = (version.to_string(), last.to_string());
        let detail = say!("The settings of the log have no version {version}.", version);
        return Err(Problem::new(ErrorCode::WrongUsage, detail)
            .with_hint(say!("The newest version is {last}; 0 has the defaults.", last)));
    }
    let chosen = ChosenSettings::read(library, "", content.unwrap_or_default());
    let changes = all.iter().map(|entry| Changed { version: entry.number, at: entry.changed_at });
    Ok(shown((library, language), chosen, (version, changes.collect())))
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
    SettingsChange { file, set, reset }: &SettingsChange,
) -> Result<(), Vec<Problem>> {
    let one = |problem| vec![problem];
    let all = workspace.store().chosen(log).map_err(one)?;
    let (seen, known) = all.last().map_or((0, ""), |last| (last.number, &*last.content));
    let (before, _) = ChosenSettings::read(library, "", known);
    let mut chosen = before.clone();
    if let Some((name, text)) = file {
        let (read, problems) = ChosenSettings::read(library, name, text);
        if !problems.is_empty() {
            return Err(problems);
        }
        chosen = read;
    }
    for (key, value) in set {
        chosen = chosen.with(library, key, value).map_err(one)?;
    }
    for key in reset {
        chosen = chosen.without(library, key).map_err(one)?;
    }
    if chosen == before {
        return Ok(());
    }
    let content = chosen.to_toml(library);
    let kept = workspace.store().choose(log, (&content, seen), workspace.now());
    kept.map(|_| ()).map_err(one)
}

fn shown(
    (library, language): (&Library, Language),
    (chosen, problems): (ChosenSettings, Vec<Problem>),
    (version, changes): (u64, Vec<Changed>),
) -> SettingsNow {
    let settings = library.settings.iter().map(|setting| {
        let value = chosen.value(setting);
        SettingNow {
            key: setting.key.clone(),
            name: setting.name.get(language).to_owned(),
            meaning: setting.meaning.get(language).to_owned(),
            value: value.cloned(),
            written: value.map(|value| setting.written(value)),
            chosen: chosen.chosen(&setting.key).is_some(),
        }
    });
    let settings = settings.collect();
    SettingsNow { version, changes, settings, problems, file: chosen.to_toml(library) }
}
