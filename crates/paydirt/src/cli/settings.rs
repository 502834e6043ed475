//! `paydirt settings`: what is chosen about the analysis of a log: list, set, reset.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use paydirt_app::process_settings::{self, SettingsChange, SettingsNow};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::library::LibraryArguments;
use super::words::word;
use super::{Failure, failing, print, problem_json, report, table};

/// Longest settings file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// What `paydirt settings` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Every change is numbered and kept. A settings file is TOML, a key and its \
    value a line;\n\
    what it does not name has its default.\n\n\
    Examples:\n  \
    paydirt settings                    the defaults\n  \
    paydirt settings Deals              the settings of a log\n  \
    paydirt settings Deals --set salesCycleEnd=close-date --set idleLimit=21\n  \
    paydirt settings Deals --set 'discountPolicy=[{ limit = 0.1 }]'\n  \
    paydirt settings Deals --reset idleLimit\n  \
    paydirt settings Deals --toml > settings.toml\n  \
    paydirt settings Deals --file settings.toml"
)]
pub(super) struct SettingsArguments {
    /// Name of the log; the defaults without one.
    log: Option<String>,
    /// Choose a value: a number, true or false, a word, or anything as TOML has it.
    #[arg(long, value_name = "KEY=VALUE", requires = "log")]
    set: Vec<String>,
    /// Back to the default.
    #[arg(long, value_name = "KEY", requires = "log")]
    reset: Vec<String>,
    /// Choose what a settings file says, in place of everything chosen so far.
    #[arg(long, value_name = "FILE", requires = "log")]
    file: Option<PathBuf>,
    /// Show the settings as they were after this change; 0 has the defaults.
    #[arg(long, value_name = "NUMBER", requires = "log")]
    #[arg(conflicts_with_all = ["set", "reset", "file"])]
    at: Option<u64>,
    /// Print what is chosen as a settings file.
    #[arg(long, conflicts_with = "json")]
    toml: bool,
    /// Print the settings as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Lists the settings, or changes them.
pub(super) fn run(arguments: &SettingsArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let loaded = arguments.library.load(&arguments.data.folder(), language);
    let library = &*loaded.library;
    let now = match &arguments.log {
        None => process_settings::defaults(library, language),
        Some(name) => {
            let (workspace, log) = arguments.data.open_log(name, language).map_err(fail)?;
            let change = arguments.change().map_err(fail)?;
            let changed = process_settings::change(&workspace, log, library, &change);
            changed.map_err(|problems| refused(problems, arguments.json, language))?;
            let place = (log, arguments.at);
            process_settings::of_log(&workspace, place, (library, language)).map_err(fail)?
        }
    };
    for problem in &now.problems {
        report(&problem.clone().told_in(language), false);
    }
    if arguments.toml {
        return print(&now.file);
    }
    if arguments.json {
        let problems = now.problems.iter();
        let problems: Vec<_> =
            problems.map(|one| problem_json(&one.clone().told_in(language))).collect();
        let mut shown = json!(now);
        shown["problems"] = json!(problems);
        return print(&format!("{shown}\n"));
    }
    print(&listed(&now, language))
}

/// Tells every mistake but the last one, which the verb ends with.
fn refused(mut problems: Vec<Problem>, is_json: bool, language: Language) -> Failure {
    let last = problems.pop().expect("a change is refused for a reason");
    for problem in problems {
        report(&problem.told_in(language), false);
    }
    let hint = say!("Nothing was changed. Mend what is named.");
    failing(is_json)(if last.hint.is_none() { last.with_hint(hint) } else { last })
}

impl SettingsArguments {
    fn change(&self) -> Result<SettingsChange, Problem> {
        let set = self.set.iter().map(|given| {
            let pair = given.split_once('=');
            let pair = pair.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
            pair.ok_or_else(|| {
                let detail = say!("\"{given}\" names no value.", given = given.as_str());
                Problem::new(ErrorCode::WrongUsage, detail)
                    .with_hint(say!("Write a key, an equals sign and a value: idleLimit=21."))
            })
        });
        let set = set.collect::<Result<Vec<_>, Problem>>()?;
        let file = self.file.as_deref().map(read).transpose()?;
        let reset = self.reset.clone();
        Ok(SettingsChange { file, set, reset, ..SettingsChange::default() })
    }
}

fn read(path: &Path) -> Result<(String, String), Problem> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorCode::FileNotFound,
            _ => ErrorCode::FileUnreadable,
        };
        let detail = say!("It cannot be read: {error}.", error = error.to_string());
        Problem::new(code, detail).in_file(path.display().to_string())
    };
    if FILE_BYTES_MAX < fs::metadata(path).map_err(unreadable)?.len() {
        let bytes = FILE_BYTES_MAX;
        let detail = say!(
            "The file is larger than {bytes} bytes, the most that a settings file may have.",
            bytes
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail).in_file(name));
    }
    let text = String::from_utf8(fs::read(path).map_err(unreadable)?).map_err(|_| {
        let detail = say!("The file is not UTF-8, so it was not read.");
        Problem::new(ErrorCode::SettingsMistake, detail).in_file(path.display().to_string())
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    Ok((name, text))
}

fn listed(now: &SettingsNow, language: Language) -> String {
    let columns = ["setting", "value", "is", "name"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let is = |chosen: bool| {
        let is = if chosen { say!("chosen") } else { say!("default") };
        is.in_language(language)
    };
    let rows = now.settings.iter().map(|one| {
        let written = one.written.as_deref().unwrap_or("–");
        let lines: Vec<&str> = written.lines().map(str::trim).collect();
        vec![one.key.clone(), lines.join(" "), is(one.chosen), one.name.clone()]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let head = if now.version == 0 {
        say!("Everything has its default.")
    } else {
        let version = now.version.to_string();
        say!("Version {version} of the settings", version)
    };
    format!("{}\n\n{}", head.in_language(language), table::render(&columns, &rows, 0))
}
