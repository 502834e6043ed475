//! Which uploads are read by a job that waits or runs? Those are not deleted.

use std::sync::{Arc, Mutex, MutexGuard};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::workspace::Workspace;

/// The uploads in use, each as often as it is.
pub(crate) type UploadsInUse = Arc<Mutex<Vec<u64>>>;

/// Keeps an upload from being deleted until it is dropped.
#[derive(Debug)]
pub struct UploadUse {
    all: UploadsInUse,
    id: u64,
}

impl Drop for UploadUse {
    fn drop(&mut self) {
        let mut all = lock(&self.all);
        if let Some(idx) = all.iter().position(|known| *known == self.id) {
            all.swap_remove(idx);
        }
    }
}

impl Workspace {
    /// Keeps an upload from being deleted, for as long as a job needs it.
    ///
    /// # Errors
    /// There is no such upload.
    pub fn use_upload(&self, id: u64) -> Result<UploadUse, Problem> {
        let mut all = lock(self.uploads_in_use());
        self.store().upload(id)?;
        all.push(id);
        Ok(UploadUse { all: Arc::clone(self.uploads_in_use()), id })
    }

    /// Deletes an upload that no job needs.
    ///
    /// # Errors
    /// A job needs it, there is no such upload, or the disk does not allow it.
    pub fn delete_upload(&self, id: u64) -> Result<(), Problem> {
        let all = lock(self.uploads_in_use());
        if all.contains(&id) {
            let detail =
                say!("A job that waits or runs needs the upload {id}.", id = id.to_string());
            return Err(Problem::new(ErrorCode::UploadInUse, detail)
                .with_hint(say!("Wait until it is done, or cancel it.")));
        }
        self.store().delete_upload(id)
    }
}

fn lock(all: &UploadsInUse) -> MutexGuard<'_, Vec<u64>> {
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
        let missing = workspace.use_upload(id).unwrap_err();
        assert_eq!(missing.code, ErrorCode::UploadNotFound, "it has not arrived");
        std::fs::write(&upload.path, b"case").unwrap();
        let (one, other) = (workspace.use_upload(id).unwrap(), workspace.use_upload(id).unwrap());
        drop(one);
        let refused = workspace.delete_upload(id).unwrap_err();
        assert_eq!(refused.code, ErrorCode::UploadInUse);
        drop(other);
        workspace.delete_upload(id).unwrap();
        let gone = workspace.use_upload(id).unwrap_err();
        assert_eq!(gone.code, ErrorCode::UploadNotFound);
    }
}
