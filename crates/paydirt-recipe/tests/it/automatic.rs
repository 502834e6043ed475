//! Every automatic reading is listed with its places, does what it says, and can be switched off.

use paydirt_model::automatic::{AutomaticReading, ReadingRule, ReadingRules, SerialSystem};
use paydirt_model::mapping::ImportReport;
use paydirt_recipe::roles::RoleOverrides;

use crate::support::{describe, import, problems, table};

fn without(off: &[ReadingRule]) -> RoleOverrides {
    let rules = ReadingRules { off: off.to_vec(), ..ReadingRules::all() };
    RoleOverrides { rules, ..RoleOverrides::default() }
}

/// Rules with their columns, counts and the rows of their examples.
fn told(report: &ImportReport) -> String {
    let one = |reading: &AutomaticReading| {
        let rows: Vec<String> =
            reading.examples.iter().map(|example| example.row.to_string()).collect();
        let column = reading.column.as_deref().unwrap_or("rows");
        format!("{} {column} ×{} at {}", reading.rule.name(), reading.count, rows.join("+"))
    };
    report.automatic.iter().map(one).collect::<Vec<String>>().join("; ")
}

#[test]
fn blank_words_are_blanks_in_attributes_and_never_in_case_or_activity() {
    let text = "case id|activity|time|owner|region
        NA|n/a|2024-01-31|-|EMEA
        NA|None|2024-02-01|Ann|NA
        null|-|2024-02-02|N/A|--None--";
    for rows_in_chunk in [1, 2, 10] {
        let table = table(text, rows_in_chunk);
        let (log, report) = import(&table, &RoleOverrides::default()).unwrap();
        let expected = "NA:
  n/a 2024-01-31T00:00:00Z (day) region=EMEA
  None 2024-02-01T00:00:00Z (day) owner=Ann region=NA
null:
  - 2024-02-02T00:00:00Z (day)";
        assert_eq!(describe(&log), expected);
        assert_eq!(
            told(&report),
            "blank_words owner ×2 at 2+4; blank_words region ×1 at 4",
            "North America stays"
        );
        let (log, report) = import(&table, &without(&[ReadingRule::BlankWords])).unwrap();
        assert!(describe(&log).contains("owner=N/A region=--None--"));
        assert_eq!(told(&report), "");
    }
}

#[test]
fn a_program_that_writes_xes_names_means_what_it_writes() {
    let text = "case:concept:name|concept:name|time:timestamp|note|close date
        1E+12|a|2024-01-31|NA|45000
        1E+12|b|2024-02-01|-|45001
        Copyright||||";
    let (log, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    assert!(describe(&log).contains("note=NA") && describe(&log).contains("note=-"));
    assert!(describe(&log).contains("close date=45000"));
    assert_eq!(told(&report), "");
    assert_eq!(problems(&report), "blank-activity ×1 row 4 \"\"");
}

#[test]
fn dates_that_a_spreadsheet_gave_away_as_numbers() {
    let text = "Deal ID|Stage|Date|Close date|Plz
        1|Open|45000.5|45010|45001
        1|Won|45001.25|45011|45002";
    let text = table(text, 10);
    let (log, report) = import(&text, &RoleOverrides::default()).unwrap();
    let expected = "1:
  Open 2023-03-15T12:00:00Z (minute) Close date=2023-03-25T00:00:00Z Plz=45001
  Won 2023-03-16T06:00:00Z (minute) Close date=2023-03-26T00:00:00Z Plz=45002";
    assert_eq!(describe(&log), expected);
    assert_eq!(told(&report), "serial_dates Date ×2 at 2+3; serial_dates Close date ×2 at 2+3");
    let what = report.automatic[0].what.to_string();
    assert!(what.contains("\"45000.5\" is 2023-03-15 12:00:00. If the workbook"), "{what}");
    let rules = ReadingRules { serial_dates: Some(SerialSystem::From1904), ..ReadingRules::all() };
    let overrides = RoleOverrides { rules, ..RoleOverrides::default() };
    let (log, _) = import(&text, &overrides).unwrap();
    assert!(describe(&log).contains("Open 2027-03-16T12:00:00Z"), "{}", describe(&log));
    assert!(import(&text, &without(&[ReadingRule::SerialDates])).is_err());
}

#[test]
fn ids_that_a_spreadsheet_has_damaged_are_refused_by_name() {
    let text = "Deal ID|Stage|Date|Invoice number
        9.87654E+12|Open|2024-01-31|1E+15
        5001|Open|2024-01-31|7
        5001|Won|2024-02-01|8";
    for rows_in_chunk in [1, 10] {
        let table = table(text, rows_in_chunk);
        let (log, report) = import(&table, &RoleOverrides::default()).unwrap();
        assert_eq!((report.events, report.rows_refused, log.context().case_count), (2, 1, 1));
        assert_eq!(problems(&report), "damaged-id ×1 row 2 \"9.87654E+12\"");
        let reason = report.problems[0].examples[0].reason.to_string();
        assert!(reason.contains("has lost digits of it (DQ-05)"), "{reason}");
        assert_eq!(told(&report), "damaged_ids Deal ID ×1 at 2");
        assert_eq!(report.automatic[0].quality_rule.as_deref(), Some("DQ-05"));
        let (log, report) = import(&table, &without(&[ReadingRule::DamagedIds])).unwrap();
        assert_eq!((report.rows_refused, log.context().case_count), (0, 2));
    }
    let other = "Deal ID|Stage|Date|Invoice number
        1|Open|2024-01-31|1.5E+15
        2|Open|2024-01-31|1.6E+15";
    let (log, report) = import(&table(other, 10), &RoleOverrides::default()).unwrap();
    assert_eq!(problems(&report), "damaged-attribute-id ×2 row 2 \"1.5E+15\"");
    assert!(describe(&log).contains("Invoice number=1.5E+15"));
}

#[test]
fn zeros_that_ids_have_lost_are_noticed_where_others_have_them() {
    let text = "Deal ID|Stage|Date
        00017|Open|2024-01-31
        17|Won|2024-02-01
        12345|Won|2024-02-01";
    let (_, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    assert_eq!(problems(&report), "damaged-id ×1 row 3 \"17\"");
}

#[test]
fn short_ids_of_salesforce_that_differ_in_capitals_are_two_and_told() {
    let text = "Opportunity ID|Stage|Date
        0065g00000AbCdE|Open|2024-01-31
        0065g00000AbCde|Open|2024-02-01";
    let (log, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    assert_eq!(log.context().case_count, 2);
    assert_eq!(told(&report), "damaged_ids Opportunity ID ×2 at 2+3");
    let what = report.automatic[0].what.to_string();
    assert!(what.contains("\"0065g00000AbCdE\" and \"0065g00000AbCde\" (DQ-05)"), "{what}");
}

#[test]
fn dates_that_did_not_happen_are_blanks_in_a_table_of_cases() {
    let text = "Deal ID|Created|Qualified|Won
        1|2024-01-31|-|-
        2|2024-01-31|2024-02-05|n/a
        3|2024-02-01|-|2024-03-01";
    let (log, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    assert_eq!((report.events, report.rows_refused), (5, 0));
    assert_eq!(problems(&report), "");
    assert_eq!(log.context().case_count, 3);
    assert_eq!(told(&report), "blank_words Qualified ×2 at 2; blank_words Won ×2 at 2+3");
}

#[test]
fn numbers_of_one_file_are_read_alike() {
    let text = "Deal ID|Stage|Date|Preis|Menge|Rabatt
        1|Open|31.01.2024|1.234,50|1.000|5,5 %
        1|Won|01.02.2024|99,90-|2.500|0";
    let (log, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    let expected = "1:
  Open 2024-01-31T00:00:00Z (day) Preis=1234.5 Menge=1000 Rabatt=0.055
  Won 2024-02-01T00:00:00Z (day) Preis=-99.9 Menge=2500 Rabatt=0";
    assert_eq!(describe(&log), expected);
    let rules: Vec<&str> = report.automatic.iter().map(|reading| reading.rule.name()).collect();
    assert_eq!(
        rules.join(" "),
        "decimal_commas grouped_digits negative_numbers grouped_digits decimal_commas percents"
    );
    let note = report.notes.iter().map(ToString::to_string).collect::<Vec<String>>().join(" ");
    assert!(note.contains("Column \"Menge\": \"1.000\" can be read in two ways"), "{note}");
}

#[test]
fn a_column_that_is_to_be_text_is_text() {
    let text = "Deal ID|Stage|Date|Plz
        1|Open|2024-01-31|12345
        1|Won|2024-02-01|12.5";
    let rules = ReadingRules { text_columns: vec!["Plz".to_owned()], ..ReadingRules::all() };
    let overrides = RoleOverrides { rules, ..RoleOverrides::default() };
    let (log, _) = import(&table(text, 10), &overrides).unwrap();
    let kind = log.context().attribute("Plz").unwrap().kind;
    assert_eq!(kind, paydirt_model::attribute::AttributeType::Text);
}

#[test]
fn discounts_above_one_are_told_and_read_as_the_user_says() {
    let text = "Deal ID|Stage|Date|DiscountPercentage
        1|Open|2024-01-31|0
        1|Won|2024-02-01|12.5";
    let text = table(text, 10);
    let (log, report) = import(&text, &RoleOverrides::default()).unwrap();
    assert!(describe(&log).contains("DiscountPercentage=12.5"));
    let note = report.notes[0].to_string();
    assert!(note.contains("such as \"12.5\" in row 3 (DQ-25)"), "{note}");
    let percent_columns = vec!["DiscountPercentage".to_owned()];
    let rules = ReadingRules { percent_columns, ..ReadingRules::all() };
    let overrides = RoleOverrides { rules, ..RoleOverrides::default() };
    let (log, report) = import(&text, &overrides).unwrap();
    assert!(describe(&log).contains("DiscountPercentage=0.125"), "{}", describe(&log));
    assert!(!report.notes.iter().any(|note| note.to_string().contains("DQ-25")));
}

#[test]
fn amounts_without_currency_are_counted() {
    let text = "Deal ID|Stage|Date|Amount|Currency
        1|Open|2024-01-31|5.50|EUR
        1|Won|2024-02-01|7.25|N/A
        1|Paid|2024-02-02||";
    let (_, report) = import(&table(text, 10), &RoleOverrides::default()).unwrap();
    assert_eq!(problems(&report), "blank-currency ×1 row 3 \"7.25\"");
}

#[test]
fn a_column_that_is_not_there_is_told() {
    let rules = ReadingRules {
        text_columns: vec!["Zip".to_owned()],
        percent_columns: vec!["discont".to_owned(), "discount".to_owned()],
        ..ReadingRules::all()
    };
    let overrides = RoleOverrides { rules, ..RoleOverrides::default() };
    let text = "case id|activity|time|discount\n1|a|2024-01-31|12.5\n1|b|2024-02-01|7";
    let (log, report) = import(&table(text, 2), &overrides).unwrap();
    assert!(describe(&log).contains("discount=0.125"), "{}", describe(&log));
    let told: Vec<String> = report.notes.iter().map(ToString::to_string).collect();
    for name in ["Zip", "discont"] {
        let note = format!("There is no column \"{name}\", so what is said of it changes nothing.");
        assert_eq!(told.iter().filter(|told| **told == note).count(), 1, "{told:?}");
    }
}
