//! Where is the checkout, how is cargo called in it, and which packages does it lock?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// The checkout this task works on.
pub(crate) struct Workspace {
    root: PathBuf,
    cargo: PathBuf,
    target_dir: Option<PathBuf>,
    in_ci: bool,
}

impl Workspace {
    /// Reads where the checkout is; cargo tells a program it runs.
    pub(crate) fn from_environment() -> Result<Workspace, String> {
        let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .ok_or("run it as `cargo xtask`: cargo says where the checkout is")?;
        let root = Path::new(&manifest_dir)
            .parent()
            .ok_or("the folder of xtask has no parent")?
            .to_path_buf();
        let cargo = std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from);
        let in_ci = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
        Ok(Workspace { root, cargo, target_dir: None, in_ci })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn is_in_ci(&self) -> bool {
        self.in_ci
    }

    /// The same checkout, built into `target_dir`.
    pub(crate) fn with_target_dir(&self, target_dir: PathBuf) -> Workspace {
        Workspace {
            root: self.root.clone(),
            cargo: self.cargo.clone(),
            target_dir: Some(target_dir),
            in_ci: self.in_ci,
        }
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target_dir(&self) -> Result<PathBuf, String> {
        Ok(match &self.target_dir {
            Some(folder) => folder.clone(),
            None => {
                let answer = self.cargo_answer(&["metadata", "--format-version=1", "--no-deps"])?;
                let built: Built = serde_json::from_str(&answer).map_err(|fault| {
                    format!("cannot read the answer of cargo metadata: {fault}")
                })?;
                built.target_directory
            }
        })
    }

    /// A cargo call in the checkout.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(&self.root).args(arguments);
        if let Some(target_dir) = &self.target_dir {
            command.env("CARGO_TARGET_DIR", target_dir);
        }
        command
    }

    /// The packages of the lock file.
    pub(crate) fn metadata(&self) -> Result<Metadata, String> {
        let answer = self.cargo_answer(&["metadata", "--format-version=1", "--locked"])?;
        serde_json::from_str(&answer)
            .map_err(|fault| format!("cannot read the answer of cargo metadata: {fault}"))
    }

    /// What cargo prints when it is asked something.
    pub(crate) fn cargo_answer(&self, arguments: &[&str]) -> Result<String, String> {
        let name = arguments.first().unwrap_or(&"");
        let output = self
            .cargo(arguments)
            .output()
            .map_err(|fault| format!("cannot run cargo {name}: {fault}"))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            let reason = String::from_utf8_lossy(&output.stderr);
            Err(format!("cargo {name} failed: {}", reason.trim()))
        }
    }
}

/// The part of `cargo metadata` the tasks read.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    /// Where cargo builds.
    #[serde(default)]
    pub(crate) target_directory: String,
}

/// Where cargo puts what it builds.
#[derive(Debug, Deserialize)]
struct Built {
    target_directory: PathBuf,
}

/// One package of the lock file.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    /// Where it is downloaded from; none for a package of this checkout.
    pub(crate) source: Option<String>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) features: BTreeMap<String, Vec<String>>,
}

impl Package {
    pub(crate) fn is_ours(&self) -> bool {
        self.source.is_none()
    }
}

/// One line of a package's dependency tables.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) kind: DependencyKind,
    /// The folder, when the dependency is a crate of this checkout.
    pub(crate) path: Option<String>,
}

/// What a dependency is needed for; cargo writes null for the ordinary kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "Option<String>")]
pub(crate) enum DependencyKind {
    /// Part of the program.
    #[default]
    Normal,
    /// Runs while the program is built.
    Build,
    /// Needed by tests only.
    Dev,
}

impl From<Option<String>> for DependencyKind {
    fn from(name: Option<String>) -> DependencyKind {
        match name.as_deref() {
            Some("dev") => DependencyKind::Dev,
            Some("build") => DependencyKind::Build,
            _ => DependencyKind::Normal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependency_kind_reads_the_three_spellings_of_cargo() {
        let read = |text: &str| serde_json::from_str::<Dependency>(text).unwrap().kind;
        assert_eq!(read(r#"{"name":"a","kind":null}"#), DependencyKind::Normal);
        assert_eq!(read(r#"{"name":"a","kind":"build"}"#), DependencyKind::Build);
        assert_eq!(read(r#"{"name":"a","kind":"dev"}"#), DependencyKind::Dev);
    }

    #[test]
    fn cargo_runs_in_the_checkout_and_builds_where_told() {
        let workspace = Workspace {
            root: PathBuf::from("checkout"),
            cargo: PathBuf::from("cargo"),
            target_dir: None,
            in_ci: false,
        };
        let command = workspace.with_target_dir(PathBuf::from("cache")).cargo(&["fmt"]);
        assert_eq!(command.get_current_dir(), Some(Path::new("checkout")));
        let variables: Vec<_> = command.get_envs().collect();
        assert_eq!(variables, [("CARGO_TARGET_DIR".as_ref(), Some("cache".as_ref()))]);
    }
}
