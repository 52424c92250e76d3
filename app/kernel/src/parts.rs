//! The parts of a form with files, as they arrive. Between two pieces that are passed on, never more
//! than [`MOST_HELD`] is in memory: a part whose headers do not end is refused like one that is too
//! large.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::Poll,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use poem::{Body, Request, http::header};

use crate::{
    error::{Error, Result},
    form::{TOKEN_FIELD, multipart_token},
    part_headers::PartHeaders,
    random::FormToken,
};

const MOST_HELD: u64 = 1024 * 1024;
/// Fields that are no files: a token, a path.
const LONGEST_TEXT: usize = 16 * 1024;

pub struct Parts {
    parts: multer::Multipart<'static>,
    allowance: Allowance,
    /// What the first field must be, when the headers proved nothing (T6).
    token: Option<FormToken>,
}

/// The body broke off, or is not what a form sends.
#[derive(Debug, thiserror::Error)]
#[error("a form with files could not be read: {0}")]
pub struct BrokenBody(String);

impl From<multer::Error> for BrokenBody {
    fn from(error: multer::Error) -> Self {
        Self(error.to_string())
    }
}

/// Bytes that may still be taken in before something is passed on.
#[derive(Clone)]
struct Allowance(Arc<AtomicU64>);

impl Allowance {
    fn renew(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    fn spend(&self, bytes: u64) -> io::Result<()> {
        let left = self.0.load(Ordering::Relaxed).checked_sub(bytes);
        let left = left.ok_or_else(|| io::Error::other("a part's headers or text do not end"))?;
        self.0.store(left, Ordering::Relaxed);
        Ok(())
    }
}

impl Parts {
    /// # Errors
    /// [`Error::BadRequest`] when the body is of another kind.
    pub fn of(req: &Request, body: Body) -> Result<Self> {
        let content_type = req.header(header::CONTENT_TYPE).unwrap_or_default();
        let boundary = multer::parse_boundary(content_type)
            .map_err(|_| Error::BadRequest("a multipart form is expected".into()))?;
        let allowance = Allowance(Arc::new(AtomicU64::new(MOST_HELD)));
        let mut headers = PartHeaders::new(&boundary);
        let metered =
            metered(body.into_bytes_stream(), allowance.clone()).map_ok(move |piece| headers.clean(piece));
        let token = multipart_token(req);
        Ok(Self { parts: multer::Multipart::new(metered, boundary), allowance, token })
    }

    /// Before anything else is believed or looked up: by the first part, where the headers proved nothing.
    ///
    /// # Errors
    /// [`BrokenBody`]; `Ok(Err(…))` is [`Error::ForeignOrigin`].
    pub async fn prove_origin(&mut self) -> Result<Result<()>, BrokenBody> {
        let Some(token) = self.token.take() else { return Ok(Ok(())) };
        let first = self.next().await?.filter(|part| part.name() == TOKEN_FIELD);
        let is_proven = match first {
            Some(part) => token.matches(&part.text().await?),
            None => false,
        };
        Ok(if is_proven { Ok(()) } else { Err(Error::ForeignOrigin) })
    }

    /// The part before must have been dropped; what it still held is passed over.
    ///
    /// # Errors
    /// [`BrokenBody`]
    pub async fn next(&mut self) -> Result<Option<Part>, BrokenBody> {
        self.allowance.renew(MOST_HELD);
        let field = self.parts.next_field().await?;
        self.allowance.renew(MOST_HELD);
        Ok(field.map(|field| Part { field, allowance: self.allowance.clone() }))
    }
}

pub struct Part {
    field: multer::Field<'static>,
    allowance: Allowance,
}

impl Part {
    pub fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// As the browser tells it: with three characters escaped (HTML, "multipart/form-data encoding
    /// algorithm").
    pub fn file_name(&self) -> String {
        let name = self.field.file_name().unwrap_or_default();
        name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
    }

    /// # Errors
    /// [`BrokenBody`]
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BrokenBody> {
        loop {
            let chunk = self.field.chunk().await?;
            self.allowance.renew(MOST_HELD);
            if chunk.as_ref().is_none_or(|chunk| !chunk.is_empty()) {
                return Ok(chunk);
            }
        }
    }

    /// # Errors
    /// [`BrokenBody`], also for a text that is too long for any field of ours.
    pub async fn text(mut self) -> Result<String, BrokenBody> {
        let mut text = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            text.extend_from_slice(&chunk);
            if text.len() > LONGEST_TEXT {
                return Err(BrokenBody("a field is too long".to_owned()));
            }
        }
        String::from_utf8(text).map_err(|error| BrokenBody(error.to_string()))
    }
}

/// Counts against the allowance, and pauses after each piece: multer reads until its source has
/// nothing ready, and would otherwise hold all that a quick sender sends.
fn metered(
    body: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    allowance: Allowance,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let mut body = body.boxed();
    let mut pause = false;
    stream::poll_fn(move |context| {
        if std::mem::take(&mut pause) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = body.poll_next_unpin(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            pause = true;
            if let Err(error) = allowance.spend(bytes.len() as u64) {
                return Poll::Ready(Some(Err(error)));
            }
        }
        next
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Parts {
        let req = Request::builder().header("Content-Type", "multipart/form-data; boundary=X").finish();
        Parts::of(&req, Body::from_bytes_stream(body)).unwrap_or_else(|_| panic!("it is multipart"))
    }

    fn pieces(pieces: Vec<Vec<u8>>) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        stream::iter(pieces.into_iter().map(|piece| Ok(Bytes::from(piece))))
    }

    const FILE: &str = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\r\n";

    #[tokio::test]
    async fn a_file_larger_than_what_may_be_held_passes_through() {
        let mut body = vec![FILE.as_bytes().to_vec()];
        body.extend((0..50).map(|_| vec![b'x'; 100_000]));
        body.push(b"\r\n--X--\r\n".to_vec());
        let mut parts = parts(pieces(body));
        let mut part = parts.next().await.unwrap().unwrap();
        assert_eq!((part.name(), part.file_name().as_str()), ("file", "a\"b.txt"));
        let mut size = 0;
        while let Some(chunk) = part.chunk().await.unwrap() {
            assert!(chunk.len() <= 200_000, "{}", chunk.len());
            size += chunk.len();
        }
        assert_eq!(size, 5_000_000);
        drop(part);
        assert!(parts.next().await.unwrap().is_none());
    }

    #[tokio::test]
    async fn headers_without_an_end_are_refused() {
        let mut body = vec![b"--X\r\nContent-Disposition: ".to_vec()];
        body.extend((0..50).map(|_| vec![b'x'; 100_000]));
        assert!(parts(pieces(body)).next().await.is_err());
    }

    #[tokio::test]
    async fn a_body_that_stops_half_way_is_an_error() {
        let mut parts = parts(pieces(vec![FILE.as_bytes().to_vec(), b"half of".to_vec()]));
        let mut part = parts.next().await.unwrap().unwrap();
        let mut outcome = part.chunk().await;
        while let Ok(Some(_)) = outcome {
            outcome = part.chunk().await;
        }
        assert!(outcome.is_err());
    }

    #[tokio::test]
    async fn a_text_is_short() {
        let field = b"--X\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n".to_vec();
        let end = b"\r\n--X--\r\n".to_vec();
        let mut short = parts(pieces(vec![field.clone(), b"a/b.txt".to_vec(), end.clone()]));
        assert_eq!(short.next().await.unwrap().unwrap().text().await.unwrap(), "a/b.txt");
        let mut long = parts(pieces(vec![field, vec![b'x'; 20_000], end]));
        assert!(long.next().await.unwrap().unwrap().text().await.is_err());
    }
}
