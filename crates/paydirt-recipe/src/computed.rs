//! Which attributes of cases are computed from events, other attributes and settings, and what are
//! they worth?
//!
//! The formulas are in the library; this is what reckons them. They are of a log as it is looked
//! at: a log as it is kept never has them, and other settings give other values at once. "Now" is
//! the end of the data.

mod binding;
mod calendars;
mod chosen;
mod facts;
mod node;
mod payments;
mod stays;
mod texts;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::column_source::{AttributeTexts, Computing};
use paydirt_model::event_log::{CaseNotion, EventLog, LogContext, TimeZoneName};
use paydirt_model::interner::TextColumn;
use paydirt_model::problem::Problem;

use crate::computed::binding::{Binder, Reading};
use crate::computed::calendars::Calendars;
use crate::computed::chosen::Settings;
use crate::computed::facts::{Fact, FactCell, in_segment};
use crate::computed::node::{Common, MONEY_SCALE, Node};
use crate::findings::probes::Names;
use crate::library::Library;
use crate::library::attributes::ValueKind;
use crate::library::chosen::ChosenSettings;
use crate::library::coverage::Need;

/// An attribute that is computed of cases, and whether it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputedAttribute {
    /// Its key in the library, and its name in the log.
    pub key: String,
    /// Type of its values.
    pub kind: AttributeType,
    /// What one of would have to be there; nothing where it can be computed.
    pub missing: Vec<Need>,
    /// Keys of the settings that it depends on.
    pub settings: Vec<String>,
}

/// One attribute, ready to be computed.
#[derive(Debug)]
struct One {
    key: String,
    kind: AttributeType,
    node: Arc<Node>,
    reading: Reading,
}

/// Everything that can be computed for a log.
#[derive(Debug)]
struct Computed {
    common: Common,
    attributes: Vec<One>,
    facts: Vec<FactCell>,
}

/// The log with its computed attributes, as a library and settings define them. A delivered
/// attribute that is called like one of them gets another name. A log that is none of the process
/// stays as it is.
#[must_use]
pub fn with_computed(log: &EventLog, library: &Library, chosen: &ChosenSettings) -> EventLog {
    let context = log.context();
    if !has_computed(library, context) {
        return log.clone();
    }
    let (computed, _) = bound(context, library, chosen);
    let is_taken = |name: &str| computed.attributes.iter().any(|one| one.key == name);
    let name = |attribute: &Attribute| match is_taken(&attribute.name) {
        true => format!("{} (delivered)", attribute.name),
        false => attribute.name.clone(),
    };
    let names = context.attributes.iter().map(name).collect();
    let attributes = computed.attributes.iter().enumerate().map(|(idx, one)| Attribute {
        name: one.key.clone(),
        level: AttributeLevel::Case,
        kind: one.kind,
        scale: scale_of(one.kind),
        texts: match one.kind {
            AttributeType::Text | AttributeType::Money => AttributeTexts::absent(),
            _ => AttributeTexts::none(),
        },
        column_idx: idx,
        computed: true,
    });
    let attributes = attributes.collect();
    log.with_computed(names, attributes, Arc::new(computed))
}

/// Whether a log has computed attributes: it is one of the process, and its cases are the main
/// ones.
#[must_use]
pub fn has_computed(library: &Library, context: &LogContext) -> bool {
    context.notion == CaseNotion::Main && Names::new(library, context).is_of_process(library)
}

/// Every attribute of the library that is computed, and what a log lacks for it.
#[must_use]
pub fn described(
    library: &Library,
    context: &LogContext,
    chosen: &ChosenSettings,
) -> Vec<ComputedAttribute> {
    bound(context, library, chosen).1
}

fn scale_of(kind: AttributeType) -> u8 {
    match kind {
        AttributeType::Money => MONEY_SCALE,
        AttributeType::Decimal => 6,
        _ => 0,
    }
}

fn type_of(kind: ValueKind) -> AttributeType {
    match kind {
        ValueKind::Text | ValueKind::Category | ValueKind::List => AttributeType::Text,
        ValueKind::Integer => AttributeType::Integer,
        ValueKind::Decimal | ValueKind::Fraction => AttributeType::Decimal,
        ValueKind::Money => AttributeType::Money,
        ValueKind::Boolean => AttributeType::Boolean,
        ValueKind::Instant | ValueKind::Date => AttributeType::Timestamp,
        ValueKind::Duration => AttributeType::Duration,
    }
}

fn bound(
    context: &LogContext,
    library: &Library,
    chosen: &ChosenSettings,
) -> (Computed, Vec<ComputedAttribute>) {
    let settings = Settings { library, chosen };
    let keys = library.process.calendar.as_ref();
    // The default of the zone is that of the log, which its own data may have set.
    let zone = keys.and_then(|keys| settings.chosen_text(&keys.zone));
    let zone = zone.and_then(|zone| TimeZoneName::parse(&zone).ok());
    let zone = zone.as_ref().unwrap_or(&context.time_zone).zone().clone();
    let calendars = keys.and_then(|keys| Calendars::of(&settings, keys, &zone));
    let mut binder = Binder::new(settings, context);
    if calendars.is_some() {
        let region = keys.map_or("", |keys| keys.region.as_str());
        let levels = [AttributeLevel::Case, AttributeLevel::Event];
        binder.region = binder.delivered(region, &levels).map(|(idx, _)| idx);
    }
    let region = binder.region;
    let (mut attributes, mut told) = (Vec::new(), Vec::new());
    for entry in &library.attributes {
        if !binder.is_computed(&entry.key) {
            continue;
        }
        let (key, kind) = (entry.key.clone(), type_of(entry.kind));
        let (missing, settings) = match binder.attribute(&key) {
            Ok((node, reading)) => {
                let settings = reading.settings.iter().cloned().collect();
                attributes.push(One { key: key.clone(), kind, node, reading });
                (Vec::new(), settings)
            }
            Err(missing) => (missing, Vec::new()),
        };
        told.push(ComputedAttribute { key, kind, missing, settings });
    }
    let facts = std::mem::take(&mut binder.facts);
    (Computed { common: Common { zone: zone.clone(), calendars, region }, attributes, facts }, told)
}

impl Computed {
    fn one(&self, log: &EventLog, attribute: AttributeIdx) -> &One {
        &self.attributes[log.context().attributes[attribute.0].column_idx]
    }

    /// The facts that a formula needs, each after those that it needs itself.
    fn facts(&self, log: &EventLog, reading: &Reading) -> Result<Vec<Option<Arc<Fact>>>, Problem> {
        let mut facts = vec![None; self.facts.len()];
        for idx in &reading.facts {
            let cell = &self.facts[idx.0];
            facts[idx.0] = Some(cell.fact(log, &self.common, &facts)?);
        }
        Ok(facts)
    }
}

impl Computing for Computed {
    fn column(
        &self,
        log: &EventLog,
        segment_idx: usize,
        attribute: AttributeIdx,
    ) -> Result<Column, Problem> {
        let one = self.one(log, attribute);
        let texts = &log.context().attributes[attribute.0].texts;
        let number = |idx: usize| u32::try_from(idx).expect("an attribute has fewer texts");
        let codes: HashMap<&str, u32> =
            texts.iter().enumerate().map(|(idx, text)| (text, number(idx))).collect();
        let facts = self.facts(log, &one.reading)?;
        let mut column = Column::new(one.kind);
        let kind = (one.kind, scale_of(one.kind));
        in_segment(log, &self.common, segment_idx, (&one.reading, &facts), |look| {
            one.node.of(look).push(kind, |text| codes.get(text).copied(), &mut column);
        })?;
        Ok(column)
    }

    fn texts(&self, log: &EventLog, attribute: AttributeIdx) -> Result<TextColumn, Problem> {
        let one = self.one(log, attribute);
        let facts = self.facts(log, &one.reading)?;
        let known = one.node.texts(&facts);
        let all: BTreeSet<String> = match known {
            Some(known) => known,
            None => texts::found(log, &self.common, (&one.reading, &facts), &one.node)?,
        };
        Ok(all.iter().map(String::as_str).collect())
    }
}
