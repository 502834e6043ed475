//! Which texts can a formula have, over all cases?

use std::collections::BTreeSet;
use std::sync::Arc;

use paydirt_model::event_log::EventLog;
use paydirt_model::problem::Problem;

use crate::computed::binding::Reading;
use crate::computed::facts::{Fact, for_each_case};
use crate::computed::node::{Common, Node};
use crate::computed::value::Value;

impl Node {
    /// The texts that it can have, or the currencies, where that is known without a look at the
    /// cases.
    pub(super) fn texts(&self, facts: &[Option<Arc<Fact>>]) -> Option<BTreeSet<String>> {
        let one = |text: &String| Some(BTreeSet::from([text.clone()]));
        match self {
            Node::Shared(node) => node.texts(facts),
            Node::Constant(text) | Node::Named(_, text) => one(text),
            Node::FirstOf(nodes) => {
                let texts: Option<Vec<BTreeSet<String>>> =
                    nodes.iter().map(|node| node.texts(facts)).collect();
                Some(texts?.into_iter().flatten().collect())
            }
            Node::When(_, _, then) => then.texts(facts),
            Node::State { values, .. } => Some(values.iter().cloned().collect()),
            Node::Mapped(_, meanings) => Some(meanings.values().cloned().collect()),
            Node::Replaced { of, by, .. } => {
                let mut texts = of.texts(facts)?;
                texts.insert(by.clone());
                Some(texts)
            }
            Node::Band { bounds, .. } => match facts.get(bounds.0)?.as_deref()? {
                Fact::Bands(bands) => Some(bands.labels().iter().cloned().collect()),
                Fact::Stays(_) | Fact::Currency(_) => None,
            },
            Node::Cost(cost) => Some(cost.currency.iter().cloned().collect()),
            Node::Converted { currency, .. } => match facts.get(currency.0)?.as_deref()? {
                Fact::Currency(code) => Some(code.iter().cloned().collect()),
                Fact::Stays(_) | Fact::Bands(_) => None,
            },
            _ => None,
        }
    }
}

/// The texts, or the currencies, that the cases have.
pub(super) fn found(
    log: &EventLog,
    common: &Common,
    known: (&Reading, &[Option<Arc<Fact>>]),
    node: &Node,
) -> Result<BTreeSet<String>, Problem> {
    let mut texts = BTreeSet::new();
    for_each_case(log, common, known, |look| match node.of(look) {
        Value::Text(text, _) | Value::Money(_, Some(text)) if !texts.contains(&*text) => {
            texts.insert(text.into_owned());
        }
        _ => {}
    })?;
    Ok(texts)
}
