//! Which packages does the UI lock, under which licences?
//!
//! Reads a lock file of npm, version 2 or 3: its table `packages` has an entry a folder, and the
//! entry with the empty name is our own package.

use std::collections::BTreeMap;

use serde::Deserialize;

const REGISTRY: &str = "https://registry.npmjs.org/";

/// One locked package of npm.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NpmPackage {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) licence: Option<String>,
    /// Needed while the UI is built or tested, and not in it.
    pub(super) is_dev: bool,
    source: Option<String>,
}

impl NpmPackage {
    pub(super) fn source_fault(&self) -> Option<String> {
        let source = self.source.as_ref()?;
        (!source.starts_with(REGISTRY)).then(|| format!("comes from {source}, not from {REGISTRY}"))
    }
}

#[derive(Deserialize)]
struct LockFile {
    packages: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: Option<String>,
    version: Option<String>,
    license: Option<String>,
    resolved: Option<String>,
    #[serde(default)]
    dev: bool,
    #[serde(default)]
    link: bool,
}

/// All packages but our own.
pub(super) fn packages(lock_file: &str) -> Result<Vec<NpmPackage>, String> {
    let lock: LockFile = serde_json::from_str(lock_file).map_err(|fault| fault.to_string())?;
    let foreign = lock.packages.into_iter().filter_map(|(folder, entry)| {
        let (_, folder_name) = folder.rsplit_once("node_modules/")?;
        if entry.link {
            return None;
        }
        Some(NpmPackage {
            name: entry.name.unwrap_or_else(|| folder_name.to_string()),
            version: entry.version.unwrap_or_default(),
            licence: entry.license,
            is_dev: entry.dev,
            source: entry.resolved,
        })
    });
    Ok(foreign.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_the_lock_file_are_named_by_their_folder() {
        let lock = r#"{"lockfileVersion":3,"packages":{
            "":{"name":"paydirt-web","version":"0.1.0"},
            "node_modules/@scope/a":{"version":"1.0.0","license":"MIT",
                "resolved":"https://registry.npmjs.org/@scope/a/-/a-1.0.0.tgz"},
            "node_modules/b/node_modules/c":{"version":"2.0.0","dev":true,"license":"ISC",
                "resolved":"https://example.com/c.tgz"}}}"#;
        let packages = packages(lock).unwrap();
        let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["@scope/a", "c"]);
        let dev: Vec<bool> = packages.iter().map(|package| package.is_dev).collect();
        assert_eq!(dev, [false, true]);
        let faults: Vec<bool> =
            packages.iter().map(|package| package.source_fault().is_some()).collect();
        assert_eq!(faults, [false, true]);
    }

    #[test]
    fn text_that_is_no_lock_file_is_a_fault() {
        assert!(packages("").is_err());
        assert!(packages("{}").is_err());
    }
}
