//! What every request passes: a number for the log, the client's address, answers for whatever
//! fails before a guard knows who is asking, and the headers that keep pages private.

use std::{net::IpAddr, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use poem::{
    Addr, Endpoint, Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    web::RemoteAddr,
};
use portico_kernel::{
    ClientAddress, Error, FrameOrigin, Kernel, Reader, RequestId, RequestSpan, TRACED, answer_errors,
    method_name, wants_json, went_wrong,
};
use portico_ui::{Language, Text};
use tracing::{Instrument, Span, field::Empty};

use super::{
    compression,
    lingering::lingering,
    metrics::{REQUESTS, RouteClass},
    shedding::Places,
};

/// Scripts, styles and frames from here only, nothing inline, nothing evaluated; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; object-src 'none'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What of it gives way on a page that shows somebody else's.
const OWN_FRAMES: &str = "frame-src 'self'";

const STANDARD: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

pub struct Front {
    kernel: Kernel,
    inner: BoxEndpoint<'static>,
    places: Places,
}

impl Front {
    pub fn new(kernel: Kernel, inner: BoxEndpoint<'static>) -> Self {
        Self { kernel, inner, places: Places::default() }
    }

    async fn answer(&self, req: Request) -> Response {
        let request_id = req.extensions().get::<RequestId>().cloned().unwrap_or_default();
        let accept_language = req.header(header::ACCEPT_LANGUAGE).and_then(Language::from_accept_language);
        let reader = Reader {
            text: Text::new(accept_language.unwrap_or_default()),
            frame: None,
            partial: req.headers().contains_key("hx-request"),
            wants_json: wants_json(&req),
        };
        if !names_one_host(req.original_uri(), req.headers()) {
            let error = Error::BadRequest("one host is expected".into());
            return answer_errors(error.into(), &reader, &request_id.0);
        }
        let _place = match self.places.take_for(req.method(), req.original_uri().path()) {
            Ok(place) => place,
            Err(error) => return answer_errors(error.into(), &reader, &request_id.0),
        };
        // A panic costs this one answer.
        let outcome = AssertUnwindSafe(self.inner.call(lingering(req))).catch_unwind().await;
        match outcome {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => answer_errors(error, &reader, &request_id.0),
            Err(_) => {
                let panicked = Error::Internal(anyhow::anyhow!("a handler panicked"));
                answer_errors(panicked.into(), &reader, &request_id.0)
            }
        }
    }
}

impl Endpoint for Front {
    type Output = Response;

    async fn call(&self, mut req: Request) -> poem::Result<Response> {
        let request_id = RequestId::new(self.kernel.randomness());
        if let Some(address) =
            client_address(req.remote_addr(), req.headers(), &self.kernel.configuration().trusted_proxies)
        {
            req.extensions_mut().insert(ClientAddress(address.to_string()));
        }
        req.extensions_mut().insert(request_id.clone());
        let accepted = compression::accepted(req.headers());
        let (method, path) = (req.method().clone(), req.uri().path().to_owned());
        let transport = self.transport_of(&req);
        let span = tracing::info_span!("request", id = request_id.0, %method, path = without_secrets(&path));
        let traced = self.traced(&mut req);
        let started = tokio::time::Instant::now();
        let mut response = self.answer(req).instrument(span.clone()).instrument(traced.clone()).await;
        self.dress(&mut response, &request_id, transport);
        let response = compression::compress(response, accepted).await;
        REQUESTS.count(RouteClass::of(&path), response.status(), started.elapsed());
        traced.record("http.response.status_code", i64::from(response.status().as_u16()));
        if response.status().is_server_error() {
            went_wrong(&traced);
        }
        span.in_scope(|| {
            tracing::debug!(
                status = response.status().as_u16(),
                ms = started.elapsed().as_millis() as u64,
                "answered"
            );
        });
        Ok(response)
    }
}

impl Front {
    /// The request's span for OpenTelemetry, which the request carries on. Whose child it is, only a proxy that is trusted may say.
    fn traced(&self, req: &mut Request) -> Span {
        let span = tracing::info_span!(
            target: TRACED,
            "request",
            otel.name = method_name(req.method()),
            otel.kind = "server",
            http.request.method = method_name(req.method()),
            http.route = Empty,
            http.response.status_code = Empty,
            portico.route_class = RouteClass::of(req.uri().path()).name(),
            otel.status_code = Empty,
        );
        if span.is_disabled() {
            return span;
        }
        if is_from(req.remote_addr(), &self.kernel.configuration().trusted_proxies)
            && let Some(parent) = req.header("traceparent")
        {
            portico_telemetry::follow(&span, parent);
        }
        req.extensions_mut().insert(RequestSpan(span.clone()));
        span
    }

    /// What browsers keep for a year (RFC 6797). What lies below an organization's own domain is not ours to speak for.
    fn transport_of(&self, req: &Request) -> &'static str {
        let authority = req.original_uri().authority().map(|authority| authority.as_str());
        match req.header(header::HOST).or(authority) {
            Some(host) if self.kernel.public_url().owns_host(host) => "max-age=31536000; includeSubDomains",
            _ => "max-age=31536000",
        }
    }

    /// Headers of the answer's own win: a file brings a policy that is stricter still.
    fn dress(&self, response: &mut Response, request_id: &RequestId, transport: &'static str) {
        let framing = response.data::<FrameOrigin>().map(policy_framing);
        let headers: &mut HeaderMap = response.headers_mut();
        if let Some(policy) = framing {
            headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        }
        for (name, value) in STANDARD {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
        if self.kernel.public_url().is_https() {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(transport));
        }
        if let Ok(id) = HeaderValue::from_str(&request_id.0) {
            headers.insert(HeaderName::from_static("x-request-id"), id);
        }
    }
}

/// RFC 9112, sections 3.2 and 3.2.2: who names two hosts, in two lines or in the request's own and a line, could be answered
/// from one and be kept by somebody between us as an answer of the other.
pub(super) fn names_one_host(target: &Uri, headers: &HeaderMap) -> bool {
    let mut named = headers.get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (None, _) => true,
        (Some(host), None) => {
            let authority = target.authority().map(|authority| authority.as_str().as_bytes());
            authority.is_none_or(|authority| authority.eq_ignore_ascii_case(host.as_bytes()))
        }
        (Some(_), Some(_)) => false,
    }
}

fn policy_framing(origin: &FrameOrigin) -> HeaderValue {
    let policy = POLICY.replace(OWN_FRAMES, &format!("frame-src {origin}"));
    HeaderValue::try_from(policy).expect("an origin holds nothing but letters of a name")
}

const SECRET_PATHS: [&str; 5] =
    ["/invitations/", "/reset/", "/sign-in/link/", "/unsubscribe/", "/.well-known/portico/"];

/// Invitations, resets, mails to sign in, ways out of mails and proofs of a domain carry their token in the path.
fn without_secrets(path: &str) -> &str {
    for private in SECRET_PATHS {
        if path.starts_with(private) {
            return private;
        }
    }
    path
}

fn is_from(peer: &RemoteAddr, trusted: &[IpAddr]) -> bool {
    matches!(&peer.0, Addr::SocketAddr(peer) if trusted.contains(&peer.ip()))
}

/// The peer, or behind proxies that we were told to trust, the last address in `X-Forwarded-For`
/// that is not one of them (T7).
fn client_address(peer: &RemoteAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let Addr::SocketAddr(peer) = &peer.0 else { return None };
    let peer = peer.ip();
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for");
    let hops: Vec<IpAddr> = forwarded
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    Some(hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &str, trusted: &[IpAddr]) -> String {
        let peer: std::net::SocketAddr = format!("{peer}:1234").parse().unwrap();
        let headers = HeaderMap::from_iter([(
            HeaderName::from_static("x-forwarded-for"),
            HeaderValue::from_str(forwarded).unwrap(),
        )]);
        client_address(&RemoteAddr(peer.into()), &headers, trusted).unwrap().to_string()
    }

    #[test]
    fn forwarded_addresses_count_only_behind_known_proxies() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        assert_eq!(address("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(address("10.0.0.1", "6.6.6.6, 198.51.100.1", &[proxy]), "198.51.100.1");
        assert_eq!(address("10.0.0.1", "nonsense", &[proxy]), "10.0.0.1");
    }

    #[test]
    fn nobody_but_a_known_proxy_says_whose_child_a_request_is() {
        let (proxy, stranger): (IpAddr, IpAddr) =
            ("10.0.0.1".parse().unwrap(), "203.0.113.9".parse().unwrap());
        let peer = |address: IpAddr| RemoteAddr(std::net::SocketAddr::new(address, 1234).into());
        assert!(is_from(&peer(proxy), &[proxy]));
        assert!(!is_from(&peer(stranger), &[proxy]) && !is_from(&peer(proxy), &[]));
    }

    #[test]
    fn a_page_with_a_frame_lets_in_that_frame_and_nothing_more() {
        let origin = FrameOrigin::of("https://www.loom.com/embed/1").unwrap();
        let policy = policy_framing(&origin);
        let expected = POLICY.replace("frame-src 'self';", "frame-src https://www.loom.com;");
        assert_ne!(expected, POLICY);
        assert_eq!(policy, expected.as_str());
    }

    #[test]
    fn a_request_names_one_host() {
        let request = |target: &str, hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(header::HOST, HeaderValue::from_str(host).unwrap());
            }
            names_one_host(&target.parse().unwrap(), &headers)
        };
        assert!(request("/", &["studio.localhost"]) && request("/", &[]));
        assert!(request("http://studio.localhost/", &["Studio.localhost"]));
        assert!(request("http://studio.localhost/", &[]));
        assert!(!request("http://studio.localhost/", &["rival.localhost"]));
        assert!(!request("http://studio.localhost@rival.localhost/", &["rival.localhost"]));
        assert!(!request("/", &["studio.localhost", "rival.localhost"]));
        assert!(!request("/", &["studio.localhost", "studio.localhost"]));
    }

    #[test]
    fn tokens_stay_out_of_the_log() {
        assert_eq!(without_secrets("/invitations/abc"), "/invitations/");
        assert_eq!(without_secrets("/sign-in/link/abc"), "/sign-in/link/");
        assert_eq!(without_secrets("/.well-known/portico/abc"), "/.well-known/portico/");
        for whole in ["/portals/abc", "/sign-in/link", "/sign-in/link-code"] {
            assert_eq!(without_secrets(whole), whole);
        }
        let modules =
            crate::modules::modules(&std::env::temp_dir(), crate::operations::Operations::default());
        for route in portico_kernel::Registry::build(&modules).routes() {
            let is_whole = without_secrets(route.path) == route.path;
            assert!(!is_whole || !route.path.contains(":token"), "{}", route.path);
        }
    }
}
