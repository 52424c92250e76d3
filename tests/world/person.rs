use std::{
    fmt,
    io::Read,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::{
    Certificate, Proxy,
    blocking::{Client, ClientBuilder, RequestBuilder, multipart},
    cookie::{CookieStore, Jar},
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HeaderMap, HeaderName},
    redirect,
};
use url::Url;

use super::{
    EventStream, Form, Page, Secrets, Server, Upload,
    form::{Encoding, Method, Part},
};

/// Someone with a browser of their own, at one organization's address. Cheap to copy; a copy is the same browser.
#[derive(Clone)]
pub struct Person {
    client: Client,
    cookies: Arc<Jar>,
    origin: Url,
    name: Arc<str>,
    secrets: Arc<Secrets>,
}

impl Person {
    pub(super) fn stranger(origin: &Url, name: &str, secrets: Arc<Secrets>) -> Self {
        let cookies = Arc::new(Jar::default());
        let client = browser(&cookies, HeaderMap::new());
        Self { client, cookies, origin: origin.clone(), name: name.into(), secrets }
    }

    /// The same person at the same browser, which sends this header with every request from now on.
    pub fn sending(&self, name: &'static str, value: &str) -> Self {
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())]);
        Self { client: browser(&self.cookies, headers), ..self.clone() }
    }

    /// The same person at the same browser, which believes what the certificate in this PEM has signed, and nobody else.
    pub fn trusting(&self, root: &str) -> Self {
        let root = Certificate::from_pem(root.as_bytes()).unwrap();
        let client = browser_builder(&self.cookies, HeaderMap::new()).tls_certs_only([root]).build().unwrap();
        Self { client, ..self.clone() }
    }

    /// The same person at the same browser and address, whose requests the proxy in front of several machines hands to
    /// this one.
    pub fn by_way_of(&self, machine: &Server) -> Self {
        let proxy = Proxy::http(format!("http://127.0.0.1:{}", machine.port())).unwrap();
        let client = browser_builder(&self.cookies, HeaderMap::new()).proxy(proxy).build().unwrap();
        Self { client, ..self.clone() }
    }

    /// Through the form on the sign-in page.
    pub fn sign_in(&self, email: &str, password: &str) -> Page {
        let page = self.get("/sign-in");
        page.assert_ok();
        let answer =
            page.form_with_button("Sign in").fill("Email", email).fill("Password", password).submit();
        self.cookie_header()
            .split("; ")
            .filter_map(|cookie| cookie.split_once('='))
            .for_each(|(_, value)| self.secrets.keep(value));
        answer
    }

    pub fn get(&self, path: &str) -> Page {
        self.send(self.request(reqwest::Method::GET, path))
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        let request = self.request(reqwest::Method::GET, path);
        self.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)))
    }

    pub fn head(&self, path: &str) -> Page {
        self.send(self.request(reqwest::Method::HEAD, path))
    }

    /// As a browser sends a form of this origin.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.posting(path).body(urlencoded(fields)).header("Content-Type", FORM))
    }

    /// As htmx asks for a fragment.
    pub fn partial_get(&self, path: &str) -> Page {
        self.send(self.request(reqwest::Method::GET, path).header("HX-Request", "true"))
    }

    /// The same of a server that may be gone at any moment.
    pub fn try_partial_get(&self, path: &str) -> Option<Page> {
        self.try_send(self.request(reqwest::Method::GET, path).header("HX-Request", "true"))
    }

    pub fn partial_post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.posting(path).header("HX-Request", "true");
        self.send(request.body(urlencoded(fields)).header("Content-Type", FORM))
    }

    /// Fields and files as one multipart form.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], files: Vec<(&str, Upload)>) -> Page {
        let texts = fields.iter().map(|(name, value)| Part::Text((*name).to_owned(), (*value).to_owned()));
        let files = files.into_iter().map(|(name, file)| Part::File(name.to_owned(), file));
        self.send(multipart_request(self.posting(path), texts.chain(files).collect()))
    }

    /// Follows redirects, as a browser's address bar does.
    #[track_caller]
    pub fn visit(&self, path: &str) -> Page {
        let mut page = self.get(path);
        for _ in 0..10 {
            match page.redirect_target() {
                Some(target) => page = self.get(target.as_str()),
                None => return page,
            }
        }
        panic!("redirects without end: {page}");
    }

    /// Opens an event stream, as a page does that watches for changes.
    pub fn listen(&self, path: &str) -> EventStream {
        let request = self.client.get(self.address(path)).header("Accept", "text/event-stream");
        EventStream::open(request.timeout(Duration::from_secs(3_600)))
    }

    /// A bare request with this person's cookies, for headers that no browser sends by itself.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.address(path))
    }

    pub fn send(&self, request: RequestBuilder) -> Page {
        let request = request.build().unwrap();
        let (asked, url) = (format!("{} {}", request.method(), request.url()), request.url().clone());
        let answer =
            self.client.execute(request).unwrap_or_else(|error| panic!("{asked} as {self}: {error:?}"));
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body =
            answer.bytes().unwrap_or_else(|error| panic!("{asked} as {self} broke off: {error:?}")).to_vec();
        Page { status, headers, body, person: self.clone(), asked, url }
    }

    /// As [`Person::send`], for a server that may be gone at any moment.
    pub fn try_form(&self, form: &Form) -> Option<Page> {
        self.try_send(self.form_request(form))
    }

    pub fn try_send(&self, request: RequestBuilder) -> Option<Page> {
        let request = request.build().unwrap();
        let (asked, url) = (format!("{} {}", request.method(), request.url()), request.url().clone());
        let answer = self.client.execute(request).ok()?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().ok()?.to_vec();
        Some(Page { status, headers, body, person: self.clone(), asked, url })
    }

    /// A second browser that holds the same cookies, as a thief or an old tab would.
    pub fn with_the_same_cookies(&self) -> Self {
        let twin = Self::stranger(&self.origin, &self.name, self.secrets.clone());
        for cookie in self.cookie_header().split("; ").filter(|cookie| !cookie.is_empty()) {
            twin.cookies.add_cookie_str(&format!("{cookie}; Path=/"), &self.origin);
        }
        twin
    }

    /// The same cookies, sent to another organization's address.
    pub fn at(&self, other: &Self) -> Self {
        let mut away = self.with_the_same_cookies();
        for cookie in self.cookie_header().split("; ").filter(|cookie| !cookie.is_empty()) {
            away.cookies.add_cookie_str(&format!("{cookie}; Path=/"), &other.origin);
        }
        away.origin = other.origin.clone();
        away
    }

    /// As it would be sent with the next request; empty without any.
    pub fn cookie_header(&self) -> String {
        let header = self.cookies.cookies(&self.origin);
        header.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    pub fn address(&self, path: &str) -> Url {
        self.origin.join(path).unwrap()
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        self.origin.origin().ascii_serialization()
    }

    pub(super) fn send_form(&self, form: &Form) -> Page {
        self.send(self.form_request(form))
    }

    fn form_request(&self, form: &Form) -> RequestBuilder {
        let request = match (form.method, form.encoding) {
            (Method::Get, _) => {
                let mut address = form.action.clone();
                address.set_query(Some(&urlencoded_parts(&form.parts())));
                self.client.get(address)
            }
            (Method::Post, Encoding::Urlencoded) => self
                .posting(form.action.as_str())
                .body(urlencoded_parts(&form.parts()))
                .header("Content-Type", FORM),
            (Method::Post, Encoding::Multipart) => {
                multipart_request(self.posting(form.action.as_str()), form.parts())
            }
        };
        if form.partial { request.header("HX-Request", "true") } else { request }
    }

    /// With the two headers by which a browser proves where a form came from (T6).
    fn posting(&self, path: &str) -> RequestBuilder {
        let request = self.request(reqwest::Method::POST, path);
        request.header("Origin", self.origin()).header("Sec-Fetch-Site", "same-origin")
    }
}

/// reqwest wants cryptography chosen, even where nothing is encrypted.
pub fn http_client() -> ClientBuilder {
    // An error says that it is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // The system's hundred certificates would be read anew for each client.
    Client::builder().tls_certs_only([])
}

fn browser(cookies: &Arc<Jar>, headers: HeaderMap) -> Client {
    browser_builder(cookies, headers).build().unwrap()
}

fn browser_builder(cookies: &Arc<Jar>, headers: HeaderMap) -> ClientBuilder {
    http_client()
        .cookie_provider(cookies.clone())
        .default_headers(headers)
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(EveryNameIsThisMachine))
        .no_proxy()
        // Far beyond any answer: a server that hangs must end the test, not hold it.
        .timeout(Duration::from_secs(60))
}

const FORM: &str = "application/x-www-form-urlencoded";

fn urlencoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A file in an urlencoded form sends its name only.
fn urlencoded_parts(parts: &[Part]) -> String {
    let pairs = parts.iter().map(|part| match part {
        Part::Text(name, value) => (name, value),
        Part::File(name, file) => (name, &file.name),
    });
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The whole body at once: an answer that comes before its end would break reqwest's own stream of parts.
fn multipart_request(request: RequestBuilder, parts: Vec<Part>) -> RequestBuilder {
    // Names go out as they are, not in RFC 5987's encoding.
    let form =
        parts.into_iter().fold(multipart::Form::new().percent_encode_noop(), |form, part| match part {
            Part::Text(name, value) => form.text(name, value),
            Part::File(name, file) => {
                let body = multipart::Part::bytes(file.bytes).file_name(as_browsers_quote(&file.name));
                form.part(name, body.mime_str(&file.content_type).unwrap())
            }
        });
    let content_type = format!("multipart/form-data; boundary={}", form.boundary());
    let mut body = Vec::new();
    form.into_reader().read_to_end(&mut body).unwrap();
    request.header("Content-Type", content_type).body(body)
}

/// HTML, "multipart/form-data encoding algorithm": only these three are escaped in a file's name.
fn as_browsers_quote(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

struct EveryNameIsThisMachine;

impl Resolve for EveryNameIsThisMachine {
    fn resolve(&self, _: Name) -> Resolving {
        let here: Addrs = Box::new(std::iter::once(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))));
        Box::pin(std::future::ready(Ok(here)))
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
