//! Which log, version, job or upload does an address name?

use std::collections::HashMap;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use paydirt_app::workspace::{LogId, VersionNumber, Workspace};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Deserialize;
use utoipa::IntoParams;

use super::body::Parameters;
use super::problem::Failure;

/// The named parts of an address.
pub(super) struct Place(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Path::<HashMap<String, String>>::from_request_parts(parts, state).await {
            Ok(Path(names)) => Ok(Place(names)),
            Err(rejection) => {
                let reason = rejection.body_text();
                Err(Problem::new(ErrorCode::NoSuchPage, Sentence::from(format!("{reason}.")))
                    .into())
            }
        }
    }
}

/// The address of a log.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what `Place` reads")]
pub(super) struct OfLog {
    /// Number of the log.
    log: u64,
}

/// The address of a version.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what `Place` reads")]
pub(super) struct OfVersion {
    /// Number of the log.
    log: u64,
    /// Number of the version, or `current`.
    version: String,
}

/// The address of a job or an upload.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what `Place` reads")]
pub(super) struct OfId {
    /// Its number.
    id: u64,
}

/// Which log of a version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// What a case is; the main log when not given.
    notion: Option<CaseNotion>,
}

/// One log of a version: the address of the version, and what a case is.
pub(super) struct OneLog {
    pub(super) log: LogId,
    pub(super) version: WhichVersion,
    pub(super) notion: CaseNotion,
}

impl<S: Send + Sync> FromRequestParts<S> for OneLog {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let place = Place::from_request_parts(parts, state).await?;
        let (log, version) = (place.log()?, place.version()?);
        let Parameters(which) = Parameters::<Which>::from_request_parts(parts, state).await?;
        Ok(OneLog { log, version, notion: which.notion.unwrap_or(CaseNotion::Main) })
    }
}

/// A version as an address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhichVersion {
    /// This one.
    Number(VersionNumber),
    /// The one that is current when the request is answered.
    Current,
}

impl WhichVersion {
    /// Whether the address always names the same version.
    pub(super) fn is_fixed(self) -> bool {
        matches!(self, WhichVersion::Number(_))
    }

    /// The number of the version.
    ///
    /// # Errors
    /// There is no such log, or it has no version yet.
    pub(super) fn of(self, workspace: &Workspace, log: LogId) -> Result<VersionNumber, Problem> {
        match self {
            WhichVersion::Number(number) => Ok(number),
            WhichVersion::Current => workspace.resolve(log, None),
        }
    }
}

impl Place {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn number<T: FromStr>(&self, name: &str, code: ErrorCode) -> Result<T, Problem> {
        let text = self.text(name);
        text.parse().map_err(|_| {
            Problem::new(code, say!("\"{text}\" is not a number.", text))
                .in_parameter(name.to_owned())
        })
    }

    /// The log.
    ///
    /// # Errors
    /// It is no number.
    pub(super) fn log(&self) -> Result<LogId, Problem> {
        Ok(LogId(self.number("log", ErrorCode::LogNotFound)?))
    }

    /// The version: a number, or `current`.
    ///
    /// # Errors
    /// It is neither.
    pub(super) fn version(&self) -> Result<WhichVersion, Problem> {
        if self.text("version") == "current" {
            return Ok(WhichVersion::Current);
        }
        let number = self.number("version", ErrorCode::VersionNotFound)?;
        Ok(WhichVersion::Number(VersionNumber(number)))
    }

    /// The job or upload.
    ///
    /// # Errors
    /// It is no number.
    pub(super) fn id(&self, code: ErrorCode) -> Result<u64, Problem> {
        self.number("id", code)
    }

    /// The system of a data template.
    pub(super) fn system(&self) -> &str {
        self.text("system")
    }

    /// The question.
    pub(super) fn question(&self) -> &str {
        self.text("question")
    }
}
