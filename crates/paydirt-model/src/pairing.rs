//! Which start belongs to which complete, and what becomes of both?
//!
//! A complete is joined with the oldest open start of the same activity and instance of its case.
//! The activity instance keeps what the complete says; what the complete leaves blank is taken from
//! its start.

use crate::column::Column;
use crate::partition::Rows;

/// Which lifecycle codes mean start and complete, and where they are.
#[derive(Debug)]
pub(crate) struct Pairing {
    pub(crate) transition: usize,
    pub(crate) instance: Option<usize>,
    pub(crate) starts: Vec<u32>,
    pub(crate) completes: Vec<u32>,
}

/// What pairing starts with completes noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PairingCounts {
    pub(crate) unpaired_starts: u64,
    pub(crate) unpaired_completes: u64,
    pub(crate) other_transitions: u64,
}

/// The rows that are left.
pub(crate) struct Paired {
    pub(crate) offsets: Vec<u32>,
    pub(crate) order: Vec<u32>,
    pub(crate) starts_us: Vec<i64>,
    /// Rows of completes and of the starts that they were joined with.
    pub(crate) joined: Vec<(u32, u32)>,
    pub(crate) counts: PairingCounts,
}

/// A row that stays: when it begins, and where it stood among the rows of its case.
struct Kept {
    row: u32,
    start_us: i64,
    position: usize,
}

/// Joins the starts and completes of every case. `is_placed` says that the order of the rows is
/// more than that of their times, so that it settles ties.
pub(crate) fn pair(
    codes: &Pairing,
    rows: &Rows,
    offsets: &[u32],
    order: &[u32],
    is_placed: bool,
) -> Paired {
    let mut paired = Paired {
        offsets: vec![0],
        order: Vec::with_capacity(order.len()),
        starts_us: Vec::with_capacity(order.len()),
        joined: Vec::new(),
        counts: PairingCounts::default(),
    };
    for bounds in offsets.windows(2) {
        let case = &order[bounds[0] as usize..bounds[1] as usize];
        let mut kept = pair_case(codes, rows, case, &mut paired);
        if is_placed {
            kept.sort_by_key(|it| it.position);
        } else {
            kept.sort_by_key(|it| rows.times_us[it.row as usize]);
        }
        paired.order.extend(kept.iter().map(|it| it.row));
        paired.starts_us.extend(kept.iter().map(|it| it.start_us));
        paired.offsets.push(u32::try_from(paired.order.len()).expect("fewer rows than before"));
    }
    paired
}

/// The completes of a case in order, then its starts without a complete.
fn pair_case(codes: &Pairing, rows: &Rows, case: &[u32], paired: &mut Paired) -> Vec<Kept> {
    let transition = &rows.columns[codes.transition];
    let instance = codes.instance.map(|idx| &rows.columns[idx]);
    let key =
        |row: usize| (rows.activities[row], instance.and_then(|column| column.text_code(row)));
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut kept: Vec<Kept> = Vec::new();
    for (position, &row) in case.iter().enumerate() {
        let code = transition.text_code(row as usize);
        if code.is_some_and(|code| codes.starts.contains(&code)) {
            open.push((position, row));
        } else if code.is_none_or(|code| codes.completes.contains(&code)) {
            let wanted = key(row as usize);
            let start = open.iter().position(|&(_, start)| key(start as usize) == wanted);
            let start_us = match start {
                Some(idx) => {
                    let (_, start) = open.remove(idx);
                    paired.joined.push((row, start));
                    rows.times_us[start as usize]
                }
                None => {
                    paired.counts.unpaired_completes += 1;
                    i64::MIN
                }
            };
            kept.push(Kept { row, start_us, position });
        } else {
            paired.counts.other_transitions += 1;
        }
    }
    // How long an open start took is not known: an event without a start of its own.
    paired.counts.unpaired_starts += open.len() as u64;
    kept.extend(open.into_iter().map(|(position, row)| Kept { row, start_us: i64::MIN, position }));
    kept
}

/// Gives each complete the values of its start that it lacks. The transition stays its own.
pub(crate) fn fill_from_starts(codes: &Pairing, columns: &mut [Column], joined: &[(u32, u32)]) {
    for (idx, column) in columns.iter_mut().enumerate() {
        if idx == codes.transition {
            continue;
        }
        for &(complete, start) in joined {
            column.fill_blank(complete as usize, start as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::attribute::{AttributeIdx, AttributeLevel, AttributeType, AttributeValue};
    use crate::event_chunk::{ChunkWriter, EventTime, NewValue};
    use crate::log_builder::{
        AttributeSpec, EventLogBuilder, LevelChoice, LifecycleReading, LogSpec,
    };
    use crate::number::Decimal;

    /// Transition, who, effort and cost of a row.
    type Row = (&'static str, Option<&'static str>, Option<i64>, Option<&'static str>);

    /// Who, effort and cost of each event that is left of these rows of one case and activity.
    fn paired(rows: &[Row]) -> Vec<String> {
        let attribute = |name: &str, kind| AttributeSpec {
            name: name.to_owned(),
            kind,
            level: LevelChoice::Declared(AttributeLevel::Event),
        };
        let attributes = vec![
            attribute("transition", AttributeType::Text),
            attribute("who", AttributeType::Text),
            attribute("effort", AttributeType::Integer),
            attribute("cost", AttributeType::Money),
        ];
        let kinds = attributes.iter().map(|it| it.kind).collect();
        let lifecycle =
            LifecycleReading::Pair { transition: AttributeIdx(0), instance: Some(AttributeIdx(1)) };
        let lifecycle = match rows.iter().any(|(_, who, ..)| who.is_none()) {
            true => LifecycleReading::Pair { transition: AttributeIdx(0), instance: None },
            false => lifecycle,
        };
        let mut builder =
            EventLogBuilder::new(LogSpec { attributes, lifecycle, ..LogSpec::plain() }, 1);
        let mut writer = ChunkWriter::new(kinds);
        for (position, &(transition, who, effort, currency)) in (0..).zip(rows) {
            writer.push("1", "a", EventTime::instant(position));
            if !transition.is_empty() {
                writer.set(0, &NewValue::Text(transition));
            }
            if let Some(who) = who {
                writer.set(1, &NewValue::Text(who));
            }
            if let Some(effort) = effort {
                writer.set(2, &NewValue::Number(effort));
            }
            if let Some(currency) = currency {
                let amount = Decimal::new(position.into(), 0);
                writer.set(3, &NewValue::Money(amount, Some(currency)));
            }
        }
        builder.append(writer.take());
        let log = builder.finish().unwrap().0;
        let parts = log.segments()[0].parts();
        let shown = |row: usize| {
            let cells = log.context().attributes.iter().map(|attribute| {
                let value = parts.event_columns[attribute.column_idx].value(row, attribute);
                value.map_or("-".to_owned(), |value: AttributeValue<'_>| value.to_string())
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        (0..parts.times_us.len()).map(shown).collect()
    }

    #[test]
    fn the_complete_keeps_its_values_and_takes_those_it_lacks_from_its_start() {
        assert_eq!(
            paired(&[("start", Some("ann"), Some(5), Some("EUR")), ("complete", None, None, None)]),
            ["complete ann 5 0 EUR"]
        );
        assert_eq!(
            paired(&[
                ("start", Some("ann"), Some(5), Some("EUR")),
                ("complete", Some("ann"), Some(7), Some("USD")),
            ]),
            ["complete ann 7 1 USD"]
        );
    }

    #[test]
    fn only_the_own_start_gives_values() {
        assert_eq!(
            paired(&[
                ("start", Some("ann"), Some(1), None),
                ("start", Some("bob"), Some(2), None),
                ("complete", Some("bob"), None, None),
                ("complete", Some("ann"), None, None),
                ("complete", Some("ann"), None, None),
            ]),
            ["complete bob 2 -", "complete ann 1 -", "complete ann - -"]
        );
    }

    #[test]
    fn a_row_without_a_transition_is_a_complete_and_stays_without() {
        assert_eq!(paired(&[("start", None, Some(5), None), ("", None, None, None)]), ["- - 5 -"]);
    }
}
