//! Which uploads are read by a job that waits or runs? Those are not deleted.

use std::sync::{Arc, Mutex, MutexGuard};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::workspace::Workspace;

/// The uploads in use, each as often as it is.
pub(crate) type UploadsInUse = Arc<Mutex<Vec<(u64, Purpose)>>>;

/// What an upload is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be looked at, by any number of jobs at once.
    Check,
    /// To become a version, which happens once.
    Import,
}

/// Keeps an upload from being deleted until it is dropped.
#[derive(Debug)]
pub struct UploadUse {
    all: UploadsInUse,
    id: u64,
    purpose: Purpose,
}

impl Drop for UploadUse {
    fn drop(&mut self) {
        let mut all = lock(&self.all);
        if let Some(idx) = all.iter().position(|known| *known == (self.id, self.purpose)) {
            all.swap_remove(idx);
        }
    }
}

impl Workspace {
    /// Keeps an upload from being deleted, for as long as a job needs it.
    ///
    /// # Errors
    /// There is no such upload, or it is to be imported and another import has it.
    pub fn use_upload(&self, id: u64, purpose: Purpose) -> Result<UploadUse, Problem> {
        let mut all = lock(self.uploads_in_use());
        self.store().upload(id)?;
        if purpose == Purpose::Import && all.contains(&(id, Purpose::Import)) {
            let detail = say!("This file is being imported already, perhaps from another window.");
            return Err(Problem::new(ErrorCode::UploadInUse, detail).with_hint(say!(
                "Wait until that import is done; it is in the list of jobs. To import the file \
                 twice, send it again."
            )));
        }
        all.push((id, purpose));
        Ok(UploadUse { all: Arc::clone(self.uploads_in_use()), id, purpose })
    }

    /// Deletes an upload that no job needs.
    ///
    /// # Errors
    /// A job needs it, there is no such upload, or the disk does not allow it.
    pub fn delete_upload(&self, id: u64) -> Result<(), Problem> {
        let all = lock(self.uploads_in_use());
        if all.iter().any(|(known, _)| *known == id) {
            let detail =
                say!("A job that waits or runs needs the upload {id}.", id = id.to_string());
            return Err(Problem::new(ErrorCode::UploadInUse, detail)
                .with_hint(say!("Wait until it is done, or cancel it.")));
        }
        self.store().delete_upload(id)
    }
}

fn lock(all: &UploadsInUse) -> MutexGuard<'_, Vec<(u64, Purpose)>> {
    all.lock().expect("no thread panics while it holds the uploads in use")
}

#[cfg(test)]
mod tests {
    use paydirt_model::time::Timestamp;

    use super::*;
    use crate::workspace::WorkspaceLimits;

    #[test]
    fn an_upload_is_deleted_once_nobody_needs_it() {
        let folder = tempfile::tempdir().unwrap();
        let clock = || Timestamp::from_us(0).unwrap();
        let limits = WorkspaceLimits::standard(1);
        let workspace = Workspace::open(folder.path(), clock, limits).unwrap();
        let upload = workspace.new_upload("deals.csv").unwrap();
        let id = upload.id;
        let missing = workspace.use_upload(id, Purpose::Check).unwrap_err();
        assert_eq!(missing.code, ErrorCode::UploadNotFound, "it has not arrived");
        std::fs::write(&upload.path, b"case").unwrap();
        let one = workspace.use_upload(id, Purpose::Check).unwrap();
        let other = workspace.use_upload(id, Purpose::Import).unwrap();
        let twice = workspace.use_upload(id, Purpose::Import).unwrap_err();
        assert_eq!(twice.code, ErrorCode::UploadInUse, "one import at a time");
        drop(one);
        let refused = workspace.delete_upload(id).unwrap_err();
        assert_eq!(refused.code, ErrorCode::UploadInUse);
        drop(other);
        workspace.delete_upload(id).unwrap();
        let gone = workspace.use_upload(id, Purpose::Check).unwrap_err();
        assert_eq!(gone.code, ErrorCode::UploadNotFound);
    }
}
