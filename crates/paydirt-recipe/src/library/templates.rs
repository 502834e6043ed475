//! Which columns and activities does the data template of a system ask for, and where are they in
//! that system?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::activities::Activity;
use crate::library::attributes::Attribute;
use crate::library::choice::choice;
use crate::library::entry::Entry;
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

choice! {
    /// How much a template asks for something, from most to least.
    Status {
        /// It must be there.
        Required = "required",
        /// It should be there.
        Recommended = "recommended",
        /// It may be there.
        Optional = "optional",
        /// It is understood, and no part of the published template.
        Accepted = "accepted",
    }
}

choice! {
    /// How an event comes about in a system.
    Evidence {
        /// The system records it as such.
        Explicit = "explicit",
        /// It is derived from another change.
        Inferred = "inferred",
    }
}

/// An attribute in the template of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::TemplateAttribute)]
pub struct TemplateAttribute {
    /// The attribute.
    pub key: String,
    /// How much the template asks for it.
    pub status: Status,
    /// The name of its column, the same in every language.
    pub column: String,
    /// What it is called in this template.
    pub name: Texts,
    /// The name of the field in the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_name: Option<String>,
    /// Where to get it.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub source: Texts,
    /// Values as they look in this system.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// Whether it belongs to the data to begin with.
    pub starter: bool,
}

/// An activity in the template of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::TemplateActivity)]
pub struct TemplateActivity {
    /// The activity.
    pub key: String,
    /// How much the template asks for it.
    pub status: Status,
    /// The label that stands in the activity column.
    pub label: Texts,
    /// How it comes about in the system.
    pub evidence: Evidence,
    /// When an event is written, and from which field.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub capture: Texts,
    /// Whether it belongs to the data to begin with.
    pub starter: bool,
}

/// The data template of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Template)]
pub struct Template {
    /// The system, as in addresses and commands.
    pub system: String,
    /// The version, which the workbook carries.
    pub version: String,
    /// What the system is called.
    pub name: Texts,
    /// What stands in the column of the source system, where a file has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_system: Option<String>,
    /// How to begin.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub introduction: Texts,
    /// Its columns, in their order.
    pub attributes: Vec<TemplateAttribute>,
    /// Its activities, in their order.
    pub activities: Vec<TemplateActivity>,
}

impl Template {
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let attributes = self.attributes.iter_mut();
        let attributes = attributes.flat_map(|one| [&mut one.name, &mut one.source]);
        let activities = self.activities.iter_mut();
        let activities = activities.flat_map(|one| [&mut one.label, &mut one.capture]);
        [&mut self.name, &mut self.introduction].into_iter().chain(attributes).chain(activities)
    }

    /// The attributes of the published template.
    pub fn published_attributes(&self) -> impl Iterator<Item = &TemplateAttribute> {
        self.attributes.iter().filter(|one| one.status != Status::Accepted)
    }

    /// The activities of the published template.
    pub fn published_activities(&self) -> impl Iterator<Item = &TemplateActivity> {
        self.activities.iter().filter(|one| one.status != Status::Accepted)
    }

    /// The entry of an attribute.
    #[must_use]
    pub fn attribute(&self, key: &str) -> Option<&TemplateAttribute> {
        self.attributes.iter().find(|one| one.key == key)
    }

    /// The entry of an activity.
    #[must_use]
    pub fn activity(&self, key: &str) -> Option<&TemplateActivity> {
        self.activities.iter().find(|one| one.key == key)
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        known: Option<&Template>,
    ) -> Option<Template> {
        let system = entry.key("system");
        let version = entry.text("version");
        let version = entry.required("version", version, known.map(|known| known.version.clone()));
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let source_system = entry.text("source_system");
        let introduction = entry.texts("introduction", known.map(|known| &known.introduction));
        let attributes = entry.tables("attribute");
        let activities = entry.tables("activity");
        entry.finish();
        let mut template = Template {
            system: system?,
            version: version.unwrap_or_default(),
            name: name?,
            source_system: source_system.or(known.and_then(|one| one.source_system.clone())),
            introduction: introduction.unwrap_or_default(),
            attributes: known.map(|known| known.attributes.clone()).unwrap_or_default(),
            activities: known.map(|known| known.activities.clone()).unwrap_or_default(),
        };
        for entry in attributes {
            template.read_attribute(reading, &entry);
        }
        for entry in activities {
            template.read_activity(reading, &entry);
        }
        Some(template)
    }

    fn read_attribute(&mut self, reading: &mut Reading, entry: &Entry<'_>) {
        let key = entry.key("key");
        let place =
            key.as_ref().and_then(|key| self.attributes.iter().position(|known| known.key == *key));
        let known = place.map(|idx| &self.attributes[idx]);
        let attribute = reading.attribute(key.as_deref(), entry);
        let status = entry.choice("status");
        let status = entry.required("status", status, known.map(|known| known.status));
        let column = entry.placed_text("column");
        let named = known.map(|known| &known.name).or(attribute.as_ref().map(|one| &one.name));
        let name = entry.texts("name", named);
        let technical_name = entry.text("technical_name");
        let source = entry.texts("source", known.map(|known| &known.source));
        let examples = entry.plain_list("examples");
        let starter = entry.flag("starter");
        entry.finish();
        let (Some(attribute), Some(status)) = (attribute, status) else { return };
        let Attribute { key, examples: usual, name: usual_name, .. } = attribute;
        if let Some(column) = &column {
            reading.named_by_template(Subject::Attribute, &key, &column.value, &column.place);
        }
        let name = name.unwrap_or(usual_name);
        for (_, text) in name.each() {
            reading.named_by_template(Subject::Attribute, &key, text, &entry.place());
        }
        let known_column = known.map(|known| known.column.clone());
        let known_examples = known.map(|known| known.examples.clone());
        let read = TemplateAttribute {
            column: column.map(|one| one.value).or(known_column).unwrap_or_else(|| key.clone()),
            key,
            status,
            name,
            technical_name: technical_name.or(known.and_then(|one| one.technical_name.clone())),
            source: source.unwrap_or_default(),
            examples: examples.or(known_examples).unwrap_or(usual),
            starter: starter.or(known.map(|known| known.starter)).unwrap_or(false),
        };
        match place {
            Some(idx) => self.attributes[idx] = read,
            None => self.attributes.push(read),
        }
    }

    fn read_activity(&mut self, reading: &mut Reading, entry: &Entry<'_>) {
        let key = entry.key("key");
        let place =
            key.as_ref().and_then(|key| self.activities.iter().position(|known| known.key == *key));
        let known = place.map(|idx| &self.activities[idx]);
        let activity = reading.activity(key.as_deref(), entry);
        let status = entry.choice("status");
        let status = entry.required("status", status, known.map(|known| known.status));
        let named = known.map(|known| &known.label).or(activity.as_ref().map(|one| &one.name));
        let label = entry.texts("label", named);
        let evidence = entry.choice("evidence");
        let evidence = entry.required("evidence", evidence, known.map(|known| known.evidence));
        let derived =
            known.map(|known| &known.capture).or(activity.as_ref().map(|one| &one.derivation));
        let capture = entry.texts("capture", derived);
        let starter = entry.flag("starter");
        entry.finish();
        let (Some(activity), Some(status), Some(evidence)) = (activity, status, evidence) else {
            return;
        };
        let Activity { key, name: usual, .. } = activity;
        let label = label.unwrap_or(usual);
        for (_, text) in label.each() {
            reading.named_by_template(Subject::Activity, &key, text, &entry.place());
        }
        let read = TemplateActivity {
            key,
            status,
            label,
            evidence,
            capture: capture.unwrap_or_default(),
            starter: starter.or(known.map(|known| known.starter)).unwrap_or(false),
        };
        match place {
            Some(idx) => self.activities[idx] = read,
            None => self.activities.push(read),
        }
    }
}
