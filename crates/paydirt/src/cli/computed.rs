//! `paydirt computed`: which attributes of a stored log are computed, and how.

use clap::Args;
use paydirt_app::computed::{self, ComputedAttribute, Named};
use paydirt_model::language::Language;
use paydirt_model::say;

use super::data::{DataArguments, named};
use super::library::LibraryArguments;
use super::words::word;
use super::{Failure, failing, print, table};

/// What `paydirt computed` takes.
#[derive(Debug, Args)]
#[command(after_help = "Computed attributes are used as all others are, in filters, tables and \
    questions, and follow\nthe settings of the log (`paydirt settings`). \"Now\" is the end of the \
    data.\n\n\
    Examples:\n  \
    paydirt computed Deals\n  \
    paydirt computed Deals@3 --at 2 --json")]
pub(super) struct ComputedArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// By the settings as they were after this change; 0 has the defaults.
    #[arg(long, value_name = "NUMBER")]
    at: Option<u64>,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Lists them.
pub(super) fn run(arguments: &ComputedArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let which = named(&workspace, &arguments.log).map_err(fail)?;
    workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    let found = computed::of_version(&workspace, which, arguments.at, language).map_err(fail)?;
    if arguments.json {
        let found = serde_json::to_string(&found).expect("it is plain data");
        return print(&format!("{found}\n"));
    }
    if !found.is_of_process {
        let told = say!("Nothing is computed: the log was not recognised as one of the process.");
        return print(&format!("{}\n", told.in_language(language)));
    }
    let columns = ["attribute", "type", "definition", "settings"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let rows = found.attributes.iter().map(|one| row(one, language));
    let rows: Vec<Vec<String>> = rows.collect();
    print(&table::render(&columns, &rows, 0))
}

fn row(one: &ComputedAttribute, language: Language) -> Vec<String> {
    let names = |all: &[Named]| -> Vec<String> { all.iter().map(|one| one.name.clone()).collect() };
    let definition = if one.missing.is_empty() {
        one.definition.clone()
    } else {
        let missing = names(&one.missing);
        say!("not computable: {missing}", missing).in_language(language)
    };
    let kind = one.kind.label().in_language(language);
    vec![one.key.clone(), kind, definition, names(&one.settings).join(", ")]
}
