//! How a deal begins: customer, products, team, owner, source, lead, first values.

use paydirt_model::time::{HOUR_US, MINUTE_US};

use crate::calendar::{day_of, daytime, weekday, working_day};
use crate::catalog::{
    Beat, CATEGORIES, CATEGORY_WEIGHTS, Category, Currency, CustomerGroup, PARTNER, PRODUCTS,
    PaymentTerms, team_of,
};
use crate::company::Company;
use crate::deal::{Actor, Change, Deal, Lead, Line, Origin};
use crate::pipeline::{FIRST_STAGE, Pipeline};
use crate::random::{Domain, Random};
use crate::story::Story;
use crate::world::World;

const SOURCE_WEIGHTS: [[u32; 8]; 2] = [[20, 13, 17, 11, 9, 11, 10, 9], [4, 2, 22, 18, 24, 8, 4, 3]];
/// Hours from the lead to the deal, as deciles.
const LEAD_HOURS: [i64; 11] = [1, 20, 48, 80, 118, 165, 225, 305, 420, 620, 1_400];
/// From this list price in euros on, new business belongs to the enterprise teams.
const LARGE_FROM: i64 = 40_000;

/// What two deals of one pair share: the customer and, later, the invoice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shared {
    pub(crate) company: u64,
}

impl<'w> Story<'w> {
    /// The story of deal `n` at its creation.
    pub(crate) fn begin(world: &'w World, n: u64, shared: Option<Shared>) -> Self {
        let mut random = Random::of(world.seed(), Domain::Deal, n);
        let day = world.creation_day(n);
        let drawn = random.below(world.company_count());
        let number = shared.map_or(drawn, |shared| shared.company);
        let company = Company::of(world.seed(), number);
        let region = company.region();
        let is_existing = random.happens(250_000) || shared.is_some();
        let pipeline =
            if is_existing { Pipeline::ExistingCustomers } else { Pipeline::NewBusiness };
        let source = random.weighted(&SOURCE_WEIGHTS[usize::from(is_existing)]);
        let currency = company.country().currency;
        let lines = draw_lines(&company, currency, &mut random);
        let team = team_of(region, beat(pipeline, &lines, currency));
        let day = if weekday(day) < 5 { working_day(day, region) } else { day };
        let created_us = daytime(day, region, &mut random);
        let owner = world.draw_owner(team, &mut random);
        let owner = (!random.happens(15_000)).then_some(owner);
        let lead = draw_lead(pipeline, created_us, owner, world.team_lead(team), &mut random);
        let terms = draw_terms(&company, &lines, &mut random);
        let terms = if shared.is_some() { PaymentTerms::Net30 } else { terms };
        let has_recorded_terms = !random.happens(30_000);
        let actor = owner.map_or(Actor::Unknown, Actor::Owner);
        let is_automatic = lead.is_none() && random.happens(120_000);
        let (actor, origin) =
            if is_automatic { (Actor::System, Origin::Integration) } else { (actor, Origin::Hand) };
        let mut deal = Deal {
            n,
            pipeline,
            opportunity_type: opportunity_type(pipeline, source, &mut random),
            company,
            team,
            source,
            currency,
            terms,
            has_recorded_terms,
            lead,
            lines,
            created_us,
            owners: vec![Change { at_us: created_us, value: owner, actor, origin }],
            stages: vec![Change { at_us: created_us, value: FIRST_STAGE, actor, origin }],
            amounts: Vec::new(),
            close_dates: Vec::new(),
            engagements: Vec::new(),
            quotes: Vec::new(),
            contract: None,
            order: None,
            invoices: Vec::new(),
            loss_reason: None,
        };
        let amount = match random.weighted(&[965, 10, 25]) {
            0 => Some(world.estimate(&deal, &mut random)),
            1 => Some(0),
            _ => None,
        };
        deal.amounts.push(Change { at_us: created_us, value: amount, actor, origin });
        Story::new(world, random, deal, shared.is_some())
    }
}

fn beat(pipeline: Pipeline, lines: &[Line], currency: Currency) -> Beat {
    let list: i64 = lines.iter().map(|line| line.price * line.quantity).sum();
    let euros = list * 10 / currency.price_level_permille();
    match pipeline {
        Pipeline::ExistingCustomers => Beat::Existing,
        Pipeline::NewBusiness if LARGE_FROM <= euros => Beat::Large,
        Pipeline::NewBusiness => Beat::Small,
    }
}

fn opportunity_type(pipeline: Pipeline, source: usize, random: &mut Random) -> usize {
    match pipeline {
        Pipeline::NewBusiness => usize::from(source == PARTNER),
        Pipeline::ExistingCustomers => 2 + random.weighted(&[60, 40]),
    }
}

fn draw_lines(company: &Company, currency: Currency, random: &mut Random) -> Vec<Line> {
    let category = CATEGORIES[random.weighted(&CATEGORY_WEIGHTS)];
    let size_weights = match company.group {
        CustomerGroup::KeyAccount => [12, 40, 48],
        CustomerGroup::MidMarket => [32, 48, 20],
        CustomerGroup::SmallBusiness => [68, 27, 5],
        CustomerGroup::PublicSector => [34, 46, 20],
    };
    let size = random.weighted(&size_weights);
    let count_max = [36, 7, 3][size] * if category == Category::Hardware { 2 } else { 1 };
    let quantity = random.between(1, count_max);
    let mut lines = vec![line(category, size, quantity, currency)];
    if category != Category::Services && random.happens(260_000) {
        let size = random.weighted(&[70, 30]);
        lines.push(line(Category::Services, size, random.between(1, 5), currency));
    }
    lines
}

/// Prices are whole units of the currency, so that every discount in whole percent is exact.
fn line(category: Category, size: usize, quantity: i64, currency: Currency) -> Line {
    let product = PRODUCTS
        .iter()
        .enumerate()
        .filter(|(_, product)| product.category == category)
        .nth(size)
        .map_or(0, |(idx, _)| idx);
    let price = PRODUCTS[product].price * currency.price_level_permille() / 1_000 * 100;
    Line { product, quantity, price }
}

fn draw_terms(company: &Company, lines: &[Line], random: &mut Random) -> PaymentTerms {
    let is_service = PRODUCTS[lines[0].product].category == Category::Services;
    if is_service && random.happens(250_000) { PaymentTerms::HalfUpfront } else { company.terms }
}

fn draw_lead(
    pipeline: Pipeline,
    created_us: i64,
    owner: Option<u16>,
    team_lead: u16,
    random: &mut Random,
) -> Option<Lead> {
    let chance_ppm = match pipeline {
        Pipeline::NewBusiness => 560_000,
        Pipeline::ExistingCustomers => 120_000,
    };
    if !random.happens(chance_ppm) {
        return None;
    }
    let minutes = random.quantile(&LEAD_HOURS.map(|hours| hours * 60));
    let captured_us = created_us - minutes * MINUTE_US;
    let wait_us = (created_us - captured_us) / 1_000;
    let contacted_us = captured_us + random.between(0, wait_us / 2) * 1_000;
    Some(Lead {
        captured_us,
        contacted_us: random.happens(800_000).then_some(contacted_us),
        ended_us: Some(created_us),
        owner: owner.unwrap_or(team_lead),
    })
}

impl World {
    /// What a salesperson thinks a deal is worth before there is a quote, in hundredths.
    pub(crate) fn estimate(&self, deal: &Deal, random: &mut Random) -> i64 {
        let guess = deal.list_amount() * random.between(75, 120) / 100;
        (guess / 50_000).max(1) * 50_000
    }

    /// A lead near deal `n` that came to nothing, or has not yet.
    pub(crate) fn idle_lead(&self, n: u64, random: &mut Random) -> (Company, usize, Lead) {
        let company = Company::of(self.seed(), random.below(self.company_count()));
        let region = company.region();
        let day = self.creation_day(n) - random.between(0, 20);
        let captured_us = daytime(day, region, random) - random.between(0, 6) * HOUR_US;
        let contacted_us = captured_us + random.between(1, 400) * HOUR_US;
        let ended_us = contacted_us + random.between(10, 1_800) * HOUR_US;
        let team = team_of(region, Beat::Small);
        let lead = Lead {
            captured_us,
            contacted_us: random.happens(720_000).then_some(contacted_us),
            ended_us: random.happens(850_000).then_some(ended_us),
            owner: self.draw_owner(team, random),
        };
        debug_assert!(day_of(captured_us) <= day);
        (company, random.weighted(&SOURCE_WEIGHTS[0]), lead)
    }
}
