//! When is something due, if its payment terms are written as people write them?
//!
//! A pattern is a text with places for numbers, such as `net {days}`. Case, accents, width, blanks
//! and punctuation make no difference; every number of the text must have its place.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use paydirt_model::say;

use crate::folding::plain;
use crate::library::Library;
use crate::library::entry::{Entry, Placed};
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

/// Most digits of a number in payment terms.
const DIGITS_MAX: usize = 4;

/// Terms that are written in one of several ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::TermsPattern)]
pub struct TermsPattern {
    /// Its key.
    pub key: String,
    /// What such terms are called.
    pub name: Texts,
    /// How they are written: `{days}` until due, `{percent}` of an instalment, `{discount}` per
    /// cent for paying within `{within}` days.
    pub texts: Vec<String>,
    /// Months until due, before days are added.
    pub months: i64,
    /// Whether they are due at the end of the month that is reached.
    pub month_end: bool,
    /// Of instalments: the activity with which each is due, in the order of the percentages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
}

/// Payment terms that were understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentTerms {
    /// The key of the pattern.
    pub key: String,
    /// What is due when; one instalment of 100 per cent in most cases.
    pub instalments: Vec<Instalment>,
    /// What is saved by paying early.
    pub early: Option<EarlyPayment>,
}

/// A part of the sum, and when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// Its share, in per cent.
    pub percent: u32,
    /// The activity with which it is due; the date of the document where there is none.
    pub after: Option<String>,
    months: i64,
    days: i64,
    is_month_end: bool,
}

/// A discount for paying early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlyPayment {
    /// The discount, in per cent.
    pub percent: u32,
    /// Days within which it holds.
    pub within_days: u32,
}

impl Instalment {
    /// The day on which it is due, counted from the day of its document or activity; `None` beyond
    /// the calendar.
    #[must_use]
    pub fn due(&self, from: Date) -> Option<Date> {
        let after = from.checked_add(Span::new().try_months(self.months).ok()?).ok()?;
        let day = after.checked_add(Span::new().try_days(self.days).ok()?).ok()?;
        Some(if self.is_month_end { day.last_of_month() } else { day })
    }
}

/// A place for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Days,
    Percent,
    Discount,
    Within,
}

const SLOTS: &[(&str, Slot)] = &[
    ("days", Slot::Days),
    ("percent", Slot::Percent),
    ("discount", Slot::Discount),
    ("within", Slot::Within),
];

/// A part of terms, as they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Number(u32),
    Sign(char),
    Slot(Slot),
}

/// The parts of a text; `None` where a number is too long to be one of days or per cent.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut run = String::new();
    for sign in plain(text.chars()).chain([' ']) {
        let is_digit = |sign: char| sign.is_ascii_digit();
        let is_same = run.chars().next_back().is_some_and(|last| is_digit(last) == is_digit(sign));
        let goes_on = is_same && sign.is_alphanumeric();
        if !(run.is_empty() || goes_on) {
            parts.push(part(&run)?);
            run.clear();
        }
        if sign.is_alphanumeric() || sign == 'ー' {
            run.push(sign);
        } else if matches!(sign, '%' | '/') {
            parts.push(Part::Sign(sign));
        }
    }
    Some(parts)
}

fn part(run: &str) -> Option<Part> {
    if !run.starts_with(|sign: char| sign.is_ascii_digit()) {
        return Some(Part::Word(run.to_owned()));
    }
    (run.len() <= DIGITS_MAX).then(|| run.parse().ok().map(Part::Number))?
}

/// The parts of a pattern, or what is written where a place for a number should be.
fn pattern(text: &str) -> Result<Vec<Part>, String> {
    let mut all = Vec::new();
    let mut rest = text;
    loop {
        let (before, place) = match rest.split_once('{') {
            Some((before, place)) => (before, Some(place)),
            None => (rest, None),
        };
        all.extend(parts(before).ok_or_else(|| before.to_owned())?);
        let Some(place) = place else { return Ok(all) };
        let (name, after) = place.split_once('}').ok_or_else(|| place.to_owned())?;
        let slot = SLOTS.iter().find(|(known, _)| *known == name);
        all.push(Part::Slot(slot.ok_or_else(|| name.to_owned())?.1));
        rest = after;
    }
}

/// The numbers of a text in the places of a pattern, if it is one of the pattern.
fn numbers(pattern: &[Part], text: &[Part]) -> Option<Vec<(Slot, u32)>> {
    if pattern.len() != text.len() {
        return None;
    }
    let mut numbers = Vec::new();
    for pair in pattern.iter().zip(text) {
        match pair {
            (Part::Slot(slot), Part::Number(number)) => numbers.push((*slot, *number)),
            (wanted, written) if wanted == written => {}
            _ => return None,
        }
    }
    Some(numbers)
}

impl TermsPattern {
    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&TermsPattern>,
    ) -> Option<TermsPattern> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let texts = entry.list("texts");
        let months = entry.whole("months").or(known.map(|known| known.months));
        let month_end = entry.flag("month_end").or(known.map(|known| known.month_end));
        let after = entry.list("after");
        entry.finish();
        for activity in after.iter().flatten() {
            reading.refers(Subject::Activity, activity);
        }
        let after = after.map(|keys| keys.into_iter().map(|key| key.value).collect());
        let after: Vec<String> =
            after.or(known.map(|known| known.after.clone())).unwrap_or_default();
        let mut all = known.map(|known| known.texts.clone()).unwrap_or_default();
        for text in texts.into_iter().flatten() {
            if is_pattern(entry, &text, after.len()) && !all.contains(&text.value) {
                all.push(text.value);
            }
        }
        let (months, month_end) = (months.unwrap_or(0), month_end.unwrap_or(false));
        Some(TermsPattern {
            key: key.to_owned(),
            name: name?,
            texts: all,
            months,
            month_end,
            after,
        })
    }

    /// What the numbers of a text mean.
    fn terms(&self, numbers: &[(Slot, u32)]) -> Option<PaymentTerms> {
        let all = |wanted: Slot| {
            numbers.iter().filter(move |(slot, _)| *slot == wanted).map(|(_, number)| *number)
        };
        let days = i64::from(all(Slot::Days).next().unwrap_or(0));
        let instalment = |percent, after| Instalment {
            percent,
            after,
            months: self.months,
            days,
            is_month_end: self.month_end,
        };
        let instalments: Vec<Instalment> = if self.after.is_empty() {
            vec![instalment(100, None)]
        } else {
            let parts = all(Slot::Percent).zip(&self.after);
            parts.map(|(percent, after)| instalment(percent, Some(after.clone()))).collect()
        };
        let sum: u32 = instalments.iter().map(|one| one.percent).sum();
        let early = all(Slot::Discount).next().zip(all(Slot::Within).next());
        let early = early.map(|(percent, within_days)| EarlyPayment { percent, within_days });
        (sum == 100).then(|| PaymentTerms { key: self.key.clone(), instalments, early })
    }
}

/// Whether a text is a pattern with a percentage for each activity; that it is not is noted.
fn is_pattern(entry: &Entry<'_>, text: &Placed<String>, instalments: usize) -> bool {
    let Placed { value, place } = text;
    let detail = match pattern(value) {
        Ok(parts) => {
            let is_percent = |part: &&Part| **part == Part::Slot(Slot::Percent);
            if parts.iter().filter(is_percent).count() == instalments {
                return true;
            }
            say!(
                "\"{value}\" must have \"{place}\" once for each activity in \"after\".",
                value = value.as_str(),
                place = "{percent}"
            )
        }
        Err(written) => {
            let known: Vec<&str> = SLOTS.iter().map(|(name, _)| *name).collect();
            say!(
                "\"{written}\" is no place for a number. Expected one of: {known}.",
                written,
                known
            )
        }
    };
    entry.file.note_at(place, detail);
    false
}

impl Library {
    /// What payment terms mean; `None` where they are written in no known way.
    #[must_use]
    pub fn payment_terms(&self, text: &str) -> Option<PaymentTerms> {
        understood(&self.terms, text)
    }
}

/// What payment terms mean by the first pattern that fits.
pub(crate) fn understood(patterns: &[TermsPattern], text: &str) -> Option<PaymentTerms> {
    let written = parts(text)?;
    patterns.iter().find_map(|one| {
        let mut patterns = one.texts.iter().filter_map(|text| pattern(text).ok());
        let numbers = patterns.find_map(|pattern| numbers(&pattern, &written))?;
        one.terms(&numbers)
    })
}
