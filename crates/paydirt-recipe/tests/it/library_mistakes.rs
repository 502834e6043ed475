//! Is every mistake in a library file told with its line, and is the rest read all the same?

use paydirt_model::language::Language;
use paydirt_recipe::library::Library;

use crate::library::shipped_files;

/// What is told about one file that is read after the shipped ones.
fn told_of(path: &str, text: &str) -> (Library, Vec<String>) {
    let mut files = shipped_files();
    files.push((path.to_owned(), text.to_owned()));
    let (library, problems) = Library::read(files);
    (library, problems.iter().map(ToString::to_string).collect())
}

fn mistakes(path: &str, text: &str, expected: &[&str]) -> Library {
    let (library, told) = told_of(path, text);
    assert_eq!(told, expected);
    assert!(library.attributes.len() >= 75, "the rest must be read");
    library
}

const COLOUR: &str = r#"[[attribute]]
key = "Colour"
name = { en = "Colour", fr = "Couleur", ja = "色" }
level = "case"
type = "category"
"#;

#[test]
fn an_attribute_of_ones_own_is_added() {
    let library = mistakes("own/attributes.toml", COLOUR, &[]);
    let found = library.attribute_of("couleur").unwrap();
    assert_eq!(found.entry.key, "Colour");
}

#[test]
fn what_is_written_anew_changes_and_the_rest_stays() {
    let text = "[[attribute]]\nkey = \"SalesRegion\"\nname.fr = \"Zone\"\naliases = [\"Gebiet\"]\n\
                personal_data = true\n";
    let library = mistakes("own/attributes.toml", text, &[]);
    let region = library.attribute("SalesRegion").unwrap();
    assert_eq!(region.name.get(Language::French), "Zone");
    assert_eq!(region.name.get(Language::English), "Sales Region");
    assert!(region.personal_data);
    for header in ["Gebiet", "Territory", "zone"] {
        assert_eq!(library.attribute_of(header).unwrap().entry.key, "SalesRegion", "{header}");
    }
}

#[test]
fn an_unknown_field_is_named_with_its_line() {
    let text = format!("{COLOUR}colour = 3\nalias = [\"x\"]\n");
    let library = mistakes(
        "own/attributes.toml",
        &text,
        &[
            "own/attributes.toml: row 6: \"colour\" is not a field here. The fields are: aliases, \
             computed, currency, dates, dates_by, derivation, examples, formula, key, level, meaning, \
             name, personal_data, role, stand_in, type, unit, value, why.",
            "own/attributes.toml: row 7: \"alias\" is not a field here. The fields are: aliases, \
             computed, currency, dates, dates_by, derivation, examples, formula, key, level, meaning, \
             name, personal_data, role, stand_in, type, unit, value, why. Did you mean \"aliases\"?",
        ],
    );
    assert!(library.attribute("Colour").is_some());
}

#[test]
fn a_missing_language_is_named_and_another_shown() {
    let text = "[[attribute]]\nkey = \"Colour\"\nname.en = \"Colour\"\nname.ja = \"色\"\n\
                level = \"case\"\ntype = \"text\"\n";
    let library = mistakes(
        "own/attributes.toml",
        text,
        &[
            "own/attributes.toml: row 3: \"name\" has no text for the language \"fr\"; \"Colour\" is \
           shown instead. Write a line such as name.fr = \"…\".",
        ],
    );
    let colour = library.attribute("Colour").unwrap();
    assert_eq!(colour.name.get(Language::French), "Colour");
}

#[test]
fn unknown_words_are_told_with_those_that_are_known() {
    let text = COLOUR.replace("\"case\"", "\"cases\"");
    let library = mistakes(
        "own/attributes.toml",
        &text,
        &["own/attributes.toml: row 4: \"cases\" is not known for \"level\". Expected one of: \
           event, case, history, data_set."],
    );
    assert!(library.attribute("Colour").is_none());
    mistakes(
        "own/attributes.toml",
        &COLOUR.replace("\"category\"", "7"),
        &["own/attributes.toml: row 5: \"type\" must be a text in quotes."],
    );
}

#[test]
fn missing_fields_are_named() {
    mistakes(
        "own/activities.toml",
        "\n[[activity]]\nkey = \"Painted\"\nrank = \"last\"\n",
        &[
            "own/activities.toml: row 2: The field \"name\" is missing.",
            "own/activities.toml: row 4: \"rank\" must be a whole number.",
        ],
    );
    mistakes(
        "own/activities.toml",
        "[[activity]]\nname = { en = \"a\", fr = \"b\", ja = \"c\" }\n",
        &["own/activities.toml: row 1: The field \"key\" is missing."],
    );
}

#[test]
fn a_key_stands_in_a_file_once() {
    mistakes(
        "own/attributes.toml",
        &format!("{COLOUR}\n{COLOUR}"),
        &["own/attributes.toml: row 7: \"Colour\" is in this file already, in line 1; the second \
           entry is left out. Put both into one entry, or give one of them another key."],
    );
}

#[test]
fn an_alias_stands_for_one_thing() {
    let library = mistakes(
        "own/attributes.toml",
        &format!("{COLOUR}aliases = [\"Hue\",\n  \"territory\"]\n"),
        &["own/attributes.toml: row 7: \"territory\" already stands for \"SalesRegion\", so it \
           cannot stand for \"Colour\" too. Leave it out here, or change the other entry."],
    );
    assert_eq!(library.attribute_of("Territory").unwrap().entry.key, "SalesRegion");
    assert_eq!(library.attribute_of("hue").unwrap().entry.key, "Colour");
}

#[test]
fn a_role_belongs_to_one_attribute() {
    mistakes(
        "own/attributes.toml",
        &format!("{COLOUR}role = \"case\"\n"),
        &[
            "own/attributes.toml: row 1: \"Colour\" has the same role as \"SalesOpportunityId\"; each \
           role belongs to one attribute.",
        ],
    );
}

#[test]
fn keys_that_do_not_exist_are_named_and_the_near_one_suggested() {
    let text = "system = \"own\"\nversion = \"1\"\nname = { en = \"a\", fr = \"b\", ja = \"c\" }\n\
                [[attribute]]\nkey = \"SalesRegon\"\nstatus = \"optional\"\n\
                [[attribute]]\nkey = \"SalesStage\"\nstatus = \"optional\"\n\
                [[activity]]\nkey = \"Painting\"\nstatus = \"optional\"\nevidence = \"explicit\"\n";
    let library = mistakes(
        "own/templates/own.toml",
        text,
        &[
            "own/templates/own.toml: row 4: There is no attribute \"SalesRegon\" in the library. \
             Did you mean \"SalesRegion\"?",
            "own/templates/own.toml: row 10: There is no activity \"Painting\" in the library.",
        ],
    );
    let own = library.template("own").unwrap();
    assert_eq!(own.attributes.len(), 1);
    assert_eq!(own.attributes[0].name.get(Language::Japanese), "営業ステージ");
    let coverage = "[[row]]\nkey = \"x\"\nname = { en = \"a\", fr = \"b\", ja = \"c\" }\n\
                    needs = [[\"activity.Painted\", \"colour\"]]\nunlocks = [\"K99\"]\n";
    mistakes(
        "coverage.toml",
        coverage,
        &[
            "coverage.toml: row 4: \"colour\" is no need; expected activity, attribute, sheet or \
             setting, a point and a key, such as activity.Approved.",
            "coverage.toml: row 4: There is no activity \"Painted\" in the library.",
            "coverage.toml: row 5: There is no figure \"K99\" in the library. Did you mean \"K9\"?",
        ],
    );
}

#[test]
fn a_line_that_is_no_toml_does_not_lose_the_file() {
    let (library, told) = told_of("attributes.toml", &format!("{COLOUR}why = \n\n{COLOUR_TWO}"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("attributes.toml: row 6: The line is not written as TOML"));
    assert!(library.attribute("Colour").is_some());
    assert!(library.attribute("Shade").is_some());
}

const COLOUR_TWO: &str = r#"[[attribute]]
key = "Shade"
name = { en = "Shade", fr = "Nuance", ja = "濃淡" }
level = "case"
type = "text"
"#;

#[test]
fn files_of_other_names_are_told_and_those_that_are_no_toml_left_alone() {
    mistakes(
        "own/attribute.toml",
        COLOUR,
        &["own/attribute.toml: This is no file of a library, so it was not read. The files are: \
           process.toml, attributes.toml, activities.toml, documents.toml, \
            templates/<system>.toml, quality.toml, settings.toml, terms.toml, coverage.toml, \
           workbook.toml."],
    );
    mistakes("own/notes.txt", "anything", &[]);
    mistakes("own/activities.toml", "", &[]);
}

#[test]
fn a_mistake_is_told_in_every_language() {
    let mut files = shipped_files();
    files.push(("a/attributes.toml".to_owned(), format!("{COLOUR}unit = 3\n")));
    let (_, problems) = Library::read(files);
    let french = problems[0].clone().told_in(Language::French).to_string();
    assert!(
        french.contains("«\u{202f}unit\u{202f}» doit être un texte dans chaque langue"),
        "{french}"
    );
}

/// A further system is data alone: what Pipedrive is to the program is in its file.
#[test]
fn a_system_is_known_by_its_file_alone() {
    let without = shipped_files().into_iter().filter(|(path, _)| !path.contains("pipedrive"));
    let (library, problems) = Library::read(without);
    assert!(problems.is_empty());
    assert!(library.template("pipedrive").is_none());
    assert!(library.template("hubspot").is_some());
}
