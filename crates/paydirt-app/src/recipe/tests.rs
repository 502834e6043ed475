//! Does a recipe say how a file was read, and is a file that does not fit told exactly?

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use paydirt_model::automatic::{DecimalSign, ReadingRule, ReadingRules, SerialSystem};
use paydirt_model::mapping::DateOrder;

use super::*;
use crate::convert;
use crate::import::{Imported, import_file};

fn imported(path: &Path, settings: &ImportSettings) -> Result<Imported, Problem> {
    import_file(path, settings, 1, &AtomicBool::new(false), &|_, _| {})
}

fn file(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The recipe of an import as a file, and what it asks for when it is read again.
fn recipe_of(imported: &Imported) -> (String, ImportSettings) {
    let text = of(&imported.exact, RecipeTarget::default()).to_toml();
    let order = read("recipe.toml", &text).unwrap_or_else(|problems| panic!("{problems:?} {text}"));
    assert_eq!(of(&order.settings, RecipeTarget::default()).to_toml(), text, "written once more");
    (text, order.settings)
}

const DEALS: &str = "Deal ID;Step;Date;Owner;Amount;Note\n\
    D1;Call;03.02.2026;Ann;1.234,50;x\nD1;Sale;28.02.2026;Ann;1.234,50;\n\
    D2;Call;04.02.2026;Bob;99,00;y\n";

#[test]
fn a_recipe_says_how_a_file_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "deals.csv", DEALS);
    let first = imported(&path, &ImportSettings::detect()).unwrap();
    let (text, settings) = recipe_of(&first);
    for line in [
        "recipe = 1",
        "other_columns = \"leave_out\"",
        "zone = \"UTC\"",
        "order = \"day_first\"",
        "decimal = \"comma\"",
        "name = \"Deal ID\"\nrole = \"case\"",
        "name = \"Amount\"\ntype = \"decimal\"\nlevel = \"case\"",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let again = imported(&path, &settings).unwrap();
    assert_eq!(csv_of(&first), csv_of(&again));
    assert_eq!(again.exact, ImportSettings { now: None, ..first.exact });
}

fn csv_of(imported: &Imported) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let stop = AtomicBool::new(false);
    let format = convert::OutputFormat::of(&path).unwrap();
    convert::write_log(&imported.log, &path, format, &stop).unwrap();
    std::fs::read_to_string(&path).unwrap()
}

#[test]
fn a_file_that_does_not_fit_is_told_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "deals.csv", DEALS);
    let (_, settings) = recipe_of(&imported(&path, &ImportSettings::detect()).unwrap());
    let renamed = file(folder.path(), "renamed.csv", &DEALS.replace("Amount", "Betrag"));
    let problem = imported(&renamed, &settings).unwrap_err();
    assert_eq!(problem.code, ErrorCode::RecipeMisfit);
    assert_eq!(problem.place.column.as_deref(), Some("Amount"));
    assert_eq!(
        problem.detail.to_string(),
        "1 column of the recipe is not in the file: \"Amount\"."
    );
    assert!(problem.hint.unwrap().to_string().contains("\"Betrag\""));
    let more = DEALS
        .replace(";Note", ";Note;New")
        .replace(";x\n", ";x;1\n")
        .replace("50;\n", "50;;2\n")
        .replace(";y\n", ";y;3\n");
    let more = file(folder.path(), "more.csv", &more);
    let read = imported(&more, &settings).unwrap();
    let note = "1 column that the recipe does not name was left out: \"New\".";
    assert!(read.report.notes.iter().any(|known| *known == note));
    assert!(read.log.context().attribute("New").is_err());
}

#[test]
fn dates_in_another_order_than_the_recipe_are_refused_and_open_ones_settled() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "deals.csv", DEALS);
    let (_, settings) = recipe_of(&imported(&path, &ImportSettings::detect()).unwrap());
    let open = DEALS.replace("28.02.2026", "05.02.2026");
    let open = file(folder.path(), "open.csv", &open);
    let asked = imported(&open, &ImportSettings::detect()).unwrap_err();
    assert_eq!(asked.code, ErrorCode::AmbiguousDate);
    let read = imported(&open, &settings).unwrap();
    assert_eq!(read.log.context().last_event_at.unwrap().to_string(), "2026-02-05T00:00:00Z");
    let other = DEALS.replace("28.02.2026", "02.28.2026");
    let other = file(folder.path(), "other.csv", &other);
    assert_eq!(imported(&other, &settings).unwrap_err().code, ErrorCode::RecipeMisfit);
}

#[test]
fn every_table_of_the_repository_is_read_the_same_by_its_recipe() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let mut compared = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_small = std::fs::metadata(&path).unwrap().len() < 2 << 20;
            let is_table = ["csv", "tsv", "xlsx", "xes"]
                .iter()
                .any(|ending| path.extension().is_some_and(|known| known == *ending));
            let library = Some(crate::library::shipped());
            let settings = ImportSettings { library: library.clone(), ..ImportSettings::detect() };
            if !is_small || !is_table {
                continue;
            }
            let Ok(first) = imported(&path, &settings) else { continue };
            let (text, settings) = recipe_of(&first);
            let again = imported(&path, &ImportSettings { library, ..settings })
                .unwrap_or_else(|problem| panic!("{}: {problem:?}\n{text}", path.display()));
            assert_eq!(csv_of(&first), csv_of(&again), "{}\n{text}", path.display());
            compared += 1;
        }
    }
    assert!(20 <= compared, "only {compared} files");
}

#[test]
fn mistakes_are_told_with_their_lines() {
    let text = "recipe = 1\nmod = \"append\"\nkey = [\"a\"]\n[times]\nzone = \"Mars\"\n\
        [[column]]\nname = \"A\"\nrole = \"cases\"\n[[column]]\nname = \"A\"\n\
        [[column]]\ntype = \"text\"\n";
    let problems = read("r.toml", text).unwrap_err();
    let told: Vec<(u64, String)> = problems
        .iter()
        .map(|problem| {
            assert_eq!(problem.code, ErrorCode::RecipeMistake);
            assert_eq!(problem.place.file.as_deref(), Some("r.toml"));
            (problem.place.row.unwrap(), problem.detail.to_string())
        })
        .collect();
    for (row, part) in [
        (2, "\"mod\" is not a field here"),
        (3, "\"key\" belongs to the mode \"upsert\""),
        (5, "\"zone\" must be a time zone"),
        (8, "\"cases\" is not known for \"role\""),
        (9, "stands in the recipe twice"),
        (11, "The field \"name\" is missing"),
    ] {
        assert!(
            told.iter().any(|(at, text)| *at == row && text.contains(part)),
            "{part}: {told:?}"
        );
    }
    let of = |text: &str| read("r.toml", text).unwrap_err()[0].detail.to_string();
    assert!(of("recipe = 2").contains("format version 2"));
    assert!(of("log = \"Deals\"").contains("not a recipe"));
}

/// Written out without a default, so that a new setting has to find its place in the recipe.
fn every_setting() -> ImportSettings {
    let text = |text: &str| Some(text.to_owned());
    let attribute = |column: &str, level| AttributeMapping {
        name: text("Other name"),
        kind: Some(AttributeType::Money),
        level: Some(level),
        currency: text("EUR"),
        currency_column: text("C"),
        ..AttributeMapping::detected(column)
    };
    let (of_case, of_event) = (AttributeLevel::Case, AttributeLevel::Event);
    ImportSettings {
        row: Some(RowMeaning::Event),
        date_columns: Some(vec![DateColumn { column: "D".to_owned(), activity: text("Done") }]),
        case: text("case"),
        activity: text("activity"),
        time: text("time"),
        start: text("start"),
        resource: text("who"),
        lifecycle: text("life"),
        instance: text("instance"),
        pipeline: text("P"),
        columns: Some(vec![
            attribute("A", of_case),
            attribute("A", of_event),
            attribute("who", of_event),
            attribute("life", of_case),
            attribute("instance", of_case),
        ]),
        other_columns: Some(OtherColumns::LeaveOut),
        time_zone: text("Asia/Tokyo"),
        date_format: text("%d \"%m\" %Y"),
        date_order: Some(DateOrder::MonthFirst),
        classifier: text("classifier"),
        object_type: text("type"),
        member: text("a/b.csv"),
        pairs_lifecycle: true,
        encoding: text("shift_jis"),
        delimiter: text("tab"),
        header: Some(ColumnNames::None),
        header_row: Some(3),
        sheet: text("見積"),
        process: text("-"),
        activities: Some(vec![
            ActivityMeaning { label: "L".to_owned(), pipeline: text("P1"), activity: text("K") },
            ActivityMeaning { label: "L".to_owned(), pipeline: None, activity: None },
        ]),
        rules: ReadingRules {
            off: vec![ReadingRule::FooterLines, ReadingRule::Percents],
            blank_words: Some(Vec::new()),
            decimal: Some(DecimalSign::Point),
            serial_dates: Some(SerialSystem::From1904),
            text_columns: Vec::new(),
            percent_columns: vec!["A".to_owned()],
        },
        only_core: false,
        text_columns: Vec::new(),
        now: None,
        library: None,
        remembered: Arc::default(),
    }
}

#[test]
fn every_setting_has_its_place() {
    let settings = every_setting();
    let target = RecipeTarget {
        files: vec!["a*.csv".to_owned()],
        log: Some("Deals".to_owned()),
        mode: Some(RecipeMode::Upsert),
        key: vec!["case".to_owned(), "A \"b\"".to_owned()],
    };
    let order = read("recipe.toml", &of(&settings, target.clone()).to_toml()).unwrap();
    assert_eq!(order.settings, settings);
    let RecipeOrder { files, log, mode, key, .. } = order;
    assert_eq!(RecipeTarget { files, log, mode, key }, target);
}
