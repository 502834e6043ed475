//! What does a data template say: how to begin, each column, each activity, in one language?

use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::attributes::ValueKind;
use paydirt_recipe::library::templates::{
    Evidence, Status, Template, TemplateActivity, TemplateAttribute,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{TemplateFormat, file_name};

/// What the data template of a system says, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = template::Guide)]
pub struct TemplateGuide {
    /// The system, as in addresses and commands.
    pub system: String,
    /// The version of the template.
    pub version: String,
    /// What the system is called.
    pub name: String,
    /// How to begin.
    pub introduction: String,
    /// What the workbook is called as a file.
    pub xlsx_name: String,
    /// What the archive of CSV files is called.
    pub csv_name: String,
    /// The first steps of the way to a trusted log.
    pub steps: Vec<GuideStep>,
    /// The sheets, in their order.
    pub sheets: Vec<GuideSheet>,
    /// The columns, in their order.
    pub attributes: Vec<GuideAttribute>,
    /// The activities, in their order.
    pub activities: Vec<GuideActivity>,
}

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = template::GuideStep)]
pub struct GuideStep {
    /// Its number, from 1.
    pub number: u8,
    /// What it is called.
    pub title: String,
    /// What to do.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What comes of it.
    pub result: String,
}

/// A sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = template::GuideSheet)]
pub struct GuideSheet {
    /// Its key, the same in every language, and the name of its CSV file.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What a row of it is, and when it is filled in.
    pub meaning: String,
}

/// A column of the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = template::GuideAttribute)]
pub struct GuideAttribute {
    /// The attribute.
    pub key: String,
    /// The name of the column, the same in every language.
    pub column: String,
    /// What it is called.
    pub name: String,
    /// How much the template asks for it.
    pub status: Status,
    /// The same in words.
    pub status_name: String,
    /// What kind of values it has.
    #[serde(rename = "type")]
    pub kind: ValueKind,
    /// The same in words.
    pub type_name: String,
    /// The name of the field in the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_name: Option<String>,
    /// What it is.
    pub meaning: String,
    /// Why it matters.
    pub why: String,
    /// Where to get it.
    pub source: String,
    /// Values as they look.
    pub examples: Vec<String>,
    /// Whether it belongs to the data to begin with.
    pub starter: bool,
}

/// An activity of the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = template::GuideActivity)]
pub struct GuideActivity {
    /// The activity.
    pub key: String,
    /// The label that stands in the activity column.
    pub label: String,
    /// How much the template asks for it.
    pub status: Status,
    /// The same in words.
    pub status_name: String,
    /// How it comes about in the system.
    pub evidence: Evidence,
    /// The same in words.
    pub evidence_name: String,
    /// What happened.
    pub meaning: String,
    /// Why it matters.
    pub why: String,
    /// When an event is written, and from which field.
    pub capture: String,
    /// Whether it belongs to the data to begin with.
    pub starter: bool,
}

/// How many of the steps are told beside a template.
const STEPS: u8 = 2;

impl TemplateGuide {
    /// What a template says.
    #[must_use]
    pub fn of(library: &Library, template: &Template, language: Language) -> Self {
        let sheets = library.sheets.iter().map(|sheet| GuideSheet {
            key: sheet.key.clone(),
            name: sheet.name.get(language).to_owned(),
            meaning: sheet.meaning.get(language).to_owned(),
        });
        let attributes = template.published_attributes();
        let activities = template.published_activities();
        TemplateGuide {
            system: template.system.clone(),
            version: template.version.clone(),
            name: template.name.get(language).to_owned(),
            introduction: template.introduction.get(language).to_owned(),
            xlsx_name: file_name(template, language, TemplateFormat::Xlsx),
            csv_name: file_name(template, language, TemplateFormat::Csv),
            steps: (1..=STEPS).map(|number| step(library, template, number, language)).collect(),
            sheets: sheets.collect(),
            attributes: attributes.map(|one| attribute(library, one, language)).collect(),
            activities: activities.map(|one| activity(library, one, language)).collect(),
        }
    }
}

fn step(library: &Library, template: &Template, number: u8, language: Language) -> GuideStep {
    // What is said of this system goes before what is said of all.
    let told = |part: &str| {
        let general = format!("step.{number}.{part}");
        let special = format!("{general}.{}", template.system);
        let is_there = library.texts.iter().any(|text| text.key == special);
        library.text(if is_there { &special } else { &general }, language).to_owned()
    };
    GuideStep {
        number,
        title: told("title"),
        what: told("what"),
        why: told("why"),
        result: told("result"),
    }
}

pub(super) fn status_name(library: &Library, status: Status, language: Language) -> String {
    library.text(&format!("status.{}", word(status)), language).to_owned()
}

/// The word of a choice, as it stands in the files of the library.
pub(super) fn word(choice: impl Serialize) -> String {
    let value = serde_json::to_value(choice).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn attribute(library: &Library, one: &TemplateAttribute, language: Language) -> GuideAttribute {
    let known = library.attribute(&one.key);
    let kind = known.map_or(ValueKind::Text, |known| known.kind);
    let told = |text: Option<&str>| text.unwrap_or_default().to_owned();
    GuideAttribute {
        key: one.key.clone(),
        column: one.column.clone(),
        name: one.name.get(language).to_owned(),
        status: one.status,
        status_name: status_name(library, one.status, language),
        kind,
        type_name: library.text(&format!("type.{}", word(kind)), language).to_owned(),
        technical_name: one.technical_name.clone(),
        meaning: told(known.map(|known| known.meaning.get(language))),
        why: told(known.map(|known| known.why.get(language))),
        source: one.source.get(language).to_owned(),
        examples: one.examples.clone(),
        starter: one.starter,
    }
}

fn activity(library: &Library, one: &TemplateActivity, language: Language) -> GuideActivity {
    let known = library.activity(&one.key);
    let told = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let evidence = library.text(&format!("evidence.{}", word(one.evidence)), language).to_owned();
    GuideActivity {
        key: one.key.clone(),
        label: one.label.get(language).to_owned(),
        status: one.status,
        status_name: status_name(library, one.status, language),
        evidence: one.evidence,
        evidence_name: evidence,
        meaning: told(known.map(|known| known.meaning.get(language))),
        why: told(known.map(|known| known.why.get(language))),
        capture: one.capture.get(language).to_owned(),
        starter: one.starter,
    }
}
