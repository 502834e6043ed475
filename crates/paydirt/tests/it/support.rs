//! How a test runs the program and reads what it says.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            code: output.status.code().expect("the program ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("the program writes UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the program writes UTF-8"),
        }
    }

    /// The run, which must have gone well.
    #[track_caller]
    pub(crate) fn ok(self) -> Run {
        assert_eq!(self.code, 0, "{self:?}");
        assert_eq!(self.stderr, "", "a good run says nothing on standard error");
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("standard output is not JSON: {error}: {self:?}"))
    }

    /// The `problem` of a run with `--json` that failed.
    #[track_caller]
    pub(crate) fn problem(&self) -> Value {
        let problem = self.json()["problem"].clone();
        assert!(problem.is_object(), "there is no problem: {self:?}");
        problem
    }
}

/// The program, to be given more than arguments.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_paydirt"));
    command.env_remove("PAYDIRT_THREADS").current_dir(repository());
    for language in ["PAYDIRT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(language);
    }
    // No test sees the data of whoever runs it.
    command.env("PAYDIRT_DATA", repository().join("target/no-data-of-tests"));
    command
}

/// Runs the program.
pub(crate) fn paydirt<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Run {
    Run::of(
        command()
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program starts"),
    )
}

/// Runs a prepared command.
pub(crate) fn run(command: &mut Command) -> Run {
    Run::of(command.output().expect("the program starts"))
}

/// The answer to one question of a file, with flags.
#[track_caller]
pub(crate) fn ask(file: &Path, question: &str, flags: &[&str]) -> Value {
    let mut arguments = vec!["ask", text(file), question, "--json"];
    arguments.extend(flags);
    paydirt(&arguments).ok().json()
}

/// The report on a file that can be imported.
#[track_caller]
pub(crate) fn check(file: &Path, flags: &[&str]) -> Value {
    let mut arguments = vec!["check", text(file), "--json"];
    arguments.extend(flags);
    paydirt(&arguments).ok().json()
}

/// An answer without `context`: what does not depend on the name and kind of the file.
pub(crate) fn body(mut answer: Value) -> Value {
    answer.as_object_mut().expect("an answer is an object").shift_remove("context");
    answer
}

/// A path as text.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("the paths of tests are UTF-8")
}

/// A list of an answer.
#[track_caller]
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("\"{name}\" is no list in {value}"))
}

/// The kinds of the problems of a report.
pub(crate) fn kinds(report: &Value) -> Vec<&str> {
    list(report, "problems").iter().filter_map(|problem| problem["kind"].as_str()).collect()
}

/// The root of the checkout.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A log that comes with the program.
pub(crate) fn shipped(name: &str) -> PathBuf {
    repository().join("testdata/logs/shipped").join(name)
}

/// The folder of public logs and independent answers, where there is one.
pub(crate) fn reference_data() -> Option<PathBuf> {
    let folder = match std::env::var_os("PAYDIRT_REFERENCE_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("../shared/data"),
    };
    folder.join("logs").is_dir().then_some(folder)
}

/// A public log, or nothing where the folder of public logs is absent, which is said.
pub(crate) fn public_log(name: &str) -> Option<PathBuf> {
    let Some(folder) = reference_data() else {
        say("0 comparisons: the folder of public logs is absent");
        return None;
    };
    let file = folder.join("logs").join(name);
    assert!(file.exists(), "{} is missing in the folder of public logs", file.display());
    Some(file)
}

/// A file with this content in a folder.
pub(crate) fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the temporary folder can be written");
    path
}

/// A folder that is gone when the test is over.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is a temporary folder")
}

/// Tells the reader of the test run, such as how many comparisons there were.
pub(crate) fn say(text: &str) {
    writeln!(std::io::stdout(), "{text}").expect("standard output can be written");
}
