//! Which options of the command line do what a problem advises?
//!
//! Problems are phrased for every door, so they name no option; this door adds its own.

use paydirt_app::analyse;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// The problem, with the options that help in its advice.
pub(super) fn with_options(problem: &Problem) -> Problem {
    let problem = problem.clone();
    let Some(options) = options(&problem) else { return problem };
    let hint = match &problem.hint {
        Some(hint) => say!("{hint} {options}", hint, options),
        None => options,
    };
    problem.with_hint(hint)
}

fn options(problem: &Problem) -> Option<Sentence> {
    let options: &[&str] = match problem.code {
        ErrorCode::AmbiguousDate | ErrorCode::DateFormatUnknown => &["--date-format"],
        ErrorCode::EncodingUnknown => &["--encoding"],
        ErrorCode::ColumnRoleMissing => &["--case", "--activity", "--time", "--date"],
        ErrorCode::ObjectTypeNotFound => &["--object-type"],
        ErrorCode::MemberNotFound | ErrorCode::MemberNotChosen => &["--member"],
        ErrorCode::TooManyActivities => &["--activity"],
        ErrorCode::SheetNotFound => &["--sheet"],
        ErrorCode::NoEventKey => &["--key", "--append"],
        ErrorCode::AddressInUse => &["--port", "--bind"],
        ErrorCode::LogExists => &["--append", "--upsert"],
        ErrorCode::InvalidFilter => return Some(help_on("filters")),
        ErrorCode::InvalidParameters => {
            let name = problem.place.parameter.as_deref()?;
            if analyse::filter_schema(Some(name)).is_some() {
                return Some(help_on("filters"));
            }
            return analyse::question_schema(name).is_ok().then(|| help_on(name));
        }
        _ => return None,
    };
    Some(say!("On the command line: {options}.", options))
}

fn help_on(name: &str) -> Sentence {
    say!("`paydirt ask --help {name}` shows what can be set.", name)
}
