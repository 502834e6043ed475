//! How the cells of an attribute column become values: each distinct text is read once.

use std::borrow::Cow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::ReadingRules;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::{ChunkColumn, DECIMAL_SCALE_MAX};
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::number::{Decimal, divide_half_even};
use paydirt_model::raw_table::{RawChunk, RawColumn};

use crate::blanks::{BlankWord, is_blank_word};
use crate::dates::DateFormat;
use crate::dates::zone::LocalZone;
use crate::events::AttributeColumn;
use crate::types::{CellCurrency, NumberStyle, currency_in, parse_boolean};

/// How the values of an attribute column are read.
#[derive(Debug, Clone)]
pub(super) enum ValueReading {
    Typed,
    Text,
    Integer(NumberStyle),
    Decimal(NumberStyle),
    /// Percentages, as shares.
    Share(NumberStyle),
    /// Percentages without a sign, as shares.
    Percentage(NumberStyle),
    Duration(NumberStyle),
    Boolean,
    Timestamp(DateFormat, LocalZone),
    Money {
        style: NumberStyle,
        currency: Option<String>,
        currency_idx: Option<usize>,
        of_cells: Vec<CellCurrency>,
    },
}

/// A number for blanks, which no text has.
pub(super) const NO_CODE: u32 = u32::MAX;

/// A column as texts, numbered where the source numbers them.
pub(super) enum Texts<'a> {
    /// Numbers of texts; [`NO_CODE`] is a blank.
    Numbered(&'a [u32], &'a TextColumn),
    /// A text for each row.
    Plain(Cow<'a, TextColumn>),
}

impl<'a> Texts<'a> {
    pub(super) fn of(column: &'a RawColumn) -> Self {
        match column {
            RawColumn::Dictionary { codes, texts } => Texts::Numbered(codes, texts),
            RawColumn::Plain(texts) => Texts::Plain(Cow::Borrowed(texts)),
            RawColumn::Typed(AttributeType::Text, typed) => match typed.values.text_codes() {
                Some(codes) => Texts::Numbered(codes, &typed.texts),
                None => Texts::Plain(Cow::Owned(all_texts(column))),
            },
            RawColumn::Typed(..) => Texts::Plain(Cow::Owned(all_texts(column))),
        }
    }

    /// The text of a row, blanks around it cut off.
    #[inline]
    pub(super) fn get(&self, row: usize) -> &str {
        let text = match self {
            Texts::Numbered(codes, texts) => match codes[row] {
                NO_CODE => "",
                code => texts.get(code as usize),
            },
            Texts::Plain(texts) => texts.get(row),
        };
        text.trim_ascii()
    }
}

fn all_texts(column: &RawColumn) -> TextColumn {
    let mut texts = TextColumn::default();
    for row in 0..column.len() {
        texts.push(&column.text(row));
    }
    texts
}

/// What one cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell<T> {
    Blank,
    Bad,
    Value(T),
}

impl<T> Cell<T> {
    fn and_then<U>(self, next: impl FnOnce(T) -> Cell<U>) -> Cell<U> {
        match self {
            Cell::Value(value) => next(value),
            Cell::Blank => Cell::Blank,
            Cell::Bad => Cell::Bad,
        }
    }
}

/// Whether a text is one of the words of a column that are blanks.
#[inline]
fn is_among(blanks: &[BlankWord], text: &str) -> bool {
    !blanks.is_empty() && blanks.iter().any(|blank| blank.text == text.trim())
}

/// Reads the cells of these rows, each distinct text once.
pub(super) fn cells<T: Copy>(
    texts: &Texts<'_>,
    rows: &[u32],
    blanks: &[BlankWord],
    read: impl Fn(&str) -> Cell<T>,
) -> Vec<Cell<T>> {
    let read = |text: &str| {
        let text = text.trim_ascii();
        if text.is_empty() || is_among(blanks, text) { Cell::Blank } else { read(text) }
    };
    match texts {
        Texts::Plain(texts) => rows.iter().map(|&row| read(texts.get(row as usize))).collect(),
        Texts::Numbered(codes, texts) => {
            let known: Vec<Cell<T>> = texts.iter().map(read).collect();
            rows.iter()
                .map(|&row| match codes[row as usize] {
                    NO_CODE => Cell::Blank,
                    code => known[code as usize],
                })
                .collect()
        }
    }
}

/// An attribute column of the kept rows, and the rows whose value could not be read.
pub(super) fn attribute(
    planned: &AttributeColumn,
    rules: &ReadingRules,
    chunk: &RawChunk,
    rows: &[u32],
) -> (ChunkColumn, Vec<u32>) {
    let raw = &chunk.columns[planned.column_idx];
    if let (ValueReading::Typed, RawColumn::Typed(_, typed)) = (&planned.reading, raw) {
        let values = if rows.len() == typed.values.len() {
            typed.values.clone()
        } else {
            typed.values.gather(rows)
        };
        let column = ChunkColumn {
            values,
            texts: typed.texts.clone(),
            scale: typed.scale,
            rounded: typed.rounded,
        };
        return (column, Vec::new());
    }
    let texts = Texts::of(raw);
    let blanks = &planned.blanks;
    let number =
        |style: NumberStyle, form: Form| move |text: &str| small_decimal(text, style, form, rules);
    let decimals = |style: NumberStyle, form: Form| {
        decimal_column(&cells(&texts, rows, blanks, number(style, form)), rows)
    };
    match &planned.reading {
        ValueReading::Typed | ValueReading::Text => (text_column(&texts, rows, blanks), Vec::new()),
        ValueReading::Boolean => boolean_column(&texts, rows, blanks),
        ValueReading::Timestamp(format, zone) => {
            let cells = cells(&texts, rows, blanks, |text| {
                match format.parse(text).and_then(|moment| zone.resolve(moment)) {
                    Some(resolved) => Cell::Value(resolved.us),
                    None => Cell::Bad,
                }
            });
            number_column(AttributeType::Timestamp, &cells, rows)
        }
        ValueReading::Integer(style) => {
            let read = number(*style, Form::Plain);
            let cells = cells(&texts, rows, blanks, |text| read(text).and_then(whole));
            number_column(AttributeType::Integer, &cells, rows)
        }
        ValueReading::Duration(style) => {
            let read = number(*style, Form::Plain);
            let cells = cells(&texts, rows, blanks, |text| read(text).and_then(microseconds));
            number_column(AttributeType::Duration, &cells, rows)
        }
        ValueReading::Decimal(style) => decimals(*style, Form::Plain),
        ValueReading::Share(style) => decimals(*style, Form::Share),
        ValueReading::Percentage(style) => decimals(*style, Form::Bare),
        ValueReading::Money { style, currency, currency_idx, of_cells } => {
            let column_of = currency_idx.map(|idx| Texts::of(&chunk.columns[idx]));
            let read = |text: &str| {
                let style = carried(text, of_cells, rules).map_or(*style, |cell| cell.style);
                small_decimal(text, style, Form::Plain, rules)
            };
            let code_of = |row: u32| {
                let of_row = column_of.as_ref().map(|column| column.get(row as usize));
                let of_row = of_row.filter(|code| !code.is_empty() && !is_blank_word(code, rules));
                let of_cell = || Some(carried(texts.get(row as usize), of_cells, rules)?.code);
                of_row.or_else(of_cell).or(currency.as_deref())
            };
            money_column(&cells(&texts, rows, blanks, read), rows, code_of)
        }
    }
}

fn decimal_column(cells: &[Cell<(i64, u8)>], rows: &[u32]) -> (ChunkColumn, Vec<u32>) {
    let (mantissas, scale, rounded) = common_scale(cells);
    let mut values = Column::new(AttributeType::Decimal);
    let bad = push_all(&mut values, &mantissas, rows, Column::push_number);
    (ChunkColumn { values, texts: TextColumn::default(), scale, rounded }, bad)
}

fn boolean_column(
    texts: &Texts<'_>,
    rows: &[u32],
    blanks: &[BlankWord],
) -> (ChunkColumn, Vec<u32>) {
    let cells = cells(texts, rows, blanks, |text| match parse_boolean(text) {
        Some(value) => Cell::Value(value),
        None => Cell::Bad,
    });
    let mut values = Column::new(AttributeType::Boolean);
    let bad = push_all(&mut values, &cells, rows, Column::push_boolean);
    (plain_column(values), bad)
}

fn whole((mantissa, scale): (i64, u8)) -> Cell<i64> {
    let power = 10_i64.pow(u32::from(scale));
    if mantissa % power == 0 { Cell::Value(mantissa / power) } else { Cell::Bad }
}

/// Seconds in microseconds.
fn microseconds((mantissa, scale): (i64, u8)) -> Cell<i64> {
    let us = Decimal::new(mantissa.into(), scale).at_scale(6).0;
    i64::try_from(us).map_or(Cell::Bad, Cell::Value)
}

/// Whether the numbers of a column carry a percent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// None does.
    Plain,
    /// All do, but for zeros.
    Share,
    /// None does, and they are percentages all the same.
    Bare,
}

/// A decimal of at most 18 digits.
fn small_decimal(
    text: &str,
    style: NumberStyle,
    form: Form,
    rules: &ReadingRules,
) -> Cell<(i64, u8)> {
    if form == Form::Plain
        && let Some(small) = plain_integer(text)
    {
        return Cell::Value((small, 0));
    }
    let Some(written) = style.read(text, rules) else { return Cell::Bad };
    let fits = match form {
        Form::Plain => !written.marks.is_percent,
        Form::Share => written.marks.is_percent || written.number.mantissa == 0,
        Form::Bare => true,
    };
    let is_bare = form == Form::Bare && !written.marks.is_percent;
    let scale = written.number.scale.saturating_add(if is_bare { 2 } else { 0 });
    match i64::try_from(written.number.mantissa) {
        Ok(mantissa) if fits && mantissa != i64::MIN && scale <= 18 => {
            Cell::Value((mantissa, scale))
        }
        _ => Cell::Bad,
    }
}

#[inline]
fn plain_integer(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() > 18 || bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0_i64, |number, &byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| number * 10 + i64::from(digit))
    })
}

fn plain_column(values: Column) -> ChunkColumn {
    ChunkColumn { values, texts: TextColumn::default(), scale: 0, rounded: 0 }
}

fn number_column(
    kind: AttributeType,
    cells: &[Cell<i64>],
    rows: &[u32],
) -> (ChunkColumn, Vec<u32>) {
    let mut values = Column::new(kind);
    let bad = push_all(&mut values, cells, rows, Column::push_number);
    (plain_column(values), bad)
}

fn push_all<T: Copy>(
    values: &mut Column,
    cells: &[Cell<T>],
    rows: &[u32],
    push: impl Fn(&mut Column, T),
) -> Vec<u32> {
    let mut bad = Vec::new();
    for (cell, &row) in cells.iter().zip(rows) {
        match cell {
            Cell::Value(value) => push(values, *value),
            Cell::Blank => values.push_blank(),
            Cell::Bad => {
                values.push_blank();
                bad.push(row);
            }
        }
    }
    bad
}

/// The largest scale that occurs and at which every value fits, the values at it, and how many
/// had to be rounded.
fn common_scale(cells: &[Cell<(i64, u8)>]) -> (Vec<Cell<i64>>, u8, u64) {
    let mut largest = [0_u64; 19];
    let mut wanted = 0;
    for cell in cells {
        if let Cell::Value((mantissa, scale)) = cell {
            let slot = &mut largest[usize::from(*scale)];
            *slot = (*slot).max(mantissa.unsigned_abs());
            wanted = wanted.max(*scale);
        }
    }
    let fits = |to: u8| {
        (0..=to).all(|from| {
            let raised = i128::from(largest[usize::from(from)]) * 10_i128.pow(u32::from(to - from));
            raised <= i128::from(i64::MAX)
        })
    };
    let scale = (0..=wanted.min(DECIMAL_SCALE_MAX)).rev().find(|&to| fits(to)).unwrap_or(0);
    let mut rounded = 0;
    let scaled = cells
        .iter()
        .map(|cell| match *cell {
            Cell::Blank => Cell::Blank,
            Cell::Bad => Cell::Bad,
            Cell::Value((mantissa, from)) if from <= scale => {
                Cell::Value(mantissa * 10_i64.pow(u32::from(scale - from)))
            }
            Cell::Value((mantissa, from)) => {
                let power = 10_i128.pow(u32::from(from - scale));
                let result = divide_half_even(mantissa.into(), power);
                rounded += u64::from(result * power != i128::from(mantissa));
                i64::try_from(result).map_or(Cell::Bad, Cell::Value)
            }
        })
        .collect();
    (scaled, scale, rounded)
}

/// The currency that a cell carries itself, of those that the column has.
fn carried<'a>(
    text: &str,
    of_cells: &'a [CellCurrency],
    rules: &ReadingRules,
) -> Option<&'a CellCurrency> {
    if of_cells.is_empty() {
        return None;
    }
    let sign = currency_in(text, rules)?;
    of_cells.iter().find(|cell| cell.sign == sign)
}

fn money_column<'a>(
    cells: &[Cell<(i64, u8)>],
    rows: &[u32],
    code_of: impl Fn(u32) -> Option<&'a str>,
) -> (ChunkColumn, Vec<u32>) {
    let (mantissas, scale, rounded) = common_scale(cells);
    let mut values = Column::new(AttributeType::Money);
    let mut known = Interner::default();
    let mut bad = Vec::new();
    let mut number_of = |code: &str| {
        // Codes are written in capitals; `eur` is no currency of its own.
        let number = if code.len() == 3 && code.bytes().any(|byte| byte.is_ascii_lowercase()) {
            known.intern(&code.to_ascii_uppercase())
        } else {
            known.intern(code)
        };
        u16::try_from(number).ok()
    };
    for (cell, &row) in mantissas.iter().zip(rows) {
        match cell {
            Cell::Value(mantissa) => {
                values.push_money(*mantissa, code_of(row).and_then(&mut number_of));
            }
            Cell::Blank => values.push_blank(),
            Cell::Bad => {
                values.push_blank();
                bad.push(row);
            }
        }
    }
    (ChunkColumn { values, texts: known.into_texts(), scale, rounded }, bad)
}

/// Texts keep their blanks around; a text of blanks alone is a blank, and so are the words for a
/// missing value. Only texts that occur in the rows are numbered.
fn text_column(texts: &Texts<'_>, rows: &[u32], blanks: &[BlankWord]) -> ChunkColumn {
    let (codes, texts) = match texts {
        Texts::Numbered(codes, texts) => {
            renumber(codes, texts, rows, |text| if is_among(blanks, text) { "" } else { text })
        }
        Texts::Plain(texts) => {
            let mut kept = TextColumn::with_capacity(rows.len(), texts.memory_bytes());
            let mut codes = Vec::with_capacity(rows.len());
            for &row in rows {
                let text = texts.get(row as usize);
                if text.trim_ascii().is_empty() || is_among(blanks, text) {
                    codes.push(NO_CODE);
                    continue;
                }
                codes.push(u32::try_from(kept.len()).expect("a chunk has fewer than 2^32 rows"));
                kept.push(text);
            }
            (codes, kept)
        }
    };
    ChunkColumn { values: Column::Text(codes), texts, scale: 0, rounded: 0 }
}

/// Numbers the texts that occur in these rows afresh.
pub(super) fn renumber(
    codes: &[u32],
    texts: &TextColumn,
    rows: &[u32],
    cut: impl for<'t> Fn(&'t str) -> &'t str,
) -> (Vec<u32>, TextColumn) {
    const UNSEEN: u32 = u32::MAX - 1;
    let mut new_codes = vec![UNSEEN; texts.len()];
    let mut kept = TextColumn::default();
    let renumbered = rows
        .iter()
        .map(|&row| {
            let code = codes[row as usize];
            if code == NO_CODE {
                return NO_CODE;
            }
            let new = &mut new_codes[code as usize];
            if *new == UNSEEN {
                let text = cut(texts.get(code as usize));
                *new = if text.trim_ascii().is_empty() {
                    NO_CODE
                } else {
                    kept.push(text);
                    u32::try_from(kept.len() - 1).expect("a chunk has fewer than 2^32 texts")
                };
            }
            *new
        })
        .collect();
    (renumbered, kept)
}
