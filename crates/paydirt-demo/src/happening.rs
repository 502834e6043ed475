//! Which events a deal has: everything that happened to it, in the order of its case.

use paydirt_model::event_chunk::EventTime;
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::order::{DayPosition, Occurrence, effective_times, order};
use paydirt_model::time::{DAY_US, Precision};

use crate::activity::Activity;
use crate::deal::{Actor, Deal, EngagementKind, EngagementOutcome};
use crate::pipeline::{DISCOVERY, LOST, QUALIFIED, SOLUTION, WON};

/// What an event tells besides its time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Detail {
    Plain,
    Created,
    Stage { from: Option<u8>, to: u8 },
    Owner(Option<u16>),
    Amount(Option<i64>),
    CloseDate(i64),
    Engagement(EngagementKind),
    Approval(usize),
    Quote(usize),
    Contract,
    Order,
    Invoice(usize),
    Payment(usize, usize),
    Credit(usize, usize),
}

/// One event of a case before it has its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happening {
    pub(crate) activity: Activity,
    pub(crate) occurrence: Occurrence,
    pub(crate) actor: Actor,
    pub(crate) detail: Detail,
}

/// Collects the events of one case.
#[derive(Debug, Default)]
pub(crate) struct Happenings {
    pub(crate) list: Vec<Happening>,
}

impl Happenings {
    /// Adds an event whose time is known exactly.
    pub(crate) fn add(
        &mut self,
        activity: Activity,
        at_us: i64,
        record: u64,
        actor: Actor,
        detail: Detail,
    ) {
        let occurrence = Occurrence {
            recorded_us: at_us,
            precision: Precision::Instant,
            rank: activity.rank(),
            record,
            sequence: None,
        };
        self.list.push(Happening { activity, occurrence, actor, detail });
    }

    /// Adds an event of which only the date is known.
    pub(crate) fn add_day(
        &mut self,
        activity: Activity,
        day: i64,
        record: u64,
        actor: Actor,
        detail: Detail,
    ) {
        self.add(activity, day * DAY_US, record, actor, detail);
        if let Some(last) = self.list.last_mut() {
            last.occurrence.precision = Precision::Day;
        }
    }

    /// The events in the order of the case, each with its effective time.
    pub(crate) fn placed(&self, zone: &TimeZoneName) -> Vec<(&Happening, i64)> {
        let occurrences: Vec<Occurrence> =
            self.list.iter().map(|happening| happening.occurrence).collect();
        let times_us = effective_times(&occurrences, DayPosition::End, zone.zone());
        order(&occurrences, &times_us)
            .into_iter()
            .map(|idx| (&self.list[idx], times_us[idx]))
            .collect()
    }
}

/// The time facts of a placed event.
pub(crate) fn event_time(happening: &Happening, effective_us: i64) -> EventTime {
    EventTime {
        effective_us,
        start_us: None,
        recorded_us: happening.occurrence.recorded_us,
        offset_min: 0,
        precision: happening.occurrence.precision,
    }
}

/// Lead, stages, changes, engagements, quotes and contract.
pub(crate) fn collect_sale(deal: &Deal, into: &mut Happenings) {
    let first = &deal.stages[0];
    if let Some(lead) = &deal.lead {
        let actor = Actor::Owner(lead.owner);
        into.add(Activity::LeadCaptured, lead.captured_us, 0, Actor::System, Detail::Plain);
        into.add(Activity::LeadConverted, deal.created_us, 0, actor, Detail::Plain);
    }
    into.add(Activity::OpportunityCreated, deal.created_us, 0, first.actor, Detail::Created);
    collect_stages(deal, into);
    for change in &deal.owners[1..] {
        let detail = Detail::Owner(change.value);
        into.add(Activity::OwnerChanged, change.at_us, 0, change.actor, detail);
    }
    for change in &deal.amounts[1..] {
        let detail = Detail::Amount(change.value);
        into.add(Activity::AmountChanged, change.at_us, 0, change.actor, detail);
    }
    for change in &deal.close_dates[1..] {
        let detail = Detail::CloseDate(change.value);
        into.add(Activity::CloseDateChanged, change.at_us, 0, change.actor, detail);
    }
    if let Some(contact) = deal.first_contact() {
        let detail = Detail::Engagement(contact.kind);
        into.add(Activity::InitialContactMade, contact.at_us, 0, contact.actor, detail);
    }
    for (record, engagement) in (0..).zip(&deal.engagements) {
        if engagement.outcome == EngagementOutcome::Held {
            let detail = Detail::Engagement(engagement.kind);
            let (at_us, actor) = (engagement.at_us, engagement.actor);
            into.add(Activity::EngagementLogged, at_us, record, actor, detail);
        }
    }
    collect_quotes(deal, into);
}

/// Stage changes and the milestones that the first entry into a stage means.
fn collect_stages(deal: &Deal, into: &mut Happenings) {
    let mut from = None;
    let mut seen = 0_u8;
    for (sequence, change) in (0..).zip(&deal.stages) {
        let to = change.value;
        let mut add = |activity, detail| {
            into.add(activity, change.at_us, 0, change.actor, detail);
        };
        add(Activity::StageChanged, Detail::Stage { from, to });
        let milestone = match to {
            QUALIFIED => Some(Activity::OpportunityQualified),
            DISCOVERY => Some(Activity::RequirementsGathered),
            SOLUTION => Some(Activity::SolutionProposed),
            _ => None,
        };
        if let Some(activity) = milestone
            && seen >> to & 1 == 0
        {
            add(activity, Detail::Plain);
        }
        match to {
            WON => add(Activity::OpportunityWon, Detail::Plain),
            LOST => add(Activity::OpportunityLost, Detail::Plain),
            _ if matches!(from, Some(WON | LOST)) => {
                add(Activity::OpportunityReopened, Detail::Plain);
            }
            _ => {}
        }
        let first = into
            .list
            .iter_mut()
            .rev()
            .find(|happening| happening.activity == Activity::StageChanged);
        if let Some(happening) = first {
            happening.occurrence.sequence = Some(sequence);
        }
        seen |= 1 << to;
        from = Some(to);
    }
}

/// Approvals, quotes and the contract.
pub(crate) fn collect_quotes(deal: &Deal, into: &mut Happenings) {
    for (idx, quote) in deal.quotes.iter().enumerate() {
        let record = idx as u64;
        if let Some(approval) = &quote.approval {
            let detail = Detail::Approval(idx);
            let (asked_us, requester) = (approval.requested_us, approval.requester);
            into.add(Activity::ApprovalRequested, asked_us, record, requester, detail);
            let activity = if approval.is_granted {
                Activity::ApprovalGranted
            } else {
                Activity::ApprovalRejected
            };
            if let Some(at_us) = approval.decided_us {
                into.add(activity, at_us, record, approval.approver, detail);
            }
        }
        let detail = Detail::Quote(idx);
        if let Some(at_us) = quote.issued_us {
            into.add(Activity::QuoteIssued, at_us, record, quote.actor, detail);
        }
        if let Some(at_us) = quote.accepted_us {
            into.add(Activity::QuoteAccepted, at_us, record, Actor::Unknown, detail);
        }
    }
    if let Some(contract) = &deal.contract {
        let (activity, actor) = (Activity::ContractSigned, Actor::Unknown);
        if contract.is_day {
            into.add_day(activity, contract.signed_us / DAY_US, 0, actor, Detail::Contract);
        } else {
            into.add(activity, contract.signed_us, 0, actor, Detail::Contract);
        }
    }
}

/// Order, invoices and payments.
pub(crate) fn collect_delivery(deal: &Deal, into: &mut Happenings) {
    if let Some(order) = &deal.order {
        let mut add = |activity, at_us, actor| into.add(activity, at_us, 0, actor, Detail::Order);
        add(Activity::SalesOrderCreated, order.created_us, Actor::OrderDesk);
        let changes = [
            (Activity::OrderChanged, order.changed_us),
            (Activity::OrderCancelled, order.cancelled_us),
            (Activity::OrderClosed, order.closed_us),
        ];
        for (activity, at_us) in changes {
            if let Some(at_us) = at_us {
                add(activity, at_us, Actor::OrderDesk);
            }
        }
        for &at_us in &order.fulfilled_us {
            add(Activity::OrderFulfilled, at_us, Actor::System);
        }
    }
    for (idx, invoice) in deal.invoices.iter().enumerate() {
        let record = invoice.home * 16 + invoice.idx * 4;
        let detail = Detail::Invoice(idx);
        let actor = Actor::Receivables;
        into.add_day(Activity::InvoiceGenerated, invoice.day, record, actor, detail);
        if let Some(day) = invoice.sent_day {
            into.add_day(Activity::InvoiceSent, day, record, actor, detail);
        }
        for (part, payment) in invoice.payments.iter().enumerate() {
            let detail = Detail::Payment(idx, part);
            let record = record + part as u64;
            into.add_day(Activity::PaymentReceived, payment.day, record, Actor::Unknown, detail);
        }
        for (part, credit) in invoice.credit_notes.iter().enumerate() {
            let detail = Detail::Credit(idx, part);
            let record = record + part as u64;
            into.add_day(Activity::CreditNoteIssued, credit.day, record, actor, detail);
        }
    }
}
