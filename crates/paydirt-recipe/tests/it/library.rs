//! Is the library of lead to cash complete: its templates, its texts, its names?

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::names::NameKind;
use paydirt_recipe::library::templates::Status;
use paydirt_recipe::library::texts::Texts;

/// The files that are shipped, by their path within the library.
pub(crate) fn shipped_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let within = path.strip_prefix(&root).unwrap().display().to_string();
            files.push((within, fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

pub(crate) fn shipped() -> Library {
    let (library, problems) = Library::read(shipped_files());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    library
}

#[test]
fn the_shipped_files_have_no_mistake() {
    let library = shipped();
    assert_eq!(library.process.key, "lead-to-cash");
    assert_eq!(library.activities.len(), 33);
    assert_eq!(library.rules.len(), 51);
    assert!(library.activities.is_sorted_by_key(|one| one.rank));
}

fn counts(library: &Library, system: &str) -> [[usize; 3]; 2] {
    let template = library.template(system).unwrap();
    let statuses = [Status::Required, Status::Recommended, Status::Optional];
    let attributes = |status| template.attributes.iter().filter(|one| one.status == status).count();
    let activities = |status| template.activities.iter().filter(|one| one.status == status).count();
    [statuses.map(attributes), statuses.map(activities)]
}

#[test]
fn templates_have_the_columns_and_activities_of_their_systems() {
    let library = shipped();
    assert_eq!(counts(&library, "generic"), [[5, 8, 4], [0, 8, 7]]);
    assert_eq!(counts(&library, "hubspot"), [[5, 7, 9], [0, 7, 7]]);
    assert_eq!(counts(&library, "salesforce"), [[3, 5, 11], [0, 8, 19]]);
    assert_eq!(counts(&library, "pipedrive"), [[3, 4, 14], [0, 4, 1]]);
    let published = |system: &str| {
        let template = library.template(system).unwrap();
        (template.published_attributes().count(), template.published_activities().count())
    };
    assert_eq!(published("generic"), (17, 15));
    assert_eq!(published("hubspot"), (21, 14));
    assert_eq!(published("salesforce"), (19, 27));
    assert_eq!(published("pipedrive"), (21, 5));
}

#[test]
fn columns_are_named_as_their_template_has_them() {
    let library = shipped();
    let hubspot = library.template("hubspot").unwrap();
    assert_eq!(hubspot.attribute("SalesRegion").unwrap().column, "Region");
    assert_eq!(hubspot.attribute("SalesRegion").unwrap().name.get(Language::French), "Région");
    assert_eq!(hubspot.attribute("ProductCategory").unwrap().column, "ProductFamily");
    assert_eq!(hubspot.attribute("SalesStage").unwrap().column, "SalesStage");
    let salesforce = library.template("salesforce").unwrap();
    assert_eq!(salesforce.attribute("SalesCycleTime").unwrap().column, "SalesCycleDuration");
    assert_eq!(salesforce.activity("QuoteIssued").unwrap().label.en, "Quote Created");
    assert_eq!(salesforce.activity("OpportunityCreated").unwrap().label.ja, "商談作成");
    assert_eq!(library.template("pipedrive").unwrap().name.en, "Pipedrive");
}

/// Every text of the library, and where it is from.
fn texts(library: &Library) -> Vec<(String, Texts)> {
    let mut all = vec![("process".to_owned(), library.process.name.clone())];
    for one in &library.attributes {
        all.push((one.key.clone(), one.name.clone()));
        all.push((format!("{} meaning", one.key), one.meaning.clone()));
        all.push((format!("{} why", one.key), one.why.clone()));
        let values = one.values.iter();
        all.extend(values.map(|value| (format!("{} {}", one.key, value.key), value.name.clone())));
    }
    for one in &library.activities {
        all.push((one.key.clone(), one.name.clone()));
        all.push((format!("{} meaning", one.key), one.meaning.clone()));
        all.push((format!("{} why", one.key), one.why.clone()));
        all.push((format!("{} derivation", one.key), one.derivation.clone()));
    }
    for one in &library.templates {
        all.push((one.system.clone(), one.name.clone()));
        all.push((format!("{} introduction", one.system), one.introduction.clone()));
        for each in &one.attributes {
            all.push((format!("{} {}", one.system, each.key), each.name.clone()));
            all.push((format!("{} {} source", one.system, each.key), each.source.clone()));
        }
        for each in &one.activities {
            all.push((format!("{} {}", one.system, each.key), each.label.clone()));
            all.push((format!("{} {} capture", one.system, each.key), each.capture.clone()));
        }
    }
    for one in &library.sheets {
        all.push((one.key.clone(), one.name.clone()));
        all.push((format!("{} meaning", one.key), one.meaning.clone()));
        for each in &one.columns {
            all.push((format!("{} {}", one.key, each.key), each.name.clone()));
            all.push((format!("{} {} meaning", one.key, each.key), each.meaning.clone()));
        }
    }
    for one in &library.lists {
        all.push((one.key.clone(), one.name.clone()));
        let values = one.values.iter();
        all.extend(values.map(|value| (format!("{} {}", one.key, value.key), value.name.clone())));
    }
    for one in &library.rules {
        all.push((one.key.clone(), one.name.clone()));
        all.push((format!("{} meaning", one.key), one.meaning.clone()));
        all.push((format!("{} mend", one.key), one.mend.clone()));
    }
    all.extend(library.figures.iter().map(|one| (one.key.clone(), one.name.clone())));
    all.extend(library.settings.iter().map(|one| (one.key.clone(), one.name.clone())));
    all.extend(library.coverage.iter().map(|one| (one.key.clone(), one.name.clone())));
    let told = library.texts.iter();
    all.extend(told.map(|one| (format!("{} meaning", one.key), one.text.clone())));
    all
}

#[test]
fn every_text_is_there_in_three_languages() {
    for (place, text) in texts(&shipped()) {
        for language in Language::ALL {
            let text = text.get(language);
            assert!(!text.is_empty(), "{place} has no text in {language:?}");
            assert_eq!(text.trim(), text, "{place}");
        }
    }
}

/// The narrow space before these signs, and the apostrophe, as French type has them. Names are
/// those of the list of terms.
#[test]
fn french_sentences_are_typed_as_french_is() {
    for (place, text) in texts(&shipped()) {
        let is_sentence = ["meaning", "why", "derivation", "source", "capture", "mend"]
            .iter()
            .any(|end| place.ends_with(end));
        let french = text.get(Language::French);
        if is_sentence {
            assert!(!french.contains('\''), "{place}: {french}");
            for sign in [" ;", " :", " ?", " !", " %", "« ", " »"] {
                assert!(!french.contains(sign), "{place}: {french}");
            }
        }
    }
}

#[test]
fn names_of_sheets_fit_into_a_workbook() {
    let library = shipped();
    for language in Language::ALL {
        let names: BTreeSet<&str> =
            library.sheets.iter().map(|sheet| sheet.name.get(language)).collect();
        assert_eq!(names.len(), library.sheets.len());
        for name in names {
            assert!(name.chars().count() <= 31, "{name}");
            assert!(!name.contains([':', '\\', '/', '?', '*', '[', ']']), "{name}");
        }
    }
}

#[test]
fn attributes_are_recognised_however_their_header_is_typed() {
    let library = shipped();
    for (header, key, by) in [
        ("SalesOpportunityId", "SalesOpportunityId", NameKind::Key),
        ("sales_opportunity_id", "SalesOpportunityId", NameKind::Key),
        ("SALES OPPORTUNITY ID", "SalesOpportunityId", NameKind::Key),
        ("Région", "SalesRegion", NameKind::TemplateName),
        ("ProductFamily", "ProductCategory", NameKind::TemplateName),
        ("ID d’opportunité de vente", "SalesOpportunityId", NameKind::Translation),
        ("NUMERO DE FACTURE", "InvoiceNumber", NameKind::Translation),
        ("商談ＩＤ", "SalesOpportunityId", NameKind::Translation),
        ("hs_object_id", "SalesOpportunityId", NameKind::Alias),
        ("Phase de vente", "SalesStage", NameKind::Alias),
        ("商談所有者", "OpportunityOwner", NameKind::Alias),
    ] {
        let found = library.attribute_of(header).unwrap_or_else(|| panic!("{header}"));
        assert_eq!((found.entry.key.as_str(), found.by), (key, by), "{header}");
    }
    assert!(library.attribute_of("Something of our own").is_none());
    assert!(library.attribute_of("").is_none());
    assert!(library.attribute_of(" - ").is_none());
}

#[test]
fn activities_are_recognised_however_their_label_is_typed() {
    let library = shipped();
    for (label, key, by) in [
        ("QuoteIssued", "QuoteIssued", NameKind::Key),
        ("quote issued", "QuoteIssued", NameKind::Key),
        ("Quote Created", "QuoteIssued", NameKind::TemplateName),
        ("DEVIS EMIS", "QuoteIssued", NameKind::Translation),
        ("見積書発行", "QuoteIssued", NameKind::Translation),
        ("Quote/Proposal Issued", "QuoteIssued", NameKind::Alias),
        ("Devis envoyé", "QuoteIssued", NameKind::Alias),
        ("Deal Won", "OpportunityWon", NameKind::TemplateName),
        ("Closed Won", "OpportunityWon", NameKind::Alias),
        ("Commande honorée/Service livré", "OrderFulfilled", NameKind::Alias),
        ("Hand-over to pipeline", "", NameKind::Alias),
    ] {
        let found = library.activity_of(label);
        let told = found.map_or(("", NameKind::Alias), |found| (&*found.entry.key, found.by));
        assert_eq!(told, (key, by), "{label}");
    }
}

/// The names of the specification that the library must know.
#[test]
fn every_column_of_every_template_is_recognised_in_every_language() {
    let library = shipped();
    for template in &library.templates {
        for attribute in &template.attributes {
            let names = Language::ALL.map(|language| attribute.name.get(language));
            for name in names.into_iter().chain([attribute.column.as_str()]) {
                let found = library.attribute_of(name).unwrap_or_else(|| panic!("{name}"));
                assert_eq!(found.entry.key, attribute.key, "{name}");
            }
        }
        for activity in &template.activities {
            for language in Language::ALL {
                let label = activity.label.get(language);
                let found = library.activity_of(label).unwrap_or_else(|| panic!("{label}"));
                assert_eq!(found.entry.key, activity.key, "{label}");
            }
        }
    }
}

#[test]
fn sheets_know_their_columns_by_any_name() {
    let library = shipped();
    let documents = library.sheet("documents").unwrap();
    for (header, key) in [
        ("DocumentNumber", "DocumentNumber"),
        ("Invoice Number", "DocumentNumber"),
        ("Date de facture", "DocumentDate"),
        ("請求日", "DocumentDate"),
        ("Deal ID", "SalesOpportunityId"),
        ("Échéance", "DueDate"),
    ] {
        let found = library.column_of(documents, header).unwrap_or_else(|| panic!("{header}"));
        assert_eq!(found.key, key, "{header}");
    }
    assert!(library.column_of(documents, "Colour").is_none());
}

#[test]
fn values_are_known_by_any_name() {
    let library = shipped();
    let outcome = library.attribute("OpportunityOutcome").unwrap();
    for (text, key) in [
        ("won", "Won"),
        ("Closed Won", "Won"),
        ("GAGNEE", "Won"),
        ("失注", "Lost"),
        ("Closed – No Decision", "NoDecision"),
        ("見送り", "NoDecision"),
        ("Ouverte", "Open"),
    ] {
        assert_eq!(outcome.value_of(text).unwrap_or_else(|| panic!("{text}")).key, key);
    }
    assert!(outcome.value_of("maybe").is_none());
    assert!(outcome.value_of("").is_none());
    let types = library.list("DocumentType").unwrap();
    assert_eq!(types.value_of("Facture").unwrap().activity.as_deref(), Some("InvoiceGenerated"));
}

/// The files that the documentation shows are read without a mistake.
#[test]
fn the_examples_of_the_documentation_are_right() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/library.md");
    let page = fs::read_to_string(page).unwrap();
    let mut files = shipped_files();
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        let path = text.lines().next().unwrap().trim_start_matches("# ");
        files.push((path.to_owned(), text.to_owned()));
    }
    let (library, problems) = Library::read(files);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(library.attribute_of("Gebiet").unwrap().entry.key, "SalesRegion");
    assert_eq!(library.activity_of("offer sent").unwrap().entry.key, "QuoteIssued");
    assert_eq!(library.attribute_of("Our number").unwrap().entry.key, "SalesOpportunityId");
}
