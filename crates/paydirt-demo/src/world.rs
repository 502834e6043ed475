//! The demo world: settings, what is built once, and blocks of deals made on demand.

use paydirt_model::number::Decimal;
use paydirt_model::rates::RateTable;

use crate::calendar::{AS_OF_US, Arrivals, FIRST_DAY, day_of, weekday};
use crate::catalog::TEAMS;
use crate::deal::Deal;
use crate::finish::finish;
use crate::random::{Domain, Random};
use crate::sale::bill;
use crate::story::Story;

/// Deals in one block.
pub const BLOCK_DEAL_COUNT: u64 = 4_096;
/// Most deals of one world: the width of the document numbers.
pub const DEAL_COUNT_MAX: u64 = 9_999_999;

/// What a world is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldSettings {
    /// The same seed and count give the same world, on every machine.
    pub seed: u64,
    /// How many deals, at most [`DEAL_COUNT_MAX`].
    pub deal_count: u64,
}

/// The world that is shown unless another is asked for. At this size chance can hide an effect;
/// with this seed every realized size is near its parameter.
pub const DEMO: WorldSettings = WorldSettings { seed: 35, deal_count: 10_000 };

/// A salesperson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// Both.
    pub name: String,
    /// Position in the list of teams.
    pub team: usize,
    /// What the person adds to the chance of winning, in millionths.
    pub skill_ppm: i64,
    /// Whether the person still works here.
    pub is_active: bool,
}

const FIRST_NAMES: [&str; 30] = [
    "Amélie", "Ben", "Chiara", "Daniel", "Elif", "Felix", "Grace", "Hiroshi", "Ingrid", "Javier",
    "Kenji", "Laura", "Mateo", "Naomi", "Oliver", "Priya", "Quentin", "Rachel", "Søren", "Tomoko",
    "Uma", "Victor", "Wei", "Ximena", "Yuki", "Zoë", "Aisha", "Bruno", "Claire", "Dmitri",
];

const LAST_NAMES: [&str; 37] = [
    "Anderson",
    "Bianchi",
    "Chen",
    "Dubois",
    "Eriksson",
    "Fischer",
    "García",
    "Hughes",
    "Ito",
    "Jansen",
    "Kim",
    "Lefèvre",
    "Müller",
    "Nakamura",
    "O'Brien",
    "Patel",
    "Quinn",
    "Rossi",
    "Sato",
    "Taylor",
    "Ueda",
    "Vogel",
    "Walker",
    "Xu",
    "Yamada",
    "Zimmermann",
    "Brooks",
    "Costa",
    "Diaz",
    "Evans",
    "Ferrari",
    "Gupta",
    "Hansen",
    "Ivanova",
    "Jones",
    "Khan",
    "Lopez",
];

/// The demo world.
#[derive(Debug, Clone)]
pub struct World {
    settings: WorldSettings,
    arrivals: Arrivals,
    owners: Vec<Owner>,
    owners_per_team: usize,
    rates: RateTable,
}

/// Some consecutive deals with their place in the world.
#[derive(Debug, Clone)]
pub struct Block<'w> {
    pub(crate) world: &'w World,
    /// The number of the first deal.
    pub first: u64,
    /// The deals.
    pub deals: Vec<Deal>,
}

impl World {
    /// Builds what all deals share.
    ///
    /// # Panics
    /// More than [`DEAL_COUNT_MAX`] deals are asked for.
    #[must_use]
    pub fn new(settings: WorldSettings) -> Self {
        assert!(settings.deal_count <= DEAL_COUNT_MAX, "at most {DEAL_COUNT_MAX} deals");
        let mut random = Random::of(settings.seed, Domain::Frame, 0);
        let grown = usize::try_from(settings.deal_count / 25_000).unwrap_or(usize::MAX);
        let owners_per_team = 6 + grown.min(50);
        let owners = draw_owners(owners_per_team, &mut random);
        World {
            settings,
            arrivals: Arrivals::new(),
            owners,
            owners_per_team,
            rates: draw_rates(&mut random),
        }
    }

    /// What the world is made from.
    #[must_use]
    pub fn settings(&self) -> WorldSettings {
        self.settings
    }

    /// How many blocks there are.
    #[must_use]
    pub fn block_count(&self) -> u64 {
        self.settings.deal_count.div_ceil(BLOCK_DEAL_COUNT)
    }

    /// The deals of one block: a pure function of the settings and the position.
    ///
    /// # Panics
    /// There is no such block.
    #[must_use]
    pub fn block(&self, block_idx: u64) -> Block<'_> {
        assert!(block_idx < self.block_count(), "there are {} blocks", self.block_count());
        let first = block_idx * BLOCK_DEAL_COUNT;
        let end = (first + BLOCK_DEAL_COUNT).min(self.settings.deal_count);
        let mut deals = Vec::with_capacity(usize::try_from(end - first).expect("a block fits"));
        for pair in first / 2..end.div_ceil(2) {
            deals.extend(self.pair(pair));
        }
        Block { world: self, first, deals }
    }

    /// Exchange rates: one for each week and pair of currencies.
    #[must_use]
    pub fn rates(&self) -> &RateTable {
        &self.rates
    }

    /// The salespeople, team by team.
    #[must_use]
    pub fn owners(&self) -> &[Owner] {
        &self.owners
    }

    /// How many companies there are.
    #[must_use]
    pub fn company_count(&self) -> u64 {
        60 + self.settings.deal_count / 4
    }

    pub(crate) fn seed(&self) -> u64 {
        self.settings.seed
    }

    pub(crate) fn owner(&self, owner: u16) -> &Owner {
        &self.owners[usize::from(owner)]
    }

    pub(crate) fn creation_day(&self, n: u64) -> i64 {
        self.arrivals.day(n, self.settings.deal_count)
    }

    pub(crate) fn team_lead(&self, team: usize) -> u16 {
        u16::try_from(team * self.owners_per_team).expect("owners are few")
    }

    pub(crate) fn draw_owner(&self, team: usize, random: &mut Random) -> u16 {
        let place = random.below(self.owners_per_team as u64);
        self.team_lead(team) + u16::try_from(place).expect("owners are few")
    }

    /// Two neighbouring deals: told one by one, billed together where they share an invoice.
    fn pair(&self, pair: u64) -> Vec<Deal> {
        let mut random = Random::of(self.seed(), Domain::Pair, pair);
        let is_whole = pair * 2 + 1 < self.settings.deal_count;
        let is_shared = is_whole && random.happens(12_000);
        let company = random.below(self.company_count());
        let shared = is_shared.then_some(crate::begin::Shared { company });
        let last = if is_whole { pair * 2 + 1 } else { pair * 2 };
        let mut deals: Vec<Deal> = (pair * 2..=last)
            .map(|n| {
                let mut story = Story::begin(self, n, shared);
                story.tell_sale();
                story.deliver();
                story.deal
            })
            .collect();
        if is_shared {
            bill(&mut random, &mut deals);
        } else {
            deals.chunks_mut(1).for_each(|deal| bill(&mut random, deal));
        }
        deals.iter_mut().for_each(|deal| finish(&mut random, deal));
        deals
    }
}

fn draw_owners(per_team: usize, random: &mut Random) -> Vec<Owner> {
    let count = per_team * TEAMS.len();
    (0..count)
        .map(|idx| {
            // 30 and 37 have no common divisor: 1,110 different pairs.
            let (first_name, last_name) = (FIRST_NAMES[idx % 30], LAST_NAMES[(idx * 7) % 37]);
            Owner {
                first_name,
                last_name,
                name: format!("{first_name} {last_name}"),
                team: idx / per_team,
                skill_ppm: random.between(-30, 30) * 1_000,
                is_active: idx % per_team == 0 || !random.happens(80_000),
            }
        })
        .collect()
}

/// Weekly rates from the Monday before the first deal: small steps, pulled back to a middle.
fn draw_rates(random: &mut Random) -> RateTable {
    let mut table = RateTable::default();
    // Ten-thousandths of a euro for one unit.
    let (mut dollar, mut pound) = (9_300_i64, 11_450_i64);
    let first_day = FIRST_DAY - 35 - weekday(FIRST_DAY);
    let last_day = day_of(AS_OF_US);
    for day in (first_day..=last_day).step_by(7) {
        dollar += random.between(-90, 90) + (9_150 - dollar) / 25;
        pound += random.between(-80, 80) + (11_600 - pound) / 25;
        let (dollar, pound) = (i128::from(dollar), i128::from(pound));
        table.insert(day, "USD", "EUR", Decimal::new(dollar, 4));
        table.insert(day, "GBP", "EUR", Decimal::new(pound, 4));
        table.insert(day, "EUR", "USD", Decimal::quotient(10_000, dollar, 6));
        table.insert(day, "EUR", "GBP", Decimal::quotient(10_000, pound, 6));
        table.insert(day, "USD", "GBP", Decimal::quotient(dollar, pound, 6));
        table.insert(day, "GBP", "USD", Decimal::quotient(pound, dollar, 6));
    }
    table
}
