//! Which attributes does a question or a filter look at?
//!
//! Attributes may be kept elsewhere until they are asked for, so everything that looks at one says
//! so before: whoever runs it has exactly these in memory, texts and values, and no others.

use std::collections::BTreeSet;

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel};
use paydirt_model::event_log::LogContext;

/// The attributes that something looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads(BTreeSet<AttributeIdx>);

impl Reads {
    /// No attribute at all.
    #[must_use]
    pub fn nothing() -> Self {
        Reads::default()
    }

    /// Every attribute of the log.
    #[must_use]
    pub fn everything(log: &LogContext) -> Self {
        (0..log.attributes.len()).map(AttributeIdx).collect()
    }

    /// An attribute of the log.
    ///
    /// # Panics
    /// The attribute is a copy, or of another log.
    #[must_use]
    pub fn attribute(log: &LogContext, attribute: &Attribute) -> Self {
        let idx = log.attributes.iter().position(|known| std::ptr::eq(known, attribute));
        Reads([AttributeIdx(idx.expect("the attribute is of the log"))].into())
    }

    /// The attributes of a name: that of cases, that of events, or both. A name that does not occur
    /// reads nothing; it is for the plan to refuse it.
    #[must_use]
    pub fn named(log: &LogContext, name: &str) -> Self {
        let levels = [AttributeLevel::Case, AttributeLevel::Event];
        let found = levels.into_iter().filter_map(|level| log.attribute_at(name, level));
        found.map(|attribute| Reads::attribute(log, attribute)).fold(Reads::nothing(), Reads::and)
    }

    /// What either looks at.
    #[must_use]
    pub fn and(mut self, other: Reads) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The attributes, in the order of the log.
    pub fn iter(&self) -> impl Iterator<Item = AttributeIdx> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<AttributeIdx> for Reads {
    fn from_iter<I: IntoIterator<Item = AttributeIdx>>(attributes: I) -> Self {
        Reads(attributes.into_iter().collect())
    }
}
