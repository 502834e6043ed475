//! Do the data templates come out of every door, and do their events come in without a mapping?

use std::io::{Cursor, Read};

use crate::server::Server;
use crate::support::{ask, check, command, file, folder, list, paydirt, run, text};

const SYSTEMS: [&str; 4] = ["generic", "hubspot", "pipedrive", "salesforce"];

#[test]
fn the_templates_are_listed_and_written_under_a_name_that_tells_them_apart() {
    let listed = paydirt(&["template", "--lang", "fr"]).ok().stdout;
    assert!(listed.contains("salesforce"), "{listed}");
    let json = paydirt(&["template", "--json"]).ok().json();
    assert_eq!(list(&json, "templates").len(), SYSTEMS.len());
    let folder = folder();
    let mut usual = command();
    usual.current_dir(folder.path()).args(["template", "hubspot", "--lang", "fr"]);
    assert!(run(&mut usual).ok().stdout.contains("paydirt-hubspot-1.0-fr.xlsx"));
    assert!(folder.path().join("paydirt-hubspot-1.0-fr.xlsx").exists());
    let again = run(&mut usual);
    assert_ne!(again.code, 0, "what is there is not replaced unasked");
    let unknown = paydirt(&["template", "nothing", "--json"]);
    assert_eq!(unknown.problem()["code"], "template_not_found");
}

/// A member of an archive, found by its name and unpacked.
fn member(archive: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("it is an archive");
    let mut bytes = Vec::new();
    archive.by_name(name).expect("it is there").read_to_end(&mut bytes).expect("it unpacks");
    bytes
}

#[test]
fn the_events_of_every_template_come_in_without_a_mapping() {
    let folder = folder();
    for system in SYSTEMS {
        let mut answers = Vec::new();
        for language in ["en", "fr", "ja"] {
            let out = folder.path().join(format!("{system}-{language}.zip"));
            paydirt(&["template", system, "--csv", "--lang", language, "-o", text(&out)]).ok();
            let events = member(&std::fs::read(&out).unwrap(), "events.csv");
            // As a deal of one's own, the made-up one is data.
            let events = String::from_utf8(events).expect("text").replace("EXAMPLE-", "DEAL-");
            let events =
                file(folder.path(), &format!("{system}-{language}.csv"), events.into_bytes());
            let report = check(&events, &[]);
            assert_eq!(report["process"]["used"], true, "{system} {language}: {report}");
            for activity in list(&report["process"], "activities") {
                assert!(!activity["activity"].is_null(), "{system} {language}: {activity}");
            }
            answers.push(ask(&events, "map", &[])["activities"].clone());
        }
        assert!(answers[0].to_string().contains("Opportunity Created"), "{}", answers[0]);
        assert_eq!(answers[0], answers[1], "{system}: the same in French");
        assert_eq!(answers[0], answers[2], "{system}: the same in Japanese");
    }
}

#[test]
fn the_server_gives_the_bytes_of_the_command_line_and_says_what_the_file_is() {
    let (data, folder) = (folder(), folder());
    let server = Server::start(data.path(), &[]);
    let listed = server.send("GET", "/api/v1/templates", &[("Accept-Language", "ja")], b"").ok();
    assert_eq!(list(&listed, "templates")[0]["attributes"][0]["status_name"], "必須");
    for (format, ending, media_type) in [
        ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "zip", "application/zip"),
    ] {
        let path = format!("/api/v1/templates/hubspot?language=fr&format={format}");
        let reply = server.get(&path);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), Some(media_type));
        assert_eq!(reply.header("content-language"), Some("fr"));
        let name = format!("paydirt-hubspot-1.0-fr.{ending}");
        assert!(reply.header("content-disposition").unwrap().ends_with(&name));
        let out = folder.path().join(&name);
        let flag = if format == "csv" { "--csv" } else { "--overwrite" };
        paydirt(&["template", "hubspot", "--lang", "fr", flag, "-o", text(&out)]).ok();
        assert_eq!(reply.body, std::fs::read(&out).unwrap());
        let tag = reply.header("etag").unwrap().to_owned();
        let again = server.send("GET", &path, &[("If-None-Match", &tag)], b"");
        assert_eq!(again.status, 304);
    }
    server.get("/api/v1/templates/nothing").problem(404, "template_not_found");
    server.get("/api/v1/templates/hubspot?format=pdf").problem(400, "invalid_parameters");
}
