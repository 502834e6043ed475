//! `paydirt views`: what is saved for a log: list, show, delete.

use clap::Args;
use paydirt_app::views::{self, Saved, SavedView};
use paydirt_app::workspace::ViewId;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::delete::{Doomed, is_confirmed};
use super::words::word;
use super::{Failure, failing, print, table};

/// What `paydirt views` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt views Deals                           what is saved for the log\n  \
    paydirt views Deals \"Slow deals\" --json       with its page and its filters\n  \
    paydirt views Deals \"Slow deals\" --delete")]
pub(super) struct ViewsArguments {
    /// Name of the log.
    log: String,
    /// Name or number of what is saved; everything is listed without it.
    name: Option<String>,
    /// Delete it.
    #[arg(long)]
    delete: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print what is saved as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Lists what is saved, shows one of it, or deletes it.
pub(super) fn run(arguments: &ViewsArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (workspace, log) = arguments.data.open_log(&arguments.log, language).map_err(fail)?;
    let Some(name) = &arguments.name else {
        if arguments.delete {
            let detail = say!("Nothing is named that is to be deleted.");
            let hint = say!("Give the name or the number, as the list shows it.");
            return Err(fail(Problem::new(ErrorCode::WrongUsage, detail).with_hint(hint)));
        }
        let saved = views::all(&workspace, log).map_err(fail)?;
        return list(&saved, arguments, language);
    };
    let view = views::find(&workspace, log, name).map_err(fail)?;
    if !arguments.delete {
        return show(&view, arguments.json, language);
    }
    let doomed = Doomed::Saved(view.name.clone());
    if !arguments.yes && !is_confirmed(&doomed, language).map_err(fail)? {
        return print(&format!("{}\n", say!("Nothing was deleted.").in_language(language)));
    }
    views::delete(&workspace, (log, ViewId(view.id)), None).map_err(fail)?;
    if arguments.json {
        return print(&format!("{}\n", json!({ "deleted": view })));
    }
    let told = say!("{name} is deleted.", name = view.name);
    print(&format!("{}\n", told.in_language(language)))
}

fn list(
    saved: &[SavedView],
    arguments: &ViewsArguments,
    language: Language,
) -> Result<(), Failure> {
    if arguments.json {
        return print(&format!("{}\n", json!({ "views": saved })));
    }
    if saved.is_empty() {
        let none = say!("Nothing is saved for this log yet; the page in the browser saves views.");
        return print(&format!("{}\n", none.in_language(language)));
    }
    let columns = ["number", "name", "is", "page", "filters", "changed"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let lines: Vec<Vec<String>> = saved.iter().map(|view| line(view, language)).collect();
    print(&table::render(&columns, &lines, 0))
}

fn line(view: &SavedView, language: Language) -> Vec<String> {
    let (kind, page, filters) = match &view.saved {
        Saved::View { page, state } => {
            let filters = state.get("filters").and_then(|filters| filters.as_array());
            (say!("view"), page.clone(), filters.map_or(0, Vec::len))
        }
        Saved::Filters { filters } => (say!("list of filters"), "–".to_owned(), filters.len()),
        Saved::Target { .. } => (say!("target time"), "–".to_owned(), 0),
    };
    vec![
        view.id.to_string(),
        view.name.clone(),
        kind.in_language(language),
        page,
        filters.to_string(),
        view.updated_at.to_string(),
    ]
}

fn show(view: &SavedView, is_json: bool, language: Language) -> Result<(), Failure> {
    let value = json!(view);
    if is_json {
        return print(&format!("{value}\n"));
    }
    print(&table::show(&value, language))
}
