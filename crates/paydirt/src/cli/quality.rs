//! `paydirt quality`: which rules of data quality a stored log breaks, and how that is mended.

use clap::Args;
use paydirt_app::analyse::Running;
use paydirt_app::findings;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;

use super::data::{DataArguments, named};
use super::library::LibraryArguments;
use super::{CANCELLED, Failure, check_rules, failing, print, threads};

/// What `paydirt quality` takes.
#[derive(Debug, Args)]
#[command(after_help = "The rules are those of `paydirt library`.\n\n\
    Examples:\n  \
    paydirt quality Deals\n  \
    paydirt quality Deals@3 --json\n  \
    paydirt quality Deals --rows DQ-24 > amounts.csv")]
pub(super) struct QualityArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// Print the rows that break a rule, as CSV.
    #[arg(long, value_name = "RULE", conflicts_with = "json")]
    rows: Option<String>,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Says it.
pub(super) fn run(arguments: &QualityArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let (log, version) = named(&workspace, &arguments.log).map_err(fail)?;
    workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    let which = (log, version, CaseNotion::Main);
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    if let Some(rule) = &arguments.rows {
        let rows = findings::rows_of_version(&workspace, which, rule, running).map_err(fail)?;
        return print(&rows);
    }
    let found = findings::of_version(&workspace, which, language, running).map_err(fail)?;
    if arguments.json {
        let found = serde_json::to_string(&found).expect("findings are plain data");
        return print(&format!("{found}\n"));
    }
    print(check_rules::describe(&found, language).trim_start())
}
