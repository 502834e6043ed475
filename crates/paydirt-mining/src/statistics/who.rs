//! Who did something? The texts of an attribute as numbers, a missing one included.

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// The attribute that says who did something.
#[derive(Clone, Copy)]
pub(crate) struct Who<'a> {
    pub(crate) attribute: &'a Attribute,
    /// The number that stands for a missing resource: one above those of the texts.
    pub(crate) missing: u32,
}

impl<'a> Who<'a> {
    pub(crate) fn new(log: &'a LogContext, attribute: AttributeIdx) -> Self {
        let attribute = &log.attributes[attribute.0];
        let missing = u32::try_from(attribute.texts.len());
        Who { attribute, missing: missing.expect("texts are numbered below 2^32") }
    }

    pub(crate) fn codes<'b>(self, batch: &CaseBatch<'b>) -> &'b [u32] {
        let column = batch.segment().column(self.attribute);
        column.text_codes().expect("the plan has checked the type")
    }

    pub(crate) fn name(self, code: u32) -> Option<String> {
        (code != self.missing).then(|| self.attribute.texts.get(code as usize).to_owned())
    }

    pub(crate) fn is_same(self, from: u32, to: u32) -> bool {
        from == to && from != self.missing
    }

    /// The place of each resource in the order of names, missing ones last.
    pub(crate) fn ranks(self, occurs: impl Fn(usize) -> bool) -> Vec<u32> {
        let texts = &self.attribute.texts;
        let mut order: Vec<usize> = (0..texts.len()).filter(|&code| occurs(code)).collect();
        order.sort_unstable_by_key(|&code| texts.get_bytes(code));
        let mut ranks = vec![u32::MAX; texts.len() + 1];
        for (rank, &code) in (0..).zip(&order) {
            ranks[code] = rank;
        }
        ranks
    }
}

/// The attribute of this name, else the resource of the log.
pub(crate) fn attribute(log: &LogContext, name: Option<&str>) -> Result<AttributeIdx, Problem> {
    let idx = match name {
        Some(name) => {
            log.attribute(name).map_err(|problem| problem.in_parameter("attribute"))?;
            let at = |level: AttributeLevel| {
                let mut attributes = log.attributes.iter();
                attributes.position(|attribute| attribute.level == level && attribute.name == name)
            };
            at(AttributeLevel::Event).or_else(|| at(AttributeLevel::Case)).map(AttributeIdx)
        }
        None => log.resource,
    };
    let idx = idx.ok_or_else(|| {
        Problem::new(
            ErrorCode::UnknownAttribute,
            say!("The log has no resource column, so nobody is known to have done anything."),
        )
        .in_parameter("attribute")
        .with_hint(say!("Map a resource column when importing, or name a text attribute."))
    })?;
    let attribute = &log.attributes[idx.0];
    if attribute.kind == AttributeType::Text {
        return Ok(idx);
    }
    Err(Problem::new(
        ErrorCode::WrongAttributeType,
        say!(
            "\"{attribute}\" holds no text; people and teams are told apart by names.",
            attribute = attribute.name
        ),
    )
    .in_parameter("attribute"))
}
