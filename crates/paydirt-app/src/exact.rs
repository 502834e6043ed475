//! Which settings read a file of the same shape in exactly this way, with nothing left to be found?

use paydirt_model::event_log::EventLog;
use paydirt_model::mapping::{
    AttributeMapping, EventColumns, EventMapping, ImportReport, NameMatch, TextCut,
};
use paydirt_recipe::events::Plan;
use paydirt_recipe::import_recipe::OtherColumns;

use crate::import::{ActivityMeaning, ColumnNames, ImportSettings};
use crate::stored_import::no_process;

/// A column that is none.
const NONE: &str = "-";

impl ImportSettings {
    /// How text was cut into cells, where nobody has said it.
    pub(crate) fn put_cut(&mut self, cut: TextCut) {
        self.encoding = self.encoding.take().or(cut.encoding);
        self.delimiter.get_or_insert(cut.delimiter);
        if self.header_row.is_none() {
            let found = match cut.has_header {
                true => ColumnNames::FirstRow,
                false => ColumnNames::None,
            };
            self.header.get_or_insert(found);
        }
    }
}

/// The settings of a table that was read.
pub(crate) fn exact_table(
    reading: &ImportSettings,
    (mapping, plan): (&EventMapping, &Plan),
    log: &EventLog,
    report: &ImportReport,
) -> ImportSettings {
    let mut exact = reading.clone();
    let role = |column: &Option<String>| Some(column.clone().unwrap_or_else(|| NONE.to_owned()));
    exact.case = Some(mapping.case.clone());
    if let EventColumns::Row { activity, time, start } = &mapping.events {
        exact.activity = Some(activity.clone());
        exact.time = Some(time.clone());
        exact.start = role(start);
    }
    exact.resource = role(&mapping.resource);
    exact.lifecycle = role(&mapping.lifecycle);
    exact.instance = role(&mapping.instance);
    exact.columns = Some(attributes(mapping, log));
    exact.other_columns = Some(OtherColumns::LeaveOut);
    exact.time_zone = Some(log.context().time_zone.name().to_owned());
    exact.date_order = plan.date_order().or(exact.date_order);
    exact.rules.decimal = exact.rules.decimal.or(plan.decimal());
    let used = report.process.as_ref().filter(|process| process.used);
    exact.process = Some(used.map_or_else(no_process, |process| process.process.clone()));
    exact.activities = used.map(|process| {
        let meant = process.activities.iter().filter(|known| is_meant(known.by));
        let meaning = meant.map(|known| ActivityMeaning {
            label: known.label.clone(),
            pipeline: known.pipeline.clone(),
            activity: known.activity.clone(),
        });
        meaning.collect()
    });
    exact.activities = exact.activities.filter(|meanings: &Vec<_>| !meanings.is_empty());
    exact
}

/// Whether the label means what it was recognised as.
fn is_meant(by: NameMatch) -> bool {
    match by {
        NameMatch::Key
        | NameMatch::Translation
        | NameMatch::TemplateName
        | NameMatch::Alias
        | NameMatch::Chosen => true,
        NameMatch::Similar | NameMatch::Stage | NameMatch::None => false,
    }
}

/// How each attribute was read: with the type and the level that it has in the log.
fn attributes(mapping: &EventMapping, log: &EventLog) -> Vec<AttributeMapping> {
    let read = mapping.attributes.iter().zip(&log.context().attributes);
    let exact = read.map(|(attribute, known)| AttributeMapping {
        kind: Some(known.kind),
        level: Some(known.level),
        ..attribute.clone()
    });
    exact.collect()
}

/// The settings of a format that declares its roles.
pub(crate) fn exact_events(reading: &ImportSettings, log: &EventLog) -> ImportSettings {
    let zone = log.context().time_zone.name().to_owned();
    ImportSettings { time_zone: Some(zone), ..reading.clone() }
}
