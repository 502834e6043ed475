//! What does one person at the screen ask, and how long do the answers take?

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::{Response, StatusCode};

/// Longest wait for one answer; the server promises to give up before.
const ANSWER_LIMIT: Duration = Duration::from_secs(120);

/// How fast the viewers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// About a second between two requests, as a person reads.
    Browsing,
    /// No pause, nothing that was asked before, and more viewers than may wait.
    Flood,
}

impl Pace {
    pub(super) fn name(self) -> &'static str {
        match self {
            Pace::Browsing => "browsing",
            Pace::Flood => "flood",
        }
    }

    pub(super) fn what(self) -> &'static str {
        match self {
            Pace::Browsing => "each viewer looks at an answer for 0.5 to 1.5 s before the next one",
            Pace::Flood => {
                "three times as many viewers, no pause, every question with a filter that nobody \
                 has asked before"
            }
        }
    }

    /// How many times the stated number of viewers.
    pub(super) fn crowd(self) -> u64 {
        match self {
            Pace::Browsing => 1,
            Pace::Flood => 3,
        }
    }
}

/// How long the answers of one kind took, and what else came.
#[derive(Debug, Default)]
pub(super) struct Kind {
    /// Milliseconds of every answer.
    pub(super) times_ms: Vec<f64>,
    /// Requests that were told to come back later.
    pub(super) refused: u64,
    /// Anything else, by what it was.
    pub(super) faults: BTreeMap<String, u64>,
}

/// What viewers have seen, by kind of request.
#[derive(Debug, Default)]
pub(super) struct Seen(pub(super) BTreeMap<&'static str, Kind>);

impl Seen {
    pub(super) fn merge(&mut self, other: Seen) {
        for (name, kind) in other.0 {
            let into = self.0.entry(name).or_default();
            into.times_ms.extend(kind.times_ms);
            into.refused += kind.refused;
            for (fault, count) in kind.faults {
                *into.faults.entry(fault).or_default() += count;
            }
        }
    }

    pub(super) fn faults(&self) -> u64 {
        self.0.values().flat_map(|kind| kind.faults.values()).sum()
    }

    /// Sends a request, reads the whole answer and notes how it ended; true for an answer.
    fn note<F>(&mut self, name: &'static str, send: F) -> bool
    where
        F: FnOnce() -> Result<Response<ureq::Body>, ureq::Error>,
    {
        let kind = self.0.entry(name).or_default();
        let started = Instant::now();
        let ended = send().and_then(|mut answer| {
            let has_retry_after = answer.headers().contains_key("retry-after");
            answer.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
            Ok((answer.status(), has_retry_after))
        });
        match ended {
            Ok((status, _)) if status.is_success() || status == StatusCode::NOT_MODIFIED => {
                kind.times_ms.push(started.elapsed().as_secs_f64() * 1_000.0);
                return true;
            }
            Ok((StatusCode::SERVICE_UNAVAILABLE, true)) => kind.refused += 1,
            Ok((status, _)) => *kind.faults.entry(format!("status {status}")).or_default() += 1,
            Err(error) => *kind.faults.entry(error.to_string()).or_default() += 1,
        }
        false
    }
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(ANSWER_LIMIT))
        .proxy(None)
        .build()
        .new_agent()
}

/// The newest version of the only log.
pub(super) fn newest_version(address: &str) -> Result<String, String> {
    let mut answer = agent()
        .get(format!("{address}/api/v1/logs"))
        .call()
        .map_err(|error| format!("the list of logs: {error}"))?;
    let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
    let logs: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let version = logs["logs"][0]["current"]["id"].as_str();
    version.map(str::to_owned).ok_or_else(|| format!("there is no log: {text}"))
}

/// Asks whether the server is alive, five times a second.
pub(super) fn watch(address: &str, ended: &AtomicBool) -> Seen {
    let agent = agent();
    let mut seen = Seen::default();
    while !ended.load(Ordering::Relaxed) {
        seen.note("/healthz", || agent.get(format!("{address}/healthz")).call());
        std::thread::sleep(Duration::from_millis(200));
    }
    seen
}

/// One person at the screen.
pub(super) struct Viewer {
    address: String,
    version: String,
    agent: Agent,
    pace: Pace,
    random: u64,
    seen: Seen,
}

/// Values of the demo world that a filter may name.
const REGIONS: [&str; 4] = ["EMEA", "APAC", "North America", "LATAM"];

impl Viewer {
    pub(super) fn new(address: &str, version: &str, number: u64, pace: Pace) -> Self {
        Viewer {
            address: address.to_owned(),
            version: version.to_owned(),
            agent: agent(),
            pace,
            random: (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15),
            seen: Seen::default(),
        }
    }

    /// Asks until the time is over.
    pub(super) fn work(&mut self, until: Instant) -> Seen {
        while Instant::now() < until {
            let was_answered = match self.pace {
                Pace::Browsing => self.browse(),
                Pace::Flood => self.flood(),
            };
            if self.pace == Pace::Browsing || !was_answered {
                std::thread::sleep(Duration::from_millis(500 + self.below(1_000)));
            }
        }
        std::mem::take(&mut self.seen)
    }

    fn browse(&mut self) -> bool {
        match self.below(100) {
            0..20 => {
                self.get("page", "/")
                    && self.get("lists", "/api/v1/logs")
                    && self.get("lists", "/api/v1/jobs")
            }
            20..45 => self.ask("map, as opened", &json!([]), &map_tiles()),
            45..70 => {
                let filters = self.common_filter();
                self.ask("map, filtered", &filters, &map_tiles())
            }
            70..80 => {
                let filters = self.common_filter();
                self.ask("variants", &filters, &json!([tile("variants", &json!({ "limit": 50 }))]))
            }
            80..90 => {
                let params = json!({ "limit": 50, "offset": self.below(200) * 50 });
                self.ask("cases", &json!([]), &json!([tile("cases", &params)]))
            }
            _ => {
                let tiles = json!([tile("throughput", &json!({})), tile("rework", &json!({}))]);
                self.ask("throughput and rework", &json!([]), &tiles)
            }
        }
    }

    /// A map of cases that nobody has asked for before.
    fn flood(&mut self) -> bool {
        let seconds = 86_400 * (1 + self.below(90)) + self.below(86_400);
        let filters = json!([{ "kind": "duration", "min_s": seconds }]);
        self.ask("map, never asked before", &filters, &map_tiles())
    }

    /// One of some forty filters that viewers share.
    fn common_filter(&mut self) -> Value {
        let region = REGIONS[usize::try_from(self.below(4)).unwrap_or(0)];
        let days = [0, 1, 7, 14, 30, 45, 60, 90, 120, 180];
        let seconds = 86_400 * days[usize::try_from(self.below(10)).unwrap_or(0)];
        json!([
            { "kind": "attribute_in", "attribute": "SalesRegion", "values": [region] },
            { "kind": "duration", "min_s": seconds },
        ])
    }

    fn get(&mut self, name: &'static str, path: &str) -> bool {
        let (agent, address) = (&self.agent, &self.address);
        self.seen.note(name, || agent.get(format!("{address}{path}")).call())
    }

    fn ask(&mut self, name: &'static str, filters: &Value, tiles: &Value) -> bool {
        let body = json!({ "version": self.version, "filters": filters, "tiles": tiles });
        let (agent, address) = (&self.agent, &self.address);
        self.seen.note(name, || {
            agent
                .post(format!("{address}/api/v1/analyses"))
                .content_type("application/json")
                .send(body.to_string())
        })
    }

    /// The next number below a bound, of a sequence that is the viewer's own (xorshift64*).
    fn below(&mut self, bound: u64) -> u64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

fn tile(question: &str, params: &Value) -> Value {
    json!({ "id": question, "question": question, "params": params })
}

fn map_tiles() -> Value {
    json!([tile("map", &json!({})), tile("summary", &json!({}))])
}
