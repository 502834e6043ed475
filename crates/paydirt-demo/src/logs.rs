//! The true logs of the world: what each holds, block by block or whole.

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::event_chunk::EventChunk;
use paydirt_model::event_log::{CaseNotion, EventLog, TimeZoneName};
use paydirt_model::log_builder::{
    BuildReport, EventLogBuilder, LifecycleReading, Links, LogSpec, partition_count_for,
};
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;

use crate::activity::auxiliary_names;
use crate::calendar::AS_OF_US;
use crate::deal::Actor;
use crate::schema::Schema;
use crate::world::{Block, World};
use crate::{document_log, lead_log, main_log};

/// Events of a deal on average, for choosing how a log is split.
const EVENTS_PER_DEAL: u64 = 16;

impl World {
    /// What the true log of a notion is going to be.
    #[must_use]
    pub fn log_spec(&self, notion: CaseNotion) -> LogSpec {
        let schema = Schema::of(notion);
        LogSpec {
            notion,
            attributes: schema.attributes(),
            resource: Some(AttributeIdx(schema.resource())),
            lifecycle: LifecycleReading::EveryRow,
            auxiliary: auxiliary_names(),
            time_zone: TimeZoneName::utc(),
            as_of: Timestamp::from_us(AS_OF_US),
            rates: Some(self.rates().clone()),
            links: Links::default(),
        }
    }

    /// Builds the true log of a notion on the calling thread, with the exchange rates.
    ///
    /// # Errors
    /// The world holds more events than one log can.
    pub fn build_log(&self, notion: CaseNotion) -> Result<(EventLog, BuildReport), Problem> {
        let event_count = self.settings().deal_count * EVENTS_PER_DEAL;
        let partition_count = partition_count_for(event_count);
        let mut builder = EventLogBuilder::new(self.log_spec(notion), partition_count);
        for block_idx in 0..self.block_count() {
            builder.append(self.block(block_idx).events(notion));
        }
        builder.finish()
    }

    pub(crate) fn actor_name(&self, actor: Actor) -> Option<&str> {
        match actor {
            Actor::Owner(owner) => Some(&self.owner(owner).name),
            Actor::Operations => Some("Revenue Operations"),
            Actor::System => Some("system"),
            Actor::OrderDesk => Some("Order Desk"),
            Actor::Receivables => Some("Accounts Receivable"),
            Actor::Unknown => None,
        }
    }
}

impl Block<'_> {
    /// The rows of the true log of a notion, in the order of its specification.
    #[must_use]
    pub fn events(&self, notion: CaseNotion) -> EventChunk {
        match notion {
            CaseNotion::Main => main_log::write(self),
            CaseNotion::Lead => lead_log::write(self),
            CaseNotion::Document => document_log::write(self),
        }
    }

    /// The rows of all three true logs: main, lead, document.
    #[must_use]
    pub fn true_events(&self) -> [EventChunk; 3] {
        [CaseNotion::Main, CaseNotion::Lead, CaseNotion::Document].map(|notion| self.events(notion))
    }
}
