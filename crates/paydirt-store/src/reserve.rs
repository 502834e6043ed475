//! How is there room for deleting when the disk is full?
//!
//! The catalogue cannot forget a version without writing, and a full disk takes no byte more. So
//! a file of stated length keeps room for it: what makes room may use it up, and it is made again
//! as soon as there is room.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::file_layer::FileLayer;
use crate::folder::replace;
use crate::layout::{self, Layout};
use crate::store::Store;

/// Many times what the catalogue writes to forget a version.
const RESERVE_BYTES: usize = 1 << 20;

/// Makes the reserve where it is missing.
pub(crate) fn keep(layout: &Layout, layer: &dyn FileLayer) -> Result<(), Problem> {
    if is_there(layout) {
        return Ok(());
    }
    replace(layer, layout.folder(), layout::RESERVE, &content()).inspect_err(|_| {
        // A half of it would take the room that is left.
        let half = layout.folder().join(format!("{}{}", layout::RESERVE, layout::NEW));
        if half.exists() {
            let _ = layer.remove_file(&half);
        }
    })
}

/// Gives the room of the reserve back to the disk; answers whether there is more room now.
pub(crate) fn release(layout: &Layout, layer: &dyn FileLayer) -> bool {
    // A file system may count the room as free only when the name is gone from the disk.
    layout.reserve().exists()
        && layer.remove_file(&layout.reserve()).is_ok()
        && layer.sync_folder(layout.folder()).is_ok()
}

/// Whether a failure may come from a full disk. Behind a quota, SQLite says no more than that
/// writing failed.
pub(crate) fn may_be_full(problem: &Problem) -> bool {
    matches!(problem.code, ErrorCode::DiskFull | ErrorCode::StoreFailed)
}

fn is_there(layout: &Layout) -> bool {
    std::fs::metadata(layout.reserve())
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() == RESERVE_BYTES as u64)
}

/// Bytes that no file system can make smaller.
fn content() -> Vec<u8> {
    let blocks = (0..RESERVE_BYTES as u64 / 16)
        .flat_map(|block| xxhash_rust::xxh3::xxh3_128(&block.to_le_bytes()).to_le_bytes());
    blocks.collect()
}

impl Store {
    /// Does what makes room or puts the store in order; on a full disk it may use the reserve.
    pub(crate) fn with_reserve<T>(
        &self,
        attempt: impl Fn() -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        match attempt() {
            Err(problem) if may_be_full(&problem) && release(&self.layout, &*self.layer) => {
                attempt()
            }
            done => done,
        }
    }

    /// Changes the catalogue as [`Store::change`] does; on a full disk it may use the reserve.
    pub(crate) fn change_with_reserve<T>(
        &self,
        change: impl Fn(&rusqlite::Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.with_reserve(|| self.change(&change))
    }

    /// Makes the reserve again where it was used. What fails is noted, and tried again later.
    pub(crate) fn keep_reserve(&self) {
        if let Err(problem) = keep(&self.layout, &*self.layer) {
            self.note_once(not_kept(&problem));
        }
    }
}

/// That there is no reserve, and why.
pub(crate) fn not_kept(problem: &Problem) -> Sentence {
    say!(
        "There is no reserve for deleting on a full disk; it is made when there is room: {problem}",
        problem
    )
}
