//! What is said on each connection, by hyper. An event stream stays open for hours, and hyper keeps some thirty KiB for a
//! connection: room to read and to write the next request in. So its connection is taken from hyper once the head of the
//! answer is out, and the rest is written here, in the chunks of RFC 9112, section 7.1.

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, StreamBody, combinators::BoxBody};
use hyper::{
    Request, Response, Version,
    body::{Frame, Incoming},
    header::{self, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use poem::{
    Endpoint,
    http::{Method, StatusCode, uri::Scheme},
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

type Body = BoxBody<Bytes, io::Error>;

/// Until `stop`, and for as long as `grace` afterwards for what was accepted by then.
pub async fn serve(
    mut acceptor: impl Acceptor,
    app: impl Endpoint + 'static,
    stop: impl Future<Output = ()>,
    grace: Duration,
) {
    let (app, stopping, open) = (Arc::new(app), CancellationToken::new(), TaskTracker::new());
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = acceptor.accept() => {
                if let Ok(accepted) = accepted {
                    open.spawn(converse(accepted, app.clone(), stopping.clone(), open.clone()));
                }
            }
        }
    }
    drop(acceptor);
    stopping.cancel();
    open.close();
    tokio::time::timeout(grace, open.wait()).await.ok();
}

async fn converse<Io: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    (connection, local, from, scheme): (Io, LocalAddr, RemoteAddr, Scheme),
    app: Arc<impl Endpoint>,
    stopping: CancellationToken,
    open: TaskTracker,
) {
    let (settled, events) = (Settled::default(), Events::default());
    let connection = Watched { connection, settled: settled.clone() };
    let service = service_fn(|request: Request<Incoming>| {
        let (app, events) = (app.clone(), events.clone());
        let (local, from, scheme) = (local.clone(), from.clone(), scheme.clone());
        async move {
            let can_be_taken = request.method() == Method::GET && request.version() == Version::HTTP_11;
            let request = poem::Request::from((request, local, from, scheme));
            let response = Response::from(app.get_response(request).await);
            Ok::<_, Infallible>(if can_be_taken { events.taken_from(response) } else { response })
        }
    });
    let mut http = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
    let mut stop = pin!(stopping.cancelled());
    let mut told = false;
    let body = poll_fn(|cx| {
        if !told && stop.as_mut().poll(cx).is_ready() {
            told = true;
            Pin::new(&mut http).graceful_shutdown();
        }
        match Pin::new(&mut http).poll(cx) {
            Poll::Ready(_) => Poll::Ready(None),
            Poll::Pending if settled.is_set() => {
                events.take().map_or(Poll::Pending, |body| Poll::Ready(Some(body)))
            }
            Poll::Pending => Poll::Pending,
        }
    })
    .await;
    if let Some(body) = body {
        // In a task of its own, since this one has room for all of the above.
        open.spawn(tell(http.into_parts().io.into_inner().connection, body));
    }
}

/// The body of an event stream whose head is on its way.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Option<Body>>>);

impl Events {
    /// What is left for hyper has a body that neither says anything nor ends. The connection is closed at its end, which a proxy
    /// has to know before, or it would send somebody else's request into it.
    fn taken_from(&self, mut response: Response<Body>) -> Response<Body> {
        let kind = response.headers().get(header::CONTENT_TYPE);
        if response.status() != StatusCode::OK || kind.is_none_or(|kind| kind != "text/event-stream") {
            return response;
        }
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response.map(|body| {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
            StreamBody::new(stream::pending::<io::Result<Frame<Bytes>>>()).boxed()
        })
    }

    fn take(&self) -> Option<Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Until the body ends, or whoever listens is gone. They have nothing to say meanwhile.
async fn tell(mut connection: impl AsyncRead + AsyncWrite + Unpin, mut body: Body) {
    let mut heard = [0];
    loop {
        let outcome = tokio::select! {
            frame = body.frame() => match frame {
                Some(Ok(frame)) => write_chunk(&mut connection, &frame.into_data().unwrap_or_default()).await,
                Some(Err(_)) => return,
                None => {
                    connection.write_all(b"0\r\n\r\n").await.ok();
                    connection.shutdown().await.ok();
                    return;
                }
            },
            _ = connection.read(&mut heard) => return,
        };
        if outcome.is_err() {
            return;
        }
    }
}

async fn write_chunk(connection: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    // A chunk of no bytes would be the end.
    if bytes.is_empty() {
        return Ok(());
    }
    let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    connection.write_all(&chunk).await?;
    connection.flush().await
}

/// Whether all that hyper had to write is written: it asks for a flush only then.
#[derive(Clone, Default)]
struct Settled(Arc<AtomicBool>);

impl Settled {
    fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }

    fn set(&self, settled: bool) {
        self.0.store(settled, Relaxed);
    }
}

struct Watched<Io> {
    connection: Io,
    settled: Settled,
}

impl<Io: AsyncRead + Unpin> AsyncRead for Watched<Io> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_read(cx, buf)
    }
}

impl<Io: AsyncWrite + Unpin> AsyncWrite for Watched<Io> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.settled.set(false);
        Pin::new(&mut self.connection).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.settled.set(false);
        Pin::new(&mut self.connection).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.connection).poll_flush(cx);
        self.settled.set(flushed.is_ready());
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(cx)
    }
}
