//! Are hostile and damaged workbooks refused in clear words, within bounds?

use std::fmt::Write;

use paydirt_connect::source::{Content, HeaderChoice, Limits};
use paydirt_model::problem::ErrorCode;

use crate::excel::read;
use crate::support::{archive, workbook};

/// What reading bytes under any name ends with.
fn refused(bytes: &[u8], limits: Limits) -> (ErrorCode, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, bytes).unwrap();
    match read(&path, None, HeaderChoice::Detect, limits) {
        Ok(content) => panic!("it is read: {content:?}"),
        Err(problem) => (problem.code, problem.to_string()),
    }
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook(&[("Sheet1", &format!("<sheetData>{rows}</sheetData>"))])
}

#[test]
fn what_unpacks_to_too_much_is_stopped() {
    let blanks = format!("<row>{}</row>", "<c/>".repeat(16_000)).repeat(64);
    let bytes = sheet(&blanks);
    let limits = Limits { part_floor: 1 << 20, unpacked_per_byte: 8, ..Limits::STANDARD };
    let (code, told) = refused(&bytes, limits);
    assert_eq!(code, ErrorCode::InputTooLarge, "{told}");
    assert!(told.contains("unpacks to more than"), "{told}");
    let mut texts = String::from("<sst>");
    for number in 0..200_000 {
        write!(texts, "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{}</t></si>", number % 2)
            .unwrap();
    }
    texts.push_str("</sst>");
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = format!(
        "<Relationships><Relationship Id=\"t\" Type=\"{kind}/sharedStrings\" Target=\"t.xml\"/>\
         </Relationships>"
    );
    let bytes = archive(&[
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/t.xml", texts.as_bytes()),
    ]);
    let (code, told) = refused(&bytes, limits);
    assert_eq!(code, ErrorCode::InputTooLarge, "{told}");
}

#[test]
fn more_columns_cells_or_depth_than_there_may_be() {
    let million = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(1_000_000));
    let (code, told) = refused(&sheet(&million), Limits::STANDARD);
    assert_eq!(code, ErrorCode::InputTooLarge);
    assert!(told.contains("beyond row 1,048,576 or column 16,384"), "{told}");
    let many = format!("<row>{0}</row><row>{0}</row>", "<c><v>1</v></c>".repeat(5_000));
    let (code, told) = refused(&sheet(&many), Limits::STANDARD);
    assert_eq!(code, ErrorCode::InputTooLarge);
    assert!(told.contains("more than 4,096 columns"), "{told}");
    let sparse: String =
        (0..300).map(|row| format!("<row>{}<c><v>1</v></c></row>", "<c/>".repeat(row))).collect();
    let limits = Limits { cells_floor: 1_000, cells_per_byte: 0, ..Limits::STANDARD };
    let (code, told) = refused(&sheet(&sparse), limits);
    assert_eq!(code, ErrorCode::InputTooLarge);
    assert!(told.contains("more than 1,000 cells"), "{told}");
    let (code, told) = refused(&sheet(&"<a>".repeat(100)), Limits::STANDARD);
    assert_eq!(code, ErrorCode::InputTooLarge);
    assert!(told.contains("nested deeper than 64"), "{told}");
    for place in ["XFE1", "A1048577", "A0", "ZZZZ9", ""] {
        let rows = format!("<row><c r=\"{place}\"><v>1</v></c></row>");
        let (code, told) = refused(&sheet(&rows), Limits::STANDARD);
        assert_eq!(code, ErrorCode::InputTooLarge, "{place}: {told}");
    }
    let long = format!("<row><c t=\"str\"><v>{}</v></c></row>", "x".repeat(17 << 20));
    let (code, told) = refused(&sheet(&long), Limits::STANDARD);
    assert_eq!(code, ErrorCode::InputTooLarge, "{told}");
}

#[test]
fn damage_is_named() {
    let rows = "<row><c t=\"s\"><v>0</v></c><c><v>2</v></c></row>".repeat(100);
    let whole = sheet(&rows);
    let cut = &whole[..whole.len() - 300];
    assert_eq!(refused(cut, Limits::STANDARD).0, ErrorCode::DamagedFile);
    for rows in [
        "<row><c t=\"s\"><v>2</v></c></row>",
        "<row r=\"5\"><c><v>1</v></c></row><row r=\"4\"><c><v>1</v></c></row>",
        "<row><c><v>1</c></row>",
    ] {
        let (code, told) = refused(&sheet(rows), Limits::STANDARD);
        assert_eq!(code, ErrorCode::DamagedFile, "{told}");
        assert!(told.contains("workbook is damaged or cut short"), "{told}");
    }
    let kept = workbook(&[("Sheet1", "<sheetData/>")]);
    assert_eq!(refused(&kept, Limits::STANDARD).0, ErrorCode::NothingUsable);
    let other = archive(&[("_rels/.rels", b"<Relationships/>"), ("word/document.xml", b"<a/>")]);
    assert_eq!(refused(&other, Limits::STANDARD).0, ErrorCode::UnknownFormat);
}

/// A workbook with a sheet and the texts that it shares.
fn sharing(texts: &[&str], rows: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = format!(
        "<Relationships><Relationship Id=\"t\" Type=\"{kind}/sharedStrings\" Target=\"t.xml\"/>\
         <Relationship Id=\"s\" Type=\"{kind}/worksheet\" Target=\"s.xml\"/></Relationships>"
    );
    let list = "<workbook><sheets><sheet name=\"S\" r:id=\"s\"/></sheets></workbook>";
    let texts: String = texts.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    archive(&[
        ("xl/workbook.xml", list.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/t.xml", format!("<sst>{texts}</sst>").as_bytes()),
        ("xl/s.xml", format!("<worksheet>{rows}</worksheet>").as_bytes()),
    ])
}

/// An ODS workbook with the rows of a sheet.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!("<document-content><table name=\"S\">{rows}</table></document-content>");
    archive(&[("content.xml", content.as_bytes())])
}

/// A few bytes of a workbook can put one text into thousands of cells.
#[test]
fn a_text_is_not_repeated_beyond_what_a_row_may_hold() {
    let long = "x".repeat(1 << 20);
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(3_000);
    let shared = sharing(&[&long], &format!("<sheetData><row>{cells}</row></sheetData>"));
    let text = "x".repeat(33_000);
    let cell = |repeated: &str| {
        format!("<table-cell {repeated}=\"1000\" value-type=\"string\"><p>{text}</p></table-cell>")
    };
    let repeated = cell("number-columns-repeated");
    let repeated = ods(&format!("<table-row number-rows-repeated=\"200\">{repeated}</table-row>"));
    let spanned = cell("number-columns-spanned");
    let spanned = ods(&format!("<table-row number-rows-repeated=\"200\">{spanned}</table-row>"));
    let first = format!("<row><c t=\"str\"><v>{text}</v></c></row>");
    let merged = workbook(&[(
        "S",
        &format!(
            "<sheetData>{first}<row><c><v>1</v></c></row></sheetData>\
             <mergeCells><mergeCell ref=\"A1:ALI1\"/></mergeCells>"
        ),
    )]);
    let blanks = format!("<table-cell><p>{}</p></table-cell>", "<s c=\"1024\"/>".repeat(17_000));
    let blanks = ods(&format!("<table-row>{blanks}</table-row>"));
    for bytes in [shared, repeated, spanned, merged, blanks] {
        assert!(bytes.len() < 40_000);
        let (code, told) = refused(&bytes, Limits::STANDARD);
        assert_eq!(code, ErrorCode::InputTooLarge, "{told}");
        assert!(
            told.contains("Row 1 of a sheet holds more than 16,777,216 bytes of text"),
            "{told}"
        );
    }
}

#[test]
fn the_text_of_all_rows_is_bounded_by_the_size_of_the_file() {
    let cell = format!("<table-cell><p>{}</p></table-cell>", "x".repeat(100));
    let rows = format!("<table-row number-rows-repeated=\"400\">{cell}{cell}</table-row>");
    let limits = Limits { cells_floor: 1_000, cells_per_byte: 0, ..Limits::STANDARD };
    let (code, told) = refused(&ods(&rows), limits);
    assert_eq!(code, ErrorCode::InputTooLarge);
    assert!(told.contains("\"S\" holds more than 32,000 bytes of text"), "{told}");
}

/// A workbook of two sheets, one of which ends in the middle.
fn half_damaged(first: &str, second: &str) -> Vec<u8> {
    let row = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>\
               <row><c><v>1</v></c><c><v>2</v></c></row>";
    let whole = format!("<sheetData>{row}</sheetData>");
    let of = |name: &str| if name == "Data" { "<sheetData><row><c><v>1</c>" } else { &whole };
    workbook(&[(first, of(first)), (second, of(second))])
}

#[test]
fn no_sheet_is_read_in_place_of_a_damaged_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    let read = |bytes: Vec<u8>, sheet: Option<&str>| {
        std::fs::write(&path, bytes).unwrap();
        read(&path, sheet, HeaderChoice::Detect, Limits::STANDARD)
    };
    let before = half_damaged("Data", "Notes");
    let Ok(Content::Undecided { problem, report }) = read(before.clone(), None) else {
        panic!("a sheet was read")
    };
    assert_eq!(problem.code, ErrorCode::DamagedFile);
    let told = problem.detail.to_string();
    assert!(
        told.starts_with("The sheet \"Data\" cannot be read. The workbook is damaged"),
        "{told}"
    );
    let offered = report.choices[0].options.iter();
    let offered: Vec<String> = offered.map(|it| format!("{} {}", it.name, it.about)).collect();
    assert_eq!(offered, ["Data damaged", "Notes 2 rows, 2 columns"]);
    for (bytes, sheet) in [(before.clone(), Some("Notes")), (half_damaged("Notes", "Data"), None)] {
        let content = read(bytes, sheet);
        let Ok(Content::Table { table, report }) = content else { panic!("{content:?}") };
        assert_eq!(table.row_count(), 1);
        assert!(report.notes[0].to_string().contains("\"Data\" (damaged)"), "{:?}", report.notes);
    }
    assert!(
        matches!(read(before, Some("Data")), Err(problem) if problem.code == ErrorCode::DamagedFile)
    );
}

/// A cell that says it lies far away costs no memory, nor does a size that the sheet claims.
#[test]
fn claims_cost_nothing() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Case</v></c><c r=\"B1\" t=\"str\"><v>At</v></c>\
        <c r=\"XFD1\" t=\"str\"><v>Step</v></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" t=\"str\"><v>Paris</v></c><c r=\"XFD2\"><v>8</v></c></row>\
        <row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\"><v>2</v></c></row>";
    let claims = format!(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData>\
         <mergeCells><mergeCell ref=\"B2:B1048576\"/></mergeCells>"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, workbook(&[("Sheet1", &claims)])).unwrap();
    let read = read(&path, None, HeaderChoice::Detect, Limits::STANDARD);
    let Ok(Content::Table { table, .. }) = read else { panic!("{read:?}") };
    assert_eq!(table.names, ["Case", "At", "Step"]);
    assert_eq!(table.chunks[0].lines, [2, 1_048_576]);
    let last: Vec<String> =
        table.chunks[0].columns.iter().map(|column| column.text(1).into_owned()).collect();
    assert_eq!(last, ["1", "Paris", "2"], "the merged area reaches to the last row");
}

#[test]
fn names_do_not_decide() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xlsx");
    std::fs::write(&path, "case,step,at\n1,a,2024-01-01\n").unwrap();
    let text = read(&path, None, HeaderChoice::Detect, Limits::STANDARD);
    let Ok(Content::Table { report, .. }) = text else { panic!("{text:?}") };
    assert_eq!(report.format, "csv");
    let path = folder.path().join("book.csv");
    let rows = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>".to_owned()
        + "<row><c><v>1</v></c><c><v>2</v></c></row>";
    std::fs::write(&path, sheet(&rows)).unwrap();
    let book = read(&path, None, HeaderChoice::Detect, Limits::STANDARD);
    let Ok(Content::Table { report, .. }) = book else { panic!("{book:?}") };
    assert_eq!(report.format, "xlsx");
}
