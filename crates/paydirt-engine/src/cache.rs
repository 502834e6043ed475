//! Answers already given: because a log version never changes, equal requests have equal answers.
//!
//! The key is the request itself (version, notion, filters, tiles), so nothing ever has to be
//! invalidated. The least recently used answers go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::problem::{Category, ErrorCode, Problem};
use paydirt_model::say;

use crate::analysis::{Analysis, TileAnswer};
use crate::run::{OtherLogs, RunOptions, run_beside};

/// A cache of answers as JSON bytes, bounded by their size.
#[derive(Debug)]
pub struct AnswerCache {
    bytes_max: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    answers: HashMap<String, (Arc<[u8]>, u64)>,
    bytes: usize,
    clock: u64,
}

impl AnswerCache {
    /// A cache of at most so many bytes of answers; 0 keeps nothing.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        AnswerCache { bytes_max, inner: Mutex::default() }
    }

    /// The answer to a request as JSON, told in English: remembered, or computed and remembered.
    ///
    /// # Errors
    /// As [`AnswerCache::answer_in`].
    pub fn answer(
        &self,
        log: &EventLog,
        analysis: &Analysis,
        options: &RunOptions<'_>,
    ) -> Result<Arc<[u8]>, Problem> {
        self.answer_in(Language::English, log, analysis, options)
    }

    /// The answer to a request as JSON, its problems told in a language.
    ///
    /// # Errors
    /// As [`run_beside`]; problems of the whole request are not remembered, nor are answers with a
    /// tile that the machine has failed: it may do better next time.
    pub fn answer_in(
        &self,
        language: Language,
        log: &EventLog,
        analysis: &Analysis,
        options: &RunOptions<'_>,
    ) -> Result<Arc<[u8]>, Problem> {
        self.answer_beside(language, (log, &OtherLogs::new()), analysis, options)
    }

    /// The answer to a request that may name other logs beside its own. Where one of these cannot
    /// be asked, the answer is not remembered: there may be such a version next time.
    ///
    /// # Errors
    /// As [`AnswerCache::answer_in`].
    pub fn answer_beside(
        &self,
        language: Language,
        (log, others): (&EventLog, &OtherLogs),
        analysis: &Analysis,
        options: &RunOptions<'_>,
    ) -> Result<Arc<[u8]>, Problem> {
        let key = key(language, analysis);
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let answer = run_beside(log, others, analysis, options)?.told_in(language);
        let bytes = serde_json::to_vec(&answer).map_err(|error| {
            Problem::new(
                ErrorCode::Internal,
                say!("The answer cannot be written: {error}.", error = error.to_string()),
            )
        })?;
        let bytes: Arc<[u8]> = bytes.into();
        let may_change = answer.tiles.iter().any(has_failed) || others.values().any(Result::is_err);
        if !may_change {
            self.insert(key, &bytes);
        }
        Ok(bytes)
    }

    /// The answer to a request in a language, where it is remembered.
    #[must_use]
    pub fn known_in(&self, language: Language, analysis: &Analysis) -> Option<Arc<[u8]>> {
        self.get(&key(language, analysis))
    }

    fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        let mut inner = self.inner.lock().expect("no thread panics while it holds the cache");
        inner.clock += 1;
        let now = inner.clock;
        let (bytes, used) = inner.answers.get_mut(key)?;
        *used = now;
        Some(Arc::clone(bytes))
    }

    fn insert(&self, key: String, bytes: &Arc<[u8]>) {
        let size = key.len() + bytes.len();
        if size > self.bytes_max {
            return;
        }
        let mut inner = self.inner.lock().expect("no thread panics while it holds the cache");
        inner.clock += 1;
        let now = inner.clock;
        if let Some((old, _)) = inner.answers.insert(key.clone(), (Arc::clone(bytes), now)) {
            inner.bytes -= key.len() + old.len();
        }
        inner.bytes += size;
        while inner.bytes > self.bytes_max {
            let oldest = inner.answers.iter().min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
            if let Some((gone, _)) = inner.answers.remove(&oldest) {
                inner.bytes -= oldest.len() + gone.len();
            }
        }
    }
}

/// The request and the language of its answer.
fn key(language: Language, analysis: &Analysis) -> String {
    let request = serde_json::to_string(analysis).expect("a request is plain data");
    format!("{} {request}", language.code())
}

/// Whether the tile has a problem that is not of what was asked but of reading the log.
fn has_failed(tile: &TileAnswer) -> bool {
    tile.problem.as_ref().is_some_and(|problem| match problem.code.category() {
        Category::Unavailable | Category::Internal => true,
        Category::Invalid => problem.code == ErrorCode::DamagedFile,
        Category::Usage
        | Category::NotFound
        | Category::Conflict
        | Category::NotAllowed
        | Category::OverLimit => false,
    })
}
