//! Who the customers are: every company is a pure function of the seed and its number.

use crate::catalog::{
    COUNTRIES, COUNTRY_WEIGHTS, CUSTOMER_GROUP_WEIGHTS, CUSTOMER_GROUPS, Country, CustomerGroup,
    INDUSTRIES, PaymentTerms, Region,
};
use crate::random::{Domain, Random};

/// A customer or a prospect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Company {
    /// Its number in the world, from 0.
    pub number: u64,
    /// Position in the list of countries.
    pub country: usize,
    /// Its group.
    pub group: CustomerGroup,
    /// Position in the list of industries.
    pub industry: usize,
    /// What it usually agrees to.
    pub terms: PaymentTerms,
    /// The first day in the CRM.
    pub created_day: i64,
}

const FIRST_NAMES: [&str; 40] = [
    "Alder", "Amber", "Arbor", "Atlas", "Aurora", "Beacon", "Birch", "Borealis", "Cedar", "Cobalt",
    "Comet", "Coral", "Delta", "Ember", "Falcon", "Fjord", "Garnet", "Granite", "Harbor", "Heron",
    "Indigo", "Ivory", "Juniper", "Kestrel", "Lagoon", "Larch", "Lumen", "Maple", "Meridian",
    "Nimbus", "Onyx", "Orchid", "Pinnacle", "Quartz", "Rowan", "Saffron", "Sierra", "Tundra",
    "Vesper", "Zephyr",
];

const SECOND_NAMES: [&str; 25] = [
    "Analytics",
    "Bank",
    "Biotech",
    "Care",
    "Chemicals",
    "Dynamics",
    "Electric",
    "Energy",
    "Foods",
    "Freight",
    "Health",
    "Instruments",
    "Logistics",
    "Machines",
    "Materials",
    "Media",
    "Mobility",
    "Optics",
    "Pharma",
    "Retail",
    "Robotics",
    "Software",
    "Systems",
    "Telecom",
    "Textiles",
];

const LEGAL_FORMS: [&str; 12] =
    ["GmbH", "SAS", "Ltd", "BV", "SA", "AB", "Inc.", "Corp.", "KK", "Pty Ltd", "Pte Ltd", "Co."];

const PUBLIC_NAMES: [&str; 6] =
    ["University Hospital", "City Works", "School Board", "Water Authority", "Transit", "Council"];

impl Company {
    /// The company of this number.
    #[must_use]
    pub fn of(seed: u64, number: u64) -> Self {
        let mut random = Random::of(seed, Domain::Company, number);
        let group = CUSTOMER_GROUPS[random.weighted(&CUSTOMER_GROUP_WEIGHTS)];
        let terms = match group {
            CustomerGroup::KeyAccount => PaymentTerms::Net45,
            CustomerGroup::MidMarket => PaymentTerms::Net30,
            CustomerGroup::SmallBusiness if random.happens(250_000) => PaymentTerms::OnReceipt,
            CustomerGroup::SmallBusiness => PaymentTerms::Net30,
            CustomerGroup::PublicSector if random.happens(400_000) => PaymentTerms::Net30,
            CustomerGroup::PublicSector => PaymentTerms::Net60,
        };
        Company {
            number,
            country: random.weighted(&COUNTRY_WEIGHTS),
            group,
            industry: usize::try_from(random.below(INDUSTRIES.len() as u64))
                .expect("a position fits"),
            terms,
            created_day: random.between(18_600, 19_350),
        }
    }

    /// The country.
    #[must_use]
    pub fn country(&self) -> &'static Country {
        &COUNTRIES[self.country]
    }

    /// The sales region.
    #[must_use]
    pub fn region(&self) -> Region {
        self.country().region
    }

    /// The name, different for every number.
    #[must_use]
    pub fn name(&self) -> String {
        let number = usize::try_from(self.number).expect("a company number fits");
        let first = FIRST_NAMES[number % FIRST_NAMES.len()];
        let rest = number / FIRST_NAMES.len();
        let (second, round) = match self.group {
            CustomerGroup::PublicSector => {
                (PUBLIC_NAMES[rest % PUBLIC_NAMES.len()], rest / PUBLIC_NAMES.len())
            }
            CustomerGroup::KeyAccount | CustomerGroup::MidMarket | CustomerGroup::SmallBusiness => {
                (SECOND_NAMES[rest % SECOND_NAMES.len()], rest / SECOND_NAMES.len())
            }
        };
        let form = match self.group {
            CustomerGroup::PublicSector => self.country().code,
            CustomerGroup::KeyAccount | CustomerGroup::MidMarket | CustomerGroup::SmallBusiness => {
                LEGAL_FORMS[self.country]
            }
        };
        if round == 0 {
            format!("{first} {second} {form}")
        } else {
            format!("{first} {second} {} {form}", round + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ() {
        let mut names: Vec<String> = (0..5_000).map(|n| Company::of(1, n).name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 5_000);
    }
}
