//! What may an operation be refused with? Told to the description of the API from one place.
//!
//! Most follows from what the description says of the operation already: that it takes a body,
//! parameters, or names in its address. The rest, its route names under [`PROBLEMS`]. A status and
//! its description are those of the codes.

use std::collections::{BTreeMap, BTreeSet};

use paydirt_model::language::Language;
use paydirt_model::problem::ErrorCode;
use serde_json::{Map, Value, json};

use super::problem::{MEDIA_TYPE, status};
use super::surround::UNBOUNDED;

/// The field of an operation that lists the codes of its problems.
const PROBLEMS: &str = "x-problems";

/// What any request meets.
const ANY: [ErrorCode; 3] = [ErrorCode::CrossSite, ErrorCode::WrongHost, ErrorCode::Internal];
/// What a request meets that looks into the catalogue.
pub(super) const CATALOGUE: [ErrorCode; 1] = [ErrorCode::StoreFailed];
/// What a request meets that reads files of a version.
pub(super) const VERSION_FILES: [ErrorCode; 4] = [
    ErrorCode::VersionDamaged,
    ErrorCode::DamagedFile,
    ErrorCode::FileUnreadable,
    ErrorCode::OverLimit,
];
/// What a request meets that changes the store.
pub(super) const WRITING: [ErrorCode; 4] = [
    ErrorCode::DiskFull,
    ErrorCode::FileUnreadable,
    ErrorCode::FileUnwritable,
    ErrorCode::StoreFailed,
];
/// What a question meets.
pub(super) const QUESTION: [ErrorCode; 8] = [
    ErrorCode::InvalidParameters,
    ErrorCode::InvalidFilter,
    ErrorCode::UnknownActivity,
    ErrorCode::UnknownAttribute,
    ErrorCode::WrongAttributeType,
    ErrorCode::CaseNotFound,
    ErrorCode::OverLimit,
    ErrorCode::Cancelled,
];

/// Lists at every operation what it may be refused with, as responses by status and as codes.
pub(super) fn add_to(document: &mut Value) {
    for (path, operations) in document["paths"].as_object_mut().into_iter().flatten() {
        for operation in operations.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let codes = codes(path, operation);
            let mut by_status: BTreeMap<u16, Vec<ErrorCode>> = BTreeMap::new();
            for &code in &codes {
                by_status.entry(status(code).as_u16()).or_default().push(code);
            }
            for (status, codes) in by_status {
                operation["responses"][status.to_string()] = response(status, &codes);
            }
            let codes: Vec<&str> = codes.into_iter().map(ErrorCode::as_str).collect();
            operation[PROBLEMS] = json!(codes);
        }
    }
}

/// The codes of an operation, in the order of the table.
fn codes(path: &str, operation: &Value) -> BTreeSet<ErrorCode> {
    let mut codes = BTreeSet::from(ANY);
    if !UNBOUNDED.contains(&path) {
        codes.insert(ErrorCode::TookTooLong);
    }
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        if parameter["in"] == "query" {
            codes.insert(ErrorCode::InvalidParameters);
            continue;
        }
        codes.insert(ErrorCode::NoSuchPage);
        codes.extend(match name {
            "log" => Some(ErrorCode::LogNotFound),
            "version" => Some(ErrorCode::VersionNotFound),
            "question" => Some(ErrorCode::UnknownQuestion),
            "system" => Some(ErrorCode::TemplateNotFound),
            _ => None,
        });
    }
    if operation["requestBody"].is_object() {
        codes.extend([ErrorCode::WrongContentType, ErrorCode::BodyTooLarge]);
    }
    if operation["requestBody"]["content"]["application/json"].is_object() {
        codes.insert(ErrorCode::InvalidParameters);
    }
    let named = operation[PROBLEMS].as_array().into_iter().flatten();
    for list in named {
        let list: Vec<ErrorCode> =
            serde_json::from_value(list.clone()).expect("a route names lists of codes");
        codes.extend(list);
    }
    codes
}

/// A response with a problem of one of these codes.
fn response(status: u16, codes: &[ErrorCode]) -> Value {
    let told =
        |code: &ErrorCode| format!("`{}`: {}.", code.as_str(), code.title(Language::English));
    let told: Vec<String> = codes.iter().map(told).collect();
    let mut response = json!({
        "description": told.join(" "),
        "content": { MEDIA_TYPE: {
            "schema": { "$ref": "#/components/schemas/ProblemDocument" },
        } },
    });
    if status == 503 {
        response["headers"] = json!({ "Retry-After": {
            "description": "Seconds after which the request may be sent again.",
            "schema": { "type": "integer" },
        } });
    }
    response
}
