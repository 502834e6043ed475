//! `paydirt library`: what is known about the process beforehand, and what is wrong with the user's
//! own files of it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use paydirt_app::library::{LoadedLibrary, USUAL_FOLDER};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::words::word;
use super::{Failure, failing, print, problem_json, table};

/// What `paydirt library` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "A folder has the same files as the library in the program: attributes.toml, \
    activities.toml,\ndocuments.toml, quality.toml, settings.toml, terms.toml, coverage.toml, \
    process.toml,\nworkbook.toml and templates/SYSTEM.toml. An entry with a known key changes what \
    it says anew;\nevery other entry is added.\nEnds with 1 when there are mistakes; the rest is \
    used all the same.\n\n\
    Examples:\n  \
    paydirt library\n  \
    paydirt library my-library --lang fr\n  \
    paydirt library --json"
)]
pub(super) struct LibraryVerbArguments {
    /// Folder with library files of your own; else as --library.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Print the whole library as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Which library.
#[derive(Debug, Args)]
#[command(next_help_heading = "Library")]
pub(super) struct LibraryArguments {
    /// Folder with library files of your own; else PAYDIRT_LIBRARY, else the folder "library" of
    /// the data folder where there is one.
    #[arg(long, value_name = "DIR")]
    library: Option<PathBuf>,
}

impl LibraryArguments {
    /// The folder that a flag or the environment names, else the usual one where it exists.
    fn folder(&self, data: &Path) -> Option<PathBuf> {
        let named = std::env::var_os("PAYDIRT_LIBRARY").filter(|name| !name.is_empty());
        let usual = Some(data.join(USUAL_FOLDER)).filter(|folder| folder.is_dir());
        self.library.clone().or_else(|| named.map(PathBuf::from)).or(usual)
    }

    /// Reads the library, whose mistakes are told elsewhere.
    pub(super) fn read(&self, data: &Path) -> LoadedLibrary {
        LoadedLibrary::load(self.folder(data).as_deref())
    }

    /// Reads the library, and tells its mistakes where people see them.
    pub(super) fn load(&self, data: &Path, language: Language) -> LoadedLibrary {
        let loaded = self.read(data);
        for problem in &loaded.problems {
            let told = problem.clone().told_in(language);
            let _ = writeln!(io::stderr(), "paydirt: {told}");
        }
        loaded
    }
}

/// Shows the library.
pub(super) fn run(arguments: &LibraryVerbArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let chosen = arguments.library.folder(&arguments.data.folder());
    let folder = arguments.folder.clone().or(chosen);
    if let Some(missing) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        let folder = missing.display().to_string();
        let detail = say!("There is no folder {folder}.", folder);
        return Err(fail(
            Problem::new(ErrorCode::FileNotFound, detail)
                .with_hint(say!("Check the name, --library and PAYDIRT_LIBRARY.")),
        ));
    }
    let loaded = LoadedLibrary::load(folder.as_deref());
    let count = loaded.problems.len();
    if arguments.json {
        let problems: Vec<_> = loaded
            .problems
            .iter()
            .map(|problem| problem_json(&problem.clone().told_in(language)))
            .collect();
        let library = &*loaded.library;
        let shown = json!({ "folder": loaded.folder, "problems": problems, "library": library });
        print(&format!("{shown}\n"))?;
    } else {
        print(&describe(&loaded, language))?;
    }
    if count == 0 {
        return Ok(());
    }
    let detail = say!("The library has {count} {count|mistake|mistakes}.", count);
    let hint = say!("The rest of it is used. Mend the lines that are named.");
    Err(failing(false)(Problem::new(ErrorCode::LibraryMistake, detail).with_hint(hint)))
}

fn describe(loaded: &LoadedLibrary, language: Language) -> String {
    let library = &*loaded.library;
    let mut text = String::new();
    let mut line = |told: String| {
        text.push_str(&told);
        text.push('\n');
    };
    let counts = say!(
        "{process}: {attributes} {attributes|attribute|attributes}, {activities} \
         {activities|activity|activities}, {rules} {rules|rule|rules} of data quality, {figures} \
         {figures|figure|figures}",
        process = library.process.name.get(language),
        attributes = library.attributes.len(),
        activities = library.activities.len(),
        rules = library.rules.len(),
        figures = library.figures.len()
    );
    line(counts.in_language(language));
    if let Some(folder) = &loaded.folder {
        let folder = folder.display().to_string();
        line(say!("With the files of {folder}.", folder).in_language(language));
    }
    line(format!("\n{}", say!("Data templates").in_language(language)));
    let columns = ["system", "name", "version", "attributes", "activities"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let rows = library.templates.iter().map(|template| {
        vec![
            template.system.clone(),
            template.name.get(language).to_owned(),
            template.version.clone(),
            template.published_attributes().count().to_string(),
            template.published_activities().count().to_string(),
        ]
    });
    let lines: Vec<Vec<String>> = rows.collect();
    line(table::render(&columns, &lines, 0).trim_end().to_owned());
    if !loaded.problems.is_empty() {
        line(format!("\n{}", say!("Mistakes").in_language(language)));
        for problem in &loaded.problems {
            line(format!("  {}", problem.clone().told_in(language)));
        }
    }
    text
}
