//! Recipes on the command line: the flags `--recipe` and `--write-recipe`, and `paydirt recipe`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use paydirt_app::import::ImportSettings;
use paydirt_app::output_file::{unwritable, write_file};
use paydirt_app::recipe::{self, RECIPE_BYTES_MAX, RecipeOrder, is_meant};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::{DataArguments, named};
use super::{Failure, failing, print, report};

/// The flags.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recipe")]
pub(super) struct RecipeFileArguments {
    /// A recipe: a TOML file that says which files are read, how, and into which log. Nothing is
    /// guessed; a file with other columns is refused.
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Write the recipe that reads the next file in exactly this way.
    #[arg(long, value_name = "FILE")]
    write_recipe: Option<PathBuf>,
}

impl RecipeFileArguments {
    /// What the recipe asks for, where one is named; the flags that say how files are read are then
    /// left out.
    pub(super) fn order(
        &self,
        given: &ImportSettings,
        is_json: bool,
        language: Language,
    ) -> Result<Option<RecipeOrder>, Failure> {
        let Some(path) = &self.recipe else { return Ok(None) };
        let fail = failing(is_json);
        if *given != ImportSettings::detect() {
            let detail = say!("A recipe says how files are read, and so do other flags.");
            return Err(fail(Problem::new(ErrorCode::WrongUsage, detail).with_hint(say!(
                "Leave the flags about reading out, or write what they say into the recipe."
            ))));
        }
        let text = read(path).map_err(fail)?;
        let order = recipe::read(&path.display().to_string(), &text);
        order.map(Some).map_err(|mut problems| {
            let last = problems.pop().expect("a recipe is refused for a reason");
            for problem in problems {
                report(&problem.told_in(language), false);
            }
            fail(last)
        })
    }

    /// The files that a recipe names, in its folder.
    pub(super) fn files(&self, order: &RecipeOrder) -> Result<Vec<PathBuf>, Problem> {
        let path = self.recipe.as_deref().unwrap_or(Path::new("."));
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut files = Vec::new();
        for name in &order.files {
            if !name.contains('*') {
                files.push(folder.join(name));
                continue;
            }
            let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
            let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            let mut found: Vec<String> = names.filter(|file| is_meant(name, file)).collect();
            if found.is_empty() {
                let detail = say!("No file is called like \"{name}\".", name = name.as_str());
                return Err(Problem::new(ErrorCode::FileNotFound, detail)
                    .in_file(folder.display().to_string())
                    .with_hint(say!("Files of a recipe are looked for in its folder.")));
            }
            found.sort();
            files.extend(found.iter().map(|file| folder.join(file)));
        }
        if files.is_empty() {
            let detail = say!("Neither the command nor the recipe names a file.");
            return Err(Problem::new(ErrorCode::WrongUsage, detail).with_hint(say!(
                "Name the files, or add a line such as files = [\"deals.csv\"]."
            )));
        }
        Ok(files)
    }

    /// Refuses to write over a file, before anything else is done.
    pub(super) fn refuse_known(&self) -> Result<(), Problem> {
        match &self.write_recipe {
            Some(path) if path.exists() => {
                let detail = say!("There is a file of this name already.");
                Err(Problem::new(ErrorCode::FileUnwritable, detail)
                    .in_file(path.display().to_string())
                    .with_hint(say!("Choose another name for the recipe, or delete that file.")))
            }
            _ => Ok(()),
        }
    }

    /// Writes the recipe where that is wanted.
    pub(super) fn write(
        &self,
        recipe: impl FnOnce() -> Result<String, Problem>,
    ) -> Result<(), Problem> {
        let Some(path) = &self.write_recipe else { return Ok(()) };
        let text = recipe()?;
        write_file(path, |output| {
            output.write_all(text.as_bytes()).map_err(|error| unwritable(path, &error))
        })
    }

    /// Whether a recipe is to be written.
    pub(super) fn is_wanted(&self) -> bool {
        self.write_recipe.is_some()
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => ErrorCode::FileNotFound,
        _ => ErrorCode::FileUnreadable,
    };
    let detail = say!("It cannot be read: {error}.", error = error.to_string());
    Problem::new(code, detail).in_file(path.display().to_string())
}

fn read(path: &Path) -> Result<String, Problem> {
    let bytes = fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    let name = path.display().to_string();
    let max = RECIPE_BYTES_MAX;
    if u64::try_from(max).is_ok_and(|max| max < bytes) {
        let detail = say!("A recipe has at most {max} bytes; this file has {bytes}.", max, bytes);
        return Err(Problem::new(ErrorCode::InputTooLarge, detail).in_file(name));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let detail = say!("The file is not UTF-8, so it was not read.");
        Problem::new(ErrorCode::RecipeMistake, detail).in_file(name)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// What `paydirt recipe` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt recipe Deals > deals.toml\n  \
    paydirt recipe Deals@3\n  \
    paydirt import next.csv --recipe deals.toml")]
pub(super) struct RecipeArguments {
    /// The version: NAME@3, or NAME for the current one.
    version: String,
    /// Print the recipe as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Prints the recipe of a version.
pub(super) fn run(arguments: &RecipeArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let (log, number) = named(&workspace, &arguments.version).map_err(fail)?;
    let recipe = recipe::of_version(&workspace, log, number).map_err(fail)?;
    if arguments.json {
        return print(&format!("{}\n", json!(RecipeOrder::of(&recipe))));
    }
    print(&recipe.to_toml())
}
