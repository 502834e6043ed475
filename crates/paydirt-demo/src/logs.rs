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
            case_order: None,
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

#[cfg(test)]
mod tests {
    use paydirt_model::attribute::{AttributeLevel, AttributeType, AttributeValue};
    use paydirt_model::column::Column;
    use paydirt_model::event_chunk::ChunkColumn;
    use paydirt_model::interner::{TextColumn, case_hash};
    use paydirt_model::log_builder::{AttributeSpec, LevelChoice};
    use paydirt_model::order::{DayPosition, Occurrence};
    use paydirt_model::placement::CaseOrder;

    use super::*;
    use crate::activity::{Activity, ranks};
    use crate::happening::{Happenings, collect_delivery, collect_sale};
    use crate::world::WorldSettings;

    /// What is known about each row of the main log, in its order.
    fn occurrences(block: &Block<'_>) -> Vec<(Activity, Occurrence)> {
        let zone = TimeZoneName::utc();
        let mut known = Vec::new();
        for deal in &block.deals {
            let mut happenings = Happenings::default();
            collect_sale(deal, &mut happenings);
            collect_delivery(deal, &mut happenings);
            let placed = happenings.placed(&zone);
            known.extend(placed.iter().map(|(it, _)| (it.activity, it.occurrence)));
        }
        known
    }

    /// The rows of the main log as a source tells them: recorded times only, the activities of a
    /// case one after the other instead of in order, with records and sequences.
    fn as_recorded(block: &Block<'_>) -> EventChunk {
        let chunk = block.events(CaseNotion::Main);
        let known = occurrences(block);
        assert_eq!(known.len(), chunk.len());
        let case = |row: usize| chunk.case_ids.get(row);
        let mut first_of_case: Vec<usize> = Vec::new();
        for row in 0..chunk.len() {
            let is_new = row == 0 || case(row) != case(row - 1);
            first_of_case.push(if is_new { row } else { first_of_case[row - 1] });
        }
        let mut order: Vec<usize> = (0..chunk.len()).collect();
        // Rows of one rank stay as they stand: between them the order of the source counts.
        order.sort_by_key(|&row| {
            let rank = known[row].0.rank().expect("every activity of the main log has a rank");
            (first_of_case[row], case_hash(&format!("{} {rank}", case(row))))
        });
        let rows: Vec<u32> = order.iter().map(|&row| u32::try_from(row).unwrap()).collect();
        let records = order.iter().map(|&row| known[row].1.record.cast_signed()).collect();
        let sequences = order.iter().map(|&row| known[row].1.sequence.map_or(i64::MIN, i64::from));
        let numbers = |values| ChunkColumn {
            values: Column::Number(values),
            texts: TextColumn::default(),
            scale: 0,
            rounded: 0,
        };
        let columns = chunk
            .columns
            .iter()
            .map(|column| ChunkColumn { values: column.values.gather(&rows), ..column.clone() })
            .chain([numbers(records), numbers(sequences.collect())]);
        EventChunk {
            case_ids: order.iter().map(|&row| case(row)).collect(),
            activities: order.iter().map(|&row| chunk.activities[row]).collect(),
            activity_names: chunk.activity_names.clone(),
            times_us: order.iter().map(|&row| known[row].1.recorded_us).collect(),
            precisions: order.iter().map(|&row| known[row].1.precision).collect(),
            columns: columns.collect(),
            ..EventChunk::default()
        }
    }

    /// Every cell of the first attributes of a log, in the order of its cases and events.
    fn cells(log: &EventLog, attribute_count: usize) -> Vec<Option<AttributeValue<'_>>> {
        let mut cells = Vec::new();
        for attribute in &log.context().attributes[..attribute_count] {
            for segment in log.segments() {
                let parts = segment.parts();
                let column = match attribute.level {
                    AttributeLevel::Case => &parts.case_columns[attribute.column_idx],
                    AttributeLevel::Event => &parts.event_columns[attribute.column_idx],
                };
                cells.extend((0..column.len()).map(|idx| column.value(idx, attribute)));
            }
        }
        cells
    }

    #[test]
    fn recorded_times_ranks_and_sequences_give_the_true_log() {
        let world = World::new(WorldSettings { seed: 35, deal_count: 2_000 });
        let (truth, _) = world.build_log(CaseNotion::Main).unwrap();
        let mut spec = world.log_spec(CaseNotion::Main);
        let attribute_count = spec.attributes.len();
        spec.case_order = Some(Box::new(CaseOrder {
            ranks: ranks(),
            record: Some(AttributeIdx(attribute_count)),
            sequence: Some(AttributeIdx(attribute_count + 1)),
            day_position: DayPosition::End,
        }));
        spec.attributes.extend(["record", "sequence"].map(|name| AttributeSpec {
            name: name.to_owned(),
            kind: AttributeType::Integer,
            level: LevelChoice::Declared(AttributeLevel::Event),
        }));
        let mut builder = EventLogBuilder::new(spec, truth.segments().len());
        let mut is_shuffled = false;
        for block_idx in 0..world.block_count() {
            let chunk = as_recorded(&world.block(block_idx));
            is_shuffled |= !chunk.times_us.is_sorted();
            builder.append(chunk);
        }
        assert!(is_shuffled);
        let (log, report) = builder.finish().unwrap();
        assert!(report.case_conflicts.is_empty());
        assert_eq!(log.segments().len(), truth.segments().len());
        let mut day_count = 0;
        for (found, expected) in log.segments().iter().zip(truth.segments()) {
            let (found, expected) = (found.parts(), expected.parts());
            assert!(found.case_ids.iter().eq(expected.case_ids.iter()));
            assert_eq!(found.offsets, expected.offsets);
            assert_eq!(found.activities, expected.activities);
            assert_eq!(found.times_us, expected.times_us);
            assert_eq!(found.starts_us, expected.starts_us);
            assert_eq!(found.recorded_us, expected.recorded_us);
            assert_eq!(found.offsets_min, expected.offsets_min);
            assert_eq!(found.precisions, expected.precisions);
            day_count += found.recorded_us.len();
        }
        assert!(day_count > 0, "some events are known to the day");
        let levels = |log: &EventLog| -> Vec<AttributeLevel> {
            let attributes = &log.context().attributes[..attribute_count];
            attributes.iter().map(|attribute| attribute.level).collect()
        };
        assert_eq!(levels(&log), levels(&truth));
        assert_eq!(cells(&log, attribute_count), cells(&truth, attribute_count));
    }
}
