//! Is the committed description of the API what the program describes, and is it whole?

use serde_json::Value;

use crate::support::{paydirt, repository};

/// Set it to write the description instead of comparing it.
const UPDATE: &str = "PAYDIRT_UPDATE_OPENAPI";

#[test]
fn the_committed_description_is_the_one_of_the_program() {
    let told = paydirt(&["serve", "--openapi"]).ok().stdout;
    let path = repository().join("docs/api/openapi.json");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, &told).expect("the description can be written");
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == told,
        "docs/api/openapi.json is not what the program describes. If the change is meant, run \
         `{UPDATE}=1 cargo test -p paydirt --test it openapi` and commit the file."
    );
}

#[test]
fn every_reference_of_the_description_leads_somewhere() {
    let document = paydirt(&["serve", "--openapi"]).ok().json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut count = 0;
    check(&document, &document, &mut count);
    assert!(count > 100, "{count} references");
    for name in ["params.map", "answer.map", "filter.follows", "CheckResult", "ImportOutcome"] {
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

fn check(document: &Value, part: &Value, count: &mut usize) {
    match part {
        Value::Object(fields) => {
            for (name, value) in fields {
                if let ("$ref", Some(pointer)) = (name.as_str(), value.as_str()) {
                    *count += 1;
                    let pointer = pointer.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{pointer} leads nowhere");
                }
                check(document, value, count);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check(document, item, count)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
