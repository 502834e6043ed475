//! What is offered and agreed: discounts, approvals, quotes, acceptance, contract.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US};

use crate::calendar::{ESIGNATURE_DAY, day_of};
use crate::catalog::TEAMS;
use crate::deal::{Actor, Approval, Change, Contract, Origin, Quote};
use crate::pipeline::PROPOSAL;
use crate::planted;
use crate::story::Story;

const PREPARE_HOURS: [i64; 11] = [1, 3, 6, 12, 20, 26, 38, 52, 76, 110, 260];
const REPLY_HOURS: [i64; 11] = [3, 24, 48, 76, 108, 145, 190, 250, 335, 490, 1_100];
const APPROVAL_HOURS: [i64; 11] = [1, 2, 4, 8, 16, 22, 28, 40, 52, 80, 170];
/// Hours from acceptance to signature before contracts were signed electronically.
const SIGNATURE_HOURS: [i64; 11] = [100, 108, 116, 124, 134, 146, 160, 178, 204, 250, 420];
const DISCOUNT_WEIGHTS: [u32; 6] = [22, 20, 20, 16, 10, 12];

impl Story<'_> {
    /// Issues quotes until the customer has the last one.
    pub(crate) fn quote_until_settled(&mut self) {
        let mut discount_permille = self.first_discount();
        self.quote(&mut discount_permille);
        self.enter(PROPOSAL);
        let requote_ppm = if TEAMS[self.deal.team].name == planted::REQUOTING_TEAM {
            planted::REQUOTING_TEAM_PPM
        } else {
            planted::REQUOTE_PPM
        };
        if !self.random.happens(requote_ppm) {
            return;
        }
        let again = 1 + self.random.weighted(&[78, 18, 4]);
        for _ in 0..again {
            self.pass_hours(&REPLY_HOURS);
            let is_negotiated = self.random.happens(500_000);
            if is_negotiated {
                self.enter(crate::pipeline::NEGOTIATION);
            }
            if self.random.happens(600_000) {
                discount_permille = (discount_permille + self.random.between(2, 5) * 10).min(350);
            }
            self.quote(&mut discount_permille);
            if is_negotiated {
                self.enter(PROPOSAL);
            }
        }
    }

    fn first_discount(&mut self) -> i64 {
        let drawn = match self.random.weighted(&DISCOUNT_WEIGHTS) {
            0 => 0,
            1 => self.random.between(1, 5) * 10,
            2 => self.random.between(6, 10) * 10,
            3 => self.random.between(11, 15) * 10,
            4 => self.random.between(16, 20) * 10,
            _ => self.random.between(21, 30) * 10,
        };
        if planted::is_quarter_end(self.now_us) {
            return drawn + planted::QUARTER_END_DISCOUNT_PERMILLE;
        }
        drawn
    }

    /// Writes a quote and gets it out; a rejected one is written again with less discount.
    fn quote(&mut self, discount_permille: &mut i64) {
        let created_us = self.now_us;
        self.pass_hours(&PREPARE_HOURS);
        let needs_approval = planted::APPROVAL_ABOVE_PERMILLE < *discount_permille;
        if needs_approval && !self.random.happens(60_000) {
            let approval = self.approve();
            if !approval.is_granted {
                self.write(created_us, Some(approval), None, *discount_permille);
                *discount_permille = planted::APPROVAL_ABOVE_PERMILLE;
                let created_us = self.now_us;
                self.pass_hours(&PREPARE_HOURS);
                self.write(created_us, None, Some(self.now_us), *discount_permille);
                return;
            }
            self.write(created_us, Some(approval), Some(self.now_us), *discount_permille);
            return;
        }
        self.write(created_us, None, Some(self.now_us), *discount_permille);
    }

    fn approve(&mut self) -> Approval {
        let requested_us = self.now_us;
        let minutes = self.random.quantile(&APPROVAL_HOURS.map(|hours| hours * 60));
        let extra_us = if self.region() == planted::SLOW_APPROVAL_REGION {
            planted::SLOW_APPROVAL_US
        } else {
            0
        };
        self.let_pass(minutes * MINUTE_US + extra_us);
        let approval = Approval {
            requested_us,
            decided_us: Some(self.now_us),
            is_granted: !self.random.happens(110_000),
            requester: self.actor(),
            approver: Actor::Owner(self.world.team_lead(self.deal.team)),
        };
        self.let_pass_some(5, 240, MINUTE_US);
        approval
    }

    fn write(
        &mut self,
        created_us: i64,
        approval: Option<Approval>,
        issued_us: Option<i64>,
        discount_permille: i64,
    ) {
        let amount = self.deal.list_amount() * (1_000 - discount_permille) / 1_000;
        for quote in &mut self.deal.quotes {
            quote.is_replaced = true;
        }
        self.deal.quotes.push(Quote {
            created_us,
            approval,
            issued_us,
            accepted_us: None,
            expires_day: day_of(issued_us.unwrap_or(created_us)) + 30,
            discount_permille,
            amount,
            actor: self.actor(),
            is_replaced: false,
        });
        if let Some(at_us) = issued_us
            && self.deal.amount() != Some(amount)
        {
            let (actor, origin) = (Actor::System, Origin::Workflow);
            self.deal.amounts.push(Change { at_us, value: Some(amount), actor, origin });
        }
    }

    /// The customer agrees; the contract is signed and the deal closed, mostly in this order.
    pub(crate) fn accept_and_sign(&mut self) {
        if !self.random.happens(60_000)
            && let Some(quote) = self.deal.quotes.last_mut()
        {
            quote.accepted_us = Some(self.now_us);
        }
        let accepted_us = self.now_us;
        if self.random.happens(40_000) {
            self.close_won();
            return;
        }
        let is_won_first = self.random.happens(110_000);
        if is_won_first {
            self.let_pass_some(5, 180, MINUTE_US);
            self.close_won();
        }
        self.sign(accepted_us);
        if !is_won_first {
            self.let_pass_some(5, 300, MINUTE_US);
            self.close_won();
        }
    }

    fn sign(&mut self, accepted_us: i64) {
        let minutes = self.random.quantile(&SIGNATURE_HOURS.map(|hours| hours * 60));
        let is_electronic = ESIGNATURE_DAY <= day_of(accepted_us);
        let saved_us = if is_electronic { planted::ESIGNATURE_DAYS * DAY_US } else { 0 };
        let jitter_us = self.jitter_us();
        self.move_to(accepted_us + minutes * MINUTE_US - saved_us + jitter_us);
        // On paper only the date is known.
        let is_day = !is_electronic && self.random.happens(350_000);
        let signed_us = if is_day { day_of(self.now_us) * DAY_US } else { self.now_us };
        self.deal.contract = Some(Contract { signed_us, is_day });
        debug_assert!(SIGNATURE_HOURS[0] * HOUR_US - planted::ESIGNATURE_DAYS * DAY_US > 0);
    }
}
