//! Is the checkout fit to be merged? Runs what continuous integration runs, on cargo alone.
//!
//! Every step runs even after an earlier one failed, so that one run shows all faults; only steps
//! that need compiled tests are left out when the tests do not compile.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::advisories::{self, Verdict};
use crate::browser;
use crate::licences;
use crate::process;
use crate::test;
use crate::tidy;
use crate::web;
use crate::workspace::Workspace;

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// Not done, with the reason; does not fail the run.
    NotChecked(String),
    /// Not done, because a step it needs failed.
    LeftOut(&'static str),
}

/// One step; `needs` names an earlier step without which it makes no sense.
struct Step {
    name: &'static str,
    needs: Option<&'static str>,
    run: fn(&Workspace) -> Outcome,
}

const STEPS: &[Step] = &[
    Step { name: "format", needs: None, run: check_format },
    Step { name: "tidy", needs: None, run: |workspace| passed_if(tidy::run(workspace, &[])) },
    Step {
        name: "licences",
        needs: None,
        run: |workspace| passed_if(licences::run(workspace, &[])),
    },
    Step { name: "advisories", needs: None, run: check_advisories },
    Step {
        name: web::PACKAGES.name,
        needs: None,
        run: |workspace| passed_if(web::PACKAGES.passes(workspace)),
    },
    Step {
        name: web::LINT.name,
        needs: Some(web::PACKAGES.name),
        run: |workspace| passed_if(web::LINT.passes(workspace)),
    },
    Step {
        name: web::TYPES.name,
        needs: Some(web::PACKAGES.name),
        run: |workspace| passed_if(web::TYPES.passes(workspace)),
    },
    Step {
        name: web::API.name,
        needs: Some(web::PACKAGES.name),
        run: |workspace| passed_if(web::API.passes(workspace)),
    },
    Step {
        name: web::TESTS.name,
        needs: Some(web::PACKAGES.name),
        run: |workspace| passed_if(web::TESTS.passes(workspace)),
    },
    Step {
        name: web::SIZE.name,
        needs: Some(web::PACKAGES.name),
        run: |workspace| passed_if(web::SIZE.passes(workspace)),
    },
    Step { name: "clippy", needs: None, run: check_clippy },
    Step { name: "compile tests", needs: None, run: compile_tests },
    Step {
        name: "tests",
        needs: Some("compile tests"),
        run: |workspace| passed_if(process::succeeds(&mut test::command(workspace))),
    },
    Step {
        name: "doc tests",
        needs: Some("compile tests"),
        run: |workspace| passed_if(process::succeeds(&mut test::documentation_command(workspace))),
    },
    Step { name: "docs", needs: Some("compile tests"), run: build_docs },
    Step {
        name: BROWSER_STEP,
        needs: Some("compile tests"),
        run: |workspace| passed_if(browser::run(workspace, &[])),
    },
];

/// The one step that may be left out on request.
const BROWSER_STEP: &str = "browser";

/// What leaves it out.
const NO_BROWSER: &str = "--no-browser";

/// What the developer asked for: whether the browser step is left out.
fn leaves_browser_out(in_ci: bool, arguments: &[String]) -> Result<bool, String> {
    if let Some(unknown) = arguments.iter().find(|argument| *argument != NO_BROWSER) {
        return Err(format!("\"{unknown}\" is not known; there is only {NO_BROWSER}"));
    }
    if !arguments.is_empty() && in_ci {
        return Err(format!("{NO_BROWSER} is refused where CI=true: nothing may be left out"));
    }
    Ok(!arguments.is_empty())
}

/// Runs all steps and prints each with its time; true when none failed.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> bool {
    let no_browser = match leaves_browser_out(workspace.is_in_ci(), arguments) {
        Ok(no_browser) => no_browser,
        Err(fault) => {
            eprintln!("ci: {fault}");
            return false;
        }
    };
    let cached = ci_target_dir(workspace).map(|folder| workspace.with_target_dir(folder));
    let workspace = cached.as_ref().unwrap_or(workspace);
    let started = Instant::now();
    let mut results: Vec<StepResult> = Vec::new();
    for step in STEPS {
        println!("── {}", step.name);
        let step_started = Instant::now();
        let outcome = match missing_need(step, &results) {
            Some(need) => Outcome::LeftOut(need),
            None if no_browser && step.name == BROWSER_STEP => {
                Outcome::NotChecked(format!("{NO_BROWSER} was given: no story ran in a browser"))
            }
            None => (step.run)(workspace),
        };
        let result = StepResult { name: step.name, outcome, elapsed: step_started.elapsed() };
        println!("   {}\n", result.line());
        results.push(result);
    }
    println!("── summary, {:.1} s", started.elapsed().as_secs_f64());
    for result in &results {
        println!("   {}", result.line());
    }
    let failed: Vec<&str> =
        results.iter().filter(|result| result.failed()).map(|r| r.name).collect();
    if failed.is_empty() {
        println!("ci: passed");
    } else {
        println!("ci: failed: {}", failed.join(", "));
    }
    failed.is_empty()
}

/// One line of the summary.
struct StepResult {
    name: &'static str,
    outcome: Outcome,
    elapsed: Duration,
}

impl StepResult {
    fn failed(&self) -> bool {
        self.outcome == Outcome::Failed
    }

    fn line(&self) -> String {
        let word = match &self.outcome {
            Outcome::Passed => "passed".to_string(),
            Outcome::Failed => "FAILED".to_string(),
            Outcome::NotChecked(reason) => format!("not checked, because {reason}"),
            Outcome::LeftOut(need) => format!("left out, because \"{need}\" failed"),
        };
        format!("{:<14}{:>7.1} s  {word}", self.name, self.elapsed.as_secs_f64())
    }
}

fn missing_need(step: &Step, results: &[StepResult]) -> Option<&'static str> {
    let need = step.needs?;
    results.iter().any(|result| result.name == need && result.failed()).then_some(need)
}

fn passed_if(is_fine: bool) -> Outcome {
    if is_fine { Outcome::Passed } else { Outcome::Failed }
}

/// Checks the packages as cargo knows them, and then every file: the formatter does not find the
/// modules that a macro declares.
fn check_format(workspace: &Workspace) -> Outcome {
    let packages_pass = process::succeeds(&mut workspace.cargo(&["fmt", "--all", "--check"]));
    let files_pass = match tidy::rust_paths(workspace) {
        Ok(paths) => process::succeeds(&mut format_check(workspace.root(), &paths)),
        Err(fault) => {
            println!("format: {fault}");
            false
        }
    };
    passed_if(packages_pass && files_pass)
}

/// The edition is that of `.rustfmt.toml`.
fn format_check(root: &Path, paths: &[String]) -> Command {
    let mut command = Command::new("rustfmt");
    command.current_dir(root).args(["--check", "--"]).args(paths);
    command
}

fn check_clippy(workspace: &Workspace) -> Outcome {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    passed_if(process::succeeds(&mut workspace.cargo(&arguments)))
}

fn check_advisories(workspace: &Workspace) -> Outcome {
    match advisories::check(workspace) {
        Verdict::Clean => Outcome::Passed,
        Verdict::Found(named) => {
            println!("advisories: {named}");
            Outcome::Failed
        }
        Verdict::NotChecked(reason) => {
            println!("advisories: not checked, because {reason}");
            Outcome::NotChecked(reason)
        }
    }
}

fn compile_tests(workspace: &Workspace) -> Outcome {
    let arguments = ["test", "--workspace", "--locked", "--tests", "--no-run", "--quiet"];
    passed_if(process::succeeds(&mut workspace.cargo(&arguments)))
}

fn build_docs(workspace: &Workspace) -> Outcome {
    let arguments = ["doc", "--workspace", "--locked", "--no-deps", "--quiet"];
    passed_if(process::succeeds(workspace.cargo(&arguments).env("RUSTDOCFLAGS", "-D warnings")))
}

/// A folder that outlives the checkout, so that the next run need not compile all packages again.
/// None on a developer's machine, where the folder is already chosen, or where it cannot be made.
fn ci_target_dir(workspace: &Workspace) -> Option<PathBuf> {
    if !workspace.is_in_ci() || std::env::var_os("CARGO_TARGET_DIR").is_some() {
        return None;
    }
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    let folder = cache.join("paydirt-ci").join("target");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(name: &'static str, outcome: Outcome) -> StepResult {
        StepResult { name, outcome, elapsed: Duration::from_millis(1_500) }
    }

    #[test]
    fn failed_need_leaves_the_step_out() {
        let step = Step { name: "tests", needs: Some("compile"), run: |_| Outcome::Passed };
        let failed = [result("compile", Outcome::Failed)];
        assert_eq!(missing_need(&step, &failed), Some("compile"));
        let passed = [result("compile", Outcome::Passed)];
        assert_eq!(missing_need(&step, &passed), None);
    }

    #[test]
    fn failed_step_that_is_not_needed_stops_nothing() {
        let step = Step { name: "clippy", needs: None, run: |_| Outcome::Passed };
        assert_eq!(missing_need(&step, &[result("format", Outcome::Failed)]), None);
    }

    #[test]
    fn every_need_is_an_earlier_step() {
        for (idx, step) in STEPS.iter().enumerate() {
            let Some(need) = step.needs else { continue };
            assert!(STEPS.iter().take(idx).any(|earlier| earlier.name == need), "{}", step.name);
        }
    }

    #[test]
    fn a_file_that_no_mod_line_names_is_checked_for_its_format() {
        let folder = std::env::temp_dir().join(format!("paydirt-format-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let passes = |text: &str| {
            std::fs::write(folder.join("a.rs"), text).unwrap();
            process::succeeds_silently(&mut format_check(&folder, &["a.rs".to_owned()]))
        };
        let found = ["fn a() {}\n", "fn  a() {}\n"].map(passes);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [true, false]);
    }

    #[test]
    fn the_browser_is_left_out_on_request_but_never_in_ci() {
        let asked = [NO_BROWSER.to_owned()];
        assert_eq!(leaves_browser_out(false, &[]), Ok(false));
        assert_eq!(leaves_browser_out(false, &asked), Ok(true));
        assert!(leaves_browser_out(true, &asked).is_err());
        assert!(leaves_browser_out(false, &["--quick".to_owned()]).is_err());
    }

    #[test]
    fn line_says_why_nothing_was_checked() {
        let line = result("advisories", Outcome::NotChecked("no database".into())).line();
        assert_eq!(line, "advisories        1.5 s  not checked, because no database");
    }
}
