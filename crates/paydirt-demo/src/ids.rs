//! How records are numbered: ids of deals, leads and documents, the same in log and tables.
//!
//! Numbers of one kind have one width, so that ordering them as texts orders them as numbers.

use std::fmt;

/// The id of a deal in the CRM: its case id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealId(pub u64);

impl fmt::Display for DealId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", 4_000_000_000 + self.0)
    }
}

/// Most leads around one deal.
pub const LEADS_PER_DEAL: u64 = 8;

/// The id of a lead: the deal it stands by and its place there; place 0 is the deal's own lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadId(pub u64, pub u64);

impl fmt::Display for LeadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", 5_000_000_000 + self.0 * LEADS_PER_DEAL + self.1)
    }
}

/// The number of a quote: its deal and its place there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteNumber(pub u64, pub usize);

impl fmt::Display for QuoteNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q-{:07}-{:02}", self.0, self.1)
    }
}

/// The number of the contract of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractNumber(pub u64);

impl fmt::Display for ContractNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CT-{:07}", self.0)
    }
}

/// The number of the order of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderNumber(pub u64);

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SO-{:07}", self.0)
    }
}

/// The number of an invoice: the deal whose number it bears and its place there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceNumber(pub u64, pub u64);

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INV-{:07}-{}", self.0, self.1)
    }
}
