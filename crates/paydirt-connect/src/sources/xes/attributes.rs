//! What does an attribute of the document say? Its key, its value, and where the value goes.

use paydirt_model::event_log::TimeZoneName;
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::extensions::KeyElement;
use super::keys::{KEYS_MAX, KeyId, NodeId, Role, Root};
use super::reader::{Element, Frame, LogReader, non_blank};
use super::rules::Rule;
use super::state::EventClock;
use super::value::{self, Number, ValueType};
use crate::event_rows::RowValue;
use crate::xml::markup::Window;
use crate::xml::tag::TagAttributes;
use crate::xsd_date::{self, XsdDate};

/// Most bytes that the attributes of one trace or event may take.
const VALUES_BYTES_MAX: usize = 256 << 20;

/// Most attributes of the log itself that a report shows.
const LOG_ATTRIBUTES_MAX: usize = 20;

impl LogReader<'_> {
    /// Opens an attribute. Returns whether its content is read.
    pub(super) fn start_attribute(
        &mut self,
        name: &str,
        element: Element,
        parent: Frame,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Result<bool, Problem> {
        let has_value = matches!(element, Element::Value(_));
        if !attributes.others.is_empty() || (!has_value && attributes.value.is_some()) {
            let allowed: &[&str] = if has_value { &["key", "value"] } else { &["key"] };
            self.check_names(name, attributes, allowed, window);
        }
        let key = non_blank(attributes.key.as_ref());
        let text = self.required_value(name, element, attributes, window);
        let Some(key_text) = key else {
            self.missing(name, "key", window);
            return Ok(false);
        };
        if matches!(parent.element, Element::Value(_) | Element::List) {
            self.note_nested(key_text, window);
        }
        let key = self.keys.key(key_text);
        let node = self.child(parent.node, key, window)?;
        let repeats = self.keys.meet(node, parent.serial);
        let node = match (repeats, parent.element) {
            (0, _) => node,
            (_, Element::Values) => {
                self.report_duplicate(key_text, say!("both values are kept"), window);
                let numbered = self.keys.key(&format!("{key_text} {}", repeats + 1));
                self.child(parent.node, numbered, window)?
            }
            _ => {
                self.report_duplicate(key_text, say!("the first counts"), window);
                return Ok(false);
            }
        };
        self.check_extension(key, name, element, window);
        self.register_global(&parent, key);
        if let (Element::Value(value_type), Some(text)) = (element, text) {
            self.take_value(value_type, text, node, &parent, window)?;
        }
        self.push_frame_of_attribute(element, node, parent.root, window);
        Ok(true)
    }

    fn push_frame_of_attribute(
        &mut self,
        element: Element,
        node: NodeId,
        root: Root,
        window: &mut Window<'_>,
    ) {
        let line = if element == Element::List { window.line() } else { 0 };
        self.push_frame(element, node, root, line);
    }

    /// The text of the value; `None`, reported, where there is none but has to be.
    fn required_value<'b>(
        &mut self,
        name: &str,
        element: Element,
        attributes: &'b TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Option<&'b str> {
        let Element::Value(value_type) = element else { return None };
        let text = match value_type {
            ValueType::String => attributes.value.as_deref(),
            _ => non_blank(attributes.value.as_ref()),
        };
        if text.is_none() {
            self.missing(name, "value", window);
        }
        text
    }

    fn child(
        &mut self,
        parent: NodeId,
        key: KeyId,
        window: &mut Window<'_>,
    ) -> Result<NodeId, Problem> {
        self.keys.child(parent, key).ok_or_else(|| {
            let detail =
                say!("The log has more than {max} different attribute keys.", max = KEYS_MAX);
            Problem::new(ErrorCode::InputTooLarge, detail)
                .at_row(window.line())
                .with_hint(say!("Write what differs from event to event into values, not keys."))
        })
    }

    fn report_duplicate(&mut self, key: &str, what: Sentence, window: &mut Window<'_>) {
        self.find(Rule::DuplicateKey, (key, ""), window, || {
            say!("The key stands twice in one element; {what}.", what)
        });
    }

    fn note_nested(&mut self, key: &str, window: &mut Window<'_>) {
        if !self.nesting.is_used && !self.nesting.is_declared {
            self.find(Rule::FeatureUndeclared, (key, ""), window, || {
                say!("Attributes are nested, but xes.features does not name nested-attributes.")
                    .to_owned()
            });
        }
        self.nesting.is_used = true;
    }

    #[inline]
    fn check_extension(
        &mut self,
        key: KeyId,
        name: &str,
        element: Element,
        window: &mut Window<'_>,
    ) {
        let verdict = self.keys.verdict(key, &self.extensions);
        let is_fitting = match verdict.element {
            None | Some(KeyElement::Any) => true,
            Some(KeyElement::List) => element == Element::List,
            Some(KeyElement::Value(wanted)) => wanted == name,
        };
        if verdict.broken.is_none() && is_fitting {
            return;
        }
        let key = self.keys.text(key).to_owned();
        if let Some(rule) = verdict.broken {
            self.find(rule, (&key, ""), window, || match rule {
                Rule::UnknownExtension => {
                    say!("The log declares no extension of this prefix.")
                }
                _ => say!("The standard extension of this prefix has no such key."),
            });
        }
        if !is_fitting {
            self.find(Rule::ExtensionAttributeType, (&key, name), window, || {
                match verdict.element {
                    Some(KeyElement::Value(wanted)) => {
                        say!("This key stands on a <{wanted}>.", wanted)
                    }
                    _ => say!("This key stands on a <list>."),
                }
            });
        }
    }

    /// Takes note of a global, or that an event (or trace) has one.
    #[inline]
    fn register_global(&mut self, parent: &Frame, key: KeyId) {
        let Some(global) = self.keys.global_idx(parent.root, key) else { return };
        let scope = usize::from(matches!(parent.root, Root::TraceGlobal | Root::Trace));
        match (parent.element, *global) {
            (Element::Global(_), None) => {
                let globals = &mut self.globals[scope];
                *global = u32::try_from(globals.keys.len()).ok();
                globals.keys.push(key);
                globals.met_by.push(0);
            }
            (Element::Event | Element::Trace, Some(idx)) => {
                self.globals[scope].met_by[idx as usize] = parent.serial;
            }
            _ => {}
        }
    }

    /// Reads a value and puts it where it belongs.
    fn take_value(
        &mut self,
        value_type: ValueType,
        text: &str,
        node: NodeId,
        parent: &Frame,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        let parsed = self.parse_value(value_type, text, node, window);
        match parent.root {
            Root::EventGlobal | Root::TraceGlobal => {}
            Root::Log => {
                if parent.element == Element::Log {
                    self.keep_log_attribute(text, node);
                }
            }
            Root::Trace => {
                if self.keys.node(node).role == Role::CaseName {
                    if !self.trace.is_settled {
                        self.trace.name.push_str(text);
                    }
                } else if let Some(value) = parsed {
                    self.trace.values.add(node, value);
                    check_size(self.trace.values.byte_count(), window)?;
                }
            }
            Root::Event => self.take_event_value(text, node, parsed, window)?,
        }
        Ok(())
    }

    fn take_event_value(
        &mut self,
        text: &str,
        node: NodeId,
        parsed: Option<RowValue<'_>>,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        match self.keys.node(node).role {
            Role::EventName => self.event.name.push_str(text),
            Role::Time => {
                self.event.time_text.push_str(text);
                self.event.time = match self.date(text) {
                    Some(date) => EventClock::Read(date),
                    None => EventClock::Unreadable,
                };
            }
            Role::Text => self.event.values.add(node, RowValue::Text(text)),
            Role::CaseName | Role::None => {
                if let Some(value) = parsed {
                    self.event.values.add(node, value);
                }
            }
        }
        check_size(self.event.values.byte_count(), window)
    }

    /// The date that a text holds; one without a zone is of the named zone, else of UTC.
    fn date(&self, text: &str) -> Option<XsdDate> {
        let date = xsd_date::parse(text)?;
        Some(match (date.offset_min, self.zone) {
            (None, Some(zone)) => XsdDate { us: zone.to_utc_us(date.us), ..date },
            _ => date,
        })
    }

    /// The value as its element's type says; `None`, reported, when it is not of the type.
    fn parse_value<'b>(
        &mut self,
        value_type: ValueType,
        text: &'b str,
        node: NodeId,
        window: &mut Window<'_>,
    ) -> Option<RowValue<'b>> {
        let (value, broken) = match value_type {
            ValueType::String => (Some(RowValue::Text(text)), None),
            ValueType::Id => {
                (Some(RowValue::Text(text)), (!value::is_uuid(text)).then_some(Rule::BadValue))
            }
            ValueType::Int => match value::integer(text) {
                Some(Number::Held(number)) => (Some(RowValue::Integer(number)), None),
                Some(Number::Beyond) => (None, Some(Rule::ValueBeyondRange)),
                None => (None, Some(Rule::BadValue)),
            },
            ValueType::Float => match value::float(text) {
                Some(Number::Held(number)) => (Some(RowValue::Decimal(number)), None),
                Some(Number::Beyond) => (None, Some(Rule::ValueBeyondRange)),
                None => (None, Some(Rule::BadValue)),
            },
            ValueType::Boolean => match value::boolean(text) {
                Some((value, is_strict)) => {
                    (Some(RowValue::Boolean(value)), (!is_strict).then_some(Rule::BadValue))
                }
                None => (None, Some(Rule::BadValue)),
            },
            ValueType::Date => match self.date(text) {
                Some(date) => {
                    let rule = match (date.is_strict, date.offset_min) {
                        (false, _) => Some(Rule::BadValue),
                        (true, None) => Some(Rule::DateWithoutZone),
                        (true, Some(_)) => None,
                    };
                    (Some(RowValue::Timestamp(date.us)), rule)
                }
                None => (None, Some(Rule::BadValue)),
            },
        };
        if let Some(rule) = broken {
            self.report_value(rule, value_type, text, value, node, window);
        }
        value
    }

    fn report_value(
        &mut self,
        rule: Rule,
        value_type: ValueType,
        text: &str,
        read_as: Option<RowValue<'_>>,
        node: NodeId,
        window: &mut Window<'_>,
    ) {
        let path = self.keys.node(node).path.clone();
        let zone_name = self.zone.map(TimeZoneName::name);
        self.find(rule, (&path, text), window, || {
            let outcome = match read_as {
                Some(value) => say!("read as {value}", value = ImportReport::cut(&value.to_text())),
                None => say!("left blank"),
            };
            match rule {
                Rule::DateWithoutZone => {
                    let zone = zone_name.unwrap_or("UTC");
                    say!(
                        "The date has no zone; it was read in {zone}. Another zone can be chosen.",
                        zone
                    )
                }
                Rule::ValueBeyondRange => {
                    say!("The number is beyond 64 bits or not finite; it was left blank.")
                }
                _ => say!(
                    "This is no {kind}. Expected {expectation}; it was {outcome}.",
                    kind = value_type.name(),
                    expectation = value_type.expectation(),
                    outcome
                ),
            }
        });
    }

    fn keep_log_attribute(&mut self, text: &str, node: NodeId) {
        self.log_attribute_count += 1;
        if self.log_attributes.len() < LOG_ATTRIBUTES_MAX {
            let key = ImportReport::cut(&self.keys.node(node).path);
            self.log_attributes.push((key, ImportReport::cut(text)));
        }
    }
}

fn check_size(byte_count: usize, window: &mut Window<'_>) -> Result<(), Problem> {
    if byte_count <= VALUES_BYTES_MAX {
        return Ok(());
    }
    let detail = say!(
        "The attributes of one trace or event take more than {size} MiB.",
        size = VALUES_BYTES_MAX >> 20
    );
    Err(Problem::new(ErrorCode::InputTooLarge, detail).at_row(window.line()))
}
