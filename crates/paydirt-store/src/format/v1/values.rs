//! What are the tables of a segment, column by column?

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Int16Array, Int32Array, Int64Array,
    StringArray, TimestampMicrosecondArray,
};
use arrow_schema::DataType;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_log::{CaseLinks, LogContext, Segment};
use paydirt_model::interner::TextColumn;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::layout::{
    ACTIVITY_COLUMN, CASE_COLUMN, COUNT_COLUMN, ColumnName, LINKED_COLUMN, OFFSET_COLUMN,
    PRECISION_COLUMN, PRECISION_NAMES, RECORDED_COLUMN, SHARES_COLUMN, START_COLUMN, TIME_COLUMN,
};
use super::table_bytes::{Packing, WrittenColumn, table};

/// Digits of a decimal that Parquet keeps in 64 bits.
const SHORT_DECIMAL_DIGITS: u8 = 18;

/// Digits of any decimal of a log.
const LONG_DECIMAL_DIGITS: u8 = 19;

/// Most bytes of text in one column of one table.
const TEXT_BYTES_MAX: usize = i32::MAX as usize;

/// The bytes of the table of cases of a segment.
///
/// # Errors
/// A column has more text than a table can hold.
pub(super) fn case_table(
    context: &LogContext,
    segment: &Segment,
    names: &[ColumnName],
) -> Result<Vec<u8>, Problem> {
    let parts = segment.parts();
    let ids: Vec<&str> = parts.case_ids.iter().collect();
    let counts = parts.offsets.windows(2).map(|bounds| int(bounds[1] - bounds[0]));
    let counts: Int32Array = counts.collect();
    let mut columns = vec![
        WrittenColumn::new(CASE_COLUMN, texts_array(CASE_COLUMN, ids)?, Packing::Texts),
        WrittenColumn::new(COUNT_COLUMN, Arc::new(counts), Packing::Usual),
    ];
    if !parts.links.ends.is_empty() {
        let (linked, shares) = links(&parts.links)?;
        columns.push(WrittenColumn::new(LINKED_COLUMN, linked, Packing::Usual));
        columns.push(WrittenColumn::new(SHARES_COLUMN, shares, Packing::Usual));
    }
    add_attributes(context, segment, names, AttributeLevel::Case, &mut columns)?;
    table(&columns)
}

/// The bytes of the table of events of a segment.
///
/// # Errors
/// A column has more text than a table can hold.
pub(super) fn event_table(
    context: &LogContext,
    segment: &Segment,
    names: &[ColumnName],
) -> Result<Vec<u8>, Problem> {
    let parts = segment.parts();
    let activities = parts.activities.iter().map(|code| Some(code.idx()));
    let known: TextColumn = context.activities.names().iter().map(String::as_str).collect();
    let (activities, _) = local_texts(activities, &known);
    let activities = keyed(ACTIVITY_COLUMN, activities)?;
    let times = parts.times_us.iter().map(|&us| Some(us));
    let mut columns = vec![
        WrittenColumn::new(ACTIVITY_COLUMN, activities, Packing::Dictionary),
        WrittenColumn::new(TIME_COLUMN, instants(times), Packing::Differences),
    ];
    if !parts.starts_us.is_empty() {
        let starts = parts.starts_us.iter().map(|&us| (us != i64::MIN).then_some(us));
        columns.push(WrittenColumn::new(START_COLUMN, instants(starts), Packing::Differences));
    }
    if !parts.recorded_us.is_empty() {
        let recorded = instants(parts.recorded_us.iter().map(|&us| Some(us)));
        columns.push(WrittenColumn::new(RECORDED_COLUMN, recorded, Packing::Differences));
    }
    if !parts.offsets_min.is_empty() {
        let offsets = Int16Array::from(parts.offsets_min.clone());
        columns.push(WrittenColumn::new(OFFSET_COLUMN, Arc::new(offsets), Packing::Usual));
    }
    if !parts.precisions.is_empty() {
        let codes = parts.precisions.iter().map(|&precision| Some(precision as usize));
        let known: TextColumn = PRECISION_NAMES.into_iter().collect();
        let (codes, _) = local_texts(codes, &known);
        let precisions = keyed(PRECISION_COLUMN, codes)?;
        columns.push(WrittenColumn::new(PRECISION_COLUMN, precisions, Packing::Dictionary));
    }
    add_attributes(context, segment, names, AttributeLevel::Event, &mut columns)?;
    table(&columns)
}

/// Adds the columns of the attributes of a level that have any value.
fn add_attributes(
    context: &LogContext,
    segment: &Segment,
    names: &[ColumnName],
    level: AttributeLevel,
    columns: &mut Vec<WrittenColumn>,
) -> Result<(), Problem> {
    for (attribute, names) in context.attributes.iter().zip(names) {
        let column = segment.column(attribute);
        if attribute.level != level || (0..column.len()).all(|idx| column.is_blank(idx)) {
            continue;
        }
        let name = &names.value;
        columns.push(match attribute.kind {
            AttributeType::Text => {
                let codes = |idx| column.text_code(idx).map(|code| code as usize);
                texts(name, (0..column.len()).map(codes), &attribute.texts)?
            }
            _ => WrittenColumn::new(name, values(attribute, column), Packing::Usual),
        });
        if let Some(name) = &names.currency {
            let codes = |idx| column.currency_code(idx).map(usize::from);
            let (codes, _) = local_texts((0..column.len()).map(codes), &attribute.texts);
            let currencies = keyed(name, codes)?;
            columns.push(WrittenColumn::new(name, currencies, Packing::Dictionary));
        }
    }
    Ok(())
}

/// The values of an attribute that are no texts.
fn values(attribute: &Attribute, column: &Column) -> ArrayRef {
    let numbers = || (0..column.len()).map(|idx| column.number(idx));
    match attribute.kind {
        AttributeType::Boolean => {
            Arc::new((0..column.len()).map(|idx| column.boolean(idx)).collect::<BooleanArray>())
        }
        AttributeType::Timestamp => instants(numbers()),
        AttributeType::Decimal | AttributeType::Money => {
            const SHORT_MAX: u64 = 10_u64.pow(SHORT_DECIMAL_DIGITS as u32) - 1;
            let is_long = numbers().flatten().any(|number| number.unsigned_abs() > SHORT_MAX);
            let digits = if is_long { LONG_DECIMAL_DIGITS } else { SHORT_DECIMAL_DIGITS };
            let scale = i8::try_from(attribute.scale).unwrap_or(i8::MAX);
            let array: Decimal128Array = numbers().map(|it| it.map(i128::from)).collect();
            Arc::new(array.with_data_type(DataType::Decimal128(digits, scale)))
        }
        AttributeType::Text | AttributeType::Integer | AttributeType::Duration => {
            Arc::new(numbers().collect::<Int64Array>())
        }
    }
}

/// Texts as numbers where they repeat, else one after another.
fn texts(
    name: &str,
    codes: impl Iterator<Item = Option<usize>> + Clone,
    texts: &TextColumn,
) -> Result<WrittenColumn, Problem> {
    let (local, used) = local_texts(codes.clone(), texts);
    if local.texts.len() * 2 <= used {
        return Ok(WrittenColumn::new(name, keyed(name, local)?, Packing::Dictionary));
    }
    let rows: Vec<Option<&str>> = codes.map(|code| code.map(|code| texts.get(code))).collect();
    check_size(name, rows.iter().flatten())?;
    Ok(WrittenColumn::new(name, Arc::new(StringArray::from(rows)), Packing::Texts))
}

/// The texts that occur, in the order of their first appearance, and their numbers.
struct LocalTexts<'a> {
    texts: Vec<&'a str>,
    keys: Int32Array,
}

/// The texts that occur, and how many rows have one.
fn local_texts(
    codes: impl Iterator<Item = Option<usize>>,
    texts: &TextColumn,
) -> (LocalTexts<'_>, usize) {
    let mut local_of: Vec<Option<i32>> = vec![None; texts.len()];
    let mut occurring = Vec::new();
    let mut used = 0;
    let keys = codes.map(|code| {
        let code = code?;
        used += 1;
        let next = int(occurring.len());
        let local = *local_of[code].get_or_insert_with(|| {
            occurring.push(texts.get(code));
            next.expect("a segment is below 2^31 events")
        });
        Some(local)
    });
    let keys = keys.collect();
    (LocalTexts { texts: occurring, keys }, used)
}

fn keyed(name: &str, local: LocalTexts<'_>) -> Result<ArrayRef, Problem> {
    let texts = texts_array(name, local.texts)?;
    Ok(Arc::new(DictionaryArray::<Int32Type>::new(local.keys, texts)))
}

fn texts_array(name: &str, texts: Vec<&str>) -> Result<ArrayRef, Problem> {
    check_size(name, texts.iter())?;
    Ok(Arc::new(StringArray::from(texts)))
}

fn check_size<'a>(name: &str, texts: impl Iterator<Item = &'a &'a str>) -> Result<(), Problem> {
    let byte_count: usize = texts.map(|text| text.len()).sum();
    if byte_count <= TEXT_BYTES_MAX {
        return Ok(());
    }
    let detail = say!("The texts of \"{name}\" take more than 2 GiB in one part of the log.", name);
    Err(Problem::new(ErrorCode::OverLimit, detail)
        .with_hint(say!("Leave the column out when importing.")))
}

fn instants(values: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    let array: TimestampMicrosecondArray = values.collect();
    Arc::new(array.with_timezone("UTC"))
}

/// For each case the ids of its linked cases and their shares.
fn links(links: &CaseLinks) -> Result<(ArrayRef, ArrayRef), Problem> {
    check_size(LINKED_COLUMN, links.case_ids.iter().collect::<Vec<_>>().iter())?;
    let mut ids = ListBuilder::new(StringBuilder::new());
    let mut shares = ListBuilder::new(Int32Builder::new());
    let mut start = 0;
    for &end in &links.ends {
        for idx in start as usize..end as usize {
            ids.values().append_value(links.case_ids.get(idx));
            shares.values().append_option(int(links.shares[idx]));
        }
        ids.append(true);
        shares.append(true);
        start = end;
    }
    Ok((Arc::new(ids.finish()), Arc::new(shares.finish())))
}

fn int(number: impl TryInto<i32>) -> Option<i32> {
    number.try_into().ok()
}
