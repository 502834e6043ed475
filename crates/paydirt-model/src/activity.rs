//! Which activities a log has: codes, and names in the order of their bytes.

use serde::{Deserialize, Serialize};

use crate::problem::{ErrorCode, Problem};
use crate::say;

/// Most different activities one log can hold; a log with more maps the wrong column.
pub const ACTIVITY_COUNT_MAX: usize = 65_535;

/// The number of an activity in its log. Codes follow the byte order of the names, so comparing
/// two codes of one log compares their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActivityCode(u16);

impl ActivityCode {
    /// The code of the activity at this position of the list of names.
    #[must_use]
    pub fn new(idx: u16) -> Self {
        ActivityCode(idx)
    }

    /// The position in the list of names.
    #[inline]
    #[must_use]
    pub fn idx(self) -> usize {
        usize::from(self.0)
    }
}

/// The activity names of one log, sorted by bytes, and which of them are auxiliary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activities {
    names: Vec<String>,
    auxiliary: Vec<bool>,
}

impl Activities {
    /// The list of names; they must be sorted by bytes and distinct. Auxiliary ones are left out
    /// of variants and maps unless asked for; names that do not occur are ignored.
    ///
    /// # Errors
    /// More than [`ACTIVITY_COUNT_MAX`] names.
    pub fn new(names: Vec<String>, auxiliary: &[String]) -> Result<Self, Problem> {
        if names.len() > ACTIVITY_COUNT_MAX {
            return Err(Problem::new(
                ErrorCode::TooManyActivities,
                say!(
                    "The activity column holds {count} different values; at most {max} \
                     are allowed.",
                    count = names.len(),
                    max = ACTIVITY_COUNT_MAX
                ),
            )
            .with_hint(say!("Map a column with the names of steps, not with ids or free text.")));
        }
        debug_assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
        let auxiliary = names.iter().map(|name| auxiliary.contains(name)).collect();
        Ok(Activities { names, auxiliary })
    }

    /// How many activities there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// The name of an activity of this log.
    #[must_use]
    pub fn name(&self, code: ActivityCode) -> &str {
        &self.names[code.idx()]
    }

    /// All names, in the order of their codes.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The code of a name, if it occurs.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<ActivityCode> {
        let idx = self.names.binary_search_by(|candidate| candidate.as_str().cmp(name)).ok()?;
        Some(ActivityCode(u16::try_from(idx).expect("the count is limited")))
    }

    /// The code of a name, or the problem that names it and what does exist.
    ///
    /// # Errors
    /// The name does not occur in the log.
    pub fn require(&self, name: &str) -> Result<ActivityCode, Problem> {
        self.code(name).ok_or_else(|| {
            let known: Vec<&str> = self.names.iter().take(10).map(String::as_str).collect();
            Problem::new(ErrorCode::UnknownActivity, say!("There is no activity \"{name}\".", name))
                .with_hint(say!("The log has {count}: {known} …", count = self.count(), known))
        })
    }

    /// Whether the activity is auxiliary.
    #[must_use]
    pub fn is_auxiliary(&self, code: ActivityCode) -> bool {
        self.auxiliary[code.idx()]
    }

    /// Whether any activity is auxiliary.
    #[must_use]
    pub fn has_auxiliary(&self) -> bool {
        self.auxiliary.iter().any(|&auxiliary| auxiliary)
    }

    /// All codes in order.
    pub fn codes(&self) -> impl Iterator<Item = ActivityCode> + use<> {
        let count = u16::try_from(self.names.len()).expect("the count is limited");
        (0..count).map(ActivityCode)
    }
}
