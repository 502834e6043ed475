//! Whether the raw tables hang together, but for the faults that are documented, and tell the
//! same story as the true logs.

use std::collections::{BTreeMap, BTreeSet};

use paydirt_demo::tables::{TABLES, Table};
use paydirt_demo::world::World;
use paydirt_model::event_log::CaseNotion;

use crate::world;

/// The cells of a table, row by row.
struct Rows {
    table: Table,
    rows: Vec<Vec<String>>,
}

impl Rows {
    fn of(world: &World, table: Table) -> Self {
        let raw = world.table(table);
        let rows = raw
            .chunks
            .iter()
            .flat_map(|chunk| {
                (0..chunk.len()).map(|row| {
                    chunk.columns.iter().map(|column| column.text(row).into_owned()).collect()
                })
            })
            .collect();
        Rows { table, rows }
    }

    fn idx(&self, column: &str) -> usize {
        self.table.columns().iter().position(|&name| name == column).expect("a column")
    }

    fn column(&self, column: &str) -> Vec<&str> {
        let idx = self.idx(column);
        self.rows.iter().map(|row| row[idx].as_str()).collect()
    }

    fn key_set(&self) -> BTreeSet<&str> {
        self.column(self.table.columns()[0]).into_iter().collect()
    }

    /// Values of a column that are neither blank nor a key of another table.
    fn strangers(&self, column: &str, keys: &BTreeSet<&str>) -> Vec<&str> {
        let mut cells = self.column(column);
        cells.retain(|cell| !cell.is_empty() && cell.split("; ").any(|id| !keys.contains(id)));
        cells
    }
}

#[test]
fn every_table_has_its_columns_and_distinct_names() {
    let world = world(400);
    let names: BTreeSet<&str> = TABLES.iter().map(|table| table.name()).collect();
    assert_eq!(names.len(), TABLES.len());
    for table in TABLES {
        let raw = world.table(table);
        assert_eq!(raw.names, table.columns());
        assert!(raw.row_count() > 0, "{} is empty", table.name());
        let lines: Vec<u64> = raw.chunks.iter().flat_map(|chunk| chunk.lines.clone()).collect();
        assert_eq!(lines.first(), Some(&2));
        assert!(lines.windows(2).all(|pair| pair[0] + 1 == pair[1]));
    }
}

#[test]
fn keys_are_distinct() {
    let world = world(2_000);
    let keyed = [
        Table::Owners,
        Table::Teams,
        Table::PipelineStages,
        Table::Products,
        Table::Companies,
        Table::Contacts,
        Table::Leads,
        Table::Deals,
        Table::Engagements,
        Table::LineItems,
        Table::Quotes,
        Table::Approvals,
        Table::Contracts,
        Table::Orders,
        Table::Invoices,
        Table::Payments,
        Table::CreditNotes,
    ];
    for table in keyed {
        let rows = Rows::of(&world, table);
        assert_eq!(rows.key_set().len(), rows.rows.len(), "{}", table.name());
    }
}

#[test]
fn references_lead_somewhere() {
    let world = world(5_000);
    let deals = Rows::of(&world, Table::Deals);
    let quotes = Rows::of(&world, Table::Quotes);
    let orders = Rows::of(&world, Table::Orders);
    let invoices = Rows::of(&world, Table::Invoices);
    let contracts = Rows::of(&world, Table::Contracts);
    let targets: BTreeMap<&str, BTreeSet<String>> = [
        ("owner", Rows::of(&world, Table::Owners)),
        ("company", Rows::of(&world, Table::Companies)),
        ("stage", Rows::of(&world, Table::PipelineStages)),
        ("product", Rows::of(&world, Table::Products)),
    ]
    .into_iter()
    .map(|(name, rows)| (name, rows.key_set().into_iter().map(str::to_owned).collect()))
    .collect();
    let keys = |name: &str| targets[name].iter().map(String::as_str).collect::<BTreeSet<_>>();
    let none: [&str; 0] = [];
    assert_eq!(deals.strangers("hubspot_owner_id", &keys("owner")), none);
    assert_eq!(deals.strangers("company_id", &keys("company")), none);
    assert_eq!(deals.strangers("dealstage", &keys("stage")), none);
    for table in
        [Table::DealPropertyHistory, Table::Quotes, Table::Contracts, Table::Orders, Table::Leads]
    {
        let rows = Rows::of(&world, table);
        assert_eq!(rows.strangers("deal_id", &deals.key_set()), none, "{}", table.name());
    }
    let lines = Rows::of(&world, Table::LineItems);
    assert_eq!(lines.strangers("hs_product_id", &keys("product")), none);
    assert_eq!(invoices.strangers("deal_id", &deals.key_set()), none);
    let approvals = Rows::of(&world, Table::Approvals);
    assert_eq!(approvals.strangers("quote_id", &quotes.key_set()), none);
    assert_eq!(orders.strangers("contract_number", &contracts.key_set()), none);
    for table in [Table::Payments, Table::CreditNotes] {
        let rows = Rows::of(&world, table);
        assert_eq!(rows.strangers("invoice_number", &invoices.key_set()), none);
    }
    // The documented strangers: invoices of unknown orders.
    let foreign = invoices.strangers("order_number", &orders.key_set());
    assert!(!foreign.is_empty() && foreign.iter().all(|order| order.starts_with("SO-X")));
}

#[test]
fn engagements_of_merged_deals_are_found_through_the_winner() {
    let world = world(5_000);
    let deals = Rows::of(&world, Table::Deals);
    let merged: BTreeSet<&str> =
        deals.column("hs_merged_object_ids").into_iter().filter(|id| !id.is_empty()).collect();
    let engagements = Rows::of(&world, Table::Engagements);
    let strangers = engagements.strangers("deal_id", &deals.key_set());
    assert!(!strangers.is_empty());
    assert!(strangers.iter().all(|id| merged.contains(id)));
}

#[test]
fn the_documented_faults_are_there() {
    let world = world(5_000);
    let count = |table, column: &str, wanted: &dyn Fn(&str) -> bool| {
        let rows = Rows::of(&world, table);
        rows.column(column).into_iter().filter(|cell| wanted(cell)).count()
    };
    let is_blank = |cell: &str| cell.is_empty();
    assert!(count(Table::Deals, "dealname", &|cell| cell.starts_with("TEST")) > 0);
    assert!(count(Table::Deals, "archived", &|cell| cell == "true") > 0);
    assert!(count(Table::Deals, "hubspot_owner_id", &is_blank) > 0);
    assert!(count(Table::Deals, "amount", &|cell| cell == "0") > 0);
    assert!(count(Table::Deals, "amount", &is_blank) > 0);
    assert!(count(Table::Invoices, "deal_id", &is_blank) > 0);
    assert!(count(Table::Invoices, "status", &|cell| cell == "draft") > 0);
    assert!(count(Table::Orders, "deal_id", &is_blank) > 0);
    assert!(count(Table::Companies, "sales_region", &is_blank) > 0);
    assert!(count(Table::Contacts, "hs_merged_object_ids", &|cell| !cell.is_empty()) > 0);
    for outcome in ["CANCELED", "NO_SHOW", "SCHEDULED"] {
        assert!(count(Table::Engagements, "outcome", &|cell| cell == outcome) > 0);
    }
}

/// Counts activities of the true main log.
fn activity_counts(world: &World) -> BTreeMap<String, usize> {
    let (log, _) = world.build_log(CaseNotion::Main).expect("the log is small");
    let mut counts = BTreeMap::new();
    for segment in log.segments() {
        for &code in &segment.parts().activities {
            *counts.entry(log.context().activities.name(code).to_owned()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn the_tables_hold_every_event_of_the_true_log() {
    let world = world(3_000);
    let counts = activity_counts(&world);
    let deals = Rows::of(&world, Table::Deals);
    let (name, archived) = (deals.idx("dealname"), deals.idx("archived"));
    let real: BTreeSet<&str> = deals
        .rows
        .iter()
        .filter(|row| row[archived] == "false" && !row[name].starts_with("TEST"))
        .map(|row| row[0].as_str())
        .collect();
    assert_eq!(counts["Opportunity Created"], real.len());
    let history = Rows::of(&world, Table::DealPropertyHistory);
    let mut entries: BTreeMap<(&str, &str), Vec<(&str, &str)>> = BTreeMap::new();
    for row in history.rows.iter().filter(|row| real.contains(row[0].as_str())) {
        entries.entry((&row[0], &row[1])).or_default().push((&row[3], &row[2]));
    }
    let mut changes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut won = 0;
    for ((_, property), values) in &mut entries {
        // Newest first in the table; equal instants keep the order of the table.
        values.reverse();
        values.dedup_by_key(|(_, value)| *value);
        *changes.entry(property).or_default() += values.len() - 1;
        if *property == "dealstage" {
            *changes.entry("entries").or_default() += values.len();
            won += values.iter().filter(|(_, v)| ["closedwon", "2077106"].contains(v)).count();
        }
    }
    assert_eq!(counts["Opportunity Stage Changed"], changes["entries"]);
    assert_eq!(counts["Opportunity Won"], won);
    assert_eq!(counts["Amount Changed"], changes["amount"]);
    assert_eq!(counts["Close Date Changed"], changes["closedate"]);
    assert_eq!(counts["Owner Changed"], changes["hubspot_owner_id"]);
    let rows_with = |table, column: &str, value: &str| {
        Rows::of(&world, table).column(column).into_iter().filter(|cell| *cell == value).count()
    };
    assert_eq!(counts["Quote Issued"], rows_with(Table::QuoteHistory, "value", "PUBLISHED"));
    assert_eq!(counts["Quote Accepted"], rows_with(Table::QuoteHistory, "value", "ACCEPTED"));
    assert_eq!(counts["Approval Granted"], rows_with(Table::Approvals, "status", "APPROVED"));
    assert_eq!(counts["Contract Signed"], Rows::of(&world, Table::Contracts).rows.len());
    assert_eq!(counts["Order Fulfilled"], rows_with(Table::OrderHistory, "status", "FULFILLED"));
    assert_eq!(counts["Engagement Logged"], rows_with(Table::Engagements, "outcome", "COMPLETED"));
}

#[test]
fn payments_of_the_tables_are_those_of_the_document_log() {
    let world = world(3_000);
    let (log, _) = world.build_log(CaseNotion::Document).unwrap();
    let code = log.context().activities.code("Payment Received").unwrap();
    let count: usize = log
        .segments()
        .iter()
        .map(|segment| segment.parts().activities.iter().filter(|&&a| a == code).count())
        .sum();
    assert_eq!(Rows::of(&world, Table::Payments).rows.len(), count);
}
