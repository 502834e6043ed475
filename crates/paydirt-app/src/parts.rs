//! Which sheets or files does an import join, and what does the report say of all of them?

use paydirt_connect::source::{Part, PartHead, SourceReport};
use paydirt_model::automatic::AutomaticReading;
use paydirt_model::mapping::{ImportReport, ProblemCount, RowMeaning};
use paydirt_model::say;
use paydirt_model::sheet::SheetColumns;
use paydirt_recipe::library::Library;
use paydirt_recipe::parts::{InPart, JoinRules, choose as choose_parts, join};

use crate::begin::{BegunTable, TableShape, tell_template, without_report_rows};
use crate::import::ImportSettings;

/// The library by which sheets and rows are recognised; none where the user wants none of it.
pub(crate) fn library_of(settings: &ImportSettings) -> Option<&Library> {
    settings.library.as_deref().filter(|_| settings.process.as_deref() != Some("-"))
}

/// The tables that are parts of one import, by their places.
pub(crate) fn choose(heads: &[PartHead<'_>], settings: &ImportSettings) -> Vec<usize> {
    let is_of_cases = settings.row == Some(RowMeaning::Case) || settings.date_columns.is_some();
    let Some(library) = library_of(settings).filter(|_| !is_of_cases) else { return Vec::new() };
    let heads: Vec<(&str, &[String])> =
        heads.iter().map(|head| (head.name, head.columns)).collect();
    choose_parts(&heads, library)
}

/// One table of several, with one report.
pub(crate) fn begin(
    parts: Vec<Part>,
    mut source: SourceReport,
    settings: &ImportSettings,
    threads: usize,
) -> BegunTable {
    tell_template(&mut source, settings);
    let mut report = source.into_import_report();
    let mut tables = Vec::with_capacity(parts.len());
    let mut reports = Vec::with_capacity(parts.len());
    for part in parts {
        let (table, of_part) = without_report_rows(part.table, part.report, settings, threads);
        tables.push(InPart { name: part.name.clone(), table });
        reports.push((part.name, of_part));
    }
    let Some(library) = library_of(settings) else {
        let shape = TableShape::default();
        return BegunTable { table: Default::default(), report, shape };
    };
    let is_date_format_given = settings.date_format.is_some();
    let rules = JoinRules { rules: &settings.rules, is_date_format_given };
    let joined = join(tables, library, rules);
    let count = reports.len();
    report.readings.push(say!("{count} {count|part|parts} read as one import", count));
    report.readings.extend(joined.readings);
    let mut places = SheetColumns::default();
    for ((name, of_part), (rows_before, called)) in reports.into_iter().zip(joined.places) {
        let called = |column: &str| called.get(column).cloned().unwrap_or_default();
        let of_sheet = of_part.places.clone().unwrap_or_else(|| SheetColumns::of_file(&name));
        places.append(rows_before, of_sheet, called);
        add(&mut report, &name, of_part, rows_before);
    }
    report.places = Some(places);
    report.automatic.extend(joined.automatic);
    report.notes.extend(joined.notes);
    report.rows_refused += joined.rows_refused;
    report.empty_cases += joined.empty_cases;
    ProblemCount::merge(&mut report.problems, joined.problems);
    let shape = TableShape { event_columns: joined.event_columns, currencies: joined.currencies };
    BegunTable { table: joined.table, report, shape }
}

/// Adds the report of a part; its rows are counted behind those of the parts before it.
fn add(report: &mut ImportReport, name: &str, mut part: ImportReport, rows_before: u64) {
    let own = part.places.take();
    for example in part.problems.iter_mut().flat_map(|problem| &mut problem.examples) {
        if example.cell.is_none() {
            let cell = own.as_ref().and_then(|own| own.cell(&example.column, example.row));
            example.cell = cell.or_else(|| Some(format!("{name}:{}", example.row)));
        }
        example.row += rows_before;
    }
    let examples = part.automatic.iter_mut().flat_map(|it: &mut AutomaticReading| &mut it.examples);
    examples.for_each(|example| example.row += rows_before);
    let told = |sentence| say!("\"{file}\": {sentence}", file = name, sentence);
    report.readings.extend(part.readings.into_iter().map(told));
    report.notes.extend(part.notes.into_iter().map(told));
    report.automatic.extend(part.automatic);
    report.rows_read += part.rows_read;
    report.rows_refused += part.rows_refused;
    ProblemCount::merge(&mut report.problems, part.problems);
}
