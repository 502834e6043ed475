//! What is a formula worth for one case, once its names were looked up in a log?

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Decimal, divide_half_even};
use paydirt_model::rates::RateTable;
use paydirt_model::time::DAY_US;
use paydirt_model::variant::variant_id;

use crate::computed::calendars::Calendars;
use crate::computed::facts::{Fact, FactIdx};
use crate::computed::payments::PaymentNode;
use crate::computed::stays::{StageNode, entered};
use crate::computed::value::{Moment, Value, compare, days};
use crate::folding::folded;
use crate::library::terms::PaymentTerms;

/// By code of the activity: whether it is one of some.
pub(super) type Marks = Vec<bool>;

/// What every formula of a log looks at beside the case.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) zone: TimeZone,
    pub(super) calendars: Option<Calendars>,
    pub(super) region: Option<AttributeIdx>,
}

/// One case as formulas look at it.
pub(super) struct Look<'a> {
    pub(super) log: &'a LogContext,
    pub(super) common: &'a Common,
    pub(super) case: Case<'a>,
    pub(super) facts: &'a [Option<Arc<Fact>>],
    /// Payment terms that were read already.
    pub(super) terms: &'a RefCell<HashMap<String, Option<PaymentTerms>>>,
}

/// A row of a setting that is looked up.
#[derive(Debug)]
pub(super) struct LookupRow {
    /// Texts by number of the column, folded; a row without one holds for all.
    pub(super) texts: Vec<Option<String>>,
    /// Lowest amounts by number of the column.
    pub(super) amounts: Vec<Option<Decimal>>,
    pub(super) answer: Answer,
}

/// The answer of a row.
#[derive(Debug)]
pub(super) enum Answer {
    Text(String),
    Number(Decimal),
    Span(i64),
}

/// What sets a state again that was over.
#[derive(Debug)]
pub(super) struct ReopeningNode {
    pub(super) state: usize,
    pub(super) marks: Marks,
    pub(super) rows: Vec<Vec<Option<String>>>,
    pub(super) by: Vec<Option<AttributeIdx>>,
    pub(super) same: Option<AttributeIdx>,
}

/// The work of a case.
#[derive(Debug)]
pub(super) struct CostNode {
    /// By code of the activity: cost of one event.
    pub(super) of_event: Vec<Option<Decimal>>,
    pub(super) per_day: Option<Decimal>,
    pub(super) currency: Option<String>,
}

/// Digits of amounts that are computed.
pub(super) const MONEY_SCALE: u8 = 2;

/// A formula whose names were looked up.
#[derive(Debug)]
pub(super) enum Node {
    Shared(Arc<Node>),
    Attribute(AttributeIdx, AttributeLevel),
    Constant(String),
    DataEnd(Option<i64>),
    Time { marks: Marks, is_last: bool },
    FirstEvent(Marks),
    FirstOf(Vec<Node>),
    When(Box<Node>, HashSet<String>, Box<Node>),
    Named(Box<Node>, String),
    Between { from: Box<Node>, to: Box<Node>, working: bool },
    State { of_code: Vec<Option<usize>>, values: Vec<String>, reopening: Option<ReopeningNode> },
    Since(Box<Node>),
    Mapped(Box<Node>, HashMap<String, String>),
    Replaced { of: Box<Node>, value: String, by: String, condition: Box<Node> },
    Entered(StageNode),
    OneOf(Box<Node>, HashSet<String>),
    Over(Box<Node>, Box<Node>),
    AnyOf(Vec<Node>),
    AllOf(Vec<Node>),
    Has(Marks),
    Repeated(Marks),
    Count(Marks),
    LookedUp { rows: Vec<LookupRow>, by: Vec<Option<Node>>, from: Vec<Option<Node>> },
    Band { of: Box<Node>, bounds: FactIdx },
    UsualStay { stage: StageNode, fact: FactIdx },
    PaidAt(PaymentNode),
    PaymentTime(PaymentNode),
    DaysLate(PaymentNode),
    Variant,
    Cost(CostNode),
    Converted { of: Box<Node>, day: Box<Node>, currency: FactIdx, rates: RateTable },
}

impl<'a> Look<'a> {
    pub(super) fn moment(&self, event: usize) -> Moment {
        Moment { us: self.case.times_us()[event], is_day: self.case.is_day(event) }
    }

    fn events<'m>(&self, marks: &'m Marks) -> impl DoubleEndedIterator<Item = usize> + use<'a, 'm> {
        let activities = self.case.activities();
        (0..activities.len()).filter(move |&event| marks[activities[event].idx()])
    }

    pub(super) fn first(&self, marks: &Marks) -> Option<usize> {
        self.events(marks).next()
    }

    pub(super) fn last(&self, marks: &Marks) -> Option<usize> {
        self.events(marks).next_back()
    }

    pub(super) fn all(&self, marks: &Marks) -> Vec<usize> {
        self.events(marks).collect()
    }

    /// The value of an attribute of events at an event, or of the case.
    pub(super) fn at(&self, attribute: AttributeIdx, event: usize) -> Value<'a> {
        let attribute = &self.log.attributes[attribute.0];
        self.case.value(attribute, event).map_or(Value::Missing, Value::of)
    }

    pub(super) fn text_at(&self, attribute: AttributeIdx, event: usize) -> Option<Cow<'a, str>> {
        match self.at(attribute, event) {
            Value::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// The value of an attribute: of one of events, the last one there is.
    fn value(&self, attribute: AttributeIdx, level: AttributeLevel) -> Value<'a> {
        match level {
            AttributeLevel::Case => self.at(attribute, 0),
            AttributeLevel::Event => {
                let events = (0..self.case.event_count()).rev();
                let values = events.map(|event| self.at(attribute, event));
                values.into_iter().find(|value| !value.is_missing()).unwrap_or(Value::Missing)
            }
        }
    }

    pub(super) fn local_day(&self, moment: Moment) -> i64 {
        moment.timestamp().local_day(&self.common.zone)
    }

    /// The time between two instants: whole local days where only the day of one is known.
    pub(super) fn between_us(&self, from: Moment, to: Moment, working: bool) -> i64 {
        if let Some(calendars) = self.common.calendars.as_ref().filter(|_| working) {
            let region = self.common.region.and_then(|region| self.text_at(region, 0));
            return calendars.between_us(region.as_deref(), (from, to), &self.common.zone);
        }
        if from.is_day || to.is_day {
            return (self.local_day(to) - self.local_day(from)) * DAY_US;
        }
        to.us - from.us
    }

    pub(super) fn fact(&self, idx: FactIdx) -> &'a Fact {
        self.facts[idx.0].as_deref().expect("the facts of a formula are there before it is asked")
    }
}

impl Node {
    /// What it is worth for a case.
    pub(super) fn of<'a>(&'a self, look: &Look<'a>) -> Value<'a> {
        let time = |event: Option<usize>| {
            event.map_or(Value::Missing, |event| Value::Time(look.moment(event)))
        };
        match self {
            Node::Shared(node) => node.of(look),
            Node::Attribute(attribute, level) => look.value(*attribute, *level),
            Node::Constant(text) => Value::text(text.as_str()),
            Node::DataEnd(us) => us.map_or(Value::Missing, |us| Value::Time(Moment::instant(us))),
            Node::Time { marks, is_last: false } | Node::FirstEvent(marks) => {
                time(look.first(marks))
            }
            Node::Time { marks, is_last: true } => time(look.last(marks)),
            Node::FirstOf(nodes) => {
                let mut values = nodes.iter().map(|node| node.of(look));
                values.find(|value| !value.is_missing()).unwrap_or(Value::Missing)
            }
            Node::When(of, texts, then) => match is_one_of(&of.of(look), texts) {
                Some(true) => then.of(look),
                Some(false) | None => Value::Missing,
            },
            Node::Named(of, name) => match of.of(look) {
                Value::Missing => Value::Missing,
                _ => Value::text(name.as_str()),
            },
            Node::Between { from, to, working } => between(look, (from, to), *working),
            Node::State { of_code, values, reopening } => {
                state(look, of_code, values, reopening.as_ref())
            }
            Node::Since(of) => match of.of(look) {
                Value::Text(_, Some(since)) => Value::Time(since),
                _ => Value::Missing,
            },
            Node::Mapped(of, meanings) => mapped(&of.of(look), meanings),
            Node::Replaced { of, value, by, condition } => {
                replaced(look, (of, condition), value, by)
            }
            Node::Entered(stage) => match entered(look, stage) {
                Some(entry) => Value::Time(look.moment(entry.event)),
                None => Value::Missing,
            },
            Node::OneOf(of, texts) => flag(is_one_of(&of.of(look), texts)),
            Node::Over(of, limit) => {
                let compared = of.of(look).compare(&limit.of(look));
                flag(compared.map(|ordering| ordering == Ordering::Greater))
            }
            Node::AnyOf(nodes) => flag(decided(nodes, look, true)),
            Node::AllOf(nodes) => flag(decided(nodes, look, false)),
            Node::Has(marks) => Value::Flag(look.first(marks).is_some()),
            Node::Repeated(marks) => Value::Flag(is_repeated(look, marks)),
            Node::Count(marks) => Value::whole(look.events(marks).count()),
            Node::LookedUp { rows, by, from } => looked_up(look, rows, by, from),
            Node::Band { of, bounds } => band(look, of, *bounds),
            Node::UsualStay { stage, fact } => usual_stay(look, stage, *fact),
            Node::PaidAt(payments) => payments.paid_at(look).map_or(Value::Missing, Value::Time),
            Node::PaymentTime(payments) => {
                payments.time_us(look).map_or(Value::Missing, Value::Span)
            }
            Node::DaysLate(payments) => {
                let days = payments.days_late(look);
                days.map_or(Value::Missing, |days| Value::Number(Decimal::new(days.into(), 0)))
            }
            Node::Variant => variant(look),
            Node::Cost(cost) => cost.of(look),
            Node::Converted { of, day, currency, rates } => {
                converted(look, (of, day), *currency, rates)
            }
        }
    }
}

fn between<'a>(look: &Look<'a>, (from, to): (&'a Node, &'a Node), working: bool) -> Value<'a> {
    match from.of(look).moment().zip(to.of(look).moment()) {
        Some((from, to)) => Value::Span(look.between_us(from, to, working)),
        None => Value::Missing,
    }
}

fn replaced<'a>(
    look: &Look<'a>,
    (of, condition): (&'a Node, &'a Node),
    value: &'a str,
    by: &'a str,
) -> Value<'a> {
    match of.of(look) {
        Value::Text(text, since) if text == value && condition.of(look).flag() == Some(true) => {
            Value::Text(by.into(), since)
        }
        other => other,
    }
}

fn band<'a>(look: &Look<'a>, of: &'a Node, bounds: FactIdx) -> Value<'a> {
    match (of.of(look).number(), look.fact(bounds)) {
        (Some(number), Fact::Bands(bands)) => bands.of(number).map_or(Value::Missing, Value::text),
        _ => Value::Missing,
    }
}

fn flag(flag: Option<bool>) -> Value<'static> {
    flag.map_or(Value::Missing, Value::Flag)
}

fn is_one_of(value: &Value<'_>, texts: &HashSet<String>) -> Option<bool> {
    value.word().map(|word| texts.contains(&folded(&word)))
}

/// Whether one of some conditions holds (`any`), or all of them: what is missing decides nothing.
fn decided(nodes: &[Node], look: &Look<'_>, any: bool) -> Option<bool> {
    let mut is_sure = true;
    for node in nodes {
        match node.of(look).flag() {
            Some(flag) if flag == any => return Some(any),
            Some(_) => {}
            None => is_sure = false,
        }
    }
    is_sure.then_some(!any)
}

fn state<'a>(
    look: &Look<'a>,
    of_code: &[Option<usize>],
    values: &'a [String],
    reopening: Option<&ReopeningNode>,
) -> Value<'a> {
    let mut now: Option<(usize, usize)> = None;
    for (event, code) in look.case.activities().iter().enumerate() {
        let again = || {
            let reopening = reopening?;
            reopening.reopens(look, event, now?).then_some(reopening.state)
        };
        let Some(next) = of_code[code.idx()].or_else(again) else { continue };
        // Of an unbroken run of events that set the same the first one dates it.
        if now.is_none_or(|(known, _)| known != next) {
            now = Some((next, event));
        }
    }
    let Some((value, event)) = now else { return Value::Missing };
    Value::Text(values[value].as_str().into(), Some(look.moment(event)))
}

impl ReopeningNode {
    /// Whether an event sets the state again, if another one was set before.
    fn reopens(&self, look: &Look<'_>, event: usize, (known, since): (usize, usize)) -> bool {
        let code = look.case.activities()[event];
        if known == self.state || !self.marks[code.idx()] {
            return false;
        }
        let text = |attribute: Option<AttributeIdx>, event: usize| {
            attribute.and_then(|attribute| look.text_at(attribute, event)).map(|text| folded(&text))
        };
        let is_same = match (text(self.same, event), text(self.same, since)) {
            (Some(here), Some(there)) => here == there,
            _ => true,
        };
        let has = |row: &Vec<Option<String>>| {
            let cells = row.iter().zip(&self.by);
            let mut fits = cells.map(|(cell, attribute)| match cell {
                Some(cell) => text(*attribute, event).as_ref() == Some(cell),
                None => true,
            });
            fits.all(|fits| fits)
        };
        is_same && self.rows.iter().any(has)
    }
}

fn mapped<'a>(value: &Value<'a>, meanings: &'a HashMap<String, String>) -> Value<'a> {
    let since = match value {
        Value::Text(_, since) => *since,
        _ => None,
    };
    let meaning = value.word().and_then(|word| meanings.get(&folded(&word)));
    meaning.map_or(Value::Missing, |meaning| Value::Text(meaning.as_str().into(), since))
}

fn is_repeated(look: &Look<'_>, marks: &Marks) -> bool {
    let mut seen = HashSet::new();
    look.events(marks).any(|event| !seen.insert(look.case.activities()[event]))
}

/// The row that says most about the case: of those that fit, the one with most texts, then with
/// the highest amounts, then the later one.
fn looked_up<'a>(
    look: &Look<'a>,
    rows: &'a [LookupRow],
    by: &'a [Option<Node>],
    from: &'a [Option<Node>],
) -> Value<'a> {
    let value = |node: &'a Option<Node>| node.as_ref().map_or(Value::Missing, |node| node.of(look));
    let texts: Vec<Vec<String>> = by.iter().map(|node| parts(&value(node))).collect();
    let amounts: Vec<Option<Decimal>> = from.iter().map(|node| value(node).number()).collect();
    let fits = |row: &&LookupRow| {
        let mut has_texts = row.texts.iter().zip(&texts).map(|(cell, parts)| match cell {
            Some(cell) => parts.contains(cell),
            None => true,
        });
        let mut reaches = row.amounts.iter().zip(&amounts).map(|(cell, amount)| match cell {
            Some(cell) => amount.is_some_and(|amount| compare(*cell, amount) != Ordering::Greater),
            None => true,
        });
        has_texts.all(|fits| fits) && reaches.all(|fits| fits)
    };
    let is_better = |row: &LookupRow, best: &LookupRow| {
        let said = |row: &LookupRow| row.texts.iter().flatten().count();
        let amount = |row: &LookupRow| row.amounts.iter().flatten().next().copied();
        let by_amount = match (amount(row), amount(best)) {
            (Some(left), Some(right)) => compare(left, right),
            (left, right) => left.is_some().cmp(&right.is_some()),
        };
        said(row).cmp(&said(best)).then(by_amount) != Ordering::Less
    };
    let best = rows.iter().filter(fits).reduce(|best, row| match is_better(row, best) {
        true => row,
        false => best,
    });
    match best.map(|row| &row.answer) {
        Some(Answer::Text(text)) => Value::text(text.as_str()),
        Some(Answer::Number(number)) => Value::Number(*number),
        Some(Answer::Span(us)) => Value::Span(*us),
        None => Value::Missing,
    }
}

/// A text, and the texts of a list that is written as one.
fn parts(value: &Value<'_>) -> Vec<String> {
    let Some(word) = value.word() else { return Vec::new() };
    let mut parts: Vec<String> = word.split(';').map(folded).collect();
    parts.push(folded(&word));
    parts
}

fn usual_stay<'a>(look: &Look<'a>, stage: &'a StageNode, fact: FactIdx) -> Value<'a> {
    let (Some(entry), Fact::Stays(stays)) = (entered(look, stage), look.fact(fact)) else {
        return Value::Missing;
    };
    stays.get(&(entry.group, entry.value)).map_or(Value::Missing, |us| Value::Span(*us))
}

fn variant<'a>(look: &Look<'a>) -> Value<'a> {
    let activities = &look.log.activities;
    let trace: Vec<_> = look.case.activities().to_vec();
    let shown: Vec<_> = trace.into_iter().filter(|code| !activities.is_auxiliary(*code)).collect();
    Value::text(variant_id(activities, &shown))
}

impl CostNode {
    fn of<'a>(&'a self, look: &Look<'a>) -> Value<'a> {
        let activities = look.case.activities().iter();
        let events = activities.filter_map(|code| self.of_event[code.idx()]);
        let scale = MONEY_SCALE + 4;
        let mut sum: i128 = events.map(|cost| cost.at_scale(scale).0).sum();
        if let Some(per_day) = self.per_day {
            let us = look.case.last_end_us() - look.case.first_start_us();
            let cost = per_day.at_scale(scale).0;
            sum += divide_half_even(cost.saturating_mul(us.into()), DAY_US.into());
        }
        let (amount, _) = Decimal::new(sum, scale).at_scale(MONEY_SCALE);
        Value::Money(Decimal::new(amount, MONEY_SCALE), self.currency.as_deref().map(Cow::Borrowed))
    }
}

fn converted<'a>(
    look: &Look<'a>,
    (of, day): (&'a Node, &'a Node),
    currency: FactIdx,
    rates: &RateTable,
) -> Value<'a> {
    let (amount, from, to) = match (of.of(look), look.fact(currency)) {
        (Value::Money(amount, Some(from)), Fact::Currency(Some(to))) => (amount, from, to),
        // Where the log knows no currency at all, its amounts are all of one kind.
        (Value::Money(amount, None) | Value::Number(amount), Fact::Currency(None)) => {
            let (amount, _) = amount.at_scale(MONEY_SCALE);
            return Value::Money(Decimal::new(amount, MONEY_SCALE), None);
        }
        _ => return Value::Missing,
    };
    if from == to.as_str() {
        let (amount, _) = amount.at_scale(MONEY_SCALE);
        return Value::Money(Decimal::new(amount, MONEY_SCALE), Some(to.as_str().into()));
    }
    let Some(day) = day.of(look).moment() else { return Value::Missing };
    match rates.convert(look.local_day(day), amount, &from, to, MONEY_SCALE) {
        Some(amount) => Value::Money(amount, Some(to.as_str().into())),
        None => Value::Missing,
    }
}

/// A cell of a setting as the answer of a row.
pub(super) fn answer(number: Option<Decimal>, text: Option<&str>, is_days: bool) -> Option<Answer> {
    match (number, text) {
        (Some(number), _) if is_days => days(number).map(Answer::Span),
        (Some(number), _) => Some(Answer::Number(number)),
        (None, text) => text.map(|text| Answer::Text(text.to_owned())),
    }
}
