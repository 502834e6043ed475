//! How is the document read? Element by element, with what is open on a stack of its own.
//!
//! The XML reader checks the markup; this file knows which element may stand where
//! (IEEE 1849-2016, clause 5 and its schema).

use std::borrow::Cow;

use paydirt_model::event_log::TimeZoneName;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use quick_xml::events::BytesStart;

use super::classifier::{Classifier, Scope};
use super::extensions::Extensions;
use super::keys::{KeyId, Keys, NodeId, Root};
use super::rules::{self, Rule, Spot};
use super::state::{EventState, TraceState};
use super::value::ValueType;
use crate::event_rows::Rows;
use crate::source::{Limits, SourceReport};
use crate::xml::markup::Window;
use crate::xml::not_well_formed;
use crate::xml::tag::TagAttributes;

/// The elements of XES.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Log,
    Extension,
    Global(Scope),
    Classifier,
    Trace,
    Event,
    Value(ValueType),
    List,
    Container,
    Values,
}

/// The elements by name, before their tag has been read.
fn element_of(name: &str) -> Option<Element> {
    Some(match name {
        "string" => Element::Value(ValueType::String),
        "date" => Element::Value(ValueType::Date),
        "event" => Element::Event,
        "int" => Element::Value(ValueType::Int),
        "float" => Element::Value(ValueType::Float),
        "boolean" => Element::Value(ValueType::Boolean),
        "id" => Element::Value(ValueType::Id),
        "trace" => Element::Trace,
        "list" => Element::List,
        "container" => Element::Container,
        "values" => Element::Values,
        "log" => Element::Log,
        "extension" => Element::Extension,
        "global" => Element::Global(Scope::Event),
        "classifier" => Element::Classifier,
        _ => return None,
    })
}

impl Element {
    fn is_attribute(self) -> bool {
        matches!(self, Element::Value(_) | Element::List | Element::Container)
    }

    /// Where the element stands among the children of `parent`; `None` when it may not stand there.
    fn rank_in(self, parent: Element) -> Option<u8> {
        let attributes_only = self.is_attribute().then_some(0);
        match parent {
            Element::Log => match self {
                Element::Extension => Some(0),
                Element::Global(_) => Some(1),
                Element::Classifier => Some(2),
                Element::Value(_) | Element::List | Element::Container => Some(3),
                Element::Trace => Some(4),
                Element::Event => Some(5),
                Element::Log | Element::Values => None,
            },
            Element::Trace if self == Element::Event => Some(1),
            Element::List if self == Element::Values => Some(1),
            Element::Extension | Element::Classifier => None,
            Element::Trace
            | Element::List
            | Element::Global(_)
            | Element::Event
            | Element::Value(_)
            | Element::Container
            | Element::Values => attributes_only,
        }
    }
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) element: Element,
    /// The node under which the keys of its attributes are.
    pub(super) node: NodeId,
    /// What the attributes inside belong to.
    pub(super) root: Root,
    /// The number of this element instance.
    pub(super) serial: u64,
    /// Line on which it begins; 0 for those that are never asked.
    line: u64,
    highest_rank: u8,
    has_attributes: bool,
    has_values: bool,
}

/// Whether the log says that attributes may be nested, and whether some are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nesting {
    pub(super) is_declared: bool,
    pub(super) is_used: bool,
}

/// The globals of one scope: attributes that every event (or trace) has.
#[derive(Debug, Default)]
pub(super) struct Globals {
    pub(super) is_declared: bool,
    pub(super) keys: Vec<KeyId>,
    /// The element instance that each key was met in last.
    pub(super) met_by: Vec<u64>,
}

/// Everything that is known of the log while it is being read.
#[derive(Debug)]
pub(super) struct LogReader<'a> {
    pub(super) limits: Limits,
    pub(super) report: SourceReport,
    pub(super) extensions: Extensions,
    pub(super) keys: Keys,
    pub(super) rows: Rows,
    pub(super) classifiers: Vec<Classifier>,
    pub(super) wanted_classifier: Option<&'a str>,
    /// Zone of dates that have none; UTC when not given.
    pub(super) zone: Option<&'a TimeZoneName>,
    /// The keys that make the activity, once the first trace or event has begun.
    pub(super) activity_keys: Option<Vec<KeyId>>,
    pub(super) globals: [Globals; 2],
    pub(super) nesting: Nesting,
    pub(super) log_line: u64,
    pub(super) log_attributes: Vec<(String, String)>,
    pub(super) log_attribute_count: u64,
    pub(super) trace: TraceState,
    pub(super) event: EventState,
    frames: Vec<Frame>,
    serial: u64,
    skipped_depth: usize,
    pub(super) has_root: bool,
}

impl<'a> LogReader<'a> {
    pub(super) fn new(
        limits: Limits,
        wanted_classifier: Option<&'a str>,
        zone: Option<&'a TimeZoneName>,
    ) -> Self {
        LogReader {
            limits,
            report: SourceReport::of("xes"),
            extensions: Extensions::default(),
            keys: Keys::new(),
            rows: Rows::new(),
            classifiers: Vec::new(),
            wanted_classifier,
            zone,
            activity_keys: None,
            globals: [Globals::default(), Globals::default()],
            nesting: Nesting { is_declared: false, is_used: false },
            log_line: 0,
            log_attributes: Vec::new(),
            log_attribute_count: 0,
            trace: TraceState::default(),
            event: EventState::new(),
            frames: Vec::new(),
            serial: 0,
            skipped_depth: 0,
            has_root: false,
        }
    }

    /// The name of the innermost element that is open.
    pub(super) fn is_open(&self) -> bool {
        !self.frames.is_empty() || self.skipped_depth > 0
    }

    /// Whether a `<log>` has begun.
    pub(super) fn has_root(&self) -> bool {
        self.has_root
    }

    /// Counts that a rule is broken on the current line.
    pub(super) fn find(
        &mut self,
        rule: Rule,
        (element, value): (&str, &str),
        window: &mut Window<'_>,
        reason: impl FnOnce() -> Sentence,
    ) {
        let line = window.line();
        rules::find(&mut self.report, rule, Spot { line, element, value }, reason);
    }

    /// A tag that opens an element.
    pub(super) fn start(
        &mut self,
        tag: &BytesStart<'_>,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        if self.frames.len() + self.skipped_depth >= self.limits.depth_max {
            let detail =
                say!("Elements are nested deeper than {max} levels.", max = self.limits.depth_max);
            return Err(Problem::new(ErrorCode::InputTooLarge, detail).at_row(window.line()));
        }
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return Ok(());
        }
        let name = tag.local_name();
        let name = name.as_ref();
        let attributes = TagAttributes::parse(tag.attributes_raw()).map_err(|fault| {
            not_well_formed(say!("In <{name}> {fault}", name, fault), window.line())
        })?;
        let Some(&parent) = self.frames.last() else {
            return self.start_root(name, &attributes, window);
        };
        let Some(element) = element_of(name) else {
            self.find(Rule::UnknownElement, (name, ""), window, || {
                say!("<{name}> is no element of XES; it was skipped with its content.", name)
            });
            self.skipped_depth = 1;
            return Ok(());
        };
        let Some(rank) = element.rank_in(parent.element) else {
            self.find(Rule::MisplacedElement, (name, ""), window, || {
                say!("<{name}> may not stand here; it was skipped with its content.", name)
            });
            self.skipped_depth = 1;
            return Ok(());
        };
        if rank < parent.highest_rank {
            self.find(Rule::Order, (name, ""), window, || {
                say!("<{name}> stands behind an element that must follow it.", name)
            });
        }
        let is_read = self.start_element(name, element, parent, &attributes, window)?;
        let idx = self.frames.len() - 1;
        let above = if is_read { &mut self.frames[idx - 1] } else { &mut self.frames[idx] };
        above.highest_rank = above.highest_rank.max(rank);
        above.has_attributes |= element.is_attribute();
        above.has_values |= element == Element::Values;
        if !is_read {
            self.skipped_depth = 1;
        }
        Ok(())
    }

    /// Opens an element that may stand here. Returns whether its content is read.
    fn start_element(
        &mut self,
        name: &str,
        element: Element,
        parent: Frame,
        attributes: &TagAttributes<'_>,
        window: &mut Window<'_>,
    ) -> Result<bool, Problem> {
        match element {
            Element::Value(_) | Element::List | Element::Container => {
                return self.start_attribute(name, element, parent, attributes, window);
            }
            Element::Event => {
                self.check_names(name, attributes, &[], window);
                self.begin_event(window)?;
                self.push_frame(element, Root::Event.node(), Root::Event, 0);
            }
            Element::Trace => {
                self.check_names(name, attributes, &[], window);
                self.begin_trace(window)?;
                self.push_frame(element, Root::Trace.node(), Root::Trace, 0);
            }
            Element::Values => {
                self.check_names(name, attributes, &[], window);
                if parent.has_values {
                    self.find(Rule::DuplicateElement, (name, ""), window, || {
                        say!("A list has one <values>; only the first counts.")
                    });
                    return Ok(false);
                }
                self.push_frame(element, parent.node, parent.root, window.line());
            }
            Element::Extension => {
                self.declare_extension(attributes, window)?;
                self.push_frame(element, parent.node, parent.root, 0);
            }
            Element::Classifier => {
                self.declare_classifier(attributes, window)?;
                self.push_frame(element, parent.node, parent.root, 0);
            }
            Element::Global(_) => return Ok(self.start_global(attributes, window)),
            Element::Log => return Ok(false),
        }
        Ok(true)
    }

    /// Opens a frame.
    pub(super) fn push_frame(&mut self, element: Element, node: NodeId, root: Root, line: u64) {
        self.serial += 1;
        self.frames.push(Frame {
            element,
            node,
            root,
            serial: self.serial,
            line,
            highest_rank: 0,
            has_attributes: false,
            has_values: false,
        });
    }

    /// The end of an element.
    pub(super) fn end(&mut self) {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let spot = |element| Spot { line: frame.line, element, value: "" };
        match frame.element {
            Element::Event => self.end_event(&frame, self.is_in_trace()),
            Element::Trace => self.end_trace(&frame),
            Element::List if !frame.has_values => {
                rules::find(&mut self.report, Rule::MissingElement, spot("list"), || {
                    say!("A list has <values>, even when there are none.")
                });
            }
            Element::Values if !frame.has_attributes => {
                rules::find(&mut self.report, Rule::EmptyElement, spot("values"), || {
                    say!("The list is empty.")
                });
            }
            Element::Global(_) if !frame.has_attributes => {
                rules::find(&mut self.report, Rule::EmptyElement, spot("global"), || {
                    say!("A global declares at least one attribute.")
                });
            }
            _ => {}
        }
    }

    fn is_in_trace(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.element == Element::Trace)
    }

    /// Text between elements.
    pub(super) fn text(&mut self, text: &str, window: &mut Window<'_>) -> Result<(), Problem> {
        let text = text.trim();
        if text.is_empty() || self.skipped_depth > 0 {
            return Ok(());
        }
        if self.frames.is_empty() {
            let fault = if self.has_root {
                say!("Text stands behind the document")
            } else {
                say!("Text stands before the document")
            };
            return Err(not_well_formed(fault, window.line()));
        }
        self.find(Rule::TextContent, ("", text), window, || {
            say!("Text stands between elements; XES has it in values only.")
        });
        Ok(())
    }
}

/// The text of an XML attribute, if it is not blank.
pub(super) fn non_blank<'b>(text: Option<&'b Cow<'_, str>>) -> Option<&'b str> {
    text.map(|text| text.as_ref()).filter(|text| !text.trim().is_empty())
}
