//! `paydirt changes`: what is different between two versions of a stored log.

use clap::Args;
use paydirt_app::analyse::Running;
use paydirt_app::version_changes::{
    self, ActivityChange, AttributeName, Changes, DurationStatistics, VersionChanges,
};
use paydirt_app::workspace::VersionNumber;
use paydirt_model::language::Language;
use paydirt_model::say;

use super::data::{DataArguments, named};
use super::export::Notion;
use super::words::word;
use super::{CANCELLED, Failure, failing, print, table, threads};

/// So many ids of each list of cases are shown.
const IDS_MAX: usize = 5;

/// What `paydirt changes` takes.
#[derive(Debug, Args)]
#[command(after_help = "A case has changed when its events have: activities, times or starts. \
    Attributes are not compared.\n\n\
    Examples:\n  \
    paydirt changes Deals                 the current version and the one it was made from\n  \
    paydirt changes Deals@5 --since 2")]
pub(super) struct ChangesArguments {
    /// The later version: NAME@3, or NAME for the current one.
    version: String,
    /// The earlier version; else the one that the later one was made from.
    #[arg(long, value_name = "VERSION")]
    since: Option<u64>,
    /// What a case is, where a version has several logs: main, lead or document.
    #[arg(
        long,
        value_name = "CASE",
        value_enum,
        default_value = "main",
        hide_possible_values = true
    )]
    notion: Notion,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Compares.
pub(super) fn run(arguments: &ChangesArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let (log, number) = named(&workspace, &arguments.version).map_err(fail)?;
    let since = arguments.since.map(VersionNumber);
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    let which = (log, number, arguments.notion.case_notion());
    let found = version_changes::of(&workspace, which, since, running).map_err(fail)?;
    if arguments.json {
        let found = serde_json::to_string(&found).expect("changes are plain data");
        return print(&format!("{found}\n"));
    }
    print(&text_of(&found, language))
}

fn text_of(found: &VersionChanges, language: Language) -> String {
    let Changes { cases, events, activities, before, after, .. } = &found.changes;
    let mut lines = vec![
        say!(
            "{version} compared with {since}:",
            version = found.version.clone(),
            since = found.since.clone()
        ),
        say!(
            "{count} {count|case|cases} ({before} before): {new} new, {gone} gone, {changed} \
             changed, {unchanged} unchanged.",
            count = after.cases,
            before = before.cases,
            new = cases.new,
            gone = cases.gone,
            changed = cases.changed,
            unchanged = cases.unchanged
        ),
        say!(
            "{count} {count|event|events} ({before} before): {added} added, {removed} removed, \
             {unchanged} unchanged.",
            count = after.events,
            before = before.events,
            added = events.added,
            removed = events.removed,
            unchanged = events.unchanged
        ),
    ];
    if let (Some(before), Some(after)) = (before.case_duration_s, after.case_duration_s) {
        #[expect(clippy::cast_precision_loss, reason = "shown in one unit with one decimal")]
        let told = |spread: DurationStatistics| {
            table::duration(spread.median.as_us() as f64 / 1e6, language)
        };
        lines.push(say!(
            "Median case duration: {after} ({before} before).",
            after = told(after),
            before = told(before)
        ));
    }
    let examples = |ids: &[String]| ids.iter().take(IDS_MAX).cloned().collect::<Vec<String>>();
    if !cases.new_examples.is_empty() {
        lines.push(say!("New cases, such as {cases}.", cases = examples(&cases.new_examples)));
    }
    if !cases.gone_examples.is_empty() {
        lines.push(say!("Gone cases, such as {cases}.", cases = examples(&cases.gone_examples)));
    }
    if !cases.changed_examples.is_empty() {
        let cases = examples(&cases.changed_examples);
        lines.push(say!("Changed cases, such as {cases}.", cases));
    }
    let names = |attributes: &[AttributeName]| {
        attributes.iter().map(|one| one.name.clone()).collect::<Vec<String>>()
    };
    let (new, gone) = (&found.changes.attributes_new, &found.changes.attributes_gone);
    if !new.is_empty() {
        lines.push(say!("New attributes: {attributes}.", attributes = names(new)));
    }
    if !gone.is_empty() {
        lines.push(say!("Gone attributes: {attributes}.", attributes = names(gone)));
    }
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.in_language(language));
        text.push('\n');
    }
    if !activities.is_empty() {
        text.push_str(&table_of(activities, language));
    }
    text
}

fn table_of(activities: &[ActivityChange], language: Language) -> String {
    let columns = ["activity", "events before", "events after", "added", "removed"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let count = |number: u64| language.number(i64::try_from(number).unwrap_or(i64::MAX));
    let line = |one: &ActivityChange| {
        let counts = [one.events_before, one.events_after, one.added, one.removed].map(count);
        std::iter::once(one.activity.clone()).chain(counts).collect::<Vec<String>>()
    };
    let lines: Vec<Vec<String>> = activities.iter().take(table::ROWS_MAX).map(line).collect();
    let mut text = table::render(&columns, &lines, 0);
    if activities.len() > table::ROWS_MAX {
        let more = say!("… {count} more", count = activities.len() - table::ROWS_MAX);
        text.push_str(&format!("  {}\n", more.in_language(language)));
    }
    text
}
