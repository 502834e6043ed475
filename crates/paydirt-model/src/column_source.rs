//! What of a log is read only when it is asked for, and where from.
//!
//! Core columns (cases, activities, times) are always in memory. The values and the texts of
//! attributes may stay where the log is kept until a question names them: whoever runs questions
//! has them loaded first, so that looking at them cannot fail and costs what a plain array costs.

use std::fmt::Debug;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use crate::attribute::AttributeIdx;
use crate::column::Column;
use crate::event_log::EventLog;
use crate::interner::TextColumn;
use crate::problem::Problem;

/// Where the attributes of a log are kept until they are asked for.
pub trait ColumnSource: Debug + Send + Sync {
    /// The values of an attribute in one segment: of the attribute's type, one for each case or
    /// event of the segment, every text and currency by its number among the `texts` of the
    /// attribute.
    ///
    /// # Errors
    /// The values cannot be read, or are damaged.
    fn column(
        &self,
        segment_idx: usize,
        attribute: AttributeIdx,
        texts: &TextColumn,
    ) -> Result<Column, Problem>;

    /// The texts of a text attribute, or the currencies of a money attribute, by number.
    ///
    /// # Errors
    /// The texts cannot be read, or are damaged.
    fn texts(&self, attribute: AttributeIdx) -> Result<TextColumn, Problem>;

    /// Memory that the source itself takes now, in bytes.
    fn memory_bytes(&self) -> usize {
        0
    }
}

/// What computes attributes of cases from the rest of a log, once they are asked for.
///
/// It is asked with the log that has them, loads what it looks at itself, and may look at every
/// segment; the same log gives the same values.
pub trait Computing: Debug + Send + Sync {
    /// The values of an attribute in one segment: one for each case, every text and currency by
    /// its number among the texts of the attribute, which are in memory.
    ///
    /// # Errors
    /// What it is computed from cannot be read, or is damaged.
    fn column(
        &self,
        log: &EventLog,
        segment_idx: usize,
        attribute: AttributeIdx,
    ) -> Result<Column, Problem>;

    /// The texts of a text attribute, or the currencies of a money attribute, by number.
    ///
    /// # Errors
    /// What it is computed from cannot be read, or is damaged.
    fn texts(&self, log: &EventLog, attribute: AttributeIdx) -> Result<TextColumn, Problem>;
}

/// A part of a log that is in memory, or will be once it is asked for.
///
/// It is used as the part itself; that is a fault of Paydirt, and a panic, before it was loaded.
#[derive(Debug)]
pub struct Deferred<T> {
    value: OnceLock<T>,
    /// Held while loading, so that a part wanted by many at once is read once.
    loading: Mutex<()>,
}

impl<T> Deferred<T> {
    /// A part that is in memory.
    #[must_use]
    pub fn loaded(value: T) -> Self {
        Deferred { value: OnceLock::from(value), loading: Mutex::new(()) }
    }

    /// A part that is not in memory yet.
    #[must_use]
    pub fn absent() -> Self {
        Deferred { value: OnceLock::new(), loading: Mutex::new(()) }
    }

    /// The part, if it is in memory.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value.get()
    }

    /// Loads the part unless it is in memory.
    pub(crate) fn load(&self, read: impl FnOnce() -> Result<T, Problem>) -> Result<(), Problem> {
        if self.value.get().is_some() {
            return Ok(());
        }
        let _loading = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if self.value.get().is_none() {
            let is_set = self.value.set(read()?);
            assert!(is_set.is_ok(), "only the holder of the lock sets the value");
        }
        Ok(())
    }
}

impl<T> Deref for Deferred<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.value.get().expect("what a question reads is declared, and loaded before it looks")
    }
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Self {
        Deferred::loaded(value)
    }
}

impl<T: Clone> Clone for Deferred<T> {
    fn clone(&self) -> Self {
        Deferred { value: self.value.clone(), loading: Mutex::new(()) }
    }
}

impl<T: PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Deferred<T> {}

/// The texts of an attribute, shared by all copies of the attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeTexts(Arc<Deferred<TextColumn>>);

impl AttributeTexts {
    /// No texts at all.
    #[must_use]
    pub fn none() -> Self {
        static NONE: LazyLock<AttributeTexts> =
            LazyLock::new(|| AttributeTexts::from(TextColumn::default()));
        NONE.clone()
    }

    /// Texts that are not in memory yet.
    #[must_use]
    pub fn absent() -> Self {
        AttributeTexts(Arc::new(Deferred::absent()))
    }

    pub(crate) fn deferred(&self) -> &Deferred<TextColumn> {
        &self.0
    }
}

impl Deref for AttributeTexts {
    type Target = TextColumn;

    #[inline]
    fn deref(&self) -> &TextColumn {
        &self.0
    }
}

impl From<TextColumn> for AttributeTexts {
    fn from(texts: TextColumn) -> Self {
        AttributeTexts(Arc::new(Deferred::loaded(texts)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::ErrorCode;

    #[test]
    fn a_part_is_read_once_and_a_failure_is_not_remembered() {
        let part = Deferred::<u8>::absent();
        let failing = || Err(Problem::new(ErrorCode::FileUnreadable, "The disk is gone."));
        assert_eq!(part.load(failing).unwrap_err().code, ErrorCode::FileUnreadable);
        assert_eq!(part.get(), None);
        part.load(|| Ok(7)).unwrap();
        part.load(|| panic!("it is in memory")).unwrap();
        assert_eq!(*part, 7);
    }

    #[test]
    fn a_part_wanted_by_many_at_once_is_read_once() {
        let part = Deferred::<u8>::absent();
        let reads = Mutex::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    part.load(|| {
                        *reads.lock().unwrap() += 1;
                        Ok(7)
                    })
                    .unwrap();
                    assert_eq!(*part, 7);
                });
            }
        });
        assert_eq!(*reads.lock().unwrap(), 1);
    }
}
