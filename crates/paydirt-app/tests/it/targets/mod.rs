//! What holds for every input of every parser? One function for each, given arbitrary bytes.
//!
//! A function returns when everything holds and panics when something does not. The mutation test
//! of this crate and the coverage-guided programs in `fuzz/` run the same functions.

mod files;
mod requests;
mod round_trip;
mod values;
mod workbooks;

use paydirt_model::problem::{Category, Problem};

/// A parser, and what is checked about it.
pub(crate) struct Target {
    /// Name of its corpus in `testdata/fuzz` and of its program in `fuzz`.
    pub(crate) name: &'static str,
    /// Checks one input.
    pub(crate) check: fn(&[u8]),
}

/// Every parser.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "delimited", check: files::delimited },
    Target { name: "encoding", check: values::encoding },
    Target { name: "xes", check: files::xes },
    Target { name: "ocel", check: files::ocel },
    Target { name: "zip", check: files::zip },
    Target { name: "gzip", check: files::gzip },
    Target { name: "parquet", check: files::parquet },
    Target { name: "workbook", check: workbooks::workbook },
    Target { name: "sheet", check: workbooks::sheet },
    Target { name: "dates", check: values::dates },
    Target { name: "types", check: values::types },
    Target { name: "filter", check: requests::filter },
    Target { name: "question", check: requests::question },
    Target { name: "import", check: round_trip::import },
    Target { name: "round_trip", check: round_trip::round_trip },
];

/// Runs one target.
pub(crate) fn check(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a listed target");
    (target.check)(data);
}

/// Most bytes of a problem besides what it quotes of the input.
const PROBLEM_BYTES_MAX: usize = 4_096;

/// A refusal is the fault of the input, says so, and is no longer than what it speaks about.
fn check_problem(problem: &Problem, data: &[u8]) {
    let text = problem.to_string();
    assert_ne!(problem.code.category(), Category::Internal, "{text}");
    assert_ne!(problem.code.category(), Category::Unavailable, "{text}");
    assert!(text.len() <= PROBLEM_BYTES_MAX + 8 * data.len(), "{} bytes: {text}", text.len());
}

/// The first line as text, and the bytes behind it.
fn first_line(data: &[u8]) -> (String, &[u8]) {
    let end = data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len());
    let rest = data.get(end + 1..).unwrap_or_default();
    (String::from_utf8_lossy(&data[..end]).trim_end_matches('\r').to_owned(), rest)
}
