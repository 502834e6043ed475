//! What holds for every text in any encoding, every column of dates and every column of values?

use paydirt_connect::encoding::{self, TextEncoding};
use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::time::{DAY_US, SECOND_US};
use paydirt_recipe::blanks::BlankPlaces;
use paydirt_recipe::dates::detect::{
    DetectedFormat, Purpose, date_share_per_cent, detect, doubt_problem, read_as,
};
use paydirt_recipe::dates::pattern::Pattern;
use paydirt_recipe::dates::zone::LocalZone;
use paydirt_recipe::dates::{DateFormat, Moment};
use paydirt_recipe::scan::ColumnScan;
use paydirt_recipe::types::{
    Detecting, NumberStyle, Reading, detect_type_by, parse_boolean, split_currency,
};

use super::{check_problem, first_line};

/// Most values of a column that are looked at, so that a short input is a short work.
const VALUES_MAX: usize = 256;

/// A label of an encoding in the first line, then text.
pub(super) fn encoding(data: &[u8]) {
    let (label, text) = first_line(data);
    match TextEncoding::parse(&label) {
        Ok(named) => {
            assert_eq!(TextEncoding::parse(named.name()), Ok(named), "a name is a label");
            check_decoded(named, text);
        }
        Err(problem) => check_problem(&problem, data),
    }
    match encoding::detect(text) {
        Ok(found) => check_decoded(found.encoding, text),
        Err(problem) => check_problem(&problem, data),
    }
    check_decoded(encoding::legacy(text), text);
    if let Ok(valid) = std::str::from_utf8(text) {
        let valid = valid.strip_prefix('\u{feff}').unwrap_or(valid);
        assert_eq!(TextEncoding::UTF_8.decode_sample(text), valid, "UTF-8 is left as it is");
    }
}

fn check_decoded(encoding: TextEncoding, text: &[u8]) {
    let mark_len = encoding.mark_len(text);
    assert!(mark_len <= text.len());
    let decoded = encoding.decode_sample(text);
    // Three bytes of UTF-8 for every byte at most: U+FFFD, or a character of the upper half.
    assert!(decoded.len() <= 3 * text.len() + 3, "{} bytes decoded", decoded.len());
}

/// A pattern in the first line, then the values of a column.
pub(super) fn dates(data: &[u8]) {
    let (pattern, rest) = first_line(data);
    let values = lines(rest);
    let table = column(&values, Form::Plain);
    let scan = ColumnScan::new(&table, 0);
    match Pattern::parse_text(&pattern) {
        Ok(pattern) => {
            assert_eq!(Pattern::parse_text(pattern.text()), Ok(pattern.clone()));
            let (found, share) = read_as(&scan, DateFormat::Pattern(pattern));
            assert!(share <= 100);
            check_format(&found, &values);
        }
        Err(problem) => check_problem(&problem, data),
    }
    for purpose in [Purpose::Role, Purpose::Type] {
        assert!(date_share_per_cent(&values, purpose) <= 100);
        match detect(&scan, purpose) {
            Ok(found) => {
                check_format(&found, &values);
                check_pattern(&found, &values);
            }
            Err(doubt) => check_problem(&doubt_problem(&scan, &doubt), data),
        }
    }
}

/// What a format reads are real dates, and within the range that it says it found.
fn check_format(found: &DetectedFormat, values: &[String]) {
    let (first_us, last_us) = found.range_us;
    for value in values {
        let Some(moment) = found.format.parse(value) else { continue };
        assert!((-719_162..=2_932_897).contains(&moment.local_us.div_euclid(DAY_US)), "{value:?}");
        assert!(moment.offset_s.is_none_or(|offset_s| offset_s.abs() < 24 * 3_600), "{value:?}");
        assert!(first_us <= moment.local_us && moment.local_us <= last_us, "{value:?} {found:?}");
        let Some(resolved) = LocalZone::utc().resolve(moment) else { continue };
        let offset_us = i64::from(moment.offset_s.unwrap_or(0)) * SECOND_US;
        assert_eq!(resolved.us, moment.local_us - offset_us, "{value:?}");
    }
}

/// The pattern that is offered for a found format reads what the format reads, in the same way.
fn check_pattern(found: &DetectedFormat, values: &[String]) {
    for value in values {
        let Some(moment) = found.format.parse(value) else { continue };
        let Some(offered) = found.format.pattern_text(value) else { return };
        let pattern = Pattern::parse_text(&offered).expect("what is offered can be given");
        let again: Option<Moment> = DateFormat::Pattern(pattern).parse(value);
        assert_eq!(again, Some(moment), "{value:?} as {offered}");
    }
}

/// The values of a column.
pub(super) fn types(data: &[u8]) {
    let values = lines(data);
    for value in &values {
        check_number(value);
        if let Some((rest, _)) = split_currency(value) {
            assert!(rest.len() < value.len(), "{value:?}");
        }
    }
    for places in [BlankPlaces::Everywhere, BlankPlaces::AmongNumbers] {
        for off in [Vec::new(), ReadingRule::ALL.to_vec()] {
            let rules = ReadingRules { off, ..ReadingRules::all() };
            check_types(&values, Detecting { rules: &rules, places, style_of_file: None });
        }
    }
}

fn check_types(values: &[String], detecting: Detecting<'_>) {
    let table = column(values, Form::Plain);
    let found = detect_type_by(&ColumnScan::new(&table, 0), detecting);
    for form in [Form::Numbered, Form::InPieces] {
        let table = column(values, form);
        let again = detect_type_by(&ColumnScan::new(&table, 0), detecting);
        assert_eq!(again.reading, found.reading, "{form:?}: how a column is held makes no odds");
        assert_eq!(again.blanks, found.blanks, "{form:?}");
    }
    for reading in &found.automatic {
        assert!(detecting.rules.follows(reading.rule), "{reading:?}");
        assert!(reading.count > 0 && !reading.examples.is_empty(), "{reading:?}");
    }
    let is_blank = |text: &str| text.is_empty() || found.blanks.iter().any(|it| it.text == text);
    let texts: Vec<&str> = values.iter().map(|value| value.trim()).collect();
    let known: Vec<&&str> = texts.iter().filter(|text| !is_blank(text)).collect();
    let style = match found.reading {
        Reading::Integer(style)
        | Reading::Decimal(style)
        | Reading::Share(style)
        | Reading::Duration(style) => style,
        Reading::Boolean => {
            assert!(known.iter().all(|text| parse_boolean(text).is_some()), "{known:?}");
            return;
        }
        Reading::Text | Reading::Timestamp(_) | Reading::Money(..) => return,
    };
    let is_read = |text: &&&&str| style.read(text, detecting.rules).is_some();
    let read = known.iter().filter(is_read).count();
    assert!(read * 100 >= known.len() * 99, "{read} of {} are numbers", known.len());
}

/// A number that is read is written as the same number.
fn check_number(value: &str) {
    for style in [NumberStyle::Point, NumberStyle::Comma] {
        let read = style.read(value, &ReadingRules::all());
        assert!(read.is_none_or(|written| written.number.scale <= 40), "{value:?}");
        let Some(number) = style.parse(value) else { continue };
        let written = number.to_string();
        let again = NumberStyle::Point.parse(&written).map(|number| number.to_string());
        assert_eq!(again, Some(written), "{value:?}");
    }
}

fn lines(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data).lines().take(VALUES_MAX).map(str::to_owned).collect()
}

/// How a column is held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Numbered,
    InPieces,
}

fn column(values: &[String], form: Form) -> RawTable {
    let rows_in_chunk = if form == Form::InPieces { 3 } else { VALUES_MAX };
    let chunks = values.chunks(rows_in_chunk).enumerate().map(|(idx, values)| {
        let first = (idx * rows_in_chunk) as u64 + 1;
        let texts = values.iter().map(String::as_str);
        let column = match form {
            Form::Plain | Form::InPieces => RawColumn::Plain(texts.collect::<TextColumn>()),
            Form::Numbered => {
                let mut interner = Interner::default();
                let codes = texts.map(|text| interner.intern(text)).collect();
                RawColumn::Dictionary { codes, texts: interner.into_texts() }
            }
        };
        RawChunk { lines: (first..).take(values.len()).collect(), columns: vec![column] }
    });
    RawTable { names: vec!["value".to_owned()], chunks: chunks.collect() }
}
