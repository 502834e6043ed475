//! How chunks of events become a log on several threads; the result does not depend on how many.

use paydirt_model::event_chunk::{EventChunk, PartitionedChunk};
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::{BuildReport, EventLogBuilder, LogSpec, partition_count_for};
use paydirt_model::mapping::EXAMPLES_MAX;
use paydirt_model::problem::Problem;
use paydirt_model::repeats::Repeats;

use crate::parallel;

/// Builds a log of chunks in source order.
///
/// # Errors
/// There are more different activities than a log can hold.
pub fn build_log(
    spec: LogSpec,
    chunks: Vec<EventChunk>,
    threads: usize,
) -> Result<(EventLog, BuildReport), Problem> {
    let (partitioned, partition_count) = partitioned(chunks, threads);
    build_partitioned(spec, partitioned, partition_count, threads)
}

/// The chunks split by case, and into how many partitions.
pub(crate) fn partitioned(
    chunks: Vec<EventChunk>,
    threads: usize,
) -> (Vec<PartitionedChunk>, usize) {
    let event_count = chunks.iter().map(|chunk| chunk.len() as u64).sum();
    let partition_count = partition_count_for(event_count);
    let split = parallel::map(chunks, threads, |chunk| chunk.partition(partition_count));
    (split, partition_count)
}

/// The events that an earlier one equals in everything.
pub(crate) fn repeats(
    chunks: &[PartitionedChunk],
    partition_count: usize,
    threads: usize,
) -> Repeats {
    let found = parallel::map((0..partition_count).collect(), threads, |partition_idx| {
        Repeats::of_partition(chunks, partition_idx, EXAMPLES_MAX)
    });
    Repeats::of_all(found, EXAMPLES_MAX)
}

/// Builds a log of chunks that are already partitioned, in source order.
pub(crate) fn build_partitioned(
    spec: LogSpec,
    chunks: Vec<PartitionedChunk>,
    partition_count: usize,
    threads: usize,
) -> Result<(EventLog, BuildReport), Problem> {
    let mut builder = EventLogBuilder::new(spec, partition_count);
    for chunk in chunks {
        builder.append_partitioned(chunk);
    }
    let (assembly, partitions) = builder.prepare()?;
    let plan = assembly.plan();
    let grouped = parallel::map(partitions, threads, |partition| partition.group(&plan));
    let levels = assembly.levels(&grouped);
    let segments = parallel::map(grouped, threads, |grouped| grouped.finish(&levels));
    assembly.assemble(&levels, segments)
}
