//! Which date format does a whole column have? Found from all its values together.
//!
//! Every format that reads a spread sample is tried on every value. A format is right when it reads
//! more values than its rivals; where two read the same values differently (is 03/04/2024 in March
//! or April?) and no value decides, the column is ambiguous, and the user has to say. Rare damaged
//! values do not decide: a reading needs `DECISIVE` times as many values that only it can read.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use paydirt_model::automatic::SerialSystem;
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::dates::clock::digits;
use crate::dates::serial::looks_like_serials;
use crate::dates::weeks::looks_like_weeks;
use crate::dates::{DateFormat, DateOrder, EpochUnit, Moment, YearDigits};
use crate::scan::ColumnScan;

/// How many times more values a reading must explain alone than its rival.
const DECISIVE: u64 = 20;
/// Values that formats are sorted out by, before the whole column is read.
const SAMPLE_COUNT: usize = 2_000;

/// What a column is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The user or its name says that it holds times: half of the values must be dates, the others
    /// become row problems.
    Role,
    /// Whether it holds times is the question: 99 of 100 values must be dates, and bare numbers
    /// are numbers.
    Type,
}

impl Purpose {
    fn share_per_cent(self) -> u64 {
        match self {
            Purpose::Role => 50,
            Purpose::Type => 99,
        }
    }
}

/// The format of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedFormat {
    /// The format.
    pub format: DateFormat,
    /// The format in words.
    pub reading: Sentence,
    /// First and last wall-clock time in the column.
    pub range_us: (i64, i64),
    /// Whether some value has no offset, so that a zone is needed.
    pub zone: ZoneNeed,
    /// Something worth knowing about the choice.
    pub note: Option<Sentence>,
}

/// Whether a column needs a time zone to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneNeed {
    /// Every value has an offset.
    None,
    /// Some values have none.
    SomeValues,
}

/// Why a column has no format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateDoubt {
    /// Too few of its values are dates of one format.
    NoDates {
        /// The first value that is none.
        example: String,
    },
    /// Two formats read its values differently.
    Ambiguous {
        /// The likelier or first.
        first: DateFormat,
        /// The other.
        second: DateFormat,
        /// A value that they read differently.
        example: Box<str>,
        /// A value that only the first reads and one that only the other reads, where there are
        /// both.
        contradiction: Option<Box<(String, String)>>,
    },
}

/// All formats that are tried, in order of preference.
fn candidates(purpose: Purpose) -> Vec<DateFormat> {
    use DateOrder::{DayMonthYear, MonthDayYear, YearDayMonth, YearMonthDay};
    let mut formats = vec![
        DateFormat::Numeric(YearMonthDay, YearDigits::Four),
        DateFormat::Numeric(DayMonthYear, YearDigits::Four),
        DateFormat::Numeric(MonthDayYear, YearDigits::Four),
        DateFormat::Numeric(YearDayMonth, YearDigits::Four),
        DateFormat::Numeric(YearMonthDay, YearDigits::Two),
        DateFormat::Numeric(DayMonthYear, YearDigits::Two),
        DateFormat::Numeric(MonthDayYear, YearDigits::Two),
        DateFormat::Named,
        DateFormat::Japanese,
    ];
    if purpose == Purpose::Role {
        formats.extend([
            DateFormat::Compact,
            DateFormat::Epoch(EpochUnit::Seconds),
            DateFormat::Epoch(EpochUnit::Milliseconds),
            DateFormat::Epoch(EpochUnit::Microseconds),
            DateFormat::Epoch(EpochUnit::Nanoseconds),
        ]);
    }
    formats
}

/// The share of sample texts that look like dates of one format, in per cent.
#[must_use]
pub fn date_share_per_cent(sample: &[String], purpose: Purpose) -> usize {
    let best = candidates(purpose)
        .iter()
        .map(|format| sample.iter().filter(|text| format.parse(text).is_some()).count())
        .max()
        .unwrap_or(0);
    (best * 100).checked_div(sample.len()).unwrap_or(0)
}

/// The format of a column; in a column that is said to hold times, numbers may be the days of a
/// spreadsheet.
///
/// # Errors
/// The column holds no dates, or its dates can be read in two ways.
pub fn detect(scan: &ColumnScan<'_>, purpose: Purpose) -> Result<DetectedFormat, DateDoubt> {
    let system = match purpose {
        Purpose::Role => Some(SerialSystem::default()),
        Purpose::Type => None,
    };
    detect_by(scan, purpose, system)
}

/// As [`detect`], where the days of a spreadsheet are counted by this system, or are none.
///
/// # Errors
/// As [`detect`].
pub fn detect_by(
    scan: &ColumnScan<'_>,
    purpose: Purpose,
    system: Option<SerialSystem>,
) -> Result<DetectedFormat, DateDoubt> {
    let sample = scan.sample(SAMPLE_COUNT);
    let years = short_year_places(&sample);
    let tried: Vec<DateFormat> = candidates(purpose)
        .into_iter()
        .chain(system.map(DateFormat::Serial))
        .filter(|format| match format {
            DateFormat::Numeric(order, YearDigits::Two) => years.allows(*order),
            _ => true,
        })
        .filter(|format| {
            let read = sample.iter().filter(|text| format.parse(text).is_some()).count();
            read > 0 && read * 4 >= sample.len()
        })
        .collect();
    if tried.is_empty() {
        let example = sample.first().cloned().unwrap_or_default();
        return Err(DateDoubt::NoDates { example });
    }
    let tally = Tally::over(scan, &tried);
    tally.decide(&tried, purpose)
}

/// How many values of a column a format reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadCount {
    /// Values that it reads.
    pub(crate) read: u64,
    /// All values.
    pub(crate) total: u64,
}

/// Reads a whole column with a format that the user gave; the share that it reads in per cent.
#[must_use]
pub fn read_as(scan: &ColumnScan<'_>, format: DateFormat) -> (DetectedFormat, u64) {
    let (found, count) = read_counted(scan, format);
    (found, (count.read * 100).checked_div(count.total).unwrap_or(0))
}

/// Reads a whole column with a format that the user gave.
#[must_use]
pub(crate) fn read_counted(
    scan: &ColumnScan<'_>,
    format: DateFormat,
) -> (DetectedFormat, ReadCount) {
    let tried = [format];
    let tally = Tally::over(scan, &tried);
    let count = ReadCount { read: tally.read_by(0), total: tally.total };
    (tally.detected(&tried, 0, None), count)
}

/// The problem of a given format that reads no value of a column.
#[must_use]
pub fn misfit_problem(scan: &ColumnScan<'_>, given: &DateFormat) -> Problem {
    let given = match given {
        DateFormat::Pattern(pattern) => Sentence::from(pattern.text()),
        other => other.reading(""),
    };
    let example = scan.sample(1).into_iter().next().unwrap_or_default();
    let found = match detect(scan, Purpose::Role) {
        Ok(found) => say!("The values look like {reading}.", reading = found.reading),
        Err(DateDoubt::Ambiguous { first, second, example, .. }) => say!(
            "The values look like {first} or {second}.",
            first = first.reading(&example),
            second = second.reading(&example)
        ),
        Err(DateDoubt::NoDates { .. }) => say!("No other date format fits them either."),
    };
    let problem = Problem::new(
        ErrorCode::DateFormatUnknown,
        say!(
            "No value fits the given format {given}, such as \"{example}\". {found}",
            given,
            example = ImportReport::cut(&example),
            found
        ),
    );
    let hint = if looks_like_serials(scan) {
        serials_hint()
    } else {
        say!("Correct the date format, or leave it out to have it found.")
    };
    placed(problem.with_hint(hint), scan, &example)
}

/// What helps where dates are the numbers of a spreadsheet.
pub(crate) fn serials_hint() -> Sentence {
    say!(
        "The values look like the serial numbers of Excel (45292 is 2024-01-01). Export the \
         dates as text, such as 2024-01-31 09:30."
    )
}

/// What helps where the values are weeks.
pub(crate) fn weeks_hint() -> Sentence {
    say!(
        "The values are weeks, such as 2026-W10: a week is no day, so nothing could be put in \
         order or timed. Export the day of each event, such as 2026-03-03."
    )
}

fn placed(problem: Problem, scan: &ColumnScan<'_>, example: &str) -> Problem {
    let problem = problem.in_column(scan.name());
    match scan.line_of(example) {
        Some(line) => problem.at_row(line),
        None => problem,
    }
}

/// The problem that a doubt is for a column that has to hold times.
#[must_use]
pub fn doubt_problem(scan: &ColumnScan<'_>, doubt: &DateDoubt) -> Problem {
    let (example, problem) = match doubt {
        DateDoubt::NoDates { example } => {
            let detail = if example.is_empty() {
                say!("The column has no values. Expected the time of each event.")
            } else {
                say!(
                    "Fewer than half of the values, such as \"{example}\", are dates of one \
                     format.",
                    example = ImportReport::cut(example)
                )
            };
            let hint = if looks_like_serials(scan) {
                serials_hint()
            } else if looks_like_weeks(scan) {
                weeks_hint()
            } else {
                say!(
                    "Choose another column, or say the format of its dates, such as %d.%m.%Y %H:%M."
                )
            };
            let problem = Problem::new(ErrorCode::DateFormatUnknown, detail).with_hint(hint);
            (example.as_str(), problem)
        }
        DateDoubt::Ambiguous { first, second, example, contradiction } => {
            let pattern = |format: &DateFormat| format.pattern_text(example).unwrap_or_default();
            let why = match contradiction {
                None => say!("and no value in the column decides."),
                Some(pair) => say!(
                    "and the values contradict each other: {one} can only be {first}, {other} only \
                     {second}.",
                    one = value_in_row(scan, &pair.0),
                    first = first.pattern_words(example),
                    other = value_in_row(scan, &pair.1),
                    second = second.pattern_words(example)
                ),
            };
            let detail = say!(
                "\"{example}\" can be {first} or {second}, {why}",
                example,
                first = format_example(first, example),
                second = format_example(second, example),
                why
            );
            let hint = if contradiction.is_some() {
                say!(
                    "Say which date format it is, \"{first}\" or \"{second}\"; rows of the other \
                     order are then refused.",
                    first = pattern(first),
                    second = pattern(second)
                )
            } else {
                say!(
                    "Say which date format it is, \"{first}\" or \"{second}\".",
                    first = pattern(first),
                    second = pattern(second)
                )
            };
            let problem = Problem::new(ErrorCode::AmbiguousDate, detail).with_hint(hint);
            (&**example, problem)
        }
    };
    placed(problem, scan, example)
}

fn value_in_row(scan: &ColumnScan<'_>, text: &str) -> Sentence {
    match scan.line_of(text) {
        Some(line) => say!("\"{text}\" (row {row})", text, row = line.to_string()),
        None => say!("\"{name}\"", name = text),
    }
}

fn format_example(format: &DateFormat, example: &str) -> Sentence {
    let date = format.parse(example).and_then(|moment| {
        let text = paydirt_model::time::Timestamp::from_us(moment.local_us)?.to_string();
        text.get(..10).map(str::to_owned)
    });
    let date = date.unwrap_or_default();
    say!("{date} ({pattern})", date, pattern = format.pattern_words(example))
}

/// Where the year of `06/11/11` may stand: the part that varies least over the sample.
struct ShortYears {
    first: usize,
    last: usize,
}

impl ShortYears {
    fn allows(&self, order: DateOrder) -> bool {
        match order {
            DateOrder::YearMonthDay => self.first <= self.last,
            DateOrder::DayMonthYear | DateOrder::MonthDayYear => self.last <= self.first,
            DateOrder::YearDayMonth => false,
        }
    }
}

fn short_year_places(sample: &[String]) -> ShortYears {
    let (mut firsts, mut lasts) = (HashSet::new(), HashSet::new());
    for text in sample {
        let bytes = text.as_bytes();
        let Some((first, first_len)) = digits(bytes, 0, 2) else { continue };
        let Some((_, second_len)) = digits(bytes, first_len + 1, 2) else { continue };
        let third_at = first_len + 1 + second_len + 1;
        let Some((third, _)) = digits(bytes, third_at, 2) else { continue };
        firsts.insert(first);
        lasts.insert(third);
    }
    ShortYears { first: firsts.len(), last: lasts.len() }
}

/// A value that two formats read differently.
struct Difference {
    text: String,
    /// How many different instants all formats together read in it: 05/05/24 tells where the year
    /// stands, and 03/04/24 tells day and month apart, too.
    readings: usize,
}

/// How each format fared over the whole column.
struct Tally {
    total: u64,
    /// For each set of formats (as bits) how many values exactly these read.
    by_set: Vec<u64>,
    /// The first value of each such set.
    first_of_set: BTreeMap<usize, String>,
    ranges: Vec<(i64, i64)>,
    /// For two formats that differ, the value that shows it best.
    differences: BTreeMap<(usize, usize), Difference>,
    zoneless: Vec<u64>,
    first_text: Vec<String>,
    first_bad: String,
}

impl Tally {
    fn over(scan: &ColumnScan<'_>, tried: &[DateFormat]) -> Tally {
        let count = tried.len();
        let mut tally = Tally {
            total: 0,
            by_set: vec![0; 1 << count],
            first_of_set: BTreeMap::new(),
            ranges: vec![(i64::MAX, i64::MIN); count],
            differences: BTreeMap::new(),
            zoneless: vec![0; count],
            first_text: vec![String::new(); count],
            first_bad: String::new(),
        };
        let mut moments: Vec<Option<Moment>> = vec![None; count];
        scan.each(|text, rows| {
            tally.total += rows;
            for (moment, format) in moments.iter_mut().zip(tried) {
                *moment = format.parse(text);
            }
            tally.add(text, rows, &moments);
            ControlFlow::Continue(())
        });
        tally
    }

    fn add(&mut self, text: &str, rows: u64, moments: &[Option<Moment>]) {
        let mut set = 0;
        for (idx, moment) in moments.iter().enumerate() {
            let Some(moment) = *moment else { continue };
            set |= 1 << idx;
            let range = &mut self.ranges[idx];
            *range = (range.0.min(moment.local_us), range.1.max(moment.local_us));
            self.zoneless[idx] += u64::from(moment.offset_s.is_none()) * rows;
            if self.first_text[idx].is_empty() {
                text.clone_into(&mut self.first_text[idx]);
            }
            self.compare(text, moments, idx, moment);
        }
        if set == 0 && self.first_bad.is_empty() {
            text.clone_into(&mut self.first_bad);
        }
        if self.by_set[set] == 0 {
            self.first_of_set.insert(set, text.to_owned());
        }
        self.by_set[set] += rows;
    }

    /// Keeps the text that a format reads differently from one before it: the first of those with
    /// the most readings.
    fn compare(&mut self, text: &str, moments: &[Option<Moment>], idx: usize, moment: Moment) {
        for (earlier, known) in moments.iter().enumerate().take(idx) {
            if known.is_none_or(|known| known == moment) {
                continue;
            }
            let before = self.differences.get(&(earlier, idx)).map_or(0, |found| found.readings);
            // No more than all formats can differ, and most columns are read by two.
            if before == moments.len() {
                continue;
            }
            let readings = readings(moments);
            if readings > before {
                let text = text.to_owned();
                self.differences.insert((earlier, idx), Difference { text, readings });
            }
        }
    }

    fn read_by(&self, idx: usize) -> u64 {
        let sets = self.by_set.iter().enumerate();
        sets.filter(|(set, _)| set & (1 << idx) != 0).map(|(_, rows)| rows).sum()
    }

    fn read_by_first_only(&self, first: usize, second: usize) -> u64 {
        let sets = self.by_set.iter().enumerate();
        sets.filter(|(set, _)| set & (1 << first) != 0 && set & (1 << second) == 0)
            .map(|(_, rows)| rows)
            .sum()
    }

    /// A value that the first of two formats reads and the second does not.
    fn example_of_first_only(&self, first: usize, second: usize) -> Option<String> {
        let mut sets = self.first_of_set.iter();
        let found = sets.find(|(set, _)| *set & (1 << first) != 0 && *set & (1 << second) == 0);
        found.map(|(_, example)| example.clone())
    }

    fn difference(&self, left: usize, right: usize) -> Option<&str> {
        let pair = (left.min(right), left.max(right));
        self.differences.get(&pair).map(|found| found.text.as_str())
    }

    fn decide(&self, tried: &[DateFormat], purpose: Purpose) -> Result<DetectedFormat, DateDoubt> {
        let no_dates = || DateDoubt::NoDates { example: self.first_bad.clone() };
        let mut best = (0..tried.len())
            .max_by_key(|&idx| (self.read_by(idx), std::cmp::Reverse(idx)))
            .ok_or_else(no_dates)?;
        let iso = DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Four);
        let reversed = DateFormat::Numeric(DateOrder::YearDayMonth, YearDigits::Four);
        let mut note = None;
        if tried[best] == reversed {
            // Years come first with the month behind them nearly everywhere: only a column that
            // cannot be read so is read the other way round.
            let iso_idx = tried.iter().position(|format| *format == iso);
            match iso_idx {
                Some(idx) if self.read_by(idx) * 100 >= self.total * 95 => best = idx,
                _ => note = Some(say!("The months stand behind the days.")),
            }
        }
        if self.total == 0 || self.read_by(best) * 100 < self.total * purpose.share_per_cent() {
            return Err(no_dates());
        }
        for rival in (0..tried.len()).filter(|&rival| rival != best) {
            let is_iso_pair = [&tried[best], &tried[rival]].iter().all(|format| {
                matches!(
                    format,
                    DateFormat::Numeric(
                        DateOrder::YearMonthDay | DateOrder::YearDayMonth,
                        YearDigits::Four
                    )
                )
            });
            let Some(example) = self.difference(best, rival).filter(|_| !is_iso_pair) else {
                continue;
            };
            let (only_best, only_rival) =
                (self.read_by_first_only(best, rival), self.read_by_first_only(rival, best));
            if only_best == 0 || only_best < DECISIVE * only_rival {
                return Err(DateDoubt::Ambiguous {
                    first: tried[best].clone(),
                    second: tried[rival].clone(),
                    example: example.into(),
                    contradiction: self
                        .example_of_first_only(best, rival)
                        .zip(self.example_of_first_only(rival, best))
                        .map(Box::new),
                });
            }
        }
        Ok(self.detected(tried, best, note))
    }

    fn detected(&self, tried: &[DateFormat], idx: usize, note: Option<Sentence>) -> DetectedFormat {
        let (first_us, last_us) = self.ranges[idx];
        DetectedFormat {
            format: tried[idx].clone(),
            reading: tried[idx].reading(&self.first_text[idx]),
            range_us: if first_us <= last_us { (first_us, last_us) } else { (0, 0) },
            zone: if self.zoneless[idx] > 0 { ZoneNeed::SomeValues } else { ZoneNeed::None },
            note,
        }
    }
}

/// How many different instants are read in one value.
fn readings(moments: &[Option<Moment>]) -> usize {
    let is_first = |idx: usize, moment: &Moment| !moments[..idx].contains(&Some(*moment));
    let read = moments.iter().enumerate();
    read.filter(|(idx, moment)| moment.is_some_and(|moment| is_first(*idx, &moment))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

    fn detected(values: &[&str], purpose: Purpose) -> String {
        let texts: TextColumn = values.iter().copied().collect();
        let lines = (2..).take(values.len()).collect();
        let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(texts)] };
        let table = RawTable { names: vec!["Date".to_owned()], chunks: vec![chunk] };
        let scan = ColumnScan::new(&table, 0);
        match detect(&scan, purpose) {
            Ok(found) => found.reading.to_string(),
            Err(doubt) => doubt_problem(&scan, &doubt).to_string(),
        }
    }

    #[test]
    fn one_value_decides_the_order_of_day_and_month() {
        assert_eq!(
            detected(&["03/04/2024", "31/01/2024"], Purpose::Role),
            "day, month, year (DD/MM/YYYY)"
        );
        assert_eq!(
            detected(&["03/04/2024 9:30 AM", "01/31/2024 1:00 PM"], Purpose::Role),
            "month, day, year (MM/DD/YYYY)"
        );
        assert_eq!(
            detected(&["06/11/11 16:59", "17/11/11 13:30", "08/12/11 17:29"], Purpose::Role),
            "day, month, year (DD/MM/YY)"
        );
    }

    #[test]
    fn an_undecided_column_is_ambiguous() {
        assert_eq!(
            detected(&["03/03/2024", "03/04/2024"], Purpose::Role),
            "row 3: column \"Date\": \"03/04/2024\" can be 2024-04-03 (DD/MM/YYYY) or 2024-03-04 \
             (MM/DD/YYYY), and no value in the column decides. Say which date format it is, \
             \"%d/%m/%Y\" or \"%m/%d/%Y\"."
        );
        assert_eq!(
            detected(&["13/04/2024", "04/13/2024", "03/04/2024"], Purpose::Role),
            "row 4: column \"Date\": \"03/04/2024\" can be 2024-04-03 (DD/MM/YYYY) or 2024-03-04 \
             (MM/DD/YYYY), and the values contradict each other: \"13/04/2024\" (row 2) can only be \
             DD/MM/YYYY, \"04/13/2024\" (row 3) only MM/DD/YYYY. Say which date format it is, \
             \"%d/%m/%Y\" or \"%m/%d/%Y\"; rows of the other order are then refused."
        );
        assert_eq!(
            detected(&["03/03/2024", "04/04/2024"], Purpose::Role),
            "day, month, year (DD/MM/YYYY)"
        );
    }

    #[test]
    fn the_quoted_value_tells_day_and_month_apart() {
        // 05/05/24 shows only that the year may come first or last.
        assert_eq!(
            detected(&["05/05/24", "03/04/23", "06/07/22"], Purpose::Role),
            "row 3: column \"Date\": \"03/04/23\" can be 2003-04-23 (YY/MM/DD) or 2023-04-03 \
             (DD/MM/YY), and no value in the column decides. Say which date format it is, \
             \"%y/%m/%d\" or \"%d/%m/%y\"."
        );
        let four_digits = detected(&["05/05/2024", "06/06/2024", "07/08/2024"], Purpose::Role);
        assert!(four_digits.starts_with("row 4: column \"Date\": \"07/08/2024\""), "{four_digits}");
    }

    #[test]
    fn serial_numbers_of_a_spreadsheet_are_recognised() {
        let serials = ["45292.5", "45293", "45294,25"];
        let text = detected(&serials, Purpose::Role);
        assert_eq!(text, "days counted by a spreadsheet, from 1900");
        let text = detected(&serials, Purpose::Type);
        assert!(text.contains("serial numbers of Excel"), "{text}");
        assert!(!detected(&["7", "8"], Purpose::Role).contains("Excel"));
    }

    #[test]
    fn year_first_is_iso_unless_it_cannot_be() {
        assert_eq!(
            detected(&["2024-03-04", "2024-05-06"], Purpose::Role),
            "year, month, day (YYYY-MM-DD)"
        );
        assert_eq!(
            detected(&["2019-09-12T15:13", "2019-19-12T15:13", "2019-09-12T15:13"], Purpose::Role),
            "year, day, month (YYYY-DD-MM)"
        );
    }

    #[test]
    fn damaged_values_do_not_decide() {
        assert_eq!(
            detected(&["2019-09-12", "not a date", "2019-09-13"], Purpose::Role),
            "year, month, day (YYYY-MM-DD)"
        );
        assert!(detected(&["2019-09-12", "a", "b"], Purpose::Role).contains("Fewer than half"));
        assert!(detected(&["2019-09-12", "a", "2019-09-12"], Purpose::Type).contains("Fewer"));
        assert!(detected(&["20240131", "20240201"], Purpose::Type).contains("Fewer"));
        assert_eq!(detected(&["1706693415", "1706693416"], Purpose::Role), "seconds since 1970");
    }
}
