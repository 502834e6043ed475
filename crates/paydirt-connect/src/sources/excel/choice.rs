//! Which sheet is read? The one that the user named, else the first with a table of data.

use std::ops::ControlFlow;

use paydirt_model::mapping::{ChoiceKind, ChoiceOption, ReadingChoice};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::source::{HeaderChoice, PartHead, ReadOptions, TitleChoice};
use crate::sources::excel::book::{Book, SheetEntry, Visibility};
use crate::sources::excel::head::{self, HeadRow};
use crate::sources::excel::package::Told;
use crate::sources::excel::rows::Row;

/// Sheets whose size is found; the sizes of further ones are not.
const SHEETS_MAX: usize = 256;
/// Cells that are looked at for the size of a sheet.
const CELLS_MAX: u64 = 20_000;

/// Bytes of text that are looked at for the size of a sheet.
const SHEET_TEXT_BYTES_MAX: usize = 64 << 20;
/// Bytes of text of the first rows that are kept, of all sheets together; whether there is a table
/// behind that is not looked at.
const HEAD_TEXT_BYTES_MAX: usize = 64 << 20;

/// Most sheets that are offered.
const OFFERED_MAX: usize = 50;

/// A sheet and how large it is.
#[derive(Debug, Clone)]
pub(super) struct SheetSize {
    pub(super) name: String,
    /// Rows that hold something; of a large sheet that is not read, as many as it says it has.
    pub(super) rows: u64,
    /// Columns that hold something, as far as the sheet was looked at.
    pub(super) columns: u64,
    pub(super) hidden: bool,
    /// Whether it cannot be read.
    pub(super) damaged: bool,
    /// Whether it is the one that is read.
    pub(super) read: bool,
}

impl SheetSize {
    /// How large it is, in words.
    pub(super) fn about(&self) -> Sentence {
        let (rows, columns) = (self.rows, self.columns);
        match (self.damaged, self.hidden) {
            (true, false) => say!("damaged"),
            (true, true) => say!("damaged; hidden"),
            (false, true) => say!(
                "{rows} {rows|row|rows}, {columns} {columns|column|columns}; hidden",
                rows,
                columns
            ),
            (false, false) => {
                say!("{rows} {rows|row|rows}, {columns} {columns|column|columns}", rows, columns)
            }
        }
    }
}

/// The sheets that could be read instead.
pub(super) fn choice(sheets: &[SheetSize]) -> ReadingChoice {
    let option =
        |sheet: &SheetSize| ChoiceOption { name: sheet.name.clone(), about: sheet.about() };
    // Of several sheets that were read together none is chosen.
    let mut read = sheets.iter().filter(|sheet| sheet.read);
    let chosen = read.next().filter(|_| read.next().is_none());
    ReadingChoice {
        kind: ChoiceKind::Sheet,
        chosen: chosen.map(|sheet| sheet.name.clone()),
        options: sheets.iter().take(OFFERED_MAX).map(option).collect(),
    }
}

/// The sheet that is going to be read.
pub(super) struct Chosen {
    /// Its position among the sheets.
    pub(super) idx: usize,
    pub(super) name: String,
    /// The names in its first row.
    pub(super) columns: Vec<String>,
    /// All sheets with their sizes.
    pub(super) sheets: Vec<SheetSize>,
}

/// What came of the choice.
pub(super) enum Choice {
    Chosen(Chosen),
    /// Several sheets are parts of one import, by their positions.
    Parts {
        chosen: Vec<(usize, String)>,
        sheets: Vec<SheetSize>,
    },
    /// The sheet that was named is not there, or the one that would be read may not be the right
    /// one; these are there.
    Unknown {
        problem: Problem,
        sheets: Vec<SheetSize>,
    },
}

/// What is seen of a sheet without reading all of it.
#[derive(Default)]
struct Glance {
    first_rows: Vec<HeadRow>,
    rows: u64,
    cells: u64,
    text_bytes: usize,
    columns: Vec<u32>,
    /// Rows that the sheet says it has, where not all were looked at.
    claimed: u64,
    is_whole: bool,
    /// Why it cannot be read.
    damage: Option<Problem>,
}

impl Glance {
    fn row(&mut self, row: &Row, head_bytes_left: &mut usize) -> ControlFlow<()> {
        self.rows += 1;
        self.text_bytes += row.text_bytes();
        self.cells += row.cells().len() as u64;
        for cell in row.cells() {
            if let Err(place) = self.columns.binary_search(&cell.column) {
                self.columns.insert(place, cell.column);
            }
        }
        if self.first_rows.len() < head::ROWS_MAX
            && let Some(left) = head_bytes_left.checked_sub(row.text_bytes())
        {
            *head_bytes_left = left;
            self.first_rows.push(HeadRow::of(row));
        }
        if self.cells < CELLS_MAX && self.text_bytes < SHEET_TEXT_BYTES_MAX {
            return ControlFlow::Continue(());
        }
        self.is_whole = false;
        ControlFlow::Break(())
    }

    fn size(&self, entry: &SheetEntry) -> SheetSize {
        let claimed = if self.is_whole { 0 } else { self.claimed };
        SheetSize {
            name: entry.name.clone(),
            rows: self.rows.max(claimed),
            columns: self.columns.len() as u64,
            hidden: entry.visibility == Visibility::Hidden,
            damaged: self.damage.is_some(),
            read: false,
        }
    }
}

/// Chooses the sheet.
///
/// # Errors
/// No sheet holds anything, or the workbook is damaged.
pub(super) fn choose(book: &mut Book<'_>, options: &ReadOptions<'_>) -> Result<Choice, Problem> {
    let entries = book.sheets().to_vec();
    let glances = glances(book, &entries, options)?;
    let sizes = glances.iter().zip(&entries).map(|(glance, entry)| glance.size(entry));
    let mut sheets: Vec<SheetSize> = sizes.collect();
    let named = match options.sheet.map(|wanted| find(&entries, wanted)).transpose() {
        Ok(named) => named,
        Err(problem) => return Ok(Choice::Unknown { problem, sheets }),
    };
    let parts = if named.is_some() { Vec::new() } else { parts(&entries, &glances, options) };
    if !parts.is_empty() {
        // One that cannot be read may be a part as well.
        let is_damaged = |idx: &usize| sheets[*idx].damaged && !sheets[*idx].hidden;
        if let Some(damaged) = (0..sheets.len()).find(is_damaged) {
            let problem = damaged_sheet(&entries[damaged].name, glances, damaged);
            return Ok(Choice::Unknown { problem, sheets });
        }
        for &idx in &parts {
            sheets[idx].read = true;
        }
        let chosen = parts.into_iter().map(|idx| (idx, entries[idx].name.clone())).collect();
        return Ok(Choice::Parts { chosen, sheets });
    }
    let has_table: Vec<bool> =
        glances.iter().map(|glance| head::has_table(&glance.first_rows)).collect();
    let first = |visibility: Visibility| {
        (0..glances.len()).find(|&idx| has_table[idx] && entries[idx].visibility == visibility)
    };
    // A data template that was filled in says which sheet has its events.
    let events = book.marks().events();
    let of_events = || {
        let is_it = |&idx: &usize| Some(&entries[idx].name) == events.as_ref();
        (0..glances.len()).find(|idx| is_it(idx) && has_table[*idx])
    };
    let chosen = named
        .or_else(of_events)
        .or_else(|| first(Visibility::Visible))
        .or_else(|| first(Visibility::Hidden))
        .or_else(|| glances.iter().position(|glance| glance.rows > 0));
    if named.is_none()
        && let Some(damaged) = damaged_before(chosen, &has_table, &glances, &entries)
    {
        let problem = damaged_sheet(&entries[damaged].name, glances, damaged);
        return match sheets.iter().any(|sheet| !sheet.damaged) {
            true => Ok(Choice::Unknown { problem, sheets }),
            false => Err(problem),
        };
    }
    let Some(idx) = chosen else {
        let detail = say!("No sheet of the workbook holds anything.");
        return Err(Problem::new(ErrorCode::NothingUsable, detail)
            .with_hint(say!("Name a workbook with one event a row.")));
    };
    if let Some(size) = sheets.get_mut(idx) {
        size.read = true;
    }
    let columns = head::first_names(&glances[idx].first_rows);
    Ok(Choice::Chosen(Chosen { idx, name: entries[idx].name.clone(), columns, sheets }))
}

/// The sheets that are parts of one import, by their positions; only where nothing was said of
/// their headers. Hidden ones are none.
fn parts(entries: &[SheetEntry], glances: &[Glance], options: &ReadOptions<'_>) -> Vec<usize> {
    let Some(choose) = options.parts else { return Vec::new() };
    let text = &options.text;
    if text.header != HeaderChoice::Detect || text.titles != TitleChoice::Skip {
        return Vec::new();
    }
    let names = |(glance, entry): (&Glance, &SheetEntry)| match entry.visibility {
        Visibility::Visible => head::first_names(&glance.first_rows),
        Visibility::Hidden => Vec::new(),
    };
    let columns: Vec<Vec<String>> = glances.iter().zip(entries).map(names).collect();
    let heads: Vec<PartHead<'_>> = entries
        .iter()
        .zip(&columns)
        .map(|(entry, columns)| PartHead { name: &entry.name, columns })
        .collect();
    let mut chosen = choose(&heads);
    chosen.retain(|&idx| idx < glances.len());
    chosen
}

/// The first sheet that cannot be read and might have been chosen, had it been whole.
fn damaged_before(
    chosen: Option<usize>,
    has_table: &[bool],
    glances: &[Glance],
    entries: &[SheetEntry],
) -> Option<usize> {
    let place = |idx: usize| (entries[idx].visibility == Visibility::Hidden, idx);
    let chosen = chosen.filter(|&idx| has_table[idx]).map(place);
    (0..glances.len())
        .filter(|&idx| glances[idx].damage.is_some())
        .filter(|&idx| chosen.is_none_or(|chosen| place(idx) < chosen))
        .min_by_key(|&idx| place(idx))
}

/// The problem of a sheet that cannot be read, while others might be.
fn damaged_sheet(name: &str, glances: Vec<Glance>, idx: usize) -> Problem {
    let of_others = glances.len() > 1;
    let damage = glances.into_iter().nth(idx).and_then(|glance| glance.damage);
    let problem = damage.expect("the sheet is damaged");
    if !of_others {
        return problem;
    }
    let why = problem.detail;
    let detail = say!("The sheet \"{name}\" cannot be read. {why}", name, why);
    Problem::new(problem.code, detail)
        .in_parameter("sheet")
        .with_hint(say!("Copy or download the file again, or choose another sheet."))
}

/// The sheet of a name, as it is written or in other letters, or of a number from 1.
fn find(entries: &[SheetEntry], wanted: &str) -> Result<usize, Problem> {
    let wanted = wanted.trim();
    let lower = wanted.to_lowercase();
    let number: Option<usize> = wanted.parse().ok();
    let by_name = entries.iter().position(|entry| entry.name == wanted);
    let by_letters = || entries.iter().position(|entry| entry.name.trim().to_lowercase() == lower);
    let by_number = || number.filter(|number| (1..=entries.len()).contains(number));
    if let Some(idx) = by_name.or_else(by_letters).or_else(|| by_number().map(|number| number - 1))
    {
        return Ok(idx);
    }
    const NAMED_MAX: usize = 20;
    let names: Vec<String> =
        entries.iter().take(NAMED_MAX).map(|entry| format!("\"{}\"", entry.name)).collect();
    let detail = say!(
        "The workbook has no sheet \"{wanted}\". It has {count}: {names}.",
        wanted,
        count = entries.len(),
        names
    );
    Err(Problem::new(ErrorCode::SheetNotFound, detail)
        .in_parameter("sheet")
        .with_hint(say!("Name one of them, or its number, counted from 1.")))
}

/// Looks at the first cells of every sheet. A sheet that is not wanted may be damaged.
fn glances(
    book: &mut Book<'_>,
    entries: &[SheetEntry],
    options: &ReadOptions<'_>,
) -> Result<Vec<Glance>, Problem> {
    let count = entries.len().min(SHEETS_MAX);
    let mut glances: Vec<Glance> =
        (0..count).map(|_| Glance { is_whole: true, ..Glance::default() }).collect();
    let mut left = HEAD_TEXT_BYTES_MAX;
    if let Book::Ods(book) = book {
        book.survey(options, &mut |idx, row| {
            options.check_cancelled()?;
            let glance = glances.get_mut(idx);
            Ok(glance.map_or(ControlFlow::Break(()), |glance| glance.row(row, &mut left)))
        })?;
        return Ok(glances);
    }
    for (idx, glance) in glances.iter_mut().enumerate() {
        match book.rows(idx, Told::Nothing, options, &mut |row| Ok(glance.row(row, &mut left))) {
            Ok(end) => {
                glance.claimed = end.claimed.map_or(0, |area| u64::from(area.last_row) + 1);
            }
            Err(problem) if problem.code == ErrorCode::Cancelled => return Err(problem),
            Err(problem) => {
                *glance = Glance { is_whole: true, damage: Some(problem), ..Glance::default() };
            }
        }
    }
    Ok(glances)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_found_by_name_then_by_number() {
        let entries: Vec<SheetEntry> = ["Deals", "3", "Ereignisse "]
            .map(|name| SheetEntry { name: name.to_owned(), visibility: Visibility::Visible })
            .into();
        let found = |wanted| find(&entries, wanted).ok();
        assert_eq!(found("Deals"), Some(0));
        assert_eq!(found("deals"), Some(0));
        assert_eq!(found("EREIGNISSE"), Some(2));
        assert_eq!(found("3"), Some(1));
        assert_eq!(found("2"), Some(1));
        assert_eq!(found("1"), Some(0));
        assert_eq!((found("0"), found("4"), found("")), (None, None, None));
        let problem = find(&entries, "Leads").unwrap_err().to_string();
        assert!(problem.contains("\"Deals\", \"3\""), "{problem}");
    }
}
