//! Which numbers of logs and versions were given, also to those that are gone?
//!
//! The catalogue knows it, too. This file beside it is written before a number is given, so that
//! none is given twice should the catalogue be lost.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use paydirt_model::problem::Problem;
use paydirt_model::say;
use serde::{Deserialize, Serialize};

use crate::catalog;
use crate::entries::{LogId, VersionNumber};
use crate::file_layer::FileLayer;
use crate::folder::replace;
use crate::layout::{self, Layout, Numbered};
use crate::recovery::{OpenReport, numbered, read_folder};
use crate::store::Store;

const NUMBERS_FORMAT: u32 = 1;

/// The highest numbers that may have been given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Given {
    format: u32,
    last_log: u64,
    /// By log; a log that is gone needs none, for its own number is not given again.
    last_version: BTreeMap<u64, u64>,
}

/// The file of the given numbers, and what it says.
#[derive(Debug)]
pub(crate) struct Numbers {
    given: Mutex<Given>,
}

impl Numbers {
    /// Reads the file; one that cannot be understood is reported, and made again by
    /// [`Numbers::bring_up_to_date`].
    pub(crate) fn read(layout: &Layout, report: &mut OpenReport) -> Self {
        let given = match std::fs::read(layout.numbers()) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .ok()
                .filter(|given: &Given| given.format == NUMBERS_FORMAT)
                .unwrap_or_else(|| {
                    report.notes.push(say!(
                        "The file \"{name}\" was damaged and is made again from the catalogue and \
                         the versions.",
                        name = layout::NUMBERS
                    ));
                    Given::default()
                }),
            // A store of a release before this file has none.
            Err(_) => Given::default(),
        };
        Numbers { given: Mutex::new(given) }
    }

    /// The highest number that a log may have had.
    pub(crate) fn last_log(&self) -> u64 {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).last_log
    }

    /// The highest number that a version of the log may have had.
    pub(crate) fn last_version(&self, log: LogId) -> u64 {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.last_version.get(&log.0).copied().unwrap_or(0)
    }

    /// Notes on the disk that a number is given to a log.
    pub(crate) fn give_log(&self, store: &Store, log: LogId) -> Result<(), Problem> {
        self.change(&store.layout, &*store.layer, |given| given.raise_log(log.0))
    }

    /// Notes on the disk that a number is given to a version.
    pub(crate) fn give_version(
        &self,
        store: &Store,
        log: LogId,
        number: VersionNumber,
    ) -> Result<(), Problem> {
        self.change(&store.layout, &*store.layer, |given| given.raise_version(log, number.0))
    }

    /// Raises the numbers to what the catalogue and the folders know, at a start.
    pub(crate) fn bring_up_to_date(&self, store: &Store) -> Result<(), Problem> {
        let last_log = catalog::logs::last_number(store.catalogue().reader())?;
        let logs = store.logs()?;
        let mut found = Given { format: NUMBERS_FORMAT, last_log, ..Given::default() };
        for log in &logs {
            let next = catalog::logs::next_version(store.catalogue().reader(), log.id)?;
            found.raise_version(log.id, next.saturating_sub(1));
            found.raise_version(log.id, self.last_version(log.id));
            for entry in read_folder(&store.layout.log(log.id))? {
                found.raise_version(log.id, number_of(numbered(&entry)));
            }
            found.raise_log(log.id.0);
        }
        found.raise_log(self.last_log());
        for entry in read_folder(&store.layout.logs())? {
            found.raise_log(number_of(numbered(&entry)));
        }
        self.change(&store.layout, &*store.layer, |given| *given = found)
    }

    /// What was changed is on the disk before it is believed.
    fn change(
        &self,
        layout: &Layout,
        layer: &dyn FileLayer,
        change: impl FnOnce(&mut Given),
    ) -> Result<(), Problem> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = given.clone();
        changed.format = NUMBERS_FORMAT;
        change(&mut changed);
        if *given == changed {
            return Ok(());
        }
        let json = serde_json::to_vec_pretty(&changed).expect("numbers are plain data");
        replace(layer, layout.folder(), layout::NUMBERS, &json)?;
        *given = changed;
        Ok(())
    }
}

impl Given {
    fn raise_log(&mut self, number: u64) {
        self.last_log = self.last_log.max(number);
    }

    fn raise_version(&mut self, log: LogId, number: u64) {
        if number > 0 {
            let last = self.last_version.entry(log.0).or_default();
            *last = (*last).max(number);
        }
    }
}

fn number_of(name: Option<Numbered>) -> u64 {
    match name {
        Some(Numbered::Live(number) | Numbered::Deleted(number) | Numbered::Damaged(number)) => {
            number
        }
        None => 0,
    }
}
