//! Which activities the true logs hold: display names, ranks and auxiliary marks.
//!
//! Names, ranks and marks are those of the canonical list of lead to cash; two activities of
//! the lead log are the demo company's own and have no canonical rank.

/// An activity of the true logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the display names say what each one is")]
pub enum Activity {
    LeadCaptured,
    LeadConverted,
    OpportunityCreated,
    StageChanged,
    OwnerChanged,
    AmountChanged,
    CloseDateChanged,
    InitialContactMade,
    EngagementLogged,
    OpportunityQualified,
    RequirementsGathered,
    SolutionProposed,
    ApprovalRequested,
    ApprovalGranted,
    ApprovalRejected,
    QuoteIssued,
    QuoteAccepted,
    ContractSigned,
    OpportunityWon,
    OpportunityLost,
    OpportunityReopened,
    SalesOrderCreated,
    OrderChanged,
    OrderCancelled,
    OrderFulfilled,
    InvoiceGenerated,
    InvoiceSent,
    PaymentReceived,
    CreditNoteIssued,
    OrderClosed,
    LeadContacted,
    LeadDisqualified,
}

/// Name, canonical rank, auxiliary.
type Facts = (&'static str, Option<u16>, bool);

impl Activity {
    /// Every activity, in the order of the list.
    pub const ALL: &[Activity] = &[
        Activity::LeadCaptured,
        Activity::LeadConverted,
        Activity::OpportunityCreated,
        Activity::StageChanged,
        Activity::OwnerChanged,
        Activity::AmountChanged,
        Activity::CloseDateChanged,
        Activity::InitialContactMade,
        Activity::EngagementLogged,
        Activity::OpportunityQualified,
        Activity::RequirementsGathered,
        Activity::SolutionProposed,
        Activity::ApprovalRequested,
        Activity::ApprovalGranted,
        Activity::ApprovalRejected,
        Activity::QuoteIssued,
        Activity::QuoteAccepted,
        Activity::ContractSigned,
        Activity::OpportunityWon,
        Activity::OpportunityLost,
        Activity::OpportunityReopened,
        Activity::SalesOrderCreated,
        Activity::OrderChanged,
        Activity::OrderCancelled,
        Activity::OrderFulfilled,
        Activity::InvoiceGenerated,
        Activity::InvoiceSent,
        Activity::PaymentReceived,
        Activity::CreditNoteIssued,
        Activity::OrderClosed,
        Activity::LeadContacted,
        Activity::LeadDisqualified,
    ];

    fn facts(self) -> Facts {
        match self {
            Activity::LeadCaptured => ("Lead Captured", Some(10), false),
            Activity::LeadConverted => ("Lead Converted", Some(15), false),
            Activity::OpportunityCreated => ("Opportunity Created", Some(20), false),
            Activity::StageChanged => ("Opportunity Stage Changed", Some(25), true),
            Activity::OwnerChanged => ("Owner Changed", Some(26), true),
            Activity::AmountChanged => ("Amount Changed", Some(27), true),
            Activity::CloseDateChanged => ("Close Date Changed", Some(28), true),
            Activity::InitialContactMade => ("Initial Contact Made", Some(30), false),
            Activity::EngagementLogged => ("Engagement Logged", Some(32), true),
            Activity::OpportunityQualified => ("Opportunity Qualified", Some(40), false),
            Activity::RequirementsGathered => ("Requirements Gathered", Some(50), false),
            Activity::SolutionProposed => ("Solution Proposed", Some(60), false),
            Activity::ApprovalRequested => ("Approval Requested", Some(62), false),
            Activity::ApprovalGranted => ("Approval Granted", Some(64), false),
            Activity::ApprovalRejected => ("Approval Rejected", Some(65), false),
            Activity::QuoteIssued => ("Quote Issued", Some(70), false),
            Activity::QuoteAccepted => ("Quote Accepted", Some(80), false),
            Activity::ContractSigned => ("Contract Signed", Some(90), false),
            Activity::OpportunityWon => ("Opportunity Won", Some(100), false),
            Activity::OpportunityLost => ("Opportunity Lost", Some(100), false),
            Activity::OpportunityReopened => ("Opportunity Reopened", Some(105), false),
            Activity::SalesOrderCreated => ("Sales Order Created", Some(110), false),
            Activity::OrderChanged => ("Order Changed", Some(112), false),
            Activity::OrderCancelled => ("Order Cancelled", Some(114), false),
            Activity::OrderFulfilled => ("Order Fulfilled", Some(120), false),
            Activity::InvoiceGenerated => ("Invoice Generated", Some(130), false),
            Activity::InvoiceSent => ("Invoice Sent", Some(135), false),
            Activity::PaymentReceived => ("Payment Received", Some(140), false),
            Activity::CreditNoteIssued => ("Credit Note Issued", Some(145), false),
            Activity::OrderClosed => ("Order Closed", Some(150), false),
            Activity::LeadContacted => ("Lead Contacted", None, false),
            Activity::LeadDisqualified => ("Lead Disqualified", None, false),
        }
    }

    /// The English display name: the activity's name in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// The canonical rank, by which ties are settled.
    #[must_use]
    pub fn rank(self) -> Option<u16> {
        self.facts().1
    }

    /// Whether variants and maps leave it out unless asked.
    #[must_use]
    pub fn is_auxiliary(self) -> bool {
        self.facts().2
    }
}

/// Every activity that has a canonical rank, by name, with the rank.
#[must_use]
pub fn ranks() -> Vec<(String, u16)> {
    let ranked = |activity: &Activity| Some((activity.name().to_owned(), activity.rank()?));
    Activity::ALL.iter().filter_map(ranked).collect()
}

/// The names of the auxiliary activities.
#[must_use]
pub fn auxiliary_names() -> Vec<String> {
    let marked = Activity::ALL.iter().filter(|activity| activity.is_auxiliary());
    marked.map(|activity| activity.name().to_owned()).collect()
}
