//! The demo world as a user gets it: its log in memory, its tables and logs as files.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use paydirt_connect::writers::csv::CsvWriter;
use paydirt_demo::effects::{EffectTally, PlantedEffect};
use paydirt_demo::tables::{TABLES, Table};
use paydirt_demo::world::{DEMO, World, WorldSettings};
use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::log_builder::{LevelChoice, LogSpec, partition_count_for};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::build::build_partitioned;
use crate::convert::{self, OutputFormat};
use crate::output_file::{unwritable, write_file};
use crate::parallel;

/// Most deals of a demo world.
pub const DEAL_COUNT_MAX: u64 = paydirt_demo::world::DEAL_COUNT_MAX;

/// Seed of the world that is shown when none is named.
pub const USUAL_SEED: u64 = DEMO.seed;

/// Deals of a demo world when no number is named.
pub const USUAL_DEALS: u64 = DEMO.deal_count;

/// Main events of a deal, about, for choosing how a log is split.
const EVENTS_PER_DEAL: u64 = 16;

/// Which demo world.
#[derive(Debug, Clone, Copy)]
pub struct DemoSettings {
    /// How many deals.
    pub deals: u64,
    /// The seed: the same seed makes the same world.
    pub seed: u64,
    /// Threads to use.
    pub threads: usize,
}

impl DemoSettings {
    fn world(&self) -> World {
        World::new(WorldSettings { seed: self.seed, deal_count: self.deals })
    }
}

/// Which attributes of the true log are built.
#[derive(Debug, Clone, Copy)]
pub enum DemoAttributes<'a> {
    /// Every one.
    All,
    /// The resource and the case attributes of these names: a smaller log of the same cases.
    Cases(&'a [&'a str]),
    /// None: case, activity and time alone.
    None,
}

impl DemoAttributes<'_> {
    fn wants(self, spec: &LogSpec, idx: usize) -> bool {
        let attribute = &spec.attributes[idx];
        match self {
            DemoAttributes::All => true,
            DemoAttributes::None => false,
            DemoAttributes::Cases(names) => {
                let is_of_case = attribute.level == LevelChoice::Declared(AttributeLevel::Case);
                spec.resource == Some(AttributeIdx(idx))
                    || is_of_case && names.contains(&attribute.name.as_str())
            }
        }
    }
}

/// Builds the true main log of the world, with all attributes or some. A log with some of them
/// has plain instants as times, without the time as recorded and its precision.
///
/// # Errors
/// The work was cancelled.
pub fn build_some(
    settings: &DemoSettings,
    attributes: DemoAttributes<'_>,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<EventLog, Problem> {
    let world = settings.world();
    build_notion(&world, CaseNotion::Main, attributes, settings.threads, cancelled, progress)
}

/// Builds the true main log of the world.
///
/// # Errors
/// The work was cancelled.
pub fn build(
    settings: &DemoSettings,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<EventLog, Problem> {
    build_some(settings, DemoAttributes::All, cancelled, progress)
}

/// Builds the true logs of the world: main, lead and document.
///
/// # Errors
/// The work was cancelled.
pub fn build_all(
    settings: &DemoSettings,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<EventLog>, Problem> {
    let world = settings.world();
    let notions = [CaseNotion::Main, CaseNotion::Lead, CaseNotion::Document];
    let mut logs = Vec::with_capacity(notions.len());
    for (idx, notion) in notions.into_iter().enumerate() {
        let told = |done, blocks| {
            progress(blocks * idx as u64 + done, blocks * notions.len() as u64);
        };
        let (all, threads) = (DemoAttributes::All, settings.threads);
        logs.push(build_notion(&world, notion, all, threads, cancelled, &told)?);
    }
    Ok(logs)
}

fn build_notion(
    world: &World,
    notion: CaseNotion,
    attributes: DemoAttributes<'_>,
    threads: usize,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<EventLog, Problem> {
    let partition_count = partition_count_for(world.settings().deal_count * EVENTS_PER_DEAL);
    let mut spec = world.log_spec(notion);
    let wanted: Vec<bool> =
        (0..spec.attributes.len()).map(|idx| attributes.wants(&spec, idx)).collect();
    let position = |idx: AttributeIdx| {
        let before = wanted[..idx.0].iter().filter(|&&wanted| wanted).count();
        wanted[idx.0].then_some(AttributeIdx(before))
    };
    spec.resource = spec.resource.and_then(position);
    keep(&mut spec.attributes, &wanted);
    let block_count = world.block_count();
    let done = AtomicU64::new(0);
    let blocks: Vec<u64> = (0..block_count).collect();
    let chunks = parallel::map(blocks, threads, |block_idx| {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let mut chunk = world.block(block_idx).events(notion);
        keep(&mut chunk.columns, &wanted);
        if !matches!(attributes, DemoAttributes::All) {
            chunk.precisions.clear();
            chunk.recorded_us.clear();
        }
        let chunk = chunk.partition(partition_count);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, block_count);
        Some(chunk)
    });
    let chunks: Option<Vec<_>> = chunks.into_iter().collect();
    let chunks = chunks.ok_or_else(|| {
        Problem::new(ErrorCode::Cancelled, say!("Making the demo world was stopped."))
    })?;
    let (log, _) = build_partitioned(spec, chunks, partition_count, threads)?;
    Ok(log)
}

fn keep<T>(items: &mut Vec<T>, wanted: &[bool]) {
    let mut flags = wanted.iter();
    items.retain(|_| *flags.next().expect("one flag for each item"));
}

/// Writes the raw tables (CSV), the true logs (Parquet) and the planted effects (JSON) into a
/// folder; returns the names of the files.
///
/// # Errors
/// A file cannot be written, or the work was cancelled.
pub fn write(
    settings: &DemoSettings,
    folder: &Path,
    main: &EventLog,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<String>, Problem> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let world = settings.world();
    let mut files = Vec::new();
    let steps = TABLES.len() as u64 + 2;
    for table in TABLES {
        let name = format!("{}.csv", table.name());
        write_table(&world, table, &folder.join(&name), cancelled)?;
        files.push(name);
        progress(files.len() as u64, steps);
    }
    for (notion, name) in [
        (CaseNotion::Main, "log-main.parquet"),
        (CaseNotion::Lead, "log-lead.parquet"),
        (CaseNotion::Document, "log-document.parquet"),
    ] {
        let built;
        let log = if notion == CaseNotion::Main {
            main
        } else {
            let all = DemoAttributes::All;
            built = build_notion(&world, notion, all, settings.threads, cancelled, &|_, _| {})?;
            &built
        };
        convert::write_log(log, &folder.join(name), OutputFormat::Parquet, cancelled)?;
        files.push(name.to_owned());
    }
    let name = "planted_effects.json";
    let path = folder.join(name);
    let effects = effects(&world, settings.threads);
    let json = serde_json::to_vec_pretty(&effects).expect("effects are plain data");
    write_file(&path, |output| output.write_all(&json).map_err(|error| unwritable(&path, &error)))?;
    files.push(name.to_owned());
    Ok(files)
}

fn write_table(
    world: &World,
    table: Table,
    path: &Path,
    cancelled: &AtomicBool,
) -> Result<(), Problem> {
    let failed = |error: std::io::Error| unwritable(path, &error);
    write_file(path, |output| {
        let mut writer = CsvWriter::new(output, table.columns()).map_err(failed)?;
        for block_idx in 0..world.block_count() {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Problem::new(ErrorCode::Cancelled, say!("Writing was stopped.")));
            }
            let rows = world.block(block_idx).rows(table);
            for row in 0..rows.len() {
                let cells: Vec<_> = rows.columns.iter().map(|column| column.text(row)).collect();
                writer.row(&cells).map_err(failed)?;
            }
        }
        writer.finish().map(|_| ()).map_err(failed)
    })
}

fn effects(world: &World, threads: usize) -> Vec<PlantedEffect> {
    let blocks: Vec<u64> = (0..world.block_count()).collect();
    let tallies = parallel::map(blocks, threads, |block_idx| world.block(block_idx).effects());
    let mut all = EffectTally::default();
    for tally in &tallies {
        all.merge(tally);
    }
    all.finish()
}
