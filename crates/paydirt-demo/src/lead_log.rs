//! The true lead log: one case for each lead, those that became deals and those that did not.

use paydirt_model::event_chunk::EventChunk;
use paydirt_model::event_log::{CaseNotion, TimeZoneName};

use crate::activity::Activity;
use crate::calendar::AS_OF_US;
use crate::catalog::{INDUSTRIES, LEAD_SOURCES, TEAMS};
use crate::company::Company;
use crate::deal::{Actor, Lead};
use crate::happening::{Detail, Happenings, event_time};
use crate::ids::{DealId, LEADS_PER_DEAL, LeadId};
use crate::main_log::write_origin;
use crate::random::{Domain, Random};
use crate::schema::{Field, LogWriter};
use crate::world::{Block, World};

/// Where a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadStatus {
    /// Nobody has written or called yet.
    New,
    /// Somebody has.
    Connected,
    /// It became a deal.
    Qualified,
    /// It was given up.
    Unqualified,
}

impl LeadStatus {
    /// The stage of the lead pipeline in the CRM.
    #[must_use]
    pub fn stage_id(self) -> &'static str {
        match self {
            LeadStatus::New => "new-stage-id",
            LeadStatus::Connected => "connected-stage-id",
            LeadStatus::Qualified => "qualified-stage-id",
            LeadStatus::Unqualified => "unqualified-stage-id",
        }
    }

    /// The value of `LeadStatus`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            LeadStatus::New => "New",
            LeadStatus::Connected => "Connected",
            LeadStatus::Qualified => "Qualified",
            LeadStatus::Unqualified => "Unqualified",
        }
    }
}

/// A lead with everything that the CRM knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadRecord {
    /// Its id.
    pub id: LeadId,
    /// Who might buy.
    pub company: Company,
    /// Position in the list of sources.
    pub source: usize,
    /// What happened to it.
    pub lead: Lead,
    /// Where it stands.
    pub status: LeadStatus,
    /// The deal it became.
    pub deal: Option<u64>,
}

impl Block<'_> {
    /// All leads that stand by the deals of the block, in the order of their ids.
    #[must_use]
    pub fn leads(&self) -> Vec<LeadRecord> {
        let mut records = Vec::new();
        for deal in &self.deals {
            if let Some(lead) = deal.lead {
                records.push(LeadRecord {
                    id: LeadId(deal.n, 0),
                    company: deal.company,
                    source: deal.source,
                    lead,
                    status: LeadStatus::Qualified,
                    deal: Some(deal.n),
                });
            }
            self.world.idle_leads(deal.n, &mut records);
        }
        records
    }
}

impl World {
    /// The leads near deal `n` that came to nothing, or have not yet.
    fn idle_leads(&self, n: u64, records: &mut Vec<LeadRecord>) {
        let mut random = Random::of(self.seed(), Domain::Lead, n);
        let count = random.weighted(&[30, 32, 22, 11, 5]) as u64;
        debug_assert!(count < LEADS_PER_DEAL);
        for place in 1..=count {
            let (company, source, mut lead) = self.idle_lead(n, &mut random);
            if AS_OF_US <= lead.captured_us {
                continue;
            }
            lead.contacted_us = lead.contacted_us.filter(|&at_us| at_us < AS_OF_US);
            lead.ended_us = lead.ended_us.filter(|&at_us| at_us < AS_OF_US);
            let status = match (lead.contacted_us, lead.ended_us) {
                (_, Some(_)) => LeadStatus::Unqualified,
                (Some(_), None) => LeadStatus::Connected,
                (None, None) => LeadStatus::New,
            };
            let id = LeadId(n, place);
            records.push(LeadRecord { id, company, source, lead, status, deal: None });
        }
    }
}

/// The rows of a block's leads.
pub(crate) fn write(block: &Block<'_>) -> EventChunk {
    let mut writer = LogWriter::new(CaseNotion::Lead);
    let zone = TimeZoneName::utc();
    let mut happenings = Happenings::default();
    for record in block.leads() {
        happenings.list.clear();
        let lead = &record.lead;
        let owner = Actor::Owner(lead.owner);
        let mut add = |activity, at_us, actor| {
            happenings.add(activity, at_us, 0, actor, Detail::Plain);
        };
        add(Activity::LeadCaptured, lead.captured_us, Actor::System);
        if let Some(at_us) = lead.contacted_us {
            add(Activity::LeadContacted, at_us, owner);
        }
        let end = match record.deal {
            Some(_) => Activity::LeadConverted,
            None => Activity::LeadDisqualified,
        };
        if let Some(at_us) = lead.ended_us {
            add(end, at_us, owner);
        }
        let case_id = record.id.to_string();
        for (position, (happening, effective_us)) in happenings.placed(&zone).iter().enumerate() {
            let time = event_time(happening, *effective_us);
            writer.push(&case_id, happening.activity.name(), time);
            if position == 0 {
                write_case(block.world, &record, &mut writer);
            }
            write_origin(block.world, happening, &mut writer);
        }
    }
    writer.finish()
}

fn write_case(world: &World, record: &LeadRecord, writer: &mut LogWriter) {
    let owner = world.owner(record.lead.owner);
    writer.case_text(Field::LeadSource, LEAD_SOURCES[record.source].label);
    writer.case_text(Field::LeadStatus, record.status.label());
    writer.case_text(Field::OpportunityOwner, &owner.name);
    writer.case_text(Field::SalesTeam, TEAMS[owner.team].name);
    writer.case_text(Field::SalesRegion, record.company.region().label());
    writer.case_text(Field::CustomerName, &record.company.name());
    writer.case_text(Field::CustomerGroup, record.company.group.label());
    writer.case_text(Field::Industry, INDUSTRIES[record.company.industry]);
    if let Some(deal) = record.deal {
        writer.case_text(Field::SalesOpportunityId, &DealId(deal).to_string());
        writer.case_text(Field::LinkShare, "1");
    }
}
