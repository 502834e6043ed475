//! What does an OCEL 2.0 file in JSON say? Read element by element, never as a whole tree.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::gather::{Gathered, Owner};
use super::values::Raw;
use crate::input::io_problem;
use crate::source::ReadOptions;
use crate::xml::characters::utf8;
use crate::xml::markup::{LimitReached, Window};

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
    let bytes = without_mark(bytes).map_err(|error| io_problem("", &error))?;
    let window = Rc::new(RefCell::new(Window::new(bytes, options.limits)));
    let mut log = Log { gathered, window: Rc::clone(&window), failed: None };
    let mut document = serde_json::Deserializer::from_reader(Shared(window));
    let read = document.deserialize_map(&mut log).and_then(|()| document.end());
    match (log.failed, read) {
        (Some(problem), _) => Err(problem),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(json_problem(error)),
    }
}

/// Takes the byte order mark of UTF-8 away.
fn without_mark<'a>(mut bytes: Box<dyn Read + Send + 'a>) -> io::Result<Box<dyn Read + Send + 'a>> {
    let mut head = Vec::new();
    bytes.by_ref().take(3).read_to_end(&mut head)?;
    let start = if head == b"\xef\xbb\xbf" { head.len() } else { 0 };
    Ok(Box::new(io::Cursor::new(head.split_off(start)).chain(bytes)))
}

fn json_problem(error: serde_json::Error) -> Problem {
    let line = error.line() as u64;
    if error.classify() == Category::Io {
        let error = io::Error::from(error);
        let limit = error.get_ref().and_then(|inner| inner.downcast_ref::<LimitReached>());
        return match limit {
            Some(limit) => Problem::new(ErrorCode::InputTooLarge, limit.sentence())
                .with_hint(say!("Check that this is an event log, or split it.")),
            None => io_problem("", &error),
        };
    }
    let told = error.to_string();
    let detail = match error.classify() {
        Category::Eof => {
            say!("The file is cut short: it ends inside the log ({error}).", error = told)
        }
        Category::Data => say!("The file is not as OCEL 2.0 has it: {error}.", error = told),
        Category::Io | Category::Syntax => {
            say!("This is not well-formed JSON: {error}.", error = told)
        }
    };
    Problem::new(ErrorCode::DamagedFile, detail)
        .at_row(line.max(1))
        .with_hint(say!("Export the log again, or correct the line in an editor."))
}

/// The window, read here and told there where an element begins.
struct Shared<'a>(Rc<RefCell<Window<'a>>>);

impl Read for Shared<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

/// The document: its four lists, in any order.
struct Log<'a, 'b, 'c> {
    gathered: &'a mut Gathered<'b>,
    window: Rc<RefCell<Window<'c>>>,
    /// The problem with which reading stopped, where it is not one of the markup.
    failed: Option<Problem>,
}

impl Log<'_, '_, '_> {
    /// Keeps a problem, and stops the reading of the document.
    fn or_stop<T, E: serde::de::Error>(&mut self, done: Result<T, Problem>) -> Result<T, E> {
        done.map_err(|problem| {
            self.failed = Some(problem);
            E::custom("stopped")
        })
    }
}

impl<'de> Visitor<'de> for &mut Log<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with events and objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            let list = match name.as_ref() {
                "eventTypes" => List::Types(Owner::Event),
                "objectTypes" => List::Types(Owner::Object),
                "events" => List::Events,
                "objects" => List::Objects,
                _ => {
                    self.window.borrow_mut().begin_element();
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Elements { log: &mut *self, list })?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy)]
enum List {
    Types(Owner),
    Events,
    Objects,
}

/// The elements of one list, each taken and forgotten before the next.
struct Elements<'l, 'a, 'b, 'c> {
    log: &'l mut Log<'a, 'b, 'c>,
    list: List,
}

impl<'de> DeserializeSeed<'de> for Elements<'_, '_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Elements { log, list } = self;
        loop {
            log.window.borrow_mut().begin_element();
            let taken = match list {
                List::Types(owner) => match elements.next_element::<TypeElement>()? {
                    Some(element) => element.take(owner, log.gathered),
                    None => return Ok(()),
                },
                List::Events => match elements.next_element::<EventElement>()? {
                    Some(element) => element.take(log.gathered),
                    None => return Ok(()),
                },
                List::Objects => match elements.next_element::<ObjectElement>()? {
                    Some(element) => element.take(log.gathered),
                    None => return Ok(()),
                },
            };
            log.or_stop::<(), A::Error>(taken)?;
        }
    }
}

#[derive(Deserialize)]
struct TypeElement {
    name: Scalar,
    #[serde(default)]
    attributes: Option<Vec<DeclaredAttribute>>,
}

#[derive(Deserialize)]
struct DeclaredAttribute {
    name: Scalar,
    #[serde(default, rename = "type")]
    kind: Scalar,
}

impl TypeElement {
    fn take(self, owner: Owner, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let kind = self.name.text();
        for attribute in self.attributes.into_iter().flatten() {
            let (name, declared) = (attribute.name.text(), attribute.kind.text());
            gathered.declare(owner, (kind.trim(), &name), &declared)?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct EventElement {
    #[serde(default)]
    id: Scalar,
    #[serde(default, rename = "type")]
    kind: Scalar,
    #[serde(default)]
    time: Scalar,
    #[serde(default)]
    attributes: Option<Vec<AttributeElement>>,
    #[serde(default)]
    relationships: Option<Vec<RelationElement>>,
}

impl EventElement {
    fn take(self, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let time = self.time.text();
        let event = gathered.event(&self.id.text(), &self.kind.text(), Some(&time))?;
        let Some(event) = event else { return Ok(()) };
        for attribute in self.attributes.into_iter().flatten() {
            gathered.event_value(event, &attribute.name.text(), attribute.value.0)?;
        }
        for relation in self.relationships.into_iter().flatten() {
            gathered.event_object(event, &relation.object.text(), &relation.qualifier.text())?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct ObjectElement {
    #[serde(default)]
    id: Scalar,
    #[serde(default, rename = "type")]
    kind: Scalar,
    #[serde(default)]
    attributes: Option<Vec<AttributeElement>>,
    #[serde(default)]
    relationships: Option<Vec<RelationElement>>,
}

impl ObjectElement {
    fn take(self, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let object = gathered.declare_object(&self.id.text(), &self.kind.text())?;
        for attribute in self.attributes.into_iter().flatten() {
            let time = attribute.time.text();
            let name = attribute.name.text();
            gathered.object_value(object, &name, Some(&time), attribute.value.0)?;
        }
        for relation in self.relationships.into_iter().flatten() {
            gathered.object_object(object, &relation.object.text(), &relation.qualifier.text())?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct AttributeElement {
    #[serde(default)]
    name: Scalar,
    #[serde(default)]
    value: Scalar,
    #[serde(default)]
    time: Scalar,
}

#[derive(Deserialize)]
struct RelationElement {
    #[serde(default, rename = "objectId")]
    object: Scalar,
    #[serde(default)]
    qualifier: Scalar,
}

/// A value of JSON; a list or an object is told as such.
struct Scalar(Raw<'static>);

impl Default for Scalar {
    fn default() -> Self {
        Scalar(Raw::Blank)
    }
}

impl Scalar {
    /// The value as text: ids and times may be written as numbers.
    fn text(&self) -> Cow<'_, str> {
        self.0.to_text()
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor).map(Scalar)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Raw<'static>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, a number, a truth value or nothing")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Raw::Blank)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Raw::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Raw::Real(number as f64), Raw::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Raw::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Raw::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Raw::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Raw::Other("[…]"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Raw::Other("{…}"))
    }
}
