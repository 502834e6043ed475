//! What the server is: its state, its routes, and the order of what surrounds every request.

mod accept;
mod analyses;
mod answers;
mod body;
mod changes;
mod checks;
mod coverage;
mod demo;
mod download;
mod etag;
mod export;
mod flight;
mod gate;
mod guard;
mod health;
mod help;
mod identity;
mod imports;
mod info;
mod jobs;
mod language;
mod library;
mod logs;
mod metrics;
mod openapi;
mod patience;
mod place;
mod problem;
mod quality;
mod questions;
mod recipes;
mod refusals;
mod settings;
mod surround;
mod templates;
mod ui;
mod uploads;
mod versions;
mod views;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use paydirt_app::jobs::{JobSettings, Jobs};
use paydirt_app::workspace::Workspace;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use self::flight::Flights;
use self::gate::Gate;
use self::metrics::Metrics;

pub(crate) use self::openapi::document;

/// Base of every address of the API.
const API: &str = "/api/v1";
/// Ports tried after the wished one.
const PORTS_TRIED: u16 = 100;

/// How the server is run.
#[derive(Debug, Clone)]
pub(crate) struct ServerSettings {
    /// Address to listen on.
    pub(crate) bind: IpAddr,
    /// Port to listen on; 0 lets the system choose. When it is taken, the next free one.
    pub(crate) port: u16,
    /// Names under which the server may be addressed beside those of the machine itself.
    pub(crate) allowed_hosts: Vec<String>,
    /// Most bytes of an upload.
    pub(crate) upload_bytes_max: u64,
    /// Most analyses that wait.
    pub(crate) queue_max: usize,
    /// Analyses that run at once, and threads of one that runs alone.
    pub(crate) threads: usize,
    /// Longest time for a request other than uploads and downloads.
    pub(crate) request_limit: Duration,
    /// Folder of the data, for its name.
    pub(crate) folder: PathBuf,
}

impl ServerSettings {
    /// A server for this machine alone, with the usual limits.
    pub(crate) fn local(threads: usize, folder: PathBuf) -> Self {
        ServerSettings {
            bind: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            port: 0,
            allowed_hosts: Vec::new(),
            upload_bytes_max: 10 << 30,
            queue_max: 100,
            threads,
            request_limit: Duration::from_secs(300),
            folder,
        }
    }
}

/// Everything a request may need.
pub(crate) struct Server {
    workspace: Arc<Workspace>,
    jobs: Jobs,
    settings: ServerSettings,
    gate: Arc<Gate>,
    downloads: Arc<Gate>,
    flights: Flights,
    metrics: Metrics,
    /// Moves whenever a job changes.
    job_changes: watch::Sender<u64>,
    /// True once the server is to end.
    ending: watch::Sender<bool>,
}

impl Server {
    fn new(settings: ServerSettings, workspace: Arc<Workspace>) -> Result<Arc<Self>, Problem> {
        let (job_changes, _) = watch::channel(0);
        let (ending, _) = watch::channel(false);
        let told = job_changes.clone();
        let job_settings = JobSettings {
            workers: 2,
            threads: settings.threads,
            clock: workspace.clock(),
            changed: Box::new(move || told.send_modify(|change| *change += 1)),
        };
        let keeper = paydirt_app::workspace::job_keeper(&workspace);
        let known = workspace.known_jobs()?;
        Ok(Arc::new(Server {
            jobs: Jobs::start(keeper, known, job_settings)?,
            gate: Arc::new(Gate::new(settings.threads, settings.queue_max)),
            downloads: Arc::new(Gate::new(2, settings.queue_max)),
            flights: Flights::default(),
            metrics: Metrics::default(),
            workspace,
            settings,
            job_changes,
            ending,
        }))
    }

    /// Runs blocking work (the catalogue, files) off the threads that serve connections.
    async fn blocking<R: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Server) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let server = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&server)).await;
        done.unwrap_or_else(|_| Err(fault()))
    }
}

/// The problem of work that ended in a panic.
fn fault() -> Problem {
    Problem::new(ErrorCode::Internal, say!("The work ended in a fault of Paydirt."))
        .with_hint(say!("The log of the server has more; please report it."))
}

/// Serves until asked to end. `listening` is told the address once connections are taken.
///
/// # Errors
/// The address cannot be listened on, or the jobs of earlier runs cannot be read.
pub(crate) fn serve(
    settings: ServerSettings,
    workspace: Arc<Workspace>,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(settings.threads.clamp(2, 16))
        .max_blocking_threads(settings.threads + 64)
        .enable_all()
        .build()
        .map_err(|error| cannot_listen(&settings, &error))?;
    let server = Server::new(settings, workspace)?;
    let done = runtime.block_on(async {
        let listener = listen(&server.settings).await?;
        let address =
            listener.local_addr().map_err(|error| cannot_listen(&server.settings, &error))?;
        let ending =
            accept::Ending::begin().map_err(|error| cannot_listen(&server.settings, &error))?;
        listening(address);
        accept::run(listener, ending, Arc::clone(&server), router(&server)).await;
        Ok(())
    });
    server.jobs.close();
    runtime.shutdown_timeout(Duration::from_secs(5));
    done
}

/// Listens on the wished port, or on the next free one.
async fn listen(settings: &ServerSettings) -> Result<tokio::net::TcpListener, Problem> {
    let mut port = settings.port;
    loop {
        match tokio::net::TcpListener::bind((settings.bind, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let is_last = port == u16::MAX || port - settings.port >= PORTS_TRIED;
                if settings.port == 0 || is_last {
                    return Err(cannot_listen(settings, &error));
                }
                port += 1;
            }
            Err(error) => return Err(cannot_listen(settings, &error)),
        }
    }
}

fn cannot_listen(settings: &ServerSettings, error: &io::Error) -> Problem {
    let address = SocketAddr::new(settings.bind, settings.port);
    Problem::new(
        ErrorCode::AddressInUse,
        say!(
            "Cannot listen on {address}: {error}.",
            address = address.to_string(),
            error = error.to_string()
        ),
    )
    .with_hint(say!("Choose another port or another address."))
}

/// The routes of the API with their descriptions.
fn api() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .merge(health::routes())
        .merge(metrics::routes())
        .merge(info::routes())
        .merge(library::routes())
        .merge(templates::routes())
        .merge(logs::routes())
        .merge(versions::routes())
        .merge(changes::routes())
        .merge(coverage::routes())
        .merge(settings::routes())
        .merge(quality::routes())
        .merge(recipes::routes())
        .merge(views::routes())
        .merge(export::routes())
        .merge(uploads::routes())
        .merge(checks::routes())
        .merge(imports::routes())
        .merge(demo::routes())
        .merge(jobs::routes())
        .merge(analyses::routes())
        .merge(questions::routes())
        .merge(openapi::routes())
}

/// Everything that is served, surrounded by what holds for every request.
fn router(server: &Arc<Server>) -> Router {
    let (routes, _) = api().split_for_parts();
    let packable = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/vnd.apache.parquet"))
        .and(NotForContentType::const_new("application/gzip"))
        .and(NotForContentType::const_new(templates::XLSX))
        .and(NotForContentType::const_new(templates::ZIP));
    routes
        .merge(help::routes())
        .fallback(ui::page)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(CompressionLayer::new().compress_when(packable))
        .layer(from_fn_with_state(Arc::clone(server), surround::surround))
        .with_state(Arc::clone(server))
}

/// A flag that is set when it is dropped: whoever waited has gone.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}
