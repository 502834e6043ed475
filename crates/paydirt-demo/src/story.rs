//! What happens to a deal before it is closed: contact, stages, fate, reopening.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US};

use crate::calendar::{clean_up_friday, day_of, daytime, in_office, quarter_end, working_day};
use crate::catalog::{NO_DECISION, REFERRAL, Region, TEAMS};
use crate::deal::{
    Actor, Change, Deal, Engagement, EngagementKind, EngagementOutcome, Origin, State,
};
use crate::pipeline::{
    DISCOVERY, FIRST_STAGE, LOST, NEGOTIATION, PROPOSAL, Pipeline, QUALIFIED, SOLUTION, WON,
};
use crate::planted;
use crate::random::Random;
use crate::world::World;

/// Waits in hours, as deciles.
const STAGE_HOURS: [i64; 11] = [6, 34, 62, 92, 124, 162, 210, 275, 375, 560, 1_300];
const REPLY_HOURS: [i64; 11] = [3, 24, 48, 76, 108, 145, 190, 250, 335, 490, 1_100];
const SLOW_CONTACT_HOURS: [i64; 11] = [26, 30, 40, 52, 70, 92, 118, 150, 190, 250, 420];
const LOSS_WEIGHTS: [[u32; 6]; 2] = [[30, 25, 14, 13, 11, 7], [14, 16, 12, 14, 26, 18]];
const LOSS_REASON_WEIGHTS: [u32; 6] = [26, 22, 16, 14, 12, 10];

/// How a deal is going to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Won.
    Won,
    /// Lost after this stage.
    Lost(u8),
    /// Forgotten in this stage until a clean-up closes it.
    Forgotten(u8),
}

impl Fate {
    fn last_open_stage(self) -> u8 {
        match self {
            Fate::Won => NEGOTIATION,
            Fate::Lost(stage) | Fate::Forgotten(stage) => stage,
        }
    }
}

/// A deal on its way.
pub(crate) struct Story<'w> {
    pub(crate) world: &'w World,
    pub(crate) random: Random,
    pub(crate) deal: Deal,
    pub(crate) now_us: i64,
    /// Stages the deal has been in, the current one last.
    visited: Vec<u8>,
    changes_hands: bool,
    /// Whether the deal shares its invoice with the other one of its pair.
    pub(crate) is_shared: bool,
}

impl<'w> Story<'w> {
    /// A story at the creation of its deal.
    pub(crate) fn new(world: &'w World, random: Random, deal: Deal, is_shared: bool) -> Self {
        let now_us = deal.created_us;
        Story {
            world,
            random,
            deal,
            now_us,
            visited: vec![FIRST_STAGE],
            changes_hands: false,
            is_shared,
        }
    }

    /// Tells the deal until it is won, lost or forgotten and cleaned up.
    pub(crate) fn tell_sale(&mut self) {
        self.changes_hands = self.random.happens(90_000);
        let contact_us = self.first_contact_time();
        let fate = self.draw_fate(contact_us - self.deal.created_us < planted::FAST_CONTACT_US);
        let is_slow = planted::FAST_CONTACT_US <= contact_us - self.deal.created_us;
        if !(fate == Fate::Lost(FIRST_STAGE) && is_slow && self.random.happens(400_000)) {
            self.first_contact(contact_us);
        }
        self.pass_stages(fate);
        match fate {
            Fate::Won => self.win(),
            Fate::Lost(stage) => self.lose(stage),
            Fate::Forgotten(_) => self.clean_up(),
        }
    }

    /// Lets hours pass, drawn from deciles, and comes to an instant of office work.
    pub(crate) fn pass_hours(&mut self, deciles: &[i64; 11]) {
        let factor = match self.deal.pipeline {
            Pipeline::NewBusiness => 1_000,
            Pipeline::ExistingCustomers => 620,
        };
        let minutes = self.random.quantile(&deciles.map(|hours| hours * 60)) * factor / 1_000;
        self.let_pass(minutes * MINUTE_US);
    }

    /// Lets a span pass, and up to a minute more, and comes to an instant of office work.
    pub(crate) fn let_pass(&mut self, span_us: i64) {
        let jitter_us = self.jitter_us();
        self.move_to(self.now_us + span_us + jitter_us);
    }

    /// Lets a drawn number of minutes, hours or days pass.
    pub(crate) fn let_pass_some(&mut self, first: i64, last: i64, unit_us: i64) {
        let count = self.random.between(first, last);
        self.let_pass(count * unit_us);
    }

    /// Goes on to the first instant of office work at or after this one.
    pub(crate) fn move_to(&mut self, at_us: i64) {
        self.now_us = in_office(at_us.max(self.now_us), self.region(), &mut self.random);
    }

    pub(crate) fn region(&self) -> Region {
        self.deal.company.region()
    }

    /// Less than a minute, in whole milliseconds.
    pub(crate) fn jitter_us(&mut self) -> i64 {
        self.random.between(0, MINUTE_US / 1_000 - 1) * 1_000
    }

    /// Who acts for us now.
    pub(crate) fn actor(&self) -> Actor {
        self.deal.owner().map_or(Actor::Unknown, Actor::Owner)
    }

    /// Enters a stage now.
    pub(crate) fn enter(&mut self, stage: u8) {
        let (actor, origin) = (self.actor(), Origin::Hand);
        self.deal.stages.push(Change { at_us: self.now_us, value: stage, actor, origin });
        self.visited.push(stage);
    }

    fn first_contact_time(&mut self) -> i64 {
        let minutes = if self.random.happens(450_000) {
            self.random.between(10, 480)
        } else {
            self.random.quantile(&SLOW_CONTACT_HOURS) * 60
        };
        let wanted_us = self.now_us + minutes * MINUTE_US + self.jitter_us();
        in_office(wanted_us, self.region(), &mut self.random)
    }

    fn draw_fate(&mut self, is_fast: bool) -> Fate {
        let deal = &self.deal;
        let mut chance_ppm = match deal.pipeline {
            Pipeline::NewBusiness => 165_000,
            Pipeline::ExistingCustomers => 470_000,
        };
        if deal.pipeline == Pipeline::NewBusiness {
            chance_ppm += if is_fast { planted::FAST_CONTACT_PPM } else { 0 };
            chance_ppm += if deal.source == REFERRAL { planted::REFERRAL_PPM } else { 0 };
        }
        chance_ppm += deal.owner().map_or(0, |owner| self.world.owner(owner).skill_ppm);
        let chance_ppm = u64::try_from(chance_ppm).expect("the smallest chance is positive");
        if self.is_shared || self.random.happens(chance_ppm) {
            return Fate::Won;
        }
        let weights = match deal.pipeline {
            Pipeline::NewBusiness => &LOSS_WEIGHTS[0],
            Pipeline::ExistingCustomers => &LOSS_WEIGHTS[1],
        };
        let stage = u8::try_from(self.random.weighted(weights)).expect("six stages");
        if self.random.happens(260_000) { Fate::Forgotten(stage) } else { Fate::Lost(stage) }
    }

    fn first_contact(&mut self, at_us: i64) {
        if self.random.happens(20_000) {
            let earlier_us = self.deal.created_us - self.random.between(2, 96) * HOUR_US;
            self.engage(earlier_us, EngagementKind::Email, EngagementOutcome::Held);
        }
        let kind = self.draw_kind();
        self.engage(at_us, kind, EngagementOutcome::Held);
        self.now_us = at_us.max(self.now_us);
    }

    fn draw_kind(&mut self) -> EngagementKind {
        match self.random.weighted(&[35, 42, 23]) {
            0 => EngagementKind::Call,
            1 => EngagementKind::Email,
            _ => EngagementKind::Meeting,
        }
    }

    fn engage(&mut self, at_us: i64, kind: EngagementKind, outcome: EngagementOutcome) {
        let is_incoming = kind != EngagementKind::Meeting && self.random.happens(300_000);
        let actor = self.actor();
        self.deal.engagements.push(Engagement { at_us, kind, outcome, is_incoming, actor });
    }

    /// Lets the time of a stage pass, with the talks in it.
    fn stay(&mut self, deciles: &[i64; 11]) {
        let start_us = self.now_us;
        self.pass_hours(deciles);
        let end_us = self.now_us;
        for _ in 0..self.random.weighted(&[78, 17, 4, 1]) {
            let wanted_us = start_us + self.random.between(0, (end_us - start_us) / 1_000) * 1_000;
            let at_us = in_office(wanted_us, self.region(), &mut self.random);
            let kind = self.draw_kind();
            let outcome = match kind {
                EngagementKind::Meeting => match self.random.weighted(&[86, 9, 5]) {
                    0 => EngagementOutcome::Held,
                    1 => EngagementOutcome::Cancelled,
                    _ => EngagementOutcome::NoShow,
                },
                EngagementKind::Call | EngagementKind::Email => EngagementOutcome::Held,
            };
            // Not before the first contact, which is settled already.
            if self.deal.created_us < start_us && at_us < end_us {
                self.engage(at_us, kind, outcome);
            }
        }
        if self.changes_hands {
            self.changes_hands = false;
            self.change_owner();
        }
    }

    fn change_owner(&mut self) {
        let owner = self.world.draw_owner(self.deal.team, &mut self.random);
        if self.deal.owner() == Some(owner) {
            return;
        }
        let change = Change {
            at_us: self.now_us,
            value: Some(owner),
            actor: Actor::Operations,
            origin: Origin::Hand,
        };
        self.deal.owners.push(change);
        self.move_to(self.now_us + planted::OWNER_CHANGE_US);
    }

    fn pass_stages(&mut self, fate: Fate) {
        let last = fate.last_open_stage().min(PROPOSAL);
        let mut stage = FIRST_STAGE;
        while stage < last {
            stage += 1;
            if stage < last && self.skips(stage) {
                continue;
            }
            self.stay(&STAGE_HOURS);
            if stage == PROPOSAL {
                self.quote_until_settled();
                continue;
            }
            self.enter(stage);
            if stage == DISCOVERY {
                self.revise_amount();
            }
            // A workflow sometimes takes the deal on at once.
            if stage + 1 < last && stage + 1 < PROPOSAL && self.random.happens(25_000) {
                stage += 1;
                let (at_us, actor, origin) = (self.now_us, Actor::System, Origin::Workflow);
                self.deal.stages.push(Change { at_us, value: stage, actor, origin });
                self.visited.push(stage);
            } else if self.random.happens(60_000) {
                self.step_back(stage);
            }
        }
        if last < fate.last_open_stage() && (fate != Fate::Won || !self.random.happens(250_000)) {
            self.stay(&REPLY_HOURS);
            if self.deal.stage() != NEGOTIATION {
                self.enter(NEGOTIATION);
            }
        }
    }

    fn skips(&mut self, stage: u8) -> bool {
        let chance_ppm = match stage {
            QUALIFIED => 50_000,
            DISCOVERY if TEAMS[self.deal.team].name == planted::SKIPPING_TEAM => {
                planted::SKIPPING_TEAM_PPM
            }
            DISCOVERY => planted::SKIP_DISCOVERY_PPM,
            SOLUTION => 100_000,
            _ => 0,
        };
        self.random.happens(chance_ppm)
    }

    /// Goes back to the stage before this one that the deal has been in, and returns.
    fn step_back(&mut self, stage: u8) {
        let Some(&before) = self.visited.iter().rev().find(|&&visited| visited < stage) else {
            return;
        };
        self.stay(&REPLY_HOURS);
        self.enter(before);
        self.stay(&STAGE_HOURS);
        self.enter(stage);
    }

    fn revise_amount(&mut self) {
        if self.deal.amount().is_some() && !self.random.happens(250_000) {
            return;
        }
        let estimate = self.world.estimate(&self.deal, &mut self.random);
        if self.deal.amount() != Some(estimate) {
            let (actor, origin) = (self.actor(), Origin::Hand);
            let change = Change { at_us: self.now_us, value: Some(estimate), actor, origin };
            self.deal.amounts.push(change);
        }
    }

    fn win(&mut self) {
        if self.random.happens(45_000) && !self.is_shared {
            self.lose_and_reopen();
        }
        self.stay(&REPLY_HOURS);
        self.now_us = self.pulled_to_quarter_end();
        self.accept_and_sign();
    }

    fn lose(&mut self, stage: u8) {
        if SOLUTION <= stage && self.random.happens(80_000) {
            self.lose_and_reopen();
        }
        self.stay(&STAGE_HOURS);
        self.close_lost();
    }

    fn lose_and_reopen(&mut self) {
        let stage = self.deal.stage();
        self.stay(&REPLY_HOURS);
        self.close_lost();
        self.let_pass_some(15, 70, DAY_US);
        self.enter(stage);
        self.deal.loss_reason = None;
    }

    fn close_lost(&mut self) {
        let has_reason = self.random.happens(900_000);
        let reason = self.random.weighted(&LOSS_REASON_WEIGHTS);
        self.deal.loss_reason = has_reason.then_some(reason);
        self.enter(LOST);
    }

    /// Nothing happens until somebody closes the forgotten deals on a Friday evening; some are
    /// never found.
    fn clean_up(&mut self) {
        self.stay(&REPLY_HOURS);
        if self.random.happens(110_000) {
            return;
        }
        let mut friday = clean_up_friday(day_of(self.now_us) + 110);
        if self.random.happens(400_000) {
            friday = clean_up_friday(friday + 1);
        }
        // 18:30 UTC; the records of one clean-up are written within two minutes.
        let seconds = self.random.between(0, 119_999);
        let at_us = friday * DAY_US + 18 * HOUR_US + 30 * MINUTE_US + seconds * 1_000;
        self.deal.stages.push(Change {
            at_us,
            value: LOST,
            actor: Actor::Operations,
            origin: Origin::Bulk,
        });
        self.deal.loss_reason = self.random.happens(600_000).then_some(NO_DECISION);
        self.now_us = at_us;
    }

    /// Many a deal that is ready in the last month of a quarter is accepted in its last week.
    fn pulled_to_quarter_end(&mut self) -> i64 {
        let day = day_of(self.now_us);
        let end = quarter_end(day);
        if 30 < end - day || !self.random.happens(350_000) {
            return self.now_us;
        }
        let target = working_day(end - self.random.between(1, 7), self.region());
        if target <= day {
            return self.now_us;
        }
        daytime(target, self.region(), &mut self.random)
    }

    pub(crate) fn close_won(&mut self) {
        self.enter(WON);
        if self.random.happens(6_000) {
            // Closed by mistake and put right at once.
            let before = self.visited[self.visited.len() - 2];
            self.now_us += self.random.between(20, 200) * 1_000_000;
            self.enter(before);
            self.now_us += self.random.between(20, 200) * 1_000_000;
            self.enter(WON);
        }
        debug_assert_eq!(self.deal.state(), State::Won);
    }
}
