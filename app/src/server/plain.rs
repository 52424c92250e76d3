//! What is answered in the open where TLS is ours: whoever issues certificates, a domain's proof that it leads here, and whether
//! the program is alive. Everybody else is led to the same address in https, and no cookie is read.

use std::{sync::Arc, time::Duration};

use poem::{
    Body, Endpoint, Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};
use portico_kernel::{Error, Kernel};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::front::names_one_host;
use crate::certificates::Certificates;

/// RFC 8555, section 8.3.
const CHALLENGES: &str = "/.well-known/acme-challenge/";
const PROOFS: &str = "/.well-known/portico/";
/// More than either is long.
const LONGEST_TOKEN: usize = 200;
/// Questions to the database at a time, so that nobody who asks for tokens without end takes its queue from those who come by
/// https (T37). A turn takes a millisecond, and whoever issues certificates waits for one.
const ASKING: usize = 16;
const PATIENCE: Duration = Duration::from_secs(5);

pub struct Plain {
    kernel: Kernel,
    certificates: Arc<Certificates>,
    asking: Semaphore,
}

impl Plain {
    pub fn new(kernel: Kernel, certificates: Arc<Certificates>) -> Self {
        Self { kernel, certificates, asking: Semaphore::new(ASKING) }
    }

    async fn answer(&self, asked: Asked) -> Response {
        match asked.path.as_str() {
            "/healthz" if asked.is_reading => return words(StatusCode::OK, "ok\n"),
            "/readyz" if asked.is_reading => return self.readiness().await,
            _ => {}
        }
        let Some(host) = asked.host else {
            return words(StatusCode::BAD_REQUEST, "one host is expected\n");
        };
        if let Some(token) = asked.path.strip_prefix(CHALLENGES).filter(|_| asked.is_reading) {
            return told(self.challenge(&host, token).await);
        }
        if let Some(token) = asked.path.strip_prefix(PROOFS).filter(|_| asked.is_reading) {
            return told(self.proof(host, token).await);
        }
        match self.certificates.knows(&host) {
            true => self.lead_on(&host, &asked.target),
            // T7: what a stranger calls us is no address of ours.
            false => words(StatusCode::MISDIRECTED_REQUEST, "nobody is answered at this host\n"),
        }
    }

    async fn readiness(&self) -> Response {
        match self.kernel.check().await {
            Ok(()) => words(StatusCode::OK, "ready\n"),
            Err(_) => words(StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
        }
    }

    async fn challenge(&self, host: &str, token: &str) -> portico_kernel::Result<Option<String>> {
        if !is_token(token) {
            return Ok(None);
        }
        let _turn = self.turn().await?;
        self.kernel.challenge_answer(host, token).await
    }

    async fn proof(&self, host: String, token: &str) -> portico_kernel::Result<Option<String>> {
        if !is_token(token) {
            return Ok(None);
        }
        let _turn = self.turn().await?;
        self.kernel.answer_of_domain(host, token).await
    }

    async fn turn(&self) -> portico_kernel::Result<SemaphorePermit<'_>> {
        match tokio::time::timeout(PATIENCE, self.asking.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Error::Busy),
        }
    }

    /// The address is ours, and only what stands behind it the request's (T7).
    fn lead_on(&self, host: &str, target: &str) -> Response {
        let address = format!("{}{target}", self.kernel.public_url().of_domain(host));
        match HeaderValue::try_from(address) {
            Ok(address) => {
                let mut response = words(StatusCode::PERMANENT_REDIRECT, "");
                response.headers_mut().insert(header::LOCATION, address);
                response
            }
            Err(_) => words(StatusCode::BAD_REQUEST, "the path cannot be read\n"),
        }
    }
}

impl Endpoint for Plain {
    type Output = Response;

    async fn call(&self, req: Request) -> poem::Result<Response> {
        let asked = Asked::by(&req);
        Ok(self.answer(asked).await)
    }
}

/// What counts of a request; its body is not read.
struct Asked {
    is_reading: bool,
    /// `None` where none is named, or two.
    host: Option<String>,
    path: String,
    /// The path and what follows it.
    target: String,
}

impl Asked {
    fn by(req: &Request) -> Self {
        let uri = req.original_uri();
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let target = if target.starts_with('/') { target } else { "/" };
        Self {
            is_reading: matches!(*req.method(), Method::GET | Method::HEAD),
            host: if names_one_host(uri, req.headers()) { host_of(req) } else { None },
            path: uri.path().to_owned(),
            target: target.to_owned(),
        }
    }
}

/// Without the port, in small letters.
fn host_of(req: &Request) -> Option<String> {
    let authority = req.original_uri().authority().map(|authority| authority.as_str());
    let host = req.header(header::HOST).or(authority)?;
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    (!name.is_empty()).then(|| name.to_ascii_lowercase())
}

/// Base64 for addresses, as both kinds are.
fn is_token(token: &str) -> bool {
    let is_of_one = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !token.is_empty() && token.len() <= LONGEST_TOKEN && token.bytes().all(is_of_one)
}

fn told(answer: portico_kernel::Result<Option<String>>) -> Response {
    match answer {
        Ok(Some(answer)) => words(StatusCode::OK, answer),
        Ok(None) => words(StatusCode::NOT_FOUND, "there is nothing here\n"),
        Err(error) => {
            // As many lines as requests would be a flood of their own.
            if !matches!(error, Error::Busy) {
                tracing::warn!(%error, "a proof could not be read");
            }
            words(StatusCode::SERVICE_UNAVAILABLE, "come back later\n")
        }
    }
}

fn words(status: StatusCode, words: impl Into<Body>) -> Response {
    Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(named: &str) -> Option<String> {
        host_of(&Request::builder().header(header::HOST, named).finish())
    }

    #[test]
    fn a_host_is_compared_without_its_port() {
        assert_eq!(host("Studio.Portal.example:80").as_deref(), Some("studio.portal.example"));
        assert_eq!(host("portal.example").as_deref(), Some("portal.example"));
        assert_eq!(host(":80"), None);
        assert_eq!(host_of(&Request::builder().finish()), None);
    }

    #[test]
    fn what_is_no_token_is_not_looked_for() {
        assert!(is_token("evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr_oA"));
        for other in ["", "a/b", "a.b", "ä", "a b", &"a".repeat(201)] {
            assert!(!is_token(other), "{other}");
        }
    }
}
