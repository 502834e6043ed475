//! Texts of every kind: no parser panics or hangs, and what is read is a real date.

use paydirt_model::interner::TextColumn;
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::time::DAY_US;
use paydirt_recipe::dates::pattern::Pattern;
use paydirt_recipe::dates::{DateFormat, DateOrder, EpochUnit, YearDigits};
use paydirt_recipe::roles::RoleOverrides;
use paydirt_recipe::types::{NumberStyle, parse_boolean, split_currency};

use crate::support::import;

/// A small generator of numbers, so that the damage is the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }
}

const SEEDS: &[&str] = &[
    "2024-01-31T09:30:15.123+01:00",
    "2024/1/31 9:30 PM",
    "31.01.2024 09:30",
    "01/31/24",
    "Wed, 31 Jan 2024 09:30:00 GMT",
    "31 janv. 2024 à 9h30",
    "Jan 31st, 2024",
    "2024年1月31日 9時30分",
    "令和6年1月31日(水) 午後9:30",
    "20240131T093015Z",
    "1706693415.5",
    "2024-01-31-09.30.00.000000",
    "1.234,56",
    "-1 234.5",
    "€1,234.50",
    "00123",
    "true",
    "いいえ",
    "1e5",
    "NA",
];

fn damaged(text: &str, random: &mut Random) -> String {
    let telling: Vec<char> =
        "0123456789-/.:, +TZzAPMapm年月日時分秒\u{a0}\u{202f}é€[]%eE'\"(（".chars().collect();
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..random.below(4) {
        let at = random.below(characters.len() + 1);
        match random.below(4) {
            0 => characters.truncate(at),
            1 => characters.insert(at, telling[random.below(telling.len())]),
            2 if at < characters.len() => characters[at] = telling[random.below(telling.len())],
            _ if at < characters.len() => {
                characters.remove(at);
            }
            _ => {}
        }
    }
    characters.into_iter().collect()
}

fn formats() -> Vec<DateFormat> {
    let mut formats = vec![DateFormat::Named, DateFormat::Japanese, DateFormat::Compact];
    for order in [
        DateOrder::YearMonthDay,
        DateOrder::YearDayMonth,
        DateOrder::DayMonthYear,
        DateOrder::MonthDayYear,
    ] {
        formats.push(DateFormat::Numeric(order, YearDigits::Four));
        formats.push(DateFormat::Numeric(order, YearDigits::Two));
    }
    for unit in [
        EpochUnit::Seconds,
        EpochUnit::Milliseconds,
        EpochUnit::Microseconds,
        EpochUnit::Nanoseconds,
    ] {
        formats.push(DateFormat::Epoch(unit));
    }
    for pattern in ["%d/%m/%Y", "%d %b %Y %H:%M:%S%.f %z", "%Y年%m月%d日 %p%I:%M", "%A %B %d %y"]
    {
        formats.push(DateFormat::Pattern(Pattern::parse_text(pattern).unwrap()));
    }
    formats
}

#[test]
fn damaged_dates_and_numbers_never_panic() {
    let formats = formats();
    let mut random = Random(31);
    let mut read = 0;
    for round in 0..20_000 {
        let text = damaged(SEEDS[round % SEEDS.len()], &mut random);
        for format in &formats {
            if let Some(moment) = format.parse(&text) {
                read += 1;
                let days = moment.local_us.div_euclid(DAY_US);
                assert!((-719_162..=2_932_897).contains(&days), "{text} as {format:?}");
            }
        }
        for style in [NumberStyle::Point, NumberStyle::Comma] {
            let _ = style.parse(&text);
        }
        let _ = (parse_boolean(&text), split_currency(&text), Pattern::parse_text(&text));
    }
    assert!(read > 3_000, "the undamaged seeds are read: {read}");
}

#[test]
fn tables_of_damaged_texts_never_panic() {
    let mut random = Random(7);
    let names = ["case", "activity", "time", "start", "value", "value currency"];
    for _ in 0..300 {
        let rows = 1 + random.below(30);
        let mut columns = Vec::new();
        for idx in 0..names.len() {
            let seed = SEEDS[random.below(SEEDS.len())];
            let texts: Vec<String> = (0..rows)
                .map(|row| match idx {
                    0 => (row / 3).to_string(),
                    _ => damaged(seed, &mut random),
                })
                .collect();
            let texts: TextColumn = texts.iter().map(String::as_str).collect();
            columns.push(RawColumn::Plain(texts));
        }
        let chunk = RawChunk { lines: (2..).take(rows).collect(), columns };
        let names = names.map(str::to_owned).to_vec();
        let table = RawTable { names, chunks: vec![chunk] };
        if let Ok((log, report)) = import(&table, &RoleOverrides::default()) {
            assert_eq!(report.events + report.rows_refused, rows as u64);
            assert_eq!(log.context().event_count, report.events);
        }
    }
}
