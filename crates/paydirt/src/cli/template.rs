//! `paydirt template`: the data template of a system as a workbook, or as CSV files in an archive.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use paydirt_app::output_file::{unwritable, write_file};
use paydirt_app::template::{self, TemplateFormat};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::library::LibraryArguments;
use super::words::word;
use super::{Failure, failing, print, table};

/// What `paydirt template` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "The workbook is in the language of --lang. Without SYSTEM the systems are \
    listed.\n\nExamples:\n  \
    paydirt template\n  \
    paydirt template hubspot --lang fr -o deals.xlsx\n  \
    paydirt template generic --csv"
)]
pub(super) struct TemplateArguments {
    /// System of the template; the systems are listed when not given.
    system: Option<String>,
    /// The file to write; else it is named after system, version and language.
    #[arg(short, long, value_name = "FILE", requires = "system")]
    out: Option<PathBuf>,
    /// Write the sheets as CSV files in a ZIP archive.
    #[arg(long, requires = "system")]
    csv: bool,
    /// Replace the file where there is one.
    #[arg(long)]
    overwrite: bool,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Writes a template, or lists them.
pub(super) fn run(arguments: &TemplateArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let loaded = arguments.library.load(&arguments.data.folder(), language);
    let library = &*loaded.library;
    let Some(system) = &arguments.system else {
        let guides = template::guides(library, language);
        if arguments.json {
            return print(&format!("{}\n", json!({ "templates": guides })));
        }
        let columns = ["system", "name", "version", "attributes", "activities"];
        let columns = columns.map(|column| word(column, language).to_owned());
        let rows = guides.iter().map(|guide| {
            vec![
                guide.system.clone(),
                guide.name.clone(),
                guide.version.clone(),
                guide.attributes.len().to_string(),
                guide.activities.len().to_string(),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        return print(&table::render(&columns, &rows, 0));
    };
    let format = if arguments.csv { TemplateFormat::Csv } else { TemplateFormat::Xlsx };
    let file = template::file(library, system, language, format).map_err(fail)?;
    let out = arguments.out.clone().unwrap_or_else(|| PathBuf::from(&file.name));
    if !arguments.overwrite && out.exists() {
        let detail = say!("There is a file of this name already.");
        let problem = Problem::new(ErrorCode::FileUnwritable, detail)
            .in_file(out.display().to_string())
            .with_hint(say!("Choose another name, or replace it with --overwrite."));
        return Err(fail(problem));
    }
    let written = write_file(&out, |output| {
        output.write_all(&file.bytes).map_err(|error| unwritable(&out, &error))
    });
    written.map_err(fail)?;
    let (name, bytes) = (out.display().to_string(), file.bytes.len());
    if arguments.json {
        let told =
            json!({ "file": name, "bytes": bytes, "system": system, "language": language.code() });
        return print(&format!("{told}\n"));
    }
    let told = say!("{name}: the data template of {system}", name, system);
    print(&format!("{}\n", told.in_language(language)))
}
