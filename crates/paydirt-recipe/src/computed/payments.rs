//! When were the documents of a case paid, how long did it take, and were they late?
//!
//! A document is paid when its payments, and what was taken off it, reach its amount, but for the
//! share that may be missing. Where amounts are not known, the payment marked as the final one
//! pays it, else the last. A payment without a number belongs to the first document that is not
//! paid yet.

use std::collections::HashMap;

use jiff::civil::Date;
use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::number::{Decimal, divide_half_even};

use crate::computed::node::{Look, Marks};
use crate::computed::value::{Moment, Value, compare};
use crate::library::formula::{ClockEnd, ClockStart};
use crate::library::terms::{PaymentTerms, TermsPattern, understood};

/// How documents and payments are found in a log.
#[derive(Debug)]
pub(super) struct PaymentNode {
    pub(super) opened: Marks,
    pub(super) paid: Marks,
    pub(super) credited: Marks,
    pub(super) sent: Marks,
    pub(super) id: Option<AttributeIdx>,
    pub(super) amount: Option<AttributeIdx>,
    pub(super) paid_amount: Option<AttributeIdx>,
    pub(super) is_final: Option<AttributeIdx>,
    pub(super) due: Option<AttributeIdx>,
    pub(super) terms: Vec<(AttributeIdx, AttributeLevel)>,
    pub(super) tolerance: Decimal,
    pub(super) patterns: Vec<TermsPattern>,
    /// By key of the activity after which an instalment is due.
    pub(super) instalments: HashMap<String, Marks>,
    pub(super) start: ClockStart,
    pub(super) end: ClockEnd,
    pub(super) data_end: Option<i64>,
}

/// A document.
#[derive(Debug, Clone)]
pub(super) struct Bill {
    event: usize,
    id: Option<String>,
    amount: Option<Decimal>,
    /// Events that pay it or take off it, with their amounts, in order.
    payments: Vec<Payment>,
}

#[derive(Debug, Clone)]
struct Payment {
    event: usize,
    amount: Option<Decimal>,
    is_final: bool,
    /// Whether money came in; else something was taken off.
    is_money: bool,
}

impl Bill {
    /// The first event after which so much of the amount (in per cent) is paid.
    fn reached(&self, percent: u32, tolerance: Decimal) -> Option<usize> {
        let money = || self.payments.iter().filter(|payment| payment.is_money);
        let Some(amount) = self.amount.filter(|_| money().all(|one| one.amount.is_some())) else {
            let last = money().rev().find(|payment| payment.is_final).or(money().next_back());
            return last.map(|payment| payment.event);
        };
        // amount × percent × (1 − tolerance), at a scale where it is exact.
        let keep = 10_i128.pow(u32::from(tolerance.scale)) - tolerance.mantissa;
        let wanted = amount.mantissa.checked_mul(i128::from(percent))?.checked_mul(keep)?;
        let wanted = Decimal::new(wanted, amount.scale + 2 + tolerance.scale);
        let mut sum = Decimal::new(0, amount.scale);
        self.payments.iter().find_map(|payment| {
            sum = add(sum, payment.amount.unwrap_or(Decimal::new(0, 0)));
            let is_enough = payment.is_money && compare(sum, wanted).is_ge();
            // What is taken off may settle what payments have left.
            (is_enough || compare(sum, wanted).is_ge()).then_some(payment.event)
        })
    }

    fn is_open(&self, tolerance: Decimal) -> bool {
        self.amount.is_none() || self.reached(100, tolerance).is_none()
    }
}

fn add(left: Decimal, right: Decimal) -> Decimal {
    let scale = left.scale.max(right.scale);
    Decimal::new(left.at_scale(scale).0 + right.at_scale(scale).0, scale)
}

impl PaymentNode {
    /// The documents of a case with their payments, and the payments that belong to none.
    fn bills(&self, look: &Look<'_>) -> (Vec<Bill>, Vec<Payment>) {
        let text = |attribute: Option<AttributeIdx>, event| {
            attribute.and_then(|attribute| look.text_at(attribute, event)).map(String::from)
        };
        let number = |attribute: Option<AttributeIdx>, event| {
            attribute.and_then(|attribute| look.at(attribute, event).number())
        };
        let mut bills: Vec<Bill> = Vec::new();
        for event in look.all(&self.opened) {
            let id = text(self.id, event);
            if id.is_some() && bills.iter().any(|bill| bill.id == id) {
                continue;
            }
            let amount = number(self.amount, event);
            bills.push(Bill { event, id, amount, payments: Vec::new() });
        }
        let mut loose = Vec::new();
        for (event, code) in look.case.activities().iter().enumerate() {
            let (is_money, is_credit) = (self.paid[code.idx()], self.credited[code.idx()]);
            if !is_money && !is_credit {
                continue;
            }
            let amount = if is_money { self.paid_amount } else { self.amount };
            let is_final = self.is_final.and_then(|one| look.at(one, event).flag()) == Some(true);
            let payment = Payment { event, amount: number(amount, event), is_final, is_money };
            let id = text(self.id, event);
            let by_id =
                id.and_then(|id| bills.iter().position(|bill| bill.id.as_ref() == Some(&id)));
            let by_order = || bills.iter().position(|bill| bill.is_open(self.tolerance));
            match by_id.or_else(by_order).or(bills.len().checked_sub(1)) {
                Some(idx) => bills[idx].payments.push(payment),
                None => loose.push(payment),
            }
        }
        (bills, loose)
    }

    fn settled(&self, bill: &Bill) -> Option<usize> {
        bill.reached(100, self.tolerance)
    }

    /// When the last document was paid; nothing where one is open.
    pub(super) fn paid_at(&self, look: &Look<'_>) -> Option<Moment> {
        let (bills, loose) = self.bills(look);
        if bills.is_empty() {
            let last = loose.iter().rev().find(|payment| payment.is_final);
            let last = last.or_else(|| loose.iter().rev().find(|payment| payment.is_money));
            return last.map(|payment| look.moment(payment.event));
        }
        let settled: Option<Vec<usize>> = bills.iter().map(|bill| self.settled(bill)).collect();
        settled?.into_iter().max().map(|event| look.moment(event))
    }

    /// The mean time until payment of the documents that were paid.
    pub(super) fn time_us(&self, look: &Look<'_>) -> Option<i64> {
        let (bills, _) = self.bills(look);
        let mut spans = Vec::new();
        for bill in &bills {
            let end = match self.end {
                ClockEnd::All => self.settled(bill),
                ClockEnd::First => {
                    bill.payments.iter().find(|payment| payment.is_money).map(|one| one.event)
                }
            };
            let (Some(end), Some(start)) = (end, self.clock_start(look, bill)) else { continue };
            spans.push(i128::from(look.between_us(start, look.moment(end), true)));
        }
        let count = i128::try_from(spans.len()).ok().filter(|count| *count > 0)?;
        i64::try_from(divide_half_even(spans.into_iter().sum(), count)).ok()
    }

    fn clock_start(&self, look: &Look<'_>, bill: &Bill) -> Option<Moment> {
        let opened = look.moment(bill.event);
        match self.start {
            ClockStart::Opened => Some(opened),
            ClockStart::Sent => {
                let mut sent = look.all(&self.sent).into_iter();
                let id = |event| self.id.and_then(|id| look.text_at(id, event)).map(String::from);
                let of_bill = sent.find(|&event| bill.id.is_none() || id(event) == bill.id);
                Some(of_bill.map_or(opened, |event| look.moment(event)))
            }
            ClockStart::Due => {
                let (day, _) = *self.due(look, bill)?.last()?;
                let midnight = day.to_zoned(look.common.zone.clone()).ok()?.timestamp();
                Some(Moment { us: midnight.as_microsecond(), is_day: true })
            }
        }
    }

    /// When the parts of a document are due, and how much of it (in per cent) must be paid then.
    fn due(&self, look: &Look<'_>, bill: &Bill) -> Option<Vec<(Date, u32)>> {
        let zone = &look.common.zone;
        let date = |moment: Moment| moment.timestamp().local_date(zone);
        if let Some(Value::Time(due)) = self.due.map(|due| look.at(due, bill.event)) {
            return Some(vec![(date(due), 100)]);
        }
        let opened = date(look.moment(bill.event));
        let mut texts = self.terms.iter().filter_map(|(terms, level)| match level {
            AttributeLevel::Event => look.text_at(*terms, bill.event),
            AttributeLevel::Case => look.text_at(*terms, 0),
        });
        let terms = self.understood(look, &texts.next()?)?;
        let mut percent = 0;
        let parts = terms.instalments.iter().map(|part| {
            let after = part.after.as_ref().and_then(|key| self.instalments.get(key));
            let after = after.and_then(|marks| look.first(marks));
            let from = after.map_or(opened, |event| date(look.moment(event)));
            percent += part.percent;
            Some((part.due(from)?, percent))
        });
        parts.collect()
    }

    fn understood(&self, look: &Look<'_>, text: &str) -> Option<PaymentTerms> {
        if let Some(known) = look.terms.borrow().get(text) {
            return known.clone();
        }
        let read = understood(&self.patterns, text);
        look.terms.borrow_mut().insert(text.to_owned(), read.clone());
        read
    }

    /// By how many days the latest document was paid after it was due; what is not paid is late up
    /// to the end of the data.
    pub(super) fn days_late(&self, look: &Look<'_>) -> Option<i64> {
        let zone = &look.common.zone;
        let (bills, _) = self.bills(look);
        let mut worst = None;
        for bill in &bills {
            let Some(parts) = self.due(look, bill) else { continue };
            for (day, percent) in parts {
                let paid = bill.reached(percent, self.tolerance).map(|event| look.moment(event));
                let paid = paid.or(self.data_end.map(Moment::instant));
                let Some(paid) = paid.map(|paid| paid.timestamp().local_date(zone)) else {
                    continue;
                };
                let late = i64::from(paid.since(day).ok()?.get_days());
                worst = worst.max(Some(late));
            }
        }
        worst
    }
}
