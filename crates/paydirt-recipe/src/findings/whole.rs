//! Which rules does a log break as a whole: what is missing in it, its age, its size, and what the
//! report of its import says?

use jiff::civil::Date;
use paydirt_model::language::Language;
use paydirt_model::mapping::{ImportReport, RowProblem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::DAY_US;

use crate::coverage::name_of;
use crate::findings::answer::FileRow;
use crate::findings::probes::Names;
use crate::findings::survey::Survey;
use crate::findings::{FindingPlan, SizeBefore};
use crate::library::coverage::{Need, NeedKind};
use crate::library::quality::{CheckKind, QualityRule, RuleCheck};

/// Rows of the file that are shown of a finding.
const FILE_ROWS_MAX: usize = 10;

/// What was found of a log as a whole.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub(super) count: u64,
    pub(super) looked_at: u64,
    pub(super) about: Vec<Need>,
    pub(super) notes: Vec<Sentence>,
    pub(super) file_rows: Vec<FileRow>,
}

/// 1970-01-01 and so many days.
fn day(number: i64) -> String {
    let days = jiff::Span::new().try_days(number);
    let date = days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days));
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn share_is_above(change: u64, of: u64, per_cent: i64) -> bool {
    u128::from(of) * u128::from(per_cent.unsigned_abs()) < u128::from(change) * 100
}

impl FindingPlan<'_> {
    /// Whether a rule asks for times without events.
    pub(super) fn has_gaps(&self) -> bool {
        let mut checks = self.wanted_rules().flat_map(|rule| &rule.checks);
        checks.any(|check| check.kind == CheckKind::Gap)
    }

    /// The rules that are looked at.
    pub(super) fn wanted_rules(&self) -> impl Iterator<Item = &QualityRule> {
        let wanted = &self.wishes.rules;
        let all = self.library.rules.iter();
        all.filter(move |rule| wanted.is_empty() || wanted.contains(&rule.key))
    }

    /// What a check of the whole log finds; none where it cannot be made.
    pub(super) fn whole(
        &self,
        rule: &QualityRule,
        check: &RuleCheck,
        survey: &Survey,
        language: Language,
    ) -> Option<Whole> {
        let limit = |name: &str| rule.limits.get(name).copied().unwrap_or(0);
        match check.kind {
            CheckKind::NoColumn if self.is_of_process => Some(self.no_column(check, language)),
            CheckKind::TwinColumn => self.around.report.map(twins),
            CheckKind::Gap => {
                let gaps = survey.gaps(limit("days_max"));
                let notes = gaps.iter().map(|&(before, after)| {
                    let (from, to, days) = (day(before + 1), day(after - 1), after - before - 1);
                    say!("No event from {from} to {to}: {days} {days|day|days}.", from, to, days)
                });
                let days = self.context.first_event_at.zip(self.context.last_event_at);
                let days = days.map_or(0, |(first, last)| last.as_us().abs_diff(first.as_us()));
                let looked_at = days / DAY_US.unsigned_abs() + 1;
                Some(Whole {
                    count: gaps.len() as u64,
                    looked_at,
                    notes: notes.take(FILE_ROWS_MAX).collect(),
                    ..Whole::default()
                })
            }
            CheckKind::OldData => self.old(limit("days_max")),
            CheckKind::Changed => {
                Some(self.changed(self.around.before?, limit("share_max_per_cent")))
            }
            CheckKind::Report => {
                self.around.report.map(|report| of_report(check, report, language))
            }
            _ => None,
        }
    }

    fn no_column(&self, check: &RuleCheck, language: Language) -> Whole {
        let names = Names::new(self.library, self.context);
        let lacking = check.attributes.iter().filter(|key| names.attributes(key).is_empty());
        let need = |key: &String| Need { kind: NeedKind::Attribute, key: key.clone() };
        let about: Vec<Need> = lacking.map(need).collect();
        let told = about.iter().map(|need| name_of(self.library, need, language));
        let told: Vec<String> = told.collect();
        Whole {
            count: about.len() as u64,
            looked_at: check.attributes.len() as u64,
            notes: match told.is_empty() {
                true => Vec::new(),
                false => vec![say!("Not there: {columns}.", columns = told)],
            },
            about,
            ..Whole::default()
        }
    }

    fn old(&self, days_max: i64) -> Option<Whole> {
        let (now, as_of) = (self.around.now?, self.context.as_of?);
        let days = (now.as_us() - as_of.as_us()).div_euclid(DAY_US);
        let is_old = days_max < days;
        let note = say!("The data end {days} {days|day|days} before today.", days);
        Some(Whole {
            count: u64::from(is_old),
            looked_at: 1,
            notes: if is_old { vec![note] } else { Vec::new() },
            ..Whole::default()
        })
    }

    fn changed(&self, before: SizeBefore, per_cent: i64) -> Whole {
        let SizeBefore { cases, events } = before;
        let now = (self.context.case_count, self.context.event_count);
        let is_changed = share_is_above(now.0.abs_diff(cases), cases, per_cent)
            || share_is_above(now.1.abs_diff(events), events, per_cent);
        let note = say!(
            "{cases} {cases|case|cases} and {events} {events|event|events} before, now \
             {cases_now} and {events_now}.",
            cases,
            events,
            cases_now = now.0,
            events_now = now.1
        );
        Whole {
            count: u64::from(is_changed),
            looked_at: 1,
            notes: if is_changed { vec![note] } else { Vec::new() },
            ..Whole::default()
        }
    }
}

/// What the report of the import says of the kinds and readings that a check names.
fn of_report(check: &RuleCheck, report: &ImportReport, language: Language) -> Whole {
    let is_named = |name: &str| check.values.iter().any(|value| value == name);
    let mut found = Whole { looked_at: report.rows_read, ..Whole::default() };
    for problem in report.problems.iter().filter(|problem| is_named(&problem.kind)) {
        found.count += problem.count;
        let rows = problem.examples.iter().map(|example| file_row(example, language));
        found.file_rows.extend(rows);
    }
    for reading in report.automatic.iter().filter(|reading| is_named(reading.rule.name())) {
        found.count += reading.count;
        found.notes.push(reading.what.clone());
        let rows = reading.examples.iter().map(|example| FileRow {
            row: example.row,
            cell: None,
            column: reading.column.clone().unwrap_or_default(),
            value: example.value.clone(),
            what: String::new(),
        });
        found.file_rows.extend(rows);
    }
    found.file_rows.sort_by_key(|row| row.row);
    found.file_rows.truncate(FILE_ROWS_MAX);
    found.notes.truncate(FILE_ROWS_MAX);
    found
}

/// Columns whose name was there before and got a number: "Amount" and "Amount (2)".
fn twins(report: &ImportReport) -> Whole {
    let names = || report.roles.iter().map(|role| role.column.as_str());
    let is_twin = |name: &&str| {
        let first = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
        first.is_some_and(|(first, number)| {
            number.parse::<u32>().is_ok() && names().any(|other| other == first)
        })
    };
    let found: Vec<String> = names().filter(is_twin).map(str::to_owned).collect();
    Whole {
        count: found.len() as u64,
        looked_at: report.roles.len() as u64,
        notes: match found.is_empty() {
            true => Vec::new(),
            false => vec![say!("These columns got a number: {columns}.", columns = found)],
        },
        ..Whole::default()
    }
}

fn file_row(problem: &RowProblem, language: Language) -> FileRow {
    FileRow {
        row: problem.row,
        cell: problem.cell.clone(),
        column: problem.column.clone(),
        value: problem.value.clone(),
        what: problem.reason.in_language(language),
    }
}
