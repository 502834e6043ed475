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
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;

use super::data::{DataArguments, with_steps};
use super::library::LibraryArguments;
use super::progress::Progress;
use super::serve::{LogFormat, USUAL_PORT};
use super::words::word;
use super::{CANCELLED, Failure, browser, days, failing, print, serve, table, threads};
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
    #[command(flatten)]
    library: LibraryArguments,
}

fn deals() -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=demo::DEAL_COUNT_MAX)
}

/// Shows the demo.
pub(super) fn run(arguments: &DemoArguments, language: Language) -> Result<(), Failure> {
    if arguments.print { show(arguments, language) } else { serve_it(arguments, language) }
}

/// Opens the data folder, makes the demo log where there is none, and serves.
fn serve_it(arguments: &DemoArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    serve::write_log(LogFormat::Plain, LevelFilter::WARN);
    let workspace = arguments.data.open(threads, language).map_err(fail)?;
    workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    let name = log_name(arguments);
    if workspace.store().find(&name).map_err(fail)?.is_none() {
        let settings = DemoSettings { deals: arguments.deals, seed: arguments.seed, threads };
        let make = |steps: Steps<'_>| stored_import::make_demo(&workspace, &name, &settings, steps);
        with_steps(&say!("making the demo log").in_language(language), threads, make)
            .map_err(fail)?;
    }
    let folder = arguments.data.folder();
    let settings =
        ServerSettings { port: arguments.port, ..ServerSettings::local(threads, folder.clone()) };
    let listening = |address: SocketAddr| {
        serve::announce(address, &folder, arguments.json, language);
        if !arguments.no_open {
            browser::open(&serve::url(address));
        }
    };
    serve::serve(settings, workspace, language, listening).map_err(fail)
}

/// The name of the log: one for the usual world, one for each other.
fn log_name(arguments: &DemoArguments) -> String {
    let (deals, seed) = (arguments.deals, arguments.seed);
    if deals == demo::USUAL_DEALS && seed == demo::USUAL_SEED {
        return stored_import::DEMO_NAME.to_owned();
    }
    let noun = if deals == 1 { "deal" } else { "deals" };
    format!("{} ({deals} {noun}, seed {seed})", stored_import::DEMO_NAME)
}

/// Makes the world and shows it in the terminal.
fn show(arguments: &DemoArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let settings = DemoSettings { deals: arguments.deals, seed: arguments.seed, threads };
    let progress = Progress::new(&say!("making the demo world").in_language(language), false);
    let told = |done, total| progress.set(done, total);
    let log = demo::build(&settings, &CANCELLED, &told).map_err(fail)?;
    let written = match &arguments.out {
        Some(folder) => {
            Some(demo::write(&settings, folder, &log, &CANCELLED, &told).map_err(fail)?)
        }
        None => None,
    };
    drop(progress);
    let ask = |question: &str, params: Value| answer(&log, question, params, threads, language);
    let summary = ask("summary", json!({})).map_err(fail)?;
    let weight = json!({"weight": {"attribute": AMOUNT, "currency": CURRENCY}});
    let map = ask("map", weight).map_err(fail)?;
    if arguments.json {
        return print(&format!("{{\"summary\":{summary},\"map\":{map}}}\n"));
    }
    let parse = |text: &str| -> Result<Value, Failure> {
        serde_json::from_str(text).map_err(|error| {
            fail(Problem::new(
                ErrorCode::Internal,
                say!("The answer cannot be read: {error}.", error = error.to_string()),
            ))
        })
    };
    let shown = Shown { language };
    let mut text = shown.told(say!(
        "Demo world: {deals} {deals|deal|deals} from lead to cash, seed {seed}",
        deals = arguments.deals,
        seed = arguments.seed.to_string()
    ));
    text.push_str("\n\n");
    text.push_str(&table::show(&days::as_dates(parse(&summary)?), language));
    text.push_str(&shown.map(&parse(&map)?));
    if let (Some(files), Some(folder)) = (written, &arguments.out) {
        let folder = folder.display().to_string();
        let line = say!("Written to {folder}: {files}", folder, files);
        text.push_str(&format!("\n{}\n", shown.told(line)));
    }
    text.push_str(&shown.next_steps());
    print(&text)
}

fn answer(
    log: &EventLog,
    question: &str,
    params: Value,
    threads: usize,
    language: Language,
) -> Result<String, Problem> {
    let question = question.to_owned();
    let ask = Ask { question, params, filters: Vec::new(), group_by: None, language };
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    analyse::answer(log, &ask, running)
}

/// The process map as tables, in a language.
struct Shown {
    language: Language,
}

impl Shown {
    fn told(&self, sentence: Sentence) -> String {
        sentence.in_language(self.language)
    }

    fn next_steps(&self) -> String {
        let steps = [
            ("paydirt check FILE", say!("what it is and how it is read")),
            ("paydirt ask FILE map", say!("the process map")),
            ("paydirt ask --help", say!("every question")),
        ];
        let mut text = format!("\n{}\n", self.told(say!("Next: ask your own file.")));
        for (command, what) in steps {
            text.push_str(&format!("  {command:33} {}\n", self.told(what)));
        }
        text
    }

    fn map(&self, map: &Value) -> String {
        let no_rows = Vec::new();
        let paths = map["paths"].as_array().unwrap_or(&no_rows);
        let cases = map["cases"].as_u64().unwrap_or(0);
        let mut text = self.main_paths(paths);
        text.push_str(&self.longest_waits(paths, cases));
        text.push_str(&self.waiting_money(paths));
        if let Some(left_out) = map["left_out"].as_array().filter(|list| !list.is_empty()) {
            let names: Vec<String> = left_out
                .iter()
                .map(|entry| {
                    format!("{} ({})", name(entry, "activity"), self.count(&entry["events"]))
                })
                .collect();
            let line = say!("Left out as auxiliary: {names}", names);
            text.push_str(&format!("\n{}\n", self.told(line)));
        }
        text
    }

    fn main_paths(&self, paths: &[Value]) -> String {
        let mut strongest: Vec<&Value> = paths.iter().collect();
        strongest.sort_by_key(|path| std::cmp::Reverse(path["events"].as_u64()));
        strongest.truncate(MAIN_PATHS);
        let rows = strongest.iter().map(|path| {
            vec![
                name(path, "from"),
                name(path, "to"),
                self.count(&path["events"]),
                self.count(&path["cases"]),
                self.duration(path, "median"),
                self.duration(path, "p90"),
            ]
        });
        let headings = ["from", "to", "times", "cases", "median", "p90"];
        self.section(say!("Main paths"), &headings, rows)
    }

    fn longest_waits(&self, paths: &[Value], cases: u64) -> String {
        let seconds = |path: &Value| path["duration_s"]["median"].as_f64().unwrap_or(0.0);
        let is_common =
            |path: &&Value| path["cases"].as_u64().unwrap_or(0) * WAIT_CASES_ONE_IN >= cases;
        let mut longest: Vec<&Value> = paths.iter().filter(is_common).collect();
        longest.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
        longest.truncate(LONGEST_WAITS);
        let rows = longest.iter().map(|path| {
            vec![
                name(path, "from"),
                name(path, "to"),
                self.duration(path, "median"),
                self.duration(path, "p90"),
                self.count(&path["cases"]),
            ]
        });
        let title =
            say!("Longest waits (median; at least 1 case in {count})", count = WAIT_CASES_ONE_IN);
        self.section(title, &["from", "to", "median", "p90", "cases"], rows)
    }

    fn waiting_money(&self, paths: &[Value]) -> String {
        let money = |path: &Value| path["weighted"][0]["total"].as_f64().unwrap_or(0.0);
        let total: f64 = paths.iter().map(money).sum();
        let mut dearest: Vec<&Value> = paths.iter().filter(|path| money(path) > 0.0).collect();
        dearest.sort_by(|a, b| money(b).total_cmp(&money(a)));
        dearest.truncate(LONGEST_WAITS);
        let rows = dearest.iter().map(|path| {
            let used = path["weighted"][0]["used"].as_u64().unwrap_or(0);
            let missing = path["weight_missing"].as_u64().unwrap_or(0);
            vec![
                name(path, "from"),
                name(path, "to"),
                table::decimal(money(path) / 1e6, self.language),
                table::percent(money(path) / total, self.language),
                self.told(say!("{used} of {all}", used, all = used + missing)),
            ]
        });
        let title = say!("Money waiting (deal value × days, EUR at the rates of the day)");
        self.section(title, &["from", "to", "M€ · days", "share", "waits with a value"], rows)
    }

    fn section(
        &self,
        title: Sentence,
        headings: &[&str],
        rows: impl Iterator<Item = Vec<String>>,
    ) -> String {
        let headings: Vec<String> =
            headings.iter().map(|heading| word(heading, self.language).to_owned()).collect();
        let table = table::render(&headings, &rows.collect::<Vec<_>>(), 0);
        format!("\n{}\n{table}", self.told(title))
    }

    fn count(&self, value: &Value) -> String {
        self.language.number(value.as_i64().unwrap_or(0))
    }

    fn duration(&self, path: &Value, name: &str) -> String {
        let seconds = path["duration_s"][name].as_f64();
        seconds.map_or_else(|| "–".to_owned(), |seconds| table::duration(seconds, self.language))
    }
}

fn name(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}
