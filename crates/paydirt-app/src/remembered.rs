//! How was a file of this shape read the last time?
//!
//! What is remembered is kept with the versions of the logs, so it is forgotten with them.

use std::sync::Arc;

use paydirt_model::problem::Problem;
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::file_shape::FileShape;
use crate::import::ImportSettings;
use crate::stored_import::KeptSettings;
use crate::workspace::Workspace;

/// The import as which a file was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RememberedImport {
    /// Number of the log.
    pub log: u64,
    /// Name of the log.
    pub name: String,
    /// When its version was published.
    pub created_at: Timestamp,
}

/// How a log was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    import: RememberedImport,
    shape: FileShape,
    settings: ImportSettings,
}

impl Workspace {
    /// How the logs were read, the newest first. What cannot be read is not remembered.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn remembered(&self) -> Result<Arc<[Remembered]>, Problem> {
        let mut all = Vec::new();
        for entry in self.store().logs()? {
            let Some(number) = entry.current else { continue };
            let Ok(version) = self.store().version(entry.id, number) else { continue };
            let Ok(text) = self.store().settings(entry.id, number) else { continue };
            let Ok(kept) = serde_json::from_str::<KeptSettings>(&text) else { continue };
            let (Some(shape), Some(exact)) = (kept.shape, kept.exact) else { continue };
            let (log, created_at) = (entry.id.0, version.created_at);
            let import = RememberedImport { log, name: entry.name, created_at };
            all.push(Remembered { import, shape, settings: recalled_of(exact, kept.reading) });
        }
        all.sort_by_key(|one| std::cmp::Reverse((one.import.created_at, one.import.log)));
        Ok(all.into())
    }
}

/// What is read again as it was: roles, labels and the order of dates. Types are found again, and a
/// zone that nobody has named is doubted again.
fn recalled_of(exact: ImportSettings, reading: ImportSettings) -> ImportSettings {
    let time_zone = reading.time_zone;
    ImportSettings { columns: None, other_columns: None, time_zone, ..exact }
}

/// The settings by which a table is read: those of the newest import of a file of its shape, where
/// there is one.
pub(crate) fn recalled(
    table: &RawTable,
    settings: &ImportSettings,
) -> Option<(ImportSettings, RememberedImport)> {
    if settings.remembered.is_empty() {
        return None;
    }
    let shape = FileShape::of(table);
    let known = settings.remembered.iter().find(|one| one.shape.fits(&shape))?;
    let recalled = ImportSettings {
        // The file has been opened: how its bytes are read is known of itself.
        encoding: settings.encoding.clone(),
        delimiter: settings.delimiter.clone(),
        header: settings.header,
        header_row: settings.header_row,
        sheet: settings.sheet.clone(),
        member: settings.member.clone(),
        only_core: settings.only_core,
        text_columns: settings.text_columns.clone(),
        now: settings.now,
        library: settings.library.clone(),
        ..known.settings.clone()
    };
    Some((recalled, known.import.clone()))
}

impl RememberedImport {
    /// What the report says.
    pub(crate) fn sentence(&self) -> Sentence {
        let at = self.created_at.to_string();
        let day = at.split('T').next().unwrap_or_default();
        say!(
            "columns and labels are read as for \"{log}\" on {day}, whose file had the same \
             columns",
            log = self.name.as_str(),
            day
        )
    }
}
