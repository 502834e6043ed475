//! How do the values of an attribute come back, when they are asked for?

use std::sync::OnceLock;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, Int32Array, PrimitiveArray};
use arrow_schema::DataType;
use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::column_source::ColumnSource;
use paydirt_model::event_log::LogContext;
use paydirt_model::interner::{TextColumn, TextNumbers};
use paydirt_model::problem::Problem;
use paydirt_model::say;

use super::layout::{self, ColumnName};
use super::table_file::TableFile;
use super::texts::TextsFile;

const BLANK_CODE: u32 = u32::MAX;
const BLANK_NUMBER: i64 = i64::MIN;
const BLANK_BOOLEAN: u8 = 2;
const BLANK_CURRENCY: u16 = u16::MAX;

/// The tables of one segment.
#[derive(Debug)]
pub(super) struct SegmentFiles {
    pub(super) cases: TableFile,
    pub(super) events: TableFile,
}

/// The attributes of a log, on the disk.
#[derive(Debug)]
pub(super) struct StoredColumns {
    attributes: Vec<StoredColumn>,
    segments: Vec<SegmentFiles>,
}

#[derive(Debug)]
struct StoredColumn {
    level: AttributeLevel,
    kind: AttributeType,
    scale: u8,
    names: ColumnName,
    texts: Option<TextsFile>,
    /// The number of each text, from the first time that values are read.
    numbers: OnceLock<TextNumbers>,
}

impl StoredColumns {
    pub(super) fn new(
        context: &LogContext,
        segments: Vec<SegmentFiles>,
        texts: Vec<Option<TextsFile>>,
    ) -> Self {
        let names = layout::column_names(&context.attributes);
        let stored = |((attribute, names), texts): ((&Attribute, ColumnName), _)| StoredColumn {
            level: attribute.level,
            kind: attribute.kind,
            scale: attribute.scale,
            names,
            texts,
            numbers: OnceLock::new(),
        };
        let attributes = context.attributes.iter().zip(names).zip(texts).map(stored).collect();
        StoredColumns { attributes, segments }
    }
}

impl ColumnSource for StoredColumns {
    fn column(
        &self,
        segment_idx: usize,
        attribute: AttributeIdx,
        texts: &TextColumn,
    ) -> Result<Column, Problem> {
        let column = &self.attributes[attribute.0];
        let table = match column.level {
            AttributeLevel::Case => &self.segments[segment_idx].cases,
            AttributeLevel::Event => &self.segments[segment_idx].events,
        };
        column.read(table, texts)
    }

    fn texts(&self, attribute: AttributeIdx) -> Result<TextColumn, Problem> {
        let texts = &self.attributes[attribute.0].texts;
        texts.as_ref().map_or_else(|| Ok(TextColumn::default()), TextsFile::read)
    }

    fn memory_bytes(&self) -> usize {
        let footers = self.segments.iter().flat_map(|segment| [&segment.cases, &segment.events]);
        let numbers = self.attributes.iter().filter_map(|column| column.numbers.get());
        footers.map(TableFile::memory_bytes).sum::<usize>()
            + numbers.map(TextNumbers::memory_bytes).sum::<usize>()
    }
}

impl StoredColumn {
    fn read(&self, table: &TableFile, texts: &TextColumn) -> Result<Column, Problem> {
        let currency = self.names.currency.as_deref().unwrap_or(&self.names.value);
        let [values, currencies] = table.columns([&self.names.value, currency])?;
        let Some(values) = values else {
            return Ok(blanks(self.kind, table.rows()));
        };
        let column = match self.kind {
            AttributeType::Text => self.text_codes(&values, texts).map(Column::Text),
            AttributeType::Boolean => booleans(&values).map(Column::Boolean),
            AttributeType::Integer | AttributeType::Duration => {
                numbers::<Int64Type>(&values, Some).map(Column::Number)
            }
            AttributeType::Timestamp => {
                numbers::<TimestampMicrosecondType>(&values, Some).map(Column::Number)
            }
            AttributeType::Decimal => self.decimals(&values).map(Column::Number),
            AttributeType::Money => self.decimals(&values).and_then(|amounts| {
                let codes = match currencies {
                    Some(currencies) => self.text_codes(&currencies, texts)?,
                    None => vec![BLANK_CODE; amounts.len()],
                };
                let code = |code: u32| u16::try_from(code).unwrap_or(BLANK_CURRENCY);
                Some(Column::Money(amounts, codes.into_iter().map(code).collect()))
            }),
        };
        column.ok_or_else(|| {
            let name = &self.names.value;
            table.damaged(say!("its column \"{name}\" does not suit its log", name))
        })
    }

    fn decimals(&self, array: &ArrayRef) -> Option<Vec<i64>> {
        match array.data_type() {
            DataType::Decimal128(_, scale) if u8::try_from(*scale) == Ok(self.scale) => {
                numbers::<Decimal128Type>(array, |value| i64::try_from(value).ok())
            }
            _ => None,
        }
    }

    /// The numbers of texts in their log; `None` when one is none of its texts.
    fn text_codes(&self, array: &ArrayRef, texts: &TextColumn) -> Option<Vec<u32>> {
        let numbers = self.numbers.get_or_init(|| TextNumbers::of(texts));
        let number = |text: &str| numbers.find(texts, text);
        if let Some(rows) = array.as_string_opt::<i32>() {
            let rows = rows.iter();
            return rows.map(|text| text.map_or(Some(BLANK_CODE), number)).collect();
        }
        let LocalCodes { keys, codes } = local_codes(array, number)?;
        let codes: Vec<u32> = codes.into_iter().collect::<Option<_>>()?;
        let code = |key: i32| codes.get(usize::try_from(key).ok()?).copied();
        match keys.nulls() {
            None => keys.values().iter().map(|&key| code(key)).collect(),
            Some(nulls) => {
                let cells = keys.values().iter().zip(nulls.iter());
                cells.map(|(&key, it)| if it { code(key) } else { Some(BLANK_CODE) }).collect()
            }
        }
    }
}

/// The texts of a column as what they stand for, and for each row the place of its text.
pub(super) struct LocalCodes<'a, T> {
    pub(super) keys: &'a Int32Array,
    /// `None` for texts that stand for nothing.
    pub(super) codes: Vec<Option<T>>,
}

/// Looks up each text of a column once; `None` when the column does not hold texts as numbers.
pub(super) fn local_codes<T>(
    array: &ArrayRef,
    code: impl Fn(&str) -> Option<T>,
) -> Option<LocalCodes<'_, T>> {
    let dictionary = array.as_dictionary_opt::<Int32Type>()?;
    let texts = dictionary.values().as_string_opt::<i32>()?;
    let codes = texts.iter().map(|text| code(text?)).collect();
    Some(LocalCodes { keys: dictionary.keys(), codes })
}

/// A column without any value.
fn blanks(kind: AttributeType, len: usize) -> Column {
    match Column::new(kind) {
        Column::Text(_) => Column::Text(vec![BLANK_CODE; len]),
        Column::Number(_) => Column::Number(vec![BLANK_NUMBER; len]),
        Column::Boolean(_) => Column::Boolean(vec![BLANK_BOOLEAN; len]),
        Column::Money(..) => Column::Money(vec![BLANK_NUMBER; len], vec![BLANK_CURRENCY; len]),
    }
}

fn booleans(array: &ArrayRef) -> Option<Vec<u8>> {
    let values = array.as_boolean_opt()?.iter();
    Some(values.map(|value| value.map_or(BLANK_BOOLEAN, u8::from)).collect())
}

/// The numbers of a column; `None` when it is of another type or one of them does not fit.
fn numbers<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    number: impl Fn(T::Native) -> Option<i64>,
) -> Option<Vec<i64>> {
    let array: &PrimitiveArray<T> = array.as_primitive_opt()?;
    match array.nulls() {
        None => array.values().iter().map(|&value| number(value)).collect(),
        Some(nulls) => {
            let cells = array.values().iter().zip(nulls.iter());
            cells.map(|(&value, it)| if it { number(value) } else { Some(BLANK_NUMBER) }).collect()
        }
    }
}
