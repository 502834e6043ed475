//! Are settings read, checked and written, and are payment terms understood?

use jiff::civil::{Date, date};
use paydirt_model::problem::ErrorCode;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::chosen::ChosenSettings;
use paydirt_recipe::library::values::{PlainValue, SettingKind, SettingValue};

use crate::library::{shipped, shipped_files};

fn read(text: &str) -> (ChosenSettings, Vec<String>) {
    let (chosen, problems) = ChosenSettings::read(&shipped(), "own.toml", text);
    assert!(problems.iter().all(|one| one.code == ErrorCode::SettingsMistake));
    (chosen, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn every_setting_has_its_texts_and_a_default_that_reads_back() {
    let library = shipped();
    let mut defaults = String::new();
    for setting in &library.settings {
        assert!(!setting.meaning.is_empty(), "{}", setting.key);
        if let Some(default) = &setting.default {
            defaults.push_str(&format!("{} = {}\n", setting.key, setting.written(default)));
        }
    }
    let (chosen, problems) = ChosenSettings::read(&library, "defaults.toml", &defaults);
    assert!(problems.is_empty(), "{problems:?}");
    for setting in &library.settings {
        assert_eq!(chosen.chosen(&setting.key), setting.default.as_ref(), "{}", setting.key);
    }
    let open: Vec<&str> = library
        .settings
        .iter()
        .filter(|one| one.default.is_none())
        .map(|one| one.key.as_str())
        .collect();
    let expected =
        ["reportingCurrency", "pipelinesInScope", "approvalThreshold", "amountBands", "costPerDay"];
    assert_eq!(open, expected);
}

#[test]
fn activities_of_defaults_are_in_the_library() {
    let library = shipped();
    let settings = library.settings.iter().filter(|one| one.shape.kind == SettingKind::Activity);
    let mut count = 0;
    for setting in settings {
        let values = match setting.default.clone() {
            Some(SettingValue::One(one)) => vec![one],
            Some(SettingValue::Many(many)) => many,
            other => panic!("{}: {other:?}", setting.key),
        };
        for value in values {
            let PlainValue::Text(key) = value else { panic!("{}: {value:?}", setting.key) };
            assert!(library.activity(&key).is_some(), "{}: {key}", setting.key);
            count += 1;
        }
    }
    assert_eq!(count, 10);
}

#[test]
fn a_settings_file_says_what_is_chosen_and_the_rest_is_default() {
    let library = shipped();
    let (chosen, problems) = read(
        "idleLimit = 21\nprocessEnd = \"Commande clôturée\"\nworkingCalendar = true\n\
         stallLimits = [{ days = 30 }, { stage = \"Proposal\", days = 60.5 }]\n\
         currencyRates = [{ day = 2025-01-01, from = \"USD\", to = \"EUR\", rate = 0.95 }]\n",
    );
    assert!(problems.is_empty(), "{problems:?}");
    let written = chosen.to_toml(&library);
    assert!(written.contains("stage = \"Proposal\", days = 60.5"), "{written}");
    assert!(written.contains("{ day = \"2025-01-01\", from = \"USD\""), "{written}");
    assert_eq!(ChosenSettings::read(&library, "", &written).0, chosen);
    let value = |key: &str| chosen.value(library.setting(key).unwrap()).cloned();
    let text = |text: &str| Some(SettingValue::One(PlainValue::Text(text.to_owned())));
    assert_eq!(value("idleLimit"), text("21"));
    assert_eq!(value("quoteLimit"), text("14"));
    assert_eq!(value("reportingCurrency"), None);
}

#[test]
fn mistakes_are_told_with_their_line() {
    let (chosen, problems) = read(
        "idleLimit = \"long\"\nidelLimit = 3\nsalesCycleEnd = \"closing\"\nsmallGroup = 0\n\
         stallLimits = [\n  { days = 30 },\n  { days = 5, pipline = \"A\" },\n  \
         { stage = \"B\" },\n]\n\
         timeZone = \"Europe/Atlantis\"\nholidays = [{ day = \"2025-02-30\" }]\nrankMin = 7\n\
         settlementTolerance = 1.5\n",
    );
    let expected = [
        "own.toml: row 1: \"idleLimit\" must be a number, such as 0.15.",
        "own.toml: row 2: \"idelLimit\" is not a field here.",
        "own.toml: row 3: \"closing\" is not known for \"salesCycleEnd\".",
        "own.toml: row 4: \"smallGroup\" must be at least 1.",
        "own.toml: row 7: \"pipline\" is not a field here.",
        "own.toml: row 8: The field \"days\" is missing.",
        "own.toml: row 10: \"timeZone\" must be a time zone in quotes",
        "own.toml: row 11: \"day\" must be a day in quotes",
        "own.toml: row 13: \"settlementTolerance\" must be at most 1.",
    ];
    for wanted in expected {
        assert!(problems.iter().any(|one| one.contains(wanted)), "{wanted}\n{problems:#?}");
    }
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    assert!(chosen.chosen("rankMin").is_some(), "what is right is read all the same");
    assert!(chosen.chosen("stallLimits").is_none());
}

#[test]
fn one_setting_is_chosen_and_put_back() {
    let library = shipped();
    let none = ChosenSettings::default();
    let one = none.clone().with(&library, "salesCycleEnd", "first-won").unwrap();
    assert_eq!(one.to_toml(&library), "salesCycleEnd = \"first-won\"\n");
    let two = one.with(&library, "discountPolicy", "[{ limit = 0.1 }]").unwrap();
    let three = two.with(&library, "noDecisionValues", "[\"sans \\\"suite\\\"\"]").unwrap();
    assert!(three.to_toml(&library).contains("noDecisionValues = [\"sans \\\"suite\\\"\"]\n"));
    let back = three.without(&library, "discountPolicy").unwrap();
    assert!(back.chosen("discountPolicy").is_none());
    let wrong = back.clone().with(&library, "idleLimit", "-1").unwrap_err();
    assert!(wrong.to_string().contains("\"idleLimit\" must be at least 0."), "{wrong}");
    let unknown = back.clone().with(&library, "idelLimit", "1").unwrap_err();
    assert!(unknown.hint.unwrap().to_string().contains("idleLimit"));
    assert!(back.with(&library, "idleLimit", "1\nrankMin = 9").is_err());
}

#[test]
fn a_library_of_ones_own_adds_a_setting_and_changes_a_default() {
    let mut files = shipped_files();
    let own = "[[setting]]\nkey = \"idleLimit\"\ndefault = 7\n\n[[setting]]\nkey = \"visitLimit\"\n\
               kind = \"whole\"\nunit = \"count\"\nmax = 9\ndefault = 10\n\
               name = { en = \"Visits\", fr = \"Visites\", ja = \"訪問\" }\n";
    files.push(("own/settings.toml".to_owned(), own.to_owned()));
    let (library, problems) = Library::read(files);
    let idle = library.setting("idleLimit").unwrap();
    assert_eq!(idle.default, Some(SettingValue::One(PlainValue::Text("7".to_owned()))));
    assert_eq!(library.setting("visitLimit").unwrap().default, None);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("own/settings.toml: row 10: \"default\" must be at most 9."));
}

/// The days on which an invoice of 31 January 2025 is due, and with what.
fn due(text: &str) -> Option<Vec<(u32, Option<String>, Date)>> {
    let terms = shipped().payment_terms(text)?;
    let invoice = date(2025, 1, 31);
    let due = terms.instalments.into_iter().map(|one| {
        let day = one.due(invoice).unwrap();
        (one.percent, one.after, day)
    });
    Some(due.collect())
}

#[test]
fn payment_terms_are_understood_in_three_languages() {
    let all = |day| Some(vec![(100, None, day)]);
    for text in ["Net 30", "30 days", "30 jours", "30日", "３０日", "N30", "NET-30", "30 Days net"]
    {
        assert_eq!(due(text), all(date(2025, 3, 2)), "{text}");
    }
    let receipt =
        ["Due on receipt", "payable à réception", "Dû à réception", "受領時払い", "Immediate"];
    for text in receipt {
        assert_eq!(due(text), all(date(2025, 1, 31)), "{text}");
    }
    for text in ["Net 30 EOM", "30 jours fin de mois"] {
        assert_eq!(due(text), all(date(2025, 3, 31)), "{text}");
    }
    assert_eq!(due("月末締め翌月末"), all(date(2025, 2, 28)));
    assert_eq!(due("2/10 Net 30"), all(date(2025, 3, 2)));
    let early = shipped().payment_terms("2/10 Net 30").unwrap().early.unwrap();
    assert_eq!((early.percent, early.within_days), (2, 10));
    assert_eq!(due("Net 45"), all(date(2025, 3, 17)));
}

#[test]
fn instalments_are_due_with_their_activities() {
    let parts = |first, second| {
        let part = |percent, key: &str| (percent, Some(key.to_owned()), date(2025, 1, 31));
        Some(vec![part(first, "ContractSigned"), part(second, "OrderFulfilled")])
    };
    assert_eq!(due("50% upfront + 50% on delivery"), parts(50, 50));
    assert_eq!(due("30% à l'avance, 70% à la livraison"), parts(30, 70));
    assert_eq!(due("30% upfront + 50% on delivery"), None, "the parts are not the whole");
}

#[test]
fn other_terms_are_not_guessed() {
    for text in ["", "Net", "Net thirty", "as agreed", "Net 30 60", "Net 99999", "30%", "x30"] {
        assert_eq!(due(text), None, "{text}");
    }
}
