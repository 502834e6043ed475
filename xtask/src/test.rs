//! How are the tests run?

use std::process::Command;

use crate::process;
use crate::workspace::Workspace;

/// All tests, then the examples in the documentation; arguments go to the first runner.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> bool {
    let tests = process::succeeds(command(workspace).args(arguments));
    let is_whole_run = arguments.is_empty();
    tests && (!is_whole_run || process::succeeds(&mut documentation_command(workspace)))
}

/// The unit and integration tests: with nextest where it is installed.
pub(crate) fn command(workspace: &Workspace) -> Command {
    let has_nextest = process::succeeds_silently(&mut workspace.cargo(&["nextest", "--version"]));
    let mut command = if has_nextest {
        workspace.cargo(&["nextest", "run", "--no-tests=pass"])
    } else {
        workspace.cargo(&["test", "--tests"])
    };
    command.args(["--workspace", "--locked", "--no-fail-fast"]);
    command
}

/// The examples in the documentation, which nextest does not run.
pub(crate) fn documentation_command(workspace: &Workspace) -> Command {
    workspace.cargo(&["test", "--workspace", "--locked", "--doc"])
}
