//! Forms with files: the parts are the same wherever the network cuts their body.

use std::{io, sync::LazyLock};

use bytes::Bytes;
use futures_util::stream;
use poem::{Body, Request};
use portico_kernel::{BrokenBody, Parts};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().expect("one thread that waits for nothing"));

#[derive(Debug, PartialEq)]
struct Read {
    name: String,
    file_name: String,
    content: Vec<u8>,
}

/// The first byte is how long a piece is; the boundary is `X`.
pub fn check(bytes: &[u8]) {
    let Some((size, body)) = bytes.split_first() else { return };
    let whole = RUNTIME.block_on(read(body, body.len().max(1))).ok();
    if let Some(parts) = &whole {
        let content: usize = parts.iter().map(|part| part.content.len()).sum();
        assert!(content <= body.len());
    }
    let in_pieces = RUNTIME.block_on(read(body, usize::from(*size).max(1))).ok();
    assert_eq!(whole, in_pieces, "it is another form in pieces of {size}");
}

async fn read(body: &[u8], size: usize) -> Result<Vec<Read>, BrokenBody> {
    let pieces: Vec<io::Result<Bytes>> =
        body.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let req = Request::builder().header("Content-Type", "multipart/form-data; boundary=X").finish();
    let Ok(mut parts) = Parts::of(&req, Body::from_bytes_stream(stream::iter(pieces))) else {
        panic!("a form with files is expected");
    };
    let mut all = Vec::new();
    while let Some(mut part) = parts.next().await? {
        let (name, file_name) = (part.name().to_owned(), part.file_name());
        let mut content = Vec::new();
        while let Some(chunk) = part.chunk().await? {
            content.extend_from_slice(&chunk);
        }
        all.push(Read { name, file_name, content });
    }
    Ok(all)
}
