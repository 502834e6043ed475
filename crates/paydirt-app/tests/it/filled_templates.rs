//! Does what people fill into a data template come in as it is, whatever program saved it?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use paydirt_app::check;
use paydirt_app::import::{ImportSettings, Imported, import_file};
use paydirt_app::library::shipped;
use paydirt_app::steps::Steps;
use paydirt_app::template::{self, TemplateFormat};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::attributes::{Attribute, LogRole, ValueKind};
use paydirt_recipe::library::templates::Template;
use paydirt_recipe::library::workbook::ExampleRow;

fn import(path: &Path) -> Imported {
    let settings = ImportSettings { library: Some(shipped()), ..ImportSettings::detect() };
    import_file(path, &settings, 2, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

/// An event: case, activity, time, and the values of its attributes.
type Event = (String, String, String, BTreeMap<String, String>);

fn events(log: &EventLog) -> Vec<Event> {
    let context = log.context();
    let mut events = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            for idx in 0..case.event_count() {
                let activity = context.activities.name(case.activities()[idx]).to_owned();
                let time = paydirt_model::time::Timestamp::from_us(case.times_us()[idx]).unwrap();
                let values = context.attributes.iter().filter_map(|attribute| {
                    Some((attribute.name.clone(), case.value(attribute, idx)?.to_string()))
                });
                let values = values.collect();
                events.push((case.id().to_owned(), activity, time.to_string(), values));
            }
        });
    }
    events.sort();
    events
}

const DEALS: usize = 40;

/// What is filled in for an attribute of a deal, and what the log has then.
fn value(attribute: &Attribute, deal: usize, language: Language) -> (String, String) {
    if !attribute.values.is_empty() {
        let value = &attribute.values[deal % attribute.values.len()];
        return (value.key.clone(), value.name.get(language).to_owned());
    }
    let same = |text: String| (text.clone(), text);
    match attribute.kind {
        ValueKind::Integer => same(deal.to_string()),
        ValueKind::Decimal | ValueKind::Money => same(format!("{}.5", 1_000 * deal + 250)),
        ValueKind::Fraction => same(format!("0.{:02}5", 11 + deal)),
        ValueKind::Boolean => same(deal.is_multiple_of(2).to_string()),
        ValueKind::Instant | ValueKind::Date => {
            let day = 1 + deal % 28;
            (format!("2026-05-{day:02} 02:30"), format!("2026-05-{day:02}T02:30:00Z"))
        }
        ValueKind::Text | ValueKind::Category | ValueKind::Duration | ValueKind::List => {
            same(format!("{} {deal:04}", attribute.key))
        }
    }
}

/// Rows for every attribute and activity of a template, and the events that they mean.
fn filled(
    library: &Library,
    template: &Template,
    language: Language,
) -> (Vec<ExampleRow>, Vec<Event>) {
    let activities: Vec<&str> = template.published_activities().map(|one| &*one.key).collect();
    let (mut rows, mut expected) = (Vec::new(), Vec::new());
    for deal in 0..DEALS {
        for event in 0..=deal % 5 {
            let key = activities[(deal + event) % activities.len()];
            let activity = library.activity(key).unwrap().name.en.clone();
            let (id, time) = (format!("00{deal}"), format!("2026-0{}-15 08:{deal:02}", event + 1));
            let mut values: BTreeMap<String, String> = BTreeMap::new();
            let mut told = BTreeMap::new();
            for one in template.published_attributes() {
                let attribute = library.attribute(&one.key).unwrap();
                let (cell, read) = match attribute.role {
                    Some(LogRole::Case) => (id.clone(), None),
                    Some(LogRole::Activity) => (key.to_owned(), None),
                    Some(LogRole::Time) => (time.clone(), None),
                    _ => {
                        let (cell, read) = value(attribute, deal, language);
                        (cell, Some(read))
                    }
                };
                values.insert(one.key.clone(), cell);
                told.extend(read.map(|read| (one.key.clone(), read)));
            }
            let key = format!("row-{deal}-{event}");
            rows.push(ExampleRow { key, sheet: "events".to_owned(), values });
            let time = format!("{}:00Z", time.replace(' ', "T"));
            expected.push((id, activity, time, told));
        }
    }
    expected.sort();
    (rows, expected)
}

#[test]
fn every_template_that_is_filled_in_comes_in_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for template in &shipped().templates {
        for language in Language::ALL {
            let mut library = Library::clone(&shipped());
            let (rows, expected) = filled(&library, template, language);
            library.examples = rows;
            let (system, format) = (&template.system, TemplateFormat::Xlsx);
            let file = template::file(&library, system, language, format).unwrap();
            let path = folder.path().join(&file.name);
            std::fs::write(&path, &file.bytes).unwrap();
            let imported = import(&path);
            assert_eq!(imported.report.rows_refused, 0);
            let events = events(&imported.log);
            assert_eq!(events.len(), expected.len(), "{}", file.name);
            for (event, expected) in events.iter().zip(&expected) {
                assert_eq!(event, expected, "{}", file.name);
            }
        }
    }
}

/// A file of `testdata/templates`.
fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/templates").join(name)
}

const OFFICE: [&str; 3] =
    ["hubspot-fr-libreoffice.xlsx", "hubspot-fr-libreoffice.ods", "hubspot-fr-libreoffice.xls"];

#[test]
fn a_template_that_other_programs_saved_is_read_as_the_same_events() {
    let first = import(&kept("hubspot-fr-openpyxl.xlsx"));
    let all = events(&first.log);
    let ids: Vec<&str> = all.iter().map(|(case, ..)| case.as_str()).collect();
    assert_eq!(ids.iter().filter(|id| **id == "9876543210").count(), 4);
    assert_eq!(ids.len(), 8);
    let quote = all.iter().find(|(_, activity, ..)| activity == "Quote Issued");
    let (_, _, time, values) = quote.unwrap();
    assert_eq!(time, "2026-01-09T16:45:00Z");
    assert_eq!(values["OpportunityOwner"], "Jane Doe");
    assert_eq!(values["DiscountPercentage"], "0.05");
    assert!(all.iter().any(|(_, activity, ..)| activity == "Appel de relance"), "it is kept");
    for name in OFFICE {
        let imported = import(&kept(name));
        assert_eq!(events(&imported.log), all, "{name}");
    }
}

fn said(imported: &Imported) -> (String, String) {
    let told = |sentences: &[paydirt_model::sentence::Sentence]| {
        let told: Vec<String> = sentences.iter().map(ToString::to_string).collect();
        told.join("\n")
    };
    (told(&imported.report.readings), told(&imported.report.notes))
}

#[test]
fn the_version_of_a_template_is_told_and_an_older_one_noted() {
    for name in OFFICE {
        let (readings, notes) = said(&import(&kept(name)));
        assert!(readings.contains("data template: HubSpot CRM, version 1.0"), "{readings}");
        assert!(!notes.contains("version"), "{name}: {notes}");
    }
    let older = import(&kept("generic-ja-older-openpyxl.xlsx"));
    assert_eq!(older.report.events, 3);
    let (readings, notes) = said(&older);
    assert!(readings.contains("data template: Any system, version 0.9"), "{readings}");
    assert!(notes.contains("version 0.9 of the data template for Any system; version 1.0"));
    let mut library = Library::clone(&shipped());
    library.templates.iter_mut().for_each(|one| one.version = "0.8.2".to_owned());
    let library = Some(Arc::new(library));
    let settings = ImportSettings { library, ..ImportSettings::detect() };
    let path = kept("generic-ja-older-openpyxl.xlsx");
    let newer = import_file(&path, &settings, 1, &AtomicBool::new(false), &|_, _| {}).unwrap();
    assert!(said(&newer).1.contains("newer than version 0.8.2"), "{}", said(&newer).1);
}

/// What the formulas of the sheet of checks give for a column: filled in, missing, to look at.
#[test]
fn another_program_computes_the_checks() {
    let cancelled = AtomicBool::new(false);
    let steps = Steps { threads: 1, cancelled: &cancelled, told: &|_| {} };
    for name in OFFICE {
        let sheet = Some("Contrôles".to_owned());
        let settings = ImportSettings { sheet, ..ImportSettings::detect() };
        let result = check::check(&kept(name), &settings, steps).unwrap();
        let row = |column: &str| {
            let rows = &result.head.rows;
            let found = rows.iter().find(|row| row[0] == "Événements" && row[1] == column);
            found.unwrap_or_else(|| panic!("{name}: {column}: {rows:?}"))[4..].join(" ")
        };
        assert_eq!(row("Lignes remplies").trim(), "8", "{name}");
        assert_eq!(row("ActivityName"), "8 0 1", "{name}: one is none of the list");
        assert_eq!(row("EventTime"), "8 0 0", "{name}");
        assert_eq!(row("OpportunityAmount"), "8 0 1", "{name}: one is no number");
        assert_eq!(row("OpportunityOutcome"), "7 1 0", "{name}");
        assert_eq!(row("SalesStage").trim(), "0 8", "{name}");
    }
}
