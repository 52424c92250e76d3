//! An archive on its way out: object after object, each opened when its turn comes, so that nothing is
//! kept in memory or on the disk; whole, or from where a broken download stopped (RFC 9110, section 14).

use std::{io, ops::Range};

use bytes::Bytes;
use futures_util::{FutureExt, Stream, StreamExt, TryStreamExt, future, stream, stream::BoxStream};
use poem::{
    Body, Response,
    http::{HeaderValue, StatusCode, header},
};
use portico_kernel::{Answer, Disposition, Kernel, Result};

use super::layout::{Layout, Piece};
use crate::{byte_range::Asked, delivery::Conditions};

pub fn send(kernel: &Kernel, layout: &Layout, name: &str, conditions: &Conditions) -> Answer {
    let (etag, size) = (layout.etag(), layout.size());
    if conditions.have(etag) {
        return Answer::from(reply(name, etag, StatusCode::NOT_MODIFIED));
    }
    let (status, part) = match conditions.asked(etag, size) {
        Asked::Whole => (StatusCode::OK, 0..size),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Asked::Outside => {
            let mut response = reply(name, etag, StatusCode::RANGE_NOT_SATISFIABLE);
            put(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
            return Answer::from(response);
        }
    };
    let mut response = reply(name, etag, status);
    if status == StatusCode::PARTIAL_CONTENT {
        put(&mut response, header::CONTENT_RANGE, &format!("bytes {}-{}/{size}", part.start, part.end - 1));
    }
    put(&mut response, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
    if !conditions.is_head() {
        let kernel = kernel.clone();
        let read = move |key: String, part| {
            let kernel = kernel.clone();
            async move { Ok(kernel.objects().read(&key, part).await?.bytes) }
        };
        response.set_body(Body::from_bytes_stream(bytes(layout.part(part), read)));
    }
    Answer::from(response)
}

type Pieces = BoxStream<'static, Result<Bytes>>;

/// `read` opens a part of the object of a key.
pub fn bytes<F: Future<Output = Result<Pieces>>>(
    pieces: Vec<(Piece, Range<u64>)>,
    read: impl Fn(String, Range<u64>) -> F,
) -> impl Stream<Item = io::Result<Bytes>> {
    let opened = stream::iter(pieces).then(move |(piece, part)| match piece {
        Piece::Made(bytes) => future::ok(within(&bytes, part)).left_future(),
        Piece::Object { key, .. } => read(key, part).right_future(),
    });
    opened.try_flatten().map_err(|error| {
        // The length was promised: all that is left is to break off, and to say why in the log.
        tracing::error!(%error, "an archive broke off");
        io::Error::other(error.to_string())
    })
}

fn within(made: &Bytes, part: Range<u64>) -> Pieces {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    stream::iter([Ok(made.slice(at(part.start)..at(part.end)))]).boxed()
}

/// Everything but length and content. Asked about again each time, so that a revocation counts from
/// the next request (P12), and not to be compressed on the way, which would spoil lengths and ranges.
fn reply(name: &str, etag: &str, status: StatusCode) -> Response {
    let mut response = Response::builder().status(status).content_type("application/zip").finish();
    let disposition = Disposition::Attachment.header(&format!("{name}.zip"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    put(&mut response, header::ACCEPT_RANGES, "bytes");
    put(&mut response, header::ETAG, etag);
    put(&mut response, header::CACHE_CONTROL, "private, no-store, no-transform");
    response
}

fn put(response: &mut Response, name: header::HeaderName, value: &str) {
    let value = HeaderValue::try_from(value).expect("numbers and digests are plain ASCII");
    response.headers_mut().insert(name, value);
}
