//! `paydirt logs`: which logs are stored.

use clap::Args;
use paydirt_app::catalogue::Log;
use paydirt_model::language::Language;
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::words::word;
use super::{Failure, failing, print, table, threads};

/// What `paydirt logs` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt logs\n  \
    paydirt logs --data /srv/paydirt --json")]
pub(super) struct LogsArguments {
    /// Print the logs as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Lists the logs.
pub(super) fn run(arguments: &LogsArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let logs: Vec<Log> = if arguments.data.found().map_err(fail)? {
        let workspace = arguments.data.open(threads, language).map_err(fail)?;
        workspace.logs().map_err(fail)?
    } else {
        Vec::new()
    };
    if arguments.json {
        let logs: Vec<Log> = logs.into_iter().map(|log| log.told_in(language)).collect();
        return print(&format!("{}\n", json!({ "logs": logs })));
    }
    if logs.is_empty() {
        let none = say!("There are no stored logs yet; `paydirt import FILE` stores one.");
        return print(&format!("{}\n", none.in_language(language)));
    }
    let columns = ["log", "version", "versions", "cases", "events", "last event", "changed"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let lines: Vec<Vec<String>> = logs.iter().map(|log| line(log, language)).collect();
    print(&table::render(&columns, &lines, 0))
}

fn line(log: &Log, language: Language) -> Vec<String> {
    let count = |number: u64| language.number(i64::try_from(number).unwrap_or(i64::MAX));
    let mut cells = vec![log.name.clone()];
    match &log.current {
        Some(version) => cells.extend([
            version.number.to_string(),
            log.version_count.to_string(),
            count(version.cases),
            count(version.events),
            version.last_event_at.map(|at| at.to_string()).unwrap_or_default(),
            version.created_at.to_string(),
        ]),
        None => {
            let none = || "–".to_owned();
            let versions = log.version_count.to_string();
            cells.extend([none(), versions, none(), none(), none(), log.created_at.to_string()]);
        }
    }
    cells
}
