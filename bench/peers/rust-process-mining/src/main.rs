//! How fast does the crate `process_mining` read an XES log, and count its paths and variants?
//!
//! `peer-process-mining FILE --question Q --threads N --repeats R --budget-seconds S` prints one
//! line of JSON a question, in the form of `run.py`. Where the crate offers two ways to an answer,
//! both are tried and the faster one is repeated.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use cpu_time::ProcessTime;
use process_mining::core::event_data::case_centric::utils::activity_projection::{
    ActivityProjectionDFG, EventLogActivityProjection, get_variants,
};
use process_mining::core::event_data::case_centric::xes::stream_xes_from_path;
use process_mining::discovery::case_centric::dfg::discover_dfg;
use process_mining::{EventLog, Importable};
use serde_json::{Value, json};

const VERSION: &str = "0.6.2";
const QUESTIONS: [&str; 4] = ["load_xes", "map_counts", "variants", "activities"];
const USAGE: &str = "usage: peer-process-mining FILE [--question Q] [--threads N] [--repeats R] \
    [--budget-seconds S]";

/// What one run of a question found: the rows of the answer, and totals that other engines must
/// find too.
struct Answer {
    rows: usize,
    fields: Value,
}

struct Arguments {
    file: PathBuf,
    questions: Vec<String>,
    threads: usize,
    repeats: usize,
    budget_seconds: f64,
}

type Formulation<'log> = (&'static str, Box<dyn Fn() -> Result<Answer, String> + 'log>);

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) =
        rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build_global()
    {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let mut log = None;
    for question in &arguments.questions {
        let line = if question == "load_xes" {
            measure(question, &arguments, &load_formulations(&arguments.file))
        } else {
            if log.is_none() {
                match EventLog::import_from_path(&arguments.file) {
                    Ok(read) => log = Some(read),
                    Err(error) => {
                        println!("{}", failure(question, arguments.threads, &error.to_string()));
                        continue;
                    }
                }
            }
            let Some(log) = log.as_ref() else { continue };
            measure(question, &arguments, &log_formulations(question, log))
        };
        println!("{line}");
    }
    ExitCode::SUCCESS
}

fn load_formulations(file: &PathBuf) -> Vec<Formulation<'_>> {
    vec![
        (
            "event_log",
            Box::new(move || {
                let log = EventLog::import_from_path(file).map_err(|error| error.to_string())?;
                let events: usize = log.traces.iter().map(|trace| trace.events.len()).sum();
                Ok(Answer {
                    rows: events,
                    fields: json!({"load.events": events, "load.traces": log.traces.len()}),
                })
            }),
        ),
        (
            "stream_activities_only",
            Box::new(move || {
                let (mut stream, _) = stream_xes_from_path(file, Default::default())
                    .map_err(|error| error.to_string())?;
                let projection = EventLogActivityProjection::from(&mut stream);
                let traces: u64 = projection.traces.iter().map(|(_, count)| count).sum();
                let events: u64 =
                    projection.traces.iter().map(|(steps, count)| steps.len() as u64 * count).sum();
                Ok(Answer {
                    rows: usize::try_from(events).map_err(|error| error.to_string())?,
                    fields: json!({"load.events": events, "load.traces": traces}),
                })
            }),
        ),
    ]
}

fn log_formulations<'log>(question: &str, log: &'log EventLog) -> Vec<Formulation<'log>> {
    match question {
        "map_counts" => vec![
            (
                "discover_dfg",
                Box::new(move || {
                    let graph = discover_dfg(log);
                    let events: u64 = graph
                        .directly_follows_relations
                        .values()
                        .map(|count| u64::from(*count))
                        .sum();
                    let paths = graph.directly_follows_relations.len();
                    Ok(Answer {
                        rows: paths,
                        fields: json!({"paths.rows": paths, "paths.events": events}),
                    })
                }),
            ),
            (
                "projection",
                Box::new(move || {
                    let projection = EventLogActivityProjection::from(log);
                    let graph = ActivityProjectionDFG::from_event_log_projection(&projection);
                    let events: u64 = graph.edges.values().sum();
                    let paths = graph.edges.len();
                    Ok(Answer {
                        rows: paths,
                        fields: json!({"paths.rows": paths, "paths.events": events}),
                    })
                }),
            ),
        ],
        "variants" => vec![(
            "projection",
            Box::new(move || {
                let variants = get_variants(&EventLogActivityProjection::from(log));
                let cases: u64 = variants.iter().map(|variant| variant.count).sum();
                Ok(Answer {
                    rows: variants.len(),
                    fields: json!({"variants.rows": variants.len(), "variants.cases": cases}),
                })
            }),
        )],
        "activities" => vec![(
            "discover_dfg",
            Box::new(move || {
                let graph = discover_dfg(log);
                let activities = graph.activities.len();
                let events: u64 = graph.activities.values().map(|count| u64::from(*count)).sum();
                Ok(Answer {
                    rows: activities,
                    fields: json!({"activities.rows": activities, "activities.events": events}),
                })
            }),
        )],
        _ => Vec::new(),
    }
}

/// Tries every formulation once, repeats the fastest one that gives the whole answer, and writes
/// the line.
fn measure(question: &str, arguments: &Arguments, formulations: &[Formulation<'_>]) -> Value {
    let Some((mut best_name, mut best)) = formulations.first().map(|(name, run)| (*name, run))
    else {
        return failure(question, arguments.threads, "the crate has no answer to this question");
    };
    reset_peak();
    let budget = Instant::now();
    let mut others = serde_json::Map::new();
    let mut best_first = f64::INFINITY;
    let mut answer = None;
    for (name, run) in formulations {
        let start = Instant::now();
        match run() {
            Ok(found) => {
                let first = start.elapsed().as_secs_f64() * 1e3;
                others.insert((*name).to_owned(), json!(round(first)));
                // Reading the activities alone is told, but it is not the whole log.
                if first < best_first && *name != "stream_activities_only" {
                    (best_name, best, best_first, answer) = (name, run, first, Some(found));
                }
            }
            Err(error) => {
                others.insert((*name).to_owned(), json!(error));
            }
        }
    }
    let Some(answer) = answer else {
        return failure(question, arguments.threads, &Value::Object(others).to_string());
    };
    let mut warm = Vec::new();
    let mut processor = Vec::new();
    while warm.len() < arguments.repeats
        && (warm.is_empty() || budget.elapsed().as_secs_f64() < arguments.budget_seconds)
    {
        let (start, processor_start) = (Instant::now(), ProcessTime::now());
        let found = best();
        warm.push(start.elapsed().as_secs_f64() * 1e3);
        processor.push(processor_start.elapsed().as_secs_f64() * 1e3);
        drop(found);
    }
    let mut all = vec![best_first];
    all.extend(&warm);
    json!({
        "engine": "process_mining", "version": VERSION, "question": question,
        "threads": arguments.threads, "formulation": best_name, "rows_answered": answer.rows,
        "first_ms": round(best_first), "median_ms": round(median(&warm)),
        "min_ms": round(all.iter().copied().fold(f64::INFINITY, f64::min)),
        "all_ms": all.iter().copied().map(round).collect::<Vec<_>>(),
        "cpu_ms": round(median(&processor)), "rss_mb": status_mb("VmRSS"),
        "peak_mb": status_mb("VmHWM"), "error": null, "missing": [], "formulations_ms": others,
        "answer_digest_fields": answer.fields,
    })
}

fn failure(question: &str, threads: usize, error: &str) -> Value {
    json!({
        "engine": "process_mining", "version": VERSION, "question": question, "threads": threads,
        "formulation": null, "rows_answered": null, "first_ms": null, "median_ms": null,
        "min_ms": null, "all_ms": [], "cpu_ms": null, "rss_mb": status_mb("VmRSS"),
        "peak_mb": status_mb("VmHWM"), "error": error, "missing": [], "formulations_ms": {},
        "answer_digest_fields": {},
    })
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.as_slice() {
        [] => f64::NAN,
        sorted if sorted.len() % 2 == 1 => sorted[middle],
        sorted => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

fn round(milliseconds: f64) -> f64 {
    (milliseconds * 1e3).round() / 1e3
}

/// Makes `VmHWM` the peak from now on (Linux only; elsewhere the peak is that of the whole run).
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn status_mb(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let fields: HashMap<&str, &str> =
        status.lines().filter_map(|line| line.split_once(':')).collect();
    let kilobytes: u64 = fields.get(name)?.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn arguments() -> Result<Arguments, String> {
    let mut file = None;
    let mut questions = Vec::new();
    let (mut threads, mut repeats, mut budget_seconds) = (1, 5, 60.0);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--question" => questions.extend(value()?.split(',').map(str::to_owned)),
            "--threads" => {
                threads = value()?.parse().map_err(|_| "--threads needs a number".to_owned())?
            }
            "--repeats" => {
                repeats = value()?.parse().map_err(|_| "--repeats needs a number".to_owned())?
            }
            "--budget-seconds" => {
                budget_seconds =
                    value()?.parse().map_err(|_| "--budget-seconds needs a number".to_owned())?;
            }
            _ if word.starts_with("--") => return Err(format!("unknown option {word}")),
            _ => file = Some(PathBuf::from(word)),
        }
    }
    if questions.is_empty() || questions.iter().any(|question| question == "all") {
        questions = QUESTIONS.map(str::to_owned).to_vec();
    }
    Ok(Arguments { file: file.ok_or("no file")?, questions, threads, repeats, budget_seconds })
}
