//! Are the attributes that are computed worth what their definitions say?
//!
//! The six deals are those of the worked example of the domain; every expected value was counted
//! by hand from their dates.

use std::collections::BTreeMap;

use paydirt_model::attribute::AttributeValue;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use paydirt_model::time::{DAY_US, Timestamp};
use paydirt_recipe::computed::{described, with_computed};
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;

use crate::library::{shipped, shipped_files};

/// Stage entries are written `stage:NAME`; everything else is a step and what it carries.
const A: &str = "Lead Captured 01-02; Opportunity Created 01-10; stage:Qualification 01-10; \
    stage:Needs 01-14; Opportunity Qualified 01-14; stage:Proposal 01-24; Quote Issued 01-24; \
    Quote Accepted 02-03; stage:Negotiation 02-03; Contract Signed 02-05; Opportunity Won 02-05; \
    Sales Order Created 02-07; Order Fulfilled 02-21; \
    Invoice Generated 02-24 InvoiceNumber=INV-A DocumentAmount=50000EUR; \
    Payment Received 03-21 InvoiceNumber=INV-A PaymentAmount=50000EUR";
const B: &str = "Lead Captured 01-15; Opportunity Created 01-20; stage:Qualification 01-20; \
    stage:Needs 01-28; Opportunity Qualified 01-28; stage:Proposal 02-04; Quote Issued 02-04; \
    stage:Needs 02-08; stage:Proposal 02-14; Quote Issued 02-14; stage:Negotiation 02-24; \
    Quote Accepted 02-24; Opportunity Won 02-26; Contract Signed 03-01; \
    Sales Order Created 03-03; \
    Invoice Generated 03-18 InvoiceNumber=INV-B DocumentAmount=20000EUR; Order Fulfilled 03-20; \
    Payment Received 04-20 InvoiceNumber=INV-B PaymentAmount=8000EUR; \
    Payment Received 05-05 InvoiceNumber=INV-B PaymentAmount=12000EUR";
const C: &str = "Opportunity Created 02-01; stage:Qualification 02-01; stage:Needs 02-11; \
    Opportunity Qualified 02-11; stage:Proposal 02-21; Quote Issued 02-21; Opportunity Lost 03-13";
const D: &str = "Lead Captured 02-10; Opportunity Created 02-15; stage:Qualification 02-15; \
    stage:Needs 02-25; Opportunity Qualified 02-25; Opportunity Lost 03-20; \
    Opportunity Reopened 04-10; stage:Proposal 04-10; Quote Issued 04-15; Quote Accepted 04-25; \
    stage:Negotiation 04-25; Contract Signed 05-05; Opportunity Won 05-06; \
    Sales Order Created 05-08; Order Fulfilled 05-28; \
    Invoice Generated 05-30 InvoiceNumber=INV-D DocumentAmount=10000EUR";
const E: &str = "Lead Captured 04-21; Opportunity Created 05-01; stage:Qualification 05-01; \
    stage:Proposal 05-10";
const F: &str = "Opportunity Created 06-01; stage:Qualification 06-01; stage:Needs 06-12; \
    Opportunity Qualified 06-12";

/// The cases with their attributes.
const DEALS: [(&str, &str, &str); 6] = [
    ("A", A, "OpportunityAmount=50000EUR DiscountPercentage=0.10 PaymentTerms=Net30"),
    ("B", B, "OpportunityAmount=20000EUR DiscountPercentage=0.20 PaymentTerms=Net30"),
    ("C", C, "OpportunityAmount=30000EUR DiscountPercentage=0.05"),
    ("D", D, "OpportunityAmount=10000EUR DiscountPercentage=0.0 PaymentTerms=Net30"),
    ("E", E, "OpportunityAmount=40000EUR"),
    ("F", F, "OpportunityAmount=60000EUR"),
];

fn event(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let at = words.iter().position(|word| word.starts_with('0')).unwrap();
    let (name, day, values) = (words[..at].join(" "), words[at], words[at + 1..].join(" "));
    let (name, values) = match name.strip_prefix("stage:") {
        Some(stage) => ("Opportunity Stage Changed".to_owned(), format!("ToStage={stage}")),
        None => (name, values),
    };
    let values = if values.is_empty() { values } else { format!("{{{values}}}") };
    let time = if day.contains('T') { day.to_owned() } else { format!("{day}T00:00:00Z") };
    format!("\"{name}\"@2025-{time}{values}")
}

fn log_of(deals: &[(&str, &str, &str)]) -> EventLog {
    let line = |(id, events, values): &(&str, &str, &str)| {
        let events: Vec<String> = events.split(';').map(event).collect();
        let events = events.join(" ");
        if values.is_empty() {
            format!("{id}: {events}")
        } else {
            format!("{id}: {events} | {values}")
        }
    };
    let lines: Vec<String> = deals.iter().map(line).collect();
    let mut spec = LogSpec::plain();
    spec.as_of = Timestamp::parse("2025-06-30T00:00:00Z");
    spec.auxiliary = vec!["Opportunity Stage Changed".to_owned()];
    text_log::parse_with(&lines.join("\n"), spec, 3)
}

fn chosen(library: &Library, settings: &str) -> ChosenSettings {
    let (chosen, problems) = ChosenSettings::read(library, "own.toml", settings);
    assert!(problems.is_empty(), "{problems:?}");
    chosen
}

/// The values of an attribute by case, blanks left out; spans in days.
fn values_in(log: &EventLog, name: &str) -> BTreeMap<String, String> {
    log.load_all().unwrap();
    let attribute = log.context().attributes.iter().find(|one| one.name == name);
    let attribute = attribute.unwrap_or_else(|| panic!("there is no {name}"));
    let mut values = BTreeMap::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let value = case.value(attribute, 0).map(|value| match value {
                AttributeValue::Duration(span) => {
                    let day = i128::from(DAY_US);
                    assert_eq!(span.as_us() % (day / 8), 0, "{name} of {}", case.id());
                    format!("{}", span.as_us() as f64 / day as f64)
                }
                other => other.to_string(),
            });
            values.extend(value.map(|value| (case.id().to_owned(), value)));
        });
    }
    values
}

/// The values of an attribute of the worked example, in the order of the cases; `–` for blanks.
fn example(settings: &str, name: &str) -> String {
    let library = shipped();
    let log = with_computed(&log_of(&DEALS), &library, &chosen(&library, settings));
    let values = values_in(&log, name);
    let of = |(id, _, _): &(&str, &str, &str)| values.get(*id).cloned().unwrap_or("–".to_owned());
    DEALS.iter().map(of).collect::<Vec<_>>().join(" ")
}

fn one(events: &str, values: &str, settings: &str, name: &str) -> Option<String> {
    let library = shipped();
    let deals = [("x", events, values), DEALS[0], DEALS[2]];
    let log = with_computed(&log_of(&deals), &library, &chosen(&library, settings));
    values_in(&log, name).remove("x")
}

#[test]
fn states_and_cycles_of_the_worked_example() {
    assert_eq!(example("", "State"), "Won Won Lost Won Open Open");
    assert_eq!(example("", "OpportunityOutcome"), "Won Won Lost Won Open Open");
    assert_eq!(example("", "IsWon"), "true true false true – –");
    // K1: 10 January to 5 February, 20 January to 26 February, 1 February to 13 March, 15
    // February to 6 May.
    assert_eq!(example("", "SalesCycleTime"), "26 37 40 80 – –");
    // K1c: A to 5 February, B to 1 March, D to 5 May.
    let signed = "salesCycleEnd = \"contract-signed\"";
    assert_eq!(example(signed, "SalesCycleTime"), "26 40 – 79 – –");
    // K2, from the lead: 2 January to 21 March, 15 January to 5 May.
    assert_eq!(example("", "LeadToCashTime"), "78 110 – – – –");
    assert_eq!(example("", "Age"), "– – – – 60 29");
    assert_eq!(example("", "QuoteCount"), "1 2 1 1 0 0");
    assert_eq!(example("", "ReopenCount"), "0 0 0 1 0 0");
    // B has two quotes, D was reopened.
    assert_eq!(example("", "Reworked"), "false true false true false false");
}

#[test]
fn stages_and_stalled_deals_of_the_worked_example() {
    // E is in Proposal since 10 May, F in Needs Analysis since 12 June.
    assert_eq!(example("", "DaysInStage"), "– – – – 51 18");
    assert_eq!(example("", "IsStalled"), "false false false false true false");
    // Edge check vii: with 60 days for Proposal nothing stands still.
    let longer = "stallLimits = [{ days = 30 }, { stage = \"Proposal\", days = 60 }]";
    assert_eq!(example(longer, "IsStalled"), "false false false false false false");
    let shorter = "stallLimits = [{ days = 10 }]";
    assert_eq!(example(shorter, "IsStalled"), "false false false false true true");
    // Fewer than 20 stays: the fixed limits hold.
    assert_eq!(
        example("stallMode = \"learned\"", "IsStalled"),
        "false false false false true false"
    );
}

#[test]
fn payments_of_the_worked_example() {
    // K4: 24 February to 21 March, 18 March to 5 May; D is not paid.
    assert_eq!(example("", "PaymentCycleTime"), "25 48 – – – –");
    // K4a: B's first payment is on 20 April.
    let first = "paymentClockEnd = \"first-payment\"";
    assert_eq!(example(first, "PaymentCycleTime"), "25 33 – – – –");
    // K5: due on 26 March, 17 April and 29 June.
    assert_eq!(example("", "DaysLate"), "-5 18 – 1 – –");
    let due = "paymentClockStart = \"due-date\"";
    assert_eq!(example(due, "PaymentCycleTime"), "-5 18 – – – –");
    assert_eq!(example("", "SettledAt"), "2025-03-21T00:00:00Z 2025-05-05T00:00:00Z – – – –");
}

#[test]
fn bands_and_policy_of_the_worked_example() {
    assert_eq!(example("", "DiscountBand"), "5–10 % 15–20 % 0–5 % ≤ 0 % – –");
    assert_eq!(example("", "OverPolicy"), "false true false false – –");
    let by_amount = "discountPolicy = [{ limit = 0.15 }, { amountFrom = 50000, limit = 0.05 }]";
    assert_eq!(example(by_amount, "OverPolicy"), "true true false false – –");
    // Quartiles of 10, 20, 30, 40, 50 and 60 thousand: 22.5, 35 and 47.5.
    assert_eq!(
        example("", "AmountBand"),
        "> 47500 ≤ 22500 22500–35000 ≤ 22500 35000–47500 > 47500"
    );
    assert_eq!(
        example("amountBands = [30000]", "AmountBand"),
        "> 30000 ≤ 30000 ≤ 30000 ≤ 30000 > 30000 > 30000"
    );
}

#[test]
fn no_lead_means_from_the_start_and_the_case_says_so() {
    // Edge check iv: 10 January to 21 March, 20 January to 5 May.
    let without = A.replace("Lead Captured 01-02; ", "");
    assert_eq!(one(&without, "", "", "LeadToCashTime").unwrap(), "70");
    assert_eq!(one(&without, "", "", "CycleStartUsed").unwrap(), "Start of the case");
    assert_eq!(one(A, "", "", "CycleStartUsed").unwrap(), "Lead Captured");
}

#[test]
fn a_negative_cycle_stays_visible() {
    // Edge check ii.
    let events = "Opportunity Lost 05-01; Opportunity Created 05-10";
    assert_eq!(one(events, "", "", "SalesCycleTime").unwrap(), "-9");
}

#[test]
fn a_stage_after_the_sale_does_not_reopen_and_an_open_one_does() {
    // Edge check v.
    let sold = "Opportunity Created 04-01; Opportunity Won 05-01; stage:Onboarding 05-03";
    let classes = "stageClass = [{ stage = \"Proposal\", class = \"open\" }, \
        { stage = \"Onboarding\", class = \"post-sale\" }]";
    assert_eq!(one(sold, "", classes, "State").unwrap(), "Won");
    assert_eq!(one(sold, "", classes, "ClosedAt").unwrap(), "2025-05-01T00:00:00Z");
    let again = "Opportunity Created 04-01; Opportunity Lost 05-01; stage:Proposal 05-03";
    assert_eq!(one(again, "", classes, "State").unwrap(), "Open");
    assert_eq!(one(again, "", "", "State").unwrap(), "Lost");
    // Of an unbroken run the first one dates the close.
    let twice = "Opportunity Created 04-01; Opportunity Won 05-01; Opportunity Won 05-09";
    assert_eq!(one(twice, "", "", "SalesCycleTime").unwrap(), "30");
}

#[test]
fn without_events_the_outcome_tells_the_state() {
    let created = "Opportunity Created 04-01; Quote Issued 04-02";
    for (value, state) in [
        ("gagnée", "Won"),
        ("Closed-Lost", "Lost"),
        ("見送り", "No decision"),
        ("whatever", "Open"),
    ] {
        let values = format!("OpportunityOutcome={value}");
        assert_eq!(one(created, &values, "", "State").unwrap(), state, "{value}");
    }
    let lost = "Opportunity Created 04-01; Opportunity Lost 04-02";
    let reason = "LossReason=\"no decision\"";
    assert_eq!(one(lost, reason, "", "State").unwrap(), "No decision");
    assert_eq!(one(lost, reason, "noDecisionValues = []", "State").unwrap(), "Lost");
}

#[test]
fn an_invoice_is_settled_within_the_tolerance() {
    // Edge check vi.
    let paid = |amount: &str| {
        format!(
            "Opportunity Created 01-01; Invoice Generated 02-01 InvoiceNumber=1 \
             DocumentAmount=100.00EUR; Payment Received 02-11 InvoiceNumber=1 \
             PaymentAmount={amount}EUR"
        )
    };
    assert_eq!(one(&paid("99.60"), "", "", "PaymentCycleTime").unwrap(), "10");
    assert_eq!(one(&paid("99.00"), "", "", "PaymentCycleTime"), None);
    let wider = "settlementTolerance = 0.01";
    assert_eq!(one(&paid("99.00"), "", wider, "PaymentCycleTime").unwrap(), "10");
    let credited =
        format!("{}; Credit Note Issued 03-03 InvoiceNumber=1 DocumentAmount=1.00EUR", paid("99"));
    assert_eq!(one(&credited, "", "", "PaymentCycleTime").unwrap(), "30");
}

#[test]
fn instalments_are_late_one_by_one() {
    // Half is due with the contract on 5 January and paid on the 10th, the rest is due with the
    // delivery on 20 January and paid on the 22nd.
    let events = "Opportunity Created 01-01; Contract Signed 01-05; \
        Invoice Generated 01-06 InvoiceNumber=1 DocumentAmount=100.00EUR; \
        Payment Received 01-10 InvoiceNumber=1 PaymentAmount=50.00EUR; Order Fulfilled 01-20; \
        Payment Received 01-22 InvoiceNumber=1 PaymentAmount=50.00EUR";
    let terms = "PaymentTerms=\"50% upfront + 50% on delivery\"";
    assert_eq!(one(events, terms, "", "DaysLate").unwrap(), "5");
    assert_eq!(one(events, "PaymentTerms=someday", "", "DaysLate"), None);
}

#[test]
fn working_time_counts_where_it_is_switched_on() {
    // Friday 3 January 2025 to Monday 13 January: six working days later.
    let events = "Opportunity Created 01-03T09:00:00Z; Opportunity Won 01-13T09:00:00Z";
    assert_eq!(one(events, "", "", "SalesCycleTime").unwrap(), "10");
    let on = "workingCalendar = true";
    assert_eq!(one(events, "", on, "SalesCycleTime").unwrap(), "6");
    let free = "workingCalendar = true\nholidays = [{ day = \"2025-01-06\" }, \
        { day = \"2025-01-07\", region = \"Japan\" }]";
    assert_eq!(one(events, "", free, "SalesCycleTime").unwrap(), "5");
    assert_eq!(one(events, "SalesRegion=Japan", free, "SalesCycleTime").unwrap(), "4");
    // Half a day of work counts as half a day.
    let half = "Opportunity Created 01-03T09:00:00Z; Opportunity Won 01-03T13:00:00Z";
    assert_eq!(one(half, "", on, "SalesCycleTime").unwrap(), "0.5");
}

#[test]
fn amounts_are_converted_at_the_rate_of_their_day() {
    let events = "Opportunity Created 01-01; Opportunity Won 03-01";
    let amount = "OpportunityAmount=100.00USD";
    assert_eq!(one(events, amount, "", "ReportingAmount"), None, "there is no rate");
    let rates = "reportingCurrency = \"EUR\"\ncurrencyRates = [\
        { day = \"2025-01-01\", from = \"USD\", to = \"EUR\", rate = 0.95 }, \
        { day = \"2025-02-15\", from = \"USD\", to = \"EUR\", rate = 0.9 }]";
    assert_eq!(one(events, amount, rates, "ReportingAmount").unwrap(), "90 EUR");
    let creation = format!("{rates}\nrateDate = \"creation\"");
    assert_eq!(one(events, amount, &creation, "ReportingAmount").unwrap(), "95 EUR");
}

#[test]
fn work_has_its_cost() {
    let events = "Opportunity Created 01-01; Quote Issued 01-03; Quote Issued 01-05";
    assert_eq!(one(events, "", "", "Reworked").unwrap(), "true");
    // Two quotes of 90 minutes at 80 an hour, and 4 days at 10.
    let costs = "reportingCurrency = \"EUR\"\ncostPerDay = 10\ncostTable = [\
        { activity = \"QuoteIssued\", minutes = 90, hourlyRate = 80 }]";
    assert_eq!(one(events, "", costs, "CaseCost").unwrap(), "280 EUR");
}

#[test]
fn usual_stays_are_learned_from_twenty_of_them() {
    // Twenty deals won after 1 to 20 days in Proposal: the 90th percentile is at position 18.1.
    let won = |days: usize| {
        format!(
            "Opportunity Created 01-01; stage:Proposal 01-01; stage:Done 01-{:02}; \
             Opportunity Won 01-{:02}",
            days + 1,
            days + 1
        )
    };
    let deals: Vec<(String, String)> =
        (1..=20).map(|days| (format!("w{days}"), won(days))).collect();
    let open = |from: &str| format!("Opportunity Created 06-01; stage:Proposal 06-{from}");
    let (older, newer) = (open("11"), open("12"));
    let mut all: Vec<(&str, &str, &str)> =
        deals.iter().map(|(id, events)| (id.as_str(), events.as_str(), "")).collect();
    all.extend([("older", older.as_str(), ""), ("newer", newer.as_str(), ""), DEALS[0]]);
    let library = shipped();
    let settings = chosen(&library, "stallMode = \"learned\"");
    // 18.1 days: 19 days are longer, 18 are not.
    let log = with_computed(&log_of(&all), &library, &settings);
    let stalled = values_in(&log, "IsStalled");
    assert_eq!((stalled["older"].as_str(), stalled["newer"].as_str()), ("true", "false"));
}

#[test]
fn what_is_missing_is_named_and_no_zero_is_shown() {
    let library = shipped();
    let log = log_of(&[(
        "x",
        "Opportunity Created 01-01; Quote Issued 01-02; Contract Signed 01-03",
        "a=1",
    )]);
    let told = described(&library, log.context(), &ChosenSettings::default());
    let of = |key: &str| told.iter().find(|one| one.key == key).unwrap();
    assert!(of("QuoteCount").missing.is_empty());
    let missing = |key: &str| {
        of(key).missing.iter().map(|need| need.key.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(missing("TouchpointCount"), "EngagementLogged");
    assert_eq!(missing("SettledAt"), "PaymentReceived");
    assert_eq!(missing("CaseCost"), "costTable");
    assert!(missing("State").contains("OpportunityWon"), "{}", missing("State"));
    let computed = with_computed(&log, &library, &ChosenSettings::default());
    let names: Vec<&str> =
        computed.context().attributes.iter().map(|one| one.name.as_str()).collect();
    assert!(names.contains(&"QuoteCount") && !names.contains(&"TouchpointCount"), "{names:?}");
    assert_eq!(of("SalesCycleTime").settings, [] as [&str; 0]);
}

#[test]
fn a_delivered_attribute_keeps_its_values_under_another_name() {
    let deals = [("A", A, "SalesCycleTime=3 OpportunityOutcome=Lost IsStalled=true"), DEALS[2]];
    let library = shipped();
    let log = with_computed(&log_of(&deals), &library, &ChosenSettings::default());
    assert_eq!(values_in(&log, "SalesCycleTime")["A"], "26");
    assert_eq!(values_in(&log, "SalesCycleTime (delivered)")["A"], "3");
    assert_eq!(values_in(&log, "IsStalled (delivered)")["A"], "true");
    // What stands in for missing data leaves delivered data alone.
    assert_eq!(values_in(&log, "OpportunityOutcome")["A"], "Lost");
    assert_eq!(values_in(&log, "State")["A"], "Won");
}

#[test]
fn other_logs_stay_as_they_are() {
    let library = shipped();
    let log = text_log::parse("a b ×3\nc | IsStalled=true");
    let same = with_computed(&log, &library, &ChosenSettings::default());
    assert_eq!(same.context().attributes.len(), log.context().attributes.len());
}

#[test]
fn an_own_formula_is_read_and_its_mistakes_have_their_line() {
    let own = "[[attribute]]\nkey = \"Signing\"\nname = { en = \"S\", fr = \"S\", ja = \"S\" }\n\
        level = \"case\"\ntype = \"duration\"\n\
        formula = { is = \"between\", from = { is = \"first_time\", activities = [\"QuoteIssued\"] }, \
        to = { is = \"first_time\", activities = [\"ContractSigned\"] } }\n";
    let with = |own: String| {
        let mut files = shipped_files();
        files.push(("own/attributes.toml".to_owned(), own));
        Library::read(files)
    };
    let (library, problems) = with(own.to_owned());
    assert!(problems.is_empty(), "{problems:?}");
    let log = with_computed(&log_of(&DEALS), &library, &ChosenSettings::default());
    // K3: 12, 25 and 20 days.
    let found: Vec<String> = values_in(&log, "Signing").into_values().collect();
    assert_eq!(found, ["12", "25", "20"]);
    for (right, wrong, told) in [
        (
            "\"between\"",
            "\"betwixt\"",
            "\"betwixt\" is not known for \"is\". Expected one of: text",
        ),
        ("QuoteIssued", "QuoteIsued", "Did you mean \"QuoteIssued\"?"),
        ("from =", "form =", "The field \"from\" is missing."),
    ] {
        let (_, problems) = with(own.replace(right, wrong));
        let shown: Vec<String> =
            problems.iter().map(|one| format!("{one} {:?}", one.hint)).collect();
        assert!(
            problems
                .iter()
                .zip(&shown)
                .any(|(one, text)| { one.place.row == Some(6) && text.contains(told) }),
            "{shown:?}"
        );
    }
    // A formula of itself has nothing to begin with.
    let (library, _) = with(own.replace(
        "from = { is = \"first_time\", activities = [\"QuoteIssued\"] }",
        "from = \"Signing\"",
    ));
    let told = described(&library, log_of(&DEALS).context(), &ChosenSettings::default());
    assert!(told.iter().any(|one| one.key == "Signing" && !one.missing.is_empty()));
}
