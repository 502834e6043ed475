//! How a request runs: plan once, scan the segments once on threads, merge, finish each tile.
//!
//! Segments are taken by whichever thread is free; because merging is commutative the answer is
//! the same bytes on any number of threads.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use paydirt_mining::filter::composition::{self, BoundFilter};
use paydirt_mining::filter::remaining::Remaining;
use paydirt_mining::operator::{AnyPartial, BoundQuestion, Question};
use paydirt_mining::operators;
use paydirt_mining::reads::Reads;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::{CaseBatch, CaseMask};
use paydirt_model::column::Column;
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::value::RawValue;

use crate::across::across;
use crate::analysis::{
    Analysis, AnalysisAnswer, FilterEffect, GroupAnswer, Size, Tile, TileAnswer,
};
use crate::filled_in::filled_in;
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

/// Other logs that questions name, by the names of their versions; or why one cannot be asked.
pub type OtherLogs = HashMap<String, Result<Arc<EventLog>, Problem>>;

/// A filter that passed its checks, the attributes it looks at, and the log as it sees it.
struct PlannedFilter {
    filter: BoundFilter,
    reads: Reads,
    context: Arc<LogContext>,
}

/// Filters that apply one after another, and the log as it is seen after them.
struct PlannedFilters {
    filters: Vec<PlannedFilter>,
    context: Arc<LogContext>,
}

/// A tile that passed its checks, and the attributes that question and grouping look at.
struct PlannedTile {
    context: Arc<LogContext>,
    question: Box<dyn BoundQuestion>,
    filters: Vec<PlannedFilter>,
    group_by: Option<Attribute>,
    reads: Reads,
}

/// A tile after its checks.
enum Asked {
    Planned(PlannedTile),
    /// Of two logs, and answered already.
    Across(Result<Finished, Problem>),
    Refused(Problem),
}

impl Asked {
    fn planned(&self) -> Option<&PlannedTile> {
        match self {
            Asked::Planned(tile) => Some(tile),
            Asked::Across(_) | Asked::Refused(_) => None,
        }
    }
}

/// The first segment whose attributes could not be read, and why.
type Failure = (usize, Problem);

/// What one thread has seen for one tile.
struct TileSeen {
    sizes: Vec<Size>,
    groups: BTreeMap<GroupKey, (u64, AnyPartial)>,
    failure: Option<Failure>,
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
    failure: Option<Failure>,
}

/// One segment of the log that is asked.
#[derive(Clone, Copy)]
struct Site<'a> {
    log: &'a EventLog,
    segment_idx: usize,
    segment: &'a Segment,
}

/// Answers a request.
///
/// # Errors
/// A filter of the request is not valid, an attribute that it names cannot be read, a limit is
/// exceeded, or the run was cancelled. What goes wrong in one tile is that tile's problem alone.
pub fn run(
    log: &EventLog,
    analysis: &Analysis,
    options: &RunOptions<'_>,
) -> Result<AnalysisAnswer, Problem> {
    run_beside(log, &OtherLogs::new(), analysis, options)
}

/// Answers a request that may name other logs beside its own.
///
/// # Errors
/// As [`run`].
pub fn run_beside(
    log: &EventLog,
    others: &OtherLogs,
    analysis: &Analysis,
    options: &RunOptions<'_>,
) -> Result<AnalysisAnswer, Problem> {
    if analysis.tiles.len() > TILE_COUNT_MAX {
        return Err(too_many_tiles(analysis.tiles.len()));
    }
    let analysis = &*filled_in(log, analysis, options)?;
    let context = log.context();
    let PlannedFilters { filters, context: seen_as } =
        plan_filters(log, context, &analysis.filters)?;
    let asked = |tile: &Tile| match across((log, others), analysis, tile, options) {
        Some(answer) => Asked::Across(answer),
        None => plan(log, &seen_as, tile).map_or_else(Asked::Refused, Asked::Planned),
    };
    let tiles: Vec<Asked> = analysis.tiles.iter().map(asked).collect();
    let planned: Vec<&PlannedTile> = tiles.iter().filter_map(Asked::planned).collect();
    let seen = scan(log, &filters, &planned, options)?;
    let mut answers = finish_all(&planned, seen.tiles, options.threads).into_iter();
    let tile_answers = analysis
        .tiles
        .iter()
        .zip(&tiles)
        .map(|(asked, tile)| match tile {
            Asked::Planned(_) => {
                let finished = answers.next().expect("one answer for each planned tile");
                finished.named(asked)
            }
            Asked::Across(Ok(finished)) => finished.named(asked),
            Asked::Across(Err(problem)) | Asked::Refused(problem) => TileAnswer {
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
        settings: analysis.settings.filter(|number| *number > 0),
        as_of: context.as_of,
        time_zone: context.time_zone.name().to_owned(),
        total: seen.sizes[0],
        size: *seen.sizes.last().expect("the size before any filter is always there"),
        filters: effects(&analysis.filters, &seen.sizes),
        tiles: tile_answers,
    })
}

/// Checks filters, each against the log as those before it show it.
fn plan_filters(
    log: &EventLog,
    context: &Arc<LogContext>,
    filters: &[serde_json::Value],
) -> Result<PlannedFilters, Problem> {
    if filters.len() > FILTER_COUNT_MAX {
        return Err(too_many_filters(filters.len()));
    }
    let mut planned = PlannedFilters { filters: Vec::new(), context: Arc::clone(context) };
    for filter in filters {
        let reads = composition::reads(&planned.context, filter);
        log.load_texts(reads.iter())?;
        let filter = composition::bind(&planned.context, filter)?;
        let after = Arc::clone(filter.context().unwrap_or(&planned.context));
        let context = std::mem::replace(&mut planned.context, after);
        planned.filters.push(PlannedFilter { filter, reads, context });
    }
    Ok(planned)
}

/// Checks a tile against the log as the filters of the request show it.
fn plan(log: &EventLog, seen_as: &Arc<LogContext>, tile: &Tile) -> Result<PlannedTile, Problem> {
    let question = operators::find(&tile.question)?;
    let PlannedFilters { filters, context } = plan_filters(log, seen_as, &tile.filters)?;
    let mut reads = question.reads(&context, &tile.params);
    log.load_texts(reads.iter())?;
    let question = question.bind(&context, &tile.params)?;
    let mut group_by = None;
    if let Some(name) = &tile.group_by {
        let attribute = group_attribute(&context, name)?;
        let read = Reads::attribute(&context, attribute);
        log.load_texts(read.iter())?;
        reads = reads.and(read);
        group_by = Some(attribute.clone());
    }
    Ok(PlannedTile { context, question, filters, group_by, reads })
}

fn group_attribute<'a>(log: &'a LogContext, name: &str) -> Result<&'a Attribute, Problem> {
    let attribute = log.attribute(name)?;
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
    filters: &[PlannedFilter],
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
            let segment_idx = next.fetch_add(1, Ordering::Relaxed);
            let Some(segment) = segments.get(segment_idx) else { break };
            let looked = seen.look(Site { log, segment_idx, segment }, filters, tiles);
            if let Err(problem) = looked {
                seen.failure = Some((segment_idx, problem));
                next.store(segments.len(), Ordering::Relaxed);
                break;
            }
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
    match all.failure {
        Some((_, problem)) => Err(problem),
        None => Ok(all),
    }
}

/// The failure of the earlier segment, whichever thread met it.
fn earlier(left: Option<Failure>, right: Option<Failure>) -> Option<Failure> {
    left.into_iter().chain(right).min_by_key(|(segment_idx, _)| *segment_idx)
}

impl Seen {
    fn new(filters: &[PlannedFilter], tiles: &[&PlannedTile]) -> Self {
        Seen {
            sizes: vec![Size::default(); filters.len() + 1],
            tiles: tiles.iter().map(|tile| TileSeen::new(tile)).collect(),
            failure: None,
        }
    }

    /// Looks at one segment. What cannot be read for one tile is that tile's failure.
    fn look(
        &mut self,
        site: Site<'_>,
        filters: &[PlannedFilter],
        tiles: &[&PlannedTile],
    ) -> Result<(), Problem> {
        let remaining = site.apply(Remaining::default(), filters, &mut self.sizes)?;
        for (tile, seen) in tiles.iter().zip(&mut self.tiles) {
            if seen.failure.is_none()
                && let Err(problem) = tile.look(site, &remaining, seen)
            {
                seen.failure = Some((site.segment_idx, problem));
            }
        }
        Ok(())
    }

    fn merge(&mut self, other: Seen, tiles: &[&PlannedTile]) {
        add_sizes(&mut self.sizes, &other.sizes);
        self.failure = earlier(self.failure.take(), other.failure);
        for ((tile, left), right) in tiles.iter().zip(&mut self.tiles).zip(other.tiles) {
            add_sizes(&mut left.sizes, &right.sizes);
            left.failure = earlier(left.failure.take(), right.failure);
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

impl TileSeen {
    fn new(tile: &PlannedTile) -> Self {
        TileSeen {
            sizes: vec![Size::default(); tile.filters.len() + 1],
            groups: BTreeMap::new(),
            failure: None,
        }
    }
}

impl Site<'_> {
    /// Applies filters one after another and counts what each leaves. The attributes of a filter
    /// are read only where cases are left for it.
    fn apply(
        self,
        start: Remaining,
        filters: &[PlannedFilter],
        sizes: &mut [Size],
    ) -> Result<Remaining, Problem> {
        let Site { log, segment_idx, segment } = self;
        let mut remaining = start;
        count(&mut sizes[0], &remaining.batch(segment));
        for (planned, size) in filters.iter().zip(&mut sizes[1..]) {
            if remaining.batch(segment).is_empty() {
                break;
            }
            log.load_columns(segment_idx, planned.reads.iter())?;
            remaining = remaining.filtered(&planned.context, &planned.filter, segment);
            count(size, &remaining.batch(segment));
        }
        Ok(remaining)
    }
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
        site: Site<'_>,
        remaining: &Remaining,
        seen: &mut TileSeen,
    ) -> Result<(), Problem> {
        let segment = site.segment;
        if self.filters.is_empty() {
            count(&mut seen.sizes[0], &remaining.batch(segment));
            return self.look_at_remaining(site, remaining, seen);
        }
        let own = remaining.restricted(segment, &CaseMask::new(segment.case_count(), true));
        let own = site.apply(own, &self.filters, &mut seen.sizes)?;
        self.look_at_remaining(site, &own, seen)
    }

    fn look_at_remaining(
        &self,
        site: Site<'_>,
        remaining: &Remaining,
        seen: &mut TileSeen,
    ) -> Result<(), Problem> {
        let Site { log, segment_idx, segment } = site;
        let batch = remaining.batch(segment);
        let is_concerned =
            self.group_by.is_some() || self.question.concerns(&self.context, segment);
        if batch.is_empty() || !is_concerned {
            return Ok(());
        }
        log.load_columns(segment_idx, self.reads.iter())?;
        let Some(attribute) = &self.group_by else {
            self.observe(GroupKey::Whole, &batch, seen);
            return Ok(());
        };
        for (key, mask) in group_masks(attribute, segment) {
            let group = remaining.restricted(segment, &mask);
            let batch = group.batch(segment);
            if !batch.is_empty() {
                self.observe(key, &batch, seen);
            }
        }
        Ok(())
    }

    fn observe(&self, key: GroupKey, batch: &CaseBatch<'_>, seen: &mut TileSeen) {
        let is_new = !seen.groups.contains_key(&key);
        if is_new && seen.groups.len() > GROUP_COUNT_MAX {
            return;
        }
        let (cases, partial) =
            seen.groups.entry(key).or_insert_with(|| (0, self.question.new_partial()));
        *cases += batch.case_count();
        self.question.observe(&self.context, batch, partial);
    }
}

/// One mask for each value of the attribute that occurs in the segment.
fn group_masks(attribute: &Attribute, segment: &Segment) -> BTreeMap<GroupKey, CaseMask> {
    let column = segment.column(attribute);
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

/// What a question has seen of the cases that filters leave of a log, before it is finished.
pub(crate) struct SeenAlone {
    pub(crate) context: Arc<LogContext>,
    pub(crate) partial: AnyPartial,
    /// Before any filter and after each.
    pub(crate) sizes: Vec<Size>,
}

/// Looks at one log for one question, in a scan of its own.
pub(crate) fn look_alone(
    log: &EventLog,
    filters: &[serde_json::Value],
    question: &dyn Question,
    params: &serde_json::Value,
    options: &RunOptions<'_>,
) -> Result<SeenAlone, Problem> {
    let PlannedFilters { filters, context } = plan_filters(log, log.context(), filters)?;
    let reads = question.reads(&context, params);
    log.load_texts(reads.iter())?;
    let question = question.bind(&context, params)?;
    let tile = PlannedTile {
        context: Arc::clone(&context),
        question,
        filters: Vec::new(),
        group_by: None,
        reads,
    };
    let mut seen = scan(log, &filters, &[&tile], options)?;
    let TileSeen { mut groups, failure, .. } = seen.tiles.remove(0);
    if let Some((_, problem)) = failure {
        return Err(problem);
    }
    let whole = groups.remove(&GroupKey::Whole).map(|(_, partial)| partial);
    let partial = whole.unwrap_or_else(|| tile.question.new_partial());
    Ok(SeenAlone { context, partial, sizes: seen.sizes })
}

/// A tile that has finished, before it gets its name back.
pub(crate) struct Finished {
    pub(crate) sizes: Vec<Size>,
    pub(crate) answer: Result<Answered, Problem>,
}

#[derive(Clone)]
pub(crate) enum Answered {
    One(Box<RawValue>),
    Groups(Vec<GroupAnswer>),
}

impl Finished {
    fn named(&self, asked: &Tile) -> TileAnswer {
        let size = *self.sizes.last().expect("the size before any filter is always there");
        let (answer, groups, problem) = match self.answer.clone() {
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
fn finish_all(tiles: &[&PlannedTile], seen: Vec<TileSeen>, threads: usize) -> Vec<Finished> {
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
            let finished = finish(tiles[idx], seen);
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

fn finish(tile: &PlannedTile, mut seen: TileSeen) -> Finished {
    let log = &*tile.context;
    if let Some((_, problem)) = seen.failure {
        return Finished { sizes: TileSeen::new(tile).sizes, answer: Err(problem) };
    }
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
