//! What does an object-centric log hold? Events, objects, relations and values, each kept once,
//! whatever the order in which a file tells them.
//!
//! The three formats of OCEL 2.0 tell the same things in different orders, and nothing can be said
//! of an event before the types of its objects are known. So a file is gathered first, in a form
//! that takes little more memory than the log, and flattened afterwards.

use paydirt_model::event_log::TimeZoneName;
use paydirt_model::interner::Interner;
use paydirt_model::mapping::{ImportReport, RowProblem};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Precision;
use rustc_hash::FxHashMap;

use super::values::{self, Declared, Raw};
use crate::source::{ReadOptions, SourceReport};

/// The number of a thing that is not there.
pub(super) const NONE: u32 = u32::MAX;

/// The time of a value that an object has from the beginning.
pub(super) const ALWAYS_US: i64 = i64::MIN;

/// Most bytes of different texts in one log.
const TEXT_BYTES_MAX: usize = 3 << 30;

/// Most events, objects, relations or values of one log, each.
const ROWS_MAX: usize = 2_000_000_000;

/// A value; texts by their number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Text(u32),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    Timestamp(i64),
}

/// What a value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Event,
    Object,
}

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) us: i64,
    pub(super) offset_min: i16,
    pub(super) precision: Precision,
}

/// An event; its texts by their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) id: u32,
    pub(super) activity: u32,
    /// `None` until a time is known; an event that never gets one is refused.
    pub(super) moment: Option<Moment>,
}

/// A value of an event, or of an object from a time on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueOf {
    pub(super) owner: u32,
    pub(super) attribute: u32,
    pub(super) from_us: i64,
    pub(super) value: Value,
}

/// A relation of an event or an object to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) qualifier: u32,
}

/// The type of an attribute of events or objects of a type.
pub(super) struct DeclaredType {
    owner: Owner,
    kind: String,
    attribute: String,
    declared: Declared,
}

/// All that a file says.
pub(super) struct Gathered<'a> {
    pub(super) report: SourceReport,
    zone: Option<&'a TimeZoneName>,
    only_core: bool,
    /// Ids, names, qualifiers and text values.
    pub(super) texts: Interner,
    text_bytes: usize,
    pub(super) events: Vec<Event>,
    /// The first event with an id, by the number of the id.
    event_of_id: FxHashMap<u32, u32>,
    /// The type of each object; [`NONE`] while it was only mentioned.
    pub(super) object_types: Vec<u32>,
    /// The id of each object.
    pub(super) object_ids: Vec<u32>,
    object_of_id: FxHashMap<u32, u32>,
    declared: FxHashMap<(Owner, u32, u32), Declared>,
    /// What is declared, in the order of the file.
    declared_order: Vec<(Owner, u32, u32)>,
    /// Whether the types are those of a former reading, which came to know them all.
    knows_types: bool,
    /// Whether values of events, and of objects, have been read.
    has_values: [bool; 2],
    /// Whether a type was declared behind values that may be of it.
    has_late_types: bool,
    pub(super) event_values: Vec<ValueOf>,
    pub(super) object_values: Vec<ValueOf>,
    pub(super) event_objects: Vec<Relation>,
    pub(super) object_objects: Vec<Relation>,
    /// Times without an offset.
    times_without_zone: u64,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(options: &ReadOptions<'a>) -> Self {
        Gathered {
            report: SourceReport::of("ocel"),
            zone: options.zone,
            only_core: options.only_core,
            texts: Interner::default(),
            text_bytes: 0,
            events: Vec::new(),
            event_of_id: FxHashMap::default(),
            object_types: Vec::new(),
            object_ids: Vec::new(),
            object_of_id: FxHashMap::default(),
            declared: FxHashMap::default(),
            declared_order: Vec::new(),
            knows_types: false,
            has_values: [false; 2],
            has_late_types: false,
            event_values: Vec::new(),
            object_values: Vec::new(),
            event_objects: Vec::new(),
            object_objects: Vec::new(),
            times_without_zone: 0,
        }
    }

    /// Nothing yet but the types, where the file is read again because it declares them behind the
    /// values.
    pub(super) fn of_types(
        types: Vec<DeclaredType>,
        options: &ReadOptions<'a>,
    ) -> Result<Self, Problem> {
        let mut gathered = Gathered::new(options);
        for DeclaredType { owner, kind, attribute, declared } in types {
            let key = (owner, gathered.number(&kind)?, gathered.number(&attribute)?);
            gathered.declared.insert(key, declared);
        }
        gathered.knows_types = true;
        Ok(gathered)
    }

    /// All types, where some were declared behind values that may have been read otherwise.
    pub(super) fn late_types(&self) -> Option<Vec<DeclaredType>> {
        let of = |&(owner, kind, attribute): &(Owner, u32, u32)| {
            let declared = *self.declared.get(&(owner, kind, attribute))?;
            let (kind, attribute) = (self.text(kind).to_owned(), self.text(attribute).to_owned());
            Some(DeclaredType { owner, kind, attribute, declared })
        };
        self.has_late_types.then(|| self.declared_order.iter().filter_map(of).collect())
    }

    /// The text of a number.
    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.texts().get(number as usize)
    }

    /// The number of a text.
    pub(super) fn number(&mut self, text: &str) -> Result<u32, Problem> {
        let before = self.texts.texts().len();
        if self.text_bytes + text.len() > TEXT_BYTES_MAX && self.texts.find(text).is_none() {
            let size = TEXT_BYTES_MAX >> 30;
            let detail = say!("The log has more than {size} GiB of different texts.", size);
            return Err(Problem::new(ErrorCode::InputTooLarge, detail));
        }
        let number = self.texts.intern(text);
        if self.texts.texts().len() > before {
            self.text_bytes += text.len();
        }
        Ok(number)
    }

    /// Takes the type of an attribute that the log declares.
    pub(super) fn declare(
        &mut self,
        owner: Owner,
        (kind, attribute): (&str, &str),
        declared: &str,
    ) -> Result<(), Problem> {
        let Some(declared) = Declared::parse(declared).filter(|_| !self.knows_types) else {
            return Ok(());
        };
        let key = (owner, self.number(kind)?, self.number(attribute)?);
        if self.declared.insert(key, declared).is_none() {
            self.declared_order.push(key);
        }
        self.has_late_types |= self.has_values[owner as usize];
        Ok(())
    }

    /// Takes an event; nothing, reported, where it has no type, or a time that is none.
    pub(super) fn event(
        &mut self,
        id: &str,
        activity: &str,
        time: Option<&str>,
    ) -> Result<Option<u32>, Problem> {
        self.report.rows_read += 1;
        if activity.trim().is_empty() {
            self.refuse("without-activity", id, || say!("The event has no type."));
            return Ok(None);
        }
        let moment = match time {
            None => None,
            Some(text) => match self.moment(text) {
                Some(moment) => Some(moment),
                None => {
                    self.refuse_time(text);
                    return Ok(None);
                }
            },
        };
        let event = idx_of(self.events.len())?;
        let (id_number, activity) = (self.number(id)?, self.number(activity.trim())?);
        self.events.push(Event { id: id_number, activity, moment });
        if id.is_empty() || self.event_of_id.contains_key(&id_number) {
            self.doubt("repeated-event-id", ("id", id), || {
                say!("The id of an event is blank or stands before; the event counts by itself.")
            });
        } else {
            self.event_of_id.insert(id_number, event);
        }
        Ok(Some(event))
    }

    /// The first event with an id.
    pub(super) fn event_of_id(&self, id: &str) -> Option<u32> {
        let number = self.texts.find(id)?;
        self.event_of_id.get(&number).copied()
    }

    /// Takes the time of an event that was there before it.
    pub(super) fn set_time(&mut self, event: u32, text: &str) {
        let moment = self.moment(text);
        let known = &mut self.events[event as usize].moment;
        if known.is_none() {
            *known = moment;
        }
    }

    /// Refuses the events that have no time. Called once, when all has been read.
    pub(super) fn refuse_timeless(&mut self) {
        for idx in 0..self.events.len() {
            if self.events[idx].moment.is_none() {
                let id = self.text(self.events[idx].id).to_owned();
                self.refuse("without-time", &id, || {
                    say!("The event has no time, or one that is no date.")
                });
            }
        }
    }

    fn refuse_time(&mut self, text: &str) {
        let value = ImportReport::cut(text);
        self.report.refuse("without-time", || RowProblem {
            row: 0,
            column: "time".to_owned(),
            value,
            reason: say!("The event has no time, or one that is no date."),
            same_as: None,
            cell: None,
        });
    }

    /// The object of an id, declared or not.
    pub(super) fn object(&mut self, id: &str) -> Result<u32, Problem> {
        let number = self.number(id)?;
        if let Some(&object) = self.object_of_id.get(&number) {
            return Ok(object);
        }
        let object = idx_of(self.object_ids.len())?;
        self.object_ids.push(number);
        self.object_types.push(NONE);
        self.object_of_id.insert(number, object);
        Ok(object)
    }

    /// Takes an object with its type.
    pub(super) fn declare_object(&mut self, id: &str, kind: &str) -> Result<u32, Problem> {
        let object = self.object(id)?;
        let kind = self.number(kind.trim())?;
        let known = self.object_types[object as usize];
        if known == NONE {
            self.object_types[object as usize] = kind;
        } else if known != kind {
            self.doubt("repeated-object-id", ("id", id), || {
                say!("The object stands before with another type; the first one counts.")
            });
        }
        Ok(object)
    }

    /// Takes a value of an event.
    pub(super) fn event_value(
        &mut self,
        event: u32,
        name: &str,
        raw: Raw<'_>,
    ) -> Result<(), Problem> {
        let activity = self.events[event as usize].activity;
        self.value(Owner::Event, (event, activity), name, ALWAYS_US, raw)
    }

    /// Takes a value that an object has from a time on.
    pub(super) fn object_value(
        &mut self,
        object: u32,
        name: &str,
        time: Option<&str>,
        raw: Raw<'_>,
    ) -> Result<(), Problem> {
        if self.only_core {
            return Ok(());
        }
        let from_us = match time.filter(|text| !text.trim().is_empty()) {
            None => ALWAYS_US,
            Some(text) => match self.moment(text) {
                Some(moment) => moment.us,
                None => {
                    self.doubt("bad-time", (name, text), || {
                        say!(
                            "The time from which the value holds is no date; it holds from the \
                             beginning."
                        )
                    });
                    ALWAYS_US
                }
            },
        };
        let kind = self.object_types[object as usize];
        self.value(Owner::Object, (object, kind), name, from_us, raw)
    }

    fn value(
        &mut self,
        owner: Owner,
        (idx, kind): (u32, u32),
        name: &str,
        from_us: i64,
        raw: Raw<'_>,
    ) -> Result<(), Problem> {
        if self.only_core || raw.is_blank() {
            return Ok(());
        }
        self.has_values[owner as usize] = true;
        let attribute = self.number(name)?;
        let declared = self.declared.get(&(owner, kind, attribute)).copied();
        let parsed = values::parse(declared, &raw, self.zone);
        let Some(parsed) = parsed else {
            let text = raw.to_text();
            let expected = declared.map_or("string", Declared::name);
            self.doubt("bad-value", (name, &text), || {
                say!("The log declares {expected} here; the value was left blank.", expected)
            });
            return Ok(());
        };
        let value = match parsed {
            values::Parsed::Text(text) => Value::Text(self.number(&text)?),
            values::Parsed::Integer(number) => Value::Integer(number),
            values::Parsed::Decimal(decimal) => Value::Decimal(decimal),
            values::Parsed::Boolean(value) => Value::Boolean(value),
            values::Parsed::Timestamp(us) => Value::Timestamp(us),
        };
        let value = ValueOf { owner: idx, attribute, from_us, value };
        match owner {
            Owner::Event => push(&mut self.event_values, value),
            Owner::Object => push(&mut self.object_values, value),
        }
    }

    /// Takes a relation of an event to an object.
    pub(super) fn event_object(
        &mut self,
        event: u32,
        object_id: &str,
        qualifier: &str,
    ) -> Result<(), Problem> {
        let target = self.object(object_id)?;
        let qualifier = self.number(qualifier.trim())?;
        push(&mut self.event_objects, Relation { source: event, target, qualifier })
    }

    /// Takes a relation of an object to another.
    pub(super) fn object_object(
        &mut self,
        source: u32,
        target_id: &str,
        qualifier: &str,
    ) -> Result<(), Problem> {
        let target = self.object(target_id)?;
        let qualifier = self.number(qualifier.trim())?;
        push(&mut self.object_objects, Relation { source, target, qualifier })
    }

    /// Counts something that is read in spite of a doubt.
    pub(super) fn doubt(
        &mut self,
        kind: &str,
        (column, value): (&str, &str),
        reason: impl FnOnce() -> Sentence,
    ) {
        self.report.doubt(kind, || RowProblem {
            row: 0,
            column: ImportReport::cut(column),
            value: ImportReport::cut(value),
            reason: reason(),
            same_as: None,
            cell: None,
        });
    }

    fn refuse(&mut self, kind: &str, id: &str, reason: impl FnOnce() -> Sentence) {
        self.report.refuse(kind, || RowProblem {
            row: 0,
            column: "id".to_owned(),
            value: ImportReport::cut(id),
            reason: reason(),
            same_as: None,
            cell: None,
        });
    }

    fn moment(&mut self, text: &str) -> Option<Moment> {
        let (date, precision) = values::date(text, self.zone)?;
        if date.offset_min.is_none() {
            self.times_without_zone += 1;
        }
        let offset_min = date.offset_min.unwrap_or(0);
        Some(Moment { us: date.us, offset_min, precision })
    }

    /// Says how times without an offset were read.
    pub(super) fn note_zone(&mut self) {
        if self.times_without_zone > 0 {
            let zone = self.zone.map_or("UTC", TimeZoneName::name);
            self.report.notes.push(say!(
                "{count} {count|time|times} without a zone {count|was|were} read in {zone}. \
                 Another zone can be chosen.",
                count = self.times_without_zone,
                zone
            ));
        }
    }
}

fn idx_of(count: usize) -> Result<u32, Problem> {
    match u32::try_from(count) {
        Ok(idx) if count < ROWS_MAX => Ok(idx),
        _ => Err(too_many()),
    }
}

fn push<T>(list: &mut Vec<T>, item: T) -> Result<(), Problem> {
    if list.len() >= ROWS_MAX {
        return Err(too_many());
    }
    list.push(item);
    Ok(())
}

fn too_many() -> Problem {
    let detail =
        say!("The log has more than {max} events, objects, relations or values.", max = ROWS_MAX);
    Problem::new(ErrorCode::InputTooLarge, detail)
}
