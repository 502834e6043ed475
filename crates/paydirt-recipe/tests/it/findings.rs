//! Does each check of data quality find what it is for, where it is, and nothing else?

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::mapping::{ColumnRole, ImportReport, ProblemCount, RoleSuggestion, RowProblem};
use paydirt_model::say;
use paydirt_model::text_log;
use paydirt_model::time::Timestamp;
use paydirt_recipe::findings::answer::{Finding, Findings, RuleState, ValueCount};
use paydirt_recipe::findings::survey::{SecondCounts, Survey};
use paydirt_recipe::findings::{FindingPlan, FindingWishes, SizeBefore, Surroundings};
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::quality::Severity;

use crate::library::shipped;

/// What was chosen, as a settings file says it.
fn found_as(log: &EventLog, rule: &str, rows_max: usize, settings: &str) -> Findings {
    let library = shipped();
    let (settings, problems) = ChosenSettings::read(&library, "settings.toml", settings);
    assert!(problems.is_empty(), "{problems:?}");
    let around = Surroundings { settings: &settings, report: None, now: None, before: None };
    look(&library, log, around, FindingWishes { rules: vec![rule.to_owned()], rows_max })
}

fn look(
    library: &Library,
    log: &EventLog,
    around: Surroundings<'_>,
    wishes: FindingWishes,
) -> Findings {
    let plan = FindingPlan::new(library, log.context(), around, wishes);
    let batches = || log.segments().iter().map(|segment| CaseBatch::all(segment));
    let survey = batches().map(|batch| plan.survey(&batch)).fold(Survey::default(), Survey::with);
    let counts = batches().map(|batch| plan.count_seconds(&survey, &batch));
    let counts = counts.fold(SecondCounts::default(), SecondCounts::with);
    let survey = plan.settled(survey, &counts);
    let parts = batches().map(|batch| plan.observe(&survey, &batch));
    let counts = parts.fold(plan.nothing(), |counts, part| plan.joined(counts, part));
    plan.answer(&survey, counts, Language::English)
}

fn found_with(log: &EventLog, rule: &str, rows_max: usize) -> Findings {
    found_as(log, rule, rows_max, "")
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
    check(
        "DQ-27",
        "a: \"Contract Signed\" | PaymentTerms=comptant\nb: \"Contract Signed\"",
        &["b#1"],
    );
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
    assert_eq!((finding.count, finding.looked_at, finding.cases), (2, 3, Some(2)));
    let counts = |counts: &[ValueCount]| -> Vec<(String, u64)> {
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

#[test]
fn a_column_that_is_there_but_mostly_blank_is_told_of_any_log() {
    check("DQ-51", "a: x | Colour=red\nb: y\nc: z", &["b#1", "c#1"]);
    check("DQ-51", "a: x | Colour=red\nb: y | Colour=blue", &[]);
}

#[test]
fn terms_that_nobody_can_read_and_owners_that_are_ids_are_found() {
    check("DQ-27", "a: x | PaymentTerms=soon\nb: x | PaymentTerms=comptant", &["a#1"]);
    check("DQ-32", "a: x | OpportunityOwner=0051\nb: x | OpportunityOwner=Ann", &["a#1"]);
}

#[test]
fn a_stage_or_currency_is_looked_up_in_the_settings() {
    let log = text_log::parse("a: x | SalesStage=Won\nb: x | SalesStage=Odd");
    let found = |settings: &str| found_as(&log, "DQ-14", 10, settings);
    let unset = found("");
    assert_eq!(unset.rules[0].state, RuleState::NotChecked);
    assert_eq!(unset.rules[0].missing[0][0].key, "stageClass");
    let set = found("stageClass = [{ stage = \"Won\", class = \"won\" }]");
    let rows: Vec<&str> = set.findings[0].examples.iter().map(|row| row.case.as_str()).collect();
    assert_eq!(rows, ["b"]);
    let log = text_log::parse("a: x | OpportunityAmount=2.50EUR\nb: x | OpportunityAmount=2.50JPY");
    let rates = "currencyRates = [{ day = 2024-01-01, from = \"JPY\", to = \"USD\", rate = 0.01 }]";
    let found = found_as(&log, "DQ-26", 10, rates);
    assert_eq!(found.findings[0].examples[0].case, "a");
}

#[test]
fn dates_durations_and_sums_that_do_not_fit_the_events_are_found() {
    check(
        "DQ-23",
        "a: \"Opportunity Lost\"@2024-03-10T00:00:00Z end@2024-09-01T00:00:00Z \
         | OpportunityCloseDate=2024-03-17T00:00:00Z\n\
        b: \"Opportunity Lost\"@2024-03-10T00:00:00Z | OpportunityCloseDate=2024-03-18T00:00:00Z",
        &["b#1"],
    );
}

#[test]
fn a_number_that_is_used_twice_is_found_in_both_cases() {
    check(
        "DQ-35",
        "a: \"Invoice Generated\" | InvoiceNumber=1\n\
        b: x \"Invoice Generated\" | InvoiceNumber=1\n\
        c: \"Invoice Generated\" | InvoiceNumber=2",
        &["a#1", "b#2"],
    );
}

#[test]
fn a_crowded_second_and_a_gap_are_found() {
    let crowd = "x@1h\n".repeat(21);
    let calm: String = (2..50).map(|hour| format!("x@{hour}m\n")).collect();
    let found = |log: &str| found_with(&text_log::parse(log), "DQ-39", 100).findings;
    assert_eq!(found(&format!("{crowd}{calm}"))[0].count, 21);
    assert!(found(&"x@1h\n".repeat(19)).is_empty(), "fewer than 20 are no crowd");
    let gap = |last: &str| {
        let log = format!("x@2024-01-01T12:00:00Z\nx@{last}T00:00:00Z");
        found_with(&text_log::parse(&log), "DQ-49", 1).findings
    };
    assert!(gap("2024-02-01").is_empty());
    let told = gap("2024-02-02");
    assert_eq!(told[0].notes, ["No event from 2024-01-02 to 2024-02-01: 31 days."]);
}

#[test]
fn what_is_said_of_the_whole_log_is_its_age_and_how_it_changed() {
    let library = shipped();
    let log = text_log::parse("a: x@2024-01-01T00:00:00Z\nb: x@2024-01-01T00:00:00Z");
    let settings = ChosenSettings::default();
    let at = |text: &str| {
        let at: jiff::Timestamp = text.parse().unwrap();
        Timestamp::from_us(at.as_microsecond())
    };
    let told = |now: &str, cases: u64, rule: &str| {
        let before = Some(SizeBefore { cases, events: cases });
        let around = Surroundings { settings: &settings, report: None, now: at(now), before };
        let wishes = FindingWishes { rules: vec![rule.to_owned()], rows_max: 1 };
        look(&library, &log, around, wishes).findings.pop().map(|finding| finding.notes)
    };
    assert_eq!(told("2024-01-08T00:00:00Z", 2, "DQ-44"), None);
    let old = told("2024-01-09T00:00:00Z", 2, "DQ-44").unwrap();
    assert_eq!(old, ["The data end 8 days before today."]);
    assert_eq!(told("2024-01-01T00:00:00Z", 2, "DQ-47"), None);
    let fewer = told("2024-01-01T00:00:00Z", 3, "DQ-47").unwrap();
    assert_eq!(fewer, ["3 cases and 3 events before, now 2 and 2."]);
}

#[test]
fn every_rule_says_what_became_of_it() {
    let log = text_log::parse("a: x y");
    let library = shipped();
    let settings = ChosenSettings::default();
    let around = Surroundings { settings: &settings, report: None, now: None, before: None };
    let found = look(&library, &log, around, FindingWishes { rules: Vec::new(), rows_max: 1 });
    assert_eq!(found.rules.len(), library.rules.len());
    for rule in &library.rules {
        assert!(!rule.checks.is_empty() || !rule.needs.is_empty(), "{}", rule.key);
    }
    let missing = |key: &str| {
        let rule = found.rules.iter().find(|rule| rule.rule == key).unwrap();
        let names = rule.missing.iter().flatten().map(|missing| missing.name.as_str());
        (rule.state, names.collect::<Vec<&str>>())
    };
    assert_eq!(missing("DQ-31"), (RuleState::NotChecked, vec!["Opportunity Lost", "Loss Reason"]));
    assert_eq!(missing("DQ-41"), (RuleState::Kept, vec![]));
    assert_eq!(missing("DQ-43"), (RuleState::NotChecked, vec!["Documents"]));
}

#[test]
fn a_value_of_the_case_that_its_events_contradict_is_found_at_the_first_of_them() {
    check(
        "DQ-17",
        "a: x{CustomerName=Acme} y{CustomerName=Zeta} z{CustomerName=Acme}\n\
        b: x{CustomerName=Acme} y z{CustomerName=Acme}",
        &["a#2"],
    );
}

#[test]
fn what_was_delivered_and_differs_by_more_than_a_day_is_found() {
    check(
        "DQ-28",
        "a: \"Opportunity Created\"@0h \"Opportunity Won\"@4d | SalesCycleTime=3\n\
        b: \"Opportunity Created\"@0h \"Opportunity Won\"@4d | SalesCycleTime=2\n\
        c: \"Opportunity Won\"@4d | SalesCycleTime=9",
        &["b#2"],
    );
}

#[test]
fn sums_of_invoices_and_payments_are_compared() {
    let invoice = |amount: &str| {
        format!(
            "\"Opportunity Won\" \"Invoice Generated\"{{DocumentAmount={amount} InvoiceNumber=7}}"
        )
    };
    let log = format!(
        "a: {} | OpportunityAmount=100.00EUR\nb: {} | OpportunityAmount=100.00EUR\n\
        c: {} | OpportunityAmount=100.00EUR",
        invoice("110.00EUR"),
        invoice("110.01EUR"),
        invoice("500.00USD"),
    );
    // Amounts of different currencies are not compared.
    check("DQ-37", &log, &["b#1"]);
    let paid = |amount: &str| {
        let invoice = invoice("100.00EUR");
        format!("{invoice} \"Payment Received\"{{PaymentAmount={amount} InvoiceNumber=7}}")
    };
    // The tolerance is half a per cent unless chosen.
    let log = format!("a: {}\nb: {}", paid("100.50EUR"), paid("100.51EUR"));
    check("DQ-36", &log, &["b#3"]);
    let chosen = found_as(&text_log::parse(&log), "DQ-36", 10, "settlementTolerance = 0.01");
    assert!(chosen.findings.is_empty());
}

#[test]
fn an_activity_is_uncertain_where_many_of_its_events_are() {
    let sure = "x{Confidence=high}\n".repeat(3);
    check(
        "DQ-38",
        &format!("a: x{{Confidence=low}} y{{Confidence=low}}\n{sure}y\ny\ny\ny"),
        &["a#1"],
    );
}

#[test]
fn an_old_case_without_an_end_is_found_and_a_young_one_is_not() {
    check(
        "DQ-50",
        "a: \"Opportunity Created\"@0h\nb: \"Opportunity Created\"@2d\n\
        c: \"Opportunity Created\"@0h \"Opportunity Won\"@366d",
        &["a#1"],
    );
}

#[test]
fn what_most_have_is_missed_only_where_most_have_it() {
    let won = "\"Quote Issued\" \"Opportunity Won\"";
    check("DQ-30", &format!("a: {won}\nb: {won}\nc: \"Opportunity Won\""), &["c#1"]);
    check("DQ-30", &format!("a: {won}\nb: \"Opportunity Won\"\nc: \"Opportunity Won\""), &[]);
}

#[test]
fn what_the_report_of_an_import_says_is_told_by_its_rules() {
    let (library, log) = (shipped(), text_log::parse("a: x"));
    let settings = ChosenSettings::default();
    let mut report = ImportReport { rows_read: 9, ..ImportReport::default() };
    let role = |column: &str| RoleSuggestion::new(column, ColumnRole::Attribute, say!("as it is"));
    report.roles = vec![role("Amount"), role("Amount (2)"), role("Step (3)")];
    ProblemCount::add(&mut report.problems, "bad-time", true, || RowProblem {
        row: 4,
        column: "When".to_owned(),
        value: "soon".to_owned(),
        reason: say!("the format says so"),
        same_as: None,
        cell: None,
    });
    let found = |rule: &str| {
        let around =
            Surroundings { settings: &settings, report: Some(&report), now: None, before: None };
        let wishes = FindingWishes { rules: vec![rule.to_owned()], rows_max: 1 };
        look(&library, &log, around, wishes).findings
    };
    let times = &found("DQ-03")[0];
    assert_eq!((times.count, times.looked_at, times.cases), (1, 9, None));
    assert_eq!((times.file_rows[0].row, times.file_rows[0].value.as_str()), (4, "soon"));
    assert!(found("DQ-02").is_empty());
    assert_eq!(found("DQ-09")[0].notes, ["These columns got a number: Amount (2)."]);
}
