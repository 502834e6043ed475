//! How strong each planted effect is: the numbers that the simulation obeys.

use paydirt_model::time::{DAY_US, HOUR_US};

use crate::calendar::{day_of, month_end, quarter_end};
use crate::catalog::{Category, CustomerGroup, Region};

/// The region whose approvals take longer.
pub const SLOW_APPROVAL_REGION: Region = Region::Apac;
/// How much longer.
pub const SLOW_APPROVAL_US: i64 = 4 * DAY_US;

/// The group of customers that pays late.
pub const LATE_GROUP: CustomerGroup = CustomerGroup::PublicSector;
/// How many days later.
pub const LATE_DAYS: i64 = 18;

/// How much longer the hand-over to operations takes for deals won at the end of a month.
pub const MONTH_END_HANDOFF_US: i64 = 72 * HOUR_US;
/// How many days are the end of a month.
pub const MONTH_END_DAYS: i64 = 5;

/// The team that skips the gathering of requirements.
pub const SKIPPING_TEAM: &str = "SMB North America";
/// How often it does, in millionths.
pub const SKIPPING_TEAM_PPM: u64 = 450_000;
/// How often other teams do.
pub const SKIP_DISCOVERY_PPM: u64 = 80_000;

/// The time within which a first contact counts as fast.
pub const FAST_CONTACT_US: i64 = DAY_US;
/// How much it adds to the chance of winning new business, in millionths.
pub const FAST_CONTACT_PPM: i64 = 80_000;

/// How much a referral adds to the chance of winning new business, in millionths.
pub const REFERRAL_PPM: i64 = 100_000;

/// The family of products whose orders go wrong.
pub const ERROR_CATEGORY: Category = Category::Hardware;
/// How often they do, in millionths.
pub const ERROR_CATEGORY_PPM: u64 = 180_000;
/// How often other orders do.
pub const ORDER_ERROR_PPM: u64 = 60_000;

/// The team that issues quotes again.
pub const REQUOTING_TEAM: &str = "Mid-Market EMEA";
/// How often it does, in millionths.
pub const REQUOTING_TEAM_PPM: u64 = 500_000;
/// How often other teams do.
pub const REQUOTE_PPM: u64 = 200_000;

/// How much more discount is given at the end of a quarter, in thousandths.
pub const QUARTER_END_DISCOUNT_PERMILLE: i64 = 50;
/// How many days are the end of a quarter.
pub const QUARTER_END_DAYS: i64 = 14;

/// How many days electronic signature saves between acceptance and signature.
pub const ESIGNATURE_DAYS: i64 = 4;

/// How much longer a deal takes that changes hands.
pub const OWNER_CHANGE_US: i64 = 10 * DAY_US;

/// From which discount on (exclusive) a discount is deep, in thousandths.
pub const DEEP_DISCOUNT_PERMILLE: i64 = 200;

/// Above which discount a quote needs an approval, in thousandths.
pub const APPROVAL_ABOVE_PERMILLE: i64 = 150;

/// Whether an instant lies in the last days of its month.
#[must_use]
pub fn is_month_end(at_us: i64) -> bool {
    let day = day_of(at_us);
    month_end(day) - day < MONTH_END_DAYS
}

/// Whether an instant lies in the last days of its quarter.
#[must_use]
pub fn is_quarter_end(at_us: i64) -> bool {
    let day = day_of(at_us);
    quarter_end(day) - day < QUARTER_END_DAYS
}
