//! What does an OCEL 2.0 file in XML say? Read element by element, with what is open on a stack.

use std::borrow::Cow;
use std::io::Read;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::gather::{Gathered, Owner};
use super::values::Raw;
use crate::source::ReadOptions;
use crate::xml::characters::utf8;
use crate::xml::markup::Window;
use crate::xml::tag::{TagAttributes, reference};
use crate::xml::{cut_short, not_well_formed, refuse_entities, xml_problem};

/// Reads the document into what is gathered.
pub(super) fn read<'a>(
    bytes: Box<dyn Read + Send + 'a>,
    options: &ReadOptions<'_>,
    gathered: &mut Gathered<'_>,
) -> Result<(), Problem> {
    let (bytes, encoding) = utf8(bytes)?;
    if let Some(encoding) = encoding {
        gathered.report.readings.push(say!("encoding: {encoding}", encoding));
    }
    let mut xml = Reader::from_reader(Window::new(bytes, options.limits));
    xml.config_mut().check_comments = true;
    let mut log = Log::new(gathered, options.limits.depth_max);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        xml.get_mut().begin_element();
        let event = match xml.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(xml_problem(&error, xml.get_mut())),
        };
        let window = xml.get_mut();
        match event {
            Event::Empty(tag) => {
                log.start(&tag, window)?;
                log.end()?;
            }
            Event::Start(tag) => log.start(&tag, window)?,
            Event::End(_) => log.end()?,
            Event::Text(text) => log.text(&text, options.limits.record_bytes_max, window)?,
            Event::CData(text) => log.text(&text, options.limits.record_bytes_max, window)?,
            Event::GeneralRef(name) => {
                let character =
                    reference(&name).map_err(|fault| not_well_formed(fault, window.line()))?;
                let mut bytes = [0; 4];
                let text = character.encode_utf8(&mut bytes);
                log.text(text, options.limits.record_bytes_max, window)?;
            }
            Event::DocType(text) => refuse_entities(&text, window)?,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof if !log.open.is_empty() || log.skipped_depth > 0 => {
                return Err(cut_short(window));
            }
            Event::Eof => return Ok(()),
        }
    }
}

/// The elements of OCEL 2.0 (specification, section 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Log,
    Types(Owner),
    Type(Owner),
    Events,
    Objects,
    Event,
    Object,
    /// The list of attributes of a type, an event or an object.
    Attributes,
    DeclaredAttribute,
    Attribute,
    /// The list of relations of an event or an object.
    Relations,
    Relation,
}

/// What an element is by its name and what stands around it; `None` where it means nothing.
fn element_of(name: &str, around: &[Element]) -> Option<Element> {
    let Some(parent) = around.last() else {
        return (name == "log").then_some(Element::Log);
    };
    let owner = around.iter().rev().nth(1);
    Some(match (parent, name) {
        (Element::Log, "event-types") => Element::Types(Owner::Event),
        (Element::Log, "object-types") => Element::Types(Owner::Object),
        (Element::Log, "events") => Element::Events,
        (Element::Log, "objects") => Element::Objects,
        (Element::Types(Owner::Event), "event-type") => Element::Type(Owner::Event),
        (Element::Types(Owner::Object), "object-type") => Element::Type(Owner::Object),
        (Element::Events, "event") => Element::Event,
        (Element::Objects, "object") => Element::Object,
        (Element::Type(_) | Element::Event | Element::Object, "attributes") => Element::Attributes,
        (Element::Attributes, "attribute") => match owner {
            Some(Element::Type(_)) => Element::DeclaredAttribute,
            _ => Element::Attribute,
        },
        (Element::Event | Element::Object, "objects") => Element::Relations,
        (Element::Relations, "relationship" | "object" | "relobj") => Element::Relation,
        _ => return None,
    })
}

/// What is open while the document is read.
struct Log<'a, 'b> {
    gathered: &'a mut Gathered<'b>,
    depth_max: usize,
    open: Vec<Element>,
    skipped_depth: usize,
    /// The type that is declared, the event or object whose content is read.
    kind: String,
    owner: Option<(Owner, u32)>,
    /// Name, time and text of the attribute that is read.
    name: String,
    time: String,
    text: String,
}

impl<'a, 'b> Log<'a, 'b> {
    fn new(gathered: &'a mut Gathered<'b>, depth_max: usize) -> Self {
        Log {
            gathered,
            depth_max,
            open: Vec::new(),
            skipped_depth: 0,
            kind: String::new(),
            owner: None,
            name: String::new(),
            time: String::new(),
            text: String::new(),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, window: &mut Window<'_>) -> Result<(), Problem> {
        if self.open.len() + self.skipped_depth >= self.depth_max {
            let detail =
                say!("Elements are nested deeper than {max} levels.", max = self.depth_max);
            return Err(Problem::new(ErrorCode::InputTooLarge, detail).at_row(window.line()));
        }
        if self.skipped_depth > 0 {
            self.skipped_depth += 1;
            return Ok(());
        }
        let name = tag.local_name();
        let name = name.as_ref();
        let tag = TagAttributes::parse(tag.attributes_raw()).map_err(|fault| {
            not_well_formed(say!("In <{name}> {fault}", name, fault), window.line())
        })?;
        match element_of(name, &self.open) {
            Some(element) => {
                self.open.push(element);
                self.begin(element, &tag)
            }
            None => {
                self.gathered.doubt("unknown-element", ("", name), || {
                    say!(
                        "<{name}> is no element of OCEL 2.0 here; it was skipped with its \
                          content.",
                        name
                    )
                });
                self.skipped_depth = 1;
                Ok(())
            }
        }
    }

    fn begin(&mut self, element: Element, tag: &TagAttributes<'_>) -> Result<(), Problem> {
        let of = |name: &str| tag.other(name).unwrap_or_default();
        match element {
            Element::Type(_) => self.kind = of("name").trim().to_owned(),
            Element::DeclaredAttribute => {
                if let Some(Element::Type(owner)) = self.open.iter().rev().nth(2) {
                    let declared = (self.kind.as_str(), of("name"));
                    self.gathered.declare(*owner, declared, of("type"))?;
                }
            }
            Element::Event => {
                let event = self.gathered.event(of("id"), of("type"), Some(of("time")))?;
                self.owner = event.map(|event| (Owner::Event, event));
            }
            Element::Object => {
                let object = self.gathered.declare_object(of("id"), of("type"))?;
                self.owner = Some((Owner::Object, object));
            }
            Element::Attribute => {
                self.name = of("name").to_owned();
                self.time = of("time").to_owned();
                self.text.clear();
            }
            Element::Relation => {
                let qualifier = tag.other("qualifier").or_else(|| tag.other("relationship"));
                let qualifier = qualifier.unwrap_or_default();
                match self.owner {
                    Some((Owner::Event, event)) => {
                        self.gathered.event_object(event, of("object-id"), qualifier)?;
                    }
                    Some((Owner::Object, object)) => {
                        self.gathered.object_object(object, of("object-id"), qualifier)?;
                    }
                    None => {}
                }
            }
            Element::Log
            | Element::Types(_)
            | Element::Events
            | Element::Objects
            | Element::Attributes
            | Element::Relations => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Problem> {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return Ok(());
        }
        match self.open.pop() {
            Some(Element::Event | Element::Object) => self.owner = None,
            Some(Element::Attribute) => {
                let raw = Raw::Text(Cow::Borrowed(&self.text));
                match self.owner {
                    Some((Owner::Event, event)) => {
                        self.gathered.event_value(event, &self.name, raw)?;
                    }
                    Some((Owner::Object, object)) => {
                        let time = Some(self.time.as_str());
                        self.gathered.object_value(object, &self.name, time, raw)?;
                    }
                    None => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Text of an attribute; between elements there may be blanks only.
    fn text(
        &mut self,
        text: &str,
        bytes_max: usize,
        window: &mut Window<'_>,
    ) -> Result<(), Problem> {
        if self.skipped_depth > 0 {
            return Ok(());
        }
        if self.open.last() == Some(&Element::Attribute) {
            if self.text.len() + text.len() > bytes_max {
                let limit = crate::xml::markup::LimitReached::Element(bytes_max);
                return Err(
                    Problem::new(ErrorCode::InputTooLarge, limit.sentence()).at_row(window.line())
                );
            }
            self.text.push_str(text);
        } else if !text.trim().is_empty() {
            if self.open.is_empty() {
                let fault = say!("Text stands outside of the document");
                return Err(not_well_formed(fault, window.line()));
            }
            self.gathered.doubt("text-content", ("", text.trim()), || {
                say!("Text stands between elements; OCEL 2.0 has it in attributes only.")
            });
        }
        Ok(())
    }
}
