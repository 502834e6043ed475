//! What can be put right without thinking before a commit?

use crate::process;
use crate::tidy;
use crate::workspace::Workspace;

/// Formats, applies the lint fixes the compiler is sure of, then runs tidy.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> bool {
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--fix",
        "--allow-dirty",
        "--allow-staged",
        "--allow-no-vcs",
    ];
    process::succeeds(&mut workspace.cargo(&clippy))
        && process::succeeds(&mut workspace.cargo(&["fmt", "--all"]))
        && tidy::run(workspace, &[])
}
