//! `paydirt delete`: a stored log, or one version of it, goes.

use std::io::{self, IsTerminal, Write};

use clap::Args;
use paydirt_app::catalogue::parse_name;
use paydirt_app::logs;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::json;

use super::data::DataArguments;
use super::{Failure, failing, print};

/// What `paydirt delete` takes.
#[derive(Debug, Args)]
#[command(after_help = "The current version and pinned ones are not deleted alone.\n\n\
    Examples:\n  \
    paydirt delete Deals@2\n  \
    paydirt delete Deals --yes")]
pub(super) struct DeleteArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print what was deleted as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Deletes.
pub(super) fn run(arguments: &DeleteArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (name, number) = parse_name(&arguments.log).map_err(fail)?;
    let (workspace, log) = arguments.data.open_log(name, language).map_err(fail)?;
    let what = match number {
        Some(number) => {
            workspace.version(log, number).map_err(fail)?;
            Doomed::Version(format!("{name}@{number}"))
        }
        None => {
            let count = workspace.log(log).map_err(fail)?.version_count;
            Doomed::Log(name.to_owned(), count)
        }
    };
    if !arguments.yes && !is_confirmed(&what, language).map_err(fail)? {
        return print(&format!("{}\n", say!("Nothing was deleted.").in_language(language)));
    }
    let done = match number {
        Some(number) => logs::delete_version(&workspace, log, number),
        None => logs::delete_log(&workspace, log),
    };
    done.map_err(fail)?;
    if arguments.json {
        return print(&format!("{}\n", json!({ "deleted": arguments.log })));
    }
    let told = say!("{name} is deleted.", name = arguments.log);
    print(&format!("{}\n", told.in_language(language)))
}

/// What is to be deleted.
pub(super) enum Doomed {
    /// A version, by name and number.
    Version(String),
    /// A log, by name, and how many versions it has.
    Log(String, u64),
    /// Something saved for a log, by name.
    Saved(String),
    /// Versions that a rule does not keep, by name and number.
    Unkept(Vec<String>),
}

impl Doomed {
    fn question(&self) -> Sentence {
        match self {
            Doomed::Version(version) => {
                say!("Delete the version {version}? This cannot be undone. [y/N] ", version)
            }
            Doomed::Log(name, count) => say!(
                "Delete the log \"{name}\" with its {count} {count|version|versions}? This \
                 cannot be undone. [y/N] ",
                name,
                count
            ),
            Doomed::Saved(name) => {
                say!("Delete \"{name}\"? This cannot be undone. [y/N] ", name)
            }
            Doomed::Unkept(versions) => say!(
                "The rule deletes {count} {count|version|versions}: {versions}. This cannot be \
                 undone. Go on? [y/N] ",
                count = versions.len(),
                versions = versions.clone()
            ),
        }
    }

    fn unasked(&self) -> Problem {
        let detail = match self {
            Doomed::Version(version) => {
                say!("Nobody can be asked whether to delete the version {version}.", version)
            }
            Doomed::Log(name, _) => {
                say!("Nobody can be asked whether to delete the log \"{name}\".", name)
            }
            Doomed::Saved(name) => {
                say!("Nobody can be asked whether to delete \"{name}\".", name)
            }
            Doomed::Unkept(versions) => say!(
                "Nobody can be asked whether to delete these versions: {versions}.",
                versions = versions.clone()
            ),
        };
        Problem::new(ErrorCode::WrongUsage, detail).with_hint(say!("Say so with --yes."))
    }
}

/// Asks whoever sits at the terminal.
pub(super) fn is_confirmed(what: &Doomed, language: Language) -> Result<bool, Problem> {
    if !io::stdin().is_terminal() {
        return Err(what.unasked());
    }
    let mut stderr = io::stderr();
    let _ = write!(stderr, "{}", what.question().in_language(language));
    let _ = stderr.flush();
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|_| what.unasked())?;
    let answer = answer.trim().to_lowercase();
    Ok(["y", "yes", "o", "oui", "はい"].contains(&answer.as_str()))
}
