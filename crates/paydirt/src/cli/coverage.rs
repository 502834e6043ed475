//! `paydirt coverage`: what can be computed with a stored log, and what would unlock the rest.

use clap::Args;
use paydirt_app::analyse::Running;
use paydirt_app::coverage::{self, Computable, Coverage, NeedKind, NeededData, Words};
use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::data::{DataArguments, named};
use super::library::LibraryArguments;
use super::words::word;
use super::{CANCELLED, Failure, failing, print, table, threads};

/// What `paydirt coverage` takes.
#[derive(Debug, Args)]
#[command(after_help = "Figures, activities and columns are those of `paydirt library`.\n\n\
    Examples:\n  \
    paydirt coverage Deals\n  \
    paydirt coverage Deals@3 --template hubspot --json")]
pub(super) struct CoverageArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// Data template that names what is missing, such as hubspot; else the general one.
    #[arg(long, value_name = "SYSTEM")]
    template: Option<String>,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Says it.
pub(super) fn run(arguments: &CoverageArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let which = named(&workspace, &arguments.log).map_err(fail)?;
    workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    let words = Words { template: arguments.template.as_deref(), language };
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    let found = coverage::of_version(&workspace, which, words, running).map_err(fail)?;
    if arguments.json {
        let found = serde_json::to_string(&found).expect("coverage is plain data");
        return print(&format!("{found}\n"));
    }
    print(&describe(&found, language))
}

/// The figures with what can be said of each, and what would unlock more.
pub(super) fn describe(found: &Coverage, language: Language) -> String {
    let count = |wanted: Computable| {
        found.figures.iter().filter(|figure| figure.computable == wanted).count()
    };
    let told = say!(
        "What can be computed: {fully} of {all} {all|figure|figures}, {partly} in part, {none} not",
        fully = count(Computable::Fully),
        all = found.figures.len(),
        partly = count(Computable::Partly),
        none = count(Computable::No)
    );
    let mut text = format!("{}\n", told.in_language(language));
    let lines: Vec<Vec<String>> = found
        .figures
        .iter()
        .map(|figure| {
            let state = match figure.computable {
                _ if !figure.missing.is_empty() => {
                    let lists = figure.missing.iter().map(|list| {
                        let name = |need: &coverage::Need| name_of(found, need);
                        let names: Vec<String> = list.iter().map(name).collect();
                        names.join(" / ")
                    });
                    let names: Vec<String> = lists.collect();
                    say!("needs {names}", names)
                }
                Computable::Fully => {
                    let cases = figure.cases_used;
                    say!("{cases} {cases|case|cases}", cases)
                }
                Computable::Partly | Computable::No => say!(
                    "{used} of {eligible} {eligible|case|cases}",
                    used = figure.cases_used,
                    eligible = figure.cases_eligible
                ),
            };
            vec![figure.key.clone(), figure.name.clone(), state.in_language(language)]
        })
        .collect();
    let columns = ["id", "name", "value"].map(|name| word(name, language).to_owned());
    text.push_str(&table::render(&columns, &lines, 0));
    text.push_str(&unlocks(found, language));
    text
}

/// What a need is called.
fn name_of(found: &Coverage, need: &coverage::Need) -> String {
    let known = found.data.iter().find(|data| data.kind == need.kind && data.key == need.key);
    known.map_or_else(|| need.key.clone(), |known| known.name.clone())
}

/// What is missing and would unlock figures alone, that which unlocks most first.
fn unlocks(found: &Coverage, language: Language) -> String {
    let mut missing: Vec<&NeededData> =
        found.data.iter().filter(|data| !data.unlocks.is_empty()).collect();
    missing.sort_by_key(|data| std::cmp::Reverse(data.unlocks.len()));
    if missing.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", say!("What would unlock more").in_language(language));
    for data in missing {
        let name = &data.name;
        let what = match data.kind {
            NeedKind::Activity => say!("events of the activity \"{name}\"", name),
            NeedKind::Attribute => say!("a column \"{name}\"", name),
            NeedKind::Sheet => say!("the sheet \"{name}\"", name),
            NeedKind::Setting => say!("a setting: {name}", name),
        };
        let figures = &data.unlocks;
        let line = say!("{what}, for {figures}", what, figures);
        text.push_str(&format!("  {}\n", line.in_language(language)));
        if let Some(told) = data.line.as_ref().map(template_line) {
            text.push_str(&format!("    {}\n", told.in_language(language)));
        }
    }
    text
}

fn template_line(line: &coverage::TemplateLine) -> Sentence {
    let coverage::TemplateLine { template, label, how, .. } = line;
    if how.is_empty() {
        return say!("in the template {template}: \"{label}\"", template, label);
    }
    say!("in the template {template}: \"{label}\". {how}", template, label, how)
}
