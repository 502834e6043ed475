//! What are the fields of an answer called in each language?
//!
//! The catalogues `text/fr.json` and `text/ja.json` of this crate hold the words of field names
//! and the texts of the help, each under its English form.

use std::collections::HashMap;
use std::sync::LazyLock;

use paydirt_model::language::Language;

type Catalogue = HashMap<String, String>;

static FRENCH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../text/fr.json")));
static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../text/ja.json")));

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("a catalogue is an object of texts; its tests read it")
}

/// The catalogue of a language; none for English, which is the key.
pub(super) fn catalogue(language: Language) -> Option<&'static Catalogue> {
    match language {
        Language::English => None,
        Language::French => Some(&FRENCH),
        Language::Japanese => Some(&JAPANESE),
    }
}

/// The translation of a word or a text.
pub(super) fn known(english: &str, language: Language) -> Option<&'static str> {
    catalogue(language)?.get(english).map(String::as_str)
}

/// A word or a text in a language; itself where it has no translation, as names of attributes.
pub(super) fn word(english: &str, language: Language) -> &str {
    known(english, language).unwrap_or(english)
}

/// The name of a field in words: `case_count` is "case count".
pub(super) fn field(name: &str, language: Language) -> String {
    let words = name.replace('_', " ");
    let without_unit = words.strip_suffix(" s").unwrap_or(&words);
    known(without_unit, language).unwrap_or(&words).to_owned()
}

/// The name of a field as the beginning of a line.
pub(super) fn label(name: &str, language: Language) -> String {
    let name = field(name.strip_suffix("_s").unwrap_or(name), language);
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use paydirt_app::analyse;
    use serde_json::Value;

    use super::*;

    /// Words of tables that are no field of an answer.
    const OTHERS: &str = "column role reason activity-date main lead document activity attribute instance \
                          lifecycle resource time value times problem code title detail place \
                          hint filter cases-removed events-removed M€-·-days \
                          waits-with-a-value log version versions last-event changed is made-by \
                          from bytes published current pinned damaged events-before \
                          events-after added removed number page filters id kind state system \
                          created-at updated-at definition setting settings computed";

    /// Every name of a field and every value of a list of values, in words.
    fn collect(schema: &Value, into: &mut BTreeSet<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let names = properties.keys().map(|name| name.replace('_', " "));
            into.extend(names.map(|name| name.strip_suffix(" s").unwrap_or(&name).to_owned()));
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            into.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        match schema {
            Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            _ => {}
        }
    }

    /// All words that the tables of answers and reports show.
    fn shown() -> BTreeSet<String> {
        let mut words: BTreeSet<String> =
            OTHERS.split_whitespace().map(|word| word.replace('-', " ")).collect();
        for (question, _) in analyse::questions() {
            let schema = analyse::question_schema(question).unwrap();
            let schema = serde_json::to_value(schema).unwrap();
            collect(&schema["answer"], &mut words);
            collect(&schema["components"], &mut words);
        }
        words
    }

    #[test]
    fn every_word_and_help_text_is_translated_and_no_other() {
        let mut wanted = shown();
        wanted.extend(crate::cli::help::texts());
        for language in [Language::French, Language::Japanese] {
            let known: BTreeSet<String> = catalogue(language).unwrap().keys().cloned().collect();
            let missing: Vec<&String> = wanted.difference(&known).collect();
            assert!(missing.is_empty(), "{} lacks {missing:#?}", language.code());
            let unused: Vec<&String> = known.difference(&wanted).collect();
            assert!(unused.is_empty(), "{} has {unused:#?}", language.code());
        }
    }

    #[test]
    fn the_value_of_an_argument_is_named_by_a_word() {
        use clap::CommandFactory;

        fn check(command: &clap::Command) {
            let arguments = command.get_arguments();
            for argument in arguments.filter(|it| it.get_action().takes_values()) {
                for name in argument.get_value_names().unwrap_or_default() {
                    let shown = format!("{} of {}", argument.get_id(), command.get_name());
                    assert!(!name.contains('_'), "{shown}: {name}");
                }
            }
            command.get_subcommands().for_each(check);
        }
        let mut command = crate::cli::Arguments::command();
        command.build();
        check(&command);
        let french = known("CASE", Language::French);
        assert_eq!((french, known("CASE", Language::Japanese)), (Some("CAS"), Some("ケース")));
    }

    #[test]
    fn fields_are_words_of_the_language() {
        assert_eq!(label("case_duration_s", Language::English), "Case duration");
        assert_eq!(field("wait_s", Language::English), "wait s");
        assert_eq!(label("median", Language::French), "Médiane");
        assert_eq!(field("median", Language::Japanese), "中央値");
        assert_eq!(field("Montant de l'offre", Language::French), "Montant de l'offre");
    }
}
