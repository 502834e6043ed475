//! How what the viewers saw becomes a section of the benchmarks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::viewer::Kind;
use super::{Load, Phase};

/// Between these the section of `docs/benchmarks.md` is rewritten.
const BEGIN: &str = "<!-- load: begin -->";
const END: &str = "<!-- load: end -->";

/// Writes the section; false when a request ended in anything but an answer or "come back later".
pub(super) fn write(root: &Path, load: &Load) -> bool {
    let text = section(load);
    println!("{text}");
    let path = root.join("docs/benchmarks.md");
    let known = fs::read_to_string(&path).unwrap_or_default();
    let Some((before, rest)) = known.split_once(BEGIN) else {
        eprintln!("{} has no {BEGIN}", path.display());
        return false;
    };
    let after = rest.split_once(END).map_or("", |(_, after)| after);
    if let Err(error) = fs::write(&path, format!("{before}{BEGIN}\n\n{text}{END}{after}")) {
        eprintln!("{}: {error}", path.display());
        return false;
    }
    let faults: u64 =
        load.phases.iter().map(|phase| phase.seen.faults() + phase.alive.faults()).sum();
    if faults > 0 {
        eprintln!("load: {faults} requests ended in an error");
    }
    faults == 0
}

fn section(load: &Load) -> String {
    let megabytes = |known: Option<u64>| known.map_or("?".to_owned(), |mb| format!("{mb} MB"));
    let mut text = format!(
        "{}.\nThe first start, with making the log, took {:.1} s; the second {:.2} s.\nThe server \
         held {} at the end and {} at most.\n\n",
        load.title,
        load.first_start.as_secs_f64(),
        load.second_start.as_secs_f64(),
        megabytes(load.resident_mb),
        megabytes(load.resident_peak_mb),
    );
    for phase in &load.phases {
        text.push_str(&phase_section(phase));
    }
    text
}

fn phase_section(phase: &Phase) -> String {
    let answers: usize = phase.seen.0.values().map(|kind| kind.times_ms.len()).sum();
    let refused: u64 = phase.seen.0.values().map(|kind| kind.refused).sum();
    let mut text = format!(
        "**{}** ({}): {:.0} answers a second, {} asked to come back later, {} errors.\n\n\
         | request | answers | p50 ms | p99 ms | longest ms | come back later | errors |\n\
         |---|---:|---:|---:|---:|---:|---|\n",
        phase.name,
        phase.what,
        answers as f64 / phase.elapsed.as_secs_f64(),
        refused,
        phase.seen.faults(),
    );
    for (name, kind) in phase.seen.0.iter().chain(&phase.alive.0) {
        text.push_str(&row(name, kind));
    }
    text.push('\n');
    text
}

fn row(name: &str, kind: &Kind) -> String {
    let mut times_ms = kind.times_ms.clone();
    times_ms.sort_by(f64::total_cmp);
    let at = |share: f64| match times_ms.len() {
        0 => "–".to_owned(),
        len => format!("{:.1}", times_ms[((len - 1) as f64 * share).round() as usize]),
    };
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} |\n",
        times_ms.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        kind.refused,
        faults(&kind.faults),
    )
}

fn faults(faults: &BTreeMap<String, u64>) -> String {
    if faults.is_empty() {
        return "0".to_owned();
    }
    let listed: Vec<String> =
        faults.iter().map(|(fault, count)| format!("{count} × {fault}")).collect();
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_the_middle_the_slow_end_and_what_failed() {
        let kind = Kind {
            times_ms: (1..=100).map(f64::from).collect(),
            refused: 3,
            faults: BTreeMap::from([("status 500".to_owned(), 2)]),
        };
        assert_eq!(row("map", &kind), "| map | 100 | 51.0 | 99.0 | 100.0 | 3 | 2 × status 500 |\n");
        assert_eq!(row("none", &Kind::default()), "| none | 0 | – | – | – | 0 | 0 |\n");
    }
}
