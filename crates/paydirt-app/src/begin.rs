//! What of a table that was read is data? Rows that reports have for their readers and made-up rows
//! are taken out before its columns are looked at.

use paydirt_connect::source::SourceReport;
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::mapping::{EventMapping, ImportReport};
use paydirt_model::raw_table::{RawChunk, RawTable};
use paydirt_recipe::recognition::template::of_version;
use paydirt_recipe::report_rows;

use crate::import::ImportSettings;
use crate::{parallel, parts};

/// Says which data template was filled in, and whether it is the one of today.
pub(crate) fn tell_template(source: &mut SourceReport, settings: &ImportSettings) {
    if let (Some(mark), Some(library)) = (source.template.take(), &settings.library) {
        let (reading, note) = of_version(library, &mark);
        source.readings.insert(0, reading);
        source.notes.extend(note);
    }
}

/// What is known of the columns of a table because of what it was made of.
#[derive(Debug, Default)]
pub(crate) struct TableShape {
    /// Columns that tell of the event, whatever their values look like.
    pub(crate) event_columns: Vec<String>,
    /// Columns of amounts, each with the column of its currency.
    pub(crate) currencies: Vec<(String, String)>,
}

impl TableShape {
    pub(crate) fn apply(&self, mapping: &mut EventMapping) {
        let is_there = |column: &str| mapping.attributes.iter().any(|one| one.column == column);
        let currencies: Vec<&(String, String)> =
            self.currencies.iter().filter(|(_, currency)| is_there(currency)).collect();
        for attribute in &mut mapping.attributes {
            if self.event_columns.contains(&attribute.column) {
                attribute.level = attribute.level.or(Some(AttributeLevel::Event));
            }
            let own = currencies.iter().find(|(amount, _)| *amount == attribute.column);
            if let Some((_, currency)) = own.filter(|_| attribute.currency.is_none()) {
                attribute.currency_column = Some(currency.clone());
            }
        }
    }
}

/// A table without its rows that are no data, and the report of it.
#[derive(Debug)]
pub(crate) struct BegunTable {
    pub(crate) table: RawTable,
    pub(crate) report: ImportReport,
    pub(crate) shape: TableShape,
}

/// The report of a table, and the table without its rows that are no data.
pub(crate) fn begin_table(
    table: RawTable,
    source: SourceReport,
    settings: &ImportSettings,
    threads: usize,
) -> BegunTable {
    let (mut table, mut report) = without_report_rows(table, source, settings, threads);
    if let Some(library) = parts::library_of(settings) {
        let made_up = paydirt_recipe::parts::without_examples(&mut table, library, &settings.rules);
        report.automatic.extend(made_up);
    }
    BegunTable { table, report, shape: TableShape::default() }
}

/// A table without the rows that reports have for their readers.
pub(crate) fn without_report_rows(
    mut table: RawTable,
    mut source: SourceReport,
    settings: &ImportSettings,
    threads: usize,
) -> (RawTable, ImportReport) {
    tell_template(&mut source, settings);
    let mut report = source.into_import_report();
    let chunks: Vec<&RawChunk> = table.chunks.iter().collect();
    let names = &table.names;
    let found = parallel::map(chunks, threads, |chunk| report_rows::find_rows(names, chunk));
    report_rows::take_out(&mut table, found, &settings.rules).tell(&mut report);
    (table, report)
}
