//! Is it said rightly what can be computed with a log, and what would unlock the rest?

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use paydirt_recipe::coverage::{
    Computable, Coverage, CoverageCounts, CoveragePlan, FigureCoverage, NeededData,
};
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::coverage::NeedKind;

use crate::library::shipped;

/// Three deals: `a` was invoiced and paid, `b` was invoiced, `c` is open. Only `a` and `c` have an
/// amount, and every deal a region.
const DEALS: &str = r#"
a: "Opportunity Created" "Invoice Generated" "Payment Received" | OpportunityAmount=12.50EUR SalesRegion=EMEA
b: "Opportunity Created" "Invoice Generated" "Payment Received" "Payment Received" | SalesRegion=APAC
c: "Opportunity Created" | OpportunityAmount=3.00EUR SalesRegion=EMEA
"#;

fn coverage_in(log: &EventLog, notions: &[CaseNotion], language: Language) -> Coverage {
    let library = shipped();
    let plan = CoveragePlan::new(&library, log.context(), notions, &ChosenSettings::default());
    let parts = log.segments().iter().map(|segment| plan.observe(&CaseBatch::all(segment)));
    let counts = parts.fold(CoverageCounts::default(), CoverageCounts::with);
    plan.answer(counts, library.template("generic"), language)
}

fn coverage(log: &EventLog) -> Coverage {
    coverage_in(log, &[CaseNotion::Main], Language::English)
}

fn figure<'c>(coverage: &'c Coverage, key: &str) -> &'c FigureCoverage {
    coverage.figures.iter().find(|figure| figure.key == key).unwrap()
}

fn data<'c>(coverage: &'c Coverage, key: &str) -> &'c NeededData {
    coverage.data.iter().find(|data| data.key == key).unwrap()
}

/// State, cases that have everything, cases that it is about.
fn state(coverage: &Coverage, key: &str) -> (Computable, u64, u64) {
    let figure = figure(coverage, key);
    (figure.computable, figure.cases_used, figure.cases_eligible)
}

#[test]
fn a_figure_is_about_the_cases_with_its_activities_and_uses_those_with_its_values() {
    let found = coverage(&text_log::parse(DEALS));
    assert_eq!((found.cases, found.events), (3, 8));
    // Invoices and payments: a and b.
    assert_eq!(state(&found, "K4"), (Computable::Fully, 2, 2));
    // With an amount: a alone.
    assert_eq!(state(&found, "K6"), (Computable::Partly, 1, 2));
    // Every case has a region; nothing is needed of the map.
    assert_eq!(state(&found, "M23"), (Computable::Fully, 3, 3));
    assert_eq!(state(&found, "map"), (Computable::Fully, 3, 3));
    assert_eq!(state(&found, "K3"), (Computable::No, 0, 0));
}

#[test]
fn what_is_missing_is_named_with_the_line_of_the_template() {
    let found = coverage(&text_log::parse(DEALS));
    let missing = &figure(&found, "K7").missing;
    assert_eq!(missing.len(), 1, "the invoice is there: {missing:?}");
    assert_eq!(missing[0][0].key, "OrderFulfilled");
    let fulfilled = data(&found, "OrderFulfilled");
    assert!(!fulfilled.is_there);
    // K3 needs quote and contract, so neither alone unlocks it.
    assert!(fulfilled.unlocks.contains(&"K7".to_owned()), "{:?}", fulfilled.unlocks);
    assert!(!data(&found, "QuoteIssued").unlocks.contains(&"K3".to_owned()));
    let line = fulfilled.line.as_ref().unwrap();
    assert_eq!((line.template.as_str(), line.label.as_str()), ("generic", "Order Fulfilled"));
    // Of terms and due date, one is enough.
    let terms: Vec<&str> =
        figure(&found, "K5L").missing[0].iter().map(|need| need.key.as_str()).collect();
    assert_eq!(terms, ["PaymentTerms", "DueDate"]);
    assert_eq!(data(&found, "PaymentTerms").line.as_ref().unwrap().label, "PaymentTerms");
    assert!(data(&found, "costTable").line.is_none());
}

#[test]
fn cases_and_values_are_counted() {
    let found = coverage(&text_log::parse(DEALS));
    let counts = |key| {
        let data = data(&found, key);
        (data.is_there, data.cases, data.values)
    };
    assert_eq!(counts("PaymentReceived"), (true, 2, 3));
    assert_eq!(counts("OpportunityAmount"), (true, 2, 2));
    assert_eq!(counts("QuoteIssued"), (false, 0, 0));
}

#[test]
fn rows_of_leads_are_a_log_of_their_own() {
    let log = text_log::parse(DEALS);
    let row = |found: &Coverage| found.rows.iter().find(|row| row.key == "leads").unwrap().is_there;
    let without = coverage(&log);
    assert!(!row(&without));
    assert_eq!(figure(&without, "K10").missing[0][0].kind, NeedKind::Sheet);
    let with = coverage_in(&log, &[CaseNotion::Main, CaseNotion::Lead], Language::English);
    assert!(row(&with));
    assert_eq!(figure(&with, "K10").computable, Computable::Fully);
}

#[test]
fn names_count_in_every_language_and_an_alias_does_not() {
    let french = coverage_in(
        &text_log::parse(r#"a: "Facture générée" "Paiement reçu" | Amount=1.00EUR"#),
        &[CaseNotion::Main],
        Language::French,
    );
    assert_eq!(state(&french, "K4"), (Computable::Fully, 1, 1));
    assert_eq!(figure(&french, "K4").name, "Temps moyen de recouvrement des paiements");
    assert!(!data(&french, "OpportunityAmount").is_there);
}

#[test]
fn the_parts_of_a_log_do_not_matter() {
    let whole = coverage(&text_log::parse(DEALS));
    let parts = text_log::parse_with(DEALS, LogSpec::plain(), 4);
    assert!(1 < parts.segments().len());
    assert_eq!(coverage(&parts), whole);
}
