//! What really happened to one deal: the ground truth from which log and tables are written.
//!
//! Instants are microseconds UTC, dates are day numbers, money is in hundredths of the deal's
//! currency, discounts are thousandths.

use crate::catalog::{Currency, PaymentTerms};
use crate::company::Company;
use crate::pipeline::{LOST, Pipeline, WON};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// A salesperson, by position in the world's list.
    Owner(u16),
    /// The sales operations desk.
    Operations,
    /// A workflow or integration; the log says "system".
    System,
    /// The order desk.
    OrderDesk,
    /// Accounts receivable.
    Receivables,
    /// The source does not tell.
    Unknown,
}

/// How a change got into the CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// By hand.
    Hand,
    /// By hand for many records at once.
    Bulk,
    /// By a workflow.
    Workflow,
    /// Through an interface.
    Integration,
}

/// A new value of a property of the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T> {
    /// When.
    pub at_us: i64,
    /// The value from then on.
    pub value: T,
    /// Who.
    pub actor: Actor,
    /// How.
    pub origin: Origin,
}

/// The lead a deal came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// When it was recorded.
    pub captured_us: i64,
    /// When somebody first wrote or called.
    pub contacted_us: Option<i64>,
    /// When it became a deal, or was given up.
    pub ended_us: Option<i64>,
    /// Who works on it.
    pub owner: u16,
}

/// A line of products, priced in the deal's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Position in the list of products.
    pub product: usize,
    /// How many.
    pub quantity: i64,
    /// List price of one, in hundredths.
    pub price: i64,
}

/// A way of speaking with the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngagementKind {
    /// Telephone call.
    Call,
    /// E-mail.
    Email,
    /// Meeting.
    Meeting,
}

/// What became of an engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngagementOutcome {
    /// It took place.
    Held,
    /// Called off: no event.
    Cancelled,
    /// Nobody came: no event.
    NoShow,
}

/// A call, an e-mail or a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    /// When.
    pub at_us: i64,
    /// What.
    pub kind: EngagementKind,
    /// Whether it took place.
    pub outcome: EngagementOutcome,
    /// Whether the customer began it.
    pub is_incoming: bool,
    /// Who of us took part.
    pub actor: Actor,
}

/// The approval of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// When it was asked for.
    pub requested_us: i64,
    /// When it was decided.
    pub decided_us: Option<i64>,
    /// Whether the answer was yes.
    pub is_granted: bool,
    /// Who asked.
    pub requester: Actor,
    /// Who decides.
    pub approver: Actor,
}

/// A quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// When its record was made.
    pub created_us: i64,
    /// Its approval, where one was asked for.
    pub approval: Option<Approval>,
    /// When the customer got it.
    pub issued_us: Option<i64>,
    /// When the customer agreed.
    pub accepted_us: Option<i64>,
    /// Until when it is valid.
    pub expires_day: i64,
    /// Discount in thousandths.
    pub discount_permille: i64,
    /// Amount in hundredths.
    pub amount: i64,
    /// Who wrote it.
    pub actor: Actor,
    /// Whether a later quote took its place.
    pub is_replaced: bool,
}

/// A signed contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// When it was signed; midnight when only the date is known.
    pub signed_us: i64,
    /// Whether only the date is known.
    pub is_day: bool,
}

/// A sales order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// When it was handed to operations.
    pub created_us: i64,
    /// When it was changed after activation.
    pub changed_us: Option<i64>,
    /// When it was called off.
    pub cancelled_us: Option<i64>,
    /// Deliveries.
    pub fulfilled_us: Vec<i64>,
    /// When nothing was left to do.
    pub closed_us: Option<i64>,
    /// Amount in hundredths.
    pub amount: i64,
    /// What went wrong with it.
    pub error: Option<OrderError>,
}

/// What goes wrong with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderError {
    /// It is changed after activation.
    Changed,
    /// Something is delivered a second time.
    DeliveredAgain,
    /// A credit note is due.
    Credited,
    /// Its invoice is cancelled and written again.
    BilledAgain,
}

/// The part of a document that belongs to a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The deal.
    pub deal: u64,
    /// Share in millionths.
    pub share_ppm: u32,
}

/// A payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// Value date.
    pub day: i64,
    /// Amount in hundredths.
    pub amount: i64,
    /// Whether it settles the invoice.
    pub is_final: bool,
}

/// A credit note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditNote {
    /// Date.
    pub day: i64,
    /// Amount in hundredths, positive.
    pub amount: i64,
}

/// An invoice with what followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The deal whose number it bears.
    pub home: u64,
    /// Its number among the invoices of that deal, from 1.
    pub idx: u64,
    /// The deals it is for.
    pub links: Vec<Link>,
    /// Date.
    pub day: i64,
    /// When the customer got it.
    pub sent_day: Option<i64>,
    /// Due date.
    pub due_day: i64,
    /// Amount in hundredths.
    pub amount: i64,
    /// Whether it was cancelled and replaced.
    pub is_void: bool,
    /// Payments in order.
    pub payments: Vec<Payment>,
    /// Credit notes in order.
    pub credit_notes: Vec<CreditNote>,
}

impl Invoice {
    /// The date on which it was settled, if it was.
    #[must_use]
    pub fn settled_day(&self) -> Option<i64> {
        self.payments.iter().find(|payment| payment.is_final).map(|payment| payment.day)
    }

    /// The share of a deal in millionths.
    #[must_use]
    pub fn share_ppm(&self, deal: u64) -> u32 {
        self.links.iter().find(|link| link.deal == deal).map_or(0, |link| link.share_ppm)
    }

    /// The part of an amount that belongs to a deal; the last deal takes what rounding leaves.
    #[must_use]
    pub fn part(&self, amount: i64, deal: u64) -> i64 {
        let part_of = |link: &Link| amount * i64::from(link.share_ppm) / 1_000_000;
        let others: i64 = self.links.iter().rev().skip(1).map(part_of).sum();
        match self.links.last() {
            Some(last) if last.deal == deal => amount - others,
            _ => self.links.iter().find(|link| link.deal == deal).map_or(0, part_of),
        }
    }
}

/// How a deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not closed.
    Open,
    /// Closed with success.
    Won,
    /// Closed without.
    Lost,
}

/// One deal with everything that happened to it until the world's as-of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// Its number in the world, from 0.
    pub n: u64,
    /// Its pipeline.
    pub pipeline: Pipeline,
    /// Position in the list of opportunity types.
    pub opportunity_type: usize,
    /// The customer.
    pub company: Company,
    /// The team of its first owner.
    pub team: usize,
    /// Position in the list of lead sources.
    pub source: usize,
    /// Its currency.
    pub currency: Currency,
    /// Agreed payment terms.
    pub terms: PaymentTerms,
    /// Whether the terms are in the CRM.
    pub has_recorded_terms: bool,
    /// Where it came from.
    pub lead: Option<Lead>,
    /// What is to be sold.
    pub lines: Vec<Line>,
    /// When it was created.
    pub created_us: i64,
    /// Owners; the first one at creation, `None` where nobody is entered.
    pub owners: Vec<Change<Option<u16>>>,
    /// Stages; the first one at creation.
    pub stages: Vec<Change<u8>>,
    /// Amounts in hundredths; the first one at creation, `None` where nothing is entered.
    pub amounts: Vec<Change<Option<i64>>>,
    /// Planned and actual close dates; the first one at creation.
    pub close_dates: Vec<Change<i64>>,
    /// Calls, e-mails and meetings in order of time.
    pub engagements: Vec<Engagement>,
    /// Quotes in order of creation.
    pub quotes: Vec<Quote>,
    /// The contract.
    pub contract: Option<Contract>,
    /// The order.
    pub order: Option<Order>,
    /// Invoices that bear this deal's number, and shares in those of another.
    pub invoices: Vec<Invoice>,
    /// Position in the list of loss reasons, where one was given.
    pub loss_reason: Option<usize>,
}

impl Deal {
    /// The current stage.
    #[must_use]
    pub fn stage(&self) -> u8 {
        self.stages.last().expect("a deal begins in a stage").value
    }

    /// The current state.
    #[must_use]
    pub fn state(&self) -> State {
        match self.stage() {
            WON => State::Won,
            LOST => State::Lost,
            _ => State::Open,
        }
    }

    /// When the current terminal state was reached.
    #[must_use]
    pub fn closed_us(&self) -> Option<i64> {
        match self.state() {
            State::Open => None,
            State::Won | State::Lost => self.stages.last().map(|change| change.at_us),
        }
    }

    /// The current owner.
    #[must_use]
    pub fn owner(&self) -> Option<u16> {
        self.owners.last().and_then(|change| change.value)
    }

    /// The owner at an instant.
    #[must_use]
    pub fn owner_at(&self, at_us: i64) -> Option<u16> {
        self.owners
            .iter()
            .rev()
            .find(|change| change.at_us <= at_us)
            .and_then(|change| change.value)
    }

    /// The current amount.
    #[must_use]
    pub fn amount(&self) -> Option<i64> {
        self.amounts.last().and_then(|change| change.value)
    }

    /// The quote whose lines the deal carries: the accepted one, else the last issued.
    #[must_use]
    pub fn leading_quote(&self) -> Option<&Quote> {
        let issued = || self.quotes.iter().filter(|quote| quote.issued_us.is_some());
        issued().find(|quote| quote.accepted_us.is_some()).or_else(|| issued().next_back())
    }

    /// The earliest engagement that took place at or after the creation.
    #[must_use]
    pub fn first_contact(&self) -> Option<&Engagement> {
        self.engagements.iter().find(|engagement| {
            engagement.outcome == EngagementOutcome::Held && self.created_us <= engagement.at_us
        })
    }

    /// Whether the deal ever was in a stage.
    #[must_use]
    pub fn has_entered(&self, stage: u8) -> bool {
        self.stages.iter().any(|change| change.value == stage)
    }

    /// The list price of all lines, in hundredths.
    #[must_use]
    pub fn list_amount(&self) -> i64 {
        self.lines.iter().map(|line| line.price * line.quantity).sum()
    }
}
