//! What is said of the parts: what each was read as, and what of it was not used?

use std::collections::BTreeMap;

use paydirt_model::mapping::ProblemCount;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::parts::Joined;
use crate::parts::events::Cases;
use crate::parts::joined::Part;
use crate::parts::kinds::PartKind;
use crate::parts::matching::Matched;
use crate::parts::records::{AllRecords, problem};

/// Most cases that a note names.
const NAMED_MAX: usize = 10;

/// What there is to tell.
pub(super) struct Telling<'a, 'l> {
    pub(super) parts: &'a [Part<'l>],
    pub(super) cases: &'a Cases,
    pub(super) all: &'a AllRecords<'l>,
    pub(super) matched: &'a Matched,
}

impl Telling<'_, '_> {
    pub(super) fn joined(&self) -> Joined {
        let mut joined = Joined::default();
        for (idx, part) in self.parts.iter().enumerate() {
            joined.readings.push(self.reading(idx, part));
            joined.notes.extend(self.notes(idx, part));
        }
        let with_rows: Vec<&Part<'_>> = self.parts.iter().filter(|it| it.has_rows()).collect();
        if with_rows.len() > 1 {
            let starts = with_rows.iter().map(|part| {
                let row = part.rows_before + 1;
                say!("\"{file}\" from {row}", file = part.name.as_str(), row)
            });
            let starts: Vec<Sentence> = starts.collect();
            joined.notes.push(say!("Rows are counted through all parts: {starts}.", starts));
        }
        let has_row = |case: &usize| self.cases.rows[*case].is_some();
        let without = (0..self.cases.count()).filter(|case| !self.cases.has_event[*case]);
        let empty: Vec<usize> = without.filter(has_row).collect();
        joined.empty_cases = empty.len() as u64;
        if !empty.is_empty() {
            let ids = empty.iter().take(NAMED_MAX).filter_map(|case| u32::try_from(*case).ok());
            let ids: Vec<&str> = ids.map(|case| self.cases.id(case)).collect();
            joined.notes.push(say!(
                "{count} {count|case has|cases have} a row of cases but no event, and \
                 {count|is|are} not in the log: {ids}",
                count = empty.len(),
                ids
            ));
        }
        for (part_idx, place) in &self.cases.repeated {
            let part = &self.parts[*part_idx];
            let Some(column) = part.case else { continue };
            ProblemCount::add(&mut joined.problems, "repeated-case", false, || {
                let reason = say!("The case has a row of cases already; the first one counts.");
                problem(*place, part, column, reason)
            });
        }
        joined
    }

    /// What a part was read as.
    fn reading(&self, idx: usize, part: &Part<'_>) -> Sentence {
        let name = part.name.as_str();
        let count = part.table.row_count();
        if count == 0 && part.examples > 0 {
            return say!(
                "\"{name}\": left out, as it holds the made-up rows of the template alone",
                name
            );
        }
        if count == 0 {
            return say!("\"{name}\": left out, as it has no rows", name);
        }
        match &part.kind {
            PartKind::Events => say!("\"{name}\": {count} {count|event|events}", name, count),
            PartKind::Cases => {
                say!("\"{name}\": values of {count} {count|case|cases}", name, count)
            }
            PartKind::Records(_) => self.records(idx, name, count),
        }
    }

    fn records(&self, idx: usize, name: &str, count: u64) -> Sentence {
        let mut fresh: BTreeMap<(Option<u16>, &str), u64> = BTreeMap::new();
        let mut known = 0_u64;
        for (made, event) in self.all.made.iter().zip(&self.matched.events) {
            if self.all.records[made.record].part != idx {
                continue;
            }
            if event.is_some() {
                known += 1;
            } else {
                let activity = (made.activity.rank, made.activity.name.en.as_str());
                *fresh.entry(activity).or_default() += 1;
            }
        }
        let made: u64 = fresh.values().sum();
        let each = fresh.iter();
        let each =
            each.map(|((_, activity), count)| say!("{activity} {count}", activity, count = *count));
        let each: Vec<Sentence> = each.collect();
        match (made, known) {
            (0, 0) => say!("\"{name}\": {count} {count|row|rows} and no event", name, count),
            (0, _) => say!(
                "\"{name}\": {count} {count|row|rows}, for {known} {known|event that is|events \
                 that are} there already",
                name,
                count,
                known
            ),
            (_, 0) => say!(
                "\"{name}\": {count} {count|row makes|rows make} {made} {made|event|events} \
                 ({each})",
                name,
                count,
                made,
                each
            ),
            _ => say!(
                "\"{name}\": {count} {count|row makes|rows make} {made} {made|event|events} \
                 ({each}) and {count|tells|tell} of {known} {known|event that is|events that are} \
                 there already",
                name,
                count,
                made,
                each,
                known
            ),
        }
    }

    /// What of a part was not used.
    fn notes(&self, idx: usize, part: &Part<'_>) -> Vec<Sentence> {
        let name = part.name.as_str();
        let mut notes = Vec::new();
        if part.examples > 0 && part.has_rows() {
            notes.push(say!(
                "\"{name}\" still has {count} {count|row|rows} of the made-up deal of the data \
                 template beside your own. Delete {count|it|them}.",
                name,
                count = part.examples
            ));
        }
        let outcome = self.all.outcomes.get(&idx).copied().unwrap_or_default();
        if outcome.pending > 0 {
            notes.push(say!(
                "\"{name}\": {count} {count|row is|rows are} in a status in which nothing has \
                 happened yet, such as a draft, and {count|makes|make} no event.",
                name,
                count = outcome.pending
            ));
        }
        if outcome.without_case > 0 {
            notes.push(say!(
                "\"{name}\": {count} {count|row belongs|rows belong} to no case and \
                 {count|makes|make} no event.",
                name,
                count = outcome.without_case
            ));
        }
        let other_day = self.matched.other_day.get(&idx).copied().unwrap_or(0);
        if other_day > 0 {
            notes.push(say!(
                "\"{name}\": the date of {count} {count|row is|rows is} another than that of \
                 {count|its event|their events}; the time of the event was kept.",
                name,
                count = other_day
            ));
        }
        notes
    }
}
