//! What is in an XLSX workbook (ECMA-376)? Its sheets, the texts that they share, and which numbers
//! are dates.
//!
//! Sheets are read as a stream: a workbook of a million rows takes the memory of its table alone.

mod parts;
mod sheet;

use std::io::Read;

use paydirt_model::interner::TextColumn;
use paydirt_model::problem::Problem;
use paydirt_model::say;

use crate::read_ahead::with_read_ahead;
use crate::source::ReadOptions;
use crate::sources::excel::book::{SheetEntry, Visibility};
use crate::sources::excel::marks::Marks;
use crate::sources::excel::package::{Package, Told, damaged};
use crate::sources::excel::rows::{OnRow, SheetEnd};
use crate::sources::excel::values::{Epoch, Shown};
use crate::sources::excel::xml::Xml;
use parts::{Relation, Workbook, relations, shared_texts, shown_by_style, workbook};

/// An XLSX workbook whose sheets have been listed.
pub(super) struct Xlsx<'a> {
    package: Package<'a>,
    pub(super) sheets: Vec<SheetEntry>,
    /// The part of each sheet.
    parts: Vec<String>,
    common: Common,
    marks: Marks,
}

/// What all sheets share.
struct Common {
    texts: TextColumn,
    shown: Vec<Shown>,
    epoch: Epoch,
}

impl<'a> Xlsx<'a> {
    /// Lists the sheets and reads what they share.
    ///
    /// # Errors
    /// The archive holds no workbook, is damaged or exceeds a limit.
    pub(super) fn open(
        mut package: Package<'a>,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Problem> {
        let main = main_part(&mut package, options)?;
        let Workbook { sheets, epoch, marks } = read(&mut package, &main, options, workbook)?
            .ok_or_else(|| damaged(say!("it has no list of sheets")))?;
        let related = related(&mut package, &main, options)?;
        let of_kind = |kind: &str| related.iter().find(|relation| relation.is_of(kind));
        let shown = match of_kind("styles") {
            Some(styles) => read(&mut package, &styles.target, options, shown_by_style)?,
            None => None,
        };
        let texts = match of_kind("sharedStrings") {
            Some(strings) => read(&mut package, &strings.target, options, shared_texts)?,
            None => None,
        };
        let mut entries = Vec::new();
        let mut parts = Vec::new();
        for listed in sheets {
            // Sheets that are one chart have no cells.
            let found = related.iter().find(|relation| relation.id == listed.relation);
            let Some(relation) = found.filter(|relation| relation.is_of("worksheet")) else {
                continue;
            };
            entries.push(SheetEntry { name: listed.name, visibility: listed.visibility });
            parts.push(relation.target.clone());
        }
        let common =
            Common { texts: texts.unwrap_or_default(), shown: shown.unwrap_or_default(), epoch };
        Ok(Xlsx { package, sheets: entries, parts, common, marks })
    }

    /// What a data template says of itself.
    pub(super) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The day that dates are counted from.
    pub(super) fn epoch(&self) -> Epoch {
        self.common.epoch
    }

    /// Reads a sheet row by row.
    ///
    /// # Errors
    /// The sheet is damaged or exceeds a limit, or `on_row` fails.
    pub(super) fn rows(
        &mut self,
        sheet_idx: usize,
        told: Told,
        options: &ReadOptions<'_>,
        on_row: &mut OnRow<'_>,
    ) -> Result<SheetEnd, Problem> {
        let part = self.package.part(&self.parts[sheet_idx], told, options)?;
        let Some(bytes) = part else {
            return Err(damaged(say!(
                "the sheet \"{name}\" is listed but not there",
                name = self.sheets[sheet_idx].name
            )));
        };
        let common = &self.common;
        let threads = if told == Told::Progress { options.threads } else { 1 };
        with_read_ahead(bytes, threads, |bytes| {
            sheet::read(Xml::new(bytes, options), common, on_row)
        })
    }
}

/// Reads a part with a function; `None` when there is no such part.
fn read<T>(
    package: &mut Package<'_>,
    part: &str,
    options: &ReadOptions<'_>,
    parse: impl FnOnce(&mut Xml<'_>) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let Some(bytes) = package.part(part, Told::Nothing, options)? else { return Ok(None) };
    let bytes: Box<dyn Read + Send> = bytes;
    parse(&mut Xml::new(bytes, options)).map(Some)
}

/// The part that lists the sheets.
fn main_part(package: &mut Package<'_>, options: &ReadOptions<'_>) -> Result<String, Problem> {
    let known = "xl/workbook.xml";
    let roots = read(package, "_rels/.rels", options, |xml| relations(xml, ""))?;
    let named = roots
        .unwrap_or_default()
        .into_iter()
        .find(|relation| relation.is_of("officeDocument") && package.has(&relation.target));
    Ok(named.map_or_else(|| known.to_owned(), |relation| relation.target))
}

/// The parts that the list of sheets refers to.
fn related(
    package: &mut Package<'_>,
    main: &str,
    options: &ReadOptions<'_>,
) -> Result<Vec<Relation>, Problem> {
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
    let part = format!("{folder}/_rels/{name}.rels");
    let found = read(package, &part, options, |xml| relations(xml, folder))?;
    found.ok_or_else(|| damaged(say!("it does not say where its sheets are")))
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    visibility: Visibility,
    relation: String,
}
