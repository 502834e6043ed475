//! What was read otherwise than it stands in the file, and how is each of it switched off?

use paydirt_model::automatic::AutomaticReading;
use paydirt_model::language::Language;
use paydirt_model::say;

/// Examples of each reading that the text form lists.
const EXAMPLES_SHOWN: usize = 5;

/// The automatic readings of a file; nothing where there are none.
pub(super) fn describe(automatic: &[AutomaticReading], language: Language) -> String {
    if automatic.is_empty() {
        return String::new();
    }
    let title = say!("Read automatically (each can be switched off)");
    let mut text = format!("\n{}\n", title.in_language(language));
    for reading in automatic {
        let switch = format!("--off {}", reading.rule.name());
        let what = reading.what.in_language(language);
        text.push_str(&format!("  {what} [{switch}]\n"));
        for example in reading.examples.iter().take(EXAMPLES_SHOWN) {
            let (row, value) = (example.row.to_string(), example.value.as_str());
            let line = match example.count {
                1 => say!("row {row}: \"{value}\"", row, value),
                count => say!(
                    "row {row}: \"{value}\" and {others} {others|other|others} like it",
                    row,
                    value,
                    others = count - 1
                ),
            };
            text.push_str(&format!("    {}\n", line.in_language(language)));
        }
        let more = reading.examples.len().saturating_sub(EXAMPLES_SHOWN);
        if more > 0 {
            let line = say!("and {more} more", more);
            text.push_str(&format!("    {}\n", line.in_language(language)));
        }
    }
    text
}
