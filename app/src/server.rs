//! The server: poem behind our own acceptor and hyper, with the modules' router inside the front that every
//! request passes.

mod acceptor;
mod assets;
mod compression;
mod connections;
mod front;
mod lingering;
mod metrics;
mod plain;
mod secured;
mod shedding;

use std::time::Duration;

use anyhow::Context;
use poem::EndpointExt;
use portico_kernel::{Kernel, TRACED};
use portico_telemetry::Traces;
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
    memory,
};

/// What was accepted may take this long to finish after SIGTERM (T36).
const GRACE: Duration = Duration::from_secs(7);

pub async fn serve(environment: Environment) -> anyhow::Result<()> {
    let traces = environment.traces()?;
    log_and_trace(traces.as_ref());
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
    memory::keep_giving_back()?;
    let app = Front::new(kernel.clone(), router.map_to_response().boxed());
    match secured {
        None => {
            announce(&kernel, bound).await?;
            connections::serve(Deadlines::new(listener)?, app, stop_signal(kernel.clone())?, GRACE).await;
        }
        Some(secured) => serve_securely(&kernel, app, listener, secured).await?,
    }
    tokio::time::timeout(Duration::from_secs(1), kernel.stop()).await.ok();
    if let Some(traces) = traces {
        traces.finish().await;
    }
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
    let plain = connections::serve(
        Deadlines::new(listener)?,
        Plain::new(kernel.clone(), certificates),
        kernel.stopping().cancelled(),
        GRACE,
    );
    let secure = connections::serve(handshakes, app, stop_signal(kernel.clone())?, GRACE);
    tokio::join!(plain, secure);
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

/// Lines go to standard error. What is traced stands in none of them, and is not even looked at where nobody takes it.
fn log_and_trace(traces: Option<&Traces>) {
    use tracing_subscriber::{EnvFilter, Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,poem=warn,tantivy=warn"));
    let nothing_traced = format!("{TRACED}=off").parse().expect("a target and a level");
    let filter = filter.add_directive(nothing_traced);
    let for_people = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let Some(traces) = traces else {
        let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
        return if for_people { lines.init() } else { lines.json().init() };
    };
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match for_people {
        true => lines.with_filter(filter).boxed(),
        false => lines.json().with_filter(filter).boxed(),
    };
    tracing_subscriber::registry().with(traces.layer(TRACED)).with(lines).init();
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
