//! The questions of the benchmark: the same content as those asked of the peers.

use serde_json::{Value, json};

/// One question of the benchmark.
pub(crate) struct Asked {
    /// Its name among the peers.
    pub(crate) name: &'static str,
    /// Our question.
    pub(crate) question: &'static str,
    /// Its parameters.
    pub(crate) params: Value,
    /// Its filters.
    pub(crate) filters: Vec<Value>,
}

/// What the filters look for.
pub(crate) struct Sought {
    /// Value of `SalesRegion`.
    pub(crate) region: String,
    /// The earlier activity.
    pub(crate) first: String,
    /// The later activity.
    pub(crate) then: String,
}

/// The cases that have the later activity.
fn with_then(sought: &Sought) -> Value {
    json!([{ "kind": "activity_contains", "activities": [sought.then] }])
}

/// Every question, auxiliary activities included as the peers include them.
pub(crate) fn all(sought: &Sought) -> Vec<Asked> {
    let ask = |name, question, params| Asked { name, question, params, filters: Vec::new() };
    let everything = json!({ "auxiliary": true });
    let mut list = vec![
        ask("summary", "summary", json!({})),
        ask("map_counts", "map", json!({ "auxiliary": true, "times": false })),
        ask("map", "map", everything.clone()),
        ask("variants", "variants", everything.clone()),
        ask("happy_path", "variants", json!({ "auxiliary": true, "happy_path": true })),
        ask("cases", "cases", json!({ "limit": 100 })),
        ask("rework", "rework", everything.clone()),
        ask("activities", "activities", json!({})),
        ask("attributes", "attributes", json!({})),
        ask("throughput", "throughput", json!({ "by": "SalesRegion" })),
        ask("handovers", "handovers", everything.clone()),
        ask("dotted", "dotted", json!({ "sample": 10_000 })),
        ask(
            "map_values",
            "map",
            json!({ "auxiliary": true,
            "values": [{ "attribute": "OpportunityAmount" }] }),
        ),
        ask(
            "neighbours",
            "neighbours",
            json!({ "activity": sought.first, "auxiliary": true,
            "attributes": ["SalesRegion"] }),
        ),
        ask("workload", "workload", json!({ "period": "week" })),
        ask("differences", "differences", json!({ "selection": with_then(sought) })),
        ask("comparison", "comparison", json!({ "a": with_then(sought) })),
        ask("funnel", "funnel", funnel()),
        ask("spectrum", "spectrum", hand_off(sought, "eventually")),
        ask("spectrum_path", "spectrum", hand_off(sought, "directly")),
        ask("movements", "movements", json!({ "by": "SalesRegion" })),
        ask("movements_75k", "movements", json!({ "limit": 75_000 })),
    ];
    list.push(Asked {
        name: "filter_map",
        question: "map",
        params: everything,
        filters: vec![
            json!({ "kind": "attribute_in", "attribute": "SalesRegion",
                    "values": [sought.region] }),
            json!({ "kind": "attribute_range", "attribute": "DiscountPercentage",
                    "min": "0.1001" }),
        ],
    });
    list.push(Asked {
        name: "grouped_map",
        question: "map",
        params: json!({ "auxiliary": true }),
        filters: vec![json!({ "kind": "group_activities",
                              "groups": { "one": [sought.first, sought.then] } })],
    });
    list.push(Asked {
        name: "eventually",
        question: "summary",
        params: json!({}),
        filters: vec![json!({ "kind": "follows", "mode": "eventually",
                              "from": [sought.first], "to": [sought.then] })],
    });
    list
}

/// From the opportunity to the money, with everything that a funnel tells.
fn funnel() -> Value {
    let names = ["Opportunity Created", "Quote Issued", "Opportunity Won", "Payment Received"];
    let stages: Vec<Value> = names.iter().map(|name| json!({ "activities": [name] })).collect();
    json!({ "stages": stages, "ends": ["Opportunity Lost", "Payment Received"],
            "cohorts": "month", "value": "OpportunityAmount" })
}

/// The hand-off between the two sought activities, everything else passed over or not.
fn hand_off(sought: &Sought, mode: &str) -> Value {
    json!({ "from": sought.first, "to": sought.then, "mode": mode })
}
