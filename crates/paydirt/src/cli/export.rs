//! `paydirt export`: a stored log leaves as a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use paydirt_app::convert::OutputFormat;
use paydirt_app::logs::{self, Leaving};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::{DataArguments, named};
use super::library::LibraryArguments;
use super::{CANCELLED, Failure, failing, print};

/// What `paydirt export` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt export Deals deals.parquet\n  \
    paydirt export Deals@3 deals.xes.gz\n  \
    paydirt export Demo leads.csv --notion lead\n  \
    paydirt export Deals deals.csv --computed")]
pub(super) struct ExportArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// The file to write: .csv, .parquet, .xes or .xes.gz.
    out: PathBuf,
    /// What a case is, where a version has several logs: main, lead or document.
    #[arg(
        long,
        value_name = "CASE",
        value_enum,
        default_value = "main",
        hide_possible_values = true
    )]
    notion: Notion,
    /// Write the computed attributes too.
    #[arg(long)]
    computed: bool,
    /// Replace the file where there is one.
    #[arg(long)]
    overwrite: bool,
    /// Print what was written as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// What a case is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Notion {
    /// The main case, such as a deal.
    Main,
    /// A lead.
    Lead,
    /// A document, such as a quote or an invoice.
    Document,
}

impl Notion {
    /// The same in the words of the log.
    pub(super) fn case_notion(self) -> CaseNotion {
        match self {
            Notion::Main => CaseNotion::Main,
            Notion::Lead => CaseNotion::Lead,
            Notion::Document => CaseNotion::Document,
        }
    }
}

/// Exports.
pub(super) fn run(arguments: &ExportArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let format = OutputFormat::of(&arguments.out).map_err(fail)?;
    if !arguments.overwrite && arguments.out.exists() {
        let detail = say!("There is a file of this name already.");
        let problem = Problem::new(ErrorCode::FileUnwritable, detail)
            .in_file(arguments.out.display().to_string())
            .with_hint(say!("Choose another name, or replace it with --overwrite."));
        return Err(fail(problem));
    }
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let (log, number) = named(&workspace, &arguments.log).map_err(fail)?;
    let notion = arguments.notion.case_notion();
    let open = workspace.open_log(log, number, notion).map_err(fail)?;
    let which = (log, number, notion);
    let out = (arguments.out.as_path(), format);
    if arguments.computed {
        workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    }
    let leaving = if arguments.computed { Leaving::WithComputed } else { Leaving::Stored };
    let notes = logs::export(&workspace, which, out, leaving, &CANCELLED).map_err(fail)?;
    let notes: Vec<String> = notes.iter().map(|note| note.in_language(language)).collect();
    let (cases, events) = (open.context().case_count, open.context().event_count);
    let file = arguments.out.display().to_string();
    if arguments.json {
        let written = json!({ "file": file, "cases": cases, "events": events, "notes": notes });
        return print(&format!("{written}\n"));
    }
    let written = say!(
        "{file}: {cases} {cases|case|cases}, {events} {events|event|events}",
        file,
        cases,
        events
    );
    let mut text = format!("{}\n", written.in_language(language));
    for note in notes {
        text.push_str(&format!("{note}\n"));
    }
    print(&text)
}
