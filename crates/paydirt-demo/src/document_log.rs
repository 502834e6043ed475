//! The true document log: one case for each quote, contract, order and invoice.
//!
//! Payments and credit notes are events of their invoice. A document of two deals is one case that
//! names both, with their shares.

use paydirt_model::event_chunk::{EventChunk, NewValue};
use paydirt_model::event_log::{CaseNotion, TimeZoneName};
use paydirt_model::number::Decimal;
use paydirt_model::time::DAY_US;

use crate::calendar::{AS_OF_US, day_of};
use crate::catalog::TEAMS;
use crate::deal::{Deal, Invoice, Order, Quote};
use crate::happening::{
    Detail, Happening, Happenings, collect_delivery, collect_quotes, event_time,
};
use crate::ids::{ContractNumber, DealId, InvoiceNumber, OrderNumber, QuoteNumber};
use crate::main_log::{product_categories, write_origin};
use crate::schema::{Field, LogWriter, fraction, money};
use crate::world::Block;

/// Which document of a deal an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Document {
    Quote(usize),
    Contract,
    Order,
    Invoice(usize),
}

/// The rows of a block's documents.
pub(crate) fn write(block: &Block<'_>) -> EventChunk {
    let mut writer = LogWriter::new(CaseNotion::Document);
    let mut all = Happenings::default();
    let mut own = Happenings::default();
    for deal in &block.deals {
        all.list.clear();
        collect_quotes(deal, &mut all);
        collect_delivery(deal, &mut all);
        let quotes = (0..deal.quotes.len()).map(Document::Quote);
        let fixed = [Document::Contract, Document::Order].into_iter();
        // An invoice that bears another deal's number is a case of that deal.
        let invoices = (0..deal.invoices.len())
            .filter(|&idx| deal.invoices[idx].home == deal.n)
            .map(Document::Invoice);
        for document in quotes.chain(fixed).chain(invoices) {
            own.list.clear();
            own.list.extend(all.list.iter().filter(|event| document_of(event) == Some(document)));
            write_document(block, deal, document, &own, &mut writer);
        }
    }
    writer.finish()
}

fn document_of(happening: &Happening) -> Option<Document> {
    match happening.detail {
        Detail::Approval(idx) | Detail::Quote(idx) => Some(Document::Quote(idx)),
        Detail::Contract => Some(Document::Contract),
        Detail::Order => Some(Document::Order),
        Detail::Invoice(idx) | Detail::Payment(idx, _) | Detail::Credit(idx, _) => {
            Some(Document::Invoice(idx))
        }
        Detail::Plain
        | Detail::Created
        | Detail::Stage { .. }
        | Detail::Owner(_)
        | Detail::Amount(_)
        | Detail::CloseDate(_)
        | Detail::Engagement(_) => None,
    }
}

fn write_document(
    block: &Block<'_>,
    deal: &Deal,
    document: Document,
    events: &Happenings,
    writer: &mut LogWriter,
) {
    let case_id = match document {
        Document::Quote(idx) => QuoteNumber(deal.n, idx + 1).to_string(),
        Document::Contract => ContractNumber(deal.n).to_string(),
        Document::Order => OrderNumber(deal.n).to_string(),
        Document::Invoice(idx) => {
            let invoice = &deal.invoices[idx];
            InvoiceNumber(invoice.home, invoice.idx).to_string()
        }
    };
    let zone = TimeZoneName::utc();
    for (position, (happening, effective_us)) in events.placed(&zone).iter().enumerate() {
        writer.push(&case_id, happening.activity.name(), event_time(happening, *effective_us));
        if position == 0 {
            write_common(block, deal, writer);
            write_case(deal, document, writer);
        }
        write_origin(block.world, happening, writer);
        write_event(deal, happening, writer);
    }
}

fn write_common(block: &Block<'_>, deal: &Deal, writer: &mut LogWriter) {
    writer.case_text(Field::CustomerName, &deal.company.name());
    writer.case_text(Field::CustomerGroup, deal.company.group.label());
    writer.case_text(Field::SalesRegion, deal.company.region().label());
    writer.case_text(Field::ProductCategory, &product_categories(deal));
    if let Some(owner) = deal.owner() {
        let team = block.world.owner(owner).team;
        writer.case_text(Field::SalesTeam, TEAMS[team].name);
    }
    if deal.has_recorded_terms || !deal.invoices.is_empty() {
        writer.case_text(Field::PaymentTerms, deal.terms.label());
    }
}

fn write_case(deal: &Deal, document: Document, writer: &mut LogWriter) {
    let currency = deal.currency.code();
    let (kind, status) = match document {
        Document::Quote(idx) => ("Quote", quote_status(&deal.quotes[idx])),
        Document::Contract => ("Contract", "accepted"),
        Document::Order => ("Order", deal.order.as_ref().map_or("issued", order_status)),
        Document::Invoice(idx) => ("Invoice", invoice_status(&deal.invoices[idx])),
    };
    writer.case_text(Field::DocumentType, kind);
    writer.case_text(Field::DocumentStatus, status);
    let mut amount = None;
    match document {
        Document::Quote(idx) => {
            let quote = &deal.quotes[idx];
            amount = Some(quote.amount);
            writer.case(Field::DiscountPercentage, &fraction(quote.discount_permille));
        }
        Document::Contract => {}
        Document::Order => {
            amount = deal.order.as_ref().map(|order| order.amount);
            writer.case_text(Field::OrderNumber, &OrderNumber(deal.n).to_string());
        }
        Document::Invoice(idx) => {
            amount = Some(deal.invoices[idx].amount);
            write_invoice(&deal.invoices[idx], writer);
        }
    }
    if let Some(amount) = amount {
        writer.case(Field::DocumentAmount, &money(amount, currency));
    }
    if !matches!(document, Document::Invoice(_)) {
        writer.case_text(Field::SalesOpportunityId, &DealId(deal.n).to_string());
        writer.case_text(Field::LinkShare, "1");
    }
}

fn write_invoice(invoice: &Invoice, writer: &mut LogWriter) {
    writer.case(Field::DueDate, &NewValue::Number(invoice.due_day * DAY_US));
    let orders = invoice.links.iter().map(|link| OrderNumber(link.deal).to_string());
    writer.case_text(Field::OrderNumber, &orders.collect::<Vec<_>>().join("; "));
    let deals = invoice.links.iter().map(|link| DealId(link.deal).to_string());
    writer.case_text(Field::SalesOpportunityId, &deals.collect::<Vec<_>>().join("; "));
    let shares = invoice.links.iter().map(|link| share_text(link.share_ppm));
    writer.case_text(Field::LinkShare, &shares.collect::<Vec<_>>().join("; "));
    if invoice.is_void {
        return;
    }
    if let Some(day) = invoice.settled_day() {
        let cycle_us = (day - invoice.day) * DAY_US;
        writer.case(Field::PaymentCycleTime, &NewValue::Number(cycle_us));
    }
    let until = invoice.settled_day().unwrap_or(day_of(AS_OF_US));
    writer.case(Field::DaysLate, &NewValue::Number(until - invoice.due_day));
}

/// A share in millionths as a plain decimal.
#[must_use]
pub fn share_text(share_ppm: u32) -> String {
    Decimal::new(share_ppm.into(), 6).to_string()
}

/// The status of a quote, in the words of lead to cash.
#[must_use]
pub fn quote_status(quote: &Quote) -> &'static str {
    match (quote.issued_us, quote.accepted_us) {
        (_, Some(_)) => "accepted",
        (None, None) => "draft",
        (Some(_), None) if quote.is_replaced => "void",
        (Some(_), None) if quote.expires_day < day_of(AS_OF_US) => "expired",
        (Some(_), None) => "issued",
    }
}

/// The status of an order, in the words of lead to cash.
#[must_use]
pub fn order_status(order: &Order) -> &'static str {
    if order.cancelled_us.is_some() { "cancelled" } else { "issued" }
}

/// The status of an invoice, in the words of lead to cash.
#[must_use]
pub fn invoice_status(invoice: &Invoice) -> &'static str {
    if invoice.is_void {
        "void"
    } else if invoice.settled_day().is_some() {
        "paid"
    } else if invoice.payments.is_empty() {
        "issued"
    } else {
        "partly paid"
    }
}

fn write_event(deal: &Deal, happening: &Happening, writer: &mut LogWriter) {
    let currency = deal.currency.code();
    match happening.detail {
        Detail::Approval(_) => writer.event_text(Field::ApprovalSubject, "discount"),
        Detail::Payment(idx, part) => {
            let payment = &deal.invoices[idx].payments[part];
            writer.event(Field::PaymentAmount, &money(payment.amount, currency));
            writer.event(Field::IsFinalPayment, &NewValue::Boolean(payment.is_final));
        }
        Detail::Credit(idx, part) => {
            let amount = deal.invoices[idx].credit_notes[part].amount;
            writer.event(Field::DocumentAmount, &money(amount, currency));
        }
        Detail::Quote(idx) => {
            writer.event(Field::DocumentAmount, &money(deal.quotes[idx].amount, currency));
        }
        Detail::Invoice(idx) => {
            writer.event(Field::DocumentAmount, &money(deal.invoices[idx].amount, currency));
        }
        Detail::Plain
        | Detail::Created
        | Detail::Stage { .. }
        | Detail::Owner(_)
        | Detail::Amount(_)
        | Detail::CloseDate(_)
        | Detail::Engagement(_)
        | Detail::Contract
        | Detail::Order => {}
    }
}
