//! How the command line tells what adding a file to a stored log would change.

use paydirt_app::merge::JoinPreview;
use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};

/// The preview in words, one thing a line.
pub(super) fn describe(joining: &JoinPreview, language: Language) -> String {
    let mut lines = vec![
        say!(
            "{events} {events|event|events} would be added, {cases} new {cases|case|cases}",
            events = joining.new_events,
            cases = joining.new_cases
        ),
        say!(
            "{cases} {cases|case of the log gets|cases of the log get} more events",
            cases = joining.grown_cases
        ),
    ];
    type Said = fn(u64) -> Sentence;
    let counted: [(u64, Said); 8] = [
        (joining.counts.replaced, |count| {
            say!("{count} {count|event|events} would be replaced", count)
        }),
        (joining.counts.unchanged, |count| {
            say!("{count} {count|event|events} would stay as they are", count)
        }),
        (joining.counts.moved, |count| {
            say!("{count} {count|event|events} would move to another case", count)
        }),
        (joining.gone_events, |count| {
            say!("{count} {count|event|events} of the log would be gone", count)
        }),
        (joining.counts.cases_gone, |count| {
            say!("{count} {count|case|cases} of the log would be gone", count)
        }),
        (joining.late_events, |count| {
            say!(
                "{count} new {count|event comes|events come} late: {count|it lies|they lie} before \
                 events that the case has already",
                count
            )
        }),
        (joining.earlier_events, |count| {
            say!("{count} new {count|event lies|events lie} before the log begins", count)
        }),
        (joining.later_events, |count| {
            say!("{count} new {count|event lies|events lie} after the log ends", count)
        }),
    ];
    lines.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, said)| said(*count)));
    if !joining.new_activities.is_empty() {
        let names = sentence::quoted(joining.new_activities.iter());
        lines.push(say!("new activities: {names}", names));
    }
    lines.extend(joining.notes.iter().cloned());
    lines.push(say!(
        "the log would have {cases} {cases|case|cases} and {events} {events|event|events}",
        cases = joining.cases,
        events = joining.events
    ));
    let title = say!("What adding the file would change").in_language(language);
    let lines = lines.iter().map(|line| format!("  {}\n", line.in_language(language)));
    format!("\n{title}\n{}", lines.collect::<String>())
}
