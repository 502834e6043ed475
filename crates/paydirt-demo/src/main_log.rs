//! The true main log: one case for each deal, written from the ground truth.

use paydirt_model::event_chunk::{EventChunk, NewValue};
use paydirt_model::event_log::{CaseNotion, TimeZoneName};
use paydirt_model::time::DAY_US;

use crate::activity::Activity;
use crate::calendar::AS_OF_US;
use crate::catalog::{
    INDUSTRIES, LEAD_SOURCES, LOSS_REASONS, NO_DECISION, OPPORTUNITY_TYPES, PRODUCTS, TEAMS,
};
use crate::deal::{Deal, EngagementKind, State};
use crate::happening::{Detail, Happening, Happenings, collect_delivery, collect_sale, event_time};
use crate::ids::{ContractNumber, DealId, InvoiceNumber, LeadId, OrderNumber, QuoteNumber};
use crate::pipeline::{LOST, NEGOTIATION, WON};
use crate::schema::{Field, LogWriter, fraction, money};
use crate::world::{Block, World};

/// After so many days in one stage an open deal is stalled.
pub const STALLED_AFTER_DAYS: i64 = 30;

/// The system that holds the deals.
pub const CRM: &str = "HubSpot CRM";
/// The system that holds the orders.
pub const ERP: &str = "SAP S/4HANA";
/// The system that holds invoices and payments.
pub const ACCOUNTING: &str = "Xero";

/// The rows of a block's deals.
pub(crate) fn write(block: &Block<'_>) -> EventChunk {
    let mut writer = LogWriter::new(CaseNotion::Main);
    let zone = TimeZoneName::utc();
    let mut happenings = Happenings::default();
    for deal in &block.deals {
        happenings.list.clear();
        collect_sale(deal, &mut happenings);
        collect_delivery(deal, &mut happenings);
        let case_id = DealId(deal.n).to_string();
        for (position, (happening, effective_us)) in happenings.placed(&zone).iter().enumerate() {
            let time = event_time(happening, *effective_us);
            writer.push(&case_id, happening.activity.name(), time);
            if position == 0 {
                write_case(block.world, deal, &mut writer);
            }
            write_event(block.world, deal, happening, &mut writer);
        }
    }
    writer.finish()
}

/// The values of the case, in the row of its first event.
fn write_case(world: &World, deal: &Deal, writer: &mut LogWriter) {
    let currency = deal.currency.code();
    if let Some(amount) = deal.amount() {
        writer.case(Field::OpportunityAmount, &money(amount, currency));
    }
    if let Some(owner) = deal.owner() {
        let owner = world.owner(owner);
        writer.case_text(Field::OpportunityOwner, &owner.name);
        writer.case_text(Field::SalesTeam, TEAMS[owner.team].name);
    }
    writer.case_text(Field::SalesRegion, deal.company.region().label());
    writer.case_text(Field::SalesStage, deal.pipeline.stage(deal.stage()).label);
    writer.case_text(Field::OpportunityOutcome, outcome(deal));
    writer.case_text(Field::LeadSource, LEAD_SOURCES[deal.source].label);
    writer.case_text(Field::CustomerName, &deal.company.name());
    writer.case_text(Field::CustomerGroup, deal.company.group.label());
    writer.case_text(Field::Industry, INDUSTRIES[deal.company.industry]);
    if let Some(quote) = deal.leading_quote() {
        writer.case(Field::DiscountPercentage, &fraction(quote.discount_permille));
    }
    let close = deal.close_dates.last().expect("a close date is planned at creation");
    writer.case(Field::OpportunityCloseDate, &NewValue::Number(close.value));
    writer.case_text(Field::ProductCategory, &product_categories(deal));
    if deal.has_recorded_terms || !deal.invoices.is_empty() {
        writer.case_text(Field::PaymentTerms, deal.terms.label());
    }
    writer.case_text(Field::OpportunityType, OPPORTUNITY_TYPES[deal.opportunity_type].label);
    writer.case_text(Field::Pipeline, deal.pipeline.label());
    if let Some(reason) = deal.loss_reason {
        writer.case_text(Field::LossReason, LOSS_REASONS[reason]);
    }
    if let Some(closed_us) = deal.closed_us() {
        writer.case(Field::SalesCycleTime, &NewValue::Number(closed_us - deal.created_us));
    }
    writer.case(Field::IsStalled, &NewValue::Boolean(is_stalled(deal)));
    if deal.lead.is_some() {
        writer.case_text(Field::LeadId, &LeadId(deal.n, 0).to_string());
    }
}

/// The value of `OpportunityOutcome`.
#[must_use]
pub fn outcome(deal: &Deal) -> &'static str {
    match deal.state() {
        State::Open => "Open",
        State::Won => "Won",
        State::Lost if deal.loss_reason == Some(NO_DECISION) => "No decision",
        State::Lost => "Lost",
    }
}

/// Whether the deal is open and has been in its stage for more than 30 days.
#[must_use]
pub fn is_stalled(deal: &Deal) -> bool {
    let entered_us = deal.stages.last().map_or(deal.created_us, |change| change.at_us);
    deal.state() == State::Open && STALLED_AFTER_DAYS * DAY_US < AS_OF_US - entered_us
}

/// The families of the lines, the one of the highest list value first.
#[must_use]
pub fn product_categories(deal: &Deal) -> String {
    let mut lines: Vec<_> = deal.lines.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.price * line.quantity));
    let labels: Vec<&str> =
        lines.iter().map(|line| PRODUCTS[line.product].category.label()).collect();
    labels.join("; ")
}

fn write_event(world: &World, deal: &Deal, happening: &Happening, writer: &mut LogWriter) {
    write_origin(world, happening, writer);
    let currency = deal.currency.code();
    match happening.detail {
        Detail::Plain => {}
        Detail::Created => {
            if let Some(amount) = deal.amounts[0].value {
                writer.event(Field::OpportunityAmount, &money(amount, currency));
            }
        }
        Detail::Stage { from, to } => {
            if let Some(from) = from {
                writer.event_text(Field::FromStage, deal.pipeline.stage(from).label);
                writer.event_text(Field::StageDirection, direction(from, to));
            }
            writer.event_text(Field::ToStage, deal.pipeline.stage(to).label);
        }
        Detail::Owner(owner) => {
            if let Some(owner) = owner {
                writer.event_text(Field::OpportunityOwner, &world.owner(owner).name);
            }
        }
        Detail::Amount(amount) => {
            if let Some(amount) = amount {
                writer.event(Field::OpportunityAmount, &money(amount, currency));
            }
        }
        Detail::CloseDate(at_us) => {
            writer.event(Field::OpportunityCloseDate, &NewValue::Number(at_us));
        }
        Detail::Engagement(kind) => {
            writer.event_text(Field::EngagementType, engagement_type(kind));
        }
        Detail::Approval(idx) => {
            writer.event_text(Field::ApprovalSubject, "discount");
            let number = QuoteNumber(deal.n, idx + 1);
            writer.event_format(Field::QuoteNumber, format_args!("{number}"));
        }
        Detail::Quote(_)
        | Detail::Contract
        | Detail::Order
        | Detail::Invoice(_)
        | Detail::Payment(..)
        | Detail::Credit(..) => write_document(deal, happening, writer),
    }
}

fn write_document(deal: &Deal, happening: &Happening, writer: &mut LogWriter) {
    let currency = deal.currency.code();
    match happening.detail {
        Detail::Quote(idx) => {
            let quote = &deal.quotes[idx];
            let number = QuoteNumber(deal.n, idx + 1);
            writer.event_format(Field::QuoteNumber, format_args!("{number}"));
            writer.event(Field::DocumentAmount, &money(quote.amount, currency));
            writer.event(Field::DiscountPercentage, &fraction(quote.discount_permille));
        }
        Detail::Contract => {
            let number = ContractNumber(deal.n);
            writer.event_format(Field::ContractNumber, format_args!("{number}"));
        }
        Detail::Order => {
            write_order_number(deal, writer);
            if let Some(order) = &deal.order {
                writer.event(Field::DocumentAmount, &money(order.amount, currency));
            }
        }
        Detail::Invoice(idx) | Detail::Payment(idx, _) | Detail::Credit(idx, _) => {
            let invoice = &deal.invoices[idx];
            let number = InvoiceNumber(invoice.home, invoice.idx);
            writer.event_format(Field::InvoiceNumber, format_args!("{number}"));
            write_order_number(deal, writer);
            let amount = match happening.detail {
                Detail::Payment(_, part) => {
                    let payment = &invoice.payments[part];
                    let amount = invoice.part(payment.amount, deal.n);
                    writer.event(Field::PaymentAmount, &money(amount, currency));
                    writer.event(Field::IsFinalPayment, &NewValue::Boolean(payment.is_final));
                    return;
                }
                Detail::Credit(_, part) => invoice.credit_notes[part].amount,
                _ => invoice.amount,
            };
            let amount = invoice.part(amount, deal.n);
            writer.event(Field::DocumentAmount, &money(amount, currency));
            if happening.activity == Activity::InvoiceGenerated {
                let due_us = invoice.due_day * DAY_US;
                writer.event(Field::DueDate, &NewValue::Number(due_us));
            }
        }
        _ => {}
    }
}

fn write_order_number(deal: &Deal, writer: &mut LogWriter) {
    let number = OrderNumber(deal.n);
    writer.event_format(Field::OrderNumber, format_args!("{number}"));
}

/// Who did it, which system told it, and how it is known.
pub(crate) fn write_origin(world: &World, happening: &Happening, writer: &mut LogWriter) {
    if let Some(name) = world.actor_name(happening.actor) {
        writer.event_text(Field::Resource, name);
    }
    let (system, evidence) = origin(happening.activity);
    writer.event_text(Field::SourceSystem, system);
    writer.event_text(Field::Evidence, evidence);
}

/// The source system of an activity and the kind of evidence for it.
fn origin(activity: Activity) -> (&'static str, &'static str) {
    match activity {
        Activity::LeadCaptured
        | Activity::OpportunityCreated
        | Activity::InitialContactMade
        | Activity::EngagementLogged => (CRM, "property"),
        Activity::LeadConverted
        | Activity::LeadContacted
        | Activity::LeadDisqualified
        | Activity::StageChanged
        | Activity::OwnerChanged
        | Activity::AmountChanged
        | Activity::CloseDateChanged
        | Activity::OpportunityWon
        | Activity::OpportunityLost
        | Activity::OpportunityReopened => (CRM, "history"),
        Activity::OpportunityQualified
        | Activity::RequirementsGathered
        | Activity::SolutionProposed => (CRM, "stage"),
        Activity::ApprovalRequested
        | Activity::ApprovalGranted
        | Activity::ApprovalRejected
        | Activity::QuoteIssued
        | Activity::QuoteAccepted
        | Activity::ContractSigned => (CRM, "document"),
        Activity::SalesOrderCreated
        | Activity::OrderChanged
        | Activity::OrderCancelled
        | Activity::OrderFulfilled
        | Activity::OrderClosed => (ERP, "document"),
        Activity::InvoiceGenerated
        | Activity::InvoiceSent
        | Activity::PaymentReceived
        | Activity::CreditNoteIssued => (ACCOUNTING, "finance"),
    }
}

/// The value of `StageDirection`: leaving a closed stage is a step back, entering one is not.
fn direction(from: u8, to: u8) -> &'static str {
    match (from, to) {
        (WON | LOST, _) => "back",
        (_, LOST) | (NEGOTIATION, WON) => "forward",
        _ if to < from => "back",
        _ if to == from + 1 => "forward",
        _ => "skip",
    }
}

/// The value of `EngagementType`.
#[must_use]
pub fn engagement_type(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::Call => "call",
        EngagementKind::Email => "e-mail",
        EngagementKind::Meeting => "meeting",
    }
}
