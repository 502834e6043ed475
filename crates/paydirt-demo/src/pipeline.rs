//! Through which stages deals go: two pipelines with their ids, labels and probabilities.

/// A pipeline of the CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pipeline {
    /// New customers.
    NewBusiness,
    /// Existing customers.
    ExistingCustomers,
}

/// Both pipelines.
pub const PIPELINES: [Pipeline; 2] = [Pipeline::NewBusiness, Pipeline::ExistingCustomers];

/// A stage of a pipeline: its id and label in the CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Id, as histories hold it.
    pub id: &'static str,
    /// Label, as people read it.
    pub label: &'static str,
    /// Probability of winning in percent; 100 and 0 close the deal.
    pub probability: u8,
}

/// The stage in which a deal begins.
pub const FIRST_STAGE: u8 = 0;
/// The stage whose entry means: qualified.
pub const QUALIFIED: u8 = 1;
/// The stage whose entry means: requirements gathered.
pub const DISCOVERY: u8 = 2;
/// The stage whose entry means: solution proposed.
pub const SOLUTION: u8 = 3;
/// The stage of a deal whose quote is out.
pub const PROPOSAL: u8 = 4;
/// The last open stage.
pub const NEGOTIATION: u8 = 5;
/// Closed won.
pub const WON: u8 = 6;
/// Closed lost.
pub const LOST: u8 = 7;

const NEW_BUSINESS_STAGES: [Stage; 8] = [
    stage("appointmentscheduled", "Appointment Scheduled", 10),
    stage("qualifiedtobuy", "Qualified To Buy", 20),
    stage("1052340", "Needs Analysis", 35),
    stage("presentationscheduled", "Presentation Scheduled", 50),
    stage("1052341", "Proposal", 65),
    stage("1052342", "Negotiation", 80),
    stage("closedwon", "Closed Won", 100),
    stage("closedlost", "Closed Lost", 0),
];

const EXISTING_CUSTOMER_STAGES: [Stage; 8] = [
    stage("2077100", "Request Received", 30),
    stage("2077101", "Qualified", 40),
    stage("2077102", "Requirements Confirmed", 50),
    stage("2077103", "Solution Proposed", 60),
    stage("2077104", "Proposal", 70),
    stage("2077105", "Negotiation", 85),
    stage("2077106", "Closed Won", 100),
    stage("2077107", "Closed Lost", 0),
];

const fn stage(id: &'static str, label: &'static str, probability: u8) -> Stage {
    Stage { id, label, probability }
}

impl Pipeline {
    /// Id in the CRM.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Pipeline::NewBusiness => "default",
            Pipeline::ExistingCustomers => "20771",
        }
    }

    /// Label in the CRM.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Pipeline::NewBusiness => "New Business",
            Pipeline::ExistingCustomers => "Existing Customers",
        }
    }

    /// The stages in their order.
    #[must_use]
    pub fn stages(self) -> &'static [Stage; 8] {
        match self {
            Pipeline::NewBusiness => &NEW_BUSINESS_STAGES,
            Pipeline::ExistingCustomers => &EXISTING_CUSTOMER_STAGES,
        }
    }

    /// One stage.
    #[must_use]
    pub fn stage(self, stage: u8) -> &'static Stage {
        &self.stages()[usize::from(stage)]
    }
}
