//! How what was counted becomes an answer, in the words of a language.

use std::collections::BTreeMap;

use paydirt_model::attribute::Attribute;
use paydirt_model::language::Language;

use crate::coverage::name_of;
use crate::findings::answer::{Finding, Findings, Missing, RuleOutcome, RuleState, ValueCount};
use crate::findings::probes::{Names, Probe};
use crate::findings::survey::Survey;
use crate::findings::whole::Whole;
use crate::findings::{FindingCounts, FindingPlan, Found, Named, filters};
use crate::library::coverage::Need;
use crate::library::quality::{QualityRule, RuleCheck, Severity};

/// Values of a breakdown that are shown, the most frequent first.
const VALUES_MAX: usize = 20;

impl FindingPlan<'_> {
    /// The answer: what was found, in the words of a language.
    #[must_use]
    pub fn answer(
        &self,
        survey: &Survey,
        FindingCounts(counts): FindingCounts,
        language: Language,
    ) -> Findings {
        let mut findings = Vec::new();
        let mut checked: Vec<&str> = Vec::new();
        for (probe, found) in self.probes.iter().zip(counts) {
            checked.push(&probe.rule.key);
            findings.extend(self.of_cases(probe, found, language));
        }
        for rule in self.wanted_rules() {
            for check in rule.checks.iter().filter(|check| check.kind.is_of_whole_log()) {
                let Some(whole) = self.whole(rule, check, survey, language) else { continue };
                checked.push(&rule.key);
                if whole.count > 0 {
                    findings.push(self.of_whole_log((rule, check), whole, language));
                }
            }
        }
        let order = |finding: &Finding| {
            let of_library = self.library.rules.iter();
            (finding.severity, of_library.take_while(|rule| rule.key != finding.rule).count())
        };
        findings.sort_by_key(order);
        let names = Names::new(self.library, self.context);
        let rules = self.wanted_rules().map(|rule| {
            let state = if findings.iter().any(|finding| finding.rule == rule.key) {
                RuleState::Broken
            } else if checked.contains(&rule.key.as_str()) {
                RuleState::Kept
            } else {
                RuleState::NotChecked
            };
            self.outcome(rule, &names, state, language)
        });
        let rules = rules.collect();
        Findings {
            cases: self.context.case_count,
            events: self.context.event_count,
            is_of_process: self.is_of_process,
            rules,
            findings,
        }
    }

    fn severity(&self, rule: &QualityRule) -> Severity {
        match rule.of_process && !self.is_of_process {
            true => Severity::Notice,
            false => rule.severity,
        }
    }

    fn outcome(
        &self,
        rule: &QualityRule,
        names: &Names<'_>,
        state: RuleState,
        language: Language,
    ) -> RuleOutcome {
        let told = |need: &Need| Missing {
            kind: need.kind,
            key: need.key.clone(),
            name: name_of(self.library, need, language),
        };
        let lists = match state {
            RuleState::NotChecked => self.missing(rule, names),
            RuleState::Broken | RuleState::Kept => Vec::new(),
        };
        RuleOutcome {
            rule: rule.key.clone(),
            severity: self.severity(rule),
            steps: rule.steps.clone(),
            name: rule.name.get(language).to_owned(),
            meaning: rule.meaning.get(language).to_owned(),
            state,
            missing: lists.iter().map(|list| list.iter().map(told).collect()).collect(),
        }
    }

    /// What would let a rule be looked at: the least that one of its checks lacks.
    fn missing(&self, rule: &QualityRule, names: &Names<'_>) -> Vec<Vec<Need>> {
        let lacking = rule.checks.iter().filter(|check| !check.kind.is_of_whole_log());
        let lacking = lacking.map(|check| names.missing(check, self.around.settings));
        lacking.min_by_key(Vec::len).unwrap_or_else(|| rule.needs.clone())
    }

    fn finding(
        &self,
        rule: &QualityRule,
        check: &RuleCheck,
        about: &[Need],
        language: Language,
    ) -> Finding {
        let about = about.iter().map(|need| name_of(self.library, need, language));
        Finding {
            rule: rule.key.clone(),
            severity: self.severity(rule),
            check: check.kind,
            name: rule.name.get(language).to_owned(),
            meaning: rule.meaning.get(language).to_owned(),
            mend: rule.mend.get(language).to_owned(),
            about: about.collect(),
            count: 0,
            looked_at: 0,
            cases: None,
            filters: Vec::new(),
            by_activity: Vec::new(),
            by_owner: Vec::new(),
            by_source: Vec::new(),
            examples: Vec::new(),
            file_rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn of_whole_log(
        &self,
        (rule, check): (&QualityRule, &RuleCheck),
        whole: Whole,
        language: Language,
    ) -> Finding {
        let Whole { count, looked_at, about, notes, file_rows } = whole;
        let notes = notes.iter().map(|note| note.in_language(language)).collect();
        let finding = self.finding(rule, check, &about, language);
        Finding { count, looked_at, file_rows, notes, ..finding }
    }

    fn of_cases(&self, probe: &Probe<'_>, found: Found, language: Language) -> Option<Finding> {
        if !probe.is_finding(found.count, found.looked_at) {
            return None;
        }
        let texts = |attributes: &[&Attribute], counts: &BTreeMap<Named, u64>| {
            if attributes.is_empty() {
                return Vec::new();
            }
            let text =
                |(idx, code): (usize, u32)| attributes[idx].texts.get(code as usize).to_owned();
            most_frequent(counts.iter().map(|(named, count)| (named.map(text), *count)))
        };
        let names = self.context.activities.names();
        let activities = found.by_activity.iter();
        let activities = activities.map(|(idx, count)| (names.get(*idx).cloned(), *count));
        Some(Finding {
            count: found.count,
            looked_at: found.looked_at,
            cases: Some(found.cases),
            filters: filters::of(probe, self.context, &found),
            by_activity: most_frequent(activities),
            by_owner: texts(&self.owner, &found.by_owner),
            by_source: texts(&self.source, &found.by_source),
            examples: found.rows.into_iter().collect(),
            ..self.finding(probe.rule, probe.check, &probe.about, language)
        })
    }
}

/// The most frequent values; of equal ones by name.
fn most_frequent(counts: impl Iterator<Item = (Option<String>, u64)>) -> Vec<ValueCount> {
    let mut by_value: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for (value, count) in counts {
        *by_value.entry(value).or_default() += count;
    }
    let all = by_value.into_iter().map(|(value, count)| ValueCount { value, count });
    let mut all: Vec<ValueCount> = all.collect();
    all.sort_by(|left, right| {
        right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value))
    });
    all.truncate(VALUES_MAX);
    all
}
