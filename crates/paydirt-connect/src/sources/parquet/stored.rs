//! How does a log that Paydirt wrote come back? Exactly as it was.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int16Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_chunk::{ChunkColumn, EventChunk, Lines};
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::interner::TextColumn;
use paydirt_model::log_builder::{AttributeSpec, LevelChoice, LifecycleReading, Links, LogSpec};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::rates::RateTable;
use paydirt_model::say;
use paydirt_model::time::{Precision, Timestamp};

use super::columns;
use super::file::{ParquetFile, damaged};
use crate::parquet_layout::{
    ACTIVITY_COLUMN, CASE_COLUMN, LAYOUT_VERSION, LINKS_COLUMN, OFFSET_COLUMN, PRECISION_COLUMN,
    RECORDED_COLUMN, START_COLUMN, StoredAttribute, StoredLog, TIME_COLUMN,
};
use crate::source::{Content, ReadOptions, SourceReport};

/// Which attributes of a stored log are read.
#[derive(Debug, Clone, Copy)]
pub enum Attributes<'a> {
    /// All of them.
    All,
    /// Those of these names.
    Named(&'a [&'a str]),
}

/// Reads a stored log.
pub(super) fn read(
    file: &ParquetFile<'_>,
    description: &str,
    attributes: Attributes<'_>,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let stored = StoredFile::new(file, description, attributes)?;
    let (chunks, links) = stored.chunks(options)?;
    let spec = LogSpec { links, ..stored.spec()? };
    Ok(Content::Events { spec, chunks, report: stored.report() })
}

/// A stored log, its description understood and its columns found.
struct StoredFile<'a> {
    file: &'a ParquetFile<'a>,
    log: StoredLog,
    /// The attributes that are read, with their positions in the description.
    wanted: Vec<(usize, StoredAttribute)>,
    schema: SchemaRef,
    /// The columns that are read, in the order of the file.
    positions: Vec<usize>,
}

impl<'a> StoredFile<'a> {
    fn new(
        file: &'a ParquetFile<'a>,
        description: &str,
        attributes: Attributes<'_>,
    ) -> Result<Self, Problem> {
        let log = parse_description(description)?;
        let is_wanted = |attribute: &StoredAttribute| match attributes {
            Attributes::All => true,
            Attributes::Named(names) => names.contains(&attribute.name.as_str()),
        };
        let wanted: Vec<(usize, StoredAttribute)> =
            log.attributes.iter().cloned().enumerate().filter(|(_, it)| is_wanted(it)).collect();
        let names: Vec<&str> = [
            CASE_COLUMN,
            ACTIVITY_COLUMN,
            TIME_COLUMN,
            START_COLUMN,
            RECORDED_COLUMN,
            OFFSET_COLUMN,
            PRECISION_COLUMN,
            LINKS_COLUMN,
        ]
        .into_iter()
        .chain(wanted.iter().map(|(_, it)| it.column.as_str()))
        .chain(wanted.iter().filter_map(|(_, it)| it.currency_column.as_deref()))
        .collect();
        let fields = file.schema().fields();
        let positions =
            (0..fields.len()).filter(|&idx| names.contains(&fields[idx].name().as_str())).collect();
        let decoded: Vec<Field> = fields
            .iter()
            .map(|field| {
                let data_type = columns::decoded_type(field.data_type());
                Field::new(field.name(), data_type, field.is_nullable())
            })
            .collect();
        let schema = Arc::new(Schema::new(decoded));
        Ok(StoredFile { file, log, wanted, schema, positions })
    }

    fn spec(&self) -> Result<LogSpec, Problem> {
        let resource = self.log.resource.and_then(|resource| {
            self.wanted.iter().position(|(idx, _)| *idx == resource).map(AttributeIdx)
        });
        let as_of = self.log.as_of_us.map(|us| {
            Timestamp::from_us(us).ok_or_else(|| damaged(say!("its as-of time is out of range")))
        });
        Ok(LogSpec {
            notion: self.log.notion,
            attributes: self
                .wanted
                .iter()
                .map(|(_, attribute)| AttributeSpec {
                    name: attribute.name.clone(),
                    kind: attribute.kind,
                    level: LevelChoice::Declared(attribute.level),
                })
                .collect(),
            resource,
            lifecycle: LifecycleReading::EveryRow,
            case_order: None,
            auxiliary: self.log.auxiliary.clone(),
            time_zone: TimeZoneName::parse(&self.log.time_zone)?,
            as_of: as_of.transpose()?,
            rates: if self.log.rates.is_empty() { None } else { Some(self.rates()?) },
            links: Links::default(),
        })
    }

    fn report(&self) -> SourceReport {
        let mut report = SourceReport::of("parquet");
        report
            .readings
            .push(say!("a log written by Paydirt, layout {version}", version = self.log.version));
        report.rows_read = self.file.row_count();
        report
    }

    fn rates(&self) -> Result<RateTable, Problem> {
        let mut table = RateTable::default();
        for rate in &self.log.rates {
            let mantissa: i128 =
                rate.mantissa.parse().map_err(|error: std::num::ParseIntError| {
                    damaged(say!("an exchange rate: {error}", error = error.to_string()))
                })?;
            table.insert(rate.day, &rate.from, &rate.to, Decimal::new(mantissa, rate.scale));
        }
        Ok(table)
    }

    fn chunks(&self, options: &ReadOptions<'_>) -> Result<(Vec<EventChunk>, Links), Problem> {
        let make = |batch: &RecordBatch| self.chunk(batch);
        let read = self.file.read(&self.schema, &self.positions, options, make)?;
        let mut chunks = Vec::with_capacity(read.len());
        let mut links = Links::default();
        for (chunk, chunk_links) in read {
            chunks.push(chunk);
            links.extend(chunk_links);
        }
        Ok((chunks, links))
    }

    fn chunk(&self, batch: &RecordBatch) -> Result<(EventChunk, Links), Problem> {
        let required = |name: &str| {
            batch.column_by_name(name).ok_or_else(|| missing(name)).and_then(|array| {
                let is_complete = array.null_count() == 0;
                is_complete.then_some(array).ok_or_else(|| blank(name))
            })
        };
        let case_ids = columns::texts_of_rows(required(CASE_COLUMN)?)?;
        let (activities, names) = columns::dictionary(required(ACTIVITY_COLUMN)?)?;
        let times_us = required_instants(required(TIME_COLUMN)?)?;
        let recorded_us = match batch.column_by_name(RECORDED_COLUMN) {
            Some(_) => required_instants(required(RECORDED_COLUMN)?)?,
            None => Vec::new(),
        };
        let starts_us = match batch.column_by_name(START_COLUMN) {
            Some(array) => number_values(instants(array)?.column.values)?,
            None => Vec::new(),
        };
        let offsets_min = match batch.column_by_name(OFFSET_COLUMN) {
            Some(array) => array
                .as_primitive_opt::<Int16Type>()
                .ok_or_else(|| columns::unexpected(array.data_type()))?
                .values()
                .to_vec(),
            None => Vec::new(),
        };
        let precisions = match batch.column_by_name(PRECISION_COLUMN) {
            Some(_) => precisions(required(PRECISION_COLUMN)?)?,
            None => Vec::new(),
        };
        let links = match batch.column_by_name(LINKS_COLUMN) {
            Some(array) => links(&case_ids, array)?,
            None => Links::default(),
        };
        let attributes =
            self.wanted.iter().map(|(_, attribute)| attribute_column(attribute, batch));
        let chunk = EventChunk {
            activities,
            activity_names: columns::texts(names)?,
            times_us,
            starts_us: only_if(starts_us, |&us| us != i64::MIN),
            recorded_us,
            offsets_min: only_if(offsets_min, |&minutes| minutes != 0),
            precisions: only_if(precisions, |&it| it != Precision::Instant),
            columns: attributes.collect::<Result<_, _>>()?,
            case_ids,
            lines: Lines::default(),
        };
        Ok((chunk, links))
    }
}

/// The values, or nothing when none of them is out of the ordinary.
fn only_if<T>(values: Vec<T>, is_rare: impl Fn(&T) -> bool) -> Vec<T> {
    if values.iter().any(is_rare) { values } else { Vec::new() }
}

fn parse_description(text: &str) -> Result<StoredLog, Problem> {
    let broken = |error: serde_json::Error| {
        damaged(say!("its description: {error}", error = error.to_string()))
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(broken)?;
    let version = value.get("version").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if version > u64::from(LAYOUT_VERSION) {
        let detail = say!(
            "The file was written by a newer Paydirt: its layout is {version}, this program reads \
             up to {newest}.",
            version,
            newest = LAYOUT_VERSION
        );
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Update Paydirt, or export the log as CSV or XES.")));
    }
    serde_json::from_value(value).map_err(broken)
}

fn missing(name: &str) -> Problem {
    damaged(say!("it has no column {name}", name))
}

fn blank(name: &str) -> Problem {
    damaged(say!("its column {name} has blanks", name))
}

fn instants(array: &ArrayRef) -> Result<columns::Decoded, Problem> {
    match array.data_type() {
        DataType::Timestamp(unit @ TimeUnit::Microsecond, _) => Ok(columns::instants(array, *unit)),
        other => Err(columns::unexpected(other)),
    }
}

fn required_instants(array: &ArrayRef) -> Result<Vec<i64>, Problem> {
    let decoded = instants(array)?;
    if decoded.lost > 0 {
        return Err(damaged(say!("it has times beyond the years 1 to 9999")));
    }
    number_values(decoded.column.values)
}

fn number_values(column: Column) -> Result<Vec<i64>, Problem> {
    match column {
        Column::Number(values) => Ok(values),
        Column::Text(_) | Column::Boolean(_) | Column::Money(..) => {
            Err(damaged(say!("a column of numbers holds something else")))
        }
    }
}

fn precisions(array: &ArrayRef) -> Result<Vec<Precision>, Problem> {
    let (codes, names) = columns::dictionary(array)?;
    let known: Vec<Option<Precision>> = names
        .iter()
        .map(|name| match name {
            Some("instant") => Some(Precision::Instant),
            Some("minute") => Some(Precision::Minute),
            Some("day") => Some(Precision::Day),
            _ => None,
        })
        .collect();
    let of = |code: u32| known.get(code as usize).copied().flatten();
    let precisions: Option<Vec<Precision>> = codes.into_iter().map(of).collect();
    precisions.ok_or_else(|| damaged(say!("it has a precision that is not known")))
}

fn attribute_column(
    attribute: &StoredAttribute,
    batch: &RecordBatch,
) -> Result<ChunkColumn, Problem> {
    let array = |name: &str| batch.column_by_name(name).ok_or_else(|| missing(name));
    let mut column = columns::column(array(&attribute.column)?)?.column;
    let is_fitting = match attribute.kind {
        AttributeType::Text => matches!(column.values, Column::Text(_)),
        AttributeType::Boolean => matches!(column.values, Column::Boolean(_)),
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Timestamp
        | AttributeType::Duration
        | AttributeType::Money => matches!(column.values, Column::Number(_)),
    };
    let has_scale = matches!(attribute.kind, AttributeType::Decimal | AttributeType::Money);
    if !is_fitting || (column.scale > 0 && !has_scale) {
        return Err(damaged(say!(
            "its column {column} is of another type",
            column = attribute.column
        )));
    }
    if attribute.kind == AttributeType::Money {
        let name = attribute.currency_column.as_deref().unwrap_or_default();
        let (codes, texts) = columns::dictionary(array(name)?)?;
        let currencies = codes.iter().map(|&code| u16::try_from(code).unwrap_or(u16::MAX));
        let currencies = currencies.collect();
        let amounts = number_values(column.values)?;
        column.values = Column::Money(amounts, currencies);
        column.texts = columns::texts(texts)?;
    }
    Ok(column)
}

fn links(case_ids: &TextColumn, array: &ArrayRef) -> Result<Links, Problem> {
    let (codes, texts) = columns::dictionary(array)?;
    let mut links = Links::default();
    for (row, &code) in codes.iter().enumerate() {
        let is_new_case = row == 0 || case_ids.get(row - 1) != case_ids.get(row);
        if !is_new_case || code == u32::MAX {
            continue;
        }
        let parsed: Vec<(String, u32)> =
            serde_json::from_str(texts.value(code as usize)).map_err(|error| {
                damaged(say!("the links of a case: {error}", error = error.to_string()))
            })?;
        if !parsed.is_empty() {
            links.insert(case_ids.get(row).to_owned(), parsed);
        }
    }
    Ok(links)
}
