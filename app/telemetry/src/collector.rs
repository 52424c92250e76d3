use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context;
use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response, ResponseBodyTooLarge};
use tokio::runtime::Handle;

/// For one batch of spans.
pub const PATIENCE: Duration = Duration::from_secs(5);
const CONNECTING: Duration = Duration::from_secs(2);
/// In bytes; a collector answers with a few words, if it says anything.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Between two lines in the log about a collector that takes nothing.
const SILENCE: Duration = Duration::from_secs(300);

/// Sends on the runtime of the program. The exporter's own thread has none, and the blocking client would bring a second one.
#[derive(Debug)]
pub struct Collector {
    client: reqwest::Client,
    runtime: Handle,
    complained_at: Mutex<Option<Instant>>,
}

impl Collector {
    pub fn reach() -> anyhow::Result<Self> {
        // reqwest takes what the process has; an error says that it has one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECTING)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .context("there is no way out")?;
        Ok(Self { client, runtime: Handle::current(), complained_at: Mutex::new(None) })
    }

    fn complain(&self, cause: &str) {
        let mut complained_at = self.complained_at.lock().unwrap_or_else(PoisonError::into_inner);
        if complained_at.is_none_or(|at| at.elapsed() >= SILENCE) {
            *complained_at = Some(Instant::now());
            tracing::warn!(cause, "the collector takes no spans; they are dropped");
        }
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.runtime.spawn(send(self.client.clone(), request)).await;
        let outcome = sent.unwrap_or_else(|stopped| Err(stopped.into()));
        match &outcome {
            Ok(response) if !response.status().is_success() => self.complain(response.status().as_str()),
            Ok(_) => {}
            Err(error) => self.complain(&error.to_string()),
        }
        outcome
    }
}

async fn send(client: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let request = reqwest::Request::try_from(request).map_err(reqwest::Error::without_url)?;
    let mut answer = client.execute(request).await.map_err(reqwest::Error::without_url)?;
    let mut body = Vec::new();
    while let Some(bytes) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        if body.len() + bytes.len() > LONGEST_ANSWER {
            return Err(ResponseBodyTooLarge::new().into());
        }
        body.extend_from_slice(&bytes);
    }
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}
