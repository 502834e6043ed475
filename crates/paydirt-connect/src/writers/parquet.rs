//! How is a log written as Parquet? One row for each event, readable as a plain table everywhere.
//!
//! Cases keep the order of the segments and their rows stay together; a row group never splits a
//! case. The same log gives the same bytes.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Int16Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::interner::TextColumn;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Precision;

use crate::parquet_layout::{
    ACTIVITY_COLUMN, CASE_COLUMN, ColumnNames, LAYOUT_VERSION, LINKS_COLUMN, METADATA_KEY,
    OFFSET_COLUMN, PRECISION_COLUMN, RECORDED_COLUMN, START_COLUMN, StoredAttribute, StoredLog,
    StoredRate, TIME_COLUMN,
};

/// Rows after which a row group ends with the next case.
const ROW_GROUP_ROWS: usize = 131_072;

/// Level of the Zstandard compression.
const COMPRESSION_LEVEL: i32 = 1;

/// Digits of a decimal that Parquet keeps in 64 bits.
const SHORT_DECIMAL_DIGITS: u8 = 18;

/// Digits of any decimal of a log.
const LONG_DECIMAL_DIGITS: u8 = 19;

/// Writes a log.
///
/// # Errors
/// The output cannot be written, or one attribute has more than 2 GiB of different texts.
pub fn write_log(log: &EventLog, output: impl Write + Send) -> Result<(), Problem> {
    let plan = Plan::new(log)?;
    let options = ArrowWriterOptions::new()
        .with_properties(plan.properties(log.context())?)
        .with_skip_arrow_metadata(true);
    let schema = Arc::new(Schema::new(plan.fields()));
    let mut writer = ArrowWriter::try_new_with_options(output, Arc::clone(&schema), options)
        .map_err(|error| unwritable(&error))?;
    for segment in log.segments() {
        for cases in row_groups(segment) {
            let columns = plan.columns(log.context(), segment, cases);
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns)
                .map_err(|error| unwritable(&ParquetError::from(error)))?;
            writer.write(&batch).map_err(|error| unwritable(&error))?;
            writer.flush().map_err(|error| unwritable(&error))?;
        }
    }
    writer.close().map_err(|error| unwritable(&error))?;
    Ok(())
}

fn unwritable(error: &ParquetError) -> Problem {
    Problem::new(
        ErrorCode::FileUnwritable,
        say!("Writing Parquet failed: {error}.", error = error.to_string()),
    )
    .with_hint(say!("Check that the disk has room and may be written."))
}

/// The cases of each row group of a segment.
fn row_groups(segment: &Segment) -> Vec<Range<usize>> {
    let offsets = &segment.parts().offsets;
    let mut groups = Vec::new();
    let mut first = 0;
    for end in 1..offsets.len() {
        let is_last = end == offsets.len() - 1;
        if is_last || (offsets[end] - offsets[first]) as usize >= ROW_GROUP_ROWS {
            groups.push(first..end);
            first = end;
        }
    }
    groups
}

/// Which columns the file has.
struct Plan {
    stored: Vec<StoredAttribute>,
    /// Digits of each decimal or money attribute.
    digits: Vec<u8>,
    activities: ArrayRef,
    texts: Vec<ArrayRef>,
    precisions: ArrayRef,
    has_starts: bool,
    has_recorded: bool,
    has_offsets: bool,
    has_precisions: bool,
    has_links: bool,
}

impl Plan {
    fn new(log: &EventLog) -> Result<Self, Problem> {
        let context = log.context();
        let mut names = ColumnNames::new();
        let stored: Vec<StoredAttribute> =
            context.attributes.iter().map(|attribute| stored(attribute, &mut names)).collect();
        let any = |test: fn(&Segment) -> bool| log.segments().iter().any(|segment| test(segment));
        let activities: Vec<&str> = context.activities.names().iter().map(String::as_str).collect();
        Ok(Plan {
            stored,
            digits: context.attributes.iter().map(|it| decimal_digits(log, it)).collect(),
            activities: Arc::new(StringArray::from(activities)),
            texts: context.attributes.iter().map(text_array).collect::<Result<_, _>>()?,
            precisions: Arc::new(StringArray::from(PRECISION_NAMES.to_vec())),
            has_starts: any(|segment| !segment.parts().starts_us.is_empty()),
            has_recorded: any(|segment| !segment.parts().recorded_us.is_empty()),
            has_offsets: any(|segment| !segment.parts().offsets_min.is_empty()),
            has_precisions: any(|segment| !segment.parts().precisions.is_empty()),
            has_links: any(|segment| !segment.parts().links.ends.is_empty()),
        })
    }

    fn fields(&self) -> Vec<Field> {
        let mut fields = vec![
            Field::new(CASE_COLUMN, text_type(), false),
            Field::new(ACTIVITY_COLUMN, text_type(), false),
            Field::new(TIME_COLUMN, instant_type(), false),
        ];
        let optional = [
            (self.has_starts, START_COLUMN, instant_type()),
            (self.has_recorded, RECORDED_COLUMN, instant_type()),
            (self.has_offsets, OFFSET_COLUMN, DataType::Int16),
            (self.has_precisions, PRECISION_COLUMN, text_type()),
            (self.has_links, LINKS_COLUMN, text_type()),
        ];
        for (is_there, name, data_type) in optional {
            if is_there {
                let is_nullable = name == START_COLUMN || name == LINKS_COLUMN;
                fields.push(Field::new(name, data_type, is_nullable));
            }
        }
        for (attribute, &digits) in self.stored.iter().zip(&self.digits) {
            let data_type = value_type(attribute.kind, attribute.scale, digits);
            fields.push(Field::new(&attribute.column, data_type, true));
            if let Some(currency) = &attribute.currency_column {
                fields.push(Field::new(currency, text_type(), true));
            }
        }
        fields
    }

    fn properties(&self, context: &LogContext) -> Result<WriterProperties, Problem> {
        let rates = context.rates.iter().flat_map(|table| table.iter());
        let description = StoredLog {
            version: LAYOUT_VERSION,
            notion: context.notion,
            time_zone: context.time_zone.name().to_owned(),
            as_of_us: context.as_of.map(|instant| instant.as_us()),
            resource: context.resource.map(|idx| idx.0),
            auxiliary: auxiliary_names(context),
            attributes: self.stored.clone(),
            rates: rates
                .map(|(day, from, to, rate)| StoredRate {
                    day,
                    from: from.to_owned(),
                    to: to.to_owned(),
                    mantissa: rate.mantissa.to_string(),
                    scale: rate.scale,
                })
                .collect(),
        };
        let text = serde_json::to_string(&description).map_err(|error| {
            Problem::new(
                ErrorCode::Internal,
                say!("The log cannot be described: {error}.", error = error.to_string()),
            )
        })?;
        let level = ZstdLevel::try_new(COMPRESSION_LEVEL).map_err(|error| unwritable(&error))?;
        let mut properties = WriterProperties::builder()
            .set_created_by(format!("paydirt {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(level))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_max_row_group_row_count(None)
            .set_key_value_metadata(Some(vec![KeyValue::new(METADATA_KEY.to_owned(), text)]));
        for name in [TIME_COLUMN, START_COLUMN, RECORDED_COLUMN] {
            let path = ColumnPath::from(name);
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
        Ok(properties.build())
    }

    fn columns(
        &self,
        context: &LogContext,
        segment: &Segment,
        cases: Range<usize>,
    ) -> Vec<ArrayRef> {
        let parts = segment.parts();
        let rows = parts.offsets[cases.start] as usize..parts.offsets[cases.end] as usize;
        let case_of = case_of_rows(&parts.offsets, &cases);
        let ids: Vec<&str> = cases.clone().map(|case| parts.case_ids.get(case)).collect();
        let activities = parts.activities[rows.clone()].iter();
        let activities = activities.map(|code| i32::try_from(code.idx()).ok());
        let mut columns = vec![
            keyed(case_of.iter().map(|&case| Some(case)), &string_array(ids)),
            keyed(activities, &self.activities),
            instants(parts.times_us[rows.clone()].iter().map(|&us| Some(us))),
        ];
        if self.has_starts {
            let start = |row: usize| parts.starts_us.get(row).copied();
            let starts = rows.clone().map(|row| start(row).filter(|&us| us != i64::MIN));
            columns.push(instants(starts));
        }
        if self.has_recorded {
            let recorded = |row: usize| parts.recorded_us.get(row).or(parts.times_us.get(row));
            columns.push(instants(rows.clone().map(|row| recorded(row).copied())));
        }
        if self.has_offsets {
            let offset = |row: usize| parts.offsets_min.get(row).copied().unwrap_or(0);
            let offsets = Int16Array::from_iter_values(rows.clone().map(offset));
            columns.push(Arc::new(offsets));
        }
        if self.has_precisions {
            let precision = |row: usize| parts.precisions.get(row).copied();
            let codes = rows
                .clone()
                .map(|row| Some(precision_code(precision(row).unwrap_or(Precision::Instant))));
            columns.push(keyed(codes, &self.precisions));
        }
        if self.has_links {
            columns.push(links_column(segment, &cases, &case_of));
        }
        for (idx, attribute) in context.attributes.iter().enumerate() {
            let column = segment.column(attribute);
            let case_idx = |case: &i32| cases.start + case.unsigned_abs() as usize;
            let positions: Vec<usize> = match attribute.level {
                AttributeLevel::Case => case_of.iter().map(case_idx).collect(),
                AttributeLevel::Event => rows.clone().collect(),
            };
            let digits = self.digits[idx];
            columns.extend(value_columns(attribute, column, &positions, digits, &self.texts[idx]));
        }
        columns
    }
}

fn stored(attribute: &Attribute, names: &mut ColumnNames) -> StoredAttribute {
    let column = names.take(&attribute.name, attribute.level);
    let currency_column = (attribute.kind == AttributeType::Money)
        .then(|| names.take(&format!("{column} currency"), attribute.level));
    StoredAttribute {
        name: attribute.name.clone(),
        level: attribute.level,
        kind: attribute.kind,
        scale: attribute.scale,
        column,
        currency_column,
    }
}

/// The names of the precisions, in the order of their codes.
pub(crate) const PRECISION_NAMES: [&str; 3] = ["instant", "minute", "day"];

fn precision_code(precision: Precision) -> i32 {
    match precision {
        Precision::Instant => 0,
        Precision::Minute => 1,
        Precision::Day => 2,
    }
}

fn auxiliary_names(context: &LogContext) -> Vec<String> {
    let activities = &context.activities;
    let codes = activities.codes().filter(|&code| activities.is_auxiliary(code));
    codes.map(|code| activities.name(code).to_owned()).collect()
}

fn text_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

fn instant_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

fn value_type(kind: AttributeType, scale: u8, digits: u8) -> DataType {
    match kind {
        AttributeType::Text => text_type(),
        AttributeType::Integer | AttributeType::Duration => DataType::Int64,
        AttributeType::Decimal | AttributeType::Money => {
            DataType::Decimal128(digits, i8::try_from(scale).unwrap_or(i8::MAX))
        }
        AttributeType::Boolean => DataType::Boolean,
        AttributeType::Timestamp => instant_type(),
    }
}

/// How many digits a decimal column needs: 18 fit 64 bits, which every reader likes best.
fn decimal_digits(log: &EventLog, attribute: &Attribute) -> u8 {
    let is_decimal = matches!(attribute.kind, AttributeType::Decimal | AttributeType::Money);
    const SHORT_MAX: u64 = 10_u64.pow(SHORT_DECIMAL_DIGITS as u32) - 1;
    let is_long = is_decimal
        && log.segments().iter().any(|segment| {
            let column = segment.column(attribute);
            let mut numbers = (0..column.len()).filter_map(|row| column.number(row));
            numbers.any(|number| number.unsigned_abs() > SHORT_MAX)
        });
    if is_long { LONG_DECIMAL_DIGITS } else { SHORT_DECIMAL_DIGITS }
}

fn string_array(texts: Vec<&str>) -> ArrayRef {
    Arc::new(StringArray::from(texts))
}

/// The texts of an attribute as the dictionary of its columns.
fn text_array(attribute: &Attribute) -> Result<ArrayRef, Problem> {
    let texts: &TextColumn = &attribute.texts;
    let byte_count: usize = (0..texts.len()).map(|idx| texts.get_bytes(idx).len()).sum();
    if i32::try_from(byte_count).is_err() {
        let detail =
            say!("The texts of \"{attribute}\" take more than 2 GiB.", attribute = attribute.name);
        return Err(Problem::new(ErrorCode::OverLimit, detail));
    }
    Ok(string_array(texts.iter().collect()))
}

/// For each row of some cases the position of its case among them.
fn case_of_rows(offsets: &[u32], cases: &Range<usize>) -> Vec<i32> {
    let mut case_of = Vec::new();
    for (position, case) in (0_i32..).zip(cases.clone()) {
        let count = (offsets[case + 1] - offsets[case]) as usize;
        case_of.resize(case_of.len() + count, position);
    }
    case_of
}

fn keyed(keys: impl Iterator<Item = Option<i32>>, texts: &ArrayRef) -> ArrayRef {
    let keys: Int32Array = keys.collect();
    Arc::new(DictionaryArray::<Int32Type>::new(keys, Arc::clone(texts)))
}

fn instants(values: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    let array: TimestampMicrosecondArray = values.collect();
    Arc::new(array.with_timezone("UTC"))
}

/// The links of each case as JSON, `[["case", share in millionths], …]`, in each of its rows.
fn links_column(segment: &Segment, cases: &Range<usize>, case_of: &[i32]) -> ArrayRef {
    let links = &segment.parts().links;
    let texts: Vec<String> = cases
        .clone()
        .map(|case| {
            let end_of = |case: usize| links.ends.get(case).copied();
            let start = case.checked_sub(1).and_then(end_of).unwrap_or(0);
            let end = end_of(case).unwrap_or(start);
            let pairs: Vec<(&str, u32)> = (start as usize..end as usize)
                .map(|idx| (links.case_ids.get(idx), links.shares[idx]))
                .collect();
            serde_json::to_string(&pairs).unwrap_or_default()
        })
        .collect();
    let texts = string_array(texts.iter().map(String::as_str).collect());
    keyed(case_of.iter().map(|&case| Some(case)), &texts)
}

fn value_columns(
    attribute: &Attribute,
    column: &Column,
    positions: &[usize],
    digits: u8,
    texts: &ArrayRef,
) -> Vec<ArrayRef> {
    let numbers = || positions.iter().map(|&row| column.number(row));
    let key = |code: u32| i32::try_from(code).ok();
    let array: ArrayRef = match attribute.kind {
        AttributeType::Text => {
            let codes = positions.iter().map(|&row| column.text_code(row).and_then(key));
            keyed(codes, texts)
        }
        AttributeType::Integer | AttributeType::Duration => {
            Arc::new(numbers().collect::<Int64Array>())
        }
        AttributeType::Boolean => {
            let values = positions.iter().map(|&row| column.boolean(row));
            Arc::new(values.collect::<BooleanArray>())
        }
        AttributeType::Timestamp => instants(numbers()),
        AttributeType::Decimal | AttributeType::Money => {
            let scale = i8::try_from(attribute.scale).unwrap_or(i8::MAX);
            let values = numbers().map(|number| number.map(i128::from));
            let array: Decimal128Array = values.collect();
            let data_type = DataType::Decimal128(digits, scale);
            Arc::new(array.with_data_type(data_type))
        }
    };
    if attribute.kind != AttributeType::Money {
        return vec![array];
    }
    let codes = positions.iter().map(|&row| column.currency_code(row).map(i32::from));
    vec![array, keyed(codes, texts)]
}
