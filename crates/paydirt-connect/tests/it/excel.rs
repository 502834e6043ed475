//! What is read of workbooks, made by programs and by hand?

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use expect_test::{Expect, expect};
use paydirt_connect::source::{
    self, Content, HeaderChoice, Limits, ReadOptions, TextOptions, TitleChoice,
};
use paydirt_model::mapping::RowProblem;
use paydirt_model::problem::Problem;
use paydirt_model::raw_table::RawColumn;

use crate::support::{reference_data, workbook};

/// A workbook of `testdata/workbooks`.
fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/workbooks").join(name)
}

pub(crate) fn read(
    path: &Path,
    sheet: Option<&str>,
    header: HeaderChoice,
    limits: Limits,
) -> Result<Content, Problem> {
    read_as(path, sheet, TextOptions { header, ..TextOptions::DETECT }, limits)
}

fn read_as(
    path: &Path,
    sheet: Option<&str>,
    text: TextOptions,
    limits: Limits,
) -> Result<Content, Problem> {
    let read = |threads| {
        source::read(
            path,
            &ReadOptions {
                threads,
                limits,
                text,
                sheet,
                classifier: None,
                zone: None,
                only_core: false,
                object_type: None,
                member: None,
                parts: None,
                progress: &|done, total| assert!(done <= total),
                cancelled: &AtomicBool::new(false),
            },
        )
    };
    let alone = read(1);
    assert_eq!(format!("{alone:?}"), format!("{:?}", read(3)), "threads make no odds");
    alone
}

/// A workbook as text: how it was read, then the table.
fn described(path: &Path, sheet: Option<&str>, header: HeaderChoice) -> String {
    let content = match read(path, sheet, header, Limits::STANDARD) {
        Ok(Content::Undecided { problem, report }) => {
            let sheets = report.choices.iter().flat_map(|choice| &choice.options);
            let sheets: Vec<_> =
                sheets.map(|sheet| format!("{} ({})", sheet.name, sheet.about)).collect();
            let code = problem.code.as_str();
            return format!("{code}: {} {}\n", problem.detail, sheets.join(", "));
        }
        Ok(content) => content,
        Err(problem) => return format!("{}: {}\n", problem.code.as_str(), problem.detail),
    };
    let Content::Table { table, report } = content else { panic!("a workbook is a table") };
    let mut text = report.format;
    let automatic = report.automatic.iter().map(|reading| &reading.what);
    for said in report.readings.iter().chain(automatic).chain(&report.notes) {
        write!(text, "\n{said}").unwrap();
    }
    for problem in &report.problems {
        let place = |it: &RowProblem| it.cell.clone().unwrap_or_else(|| format!("row {}", it.row));
        let cells: Vec<_> = problem.examples.iter().map(place).collect();
        write!(text, "\n{} {}: {}", problem.kind, problem.count, cells.join(", ")).unwrap();
    }
    let typed = table.chunks.first().into_iter().flat_map(|chunk| &chunk.columns);
    let kinds: Vec<String> = typed
        .zip(&table.names)
        .map(|(column, name)| match column {
            RawColumn::Typed(kind, _) => format!("{name}:{}", kind.label()),
            RawColumn::Dictionary { .. } | RawColumn::Plain(_) => name.clone(),
        })
        .collect();
    writeln!(text, "\n{}", kinds.join(" | ")).unwrap();
    for chunk in &table.chunks {
        for (row, line) in chunk.lines.iter().enumerate() {
            let cells: Vec<_> = chunk.columns.iter().map(|column| column.text(row)).collect();
            writeln!(text, "{line}: {}", cells.join(" | ")).unwrap();
        }
    }
    text
}

fn check(name: &str, sheet: Option<&str>, expected: &Expect) {
    expected.assert_eq(&described(&fixture(name), sheet, HeaderChoice::Detect));
}

#[test]
fn a_report_of_openpyxl() {
    check(
        "report-openpyxl.xlsx",
        None,
        &expect![[r#"
        xlsx
        sheet: "Deals 2024" (4 rows of data, 11 columns)
        names in row 5
        1 line before the table was skipped as a title.
        The workbook has other sheets that were not read: "Read me" (2 rows, 1 column), "Lists" (3 rows, 2 columns; hidden). Another sheet can be chosen.
        1 hidden row was read like the others. Hidden rows often come of a filter in the workbook.
        formula-without-result 5: 'Deals 2024'!K6, 'Deals 2024'!L6, 'Deals 2024'!K7, 'Deals 2024'!K9, 'Deals 2024'!K10
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference | Took:duration | Double | Note
        6: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 12.5% | 1000.1 | true | A1 | 131400 |  | 
        7: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 20% | 0.3 | false | 007 | 262800 |  | ünï
        9: 9876543211 | Lead created | 2024-02-01 00:00:00 | 2024-04-30 |  | 1234567.89 | true | 12 | 525600 |  | 
        10: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0% | -5 | true | x | 657000 |  | 
    "#]],
    );
}

#[test]
fn the_same_report_saved_by_libreoffice() {
    check(
        "report-libreoffice.xlsx",
        None,
        &expect![[r#"
        xlsx
        sheet: "Deals 2024" (4 rows of data, 11 columns)
        names in row 5
        1 line before the table was skipped as a title.
        The workbook has other sheets that were not read: "Read me" (2 rows, 1 column), "Lists" (3 rows, 2 columns; hidden). Another sheet can be chosen.
        1 hidden row was read like the others. Hidden rows often come of a filter in the workbook.
        cell-error 1: 'Deals 2024'!L6
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference | Took:duration | Double | Note
        6: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 12.5% | 1000.1 | true | A1 | 131400 | 2000.2 | 
        7: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 20% | 0.3 | false | 007 | 262800 | 0.6 | ünï
        9: 9876543211 | Lead created | 2024-02-01 00:00:00 | 2024-04-30 |  | 1234567.89 | true | 12 | 525600 | 2469135.78 | 
        10: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0% | -5 | true | x | 657000 | -10 | 
    "#]],
    );
}

#[test]
fn the_same_report_as_xls() {
    check(
        "report-libreoffice.xls",
        None,
        &expect![[r#"
        xls
        sheet: "Deals 2024" (4 rows of data, 11 columns)
        names in row 5
        1 line before the table was skipped as a title.
        The workbook has other sheets that were not read: "Read me" (2 rows, 1 column), "Lists" (3 rows, 2 columns; hidden). Another sheet can be chosen.
        1 hidden row was read like the others. Hidden rows often come of a filter in the workbook.
        cell-error 1: 'Deals 2024'!L6
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference | Took:duration | Double | Note
        6: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 0.125 | 1000.1 | true | A1 | 131400 | 2000.2 | 
        7: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 0.2 | 0.3 | false | 007 | 262800 | 0.6 | ünï
        9: 9876543211 | Lead created | 2024-02-01 | 2024-04-30 |  | 1234567.89 | true | 12 | 525600 | 2469135.78 | 
        10: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0 | -5 | true | x | 657000 | -10 | 
    "#]],
    );
}

#[test]
fn the_same_report_as_ods() {
    check(
        "report-libreoffice.ods",
        None,
        &expect![[r#"
        ods
        sheet: "Deals 2024" (4 rows of data, 11 columns)
        names in row 5
        1 line before the table was skipped as a title.
        The workbook has other sheets that were not read: "Read me" (2 rows, 1 column), "Lists" (3 rows, 2 columns; hidden). Another sheet can be chosen.
        1 hidden row was read like the others. Hidden rows often come of a filter in the workbook.
        cell-error 1: 'Deals 2024'!L6
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference | Took:duration | Double | Note
        6: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 12.5% | 1000.1 | true | A1 | 131400 | 2000.2 | 
        7: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 20% | 0.3 | false | 007 | 262800 | 0.6 | ünï
        9: 9876543211 | Lead created | 2024-02-01 | 2024-04-30 |  | 1234567.89 | true | 12 | 525600 | 2469135.78 | 
        10: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0% | -5 | true | x | 657000 | -10 | 
    "#]],
    );
}

#[test]
fn merged_cells_in_header_and_body() {
    let expected = expect![[r#"
        xlsx
        sheet: "案件" (9 rows of data, 4 columns)
        names in rows 1 to 2
        6 cells of merged areas were read with the value of their areas, such as 案件!A4.
        Case | Opened on | Opened by | Step
        3: C0 | 2024-01-01 | Ann | Open
        4: C0 | 2024-01-02 | Ann | Check
        5: C0 | 2024-01-03 | Ann | Close
        6: C1 | 2024-01-04 | Ann | Open
        7: C1 | 2024-01-05 | Ann | Check
        8: C1 | 2024-01-06 | Ann | Close
        9: C2 | 2024-01-07 | Ann | Open
        10: C2 | 2024-01-08 | Ann | Check
        11: C2 | 2024-01-09 | Ann | Close
    "#]];
    check("merged-openpyxl.xlsx", None, &expected);
    let body = |name: &str| {
        let told = described(&fixture(name), None, HeaderChoice::Detect);
        told.split_once('\n').unwrap().1.to_owned()
    };
    assert_eq!(body("merged-libreoffice.xls"), body("merged-openpyxl.xlsx"));
    assert_eq!(body("merged-libreoffice.ods"), body("merged-openpyxl.xlsx"));
}

#[test]
fn days_counted_from_1904() {
    let expected = expect![[r#"
        xlsx
        sheet: "Sheet" (4 rows of data, 8 columns)
        names in row 1
        dates counted from 1904
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference
        2: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 0.125 | 1000.1 | true | A1
        3: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 0.2 | 0.3 | false | 007
        4: 9876543211 | Lead created | 2024-02-01 00:00:00 | 2024-04-30 |  | 1234567.89 | true | 12
        5: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0 | -5 | true | x
    "#]];
    check("1904-openpyxl.xlsx", None, &expected);
    let rows = |name: &str| -> Vec<String> {
        let told = described(&fixture(name), None, HeaderChoice::Detect);
        let rows = told.lines().skip_while(|line| !line.starts_with("Deal"));
        // The binary format does not say which dates have a time of day.
        rows.map(|line| line.replace(" 00:00:00", "")).collect()
    };
    assert!(
        described(&fixture("1904-libreoffice.xls"), None, HeaderChoice::Detect).contains("1904")
    );
    assert_eq!(rows("1904-libreoffice.xls")[1..], rows("1904-openpyxl.xlsx")[1..]);
}

#[test]
fn a_binary_workbook() {
    check(
        "script.xlsb",
        None,
        &expect![[r#"
        xlsb
        sheet: "Events" (4 rows of data, 8 columns)
        names in row 1
        The workbook has another sheet that was not read: "Read me" (2 rows, 1 column). Another sheet can be chosen.
        cell-error 1: Events!H2
        Deal | Activity | At | Close date | Discount | Amount | Won:boolean | Reference
        2: 9876543210 | Lead created | 2024-01-02 09:30:00 | 2024-03-31 | 0.125 | 1000.1 | true | 
        3: 9876543210 | Quote issued | 2024-01-31 17:05:30 | 2024-03-31 | 0.2 | 0.3 | false | 007
        4: 9876543211 | Lead created | 2024-02-01 | 2024-04-30 |  | 1234567.89 | true | 12
        5: 9876543211 | Order received | 2024-02-29 23:59:59 | 2024-04-30 | 0 | -5 | true | x
    "#]],
    );
}

#[test]
fn any_sheet_by_name_or_number() {
    check(
        "report-openpyxl.xlsx",
        Some("lists"),
        &expect![[r#"
        xlsx
        sheet: "Lists" (2 rows of data, 2 columns)
        names in row 1
        The workbook has other sheets that were not read: "Read me" (2 rows, 1 column), "Deals 2024" (6 rows, 11 columns). Another sheet can be chosen.
        The sheet "Lists" is hidden in the workbook.
        Stage | Order
        2: Open | 1
        3: Won | 2
    "#]],
    );
    check(
        "report-openpyxl.xlsx",
        Some("1"),
        &expect![[r#"
        xlsx
        sheet: "Read me" (1 row of data, 1 column)
        names in row 1
        The workbook has other sheets that were not read: "Deals 2024" (6 rows, 11 columns), "Lists" (3 rows, 2 columns; hidden). Another sheet can be chosen.
        Deals of the first quarter
        2: Exported from the CRM
    "#]],
    );
    check(
        "report-openpyxl.xlsx",
        Some("Leads"),
        &expect![[r#"
        sheet_not_found: The workbook has no sheet "Leads". It has 3: "Read me", "Deals 2024", "Lists". Read me (2 rows, 1 column), Deals 2024 (6 rows, 11 columns), Lists (3 rows, 2 columns; hidden)
    "#]],
    );
}

#[test]
fn a_protected_workbook_is_refused_in_clear_words() {
    check(
        "protected.xlsx",
        None,
        &expect![[r#"
        unknown_format: The workbook is protected by a password, so nothing in it can be read.
    "#]],
    );
}

/// Sheets written by hand: what programs write seldom, but may.
#[test]
fn what_cells_may_say() {
    let told = sheet_told(
        "<sheetData><row r=\"2\">\
         <c r=\"A2\" t=\"inlineStr\"><is><r><t>Ca</t></r><r><t>se</t></r><rPh><t>x</t></rPh></is></c>\
         <c r=\"B2\" t=\"str\"><f>X</f><v>St&amp;ep</v></c><c t=\"inlineStr\"><is><t>At</t></is></c>\
         <c r=\"E2\" t=\"inlineStr\"><is><t>Sum\n of it</t></is></c></row>\
         <row><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>\
         <c r=\"C3\" s=\"1\"><v>45322.395833333336</v></c>\
         <c r=\"E3\"><v>4.5999999999999996</v></c></row>\
         <row r=\"7\" hidden=\"1\"><c r=\"A7\" t=\"s\"><v>0</v></c><c r=\"B7\"><f>1/0</f></c>\
         <c r=\"C7\" t=\"d\"><v>2024-02-01T00:00:00</v></c><c r=\"E7\"><v>12345678901234567</v></c>\
         <c r=\"G7\" t=\"e\"><v>#DIV/0!</v></c></row></sheetData>",
    );
    expect![[r#"
        xlsx
        sheet: "Sheet1" (2 rows of data, 5 columns)
        names in row 2
        1 hidden row was read like the others. Hidden rows often come of a filter in the workbook.
        formula-without-result 1: Sheet1!B7
        long-number 1: Sheet1!E7
        cell-error 1: Sheet1!G7
        Case | St&ep | At | Sum of it | column G
        3: C1 | Start | 2024-01-31 09:30:00 | 4.6 | 
        7: C1 |  | 2024-02-01 | 12345678901234567 | 
    "#]]
    .assert_eq(&told);
}

/// What is read of one sheet, with shared texts and styles beside it.
fn sheet_told(sheet: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    std::fs::write(&path, workbook(&[("Sheet1", sheet)])).unwrap();
    described(&path, None, HeaderChoice::Detect)
}

#[test]
fn headers_are_found_and_can_be_chosen() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |cells: &[&str]| {
        format!("<row>{}</row>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let rows = [
        row(&["Report", "May"]),
        row(&["Printed by", "Ann"]),
        row(&["Case", "Step", "Owner", "Region"]),
        row(&["1", "Open", "Ann", "EU"]),
        row(&["2", "Open", "Bob", "US"]),
    ];
    let sheet = format!("<sheetData>{}</sheetData>", rows.concat());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, workbook(&[("Sheet1", &sheet)])).unwrap();
    let told = |header, titles| {
        let text = TextOptions { header, titles, ..TextOptions::DETECT };
        let read = read_as(&path, None, text, Limits::STANDARD);
        let Ok(Content::Table { table, report }) = read else { panic!("{read:?}") };
        let titles = report.automatic.iter().flat_map(|reading| &reading.examples);
        let titles: Vec<String> =
            titles.map(|title| format!("; {}: {}", title.row, title.value)).collect();
        let names = table.names.join(", ");
        format!("{names} ({} rows){}", table.row_count(), titles.concat())
    };
    let names = |header| told(header, TitleChoice::Skip);
    let found = "Case, Step, Owner, Region (2 rows); 1: Report | May; 2: Printed by | Ann";
    assert_eq!(names(HeaderChoice::Detect), found);
    assert_eq!(names(HeaderChoice::FirstRow), found);
    let second = "Printed by, Ann, column C, column D (3 rows); 1: Report | May";
    assert_eq!(names(HeaderChoice::Row(2)), second);
    let none = "column A, column B, column C, column D (5 rows)";
    assert_eq!(names(HeaderChoice::None), none);
    // Where titles are data, the first row is one of the table, unless another is named.
    let names = |header| told(header, TitleChoice::Keep);
    let first = "Report, May, column C, column D (4 rows)";
    assert_eq!(names(HeaderChoice::FirstRow), first);
    assert_eq!(names(HeaderChoice::Detect), first);
    assert_eq!(names(HeaderChoice::Row(2)), second);
    assert_eq!(names(HeaderChoice::None), none);
}

#[test]
fn delimited_text_in_one_column_is_split() {
    let row = |text: &str| format!("<row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let rows = ["case;step;at", "1;Open;2024-01-01", "2;Open;2024-01-02;x"].map(row);
    let told = sheet_told(&format!("<sheetData>{}</sheetData>", rows.concat()));
    expect![[r#"
        xlsx
        each cell is a line of text; delimiter: ";"; quotes: double quotes; names in the first row
        sheet: "Sheet1" (1 row of data, 3 columns)
        names in row 1
        long-row 1: row 3
        case | step | at
        2: 1 | Open | 2024-01-01
    "#]]
    .assert_eq(&told);
}

/// Every workbook of the reference data is read without help.
#[test]
fn reference_workbooks_are_tables() {
    let Some(folder) = reference_data() else { return };
    let mut folders = vec![folder];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if !["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending.as_str()) {
                continue;
            }
            let read = read(&path, None, HeaderChoice::Detect, Limits::STANDARD);
            let Ok(Content::Table { table, .. }) = read else { panic!("{path:?}: {read:?}") };
            assert!(table.row_count() > 0 && table.names.len() > 1, "{path:?}");
            count += 1;
        }
    }
    eprintln!("{count} reference workbooks were read");
}
