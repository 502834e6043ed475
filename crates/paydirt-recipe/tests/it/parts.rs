//! Which tables are parts of one import, and what do they make together?

use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_recipe::parts::{InPart, JoinRules, Joined, choose, join};

use crate::library::shipped;
use crate::support::table;

/// Names and headers, and the places of the parts.
fn chosen(heads: &[(&str, &str)]) -> Vec<usize> {
    let columns: Vec<Vec<String>> =
        heads.iter().map(|(_, header)| header.split('|').map(str::to_owned).collect()).collect();
    let heads: Vec<(&str, &[String])> =
        heads.iter().zip(&columns).map(|((name, _), columns)| (*name, &**columns)).collect();
    choose(&heads, &shipped())
}

const NONE: [usize; 0] = [];
const EVENTS: &str = "SalesOpportunityId|ActivityName|EventTime";
const DOCUMENTS: &str = "DocumentType|DocumentNumber|DocumentDate|SalesOpportunityId|DocumentAmount|\
                         ParentDocument|SentDate";

#[test]
fn parts_are_told_by_their_columns_and_only_then_by_their_names() {
    assert_eq!(
        chosen(&[
            ("Lisez-moi", "Remplissez|ce|classeur"),
            ("Feuille 1", EVENTS),
            ("Feuille 2", DOCUMENTS),
            ("Feuille 3", "LeadId|LeadCaptureDate|SalesOpportunityId"),
            ("Feuille 4", "SalesOpportunityId|CustomerName|LeadId|LeadCaptureDate"),
        ]),
        [1, 2, 3, 4]
    );
    // Tables of another kind, or of events with other columns, are no parts.
    assert_eq!(chosen(&[("a", EVENTS), ("b", "SalesOpportunityId|Number of calls")]), [0]);
    assert_eq!(chosen(&[("2025", "Case|Activity|Time|x"), ("2026", "Case|Activity|Time|y")]), NONE);
    assert_eq!(
        chosen(&[("2025", EVENTS), ("2026", EVENTS), ("old", "Case|Activity|Time|x")]),
        [0, 1]
    );
    // One table alone is read as ever, and cases alone are no events.
    assert_eq!(chosen(&[("a", EVENTS)]), NONE);
    assert_eq!(chosen(&[("a", "SalesOpportunityId|CustomerName"), ("b", "x|y")]), NONE);
    // The type of all records may be in the name.
    let invoices = "InvoiceNumber|SalesOpportunityId|InvoiceDate|Amount";
    assert_eq!(chosen(&[("crm.csv", EVENTS), ("export/Invoices 2026.csv", invoices)]), [0, 1]);
    assert_eq!(chosen(&[("crm.csv", EVENTS), ("factures.csv", invoices)]), [0, 1]);
    assert_eq!(chosen(&[("crm.csv", EVENTS), ("misc.csv", invoices)]), [0]);
}

fn joined_with(parts: &[(&str, &str)], rules: &ReadingRules) -> Joined {
    let part =
        |(name, text): &(&str, &str)| InPart { name: (*name).to_owned(), table: table(text, 2) };
    let rules = JoinRules { rules, is_date_format_given: false };
    join(parts.iter().map(part).collect(), &shipped(), rules)
}

/// The rows of the joined table, then what is told.
fn told(parts: &[(&str, &str)]) -> String {
    let joined = joined_with(parts, &ReadingRules::all());
    let mut lines = vec![joined.table.names.join("|")];
    for chunk in &joined.table.chunks {
        for row in 0..chunk.len() {
            let cells = chunk.columns.iter().map(|column| column.text(row).into_owned());
            lines.push(format!("{}: {}", chunk.lines[row], cells.collect::<Vec<_>>().join("|")));
        }
    }
    let sentences = joined.readings.iter().chain(&joined.notes);
    lines.extend(sentences.map(ToString::to_string));
    for problem in &joined.problems {
        let example = &problem.examples[0];
        lines.push(format!(
            "{} {}: {} {}",
            problem.kind, problem.count, example.row, example.reason
        ));
    }
    lines.join("\n")
}

#[test]
fn a_case_has_as_many_events_as_there_are_events_or_documents() {
    let told = told(&[
        (
            "Events",
            "SalesOpportunityId|ActivityName|EventTime\n\
             A|Invoice Generated|2026-03-01T10:00\nA|Payment Received|2026-04-01T09:00\n\
             A|Payment Received|2026-04-20T09:00",
        ),
        (
            "Documents",
            "DocumentType|DocumentNumber|DocumentDate|SalesOpportunityId|DocumentAmount|ParentDocument\n\
             Invoice|I1|2026-03-03|A|90|\n\
             Payment|P1|2026-04-20|A|30|I1\n\
             Payment|P2|2026-05-02|A|30|I1\n\
             Payment|P3|2026-05-09|A|30|I1",
        ),
    ]);
    assert_eq!(
        told,
        "SalesOpportunityId|ActivityName|EventTime|DocumentType|DocumentNumber|DocumentAmount|\
         ParentDocument|InvoiceNumber|PaymentAmount\n\
         2: A|Invoice Generated|2026-03-01T10:00|Invoice|I1|90||I1|\n\
         3: A|Payment Received|2026-04-01T09:00|Payment|P2|30|I1|I1|30\n\
         4: A|Payment Received|2026-04-20T09:00|Payment|P1|30|I1|I1|30\n\
         9: A|Payment Received|2026-05-09|Payment|P3|30|I1|I1|30\n\
         \"Events\": 3 events\n\
         \"Documents\": 4 rows make 1 event (Payment Received 1) and tell of 3 events that are there \
         already\n\
         \"Documents\": the date of 2 rows is another than that of their events; the time of the \
         event was kept.\n\
         Rows are counted through all parts: \"Events\" from 1, \"Documents\" from 5."
    );
}

#[test]
fn a_document_may_belong_to_several_cases_and_name_its_case_through_others() {
    let told = told(&[
        ("cases", "SalesOpportunityId|CustomerName\nA|Pioneer\nB|Globex\nC|Initech"),
        (
            "documents",
            "DocumentType|DocumentNumber|DocumentDate|SalesOpportunityId|DocumentAmount|ParentDocument\n\
             Payment|P1|2026-05-02||30|I1\n\
             Invoice|I1|2026-04-02||30|O1\n\
             Sales order|O1|2026-03-02|A; B|30|\n\
             Invoice|I2|2026-04-02||30|O9\n\
             Bill of lading|X1|2026-04-02|A|30|\n\
             Quote|Q1||A|30|",
        ),
    ]);
    assert_eq!(
        told,
        "SalesOpportunityId|ActivityName|EventTime|CustomerName|DocumentType|DocumentNumber|\
         DocumentAmount|ParentDocument|InvoiceNumber|PaymentAmount|OrderNumber|QuoteNumber\n\
         6: A|Payment Received|2026-05-02|Pioneer|Payment|P1|30|I1|I1|30||\n\
         6: B|Payment Received|2026-05-02|Globex|Payment|P1|30|I1|I1|30||\n\
         7: A|Invoice Generated|2026-04-02|Pioneer|Invoice|I1|30|O1|I1|||\n\
         7: B|Invoice Generated|2026-04-02|Globex|Invoice|I1|30|O1|I1|||\n\
         8: A|Sales Order Created|2026-03-02|Pioneer|Sales order|O1|30||||O1|\n\
         8: B|Sales Order Created|2026-03-02|Globex|Sales order|O1|30||||O1|\n\
         \"cases\": values of 3 cases\n\
         \"documents\": 6 rows make 6 events (Sales Order Created 2, Invoice Generated 2, Payment \
         Received 2)\n\
         Rows are counted through all parts: \"cases\" from 1, \"documents\" from 5.\n\
         1 case has a row of cases but no event, and is not in the log: C\n\
         unknown-case 1: 9 The row names no case, and no other record that has one.\n\
         unknown-type 1: 10 This is no known type. Expected one of Quote, Contract, Sales order, \
         Invoice, Payment, Credit note.\n\
         blank-time 1: 11 The row has no date, so nothing is known to have happened."
    );
}

/// Each part is read in its own way; what their dates mean is the same afterwards.
#[test]
fn parts_may_write_their_dates_differently() {
    let told = told(&[
        (
            "events",
            "SalesOpportunityId|ActivityName|EventTime\n\
             A|Opportunity Created|13.02.2026 09:30\nA|Opportunity Won|28.02.2026 10:15",
        ),
        (
            "invoices",
            "InvoiceNumber|SalesOpportunityId|InvoiceDate|SentDate\n\
             I1|A|03/30/2026|2026-03-31 00:00:00",
        ),
    ]);
    assert!(
        told.starts_with(
            "SalesOpportunityId|ActivityName|EventTime|InvoiceNumber|DocumentNumber\n\
             2: A|Opportunity Created|2026-02-13T09:30||\n\
             3: A|Opportunity Won|2026-02-28T10:15||\n\
             5: A|Invoice Generated|2026-03-30|I1|I1\n\
             5: A|Invoice Sent|2026-03-31|I1|I1\n"
        ) || told.starts_with(
            "SalesOpportunityId|ActivityName|EventTime|DocumentNumber|InvoiceNumber\n\
             2: A|Opportunity Created|2026-02-13T09:30||\n\
             3: A|Opportunity Won|2026-02-28T10:15||\n\
             5: A|Invoice Generated|2026-03-30|I1|I1\n\
             5: A|Invoice Sent|2026-03-31|I1|I1\n"
        ),
        "{told}"
    );
}

#[test]
fn values_of_cases_fill_what_their_events_leave_blank() {
    let told = told(&[
        (
            "events",
            "SalesOpportunityId|ActivityName|EventTime|CustomerName|Owner\n\
             A|Opportunity Created|2026-02-13||Ann\nA|Opportunity Won|2026-02-28||\n\
             B|Opportunity Created|2026-02-13|Globex|Bob",
        ),
        (
            "cases",
            "SalesOpportunityId|CustomerName|OpportunityOwner|SalesRegion\n\
             A|Pioneer|Zoe|EMEA\nB|Initech||\nA|Again||",
        ),
    ]);
    assert_eq!(
        told,
        "SalesOpportunityId|ActivityName|EventTime|CustomerName|Owner|SalesRegion\n\
         2: A|Opportunity Created|2026-02-13|Pioneer|Ann|EMEA\n\
         3: A|Opportunity Won|2026-02-28|Pioneer||EMEA\n\
         4: B|Opportunity Created|2026-02-13|Globex|Bob|\n\
         \"events\": 3 events\n\"cases\": values of 3 cases\n\
         Rows are counted through all parts: \"events\" from 1, \"cases\" from 5.\n\
         \"CustomerName\": the rows of cases and the events of 1 case disagree; the value of the \
         events was kept.\n\
         repeated-case 1: 8 The case has a row of cases already; the first one counts."
    );
}

#[test]
fn made_up_rows_stay_where_the_rule_is_off() {
    let parts = [
        (
            "Events",
            "SalesOpportunityId|ActivityName|EventTime\nEXAMPLE-1|Opportunity Created|2026-02-13",
        ),
        ("Cases", "SalesOpportunityId|CustomerName\nEXAMPLE-1|Pioneer"),
    ];
    let all = joined_with(&parts, &ReadingRules::all());
    assert_eq!((all.table.row_count(), all.automatic.len()), (0, 2));
    let off = vec![ReadingRule::ExampleRows];
    let kept = joined_with(&parts, &ReadingRules { off, ..ReadingRules::all() });
    assert_eq!((kept.table.row_count(), kept.automatic.len()), (1, 0));
    let left_out = all.readings.iter().filter(|it| it.to_string().contains("left out"));
    assert_eq!(left_out.count(), 2);
}
