//! Where do the rows of a log stand in their cases when ranks and records count, not times alone?
//!
//! [`crate::order`] has the rules; this file finds in the columns of a log what the rules ask for.

use jiff::tz::TimeZone;

use crate::attribute::{AttributeIdx, AttributeType};
use crate::column::Column;
use crate::interner::TextColumn;
use crate::order::{DayPosition, Occurrence, effective_times, order};
use crate::partition::Rows;
use crate::time::Precision;

/// What settles the order of a case besides the times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOrder {
    /// Canonical ranks by the names of activities; any other activity has none.
    pub ranks: Vec<(String, u16)>,
    /// The attribute that names the source record of an event: text, in the order of its bytes, or
    /// integer. Events without one follow those that have one.
    pub record: Option<AttributeIdx>,
    /// The integer attribute that numbers the events of one source record. It counts only where the
    /// record is known; a negative number is none.
    pub sequence: Option<AttributeIdx>,
    /// Where a day-precision event stands that no event of its day holds back.
    pub day_position: DayPosition,
}

/// Record of the events that have none.
const NO_RECORD: u64 = u64::MAX;

/// A [`CaseOrder`] in the numbers of the log.
#[derive(Debug)]
pub(crate) struct Placement {
    /// By the number of the activity.
    ranks: Vec<Option<u16>>,
    record: Option<Records>,
    sequence: Option<usize>,
    day_position: DayPosition,
    zone: TimeZone,
}

/// The column of the record ids and, for texts, the place of each among all of them.
#[derive(Debug)]
struct Records {
    column: usize,
    text_places: Vec<u64>,
}

impl Placement {
    /// `texts` are the values of the record attribute.
    pub(crate) fn new<'a>(
        rules: &CaseOrder,
        activities: impl Iterator<Item = &'a str>,
        texts: &TextColumn,
        zone: TimeZone,
    ) -> Self {
        let rank = |name: &str| {
            let known = rules.ranks.iter().find(|(ranked, _)| ranked == name);
            known.map(|&(_, rank)| rank)
        };
        let record = rules.record.map(|idx| Records { column: idx.0, text_places: places(texts) });
        Placement {
            ranks: activities.map(rank).collect(),
            record,
            sequence: rules.sequence.map(|idx| idx.0),
            day_position: rules.day_position,
            zone,
        }
    }

    /// Gives every row its effective time and every case its order.
    pub(crate) fn place(&self, rows: &mut Rows, offsets: &[u32], row_order: &mut [u32]) {
        if rows.recorded_us.is_empty() {
            rows.recorded_us.clone_from(&rows.times_us);
        }
        for bounds in offsets.windows(2) {
            let case = &mut row_order[bounds[0] as usize..bounds[1] as usize];
            let in_source_order = case.to_vec();
            let events: Vec<Occurrence> =
                case.iter().map(|&row| self.occurrence(rows, row as usize)).collect();
            let times_us = effective_times(&events, self.day_position, &self.zone);
            for (slot, position) in case.iter_mut().zip(order(&events, &times_us)) {
                *slot = in_source_order[position];
            }
            for (row, time_us) in in_source_order.into_iter().zip(times_us) {
                rows.times_us[row as usize] = time_us;
            }
        }
        if rows.recorded_us == rows.times_us {
            rows.recorded_us = Vec::new();
        }
    }

    fn occurrence(&self, rows: &Rows, row: usize) -> Occurrence {
        let record = self.record.as_ref().and_then(|records| records.of(rows, row));
        let sequence = self.sequence.and_then(|column| rows.columns[column].number(row));
        Occurrence {
            recorded_us: rows.recorded_us[row],
            precision: rows.precisions.get(row).copied().unwrap_or(Precision::Instant),
            rank: self.ranks[rows.activities[row].idx()],
            record: record.unwrap_or(NO_RECORD),
            sequence: record.and(sequence).and_then(|number| u32::try_from(number).ok()),
        }
    }
}

impl Records {
    fn of(&self, rows: &Rows, row: usize) -> Option<u64> {
        let column = &rows.columns[self.column];
        match column {
            Column::Text(_) => Some(self.text_places[column.text_code(row)? as usize]),
            // Negative numbers first.
            _ => Some(column.number(row)?.cast_unsigned() ^ (1 << 63)),
        }
    }
}

/// The place of each text among all of them, by their bytes.
fn places(texts: &TextColumn) -> Vec<u64> {
    let mut sorted: Vec<usize> = (0..texts.len()).collect();
    sorted.sort_unstable_by_key(|&idx| texts.get(idx));
    let mut places = vec![0; sorted.len()];
    for (place, idx) in (0_u64..).zip(sorted) {
        places[idx] = place;
    }
    places
}

impl CaseOrder {
    /// Whether the attributes are of types that can tell records and sequences.
    pub(crate) fn fits(&self, kind: impl Fn(AttributeIdx) -> AttributeType) -> bool {
        let record = self
            .record
            .is_none_or(|idx| matches!(kind(idx), AttributeType::Text | AttributeType::Integer));
        record && self.sequence.is_none_or(|idx| kind(idx) == AttributeType::Integer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_chunk::{ChunkWriter, EventTime, NewValue};
    use crate::event_log::{EventLog, TimeZoneName};
    use crate::log_builder::{
        AttributeSpec, EventLogBuilder, LevelChoice, LifecycleReading, LogSpec,
    };
    use crate::time::{DAY_US, HOUR_US};

    /// Midnight in Paris, in summer.
    const MIDNIGHT: i64 = 20_000 * DAY_US - 2 * HOUR_US;
    const ACTIVITIES: [(&str, Option<u16>); 5] = [
        ("win", Some(100)),
        ("call", Some(20)),
        ("bill", Some(130)),
        ("note", None),
        ("ask", Some(20)),
    ];

    /// A row of a file: case, activity, time, record, sequence.
    #[derive(Debug, Clone)]
    struct Row {
        case: usize,
        activity: usize,
        occurrence: Occurrence,
        record: Option<i64>,
        sequence: Option<i64>,
    }

    fn rules(day_position: DayPosition) -> CaseOrder {
        let ranked = ACTIVITIES.iter().filter_map(|&(name, rank)| Some((name.to_owned(), rank?)));
        CaseOrder {
            ranks: ranked.collect(),
            record: Some(AttributeIdx(0)),
            sequence: Some(AttributeIdx(1)),
            day_position,
        }
    }

    fn spec(record: AttributeType, case_order: Option<CaseOrder>) -> LogSpec {
        let attribute = |name: &str, kind| AttributeSpec {
            name: name.to_owned(),
            kind,
            level: LevelChoice::Detect,
        };
        let attributes = vec![
            attribute("record", record),
            attribute("sequence", AttributeType::Integer),
            attribute("row", AttributeType::Integer),
            attribute("state", AttributeType::Text),
        ];
        let time_zone = TimeZoneName::parse("Europe/Paris").unwrap();
        LogSpec { attributes, case_order: case_order.map(Box::new), time_zone, ..LogSpec::plain() }
    }

    /// A log of these rows; records as texts or integers, chunks of so many rows.
    fn built(rows: &[Row], spec: LogSpec, chunk_rows: usize) -> EventLog {
        let kinds: Vec<AttributeType> = spec.attributes.iter().map(|it| it.kind).collect();
        let mut builder = EventLogBuilder::new(spec, 2);
        let mut writer = ChunkWriter::new(kinds.clone());
        for (idx, row) in rows.iter().enumerate() {
            let mut time = EventTime::instant(row.occurrence.recorded_us);
            time.precision = row.occurrence.precision;
            writer.push(&format!("case {}", row.case), ACTIVITIES[row.activity].0, time);
            if let Some(record) = row.record {
                let text = format!("{record:03}");
                let value = match kinds[0] {
                    AttributeType::Text => NewValue::Text(&text),
                    _ => NewValue::Number(record),
                };
                writer.set(0, &value);
            }
            if let Some(sequence) = row.sequence {
                writer.set(1, &NewValue::Number(sequence));
            }
            writer.set(2, &NewValue::Number(i64::try_from(idx).unwrap()));
            if writer.len() == chunk_rows {
                builder.append(writer.take());
            }
        }
        builder.append(writer.take());
        builder.finish().unwrap().0
    }

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: u64) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % bound).unwrap()
        }

        fn number(&mut self, bound: u64) -> i64 {
            i64::try_from(self.below(bound)).unwrap()
        }
    }

    /// Rows with ties, days, records and sequences in every combination.
    fn random_rows(dice: &mut Dice) -> Vec<Row> {
        (0..dice.below(40))
            .map(|_| {
                let activity = dice.below(ACTIVITIES.len() as u64);
                let is_day = dice.below(3) == 0;
                let midnight = MIDNIGHT + dice.number(2) * DAY_US;
                let hour = if is_day { 0 } else { dice.number(4) * 6 };
                let record = (dice.below(4) > 0).then(|| dice.number(3));
                let sequence = (dice.below(2) > 0).then(|| dice.number(4) - 1);
                let known = record.and(sequence);
                Row {
                    case: dice.below(3),
                    activity,
                    occurrence: Occurrence {
                        recorded_us: midnight + hour * HOUR_US,
                        precision: if is_day { Precision::Day } else { Precision::Instant },
                        rank: ACTIVITIES[activity].1,
                        record: record.map_or(u64::MAX, i64::cast_unsigned),
                        sequence: known.and_then(|number| u32::try_from(number).ok()),
                    },
                    record,
                    sequence,
                }
            })
            .collect()
    }

    /// For each case of the log: row in the source, effective time, recorded time.
    fn placed(log: &EventLog, case: usize) -> Vec<(usize, i64, i64)> {
        let id = format!("case {case}");
        for segment in log.segments() {
            let parts = segment.parts();
            let Some(idx) = parts.case_ids.iter().position(|known| known == id) else { continue };
            let attribute = &log.context().attributes[2];
            return (parts.offsets[idx] as usize..parts.offsets[idx + 1] as usize)
                .map(|row| {
                    let source = match attribute.level {
                        crate::attribute::AttributeLevel::Event => {
                            parts.event_columns[attribute.column_idx].number(row)
                        }
                        crate::attribute::AttributeLevel::Case => {
                            parts.case_columns[attribute.column_idx].number(idx)
                        }
                    };
                    let time_us = parts.times_us[row];
                    let recorded_us = parts.recorded_us.get(row).copied().unwrap_or(time_us);
                    (usize::try_from(source.unwrap()).unwrap(), time_us, recorded_us)
                })
                .collect();
        }
        Vec::new()
    }

    #[test]
    fn the_rows_of_a_log_stand_where_the_rules_put_them() {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let zone = TimeZone::get("Europe/Paris").unwrap();
        for round in 0..400 {
            let rows = random_rows(&mut dice);
            let position = [DayPosition::Start, DayPosition::Noon, DayPosition::End][round % 3];
            let kind = [AttributeType::Text, AttributeType::Integer][round % 2];
            let log = built(&rows, spec(kind, Some(rules(position))), 1 + round % 7);
            for case in 0..3 {
                let of_case: Vec<usize> =
                    (0..rows.len()).filter(|&idx| rows[idx].case == case).collect();
                let events: Vec<Occurrence> =
                    of_case.iter().map(|&idx| rows[idx].occurrence).collect();
                let times = effective_times(&events, position, &zone);
                let expected: Vec<(usize, i64, i64)> = order(&events, &times)
                    .into_iter()
                    .map(|idx| (of_case[idx], times[idx], events[idx].recorded_us))
                    .collect();
                assert_eq!(placed(&log, case), expected, "round {round}: {rows:?}");
            }
        }
    }

    #[test]
    fn without_rules_a_case_is_ordered_by_time_alone() {
        let mut dice = Dice(7);
        for round in 0..50 {
            let rows = random_rows(&mut dice);
            let log = built(&rows, spec(AttributeType::Integer, None), 1 + round % 7);
            for case in 0..3 {
                let mut expected: Vec<usize> =
                    (0..rows.len()).filter(|&idx| rows[idx].case == case).collect();
                expected.sort_by_key(|&idx| rows[idx].occurrence.recorded_us);
                let found = placed(&log, case);
                assert!(found.iter().all(|&(_, time_us, recorded_us)| time_us == recorded_us));
                assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn times_that_keep_their_place_are_not_held_twice() {
        let rows: Vec<Row> = (0..3)
            .map(|idx| Row {
                case: 0,
                activity: 0,
                occurrence: Occurrence {
                    recorded_us: MIDNIGHT + idx,
                    precision: Precision::Instant,
                    rank: Some(100),
                    record: 0,
                    sequence: None,
                },
                record: None,
                sequence: None,
            })
            .collect();
        let log = built(&rows, spec(AttributeType::Text, Some(rules(DayPosition::End))), 2);
        assert!(log.segments().iter().all(|segment| segment.parts().recorded_us.is_empty()));
    }

    #[test]
    fn starts_are_paired_with_completes_in_the_order_of_the_ranks() {
        let spec = LogSpec {
            lifecycle: LifecycleReading::Pair { transition: AttributeIdx(3), instance: None },
            ..spec(AttributeType::Text, Some(rules(DayPosition::End)))
        };
        let kinds = spec.attributes.iter().map(|it| it.kind).collect();
        let mut writer = ChunkWriter::new(kinds);
        let at = |hour: i64| EventTime::instant(MIDNIGHT + hour * HOUR_US);
        let day = EventTime { precision: Precision::Day, ..at(0) };
        // A bill (130) that is known to the day stands behind the call (20) of 18:00.
        for (activity, time, state) in [
            ("bill", day, "complete"),
            ("win", at(18), "start"),
            ("bill", at(9), "start"),
            ("call", at(18), "complete"),
        ] {
            writer.push("1", activity, time);
            writer.set(3, &NewValue::Text(state));
        }
        let mut builder = EventLogBuilder::new(spec, 1);
        builder.append(writer.take());
        let (log, report) = builder.finish().unwrap();
        let parts = log.segments()[0].parts();
        let names: Vec<&str> =
            parts.activities.iter().map(|&code| log.context().activities.name(code)).collect();
        // The open start of "win" (100) keeps its place behind the call of the same instant.
        assert_eq!(names, ["call", "win", "bill"]);
        assert_eq!(parts.starts_us, [i64::MIN, i64::MIN, at(9).effective_us]);
        assert_eq!(parts.times_us[2], MIDNIGHT + DAY_US - 1);
        assert_eq!(parts.recorded_us[2], MIDNIGHT);
        assert_eq!((report.unpaired_starts, report.unpaired_completes), (1, 1));
    }

    #[test]
    #[should_panic(expected = "records are texts or integers")]
    fn an_attribute_that_cannot_tell_records_is_refused() {
        let spec = spec(AttributeType::Money, Some(rules(DayPosition::End)));
        let _ = EventLogBuilder::new(spec, 1);
    }
}
