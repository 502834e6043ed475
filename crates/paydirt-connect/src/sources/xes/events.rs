//! How do traces and events become rows? When an event has ended and the next thing begins.
//!
//! An event waits until the next one begins or its trace ends, so that attributes that a trace has
//! behind its events still reach a row.

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::event_chunk::EventTime;
use paydirt_model::problem::Problem;
use paydirt_model::say;

use super::classifier;
use super::keys::{KeyId, Role, Root};
use super::reader::{Frame, LogReader};
use super::rules::{self, OUTSIDE_TRACE, Rule, Spot, WITHOUT_ACTIVITY, WITHOUT_TIME};
use super::state::{EventClock, EventState, Values};
use crate::event_rows::RowValue;
use crate::xml::markup::Window;

/// Most events that wait for a trace whose name may stand behind them.
const NAMELESS_EVENTS_MAX: usize = 10_000;

impl LogReader<'_> {
    pub(super) fn begin_trace(&mut self, window: &mut Window<'_>) -> Result<(), Problem> {
        self.choose_activity()?;
        self.trace.begin(window.line());
        Ok(())
    }

    pub(super) fn begin_event(&mut self, window: &mut Window<'_>) -> Result<(), Problem> {
        self.choose_activity()?;
        self.write_waiting_event();
        self.event.begin(window.line());
        Ok(())
    }

    /// Decides what makes the activity, before the first trace.
    fn choose_activity(&mut self) -> Result<(), Problem> {
        if self.activity_keys.is_some() {
            return Ok(());
        }
        let names = match self.wanted_classifier {
            None => Vec::new(),
            Some(wanted) => {
                let names = classifier::choose(wanted, &self.classifiers, &self.keys)?;
                let reading = say!(
                    "activity: classifier {wanted} ({names})",
                    wanted,
                    names = names.join(" + ")
                );
                self.report.readings.push(reading);
                names
            }
        };
        if names.is_empty() || names == ["concept:name"] {
            self.report.readings.push(say!("activity: concept:name"));
            self.activity_keys = Some(Vec::new());
        } else {
            self.activity_keys = Some(names.iter().map(|name| self.keys.key(name)).collect());
        }
        Ok(())
    }

    pub(super) fn end_event(&mut self, frame: &Frame, is_in_trace: bool) {
        self.report.rows_read += 1;
        self.check_globals(frame, Root::Event, self.event.line);
        let line = self.event.line;
        if !is_in_trace {
            let spot = Spot { line, element: "event", value: &self.event.name };
            let reason = || say!("The event stands outside of all traces, so it has no case.");
            rules::refuse(&mut self.report, OUTSIDE_TRACE, spot, reason);
            return;
        }
        self.make_activity();
        if self.event.name.trim().is_empty() {
            let spot = Spot { line, element: "concept:name", value: "" };
            let reason = || say!("The event has no activity.");
            rules::refuse(&mut self.report, WITHOUT_ACTIVITY, spot, reason);
            return;
        }
        if !matches!(self.event.time, EventClock::Read(_)) {
            let spot = Spot { line, element: "time:timestamp", value: &self.event.time_text };
            let reason = || say!("The event has no time, or one that is no date.");
            rules::refuse(&mut self.report, WITHOUT_TIME, spot, reason);
            return;
        }
        self.event.is_waiting = true;
    }

    /// With a classifier chosen, the activity is the values of its keys joined with `+`, and
    /// `concept:name` is an attribute like others.
    fn make_activity(&mut self) {
        let keys = match &self.activity_keys {
            Some(keys) if !keys.is_empty() => keys,
            _ => return,
        };
        let mut activity = String::new();
        let mut has_value = false;
        for (idx, &wanted) in keys.iter().enumerate() {
            if idx > 0 {
                activity.push('+');
            }
            let text = match self.keys.text(wanted) {
                "concept:name" => self.event.name.clone(),
                "time:timestamp" => self.event.time_text.clone(),
                _ => value_text(&self.event.values, wanted, self),
            };
            has_value |= !text.trim().is_empty();
            activity.push_str(text.trim());
        }
        if !has_value {
            activity.clear();
        }
        let name = std::mem::replace(&mut self.event.name, activity);
        let key = self.keys.key("concept:name");
        if !name.is_empty()
            && let Some(node) = self.keys.child(Root::Event.node(), key)
        {
            self.event.values.add(node, RowValue::Text(&name));
        }
    }

    pub(super) fn end_trace(&mut self, frame: &Frame) {
        self.write_waiting_event();
        self.write_nameless_events();
        self.check_globals(frame, Root::Trace, self.trace.line);
        if self.trace.usable_events == 0 {
            self.report.empty_cases += 1;
        }
    }

    /// Reports the globals that an event or trace lacks.
    fn check_globals(&mut self, frame: &Frame, root: Root, line: u64) {
        let (scope, element) = match root {
            Root::Trace | Root::TraceGlobal => (1, "trace"),
            Root::Log | Root::EventGlobal | Root::Event => (0, "event"),
        };
        let globals = &self.globals[scope];
        for (&key, &met_by) in globals.keys.iter().zip(&globals.met_by) {
            if met_by != frame.serial {
                let spot = Spot { line, element: self.keys.text(key), value: "" };
                rules::find(&mut self.report, Rule::GlobalMissing, spot, || {
                    say!("Declared as global, but this {element} has none; it is blank.", element)
                });
            }
        }
    }

    /// Writes the event that waits, if there is one. While its trace has no name it goes on
    /// waiting, for the name may stand behind the events.
    pub(super) fn write_waiting_event(&mut self) {
        if !std::mem::replace(&mut self.event.is_waiting, false) {
            return;
        }
        self.trace.usable_events += 1;
        let event = std::mem::replace(&mut self.event, EventState::new());
        if self.trace.name.trim().is_empty() {
            self.trace.nameless.push(event);
            if self.trace.nameless.len() >= NAMELESS_EVENTS_MAX {
                self.write_nameless_events();
            }
            return;
        }
        self.write_nameless_events();
        self.write_event(&event);
        self.event = event;
    }

    fn write_nameless_events(&mut self) {
        if self.trace.nameless.is_empty() {
            return;
        }
        if self.trace.name.trim().is_empty() {
            self.name_trace();
        }
        for event in std::mem::take(&mut self.trace.nameless) {
            self.write_event(&event);
        }
    }

    fn write_event(&mut self, event: &EventState) {
        let EventClock::Read(date) = event.time else { return };
        self.trace.is_settled = true;
        let trace_values = std::mem::take(&mut self.trace.values);
        self.make_columns(&trace_values, AttributeLevel::Case, event.line);
        self.make_columns(&event.values, AttributeLevel::Event, event.line);
        let mut time = EventTime::instant(date.us);
        time.offset_min = date.offset_min.unwrap_or(0);
        self.rows.push(&self.trace.name, &event.name, time);
        for (node, value) in trace_values.iter().chain(event.values.iter()) {
            if let Some(column) = self.keys.node(node).column {
                self.rows.set(column, value);
            }
        }
        self.trace.values = trace_values;
    }

    fn name_trace(&mut self) {
        self.trace.name = format!("trace {}", self.trace.position);
        let spot = Spot { line: self.trace.line, element: "concept:name", value: "" };
        let name = &self.trace.name;
        rules::find(&mut self.report, Rule::TraceWithoutName, spot, || {
            say!("The trace has no name; its case is called \"{name}\" after its position.", name)
        });
    }

    /// Sees to it that every value has a column of a type that holds it.
    fn make_columns(&mut self, values: &Values, level: AttributeLevel, line: u64) {
        for (node, value) in values.iter() {
            if let Some(column) = self.keys.node(node).column {
                self.rows.widen(column, value.kind());
                continue;
            }
            if self.rows.column_count() < self.limits.columns_max {
                let node = self.keys.node_mut(node);
                let column = self.rows.add_column(&node.path, level, value.kind());
                self.rows.widen(column, value.kind());
                node.column = Some(column);
                continue;
            }
            let max = self.limits.columns_max;
            let spot = Spot { line, element: &self.keys.node(node).path, value: "" };
            rules::find(&mut self.report, Rule::TooManyAttributes, spot, || {
                say!("The log has more than {max} attributes; this one is left out.", max)
            });
        }
    }
}

fn value_text(values: &Values, wanted: KeyId, reader: &LogReader<'_>) -> String {
    let is_wanted = |node| {
        let node = reader.keys.node(node);
        node.key == wanted && node.role != Role::CaseName
    };
    values
        .iter()
        .find(|&(node, _)| is_wanted(node) && reader.keys.is_direct(node))
        .map(|(_, value)| value.to_text())
        .unwrap_or_default()
}
