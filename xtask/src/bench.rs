//! How fast is Paydirt beside its peers, on the same files in the same run?
//!
//! `cargo xtask bench [--deals N,N] [--threads N] [--repeats N] [--peers duckdb,polars]
//! [--small-peers pm4py] [--xes FILE] [--no-csv]` makes demo logs, times every question with
//! Paydirt and with each peer that is set up under `bench/target` (see `bench/peers/README.md`),
//! and rewrites the tables of `docs/benchmarks.md` between their markers.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::workspace::Workspace;

/// Deals of the small and the large log: about 1 and 10 million events.
const DEALS_USUAL: &str = "60000,600000";

/// What to measure.
struct Settings {
    deals: Vec<u64>,
    threads: String,
    repeats: String,
    peers: Vec<String>,
    /// Peers that are asked of the first log only, for they would take hours for the others.
    small_peers: Vec<String>,
    xes: Option<PathBuf>,
    has_csv: bool,
}

/// One log and every line that was measured on it.
pub(super) struct Measured {
    pub(super) title: String,
    pub(super) lines: Vec<Value>,
}

/// Measures and writes the report.
pub(super) fn run(workspace: &Workspace, arguments: &[String]) -> bool {
    let settings = match settings(arguments) {
        Ok(settings) => settings,
        Err(fault) => {
            eprintln!("bench: {fault}");
            return false;
        }
    };
    match measure(workspace.root(), &settings) {
        Ok(measured) => report::write(workspace.root(), &measured),
        Err(fault) => {
            eprintln!("bench: {fault}");
            false
        }
    }
}

fn settings(arguments: &[String]) -> Result<Settings, String> {
    let flag = |name: &str| -> Option<&str> {
        let position = arguments.iter().position(|argument| argument == name)?;
        arguments.get(position + 1).map(String::as_str)
    };
    let deals = flag("--deals").unwrap_or(DEALS_USUAL);
    let deals: Result<Vec<u64>, _> = deals.split(',').map(str::parse).collect();
    let names = |text: &str| -> Vec<String> {
        text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    Ok(Settings {
        deals: deals.map_err(|error| format!("--deals takes numbers: {error}"))?,
        threads: flag("--threads").unwrap_or("2").to_owned(),
        repeats: flag("--repeats").unwrap_or("7").to_owned(),
        peers: names(flag("--peers").unwrap_or("duckdb,polars")),
        small_peers: names(flag("--small-peers").unwrap_or("pm4py")),
        xes: flag("--xes").map(PathBuf::from),
        has_csv: !arguments.iter().any(|argument| argument == "--no-csv"),
    })
}

fn measure(root: &Path, settings: &Settings) -> Result<Vec<Measured>, String> {
    let folder = root.join("bench/target/logs");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    cargo(root, &["build", "--release", "-p", "paydirt-bench"])?;
    let mut measured = Vec::new();
    for (position, &deals) in settings.deals.iter().enumerate() {
        let mut peers = settings.peers.clone();
        if position == 0 {
            peers.extend(settings.small_peers.iter().cloned());
        }
        let parquet = folder.join(format!("demo-{deals}.parquet"));
        let csv = parquet.with_extension("csv");
        if !parquet.exists() || !csv.exists() {
            ours(root, &["make", &deals.to_string(), text(&parquet), "--csv"])?;
        }
        measured.push(measure_log(root, settings, &peers, deals, &parquet, &csv)?);
    }
    if let Some(xes) = &settings.xes {
        let mut lines =
            ours(root, &["load", text(xes), "--threads", &settings.threads, "--name", "load_xes"])?;
        for engine in ["process_mining", "pm4py"] {
            lines.extend(peer(root, engine, xes, settings, "load_xes")?);
        }
        let name = xes.file_name().unwrap_or_default().to_string_lossy().into_owned();
        measured.push(Measured { title: format!("Reading {name}"), lines });
    }
    Ok(measured)
}

fn measure_log(
    root: &Path,
    settings: &Settings,
    peers: &[String],
    deals: u64,
    parquet: &Path,
    csv: &Path,
) -> Result<Measured, String> {
    let common = ["--threads", &settings.threads, "--repeats", &settings.repeats];
    let verb = |verb: &str, file: &Path, more: &[&str]| {
        let mut arguments = vec![verb, text(file)];
        arguments.extend(common);
        arguments.extend(more);
        ours(root, &arguments)
    };
    let mut lines = verb("questions", parquet, &[])?;
    lines.extend(verb("read", parquet, &[])?);
    lines.extend(verb("load", parquet, &["--core", "--name", "load_parquet_3"])?);
    lines.extend(verb("load", parquet, &["--name", "load_parquet_all"])?);
    if settings.has_csv {
        let core = parquet.with_extension("core.csv");
        lines.extend(verb("load", &core, &["--core", "--name", "load_csv_3"])?);
        lines.extend(verb("load", csv, &["--name", "load_csv_all"])?);
    }
    for engine in peers {
        lines.extend(peer(root, engine, parquet, settings, "all")?);
        lines.extend(peer(root, engine, parquet, settings, "load_parquet")?);
        if settings.has_csv {
            lines.extend(peer(root, engine, csv, settings, "load_csv")?);
        }
    }
    let bytes = |file: &Path| fs::metadata(file).map_or(0, |metadata| metadata.len());
    let title = format!(
        "Demo world of {deals} deals (Parquet {} MB, CSV {} MB)",
        bytes(parquet) / 1_000_000,
        bytes(csv) / 1_000_000
    );
    Ok(Measured { title, lines })
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new("cargo").args(arguments).current_dir(root).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo {} ended with {status}", arguments.join(" "))),
        Err(error) => Err(format!("cargo cannot be run: {error}")),
    }
}

fn ours(root: &Path, arguments: &[&str]) -> Result<Vec<Value>, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let mut command = Command::new(target.join("release/paydirt-bench"));
    command.args(arguments);
    lines_of(command)
}

fn peer(
    root: &Path,
    engine: &str,
    file: &Path,
    settings: &Settings,
    question: &str,
) -> Result<Vec<Value>, String> {
    let python = root.join("bench/target/venv/bin/python");
    if !python.exists() {
        println!("{engine}: not set up (see bench/peers/README.md), left out");
        return Ok(Vec::new());
    }
    let mut command = Command::new(python);
    command
        .arg(root.join("bench/peers/run.py"))
        .args([engine, text(file), "--question", question, "--sorted"])
        .args(["--resource", "Resource"])
        .args(["--threads", &settings.threads, "--repeats", &settings.repeats])
        .args(["--region-value", "EMEA"])
        .args(["--amount", "DiscountPercentage", "--amount-above", "0.1"])
        .args(["--first", "Quote Issued", "--then", "Payment Received"])
        .arg("--rust-binary")
        .arg(root.join("bench/target/rust/release/peer-process-mining"));
    if question == "load_csv" {
        command.args(["--case", "case:concept:name", "--activity", "concept:name"]);
        command.args(["--time", "time:timestamp"]);
    }
    lines_of(command)
}

fn lines_of(mut command: Command) -> Result<Vec<Value>, String> {
    println!("$ {command:?}");
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    print!("{printed}");
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    let lines = printed.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    Ok(lines)
}
