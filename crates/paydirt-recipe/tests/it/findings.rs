//! Does each check of data quality find what it is for, where it is, and nothing else?

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use paydirt_recipe::findings::{Finding, FindingPlan, FindingWishes, Findings};
use paydirt_recipe::library::quality::Severity;

use crate::library::shipped;

fn found_with(log: &EventLog, rule: &str, rows_max: usize) -> Findings {
    let library = shipped();
    let wishes = FindingWishes { rules: vec![rule.to_owned()], rows_max };
    let plan = FindingPlan::new(&library, log.context(), wishes);
    let parts = log.segments().iter().map(|segment| plan.observe(&CaseBatch::all(segment)));
    let counts = parts.fold(plan.nothing(), |counts, part| plan.joined(counts, part));
    plan.answer(counts, Language::English)
}

fn found(log: &str, rule: &str) -> Vec<Finding> {
    found_with(&text_log::parse(log), rule, 10).findings
}

/// `case#event` of every row of every finding.
fn rows(log: &str, rule: &str) -> Vec<String> {
    let rows = found(log, rule).into_iter().flat_map(|finding| finding.examples);
    rows.map(|row| format!("{}#{}", row.case, row.event)).collect()
}

#[track_caller]
fn check(rule: &str, log: &str, expected: &[&str]) {
    assert_eq!(rows(log, rule), expected, "{rule}");
}

#[test]
fn a_value_that_should_be_there_is_missed_from_the_step_on() {
    check(
        "DQ-24",
        "a: \"Opportunity Created\" \"Opportunity Won\"\n\
        b: \"Opportunity Created\" \"Opportunity Won\" | OpportunityAmount=5.00EUR\n\
        c: \"Opportunity Created\"",
        &["a#2"],
    );
    check(
        "DQ-31",
        "a: \"Opportunity Lost\" | LossReason=Price\nb: x \"Opportunity Lost\"",
        &["b#2"],
    );
    check("DQ-27", "a: \"Contract Signed\" | PaymentTerms=Net\nb: \"Contract Signed\"", &["b#1"]);
    check("DQ-32", "a: x y | OpportunityOwner=Ann\nb: x y", &["b#2"]);
    // A column that is not there at all is a matter of coverage.
    check("DQ-31", "a: \"Opportunity Lost\"", &[]);
}

#[test]
fn amounts_are_above_zero_and_have_a_currency() {
    check(
        "DQ-24",
        "a: x | OpportunityAmount=0.00EUR\nb: x | OpportunityAmount=-1.00EUR\n\
        c: x | OpportunityAmount=0.01EUR",
        &["a#1", "b#1"],
    );
    check("DQ-26", "a: x | OpportunityAmount=2.50\nb: x | OpportunityAmount=3.50", &["a#1", "b#1"]);
    check("DQ-26", "a: x | OpportunityAmount=2.50EUR", &[]);
    check(
        "DQ-25",
        "a: x | DiscountPercentage=0.25\nb: x | DiscountPercentage=1.00\n\
        c: x | DiscountPercentage=12.50",
        &["c#1"],
    );
}

#[test]
fn steps_in_an_impossible_order_are_found_at_the_early_one() {
    check(
        "DQ-33",
        "a: \"Payment Received\" \"Invoice Generated\"\n\
        b: \"Invoice Generated\" \"Payment Received\"\n\
        c: \"Payment Received\"@1h \"Invoice Generated\"@1h\n\
        d: \"Payment Received\"",
        &["a#1"],
    );
    check(
        "DQ-21",
        "a: \"Lead Captured\" \"Opportunity Created\"\n\
        b: \"Quote Issued\" \"Opportunity Created\"",
        &["b#1"],
    );
}

#[test]
fn a_case_has_one_creation_and_no_event_twice() {
    check(
        "DQ-18",
        "a: \"Opportunity Created\" x \"Opportunity Created\"\n\
        b: \"Opportunity Created\"",
        &["a#3"],
    );
    check("DQ-20", "a: \"Opportunity Created\"\nb: x y", &["b#2"]);
    check("DQ-10", "a: x@1h y@1h x@1h\nb: x@1h x@2h", &["a#3"]);
}

#[test]
fn an_outcome_that_the_events_deny_is_found() {
    check(
        "DQ-29",
        "a: \"Opportunity Lost\" | OpportunityOutcome=Won\n\
        b: \"Opportunity Won\" | OpportunityOutcome=Lost\n\
        c: \"Opportunity Lost\" \"Opportunity Won\" | OpportunityOutcome=Won\n\
        d: \"Opportunity Won\" | OpportunityOutcome=Won",
        &["a#1", "b#1"],
    );
}

#[test]
fn words_of_tests_are_whole_words() {
    check("DQ-45", "a: x | CustomerName=Test-1\nb: x | CustomerName=Latest", &["a#1"]);
}

#[test]
fn times_are_credible_and_events_do_not_end_before_they_begin() {
    check("DQ-11", "a: x@1989-12-31T23:59:59Z y\nb: x@1990-01-01T00:00:00Z", &["a#1"]);
    check("DQ-22", "a: x@2h~1h\nb: x@1h~2h", &["a#1"]);
    check("DQ-13", "a: \"Quote Issued\" juggle", &["a#2"]);
}

#[test]
fn a_share_decides_where_the_rule_has_one() {
    let one_of = |cases: usize| {
        let full = "x y | SalesRegion=EMEA\n".repeat(cases - 1);
        found(&format!("{full}x y"), "DQ-42").len()
    };
    // 20 % is not more than 20 %.
    assert_eq!((one_of(5), one_of(4)), (0, 1));
    let single = |cases: usize| found(&format!("{}x", "x y\n".repeat(cases - 1)), "DQ-41").len();
    assert_eq!((single(10), single(9)), (0, 1));
}

#[test]
fn a_finding_says_where_it_arises_and_how_bad_it_is() {
    let log = "a: \"Opportunity Created\" \"Opportunity Lost\" | OpportunityOwner=Ann SourceSystem=CRM\n\
        b: \"Opportunity Created\" \"Opportunity Lost\" | OpportunityOwner=Bob LossReason=Price\n\
        c: \"Opportunity Created\" \"Opportunity Lost\" | OpportunityOwner=Ann\n\
        d: \"Opportunity Created\" \"Opportunity Won\"";
    let finding = &found(log, "DQ-31")[0];
    assert_eq!((finding.count, finding.looked_at, finding.cases), (2, 3, 2));
    let counts = |counts: &[paydirt_recipe::findings::ValueCount]| -> Vec<(String, u64)> {
        let told = counts.iter().map(|one| (one.value.clone().unwrap_or_default(), one.count));
        told.collect()
    };
    assert_eq!(counts(&finding.by_activity), [("Opportunity Lost".to_owned(), 2)]);
    assert_eq!(counts(&finding.by_owner), [("Ann".to_owned(), 2)]);
    assert_eq!(counts(&finding.by_source), [(String::new(), 1), ("CRM".to_owned(), 1)]);
    assert_eq!(finding.mend, "Make the reason a required field of the lost stage.");
    // Of a log with three activities of the process; DQ-24 is a warning there and else a notice.
    let amount = "x | OpportunityAmount=0.00EUR";
    assert_eq!(found(amount, "DQ-24")[0].severity, Severity::Notice);
    let deal = "\"Opportunity Created\" \"Quote Issued\" \"Opportunity Won\"";
    let deal = format!("{deal} | OpportunityAmount=0.00EUR");
    assert_eq!(found(&deal, "DQ-24")[0].severity, Severity::Warning);
}

#[test]
fn the_parts_of_a_log_do_not_matter_and_rows_are_the_first_by_case() {
    let log = "x x@+0m ×50";
    let one = found_with(&text_log::parse(log), "DQ-10", 3);
    let many = found_with(&text_log::parse_with(log, LogSpec::plain(), 8), "DQ-10", 3);
    assert_eq!(one, many);
    assert_eq!(one.findings[0].count, 50);
    let cases: Vec<&str> = one.findings[0].examples.iter().map(|row| row.case.as_str()).collect();
    assert_eq!(cases, ["c1", "c10", "c11"]);
}
