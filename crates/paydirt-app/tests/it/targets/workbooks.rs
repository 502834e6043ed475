//! What holds for every workbook, whether its archive is damaged or what is in it?

use std::io::{Cursor, Write};

use paydirt_connect::source::{HeaderChoice, Limits, TextOptions};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::files::{ROOMY, TIGHT, check_file};

/// Rows may be said to be repeated: so many cells are enough to see what becomes of that.
const FEW: Limits = Limits { cells_floor: 1 << 14, cells_per_byte: 4, ..ROOMY };

/// The third row names the columns.
const AS_SAID: TextOptions = TextOptions { header: HeaderChoice::Row(3), ..TextOptions::DETECT };

/// XLSX, XLS, XLSB and ODS: the same on any number of threads, every row accounted for.
pub(super) fn workbook(data: &[u8]) {
    let detect = TextOptions::DETECT;
    check_file(data, "book.xlsx", &[(FEW, detect), (FEW, AS_SAID), (TIGHT, detect)]);
}

/// The same for what stands in the parts of a workbook, whose archive is whole: the first line says
/// which kind it is, lines of `%` are between the parts.
pub(super) fn sheet(data: &[u8]) {
    let (kind, rest) = super::first_line(data);
    let parts = split(rest);
    let part = |idx: usize| parts.get(idx).copied().unwrap_or_default();
    let kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{kind_of}/worksheet\" Target=\"a.xml\"/>\
         <Relationship Id=\"b\" Type=\"{kind_of}/worksheet\" Target=\"b.xml\"/>\
         <Relationship Id=\"t\" Type=\"{kind_of}/sharedStrings\" Target=\"t.xml\"/>\
         <Relationship Id=\"s\" Type=\"{kind_of}/styles\" Target=\"s.xml\"/></Relationships>"
    );
    let book = match kind.as_str() {
        "ods" => archive(&[("content.xml", part(0)), ("META-INF/manifest.xml", part(1))]),
        _ => archive(&[
            ("xl/a.xml", part(0)),
            ("xl/b.xml", part(1)),
            ("xl/t.xml", part(2)),
            ("xl/s.xml", part(3)),
            ("xl/workbook.xml", part(4)),
            ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ]),
    };
    workbook(&book);
}

/// The pieces between lines of `%`.
fn split(data: &[u8]) -> Vec<&[u8]> {
    const BETWEEN: &[u8] = b"\n%\n";
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|piece| piece == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, stored).expect("an archive takes every part");
        writer.write_all(bytes).expect("memory takes every byte");
    }
    writer.finish().expect("an archive takes every part").into_inner()
}
