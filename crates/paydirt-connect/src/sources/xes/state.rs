//! What has been read of the current trace and event, before it becomes a row?

use std::ops::Range;

use paydirt_model::number::Decimal;

use super::keys::NodeId;
use crate::event_rows::RowValue;
use crate::xsd_date::XsdDate;

/// A value that waits for its event to end; texts are kept in one buffer.
#[derive(Debug, Clone)]
pub(super) enum Waiting {
    Text(Range<usize>),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    Timestamp(i64),
}

/// The attribute values of one trace or event.
#[derive(Debug, Default)]
pub(super) struct Values {
    texts: String,
    list: Vec<(NodeId, Waiting)>,
}

impl Values {
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.list.clear();
    }

    /// Memory that the values take.
    pub(super) fn byte_count(&self) -> usize {
        self.texts.len() + self.list.len() * size_of::<(NodeId, Waiting)>()
    }

    #[inline]
    pub(super) fn add(&mut self, node: NodeId, value: RowValue<'_>) {
        let waiting = match value {
            RowValue::Text(text) => {
                let start = self.texts.len();
                self.texts.push_str(text);
                Waiting::Text(start..self.texts.len())
            }
            RowValue::Integer(number) => Waiting::Integer(number),
            RowValue::Decimal(decimal) => Waiting::Decimal(decimal),
            RowValue::Boolean(value) => Waiting::Boolean(value),
            RowValue::Timestamp(us) => Waiting::Timestamp(us),
        };
        self.list.push((node, waiting));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (NodeId, RowValue<'_>)> {
        self.list.iter().map(|(node, waiting)| {
            let value = match waiting {
                Waiting::Text(range) => RowValue::Text(&self.texts[range.clone()]),
                Waiting::Integer(number) => RowValue::Integer(*number),
                Waiting::Decimal(decimal) => RowValue::Decimal(*decimal),
                Waiting::Boolean(value) => RowValue::Boolean(*value),
                Waiting::Timestamp(us) => RowValue::Timestamp(*us),
            };
            (*node, value)
        })
    }
}

/// The current trace.
#[derive(Debug, Default)]
pub(super) struct TraceState {
    /// Position of the trace in the document, from 1.
    pub(super) position: u64,
    pub(super) line: u64,
    pub(super) name: String,
    /// Whether the name stands, because events have been written under it.
    pub(super) is_settled: bool,
    pub(super) usable_events: u64,
    pub(super) values: Values,
    /// Events that wait for the name of their trace.
    pub(super) nameless: Vec<EventState>,
}

impl TraceState {
    pub(super) fn begin(&mut self, line: u64) {
        self.position += 1;
        self.line = line;
        self.name.clear();
        self.is_settled = false;
        self.usable_events = 0;
        self.values.clear();
        self.nameless.clear();
    }
}

/// The time of an event, as far as it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventClock {
    /// There is no time attribute.
    Absent,
    /// There is one, but it is no date.
    Unreadable,
    /// The time.
    Read(XsdDate),
}

/// The current event.
#[derive(Debug)]
pub(super) struct EventState {
    pub(super) line: u64,
    /// Whether the event has ended and waits to be written.
    pub(super) is_waiting: bool,
    pub(super) name: String,
    pub(super) time: EventClock,
    pub(super) time_text: String,
    pub(super) values: Values,
}

impl EventState {
    pub(super) fn new() -> Self {
        EventState {
            line: 0,
            is_waiting: false,
            name: String::new(),
            time: EventClock::Absent,
            time_text: String::new(),
            values: Values::default(),
        }
    }

    pub(super) fn begin(&mut self, line: u64) {
        self.line = line;
        self.is_waiting = false;
        self.name.clear();
        self.time = EventClock::Absent;
        self.time_text.clear();
        self.values.clear();
    }
}
