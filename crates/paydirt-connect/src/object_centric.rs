//! Is this an object-centric event log (OCEL), whose events belong to several objects at once?
//!
//! Its files look like others: in XML like XES, in JSON and SQLite like anything. The user is told
//! what they are and what to do, instead of getting an empty log.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// First bytes of an SQLite database.
pub(crate) const SQLITE: &[u8] = b"SQLite format 3\x00";

/// Whether the first bytes are those of OCEL 1.0 or 2.0, in XML, JSON or SQLite.
pub(crate) fn is_object_centric(head: &[u8]) -> bool {
    let holds =
        |words: &[&[u8]]| words.iter().any(|word| memchr::memmem::find(head, word).is_some());
    if head.starts_with(SQLITE) {
        return holds(&[b"ocel_", b"event_map_type", b"object_map_type"]);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text.first() {
        Some(b'<') => holds(&[b"<object-types", b"key=\"ocel:", b"key='ocel:"]),
        Some(b'{') => holds(&[b"\"objectTypes\"", b"\"eventTypes\"", b"\"ocel:"]),
        _ => false,
    }
}

/// What the user is told of such a file.
pub(crate) fn object_centric() -> Problem {
    Problem::new(
        ErrorCode::UnknownFormat,
        say!(
            "This is an object-centric event log (OCEL): its events belong to several objects at \
             once. Paydirt reads logs in which each event belongs to one case."
        ),
    )
    .with_hint(say!(
        "In the tool that wrote it, flatten the log to one object type, such as the order, and \
         export it as XES or CSV."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_ocel_are_told_from_their_likes() {
        for (head, expected) in [
            (&b"<?xml version='1.0'?>\n<log>\n  <object-types>"[..], true),
            (b"<log><global scope=\"event\"><string key=\"ocel:activity\" value=\"a\"/>", true),
            (b"\xef\xbb\xbf {\"objectTypes\": []", true),
            (b"{\"ocel:global-event\": {}}", true),
            (b"SQLite format 3\x00 CREATE TABLE object_object (`ocel_source_id`)", true),
            (b"SQLite format 3\x00 CREATE TABLE deals", false),
            (b"<log xes.version=\"1.0\"><extension name=\"Concept\"/>", false),
            (b"{\"deals\": []}", false),
            (b"ocel:eid,ocel:activity\n1,a", false),
        ] {
            assert_eq!(is_object_centric(head), expected, "{}", head.escape_ascii());
        }
    }
}
