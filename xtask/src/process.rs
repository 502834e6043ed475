//! How is another program run, and what is done when it does not come back?

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// What a finished program said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a program on the developer's terminal. True when it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(fault) => {
            eprintln!("cannot run {:?}: {fault}", command.get_program());
            false
        }
    }
}

/// Runs a program silently. True when it exists and succeeded.
pub(crate) fn succeeds_silently(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program and collects its output; kills it after `limit`.
///
/// Both pipes are read while the program runs, so that a full pipe cannot stop it.
pub(crate) fn answer_within(command: &mut Command, limit: Duration) -> Result<Answer, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|fault| format!("cannot be started: {fault}"))?;
    let stdout = read_aside(child.stdout.take().expect("stdout was piped above"));
    let stderr = read_aside(child.stderr.take().expect("stderr was piped above"));
    let started = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if started.elapsed() < limit => thread::sleep(POLL_INTERVAL),
            Ok(None) => {
                // A killed program's own children may hold the pipes: the readers are left behind.
                return match child.kill().and_then(|()| child.wait()) {
                    Ok(_) => Err(format!("gave no answer within {} s", limit.as_secs())),
                    Err(fault) => Err(format!("gave no answer and cannot be ended: {fault}")),
                };
            }
            Err(fault) => return Err(format!("cannot be waited for: {fault}")),
        }
    };
    Ok(Answer { status, stdout: text_of(stdout), stderr: text_of(stderr) })
}

fn read_aside(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a broken pipe is still worth showing.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

fn text_of(reader: thread::JoinHandle<Vec<u8>>) -> String {
    let bytes = reader.join().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cargo() -> Command {
        Command::new(env!("CARGO"))
    }

    #[test]
    fn answer_holds_what_the_program_printed() {
        let answer = answer_within(cargo().arg("--version"), Duration::from_secs(60)).unwrap();
        assert!(answer.status.success());
        assert!(answer.stdout.starts_with("cargo "), "{}", answer.stdout);
        assert_eq!(answer.stderr, "");
    }

    #[test]
    fn missing_program_is_a_reason_and_not_a_panic() {
        let mut missing = Command::new("paydirt-no-such-program");
        assert!(answer_within(&mut missing, Duration::from_secs(1)).is_err());
        assert!(!succeeds_silently(&mut missing));
    }

    #[cfg(unix)]
    #[test]
    fn program_that_never_ends_is_given_up() {
        let mut endless = Command::new("tail");
        endless.args(["-f", "/dev/null"]);
        let reason = answer_within(&mut endless, Duration::from_millis(10)).unwrap_err();
        assert_eq!(reason, "gave no answer within 0 s");
    }
}
