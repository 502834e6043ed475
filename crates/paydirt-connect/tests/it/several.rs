//! What becomes of archives and folders: one file of them, several as one table, or a question?

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use paydirt_connect::source::{Content, Limits, PartHead, ReadOptions, SourceReport, read};
use paydirt_model::mapping::ChoiceKind;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{sample, with_options, workbook};

const APRIL: &[u8] = b"case,activity,time\n1,a,2024-04-01\n2,a,2024-04-02\n";
const MAY: &[u8] = b"case,activity,time\n1,b,2024-05-01\n";

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    archive_of(members, CompressionMethod::Deflated)
}

fn archive_of(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_as(path: &Path, member: Option<&str>, limits: Limits) -> Result<Content, Problem> {
    let alone =
        with_options(1, limits, None, |options| read(path, &ReadOptions { member, ..*options }));
    let together =
        with_options(3, limits, None, |options| read(path, &ReadOptions { member, ..*options }));
    assert_eq!(format!("{alone:?}"), format!("{together:?}"), "threads make no odds");
    alone
}

fn read_archive(bytes: &[u8], member: Option<&str>) -> Result<Content, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    fs::write(&path, bytes).unwrap();
    read_as(&path, member, Limits::STANDARD)
}

fn table_of(content: Result<Content, Problem>) -> (RawTable, SourceReport) {
    match content.unwrap() {
        Content::Table { table, report } => (table, report),
        other => panic!("{other:?}"),
    }
}

/// The rows as text, each with its number.
fn rows(table: &RawTable) -> Vec<String> {
    let mut rows = Vec::new();
    for chunk in &table.chunks {
        for (row, line) in chunk.lines.iter().enumerate() {
            let cells = chunk.columns.iter().map(|column| column.text(row).into_owned());
            rows.push(format!("{line}: {}", cells.collect::<Vec<_>>().join("|")));
        }
    }
    rows
}

fn notes(report: &SourceReport) -> String {
    let told = report.readings.iter().chain(&report.notes);
    told.map(|sentence| format!("{sentence}\n")).collect()
}

fn refused(content: Result<Content, Problem>) -> Problem {
    match content {
        Err(problem) | Ok(Content::Undecided { problem, .. }) => problem,
        Ok(content) => panic!("it was read: {content:?}"),
    }
}

#[test]
fn one_table_in_an_archive_is_read_as_if_it_were_not_packed() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let members: &[(&str, &[u8])] = &[
            ("export/april.csv", APRIL),
            ("export/README.txt", b"Exported on Friday.\nBy hand.\n"),
            ("export/logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"),
            ("__MACOSX/export/._april.csv", b"\0\x05\x16\x07"),
            ("export/.DS_Store", b"\0\0\0\x01Bud1"),
        ];
        let (table, report) = table_of(read_archive(&archive_of(members, method), None));
        assert_eq!(rows(&table), ["2: 1|a|2024-04-01", "3: 2|a|2024-04-02"]);
        assert_eq!((report.format.as_str(), report.choices.len()), ("csv", 0));
        let said = notes(&report);
        assert!(said.starts_with("of the archive, the file \"export/april.csv\"\n"), "{said}");
        assert!(said.contains("2 files were left out: "), "{said}");
        assert!(said.contains("\"export/README.txt\": The file has one column only."), "{said}");
        assert!(said.contains("\"export/logo.png\": This is a PNG picture."), "{said}");
    }
}

#[test]
fn members_with_the_same_columns_are_one_table_in_the_order_of_their_names() {
    let other_order = b"time,case,activity\n2024-06-01,3,c\n";
    let members: &[(&str, &[u8])] = &[("06.csv", other_order), ("05.csv", MAY), ("04.csv", APRIL)];
    let (table, report) = table_of(read_archive(&archive(members), None));
    assert_eq!(table.names, ["case", "activity", "time"]);
    assert_eq!(
        rows(&table),
        ["2: 1|a|2024-04-01", "3: 2|a|2024-04-02", "5: 1|b|2024-05-01", "7: 3|c|2024-06-01"]
    );
    assert_eq!(report.rows_read, 4);
    let said = notes(&report);
    assert!(said.contains(
        "3 files read as one table, in the order of their names: 04.csv, 05.csv, 06.csv"
    ));
    assert!(said.contains("Rows are counted through all files: \"04.csv\" from 1, \"05.csv\" from 4, \"06.csv\" from 6."), "{said}");
    let (table, report) = table_of(read_archive(&archive(members), Some("05.csv")));
    assert_eq!(rows(&table), ["2: 1|b|2024-05-01"]);
    assert_eq!(report.choices[0].chosen.as_deref(), Some("05.csv"));
    let names: Vec<&str> = report.choices[0].options.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["04.csv", "05.csv", "06.csv"]);
}

#[test]
fn refused_rows_are_found_by_their_number_through_all_members() {
    let members: &[(&str, &[u8])] =
        &[("a.csv", APRIL), ("b.csv", b"case,activity,time\n1,a,2024-04-01,too,much\n2,a,x\n")];
    let (table, report) = table_of(read_archive(&archive(members), None));
    assert_eq!((report.rows_read, report.rows_refused, table.row_count()), (4, 1, 3));
    assert_eq!(report.problems[0].examples[0].row, 5);
}

#[test]
fn members_that_differ_have_to_be_chosen() {
    let xes = sample("xes", "orders.xes");
    let members: &[(&str, &[u8])] =
        &[("a/deals.csv", APRIL), ("a/people.csv", b"name;team\nKim;North\n"), ("log.xes", &xes)];
    let bytes = archive(members);
    let content = read_archive(&bytes, None).unwrap();
    let Content::Undecided { problem, report } = content else { panic!("nothing is chosen") };
    assert_eq!(problem.code, ErrorCode::MemberNotChosen);
    assert_eq!(
        problem.detail.to_string(),
        "The archive has 3 files that are not parts of one table: a/deals.csv, a/people.csv, log.xes."
    );
    assert_eq!(report.choices[0].options.len(), 3);
    assert_eq!(
        report.choices[0].options[2].about.to_string(),
        format!("XES, {} bytes", thousands(xes.len()))
    );
    for wanted in ["a/deals.csv", "deals.csv"] {
        let (table, _) = table_of(read_archive(&bytes, Some(wanted)));
        assert_eq!(table.row_count(), 2);
    }
    assert!(matches!(read_archive(&bytes, Some("log.xes")), Ok(Content::Events { .. })));
    let problem = refused(read_archive(&bytes, Some("b/deals.csv")));
    assert_eq!(problem.code, ErrorCode::MemberNotFound);
    assert!(problem.detail.to_string().ends_with("It has a/deals.csv, a/people.csv, log.xes."));
}

fn thousands(count: usize) -> String {
    let text = count.to_string();
    match text.len() {
        0..4 => text,
        length => format!("{},{}", &text[..length - 3], &text[length - 3..]),
    }
}

#[test]
fn logs_of_every_format_may_be_packed() {
    let ocel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/logs/ocel");
    for name in ["orders.jsonocel", "orders.xmlocel", "orders.sqlite"] {
        let bytes = fs::read(ocel.join(name)).unwrap();
        let content = read_archive(&archive(&[(name, &bytes)]), None);
        assert!(matches!(content, Ok(Content::Events { .. })), "{name}");
    }
    let parquet = parquet_of(&[("case", &["1", "2"]), ("activity", &["a", "b"])], None);
    let (table, report) = table_of(read_archive(&archive(&[("x.parquet", &parquet)]), None));
    assert_eq!(rows(&table), ["1: 1|a", "2: 2|b"]);
    assert_eq!(report.format, "parquet");
}

#[test]
fn archives_that_are_forged_or_damaged_are_refused_in_clear_words() {
    let good = archive(&[("april.csv", APRIL)]);
    let flip = |place: usize, bit: u8| {
        let mut bytes = good.clone();
        bytes[place] ^= bit;
        bytes
    };
    let central = good.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let mut encrypted = flip(6, 1);
    encrypted[central + 8] ^= 1;
    let mut bzip2 = good.clone();
    bzip2[8] = 12;
    bzip2[central + 10] = 12;
    for (bytes, code, told) in [
        (encrypted, ErrorCode::UnknownFormat, "\"april.csv\" is encrypted in the archive."),
        (
            bzip2,
            ErrorCode::UnknownFormat,
            "\"april.csv\" is packed in a way that Paydirt does not read",
        ),
        (flip(central + 16, 1), ErrorCode::DamagedFile, "another checksum than it says"),
        (
            good[..good.len() - 30].to_vec(),
            ErrorCode::DamagedFile,
            "The archive is damaged or cut short",
        ),
        (
            archive(&[("../april.csv", APRIL)]),
            ErrorCode::DamagedFile,
            "leads out of it: \"../april.csv\"",
        ),
        (archive(&[("/etc/april.csv", APRIL)]), ErrorCode::DamagedFile, "leads out of it"),
        (archive(&[("a\\..\\..\\b.csv", APRIL)]), ErrorCode::DamagedFile, "leads out of it"),
        (archive(&[("c:\\april.csv", APRIL)]), ErrorCode::DamagedFile, "leads out of it"),
        (
            archive(&[("inner.zip", &good)]),
            ErrorCode::UnknownFormat,
            "a ZIP archive within another archive",
        ),
        (archive(&[("a.png", b"\x89PNG\r\n")]), ErrorCode::UnknownFormat, "a PNG picture"),
        (
            archive(&[("a.png", b"\x89PNG\r\n"), ("b.pdf", b"%PDF-1.7")]),
            ErrorCode::NothingUsable,
            "None of the files can be read",
        ),
        (archive(&[("empty/", b"")]), ErrorCode::NothingUsable, "The archive holds no file."),
        (
            archive(&[("a.xml", b"<a/>"), ("[Content_Types].xml", b"<Types/>")]),
            ErrorCode::UnknownFormat,
            "an Office document, but no workbook",
        ),
    ] {
        let problem = refused(read_archive(&bytes, None));
        assert_eq!(problem.code, code, "{problem}");
        assert!(problem.detail.to_string().contains(told), "{problem}");
    }
}

/// A workbook with a case, an activity and a day, below a title.
fn book() -> Vec<u8> {
    let text = |text: &str| format!("<c t=\"str\"><v>{text}</v></c>");
    let row = |texts: &[&str]| {
        let cells: String = texts.iter().map(|it| text(it)).collect();
        format!("<row>{cells}</row>")
    };
    let rows = [
        row(&["Deals of June"]),
        row(&["case", "activity", "time"]),
        row(&["3", "c", "2024-06-01"]),
        row(&["4", "d", "2024-06-02"]),
    ];
    workbook(&[("Deals", &format!("<sheetData>{}</sheetData>", rows.concat()))])
}

#[test]
fn a_workbook_is_read_wherever_it_is_packed() {
    let book = book();
    let expected = ["3: 3|c|2024-06-01", "4: 4|d|2024-06-02"];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let members: [(&str, &[u8]); 2] = [("june/deals.xlsx", &book), ("readme.md", b"of June")];
        let (table, report) = table_of(read_archive(&archive_of(&members, method), None));
        assert_eq!(rows(&table), expected);
        assert_eq!(report.format, "xlsx");
        let kinds: Vec<ChoiceKind> = report.choices.iter().map(|choice| choice.kind).collect();
        assert_eq!(kinds, [ChoiceKind::Sheet]);
        let beside = archive_of(&[("april.csv", APRIL), ("deals.xlsx", &book)], method);
        let content = read_archive(&beside, None).unwrap();
        let Content::Undecided { problem, .. } = content else { panic!("{content:?}") };
        assert_eq!(problem.code, ErrorCode::MemberNotChosen);
        let (table, report) = table_of(read_archive(&beside, Some("deals.xlsx")));
        assert_eq!(rows(&table), expected);
        let kinds: Vec<ChoiceKind> = report.choices.iter().map(|choice| choice.kind).collect();
        assert_eq!(kinds, [ChoiceKind::Member, ChoiceKind::Sheet]);
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&book).unwrap();
    let (table, _) = table_of(read_archive(&packed.finish().unwrap(), None));
    assert_eq!(rows(&table), expected);
}

#[test]
fn every_cut_archive_is_refused_and_no_changed_one_gives_other_rows() {
    let good = archive(&[("april.csv", APRIL), ("may.csv", MAY)]);
    for length in 4..good.len() {
        refused(read_archive(&good[..length], None));
    }
    let (table, _) = table_of(read_archive(&good, None));
    let expected = rows(&table);
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 0x11;
        if let Ok(Content::Table { table, .. }) = read_archive(&changed, None) {
            let found = rows(&table);
            // A member may be lost with its entry; its rows are never changed.
            let is_part = found.iter().all(|row| {
                let row = row.split_once(": ").unwrap().1;
                expected.iter().any(|known| known.ends_with(row))
            });
            assert!(is_part, "byte {place}: {found:?}");
        }
    }
}

#[test]
fn what_unpacks_to_far_more_than_data_do_is_refused() {
    let bomb = vec![b'1'; 3 << 20];
    let bytes = archive(&[("bomb.csv", &bomb)]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.zip");
    fs::write(&path, &bytes).unwrap();
    let limits = Limits { unpacked_floor: 1 << 20, ..Limits::STANDARD };
    let problem = refused(read_as(&path, None, limits));
    assert_eq!(problem.code, ErrorCode::InputTooLarge);
    // A member that says it is smaller than it is.
    let central = bytes.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let mut lying = bytes.clone();
    lying[central + 24..central + 28].copy_from_slice(&100_u32.to_le_bytes());
    fs::write(&path, &lying).unwrap();
    let problem = refused(read_as(&path, None, limits));
    assert!(problem.detail.to_string().contains("longer than it says"), "{problem}");
    let many: Vec<(String, &[u8])> = (0..20).map(|idx| (format!("{idx}.csv"), APRIL)).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    fs::write(&path, archive(&many)).unwrap();
    let limits = Limits { members_max: 10, ..Limits::STANDARD };
    let problem = refused(read_as(&path, None, limits));
    assert_eq!(problem.detail.to_string(), "The archive has 20 members; at most 10 are read.");
}

#[test]
fn a_part_that_cannot_be_opened_is_not_left_out() {
    let members: &[(&str, &[u8])] = &[("m01.csv", APRIL), ("m02.csv", MAY), ("m03.csv", APRIL)];
    let good = archive(members);
    let mut encrypted = good.clone();
    let places = |signature: &[u8]| {
        let found = good.windows(4).enumerate().filter(|(_, it)| *it == signature);
        found.map(|(place, _)| place).collect::<Vec<_>>()
    };
    encrypted[places(b"PK\x03\x04")[1] + 6] |= 1;
    encrypted[places(b"PK\x01\x02")[1] + 8] |= 1;
    let inner = archive(&[("m02.csv", MAY)]);
    let seven = b"7z\xbc\xaf\x27\x1c\0\x04 and so on";
    let packed: [&[(&str, &[u8])]; 2] = [
        &[("m01.csv", APRIL), ("m02.zip", &inner), ("m03.csv", APRIL)],
        &[("m01.csv", APRIL), ("m02.7z", seven), ("m03.csv", APRIL)],
    ];
    for (bytes, told) in [
        (encrypted.clone(), "\"m02.csv\" is encrypted in the archive."),
        (archive(packed[0]), "This is a ZIP archive within another archive."),
        (archive(packed[1]), "This is a 7-Zip archive."),
    ] {
        let content = read_archive(&bytes, None).unwrap();
        let Content::Undecided { problem, report } = content else { panic!("{content:?}") };
        assert_eq!(problem.code, ErrorCode::UnknownFormat);
        assert!(problem.detail.to_string().starts_with(told), "{problem}");
        let options: Vec<&str> =
            report.choices[0].options.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(options, ["m01.csv", "m03.csv"]);
        let (table, _) = table_of(read_archive(&bytes, Some("m03.csv")));
        assert_eq!(table.row_count(), 2);
    }
    assert_eq!(refused(read_archive(&encrypted, Some("m02.csv"))).code, ErrorCode::UnknownFormat);
}

#[test]
fn readings_by_rules_are_told_of_every_part() {
    let titled =
        b"Sales report\nconfidential\ncase,activity,time\n3,a,2024-06-01\n4,b,2024-06-02\n";
    let members: &[(&str, &[u8])] = &[("m01.csv", APRIL), ("m02.csv", titled)];
    let (table, report) = table_of(read_archive(&archive(members), None));
    assert_eq!(rows(&table)[2], "7: 3|a|2024-06-01");
    let [reading] = report.automatic.as_slice() else { panic!("{:?}", report.automatic) };
    let told = reading.what.to_string();
    assert_eq!(told, "\"m02.csv\": 2 lines before the table were skipped as a title.");
    let places: Vec<u64> = reading.examples.iter().map(|example| example.row).collect();
    assert_eq!(places, [4, 5]);
}

#[test]
fn a_part_with_names_alone_is_a_table_without_rows() {
    let header: &[u8] = b"case,activity,time\n";
    for members in [
        [("m01.csv", APRIL), ("m02.csv", header), ("m03.csv", MAY)],
        [("m01.csv", header), ("m02.csv", APRIL), ("m03.csv", MAY)],
    ] {
        let (table, report) = table_of(read_archive(&archive(&members), None));
        assert_eq!(table.names, ["case", "activity", "time"]);
        assert_eq!((table.row_count(), report.rows_read), (3, 3));
        assert_eq!(report.format, "csv");
        let empty = members.iter().find(|(_, bytes)| *bytes == header).unwrap().0;
        let said = notes(&report);
        assert!(said.contains(&format!("1 file has no rows of data: {empty}")), "{said}");
    }
    let members: &[(&str, &[u8])] = &[("m01.csv", header), ("m02.csv", header)];
    assert_eq!(refused(read_archive(&archive(members), None)).code, ErrorCode::NothingUsable);
}

#[test]
fn what_holds_for_each_member_holds_for_all_together() {
    let month = [b"case,activity,time\n".to_vec(), b"1,a,2024-04-01\n".repeat(2_000)].concat();
    let names: Vec<String> = (0..20).map(|idx| format!("m{idx:02}.csv")).collect();
    let members: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), month.as_slice())).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("months.zip");
    fs::write(&path, archive(&members)).unwrap();
    let limits = Limits { unpacked_floor: 100_000, unpacked_per_byte: 10, ..Limits::STANDARD };
    let problem = refused(read_as(&path, None, limits));
    assert_eq!(problem.code, ErrorCode::InputTooLarge, "{problem}");
    fs::write(&path, archive(&members[..2])).unwrap();
    assert!(read_as(&path, None, limits).is_ok());
    // Both entries of the list lead to the same packed bytes.
    let mut twice = archive(&members[..2]);
    let entry = twice.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    twice[entry + 42..entry + 46].fill(0);
    let problem = refused(read_archive(&twice, None));
    assert_eq!(problem.detail.to_string(), "Members of the archive lie upon each other.");
}

#[test]
fn nothing_in_a_folder_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "_a.csv", APRIL);
    put(folder.path(), "_SUCCESS", b"");
    put(folder.path(), ".b.csv.crc", b"crc");
    let problem = refused(read_as(folder.path(), None, Limits::STANDARD));
    assert!(
        problem.detail.to_string().starts_with("1 entry of the folder was passed over: _a.csv.")
    );
    put(folder.path(), "b.csv", MAY);
    put(folder.path(), "_old/c.csv", APRIL);
    let (table, report) = table_of(read_as(folder.path(), None, Limits::STANDARD));
    assert_eq!(table.row_count(), 1);
    let said = notes(&report);
    assert!(said.contains("2 entries of the folder were passed over: _a.csv, _old."), "{said}");
    put(folder.path(), &format!("{}d.csv", "in/".repeat(17)), APRIL);
    let problem = refused(read_as(folder.path(), None, Limits::STANDARD));
    assert_eq!(problem.code, ErrorCode::InputTooLarge);
    assert!(problem.detail.to_string().contains("more than 16 deep"), "{problem}");
}

/// A Parquet file of text columns and, where given, one of numbers.
fn parquet_of(texts: &[(&str, &[&str])], numbers: Option<(&str, &[f64])>) -> Vec<u8> {
    use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
    use std::sync::Arc;
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for (name, values) in texts {
        columns.push((name, Arc::new(StringArray::from(values.to_vec()))));
    }
    if let Some((name, values)) = numbers {
        columns.push((name, Arc::new(Float64Array::from(values.to_vec()))));
    }
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn parts_of_a_data_set_are_one_table_and_their_folders_name_columns() {
    let folder = tempfile::tempdir().unwrap();
    let of = |case: &[&str]| {
        let activity: Vec<&str> = case.iter().map(|_| "a").collect();
        parquet_of(&[("case", case), ("activity", &activity)], None)
    };
    put(folder.path(), "year=2024/region=EMEA/part-0.parquet", &of(&["1", "2"]));
    put(folder.path(), "year=2024/region=%C3%8Ele/part-0.parquet", &of(&["3"]));
    put(folder.path(), "year=2023/region=__HIVE_DEFAULT_PARTITION__/part-0.parquet", &of(&["4"]));
    put(folder.path(), "_SUCCESS", b"");
    put(folder.path(), "_metadata", b"PAR1");
    put(folder.path(), "year=2024/.part-0.parquet.crc", b"crc");
    let (table, report) = table_of(read_as(folder.path(), None, Limits::STANDARD));
    assert_eq!(table.names, ["case", "activity", "year", "region"]);
    assert_eq!(
        rows(&table),
        ["1: 4|a|2023|", "2: 3|a|2024|Île", "3: 1|a|2024|EMEA", "4: 2|a|2024|EMEA"]
    );
    assert_eq!(report.rows_read, 4);
    let one = folder.path().join("year=2024");
    let (table, _) = table_of(read_as(&one, None, Limits::STANDARD));
    assert_eq!(table.names, ["case", "activity", "region"]);
    let member = Some("year=2024/region=EMEA/part-0.parquet");
    let (table, _) = table_of(read_as(folder.path(), member, Limits::STANDARD));
    assert_eq!(rows(&table), ["1: 1|a|2024|EMEA", "2: 2|a|2024|EMEA"]);
}

#[test]
fn schemas_that_differ_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let base: &[(&str, &[&str])] = &[("case", &["1"]), ("activity", &["a"])];
    put(folder.path(), "part-0.parquet", &parquet_of(base, Some(("value", &[1.5]))));
    put(folder.path(), "part-1.parquet", &parquet_of(base, None));
    put(folder.path(), "part-2.parquet", &parquet_of(&[base[0], base[1], ("value", &["x"])], None));
    let (table, report) = table_of(read_as(folder.path(), None, Limits::STANDARD));
    assert_eq!(rows(&table), ["1: 1|a|1.5", "2: 1|a|", "3: 1|a|x"]);
    let said = notes(&report);
    assert!(
        said.contains(
            "The column \"value\" is missing in 1 file and is blank for its rows: part-1.parquet"
        ),
        "{said}"
    );
    assert!(
        said.contains("The column \"value\" has different types in the files: decimal, text."),
        "{said}"
    );
    put(
        folder.path(),
        "people.parquet",
        &parquet_of(&[("name", &["Kim"]), ("team", &["N"]), ("city", &["P"])], None),
    );
    let problem = refused(read_as(folder.path(), None, Limits::STANDARD));
    assert_eq!(problem.code, ErrorCode::MemberNotChosen);
    let empty = tempfile::tempdir().unwrap();
    let problem = refused(read_as(empty.path(), None, Limits::STANDARD));
    assert_eq!(problem.detail.to_string(), "The folder holds no file.");
}

#[test]
fn the_public_archive_is_read_without_help() {
    let Some(data) = crate::support::reference_data() else { return };
    let path = data.join("logs/ibm/onboard_client.zip");
    let (table, report) = table_of(read_as(&path, None, Limits::STANDARD));
    assert_eq!(report.format, "csv");
    // Lines of the file without the header.
    assert_eq!(table.row_count(), report.rows_read);
    assert!(report.rows_read > 6_838);
}

/// Reads with tables chosen by their names, and tells what came of it.
fn parts_told(path: &Path, wanted: &[&str]) -> String {
    let choose = |heads: &[PartHead<'_>]| -> Vec<usize> {
        let is_wanted = |idx: &usize| wanted.contains(&heads[*idx].name);
        (0..heads.len()).filter(is_wanted).collect()
    };
    let content = with_options(1, Limits::STANDARD, None, |options| {
        read(path, &ReadOptions { parts: Some(&choose), ..*options })
    });
    let Content::Parts { parts, report } = content.unwrap() else { panic!("no parts") };
    let mut told = notes(&report);
    assert!(report.choices[0].chosen.is_none(), "they are read together");
    for part in parts {
        let names = part.table.names.join("|");
        told.push_str(&format!("{} {names}\n", part.name));
        rows(&part.table).iter().for_each(|row| told.push_str(&format!("  {row}\n")));
    }
    told
}

/// Every part has a header, whatever its cells look like, and may have nothing else.
#[test]
fn files_and_sheets_that_belong_together_are_parts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    let members: [(&str, &[u8]); 4] = [
        ("cases.csv", b"case,owner\na,Ann\nb,Bob\n"),
        ("events.csv", APRIL),
        ("leads.csv", b"lead,source\n"),
        ("other.csv", b"x,y\n1,2\n"),
    ];
    fs::write(&path, archive(&members)).unwrap();
    assert_eq!(
        parts_told(&path, &["cases.csv", "events.csv", "leads.csv"]),
        "1 file is no part of the import and was left out: other.csv\n\
         cases.csv case|owner\n  2: a|Ann\n  3: b|Bob\n\
         events.csv case|activity|time\n  2: 1|a|2024-04-01\n  3: 2|a|2024-04-02\n\
         leads.csv lead|source\n"
    );
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = |rows: &[&[&str]]| {
        let row =
            |row: &&[&str]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
        format!("<sheetData>{}</sheetData>", rows.iter().map(row).collect::<String>())
    };
    let cases = sheet(&[&["case", "owner"], &["a", "Ann"], &["b", "Bob"]]);
    let leads = sheet(&[&["lead", "source"]]);
    let guide = sheet(&[&["Fill", "this", "in"], &["and", "send", "it"]]);
    let path = folder.path().join("book.xlsx");
    let sheets = [("Guide", &*guide), ("Cases", &*cases), ("Leads", &*leads)];
    fs::write(&path, workbook(&sheets)).unwrap();
    assert_eq!(
        parts_told(&path, &["Cases", "Leads"]),
        "The workbook has another sheet that was not read: \"Guide\" (2 rows, 3 columns). Another \
         sheet can be chosen.\n\
         Cases case|owner\n  2: a|Ann\n  3: b|Bob\nLeads lead|source\n"
    );
}

/// Workbooks with the same columns are one table, as texts are, and each keeps its cells.
#[test]
fn workbooks_with_the_same_columns_are_one_table() {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let book = |case: &str| {
        let rows = [["case", "step"], [case, "Open"], [case, "Close"]];
        let row =
            |row: &[&str; 2]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
        let sheet: String = rows.iter().map(row).collect();
        workbook(&[("Sheet1", &format!("<sheetData>{sheet}</sheetData>"))])
    };
    let (april, may) = (book("1"), book("2"));
    let bytes = archive(&[("april.xlsx", &april), ("may.xlsx", &may)]);
    let (table, report) = table_of(read_archive(&bytes, None));
    assert_eq!(rows(&table), ["2: 1|Open", "3: 1|Close", "5: 2|Open", "6: 2|Close"]);
    let places = report.places.expect("workbooks have cells");
    assert_eq!(places.cell("step", 5).as_deref(), Some("Sheet1!B2"));
}
