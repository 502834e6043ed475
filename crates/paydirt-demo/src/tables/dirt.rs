//! Which faults the raw tables have; the true logs have none of them.
//!
//! Every fault is drawn from a stream of its own, so that it never changes what really happened.

use crate::deal::Deal;
use crate::random::{Domain, Random};
use crate::world::World;

/// What is wrong with the records of one deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Faults {
    /// The id of a deal that was merged into this one; half of the engagements still name it.
    pub(super) merged_id: Option<u64>,
    /// The id of an archived copy.
    pub(super) archived_id: Option<u64>,
    /// The id of a test deal made on the same day.
    pub(super) test_id: Option<u64>,
    /// Whether the current stage was saved a second time.
    pub(super) is_saved_again: bool,
    /// Whether a meeting is planned for after the as-of time.
    pub(super) has_planned_meeting: bool,
    /// Whether the order does not name the deal.
    pub(super) order_lacks_deal: bool,
    /// Whether the invoices do not name the deal.
    pub(super) invoice_lacks_deal: bool,
    /// Whether a draft of an invoice lies about.
    pub(super) has_draft_invoice: bool,
    /// Whether an invoice of an unknown order stands beside those of the deal.
    pub(super) has_foreign_invoice: bool,
    /// Whether the lead names the contact that was merged away.
    pub(super) lead_names_merged_contact: bool,
}

const MERGED_IDS: u64 = 4_700_000_000;
const ARCHIVED_IDS: u64 = 4_800_000_000;
const TEST_IDS: u64 = 4_900_000_000;

impl Faults {
    pub(super) fn of(world: &World, deal: &Deal) -> Self {
        let mut random = Random::of(world.seed(), Domain::Dirt, deal.n * 2);
        Faults {
            merged_id: random.happens(3_000).then_some(MERGED_IDS + deal.n),
            archived_id: random.happens(4_000).then_some(ARCHIVED_IDS + deal.n),
            test_id: random.happens(3_000).then_some(TEST_IDS + deal.n),
            is_saved_again: random.happens(15_000),
            has_planned_meeting: random.happens(60_000),
            // Only where the contract leads from the order to the deal.
            order_lacks_deal: random.happens(50_000) && deal.contract.is_some(),
            invoice_lacks_deal: random.happens(150_000),
            has_draft_invoice: random.happens(5_000) && !deal.invoices.is_empty(),
            has_foreign_invoice: random.happens(4_000) && !deal.invoices.is_empty(),
            lead_names_merged_contact: random.happens(500_000),
        }
    }
}

/// Whether the region of a company is not entered; its country still tells it.
pub(super) fn lacks_region(world: &World, company: u64) -> bool {
    Random::of(world.seed(), Domain::Dirt, company * 2 + 1).happens(30_000)
}

/// The id of the contact that was merged into the contact of a company.
pub(super) fn merged_contact(world: &World, company: u64) -> Option<u64> {
    let mut random = Random::of(world.seed(), Domain::Dirt, company * 2 + 1);
    random.bits();
    random.happens(20_000).then_some(2_900_000_000 + company)
}
