//! How does an object-centric log become cases of one object type? Every event becomes an event of
//! each of its objects of that type, with what it says of other objects as attributes.

use paydirt_model::event_chunk::EventTime;
use paydirt_model::mapping::{ImportReport, RowProblem};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use rustc_hash::FxHashMap;

use super::choice::{ObjectType, timed_events};
use super::columns::{Columns, Level};
use super::gather::{Gathered, Moment, NONE, Value};
use super::index::{Index, Seen};
use super::object_values::ObjectValues;
use super::related::{OfCases, OfEvents};
use crate::event_rows::{ColumnIdx, FinishedRows, RowValue, Rows};
use crate::source::{CELL_TEXT_BYTES, ReadOptions};

/// The attribute that holds the id of an event, as the standard calls it in SQLite.
const EVENT_ID: &str = "ocel_id";

/// Rows after which it is asked whether reading has to stop.
const CHECK_ROWS: u64 = 1_024;

/// The cases of an object type.
pub(super) struct Cases {
    /// The objects with their events, in the order of the first events.
    pub(super) list: Vec<(u32, Vec<u32>)>,
    /// The place of each object in the list.
    pub(super) place_of: Vec<u32>,
    /// Whether an event is in some case.
    pub(super) is_kept: Vec<bool>,
    /// Events that belong to no object of the type, by activity.
    pub(super) without: Vec<(u32, u64)>,
    /// Events that belong to several.
    pub(super) repeated: u64,
    /// The events of all cases together.
    pub(super) rows: u64,
}

impl Cases {
    /// Finds the cases; the events that belong to none are refused by name.
    pub(super) fn of(gathered: &mut Gathered<'_>, index: &Index, chosen: &ObjectType) -> Self {
        let mut cases = Cases {
            list: Vec::new(),
            place_of: vec![NONE; gathered.object_types.len()],
            is_kept: vec![false; gathered.events.len()],
            without: Vec::new(),
            repeated: 0,
            rows: 0,
        };
        let mut left_out = Vec::new();
        let mut seen = Seen::new(gathered.object_types.len());
        for (event, _) in timed_events(gathered) {
            seen.next();
            let mut count = 0;
            for relation in index.of_event(event) {
                let object = relation.target;
                let is_chosen = gathered.object_types[object as usize] == chosen.name;
                if is_chosen && seen.is_new(object) {
                    cases.add(object, event);
                    count += 1;
                }
            }
            cases.rows += count;
            cases.repeated += u64::from(count > 1);
            cases.is_kept[event] = count > 0;
            if count == 0 {
                left_out.push(event);
            }
        }
        cases.refuse(gathered, &left_out, chosen);
        cases
    }

    fn add(&mut self, object: u32, event: usize) {
        let place = &mut self.place_of[object as usize];
        if *place == NONE {
            *place = u32::try_from(self.list.len()).expect("there are fewer than 2^32 objects");
            self.list.push((object, Vec::new()));
        }
        let event = u32::try_from(event).expect("there are fewer than 2^32 events");
        self.list[*place as usize].1.push(event);
    }

    fn refuse(&mut self, gathered: &mut Gathered<'_>, left_out: &[usize], chosen: &ObjectType) {
        let kind = gathered.text(chosen.name).to_owned();
        let mut counts = FxHashMap::<u32, u64>::default();
        for &event in left_out {
            let event = gathered.events[event];
            *counts.entry(event.activity).or_default() += 1;
            let (id, activity) = (gathered.text(event.id), gathered.text(event.activity));
            let (id, activity) = (ImportReport::cut(id), ImportReport::cut(activity));
            gathered.report.refuse("without-object", || RowProblem {
                row: 0,
                column: activity,
                value: id,
                reason: say!("The event belongs to no object of the type {kind}.", kind),
                same_as: None,
                cell: None,
            });
        }
        self.without = counts.into_iter().collect();
        let name = |number: u32| gathered.text(number);
        self.without.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0))));
    }
}

/// What flattening made.
pub(super) struct Flattened {
    pub(super) rows: FinishedRows,
    /// What was left out because the log has too many attributes.
    pub(super) left_out: Vec<String>,
    /// Attributes of the objects that change, with how many objects change them, and the changes
    /// behind the last event of their case.
    pub(super) changing: Vec<(String, u64)>,
    pub(super) changes_unseen: u64,
    /// Lists of related objects that were cut.
    pub(super) lists_cut: u64,
}

/// Writes the events of all cases, in the order of the source.
pub(super) fn flatten(
    gathered: &mut Gathered<'_>,
    index: &Index,
    cases: &Cases,
    chosen: &ObjectType,
    byte_count: u64,
    options: &ReadOptions<'_>,
) -> Result<Flattened, Problem> {
    let kind = gathered.text(chosen.name).to_owned();
    let mut columns = Columns::new(&kind, options.limits.columns_max);
    let attributes = if options.only_core {
        Attributes::none()
    } else {
        Attributes::of(gathered, index, cases, chosen, &mut columns)?
    };
    let Attributes { event_id, own, of_objects, related, mut of_events } = attributes;
    let mut bounds = Bounds::of(byte_count, options);
    let mut values = gathered.event_values.as_slice();
    let mut cells: Vec<(ColumnIdx, Value)> = Vec::new();
    for event_idx in 0..gathered.events.len() {
        let count = values.iter().take_while(|it| it.owner as usize == event_idx).count();
        let (event_values, after) = values.split_at(count);
        values = after;
        let event = gathered.events[event_idx];
        let Some(moment) = event.moment.filter(|_| cases.is_kept[event_idx]) else { continue };
        cells.clear();
        cells.extend(event_id.map(|column| (column, Value::Text(event.id))));
        let found = event_values.iter();
        cells.extend(found.filter_map(|it| Some((*own.get(&it.attribute)?, it.value))));
        of_events.begin(gathered, index.of_event(event_idx), chosen.name);
        for (object, qualifier) in of_events.members() {
            let id = gathered.text(gathered.object_ids[*object as usize]);
            let rows = &mut columns.rows;
            rows.push(id, gathered.text(event.activity), time_of(moment));
            for &(column, value) in &cells {
                rows.set(column, as_row(gathered, value));
            }
            for (column, list) in of_events.lists() {
                rows.set(*column, RowValue::Text(list));
            }
            if let (Some(column), false) = (of_events.qualifier, qualifier.is_empty()) {
                rows.set(column, RowValue::Text(qualifier));
            }
            let place = cases.place_of[*object as usize] as usize;
            let fixed = of_objects.of_case(place).chain(related.of_case(place));
            for (column, value) in fixed.chain(of_objects.changing_at(place, moment.us)) {
                rows.set(column, as_row(gathered, value));
            }
            bounds.check(rows, &kind)?;
        }
    }
    Ok(Flattened {
        changing: of_objects.changing_names(gathered),
        changes_unseen: of_objects.changes_unseen,
        lists_cut: of_events.lists_cut + related.lists_cut,
        left_out: columns.left_out,
        rows: columns.rows.finish(),
    })
}

/// How large the flattened log may be: an event of many objects says the same for each of them.
struct Bounds<'a> {
    options: &'a ReadOptions<'a>,
    rows: u64,
    cells_max: u64,
}

impl<'a> Bounds<'a> {
    fn of(byte_count: u64, options: &'a ReadOptions<'_>) -> Self {
        let limits = &options.limits;
        let cells_max = byte_count.saturating_mul(limits.cells_per_byte);
        Bounds { options, rows: 0, cells_max: cells_max.saturating_add(limits.cells_floor) }
    }

    /// Takes another row into account.
    fn check(&mut self, rows: &Rows, kind: &str) -> Result<(), Problem> {
        self.rows += 1;
        if self.rows.is_multiple_of(CHECK_ROWS) {
            self.options.check_cancelled()?;
        }
        let cells = self.rows.saturating_mul(rows.column_count() as u64);
        let text_max = self.cells_max.saturating_mul(CELL_TEXT_BYTES);
        let detail = if cells > self.cells_max {
            say!(
                "Read by the objects of the type {kind}, the log has more than {max} cells, \
                 events times attributes; from a file of this size no more are read.",
                kind,
                max = self.cells_max
            )
        } else if rows.text_bytes() > text_max {
            say!(
                "Read by the objects of the type {kind}, the log has more than {max} bytes of \
                 text; from a file of this size no more are read.",
                kind,
                max = text_max
            )
        } else {
            return Ok(());
        };
        Err(Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!(
            "Choose an object type of which each event has few objects; if the log should not be \
             that large, the file is damaged or forged."
        )))
    }
}

/// The attributes of the flattened log.
struct Attributes {
    event_id: Option<ColumnIdx>,
    /// Columns of the attributes of events.
    own: FxHashMap<u32, ColumnIdx>,
    of_objects: ObjectValues,
    related: OfCases,
    of_events: OfEvents,
}

impl Attributes {
    fn none() -> Self {
        Attributes {
            event_id: None,
            own: FxHashMap::default(),
            of_objects: ObjectValues::default(),
            related: OfCases::default(),
            of_events: OfEvents::default(),
        }
    }

    fn of(
        gathered: &mut Gathered<'_>,
        index: &Index,
        cases: &Cases,
        chosen: &ObjectType,
        columns: &mut Columns,
    ) -> Result<Self, Problem> {
        gathered.event_values.sort_by_key(|value| value.owner);
        let mut own = FxHashMap::<u32, Option<ColumnIdx>>::default();
        for value in &gathered.event_values {
            if cases.is_kept[value.owner as usize] {
                let kind = as_row(gathered, value.value).kind();
                let column = own.entry(value.attribute).or_insert_with(|| {
                    columns.take(gathered.text(value.attribute), Level::Event, kind)
                });
                if let Some(column) = *column {
                    columns.rows.widen(column, kind);
                }
            }
        }
        let text = paydirt_model::attribute::AttributeType::Text;
        let event_id = columns.take(EVENT_ID, Level::Event, text);
        let of_objects = ObjectValues::of(gathered, cases, columns);
        let of_events = OfEvents::of(gathered, index, cases, chosen.name, columns);
        let related = OfCases::of(gathered, cases, chosen.name, columns)?;
        let own = own.into_iter().filter_map(|(attribute, column)| Some((attribute, column?)));
        Ok(Attributes { event_id, own: own.collect(), of_objects, related, of_events })
    }
}

fn time_of(moment: Moment) -> EventTime {
    let mut time = EventTime::instant(moment.us);
    time.offset_min = moment.offset_min;
    time.precision = moment.precision;
    time
}

/// A value as the rows take it.
pub(super) fn as_row<'g>(gathered: &'g Gathered<'_>, value: Value) -> RowValue<'g> {
    match value {
        Value::Text(number) => RowValue::Text(gathered.text(number)),
        Value::Integer(number) => RowValue::Integer(number),
        Value::Decimal(decimal) => RowValue::Decimal(decimal),
        Value::Boolean(value) => RowValue::Boolean(value),
        Value::Timestamp(us) => RowValue::Timestamp(us),
    }
}
