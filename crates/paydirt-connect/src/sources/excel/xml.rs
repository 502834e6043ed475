//! How is the XML in a workbook read? Element by element, within limits of depth and length.

use std::io::Read;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::source::{Limits, ReadOptions};
use crate::sources::excel::package::{damaged, read_problem};
use crate::sources::excel::rows::Row;
use crate::xml::markup::{LimitReached, Window};

/// An XML part of a workbook while it is being read.
pub(super) struct Xml<'a> {
    reader: Reader<Window<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    depth_max: usize,
    options: &'a ReadOptions<'a>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(bytes: Box<dyn Read + Send + 'a>, options: &'a ReadOptions<'_>) -> Self {
        let Limits { depth_max, .. } = options.limits;
        let mut reader = Reader::from_reader(Window::new(bytes, options.limits));
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::with_capacity(1_024), depth: 0, depth_max, options }
    }

    /// The next event. An element without content comes as its start and its end.
    ///
    /// # Errors
    /// The part is not well-formed, exceeds a limit or cannot be read.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Event<'_>, Problem> {
        let Xml { reader, buffer, depth, depth_max, options } = self;
        buffer.clear();
        reader.get_mut().begin_element();
        match reader.read_event_into(buffer) {
            Ok(event) => {
                match &event {
                    Event::Start(_) if *depth == *depth_max => return Err(too_deep(*depth_max)),
                    Event::Start(_) => *depth += 1,
                    Event::End(_) => *depth = depth.saturating_sub(1),
                    Event::Eof if *depth > 0 => {
                        return Err(damaged(say!("a part of it ends in the middle")));
                    }
                    _ => {}
                }
                Ok(event)
            }
            Err(error) => Err(problem(&error, options)),
        }
    }

    /// Adds the text within the element that has just begun, up to its end; elements inside are
    /// passed over.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn text_into(&mut self, text: &mut String) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        loop {
            let depth = self.depth;
            match self.next()? {
                Event::End(_) if depth == outside + 1 => return Ok(()),
                Event::Eof => return Ok(()),
                event if depth == outside + 1 => push_text(&event, text),
                _ => {}
            }
        }
    }

    /// A row of the sheet that the part is, within the limit of its text.
    pub(super) fn row(&self) -> Row {
        Row::new(self.options.limits.record_bytes_max)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over the element that has just begun.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        self.leave(self.depth.saturating_sub(1))
    }

    /// Passes over everything until only so many elements are open.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn leave(&mut self, outside: usize) -> Result<(), Problem> {
        while self.depth > outside {
            if let Event::Eof = self.next()? {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Adds what an event says, if it says anything.
#[inline]
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(name) => match resolved(name) {
            Some(character) => text.push(character),
            None => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        },
        _ => {}
    }
}

/// The character of a reference that XML knows without a declaration.
fn resolved(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|&character| character != '\0')
        }
    }
}

/// The name of an element without its prefix.
pub(super) fn local<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// The XML attributes of a tag: names without prefix, values as they are written.
pub(super) fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (&'t str, &'t str)> {
    let mut rest = tag.attributes_raw();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after.get(1..)?.split_once(quote)?;
        rest = after;
        let name = name.trim();
        Some((name.rsplit_once(':').map_or(name, |(_, local)| local), value))
    })
}

/// The value of an XML attribute, with its references resolved.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let (_, value) = attributes(tag).find(|(name, _)| *name == wanted)?;
    Some(unescape(value).map_or_else(|_| value.to_owned(), |value| value.into_owned()))
}

/// Whether an XML attribute is there and says yes.
pub(super) fn is_set(tag: &BytesStart<'_>, wanted: &str) -> bool {
    attributes(tag).any(|(name, value)| name == wanted && matches!(value, "1" | "true"))
}

fn too_deep(depth_max: usize) -> Problem {
    let detail = say!("Elements of the workbook are nested deeper than {depth_max}.", depth_max);
    Problem::new(ErrorCode::InputTooLarge, detail)
        .with_hint(say!("No spreadsheet program writes this; the file is damaged or forged."))
}

fn problem(error: &Error, options: &ReadOptions<'_>) -> Problem {
    if let Err(cancelled) = options.check_cancelled() {
        return cancelled;
    }
    let Error::Io(error) = error else { return damaged(error.to_string()) };
    let limit = error.get_ref().and_then(|inner| inner.downcast_ref::<LimitReached>());
    match limit {
        Some(limit) => Problem::new(ErrorCode::InputTooLarge, limit.sentence())
            .with_hint(say!("Check that this is a workbook with a table, or split it.")),
        None => read_problem(error, options),
    }
}
