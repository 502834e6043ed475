//! Parameters with which every question and every filter is held against the laws. A new entry of
//! a list needs a line here; a law says so when it is missing.

/// Questions with parameters that use all of their fields.
pub(super) const QUESTIONS: &[(&str, &[&str])] = &[
    ("summary", &["{}"]),
    (
        "map",
        &[
            "{}",
            r#"{"auxiliary":true,"times":false,"repetitions":true}"#,
            r#"{"paths":false,"repetitions":true,"values":[{"attribute":"amount"}]}"#,
            r#"{"activities":["a","b","c"],"keep":["b"],"weight":{"attribute":"amount"}}"#,
            r#"{"activities":["a","b"],"shown":{"up_to":50},"rarest_first":true}"#,
            r#"{"weight":{"attribute":"cost"}}"#,
            r#"{"values":[{"attribute":"amount"},{"attribute":"paid","level":"event"},
                {"attribute":"effort"},{"attribute":"score"}],"activities":["a","b","d"]}"#,
        ],
    ),
    (
        "variants",
        &[
            "{}",
            r#"{"limit":5,"offset":2,"auxiliary":true}"#,
            r#"{"activities":["a","検討"],"limit":100}"#,
            r#"{"by":"region","limit":9,"happy_path":true}"#,
            r#"{"by":"won","offset":1,"sizes":true}"#,
        ],
    ),
    (
        "cases",
        &[
            "{}",
            r#"{"sort":"variant","descending":false,"offset":3,"limit":10}"#,
            r#"{"sort":{"attribute":"amount"},"search":"1","attributes":["tag","due"]}"#,
            r#"{"sort":"duration","limit":5,"paths":true}"#,
            r#"{"sort":"events","after":"-4:case 30","offset":2,"limit":7,"marks":100}"#,
            r#"{"sort":"case","after":"0:case 3","limit":9,"ranks":true,"search":"a"}"#,
        ],
    ),
    ("case", &[r#"{"case":"case 0"}"#, r#"{"case":"case 0","offset":1,"limit":2}"#]),
    ("rework", &["{}", r#"{"limit":3,"auxiliary":true}"#]),
    ("activities", &["{}"]),
    ("handovers", &["{}", r#"{"attribute":"tag","limit":3,"auxiliary":true}"#]),
    (
        "dotted",
        &["{}", r#"{"sample":5,"seed":7,"sort":"duration"}"#, r#"{"sample":20,"sort":"start"}"#],
    ),
    ("attributes", &["{}", r#"{"attributes":["tag","paid","at"],"limit":2}"#]),
    (
        "throughput",
        &[
            "{}",
            r#"{"bins":7,"by":"region","period":"week"}"#,
            r#"{"by":"won","ends":["c","d"],"period":"quarter"}"#,
        ],
    ),
    (
        "spectrum",
        &[
            r#"{"from":"a","to":"b"}"#,
            r#"{"from":"a","to":"検討","mode":"eventually","period":"month","lines":7,
                "batch_size":2,"batch_gap_s":86400}"#,
            r#"{"from":"c","to":"c","activities":["a","c","d"],"auxiliary":true,"lines":0}"#,
            r#"{"from":"note","to":"d","auxiliary":true,"lines":3}"#,
        ],
    ),
    (
        "movements",
        &[
            "{}",
            r#"{"limit":60,"seed":3,"by":"region"}"#,
            r#"{"activities":["a","c","検討"],"limit":20,"by":"won"}"#,
            r#"{"auxiliary":true,"limit":0}"#,
        ],
    ),
    (
        "funnel",
        &[
            r#"{"stages":[{"activities":["a"]},{"activities":["b","c"]},{"activities":["d"]}]}"#,
            r#"{"stages":[{"activities":["a","検討"]},{"name":"x","activities":["b"]},
                {"activities":["c"]},{"activities":["d"]}],
                "order":"any","ends":["d"],"cohorts":"month","value":"amount"}"#,
            r#"{"stages":[{"activities":["b"]},{"activities":["a"]}],"value":"paid"}"#,
            r#"{"stages":[{"activities":["b"]}],"value":"score","cohorts":"week","ends":[]}"#,
        ],
    ),
    ("stages", &["{}"]),
    (
        "distribution",
        &[
            "{}",
            r#"{"bins":3,"follows":{"from":["a"],"to":["b","c"],"mode":"directly"}}"#,
            r#"{"follows":{"from":["a"],"to":["検討"],"mode":"eventually","auxiliary":true}}"#,
        ],
    ),
    (
        "neighbours",
        &[
            r#"{"activity":"b","limit":2,"bins":5,"months":12}"#,
            r#"{"path":{"from":"a","to":"b"},"auxiliary":true,"attributes":["tag","paid","won"]}"#,
            r#"{"activity":"c","activities":["a","c"]}"#,
        ],
    ),
    (
        "differences",
        &[
            "{}",
            r#"{"selection":[{"kind":"activity_contains","activities":["a"]},
                {"kind":"attribute_in","attribute":"region","values":["EMEA","日本"]}],
                "few_cases":3,"limit":4}"#,
            r#"{"selection":[{"not":{"kind":"event_count","min":4}}],"few_cases":10,
                "attributes":["tag","score","paid","amount","flag"]}"#,
        ],
    ),
    (
        "comparison",
        &[
            "{}",
            r#"{"a":[{"kind":"activity_contains","activities":["b"]}],"few_cases":3}"#,
            r#"{"a":[{"kind":"attribute_in","attribute":"region","values":["EMEA"]}],
                "b":[{"kind":"event_count","min":3},{"kind":"attribute_in",
                "attribute":"won","values":[true]}],
                "activities":["a","c","検討"],"keep":["c"],"few_cases":1}"#,
            r#"{"b":[{"not":{"kind":"repeats"}}],"auxiliary":true}"#,
        ],
    ),
    (
        "workload",
        &[
            "{}",
            r#"{"attribute":"tag","period":"week","limit":2}"#,
            r#"{"period":"day","limit":3,"hours":true}"#,
        ],
    ),
    (
        "targets",
        &[
            r#"{"targets":[{"of":"path","from":"a","to":"b","at_most_s":86400},
                {"of":"wait","activity":"検討","at_most_s":3600},
                {"of":"work","activity":"c","at_most_s":60},{"of":"case","at_most_s":604800}]}"#,
            r#"{"targets":[{"of":"path","from":"a","to":"c","at_most_s":1},
                {"of":"path","from":"a","to":"c","at_most_s":90000},
                {"of":"wait","activity":"gone","at_most_s":1},{"of":"case","at_most_s":86400}],
                "activities":["a","c"],"auxiliary":true,"ends":["c","d"]}"#,
            r#"{"targets":[]}"#,
        ],
    ),
];

/// Filters with parameters that use all of their fields.
pub(super) const FILTERS: &[(&str, &[&str])] = &[
    (
        "attribute_in",
        &[
            r#"{"attribute":"region","values":["EMEA","日本",null]}"#,
            r#"{"attribute":"tag","values":["ann",""],"level":"event"}"#,
            r#"{"attribute":"score","values":[1,2,3,-4]}"#,
            r#"{"attribute":"price","values":["1.5",0.2,3,null]}"#,
            r#"{"attribute":"won","values":[true]}"#,
            r#"{"attribute":"flag","values":[false,null]}"#,
            r#"{"attribute":"due","values":["2024-01-05T00:00:00Z","2024-01-06T13:00:00+01:00",
                "2023-12-27T00:00:00Z","2024-01-20T12:00:00Z","2024-02-01"]}"#,
            r#"{"attribute":"wait","values":["3600.000001",7200.000001,"-3599.999999"]}"#,
            r#"{"attribute":"paid","values":["1 EUR","2","0.3USD"]}"#,
            r#"{"attribute":"amount","values":["1 EUR",null]}"#,
        ],
    ),
    (
        "attribute_not_in",
        &[
            r#"{"attribute":"region","values":["EMEA"]}"#,
            r#"{"attribute":"resource","values":["ann",null]}"#,
        ],
    ),
    (
        "attribute_range",
        &[
            r#"{"attribute":"score","min":0,"max":12}"#,
            r#"{"attribute":"price","min":"0.55"}"#,
            r#"{"attribute":"cost","max":-0.5}"#,
            r#"{"attribute":"amount","min":1,"currency":"EUR"}"#,
            r#"{"attribute":"paid","max":15,"currency":"USD","level":"event"}"#,
            r#"{"attribute":"wait","min":3600,"max":36000}"#,
        ],
    ),
    (
        "attribute_period",
        &[
            r#"{"attribute":"due","from":"2024-01-01","to":"2024-01-20"}"#,
            r#"{"attribute":"at","from":"2024-01-15T12:00:00Z","level":"event"}"#,
        ],
    ),
    (
        "period",
        &[
            r#"{"mode":"starts","from":"2024-02-01","to":"2024-03-01"}"#,
            r#"{"mode":"ends","from":"2024-02-01","to":"2024-03-01"}"#,
            r#"{"mode":"active","from":"2024-02-01","to":"2024-03-01"}"#,
            r#"{"mode":"contained","from":"2024-02-01","to":"2024-03-01"}"#,
            r#"{"mode":"has_event","from":"2024-02-01","to":"2024-02-10"}"#,
            r#"{"mode":"ends","from":"2024-02-01","to":"2024-03-01","ends":["c","d"]}"#,
            r#"{"mode":"active","from":"2024-02-01","to":"2024-03-01","ends":["d"]}"#,
        ],
    ),
    (
        "activity_contains",
        &[r#"{"activities":["a","検討"]}"#, r#"{"activities":["a","b"],"mode":"all"}"#],
    ),
    ("activity_not_contains", &[r#"{"activities":["a","b"],"mode":"all"}"#]),
    (
        "starts_with",
        &[r#"{"activities":["a","b"]}"#, r#"{"activities":["a","c"],"auxiliary":true}"#],
    ),
    ("ends_with", &[r#"{"activities":["a","note"]}"#, r#"{"activities":["d"],"auxiliary":true}"#]),
    (
        "follows",
        &[
            r#"{"from":["a"],"to":["b","c"],"mode":"directly"}"#,
            r#"{"from":["a"],"to":["b","c"],"mode":"eventually"}"#,
            r#"{"from":["a","d"],"to":["b","a"],"mode":"eventually","within_s":90000}"#,
            r#"{"from":["a","d"],"to":["b","a"],"mode":"eventually","after_s":3600}"#,
            r#"{"from":["a"],"to":["b"],"mode":"directly","within_s":9e4,"after_s":1,
                "auxiliary":true}"#,
        ],
    ),
    (
        "funnel_place",
        &[
            r#"{"stages":[{"activities":["a"]},{"activities":["b","c"]},{"activities":["d"]}],
                "place":"reached","stage":"b / c"}"#,
            r#"{"stages":[{"activities":["a"]},{"name":"x","activities":["b"]}],"order":"any",
                "place":"stopped","stage":"a","next":["c",null]}"#,
            r#"{"stages":[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}],
                "place":"furthest","stage":"a"}"#,
            r#"{"stages":[{"activities":["a"]},{"activities":["b"]}],"place":"skipped",
                "stage":"a"}"#,
            r#"{"stages":[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}],
                "place":"returned","stage":"a","from":"b"}"#,
        ],
    ),
    ("repeats", &["{}", r#"{"activity":"a","at_least":2}"#, r#"{"at_least":3}"#]),
    (
        "variant",
        &[r#"{"ids":["0123456789abcdef"]}"#, r#"{"ids":["0123456789ABCDEF"],"auxiliary":true}"#],
    ),
    (
        "duration",
        &[
            r#"{"min_s":3600,"max_s":2592000}"#,
            r#"{"min_s":3600,"ends":["c","d"]}"#,
            r#"{"min_s":3600,"ends":["d"],"open":true}"#,
        ],
    ),
    (
        "handover",
        &[
            r#"{"from":["ann"],"to":["bob",null]}"#,
            r#"{"from":["ann",null],"attribute":"tag"}"#,
            r#"{"to":["bob"],"auxiliary":true}"#,
        ],
    ),
    (
        "activity_time",
        &[
            r#"{"activities":["a","b"],"measure":"wait","min_s":3600}"#,
            r#"{"activities":["c","検討"],"measure":"work","min_s":60,"max_s":"90000.5"}"#,
            r#"{"activities":["note"],"measure":"wait","max_s":9e4,"auxiliary":true}"#,
        ],
    ),
    ("event_count", &[r#"{"min":2,"max":5}"#]),
    ("case_ids", &[r#"{"ids":["case 1","case 7","nobody"]}"#]),
    ("sample", &[r#"{"share":0.3,"seed":9}"#, r#"{"share":0.5}"#]),
    ("event_activity", &[r#"{"activities":["a","c"]}"#]),
    (
        "event_attribute_in",
        &[
            r#"{"attribute":"resource","values":["ann",null]}"#,
            r#"{"attribute":"tag","values":["bob"]}"#,
        ],
    ),
    (
        "event_attribute_range",
        &[
            r#"{"attribute":"cost","min":0.5,"max":3}"#,
            r#"{"attribute":"paid","min":0,"currency":"EUR"}"#,
        ],
    ),
    ("event_period", &[r#"{"from":"2024-02-01","to":"2024-03-01"}"#]),
];

/// Groupings of activities with parameters that use all of their fields.
pub(super) const GROUPINGS: &[(&str, &[&str])] = &[(
    "group_activities",
    &[
        r#"{"groups":{"z":["a"]}}"#,
        r#"{"groups":{"first":["a","検討"],"b":["b","c","note"]}}"#,
        r#"{"groups":{}}"#,
    ],
)];
