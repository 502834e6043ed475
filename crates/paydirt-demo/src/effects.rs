//! Which effects are planted in the world, how large they are, and how large they turned out.
//!
//! Each effect has the size that the simulation obeys and the size realized in this world, found
//! by the measure that the effect describes, so that an analysis can be held against both.

mod list;

use paydirt_model::number::Decimal;
use paydirt_model::time::DAY_US;
use serde::Serialize;

use crate::calendar::{AS_OF_US, ESIGNATURE_DAY, day_of};
use crate::catalog::{PRODUCTS, REFERRAL, TEAMS};
use crate::deal::{Deal, State};
use crate::pipeline::{DISCOVERY, NEGOTIATION, PROPOSAL, Pipeline, SOLUTION, WON};
use crate::planted;
use crate::world::{Block, World};
use list::{DEFINITIONS, Definition, EFFECT_COUNT, Effect};

/// A text in the three languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Title {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

/// What kind of effect it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// Something takes longer or shorter.
    Duration,
    /// Something happens more or less often.
    Rate,
    /// A level is higher or lower.
    Level,
    /// Something that one might expect is not there.
    NoEffect,
}

/// In what the size is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectUnit {
    /// Days of 24 hours.
    Days,
    /// Hundredths of the whole.
    PercentagePoints,
}

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RealizedSide {
    /// How many members it has.
    pub count: u64,
    /// Their mean; nothing without members.
    pub mean: Option<Decimal>,
}

/// An effect with its true size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedEffect {
    /// Stable name.
    pub id: &'static str,
    /// Title for people.
    pub title: Title,
    /// Kind.
    pub kind: EffectKind,
    /// Which cases or documents are looked at.
    pub population: &'static str,
    /// Which of them have the effect.
    pub affected: &'static str,
    /// How the size is found.
    pub measure: &'static str,
    /// Unit of all sizes.
    pub unit: EffectUnit,
    /// The size that the simulation obeys.
    pub parameter: Decimal,
    /// The affected members in this world.
    pub realized_affected: RealizedSide,
    /// All other members in this world.
    pub realized_others: RealizedSide,
    /// Mean of the affected less mean of the others.
    pub realized: Option<Decimal>,
}

/// Most digits after the point of a size.
const SIZE_SCALE: u8 = 4;

/// Count and sum of one side; the sum is in the smallest unit of its effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Side {
    count: u64,
    sum: i128,
}

/// What has been seen of all effects so far; parts of a world can be merged in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EffectTally {
    sides: [[Side; 2]; EFFECT_COUNT],
}

impl EffectTally {
    /// Adds what another part of the world has seen.
    pub fn merge(&mut self, other: &EffectTally) {
        for (sides, more) in self.sides.iter_mut().zip(&other.sides) {
            for (side, more) in sides.iter_mut().zip(more) {
                side.count += more.count;
                side.sum += more.sum;
            }
        }
    }

    /// The effects with the sizes found.
    #[must_use]
    pub fn finish(&self) -> Vec<PlantedEffect> {
        DEFINITIONS.iter().map(|definition| self.describe(definition)).collect()
    }

    fn describe(&self, definition: &Definition) -> PlantedEffect {
        let [others, affected] = self.sides[definition.effect as usize];
        let per_unit = smallest_units(definition.effect);
        let mean = |side: Side| RealizedSide {
            count: side.count,
            mean: (side.count > 0).then(|| {
                Decimal::quotient(side.sum, i128::from(side.count) * per_unit, SIZE_SCALE)
            }),
        };
        let (left, right) = (i128::from(affected.count), i128::from(others.count));
        let realized = (left > 0 && right > 0).then(|| {
            let difference = affected.sum * right - others.sum * left;
            Decimal::quotient(difference, left * right * per_unit, SIZE_SCALE)
        });
        PlantedEffect {
            id: definition.id,
            title: definition.title,
            kind: definition.kind,
            population: definition.population,
            affected: definition.affected,
            measure: definition.measure,
            unit: definition.unit,
            parameter: Decimal::new(definition.parameter.into(), SIZE_SCALE),
            realized_affected: mean(affected),
            realized_others: mean(others),
            realized,
        }
    }

    fn observe(&mut self, effect: Effect, is_affected: bool, value: i64) {
        let side = &mut self.sides[effect as usize][usize::from(is_affected)];
        side.count += 1;
        side.sum += i128::from(value);
    }

    /// Adds whether something happened, as 100 percentage points or none.
    fn observe_rate(&mut self, effect: Effect, is_affected: bool, happened: bool) {
        self.observe(effect, is_affected, if happened { 100 } else { 0 });
    }

    fn observe_deal(&mut self, deal: &Deal) {
        self.observe_sale(deal);
        self.observe_quotes(deal);
        self.observe_delivery(deal);
    }

    fn observe_sale(&mut self, deal: &Deal) {
        if [SOLUTION, PROPOSAL, NEGOTIATION, WON].iter().any(|&stage| deal.has_entered(stage)) {
            let is_affected = has_team(deal, planted::SKIPPING_TEAM);
            let is_skipped = !deal.has_entered(DISCOVERY);
            self.observe_rate(Effect::SkippedRequirements, is_affected, is_skipped);
        }
        let Some(closed_us) = deal.closed_us() else { return };
        let cycle_us = closed_us - deal.created_us;
        self.observe(Effect::OwnerChange, 1 < deal.owners.len(), cycle_us);
        if deal.pipeline != Pipeline::NewBusiness {
            return;
        }
        let is_won = deal.state() == State::Won;
        let is_fast = deal
            .first_contact()
            .is_some_and(|contact| contact.at_us - deal.created_us < planted::FAST_CONTACT_US);
        self.observe_rate(Effect::FastContact, is_fast, is_won);
        self.observe_rate(Effect::Referral, deal.source == REFERRAL, is_won);
        if let Some(quote) = deal.leading_quote() {
            let is_deep = planted::DEEP_DISCOUNT_PERMILLE < quote.discount_permille;
            self.observe_rate(Effect::DeepDiscount, is_deep, is_won);
        }
    }

    fn observe_quotes(&mut self, deal: &Deal) {
        for approval in deal.quotes.iter().filter_map(|quote| quote.approval) {
            if let Some(decided_us) = approval.decided_us {
                let is_affected = deal.company.region() == planted::SLOW_APPROVAL_REGION;
                let wait_us = decided_us - approval.requested_us;
                self.observe(Effect::SlowApproval, is_affected, wait_us);
            }
        }
        if let Some(first) = deal.quotes.first() {
            let is_affected = planted::is_quarter_end(first.created_us);
            self.observe(Effect::QuarterEndDiscount, is_affected, first.discount_permille);
        }
        let issued_count = deal.quotes.iter().filter(|quote| quote.issued_us.is_some()).count();
        if issued_count > 0 {
            let is_affected = has_team(deal, planted::REQUOTING_TEAM);
            self.observe_rate(Effect::Requotes, is_affected, 1 < issued_count);
        }
        let accepted_us = deal.quotes.iter().find_map(|quote| quote.accepted_us);
        if let (Some(accepted_us), Some(contract)) = (accepted_us, &deal.contract) {
            let is_affected = ESIGNATURE_DAY <= day_of(accepted_us);
            let wait_us = if contract.is_day {
                (day_of(contract.signed_us) - day_of(accepted_us)) * DAY_US
            } else {
                contract.signed_us - accepted_us
            };
            self.observe(Effect::Esignature, is_affected, wait_us);
        }
    }

    fn observe_delivery(&mut self, deal: &Deal) {
        let Some(order) = &deal.order else { return };
        if let Some(won_us) = deal.closed_us() {
            let is_affected = planted::is_month_end(won_us);
            self.observe(Effect::MonthEndHandoff, is_affected, order.created_us - won_us);
        }
        if !order.fulfilled_us.is_empty() {
            let category = PRODUCTS[deal.lines[0].product].category;
            let has_error = order.changed_us.is_some()
                || 1 < order.fulfilled_us.len()
                || deal
                    .invoices
                    .iter()
                    .any(|invoice| invoice.is_void || !invoice.credit_notes.is_empty());
            let is_affected = category == planted::ERROR_CATEGORY;
            self.observe_rate(Effect::OrderErrors, is_affected, has_error);
        }
        let until = day_of(AS_OF_US) - 180;
        for invoice in deal.invoices.iter().filter(|invoice| invoice.home == deal.n) {
            if let (Some(day), true) = (invoice.settled_day(), invoice.day <= until) {
                let is_affected = deal.company.group == planted::LATE_GROUP;
                let late_us = (day - invoice.due_day) * DAY_US;
                self.observe(Effect::LatePayers, is_affected, late_us);
            }
        }
    }
}

/// Whether the CRM tells that a deal is of this team: through its owner, whom some deals lack.
fn has_team(deal: &Deal, name: &str) -> bool {
    deal.owner().is_some() && TEAMS[deal.team].name == name
}

/// How many of the values that are summed make one unit of the effect.
fn smallest_units(effect: Effect) -> i128 {
    match effect {
        Effect::SlowApproval
        | Effect::LatePayers
        | Effect::MonthEndHandoff
        | Effect::Esignature
        | Effect::OwnerChange => i128::from(DAY_US),
        Effect::QuarterEndDiscount => 10,
        Effect::DeepDiscount
        | Effect::SkippedRequirements
        | Effect::FastContact
        | Effect::Referral
        | Effect::OrderErrors
        | Effect::Requotes => 1,
    }
}

impl Block<'_> {
    /// What this block shows of the planted effects.
    #[must_use]
    pub fn effects(&self) -> EffectTally {
        let mut tally = EffectTally::default();
        self.deals.iter().for_each(|deal| tally.observe_deal(deal));
        tally
    }
}

impl World {
    /// The planted effects with their true sizes, found by going through all blocks.
    #[must_use]
    pub fn planted_effects(&self) -> Vec<PlantedEffect> {
        let mut tally = EffectTally::default();
        for block_idx in 0..self.block_count() {
            tally.merge(&self.block(block_idx).effects());
        }
        tally.finish()
    }
}
