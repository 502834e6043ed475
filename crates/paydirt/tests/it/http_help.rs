//! Does the `type` of every problem lead to a page that explains it, in the reader's language?

use crate::http_described::{description, operations};
use crate::server::{Reply, Server};
use crate::support::folder;

fn read(server: &Server, path: &str, language: &str) -> Reply {
    let reply = server.send("GET", path, &[("Accept-Language", language)], b"");
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    assert_eq!(reply.status, 200, "{path}");
    assert_eq!(reply.header("content-language"), Some(language), "{path}");
    assert!(reply.header("vary").unwrap_or_default().contains("accept-language"), "{path}");
    let policy = reply.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'self'"), "{path}: {policy}");
    let text = reply.text();
    assert!(text.contains(&format!("<html lang=\"{language}\">")), "{path}");
    assert!(!text.contains("<script"), "{path}");
    reply
}

#[test]
fn the_type_of_a_problem_leads_to_its_page() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let problem = server.get("/api/v1/logs/7").problem(404, "log_not_found");
    let kind = problem["type"].as_str().expect("a problem has a type");
    for (language, title, meaning, advice) in [
        ("en", "The log does not exist", "There is no log of this number", "List the logs"),
        ("fr", "Le journal n’existe pas", "Aucun journal ne porte", "Affichez la liste"),
        ("ja", "ログが存在しません", "この番号または名前のログは", "ログの一覧で確認"),
    ] {
        let page = read(&server, kind, language).text();
        for text in [title, meaning, advice, "404", "<code>log_not_found</code>"] {
            assert!(page.contains(text), "{language}: {text}: {page}");
        }
    }
    server.get("/help/problems/nothing").problem(404, "no_such_page");
    server.get("/help/problems/%3Cscript%3E").problem(404, "no_such_page");
    assert_eq!(server.get("/help").status, 404);
}

#[test]
fn every_code_that_the_description_names_has_its_page_and_is_in_the_list() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let list = read(&server, "/help/problems", "en").text();
    let description = description();
    let mut count = 0;
    for (.., operation) in operations(&description) {
        for code in operation["x-problems"].as_array().expect("the codes are listed") {
            let code = code.as_str().expect("a code is a text");
            assert!(list.contains(&format!("href=\"/help/problems/{code}\"")), "{code}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
    for link in list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if link.starts_with("/help/problems/") {
            read(&server, link, "ja");
        }
    }
}
