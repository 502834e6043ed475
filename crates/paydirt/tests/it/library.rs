//! Does the program know its library, and a library of the user's own beside it?

use serde_json::Value;

use crate::server::Server;
use crate::support::{command, file, folder, list, paydirt, run, text};

/// A template of one's own, without a mistake.
const OWN: &str = r#"system = "own"
version = "1"
name = { en = "Our CRM", fr = "Notre CRM", ja = "自社CRM" }
[[attribute]]
key = "SalesOpportunityId"
status = "required"
column = "Our number"
"#;

/// A folder with a template of one's own and a file with mistakes.
fn own_library() -> tempfile::TempDir {
    let library = folder();
    let templates = library.path().join("templates");
    std::fs::create_dir(&templates).expect("the temporary folder can be written");
    file(&templates, "own.toml", OWN);
    file(library.path(), "attributes.toml", "[[attribute]]\nkey = \"Region\"\ncolour = 1\n");
    library
}

#[test]
fn the_library_lists_what_it_has() {
    let shown = paydirt(&["library"]).ok().stdout;
    assert!(shown.starts_with("Lead to Cash: 80 attributes, 33 activities, 51 rules"), "{shown}");
    for line in [
        "hubspot     HubSpot CRM",
        "salesforce  Salesforce Sales Cloud      1.0          19          27",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    let french = paydirt(&["library", "--lang", "fr"]).ok().stdout;
    assert!(french.contains("Modèles de données"), "{french}");
    let json = paydirt(&["library", "--json"]).ok().json();
    assert_eq!(list(&json["library"], "templates").len(), 4);
    assert_eq!(list(&json, "problems").len(), 0);
}

#[test]
fn mistakes_are_told_with_file_and_line_and_the_rest_is_there() {
    let library = own_library();
    let shown = paydirt(&["library", text(library.path())]);
    assert_eq!(shown.code, 1);
    assert!(shown.stdout.contains("own         Our CRM"), "{shown:?}");
    let told = "attributes.toml: row 3: \"colour\" is not a field here.";
    assert!(shown.stdout.contains(told), "{shown:?}");
    let json = paydirt(&["library", text(library.path()), "--json", "--lang", "ja"]);
    assert_eq!(json.code, 1);
    let value = json.json();
    let lines: Vec<&Value> =
        list(&value, "problems").iter().map(|problem| &problem["place"]["row"]).collect();
    assert_eq!(lines, [1, 1, 1, 3]);
    assert_eq!(value["problems"][0]["code"], "library_mistake");
    assert!(value["problems"][3]["detail"].as_str().unwrap().contains("使えない項目"));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let json = paydirt(&["library", "no-such-folder", "--json"]);
    assert_eq!(json.problem()["code"], "file_not_found");
    let named = run(command().arg("library").env("PAYDIRT_LIBRARY", "no-such-folder"));
    assert_eq!(named.code, 1);
}

fn templates(library: &Value) -> usize {
    list(&library["library"], "templates").len()
}

#[test]
fn a_folder_is_found_by_flag_by_environment_and_within_the_data() {
    let library = own_library();
    let by_flag = paydirt(&["library", "--library", text(library.path()), "--json"]);
    assert_eq!(templates(&by_flag.json()), 5);
    let mut with_environment = command();
    with_environment.args(["library", "--json"]).env("PAYDIRT_LIBRARY", library.path());
    assert_eq!(templates(&run(&mut with_environment).json()), 5);
    let data = folder();
    let within = data.path().join("library/templates");
    std::fs::create_dir_all(&within).unwrap();
    file(&within, "own.toml", OWN);
    let usual = paydirt(&["library", "--data", text(data.path()), "--json"]).ok().json();
    assert_eq!(templates(&usual), 5);
}

#[test]
fn the_server_starts_whatever_is_wrong_and_tells_it() {
    let (data, library) = (folder(), own_library());
    let server = Server::start(data.path(), &["--library", text(library.path())]);
    let get = |path: &str, language: &str| {
        server.send("GET", path, &[("Accept-Language", language)], b"").value()
    };
    let french = get("/api/v1/library", "fr");
    assert_eq!(list(&french, "problems").len(), 4);
    // Where the folder lies on the machine is nobody's business.
    let place = text(library.path());
    assert!(!french.to_string().contains(place), "{french}");
    assert_eq!(french["problems"][0]["place"]["file"], "attributes.toml");
    assert_eq!(templates(&french), 5);
    let name = &french["library"]["templates"][4]["name"];
    assert_eq!(*name, serde_json::json!({ "fr": "Notre CRM" }));
    let all = get("/api/v1/library?languages=all", "ja");
    let name = &all["library"]["templates"][4]["name"];
    assert_eq!(name["en"], "Our CRM");
    assert_eq!(name["ja"], "自社CRM");
    let one = get("/api/v1/library?languages=ja", "en");
    assert_eq!(one["library"]["process"]["name"]["ja"], "リードからキャッシュまで");
}

#[test]
fn the_server_knows_the_shipped_library() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let reply = server.send("GET", "/api/v1/library", &[], b"");
    assert_eq!(reply.status, 200);
    let library = reply.value();
    assert_eq!(list(&library, "problems").len(), 0);
    assert_eq!(library["library"]["rules"][47]["key"], "DQ-48");
    let tag = reply.header("etag").unwrap().to_owned();
    let again = server.send("GET", "/api/v1/library", &[("If-None-Match", &tag)], b"");
    assert_eq!(again.status, 304);
}
