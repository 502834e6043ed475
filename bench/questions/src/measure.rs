//! How the questions are timed: load once, warm up, repeat, report as one JSON line each.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use paydirt_app::convert::{self, OutputFormat};
use paydirt_app::demo::{self, DemoAttributes, DemoSettings};
use paydirt_app::import::{ImportSettings, import_file};
use paydirt_engine::analysis::{Analysis, Tile};
use paydirt_engine::run::{RunOptions, run as answer};
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::Problem;
use serde_json::{Value, json};

use crate::questions::{Asked, Sought, all};
use crate::workbook;

/// Runs what the arguments say.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let flag = |name: &str| -> Option<&str> {
        let position = arguments.iter().position(|argument| argument == name)?;
        arguments.get(position + 1).map(String::as_str)
    };
    let number = |name: &str, usual: usize| -> Result<usize, String> {
        flag(name).map_or(Ok(usual), |text| {
            text.parse().map_err(|_| format!("{name} takes a number, not {text}"))
        })
    };
    let (Some(verb), Some(file)) = (arguments.first(), arguments.get(1)) else {
        return Err("usage: paydirt-bench questions|load|read FILE [flags], or make DEALS PARQUET"
            .to_owned());
    };
    let threads = number("--threads", 2)?;
    let repeats = number("--repeats", 7)?;
    let settings = ImportSettings {
        only_core: arguments.iter().any(|argument| argument == "--core"),
        ..ImportSettings::detect()
    };
    match verb.as_str() {
        "make" => make(arguments, threads),
        "make-workbook" => {
            let path = arguments.get(2).ok_or("make-workbook takes ROWS and a file")?;
            let rows = file.parse().map_err(|_| format!("{file} is no number of rows"))?;
            workbook::make(rows, Path::new(path))
        }
        "read-workbook" => workbook::read(file, threads, repeats),
        "load" => {
            let usual = if settings.only_core { "load_core" } else { "load_all" };
            load(file, flag("--name").unwrap_or(usual), &settings, threads, repeats)
        }
        "read" => read(&import(file, &settings, threads)?, threads, repeats),
        "questions" => {
            let sought = Sought {
                region: flag("--region").unwrap_or("EMEA").to_owned(),
                first: flag("--first").unwrap_or("Quote Issued").to_owned(),
                then: flag("--then").unwrap_or("Payment Received").to_owned(),
            };
            let started = Instant::now();
            let log = import(file, &settings, threads)?;
            let loaded_ms = milliseconds(started);
            line("load", threads, &[loaded_ms], log.context().event_count, None);
            for asked in all(&sought) {
                if flag("--question").is_none_or(|wanted| wanted == asked.name) {
                    ask(&log, &asked, threads, repeats);
                }
            }
            Ok(())
        }
        other => Err(format!("{other} is not questions, load, read or make")),
    }
}

fn import(file: &str, settings: &ImportSettings, threads: usize) -> Result<EventLog, String> {
    let cancelled = AtomicBool::new(false);
    import_file(Path::new(file), settings, threads, &cancelled, &|_, _| {})
        .map(|imported| imported.log)
        .map_err(|problem| problem.to_string())
}

fn ask(log: &EventLog, asked: &Asked, threads: usize, repeats: usize) {
    let analysis = Analysis {
        version: "bench".to_owned(),
        notion: log.context().notion,
        filters: asked.filters.clone(),
        settings: None,
        other_settings: BTreeMap::new(),
        tiles: vec![Tile {
            id: asked.name.to_owned(),
            question: asked.question.to_owned(),
            params: asked.params.clone(),
            filters: Vec::new(),
            group_by: None,
        }],
    };
    let cancelled = AtomicBool::new(false);
    let mut times = Vec::new();
    let (mut bytes, mut error) = (0, None);
    for _ in 0..=repeats {
        let started = Instant::now();
        let options = RunOptions { threads, cancelled: &cancelled, progress: &|_, _| {} };
        let result = answer(log, &analysis, &options);
        times.push(milliseconds(started));
        match result {
            Ok(answer) => {
                let tile = &answer.tiles[0];
                bytes = tile.answer.as_ref().map_or(0, |answer| answer.get().len() as u64);
                error = tile.problem.as_ref().map(ToString::to_string);
            }
            Err(problem) => error = Some(problem.to_string()),
        }
    }
    line(asked.name, threads, &times, bytes, error);
}

/// The case attributes of the benchmark's log: with case, activity, time, resource and the
/// currency of the amount its CSV has 15 columns.
const ATTRIBUTES: &[&str] = &[
    "OpportunityAmount",
    "OpportunityOwner",
    "SalesTeam",
    "SalesRegion",
    "SalesStage",
    "LeadSource",
    "CustomerName",
    "DiscountPercentage",
    "ProductCategory",
    "PaymentTerms",
];

/// Writes the demo world's main log as Parquet; with `--csv` also as CSV with 15 and with 3
/// columns; with `--xes` also as XES; with `--few` with resource, region and discount only.
fn make(arguments: &[String], threads: usize) -> Result<(), String> {
    let (Some(deals), Some(parquet)) = (arguments.get(1), arguments.get(2)) else {
        return Err("make takes DEALS and a Parquet file".to_owned());
    };
    let deals = deals.parse().map_err(|_| format!("{deals} is no number of deals"))?;
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let names: &[&str] =
        if has("--few") { &["SalesRegion", "DiscountPercentage"] } else { ATTRIBUTES };
    let settings = DemoSettings { deals, seed: demo::USUAL_SEED, threads };
    let cancelled = AtomicBool::new(false);
    let told = |problem: Problem| problem.to_string();
    let build =
        |attributes| demo::build_some(&settings, attributes, &cancelled, &|_, _| {}).map_err(told);
    let write = |log: &EventLog, file: &Path, format| {
        convert::write_log(log, file, format, &cancelled).map(|_| ()).map_err(told)
    };
    let parquet = Path::new(parquet);
    let log = build(DemoAttributes::Cases(names))?;
    write(&log, parquet, OutputFormat::Parquet)?;
    if has("--xes") {
        write(&log, &parquet.with_extension("xes"), OutputFormat::Xes)?;
    }
    if has("--csv") {
        write(&log, &parquet.with_extension("csv"), OutputFormat::Csv)?;
        let core = build(DemoAttributes::None)?;
        write(&core, &parquet.with_extension("core.csv"), OutputFormat::Csv)?;
    }
    Ok(())
}

fn load(
    file: &str,
    name: &str,
    settings: &ImportSettings,
    threads: usize,
    repeats: usize,
) -> Result<(), String> {
    let mut times = Vec::new();
    let mut events = 0;
    for _ in 0..=repeats {
        let started = Instant::now();
        let log = import(file, settings, threads)?;
        times.push(milliseconds(started));
        events = log.context().event_count;
    }
    line(name, threads, &times, events, None);
    Ok(())
}

/// Adds up every activity and time: what touching the bytes of the map costs at least.
fn read(log: &EventLog, threads: usize, repeats: usize) -> Result<(), String> {
    let core: usize = log.segments().iter().map(|segment| segment.core_memory_bytes()).sum();
    let mut times = Vec::new();
    let mut check = 0_i64;
    for _ in 0..=repeats {
        let started = Instant::now();
        let next = std::sync::atomic::AtomicUsize::new(0);
        let sums: Vec<i64> = std::thread::scope(|scope| {
            let work = || {
                let mut sum = 0_i64;
                loop {
                    let idx = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(segment) = log.segments().get(idx) else { return sum };
                    let parts = segment.parts();
                    sum = parts.times_us.iter().fold(sum, |sum, &time| sum.wrapping_add(time));
                    let activities = parts.activities.iter().map(|code| code.idx() as i64);
                    sum = activities.fold(sum, i64::wrapping_add);
                }
            };
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            handles.into_iter().map(|handle| handle.join().unwrap_or(0)).collect()
        });
        times.push(milliseconds(started));
        check = sums.iter().fold(check, |check, &sum| check.wrapping_add(sum));
    }
    let events = log.context().event_count;
    line("read_core_columns", threads, &times, events, None);
    println!(
        "{}",
        json!({ "question": "core_bytes_per_event", "check": check,
        "value": core as f64 / events.max(1) as f64 })
    );
    Ok(())
}

pub(crate) fn milliseconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1e3
}

/// Prints what an engine took for a question that it answers alone.
pub(crate) fn line_of(
    (engine, version): (&str, &str),
    name: &str,
    threads: usize,
    times: &[f64],
    rows: u64,
) {
    print_line((engine, version), name, threads, times, rows, None);
}

fn line(name: &str, threads: usize, times: &[f64], rows: u64, error: Option<String>) {
    print_line(("paydirt", env!("CARGO_PKG_VERSION")), name, threads, times, rows, error);
}

fn print_line(
    (engine, version): (&str, &str),
    name: &str,
    threads: usize,
    times: &[f64],
    rows: u64,
    error: Option<String>,
) {
    let mut warm: Vec<f64> = times[usize::from(times.len() > 1)..].to_vec();
    warm.sort_by(f64::total_cmp);
    let line = json!({
        "engine": engine,
        "version": version,
        "question": name,
        "threads": threads,
        "rows_answered": rows,
        "first_ms": times[0],
        "median_ms": warm[warm.len() / 2],
        "min_ms": warm[0],
        "all_ms": times,
        "rss_mb": memory("VmRSS:"),
        "peak_mb": memory("VmHWM:"),
        "error": error.map_or(Value::Null, Value::from),
    });
    println!("{line}");
}

/// A figure of this process in MB, where the system tells it.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix(name))?;
    kilobytes.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1_024)
}
