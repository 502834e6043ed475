//! Logs that no one wrote by hand, with everything that a log can have.

use paydirt_model::attribute::{AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::event_chunk::{ChunkWriter, EventTime, NewValue};
use paydirt_model::event_log::{CaseNotion, EventLog, TimeZoneName};
use paydirt_model::log_builder::{AttributeSpec, EventLogBuilder, LevelChoice, Links, LogSpec};
use paydirt_model::number::Decimal;
use paydirt_model::rates::RateTable;
use paydirt_model::time::{Precision, Timestamp};

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

    fn number(&mut self) -> i64 {
        let size = [10, 1_000, usize::MAX / 400][self.below(3)];
        let number = i64::try_from(self.below(size)).expect("below the largest");
        if self.below(2) == 0 { number } else { -number }
    }
}

/// Names that are hard on tables: those of their own columns, alike but for capital letters, empty.
const NAMES: [&str; 12] = [
    "case_id",
    "time",
    "Time",
    "activity",
    "",
    "region",
    "金額",
    "a.b \"c\"",
    "line\nbreak",
    "amount",
    "amount currency",
    "TIME (2)",
];

const KINDS: [AttributeType; 7] = [
    AttributeType::Text,
    AttributeType::Integer,
    AttributeType::Decimal,
    AttributeType::Boolean,
    AttributeType::Timestamp,
    AttributeType::Duration,
    AttributeType::Money,
];

/// What a generated log is like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) seed: u64,
    pub(super) cases: usize,
    pub(super) partitions: usize,
    /// Attributes at the end that no row has a value of.
    pub(super) blank_attributes: usize,
    /// Only cases whose number is below this.
    pub(super) written_cases: usize,
}

impl Shape {
    pub(super) fn of(seed: u64) -> Self {
        Shape { seed, cases: 60, partitions: 4, blank_attributes: 0, written_cases: 60 }
    }
}

/// A log with starts, recorded times, offsets, precisions, links, rates and all types, or some.
pub(super) fn generate(shape: Shape) -> EventLog {
    let mut dice = Dice::new(shape.seed);
    let mut spec = spec(&mut dice, shape.cases);
    let count = spec.attributes.len();
    spec.attributes.extend((0..shape.blank_attributes).map(|idx| AttributeSpec {
        name: format!("blank {idx}"),
        kind: KINDS[idx % KINDS.len()],
        level: LevelChoice::Declared([AttributeLevel::Case, AttributeLevel::Event][idx % 2]),
    }));
    let kinds: Vec<AttributeType> = spec.attributes.iter().map(|it| it.kind).collect();
    let has = [0, 1, 2, 3].map(|_| dice.below(2) == 0);
    let mut builder = EventLogBuilder::new(spec, shape.partitions);
    let mut writer = ChunkWriter::new(kinds.clone());
    for case in 0..shape.written_cases.min(shape.cases) {
        let mut us = 1_700_000_000_000_000 + dice.number() % 1_000_000_000;
        for _ in 0..=dice.below(6) {
            us += i64::try_from(dice.below(3)).unwrap() * 60_000_000;
            let activity = ["quote", "order", "note", "見積", ""][dice.below(5)];
            writer.push(&format!("case {case} é"), activity, time(&mut dice, us, has));
            for (idx, &kind) in kinds[..count].iter().enumerate() {
                if let Some(value) = value(&mut dice, kind) {
                    value.set(&mut writer, idx);
                }
            }
        }
    }
    builder.append(writer.take());
    builder.finish().unwrap().0
}

fn spec(dice: &mut Dice, cases: usize) -> LogSpec {
    let attributes: Vec<AttributeSpec> = (0..dice.below(NAMES.len() + 1))
        .map(|idx| AttributeSpec {
            name: NAMES[idx].to_owned(),
            kind: KINDS[dice.below(KINDS.len())],
            level: LevelChoice::Declared(
                [AttributeLevel::Case, AttributeLevel::Event][dice.below(2)],
            ),
        })
        .collect();
    let resource = attributes.iter().position(|it| it.kind == AttributeType::Text);
    LogSpec {
        notion: [CaseNotion::Main, CaseNotion::Lead, CaseNotion::Document][dice.below(3)],
        attributes,
        resource: resource.map(AttributeIdx),
        auxiliary: vec!["note".to_owned()],
        time_zone: TimeZoneName::parse(["UTC", "Asia/Tokyo"][dice.below(2)]).unwrap(),
        as_of: [None, Timestamp::parse("2031-01-01T00:00:00Z")][dice.below(2)],
        rates: [None, Some(rates())][dice.below(2)].clone(),
        links: if dice.below(2) == 0 { links(dice, cases) } else { Links::default() },
        ..LogSpec::plain()
    }
}

fn time(dice: &mut Dice, us: i64, has: [bool; 4]) -> EventTime {
    let [starts, recorded, offsets, precisions] = has;
    let mut time = EventTime::instant(us);
    if starts && dice.below(3) > 0 {
        time.start_us = Some(us - 1 - dice.number().abs() % 1_000_000);
    }
    if recorded && dice.below(3) > 0 {
        time.recorded_us = us + dice.number() % 1_000_000_000;
    }
    if offsets {
        time.offset_min = [0, -330, 840][dice.below(3)];
    }
    if precisions {
        time.precision = [Precision::Instant, Precision::Minute, Precision::Day][dice.below(3)];
    }
    time
}

enum Value {
    Text(String),
    Other(NewValue<'static>),
}

impl Value {
    fn set(&self, writer: &mut ChunkWriter, idx: usize) {
        match self {
            Value::Text(text) => writer.set(idx, &NewValue::Text(text)),
            Value::Other(value) => writer.set(idx, value),
        }
    }
}

fn value(dice: &mut Dice, kind: AttributeType) -> Option<Value> {
    let number = dice.number();
    let decimal = Decimal::new(number.into(), u8::try_from(dice.below(3)).unwrap());
    let is_blank = dice.below(4) == 0;
    let value = match kind {
        AttributeType::Text => Value::Text(match dice.below(3) {
            0 => format!("text {number}"),
            1 => String::new(),
            _ => ["日本", "EMEA", "a\0b"][dice.below(3)].to_owned(),
        }),
        AttributeType::Integer | AttributeType::Duration => {
            Value::Other(NewValue::Number([number, i64::MAX, i64::MIN + 1][dice.below(3)]))
        }
        AttributeType::Timestamp => Value::Other(NewValue::Number(number % 1_000_000_000_000_000)),
        AttributeType::Boolean => Value::Other(NewValue::Boolean(number % 2 == 0)),
        AttributeType::Decimal => Value::Other(NewValue::Decimal(decimal)),
        AttributeType::Money => {
            let currency = [Some("EUR"), Some("JPY"), None][dice.below(3)];
            Value::Other(NewValue::Money(decimal, currency))
        }
    };
    (!is_blank).then_some(value)
}

fn rates() -> RateTable {
    let mut rates = RateTable::default();
    rates.insert(19_000, "USD", "EUR", Decimal::new(92, 2));
    rates.insert(-3, "JPY", "EUR", Decimal::new(i128::from(i64::MAX) * 10, 30));
    rates
}

fn links(dice: &mut Dice, cases: usize) -> Links {
    let mut links = Links::default();
    for case in 0..cases {
        let linked = (0..dice.below(3))
            .map(|idx| (format!("deal {idx}"), u32::try_from(dice.below(1_000_001)).unwrap()));
        links.insert(format!("case {case} é"), linked.collect());
    }
    links
}
