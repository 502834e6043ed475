//! What does a Parquet file of another program hold? A table of typed columns.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use paydirt_model::attribute::AttributeType;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::ChunkColumn;
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;

use super::columns;
use super::file::ParquetFile;
use crate::source::{Content, ReadOptions, SourceReport};

/// Reads a table.
pub(super) fn read(file: &ParquetFile<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let mut report = SourceReport::of("parquet");
    let fields: Vec<Field> = file
        .schema()
        .fields()
        .iter()
        .map(|field| {
            let data_type = columns::decoded_type(field.data_type());
            Field::new(field.name(), data_type, field.is_nullable())
        })
        .collect();
    let (used, kinds) = usable_columns(&fields, options, &mut report)?;
    let names = distinct_names(used.iter().map(|&idx| fields[idx].name().as_str()));
    note_zones(&fields, &used, options, &mut report);
    let is_local: Vec<bool> = used
        .iter()
        .map(|&idx| matches!(fields[idx].data_type(), DataType::Timestamp(_, None)))
        .collect();
    let lost: Vec<AtomicU64> = used.iter().map(|_| AtomicU64::new(0)).collect();
    let make = |batch: &RecordBatch| {
        let columns = batch.columns().iter().zip(&kinds).zip(&lost).zip(&is_local);
        columns
            .map(|(((array, &kind), lost), &is_local)| {
                let decoded = columns::column(array)?;
                lost.fetch_add(decoded.lost, Ordering::Relaxed);
                let column = match options.zone {
                    Some(zone) if is_local => in_zone(decoded.column, zone),
                    _ => decoded.column,
                };
                Ok(RawColumn::Typed(kind, column))
            })
            .collect::<Result<Vec<RawColumn>, Problem>>()
            .map(|columns| (batch.num_rows() as u64, columns))
    };
    let schema = Arc::new(Schema::new(fields));
    let read = file.read(&schema, &used, options, make)?;
    let mut chunks = Vec::with_capacity(read.len());
    for (row_count, columns) in read {
        let first = report.rows_read + 1;
        report.rows_read += row_count;
        chunks.push(RawChunk { lines: (first..=report.rows_read).collect(), columns });
    }
    for (name, lost) in names.iter().zip(lost) {
        let count = lost.into_inner();
        if count > 0 {
            report.notes.push(say!(
                "{count} {count|value|values} of \"{name}\" cannot be held and {count|is|are} \
                 blank.",
                count,
                name
            ));
        }
    }
    Ok(Content::Table { table: RawTable { names, chunks }, report })
}

/// The columns that a table can hold, and their types; the others are noted.
fn usable_columns(
    fields: &[Field],
    options: &ReadOptions<'_>,
    report: &mut SourceReport,
) -> Result<(Vec<usize>, Vec<AttributeType>), Problem> {
    let columns_max = options.limits.columns_max;
    if fields.len() > columns_max {
        let detail = say!(
            "The file has {count} columns; at most {max} are read.",
            count = fields.len(),
            max = columns_max
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail));
    }
    let mut used = Vec::new();
    let mut kinds = Vec::new();
    for (idx, field) in fields.iter().enumerate() {
        match columns::value_type(field.data_type()) {
            Some(kind) => {
                used.push(idx);
                kinds.push(kind);
            }
            None => report.notes.push(say!(
                "Column \"{name}\" holds {data_type} and was left out.",
                name = field.name(),
                data_type = field.data_type().to_string()
            )),
        }
    }
    if used.is_empty() {
        let detail = say!("The file has no column of text, numbers, truth values or times.");
        return Err(Problem::new(ErrorCode::NothingUsable, detail));
    }
    Ok((used, kinds))
}

fn note_zones(
    fields: &[Field],
    used: &[usize],
    options: &ReadOptions<'_>,
    report: &mut SourceReport,
) {
    let zone = options.zone.map_or("UTC", TimeZoneName::name);
    for &idx in used {
        if let DataType::Timestamp(_, None) = fields[idx].data_type() {
            let name = fields[idx].name();
            report.notes.push(say!(
                "Times without a zone in \"{name}\" were read in {zone}. Another zone can be \
                 chosen.",
                name,
                zone
            ));
        }
    }
}

/// Local times as instants.
fn in_zone(column: ChunkColumn, zone: &TimeZoneName) -> ChunkColumn {
    let mut values = Column::new(AttributeType::Timestamp);
    for idx in 0..column.values.len() {
        match column.values.number(idx) {
            Some(local_us) => values.push_number(zone.to_utc_us(local_us)),
            None => values.push_blank(),
        }
    }
    ChunkColumn { values, ..column }
}

/// The names, repeated ones with a number behind them.
fn distinct_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while distinct.contains(&candidate) {
            candidate = format!("{name} ({number})");
            number += 1;
        }
        distinct.push(candidate);
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered() {
        let names = ["a", "b", "a", "a (2)", "a"];
        assert_eq!(distinct_names(names.into_iter()), ["a", "b", "a (2)", "a (2) (2)", "a (3)"]);
    }
}
