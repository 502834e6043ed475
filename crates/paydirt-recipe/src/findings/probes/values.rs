//! Is a value of a case wrong, missing, or at odds with its events?

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::number::Decimal;

use crate::findings::Hit;
use crate::findings::probes::{Probe, first};
use crate::library::quality::CheckKind;
use crate::library::values::{CellValue, PlainValue, SettingValue};

impl<'l> Probe<'l> {
    /// The places of all values that the case has of the attributes.
    pub(super) fn each_value<'c>(
        &'c self,
        case: &'c Case<'_>,
    ) -> impl Iterator<Item = (usize, &'l Attribute, usize)> {
        self.attributes().iter().enumerate().flat_map(move |(idx, &attribute)| {
            let events = match attribute.level {
                AttributeLevel::Case => case.event_count() - 1..case.event_count(),
                AttributeLevel::Event => 0..case.event_count(),
            };
            let has_value = move |&event: &usize| {
                let (column, place) = case.cell(attribute, event);
                !column.is_blank(place)
            };
            events.filter(has_value).map(move |event| (idx, attribute, event))
        })
    }

    /// Where the value stands that holds in the end: that of the case, else the last of its events.
    pub(super) fn settled_value(&self, case: &Case<'_>) -> Option<(&'l Attribute, usize)> {
        let all = || self.each_value(case).map(|(_, attribute, event)| (attribute, event));
        let of_case = all().find(|(attribute, _)| attribute.level == AttributeLevel::Case);
        of_case.or_else(|| all().last())
    }

    /// By code: whether a text of an attribute is wrong. Texts are looked at once, however often
    /// they stand in the log.
    fn wrong(&self, idx: usize) -> &[bool] {
        let all = self.wrong.get_or_init(|| {
            let marks = self.attributes().iter().map(|attribute| {
                let count = match attribute.kind {
                    AttributeType::Text | AttributeType::Money => attribute.texts.len(),
                    _ => 0,
                };
                let texts = (0..count).map(|code| attribute.texts.get(code));
                texts.map(|text| self.is_wrong_text(attribute, text)).collect()
            });
            marks.collect()
        });
        &all[idx]
    }

    fn is_wrong_text(&self, attribute: &Attribute, text: &str) -> bool {
        match self.check.kind {
            CheckKind::Word => {
                let text = text.to_lowercase();
                let mut words = text.split(|one: char| !one.is_alphanumeric());
                words.any(|word| self.check.values.iter().any(|wrong| wrong == word))
            }
            CheckKind::NoTerms => self.library.payment_terms(text).is_none(),
            CheckKind::IdOnly => {
                let digits = text.chars().filter(|one| one.is_numeric()).count();
                let letters = text.chars().filter(|one| one.is_alphabetic()).count();
                letters < digits
            }
            CheckKind::UnknownValue | CheckKind::NoRate => !self.is_in_setting(text),
            CheckKind::NotPositive => Decimal::parse(text).is_none_or(|one| one.mantissa <= 0),
            _ => self.is_one_of_values(attribute, text),
        }
    }

    /// Whether a text is, or means, one of the values of the check.
    fn is_one_of_values(&self, attribute: &Attribute, text: &str) -> bool {
        let known = self.library.attribute_of(&attribute.name);
        let meant = known.and_then(|known| known.entry.value_of(text));
        let meant = meant.map_or(text, |meant| meant.key.as_str());
        self.check.values.iter().any(|wrong| wrong == meant)
    }

    /// Whether a text stands in one of the columns `values` of the table that is the setting.
    fn is_in_setting(&self, text: &str) -> bool {
        let Some(SettingValue::Rows(rows)) = self.setting else { return false };
        rows.iter().any(|row| {
            self.check.values.iter().any(|column| match row.get(column) {
                Some(CellValue::One(PlainValue::Text(known))) => known == text,
                _ => false,
            })
        })
    }

    pub(super) fn contradicting(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = first(case, &self.activities) else { return 0 };
        if first(case, &self.after).is_some() {
            return 1;
        }
        let Some((attribute, place)) = self.settled_value(case) else { return 1 };
        let (column, cell) = case.cell(attribute, place);
        let mut columns = self.attributes().iter();
        let idx = columns.position(|one| std::ptr::eq(*one, attribute));
        let is_wrong = match (column.text_code(cell), idx) {
            (Some(code), Some(idx)) => self.wrong(idx)[code as usize],
            _ => {
                let value = case.value(attribute, place).map(|value| value.to_string());
                value.is_some_and(|value| self.is_one_of_values(attribute, &value))
            }
        };
        if is_wrong {
            let value = case.value(attribute, place).map(|value| value.to_string());
            hits.push(Hit { event, value });
        }
        1
    }

    pub(super) fn values(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(begin) = self.begins(case) else { return 0 };
        let mut looked_at = 0;
        for (idx, attribute, event) in self.each_value(case) {
            looked_at += 1;
            if !self.is_wrong(case, (idx, attribute), event) {
                continue;
            }
            let value = case.value(attribute, event).map(|value| value.to_string());
            // A value of the case arises where the case comes under the check.
            let event = if attribute.level == AttributeLevel::Case { begin } else { event };
            hits.push(Hit { event, value });
        }
        looked_at
    }

    fn is_wrong(
        &self,
        case: &Case<'_>,
        (idx, attribute): (usize, &Attribute),
        event: usize,
    ) -> bool {
        let (column, place) = case.cell(attribute, event);
        let is_amount = matches!(
            attribute.kind,
            AttributeType::Integer | AttributeType::Decimal | AttributeType::Money
        );
        let number = column.number(place).filter(|_| is_amount);
        match self.check.kind {
            CheckKind::NotPositive if is_amount => number.is_some_and(|number| number <= 0),
            CheckKind::AboveOne => {
                let one = 10_i128.checked_pow(u32::from(attribute.scale));
                let one = one.unwrap_or(i128::MAX);
                number.is_some_and(|number| one < i128::from(number))
            }
            CheckKind::NoCurrency => {
                attribute.kind != AttributeType::Money || column.currency_code(place).is_none()
            }
            CheckKind::NoRate => {
                let code = column.currency_code(place);
                code.is_some_and(|code| self.wrong(idx)[usize::from(code)])
            }
            _ => match column.text_code(place) {
                Some(code) => self.wrong(idx)[code as usize],
                None => {
                    let value = case.value(attribute, event).map(|value| value.to_string());
                    value.is_some_and(|value| self.is_wrong_text(attribute, &value))
                }
            },
        }
    }

    /// The first event whose value differs from the one before it.
    pub(super) fn varying(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let mut of_events = self
            .each_value(case)
            .filter(|(_, attribute, _)| attribute.level == AttributeLevel::Event);
        let Some((_, attribute, before)) = of_events.next() else { return 0 };
        let value = |event: usize| {
            let (column, place) = case.cell(attribute, event);
            (column.text_code(place), column.number(place), column.currency_code(place))
        };
        let known = value(before);
        if let Some((.., event)) = of_events.find(|&(.., event)| value(event) != known) {
            let value = case.value(attribute, event).map(|value| value.to_string());
            hits.push(Hit { event, value });
        }
        1
    }
}
