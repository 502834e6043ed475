//! How the measured lines become tables: medians side by side and the ratio to the best peer.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Measured;

/// Between these the tables of `docs/benchmarks.md` are rewritten.
const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Writes the tables into `docs/benchmarks.md`.
pub(super) fn write(root: &Path, measured: &[Measured]) -> bool {
    let path = root.join("docs/benchmarks.md");
    let mut text = format!("{}\n\n", machine());
    for log in measured {
        text.push_str(&section(log));
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let Some((before, rest)) = known.split_once(BEGIN) else {
        eprintln!("{} has no {BEGIN}; the tables are:\n{text}", path.display());
        return false;
    };
    let after = rest.split_once(END).map_or("", |(_, after)| after);
    let whole = format!("{before}{BEGIN}\n\n{text}{END}{after}");
    match fs::write(&path, whole) {
        Ok(()) => {
            println!("{} is up to date", path.display());
            true
        }
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            false
        }
    }
}

fn section(log: &Measured) -> String {
    let mut engines: Vec<String> = Vec::new();
    let mut questions: Vec<String> = Vec::new();
    let mut cells: BTreeMap<(String, String), &Value> = BTreeMap::new();
    for line in &log.lines {
        let (Some(engine), Some(question)) = (line["engine"].as_str(), line["question"].as_str())
        else {
            continue;
        };
        for (list, name) in [(&mut engines, engine), (&mut questions, question)] {
            if !list.iter().any(|known| known == name) {
                list.push(name.to_owned());
            }
        }
        cells.insert((engine.to_owned(), question.to_owned()), line);
    }
    let mut text = format!("### {}\n\n", log.title);
    let versions: Vec<String> = engines
        .iter()
        .filter_map(|engine| {
            let own = || log.lines.iter().filter(|line| line["engine"] == **engine);
            own().next()?;
            let version = own().find_map(|line| line["version"].as_str()).unwrap_or("?");
            let fewest = own().filter_map(warm_runs).min().unwrap_or(0);
            let most = own().filter_map(warm_runs).max().unwrap_or(0);
            let runs =
                if fewest == most { most.to_string() } else { format!("{fewest} to {most}") };
            Some(format!("{engine} {version} (warm runs: {runs})"))
        })
        .collect();
    text.push_str(&format!(
        "{} threads; median of warm runs in milliseconds; {}.\n\n",
        log.lines.first().map_or(Value::Null, |line| line["threads"].clone()),
        versions.join(", ")
    ));
    text.push_str(&format!("| question | {} | best peer ÷ paydirt |\n", engines.join(" | ")));
    text.push_str(&format!("|---|{}---:|\n", "---:|".repeat(engines.len())));
    for question in &questions {
        let cell = |engine: &String| cells.get(&(engine.clone(), question.clone())).copied();
        let row: Vec<String> = engines.iter().map(|engine| shown(cell(engine))).collect();
        let best = engines
            .iter()
            .filter(|engine| *engine != "paydirt")
            .filter_map(|engine| median(cell(engine)?))
            .min_by(f64::total_cmp);
        let own = cell(&"paydirt".to_owned()).and_then(median);
        let ratio = match (best, own) {
            (Some(best), Some(own)) if own > 0.0 => format!("{:.1}", best / own),
            _ => "–".to_owned(),
        };
        text.push_str(&format!("| {question} | {} | {ratio} |\n", row.join(" | ")));
    }
    text.push_str(&format!("\n{}\n", memory(&log.lines, &engines)));
    text
}

/// Runs of an answer after its first one; loading the log before the questions has none.
fn warm_runs(line: &Value) -> Option<usize> {
    line["all_ms"].as_array()?.len().checked_sub(1).filter(|&runs| runs > 0)
}

/// The machine of the run.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let known = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = known.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = kilobytes.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    let memory = kilobytes
        .map_or_else(String::new, |kilobytes| format!(" and {} GiB of memory", kilobytes >> 20));
    format!("Measured in one run on a machine with {cores} cores{memory}.")
}

fn median(line: &Value) -> Option<f64> {
    if line["error"].is_null() { line["median_ms"].as_f64() } else { None }
}

fn shown(line: Option<&Value>) -> String {
    match line {
        None => "–".to_owned(),
        Some(line) => match (line["error"].as_str(), median(line)) {
            (Some(error), _) => {
                let short: String = error.chars().take(40).collect();
                format!("failed: {}", short.replace('|', "/"))
            }
            (None, Some(median)) => format!("{median:.1}"),
            (None, None) => "–".to_owned(),
        },
    }
}

fn memory(lines: &[Value], engines: &[String]) -> String {
    let peaks: Vec<String> = engines
        .iter()
        .filter_map(|engine| {
            let peak = lines
                .iter()
                .filter(|line| line["engine"] == **engine)
                .filter_map(|line| line["peak_mb"].as_f64())
                .max_by(f64::total_cmp)?;
            Some(format!("{engine} {peak:.0} MB"))
        })
        .collect();
    format!("Largest resident size of a process: {}.\n", peaks.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_ratio_is_the_best_peer_to_paydirt() {
        let line = |engine: &str, ms: f64, error: Option<&str>| {
            json!({ "engine": engine, "version": "1", "question": "map", "threads": 2,
                    "median_ms": ms, "all_ms": [ms, ms, ms], "error": error })
        };
        let log = Measured {
            title: "A log".to_owned(),
            lines: vec![
                line("paydirt", 10.0, None),
                line("duckdb", 300.0, None),
                line("polars", 150.0, None),
                line("pm4py", 1.0, Some("out of memory")),
            ],
        };
        let text = section(&log);
        assert!(text.contains("polars 1 (warm runs: 2)"), "{text}");
        assert!(text.contains("| map | 10.0 | 300.0 | 150.0 | failed: out of memory | 15.0 |"));
    }
}
