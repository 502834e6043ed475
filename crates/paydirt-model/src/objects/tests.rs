//! Is what a request holds read as it should be, and what is wrong told in words?

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::mistake::nearest;
use super::*;
use crate::language::Language;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "what is read is of no interest")]
struct Outer {
    #[serde(default)]
    inner: Option<Inner>,
    #[serde(default)]
    list: Vec<Inner>,
    #[serde(default)]
    named: BTreeMap<String, Inner>,
    #[serde(default)]
    choice: Option<Choice>,
    #[serde(default)]
    pair: (u64, Option<f64>),
    #[serde(default)]
    anything: Value,
    #[serde(default)]
    is_open: bool,
    #[serde(default, deserialize_with = "tagged")]
    chosen: Option<Chosen>,
    #[serde(default, deserialize_with = "tagged_list")]
    all_chosen: Vec<Chosen>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "what is read is of no interest")]
struct Inner {
    name: String,
    count: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "what is read is of no interest")]
enum Choice {
    Plain,
    One(Inner),
    Named { inner: Inner },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(dead_code, reason = "what is read is of no interest")]
enum Chosen {
    Page { name: String },
    Other,
}

fn told(value: Value) -> String {
    read::<Outer>(&value).unwrap_err().told().to_string()
}

#[test]
fn a_list_in_place_of_an_object_is_refused_at_every_depth() {
    let inner = json!(["a", 1]);
    let list =
        |path: &str| format!("\"{path}\" is a list; expected is an object with named fields.");
    assert_eq!(told(json!({"inner": inner})), list("inner"));
    assert_eq!(told(json!({"list": [{"name": "a"}, inner]})), list("list[1]"));
    assert_eq!(told(json!({"named": {"b": inner}})), list("named.b"));
    assert_eq!(told(json!({"choice": {"one": inner}})), list("choice.one"));
    assert_eq!(told(json!({"choice": {"named": {"inner": inner}}})), list("choice.named.inner"));
    assert_eq!(told(json!({"chosen": ["page", "map"]})), list("chosen"));
    assert_eq!(
        told(json!({"all_chosen": [{"kind": "other"}, ["page", "map"]]})),
        list("all_chosen[1]")
    );
    assert_eq!(
        told(json!([null, []])),
        "What was given is a list; expected is an object with named fields."
    );
    // The usual reader would have taken the list.
    assert!(serde_json::from_value::<Outer>(json!({"inner": inner})).is_ok());
}

#[test]
fn a_mistake_says_where_what_was_given_and_what_is_expected() {
    assert_eq!(
        told(json!({"inner": {"name": "a", "count": "ten"}})),
        "\"inner.count\" is \"ten\"; expected is a whole number from 0 to 4,294,967,295."
    );
    assert_eq!(
        told(json!({"list": [{"name": "a", "count": -1}]})),
        "\"list[0].count\" is -1; expected is a whole number from 0 to 4,294,967,295."
    );
    assert_eq!(
        told(json!({"list": [{"name": "a", "count": 1.5}]})),
        "\"list[0].count\" is 1.5; expected is a whole number from 0 to 4,294,967,295."
    );
    assert_eq!(told(json!({"inner": {"name": 7}})), "\"inner.name\" is 7; expected is a text.");
    assert_eq!(
        told(json!({"inner": {"name": null}})),
        "\"inner.name\" is empty (null); expected is a text."
    );
    assert_eq!(told(json!({"is_open": "x"})), "\"is_open\" is \"x\"; expected is true or false.");
    assert_eq!(
        told(json!({"list": {}})),
        "\"list\" is an object with named fields; expected is a list."
    );
    assert_eq!(told(json!({"inner": {}})), "\"inner.name\" is missing.");
    assert_eq!(told(json!({"chosen": {"kind": "page"}})), "\"chosen.name\" is missing.");
    assert_eq!(told(json!({"chosen": {"name": "a"}})), "\"chosen.kind\" is missing.");
    assert_eq!(told(json!({"pair": [1, 2, 3]})), "\"pair\" has 3 values; expected are 2.");
    assert_eq!(told(json!({"pair": [1]})), "\"pair\" has 1 value; expected are 2.");
    assert_eq!(told(json!({"choice": 5})), "\"choice\" is 5; expected is a text.");
}

#[test]
fn a_mistake_in_a_type_that_is_chosen_by_a_word_says_where_too() {
    let in_list = |chosen: Value| told(json!({"all_chosen": [{"kind": "other"}, chosen]}));
    assert_eq!(in_list(json!({"kind": "page"})), "\"all_chosen[1].name\" is missing.");
    assert_eq!(in_list(json!({"name": "a"})), "\"all_chosen[1].kind\" is missing.");
    assert_eq!(
        in_list(json!({"kind": "page", "name": 7})),
        "\"all_chosen[1].name\" is 7; expected is a text."
    );
    assert_eq!(
        in_list(json!({"kind": "page", "nane": "a"})),
        "\"all_chosen[1].nane\" is not known. Did you mean \"name\"? Possible are: name."
    );
    assert_eq!(
        in_list(json!({"kind": "view", "name": "a"})),
        "\"all_chosen[1].kind\" cannot be \"view\". Possible are: page, other."
    );
    assert_eq!(
        in_list(json!(5)),
        "\"all_chosen[1]\" is 5; expected is an object with named fields."
    );
    assert_eq!(told(json!({"all_chosen": 5})), "\"all_chosen\" is 5; expected is a list.");
    assert_eq!(
        told(json!({"chosen": {"kind": "page", "name": 7}})),
        "\"chosen.name\" is 7; expected is a text."
    );
    // Where two fields have the value, neither is named.
    assert_eq!(
        told(json!({"chosen": {"kind": "page", "name": null, "other": null}})),
        "\"chosen\" is empty (null); expected is a text."
    );
}

#[test]
fn the_nearest_known_name_is_offered() {
    assert_eq!(
        told(json!({"inner": {"nane": "a"}})),
        "\"inner.nane\" is not known. Did you mean \"name\"? Possible are: name, count."
    );
    assert_eq!(
        told(json!({"inner": {"width": 3}})),
        "\"inner.width\" is not known. Possible are: name, count."
    );
    assert_eq!(
        told(json!({"choice": "plan"})),
        "\"choice\" cannot be \"plan\". Did you mean \"plain\"? Possible are: plain, one, named."
    );
    assert_eq!(
        told(json!({"chosen": {"kind": "view"}})),
        "\"chosen.kind\" cannot be \"view\". Possible are: page, other."
    );
    assert_eq!(nearest("Median", &["mean", "median", "min"]), Some("median"));
    assert_eq!(nearest("", &["a"]), None);
    assert_eq!(nearest("x", &[]), None);
}

#[test]
fn a_mistake_is_told_in_every_language() {
    let mistake = read::<Outer>(&json!({"inner": {"name": "a", "count": []}})).unwrap_err();
    assert_eq!(
        mistake.told().in_language(Language::French),
        "«\u{202f}inner.count\u{202f}» est une liste\u{202f}; attendu\u{202f}: un nombre entier \
         de 0 à 4\u{202f}294\u{202f}967\u{202f}295."
    );
    assert_eq!(
        mistake.told().in_language(Language::Japanese),
        "「inner.count」にリストが指定されています。正しくは0から4,294,967,295までの整数を指定してください。"
    );
    assert_eq!(mistake.parameter().as_deref(), Some("inner.count"));
}

#[test]
fn what_is_as_it_should_be_passes() {
    let inner = json!({"name": "a", "count": 1});
    for value in [
        json!({}),
        json!({"inner": null, "list": [], "named": {}}),
        json!({"inner": inner, "list": [inner, inner], "named": {"b": inner}}),
        json!({"choice": "plain", "pair": [1, null], "anything": [[1], {"a": []}]}),
        json!({"choice": {"one": inner}}),
        json!({"chosen": {"kind": "page", "name": "map"}, "is_open": true}),
        json!({"choice": {"named": {"inner": inner}}, "pair": [1, 2.5]}),
    ] {
        read::<Outer>(&value).unwrap();
        serde_json::from_value::<Outer>(value).unwrap();
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    size: u32,
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    order: Option<Order>,
    #[serde(default)]
    name: String,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    Rising,
    Falling,
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn parameters_of_an_address_are_read_from_texts() {
    let given =
        [("size", "7"), ("from", "-2"), ("open", "true"), ("order", "falling"), ("name", "12")];
    let page: Page = read_pairs(&pairs(&given)).unwrap();
    let order = Some(Order::Falling);
    assert_eq!(page, Page { size: 7, from: Some(-2), open: true, order, name: "12".into() });
    let all: Vec<(String, String)> = read_pairs(&pairs(&given)).unwrap();
    assert_eq!(all, pairs(&given));

    let told =
        |given: &[(&str, &str)]| read_pairs::<Page>(&pairs(given)).unwrap_err().told().to_string();
    assert_eq!(
        told(&[("size", "ten")]),
        "\"size\" is \"ten\"; expected is a whole number from 0 to 4,294,967,295."
    );
    assert_eq!(told(&[]), "\"size\" is missing.");
    assert_eq!(told(&[("size", "1"), ("size", "2")]), "\"size\" is given twice.");
    assert_eq!(
        told(&[("sise", "1")]),
        "\"sise\" is not known. Did you mean \"size\"? \
         Possible are: size, from, open, order, name."
    );
    assert_eq!(
        told(&[("size", "1"), ("order", "up")]),
        "\"order\" cannot be \"up\". Possible are: rising, falling."
    );
}
