//! How a request runs: plan once, scan the segments once on threads, merge, finish each tile.
//!
//! Segments are taken by whichever thread is free; because merging is commutative the answer is
//! the same bytes on any number of threads.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use paydirt_mining::filter::{BoundFilter, Remaining, bind};
use paydirt_mining::operator::{AnyPartial, BoundQuestion};
use paydirt_mining::operators;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::{CaseBatch, CaseMask};
use paydirt_model::column::Column;
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::value::RawValue;

use crate::analysis::{
    Analysis, AnalysisAnswer, FilterEffect, GroupAnswer, Size, Tile, TileAnswer,
};
use crate::limits::{
    FILTER_COUNT_MAX, GROUP_COUNT_MAX, TILE_COUNT_MAX, too_many_filters, too_many_tiles,
};

/// How a request is run.
pub struct RunOptions<'a> {
    /// Threads to use; at least one.
    pub threads: usize,
    /// Set by the caller to stop the run between two segments.
    pub cancelled: &'a AtomicBool,
    /// Called with (segments done, segments in all) as the scan goes on.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// A tile that passed its checks.
struct PlannedTile {
    question: Box<dyn BoundQuestion>,
    filters: Vec<BoundFilter>,
    group_by: Option<Attribute>,
}

/// What one thread has seen for one tile.
struct TileSeen {
    sizes: Vec<Size>,
    groups: BTreeMap<GroupKey, (u64, AnyPartial)>,
}

/// A group within a run: the code of a text or boolean, or blank; `Whole` without grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum GroupKey {
    Whole,
    Code(u32),
    Blank,
}

/// What one thread has seen.
struct Seen {
    sizes: Vec<Size>,
    tiles: Vec<TileSeen>,
}

/// Answers a request.
///
/// # Errors
/// A filter of the request is not valid, a limit is exceeded, or the run was cancelled. What goes
/// wrong in one tile is that tile's problem alone.
pub fn run(
    log: &EventLog,
    analysis: &Analysis,
    options: &RunOptions<'_>,
) -> Result<AnalysisAnswer, Problem> {
    if analysis.tiles.len() > TILE_COUNT_MAX {
        return Err(too_many_tiles(analysis.tiles.len()));
    }
    let context = log.context();
    let filters = bind_all(context, &analysis.filters)?;
    let tiles: Vec<Result<PlannedTile, Problem>> =
        analysis.tiles.iter().map(|tile| plan(context, tile)).collect();
    let planned: Vec<&PlannedTile> = tiles.iter().filter_map(|tile| tile.as_ref().ok()).collect();
    let seen = scan(log, &filters, &planned, options)?;
    let mut answers = finish_all(context, &planned, seen.tiles, options.threads).into_iter();
    let tile_answers = analysis
        .tiles
        .iter()
        .zip(&tiles)
        .map(|(asked, planned)| match planned {
            Ok(_) => {
                let finished = answers.next().expect("one answer for each planned tile");
                finished.named(asked)
            }
            Err(problem) => TileAnswer {
                id: asked.id.clone(),
                question: asked.question.clone(),
                size: Size::default(),
                filters: Vec::new(),
                answer: None,
                groups: None,
                problem: Some(problem.clone()),
            },
        })
        .collect();
    Ok(AnalysisAnswer {
        version: analysis.version.clone(),
        notion: context.notion,
        as_of: context.as_of,
        time_zone: context.time_zone.name().to_owned(),
        total: seen.sizes[0],
        size: *seen.sizes.last().expect("the size before any filter is always there"),
        filters: effects(&analysis.filters, &seen.sizes),
        tiles: tile_answers,
    })
}

fn bind_all(log: &LogContext, filters: &[serde_json::Value]) -> Result<Vec<BoundFilter>, Problem> {
    if filters.len() > FILTER_COUNT_MAX {
        return Err(too_many_filters(filters.len()));
    }
    filters.iter().map(|filter| bind(log, filter)).collect()
}

fn plan(log: &LogContext, tile: &Tile) -> Result<PlannedTile, Problem> {
    let question = operators::find(&tile.question)?.bind(log, &tile.params)?;
    let filters = bind_all(log, &tile.filters)?;
    let group_by = tile.group_by.as_deref().map(|name| group_attribute(log, name)).transpose()?;
    Ok(PlannedTile { question, filters, group_by })
}

fn group_attribute(log: &LogContext, name: &str) -> Result<Attribute, Problem> {
    let attribute = log.attribute(name)?.clone();
    let is_groupable = attribute.level == AttributeLevel::Case
        && matches!(attribute.kind, AttributeType::Text | AttributeType::Boolean);
    if is_groupable {
        return Ok(attribute);
    }
    Err(Problem::new(
        ErrorCode::WrongAttributeType,
        say!(
            "\"{name}\" cannot group cases: it is no text or boolean attribute of the case.",
            name
        ),
    )
    .in_parameter("group_by"))
}

fn scan(
    log: &EventLog,
    filters: &[BoundFilter],
    tiles: &[&PlannedTile],
    options: &RunOptions<'_>,
) -> Result<Seen, Problem> {
    let segments = log.segments();
    let threads = options.threads.clamp(1, segments.len().max(1));
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let work = || {
        let mut seen = Seen::new(filters, tiles);
        while !options.cancelled.load(Ordering::Relaxed) {
            let Some(segment) = segments.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            seen.look(log.context(), segment, filters, tiles);
            (options.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, segments.len());
        }
        seen
    };
    let mut parts: Vec<Seen> = if threads == 1 {
        vec![work()]
    } else {
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            handles
                .into_iter()
                .map(|handle| handle.join().expect("a question never panics on a valid log"))
                .collect()
        })
    };
    if options.cancelled.load(Ordering::Relaxed) {
        return Err(Problem::new(ErrorCode::Cancelled, say!("The question was cancelled.")));
    }
    let mut all = parts.swap_remove(0);
    for part in parts {
        all.merge(part, tiles);
    }
    Ok(all)
}

impl Seen {
    fn new(filters: &[BoundFilter], tiles: &[&PlannedTile]) -> Self {
        Seen {
            sizes: vec![Size::default(); filters.len() + 1],
            tiles: tiles
                .iter()
                .map(|tile| TileSeen {
                    sizes: vec![Size::default(); tile.filters.len() + 1],
                    groups: BTreeMap::new(),
                })
                .collect(),
        }
    }

    fn look(
        &mut self,
        log: &LogContext,
        segment: &Segment,
        filters: &[BoundFilter],
        tiles: &[&PlannedTile],
    ) {
        let remaining = apply(log, segment, Remaining::default(), filters, &mut self.sizes);
        for (tile, seen) in tiles.iter().zip(&mut self.tiles) {
            if tile.filters.is_empty() {
                count(&mut seen.sizes[0], &remaining.batch(segment));
                tile.look(log, segment, &remaining, seen);
                continue;
            }
            let own = remaining.restricted(segment, &CaseMask::new(segment.case_count(), true));
            let own = apply(log, segment, own, &tile.filters, &mut seen.sizes);
            tile.look(log, segment, &own, seen);
        }
    }

    fn merge(&mut self, other: Seen, tiles: &[&PlannedTile]) {
        add_sizes(&mut self.sizes, &other.sizes);
        for ((tile, left), right) in tiles.iter().zip(&mut self.tiles).zip(other.tiles) {
            add_sizes(&mut left.sizes, &right.sizes);
            for (key, (cases, partial)) in right.groups {
                match left.groups.get_mut(&key) {
                    Some((known, into)) => {
                        *known += cases;
                        tile.question.merge(into, partial);
                    }
                    None => drop(left.groups.insert(key, (cases, partial))),
                }
            }
        }
    }
}

/// Applies filters one after another and counts what each leaves.
fn apply(
    log: &LogContext,
    segment: &Segment,
    start: Remaining,
    filters: &[BoundFilter],
    sizes: &mut [Size],
) -> Remaining {
    let mut remaining = start;
    count(&mut sizes[0], &remaining.batch(segment));
    for (filter, size) in filters.iter().zip(&mut sizes[1..]) {
        remaining = remaining.filtered(log, filter, segment);
        count(size, &remaining.batch(segment));
    }
    remaining
}

fn count(size: &mut Size, batch: &CaseBatch<'_>) {
    size.cases += batch.case_count();
    size.events += batch.event_count();
}

fn add_sizes(left: &mut [Size], right: &[Size]) {
    for (left, right) in left.iter_mut().zip(right) {
        left.cases += right.cases;
        left.events += right.events;
    }
}

impl PlannedTile {
    fn look(
        &self,
        log: &LogContext,
        segment: &Segment,
        remaining: &Remaining,
        seen: &mut TileSeen,
    ) {
        let Some(attribute) = &self.group_by else {
            let batch = remaining.batch(segment);
            self.observe(log, GroupKey::Whole, &batch, seen);
            return;
        };
        for (key, mask) in group_masks(attribute, segment) {
            let group = remaining.restricted(segment, &mask);
            let batch = group.batch(segment);
            if batch.case_count() > 0 {
                self.observe(log, key, &batch, seen);
            }
        }
    }

    fn observe(&self, log: &LogContext, key: GroupKey, batch: &CaseBatch<'_>, seen: &mut TileSeen) {
        let is_new = !seen.groups.contains_key(&key);
        if is_new && seen.groups.len() > GROUP_COUNT_MAX {
            return;
        }
        let (cases, partial) =
            seen.groups.entry(key).or_insert_with(|| (0, self.question.new_partial()));
        *cases += batch.case_count();
        self.question.observe(log, batch, partial);
    }
}

/// One mask for each value of the attribute that occurs in the segment.
fn group_masks(attribute: &Attribute, segment: &Segment) -> BTreeMap<GroupKey, CaseMask> {
    let column = &segment.parts().case_columns[attribute.column_idx];
    let mut masks: BTreeMap<GroupKey, CaseMask> = BTreeMap::new();
    for idx in 0..segment.case_count() {
        let key = group_key(column, idx);
        if masks.len() > GROUP_COUNT_MAX && !masks.contains_key(&key) {
            continue;
        }
        masks.entry(key).or_insert_with(|| CaseMask::new(segment.case_count(), false)).insert(idx);
    }
    masks
}

fn group_key(column: &Column, idx: usize) -> GroupKey {
    let code = column.text_code(idx).or_else(|| column.boolean(idx).map(u32::from));
    code.map_or(GroupKey::Blank, GroupKey::Code)
}

/// A tile that has finished, before it gets its name back.
struct Finished {
    sizes: Vec<Size>,
    answer: Result<Answered, Problem>,
}

enum Answered {
    One(Box<RawValue>),
    Groups(Vec<GroupAnswer>),
}

impl Finished {
    fn named(self, asked: &Tile) -> TileAnswer {
        let size = *self.sizes.last().expect("the size before any filter is always there");
        let (answer, groups, problem) = match self.answer {
            Ok(Answered::One(answer)) => (Some(answer), None, None),
            Ok(Answered::Groups(groups)) => (None, Some(groups), None),
            Err(problem) => (None, None, Some(problem)),
        };
        TileAnswer {
            id: asked.id.clone(),
            question: asked.question.clone(),
            size,
            filters: effects(&asked.filters, &self.sizes),
            answer,
            groups,
            problem,
        }
    }
}

fn effects(filters: &[serde_json::Value], sizes: &[Size]) -> Vec<FilterEffect> {
    filters
        .iter()
        .zip(sizes.windows(2))
        .map(|(filter, pair)| FilterEffect {
            filter: filter.clone(),
            cases_removed: pair[0].cases - pair[1].cases,
            events_removed: pair[0].events - pair[1].events,
        })
        .collect()
}

/// Finishes every tile, several at a time where there are threads for it.
fn finish_all(
    log: &LogContext,
    tiles: &[&PlannedTile],
    seen: Vec<TileSeen>,
    threads: usize,
) -> Vec<Finished> {
    let work: Vec<Mutex<Option<TileSeen>>> =
        seen.into_iter().map(|seen| Mutex::new(Some(seen))).collect();
    let results: Vec<Mutex<Option<Finished>>> = work.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        loop {
            let idx = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = work.get(idx) else { break };
            let seen = slot.lock().expect("no thread panics while it holds the lock").take();
            let seen = seen.expect("each tile is taken once");
            let finished = finish(log, tiles[idx], seen);
            *results[idx].lock().expect("no thread panics while it holds the lock") =
                Some(finished);
        }
    };
    if threads <= 1 || work.len() <= 1 {
        take();
    } else {
        std::thread::scope(|scope| {
            for _ in 0..threads.min(work.len()) {
                scope.spawn(take);
            }
        });
    }
    results
        .into_iter()
        .map(|slot| {
            let finished = slot.into_inner().expect("no thread panics while it holds the lock");
            finished.expect("every tile was finished")
        })
        .collect()
}

fn finish(log: &LogContext, tile: &PlannedTile, mut seen: TileSeen) -> Finished {
    let sizes = seen.sizes;
    let Some(attribute) = &tile.group_by else {
        let partial = match seen.groups.remove(&GroupKey::Whole) {
            Some((_, partial)) => partial,
            None => tile.question.new_partial(),
        };
        let answer = tile.question.finish(log, partial).map(Answered::One);
        return Finished { sizes, answer };
    };
    if seen.groups.len() > GROUP_COUNT_MAX {
        let problem = Problem::new(
            ErrorCode::OverLimit,
            say!(
                "\"{attribute}\" has more than {max} different values; a grouping may have at \
                 most {max}.",
                attribute = attribute.name,
                max = GROUP_COUNT_MAX
            ),
        )
        .in_parameter("group_by")
        .with_hint(say!("Filter to fewer values or group by another attribute."));
        return Finished { sizes, answer: Err(problem) };
    }
    let mut groups: Vec<GroupAnswer> = seen
        .groups
        .into_iter()
        .map(|(key, (cases, partial))| {
            let (answer, problem) = match tile.question.finish(log, partial) {
                Ok(answer) => (Some(answer), None),
                Err(problem) => (None, Some(problem)),
            };
            GroupAnswer { value: group_value(attribute, key), cases, answer, problem }
        })
        .collect();
    groups.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.value.cmp(&b.value)));
    Finished { sizes, answer: Ok(Answered::Groups(groups)) }
}

fn group_value(attribute: &Attribute, key: GroupKey) -> Option<String> {
    match key {
        GroupKey::Whole | GroupKey::Blank => None,
        GroupKey::Code(code) if attribute.kind == AttributeType::Boolean => {
            Some((code == 1).to_string())
        }
        GroupKey::Code(code) => Some(attribute.texts.get(code as usize).to_owned()),
    }
}
