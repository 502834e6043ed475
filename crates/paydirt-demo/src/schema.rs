//! Which attributes the three true logs carry, at which level, and how their rows are written.

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::event_chunk::{ChunkWriter, EventChunk, EventTime, NewValue};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::log_builder::{AttributeSpec, LevelChoice};
use paydirt_model::number::Decimal;

/// An attribute of the true logs; the names are the canonical keys of lead to cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    OpportunityAmount,
    OpportunityOwner,
    SalesTeam,
    SalesRegion,
    SalesStage,
    OpportunityOutcome,
    LeadSource,
    CustomerName,
    CustomerGroup,
    Industry,
    DiscountPercentage,
    OpportunityCloseDate,
    ProductCategory,
    PaymentTerms,
    OpportunityType,
    Pipeline,
    LossReason,
    SalesCycleTime,
    IsStalled,
    LeadId,
    Resource,
    FromStage,
    ToStage,
    StageDirection,
    EngagementType,
    ApprovalSubject,
    QuoteNumber,
    ContractNumber,
    OrderNumber,
    InvoiceNumber,
    DocumentAmount,
    DueDate,
    PaymentAmount,
    IsFinalPayment,
    SourceSystem,
    Evidence,
    LeadStatus,
    SalesOpportunityId,
    LinkShare,
    DocumentType,
    DocumentStatus,
    PaymentCycleTime,
    DaysLate,
}

const FIELD_COUNT: usize = Field::DaysLate as usize + 1;

impl Field {
    fn facts(self) -> (&'static str, AttributeType) {
        use AttributeType::{Boolean, Decimal, Duration, Integer, Money, Text, Timestamp};
        match self {
            Field::OpportunityAmount => ("OpportunityAmount", Money),
            Field::OpportunityOwner => ("OpportunityOwner", Text),
            Field::SalesTeam => ("SalesTeam", Text),
            Field::SalesRegion => ("SalesRegion", Text),
            Field::SalesStage => ("SalesStage", Text),
            Field::OpportunityOutcome => ("OpportunityOutcome", Text),
            Field::LeadSource => ("LeadSource", Text),
            Field::CustomerName => ("CustomerName", Text),
            Field::CustomerGroup => ("CustomerGroup", Text),
            Field::Industry => ("Industry", Text),
            Field::DiscountPercentage => ("DiscountPercentage", Decimal),
            Field::OpportunityCloseDate => ("OpportunityCloseDate", Timestamp),
            Field::ProductCategory => ("ProductCategory", Text),
            Field::PaymentTerms => ("PaymentTerms", Text),
            Field::OpportunityType => ("OpportunityType", Text),
            Field::Pipeline => ("Pipeline", Text),
            Field::LossReason => ("LossReason", Text),
            Field::SalesCycleTime => ("SalesCycleTime", Duration),
            Field::IsStalled => ("IsStalled", Boolean),
            Field::LeadId => ("LeadId", Text),
            Field::Resource => ("Resource", Text),
            Field::FromStage => ("FromStage", Text),
            Field::ToStage => ("ToStage", Text),
            Field::StageDirection => ("StageDirection", Text),
            Field::EngagementType => ("EngagementType", Text),
            Field::ApprovalSubject => ("ApprovalSubject", Text),
            Field::QuoteNumber => ("QuoteNumber", Text),
            Field::ContractNumber => ("ContractNumber", Text),
            Field::OrderNumber => ("OrderNumber", Text),
            Field::InvoiceNumber => ("InvoiceNumber", Text),
            Field::DocumentAmount => ("DocumentAmount", Money),
            Field::DueDate => ("DueDate", Timestamp),
            Field::PaymentAmount => ("PaymentAmount", Money),
            Field::IsFinalPayment => ("IsFinalPayment", Boolean),
            Field::SourceSystem => ("SourceSystem", Text),
            Field::Evidence => ("Evidence", Text),
            Field::LeadStatus => ("LeadStatus", Text),
            Field::SalesOpportunityId => ("SalesOpportunityId", Text),
            Field::LinkShare => ("LinkShare", Text),
            Field::DocumentType => ("DocumentType", Text),
            Field::DocumentStatus => ("DocumentStatus", Text),
            Field::PaymentCycleTime => ("PaymentCycleTime", Duration),
            Field::DaysLate => ("DaysLate", Integer),
        }
    }
}

/// The attributes of one log.
pub(crate) struct Schema {
    case: &'static [Field],
    event: &'static [Field],
}

const MAIN: Schema = Schema {
    case: &[
        Field::OpportunityAmount,
        Field::OpportunityOwner,
        Field::SalesTeam,
        Field::SalesRegion,
        Field::SalesStage,
        Field::OpportunityOutcome,
        Field::LeadSource,
        Field::CustomerName,
        Field::CustomerGroup,
        Field::Industry,
        Field::DiscountPercentage,
        Field::OpportunityCloseDate,
        Field::ProductCategory,
        Field::PaymentTerms,
        Field::OpportunityType,
        Field::Pipeline,
        Field::LossReason,
        Field::SalesCycleTime,
        Field::IsStalled,
        Field::LeadId,
    ],
    event: &[
        Field::Resource,
        Field::OpportunityAmount,
        Field::OpportunityOwner,
        Field::OpportunityCloseDate,
        Field::DiscountPercentage,
        Field::FromStage,
        Field::ToStage,
        Field::StageDirection,
        Field::EngagementType,
        Field::ApprovalSubject,
        Field::QuoteNumber,
        Field::ContractNumber,
        Field::OrderNumber,
        Field::InvoiceNumber,
        Field::DocumentAmount,
        Field::DueDate,
        Field::PaymentAmount,
        Field::IsFinalPayment,
        Field::SourceSystem,
        Field::Evidence,
    ],
};

const LEAD: Schema = Schema {
    case: &[
        Field::LeadSource,
        Field::LeadStatus,
        Field::OpportunityOwner,
        Field::SalesTeam,
        Field::SalesRegion,
        Field::CustomerName,
        Field::CustomerGroup,
        Field::Industry,
        Field::SalesOpportunityId,
        Field::LinkShare,
    ],
    event: &[Field::Resource, Field::SourceSystem, Field::Evidence],
};

const DOCUMENT: Schema = Schema {
    case: &[
        Field::DocumentType,
        Field::DocumentStatus,
        Field::DocumentAmount,
        Field::DiscountPercentage,
        Field::DueDate,
        Field::PaymentTerms,
        Field::OrderNumber,
        Field::CustomerName,
        Field::CustomerGroup,
        Field::SalesRegion,
        Field::SalesTeam,
        Field::ProductCategory,
        Field::PaymentCycleTime,
        Field::DaysLate,
        Field::SalesOpportunityId,
        Field::LinkShare,
    ],
    event: &[
        Field::Resource,
        Field::ApprovalSubject,
        Field::DocumentAmount,
        Field::PaymentAmount,
        Field::IsFinalPayment,
        Field::SourceSystem,
        Field::Evidence,
    ],
};

impl Schema {
    /// The schema of a notion's log.
    pub(crate) fn of(notion: CaseNotion) -> &'static Schema {
        match notion {
            CaseNotion::Main => &MAIN,
            CaseNotion::Lead => &LEAD,
            CaseNotion::Document => &DOCUMENT,
        }
    }

    /// The attributes, case level first.
    pub(crate) fn attributes(&self) -> Vec<AttributeSpec> {
        let spec = |level| {
            move |field: &Field| {
                let (name, kind) = field.facts();
                AttributeSpec { name: name.to_owned(), kind, level: LevelChoice::Declared(level) }
            }
        };
        let case = self.case.iter().map(spec(AttributeLevel::Case));
        case.chain(self.event.iter().map(spec(AttributeLevel::Event))).collect()
    }

    /// The position of the event attribute that names who did it.
    pub(crate) fn resource(&self) -> usize {
        let place = self.event.iter().position(|&field| field == Field::Resource);
        self.case.len() + place.expect("every log names who did it")
    }
}

/// Writes the rows of one log.
pub(crate) struct LogWriter {
    chunk: ChunkWriter,
    case_columns: [usize; FIELD_COUNT],
    event_columns: [usize; FIELD_COUNT],
    text: String,
}

impl LogWriter {
    /// A writer for the log of a notion.
    pub(crate) fn new(notion: CaseNotion) -> Self {
        let schema = Schema::of(notion);
        let kinds = schema.attributes().iter().map(|attribute| attribute.kind).collect();
        let mut case_columns = [usize::MAX; FIELD_COUNT];
        let mut event_columns = [usize::MAX; FIELD_COUNT];
        for (idx, &field) in schema.case.iter().enumerate() {
            case_columns[field as usize] = idx;
        }
        for (idx, &field) in schema.event.iter().enumerate() {
            event_columns[field as usize] = schema.case.len() + idx;
        }
        let chunk = ChunkWriter::new(kinds);
        LogWriter { chunk, case_columns, event_columns, text: String::new() }
    }

    /// Begins the next event.
    pub(crate) fn push(&mut self, case_id: &str, activity: &str, time: EventTime) {
        self.chunk.push(case_id, activity, time);
    }

    /// Gives the case a value, in the row of the event begun last.
    pub(crate) fn case(&mut self, field: Field, value: &NewValue<'_>) {
        self.chunk.set(self.case_columns[field as usize], value);
    }

    /// Gives the case a text.
    pub(crate) fn case_text(&mut self, field: Field, text: &str) {
        self.case(field, &NewValue::Text(text));
    }

    /// Gives the event begun last a value.
    pub(crate) fn event(&mut self, field: Field, value: &NewValue<'_>) {
        self.chunk.set(self.event_columns[field as usize], value);
    }

    /// Gives the event begun last a text.
    pub(crate) fn event_text(&mut self, field: Field, text: &str) {
        self.event(field, &NewValue::Text(text));
    }

    /// Gives the event begun last a text that must be put together first.
    pub(crate) fn event_format(&mut self, field: Field, text: std::fmt::Arguments<'_>) {
        let mut buffer = std::mem::take(&mut self.text);
        buffer.clear();
        std::fmt::write(&mut buffer, text).expect("a string takes every text");
        self.event_text(field, &buffer);
        self.text = buffer;
    }

    /// The rows written.
    pub(crate) fn finish(mut self) -> EventChunk {
        self.chunk.take()
    }
}

/// An amount in hundredths as a value.
pub(crate) fn money(hundredths: i64, currency: &'static str) -> NewValue<'static> {
    NewValue::Money(Decimal::new(hundredths.into(), 2), Some(currency))
}

/// A number of thousandths as a fraction.
pub(crate) fn fraction(permille: i64) -> NewValue<'static> {
    NewValue::Decimal(Decimal::new(permille.into(), 3))
}
