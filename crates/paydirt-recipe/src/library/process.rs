//! Which process does the library describe, and when is a table taken for one of it?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::entry::Entry;
use crate::library::texts::Texts;

/// How clear the evidence must be that a table is one of the process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Recognition)]
pub struct Recognition {
    /// Fewest columns that must be recognised as attributes.
    pub columns_min: i64,
    /// Fewest different activities that must be recognised.
    pub activities_min: i64,
    /// Smallest share of the events, in per cent, whose activity must be recognised.
    pub events_min_per_cent: i64,
}

/// The settings of working time, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarSettings {
    /// Whether working time counts.
    pub on: String,
    /// Hours by days of the week; columns region, days, from, to.
    pub hours: String,
    /// Days without work; columns day, region.
    pub holidays: String,
    /// The time zone.
    pub zone: String,
    /// The attribute that says which region's hours hold for a case.
    pub region: String,
}

/// The process of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Process)]
pub struct Process {
    /// Its key, which never changes.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// When a table is taken for one of it.
    pub recognition: Recognition,
    /// Key of the attribute that says who owns a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Key of the attribute that says from which system a record is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The settings of working time.
    #[serde(skip)]
    pub calendar: Option<CalendarSettings>,
}

impl Process {
    pub(super) fn read(entry: &Entry<'_>, known: Option<&Process>) -> Option<Process> {
        let key = entry.key("key");
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let owner = entry.text("owner").or(known.and_then(|known| known.owner.clone()));
        let source = entry.text("source").or(known.and_then(|known| known.source.clone()));
        let recognition = entry.table("recognition");
        let calendar = entry.table("calendar").and_then(|inner| {
            let text = |field| inner.required(field, inner.text(field), None);
            let read = CalendarSettings {
                on: text("on")?,
                hours: text("hours")?,
                holidays: text("holidays")?,
                zone: text("zone")?,
                region: text("region")?,
            };
            inner.finish();
            Some(read)
        });
        let calendar = calendar.or(known.and_then(|known| known.calendar.clone()));
        entry.finish();
        let mut limits = known.map(|known| known.recognition.clone()).unwrap_or_default();
        if let Some(inner) = recognition {
            let columns = inner.whole("columns_min");
            let activities = inner.whole("activities_min");
            let events = inner.whole("events_min_per_cent");
            inner.finish();
            limits.columns_min = columns.unwrap_or(limits.columns_min);
            limits.activities_min = activities.unwrap_or(limits.activities_min);
            limits.events_min_per_cent = events.unwrap_or(limits.events_min_per_cent);
        }
        Some(Process { key: key?, name: name?, recognition: limits, owner, source, calendar })
    }
}
