//! What is in a ZIP archive? A file of another format, or several that are one table.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::archive;
use crate::input::Input;
use crate::several::{self, Member, Whole};
use crate::source::{Content, ReadOptions, SourceFormat, ZIP, foreign};
use crate::sources::excel;

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "zip",
    label: || say!("a ZIP archive"),
    extensions: &["zip"],
    recognizes: |head| head.starts_with(ZIP) && foreign(head).is_none(),
    shape: None,
    read,
};

/// The part that every document of Microsoft Office has, though it need not be the first.
const OFFICE: &str = "[Content_Types].xml";

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let Some(path) = input.file().filter(|_| !input.is_gzip()) else {
        let detail = say!("This is a ZIP archive within another archive.");
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Unpack the outer archive and name the inner one.")));
    };
    let found = archive::members(path, &options.limits)?;
    if found.iter().any(|(name, _)| name == OFFICE) {
        return (excel::FORMAT.read)(input, options);
    }
    let members = found.into_iter().map(|(name, packed)| {
        let input = packed.and_then(Input::packed);
        Member { name, input }
    });
    several::read(Whole::Archive, members.collect(), options)
}
