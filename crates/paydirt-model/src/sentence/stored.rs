//! How is what was said kept, so that a later reader is told it in his own language?
//!
//! A sentence is kept as its template and values (see [`Sentence::keep_untold`]). What was kept as
//! plain text, by releases that had no languages, stays as it is.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Sentence;
use crate::language::Language;
use crate::problem::ErrorCode;

impl Sentence {
    /// The sentence as text that keeps template and values.
    #[must_use]
    pub fn to_stored_text(&self) -> String {
        let mut kept = self.clone();
        kept.keep_untold();
        serde_json::to_string(&kept).expect("a sentence is plain data")
    }

    /// The sentence of a text that [`Sentence::to_stored_text`] made; any other text is the same
    /// in every language.
    #[must_use]
    pub fn of_stored_text(text: &str) -> Sentence {
        let kept = serde_json::from_str(text).ok().and_then(|value| kept(&value));
        kept.unwrap_or_else(|| Sentence::from(text))
    }
}

/// Tells every sentence that is kept somewhere in a JSON value: its place is taken by a text in
/// the language. A problem that is kept gets its title in the language too.
pub fn tell(value: &mut Value, language: Language) {
    if let Some(sentence) = kept(value) {
        *value = Value::String(sentence.in_language(language));
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| tell(item, language)),
        Value::Object(fields) => {
            tell_title(fields, language);
            fields.values_mut().for_each(|field| tell(field, language));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn tell_title(fields: &mut Map<String, Value>, language: Language) {
    let is_problem = fields.get("detail").and_then(kept).is_some();
    let code = fields.get("code").and_then(|code| ErrorCode::deserialize(code).ok());
    if let (true, Some(code), Some(title)) = (is_problem, code, fields.get_mut("title")) {
        *title = code.title(language).into();
    }
}

fn kept(value: &Value) -> Option<Sentence> {
    let fields = value.as_object()?;
    let is_kept = fields.len() == 2 && fields.contains_key("say") && fields.contains_key("with");
    if is_kept { Sentence::deserialize(value).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::problem::Problem;
    use crate::say;

    #[test]
    fn a_text_keeps_what_can_be_told() {
        let said = say!("\"{name}\" is not a time zone.", name = "Mars");
        let read = Sentence::of_stored_text(&said.to_stored_text());
        assert_eq!(read, said);
        assert_eq!(read.in_language(Language::Japanese), "「Mars」はタイムゾーンではありません。");
    }

    #[test]
    fn a_text_of_earlier_releases_stays() {
        for text in ["its file main.parquet is missing.", "", "{", "3", "{\"say\":1,\"with\":[]}"] {
            assert_eq!(Sentence::of_stored_text(text).in_language(Language::French), text);
        }
    }

    #[test]
    fn a_kept_problem_is_told_with_its_title() {
        let detail = say!("\"{name}\" is not a time zone.", name = "Mars");
        let mut problem = Problem::new(ErrorCode::TimeZoneUnknown, detail);
        problem.keep_untold();
        let mut value = json!({"problem": problem});
        tell(&mut value, Language::Japanese);
        let told = problem.told_in(Language::Japanese);
        assert_eq!(value, json!({"problem": told}));
        assert_eq!(value["problem"]["title"], "不明なタイムゾーンです");
    }

    #[test]
    fn sentences_are_told_wherever_they_are_kept() {
        let mut said = say!("\"{name}\" is not a time zone.", name = "Mars");
        said.keep_untold();
        let mut value = json!({"notes": [said, "old"], "cases": 3, "say": "x"});
        tell(&mut value, Language::English);
        let told =
            json!({"notes": ["\"Mars\" is not a time zone.", "old"], "cases": 3, "say": "x"});
        assert_eq!(value, told);
    }
}
