//! Which column is most likely to have a role, judged by its name and its values.

use std::cmp::Reverse;
use std::collections::HashSet;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_model::mapping::ColumnRole;
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::blanks::{BlankPlaces, is_blank_word};
use crate::dates::detect::{Purpose, date_share_per_cent, detect};
use crate::dates::serial::{is_date_name, serial_share_per_cent};
use crate::folding::folded;
use crate::roles::lexicon::{
    ACTIVITY, CASE, END, FORMER_WORDS, RESOURCE, STAGE_WORDS, START, TIME, TRANSITIONS,
};
use crate::scan::ColumnScan;

/// Rows that suggestions look at.
const ROWS_MAX: usize = 10_000;
/// Values that dates are recognised by.
const DATE_SAMPLE: usize = 200;

/// The reason of a column that was taken as the case by its values alone.
fn case_by_content(distinct: usize, filled: usize) -> Sentence {
    say!(
        "its values look like ids that repeat: {distinct} different {distinct|one|ones} in \
         {filled} {filled|row|rows}",
        distinct,
        filled
    )
}

/// The reason of a column that was taken as the activity by its values alone.
fn activity_by_content(count: usize) -> Sentence {
    say!("its values are {count} different {count|text|texts} that repeat", count)
}

/// Whether this is the reason of a column whose name says nothing.
pub(super) fn is_by_content(reason: &Sentence) -> bool {
    [case_by_content(0, 0), activity_by_content(0)]
        .iter()
        .any(|known| known.template() == reason.template())
}

/// Rows among which it may be chance that no case comes twice.
const SMALL_ROWS: usize = 100;

/// What is known about a column.
pub(super) struct Facts {
    pub(super) name: String,
    folded: String,
    pub(super) rows: usize,
    pub(super) filled: usize,
    pub(super) distinct: usize,
    /// Share of dates of one format, in per cent.
    date_share: usize,
    /// Whether the dates are written as such and not as bare numbers, which may as well be ids.
    pub(super) is_written_date: bool,
    /// Whether the values are such dates where they are no words for a missing one.
    pub(super) is_date_where_known: bool,
    number_share: usize,
    /// Whether most values are numbers with digits behind a point or comma.
    pub(super) is_amount: bool,
    pub(super) is_lifecycle: bool,
}

impl Facts {
    pub(super) fn of(table: &RawTable, column_idx: usize, rules: &ReadingRules) -> Facts {
        let name = table.names[column_idx].clone();
        let scan = ColumnScan::new(table, column_idx);
        let mut distinct: HashSet<String> = HashSet::new();
        let (mut rows, mut filled, mut numbers, mut amounts) = (0, 0, 0, 0);
        for chunk in &table.chunks {
            let column = &chunk.columns[column_idx];
            for row in 0..chunk.len().min(ROWS_MAX - rows) {
                let text = column.text(row);
                let text = text.trim();
                if text.is_empty() {
                    continue;
                }
                filled += 1;
                numbers += usize::from(text.parse::<f64>().is_ok());
                amounts += usize::from(is_amount(text));
                if !distinct.contains(text) {
                    distinct.insert(text.to_owned());
                }
            }
            rows = (rows + chunk.len()).min(ROWS_MAX);
        }
        let is_instant = scan.typed() == Some(AttributeType::Timestamp);
        let sample = scan.sample(DATE_SAMPLE);
        let known = dates_known(&sample, &table.names, rules);
        let is_serial = rules.follows(ReadingRule::SerialDates)
            && (is_named_time(&folded(&name)) || is_date_name(&name))
            && serial_share_per_cent(&known) >= 80;
        let is_instant = is_instant || is_serial;
        let date_share = if is_instant { 100 } else { date_share_per_cent(&sample, Purpose::Role) };
        let is_date = |sample: &[String]| date_share_per_cent(sample, Purpose::Type) >= 80;
        let is_written_date = is_instant || is_date(&sample);
        let is_date_where_known = is_written_date || is_date(&known);
        let is_transition = |text: &String| TRANSITIONS.contains(&folded(text).as_str());
        let is_lifecycle = (1..=TRANSITIONS.len()).contains(&distinct.len())
            && distinct.iter().all(is_transition)
            && distinct.iter().any(|text| text.eq_ignore_ascii_case("complete"));
        Facts {
            folded: folded(&name),
            name,
            rows,
            filled,
            distinct: distinct.len(),
            date_share,
            is_written_date,
            is_date_where_known,
            number_share: (numbers * 100).checked_div(filled).unwrap_or(0),
            is_amount: filled < amounts * 2,
            is_lifecycle,
        }
    }

    /// The name without case, accents, blanks and punctuation.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    pub(super) fn is_date(&self) -> bool {
        self.date_share >= 80
    }

    /// Whether there are dates among the values, if only as bare numbers.
    pub(super) fn has_dates(&self) -> bool {
        0 < self.filled && 50 <= self.date_share
    }

    /// Whether at least half of the values are dates written as such, and too many are none.
    fn is_half_dates(&self) -> bool {
        self.has_dates() && !self.is_date() && self.number_share < 50
    }

    /// Why the column is left as an attribute.
    pub(super) fn attribute_reason(&self, has_time: bool) -> Sentence {
        if !has_time && self.is_half_dates() {
            let share = self.date_share;
            return say!("only {share} % of its values are dates, so it is not the time", share);
        }
        say!("every other column is an attribute")
    }

    fn repeats(&self) -> bool {
        self.distinct < self.filled
    }

    /// Whether the name speaks of an activity, so that the values are no case ids whatever they
    /// look like.
    fn is_named_activity(&self) -> bool {
        ACTIVITY.contains(&self.folded.as_str())
            || STAGE_WORDS.iter().any(|word| self.folded.contains(word))
    }

    /// Whether the name is that of a stage of something (`deal_stage`), which in a table with one
    /// row for each case is a property of the case.
    fn is_stage_of_something(&self) -> bool {
        let name = self.folded.as_str();
        STAGE_WORDS.iter().any(|word| name.contains(word)) && !STAGE_WORDS.contains(&name)
    }

    fn is_named_resource(&self) -> bool {
        RESOURCE.contains(&self.folded.as_str())
    }
}

/// A sample without the words for a missing date, which many cases of a table of cases have.
fn dates_known(sample: &[String], names: &[String], rules: &ReadingRules) -> Vec<String> {
    let is_word = |text: &str| match BlankPlaces::of(names) {
        BlankPlaces::Everywhere => is_blank_word(text, rules),
        BlankPlaces::AmongNumbers => false,
    };
    sample.iter().filter(|text| !is_word(text)).cloned().collect()
}

/// Whether a text is a number with digits behind a point or comma.
fn is_amount(text: &str) -> bool {
    let is_part = |part: &str| part.chars().any(|one| one.is_ascii_digit());
    let is_of_number = |one: char| one.is_ascii_digit() || matches!(one, '.' | ',' | '-' | ' ');
    text.chars().all(is_of_number)
        && text.rsplit_once(['.', ',']).is_some_and(|(whole, part)| is_part(whole) && is_part(part))
}

/// A few wall-clock times in row order, to compare two columns.
fn times_of(table: &RawTable, column_idx: usize) -> Vec<Option<i64>> {
    let Some(chunk) = table.chunks.first() else { return Vec::new() };
    let scan = ColumnScan::new(table, column_idx).head();
    let Ok(found) = detect(&scan, Purpose::Role) else { return Vec::new() };
    let column = &chunk.columns[column_idx];
    (0..chunk.len().min(DATE_SAMPLE))
        .map(|row| found.format.parse(&column.text(row)).map(|moment| moment.local_us))
        .collect()
}

/// Hands out the roles.
pub(super) struct Finder<'a> {
    pub(super) table: &'a RawTable,
    pub(super) facts: &'a [Facts],
    /// Role and reason of each column that has one.
    pub(super) taken: Vec<Option<(ColumnRole, Sentence)>>,
}

impl Finder<'_> {
    fn take(&mut self, idx: usize, role: ColumnRole, reason: Sentence) {
        self.taken[idx] = Some((role, reason));
    }

    pub(super) fn has(&self, role: ColumnRole) -> bool {
        self.taken.iter().flatten().any(|(taken, _)| *taken == role)
    }

    /// The free column with the most telling name of a list; one that is blank in more than a
    /// tenth of the rows only when there is no other.
    fn named(&self, list: &[&str], fits: impl Fn(&Facts) -> bool) -> Option<usize> {
        let find = |per_cent: usize| {
            list.iter().find_map(|name| {
                (0..self.facts.len()).find(|&idx| {
                    let fact = &self.facts[idx];
                    self.taken[idx].is_none()
                        && fact.folded == *name
                        && fact.filled * 100 >= fact.rows * per_cent
                        && fits(fact)
                })
            })
        };
        find(90).or_else(|| find(0))
    }

    pub(super) fn by_name(
        &mut self,
        role: ColumnRole,
        list: &[&str],
        fits: impl Fn(&Facts) -> bool,
    ) -> bool {
        match self.named(list, fits) {
            Some(idx) => {
                self.take(idx, role, name_reason(role));
                true
            }
            None => false,
        }
    }

    /// The free column whose name contains one of these words.
    fn containing(&self, words: &[&str], fits: impl Fn(&Facts) -> bool) -> Option<usize> {
        (0..self.facts.len()).find(|&idx| {
            let fact = &self.facts[idx];
            self.taken[idx].is_none()
                && words.iter().any(|word| fact.folded.contains(word))
                && fits(fact)
        })
    }

    /// The key of XES, written as the standard has it, is the activity whatever its values look
    /// like: Paydirt itself writes it.
    pub(super) fn declared_activity(&mut self) {
        if let Some(idx) = self.facts.iter().position(|fact| fact.name == "concept:name") {
            self.take(idx, ColumnRole::Activity, name_reason(ColumnRole::Activity));
        }
    }

    pub(super) fn times(&mut self) {
        // A name alone does not make a time: half of the values must be dates.
        let has_dates = |fact: &Facts| fact.date_share >= 50;
        let time = self.named(TIME, has_dates);
        let start = self
            .named(START, has_dates)
            .or_else(|| self.containing(&["start", "begin", "debut", "開始"], Facts::is_date));
        let end = self.named(END, has_dates).or_else(|| {
            let words = ["complet", "end", "finish", "datedefin", "終了", "完了"];
            self.containing(&words, Facts::is_date)
                .filter(|end| Some(*end) != start && time.is_none())
        });
        let is_own_end =
            |end: usize| END.iter().take(3).any(|name| self.facts[end].folded == *name);
        let is_declared = |idx: usize| self.facts[idx].folded == TIME[0];
        let (time, start) = match (time, start, end) {
            // The key of XES is the time, whatever else there is.
            (Some(time), start, _) if is_declared(time) => (Some(time), start),
            (_, Some(start), Some(end)) => (Some(end), Some(start)),
            (Some(time), None, Some(end)) if is_own_end(end) && self.precedes(time, end) => {
                (Some(end), Some(time))
            }
            (Some(time), start, _) => (Some(time), start),
            (None, None, Some(end)) => (Some(end), None),
            (None, Some(start), None) => (Some(start), None),
            (None, None, None) => self.times_by_content(),
        };
        if let Some(idx) = time {
            let reason = if self.facts[idx].is_date() && self.is_named_time(idx) {
                say!("the name is usual for the time, and the values are dates")
            } else {
                say!("{share} % of the values are dates", share = self.facts[idx].date_share)
            };
            self.take(idx, ColumnRole::Time, reason);
        }
        if let Some(idx) = start {
            let reason = if START.contains(&self.facts[idx].folded.as_str()) {
                say!("the name is usual for the start, and the values are dates")
            } else {
                say!("its dates are never after those of the time")
            };
            self.take(idx, ColumnRole::Start, reason);
        }
    }

    fn is_named_time(&self, idx: usize) -> bool {
        is_named_time(&self.facts[idx].folded)
    }

    /// Two columns of dates without telling names: the one that is never later is the start. One
    /// alone, or the first whose name speaks of time, is the time.
    fn times_by_content(&self) -> (Option<usize>, Option<usize>) {
        let words = ["timestamp", "time", "date", "日時", "時刻", "heure"];
        let named = self.containing(&words, Facts::is_date);
        let all = |fits: fn(&Facts) -> bool| {
            let is_free = |idx: &usize| self.taken[*idx].is_none() && fits(&self.facts[*idx]);
            (0..self.facts.len()).filter(is_free).collect::<Vec<usize>>()
        };
        let written = all(|fact| fact.is_written_date);
        let dates = if written.is_empty() { all(Facts::is_date) } else { written };
        // Some values of a spreadsheet are none: with no other column of dates the name is enough.
        let named = named.or_else(|| {
            let is_half = |fact: &Facts| dates.is_empty() && fact.is_half_dates();
            self.containing(&words, is_half)
        });
        match (named, dates.as_slice()) {
            (None, &[left, right]) if self.precedes(left, right) => (Some(right), Some(left)),
            (None, &[left, right]) if self.precedes(right, left) => (Some(left), Some(right)),
            (Some(idx), _) => (Some(idx), None),
            (None, dates) => (dates.first().copied(), None),
        }
    }

    fn precedes(&self, left: usize, right: usize) -> bool {
        let pairs = times_of(self.table, left).into_iter().zip(times_of(self.table, right));
        let both: Vec<(i64, i64)> =
            pairs.filter_map(|(left, right)| Some((left?, right?))).collect();
        !both.is_empty() && both.iter().all(|(left, right)| left <= right)
    }

    pub(super) fn case(&mut self) {
        let filled = |fact: &Facts| fact.filled > 0;
        let found = self
            .named(CASE, |fact| filled(fact) && (fact.repeats() || is_telling_case(&fact.folded)))
            .or_else(|| {
                self.containing(&["caseid", "case", "ケース", "案件", "dossier"], |fact| {
                    fact.repeats() && !fact.is_named_activity()
                })
            })
            .or_else(|| self.named(CASE, filled));
        if let Some(idx) = found {
            self.take(idx, ColumnRole::Case, name_reason(ColumnRole::Case));
            return;
        }
        let is_id = |fact: &Facts| fact.folded.ends_with("id") || fact.folded.ends_with("番号");
        let candidate = |idx: &usize| {
            let fact = &self.facts[*idx];
            self.taken[*idx].is_none()
                && !fact.is_written_date
                && !fact.is_named_activity()
                && fact.repeats()
                && fact.distinct > 1
                && fact.distinct * 5 <= fact.filled * 4
        };
        let best = (0..self.facts.len()).filter(candidate).max_by_key(|&idx| {
            let fact = &self.facts[idx];
            (!fact.is_named_resource(), is_id(fact), fact.distinct)
        });
        if let Some(idx) = best {
            let fact = &self.facts[idx];
            let reason = case_by_content(fact.distinct, fact.filled);
            self.take(idx, ColumnRole::Case, reason);
        }
    }

    pub(super) fn activity(&mut self) {
        let case = self
            .taken
            .iter()
            .position(|taken| taken.as_ref().is_some_and(|(role, _)| *role == ColumnRole::Case));
        if self.has(ColumnRole::Activity) {
            return;
        }
        let is_unique = case.is_some_and(|idx| !self.facts[idx].repeats());
        let is_snapshot = is_unique && case.is_some_and(|idx| self.facts[idx].rows > SMALL_ROWS);
        let is_text = |fact: &Facts| {
            fact.filled > 0 && !fact.is_date() && !(is_snapshot && fact.is_stage_of_something())
        };
        if self.by_name(ColumnRole::Activity, ACTIVITY, is_text) {
            return;
        }
        let words = ["activit", "アクティビティ", "event", "action", "task", "step"];
        let is_stage = |fact: &Facts| {
            let is_former = FORMER_WORDS.iter().any(|word| fact.folded.contains(word));
            is_text(fact) && fact.number_share < 50 && !is_former
        };
        let found =
            self.containing(&words, is_text).or_else(|| self.containing(STAGE_WORDS, is_stage));
        if let Some(idx) = found {
            self.take(idx, ColumnRole::Activity, name_reason(ColumnRole::Activity));
            return;
        }
        // A table with one row for each case has no activities; content alone is no evidence then.
        if is_unique {
            return;
        }
        let candidate = |idx: &usize| {
            let fact = &self.facts[*idx];
            self.taken[*idx].is_none()
                && is_text(fact)
                && fact.number_share < 50
                && fact.repeats()
                && fact.distinct > 1
                && !fact.is_lifecycle
                && fact.distinct <= 1_000
        };
        // Of several columns with few texts the one with the most is the activity; a column with
        // two or three is more often a flag.
        let best = (0..self.facts.len()).filter(candidate).max_by_key(|&idx| {
            let fact = &self.facts[idx];
            (!fact.is_named_resource(), fact.distinct.min(4), Reverse(idx))
        });
        if let Some(idx) = best {
            let count = self.facts[idx].distinct;
            let reason = activity_by_content(count);
            self.take(idx, ColumnRole::Activity, reason);
        }
    }

    pub(super) fn lifecycle_by_content(&mut self) {
        if self.has(ColumnRole::Lifecycle) {
            return;
        }
        let found = (0..self.facts.len())
            .find(|&idx| self.taken[idx].is_none() && self.facts[idx].is_lifecycle);
        if let Some(idx) = found {
            let reason = say!("its values are lifecycle transitions such as start and complete");
            self.take(idx, ColumnRole::Lifecycle, reason);
        }
    }
}

/// Whether a folded name is usual for a time.
pub(super) fn is_named_time(name: &str) -> bool {
    [TIME, START, END].iter().any(|list| list.contains(&name))
}

/// Names that make a case id even when every value occurs but once.
fn is_telling_case(name: &str) -> bool {
    name.starts_with("case") || CASE.iter().take(16).any(|known| *known == name)
}

fn name_reason(role: ColumnRole) -> Sentence {
    match role {
        ColumnRole::Case => say!("the name is usual for the case id"),
        ColumnRole::Activity => say!("the name is usual for the activity"),
        ColumnRole::Time => say!("the name is usual for the time"),
        ColumnRole::Start => say!("the name is usual for the start"),
        ColumnRole::Resource => say!("the name is usual for the resource"),
        ColumnRole::Lifecycle => say!("the name is usual for the lifecycle transition"),
        ColumnRole::Instance => say!("the name is usual for the activity instance"),
        ColumnRole::ActivityDate => say!("the name is usual for the date of an activity"),
        ColumnRole::Attribute => say!("the name is usual for the attribute"),
    }
}
