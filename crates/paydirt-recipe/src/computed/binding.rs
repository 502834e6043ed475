//! Which activities, attributes and settings of a log does a formula speak of?

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::rates::RateTable;

use crate::computed::chosen::Settings;
use crate::computed::facts::{Bands, Fact, FactCell, FactIdx, FactPlan};
use crate::computed::node::{CostNode, LookupRow, MONEY_SCALE, Marks, Node, ReopeningNode, answer};
use crate::computed::payments::PaymentNode;
use crate::computed::stays::StageNode;
use crate::folding::folded;
use crate::library::coverage::{Need, NeedKind};
use crate::library::formula::{
    ActivitySet, ClockEnd, ClockStart, Documents, Formula, Meanings, Reopening, TextSet,
};
use crate::library::names::NameKind;
use crate::library::values::ValueUnit;

/// What a formula looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) attributes: BTreeSet<AttributeIdx>,
    pub(super) facts: BTreeSet<FactIdx>,
    pub(super) settings: BTreeSet<String>,
}

impl Reading {
    fn add(&mut self, other: &Reading) {
        self.attributes.extend(&other.attributes);
        self.facts.extend(&other.facts);
        self.settings.extend(other.settings.iter().cloned());
    }
}

/// Why a formula cannot be computed: what the log does not have.
pub(super) type Lacking = Vec<Need>;

/// A formula that was looked up, and what it looks at.
pub(super) type Bound = (Arc<Node>, Reading);

/// Looks formulas up in a log.
pub(super) struct Binder<'b> {
    pub(super) settings: Settings<'b>,
    pub(super) context: &'b LogContext,
    pub(super) region: Option<AttributeIdx>,
    pub(super) facts: Vec<FactCell>,
    known: HashMap<String, Bound>,
    /// Attributes that are being looked up.
    open: Vec<String>,
    reading: Reading,
    /// By code: the key of the activity, else its name.
    keys: Vec<String>,
}

fn lacking(kind: NeedKind, key: &str) -> Lacking {
    vec![Need { kind, key: key.to_owned() }]
}

impl<'b> Binder<'b> {
    pub(super) fn new(settings: Settings<'b>, context: &'b LogContext) -> Self {
        let key = |name: &String| {
            let found = settings.library.activity_of(name);
            let sure = found.filter(|found| found.by != NameKind::Alias);
            sure.map_or_else(|| name.clone(), |found| found.entry.key.clone())
        };
        Binder {
            settings,
            context,
            region: None,
            facts: Vec::new(),
            known: HashMap::new(),
            open: Vec::new(),
            reading: Reading::default(),
            keys: context.activities.names().iter().map(key).collect(),
        }
    }

    /// The attribute of the log for a key, at one of these levels; the first one goes before.
    pub(super) fn delivered(
        &self,
        key: &str,
        levels: &[AttributeLevel],
    ) -> Option<(AttributeIdx, AttributeLevel)> {
        let is_it = |name: &str| {
            let found = self.settings.library.attribute_of(name);
            found.is_some_and(|found| found.by != NameKind::Alias && found.entry.key == key)
        };
        levels.iter().find_map(|&level| {
            let mut all = self.context.attributes.iter();
            let idx = all.position(|one| one.level == level && is_it(&one.name))?;
            Some((AttributeIdx(idx), level))
        })
    }

    /// An attribute whose values are those of events, or of the case where events have none.
    fn of_events(&mut self, key: &str) -> Option<AttributeIdx> {
        let levels = [AttributeLevel::Event, AttributeLevel::Case];
        let (idx, _) = self.delivered(key, &levels)?;
        self.reading.attributes.insert(idx);
        Some(idx)
    }

    /// The formula of an attribute.
    pub(super) fn attribute(&mut self, key: &str) -> Result<Bound, Lacking> {
        if let Some(known) = self.known.get(key) {
            return Ok(known.clone());
        }
        let formula = self.settings.library.attribute(key).and_then(|one| one.formula.as_ref());
        // An attribute that is computed from itself has nothing to begin with.
        let formula = formula.filter(|_| !self.open.iter().any(|open| open == key));
        let formula = formula.ok_or_else(|| lacking(NeedKind::Attribute, key))?;
        let outer = std::mem::take(&mut self.reading);
        self.open.push(key.to_owned());
        let node = self.bind(formula);
        self.open.pop();
        let reading = std::mem::replace(&mut self.reading, outer);
        let bound = (Arc::new(node?), reading);
        self.known.insert(key.to_owned(), bound.clone());
        Ok(bound)
    }

    /// Whether an attribute of the library is computed for this log.
    pub(super) fn is_computed(&self, key: &str) -> bool {
        let both = [AttributeLevel::Case, AttributeLevel::Event];
        let known = self.settings.library.attribute(key);
        known.is_some_and(|one| {
            one.formula.is_some() && !(one.is_stand_in && self.delivered(key, &both).is_some())
        })
    }

    fn value(&mut self, key: &str) -> Result<Node, Lacking> {
        if self.is_computed(key) {
            let (node, reading) = self.attribute(key)?;
            self.reading.add(&reading);
            return Ok(Node::Shared(node));
        }
        let levels = [AttributeLevel::Case, AttributeLevel::Event];
        let found = self.delivered(key, &levels);
        let (idx, level) = found.ok_or_else(|| lacking(NeedKind::Attribute, key))?;
        self.reading.attributes.insert(idx);
        Ok(Node::Attribute(idx, level))
    }

    fn marks(&self, keys: &[String]) -> Result<Marks, Lacking> {
        let marks: Marks = self.keys.iter().map(|key| keys.contains(key)).collect();
        if marks.contains(&true) {
            return Ok(marks);
        }
        let need = |key: &String| Need { kind: NeedKind::Activity, key: key.clone() };
        Err(keys.iter().map(need).collect())
    }

    fn marks_of(&mut self, set: &ActivitySet) -> Result<Marks, Lacking> {
        match set {
            ActivitySet::Keys(keys) => self.marks(keys),
            ActivitySet::Setting(setting) => {
                let keys = self.setting(setting).texts(setting);
                if keys.is_empty() {
                    return Err(lacking(NeedKind::Setting, setting));
                }
                self.marks(&keys)
            }
        }
    }

    /// The settings, and that this one was asked for.
    fn setting(&mut self, key: &str) -> Settings<'b> {
        self.reading.settings.insert(key.to_owned());
        self.settings
    }

    fn texts(&mut self, set: &TextSet) -> HashSet<String> {
        match set {
            TextSet::Texts(texts) => texts.iter().map(|text| folded(text)).collect(),
            TextSet::Setting(key) => {
                self.setting(key).texts(key).iter().map(|text| folded(text)).collect()
            }
        }
    }

    fn boxed(&mut self, formula: &Formula) -> Result<Box<Node>, Lacking> {
        self.bind(formula).map(Box::new)
    }

    /// Those of some formulas that can be computed; what every one lacks where there is none.
    fn those_of(&mut self, formulas: &[Formula]) -> Result<Vec<Node>, Lacking> {
        let (mut nodes, mut missing) = (Vec::new(), Lacking::new());
        for formula in formulas {
            match self.bind(formula) {
                Ok(node) => nodes.push(node),
                Err(more) => missing.extend(more),
            }
        }
        // A constant alone says nothing about a case.
        if nodes.iter().all(|node| matches!(node, Node::Constant(_))) {
            missing.dedup();
            return Err(missing);
        }
        Ok(nodes)
    }

    fn bind(&mut self, formula: &Formula) -> Result<Node, Lacking> {
        Ok(match formula {
            Formula::Attribute(key) => self.value(key)?,
            Formula::Constant(text) => Node::Constant(text.clone()),
            Formula::DataEnd => Node::DataEnd(self.context.as_of.map(|as_of| as_of.as_us())),
            Formula::FirstTime(set) => Node::Time { marks: self.marks_of(set)?, is_last: false },
            Formula::LastTime(set) => Node::Time { marks: self.marks_of(set)?, is_last: true },
            Formula::FirstEvent(rank) => Node::FirstEvent(self.marks_from_rank(*rank)),
            Formula::FirstOf(of) => Node::FirstOf(self.those_of(of)?),
            Formula::BySetting(setting, of) => {
                let word = self.setting(setting).text(setting);
                let found = of.iter().find(|(known, _)| Some(known) == word.as_ref());
                let (_, formula) = found.ok_or_else(|| lacking(NeedKind::Setting, setting))?;
                self.bind(formula)?
            }
            Formula::When(of, set, then) => {
                Node::When(self.boxed(of)?, self.texts(set), self.boxed(then)?)
            }
            Formula::Named(of, name) => Node::Named(self.boxed(of)?, name.clone()),
            Formula::Between(from, to, working) => {
                let (from, to) = (self.boxed(from)?, self.boxed(to)?);
                Node::Between { from, to, working: self.working(*working) }
            }
            Formula::State(steps, reopening) => self.state(steps, reopening.as_deref())?,
            Formula::Since(of) => Node::Since(self.boxed(of)?),
            Formula::Mapped(of, meanings) => Node::Mapped(self.boxed(of)?, self.meanings(meanings)),
            Formula::Replaced(of, value, by, condition) => {
                self.replaced((of, condition), value, by)?
            }
            Formula::Entered(activities, attribute) => {
                Node::Entered(self.stage(activities.as_deref(), attribute, None)?)
            }
            Formula::OneOf(of, set) => Node::OneOf(self.boxed(of)?, self.texts(set)),
            Formula::Over(of, limit) => Node::Over(self.boxed(of)?, self.boxed(limit)?),
            Formula::AnyOf(of) => Node::AnyOf(self.those_of(of)?),
            Formula::AllOf(of) => {
                Node::AllOf(of.iter().map(|one| self.bind(one)).collect::<Result<_, _>>()?)
            }
            Formula::Has(set) => Node::Has(self.marks_of(set)?),
            Formula::Repeated(set) => Node::Repeated(self.marks_of(set)?),
            Formula::Count(set) => Node::Count(self.marks_of(set)?),
            Formula::LookedUp { setting, column, by, from } => {
                self.looked_up((setting, column), by, from)?
            }
            Formula::Band(of, setting) => self.band(of, setting)?,
            Formula::UsualStay { activities, attribute, group, over, percentile, least } => {
                let stage = (activities.as_deref(), attribute.as_str(), group.as_deref());
                self.usual_stay(stage, over, (*percentile, *least))?
            }
            Formula::PaidAt(documents) => {
                self.marks(&documents.paid)?;
                Node::PaidAt(self.payments(documents))
            }
            Formula::PaymentTime { documents, start, end } => {
                self.payment_time(documents, start.as_ref(), end.as_ref())?
            }
            Formula::DaysLate(documents) => self.days_late(documents)?,
            Formula::Variant => Node::Variant,
            Formula::Cost { setting, columns, per_day, currency } => {
                self.cost(setting, columns, per_day.as_ref(), currency.as_ref())?
            }
            Formula::Converted { of, currency, rates, day } => {
                self.converted((of, day), currency, rates)?
            }
        })
    }

    /// A condition that cannot be told replaces nothing.
    fn replaced(
        &mut self,
        (of, condition): (&Formula, &Formula),
        value: &str,
        by: &str,
    ) -> Result<Node, Lacking> {
        let of = self.boxed(of)?;
        let Ok(condition) = self.boxed(condition) else { return Ok(*of) };
        Ok(Node::Replaced { of, value: value.to_owned(), by: by.to_owned(), condition })
    }

    fn usual_stay(
        &mut self,
        (activities, attribute, group): (Option<&[String]>, &str, Option<&str>),
        over: &Formula,
        (percentile, least): (i64, i64),
    ) -> Result<Node, Lacking> {
        let stage = self.stage(activities, attribute, group)?;
        let again = self.stage(activities, attribute, group)?;
        let over = self.bind(over)?;
        let fact = self.fact(FactPlan::Stays { stage: again, over, percentile, least });
        Ok(Node::UsualStay { stage, fact })
    }

    fn payment_time(
        &mut self,
        documents: &Documents,
        start: Option<&(String, Vec<(String, ClockStart)>)>,
        end: Option<&(String, Vec<(String, ClockEnd)>)>,
    ) -> Result<Node, Lacking> {
        self.marks(&documents.opened)?;
        self.marks(&documents.paid)?;
        let mut node = self.payments(documents);
        node.start = self.word_of(start).unwrap_or(ClockStart::Opened);
        node.end = self.word_of(end).unwrap_or(ClockEnd::All);
        self.working(true);
        Ok(Node::PaymentTime(node))
    }

    fn converted(
        &mut self,
        (of, day): (&Formula, &Formula),
        currency: &str,
        rates: &str,
    ) -> Result<Node, Lacking> {
        let (amount, again) = (self.boxed(of)?, self.bind(of)?);
        let (day, rates) = (self.boxed(day)?, self.rates(rates));
        let plan = match self.setting(currency).text(currency) {
            Some(code) => FactPlan::Known(Arc::new(Fact::Currency(Some(code)))),
            None => FactPlan::Currency(again),
        };
        Ok(Node::Converted { of: amount, day, currency: self.fact(plan), rates })
    }

    /// A fact of all cases, which the formula that is being looked up needs.
    fn fact(&mut self, plan: FactPlan) -> FactIdx {
        let idx = FactIdx(self.facts.len());
        self.facts.push(FactCell::new(plan, self.reading.clone()));
        self.reading.facts.insert(idx);
        idx
    }

    /// Whether working time counts, where a formula follows the settings.
    fn working(&mut self, wanted: bool) -> bool {
        if let Some(calendar) = self.settings.library.process.calendar.as_ref().filter(|_| wanted) {
            let keys = [&calendar.on, &calendar.hours, &calendar.holidays, &calendar.zone];
            self.reading.settings.extend(keys.into_iter().cloned());
            self.reading.attributes.extend(self.region);
        }
        wanted
    }

    fn word_of<C: Copy>(&mut self, setting: Option<&(String, Vec<(String, C)>)>) -> Option<C> {
        let (setting, words) = setting?;
        let word = self.setting(setting).text(setting)?;
        words.iter().find(|(known, _)| *known == word).map(|(_, choice)| *choice)
    }

    fn marks_from_rank(&self, rank: i64) -> Marks {
        let activities = &self.context.activities;
        let marks = activities.codes().map(|code| {
            let known = self.settings.library.activity(&self.keys[code.idx()]);
            let is_before =
                known.and_then(|one| one.rank).is_some_and(|known| i64::from(known) < rank);
            !is_before && !activities.is_auxiliary(code)
        });
        marks.collect()
    }

    fn state(
        &mut self,
        steps: &[(String, Vec<String>)],
        reopening: Option<&Reopening>,
    ) -> Result<Node, Lacking> {
        let mut values: Vec<String> = Vec::new();
        let mut of_code: Vec<Option<usize>> = vec![None; self.keys.len()];
        let mut missing = Lacking::new();
        for (value, keys) in steps {
            let idx = values.iter().position(|known| known == value).unwrap_or_else(|| {
                values.push(value.clone());
                values.len() - 1
            });
            match self.marks(keys) {
                Ok(marks) => {
                    let marked = of_code.iter_mut().zip(marks).filter(|(_, is_it)| *is_it);
                    marked.for_each(|(state, _)| *state = Some(idx));
                }
                Err(more) => missing.extend(more),
            }
        }
        if of_code.iter().all(Option::is_none) {
            return Err(missing);
        }
        let reopening = reopening.and_then(|one| {
            let state = values.iter().position(|known| *known == one.value)?;
            self.reopening(one, state)
        });
        Ok(Node::State { of_code, values, reopening })
    }

    fn reopening(&mut self, one: &Reopening, state: usize) -> Option<ReopeningNode> {
        let marks = self.marks(&one.activities).ok()?;
        let rows = self.setting(&one.setting).rows(&one.setting);
        let of_class =
            (0..rows.len()).filter(|&row| rows.text(row, &one.column) == Some(one.class.as_str()));
        let cells = |row: usize| {
            let cells = one.by.iter().map(|(column, _)| rows.text(row, column).map(folded));
            cells.collect()
        };
        let rows: Vec<Vec<Option<String>>> = of_class.map(cells).collect();
        let by: Vec<Option<AttributeIdx>> =
            one.by.iter().map(|(_, key)| self.of_events(key)).collect();
        let same = one.same.as_ref().and_then(|key| self.of_events(key));
        (!rows.is_empty()).then_some(ReopeningNode { state, marks, rows, by, same })
    }

    fn meanings(&mut self, meanings: &Meanings) -> HashMap<String, String> {
        match meanings {
            Meanings::Pairs(pairs) => {
                pairs.iter().map(|(text, meaning)| (folded(text), meaning.clone())).collect()
            }
            Meanings::Setting { setting, from, to } => {
                let rows = self.setting(setting).rows(setting);
                let pair = |row| Some((folded(rows.text(row, from)?), rows.text(row, to)?));
                let pairs = (0..rows.len()).filter_map(pair);
                pairs.map(|(text, meaning)| (text, meaning.to_owned())).collect()
            }
        }
    }

    fn stage(
        &mut self,
        activities: Option<&[String]>,
        attribute: &str,
        group: Option<&str>,
    ) -> Result<StageNode, Lacking> {
        let marks = activities.map(|keys| self.marks(keys)).transpose()?;
        let found = self.delivered(attribute, &[AttributeLevel::Event]);
        let (idx, _) = found.ok_or_else(|| lacking(NeedKind::Attribute, attribute))?;
        self.reading.attributes.insert(idx);
        let group = group.and_then(|key| self.of_events(key));
        Ok(StageNode { marks, attribute: idx, group })
    }

    fn looked_up(
        &mut self,
        (setting, column): (&str, &str),
        by: &[(String, Formula)],
        from: &[(String, Formula)],
    ) -> Result<Node, Lacking> {
        let settings = self.setting(setting);
        let rows = settings.rows(setting);
        let is_days = settings.unit(setting, Some(column)) == Some(ValueUnit::Days);
        let row = |row| {
            let answer = answer(rows.number(row, column), rows.text(row, column), is_days)?;
            let texts = by.iter().map(|(column, _)| rows.text(row, column).map(folded));
            let amounts = from.iter().map(|(column, _)| rows.number(row, column));
            Some(LookupRow { texts: texts.collect(), amounts: amounts.collect(), answer })
        };
        let rows: Vec<LookupRow> = (0..rows.len()).filter_map(row).collect();
        if rows.is_empty() {
            return Err(lacking(NeedKind::Setting, setting));
        }
        let by = by.iter().map(|(_, formula)| self.bind(formula).ok()).collect();
        let from = from.iter().map(|(_, formula)| self.bind(formula).ok()).collect();
        Ok(Node::LookedUp { rows, by, from })
    }

    fn band(&mut self, of: &Formula, setting: &str) -> Result<Node, Lacking> {
        let (node, again) = (self.boxed(of)?, self.bind(of)?);
        let settings = self.setting(setting);
        let bounds: Vec<Decimal> =
            settings.texts(setting).iter().filter_map(|text| Decimal::parse(text)).collect();
        let are_shares = settings.unit(setting, None) == Some(ValueUnit::Share);
        let plan = if bounds.is_empty() {
            FactPlan::Quartiles(again)
        } else {
            FactPlan::Known(Arc::new(Fact::Bands(Bands::new(bounds, are_shares))))
        };
        Ok(Node::Band { of: node, bounds: self.fact(plan) })
    }

    fn payments(&mut self, documents: &Documents) -> PaymentNode {
        let none = || vec![false; self.keys.len()];
        let marks = |keys: &[String]| self.marks(keys).unwrap_or_else(|_| none());
        let (opened, paid) = (marks(&documents.opened), marks(&documents.paid));
        let (credited, sent) = (marks(&documents.credited), marks(&documents.sent));
        let patterns = self.settings.library.terms.clone();
        let after = patterns.iter().flat_map(|one| &one.after);
        let instalments = after.filter_map(|key| {
            let marks = self.marks(std::slice::from_ref(key)).ok()?;
            Some((key.clone(), marks))
        });
        let instalments = instalments.collect();
        let mut of = |key: &Option<String>| key.as_ref().and_then(|key| self.of_events(key));
        let (id, amount) = (of(&documents.id), of(&documents.amount));
        let (paid_amount, is_final) = (of(&documents.paid_amount), of(&documents.is_final));
        let due = documents.due.as_ref();
        let due = due.and_then(|key| self.delivered(key, &[AttributeLevel::Event]));
        let levels = [AttributeLevel::Event, AttributeLevel::Case];
        let terms: Vec<(AttributeIdx, AttributeLevel)> = levels
            .into_iter()
            .filter_map(|level| self.delivered(documents.terms.as_ref()?, &[level]))
            .collect();
        self.reading.attributes.extend(due.iter().chain(&terms).map(|(idx, _)| *idx));
        let tolerance = documents.tolerance.as_ref();
        let tolerance = tolerance.and_then(|key| self.setting(key).number(key));
        PaymentNode {
            opened,
            paid,
            credited,
            sent,
            id,
            amount,
            paid_amount,
            is_final,
            due: due.map(|(idx, _)| idx),
            terms,
            tolerance: tolerance.unwrap_or(Decimal::new(0, 0)),
            patterns,
            instalments,
            start: ClockStart::Opened,
            end: ClockEnd::All,
            data_end: self.context.as_of.map(|as_of| as_of.as_us()),
        }
    }

    fn days_late(&mut self, documents: &Documents) -> Result<Node, Lacking> {
        self.marks(&documents.opened)?;
        let node = self.payments(documents);
        if node.due.is_none() && node.terms.is_empty() {
            let keys = documents.due.iter().chain(&documents.terms);
            return Err(keys.flat_map(|key| lacking(NeedKind::Attribute, key)).collect());
        }
        Ok(Node::DaysLate(node))
    }

    fn cost(
        &mut self,
        setting: &str,
        [activity, minutes, rate]: &[String; 3],
        per_day: Option<&String>,
        currency: Option<&String>,
    ) -> Result<Node, Lacking> {
        let rows = self.setting(setting).rows(setting);
        let cost = |row| {
            let key = rows.text(row, activity)?;
            let (minutes, rate) = (rows.number(row, minutes)?, rows.number(row, rate)?);
            let power = 10_i128.checked_pow(u32::from(minutes.scale + rate.scale))?;
            let product = minutes.mantissa.checked_mul(rate.mantissa)?;
            Some((key, Decimal::quotient(product, 60 * power, MONEY_SCALE + 4)))
        };
        let costs: HashMap<&str, Decimal> = (0..rows.len()).filter_map(cost).collect();
        let per_day = per_day.and_then(|key| self.setting(key).number(key));
        if costs.is_empty() && per_day.is_none() {
            return Err(lacking(NeedKind::Setting, setting));
        }
        let of_event = self.keys.iter().map(|key| costs.get(key.as_str()).copied()).collect();
        let currency = currency.and_then(|key| self.setting(key).text(key));
        Ok(Node::Cost(CostNode { of_event, per_day, currency }))
    }

    /// The rates of the settings, else those of the log.
    fn rates(&mut self, setting: &str) -> RateTable {
        let rows = self.setting(setting).rows(setting);
        if rows.len() == 0 {
            return self.context.rates.clone().unwrap_or_default();
        }
        let mut table = RateTable::default();
        for row in 0..rows.len() {
            let day = rows.text(row, "day").and_then(|day| day.parse::<jiff::civil::Date>().ok());
            let pair = rows.text(row, "from").zip(rows.text(row, "to"));
            let (Some(day), Some((from, to)), Some(rate)) = (day, pair, rows.number(row, "rate"))
            else {
                continue;
            };
            let epoch = jiff::civil::date(1970, 1, 1);
            let days = epoch.until(day).map_or(0, |span| i64::from(span.get_days()));
            table.insert(days, from, to, rate);
        }
        table
    }
}
