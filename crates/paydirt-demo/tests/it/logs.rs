//! Whether the true logs are what the world says they are.

use std::collections::BTreeSet;

use paydirt_demo::activity::Activity;
use paydirt_demo::calendar::AS_OF_US;
use paydirt_model::attribute::{AttributeLevel, AttributeValue};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::time::Precision;

use crate::world;

const NOTIONS: [CaseNotion; 3] = [CaseNotion::Main, CaseNotion::Lead, CaseNotion::Document];

fn for_each_case<'a>(log: &'a EventLog, mut look: impl FnMut(Case<'a>)) {
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(&mut look);
    }
}

fn log(notion: CaseNotion, deal_count: u64) -> EventLog {
    let (log, report) = world(deal_count).build_log(notion).expect("the log is small");
    assert_eq!(report, paydirt_model::log_builder::BuildReport::default());
    log
}

fn names<'a>(log: &'a EventLog, case: &Case<'_>) -> Vec<&'a str> {
    let activities = &log.context().activities;
    case.activities().iter().map(|&code| activities.name(code)).collect()
}

fn case_text(log: &EventLog, case: &Case<'_>, name: &str) -> Option<String> {
    let attribute = log.context().attribute_at(name, AttributeLevel::Case);
    let attribute = attribute.expect("the log has the attribute");
    case.value(attribute, 0).map(|value| value.to_string())
}

#[test]
fn every_deal_is_one_case_and_no_event_is_after_the_as_of_time() {
    assert_eq!(log(CaseNotion::Main, 2_000).context().case_count, 2_000);
    for notion in NOTIONS {
        let log = log(notion, 2_000);
        assert_eq!(log.context().as_of.unwrap().as_us(), AS_OF_US);
        assert!(log.context().last_event_at.unwrap().as_us() < AS_OF_US);
        assert!(log.context().rates.is_some());
        assert_eq!(log.context().resource_attribute().unwrap().name, "Resource");
    }
}

#[test]
fn outcomes_agree_with_the_last_terminal_event() {
    let log = log(CaseNotion::Main, 3_000);
    for_each_case(&log, |case| {
        let mut state = "Open";
        for name in names(&log, &case) {
            state = match name {
                "Opportunity Won" => "Won",
                "Opportunity Lost" => "Lost",
                "Opportunity Reopened" => "Open",
                _ => state,
            };
        }
        let outcome = case_text(&log, &case, "OpportunityOutcome").unwrap();
        let outcome = if outcome == "No decision" { "Lost" } else { &outcome };
        assert_eq!(outcome, state, "case {}", case.id());
    });
}

#[test]
fn the_reference_path_is_the_way_of_many_won_deals() {
    let log = log(CaseNotion::Main, 3_000);
    let wanted = [
        "Opportunity Created",
        "Initial Contact Made",
        "Opportunity Qualified",
        "Requirements Gathered",
        "Solution Proposed",
        "Quote Issued",
        "Quote Accepted",
        "Contract Signed",
        "Opportunity Won",
        "Sales Order Created",
        "Order Fulfilled",
        "Invoice Generated",
        "Invoice Sent",
        "Payment Received",
    ];
    let mut count = 0;
    for_each_case(&log, |case| {
        let mut path = names(&log, &case);
        path.retain(|name| {
            let code = log.context().activities.code(name).unwrap();
            !log.context().activities.is_auxiliary(code) && !name.starts_with("Lead ")
        });
        count += u32::from(path == wanted);
    });
    assert!(80 < count, "only {count} of 3,000");
}

#[test]
fn ties_follow_the_canonical_ranks() {
    let log = log(CaseNotion::Main, 3_000);
    let rank = |name: &str| {
        [
            Activity::LeadConverted,
            Activity::OpportunityCreated,
            Activity::StageChanged,
            Activity::AmountChanged,
            Activity::CloseDateChanged,
            Activity::OpportunityQualified,
            Activity::QuoteIssued,
            Activity::OpportunityWon,
            Activity::OpportunityLost,
        ]
        .iter()
        .find(|activity| activity.name() == name)
        .and_then(|activity| activity.rank())
    };
    for_each_case(&log, |case| {
        let names = names(&log, &case);
        for idx in 1..names.len() {
            if case.times_us()[idx - 1] == case.times_us()[idx]
                && let (Some(before), Some(after)) = (rank(names[idx - 1]), rank(names[idx]))
            {
                assert!(before <= after, "{} before {}", names[idx - 1], names[idx]);
            }
        }
    });
}

#[test]
fn dates_stand_behind_what_happened_before_on_their_day() {
    let log = log(CaseNotion::Main, 3_000);
    let mut day_count = 0;
    for_each_case(&log, |case| {
        let names = names(&log, &case);
        let first = |wanted: &str| names.iter().position(|&name| name == wanted);
        for (idx, name) in names.iter().enumerate() {
            let precisions = &case.segment().parts().precisions;
            let is_day = precisions[case.row(idx)] == Precision::Day;
            let is_finance =
                ["Invoice Generated", "Invoice Sent", "Payment Received", "Credit Note Issued"]
                    .contains(name);
            assert!(!is_finance || is_day);
            assert!(!is_day || is_finance || *name == "Contract Signed");
            day_count += u32::from(is_day);
        }
        // An invoice dated on the day of the delivery follows it.
        if let (Some(invoice), Some(delivery)) =
            (first("Invoice Generated"), first("Order Fulfilled"))
            && case.path_us(log.context(), delivery, invoice) == 0
        {
            assert!(delivery < invoice, "case {}", case.id());
        }
    });
    assert!(day_count > 0);
}

#[test]
fn the_document_log_counts_each_invoice_once() {
    let world = world(6_000);
    let mut invoices = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for block_idx in 0..world.block_count() {
        for deal in world.block(block_idx).deals {
            for invoice in deal.invoices {
                if 1 < invoice.links.len() {
                    shared.insert((invoice.home, invoice.idx));
                }
                invoices.insert((invoice.home, invoice.idx));
            }
        }
    }
    let log = log(CaseNotion::Document, 6_000);
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    let mut linked_twice = 0;
    for_each_case(&log, |case| {
        let kind = case_text(&log, &case, "DocumentType").unwrap();
        let links = case_text(&log, &case, "SalesOpportunityId").unwrap();
        let shares = case_text(&log, &case, "LinkShare").unwrap();
        assert_eq!(links.split("; ").count(), shares.split("; ").count());
        linked_twice += usize::from(links.contains("; "));
        if kind == "Invoice" {
            let generated =
                names(&log, &case).iter().filter(|&&n| n == "Invoice Generated").count();
            assert_eq!(generated, 1);
        }
        *kinds.entry(kind).or_default() += 1;
    });
    assert_eq!(kinds["Invoice"], invoices.len());
    assert_eq!(linked_twice, shared.len());
    assert!(!shared.is_empty());
    assert_eq!(kinds.keys().collect::<Vec<_>>(), ["Contract", "Invoice", "Order", "Quote"]);
}

#[test]
fn leads_that_became_deals_name_them() {
    let log = log(CaseNotion::Lead, 2_000);
    let (mut converted, mut total) = (0, 0);
    for_each_case(&log, |case| {
        total += 1;
        let is_converted = names(&log, &case).contains(&"Lead Converted");
        let deal = case_text(&log, &case, "SalesOpportunityId");
        assert_eq!(deal.is_some(), is_converted);
        converted += u32::from(is_converted);
    });
    assert!((20..=35).contains(&(converted * 100 / total)), "{converted} of {total}");
}

#[test]
fn amounts_carry_their_currency() {
    let log = log(CaseNotion::Main, 500);
    let attribute = log.context().attribute_at("OpportunityAmount", AttributeLevel::Case).unwrap();
    let mut codes = BTreeSet::new();
    for_each_case(&log, |case| {
        if let Some(AttributeValue::Money { currency, .. }) = case.value(attribute, 0) {
            codes.insert(currency.unwrap().to_owned());
        }
    });
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["EUR", "GBP", "USD"]);
}
