//! Which filters keep the cases that break a rule?

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::event_log::LogContext;

use crate::findings::Found;
use crate::findings::answer::CasesFilter;
use crate::findings::probes::Probe;
use crate::library::quality::CheckKind;

/// Filters that together keep exactly the cases that were found; where there are none, the ids of
/// the first of them.
pub(super) fn of(probe: &Probe<'_>, log: &LogContext, found: &Found) -> Vec<CasesFilter> {
    exact(probe, log).unwrap_or_else(|| {
        vec![CasesFilter::CaseIds { ids: found.case_ids.iter().cloned().collect() }]
    })
}

fn exact(probe: &Probe<'_>, log: &LogContext) -> Option<Vec<CasesFilter>> {
    let named = |marks: &[bool]| -> Vec<String> {
        let names = log.activities.names().iter().zip(marks);
        names.filter(|(_, is_marked)| **is_marked).map(|(name, _)| name.clone()).collect()
    };
    if probe.limit("quiet_days_min").is_some() {
        return None;
    }
    let mut filters = Vec::new();
    if !probe.check.after.is_empty() {
        filters.push(CasesFilter::ActivityContains { activities: named(&probe.after) });
    }
    match probe.check.kind {
        CheckKind::NoValue | CheckKind::OftenBlank => {
            for attribute in probe.attributes() {
                if attribute.level == AttributeLevel::Event {
                    return None;
                }
                filters.push(CasesFilter::AttributeIn {
                    attribute: attribute.name.clone(),
                    level: "case",
                    values: [None],
                });
            }
        }
        CheckKind::NoEvent => {
            let activities = named(&probe.activities);
            filters.push(CasesFilter::ActivityNotContains { activities });
        }
        CheckKind::MoreThanOne => {
            let [activity] = named(&probe.activities).try_into().ok()?;
            filters.push(CasesFilter::Repeats { activity });
        }
        CheckKind::SingleEvent => filters.push(CasesFilter::EventCount { max: 1 }),
        CheckKind::UnknownActivity => {
            let unknown: Vec<bool> = probe.known.iter().map(|is_known| !is_known).collect();
            filters.push(CasesFilter::ActivityContains { activities: named(&unknown) });
        }
        _ => return None,
    }
    Some(filters)
}
