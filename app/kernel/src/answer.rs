//! What comes in beside the handler's own fields, and what goes out.

use std::time::Duration;

use maud::{Markup, html};
use poem::{
    Body, FromRequest, IntoResponse, Request, RequestBody, Response,
    http::{HeaderValue, StatusCode, header},
};
use portico_ui::{
    Frame, Language, Text,
    shell::{PlainMessage, plain_message_page},
};

use crate::{
    error::Error,
    frame_origin::FrameOrigin,
    random::{FormToken, Randomness, Token},
    system::Kernel,
};

/// The parts of a request that guards and pages look at.
#[derive(Clone)]
pub struct Visit {
    pub(crate) host: String,
    /// Path and query.
    pub path: String,
    /// Whether only a fragment is wanted.
    pub partial: bool,
    /// Path and query of the page that asks for a fragment.
    pub(crate) current_page: Option<String>,
    pub(crate) session: Option<Token>,
    /// Of whoever has proved a password and is asked for a code.
    pub sign_in: Option<Token>,
    pub form_token: FormToken,
    /// Set once for a visitor who has no cookie yet, so that the form token has something to be
    /// derived from.
    pub(crate) new_form_cookie: Option<String>,
    pub(crate) accept_language: Option<Language>,
    pub address: Option<String>,
    pub agent: Option<String>,
    /// How this device looks at lists, in the word that [`Visit::layout_cookie`] was given, or in
    /// whatever word somebody wrote in its place.
    pub layout: Option<String>,
    secure: bool,
}

/// The client's network address, as the acceptor and trusted proxies tell it.
#[derive(Clone)]
pub struct ClientAddress(pub String);

impl Visit {
    pub(crate) fn of(req: &Request, kernel: &Kernel) -> Self {
        let text = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
        let secure = kernel.public_url().is_https();
        let cookies = Cookies(text("cookie").unwrap_or_default());
        let session = cookies.get(session_cookie_name(secure));
        let form = cookies.get(form_cookie_name(secure));
        let mut new_form_cookie = None;
        let form_token = match session.or(form) {
            Some(cookie) => FormToken::for_cookie(cookie),
            None => {
                let fresh = kernel.randomness().token().reveal();
                let token = FormToken::for_cookie(&fresh);
                new_form_cookie = Some(fresh);
                token
            }
        };
        let host = text("host").or_else(|| req.original_uri().authority().map(|a| a.as_str()));
        Self {
            host: host.unwrap_or_default().to_owned(),
            path: req.original_uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            partial: text("hx-request").is_some(),
            current_page: text("hx-current-url")
                .or(text("referer"))
                .and_then(|page| path_at(page, host.unwrap_or_default())),
            session: session.and_then(Token::parse),
            sign_in: cookies.get(sign_in_cookie_name(secure)).and_then(Token::parse),
            form_token,
            new_form_cookie,
            accept_language: text("accept-language").and_then(Language::from_accept_language),
            address: req.extensions().get::<ClientAddress>().map(|address| address.0.clone()),
            agent: text("user-agent").map(|agent| agent.chars().take(200).collect()),
            layout: cookies.get(layout_cookie_name(secure)).map(str::to_owned),
            secure,
        }
    }

    /// The browser's wish, where there is no organization yet.
    pub fn language(&self) -> Language {
        self.accept_language.unwrap_or_default()
    }

    /// The hash of the session that the browser came with, valid or not.
    pub fn session_hash(&self) -> Option<crate::TokenHash> {
        self.session.as_ref().map(Token::session_hash)
    }

    /// The cookie that carries a session for `seconds`. Plain HTTP has the name without `__Host-`,
    /// which a browser would refuse there; the configuration allows it on this machine only (T5).
    pub fn session_cookie(&self, token: &Token, seconds: i64) -> HeaderValue {
        self.cookie(session_cookie_name(self.secure), &token.reveal(), seconds)
    }

    pub fn no_session_cookie(&self) -> HeaderValue {
        self.cookie(session_cookie_name(self.secure), "", 0)
    }

    /// Carries for `seconds` that a password was right. It opens nothing but the page that asks for a code.
    pub fn sign_in_cookie(&self, token: &Token, seconds: i64) -> HeaderValue {
        self.cookie(sign_in_cookie_name(self.secure), &token.reveal(), seconds)
    }

    pub fn no_sign_in_cookie(&self) -> HeaderValue {
        self.cookie(sign_in_cookie_name(self.secure), "", 0)
    }

    /// Remembers for a year how this device looks at lists.
    pub fn layout_cookie(&self, layout: &'static str) -> HeaderValue {
        self.cookie(layout_cookie_name(self.secure), layout, 31_536_000)
    }

    /// Pages may hold forms: their token needs the cookie that it was derived from.
    pub(crate) fn remember_form(&self, response: &mut Response) {
        let is_page = response.content_type().is_some_and(|kind| kind.starts_with("text/html"));
        if let (true, Some(fresh)) = (is_page, &self.new_form_cookie) {
            let cookie = self.cookie(form_cookie_name(self.secure), fresh, 86_400);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    fn cookie(&self, name: &str, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(cookie).expect("names and URL-safe base64 are plain ASCII")
    }
}

fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-portico" } else { "portico" }
}

fn sign_in_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-portico-sign-in" } else { "portico-sign-in" }
}

fn form_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-portico-form" } else { "portico-form" }
}

fn layout_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-portico-layout" } else { "portico-layout" }
}

/// The header as a browser sends it, which may be anything.
pub struct Cookies<'a>(pub &'a str);

impl<'a> Cookies<'a> {
    /// The first of this name that is not empty.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.0
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }
}

/// Path and query of an absolute address at this host.
fn path_at(address: &str, host: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    if url[url::Position::BeforeHost..url::Position::AfterPort] != *host {
        return None;
    }
    Some(match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    })
}

impl<'a> FromRequest<'a> for Visit {
    /// On routes that are open to anyone at any host.
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        req.extensions().get::<Visit>().cloned().ok_or_else(|| Error::NotFound.into())
    }
}

impl<'a> FromRequest<'a> for crate::Kernel {
    /// On routes that are open to anyone at any host.
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        req.extensions().get::<crate::Kernel>().cloned().ok_or_else(|| Error::NotFound.into())
    }
}

/// Whether htmx asks, for a part of a page, or a browser, for a whole one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Partial {
    Fragment,
    Page,
}

impl<'a> FromRequest<'a> for Partial {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(match req.headers().contains_key("hx-request") {
            true => Partial::Fragment,
            false => Partial::Page,
        })
    }
}

/// Where to go after signing in: a path of ours and nothing else, so that a link cannot make us
/// send people elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    pub fn parse(text: &str) -> Option<Self> {
        let ours = text.starts_with('/')
            && !text.starts_with("//")
            && !text.contains('\\')
            && text.bytes().all(|byte| byte.is_ascii_graphic())
            && !text.starts_with("/sign-");
        ours.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reply. Pages are private: nothing but hashed assets is ever cached (T10).
pub struct Answer(Response);

impl Answer {
    pub fn page(markup: Markup) -> Self {
        Self(Response::builder().content_type("text/html; charset=utf-8").body(markup.into_string()))
    }

    /// A part of a page, in place of the one it was asked for.
    pub fn fragment(markup: Markup) -> Self {
        Self::page(markup)
    }

    /// To another page after a form: with 303 for a browser, by htmx's header for a fragment.
    pub fn go(partial: Partial, path: &str) -> Self {
        let builder = match partial {
            Partial::Page => Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, path),
            Partial::Fragment => Response::builder().header("HX-Redirect", path),
        };
        Self(builder.body(Body::empty()))
    }

    /// The script that told us something wants nothing; a browser without scripts wants the page again.
    pub fn told(partial: Partial, address: &str) -> Self {
        match partial {
            Partial::Fragment => Self::fragment(html! {}).status(StatusCode::NO_CONTENT),
            Partial::Page => Self::go(partial, address),
        }
    }

    /// The form again, with what was typed and what to change about it (P43).
    pub fn invalid(mut self) -> Self {
        self.0.set_status(StatusCode::UNPROCESSABLE_ENTITY);
        self
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.0.set_status(status);
        self
    }

    /// An event for the page's scripts, such as `dialog:close`.
    pub fn trigger(self, event: &str) -> Self {
        let value = HeaderValue::try_from(event).expect("event names are plain ASCII");
        self.header("HX-Trigger", value)
    }

    pub fn header(mut self, name: &'static str, value: HeaderValue) -> Self {
        self.0.headers_mut().append(name, value);
        self
    }

    /// The page holds a frame from this site: its policy, which the front writes, lets in frames from there and from
    /// nowhere else (T13).
    pub fn framing(mut self, origin: FrameOrigin) -> Self {
        self.0.set_data(origin);
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        self.0
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self(response)
    }
}

impl poem::error::ResponseError for Error {
    fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden | Error::OnlySeen { .. } | Error::ForeignOrigin => StatusCode::FORBIDDEN,
            Error::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Error::UnknownHost | Error::Moved { .. } => StatusCode::MISDIRECTED_REQUEST,
            Error::BadRequest(_) => StatusCode::BAD_REQUEST,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Busy | Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Who asked, as far as it is known when something fails.
pub struct Reader<'a> {
    pub text: Text,
    pub frame: Option<&'a Frame>,
    pub partial: bool,
    /// A script of ours that shows a sentence itself, such as an upload.
    pub wants_json: bool,
}

/// Puts an error into words for its reader, as a page, a toast or JSON. Errors of ours come out in
/// full only in the log, under the request's id.
pub fn answer_errors(error: poem::Error, reader: &Reader, request_id: &str) -> Response {
    let ours = error.downcast_ref::<Error>();
    let status = match ours {
        Some(ours) => poem::error::ResponseError::status(ours),
        // An id in a path that cannot be one is as unknown as any other (P11).
        None if error.is::<poem::error::ParsePathError>() => StatusCode::NOT_FOUND,
        None => error.status(),
    };
    match ours {
        // Counted, and not told line by line: there are thousands of them when there is one.
        Some(Error::Busy) => tracing::debug!(request_id, "turned away"),
        _ if status.is_server_error() => {
            tracing::error!(request_id, error = %describe(&error), "request failed");
        }
        _ => {}
    }
    let mut message = PlainMessage::for_status(
        reader.text,
        status.as_u16(),
        (status == StatusCode::INTERNAL_SERVER_ERROR).then_some(request_id),
    );
    match ours {
        Some(Error::Conflict(key)) => message.words = reader.text.say(key).into_owned(),
        Some(Error::Invalid(fields)) if !fields.is_empty() => {
            message.words = reader.text.say(fields[0].key).into_owned();
        }
        Some(Error::OnlySeen { name }) => {
            message.title = reader.text.say("ui-error-only-seen-title").into_owned();
            message.words = reader.text.say_with("ui-error-only-seen", &[("name", name.into())]);
        }
        Some(Error::Moved { address, .. }) => {
            message.title = reader.text.say("ui-error-moved-title").into_owned();
            message.words = reader.text.say_with("ui-error-moved", &[("address", address.as_str().into())]);
            message.action = Some((reader.text.say("ui-error-moved-open").into_owned(), address.clone()));
        }
        Some(Error::TooLarge) => message.words = reader.text.say("ui-error-too-large").into_owned(),
        Some(Error::ForeignOrigin) => message.words = reader.text.say("ui-error-foreign-origin").into_owned(),
        _ => {}
    }
    if let (true, Some(id)) = (reader.wants_json || reader.partial, &message.request) {
        let number = reader.text.say_with("ui-error-request", &[("id", id.as_str().into())]);
        message.words = format!("{} {number}", message.words);
    }
    let mut response = if reader.wants_json {
        let body = serde_json::json!({ "message": message.words }).to_string();
        Response::builder().content_type("application/json").body(body)
    } else if reader.partial {
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header("HX-Retarget", "#toasts")
            .header("HX-Reswap", "beforeend")
            .body(html! { (portico_ui::components::toast(reader.text, &message.words, None)) }.into_string())
    } else {
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .body(plain_message_page(reader.text, reader.frame, &message).into_string())
    };
    response.set_status(status);
    if let Some(Error::MethodNotAllowed { allowed }) = ours
        && let Ok(allowed) = HeaderValue::from_str(allowed)
    {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    if let Some(wait) = retry_after(ours) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    }
    response
}

fn describe(error: &poem::Error) -> String {
    match error.downcast_ref::<Error>() {
        Some(Error::Internal(inner) | Error::Unavailable(inner)) => format!("{inner:#}"),
        _ => error.to_string(),
    }
}

fn retry_after(error: Option<&Error>) -> Option<Duration> {
    match error? {
        Error::TooMany { wait } => Some(*wait),
        Error::Busy => Some(Duration::from_secs(2)),
        Error::Unavailable(_) | Error::StorageFull => Some(Duration::from_secs(30)),
        _ => None,
    }
}

/// Uploads and other scripts of ours show a sentence themselves.
pub fn wants_json(req: &Request) -> bool {
    req.header(header::ACCEPT).is_some_and(|accept| accept.starts_with("application/json"))
}

/// The number that joins an answer to its log lines.
#[derive(Clone, Default)]
pub struct RequestId(pub String);

impl RequestId {
    pub fn new(randomness: &Randomness) -> Self {
        Self(hex::encode(randomness.bytes::<8>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_path_leads_nowhere_else() {
        for path in ["/", "/portals/1?x=2#y", "/staff"] {
            assert!(ReturnTo::parse(path).is_some(), "{path}");
        }
        for path in
            ["", "//evil.test", "https://evil.test", "/\\evil.test", "/a\r\nb", "/\t/evil", "/sign-out"]
        {
            assert!(ReturnTo::parse(path).is_none(), "{path}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let cookies = Cookies("xportico=1; portico=2; portico-form=3; empty=");
        assert_eq!(cookies.get("portico"), Some("2"));
        assert_eq!(cookies.get("empty"), None);
    }
}
