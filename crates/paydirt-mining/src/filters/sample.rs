//! Which cases are in a sample of a given share?
//!
//! By a hash of the seed and the case id, so that the same cases are in it whatever the partition,
//! the order and the version; a larger share of the same seed holds all cases of a smaller one.

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::filter::CaseFilter;
use crate::filters::bounds::ExactNumber;

/// Keeps a sample of the cases.
pub struct F;

/// How large the sample is, and which.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Share of the cases that stay, from 0 to 1 with at most 6 digits after the point. The number
    /// of cases is near that share of the log, not exactly it.
    share: ExactNumber,
    /// Which of the many samples of that share; 0 unless given.
    seed: Option<u64>,
}

/// The share as a bound of hashes.
#[derive(Debug)]
pub struct Plan {
    seed: u64,
    /// A case stays when the low 32 bits of its hash are below this; the high bits choose its
    /// segment.
    end: u64,
}

impl CaseFilter for F {
    const KIND: &'static str = "sample";
    const SUMMARY: &'static str = "A share of the cases, chosen by a seed.";
    type Params = Params;
    type Plan = Plan;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        let millionths = params.share.mantissa(6).and_then(|share| u64::try_from(share).ok());
        let Some(millionths) = millionths.filter(|&share| share <= 1_000_000) else {
            let detail = say!("{share} is not a share.", share = params.share.to_string());
            return Err(Problem::new(ErrorCode::InvalidFilter, detail)
                .in_parameter("share")
                .with_hint(say!(
                    "Give a number from 0 to 1 with at most 6 digits after the point."
                )));
        };
        let end = (millionths << 32).div_ceil(1_000_000);
        Ok(Plan { seed: params.seed.unwrap_or(0), end })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.holds(case.id().as_bytes())
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let ids = &segment.parts().case_ids;
        Some(CaseMask::from_fn(segment.case_count(), |idx| plan.holds(ids.get_bytes(idx))))
    }
}

impl Plan {
    fn holds(&self, case_id: &[u8]) -> bool {
        (xxh3_64_with_seed(case_id, self.seed) & 0xffff_ffff) < self.end
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    fn sample(share: &str, seed: u64) -> Vec<String> {
        let filter = format!(r#"{{"kind":"sample","share":{share},"seed":{seed}}}"#);
        kept_cases("a ×2000", &filter)
    }

    #[test]
    fn about_the_share_stays_and_a_larger_share_holds_a_smaller_one() {
        // 2,000 cases at 0.25: 500 ± 4 standard deviations of √(2000·0.25·0.75) = 19.4.
        let quarter = sample("0.25", 7);
        assert!((422..=578).contains(&quarter.len()), "{}", quarter.len());
        let half = sample("0.5", 7);
        assert!(quarter.iter().all(|id| half.contains(id)));
        assert_ne!(quarter, sample("0.25", 8));
        assert_eq!(quarter, sample("0.25", 7));
    }

    #[test]
    fn nothing_and_everything_are_shares() {
        assert_eq!(sample("0", 1).len(), 0);
        assert_eq!(sample("1", 1).len(), 2_000);
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for share in ["1.5", "-0.1", "0.1234567"] {
            assert!(sample(share, 1)[0].contains("is not a share"), "{share}");
        }
    }
}
