//! Does a log come back from its files as it was, and never otherwise?

mod damage;
mod logs;
mod round_trip;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_model::event_log::EventLog;
use paydirt_model::problem::Problem;
use tempfile::TempDir;

use super::{StoredLog, open_log, write_log};
use crate::new_file::NewFile;
use crate::running::Running;

struct PlainFile(File);

impl Write for PlainFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl NewFile for PlainFile {
    fn finish(self: Box<Self>) -> Result<(), Problem> {
        Ok(())
    }
}

/// The files of a log in a folder of their own.
struct Written {
    folder: TempDir,
    stored: StoredLog,
}

impl Written {
    fn of(log: &EventLog, threads: usize) -> Written {
        let folder = tempfile::tempdir().unwrap();
        let create = |name: &str| -> Result<Box<dyn NewFile>, Problem> {
            Ok(Box::new(PlainFile(File::create_new(folder.path().join(name)).unwrap())))
        };
        let cancelled = AtomicBool::new(false);
        let running = Running { threads, cancelled: &cancelled, progress: &|_, _| {} };
        let stored = write_log(log, "main", &create, &running).unwrap();
        Written { folder, stored }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn open(&self) -> Result<EventLog, Problem> {
        open_log(self.path(), "main", &self.stored, 2)
    }

    /// The log with everything in memory.
    fn read(&self) -> Result<EventLog, Problem> {
        let log = self.open()?;
        log.load_all()?;
        Ok(log)
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path()).unwrap().map(Result::unwrap);
        entries
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect()
    }
}

/// Everything that a log is, as text.
fn told(log: &EventLog) -> String {
    let segments = log.segments().iter().map(|segment| format!("{:?}\n", segment.parts()));
    format!("{:?}\n{}", log.context(), segments.collect::<String>())
}
