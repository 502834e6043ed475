//! What do all readers of XML share? The window over the document, its tags, and what can be wrong
//! with its markup.

pub(crate) mod characters;
pub(crate) mod markup;
pub(crate) mod tag;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use quick_xml::errors::Error;

use crate::input::io_problem;
use markup::{LimitReached, Window};

/// Declared entities can grow without bound when they are replaced, and can name other files.
pub(crate) fn refuse_entities(doctype: &str, window: &mut Window<'_>) -> Result<(), Problem> {
    if !doctype.contains("<!ENTITY") {
        return Ok(());
    }
    let detail = say!("The document declares entities (<!ENTITY>), which Paydirt never replaces.");
    Err(Problem::new(ErrorCode::UnknownFormat, detail).at_row(window.line()).with_hint(say!(
        "An event log needs none: take the DOCTYPE out and write the texts themselves."
    )))
}

/// The problem of a document that ends too early.
pub(crate) fn cut_short(window: &mut Window<'_>) -> Problem {
    let detail = say!(
        "The file is cut short: it ends inside the log, after {count} {count|byte|bytes} of XML.",
        count = window.bytes_read()
    );
    Problem::new(ErrorCode::DamagedFile, detail)
        .at_row(window.last_line())
        .with_hint(say!("Copy or export the log again."))
}

/// The problem that an error of the XML reader is.
pub(crate) fn xml_problem(error: &Error, window: &mut Window<'_>) -> Problem {
    let line = window.line();
    match error {
        Error::Io(error) => {
            let limit = error.get_ref().and_then(|inner| inner.downcast_ref::<LimitReached>());
            match limit {
                Some(limit) => Problem::new(ErrorCode::InputTooLarge, limit.sentence())
                    .at_row(line)
                    .with_hint(say!("Check that this is an event log, or split it.")),
                None => {
                    let line = window.last_line();
                    let mut problem = io_problem("", error).at_row(line);
                    if problem.code == ErrorCode::DamagedFile {
                        problem.detail = say!(
                            "{fault} It was readable up to byte {position} of the XML.",
                            fault = problem.detail,
                            position = window.bytes_read()
                        );
                    }
                    problem
                }
            }
        }
        Error::Syntax(_) => cut_short(window),
        Error::Encoding(_) => {
            let detail = say!("The text is not UTF-8, although nothing else is declared.");
            Problem::new(ErrorCode::DamagedFile, detail).at_row(line).with_hint(say!(
                "Name the encoding in the first line: <?xml version=\"1.0\" encoding=…?>"
            ))
        }
        other => not_well_formed(sentence(&other.to_string()), line),
    }
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

/// The problem of a document that is not well-formed XML.
pub(crate) fn not_well_formed(what: impl Into<Sentence>, line: u64) -> Problem {
    Problem::new(
        ErrorCode::DamagedFile,
        say!("{what}; this is not well-formed XML.", what = what.into()),
    )
    .at_row(line)
    .with_hint(say!("Export the log again, or correct the line in an editor."))
}
