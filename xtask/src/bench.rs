//! How fast is Paydirt beside its peers, on the same files in the same run?
//!
//! `cargo xtask bench [--deals N,N] [--threads N] [--repeats N] [--peers duckdb,polars]
//! [--slow-peers pm4py,process_mining] [--xes FILE] [--no-csv] [--no-xes] [--workbook-rows N]`
//! makes demo logs and a workbook, times
//! every question with Paydirt and with each peer that is set up under `bench/target` (see
//! `bench/peers/README.md`), and rewrites the tables of `docs/benchmarks.md` between their markers.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::workspace::Workspace;

/// Deals of the small and the large log: about 1 and 10 million events.
const DEALS_USUAL: &str = "60000,600000";

/// Reads XES only, and answers a few questions.
const XES_PEER: &str = "process_mining";

/// How often an answer is repeated that takes minutes, and when repeating ends.
const REPEATS_SLOW: &str = "1";
const BUDGET_SECONDS_SLOW: &str = "20";

/// What to measure.
struct Settings {
    deals: Vec<u64>,
    threads: String,
    repeats: String,
    peers: Vec<String>,
    /// Peers that take minutes for a large log: there they repeat each answer only once.
    slow_peers: Vec<String>,
    xes: Option<PathBuf>,
    has_csv: bool,
    has_xes: bool,
    /// Rows of the workbook; 0 for none.
    workbook_rows: u32,
}

/// A peer and how often it repeats its answers.
struct Peer<'settings> {
    engine: &'settings str,
    repeats: &'settings str,
    budget_seconds: &'settings str,
}

/// The files of one log.
struct Files {
    parquet: PathBuf,
    csv: PathBuf,
    core_csv: PathBuf,
    xes: PathBuf,
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
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    Ok(Settings {
        deals: deals.map_err(|error| format!("--deals takes numbers: {error}"))?,
        threads: flag("--threads").unwrap_or("2").to_owned(),
        repeats: flag("--repeats").unwrap_or("7").to_owned(),
        peers: names(flag("--peers").unwrap_or("duckdb,polars")),
        slow_peers: names(flag("--slow-peers").unwrap_or("pm4py,process_mining")),
        xes: flag("--xes").map(PathBuf::from),
        has_csv: !has("--no-csv"),
        has_xes: !has("--no-xes"),
        workbook_rows: flag("--workbook-rows")
            .unwrap_or("100000")
            .parse()
            .map_err(|error| format!("--workbook-rows takes a number: {error}"))?,
    })
}

fn measure(root: &Path, settings: &Settings) -> Result<Vec<Measured>, String> {
    let folder = root.join("bench/target/logs");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    cargo(root, &["build", "--release", "-p", "paydirt-bench"])?;
    let mut measured = Vec::new();
    for (position, &deals) in settings.deals.iter().enumerate() {
        let peers = peers(settings, position == 0);
        let files = files(root, settings, &folder, deals)?;
        measured.push(measure_log(root, settings, &peers, deals, &files)?);
    }
    if settings.workbook_rows > 0 {
        measured.push(measure_workbook(root, settings, &folder)?);
    }
    if let Some(xes) = &settings.xes {
        let mut lines = ours(root, &load_xes(settings, xes, &settings.repeats))?;
        for peer in peers(settings, true) {
            if settings.slow_peers.iter().any(|slow| slow == peer.engine) {
                lines.extend(peer.ask(root, xes, settings, "load_xes")?);
            }
        }
        let name = xes.file_name().unwrap_or_default().to_string_lossy().into_owned();
        measured.push(Measured { title: format!("Reading {name}"), lines });
    }
    Ok(measured)
}

/// Every peer; on a log that is not the first one, the slow ones repeat little.
fn peers(settings: &Settings, is_first: bool) -> Vec<Peer<'_>> {
    let (repeats, budget) = (settings.repeats.as_str(), "60");
    let (slow_repeats, slow_budget) =
        if is_first { (repeats, budget) } else { (REPEATS_SLOW, BUDGET_SECONDS_SLOW) };
    let usual = settings.peers.iter().map(|engine| (engine, repeats, budget));
    let slow = settings.slow_peers.iter().map(|engine| (engine, slow_repeats, slow_budget));
    usual
        .chain(slow)
        .map(|(engine, repeats, budget_seconds)| Peer { engine, repeats, budget_seconds })
        .collect()
}

/// The files of a log of so many deals; they are made where they are missing.
fn files(root: &Path, settings: &Settings, folder: &Path, deals: u64) -> Result<Files, String> {
    let parquet = folder.join(format!("demo-{deals}.parquet"));
    let files = Files {
        csv: parquet.with_extension("csv"),
        core_csv: parquet.with_extension("core.csv"),
        xes: parquet.with_extension("xes"),
        parquet,
    };
    let deals = deals.to_string();
    let mut make = vec!["make", &deals, text(&files.parquet)];
    let mut is_missing = !files.parquet.exists();
    for (is_wanted, file, flag) in
        [(settings.has_csv, &files.core_csv, "--csv"), (settings.has_xes, &files.xes, "--xes")]
    {
        if is_wanted {
            make.push(flag);
            is_missing |= !file.exists();
        }
    }
    if is_missing {
        ours(root, &make)?;
    }
    Ok(files)
}

fn load_xes<'run>(settings: &'run Settings, xes: &'run Path, repeats: &'run str) -> [&'run str; 8] {
    let threads = &settings.threads;
    ["load", text(xes), "--name", "load_xes", "--threads", threads, "--repeats", repeats]
}

fn measure_log(
    root: &Path,
    settings: &Settings,
    peers: &[Peer<'_>],
    deals: u64,
    files: &Files,
) -> Result<Measured, String> {
    let common = ["--threads", &settings.threads, "--repeats", &settings.repeats];
    let verb = |verb: &str, file: &Path, more: &[&str]| {
        let mut arguments = vec![verb, text(file)];
        arguments.extend(common);
        arguments.extend(more);
        ours(root, &arguments)
    };
    let Files { parquet, csv, core_csv, xes } = files;
    let mut lines = verb("questions", parquet, &[])?;
    lines.extend(verb("read", parquet, &[])?);
    lines.extend(verb("load", parquet, &["--core", "--name", "load_parquet_3"])?);
    lines.extend(verb("load", parquet, &["--name", "load_parquet_all"])?);
    if settings.has_csv {
        lines.extend(verb("load", core_csv, &["--core", "--name", "load_csv_3"])?);
        lines.extend(verb("load", csv, &["--name", "load_csv_all"])?);
    }
    if settings.has_xes {
        let slow = peers.iter().find(|peer| peer.engine == XES_PEER);
        let repeats = slow.map_or(settings.repeats.as_str(), |peer| peer.repeats);
        lines.extend(ours(root, &load_xes(settings, xes, repeats))?);
    }
    for peer in peers {
        if peer.engine == XES_PEER {
            if settings.has_xes {
                lines.extend(peer.ask(root, xes, settings, "all")?);
            }
            continue;
        }
        lines.extend(peer.ask(root, parquet, settings, "all")?);
        lines.extend(peer.ask(root, parquet, settings, "load_parquet")?);
        if settings.has_csv {
            lines.extend(peer.ask(root, csv, settings, "load_csv")?);
        }
    }
    let size = |name: &str, file: &Path| {
        let bytes = fs::metadata(file).ok()?.len();
        Some(format!("{name} {} MB", bytes / 1_000_000))
    };
    let sizes = [
        size("Parquet", parquet),
        size("CSV", csv).filter(|_| settings.has_csv),
        size("XES", xes).filter(|_| settings.has_xes),
    ];
    let sizes: Vec<String> = sizes.into_iter().flatten().collect();
    let title = format!("Demo world of {deals} deals ({})", sizes.join(", "));
    Ok(Measured { title, lines })
}

/// A workbook of 15 columns: its rows as a table, by Paydirt and others, then as a log.
fn measure_workbook(root: &Path, settings: &Settings, folder: &Path) -> Result<Measured, String> {
    let rows = settings.workbook_rows.to_string();
    let file = folder.join(format!("workbook-{rows}.xlsx"));
    if !file.exists() {
        ours(root, &["make-workbook", &rows, text(&file)])?;
    }
    let common = ["--threads", &settings.threads, "--repeats", &settings.repeats];
    let verb = |verb: &str, more: &[&str]| {
        let mut arguments = vec![verb, text(&file)];
        arguments.extend(common);
        arguments.extend(more);
        ours(root, &arguments)
    };
    let mut lines = verb("read-workbook", &[])?;
    // Paydirt stands first in every table.
    lines.sort_by_key(|line| line["engine"] != "paydirt");
    lines.extend(verb("load", &["--name", "load_xlsx"])?);
    let python = root.join("bench/target/venv/bin/python");
    if python.exists() && !settings.slow_peers.is_empty() {
        let mut command = Command::new(python);
        command.arg(root.join("bench/peers/workbook.py")).arg(&file).args(["--repeats", "1"]);
        lines.extend(lines_of(command)?);
    }
    let bytes = fs::metadata(&file).map_or(0, |known| known.len());
    let title = format!("A workbook of {rows} rows and 15 columns ({} MB)", bytes / 1_000_000);
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

impl Peer<'_> {
    fn ask(
        &self,
        root: &Path,
        file: &Path,
        settings: &Settings,
        question: &str,
    ) -> Result<Vec<Value>, String> {
        let python = root.join("bench/target/venv/bin/python");
        if !python.exists() {
            println!("{}: not set up (see bench/peers/README.md), left out", self.engine);
            return Ok(Vec::new());
        }
        let mut command = Command::new(python);
        command
            .arg(root.join("bench/peers/run.py"))
            .args([self.engine, text(file), "--question", question, "--sorted"])
            .args(["--resource", "Resource", "--threads", &settings.threads])
            .args(["--repeats", self.repeats, "--budget-seconds", self.budget_seconds])
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
