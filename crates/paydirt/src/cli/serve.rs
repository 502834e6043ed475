//! `paydirt serve`: the server with its page, until Ctrl-C.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use paydirt_app::workspace::Workspace;
use paydirt_model::language::Language;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use serde_json::json;
use tracing::level_filters::LevelFilter;

use super::data::DataArguments;
use super::library::LibraryArguments;
use super::{Failure, failing, print, threads};
use crate::http::{self, ServerSettings};

/// The port when none is named.
pub(super) const USUAL_PORT: u16 = 7350;

/// What `paydirt serve` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt serve\n  \
    paydirt serve --data /srv/paydirt --port 8080\n  \
    paydirt serve --openapi > openapi.json")]
pub(super) struct ServeArguments {
    /// Port to listen on; the next free one when it is taken, 0 for any.
    #[arg(long, default_value_t = USUAL_PORT)]
    port: u16,
    /// Address to listen on. There is no sign-in yet: whoever reaches it sees and changes all.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// A further name under which browsers reach the server; may be given several times.
    #[arg(long = "allow-host", value_name = "NAME")]
    allowed_hosts: Vec<String>,
    /// Largest file that may be sent, such as 500M or 10G.
    #[arg(long, value_name = "SIZE", default_value = "10G", value_parser = size)]
    upload_limit: u64,
    /// Most analyses that wait; further ones are told to come back.
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    queue: usize,
    /// Longest time of a request in seconds; files on their way may take longer.
    #[arg(long, value_name = "SECONDS", default_value_t = 300,
        value_parser = clap::value_parser!(u64).range(1..=86_400))]
    request_limit: u64,
    /// Form of the log on standard error: plain lines or json objects.
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value = "plain",
        hide_possible_values = true
    )]
    log_format: LogFormat,
    /// Print the description of the API (OpenAPI 3.1) and end.
    #[arg(long)]
    openapi: bool,
    /// Print the address as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    library: LibraryArguments,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people.
    Plain,
    /// One JSON object a line.
    Json,
}

/// A number of bytes such as 500M; the units are powers of 1,024.
fn size(text: &str) -> Result<u64, String> {
    let split = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let shift = match unit.to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err("expected a number, with K, M, G or T behind it".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "expected a number such as 10G".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "this is more than can be counted".to_owned())
}

/// Serves.
pub(super) fn run(arguments: &ServeArguments, language: Language) -> Result<(), Failure> {
    if arguments.openapi {
        return print(&http::document());
    }
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    write_log(arguments.log_format, LevelFilter::INFO);
    let workspace = arguments.data.open(threads, language).map_err(fail)?;
    workspace.use_library(arguments.library.load(&arguments.data.folder(), language));
    let settings = ServerSettings {
        bind: arguments.bind,
        port: arguments.port,
        allowed_hosts: arguments.allowed_hosts.clone(),
        upload_bytes_max: arguments.upload_limit,
        queue_max: arguments.queue,
        threads,
        request_limit: Duration::from_secs(arguments.request_limit),
        folder: arguments.data.folder(),
    };
    let folder = settings.folder.clone();
    let listening = |address: SocketAddr| announce(address, &folder, arguments.json, language);
    serve(settings, workspace, language, listening).map_err(fail)
}

/// Serves, with a warning where others than this machine can reach it.
pub(super) fn serve(
    settings: ServerSettings,
    workspace: Arc<Workspace>,
    language: Language,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), Problem> {
    if !settings.bind.is_loopback() {
        let warning = say!(
            "WARNING: listening on {address}, and there is no sign-in yet. Everybody who reaches \
             this address can see, change and delete all data.",
            address = settings.bind.to_string()
        );
        let _ = writeln!(io::stderr(), "paydirt: {}", warning.in_language(language));
    }
    http::serve(settings, workspace, listening)
}

/// Says where the server is.
pub(super) fn announce(address: SocketAddr, folder: &Path, json: bool, language: Language) {
    let url = url(address);
    let folder = folder.display().to_string();
    let line = if json {
        json!({ "address": url, "port": address.port(), "data": folder }).to_string()
    } else {
        say!("Paydirt is at {url} with the data of {folder}. Ctrl-C ends it.", url, folder)
            .in_language(language)
    };
    let mut stdout = io::stdout().lock();
    // Whoever closed the output still has the server.
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

/// The address for a browser on this machine.
pub(super) fn url(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    format!("http://{host}:{}/", address.port())
}

/// Writes the log to standard error.
pub(super) fn write_log(format: LogFormat, level: LevelFilter) {
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(level)
        .with_target(false)
        .with_ansi(false);
    match format {
        LogFormat::Plain => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("10G"), Ok(10 << 30));
        assert_eq!(size("500m"), Ok(500 << 20));
        assert_eq!(size("17"), Ok(17));
        for wrong in ["", "G", "1X", "-1", "99999999999T"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
