//! How many events do cases have, or how soon does one activity follow another? (fold)
//!
//! What the bounds of the filters `event_count` and `follows` cut: each case counts once, with its
//! number of events, or with the shortest time in which the second activity follows the first.

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::filters::follows::{self, FollowsMode};
use crate::operator::Operator;
use crate::statistics::bins::{Bins, Widths, bin_count_max};
use crate::statistics::duration_bag::Method;
use crate::statistics::number_bag::{NumberBag, Rational};

/// The distribution of a figure of cases.
pub struct Op;

/// Digits after the point of a figure.
const DIGITS: u8 = 6;

/// Which figure of the cases.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The shortest time in which one activity follows another, in seconds; unless given, the
    /// number of events.
    follows: Option<FollowedBy>,
    /// Most bins; 30 unless said, from 2 to 200.
    bins: Option<u64>,
}

/// Which activities, and how they follow each other, as in the filter `follows`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowedBy {
    /// Names of the activities of the first event; one of them is enough.
    from: Vec<String>,
    /// Names of the activities of the second event; one of them is enough.
    to: Vec<String>,
    /// Whether the second event is the next one or any later one.
    mode: FollowsMode,
    /// Whether auxiliary activities count like others; unless said, those that are not named are
    /// passed over.
    auxiliary: Option<bool>,
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    follows: Option<follows::Plan>,
    bin_count_max: usize,
}

/// The distribution.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Those that have the figure: all, or those in which the one activity follows the other.
    pub counted: u64,
    /// Smallest; missing without any.
    pub min: Option<Decimal>,
    /// Median (50th percentile).
    pub median: Option<Decimal>,
    /// Largest.
    pub max: Option<Decimal>,
    /// Equal bins without gaps, at most as many as wanted. Their width is the smallest of 1, 2 or 5
    /// times a power of ten (times also: usual parts of minutes, hours and days), and their edges
    /// are multiples of it.
    pub bins: Vec<CaseBin>,
    /// How order statistics were computed.
    pub method: Method,
}

/// Cases between two edges.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseBin {
    /// Lower edge, included.
    pub from: Decimal,
    /// Upper edge, excluded.
    pub to: Decimal,
    /// How many cases.
    pub cases: u64,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    /// Numbers of events, or microseconds.
    figures: NumberBag,
}

impl Operator for Op {
    const NAME: &'static str = "distribution";
    const SUMMARY: &'static str =
        "How many events cases have, or how soon one activity follows another in them.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let follows = params.follows.map(|FollowedBy { from, to, mode, auxiliary }| {
            follows::Plan::new(log, [&from, &to], mode, auxiliary)
        });
        Ok(Plan { follows: follows.transpose()?, bin_count_max: bin_count_max(params.bins)? })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let method = Method::of(log);
        batch.for_each(|case| {
            into.cases += 1;
            let figure = match &plan.follows {
                Some(follows) => follows.shortest_us(log, &case),
                None => Some(i64::try_from(case.event_count()).expect("events are in memory")),
            };
            if let Some(figure) = figure {
                into.figures.push(method, figure);
            }
        });
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.figures.merge(right.figures);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let Partial { cases, figures } = partial;
        let (widths, digits) = match plan.follows {
            Some(_) => (Widths::Time, 0),
            None => (Widths::Decimal, DIGITS),
        };
        let shown = |value: Rational| Decimal::new(value.rounded(digits), DIGITS);
        let whole = |value: i128| shown(Rational { numerator: value, denominator: 1 });
        let bins = figures.ends().map(|ends| Bins::new(widths, ends, plan.bin_count_max));
        let spread = bins.and_then(|bins| figures.spread(&[(1, 2)], &bins.inner_edges()));
        let found = bins.zip(spread);
        let counted = figures.count();
        Ok(Output {
            cases,
            counted,
            min: figures.ends().map(|(min, _)| whole(min.into())),
            median: found.as_ref().map(|(_, spread)| shown(spread.quantiles[0])),
            max: figures.ends().map(|(_, max)| whole(max.into())),
            bins: found.map_or(Vec::new(), |(bins, spread)| {
                let bin = |(idx, cases): (usize, u64)| CaseBin {
                    from: whole(bins.edge(idx)),
                    to: whole(bins.edge(idx + 1)),
                    cases,
                };
                bins.counts(&spread.below, counted).into_iter().enumerate().map(bin).collect()
            }),
            method: Method::of(log),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list, ask_log, kept_of, with_auxiliary, with_days};
    use expect_test::expect;
    use serde_json::Value;

    #[test]
    fn cases_are_counted_by_their_events() {
        // 1, 2, 2, 2 and 5 events: the median is 2; bins of one event.
        let answer = ask("a\na b ×3\na b c d e", "distribution", "{}");
        expect![[r#"{"cases":5,"counted":5,"min":1,"median":2,"max":5,"bins":[{"from":1,"to":2,"cases":1},{"from":2,"to":3,"cases":3},{"from":3,"to":4,"cases":0},{"from":4,"to":5,"cases":0},{"from":5,"to":6,"cases":1}],"method":"exact"}"#]]
        .assert_eq(&answer);
        // At most two bins: 0 to 5 and 5 to 10.
        let bins = ask_list("a\na b ×3\na b c d e", "distribution", r#"{"bins":2}"#, "/bins");
        assert_eq!(bins, [r#"{"from":0,"to":5,"cases":4}"#, r#"{"from":5,"to":10,"cases":1}"#]);
        assert_eq!(ask_list("a\na b", "distribution", "{}", "/median"), ["1.5"]);
    }

    #[test]
    fn the_shortest_time_of_each_case_counts() {
        // Case 1: 1 h (its second b 3 h after); case 2: never directly, eventually 4 h; 3: never.
        let log = "1: a b@1h b@3h\n2: a x b@4h\n3: b a";
        let of = |mode: &str, pointer: &str| {
            let params = format!(r#"{{"follows":{{"from":["a"],"to":["b"],"mode":"{mode}"}}}}"#);
            ask_list(log, "distribution", &params, pointer).join(" ")
        };
        assert_eq!((of("directly", "/counted"), of("directly", "/max")), one("1", "3600"));
        assert_eq!((of("eventually", "/counted"), of("eventually", "/min")), one("2", "3600"));
        assert_eq!((of("eventually", "/cases"), of("eventually", "/median")), one("3", "9000"));
    }

    fn one(left: &str, right: &str) -> (String, String) {
        (left.to_owned(), right.to_owned())
    }

    #[test]
    fn the_filter_keeps_what_the_histogram_shows() {
        let text = "1: a@0h b@30h a@31h x@35h b@80h\n2: a@5h b@6h b@100h\n3: b@1h a@2h\n\
                    4: a@0h a@20h b@50h\n5: a@1h~9h b@5h~12h";
        let logs = [with_days(text, &["b"]), with_days(text, &["a"]), with_auxiliary(text, &["x"])];
        let mut compared = 0;
        for log in logs {
            for mode in ["directly", "eventually"] {
                let steps = format!(r#""from":["a"],"to":["b"],"mode":"{mode}""#);
                let params = format!(r#"{{"bins":200,"follows":{{{steps}}}}}"#);
                let answer: Value =
                    serde_json::from_str(&ask_log(&log, "distribution", &params)).unwrap();
                let mut below = 0;
                for bin in answer["bins"].as_array().unwrap() {
                    below += bin["cases"].as_u64().unwrap();
                    // Times are whole seconds here: up to the last before the edge.
                    let last = bin["to"].as_i64().unwrap() - 1;
                    let filter = format!(r#"{{"kind":"follows",{steps},"within_s":{last}}}"#);
                    assert_eq!(kept_of(&log, &filter).len() as u64, below, "{filter} {answer}");
                    compared += 1;
                }
                assert_eq!(Some(below), answer["counted"].as_u64());
            }
        }
        assert!(compared > 60, "{compared} bins were compared");
    }

    #[test]
    fn without_cases_there_is_an_answer_and_limits_are_told() {
        let empty = r#"{"cases":0,"counted":0,"min":null,"median":null,"max":null,"bins":[],"method":"exact"}"#;
        assert_eq!(ask("", "distribution", "{}"), empty);
        let refused = ask("a", "distribution", r#"{"bins":1}"#);
        assert!(refused.contains("1 bin was asked for; from 2 to 200 can be."), "{refused}");
        let follows = r#"{"follows":{"from":["a"],"to":["z"],"mode":"directly"}}"#;
        assert!(ask("a", "distribution", follows).contains("There is no activity \"z\""));
    }
}
