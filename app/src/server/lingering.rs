//! What is still on its way when the answer is ready. Browsers read an answer when all is sent: whoever is refused half way
//! would meet a closed connection instead of the sentence that says why.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream::BoxStream};
use poem::{Body, Request, http::header};

/// Read for nothing, beside the answer.
const MOST_DISCARDED: usize = 64 * 1024 * 1024;
/// Without a byte for this long a sender counts as gone.
const STALLED: Duration = Duration::from_secs(10);

/// The request, whose body is read on for a while after whoever took it let go of it.
pub fn lingering(mut req: Request) -> Request {
    // Who asks before sending anything reads the answer first.
    if req.headers().contains_key(header::EXPECT) {
        return req;
    }
    let body = req.take_body();
    req.set_body(match body.is_empty() {
        true => body,
        false => Body::from_bytes_stream(Lingering(Some(body.into_bytes_stream().boxed()))),
    });
    req
}

/// `None` after the end.
struct Lingering(Option<BoxStream<'static, io::Result<Bytes>>>);

impl Stream for Lingering {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pieces) = &mut self.0 else { return Poll::Ready(None) };
        let piece = ready!(pieces.poll_next_unpin(context));
        if !matches!(piece, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(piece)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let (Some(pieces), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(discard(pieces));
        }
    }
}

async fn discard(mut pieces: BoxStream<'static, io::Result<Bytes>>) {
    let mut left = MOST_DISCARDED;
    while let Ok(Some(Ok(piece))) = tokio::time::timeout(STALLED, pieces.next()).await {
        match left.checked_sub(piece.len()) {
            Some(less) => left = less,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    /// A body of `pieces` KiB that counts what is read of it.
    fn body(pieces: usize) -> (Body, Arc<AtomicUsize>) {
        let read = Arc::new(AtomicUsize::new(0));
        let counted = read.clone();
        let pieces = futures_util::stream::iter(0..pieces).map(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok::<_, io::Error>(Bytes::from_static(&[0; 1024]))
        });
        (Body::from_bytes_stream(pieces), read)
    }

    async fn read_after_dropping(expect: bool, pieces: usize) -> usize {
        let (body, read) = body(pieces);
        let mut req = Request::builder().body(body);
        if expect {
            req.headers_mut().insert(header::EXPECT, "100-continue".parse().unwrap());
        }
        drop(lingering(req));
        // On one thread: what was spawned is done when it waits for nothing more.
        for _ in 0..pieces {
            tokio::task::yield_now().await;
        }
        read.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn what_nobody_took_is_read_up_to_a_limit() {
        assert_eq!(read_after_dropping(false, 100).await, 100);
        assert_eq!(read_after_dropping(false, 100_000).await, MOST_DISCARDED / 1024 + 1);
        assert_eq!(read_after_dropping(true, 100).await, 0);
    }

    #[tokio::test]
    async fn what_is_taken_comes_whole() {
        let (body, _) = body(100);
        let mut req = lingering(Request::builder().body(body));
        assert_eq!(req.take_body().into_bytes().await.unwrap().len(), 100 * 1024);
    }
}
