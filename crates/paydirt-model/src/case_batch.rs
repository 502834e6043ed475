//! What an operator looks at: some whole cases of one segment, all or a selection of them.
//!
//! A filter on events narrows cases to some of their events; such a batch carries its own ordered
//! columns (`Narrowed`), so that an operator sees every case as plain slices either way.

use crate::activity::ActivityCode;
use crate::attribute::{Attribute, AttributeLevel, AttributeValue};
use crate::column::Column;
use crate::event_log::{LogContext, Segment};
use crate::time::{DAY_US, Precision, Timestamp};

/// One bit for each case of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMask {
    words: Vec<u64>,
    len: usize,
}

impl CaseMask {
    /// A mask of so many cases, all in or all out.
    #[must_use]
    pub fn new(len: usize, value: bool) -> Self {
        let mut mask =
            CaseMask { words: vec![if value { u64::MAX } else { 0 }; len.div_ceil(64)], len };
        mask.clear_tail();
        mask
    }

    /// A mask from a test of each position.
    #[must_use]
    pub fn from_fn(len: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        let mut words = vec![0_u64; len.div_ceil(64)];
        for (word_idx, word) in words.iter_mut().enumerate() {
            let start = word_idx * 64;
            for bit in 0..(len - start).min(64) {
                *word |= u64::from(test(start + bit)) << bit;
            }
        }
        CaseMask { words, len }
    }

    /// A mask from a test of each value of a case column, without branches: for tests that take a
    /// few instructions.
    #[must_use]
    pub fn from_values<T: Copy>(values: &[T], test: impl Fn(T) -> bool) -> Self {
        let mut words = Vec::with_capacity(values.len().div_ceil(64));
        let mut flags = [0_u8; 64];
        for chunk in values.chunks(64) {
            for (flag, &value) in flags.iter_mut().zip(chunk) {
                *flag = u8::from(test(value));
            }
            flags[chunk.len()..].fill(0);
            words.push(pack(&flags));
        }
        CaseMask { words, len: values.len() }
    }

    /// How many cases the mask covers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the mask covers no case.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the case is in.
    #[inline]
    #[must_use]
    pub fn contains(&self, idx: usize) -> bool {
        self.words[idx / 64] >> (idx % 64) & 1 == 1
    }

    /// Puts a case in.
    #[inline]
    pub fn insert(&mut self, idx: usize) {
        self.words[idx / 64] |= 1 << (idx % 64);
    }

    /// Keeps what both hold.
    pub fn intersect(&mut self, other: &CaseMask) {
        for (word, &theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= theirs;
        }
    }

    /// Keeps what either holds.
    pub fn unite(&mut self, other: &CaseMask) {
        for (word, &theirs) in self.words.iter_mut().zip(&other.words) {
            *word |= theirs;
        }
    }

    /// Swaps in and out.
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_tail();
    }

    /// How many cases are in.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The positions that are in, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(word_idx, &word)| {
            std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|&rest| rest != 0)
                .map(move |rest| word_idx * 64 + rest.trailing_zeros() as usize)
        })
    }

    fn clear_tail(&mut self) {
        if !self.len.is_multiple_of(64)
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }
}

/// One bit for each of 64 bytes that are 0 or 1. The product puts the byte at position k of eight
/// at bit 56 + k; all other products fall elsewhere and never carry.
fn pack(flags: &[u8; 64]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |word, &eight| {
        let bits = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word << 8 | bits
    })
}

/// The events that event filters have left of each case, as plain ordered columns.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// Which case of the segment each remaining case is.
    pub case_idxs: Vec<u32>,
    /// Where each remaining case begins; one more entry than cases.
    pub offsets: Vec<u32>,
    /// Row of each remaining event in the segment.
    pub rows: Vec<u32>,
    /// Activity of each remaining event.
    pub activities: Vec<ActivityCode>,
    /// Effective time of each remaining event.
    pub times_us: Vec<i64>,
}

/// Some whole cases of one segment.
#[derive(Debug, Clone, Copy)]
pub struct CaseBatch<'a> {
    segment: &'a Segment,
    selection: Selection<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Selection<'a> {
    All,
    Mask(&'a CaseMask),
    Narrowed(&'a Narrowed),
}

impl<'a> CaseBatch<'a> {
    /// All cases of the segment.
    #[must_use]
    pub fn all(segment: &'a Segment) -> Self {
        CaseBatch { segment, selection: Selection::All }
    }

    /// The cases of the segment that the mask holds.
    #[must_use]
    pub fn masked(segment: &'a Segment, mask: &'a CaseMask) -> Self {
        assert_eq!(mask.len(), segment.case_count(), "one bit for each case");
        CaseBatch { segment, selection: Selection::Mask(mask) }
    }

    /// The remaining events of the remaining cases of the segment.
    #[must_use]
    pub fn narrowed(segment: &'a Segment, narrowed: &'a Narrowed) -> Self {
        CaseBatch { segment, selection: Selection::Narrowed(narrowed) }
    }

    /// The segment the cases are of.
    #[must_use]
    pub fn segment(&self) -> &'a Segment {
        self.segment
    }

    /// Whether every case of the segment is in, with all its events.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.selection, Selection::All)
    }

    /// Some of these cases, as they are here; `kept` holds their places in the segment.
    #[must_use]
    pub fn part(&self, kept: &CaseMask) -> CasePart<'a> {
        let Selection::Narrowed(narrowed) = self.selection else {
            let mut mask = kept.clone();
            if let Selection::Mask(own) = self.selection {
                mask.intersect(own);
            }
            return CasePart { segment: self.segment, cases: PartOf::Whole(mask) };
        };
        let mut part = Narrowed { offsets: vec![0], ..Narrowed::default() };
        for (&case_idx, ends) in narrowed.case_idxs.iter().zip(narrowed.offsets.windows(2)) {
            if !kept.contains(case_idx as usize) {
                continue;
            }
            let range = ends[0] as usize..ends[1] as usize;
            part.case_idxs.push(case_idx);
            part.rows.extend_from_slice(&narrowed.rows[range.clone()]);
            part.activities.extend_from_slice(&narrowed.activities[range.clone()]);
            part.times_us.extend_from_slice(&narrowed.times_us[range]);
            part.offsets.push(u32::try_from(part.rows.len()).expect("a part is not larger"));
        }
        CasePart { segment: self.segment, cases: PartOf::Narrowed(part) }
    }

    /// How many cases.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        match self.selection {
            Selection::All => self.segment.case_count() as u64,
            Selection::Mask(mask) => mask.count(),
            Selection::Narrowed(narrowed) => narrowed.case_idxs.len() as u64,
        }
    }

    /// Whether there is no case.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self.selection {
            Selection::All => self.segment.case_count() == 0,
            Selection::Mask(mask) => mask.words.iter().all(|&word| word == 0),
            Selection::Narrowed(narrowed) => narrowed.case_idxs.is_empty(),
        }
    }

    /// How many events.
    #[must_use]
    pub fn event_count(&self) -> u64 {
        match self.selection {
            Selection::All => self.segment.event_count() as u64,
            Selection::Mask(mask) => {
                let offsets = &self.segment.parts().offsets;
                mask.iter().map(|idx| u64::from(offsets[idx + 1] - offsets[idx])).sum()
            }
            Selection::Narrowed(narrowed) => narrowed.rows.len() as u64,
        }
    }

    /// Calls `look` with every case, in the order of the segment.
    #[inline]
    pub fn for_each(&self, mut look: impl FnMut(Case<'a>)) {
        match self.selection {
            Selection::All => {
                for case_idx in 0..self.segment.case_count() {
                    look(whole_case(self.segment, case_idx));
                }
            }
            Selection::Mask(mask) => {
                for case_idx in mask.iter() {
                    look(whole_case(self.segment, case_idx));
                }
            }
            Selection::Narrowed(narrowed) => {
                for position in 0..narrowed.case_idxs.len() {
                    look(narrowed_case(self.segment, narrowed, position));
                }
            }
        }
    }
}

/// Some cases of a batch, to be looked at by themselves.
#[derive(Debug)]
pub struct CasePart<'a> {
    segment: &'a Segment,
    cases: PartOf,
}

#[derive(Debug)]
enum PartOf {
    Whole(CaseMask),
    Narrowed(Narrowed),
}

impl CasePart<'_> {
    /// The cases of the part.
    #[must_use]
    pub fn batch(&self) -> CaseBatch<'_> {
        match &self.cases {
            PartOf::Whole(mask) => CaseBatch::masked(self.segment, mask),
            PartOf::Narrowed(narrowed) => CaseBatch::narrowed(self.segment, narrowed),
        }
    }
}

#[inline]
fn whole_case(segment: &Segment, case_idx: usize) -> Case<'_> {
    let parts = segment.parts();
    let range = parts.offsets[case_idx] as usize..parts.offsets[case_idx + 1] as usize;
    Case {
        segment,
        case_idx,
        activities: &parts.activities[range.clone()],
        times_us: &parts.times_us[range.clone()],
        rows: Rows::From(range.start),
    }
}

#[inline]
fn narrowed_case<'a>(segment: &'a Segment, narrowed: &'a Narrowed, position: usize) -> Case<'a> {
    let range = narrowed.offsets[position] as usize..narrowed.offsets[position + 1] as usize;
    Case {
        segment,
        case_idx: narrowed.case_idxs[position] as usize,
        activities: &narrowed.activities[range.clone()],
        times_us: &narrowed.times_us[range.clone()],
        rows: Rows::Listed(&narrowed.rows[range]),
    }
}

#[derive(Debug, Clone, Copy)]
enum Rows<'a> {
    From(usize),
    Listed(&'a [u32]),
}

/// One case: its events in order, and its attributes.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    segment: &'a Segment,
    case_idx: usize,
    activities: &'a [ActivityCode],
    times_us: &'a [i64],
    rows: Rows<'a>,
}

impl<'a> Case<'a> {
    /// The whole case at a position of a segment.
    #[must_use]
    pub fn at(segment: &'a Segment, case_idx: usize) -> Self {
        whole_case(segment, case_idx)
    }

    /// The case id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.segment.parts().case_ids.get(self.case_idx)
    }

    /// The position of the case in its segment.
    #[must_use]
    pub fn idx(&self) -> usize {
        self.case_idx
    }

    /// The segment the case is of.
    #[must_use]
    pub fn segment(&self) -> &'a Segment {
        self.segment
    }

    /// How many events; at least one.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.activities.len()
    }

    /// The activities in order: the trace.
    #[inline]
    #[must_use]
    pub fn activities(&self) -> &'a [ActivityCode] {
        self.activities
    }

    /// Effective times in order: the ends of the activity instances.
    #[inline]
    #[must_use]
    pub fn times_us(&self) -> &'a [i64] {
        self.times_us
    }

    /// The row of an event of this case in its segment.
    #[inline]
    #[must_use]
    pub fn row(&self, event_idx: usize) -> usize {
        match self.rows {
            Rows::From(start) => start + event_idx,
            Rows::Listed(rows) => rows[event_idx] as usize,
        }
    }

    /// The start of an event of its own, if it has one.
    #[inline]
    #[must_use]
    pub fn own_start_us(&self, event_idx: usize) -> Option<i64> {
        let starts = &self.segment.parts().starts_us;
        if starts.is_empty() {
            return None;
        }
        Some(starts[self.row(event_idx)]).filter(|&start_us| start_us != i64::MIN)
    }

    /// The start of an event: its own, else its time.
    #[inline]
    #[must_use]
    pub fn start_us(&self, event_idx: usize) -> i64 {
        self.own_start_us(event_idx).unwrap_or(self.times_us[event_idx])
    }

    /// The earliest start of the case.
    #[must_use]
    pub fn first_start_us(&self) -> i64 {
        self.first_start().1
    }

    /// How precisely the earliest start of the case is known.
    #[must_use]
    pub fn first_start_precision(&self) -> Precision {
        if self.segment.parts().precisions.is_empty() {
            return Precision::Instant;
        }
        self.precision(self.first_start().0)
    }

    /// Whether the earliest start of the case is known to the day only.
    #[must_use]
    pub fn starts_on_day(&self) -> bool {
        self.segment.has_days() && self.first_start_precision() == Precision::Day
    }

    /// The event that starts first, which may come after others that end before it; and its start.
    fn first_start(&self) -> (usize, i64) {
        if self.segment.parts().starts_us.is_empty() {
            return (0, self.times_us[0]);
        }
        (0..self.event_count())
            .map(|idx| (idx, self.start_us(idx)))
            .min_by_key(|&(_, start_us)| start_us)
            .expect("a case has at least one event")
    }

    /// The end of the last event.
    #[must_use]
    pub fn last_end_us(&self) -> i64 {
        *self.times_us.last().expect("a case has at least one event")
    }

    /// Last end − first start: the throughput time, in microseconds. Whole local days when either
    /// end is known to the day only.
    #[must_use]
    pub fn duration_us(&self, log: &LogContext) -> i64 {
        self.duration_until_us(log, self.event_count() - 1)
    }

    /// End of an event − first start, in microseconds. Whole local days when either is known to
    /// the day only.
    #[must_use]
    pub fn duration_until_us(&self, log: &LogContext, event_idx: usize) -> i64 {
        let ((first_idx, first), last) = (self.first_start(), self.times_us[event_idx]);
        if self.segment.has_days() && (self.is_day(first_idx) || self.is_day(event_idx)) {
            return days_between_us(log, first, last);
        }
        last - first
    }

    /// Start of event `to` − end of event `from`, in microseconds; negative when they overlap.
    /// Whole local days when either is known to the day only.
    #[inline]
    #[must_use]
    pub fn path_us(&self, log: &LogContext, from: usize, to: usize) -> i64 {
        let (end, start) = (self.times_us[from], self.start_us(to));
        if self.segment.has_days() && (self.is_day(from) || self.is_day(to)) {
            return days_between_us(log, end, start);
        }
        start - end
    }

    /// End of event `to` − end of event `from`, in microseconds. Whole local days when either is
    /// known to the day only.
    #[inline]
    #[must_use]
    pub fn between_us(&self, log: &LogContext, from: usize, to: usize) -> i64 {
        if self.segment.has_days() && (self.is_day(from) || self.is_day(to)) {
            return days_between_us(log, self.times_us[from], self.times_us[to]);
        }
        self.times_us[to] - self.times_us[from]
    }

    /// The precisions of the events in order; `None` when all are instants, or when only some of
    /// the case's events are looked at (then ask [`Case::is_day`]).
    #[inline]
    #[must_use]
    pub fn precisions(&self) -> Option<&'a [Precision]> {
        match self.rows {
            Rows::From(start) if self.segment.has_days() => {
                Some(&self.segment.parts().precisions[start..start + self.activities.len()])
            }
            Rows::From(_) | Rows::Listed(_) => None,
        }
    }

    /// Whether the time of an event is known to the day only.
    #[must_use]
    pub fn is_day(&self, event_idx: usize) -> bool {
        self.precision(event_idx) == Precision::Day
    }

    /// How precisely the time of an event is known.
    #[must_use]
    pub fn precision(&self, event_idx: usize) -> Precision {
        let precisions = &self.segment.parts().precisions;
        if precisions.is_empty() { Precision::Instant } else { precisions[self.row(event_idx)] }
    }

    /// The column of an attribute and the position in it for an event (or for the case).
    #[inline]
    #[must_use]
    pub fn cell(&self, attribute: &Attribute, event_idx: usize) -> (&'a Column, usize) {
        let idx = match attribute.level {
            AttributeLevel::Case => self.case_idx,
            AttributeLevel::Event => self.row(event_idx),
        };
        (self.segment.column(attribute), idx)
    }

    /// The value of a case attribute, or of an event attribute at one event.
    #[must_use]
    pub fn value<'b>(
        &self,
        attribute: &'b Attribute,
        event_idx: usize,
    ) -> Option<AttributeValue<'b>>
    where
        'a: 'b,
    {
        let (column, idx) = self.cell(attribute, event_idx);
        column.value(idx, attribute)
    }
}

fn days_between_us(log: &LogContext, from_us: i64, to_us: i64) -> i64 {
    let day = |us: i64| {
        Timestamp::from_us(us).expect("times of a log are in range").local_day(log.time_zone.zone())
    };
    (day(to_us) - day(from_us)) * DAY_US
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_from_values_is_the_mask_of_their_tests() {
        for len in [0, 1, 63, 64, 65, 200] {
            let values: Vec<u64> = (0..len).map(|idx| idx * 0x9e37_79b9 % 101).collect();
            let by_value = CaseMask::from_values(&values, |value| value % 3 == 1);
            let by_position = CaseMask::from_fn(values.len(), |idx| values[idx] % 3 == 1);
            assert_eq!(by_value, by_position);
        }
    }
}
