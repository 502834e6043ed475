//! What must be known of all cases before a formula can be asked of one?

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::number::{Decimal, divide_half_even};
use paydirt_model::problem::Problem;

use crate::computed::binding::Reading;
use crate::computed::node::{Common, Look, MONEY_SCALE, Node};
use crate::computed::stays::{StageNode, stays};
use crate::computed::value::{Value, compare};

/// The number of a fact among those of a log; a fact needs only those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FactIdx(pub(super) usize);

/// Something that is known of all cases.
#[derive(Debug)]
pub(super) enum Fact {
    Bands(Bands),
    /// Usual stays in microseconds, by group and value.
    Stays(HashMap<(String, String), i64>),
    /// The currency of reports.
    Currency(Option<String>),
}

/// Bands of numbers, by their upper bounds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bands {
    bounds: Vec<Decimal>,
    labels: Vec<String>,
}

/// How a fact is found out.
#[derive(Debug)]
pub(super) enum FactPlan {
    /// It is known already.
    Known(Arc<Fact>),
    /// The quartiles of a number.
    Quartiles(Node),
    /// The most frequent currency of an amount.
    Currency(Node),
    Stays {
        stage: StageNode,
        over: Node,
        percentile: i64,
        least: i64,
    },
}

/// A fact of a log, found out when it is asked for.
#[derive(Debug)]
pub(super) struct FactCell {
    pub(super) plan: FactPlan,
    pub(super) reading: Reading,
    known: Mutex<Option<Arc<Fact>>>,
}

impl FactCell {
    pub(super) fn new(plan: FactPlan, reading: Reading) -> Self {
        FactCell { plan, reading, known: Mutex::default() }
    }

    /// The fact; `facts` has those that it needs.
    pub(super) fn fact(
        &self,
        log: &EventLog,
        common: &Common,
        facts: &[Option<Arc<Fact>>],
    ) -> Result<Arc<Fact>, Problem> {
        if let FactPlan::Known(fact) = &self.plan {
            return Ok(Arc::clone(fact));
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fact) = &*known {
            return Ok(Arc::clone(fact));
        }
        let fact = Arc::new(self.found_out(log, common, facts)?);
        *known = Some(Arc::clone(&fact));
        Ok(fact)
    }

    fn found_out(
        &self,
        log: &EventLog,
        common: &Common,
        facts: &[Option<Arc<Fact>>],
    ) -> Result<Fact, Problem> {
        let mut numbers = Vec::new();
        let mut currencies: BTreeMap<String, u64> = BTreeMap::new();
        let mut spans: HashMap<(String, String), Vec<i64>> = HashMap::new();
        let each = |look: &Look<'_>| match &self.plan {
            FactPlan::Known(_) => {}
            FactPlan::Quartiles(of) => numbers.extend(of.of(look).number()),
            FactPlan::Currency(of) => {
                if let Value::Money(_, Some(code)) = of.of(look) {
                    *currencies.entry(code.into_owned()).or_default() += 1;
                }
            }
            FactPlan::Stays { stage, over, .. } => {
                if over.of(look).flag() == Some(true) {
                    for (key, us) in stays(look, stage) {
                        spans.entry(key).or_default().push(us);
                    }
                }
            }
        };
        for_each_case(log, common, (&self.reading, facts), each)?;
        Ok(match &self.plan {
            FactPlan::Stays { percentile, least, .. } => {
                let least = usize::try_from(*least).unwrap_or(0).max(1);
                let usual = spans.into_iter().filter(|(_, spans)| least <= spans.len());
                Fact::Stays(usual.map(|(key, us)| (key, percentile_of(us, *percentile))).collect())
            }
            FactPlan::Currency(_) => {
                // Of equally frequent ones the first by name.
                let most = currencies.into_iter().rev().max_by_key(|(_, count)| *count);
                Fact::Currency(most.map(|(code, _)| code))
            }
            FactPlan::Quartiles(_) | FactPlan::Known(_) => Fact::Bands(quartiles(numbers)),
        })
    }
}

/// Calls `each` with every case of a log, when what it looks at is in memory.
pub(super) fn for_each_case(
    log: &EventLog,
    common: &Common,
    (reading, facts): (&Reading, &[Option<Arc<Fact>>]),
    mut each: impl FnMut(&Look<'_>),
) -> Result<(), Problem> {
    for segment_idx in 0..log.segments().len() {
        in_segment(log, common, segment_idx, (reading, facts), &mut each)?;
    }
    Ok(())
}

/// Calls `each` with every case of a segment.
pub(super) fn in_segment(
    log: &EventLog,
    common: &Common,
    segment_idx: usize,
    (reading, facts): (&Reading, &[Option<Arc<Fact>>]),
    mut each: impl FnMut(&Look<'_>),
) -> Result<(), Problem> {
    log.load_columns(segment_idx, reading.attributes.iter().copied())?;
    let terms = RefCell::default();
    let segment = &log.segments()[segment_idx];
    CaseBatch::all(segment).for_each(|case| {
        each(&Look { log: log.context(), common, case, facts, terms: &terms });
    });
    Ok(())
}

/// A percentile of spans, interpolated between neighbours and rounded half to even.
fn percentile_of(mut spans: Vec<i64>, percentile: i64) -> i64 {
    spans.sort_unstable();
    let last = i128::try_from(spans.len() - 1).expect("a count of spans");
    let place = last * i128::from(percentile);
    let idx = usize::try_from(place / 100).expect("a place in the list");
    let low = i128::from(spans[idx]);
    let high = i128::from(*spans.get(idx + 1).unwrap_or(&spans[idx]));
    let span = divide_half_even(low * 100 + (high - low) * (place % 100), 100);
    i64::try_from(span).expect("it lies between two spans")
}

/// Bands at the quartiles of some numbers.
fn quartiles(mut numbers: Vec<Decimal>) -> Bands {
    let mantissas = |numbers: &[Decimal]| -> Vec<i64> {
        let at_scale = |number: &Decimal| i64::try_from(number.at_scale(MONEY_SCALE).0).ok();
        numbers.iter().filter_map(at_scale).collect()
    };
    numbers.sort_by(|left, right| compare(*left, *right));
    let mantissas = mantissas(&numbers);
    if mantissas.is_empty() {
        return Bands::new(Vec::new(), false);
    }
    let bound =
        |percentile| Decimal::new(percentile_of(mantissas.clone(), percentile).into(), MONEY_SCALE);
    Bands::new([25, 50, 75].map(bound).to_vec(), false)
}

impl Bands {
    /// Bands up to these bounds, and one above the last; shares are told in per cent.
    pub(super) fn new(mut bounds: Vec<Decimal>, are_shares: bool) -> Self {
        bounds.sort_by(|left, right| compare(*left, *right));
        bounds.dedup_by(|left, right| compare(*left, *right).is_eq());
        let told = |bound: &Decimal| match are_shares {
            true => Decimal::new(bound.mantissa * 100, bound.scale).to_string(),
            false => bound.to_string(),
        };
        let sign = if are_shares { " %" } else { "" };
        let mut labels: Vec<String> = Vec::new();
        if let (Some(first), Some(last)) = (bounds.first(), bounds.last()) {
            labels.push(format!("≤ {}{sign}", told(first)));
            let between = bounds.windows(2);
            labels
                .extend(between.map(|pair| format!("{}–{}{sign}", told(&pair[0]), told(&pair[1]))));
            labels.push(format!("> {}{sign}", told(last)));
        }
        Bands { bounds, labels }
    }

    /// The band of a number; upper bounds belong to it.
    pub(super) fn of(&self, number: Decimal) -> Option<&str> {
        let idx = self.bounds.partition_point(|bound| compare(*bound, number).is_lt());
        self.labels.get(idx).map(String::as_str)
    }

    pub(super) fn labels(&self) -> &[String] {
        &self.labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: i128) -> Decimal {
        Decimal::new(number, 0)
    }

    #[test]
    fn upper_bounds_belong_to_their_band() {
        let bands = Bands::new([0, 5, 10].map(|one| Decimal::new(one, 2)).to_vec(), true);
        assert_eq!(bands.labels, ["≤ 0 %", "0–5 %", "5–10 %", "> 10 %"]);
        let of = |mantissa| bands.of(Decimal::new(mantissa, 3));
        assert_eq!(
            [of(-1), of(0), of(1), of(50)].map(Option::unwrap),
            ["≤ 0 %", "≤ 0 %", "0–5 %", "0–5 %"]
        );
        assert_eq!([of(51), of(100), of(101)].map(Option::unwrap), ["5–10 %", "5–10 %", "> 10 %"]);
        assert_eq!(Bands::new(Vec::new(), true).of(whole(1)), None);
    }

    #[test]
    fn percentiles_interpolate() {
        // Position 1 + 3 × 0.9 = 3.7: between 30 and 40.
        assert_eq!(percentile_of(vec![40, 10, 30, 20], 90), 37);
        assert_eq!(percentile_of(vec![7], 90), 7);
        // Four numbers: 1.75, 2.5 and 3.25.
        let bands = quartiles([4, 1, 3, 2].map(whole).to_vec());
        assert_eq!(bands.labels, ["≤ 1.75", "1.75–2.5", "2.5–3.25", "> 3.25"]);
    }
}
