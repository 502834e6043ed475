//! Does the server stay quick with a hundred people looking, and upright when more is asked of it
//! than the machine can do?
//!
//! `cargo xtask load [--viewers N] [--seconds N] [--deals N]` starts the released program on a
//! loopback port with the demo log, lets viewers work on it in two phases, and rewrites the section
//! of `docs/benchmarks.md` between its markers:
//!
//! - **browsing**: every viewer opens pages, asks and filters, and looks at what came for about a
//!   second in between;
//! - **flood**: three times as many ask something new the moment the last answer came, which is
//!   more than may wait at once.
//!
//! It fails when a request ends in anything but an answer or a stated "come back later" (503 with
//! Retry-After), when the server dies, or when it stops saying that it is alive.

mod report;
mod viewer;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::process;
use crate::workspace::Workspace;
use viewer::{Pace, Seen, Viewer};

/// How much is asked of the server.
struct Settings {
    viewers: u64,
    seconds: u64,
    deals: u64,
}

impl Settings {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let number = |name: &str, usual: u64| -> Result<u64, String> {
            let Some(position) = arguments.iter().position(|argument| argument == name) else {
                return Ok(usual);
            };
            let text = arguments.get(position + 1).map_or("", String::as_str);
            text.parse().map_err(|_| format!("{name} takes a number, not \"{text}\""))
        };
        Ok(Settings {
            viewers: number("--viewers", 100)?,
            seconds: number("--seconds", 30)?,
            // About a million events.
            deals: number("--deals", 60_000)?,
        })
    }
}

/// What one phase showed.
struct Phase {
    name: &'static str,
    what: String,
    seen: Seen,
    elapsed: Duration,
    alive: Seen,
}

/// Everything a run showed.
struct Load {
    title: String,
    phases: Vec<Phase>,
    first_start: Duration,
    second_start: Duration,
    resident_mb: Option<u64>,
    resident_peak_mb: Option<u64>,
}

/// Runs the load test and writes the report.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> bool {
    let measured = Settings::read(arguments).and_then(|settings| measure(workspace, &settings));
    match measured {
        Ok(load) => report::write(workspace.root(), &load),
        Err(fault) => {
            eprintln!("load: {fault}");
            false
        }
    }
}

fn measure(workspace: &Workspace, settings: &Settings) -> Result<Load, String> {
    if !process::succeeds(&mut workspace.cargo(&["build", "--release", "-p", "paydirt"])) {
        return Err("the program does not build".to_owned());
    }
    let folder = Folder::new()?;
    let started = Instant::now();
    let server = Server::start(workspace, settings, &folder.0)?;
    let first_start = started.elapsed();
    drop(server);
    let started = Instant::now();
    let mut server = Server::start(workspace, settings, &folder.0)?;
    let second_start = started.elapsed();
    let version = viewer::newest_version(&server.address)?;
    let phases = vec![
        phase(&mut server, settings, &version, Pace::Browsing)?,
        phase(&mut server, settings, &version, Pace::Flood)?,
    ];
    Ok(Load {
        title: format!(
            "{} viewers, {} s each phase, demo world of {} deals",
            settings.viewers, settings.seconds, settings.deals
        ),
        phases,
        first_start,
        second_start,
        resident_mb: server.memory_mb("VmRSS"),
        resident_peak_mb: server.memory_mb("VmHWM"),
    })
}

/// Lets all viewers work for the stated time, with one more asking whether the server is alive.
fn phase(
    server: &mut Server,
    settings: &Settings,
    version: &str,
    pace: Pace,
) -> Result<Phase, String> {
    println!("load: {} …", pace.name());
    let started = Instant::now();
    let until = started + Duration::from_secs(settings.seconds);
    let ended = AtomicBool::new(false);
    let address = server.address.clone();
    let (seen, alive) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| viewer::watch(&address, &ended));
        let viewers: Vec<_> = (0..settings.viewers * pace.crowd())
            .map(|number| {
                let mut viewer = Viewer::new(&address, version, number, pace);
                scope.spawn(move || viewer.work(until))
            })
            .collect();
        let mut seen = Seen::default();
        for viewer in viewers {
            seen.merge(viewer.join().expect("a viewer never panics"));
        }
        ended.store(true, Ordering::Relaxed);
        (seen, watch.join().expect("the watch never panics"))
    });
    if let Some(status) = server.ended() {
        return Err(format!("the server ended during \"{}\": {status}", pace.name()));
    }
    Ok(Phase {
        name: pace.name(),
        what: pace.what().to_owned(),
        seen,
        elapsed: started.elapsed(),
        alive,
    })
}

/// A folder for the data of the run, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("paydirt-load-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("load: {} is left behind: {error}", self.0.display());
        }
    }
}

/// The program, serving.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(workspace: &Workspace, settings: &Settings, folder: &Path) -> Result<Self, String> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        drop(listener);
        let mut child = Command::new(workspace.target_dir()?.join("release/paydirt"))
            .args(["demo", "--no-open", "--deals", &settings.deals.to_string()])
            .args(["--port", &port.to_string()])
            .arg("--data")
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the program does not start: {error}"))?;
        let stdout = child.stdout.take().expect("stdout was piped above");
        let mut lines = BufReader::new(stdout);
        let mut line = String::new();
        let address = loop {
            line.clear();
            let read = lines.read_line(&mut line).map_err(|error| error.to_string())?;
            if read == 0 {
                return Err("the program ended before it named its address".to_owned());
            }
            if let Some(start) = line.find("http://") {
                let rest = line[start..].trim_end();
                let origin_end = rest[7..].find('/').map_or(rest.len(), |end| end + 7);
                break rest[..origin_end].to_owned();
            }
        };
        // Nobody reads on, so the pipe must be emptied for as long as the program writes.
        std::thread::spawn(move || {
            let mut rest = Vec::new();
            let _ = lines.read_to_end(&mut rest);
        });
        Ok(Server { child, address })
    }

    fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// A figure of the kernel about the program's memory, in megabytes; only Linux has it.
    fn memory_mb(&self, name: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with(name))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1_000)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A run that ends has no use for a polite goodbye; the store must stand it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
