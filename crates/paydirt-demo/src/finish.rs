//! What is known of a deal at the world's as-of time: close dates are planned, the future is cut.

use paydirt_model::time::{DAY_US, MINUTE_US};

use crate::calendar::{AS_OF_US, day_of, in_office, month_end};
use crate::deal::{Actor, Change, Deal, Invoice, Origin, Quote, State};
use crate::pipeline::{LOST, WON};
use crate::random::Random;

/// Most times that a close date is put off.
const PUSH_COUNT_MAX: usize = 6;

/// Adds the planned and actual close dates and drops everything at or after the as-of time.
pub(crate) fn finish(random: &mut Random, deal: &mut Deal) {
    deal.engagements.sort_by_key(|engagement| engagement.at_us);
    plan_close_dates(random, deal);
    cut(deal);
}

fn plan_close_dates(random: &mut Random, deal: &mut Deal) {
    let first = &deal.stages[0];
    let (actor, origin) = (first.actor, first.origin);
    let day = day_of(deal.created_us) + [30, 45, 60, 90][random.weighted(&[3, 3, 3, 2])];
    let day = if random.happens(600_000) { month_end(day) } else { day };
    let mut planned_us = day * DAY_US;
    deal.close_dates.push(Change { at_us: deal.created_us, value: planned_us, actor, origin });
    let is_end = |change: &&Change<u8>| change.value == WON || change.value == LOST;
    let end_us = deal.stages.iter().find(is_end).map_or(AS_OF_US, |change| change.at_us);
    for _ in 0..PUSH_COUNT_MAX {
        let wanted_us = planned_us + random.between(-6, 10) * DAY_US;
        let wanted_us = wanted_us.max(deal.created_us + DAY_US);
        let at_us = in_office(wanted_us, deal.company.region(), random);
        let at_us = at_us + random.between(0, 30 * MINUTE_US / 1_000) * 1_000;
        if end_us <= at_us || !random.happens(720_000) {
            break;
        }
        let day = month_end(day_of(planned_us) + random.between(15, 45));
        planned_us = day * DAY_US;
        let actor = deal.owner_at(at_us).map_or(Actor::Unknown, Actor::Owner);
        let origin = Origin::Hand;
        deal.close_dates.push(Change { at_us, value: planned_us, actor, origin });
    }
    for stage in deal.stages.iter().filter(is_end) {
        let Change { at_us, actor, origin, .. } = *stage;
        deal.close_dates.push(Change { at_us, value: at_us, actor, origin });
    }
    deal.close_dates.sort_by_key(|change| change.at_us);
    deal.close_dates.dedup_by_key(|change| change.value);
}

fn cut(deal: &mut Deal) {
    cut_changes(&mut deal.owners);
    cut_changes(&mut deal.stages);
    cut_changes(&mut deal.amounts);
    cut_changes(&mut deal.close_dates);
    deal.engagements.retain(|engagement| engagement.at_us < AS_OF_US);
    deal.quotes.retain_mut(cut_quote);
    if let Some(last) = deal.quotes.last_mut() {
        last.is_replaced = false;
    }
    deal.contract = deal.contract.filter(|contract| contract.signed_us < AS_OF_US);
    deal.order = deal.order.take().filter(|order| order.created_us < AS_OF_US);
    if let Some(order) = &mut deal.order {
        order.changed_us = cut_time(order.changed_us);
        order.cancelled_us = cut_time(order.cancelled_us);
        order.closed_us = cut_time(order.closed_us);
        order.fulfilled_us.retain(|&at_us| at_us < AS_OF_US);
    }
    deal.invoices.retain_mut(cut_invoice);
    if let Some(last) = deal.invoices.last_mut() {
        // An invoice is cancelled when the next one is written, and that is not yet.
        last.is_void = false;
    }
    if deal.state() != State::Lost {
        deal.loss_reason = None;
    }
}

fn cut_changes<T>(changes: &mut Vec<Change<T>>) {
    changes.retain(|change| change.at_us < AS_OF_US);
}

fn cut_time(at_us: Option<i64>) -> Option<i64> {
    at_us.filter(|&at_us| at_us < AS_OF_US)
}

fn cut_quote(quote: &mut Quote) -> bool {
    quote.issued_us = cut_time(quote.issued_us);
    quote.accepted_us = cut_time(quote.accepted_us);
    quote.approval = quote.approval.filter(|approval| approval.requested_us < AS_OF_US);
    if let Some(approval) = &mut quote.approval {
        approval.decided_us = cut_time(approval.decided_us);
    }
    quote.created_us < AS_OF_US
}

fn cut_invoice(invoice: &mut Invoice) -> bool {
    let last_day = day_of(AS_OF_US) - 1;
    invoice.sent_day = invoice.sent_day.filter(|&day| day <= last_day);
    invoice.payments.retain(|payment| payment.day <= last_day);
    invoice.credit_notes.retain(|credit| credit.day <= last_day);
    invoice.day <= last_day
}
