//! What values are in a decoded column? Arrow arrays become the columns of the model.

use std::fmt::Write as _;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{DataType, TimeUnit};
use paydirt_model::attribute::AttributeType;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::{ChunkColumn, DECIMAL_SCALE_MAX};
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;

use crate::float;

/// Blank text number, blank number and blank truth value of a column of the model.
const BLANK_CODE: u32 = u32::MAX;
const BLANK_NUMBER: i64 = i64::MIN;
const BLANK_BOOLEAN: u8 = 2;

/// Most bytes of text in one chunk of a column.
const TEXT_BYTES_MAX: usize = 1 << 30;

/// The type as which a column of the file is decoded: texts with their dictionary. Bytes are taken
/// for texts too, for old writers do not say which of them are.
pub(super) fn decoded_type(stored: &DataType) -> DataType {
    let dictionary = |texts| DataType::Dictionary(Box::new(DataType::Int32), Box::new(texts));
    match stored {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => dictionary(DataType::Utf8),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            dictionary(DataType::Binary)
        }
        other => other.clone(),
    }
}

/// The type of the values that a decoded column gives; `None` for what no attribute can hold.
pub(super) fn value_type(decoded: &DataType) -> Option<AttributeType> {
    match decoded {
        DataType::Dictionary(_, values)
            if **values == DataType::Utf8 || **values == DataType::Binary =>
        {
            Some(AttributeType::Text)
        }
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64 => Some(AttributeType::Integer),
        DataType::Float16
        | DataType::Float32
        | DataType::Float64
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Some(AttributeType::Decimal),
        DataType::Boolean => Some(AttributeType::Boolean),
        DataType::Timestamp(..) => Some(AttributeType::Timestamp),
        // A date is given as text, so that whoever maps it knows that it has no time of day.
        DataType::Date32 => Some(AttributeType::Text),
        _ => None,
    }
}

/// A column of the model and how many of its values could not be held.
pub(super) struct Decoded {
    pub(super) column: ChunkColumn,
    pub(super) lost: u64,
}

/// Makes a column of the model of a decoded one whose type [`value_type`] knows.
pub(super) fn column(array: &ArrayRef) -> Result<Decoded, Problem> {
    match array.data_type() {
        DataType::Dictionary(_, values) if **values == DataType::Binary => text_of_bytes(array),
        DataType::Dictionary(..) => Ok(whole(text(array)?)),
        DataType::Int8 => Ok(integers::<Int8Type>(array, |it| Some(it.into()))),
        DataType::Int16 => Ok(integers::<Int16Type>(array, |it| Some(it.into()))),
        DataType::Int32 => Ok(integers::<Int32Type>(array, |it| Some(it.into()))),
        DataType::Int64 => Ok(integers::<Int64Type>(array, Some)),
        DataType::UInt8 => Ok(integers::<UInt8Type>(array, |it| Some(it.into()))),
        DataType::UInt16 => Ok(integers::<UInt16Type>(array, |it| Some(it.into()))),
        DataType::UInt32 => Ok(integers::<UInt32Type>(array, |it| Some(it.into()))),
        DataType::UInt64 => Ok(integers::<UInt64Type>(array, |it| it.try_into().ok())),
        DataType::Float16 => {
            Ok(decimals::<Float16Type>(array, |it| float::shortest_of_single(it.to_f32())))
        }
        DataType::Float32 => Ok(decimals::<Float32Type>(array, float::shortest_of_single)),
        DataType::Float64 => Ok(decimals::<Float64Type>(array, float::shortest)),
        DataType::Decimal128(_, scale) => {
            let scale = *scale;
            Ok(decimals::<Decimal128Type>(array, |it| scaled(it, scale)))
        }
        DataType::Decimal256(_, scale) => {
            let scale = *scale;
            Ok(decimals::<Decimal256Type>(array, |it| scaled(it.to_i128()?, scale)))
        }
        DataType::Boolean => Ok(whole(booleans(array))),
        DataType::Timestamp(unit, _) => Ok(instants(array, *unit)),
        DataType::Date32 => Ok(whole(dates(array))),
        other => Err(unexpected(other)),
    }
}

/// The problem of a column that is not of the type it should be.
pub(super) fn unexpected(found: &DataType) -> Problem {
    let detail = say!(
        "A column is of the type {found}, which was not expected there.",
        found = found.to_string()
    );
    Problem::new(ErrorCode::DamagedFile, detail)
}

fn whole(column: ChunkColumn) -> Decoded {
    Decoded { column, lost: 0 }
}

fn chunk_column(values: Column) -> ChunkColumn {
    ChunkColumn { values, texts: TextColumn::default(), scale: 0, rounded: 0 }
}

/// The keys and texts of a text column.
pub(super) fn dictionary(array: &ArrayRef) -> Result<(Vec<u32>, &StringArray), Problem> {
    let dictionary =
        array.as_dictionary_opt::<Int32Type>().ok_or_else(|| unexpected(array.data_type()))?;
    let texts =
        dictionary.values().as_string_opt::<i32>().ok_or_else(|| unexpected(array.data_type()))?;
    let keys = dictionary.keys();
    let codes = match keys.nulls() {
        None => keys.values().iter().map(|&key| key.unsigned_abs()).collect(),
        Some(nulls) => keys
            .values()
            .iter()
            .zip(nulls.iter())
            .map(|(&key, is_valid)| if is_valid { key.unsigned_abs() } else { BLANK_CODE })
            .collect(),
    };
    Ok((codes, texts))
}

/// The texts of a dictionary, by number.
pub(super) fn texts(array: &StringArray) -> Result<TextColumn, Problem> {
    let byte_count = array.value_data().len();
    if byte_count > TEXT_BYTES_MAX {
        return Err(too_much_text());
    }
    let mut texts = TextColumn::with_capacity(array.len(), byte_count);
    for idx in 0..array.len() {
        texts.push(if array.is_null(idx) { "" } else { array.value(idx) });
    }
    Ok(texts)
}

fn too_much_text() -> Problem {
    let detail =
        say!("{size} MiB of text stand in one chunk of a column.", size = TEXT_BYTES_MAX >> 20);
    Problem::new(ErrorCode::InputTooLarge, detail)
}

fn text(array: &ArrayRef) -> Result<ChunkColumn, Problem> {
    let (codes, values) = dictionary(array)?;
    let column = chunk_column(Column::Text(codes));
    Ok(ChunkColumn { texts: texts(values)?, ..column })
}

/// A column of bytes: those that are UTF-8 are texts, the others are lost.
fn text_of_bytes(array: &ArrayRef) -> Result<Decoded, Problem> {
    let unexpected = || unexpected(array.data_type());
    let dictionary = array.as_dictionary_opt::<Int32Type>().ok_or_else(unexpected)?;
    let bytes = dictionary.values().as_binary_opt::<i32>().ok_or_else(unexpected)?;
    if bytes.value_data().len() > TEXT_BYTES_MAX {
        return Err(too_much_text());
    }
    let mut texts = TextColumn::default();
    let codes: Vec<Option<u32>> = (0_u32..)
        .zip(bytes.iter())
        .map(|(code, value)| {
            let text = value.and_then(|value| std::str::from_utf8(value).ok());
            texts.push(text.unwrap_or_default());
            text.map(|_| code)
        })
        .collect();
    let mut lost = 0;
    let mut values = Column::new(AttributeType::Text);
    for key in dictionary.keys().iter() {
        match key.map(|key| codes.get(key.unsigned_abs() as usize).copied().flatten()) {
            Some(Some(code)) => values.push_text_code(code),
            Some(None) => {
                lost += 1;
                values.push_blank();
            }
            None => values.push_blank(),
        }
    }
    Ok(Decoded { column: ChunkColumn { texts, ..chunk_column(values) }, lost })
}

/// The text of each row, for columns whose every row has one.
pub(super) fn texts_of_rows(array: &ArrayRef) -> Result<TextColumn, Problem> {
    let (codes, values) = dictionary(array)?;
    let values = texts(values)?;
    let length = |code: u32| values.get_bytes(code as usize).len();
    let known = codes.iter().filter(|&&code| code != BLANK_CODE);
    let byte_count: usize = known.map(|&code| length(code)).sum();
    if byte_count > TEXT_BYTES_MAX {
        return Err(too_much_text());
    }
    let mut rows = TextColumn::with_capacity(codes.len(), byte_count);
    for code in codes {
        rows.push(if code == BLANK_CODE { "" } else { values.get(code as usize) });
    }
    Ok(rows)
}

fn numbers<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    convert: impl Fn(T::Native) -> Option<i64>,
) -> (Vec<i64>, u64) {
    let array = array.as_primitive::<T>();
    let mut lost = 0;
    let mut held = |value: T::Native| match convert(value) {
        Some(number) if number != BLANK_NUMBER => number,
        _ => {
            lost += 1;
            BLANK_NUMBER
        }
    };
    let values = match array.nulls() {
        None => array.values().iter().map(|&value| held(value)).collect(),
        Some(nulls) => array
            .values()
            .iter()
            .zip(nulls.iter())
            .map(|(&value, is_valid)| if is_valid { held(value) } else { BLANK_NUMBER })
            .collect(),
    };
    (values, lost)
}

fn integers<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    convert: impl Fn(T::Native) -> Option<i64>,
) -> Decoded {
    let (values, lost) = numbers::<T>(array, convert);
    Decoded { column: chunk_column(Column::Number(values)), lost }
}

/// The microseconds of a column of instants; those outside the years 1 to 9999 are lost.
pub(super) fn instants(array: &ArrayRef, unit: TimeUnit) -> Decoded {
    use arrow_array::types::{
        TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
        TimestampSecondType,
    };
    let in_range = |us: i64| Timestamp::from_us(us).map(Timestamp::as_us);
    match unit {
        TimeUnit::Second => integers::<TimestampSecondType>(array, |it| {
            it.checked_mul(1_000_000).and_then(in_range)
        }),
        TimeUnit::Millisecond => integers::<TimestampMillisecondType>(array, |it| {
            it.checked_mul(1_000).and_then(in_range)
        }),
        TimeUnit::Microsecond => integers::<TimestampMicrosecondType>(array, in_range),
        TimeUnit::Nanosecond => {
            integers::<TimestampNanosecondType>(array, |it| in_range(it.div_euclid(1_000)))
        }
    }
}

fn booleans(array: &ArrayRef) -> ChunkColumn {
    let values = array.as_boolean().iter();
    let values = values.map(|value| value.map_or(BLANK_BOOLEAN, u8::from)).collect();
    chunk_column(Column::Boolean(values))
}

fn dates(array: &ArrayRef) -> ChunkColumn {
    let mut texts = Interner::default();
    let mut values = Column::new(AttributeType::Text);
    let mut text = String::new();
    for day in array.as_primitive::<arrow_array::types::Date32Type>().iter() {
        let us = day.and_then(|day| i64::from(day).checked_mul(paydirt_model::time::DAY_US));
        let Some(instant) = us.and_then(Timestamp::from_us) else {
            values.push_blank();
            continue;
        };
        text.clear();
        // RFC 3339 begins with the date, ten characters long.
        let _ = write!(text, "{instant}");
        values.push_text_code(texts.intern(text.get(..10).unwrap_or(&text)));
    }
    ChunkColumn { texts: texts.into_texts(), ..chunk_column(values) }
}

fn scaled(mantissa: i128, scale: i8) -> Option<Decimal> {
    match u8::try_from(scale) {
        Ok(scale) => (scale <= 38).then(|| Decimal::new(mantissa, scale)),
        Err(_) => {
            let power = 10_i128.checked_pow(u32::from(scale.unsigned_abs()))?;
            Some(Decimal::new(mantissa.checked_mul(power)?, 0))
        }
    }
}

/// A column of decimals at the largest scale that they need and at which all fit 64 bits.
fn decimals<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    convert: impl Fn(T::Native) -> Option<Decimal>,
) -> Decoded {
    let fits = |decimal: &Decimal, scale: u8| {
        let (mantissa, _) = decimal.at_scale(scale);
        i64::try_from(mantissa).is_ok_and(|mantissa| mantissa != BLANK_NUMBER)
    };
    let mut lost = 0;
    let values: Vec<Option<Decimal>> = array
        .as_primitive::<T>()
        .iter()
        .map(|value| {
            let converted = convert(value?).filter(|decimal| fits(decimal, 0));
            lost += u64::from(converted.is_none());
            converted
        })
        .collect();
    let known = || values.iter().flatten();
    let wanted = known().map(|it| it.scale).max().unwrap_or(0).min(DECIMAL_SCALE_MAX);
    let is_fitting = |&scale: &u8| known().all(|decimal| fits(decimal, scale));
    let scale = (0..=wanted).rev().find(is_fitting).unwrap_or(0);
    let mut rounded = 0;
    let numbers = values
        .iter()
        .map(|value| {
            let Some(decimal) = value else { return BLANK_NUMBER };
            let (mantissa, is_exact) = decimal.at_scale(scale);
            rounded += u64::from(!is_exact);
            i64::try_from(mantissa).unwrap_or(BLANK_NUMBER)
        })
        .collect();
    let column = ChunkColumn { scale, rounded, ..chunk_column(Column::Number(numbers)) };
    Decoded { column, lost }
}
