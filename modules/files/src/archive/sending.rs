//! An archive on its way out: object after object, each opened when its turn comes, so that nothing is
//! kept in memory or on the disk; whole, or from where a broken download stopped (RFC 9110, section 14).

use std::{io, ops::Range};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream, stream::BoxStream};
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
        response.set_body(Body::from_bytes_stream(bytes(kernel.clone(), layout.part(part))));
    }
    Answer::from(response)
}

fn bytes(
    kernel: Kernel,
    pieces: Vec<(Piece, Range<u64>)>,
) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    stream::iter(pieces).then(move |(piece, part)| open(kernel.clone(), piece, part)).try_flatten().map_err(
        |error| {
            // The length was promised: all that is left is to break off, and to say why in the log.
            tracing::error!(%error, "an archive broke off");
            io::Error::other(error.to_string())
        },
    )
}

async fn open(kernel: Kernel, piece: Piece, part: Range<u64>) -> Result<BoxStream<'static, Result<Bytes>>> {
    match piece {
        Piece::Made(bytes) => {
            let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
            let bytes = bytes.slice(at(part.start)..at(part.end));
            Ok(stream::iter([Ok(bytes)]).boxed())
        }
        Piece::Object { key, .. } => Ok(kernel.objects().read(&key, part).await?.bytes),
    }
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
