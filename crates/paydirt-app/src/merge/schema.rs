//! Which columns does the joined log have? Those of both logs; a type may widen, not change.

use paydirt_model::activity::Activities;
use paydirt_model::attribute::{
    Attribute, AttributeIdx, AttributeLevel, AttributeType, AttributeValue,
};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::{AttributeSpec, LevelChoice, LogSpec};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use xxhash_rust::xxh3::Xxh3;

use crate::merge::fingerprint::add_value;

/// Which of the two logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The stored log.
    Base,
    /// The new events.
    Added,
}

/// An attribute of the joined log and where it is in the two.
#[derive(Debug)]
pub(super) struct JoinedAttribute {
    pub(super) name: String,
    pub(super) kind: AttributeType,
    pub(super) level: AttributeLevel,
    base: Option<AttributeIdx>,
    added: Option<AttributeIdx>,
}

impl JoinedAttribute {
    /// The attribute in one of the logs, if that has it.
    pub(super) fn on<'a>(&self, side: Side, log: &'a EventLog) -> Option<&'a Attribute> {
        let idx = match side {
            Side::Base => self.base,
            Side::Added => self.added,
        };
        idx.map(|idx| &log.context().attributes[idx.0])
    }
}

/// The attributes of the joined log.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) attributes: Vec<JoinedAttribute>,
    pub(super) notes: Vec<Sentence>,
}

impl Joined {
    pub(super) fn of(base: &EventLog, added: &EventLog) -> Result<Self, Problem> {
        let mut joined = Joined { attributes: Vec::new(), notes: Vec::new() };
        let new = &added.context().attributes;
        let mut taken = vec![false; new.len()];
        for (idx, known) in base.context().attributes.iter().enumerate() {
            let at = |level: AttributeLevel| {
                new.iter().enumerate().position(|(idx, other)| {
                    !taken[idx] && other.name == known.name && other.level == level
                })
            };
            let other_level = match known.level {
                AttributeLevel::Case => AttributeLevel::Event,
                AttributeLevel::Event => AttributeLevel::Case,
            };
            let other = at(known.level).or_else(|| at(other_level));
            if let Some(other) = other {
                taken[other] = true;
            }
            joined.join(
                known,
                AttributeIdx(idx),
                other.map(|idx| (&new[idx], AttributeIdx(idx))),
            )?;
        }
        for (idx, attribute) in new.iter().enumerate().filter(|&(idx, _)| !taken[idx]) {
            let name = &attribute.name;
            joined.notes.push(say!("Column \"{name}\" is new; earlier events have a blank.", name));
            joined.attributes.push(JoinedAttribute {
                name: name.clone(),
                kind: attribute.kind,
                level: attribute.level,
                base: None,
                added: Some(AttributeIdx(idx)),
            });
        }
        Ok(joined)
    }

    /// Decides which attributes still belong to the case where events of both logs meet in one:
    /// `shared` are these cases, once in each log.
    ///
    /// Where most events are in cases of several events and an attribute is the same in all of
    /// them, it is one of the case, and takes the value of the newest file. Where that cannot be
    /// known, as in a log of one event a case, values that differ stay with their events.
    pub(super) fn settle(
        &mut self,
        base: &EventLog,
        added: &EventLog,
        shared: &[(Case<'_>, Case<'_>)],
    ) {
        let (base_tells, added_tells) = (tells_levels(base), tells_levels(added));
        for idx in 0..self.attributes.len() {
            let attribute = &self.attributes[idx];
            if attribute.level == AttributeLevel::Event {
                continue;
            }
            let (old, new) = (attribute.on(Side::Base, base), attribute.on(Side::Added, added));
            let value = |known: Option<&Attribute>, case: &Case<'_>| {
                known.and_then(|known| case.value(known, 0).map(|value| digest(&value)))
            };
            let pairs =
                shared.iter().map(|(before, after)| (value(old, before), value(new, after)));
            let (mut replaced, mut differing) = (0_u64, 0_u64);
            for (before, after) in pairs.filter(|(before, after)| before != after) {
                differing += 1;
                replaced += u64::from(before.is_some() && after.is_some());
            }
            let is_known = if old.is_some() { base_tells } else { added_tells };
            let name = attribute.name.clone();
            if differing > 0 && !is_known {
                self.attributes[idx].level = AttributeLevel::Event;
                self.notes.push(no_longer_of_case(&name));
            } else if replaced > 0 {
                self.notes.push(say!(
                    "Column \"{name}\" belongs to the case; {count} {count|case has|cases have} \
                     the new value of the file.",
                    name,
                    count = replaced
                ));
            }
        }
    }

    fn join(
        &mut self,
        known: &Attribute,
        base: AttributeIdx,
        other: Option<(&Attribute, AttributeIdx)>,
    ) -> Result<(), Problem> {
        let name = &known.name;
        let (kind, level) = match other {
            None => {
                self.notes.push(say!(
                    "The file has no column \"{name}\"; the new events have a blank.",
                    name
                ));
                (known.kind, known.level)
            }
            Some((other, _)) => {
                let kind = self.kind(known, other)?;
                let level = match (known.level, other.level) {
                    (AttributeLevel::Case, AttributeLevel::Case) => AttributeLevel::Case,
                    _ => AttributeLevel::Event,
                };
                if level != known.level {
                    self.notes.push(no_longer_of_case(name));
                }
                (kind, level)
            }
        };
        self.attributes.push(JoinedAttribute {
            name: name.clone(),
            kind,
            level,
            base: Some(base),
            added: other.map(|(_, idx)| idx),
        });
        Ok(())
    }

    fn kind(&mut self, known: &Attribute, other: &Attribute) -> Result<AttributeType, Problem> {
        use AttributeType::{Decimal, Integer};
        let name = &known.name;
        match (known.kind, other.kind) {
            (old, new) if old == new => Ok(old),
            (Integer, Decimal) => {
                self.notes.push(say!(
                    "Column \"{name}\" held whole numbers; because the file has decimals, it now \
                     holds decimals.",
                    name
                ));
                Ok(Decimal)
            }
            (Decimal, Integer) => Ok(Decimal),
            (old, new) => {
                let (old, new) = (word(old), word(new));
                Err(Problem::new(
                    ErrorCode::ColumnTypeChanged,
                    say!(
                        "Column \"{name}\" holds {old} in the log, but {new} in the file.",
                        name,
                        old,
                        new
                    ),
                )
                .in_column(name.clone())
                .with_hint(say!(
                    "Bring the file into the form of the earlier ones, or rename the column."
                )))
            }
        }
    }

    /// The columns that only the new events have, and those that only the stored log has.
    pub(super) fn columns_of_one_side(&self) -> (Vec<String>, Vec<String>) {
        let of_one = |is_wanted: fn(&JoinedAttribute) -> bool| {
            let wanted = self.attributes.iter().filter(|attribute| is_wanted(attribute));
            wanted.map(|attribute| attribute.name.clone()).collect()
        };
        let new = of_one(|attribute| attribute.base.is_none());
        (new, of_one(|attribute| attribute.added.is_none()))
    }

    /// The types of the columns.
    pub(super) fn kinds(&self) -> Vec<AttributeType> {
        self.attributes.iter().map(|attribute| attribute.kind).collect()
    }

    /// What the joined log is going to be.
    pub(super) fn spec(&self, base: &EventLog, added: &EventLog) -> LogSpec {
        let (old, new) = (base.context(), added.context());
        let attributes = self.attributes.iter().map(|attribute| AttributeSpec {
            name: attribute.name.clone(),
            kind: attribute.kind,
            level: LevelChoice::Declared(attribute.level),
        });
        let place = |side: Side, idx: Option<AttributeIdx>| {
            let found = idx.and_then(|idx| {
                self.attributes.iter().position(|attribute| match side {
                    Side::Base => attribute.base == Some(idx),
                    Side::Added => attribute.added == Some(idx),
                })
            });
            found.map(AttributeIdx)
        };
        let mut auxiliary = auxiliary(&old.activities);
        auxiliary.extend(auxiliary_of_new(&new.activities, &old.activities));
        LogSpec {
            notion: old.notion,
            attributes: attributes.collect(),
            resource: place(Side::Base, old.resource).or_else(|| place(Side::Added, new.resource)),
            auxiliary,
            time_zone: old.time_zone.clone(),
            as_of: old.as_of.max(new.as_of),
            rates: old.rates.clone().or_else(|| new.rates.clone()),
            ..LogSpec::plain()
        }
    }
}

fn no_longer_of_case(name: &str) -> Sentence {
    say!(
        "Column \"{name}\" belonged to the case; because its values now differ within cases, it \
         belongs to the event.",
        name
    )
}

/// Whether the log shows which attributes belong to the case: at least half of its events are in
/// cases of several events.
fn tells_levels(log: &EventLog) -> bool {
    let lengths = log.segments().iter().flat_map(|segment| segment.parts().offsets.windows(2));
    let several: u64 =
        lengths.map(|bounds| u64::from(bounds[1] - bounds[0])).filter(|&count| count > 1).sum();
    several * 2 >= log.context().event_count
}

/// A value in a form in which values of both logs can be compared.
fn digest(value: &AttributeValue<'_>) -> u128 {
    let mut hash = Xxh3::new();
    add_value(&mut hash, Some(value));
    hash.digest128()
}

fn auxiliary(activities: &Activities) -> Vec<String> {
    let codes = activities.codes().filter(|&code| activities.is_auxiliary(code));
    codes.map(|code| activities.name(code).to_owned()).collect()
}

/// The auxiliary activities of the new events that the stored log does not know as main ones.
fn auxiliary_of_new<'a>(
    new: &'a Activities,
    old: &'a Activities,
) -> impl Iterator<Item = String> + 'a {
    auxiliary(new).into_iter().filter(|name| old.code(name).is_none())
}

fn word(kind: AttributeType) -> Sentence {
    match kind {
        AttributeType::Text => say!("text"),
        AttributeType::Integer => say!("whole numbers"),
        AttributeType::Decimal => say!("decimal numbers"),
        AttributeType::Boolean => say!("true or false"),
        AttributeType::Timestamp => say!("times"),
        AttributeType::Duration => say!("durations"),
        AttributeType::Money => say!("amounts of money"),
    }
}
