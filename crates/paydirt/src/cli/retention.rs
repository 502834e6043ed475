//! `paydirt retention`: which versions of a log are kept.

use clap::Args;
use paydirt_app::catalogue::{Log, RetentionRule};
use paydirt_app::logs;
use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::json;

use super::data::DataArguments;
use super::delete::{Doomed, is_confirmed};
use super::{Failure, failing, print};

/// What `paydirt retention` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "The current version and pinned ones are always kept. Without a rule every \
    version is.\n\n\
    Examples:\n  \
    paydirt retention Deals                       shows the rule\n  \
    paydirt retention Deals --keep-versions 10\n  \
    paydirt retention Deals --keep-days 90\n  \
    paydirt retention Deals --keep-all"
)]
pub(super) struct RetentionArguments {
    /// Name of the log.
    log: String,
    /// Keep the newest so many versions.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep_versions: Option<u32>,
    /// Keep the versions of the last so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    keep_days: Option<u32>,
    /// Keep every version.
    #[arg(long, conflicts_with_all = ["keep_versions", "keep_days"])]
    keep_all: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print the log as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Shows or sets the rule.
pub(super) fn run(arguments: &RetentionArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (workspace, log) = arguments.data.open_log(&arguments.log, language).map_err(fail)?;
    let (keep_versions, keep_days) = (arguments.keep_versions, arguments.keep_days);
    let changes = arguments.keep_all || keep_versions.is_some() || keep_days.is_some();
    let (log, gone) = if changes {
        let rule = RetentionRule { keep_versions, keep_days };
        let doomed = logs::not_kept(&workspace, log, rule).map_err(fail)?;
        let doomed: Vec<String> =
            doomed.iter().map(|number| format!("{}@{number}", arguments.log)).collect();
        let must_ask = !arguments.yes && !doomed.is_empty();
        if must_ask && !is_confirmed(&Doomed::Unkept(doomed), language).map_err(fail)? {
            let nothing = say!("Nothing was deleted.").in_language(language);
            return print(&format!("{nothing}\n"));
        }
        logs::set_retention(&workspace, log, rule).map_err(fail)?
    } else {
        (workspace.log(log).map_err(fail)?, Vec::new())
    };
    let log = log.told_in(language);
    if arguments.json {
        let mut told = serde_json::to_value(&log).expect("a log is plain data");
        if !gone.is_empty() {
            told["deleted_versions"] = json!(gone);
        }
        return print(&format!("{told}\n"));
    }
    let mut text = format!("{}\n", rule_of(&log).in_language(language));
    if !gone.is_empty() {
        let told = say!(
            "{count} {count|version was|versions were} deleted: {versions}.",
            count = gone.len(),
            versions = gone
        );
        text.push_str(&format!("{}\n", told.in_language(language)));
    }
    print(&text)
}

/// The rule of a log, and how many versions there are.
fn rule_of(log: &Log) -> Sentence {
    let rule = match (log.retention.keep_versions, log.retention.keep_days) {
        (None, None) => say!("every version is kept"),
        (Some(count), None) => {
            say!("the newest {count} {count|version is|versions are} kept", count)
        }
        (None, Some(days)) => {
            say!("the versions of the last {days} {days|day|days} are kept", days)
        }
        (Some(count), Some(days)) => say!(
            "the newest {count} {count|version|versions} and those of the last {days} \
             {days|day|days} are kept",
            count,
            days
        ),
    };
    say!(
        "{name}: {rule}; there {count|is|are} {count}.",
        name = log.name.clone(),
        rule,
        count = log.version_count
    )
}
