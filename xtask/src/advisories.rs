//! Does a locked package have a published security advisory?
//!
//! Asked only of a program that is installed and whose database can be read.
//! No network is a sentence on the terminal, never a failure and never a wait without end.

use std::time::Duration;

use serde_json::Value;

use crate::process;
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_secs(120);

/// What is known about the locked packages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The database knows nothing against them.
    Clean,
    /// The database names at least one of them.
    Found(String),
    /// The database could not be asked.
    NotChecked(String),
}

/// Asks `cargo audit`, else `cargo deny`.
pub(crate) fn check(workspace: &Workspace) -> Verdict {
    let has = |tool: &str| process::succeeds_silently(&mut workspace.cargo(&[tool, "--version"]));
    if has("audit") {
        check_with_audit(workspace)
    } else if has("deny") {
        check_with_deny(workspace)
    } else {
        Verdict::NotChecked("neither cargo-audit nor cargo-deny is installed".into())
    }
}

/// First with a fresh database, then with the one already on this machine.
fn check_with_audit(workspace: &Workspace) -> Verdict {
    let fresh = ["audit", "--json"];
    let stored = ["audit", "--json", "--no-fetch", "--stale"];
    let mut reason = String::new();
    for arguments in [&fresh[..], &stored[..]] {
        match process::answer_within(&mut workspace.cargo(arguments), LIMIT) {
            Ok(answer) => match read_audit(&answer.stdout) {
                Some(verdict) => return verdict,
                None => reason = last_line(&answer.stderr),
            },
            Err(fault) => reason = fault,
        }
    }
    Verdict::NotChecked(format!("cargo audit cannot read its database: {reason}"))
}

/// The report of `cargo audit --json`; none when it did not come as far as a report.
fn read_audit(stdout: &str) -> Option<Verdict> {
    let report: Value = serde_json::from_str(stdout).ok()?;
    let vulnerabilities = report.get("vulnerabilities")?;
    if !vulnerabilities.get("found")?.as_bool()? {
        return Some(Verdict::Clean);
    }
    let named: Vec<String> = vulnerabilities
        .get("list")?
        .as_array()?
        .iter()
        .map(|entry| {
            let text = |pointer| entry.pointer(pointer).and_then(Value::as_str).unwrap_or("?");
            format!(
                "{} {} ({})",
                text("/package/name"),
                text("/package/version"),
                text("/advisory/id")
            )
        })
        .collect();
    Some(Verdict::Found(named.join(", ")))
}

/// Fetches first, so that a failed fetch cannot be taken for a finding.
fn check_with_deny(workspace: &Workspace) -> Verdict {
    let fetched = process::answer_within(&mut workspace.cargo(&["deny", "fetch", "db"]), LIMIT);
    match fetched {
        Ok(answer) if answer.status.success() => {}
        Ok(answer) => {
            let reason = last_line(&answer.stderr);
            return Verdict::NotChecked(format!("cargo deny cannot fetch its database: {reason}"));
        }
        Err(reason) => return Verdict::NotChecked(format!("cargo deny {reason}")),
    }
    let check = ["deny", "--offline", "check", "advisories"];
    match process::answer_within(&mut workspace.cargo(&check), LIMIT) {
        Ok(answer) if answer.status.success() => Verdict::Clean,
        Ok(answer) => Verdict::Found(answer.stderr.trim().to_string()),
        Err(reason) => Verdict::NotChecked(format!("cargo deny {reason}")),
    }
}

fn last_line(text: &str) -> String {
    text.trim().lines().last().unwrap_or("it gave no reason").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_report_is_clean() {
        let report = r#"{"vulnerabilities":{"found":false,"count":0,"list":[]}}"#;
        assert_eq!(read_audit(report), Some(Verdict::Clean));
    }

    #[test]
    fn found_report_names_package_and_advisory() {
        let report = r#"{"vulnerabilities":{"found":true,"list":[{
            "advisory":{"id":"RUSTSEC-2000-0001"},
            "package":{"name":"old","version":"0.1.0"}}]}}"#;
        let expected = Verdict::Found("old 0.1.0 (RUSTSEC-2000-0001)".into());
        assert_eq!(read_audit(report), Some(expected));
    }

    #[test]
    fn text_that_is_no_report_is_no_verdict() {
        assert_eq!(read_audit(""), None);
        assert_eq!(read_audit("error: could not fetch"), None);
        assert_eq!(read_audit("{}"), None);
    }

    #[test]
    fn last_line_of_silence_says_so() {
        assert_eq!(last_line("a\nb\n"), "b");
        assert_eq!(last_line(""), "it gave no reason");
    }
}
