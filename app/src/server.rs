//! The server: poem behind our own acceptor, with the modules' router inside the front that every
//! request passes.

mod acceptor;
mod assets;
mod compression;
mod front;
mod lingering;
mod metrics;
mod plain;
mod secured;
mod shedding;

use std::time::Duration;

use anyhow::Context;
use poem::{EndpointExt, Server};
use portico_kernel::Kernel;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

pub use assets::{Assets, show_asset};
pub use metrics::{BOUNDS, MetricsToken, REQUESTS, Requests};

use self::{acceptor::Deadlines, front::Front, plain::Plain, secured::Handshakes};
use crate::{
    certificates::{self, Secured},
    environment::Environment,
};

/// What was accepted may take this long to finish after SIGTERM (T36).
const GRACE: Duration = Duration::from_secs(7);

pub async fn serve(environment: Environment) -> anyhow::Result<()> {
    log_to_standard_error();
    log_panics();
    raise_file_limit();
    let listener = TcpListener::bind(environment.listen)
        .await
        .with_context(|| format!("PORTICO_LISTEN: {} cannot be listened to", environment.listen))?;
    let bound = listener.local_addr()?;
    let configuration = environment.configuration(bound)?;
    let secured = environment.secured(&configuration.public_url)?;
    let index = configuration.data.join("search");
    let secret = environment.secret(&configuration.randomness)?;
    let kernel = Kernel::open(configuration, secret, environment.outside()?)?;
    Assets::install();
    let router = kernel.mount(environment.registry(&index)?);
    kernel.start_background().await?;
    let app = Front::new(kernel.clone(), router.map_to_response().boxed());
    match secured {
        None => {
            announce(&kernel, bound).await?;
            Server::new_with_acceptor(Deadlines::new(listener)?)
                .run_with_graceful_shutdown(app, stop_signal(kernel.clone())?, Some(GRACE))
                .await?;
        }
        Some(secured) => serve_securely(&kernel, app, listener, secured).await?,
    }
    tokio::time::timeout(Duration::from_secs(1), kernel.stop()).await.ok();
    tracing::info!("stopped");
    Ok(())
}

/// At two ports: TLS, and beside it what only leads there.
async fn serve_securely(
    kernel: &Kernel,
    app: Front,
    listener: TcpListener,
    Secured { listen, by }: Secured,
) -> anyhow::Result<()> {
    let secure = TcpListener::bind(listen)
        .await
        .with_context(|| format!("PORTICO_LISTEN_TLS: {listen} cannot be listened to"))?;
    let certificates = certificates::start(kernel, by).await?;
    let handshakes =
        Handshakes::new(Deadlines::new(secure)?, certificates::server_configuration(certificates.clone())?);
    announce(kernel, listener.local_addr()?).await?;
    let plain = Server::new_with_acceptor(Deadlines::new(listener)?).run_with_graceful_shutdown(
        Plain::new(kernel.clone(), certificates),
        kernel.stopping().clone().cancelled_owned(),
        Some(GRACE),
    );
    let secure = Server::new_with_acceptor(handshakes).run_with_graceful_shutdown(
        app,
        stop_signal(kernel.clone())?,
        Some(GRACE),
    );
    tokio::try_join!(plain, secure)?;
    Ok(())
}

/// The two lines that a person waits for at the first start; tools read the port from the first.
async fn announce(kernel: &Kernel, bound: std::net::SocketAddr) -> anyhow::Result<()> {
    println!("listening on http://{bound}");
    let root = kernel.public_url().root();
    match kernel.open_setup().await? {
        Some(token) => println!("set up at {root}/setup?token={}", token.reveal()),
        None => println!("open {root}"),
    }
    Ok(())
}

/// Resolves on SIGTERM or Ctrl-C, after telling event streams and background work to end.
fn stop_signal(kernel: Kernel) -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        kernel.stopping().cancel();
    })
}

fn log_to_standard_error() {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,poem=warn,tantivy=warn"));
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) { lines.init() } else { lines.json().init() }
}

/// As one line like any other, with the request in which it happened.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, cause = panic.payload_as_str().unwrap_or("no words"), "panicked");
    }));
}

/// Every open event stream is an open file.
fn raise_file_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(65_536) {
        tracing::warn!(%error, "the limit on open files stays");
    }
}
