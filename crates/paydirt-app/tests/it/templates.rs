//! Do the workbooks of the data templates hold what they promise, in every language?

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use paydirt_app::library::shipped;
use paydirt_app::template::{self, TemplateFormat};
use paydirt_model::language::Language;
use paydirt_model::problem::ErrorCode;
use paydirt_recipe::library::Library;

/// The members of an archive by name.
fn members(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let mut members = BTreeMap::new();
    for idx in 0..archive.len() {
        let mut member = archive.by_index(idx).expect("the member is listed");
        let mut text = String::new();
        member.read_to_string(&mut text).expect("every part of these is text");
        let name = member.name().expect("names are readable").into_owned();
        members.insert(name, text);
    }
    members
}

fn written(system: &str, language: Language, format: TemplateFormat) -> BTreeMap<String, String> {
    let file = template::file(&shipped(), system, language, format).expect("it can be written");
    members(&file.bytes)
}

/// The texts of the first row of a sheet.
fn headers(workbook: &BTreeMap<String, String>, sheet: usize) -> Vec<String> {
    let shared = &workbook["xl/sharedStrings.xml"];
    let shared: Vec<&str> = shared
        .split("<t")
        .skip(1)
        .filter_map(|part| part.split_once('>')?.1.split_once("</t>"))
        .map(|(text, _)| text)
        .collect();
    let xml = &workbook[&format!("xl/worksheets/sheet{sheet}.xml")];
    let row = xml.split("<row ").nth(1).expect("there is a row");
    let row = row.split("</row>").next().expect("a row ends");
    let values = row.split("<v>").skip(1).filter_map(|part| part.split("</v>").next());
    values
        .map(|value| shared[value.parse::<usize>().expect("a shared text has a number")])
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_template_has_its_sheets_columns_lists_and_names_in_every_language() {
    let library = shipped();
    for template in &library.templates {
        for language in Language::ALL {
            let book = written(&template.system, language, TemplateFormat::Xlsx);
            let workbook = &book["xl/workbook.xml"];
            for sheet in &library.sheets {
                let name = sheet.name.get(language);
                assert!(workbook.contains(&format!("<sheet name=\"{name}\"")), "{name}");
                let defined = format!("<definedName name=\"paydirt_sheet_{}\">", sheet.key);
                assert!(workbook.contains(&defined), "{defined}");
            }
            for (name, value) in [
                ("paydirt_template", &*template.system),
                ("paydirt_template_version", &*template.version),
                ("paydirt_language", language.code()),
            ] {
                let constant = format!("<definedName name=\"{name}\">\"{value}\"</definedName>");
                let quoted =
                    constant.replace(&format!("\"{value}\""), &format!("&quot;{value}&quot;"));
                assert!(workbook.contains(&constant) || workbook.contains(&quoted), "{name}");
            }
            let mut columns = headers(&book, 2);
            assert_eq!(columns[..3], ["SalesOpportunityId", "ActivityName", "EventTime"]);
            columns.sort();
            let mut expected: Vec<String> =
                template.published_attributes().map(|one| one.column.clone()).collect();
            expected.sort();
            assert_eq!(columns, expected, "{} {language:?}", template.system);
            let events = &book["xl/worksheets/sheet2.xml"];
            assert!(events.contains("<formula1>paydirt_list_ActivityName</formula1>"));
            assert!(events.contains("errorStyle=\"warning\""), "other values are kept");
            assert!(events.contains("state=\"frozen\""));
            let count = expected.len();
            assert!(events.contains(&format!("<dataValidations count=\"{count}\">")));
            // A text that the library lacks would stand there as its key.
            for part in book.values() {
                for key in ["read_me.", "status.", "type.", "evidence.", "guide.", "checks."] {
                    assert!(!part.contains(&format!(">{key}")), "{key}");
                }
            }
        }
    }
}

#[test]
fn activities_to_choose_are_those_of_the_template_in_its_language() {
    let book = written("hubspot", Language::French, TemplateFormat::Xlsx);
    let workbook = &book["xl/workbook.xml"];
    let list = workbook.split("name=\"paydirt_list_ActivityName\">").nth(1).unwrap();
    let list = list.split('<').next().unwrap();
    assert_eq!(
        list.replace('\'', ""),
        "Listes!$E$2:$E$15",
        "14 activities after the columns of the stages"
    );
    assert!(book["xl/sharedStrings.xml"].contains("Devis émis"));
    assert!(!book["xl/sharedStrings.xml"].contains("Quote Issued<"));
    let documents = &book["xl/worksheets/sheet5.xml"];
    assert!(documents.contains("<formula1>paydirt_list_DocumentType</formula1>"));
}

/// The formulas of a sheet and the numbers that they gave as the file was written.
fn formulas(sheet: &str) -> Vec<(String, String)> {
    let cells = sheet.split("<f>").skip(1).filter_map(|part| part.split_once("</f><v>"));
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&apos;", "'");
    cells
        .filter_map(|(formula, rest)| Some((plain(formula), rest.split_once("</v>")?.0.to_owned())))
        .collect()
}

#[test]
fn what_is_missing_or_of_another_kind_is_counted_by_formulas() {
    let book = written("hubspot", Language::French, TemplateFormat::Xlsx);
    let checks = &book["xl/worksheets/sheet9.xml"];
    let formulas = formulas(checks);
    let value = |formula: &str| {
        let found = formulas.iter().find(|(known, _)| known == formula);
        found.map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("{formula}: {formulas:?}"))
    };
    let all = |letters: &str| format!("'Événements'!${letters}$2:${letters}$1048576");
    assert_eq!(value(&format!("COUNTIF({},\"EXAMPLE-*\")", all("A"))), "7");
    assert_eq!(value(&format!("COUNTA({})", all("B"))), "7");
    let known = format!("SUMPRODUCT(COUNTIF({},paydirt_list_ActivityName))", all("B"));
    assert_eq!(value(&format!("MAX(0,COUNTA({})-{known})", all("B"))), "0");
    assert_eq!(value(&format!("COUNTA({0})-COUNT({0})", all("C"))), "0", "times that are none");
    assert!(checks.contains("<conditionalFormatting sqref=\"F2:F1048576\">"), "it stands out");
}

#[test]
fn the_same_library_gives_the_same_bytes() {
    for format in [TemplateFormat::Xlsx, TemplateFormat::Csv] {
        let twice = [(); 2].map(|()| {
            template::file(&shipped(), "salesforce", Language::Japanese, format).unwrap()
        });
        assert_eq!(twice[0], twice[1]);
    }
    let file =
        template::file(&shipped(), "salesforce", Language::Japanese, TemplateFormat::Xlsx).unwrap();
    assert_eq!(file.name, "paydirt-salesforce-1.0-ja.xlsx");
}

#[test]
fn each_sheet_is_a_csv_file_whose_name_is_the_same_in_every_language() {
    let files = written("generic", Language::Japanese, TemplateFormat::Csv);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "activity_guide.csv",
            "attribute_guide.csv",
            "cases.csv",
            "checks.csv",
            "documents.csv",
            "events.csv",
            "leads.csv",
            "lists.csv",
            "read_me.csv",
        ]
    );
    let events = &files["events.csv"];
    assert!(
        events.starts_with("\u{feff}SalesOpportunityId,ActivityName,EventTime,LastDataUpdate,")
    );
    assert!(events.contains("EXAMPLE-1,商談作成,2026-01-12 09:30,"), "{events}");
}

#[test]
fn what_is_told_beside_a_template_is_in_its_language() {
    let guides = template::guides(&shipped(), Language::French);
    let hubspot = guides.iter().find(|guide| guide.system == "hubspot").unwrap();
    assert_eq!(hubspot.attributes.len(), 21);
    assert_eq!(hubspot.activities.len(), 14);
    assert_eq!(hubspot.steps.len(), 2);
    assert!(hubspot.steps[0].what.contains("prêt à l’emploi"));
    assert_eq!(hubspot.attributes[0].status_name, "Obligatoire");
    let generic = guides.iter().find(|guide| guide.system == "generic").unwrap();
    assert!(generic.steps[0].what.contains("modèle neutre"));
    for guide in &guides {
        for one in &guide.attributes {
            assert!(!one.type_name.contains("type."), "{}", one.type_name);
            assert!(!one.meaning.is_empty() && !one.why.is_empty(), "{}", one.key);
        }
    }
}

#[test]
fn a_system_without_a_template_is_refused_with_those_there_are() {
    let problem =
        template::file(&shipped(), "nothing", Language::English, TemplateFormat::Xlsx).unwrap_err();
    assert_eq!(problem.code, ErrorCode::TemplateNotFound);
    assert!(problem.to_string().contains("generic"), "{problem}");
}

#[test]
fn a_template_of_ones_own_asks_for_what_every_event_needs() {
    let mut library = Library::clone(&shipped());
    let mut own = library.template("generic").unwrap().clone();
    own.system = "own".to_owned();
    own.attributes.retain(|one| one.key == "SalesRegion");
    own.activities.retain(|one| one.key == "QuoteIssued");
    library.templates.push(own);
    let file =
        template::file(&library, "own", Language::English, TemplateFormat::Csv).expect("it is");
    let events = &members(&file.bytes)["events.csv"];
    let lines: Vec<&str> = events.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "SalesOpportunityId,ActivityName,EventTime,SalesRegion");
    assert_eq!(lines[1..], ["EXAMPLE-1,Quote Issued,2026-02-03 11:15,EMEA"]);
}
