//! Which columns each raw table has, under the names that the source systems give them.

use super::Table;

/// The name of a table and of its columns, the first one being the key where there is one.
pub(super) struct Facts {
    pub(super) table: Table,
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
}

const fn facts(table: Table, name: &'static str, columns: &'static [&'static str]) -> Facts {
    Facts { table, name, columns }
}

/// The tables in the order of [`Table`].
#[rustfmt::skip]
pub(super) const FACTS: [Facts; 24] = [
    facts(Table::Owners, "owners", &[
        "id", "user_id", "email", "first_name", "last_name", "team_id", "archived",
    ]),
    facts(Table::Teams, "teams", &["id", "name"]),
    facts(Table::PipelineStages, "pipeline_stages", &[
        "stage_id", "stage_label", "pipeline_id", "pipeline_label", "display_order", "probability",
        "is_closed",
    ]),
    facts(Table::PropertyOptions, "property_options", &["property", "value", "label"]),
    facts(Table::CountryRegions, "country_regions", &["country", "sales_region"]),
    facts(Table::Products, "products", &["id", "hs_sku", "name", "product_family", "price"]),
    facts(Table::Companies, "companies", &[
        "id", "name", "domain", "country", "sales_region", "industry", "customer_group",
        "createdate",
    ]),
    facts(Table::Contacts, "contacts", &[
        "id", "firstname", "lastname", "email", "associatedcompanyid", "createdate",
        "hs_merged_object_ids",
    ]),
    facts(Table::Leads, "leads", &[
        "id", "hs_lead_name", "company_id", "contact_id", "hs_pipeline_stage", "hubspot_owner_id",
        "hs_analytics_source", "hs_createdate", "deal_id",
    ]),
    facts(Table::LeadHistory, "lead_history", &[
        "lead_id", "property", "value", "timestamp", "source_type", "source_id",
    ]),
    facts(Table::Deals, "deals", &[
        "id", "dealname", "pipeline", "dealstage", "amount", "deal_currency_code", "closedate",
        "createdate", "dealtype", "hubspot_owner_id", "hs_analytics_source", "closed_lost_reason",
        "product_family", "payment_terms", "company_id", "contact_id", "hs_merged_object_ids",
        "archived",
    ]),
    facts(Table::DealPropertyHistory, "deal_property_history", &[
        "deal_id", "property", "value", "timestamp", "source_type", "source_id",
    ]),
    facts(Table::Engagements, "engagements", &[
        "id", "type", "deal_id", "contact_id", "hubspot_owner_id", "hs_timestamp", "direction",
        "outcome",
    ]),
    facts(Table::LineItems, "line_items", &[
        "id", "parent_type", "parent_id", "hs_product_id", "name", "quantity", "price",
        "hs_discount_percentage", "amount", "hs_line_item_currency_code",
    ]),
    facts(Table::Quotes, "quotes", &[
        "id", "hs_quote_number", "deal_id", "hs_createdate", "hs_expiration_date", "hs_status",
        "hs_quote_status", "hs_quote_amount", "hs_currency", "hs_accepted_date",
    ]),
    facts(Table::QuoteHistory, "quote_history", &[
        "quote_id", "property", "value", "timestamp", "source_type", "source_id",
    ]),
    facts(Table::Approvals, "approvals", &[
        "id", "quote_id", "subject", "status", "requested_at", "requested_by", "decided_at",
        "decided_by",
    ]),
    facts(Table::Contracts, "contracts", &[
        "contract_number", "deal_id", "quote_number", "status", "signature", "signed_at",
        "signed_date",
    ]),
    facts(Table::Orders, "orders", &[
        "order_number", "deal_id", "contract_number", "customer_name", "created_at", "created_by",
        "total_amount", "currency", "status",
    ]),
    facts(Table::OrderHistory, "order_history", &[
        "order_number", "status", "timestamp", "changed_by",
    ]),
    facts(Table::Invoices, "invoices", &[
        "invoice_number", "deal_id", "order_number", "shares", "customer_name", "invoice_date",
        "sent_date", "due_date", "amount", "currency", "payment_terms", "status", "created_by",
    ]),
    facts(Table::Payments, "payments", &[
        "payment_id", "invoice_number", "payment_date", "amount", "currency",
    ]),
    facts(Table::CreditNotes, "credit_notes", &[
        "credit_note_number", "invoice_number", "credit_note_date", "amount", "currency",
        "created_by",
    ]),
    facts(Table::FxRates, "fx_rates", &["date", "from_currency", "to_currency", "rate"]),
];
