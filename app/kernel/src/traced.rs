//! Spans for whoever looks into how long things take, by OpenTelemetry. They name kinds of things, from lists that stand in the
//! source: never a person, an organization, an address, a path or anybody's words. Without a collector each costs one look at
//! a number.

use poem::{Request, http::Method};
use tracing::{Instrument, Span};

/// What the spans that leave the program are made under, as `target`. Nothing else may be, and lines of the log never show them.
pub const TRACED: &str = "portico::traced";

/// The span of the request that carries it.
#[derive(Clone)]
pub struct RequestSpan(pub Span);

/// Names the request's span after the route that answers it, as soon as that is known: before any span within it.
pub(crate) fn name_request(req: &Request, route: &'static str) {
    if let Some(RequestSpan(span)) = req.extensions().get::<RequestSpan>() {
        span.record("otel.name", format!("{} {route}", method_name(req.method())));
        span.record("http.route", route);
    }
}

/// A method of the standards, since anybody can send any word as one.
pub fn method_name(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|name| *name == method.as_str()).unwrap_or("_OTHER")
}

/// Does `work` within `span`, which says then whether it went wrong.
///
/// # Errors
/// What `work` returns.
pub async fn traced<T, E>(
    span: Span,
    work: impl Future<Output = std::result::Result<T, E>>,
) -> std::result::Result<T, E> {
    let outcome = work.instrument(span.clone()).await;
    if outcome.is_err() {
        went_wrong(&span);
    }
    outcome
}

/// A span that has a field `otel.status_code` tells it; what exactly went wrong is in the log.
pub fn went_wrong(span: &Span) {
    span.record("otel.status_code", "ERROR");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_of_somebodys_own_is_not_repeated() {
        let secret = Method::from_bytes(b"AVASECRET").unwrap();
        for (method, name) in [(Method::GET, "GET"), (Method::PATCH, "PATCH"), (secret, "_OTHER")] {
            assert_eq!(method_name(&method), name);
        }
    }
}
