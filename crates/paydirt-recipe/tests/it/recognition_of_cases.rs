//! Are the dates of a deal's row events of the process, and is a close date that lies ahead none?

use paydirt_model::mapping::{ActivityDate, ColumnRole, EventColumns, NameMatch};
use paydirt_recipe::recognition::{ActivityChoice, ProcessChoice};
use paydirt_recipe::roles::{DateChoice, RoleOverrides};

use crate::library::shipped;
use crate::recognition::{Read, evident, read_with};
use crate::support::table;

/// Three deals as a CRM exports them: one won, one lost, one that is to close next month.
const DEALS: &str = "\
Record ID|Deal Name|Deal Stage|Create Date|Close Date|Deal owner|Amount
1|Alpha|Closed Won|2024-03-01 09:00|2024-03-20 10:00|Ann|100
2|Beta|Closed Lost|2024-03-02 09:00|2024-03-25 10:00|Bob|200
3|Gamma|Appointment Scheduled|2024-03-03 09:00|2024-09-30 10:00|Bob|300";

fn dates(read: &Read) -> &[ActivityDate] {
    match &read.mapping.events {
        EventColumns::Dates(dates) => dates,
        EventColumns::Row { .. } => panic!("rows are events"),
    }
}

/// The activities of the events, in their order.
fn activities(log: &str) -> Vec<&str> {
    let of_line = |line: &'_ str| -> Option<usize> {
        let at = line.find(" 2024-")?;
        (!line[..at].contains('=')).then_some(at)
    };
    log.lines().filter_map(|line| Some(line[..of_line(line)?].trim())).collect()
}

#[test]
fn the_outcome_says_what_the_close_date_is() {
    let read = evident(DEALS);
    assert_eq!(
        activities(&read.log),
        [
            "Opportunity Created",
            "Opportunity Won",
            "Opportunity Created",
            "Opportunity Lost",
            "Opportunity Created",
        ],
        "{}",
        read.log
    );
    // The date that lies ahead is kept, and told.
    assert!(read.spec.attributes.iter().any(|one| one.name == "OpportunityCloseDate"));
    assert!(read.log.contains("2024-09-30"), "{}", read.log);
    assert!(
        read.told.iter().any(|note| note.starts_with("1 date of \"Close Date\" became no event")),
        "{:?}",
        read.notes
    );
    assert!(
        read.told.contains(
            &"\"Close Date\" is the date of \"Opportunity Lost\", \"Opportunity Won\", whichever \
              \"Deal Stage\" names"
                .to_owned()
        ),
        "{:?}",
        read.told
    );
    let reading = read.reading.unwrap();
    let told: Vec<(&str, u64, &str, NameMatch)> = reading
        .activities
        .iter()
        .map(|one| (one.label.as_str(), one.rows, one.name.as_str(), one.by))
        .collect();
    assert_eq!(
        told,
        [
            ("Closed Lost", 1, "Opportunity Lost", NameMatch::Alias),
            ("Closed Won", 1, "Opportunity Won", NameMatch::Alias),
        ]
    );
}

#[test]
fn deals_are_read_in_french_and_japanese_too() {
    let french = "\
ID de l'affaire|Étape|Date de création|Date de clôture|Propriétaire|Montant
1|Fermée gagnée|2024-03-01|2024-03-20|Ann|100
2|Perdue|2024-03-02|2024-03-25|Bob|200
3|Négociation|2024-03-03|2024-09-30|Bob|300";
    let japanese = "\
案件ID|フェーズ|作成日|クローズ日|担当者|金額
1|受注|2024-03-01|2024-03-20|Ann|100
2|失注|2024-03-02|2024-03-25|Bob|200
3|交渉中|2024-03-03|2024-09-30|Bob|300";
    let read = [french, japanese].map(|text| activities(&evident(text).log).join(", "));
    let expected = "Opportunity Created, Opportunity Won, Opportunity Created, Opportunity Lost, \
                    Opportunity Created";
    assert_eq!(read, [expected, expected]);
}

#[test]
fn dates_that_name_an_outcome_go_before_the_close_date() {
    let read = evident(
        "Deal ID|Status|Won time|Lost time|Close Date|Owner|Value\n\
         1|Won|2024-03-20||2024-03-20|Ann|100\n\
         2|Lost||2024-03-25|2024-03-25|Bob|200\n\
         3|Open|||2024-09-30|Bob|300",
    );
    let named: Vec<(&str, &str)> =
        dates(&read).iter().map(|date| (date.column.as_str(), date.activity.as_str())).collect();
    assert_eq!(named, [("Won time", "Opportunity Won"), ("Lost time", "Opportunity Lost")]);
    let close = read.roles.iter().find(|role| role.column == "Close Date").unwrap();
    assert_eq!(close.role, ColumnRole::Attribute);
    assert_eq!(close.reason, "other columns have the dates of how a case has ended");
    assert!(read.spec.attributes.iter().any(|one| one.name == "OpportunityCloseDate"));
}

#[test]
fn what_the_user_says_of_a_date_or_a_value_holds() {
    let (table, library) = (table(DEALS, 2), shipped());
    let signed = RoleOverrides {
        dates: Some(vec![
            DateChoice { column: "Create Date".to_owned(), activity: None },
            DateChoice { column: "Close Date".to_owned(), activity: Some("Signed".to_owned()) },
        ]),
        ..RoleOverrides::default()
    };
    let read = read_with(&table, &library, ProcessChoice::Evident, &[], &signed);
    let found = activities(&read.log);
    assert_eq!(found.iter().filter(|name| **name == "Signed").count(), 3, "{}", read.log);
    assert_eq!(found.iter().filter(|name| **name == "Opportunity Created").count(), 3);

    // A stage of one's own that means a won deal.
    let chosen = [ActivityChoice {
        label: "Appointment Scheduled".to_owned(),
        activity: Some("OpportunityWon".to_owned()),
        pipeline: None,
    }];
    let plain = RoleOverrides::default();
    let read = read_with(&table, &library, ProcessChoice::Evident, &chosen, &plain);
    let won = activities(&read.log).iter().filter(|name| **name == "Opportunity Won").count();
    assert_eq!(won, 2, "{}", read.log);
}

#[test]
fn without_an_outcome_every_close_date_is_an_event_and_that_is_told() {
    let read = read_with(
        &table(
            "Deal ID|Create Date|Close Date|Deal owner|Amount\n\
             1|2024-03-01|2024-03-09|Ann|1\n2|2024-03-02|2024-03-11|Bob|2\n\
             3|2024-03-03|2024-03-12|Bob|3",
            3,
        ),
        &shipped(),
        ProcessChoice::Always,
        &[],
        &RoleOverrides::default(),
    );
    assert_eq!(read.log.matches("Closed").count(), 3, "{}", read.log);
    assert!(
        read.notes.iter().any(|note| note.starts_with("No column says whether a case has ended")),
        "{:?}",
        read.notes
    );
}

#[test]
fn other_tables_with_a_row_for_each_case_are_left_alone() {
    for text in [
        // Nothing says how a deal ends.
        "Deal ID|Create Date|Close Date|Deal owner|Amount\n1|2024-03-01|2024-03-09|Ann|1\n\
         2|2024-03-02|2024-03-11|Bob|2\n3|2024-03-03|2024-03-12|Bob|3",
        // Tickets are closed, but neither won nor lost.
        "Id|Status|Created Date|Close Date|Owner|Region\n1|Closed|2024-03-01|2024-03-09|Ann|EU\n\
         2|Resolved|2024-03-02|2024-03-11|Bob|EU\n3|Open|2024-03-03|2024-03-12|Bob|EU",
        // Too few columns are known.
        "Order|Result|Ordered|Shipped\n1|Won|2024-03-01|2024-03-09\n2|Lost|2024-03-02|2024-03-11",
    ] {
        let read = evident(text);
        assert!(read.reading.is_none(), "{text}: {:?}", read.reading);
    }
}
