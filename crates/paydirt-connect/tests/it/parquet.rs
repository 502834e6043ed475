//! Does a log come back from Parquet as it was, and what of files of others and damaged ones?

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int64Array,
    RecordBatch, StringArray, Time64MicrosecondArray, TimestampNanosecondArray, UInt64Array,
    new_null_array,
};
use arrow_schema::{DataType, Field, Schema};
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use paydirt_connect::source::{Content, Limits, ReadOptions, read};
use paydirt_connect::writers::parquet::write_log;
use paydirt_model::attribute::{AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::event_chunk::{ChunkWriter, EventTime, NewValue};
use paydirt_model::event_log::{CaseLinks, CaseNotion, EventLog, Segment, TimeZoneName};
use paydirt_model::language::Language;
use paydirt_model::log_builder::{AttributeSpec, EventLogBuilder, LevelChoice, LogSpec};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::rates::RateTable;
use paydirt_model::text_log;
use paydirt_model::time::{Precision, Timestamp};

use crate::support::{describe, with_options};

fn read_stored(path: &Path, threads: usize) -> Result<EventLog, Problem> {
    let content = with_options(threads, Limits::STANDARD, None, |options| read(path, options))?;
    if matches!(content, Content::Table { .. }) {
        return Err(Problem::new(ErrorCode::UnknownFormat, "The description is gone."));
    }
    Ok(built(content))
}

fn built(content: Content) -> EventLog {
    let Content::Events { spec, chunks, .. } = content else { panic!("a stored log has roles") };
    let mut builder = EventLogBuilder::new(spec, 1);
    for chunk in chunks {
        builder.append(chunk);
    }
    builder.finish().unwrap().0
}

fn written(log: &EventLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_log(log, &mut bytes).unwrap();
    bytes
}

/// A log with everything that a log can have.
fn full_log() -> EventLog {
    let kinds = [
        ("region", AttributeType::Text, AttributeLevel::Case),
        ("amount", AttributeType::Money, AttributeLevel::Case),
        ("time", AttributeType::Text, AttributeLevel::Event),
        ("Region", AttributeType::Integer, AttributeLevel::Event),
        ("share", AttributeType::Decimal, AttributeLevel::Event),
        ("late", AttributeType::Boolean, AttributeLevel::Event),
        ("due", AttributeType::Timestamp, AttributeLevel::Event),
        ("effort", AttributeType::Duration, AttributeLevel::Event),
    ];
    let spec = LogSpec {
        notion: CaseNotion::Document,
        attributes: kinds
            .iter()
            .map(|(name, kind, level)| AttributeSpec {
                name: (*name).to_owned(),
                kind: *kind,
                level: LevelChoice::Declared(*level),
            })
            .collect(),
        resource: Some(AttributeIdx(2)),
        auxiliary: vec!["note".to_owned()],
        time_zone: TimeZoneName::parse("Europe/Paris").unwrap(),
        as_of: Timestamp::parse("2025-01-01T00:00:00Z"),
        ..LogSpec::plain()
    };
    let mut writer = ChunkWriter::new(kinds.iter().map(|(_, kind, _)| *kind).collect());
    for case in 0..50_i64 {
        for event in 0..(case % 5 + 1) {
            let us = case * 1_000_003 + event * 60_000_000;
            let time = EventTime {
                effective_us: us,
                start_us: (event == 2).then_some(us - 5_000_000),
                recorded_us: us + i64::from(event == 1),
                offset_min: if case % 3 == 0 { -330 } else { 0 },
                precision: [Precision::Instant, Precision::Minute, Precision::Day]
                    [usize::try_from(case % 3).unwrap()],
            };
            let names = ["quote", "order", "note", "見積", ""];
            let activity = names[usize::try_from(event).unwrap()];
            writer.push(&format!("case {case}"), activity, time);
            if event == 0 {
                writer.set(
                    0,
                    &NewValue::Text(["EMEA", "", "日本"][usize::try_from(case % 3).unwrap()]),
                );
                let currency = [Some("EUR"), None][usize::try_from(case % 2).unwrap()];
                writer.set(1, &NewValue::Money(Decimal::new((case * 1_001).into(), 2), currency));
            }
            if event != 3 {
                writer.set(2, &NewValue::Text("ann"));
                writer.set(3, &NewValue::Number(case - 20));
                writer.set(4, &NewValue::Decimal(Decimal::new((case * 7 - 100).into(), 3)));
                writer.set(5, &NewValue::Boolean(case % 2 == 0));
                writer.set(6, &NewValue::Number(us));
                writer.set(7, &NewValue::Number(-us));
            }
        }
    }
    let mut builder = EventLogBuilder::new(spec, 4);
    builder.append(writer.take());
    let log = builder.finish().unwrap().0;
    let mut rates = RateTable::default();
    rates.insert(19_000, "USD", "EUR", Decimal::new(920, 3));
    linked(&log).with_rates(rates)
}

fn linked(log: &EventLog) -> EventLog {
    let segments = log.segments().iter().map(|segment| {
        let mut parts = segment.parts().clone();
        let mut links = CaseLinks::default();
        for (idx, id) in parts.case_ids.iter().enumerate() {
            for copy in 0..idx % 3 {
                links.case_ids.push(&format!("{id}/{copy}"));
                links.shares.push(500_000);
            }
            links.ends.push(u32::try_from(links.shares.len()).unwrap());
        }
        parts.links = links;
        Segment::new(parts)
    });
    EventLog::new((**log.context()).clone(), segments.collect())
}

fn links_of(log: &EventLog) -> Vec<(String, Vec<(String, u32)>)> {
    let mut all = Vec::new();
    for segment in log.segments() {
        let parts = segment.parts();
        for case in 0..segment.case_count() {
            let start = if case == 0 { 0 } else { parts.links.ends[case - 1] };
            let pairs = (start..parts.links.ends[case])
                .map(|idx| idx as usize)
                .map(|idx| (parts.links.case_ids.get(idx).to_owned(), parts.links.shares[idx]));
            all.push((parts.case_ids.get(case).to_owned(), pairs.collect()));
        }
    }
    all.sort();
    all
}

#[test]
fn a_log_comes_back_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.parquet");
    let log = full_log();
    fs::write(&path, written(&log)).unwrap();
    for threads in [1, 3] {
        let back = read_stored(&path, threads).unwrap();
        assert_eq!(describe(&back), describe(&log));
        assert_eq!(links_of(&back), links_of(&log));
        let (context, expected) = (back.context(), log.context());
        assert_eq!(context.notion, expected.notion);
        assert_eq!(context.time_zone, expected.time_zone);
        assert_eq!(context.as_of, expected.as_of);
        assert_eq!(context.resource, expected.resource);
        assert_eq!(context.activities, expected.activities);
        assert_eq!(context.rates, expected.rates);
        let shape = |log: &EventLog| -> Vec<(String, AttributeLevel, AttributeType, u8)> {
            let attributes = log.context().attributes.iter();
            attributes.map(|it| (it.name.clone(), it.level, it.kind, it.scale)).collect()
        };
        assert_eq!(shape(&back), shape(&log));
    }
}

#[test]
fn a_log_within_a_gzip_file_comes_back_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.parquet.gz");
    let log = full_log();
    let mut packed = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
    packed.write_all(&written(&log)).unwrap();
    packed.finish().unwrap();
    assert_eq!(describe(&read_stored(&path, 1).unwrap()), describe(&log));
}

#[test]
fn the_same_log_gives_the_same_bytes() {
    assert_eq!(written(&full_log()), written(&full_log()));
    let log = text_log::parse("a b c ×3\na/ann{cost=5} b{cost=2.5} | region=EMEA");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.parquet");
    fs::write(&path, written(&log)).unwrap();
    let back = read_stored(&path, 1).unwrap();
    assert_eq!(describe(&back), describe(&log));
    assert_eq!(written(&back), written(&log));
}

#[test]
fn an_empty_log_is_written_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.parquet");
    fs::write(&path, written(&text_log::parse(""))).unwrap();
    let back = read_stored(&path, 2).unwrap();
    assert_eq!((back.context().event_count, back.segments().len()), (0, 0));
}

#[test]
fn attributes_are_left_unread_when_only_the_core_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.parquet");
    fs::write(&path, written(&full_log())).unwrap();
    let content = with_options(1, Limits::STANDARD, None, |options| {
        read(&path, &ReadOptions { only_core: true, ..*options })
    });
    let log = built(content.unwrap());
    assert!(log.context().attributes.is_empty());
    assert_eq!(log.context().event_count, full_log().context().event_count);
}

#[test]
fn a_newer_layout_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.parquet");
    let array: ArrayRef = Arc::new(StringArray::from(vec!["x"]));
    let batch = RecordBatch::try_from_iter([("case_id", array)]).unwrap();
    let mut writer =
        ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    for (text, code, words) in [
        (r#"{"version":2}"#, ErrorCode::UnknownFormat, "newer"),
        (r#"{"version":1}"#, ErrorCode::DamagedFile, "description"),
    ] {
        let mut writer =
            ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        let pair = parquet::file::metadata::KeyValue::new("paydirt".to_owned(), text.to_owned());
        writer.append_key_value_metadata(pair);
        writer.close().unwrap();
        let problem =
            with_options(1, Limits::STANDARD, None, |options| read(&path, options)).unwrap_err();
        assert_eq!(problem.code, code);
        assert!(problem.detail.to_string().contains(words), "{problem}");
        assert_eq!(problem.place.file.as_deref(), path.to_str());
    }
}

#[test]
fn a_file_of_another_program_is_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.parquet");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("name", Arc::new(StringArray::from(vec![Some("a"), None, Some("見積")]))),
        ("count", Arc::new(Int64Array::from(vec![Some(1), None, Some(-3)]))),
        ("big", Arc::new(UInt64Array::from(vec![1, u64::MAX, 3]))),
        ("price", Arc::new(Float64Array::from(vec![Some(0.1), Some(f64::NAN), None]))),
        ("ratio", Arc::new(Float32Array::from(vec![0.1, 2.5, 1e-7]))),
        (
            "exact",
            Arc::new(
                Decimal128Array::from(vec![1_250, -5, 0]).with_precision_and_scale(10, 2).unwrap(),
            ),
        ),
        ("day", Arc::new(Date32Array::from(vec![Some(19_000), None, Some(0)]))),
        ("at", Arc::new(TimestampNanosecondArray::from(vec![1_999, -1, 0]))),
        ("raw", Arc::new(BinaryArray::from(vec![b"x".as_slice(), b"\xff", b"\xc3\xa9"]))),
        ("clock", Arc::new(Time64MicrosecondArray::from(vec![1, 2, 3]))),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut writer =
        ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let content = with_options(2, Limits::STANDARD, None, |options| read(&path, options)).unwrap();
    let Content::Table { table, report } = content else { panic!("a table") };
    let rows: Vec<String> = (0..3)
        .map(|row| {
            let cells = table.chunks[0].columns.iter().map(|column| column.text(row));
            cells.collect::<Vec<_>>().join("|")
        })
        .collect();
    assert_eq!(
        table.names,
        ["name", "count", "big", "price", "ratio", "exact", "day", "at", "raw"]
    );
    assert_eq!(
        rows,
        [
            "a|1|1|0.1|0.1|12.5|2022-01-08|1970-01-01T00:00:00.000001Z|x",
            "||||2.5|-0.05||1969-12-31T23:59:59.999999Z|",
            "見積|-3|3||0.0000001|0|1970-01-01|1970-01-01T00:00:00Z|é",
        ]
    );
    assert_eq!(table.chunks[0].lines, [1, 2, 3]);
    assert_eq!(
        report.notes,
        [
            "Column \"clock\" holds Time64(µs) and was left out.",
            "Times without a zone in \"at\" were read in UTC. Another zone can be chosen.",
            "1 value of \"big\" cannot be held and is blank.",
            "1 value of \"price\" cannot be held and is blank.",
            "1 value of \"raw\" cannot be held and is blank.",
        ]
    );
}

#[test]
fn a_file_that_ends_with_a_large_dictionary_is_read() {
    // Every id is different, so that the dictionary of the last column is most of the file.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ids.parquet");
    let ids = StringArray::from_iter_values((0..5_000).map(|idx| format!("record-{idx:08}")));
    let schema = Arc::new(Schema::new(vec![Field::new("id", DataType::Utf8, false)]));
    let output = File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(output, Arc::clone(&schema), None).unwrap();
    writer.write(&RecordBatch::try_new(schema, vec![Arc::new(ids)]).unwrap()).unwrap();
    writer.close().unwrap();
    let content = with_options(2, Limits::STANDARD, None, |options| read(&path, options)).unwrap();
    let Content::Table { table, .. } = content else { panic!("a foreign file is a table") };
    assert_eq!(table.row_count(), 5_000);
}

/// Writes a table of blanks with as few bytes as the format takes.
fn blank_table(path: &Path, column_count: usize, row_count: usize) {
    let fields = (0..column_count).map(|idx| Field::new(format!("c{idx}"), DataType::Int64, true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let properties = WriterProperties::builder()
        .set_data_page_row_count_limit(usize::MAX)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), schema.clone(), Some(properties))
            .unwrap();
    let mut left = row_count;
    while left > 0 {
        let rows = left.min(1 << 20);
        let columns =
            schema.fields().iter().map(|field| new_null_array(field.data_type(), rows)).collect();
        writer.write(&RecordBatch::try_new(schema.clone(), columns).unwrap()).unwrap();
        left -= rows;
    }
    writer.close().unwrap();
}

#[test]
fn a_small_file_of_very_many_blank_rows_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.parquet");
    blank_table(&path, 64, 1 << 20);
    let byte_count = fs::metadata(&path).unwrap().len();
    assert!(byte_count < 200_000, "a forged file is small: {byte_count}");
    let problem =
        with_options(2, Limits::STANDARD, None, |options| read(&path, options)).unwrap_err();
    assert_eq!(problem.code, ErrorCode::InputTooLarge);
    assert_eq!(problem.place.file.as_deref(), path.to_str());
    let cells_max = (32 << 20) + 64 * byte_count;
    let grouped = |count: u64| Language::English.number(i64::try_from(count).unwrap());
    let (bytes, cells) = (grouped(byte_count), grouped(cells_max));
    assert_eq!(
        problem.detail.to_string(),
        format!(
            "The file claims 1,048,576 rows of 64 columns, which are 67,108,864 cells in {bytes} \
             bytes; from a file of this size at most {cells} cells are read."
        )
    );
    assert!(
        problem.hint.unwrap().to_string().starts_with("Export the table without its blank columns")
    );
}

#[test]
fn a_very_compressible_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.parquet");
    blank_table(&path, 1, 3 << 20);
    assert!(fs::metadata(&path).unwrap().len() < 2_000, "thousands of cells a byte");
    let content = with_options(2, Limits::STANDARD, None, |options| read(&path, options)).unwrap();
    let Content::Table { report, .. } = content else { panic!("a table") };
    assert_eq!(report.rows_read, 3 << 20);
    // The floor and the ratio are limits like others.
    for (cells_floor, cells_per_byte, is_read) in
        [(3 << 20, 0, true), ((3 << 20) - 1, 0, false), (0, 1, false), (0, 1 << 20, true)]
    {
        let limits = Limits { cells_floor, cells_per_byte, ..Limits::STANDARD };
        let content = with_options(1, limits, None, |options| read(&path, options));
        assert_eq!(content.is_ok(), is_read, "{cells_floor} and {cells_per_byte} a byte");
    }
}

#[test]
fn every_cut_and_any_changed_byte_ends_in_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.parquet");
    let bytes = written(&full_log());
    for end in (0..bytes.len()).step_by(97) {
        fs::write(&path, &bytes[..end]).unwrap();
        assert!(read_stored(&path, 1).is_err(), "cut at {end}");
    }
    let mut seed: u64 = 0x2545_f491_4f6c_dd1d;
    let mut below = |bound: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % bound as u64).unwrap()
    };
    for _ in 0..600 {
        let mut changed = bytes.clone();
        for _ in 0..=below(3) {
            let position = below(changed.len());
            changed[position] ^= 1 << below(8);
        }
        fs::write(&path, &changed).unwrap();
        let _ = read_stored(&path, 1);
        let _ = with_options(1, Limits::STANDARD, None, |options| read(&path, options));
    }
}
