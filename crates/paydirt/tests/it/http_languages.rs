//! Does each reader of the server get the texts in his own language, also those kept for later?

use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::support::folder;

/// A file with a row that cannot be used and amounts with decimal commas.
const DIRTY: &str = "case,activity,time,Amount\n\
    1,a,2024-01-31 09:00,\"5,50\"\n\
    ,b,2024-02-01 10:00,\"6,20\"\n\
    2,c,2024-02-03 11:00,\"7,10\"\n";

/// Dates that may be days first or months first.
const AMBIGUOUS: &str = "case,activity,time\n1,a,01/02/2024\n1,b,03/04/2024\n";

fn get(server: &Server, path: &str, language: &str) -> Reply {
    server.send("GET", path, &[("Accept-Language", language)], b"")
}

/// The same address in the three languages; every answer says its language.
fn in_three(server: &Server, path: &str) -> [Value; 3] {
    ["en", "fr", "ja"].map(|language| {
        let reply = get(server, path, language);
        assert_eq!(reply.header("content-language"), Some(language), "{path}");
        let vary = reply.headers.iter().filter(|(name, _)| name == "vary");
        let vary: Vec<&str> = vary.map(|(_, value)| value.as_str()).collect();
        assert!(vary.join(", ").contains("accept-language"), "{path}: {vary:?}");
        reply.value()
    })
}

#[test]
fn problems_are_told_in_the_language_of_the_reader() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let details = in_three(&server, "/api/v1/logs/7").map(|problem| problem["detail"].clone());
    let expected = ["There is no log 7.", "Il n’y a pas de journal 7.", "ログ7はありません。"];
    assert_eq!(details, expected);
}

#[test]
fn a_check_and_the_problem_of_a_job_are_told_to_each_reader_anew() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let dirty = server.upload("dirty.csv", DIRTY.as_bytes());
    server.done("/api/v1/checks", &json!({"upload": dirty}));
    let [english, french, japanese] = in_three(&server, "/api/v1/jobs/1");
    for pointer in [
        "/result/readings/0",
        "/result/notes/0",
        "/result/columns/0/reason",
        "/result/problems/0/examples/0/reason",
    ] {
        let texts = [&english, &french, &japanese].map(|job| {
            let text = job.pointer(pointer).and_then(Value::as_str);
            text.unwrap_or_else(|| panic!("{pointer} is no text in {job}")).to_owned()
        });
        assert!(texts[0] != texts[1] && texts[1] != texts[2], "{pointer}: {texts:?}");
    }
    let ambiguous = server.upload("ambiguous.csv", AMBIGUOUS.as_bytes());
    server.done("/api/v1/checks", &json!({"upload": ambiguous}));
    let titles = in_three(&server, "/api/v1/jobs/2")
        .map(|job| job["result"]["problem"]["title"].as_str().map(str::to_owned));
    assert_eq!(titles[2].as_deref(), Some("日と月を区別できません"), "{titles:?}");
    let order = json!({"upload": ambiguous, "mode": "new", "name": "Deals"});
    let job = server.job("/api/v1/imports", &order);
    assert_eq!(job["problem"]["code"], "ambiguous_date", "{job}");
    let before = in_three(&server, "/api/v1/jobs/3").map(|job| job["problem"].clone());
    assert_eq!(before[1]["title"], "Le jour et le mois sont indiscernables");
    let details: Vec<&Value> = before.iter().map(|problem| &problem["detail"]).collect();
    assert!(details[0] != details[1] && details[1] != details[2], "{details:?}");
    // What is kept over a restart can still be told in any language.
    server.kill();
    let server = Server::start(data.path(), &[]);
    let after = in_three(&server, "/api/v1/jobs/3").map(|job| job["problem"].clone());
    assert_eq!(after, before);
    assert_eq!(in_three(&server, "/api/v1/jobs/1"), [english, french, japanese]);
}

#[test]
fn an_import_report_is_told_to_each_reader_with_a_tag_of_its_own() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("dirty.csv", DIRTY.as_bytes());
    server.done("/api/v1/imports", &json!({"upload": upload, "mode": "new", "name": "Deals"}));
    let path = "/api/v1/logs/1/versions/1/report";
    let [english, french, japanese] = in_three(&server, path);
    for report in [&english, &french, &japanese] {
        assert_eq!(report["rows_refused"], 1);
    }
    let reason = |report: &Value| report["problems"][0]["examples"][0]["reason"].clone();
    assert_ne!(reason(&english), reason(&french));
    assert_ne!(reason(&french), reason(&japanese));
    let tag = |language: &str| get(&server, path, language).header("etag").map(str::to_owned);
    assert_ne!(tag("fr"), tag("ja"));
    let known = tag("fr").expect("a report has a tag");
    let again = |language: &str| {
        let headers = [("Accept-Language", language), ("If-None-Match", known.as_str())];
        server.send("GET", path, &headers, b"").status
    };
    assert_eq!((again("fr"), again("ja")), (304, 200));
    let ask = "/api/v1/logs/1/versions/1/ask/summary";
    let [_, french, japanese] = in_three(&server, ask).map(|answer| answer["context"].clone());
    assert_eq!(french["source"], japanese["source"]);
    assert_ne!(french["notes"], japanese["notes"]);
}

#[test]
fn the_problem_of_a_tile_is_remembered_for_each_language() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.done("/api/v1/demo", &json!({"deals": 5}));
    let order = json!({"version": "1@1", "tiles": [{"id": "a", "question": "none"}]});
    let told = |language: &str| {
        let headers = [("Content-Type", "application/json"), ("Accept-Language", language)];
        let body = order.to_string();
        let reply = server.send("POST", "/api/v1/analyses", &headers, body.as_bytes());
        assert_eq!(reply.header("content-language"), Some(language));
        reply.ok()["tiles"][0]["problem"]["detail"].clone()
    };
    let first = ["en", "fr", "ja"].map(told);
    assert!(first[0] != first[1] && first[1] != first[2], "{first:?}");
    assert_eq!(["en", "fr", "ja"].map(told), first);
    let sources = in_three(&server, "/api/v1/logs/1/versions").map(|list| {
        list["versions"][0]["source"].as_str().map(str::to_owned).expect("a version has a source")
    });
    assert!(sources[0].starts_with("demo world, 5 deals"), "{sources:?}");
    assert!(sources[2].contains("商談5件"), "{sources:?}");
}

#[test]
fn a_wrong_parameter_is_told_in_sentences() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let [english, french, japanese] =
        in_three(&server, "/api/v1/logs/1/versions/1/changes?sinse=1");
    for problem in [&english, &french, &japanese] {
        assert_eq!(problem["code"], "invalid_parameters");
        assert_eq!(problem["place"]["parameter"], "sinse");
    }
    assert_eq!(
        english["detail"],
        "\"sinse\" is not known. Did you mean \"since\"? Possible are: since, notion."
    );
    assert_eq!(
        french["detail"],
        "«\u{202f}sinse\u{202f}» est inconnu. Vouliez-vous dire «\u{202f}since\u{202f}»\u{202f}? \
         Noms possibles\u{202f}: since, notion."
    );
    assert_eq!(
        japanese["detail"],
        "「sinse」は使用できません。「since」の間違いではありませんか。\
         使用できる名前は次のとおりです：since、notion。"
    );

    let told = |body: &str| {
        let headers = [("Content-Type", "application/json"), ("Accept-Language", "en")];
        let reply = server.send("POST", "/api/v1/analyses", &headers, body.as_bytes());
        assert_eq!(reply.status, 400, "{body}");
        reply.value()["detail"].as_str().map(str::to_owned).expect("a problem has a detail")
    };
    assert_eq!(told(r#"{"version": "1@1"}"#), "\"tiles\" is missing.");
    assert_eq!(
        told(r#"{"version": "1@1", "tiles": "x"}"#),
        "\"tiles\" is \"x\"; expected is a list."
    );
    assert_eq!(
        told("{\"version\": "),
        "What was sent cannot be read as JSON from line 1, column 12 on."
    );
    assert_eq!(
        told(r#"{"version": "1@1", "version": "1@2", "tiles": []}"#),
        "What was sent gives a field twice, up to line 1, column 28."
    );
}
