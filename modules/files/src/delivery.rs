//! Files on their way out: for staff and clients alike, streamed, in parts where a part is asked
//! for (RFC 9110, sections 13 and 14), and never in a way that could run in the portal's origin.

use std::io;

use bytes::Bytes;
use futures_util::TryStreamExt;
use poem::{
    Body, FromRequest, Request, RequestBody, Response,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    web::headers::HeaderMapExt as _,
};
use portico_kernel::{Answer, Disposition, Looker, Objects, Result};

use crate::{
    byte_range::Asked,
    file::{Content, File},
    showing::Showing,
};

/// The headers of a request that decide which part is sent, if any.
#[derive(Clone, Default)]
pub struct Conditions {
    head_only: bool,
    range: Option<String>,
    if_range: Option<String>,
    if_none_match: Option<String>,
    looker: Looker,
}

/// How somebody begins to read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Begun {
    /// All of it goes out.
    Whole,
    /// A part does, and others may follow.
    InParts,
}

impl<'a> FromRequest<'a> for Conditions {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self::of(req))
    }
}

impl Conditions {
    pub fn of(req: &Request) -> Self {
        let text = |name| req.header(name).map(str::to_owned);
        Self {
            head_only: req.method() == Method::HEAD,
            range: text(header::RANGE),
            if_range: text(header::IF_RANGE),
            if_none_match: text(header::IF_NONE_MATCH),
            looker: Looker::of(req),
        }
    }

    /// Whether the whole file is about to go out, which is what counts as a download.
    pub fn want_everything(&self, etag: &str) -> bool {
        !self.head_only && self.range.is_none() && !self.have(etag)
    }

    /// Nothing for whoever has the file already.
    pub fn begin(&self, etag: &str, size: u64) -> Option<Begun> {
        if self.head_only || self.have(etag) {
            return None;
        }
        match self.asked(etag, size) {
            Asked::Whole => Some(Begun::Whole),
            Asked::Part(_) => Some(Begun::InParts),
            Asked::Outside => None,
        }
    }

    pub fn looker(&self) -> Looker {
        self.looker
    }

    /// The answer to a browser that fetches ahead: what went out would have to be told as looked at, and the person may
    /// never do so.
    pub fn too_early(&self) -> Option<Answer> {
        let nothing = || Answer::from(Response::builder().status(StatusCode::NO_CONTENT).finish());
        (self.looker == Looker::Prefetch).then(nothing)
    }

    pub fn is_head(&self) -> bool {
        self.head_only
    }

    /// The browser has it already.
    pub fn have(&self, etag: &str) -> bool {
        let is_this = |listed: &str| listed == "*" || listed.strip_prefix("W/").unwrap_or(listed) == etag;
        self.if_none_match.as_deref().is_some_and(|list| list.split(',').map(str::trim).any(is_this))
    }

    /// A range of another version than this is no use: all of it is sent then. Dates never match,
    /// since none was ever sent.
    pub fn asked(&self, etag: &str, size: u64) -> Asked {
        let is_this_version = self.if_range.as_deref().is_none_or(|version| version == etag);
        let wanted = self.range.as_deref().filter(|_| is_this_version && !self.head_only);
        Asked::of(wanted, size)
    }
}

/// What is sent, whoever has its row.
pub struct Sent<'a> {
    pub name: &'a str,
    /// In the object store.
    pub key: &'a str,
    /// In bytes.
    pub size: u64,
    pub media_type: &'a str,
    pub etag: String,
}

/// # Errors
/// When the object store does not answer; nothing has been sent then.
pub async fn deliver(
    objects: &dyn Objects,
    File { item, content }: &File,
    wanted: Disposition,
    conditions: &Conditions,
) -> Result<Answer> {
    let file = Sent {
        name: &item.name,
        key: &content.key,
        size: content.size(),
        media_type: &content.media_type,
        etag: content.etag(),
    };
    send(objects, &file, wanted, conditions).await
}

/// # Errors
/// As [`deliver`].
pub async fn send(
    objects: &dyn Objects,
    file: &Sent<'_>,
    wanted: Disposition,
    conditions: &Conditions,
) -> Result<Answer> {
    if conditions.have(&file.etag) {
        return Ok(Answer::from(reply(file, wanted, StatusCode::NOT_MODIFIED)));
    }
    let asked = conditions.asked(&file.etag, file.size);
    let (status, part) = match asked {
        Asked::Whole => (StatusCode::OK, 0..file.size),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Asked::Outside => {
            let mut response = reply(file, wanted, StatusCode::RANGE_NOT_SATISFIABLE);
            put(&mut response, header::CONTENT_RANGE, format!("bytes */{}", file.size));
            return Ok(Answer::from(response));
        }
    };
    let mut response = reply(file, wanted, status);
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{}", part.start, part.end - 1, file.size);
        put(&mut response, header::CONTENT_RANGE, range);
    }
    put(&mut response, header::CONTENT_LENGTH, (part.end - part.start).to_string());
    if !conditions.head_only {
        let object = objects.read(file.key, part).await?;
        let bytes = object.bytes.map_err(|error| {
            // The length was promised: all that is left is to break off, and to say why in the log.
            tracing::error!(%error, "a download broke off");
            io::Error::other(error.to_string())
        });
        response.set_body(Body::from_bytes_stream(bytes));
    }
    Ok(Answer::from(response))
}

/// Everything but length and content.
fn reply(file: &Sent<'_>, wanted: Disposition, status: StatusCode) -> Response {
    let showing = Showing::of(file.media_type);
    let disposition = match showing {
        Showing::Nothing => Disposition::Attachment,
        _ => wanted,
    };
    let mut response = Response::builder().status(status).finish();
    response.headers_mut().typed_insert(poem::web::headers::AcceptRanges::bytes());
    let caching = match wanted {
        // Asked about again each time, so that a revocation counts from the next request (P12).
        // `no-transform` keeps lengths and ranges true: it is not to be compressed on the way.
        Disposition::Inline => "private, no-cache, no-transform",
        Disposition::Attachment => "private, no-store, no-transform",
    };
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition.header(file.name));
    for (name, value) in [
        (header::CONTENT_TYPE, showing.content_type(file.media_type)),
        (header::ETAG, file.etag.as_str()),
        (header::CACHE_CONTROL, caching),
        (header::CONTENT_SECURITY_POLICY, showing.policy()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        put(&mut response, name, value.to_owned());
    }
    response
}

/// A strong validator: the same bytes and no others.
pub fn etag_of(sha256: &[u8]) -> String {
    format!("\"{}\"", hex::encode(sha256))
}

/// A small picture that was made of a version: of what it shows, and nothing of what it says.
pub struct Picture {
    etag: String,
}

impl Picture {
    /// `what` is drawn of the version, in a word of ours.
    pub fn of(file: &Content, what: &str) -> Self {
        Self { etag: format!("\"{}-{what}\"", hex::encode(file.sha256())) }
    }

    /// The answer to a browser that has it already.
    pub fn unchanged(&self, conditions: &Conditions) -> Option<Answer> {
        conditions.have(&self.etag).then(|| Answer::from(self.reply(StatusCode::NOT_MODIFIED)))
    }

    pub fn sent(&self, webp: Bytes) -> Answer {
        let mut response = self.reply(StatusCode::OK);
        response.set_body(webp);
        Answer::from(response)
    }

    /// Asked about again each time like the file itself, so that a revocation counts from the next
    /// request (P12): an answer that a browser may keep without asking would outlive it.
    fn reply(&self, status: StatusCode) -> Response {
        let mut response = Response::builder().status(status).finish();
        for (name, value) in [
            (header::CONTENT_TYPE, "image/webp"),
            (header::ETAG, self.etag.as_str()),
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::CONTENT_SECURITY_POLICY, Showing::Picture.policy()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ] {
            put(&mut response, name, value.to_owned());
        }
        response
    }
}

fn put(response: &mut Response, name: HeaderName, value: String) {
    let value = HeaderValue::try_from(value).expect("types, numbers and policies are plain ASCII");
    response.headers_mut().insert(name, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETAG: &str = "\"abc\"";

    fn begun(range: Option<&str>) -> Option<Begun> {
        Conditions { range: range.map(str::to_owned), ..Conditions::default() }.begin(ETAG, 1_000)
    }

    #[test]
    fn a_file_is_begun_by_any_part_of_it() {
        assert_eq!(begun(None), Some(Begun::Whole));
        // All but the first byte is as good as the file.
        for part in ["bytes=0-", "bytes=0-0", "bytes=1-", "bytes=500-999", "bytes=-1", "bytes=-5000"] {
            assert_eq!(begun(Some(part)), Some(Begun::InParts), "{part}");
        }
        assert_eq!(begun(Some("bytes=1000-")), None);
        // Ignored, so that all of it is sent.
        for ignored in ["lines=5-6", "bytes=7-2", "bytes=5-6,8-9"] {
            assert_eq!(begun(Some(ignored)), Some(Begun::Whole), "{ignored}");
        }
    }

    #[test]
    fn asking_whether_it_changed_begins_nothing() {
        let head = Conditions { head_only: true, ..Conditions::default() };
        let known = Conditions { if_none_match: Some(ETAG.to_owned()), ..Conditions::default() };
        let other = Conditions { if_none_match: Some("\"xyz\"".to_owned()), ..Conditions::default() };
        let part_of_other = Conditions {
            range: Some("bytes=500-".to_owned()),
            if_range: Some("\"xyz\"".to_owned()),
            ..Conditions::default()
        };
        assert_eq!(head.begin(ETAG, 1_000), None);
        assert_eq!(known.begin(ETAG, 1_000), None);
        assert_eq!(other.begin(ETAG, 1_000), Some(Begun::Whole));
        assert_eq!(part_of_other.begin(ETAG, 1_000), Some(Begun::Whole));
    }
}
