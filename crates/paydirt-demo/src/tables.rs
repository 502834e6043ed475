//! The raw tables: what the CRM, the order system and the accounting of the demo company export.
//!
//! Cells are texts as such exports hold them: instants in UTC with milliseconds, dates as
//! `2024-01-31`, amounts with a point, blanks empty. `docs/demo-world.md` explains every table and
//! every fault planted in it.

mod columns;
mod crm;
mod dirt;
mod finance;
mod frame;
mod quotes;
mod write;

use paydirt_model::raw_table::{RawChunk, RawTable};

use crate::world::{Block, World};
use write::TableWriter;

/// One of the raw tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of the tables say what they hold")]
pub enum Table {
    Owners,
    Teams,
    PipelineStages,
    PropertyOptions,
    CountryRegions,
    Products,
    Companies,
    Contacts,
    Leads,
    LeadHistory,
    Deals,
    DealPropertyHistory,
    Engagements,
    LineItems,
    Quotes,
    QuoteHistory,
    Approvals,
    Contracts,
    Orders,
    OrderHistory,
    Invoices,
    Payments,
    CreditNotes,
    FxRates,
}

/// All raw tables.
pub const TABLES: [Table; 24] = [
    Table::Owners,
    Table::Teams,
    Table::PipelineStages,
    Table::PropertyOptions,
    Table::CountryRegions,
    Table::Products,
    Table::Companies,
    Table::Contacts,
    Table::Leads,
    Table::LeadHistory,
    Table::Deals,
    Table::DealPropertyHistory,
    Table::Engagements,
    Table::LineItems,
    Table::Quotes,
    Table::QuoteHistory,
    Table::Approvals,
    Table::Contracts,
    Table::Orders,
    Table::OrderHistory,
    Table::Invoices,
    Table::Payments,
    Table::CreditNotes,
    Table::FxRates,
];

impl Table {
    fn facts(self) -> &'static columns::Facts {
        let facts = &columns::FACTS[self as usize];
        debug_assert_eq!(facts.table, self, "the list follows the order of the tables");
        facts
    }

    /// The name: of the table, and of its file without ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        self.facts().columns
    }
}

impl Block<'_> {
    /// The rows of a table that belong to this block. The tables that do not grow with the deals
    /// belong to the first block. Lines are counted from 2, the line after the names.
    #[must_use]
    pub fn rows(&self, table: Table) -> RawChunk {
        let mut writer = TableWriter::new(table.columns().len());
        match table {
            Table::Owners => frame::owners(self, &mut writer),
            Table::Teams => frame::teams(self, &mut writer),
            Table::PipelineStages => frame::pipeline_stages(self, &mut writer),
            Table::PropertyOptions => frame::property_options(self, &mut writer),
            Table::CountryRegions => frame::country_regions(self, &mut writer),
            Table::Products => frame::products(self, &mut writer),
            Table::FxRates => frame::fx_rates(self, &mut writer),
            Table::Companies => frame::companies(self, &mut writer),
            Table::Contacts => frame::contacts(self, &mut writer),
            Table::Leads => crm::leads(self, &mut writer),
            Table::LeadHistory => crm::lead_history(self, &mut writer),
            Table::Deals => crm::deals(self, &mut writer),
            Table::DealPropertyHistory => crm::deal_property_history(self, &mut writer),
            Table::Engagements => crm::engagements(self, &mut writer),
            Table::LineItems => quotes::line_items(self, &mut writer),
            Table::Quotes => quotes::quotes(self, &mut writer),
            Table::QuoteHistory => quotes::quote_history(self, &mut writer),
            Table::Approvals => quotes::approvals(self, &mut writer),
            Table::Contracts => quotes::contracts(self, &mut writer),
            Table::Orders => finance::orders(self, &mut writer),
            Table::OrderHistory => finance::order_history(self, &mut writer),
            Table::Invoices => finance::invoices(self, &mut writer),
            Table::Payments => finance::payments(self, &mut writer),
            Table::CreditNotes => finance::credit_notes(self, &mut writer),
        }
        writer.finish()
    }
}

impl World {
    /// A whole table in memory.
    #[must_use]
    pub fn table(&self, table: Table) -> RawTable {
        let names = table.columns().iter().map(|&name| name.to_owned()).collect();
        let mut chunks: Vec<RawChunk> = Vec::new();
        let mut before = 0;
        for block_idx in 0..self.block_count() {
            let mut chunk = self.block(block_idx).rows(table);
            for line in &mut chunk.lines {
                *line += before;
            }
            before += chunk.len() as u64;
            chunks.push(chunk);
        }
        RawTable { names, chunks }
    }
}
