//! How connections come and go: a bounded number, no slow headers, a graceful end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::Server;
use super::patience::Patient;

/// Most connections at once; further ones wait in the queue of the system.
const CONNECTIONS_MAX: usize = 1_024;
/// Longest time for the head of a request, the wait for it included.
const HEAD_LIMIT: Duration = Duration::from_secs(60);
/// Most bytes of the head of a request: its first line and its fields.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Most fields of the head of a request.
const HEAD_FIELDS_MAX: usize = 100;
/// Longest time for requests to finish when the server ends.
const END_LIMIT: Duration = Duration::from_secs(30);
/// Wait after the system had no descriptor for a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until the server is asked to end, then lets running requests finish.
pub(super) async fn run(
    listener: TcpListener,
    mut ending: Ending,
    server: Arc<Server>,
    routes: Router,
) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Some(HEAD_LIMIT))
        .max_header_size(HEAD_BYTES_MAX)
        .max_headers(HEAD_FIELDS_MAX)
        .max_buf_size(HEAD_BYTES_MAX);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&connections).acquire_owned() => permit,
            () = ending.heard() => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = ending.heard() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(error = %error, "a connection could not be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(routes.clone());
        let stream = TokioIo::new(Patient::new(stream));
        let connection = http.serve_connection(stream, service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that hangs up or sends no HTTP is not worth a line in the log.
            let _ = watched.await;
            drop(permit);
        });
    }
    drop(listener);
    tracing::info!("ending: no new connections; running requests finish");
    server.ending.send_replace(true);
    let closing = Arc::clone(&server);
    let jobs = tokio::task::spawn_blocking(move || closing.jobs.close());
    tokio::spawn(end_at_once(ending));
    let _ = tokio::time::timeout(END_LIMIT, graceful.shutdown()).await;
    let _ = jobs.await;
}

/// Hears requests to end the program: Ctrl-C and, where there is such a thing, SIGTERM.
pub(super) struct Ending {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Ending {
    /// Begins to listen; what comes from now on is heard.
    ///
    /// # Errors
    /// The system does not allow it.
    #[cfg(unix)]
    pub(super) fn begin() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
        Ok(Ending { signals })
    }

    /// Begins to listen; what comes from now on is heard.
    ///
    /// # Errors
    /// The system does not allow it.
    #[cfg(not(unix))]
    pub(super) fn begin() -> io::Result<Self> {
        Ok(Ending {})
    }

    /// Returns when somebody asks the program to end.
    #[cfg(unix)]
    async fn heard(&mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    /// Returns when somebody asks the program to end.
    #[cfg(not(unix))]
    async fn heard(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Ends the program at the second request to end. A version that is being published is there or
/// is not: the store takes care of that.
async fn end_at_once(mut ending: Ending) {
    /// What a shell reports of a program that Ctrl-C has ended.
    const INTERRUPTED: i32 = 130;
    ending.heard().await;
    std::process::exit(INTERRUPTED);
}
