//! Where in a list of cases does a page begin? A place of the list as a text, and the places after
//! every so many cases.

use std::cmp::Ordering;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};

/// Longest list whose places are told, in cases.
pub(super) const MARKED_CASES_MAX: usize = 2_000_000;

/// Fewest cases between two marks.
const STEP_MIN: u64 = 100;

/// The place after a case: the number that orders it, and its id.
#[derive(Debug)]
pub(super) struct Cursor {
    pub(super) key: i128,
    pub(super) id: String,
}

impl Cursor {
    /// # Errors
    /// The text is none that an answer gave.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let parts = text.split_once(':');
        let cursor = parts.and_then(|(key, id)| Some((key.parse().ok()?, id)));
        cursor.map(|(key, id)| Cursor { key, id: id.to_owned() }).ok_or_else(|| {
            let detail = say!("\"{text}\" is no place of a list of cases.", text);
            Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("after").with_hint(
                say!("Give the place where an earlier answer went on, as it stands there."),
            )
        })
    }
}

/// The text of the place after a case.
pub(super) fn text(key: i128, id: &str) -> String {
    format!("{key}:{id}")
}

/// After how many cases a place is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkedStep(usize);

impl MarkedStep {
    /// # Errors
    /// The places would be too close to one another.
    pub(super) fn new(step: u64) -> Result<Self, Problem> {
        let step = usize::try_from(step).ok().filter(|_| STEP_MIN <= step);
        step.map(MarkedStep).ok_or_else(|| {
            let detail = say!("Places are told after every {min} cases or more.", min = STEP_MIN);
            Problem::new(ErrorCode::OverLimit, detail).in_parameter("marks")
        })
    }
}

/// Where every case of the list stands.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Marks {
    places: Vec<(i128, Box<str>)>,
    is_over: bool,
}

impl Marks {
    pub(super) fn note(&mut self, key: i128, id: &str) {
        if self.places.len() < MARKED_CASES_MAX {
            self.places.push((key, id.into()));
        } else {
            self.is_over = true;
        }
    }

    pub(super) fn merge(&mut self, mut other: Marks) {
        self.places.append(&mut other.places);
        self.is_over |= other.is_over;
        if MARKED_CASES_MAX < self.places.len() {
            self.places.truncate(MARKED_CASES_MAX);
            self.is_over = true;
        }
    }

    /// The places after every `step` cases of the list.
    ///
    /// # Errors
    /// The list is too long.
    pub(super) fn texts(
        mut self,
        step: MarkedStep,
        order: impl Fn((i128, &str), (i128, &str)) -> Ordering,
    ) -> Result<Vec<String>, Problem> {
        if self.is_over {
            let detail = say!(
                "The list has more than {max} cases, too many to enter it anywhere.",
                max = MARKED_CASES_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail)
                .in_parameter("marks")
                .with_hint(say!("Filter the log, or go through the list from its beginning.")));
        }
        self.places.sort_unstable_by(|left, right| order((left.0, &left.1), (right.0, &right.1)));
        let marks = self.places.chunks_exact(step.0).filter_map(|chunk| chunk.last());
        Ok(marks.map(|(key, id)| text(*key, id)).collect())
    }
}
