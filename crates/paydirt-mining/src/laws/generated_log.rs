//! Logs that no one wrote by hand: seeded, small, with every type of attribute, blanks and ties.

use paydirt_model::attribute::{AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::event_chunk::{ChunkWriter, EventTime, NewValue};
use paydirt_model::event_log::{EventLog, LogContext, Segment, TimeZoneName};
use paydirt_model::log_builder::{AttributeSpec, EventLogBuilder, LevelChoice, LogSpec};
use paydirt_model::number::Decimal;
use paydirt_model::text_log::TEXT_LOG_START_US;
use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, Precision, Timestamp};

use crate::statistics::duration_bag::EXACT_EVENT_COUNT_MAX;

/// Numbers that look random and are the same for the same seed.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from((u128::from(self.0) * end as u128) >> 64).expect("below the end")
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for idx in (1..items.len()).rev() {
            items.swap(idx, self.below(idx + 1));
        }
    }
}

/// What is special about a generated log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum World {
    /// Instants in UTC.
    Plain,
    /// Start times, a time zone with summer time, an auxiliary activity.
    Starts,
    /// Some events known to the day only, an auxiliary activity.
    Days,
    /// Part of a version so large that order statistics come from histograms.
    Huge,
}

pub(super) const WORLDS: [World; 4] = [World::Plain, World::Starts, World::Days, World::Huge];

/// How the rows of a log reach the builder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) partitions: usize,
    /// Rows of different cases change places; those of one case never do.
    pub(super) shuffle_seed: Option<u64>,
    /// Rows in one chunk.
    pub(super) chunk_len: usize,
}

struct Row {
    case: usize,
    activity: &'static str,
    time: EventTime,
    values: Vec<Option<NewValue<'static>>>,
}

const ACTIVITIES: [&str; 7] = ["a", "b", "c", "d", "send quote", "note", "検討"];
const REGIONS: [&str; 4] = ["EMEA", "APAC", "NA", "日本"];
const PEOPLE: [&str; 5] = ["ann", "bob", "cyd", "dee", ""];
const CURRENCIES: [Option<&str>; 3] = [Some("EUR"), Some("USD"), None];

/// Name, level and type of every attribute.
const ATTRIBUTES: [(&str, AttributeLevel, AttributeType); 16] = [
    ("region", AttributeLevel::Case, AttributeType::Text),
    ("amount", AttributeLevel::Case, AttributeType::Money),
    ("score", AttributeLevel::Case, AttributeType::Integer),
    ("won", AttributeLevel::Case, AttributeType::Boolean),
    ("due", AttributeLevel::Case, AttributeType::Timestamp),
    ("wait", AttributeLevel::Case, AttributeType::Duration),
    ("price", AttributeLevel::Case, AttributeType::Decimal),
    ("tag", AttributeLevel::Case, AttributeType::Text),
    ("resource", AttributeLevel::Event, AttributeType::Text),
    ("cost", AttributeLevel::Event, AttributeType::Decimal),
    ("flag", AttributeLevel::Event, AttributeType::Boolean),
    ("at", AttributeLevel::Event, AttributeType::Timestamp),
    ("effort", AttributeLevel::Event, AttributeType::Duration),
    ("paid", AttributeLevel::Event, AttributeType::Money),
    ("count", AttributeLevel::Event, AttributeType::Integer),
    ("tag", AttributeLevel::Event, AttributeType::Text),
];
const RESOURCE: AttributeIdx = AttributeIdx(8);

/// A log of so many cases. The layout does not change what is in it.
pub(super) fn generate(world: World, case_count: usize, layout: Layout) -> EventLog {
    let mut rows = rows(world, case_count);
    if let Some(seed) = layout.shuffle_seed {
        rows = interleaved(rows, case_count, seed);
    }
    let mut builder = EventLogBuilder::new(spec(world), layout.partitions);
    for chunk in rows.chunks(layout.chunk_len) {
        let kinds = ATTRIBUTES.iter().map(|&(_, _, kind)| kind).collect();
        let mut writer = ChunkWriter::new(kinds);
        for row in chunk {
            writer.push(&format!("case {}", row.case), row.activity, row.time);
            for (column, value) in row.values.iter().enumerate() {
                if let Some(value) = value {
                    writer.set(column, value);
                }
            }
        }
        builder.append(writer.take());
    }
    let log = builder.finish().expect("a generated log is small").0;
    if world != World::Huge {
        return log;
    }
    let mut context = LogContext::clone(log.context());
    context.event_count = EXACT_EVENT_COUNT_MAX + 1;
    EventLog::new(context, log.segments().iter().map(|segment| Segment::clone(segment)).collect())
}

fn spec(world: World) -> LogSpec {
    let attributes = ATTRIBUTES
        .iter()
        .map(|&(name, level, kind)| AttributeSpec {
            name: name.to_owned(),
            kind,
            level: LevelChoice::Declared(level),
        })
        .collect();
    let mut spec = LogSpec { attributes, resource: Some(RESOURCE), ..LogSpec::plain() };
    if world != World::Plain {
        spec.auxiliary = vec!["note".to_owned()];
    }
    if world == World::Starts {
        spec.time_zone = TimeZoneName::parse("Europe/Paris").expect("the zone exists");
        spec.as_of = Timestamp::from_us(TEXT_LOG_START_US + 200 * DAY_US);
    }
    spec
}

fn rows(world: World, case_count: usize) -> Vec<Row> {
    let mut dice = Dice::new(world as u64 + 1);
    let mut rows = Vec::new();
    for case in 0..case_count {
        let of_case = values(&mut dice, AttributeLevel::Case);
        let mut time_us = TEXT_LOG_START_US + day(&mut dice, 100);
        let event_count = 1 + dice.below(8) * usize::from(dice.below(10) > 0);
        for _ in 0..event_count {
            let of_event = values(&mut dice, AttributeLevel::Event);
            let values = of_case.iter().zip(of_event);
            rows.push(Row {
                case,
                activity: ACTIVITIES[dice.below(ACTIVITIES.len())],
                time: time(&mut dice, world, time_us),
                values: values.map(|(of_case, of_event)| of_event.or(of_case.clone())).collect(),
            });
            // A third of the events happen at the instant of the one before.
            time_us += [0, MINUTE_US, 5 * HOUR_US, DAY_US, 1, 30 * DAY_US][dice.below(6)];
        }
    }
    rows
}

fn day(dice: &mut Dice, end: usize) -> i64 {
    i64::try_from(dice.below(end)).expect("small") * DAY_US
}

fn time(dice: &mut Dice, world: World, us: i64) -> EventTime {
    let mut time = EventTime::instant(us);
    if world == World::Starts && dice.below(3) > 0 {
        time.start_us = Some(us - [0, HOUR_US, DAY_US][dice.below(3)]);
    }
    if world == World::Days && dice.below(3) == 0 {
        time.precision = Precision::Day;
    }
    time
}

fn values(dice: &mut Dice, level: AttributeLevel) -> Vec<Option<NewValue<'static>>> {
    ATTRIBUTES
        .iter()
        .map(|&(_, of, kind)| {
            let is_blank = dice.below(5) == 0;
            let value = value(dice, kind, level);
            (of == level && !is_blank).then_some(value)
        })
        .collect()
}

fn value(dice: &mut Dice, kind: AttributeType, level: AttributeLevel) -> NewValue<'static> {
    let number = i64::try_from(dice.below(40)).expect("small") - 10;
    let scale = u8::try_from(dice.below(3)).expect("small");
    match kind {
        AttributeType::Text if level == AttributeLevel::Case => {
            NewValue::Text(REGIONS[dice.below(REGIONS.len())])
        }
        AttributeType::Text => NewValue::Text(PEOPLE[dice.below(PEOPLE.len())]),
        AttributeType::Integer => NewValue::Number(number),
        AttributeType::Decimal => NewValue::Decimal(Decimal::new(number.into(), scale)),
        AttributeType::Boolean => NewValue::Boolean(dice.below(2) == 1),
        AttributeType::Timestamp => {
            NewValue::Number(TEXT_LOG_START_US + number * DAY_US + day(dice, 2) / 2)
        }
        AttributeType::Duration => NewValue::Number(number * HOUR_US + 1),
        AttributeType::Money => {
            let currency = CURRENCIES[dice.below(CURRENCIES.len())];
            NewValue::Money(Decimal::new(number.into(), scale), currency)
        }
    }
}

/// The rows in another order, those of each case in theirs.
fn interleaved(rows: Vec<Row>, case_count: usize, seed: u64) -> Vec<Row> {
    let mut turns: Vec<usize> = rows.iter().map(|row| row.case).collect();
    Dice::new(seed).shuffle(&mut turns);
    let mut of_case: Vec<std::collections::VecDeque<Row>> = Vec::new();
    of_case.resize_with(case_count, Default::default);
    for row in rows {
        of_case[row.case].push_back(row);
    }
    turns.iter().map(|&case| of_case[case].pop_front().expect("a turn for each row")).collect()
}
