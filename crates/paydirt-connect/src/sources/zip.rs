//! What is in a ZIP archive? A file of another format, or several that are one table.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::archive;
use crate::input::Input;
use crate::several::{self, Member, Whole};
use crate::source::{Content, ReadOptions, SourceFormat, ZIP, foreign, unknown_format};

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "zip",
    label: || say!("a ZIP archive"),
    extensions: &["zip"],
    recognizes: |head| head.starts_with(ZIP) && foreign(head).is_none(),
    shape: None,
    read,
};

/// The member that every document of an office program has.
const OFFICE: &str = "[Content_Types].xml";

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let Some(path) = input.file().filter(|_| !input.is_gzip()) else {
        let detail = say!("This is a ZIP archive within another archive.");
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Unpack the outer archive and name the inner one.")));
    };
    let found = archive::members(path, &options.limits)?;
    if found.iter().any(|(name, _)| name == OFFICE) {
        let found = say!("an Excel workbook (.xlsx) or another Office document");
        return Err(unknown_format(input, say!("This is {found}.", found)));
    }
    let members = found.into_iter().map(|(name, packed)| {
        let input = packed.and_then(Input::packed);
        Member { name, input }
    });
    several::read(Whole::Archive, members.collect(), options)
}
