//! Leads, deals with their histories, and engagements, as the CRM exports them.

use paydirt_model::time::DAY_US;

use super::dirt::{self, Faults};
use super::frame::{OPERATIONS_USER_ID, company_id, contact_id, owner_id, user_id};
use super::write::{Amount, Instant, TableWriter};
use crate::calendar::AS_OF_US;
use crate::catalog::{LEAD_SOURCES, LOSS_REASONS, OPPORTUNITY_TYPES};
use crate::deal::{Actor, Change, Deal, EngagementKind, EngagementOutcome, Origin, State};
use crate::ids::DealId;
use crate::lead_log::LeadStatus;
use crate::main_log::product_categories;
use crate::world::Block;

pub(super) fn leads(block: &Block<'_>, writer: &mut TableWriter) {
    for record in block.leads() {
        let company = record.company.number;
        let deal = record.deal.and_then(|n| block.deal(n));
        let merged = dirt::merged_contact(block.world, company).filter(|_| {
            deal.is_some_and(|deal| Faults::of(block.world, deal).lead_names_merged_contact)
        });
        writer.cell(record.id).cell(format_args!("Lead of {}", record.company.name()));
        writer.cell(company_id(company)).cell(merged.unwrap_or_else(|| contact_id(company)));
        writer.text(record.status.stage_id()).cell(owner_id(record.lead.owner));
        writer.text(LEAD_SOURCES[record.source].value).cell(Instant(record.lead.captured_us));
        writer.option(record.deal.map(DealId));
    }
}

pub(super) fn lead_history(block: &Block<'_>, writer: &mut TableWriter) {
    for record in block.leads() {
        let lead = &record.lead;
        let steps = [
            (lead.ended_us, record.status),
            (lead.contacted_us, LeadStatus::Connected),
            (Some(lead.captured_us), LeadStatus::New),
        ];
        for (at_us, status) in steps {
            let Some(at_us) = at_us else { continue };
            writer.cell(record.id).text("hs_pipeline_stage").text(status.stage_id());
            writer.cell(Instant(at_us));
            if status == LeadStatus::New {
                writer.text("FORM").text("");
            } else {
                source(Actor::Owner(lead.owner), Origin::Hand, writer);
            }
        }
    }
}

/// The two last columns of a history: how a value got there, and who put it there.
pub(super) fn source(actor: Actor, origin: Origin, writer: &mut TableWriter) {
    writer.text(match origin {
        Origin::Hand => "CRM_UI",
        Origin::Bulk => "CRM_UI_BULK_ACTION",
        Origin::Workflow => "AUTOMATION_PLATFORM",
        Origin::Integration => "INTEGRATION",
    });
    match actor {
        Actor::Owner(owner) => writer.cell(format_args!("userId:{}", user_id(owner))),
        Actor::Operations => writer.cell(format_args!("userId:{OPERATIONS_USER_ID}")),
        Actor::System | Actor::OrderDesk | Actor::Receivables | Actor::Unknown => writer.text(""),
    };
}

pub(super) fn deals(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let faults = Faults::of(block.world, deal);
        deal_row(deal, &faults, writer);
        if let Some(id) = faults.archived_id {
            extra_row(deal, id, &deal_name(deal), true, writer);
        }
        if let Some(id) = faults.test_id {
            extra_row(deal, id, "TEST – please ignore", false, writer);
        }
    }
}

fn deal_name(deal: &Deal) -> String {
    let products: Vec<&str> =
        deal.lines.iter().map(|line| crate::catalog::PRODUCTS[line.product].name).collect();
    format!("{} – {}", deal.company.name(), products.join(", "))
}

fn deal_row(deal: &Deal, faults: &Faults, writer: &mut TableWriter) {
    writer.cell(DealId(deal.n)).text(&deal_name(deal)).text(deal.pipeline.id());
    writer.text(deal.pipeline.stage(deal.stage()).id).option(deal.amount().map(Amount));
    writer.text(deal.currency.code());
    writer.option(deal.close_dates.last().map(|change| Instant(change.value)));
    writer.cell(Instant(deal.created_us)).text(OPPORTUNITY_TYPES[deal.opportunity_type].value);
    writer.option(deal.owner().map(owner_id)).text(LEAD_SOURCES[deal.source].value);
    writer.text(deal.loss_reason.map_or("", |reason| LOSS_REASONS[reason]));
    writer.text(&product_categories(deal));
    writer.text(if deal.has_recorded_terms { deal.terms.label() } else { "" });
    let company = deal.company.number;
    writer.cell(company_id(company)).cell(contact_id(company));
    writer.option(faults.merged_id).text("false");
}

/// A deal that is none: it stays in its first stage.
fn extra_row(deal: &Deal, id: u64, name: &str, is_archived: bool, writer: &mut TableWriter) {
    writer.cell(id).text(name).text(deal.pipeline.id()).text(deal.pipeline.stage(0).id);
    writer.cell(1).text(deal.currency.code()).text("").cell(Instant(deal.created_us));
    writer.text(OPPORTUNITY_TYPES[deal.opportunity_type].value).text("");
    writer.text(LEAD_SOURCES[deal.source].value).text("").text("").text("");
    writer.cell(company_id(deal.company.number)).text("").text("").cell(is_archived);
}

/// Newest first for each property, as the CRM answers.
pub(super) fn deal_property_history(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let faults = Faults::of(block.world, deal);
        let id = DealId(deal.n);
        let stage_id = |stage: u8| deal.pipeline.stage(stage).id;
        if let (true, Some(last)) = (faults.is_saved_again, deal.stages.last()) {
            let at_us = last.at_us + DAY_US / 2;
            if at_us < AS_OF_US {
                let again = Change { at_us, ..*last };
                row(id, "dealstage", stage_id(last.value), &again, writer);
            }
        }
        for change in deal.stages.iter().rev() {
            row(id, "dealstage", stage_id(change.value), change, writer);
        }
        for change in deal.amounts.iter().rev() {
            let value = change.value.map_or_else(String::new, |amount| Amount(amount).to_string());
            row(id, "amount", &value, change, writer);
        }
        for change in deal.close_dates.iter().rev() {
            row(id, "closedate", &Instant(change.value).to_string(), change, writer);
        }
        for change in deal.owners.iter().rev() {
            let value = change.value.map_or_else(String::new, |owner| owner_id(owner).to_string());
            row(id, "hubspot_owner_id", &value, change, writer);
        }
        for id in [faults.archived_id, faults.test_id].into_iter().flatten() {
            writer.cell(id).text("dealstage").text(stage_id(0)).cell(Instant(deal.created_us));
            source(Actor::Unknown, Origin::Hand, writer);
        }
    }
}

fn row<T>(id: DealId, property: &str, value: &str, change: &Change<T>, writer: &mut TableWriter) {
    writer.cell(id).text(property).text(value).cell(Instant(change.at_us));
    source(change.actor, change.origin, writer);
}

/// Most engagements of one deal.
const ENGAGEMENTS_PER_DEAL: u64 = 128;

pub(super) fn engagements(block: &Block<'_>, writer: &mut TableWriter) {
    for deal in &block.deals {
        let faults = Faults::of(block.world, deal);
        let contact = contact_id(deal.company.number);
        let first_id = 60_000_000_000 + deal.n * ENGAGEMENTS_PER_DEAL;
        for (idx, engagement) in (0..).zip(&deal.engagements) {
            let deal_id = match faults.merged_id {
                Some(merged) if idx % 2 == 0 => merged.to_string(),
                _ => DealId(deal.n).to_string(),
            };
            writer.cell(first_id + idx).text(engagement_kind(engagement.kind)).text(&deal_id);
            writer.cell(contact);
            match engagement.actor {
                Actor::Owner(owner) => writer.cell(owner_id(owner)),
                Actor::Operations
                | Actor::System
                | Actor::OrderDesk
                | Actor::Receivables
                | Actor::Unknown => writer.text(""),
            };
            writer.cell(Instant(engagement.at_us));
            writer.text(if engagement.is_incoming { "INBOUND" } else { "OUTBOUND" });
            writer.text(match engagement.outcome {
                EngagementOutcome::Held => "COMPLETED",
                EngagementOutcome::Cancelled => "CANCELED",
                EngagementOutcome::NoShow => "NO_SHOW",
            });
        }
        if faults.has_planned_meeting && deal.state() == State::Open {
            writer.cell(first_id + ENGAGEMENTS_PER_DEAL - 1).text("MEETING");
            writer.cell(DealId(deal.n)).cell(contact).option(deal.owner().map(owner_id));
            writer.cell(Instant(AS_OF_US + 3 * DAY_US)).text("OUTBOUND").text("SCHEDULED");
        }
    }
}

fn engagement_kind(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::Call => "CALL",
        EngagementKind::Email => "EMAIL",
        EngagementKind::Meeting => "MEETING",
    }
}

impl Block<'_> {
    /// The deal of this number, if it belongs to the block.
    pub(super) fn deal(&self, n: u64) -> Option<&Deal> {
        let idx = usize::try_from(n.checked_sub(self.first)?).ok()?;
        self.deals.get(idx)
    }
}
