//! Which repository task did the developer ask for, and did it succeed?
//!
//! Run as `cargo xtask <verb>`. Every verb is one line of `VERBS` and one module.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task runner speaks to the developer on the terminal"
)]

mod advisories;
mod bench;
mod browser;
mod ci;
mod dev;
mod licences;
mod load;
mod process;
mod rust_source;
mod test;
mod tidy;
mod web;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// One thing the developer can ask for.
struct Verb {
    name: &'static str,
    help: &'static str,
    run: fn(&Workspace, &[String]) -> bool,
}

const VERBS: &[Verb] = &[
    Verb { name: "ci", help: "everything continuous integration checks", run: ci::run },
    Verb { name: "test", help: "all tests; arguments go to the test runner", run: test::run },
    Verb { name: "tidy", help: "the house rules that a program can check", run: tidy::run },
    Verb { name: "licences", help: "licences and sources of all packages", run: licences::run },
    Verb {
        name: "notice",
        help: "rewrite NOTICE from the locked packages",
        run: licences::rewrite,
    },
    Verb { name: "web", help: "all checks of the web interface", run: web::run },
    Verb { name: "bench", help: "questions timed beside the peers", run: bench::run },
    Verb { name: "browser", help: "the stories of web/e2e in a real browser", run: browser::run },
    Verb { name: "load", help: "the server under a hundred viewers", run: load::run },
    Verb { name: "dev", help: "format, apply the simple lint fixes, then tidy", run: dev::run },
];

const USAGE_EXIT_CODE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verb = arguments
        .split_first()
        .and_then(|(name, rest)| Some((VERBS.iter().find(|verb| verb.name == name)?, rest)));
    let Some((verb, rest)) = verb else {
        eprint!("{}", usage());
        return ExitCode::from(USAGE_EXIT_CODE);
    };
    let workspace = match Workspace::from_environment() {
        Ok(workspace) => workspace,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            return ExitCode::FAILURE;
        }
    };
    if (verb.run)(&workspace, rest) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage() -> String {
    let mut text = String::from("usage: cargo xtask <verb>\n\n");
    for verb in VERBS {
        text.push_str(&format!("  {:<10}{}\n", verb.name, verb.help));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_names_every_verb() {
        let text = usage();
        for verb in VERBS {
            assert!(text.contains(&format!("  {} ", verb.name)), "{} is missing", verb.name);
        }
    }
}
