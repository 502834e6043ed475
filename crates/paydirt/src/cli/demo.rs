//! `paydirt demo`: makes the demo lead-to-cash log and shows its process, in the browser or in the
//! terminal.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use paydirt_app::analyse::{self, Ask, Running};
use paydirt_app::demo::{self, DemoSettings};
use paydirt_app::steps::Steps;
use paydirt_app::stored_import;
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::{ErrorCode, Problem};
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;

use super::data::{DataArguments, with_steps};
use super::progress::Progress;
use super::serve::{LogFormat, USUAL_PORT};
use super::{CANCELLED, Failure, browser, failing, print, serve, table, threads};
use crate::http::ServerSettings;

/// Paths of the map that are listed.
const MAIN_PATHS: usize = 12;
/// Waits that are listed.
const LONGEST_WAITS: usize = 8;
/// A wait is listed when at least one case in so many takes it.
const WAIT_CASES_ONE_IN: u64 = 100;
/// The attribute that weighs the waits, and the currency of the demo world's books.
const AMOUNT: &str = "OpportunityAmount";
const CURRENCY: &str = "EUR";

/// What `paydirt demo` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt demo                       in the browser\n  \
    paydirt demo --no-open --port 8080\n  \
    paydirt demo --print --deals 100000 --seed 7\n  \
    paydirt demo --print --out demo-data       also writes the raw tables and the logs")]
pub(super) struct DemoArguments {
    /// How many deals.
    #[arg(long, default_value_t = demo::USUAL_DEALS, value_parser = deals())]
    deals: u64,
    /// Seed of the world: the same seed makes the same world.
    #[arg(long, default_value_t = demo::USUAL_SEED)]
    seed: u64,
    /// Show the process in the terminal and end; nothing is stored.
    #[arg(long)]
    print: bool,
    /// With --print: also write the raw CRM and finance tables (CSV), the true logs (Parquet) and
    /// the planted effects (JSON) into this folder.
    #[arg(long, value_name = "DIR", requires = "print")]
    out: Option<PathBuf>,
    /// Port to listen on; the next free one when it is taken, 0 for any.
    #[arg(long, default_value_t = USUAL_PORT, conflicts_with = "print")]
    port: u16,
    /// Do not open a browser.
    #[arg(long, conflicts_with = "print")]
    no_open: bool,
    /// Print the address as JSON; with --print the answers of `summary` and `map`.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

fn deals() -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=demo::DEAL_COUNT_MAX)
}

/// Shows the demo.
pub(super) fn run(arguments: &DemoArguments) -> Result<(), Failure> {
    if arguments.print { show(arguments) } else { serve_it(arguments) }
}

/// Opens the data folder, makes the demo log where there is none, and serves.
fn serve_it(arguments: &DemoArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    serve::write_log(LogFormat::Plain, LevelFilter::WARN);
    let workspace = arguments.data.open(threads).map_err(fail)?;
    let name = log_name(arguments);
    if workspace.store().find(&name).map_err(fail)?.is_none() {
        let settings = DemoSettings { deals: arguments.deals, seed: arguments.seed, threads };
        let make = |steps: Steps<'_>| stored_import::make_demo(&workspace, &name, &settings, steps);
        with_steps("making the demo log", threads, make).map_err(fail)?;
    }
    let folder = arguments.data.folder();
    let settings =
        ServerSettings { port: arguments.port, ..ServerSettings::local(threads, folder.clone()) };
    let listening = |address: SocketAddr| {
        serve::announce(address, &folder, arguments.json);
        if !arguments.no_open {
            browser::open(&serve::url(address));
        }
    };
    serve::serve(settings, workspace, listening).map_err(fail)
}

/// The name of the log: one for the usual world, one for each other.
fn log_name(arguments: &DemoArguments) -> String {
    let (deals, seed) = (arguments.deals, arguments.seed);
    if deals == demo::USUAL_DEALS && seed == demo::USUAL_SEED {
        return stored_import::DEMO_NAME.to_owned();
    }
    format!("{} ({deals} deals, seed {seed})", stored_import::DEMO_NAME)
}

/// Makes the world and shows it in the terminal.
fn show(arguments: &DemoArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let settings = DemoSettings { deals: arguments.deals, seed: arguments.seed, threads };
    let progress = Progress::new("making the demo world", false);
    let told = |done, total| progress.set(done, total);
    let log = demo::build(&settings, &CANCELLED, &told).map_err(fail)?;
    let written = match &arguments.out {
        Some(folder) => {
            Some(demo::write(&settings, folder, &log, &CANCELLED, &told).map_err(fail)?)
        }
        None => None,
    };
    drop(progress);
    let ask = |question: &str, params: Value| answer(&log, question, params, threads);
    let summary = ask("summary", json!({})).map_err(fail)?;
    let weight = json!({"weight": {"attribute": AMOUNT, "currency": CURRENCY}});
    let map = ask("map", weight).map_err(fail)?;
    if arguments.json {
        return print(&format!("{{\"summary\":{summary},\"map\":{map}}}\n"));
    }
    let parse = |text: &str| -> Result<Value, Failure> {
        serde_json::from_str(text).map_err(|error| {
            fail(Problem::new(ErrorCode::Internal, format!("The answer cannot be read: {error}.")))
        })
    };
    let mut text = format!(
        "Demo world: {} deals from lead to cash, seed {}\n\n",
        count(&Value::from(arguments.deals)),
        arguments.seed
    );
    text.push_str(&table::show(&parse(&summary)?));
    text.push_str(&show_map(&parse(&map)?));
    if let (Some(files), Some(folder)) = (written, &arguments.out) {
        text.push_str(&format!("\nWritten to {}: {}\n", folder.display(), files.join(", ")));
    }
    text.push_str(NEXT_STEPS);
    print(&text)
}

const NEXT_STEPS: &str = "
Next: ask your own file.
  paydirt check FILE                what it is and how it is read
  paydirt ask FILE map              the process map
  paydirt ask --help                every question
";

fn answer(
    log: &EventLog,
    question: &str,
    params: Value,
    threads: usize,
) -> Result<String, Problem> {
    let ask = Ask { question: question.to_owned(), params, filters: Vec::new(), group_by: None };
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    analyse::answer(log, &ask, running)
}

fn show_map(map: &Value) -> String {
    let no_rows = Vec::new();
    let paths = map["paths"].as_array().unwrap_or(&no_rows);
    let cases = map["cases"].as_u64().unwrap_or(0);
    let mut text = String::from("\nMain paths\n");
    let mut strongest: Vec<&Value> = paths.iter().collect();
    strongest.sort_by_key(|path| std::cmp::Reverse(path["events"].as_u64()));
    strongest.truncate(MAIN_PATHS);
    let headings = ["from", "to", "times", "cases", "median", "p90"];
    let rows = strongest.iter().map(|path| {
        let duration = |name: &str| time(&path["duration_s"][name]);
        vec![
            name(path, "from"),
            name(path, "to"),
            count(&path["events"]),
            count(&path["cases"]),
            duration("median"),
            duration("p90"),
        ]
    });
    text.push_str(&rendered(&headings, rows));

    let seconds = |path: &Value| path["duration_s"]["median"].as_f64().unwrap_or(0.0);
    let is_common =
        |path: &&Value| path["cases"].as_u64().unwrap_or(0) * WAIT_CASES_ONE_IN >= cases;
    let mut longest: Vec<&Value> = paths.iter().filter(is_common).collect();
    longest.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
    longest.truncate(LONGEST_WAITS);
    text.push_str(&format!("\nLongest waits (median; at least 1 case in {WAIT_CASES_ONE_IN})\n"));
    let rows = longest.iter().map(|path| {
        let duration = |name: &str| time(&path["duration_s"][name]);
        vec![
            name(path, "from"),
            name(path, "to"),
            duration("median"),
            duration("p90"),
            count(&path["cases"]),
        ]
    });
    text.push_str(&rendered(&["from", "to", "median", "p90", "cases"], rows));

    let money = |path: &Value| path["weighted"][0]["total"].as_f64().unwrap_or(0.0);
    let total: f64 = paths.iter().map(money).sum();
    let mut dearest: Vec<&Value> = paths.iter().filter(|path| money(path) > 0.0).collect();
    dearest.sort_by(|a, b| money(b).total_cmp(&money(a)));
    dearest.truncate(LONGEST_WAITS);
    text.push_str("\nMoney waiting (deal value × days, EUR at the rates of the day)\n");
    let rows = dearest.iter().map(|path| {
        let used = path["weighted"][0]["used"].as_u64().unwrap_or(0);
        let missing = path["weight_missing"].as_u64().unwrap_or(0);
        vec![
            name(path, "from"),
            name(path, "to"),
            format!("{:.1}", money(path) / 1e6),
            format!("{:.1} %", money(path) / total * 100.0),
            format!("{} of {}", count(&used.into()), count(&(used + missing).into())),
        ]
    });
    text.push_str(&rendered(&["from", "to", "M€ · days", "share", "waits with a value"], rows));
    if let Some(left_out) = map["left_out"].as_array().filter(|list| !list.is_empty()) {
        let names: Vec<String> = left_out
            .iter()
            .map(|entry| format!("{} ({})", name(entry, "activity"), count(&entry["events"])))
            .collect();
        text.push_str(&format!("\nLeft out as auxiliary: {}\n", names.join(", ")));
    }
    text
}

fn rendered(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
    table::render(&headings, &rows.collect::<Vec<_>>(), 0)
}

fn name(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

fn count(value: &Value) -> String {
    table::grouped(value.as_i64().unwrap_or(0))
}

fn time(value: &Value) -> String {
    value.as_f64().map_or_else(|| "–".to_owned(), table::duration)
}
