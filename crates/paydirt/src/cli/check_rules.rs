//! How the command line tells which rules of data quality a file breaks.

use paydirt_app::findings::{Finding, Findings, RuleState, Severity, ValueCount};
use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// Rows of a finding and values of a breakdown that are shown.
const SHOWN: usize = 3;

/// The findings in words, each with where it arises and how it is mended.
pub(super) fn describe(found: &Findings, language: Language) -> String {
    let title = say!(
        "Data quality: {found} of {rules} {rules|rule|rules} found something",
        found = found.rules_that_are(RuleState::Broken),
        rules = found.rules_that_are(RuleState::Broken) + found.rules_that_are(RuleState::Kept)
    );
    let mut text = format!("\n{}\n", title.in_language(language));
    for finding in &found.findings {
        for (indent, line) in lines(finding) {
            text.push_str(&format!("{}{}\n", " ".repeat(indent), line.in_language(language)));
        }
    }
    for rule in found.rules.iter().filter(|rule| !rule.missing.is_empty()) {
        let lists = rule.missing.iter().map(|list| {
            let names: Vec<&str> = list.iter().map(|one| one.name.as_str()).collect();
            names.join(" / ")
        });
        let line = say!(
            "{rule}, not looked at: {name} (needs {needs})",
            rule = rule.rule.clone(),
            name = rule.name.clone(),
            needs = lists.collect::<Vec<String>>()
        );
        text.push_str(&format!("  {}\n", line.in_language(language)));
    }
    text
}

fn severity(severity: Severity) -> Sentence {
    match severity {
        Severity::Blocks => say!("blocks the import"),
        Severity::Rejects => say!("not usable"),
        Severity::Warning => say!("warning"),
        Severity::Notice => say!("notice"),
    }
}

/// The lines of a finding, with how far each is indented.
fn lines(finding: &Finding) -> Vec<(usize, Sentence)> {
    let Finding { rule, name, mend, count, looked_at, .. } = finding;
    let severity = severity(finding.severity);
    let head = match finding.cases {
        Some(cases) => say!(
            "{rule}, {severity}: {name} ({count} of {looked_at}, in {cases} {cases|case|cases})",
            rule,
            severity,
            name,
            count = *count,
            looked_at = *looked_at,
            cases
        ),
        None => say!(
            "{rule}, {severity}: {name} ({count} of {looked_at})",
            rule,
            severity,
            name,
            count = *count,
            looked_at = *looked_at
        ),
    };
    let mut lines = vec![(2, head)];
    if !finding.about.is_empty() {
        lines.push((4, say!("about: {about}", about = finding.about.clone())));
    }
    let values = |counts: &[ValueCount]| {
        let shown = counts.iter().take(SHOWN).map(|one| {
            let value = one.value.clone().unwrap_or_else(|| "–".to_owned());
            say!("{value} {count}", value, count = one.count)
        });
        shown.collect::<Vec<Sentence>>()
    };
    if !finding.by_activity.is_empty() {
        lines.push((4, say!("arises at: {activities}", activities = values(&finding.by_activity))));
    }
    if !finding.by_owner.is_empty() {
        lines.push((4, say!("by owner: {owners}", owners = values(&finding.by_owner))));
    }
    if !finding.by_source.is_empty() {
        lines.push((4, say!("by source: {sources}", sources = values(&finding.by_source))));
    }
    if !finding.examples.is_empty() {
        let mut cases: Vec<String> = finding.examples.iter().map(|row| row.case.clone()).collect();
        cases.dedup();
        cases.truncate(SHOWN);
        lines.push((4, say!("such as the cases: {cases}", cases)));
    }
    for row in finding.file_rows.iter().take(SHOWN) {
        let place = row.cell.clone().unwrap_or_else(|| row.row.to_string());
        lines.push((4, say!("row {place}: \"{value}\"", place, value = row.value.clone())));
    }
    lines.extend(finding.notes.iter().take(SHOWN).map(|note| (4, Sentence::from(note.clone()))));
    lines.push((4, say!("how to mend it: {mend}", mend)));
    lines
}
