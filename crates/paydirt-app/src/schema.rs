//! What does a log have that a question or filter can name? Activities, attributes, calendar.

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An activity of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SchemaActivity {
    /// Its name.
    pub name: String,
    /// Whether maps and variants leave it out unless asked.
    pub auxiliary: bool,
}

/// An attribute of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SchemaAttribute {
    /// Its name.
    pub name: String,
    /// Whether it belongs to the case or to the event.
    pub level: AttributeLevel,
    /// Type of its values.
    #[serde(rename = "type")]
    pub kind: AttributeType,
    /// Whether it is computed from the log and the settings; missing where it is in the data.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub computed: bool,
}

/// What a log has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogSchema {
    /// The activities, by name.
    pub activities: Vec<SchemaActivity>,
    /// The attributes, in the order of the source.
    pub attributes: Vec<SchemaAttribute>,
    /// The attribute that names who did it.
    pub resource: Option<String>,
    /// IANA zone of calendar questions.
    pub time_zone: String,
    /// Until when the data are complete.
    pub as_of: Option<Timestamp>,
    /// What a case is.
    pub notion: CaseNotion,
}

/// What this log has.
#[must_use]
pub fn of(log: &EventLog) -> LogSchema {
    let context = log.context();
    let names = &context.activities;
    let activities = names.codes().map(|code| SchemaActivity {
        name: names.name(code).to_owned(),
        auxiliary: names.is_auxiliary(code),
    });
    let attributes = context.attributes.iter().map(|attribute| SchemaAttribute {
        name: attribute.name.clone(),
        level: attribute.level,
        kind: attribute.kind,
        computed: attribute.computed,
    });
    LogSchema {
        activities: activities.collect(),
        attributes: attributes.collect(),
        resource: context.resource_attribute().map(|attribute| attribute.name.clone()),
        time_zone: context.time_zone.name().to_owned(),
        as_of: context.as_of,
        notion: context.notion,
    }
}
