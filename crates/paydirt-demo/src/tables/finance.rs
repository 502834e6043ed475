//! Orders of the order system, invoices, payments and credit notes of the accounting.

use super::dirt::Faults;
use super::write::{Amount, Date, Instant, TableWriter};
use crate::deal::{Deal, Invoice};
use crate::document_log::{invoice_status, order_status, share_text};
use crate::ids::{ContractNumber, DealId, InvoiceNumber, OrderNumber};
use crate::world::Block;

pub(super) fn orders(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let Some(order) = &deal.order else { continue };
        let has_deal = !Faults::of(block.world, deal).order_lacks_deal;
        writer.cell(OrderNumber(deal.n)).option(has_deal.then_some(DealId(deal.n)));
        writer.option(deal.contract.map(|_| ContractNumber(deal.n)));
        writer.text(&deal.company.name()).cell(Instant(order.created_us)).text("Order Desk");
        writer.cell(Amount(order.amount)).text(deal.currency.code());
        let status = match (order.closed_us, order.fulfilled_us.first()) {
            (Some(_), _) => "closed",
            (None, Some(_)) => "fulfilled",
            (None, None) => order_status(order),
        };
        writer.text(status);
    }
}

pub(super) fn order_history(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let Some(order) = &deal.order else { continue };
        let mut row = |status, at_us, by| {
            writer.cell(OrderNumber(deal.n)).text(status).cell(Instant(at_us)).text(by);
        };
        row("CREATED", order.created_us, "Order Desk");
        if let Some(at_us) = order.changed_us {
            row("CHANGED", at_us, "Order Desk");
        }
        if let Some(at_us) = order.cancelled_us {
            row("CANCELLED", at_us, "Order Desk");
        }
        for &at_us in &order.fulfilled_us {
            row("FULFILLED", at_us, "system");
        }
        if let Some(at_us) = order.closed_us {
            row("CLOSED", at_us, "Order Desk");
        }
    }
}

/// The invoices that bear the number of a deal of the block, each once.
fn each_invoice<'b>(block: &'b Block<'_>) -> impl Iterator<Item = (&'b Deal, &'b Invoice)> {
    block.deals.iter().flat_map(|deal| {
        deal.invoices
            .iter()
            .filter(|invoice| invoice.home == deal.n)
            .map(move |invoice| (deal, invoice))
    })
}

pub(super) fn invoices(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, invoice) in each_invoice(block) {
        let faults = Faults::of(block.world, deal);
        invoice_row(deal, invoice, &faults, writer);
        if invoice.idx == 1 && faults.has_draft_invoice {
            let number = format!("DRAFT-{:07}", deal.n);
            odd_row(deal, invoice, (&number, &OrderNumber(deal.n).to_string()), "draft", writer);
        }
        if invoice.idx == 1 && faults.has_foreign_invoice {
            let number = format!("INV-X{:07}", deal.n);
            let order = format!("SO-X{:07}", deal.n);
            odd_row(deal, invoice, (&number, &order), "issued", writer);
        }
    }
}

fn invoice_row(deal: &Deal, invoice: &Invoice, faults: &Faults, writer: &mut TableWriter) {
    let list = |text: &dyn Fn(&crate::deal::Link) -> String| {
        invoice.links.iter().map(text).collect::<Vec<_>>().join("; ")
    };
    writer.cell(InvoiceNumber(invoice.home, invoice.idx));
    if faults.invoice_lacks_deal {
        writer.text("");
    } else {
        writer.text(&list(&|link| DealId(link.deal).to_string()));
    }
    writer.text(&list(&|link| OrderNumber(link.deal).to_string()));
    writer.text(&list(&|link| share_text(link.share_ppm)));
    writer.text(&deal.company.name()).cell(Date(invoice.day)).option(invoice.sent_day.map(Date));
    writer.cell(Date(invoice.due_day)).cell(Amount(invoice.amount)).text(deal.currency.code());
    writer.text(deal.terms.label()).text(invoice_status(invoice)).text("Accounts Receivable");
}

/// An invoice that is none, or that belongs to no deal.
fn odd_row(
    deal: &Deal,
    invoice: &Invoice,
    (number, order): (&str, &str),
    status: &str,
    writer: &mut TableWriter,
) {
    writer.text(number).text("").text(order).text("1").text(&deal.company.name());
    writer.cell(Date(invoice.day)).text("").cell(Date(invoice.due_day));
    writer.cell(Amount(invoice.amount / 3)).text(deal.currency.code());
    writer.text(deal.terms.label()).text(status).text("Accounts Receivable");
}

pub(super) fn payments(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, invoice) in each_invoice(block) {
        let number = InvoiceNumber(invoice.home, invoice.idx);
        for (part, payment) in invoice.payments.iter().enumerate() {
            let id = format_args!("PAY-{:07}-{}-{}", invoice.home, invoice.idx, part + 1);
            writer.cell(id).cell(number).cell(Date(payment.day));
            writer.cell(Amount(payment.amount)).text(deal.currency.code());
        }
    }
}

pub(super) fn credit_notes(block: &Block<'_>, writer: &mut TableWriter) {
    for (deal, invoice) in each_invoice(block) {
        let number = InvoiceNumber(invoice.home, invoice.idx);
        for (part, credit) in invoice.credit_notes.iter().enumerate() {
            let id = format_args!("CN-{:07}-{}-{}", invoice.home, invoice.idx, part + 1);
            writer.cell(id).cell(number).cell(Date(credit.day));
            writer.cell(Amount(credit.amount)).text(deal.currency.code());
            writer.text("Accounts Receivable");
        }
    }
}
