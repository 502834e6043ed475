//! What the demo company has: regions, teams, products, sources, terms, currencies.

/// A sales region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// Europe, Middle East, Africa.
    Emea,
    /// United States and Canada.
    NorthAmerica,
    /// Asia and the Pacific.
    Apac,
}

/// All regions, in the order of their codes.
pub const REGIONS: [Region; 3] = [Region::Emea, Region::NorthAmerica, Region::Apac];

impl Region {
    /// The value of `SalesRegion`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Region::Emea => "EMEA",
            Region::NorthAmerica => "North America",
            Region::Apac => "APAC",
        }
    }
}

/// A country: ISO code, name, region, currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166 code.
    pub code: &'static str,
    /// English name, as in the CRM.
    pub name: &'static str,
    /// The region it belongs to.
    pub region: Region,
    /// The currency its customers buy in.
    pub currency: Currency,
}

/// The countries of the customers.
pub const COUNTRIES: [Country; 12] = [
    country("DE", "Germany", Region::Emea, Currency::Eur),
    country("FR", "France", Region::Emea, Currency::Eur),
    country("GB", "United Kingdom", Region::Emea, Currency::Gbp),
    country("NL", "Netherlands", Region::Emea, Currency::Eur),
    country("ES", "Spain", Region::Emea, Currency::Eur),
    country("SE", "Sweden", Region::Emea, Currency::Eur),
    country("US", "United States", Region::NorthAmerica, Currency::Usd),
    country("CA", "Canada", Region::NorthAmerica, Currency::Usd),
    country("JP", "Japan", Region::Apac, Currency::Usd),
    country("AU", "Australia", Region::Apac, Currency::Usd),
    country("SG", "Singapore", Region::Apac, Currency::Usd),
    country("KR", "South Korea", Region::Apac, Currency::Usd),
];

/// How many customers each country has, relative to the others.
pub const COUNTRY_WEIGHTS: [u32; 12] = [14, 11, 10, 5, 4, 3, 27, 6, 9, 5, 3, 3];

const fn country(
    code: &'static str,
    name: &'static str,
    region: Region,
    currency: Currency,
) -> Country {
    Country { code, name, region, currency }
}

/// A currency of the world. The reporting currency is the euro.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    /// Euro.
    Eur,
    /// United States dollar.
    Usd,
    /// Pound sterling.
    Gbp,
}

/// All currencies, in the order of their codes.
pub const CURRENCIES: [Currency; 3] = [Currency::Eur, Currency::Usd, Currency::Gbp];

impl Currency {
    /// ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Currency::Eur => "EUR",
            Currency::Usd => "USD",
            Currency::Gbp => "GBP",
        }
    }

    /// List prices in this currency, in thousandths of the price in euros.
    #[must_use]
    pub fn price_level_permille(self) -> i64 {
        match self {
            Currency::Eur => 1_000,
            Currency::Usd => 1_100,
            Currency::Gbp => 870,
        }
    }
}

/// A sales team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Team {
    /// Name, the value of `SalesTeam`.
    pub name: &'static str,
    /// Its region.
    pub region: Region,
    /// Which deals it works on.
    pub beat: Beat,
}

/// Which deals a team works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Large new business.
    Large,
    /// Other new business.
    Small,
    /// Existing customers.
    Existing,
}

/// The teams: one for each region and beat.
pub const TEAMS: [Team; 9] = [
    team("Enterprise EMEA", Region::Emea, Beat::Large),
    team("Mid-Market EMEA", Region::Emea, Beat::Small),
    team("Customer Growth EMEA", Region::Emea, Beat::Existing),
    team("Enterprise North America", Region::NorthAmerica, Beat::Large),
    team("SMB North America", Region::NorthAmerica, Beat::Small),
    team("Customer Growth North America", Region::NorthAmerica, Beat::Existing),
    team("Enterprise APAC", Region::Apac, Beat::Large),
    team("Mid-Market APAC", Region::Apac, Beat::Small),
    team("Customer Growth APAC", Region::Apac, Beat::Existing),
];

const fn team(name: &'static str, region: Region, beat: Beat) -> Team {
    Team { name, region, beat }
}

/// The position of the team of a region and beat.
#[must_use]
pub fn team_of(region: Region, beat: Beat) -> usize {
    TEAMS
        .iter()
        .position(|team| team.region == region && team.beat == beat)
        .expect("every region has a team for every beat")
}

/// A value of a property with its label: what the CRM stores and what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Stored value.
    pub value: &'static str,
    /// Label.
    pub label: &'static str,
}

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

/// Where leads and deals come from.
pub const LEAD_SOURCES: [Choice; 8] = [
    choice("ORGANIC_SEARCH", "Organic Search"),
    choice("PAID_SEARCH", "Paid Search"),
    choice("DIRECT_TRAFFIC", "Website"),
    choice("REFERRALS", "Referral"),
    choice("EMAIL_MARKETING", "Email Marketing"),
    choice("TRADE_SHOW", "Trade Show"),
    choice("COLD_CALL", "Cold Call"),
    choice("PARTNER", "Partner"),
];

/// The position of referrals in [`LEAD_SOURCES`].
pub const REFERRAL: usize = 3;
/// The position of partners in [`LEAD_SOURCES`].
pub const PARTNER: usize = 7;

/// What a deal is for the customer.
pub const OPPORTUNITY_TYPES: [Choice; 4] = [
    choice("newbusiness", "New Business"),
    choice("partner", "Partner Sourced"),
    choice("existingbusiness", "Existing Customer – Upsell"),
    choice("renewal", "Existing Customer – Renewal"),
];

/// Groups of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CustomerGroup {
    /// Named accounts.
    KeyAccount,
    /// Middle-sized companies.
    MidMarket,
    /// Small companies.
    SmallBusiness,
    /// Authorities, schools, hospitals.
    PublicSector,
}

/// All groups, in the order of [`CUSTOMER_GROUP_WEIGHTS`].
pub const CUSTOMER_GROUPS: [CustomerGroup; 4] = [
    CustomerGroup::KeyAccount,
    CustomerGroup::MidMarket,
    CustomerGroup::SmallBusiness,
    CustomerGroup::PublicSector,
];

/// How many customers each group has, relative to the others.
pub const CUSTOMER_GROUP_WEIGHTS: [u32; 4] = [12, 38, 34, 16];

impl CustomerGroup {
    /// The value of `CustomerGroup`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            CustomerGroup::KeyAccount => "Key Account",
            CustomerGroup::MidMarket => "Mid-Market",
            CustomerGroup::SmallBusiness => "Small Business",
            CustomerGroup::PublicSector => "Public Sector",
        }
    }
}

/// Industries of the customers.
pub const INDUSTRIES: [&str; 8] = [
    "Manufacturing",
    "Financial Services",
    "Health Care",
    "Retail",
    "Technology",
    "Logistics",
    "Education",
    "Energy",
];

/// Agreed rules for the due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentTerms {
    /// Due with the invoice.
    OnReceipt,
    /// 30 days.
    Net30,
    /// 45 days.
    Net45,
    /// 60 days.
    Net60,
    /// Half at the signature, half at the delivery.
    HalfUpfront,
}

impl PaymentTerms {
    /// The value of `PaymentTerms`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            PaymentTerms::OnReceipt => "Due on Receipt",
            PaymentTerms::Net30 => "Net 30",
            PaymentTerms::Net45 => "Net 45",
            PaymentTerms::Net60 => "Net 60",
            PaymentTerms::HalfUpfront => "50% upfront + 50% on delivery",
        }
    }

    /// Days from the invoice to the due date.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            PaymentTerms::OnReceipt | PaymentTerms::HalfUpfront => 0,
            PaymentTerms::Net30 => 30,
            PaymentTerms::Net45 => 45,
            PaymentTerms::Net60 => 60,
        }
    }
}

/// Families of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Licences.
    Software,
    /// Subscriptions.
    Subscription,
    /// Consulting, installation, training.
    Services,
    /// Devices.
    Hardware,
}

/// All families, in the order of [`CATEGORY_WEIGHTS`].
pub const CATEGORIES: [Category; 4] =
    [Category::Software, Category::Subscription, Category::Services, Category::Hardware];

/// How often a deal is about each family.
pub const CATEGORY_WEIGHTS: [u32; 4] = [28, 36, 12, 24];

impl Category {
    /// The value of `ProductCategory`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Category::Software => "Software License",
            Category::Subscription => "Subscription",
            Category::Services => "Professional Services",
            Category::Hardware => "Hardware",
        }
    }
}

/// A product with its list price in whole euros, a multiple of 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// Stock keeping unit.
    pub sku: &'static str,
    /// Name.
    pub name: &'static str,
    /// Family.
    pub category: Category,
    /// List price in whole euros.
    pub price: i64,
}

/// The products on offer.
pub const PRODUCTS: [Product; 12] = [
    product("SW-100", "Sift Desktop", Category::Software, 1_200),
    product("SW-200", "Sift Server", Category::Software, 8_500),
    product("SW-300", "Sift Enterprise", Category::Software, 24_000),
    product("SU-100", "Sluice Cloud Team", Category::Subscription, 2_400),
    product("SU-200", "Sluice Cloud Business", Category::Subscription, 9_600),
    product("SU-300", "Sluice Cloud Global", Category::Subscription, 36_000),
    product("PS-100", "Workshop Day", Category::Services, 1_500),
    product("PS-200", "Rollout Package", Category::Services, 7_500),
    product("PS-300", "Integration Project", Category::Services, 22_000),
    product("HW-100", "Pan Sensor", Category::Hardware, 450),
    product("HW-200", "Pan Gateway", Category::Hardware, 3_200),
    product("HW-300", "Pan Rack", Category::Hardware, 14_500),
];

const fn product(sku: &'static str, name: &'static str, category: Category, price: i64) -> Product {
    Product { sku, name, category, price }
}

/// Why deals are lost; the third is one of the values that mean: no decision.
pub const LOSS_REASONS: [&str; 6] =
    ["Price", "Competitor", "No decision", "No budget", "Bad timing", "Missing feature"];

/// The position of the reason that makes the outcome "No decision".
pub const NO_DECISION: usize = 2;
