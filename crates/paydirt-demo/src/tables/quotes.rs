//! Quotes with histories and approvals, lines of products, contracts, as the CRM exports them.

use paydirt_model::time::DAY_US;

use super::crm::source;
use super::frame::{product_id, user_id};
use super::write::{Amount, Date, Instant, TableWriter};
use crate::calendar::{AS_OF_US, day_of};
use crate::catalog::PRODUCTS;
use crate::deal::{Actor, Deal, Origin, Quote};
use crate::ids::{ContractNumber, DealId, QuoteNumber};
use crate::world::Block;

/// Most quotes of one deal.
const QUOTES_PER_DEAL: u64 = 32;

fn quote_id(deal: &Deal, idx: usize) -> u64 {
    30_000_000_000 + deal.n * QUOTES_PER_DEAL + idx as u64
}

fn each_quote<'b>(block: &'b Block<'_>) -> impl Iterator<Item = (&'b Deal, usize, &'b Quote)> {
    block
        .deals
        .iter()
        .flat_map(|deal| deal.quotes.iter().enumerate().map(move |(idx, quote)| (deal, idx, quote)))
}

pub(super) fn quotes(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, idx, quote) in each_quote(block) {
        writer.cell(quote_id(deal, idx)).cell(QuoteNumber(deal.n, idx + 1));
        writer.cell(DealId(deal.n)).cell(Instant(quote.created_us));
        writer.cell(Date(quote.expires_day)).text(approval_status(quote));
        let last = quote_states(deal, idx).last().map_or("DRAFT", |&(_, state, _)| state);
        writer.text(last).cell(Amount(quote.amount)).text(deal.currency.code());
        writer.option(quote.accepted_us.map(Instant));
    }
}

fn approval_status(quote: &Quote) -> &'static str {
    match quote.approval {
        None if quote.issued_us.is_some() => "APPROVAL_NOT_NEEDED",
        None => "DRAFT",
        Some(approval) if approval.decided_us.is_none() => "PENDING_APPROVAL",
        Some(approval) if approval.is_granted => "APPROVED",
        Some(_) => "REJECTED",
    }
}

/// The states of a quote in order of time, each with who caused it.
fn quote_states(deal: &Deal, idx: usize) -> Vec<(i64, &'static str, Actor)> {
    let quote = &deal.quotes[idx];
    let mut states = vec![(quote.created_us, "DRAFT", quote.actor)];
    let Some(issued_us) = quote.issued_us else { return states };
    states.push((issued_us, "PUBLISHED", quote.actor));
    let next_us = deal.quotes.get(idx + 1).map(|next| next.created_us);
    let expired_us = (quote.expires_day + 1) * DAY_US;
    if let Some(accepted_us) = quote.accepted_us {
        states.push((accepted_us, "ACCEPTED", Actor::Unknown));
    } else if let Some(next_us) = next_us.filter(|&next_us| issued_us <= next_us) {
        states.push((next_us, "VOID", Actor::System));
    } else if expired_us < AS_OF_US {
        states.push((expired_us, "EXPIRED", Actor::System));
    }
    states
}

/// Newest first, as the CRM answers.
pub(super) fn quote_history(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, idx, _) in each_quote(block) {
        for &(at_us, state, actor) in quote_states(deal, idx).iter().rev() {
            writer.cell(quote_id(deal, idx)).text("hs_quote_status").text(state);
            writer.cell(Instant(at_us));
            let origin = if actor == Actor::System { Origin::Workflow } else { Origin::Hand };
            source(actor, origin, writer);
        }
    }
}

pub(super) fn approvals(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, idx, quote) in each_quote(block) {
        let Some(approval) = quote.approval else { continue };
        let user = |actor| match actor {
            Actor::Owner(owner) => Some(user_id(owner)),
            Actor::Operations
            | Actor::System
            | Actor::OrderDesk
            | Actor::Receivables
            | Actor::Unknown => None,
        };
        writer.cell(format_args!("AP-{:07}-{:02}", deal.n, idx + 1)).cell(quote_id(deal, idx));
        writer.text("discount");
        writer.text(match (approval.decided_us, approval.is_granted) {
            (None, _) => "PENDING",
            (Some(_), true) => "APPROVED",
            (Some(_), false) => "REJECTED",
        });
        writer.cell(Instant(approval.requested_us)).option(user(approval.requester));
        writer.option(approval.decided_us.map(Instant));
        writer.option(approval.decided_us.and_then(|_| user(approval.approver)));
    }
}

/// The lines of the leading quote stand on the deal; every quote has copies of its own.
pub(super) fn line_items(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let mut next_id = 90_000_000_000 + deal.n * QUOTES_PER_DEAL * 2;
        if let Some(quote) = deal.leading_quote() {
            let parent = DealId(deal.n).to_string();
            lines(deal, quote, ("deal", &parent), &mut next_id, writer);
        }
        for (idx, quote) in deal.quotes.iter().enumerate() {
            let parent = quote_id(deal, idx).to_string();
            lines(deal, quote, ("quote", &parent), &mut next_id, writer);
        }
    }
}

fn lines(
    deal: &Deal,
    quote: &Quote,
    (parent_type, parent_id): (&str, &str),
    next_id: &mut u64,
    writer: &mut TableWriter,
) {
    for line in &deal.lines {
        let full = line.price * line.quantity;
        let amount = full * (1_000 - quote.discount_permille) / 1_000;
        writer.cell(*next_id).text(parent_type).text(parent_id).cell(product_id(line.product));
        writer.text(PRODUCTS[line.product].name).cell(line.quantity).cell(Amount(line.price));
        writer.cell(quote.discount_permille / 10).cell(Amount(amount));
        writer.text(deal.currency.code());
        *next_id += 1;
    }
}

pub(super) fn contracts(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let Some(contract) = deal.contract else { continue };
        writer.cell(ContractNumber(deal.n)).cell(DealId(deal.n));
        writer.cell(QuoteNumber(deal.n, deal.quotes.len())).text("signed");
        if contract.is_day {
            writer.text("paper").text("");
        } else {
            writer.text("electronic").cell(Instant(contract.signed_us));
        }
        writer.cell(Date(day_of(contract.signed_us)));
    }
}
