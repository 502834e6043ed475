//! Whole tables become logs: roles, times, types and reports together.

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::mapping::AttributeMapping;
use paydirt_model::problem::ErrorCode;
use paydirt_model::raw_table::RawTable;
use paydirt_recipe::events::nothing_usable;
use paydirt_recipe::roles::{RoleChoice, RoleOverrides};

use crate::support::{describe, import, problems, table};

fn detect() -> RoleOverrides {
    RoleOverrides::default()
}

const ORDERS: &str = "case id|activity|time|org:resource|region|amount|paid
    A|create|2024-01-31T09:30:00Z|ann|EMEA|1200.50|no
    A|approve|2024-01-31T11:30:00+01:00|bob|EMEA|1200.5|yes
    B|create|2024-02-01T08:00:00Z|ann|APAC|80|no
    A|pay|2024-02-02T00:00:00Z||EMEA|NA|yes";

#[test]
fn roles_times_types_and_levels_are_found() {
    let expected = "A: region=EMEA
  create 2024-01-31T09:30:00Z org:resource=ann amount=1200.5 paid=false
  approve 2024-01-31T10:30:00Z org:resource=bob amount=1200.5 paid=true
  pay 2024-02-02T00:00:00Z paid=true
B: region=APAC
  create 2024-02-01T08:00:00Z org:resource=ann amount=80 paid=false";
    for rows_in_chunk in [1, 2, 3, 10] {
        let (log, report) = import(&table(ORDERS, rows_in_chunk), &detect()).unwrap();
        assert_eq!(describe(&log), expected, "{rows_in_chunk} rows in a chunk");
        assert_eq!((report.events, report.rows_refused), (4, 0));
        assert!(report.notes.is_empty(), "{:?}", report.notes);
        let told: Vec<String> =
            report.automatic.iter().map(|reading| reading.what.to_string()).collect();
        assert_eq!(told, ["In column \"amount\", 1 value such as \"NA\" was read as blank."]);
        let context = log.context();
        assert_eq!(context.resource_attribute().unwrap().name, "org:resource");
        assert_eq!(context.attribute("region").unwrap().level, AttributeLevel::Case);
        assert_eq!(context.attribute("paid").unwrap().kind, AttributeType::Boolean);
    }
}

#[test]
fn bad_rows_are_refused_and_counted() {
    let text = "case id|activity|start time|end time|cost
        A|a|2024-01-31 09:00|2024-01-31 10:00|1
        |a|2024-01-31 09:00|2024-01-31 10:00|2
        A| |2024-01-31 09:00|2024-01-31 10:00|3
        A|b|2024-01-31 09:00||4
        A|b|2024-01-31 09:00|31.02.2024|5
        A|b|soon|2024-01-31 10:00|6
        A|c||2024-01-31 11:00|7
        A|d|2024-01-31 13:00|2024-01-31 12:00|8";
    let expected = "A:
  a 2024-01-31T09:00:00Z~2024-01-31T10:00:00Z (minute) cost=1
  c 2024-01-31T11:00:00Z (minute) cost=7
  d 2024-01-31T12:00:00Z (minute) cost=8";
    let (log, report) = import(&table(text, 3), &detect()).unwrap();
    assert_eq!(describe(&log), expected);
    assert_eq!((report.events, report.rows_refused), (3, 5));
    assert_eq!(
        problems(&report),
        "bad-start ×1 row 7 \"soon\"; bad-time ×1 row 6 \"31.02.2024\"; blank-activity ×1 row 4 \
         \" \"; blank-case ×1 row 3 \"\"; blank-time ×1 row 5 \"\"; start-after-end ×1 row 9 \
         \"2024-01-31 13:00\""
    );
    let reason = &report.problems[1].examples[0].reason;
    assert!(reason.to_string().contains("Expected year, month, day (YYYY-MM-DD)."), "{reason}");
    assert!(report.notes[0].to_string().contains("were read as UTC"), "{:?}", report.notes);
    assert_eq!(log.context().activities.names(), ["a", "c", "d"]);
}

#[test]
fn a_table_of_bad_rows_is_nothing_usable() {
    let text = "case id|activity|time\n|a|2024-01-31\nA||2024-01-31\n|b|2024-01-31";
    let (log, report) = import(&table(text, 2), &detect()).unwrap();
    assert_eq!(log.context().event_count, 0);
    let problem = nothing_usable(&report);
    assert_eq!(problem.code, ErrorCode::NothingUsable);
    assert_eq!(problem.detail, "All 3 rows were refused: blank-case (2), blank-activity (1).");
}

#[test]
fn an_ambiguous_order_of_day_and_month_is_asked_and_can_be_told() {
    let ambiguous = table("case|activity|time\nA|a|03/04/2024 09:00\nA|b|05/06/2024 10:00", 5);
    let problem = import(&ambiguous, &detect()).unwrap_err();
    assert_eq!(problem.code, ErrorCode::AmbiguousDate);
    assert!(problem.to_string().contains("\"%d/%m/%Y\" or \"%m/%d/%Y\""), "{problem}");
    for (format, first) in [("%d/%m/%Y", "2024-04-03"), ("%m/%d/%Y %H:%M", "2024-03-04")] {
        let told = RoleOverrides { date_format: Some(format.to_owned()), ..detect() };
        let (log, _) = import(&ambiguous, &told).unwrap();
        assert!(describe(&log).contains(&format!("a {first}T09:00:00Z (minute)")), "{format}");
    }
}

#[test]
fn a_given_format_is_used_for_the_times() {
    let told = |format: &str| RoleOverrides { date_format: Some(format.to_owned()), ..detect() };
    let iso = table("case|activity|time\nA|a|2024-01-31\nA|b|2024-02-01", 5);
    let problem = import(&iso, &told("%d/%m/%Y")).unwrap_err();
    assert_eq!(problem.code, ErrorCode::DateFormatUnknown);
    let text = problem.to_string();
    for part in ["the given format %d/%m/%Y", "\"2024-01-31\"", "YYYY-MM-DD"] {
        assert!(text.contains(part), "{text}");
    }
    // One value of four fits: the others are refused, and not read in a format of their own.
    let mixed = "case|activity|time|due
        A|a|2024-01-31|2024-05-01
        A|b|31/01/2024|2024-05-02
        A|c|2024-02-01|2024-05-03
        A|d|2024-02-02|2024-05-04";
    let (log, report) = import(&table(mixed, 5), &told("%d/%m/%Y")).unwrap();
    let expected = "A: due=2024-05-02T00:00:00Z\n  b 2024-01-31T00:00:00Z (day)";
    assert_eq!(describe(&log), expected);
    assert_eq!(problems(&report), "bad-time ×3 row 2 \"2024-01-31\"");
    let starts = "case|activity|start|end\nA|a|2024-01-31|01/02/2024\nA|b|2024-01-31|01/02/2024";
    let problem = import(&table(starts, 5), &told("%d/%m/%Y")).unwrap_err();
    assert_eq!(problem.code, ErrorCode::DateFormatUnknown);
    assert!(problem.to_string().contains("\"start\""), "{problem}");
}

#[test]
fn one_column_of_times_settles_another() {
    let text = "case|activity|start|end|due
        A|a|03/04/2024|04/04/2024|05/04/2024
        A|b|05/06/2024|30/06/2024|07/06/2024";
    let (log, report) = import(&table(text, 5), &detect()).unwrap();
    let expected = "A:
  a 2024-04-03T00:00:00Z~2024-04-04T00:00:00Z (day) due=2024-04-05T00:00:00Z
  b 2024-06-05T00:00:00Z~2024-06-30T00:00:00Z (day) due=2024-06-07T00:00:00Z";
    assert_eq!(describe(&log), expected);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.to_string().contains("in the order of the other times"))
    );
}

#[test]
fn times_without_offset_are_read_in_the_given_zone() {
    let text = "case|activity|time
        A|a|2024-03-31 01:30:00
        A|b|2024-03-31 02:30:00
        A|c|2024-07-01 12:00:00
        A|d|2024-10-27 02:30:00
        A|e|2024-10-27 12:00:00Z";
    let paris = RoleOverrides { time_zone: Some("Europe/Paris".to_owned()), ..detect() };
    let (log, report) = import(&table(text, 2), &paris).unwrap();
    let expected = "A:
  a 2024-03-31T00:30:00Z
  b 2024-03-31T01:30:00Z
  c 2024-07-01T10:00:00Z
  d 2024-10-27T00:30:00Z
  e 2024-10-27T12:00:00Z";
    assert_eq!(describe(&log), expected);
    assert_eq!(
        problems(&report),
        "dst-gap ×1 row 3 \"2024-03-31 02:30:00\"; dst-overlap ×1 row 5 \"2024-10-27 02:30:00\""
    );
    assert!(report.notes.is_empty());
    assert_eq!(log.context().time_zone.name(), "Europe/Paris");
    let nowhere = RoleOverrides { time_zone: Some("Mars/Base".to_owned()), ..detect() };
    let problem = import(&table(text, 2), &nowhere).unwrap_err();
    assert_eq!(problem.code, ErrorCode::TimeZoneUnknown);
}

#[test]
fn money_needs_a_currency() {
    let text = "case|activity|time|amount|amount currency|fee|plain
        A|a|2024-01-31|12.50|EUR|€1,234.50|5
        A|b|2024-02-01|7|USD|€2.00|6";
    let (log, _) = import(&table(text, 5), &detect()).unwrap();
    let expected = "A:
  a 2024-01-31T00:00:00Z (day) amount=12.5 EUR fee=1234.5 EUR plain=5
  b 2024-02-01T00:00:00Z (day) amount=7 USD fee=2 EUR plain=6";
    assert_eq!(describe(&log), expected);
    let mut attribute = AttributeMapping::detected("plain");
    attribute.currency = Some("JPY".to_owned());
    let chosen = RoleOverrides { attributes: Some(vec![attribute]), ..detect() };
    let (log, _) = import(&table(text, 5), &chosen).unwrap();
    assert!(describe(&log).contains("plain=5 JPY"));
}

#[test]
fn one_column_of_currencies_makes_amounts_money() {
    for (amount, currency) in [
        ("Amount", "Currency"),
        ("Amount", "Currency ISO Code"),
        ("OpportunityAmount", "CurrencyIsoCode"),
        ("Deal value", "Deal currency"),
        ("Montant", "Devise"),
        ("金額", "通貨"),
        ("Total", "deal_currency_code"),
    ] {
        let text = format!(
            "Deal|Stage|Date|{amount}|{currency}|Probability
            1|a|2024-01-31|12.50|EUR|10
            1|b|2024-02-01|7|usd|20"
        );
        let (log, report) = import(&table(&text, 1), &detect()).unwrap();
        let expected = format!(
            "1:
  a 2024-01-31T00:00:00Z (day) {amount}=12.5 EUR {currency}=EUR Probability=10
  b 2024-02-01T00:00:00Z (day) {amount}=7 USD {currency}=usd Probability=20"
        );
        assert_eq!(describe(&log), expected);
        let reading = format!("\"{amount}\" is money in the currency of \"{currency}\"");
        assert!(report.readings.iter().any(|known| *known == *reading), "{:?}", report.readings);
    }
    let two = "Deal|Stage|Date|Amount|From currency|To currency\n1|a|2024-01-31|5|EUR|USD";
    let (log, _) = import(&table(two, 5), &detect()).unwrap();
    assert!(describe(&log).contains("Amount=5 From"), "{}", describe(&log));
    let words = "Deal|Stage|Date|Amount|Currency\n1|a|2024-01-31|5|local";
    let (log, _) = import(&table(words, 5), &detect()).unwrap();
    assert!(describe(&log).contains("Amount=5 Currency=local"), "{}", describe(&log));
}

#[test]
fn each_amount_keeps_the_currency_it_carries() {
    let text = "Deal|Stage|Date|Amount
        1|a|2024-01-31|$12.00
        1|b|2024-02-01|1 012,50 €
        1|c|2024-02-02|¥1,200
        1|d|2024-02-03|13.00 USD";
    for rows_in_chunk in [1, 2, 5] {
        let (log, report) = import(&table(text, rows_in_chunk), &detect()).unwrap();
        let expected = "1:
  a 2024-01-31T00:00:00Z (day) Amount=12 USD
  b 2024-02-01T00:00:00Z (day) Amount=1012.5 EUR
  c 2024-02-02T00:00:00Z (day) Amount=1200 JPY
  d 2024-02-03T00:00:00Z (day) Amount=13 USD";
        assert_eq!(describe(&log), expected);
        assert!(report.problems.is_empty(), "{:?}", report.problems);
    }
}

#[test]
fn declared_types_hold_and_other_values_are_reported() {
    let text = "case|activity|time|a|b|c
        A|x|2024-01-31|1.5|yes|90
        A|y|2024-02-01|oops|maybe|1.25";
    let kind = |name: &str, kind: AttributeType| {
        let mut attribute = AttributeMapping::detected(name);
        attribute.kind = Some(kind);
        attribute.level = Some(AttributeLevel::Event);
        attribute
    };
    let chosen = RoleOverrides {
        attributes: Some(vec![
            kind("a", AttributeType::Decimal),
            kind("b", AttributeType::Boolean),
            kind("c", AttributeType::Duration),
        ]),
        ..detect()
    };
    let (log, report) = import(&table(text, 5), &chosen).unwrap();
    let expected = "A:
  x 2024-01-31T00:00:00Z (day) a=1.5 b=true c=90
  y 2024-02-01T00:00:00Z (day) c=1.25";
    assert_eq!(describe(&log), expected);
    assert_eq!(problems(&report), "bad-value ×2 row 3 \"oops\"");
}

#[test]
fn a_role_can_be_taken_away() {
    let text = "case|activity|start|end\nA|a|2024-01-31|2024-02-01";
    let no_start = RoleOverrides { start: RoleChoice::None, ..detect() };
    let (log, _) = import(&table(text, 5), &no_start).unwrap();
    assert_eq!(describe(&log), "A: start=2024-01-31T00:00:00Z\n  a 2024-02-01T00:00:00Z (day)");
}

#[test]
fn ids_and_names_lose_only_the_blanks_around_them() {
    let text = "case|note|activity|time\n NA | x | a |2024-01-31\n00123|y|a|2024-01-31";
    let (log, _) = import(&table(text, 5), &detect()).unwrap();
    let expected = "00123: note=y\n  a 2024-01-31T00:00:00Z (day)\n\
                    NA: note= x \n  a 2024-01-31T00:00:00Z (day)";
    assert_eq!(describe(&log), expected);
}

#[test]
fn an_empty_table_has_no_roles() {
    let empty = RawTable { names: vec!["a".to_owned()], chunks: Vec::new() };
    assert_eq!(import(&empty, &detect()).unwrap_err().code, ErrorCode::ColumnRoleMissing);
}
