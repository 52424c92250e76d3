//! Connections with deadlines. poem sets none (T17): a client that sends its headers byte by byte,
//! stops half way through a body or never reads its answer would hold a connection for ever.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use poem::{
    http::uri::Scheme,
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep_until},
};

/// Beyond this many, new connections wait in the operating system's queue.
const MOST_CONNECTIONS: usize = 20_000;
/// For a request's headers, and before its body counts as too slow.
const HEADERS: Duration = Duration::from_secs(20);
/// A body slower than this is given up.
const BYTES_PER_SECOND: u64 = 1024;
/// Between requests; event streams write more often than that.
const IDLE: Duration = Duration::from_secs(75);
/// For a client to take what was written.
const STALLED: Duration = Duration::from_secs(60);

pub struct Deadlines {
    listener: TcpListener,
    local: LocalAddr,
    free: Arc<Semaphore>,
}

impl Deadlines {
    pub fn new(listener: TcpListener) -> io::Result<Self> {
        Self::with_places(listener, MOST_CONNECTIONS)
    }

    fn with_places(listener: TcpListener, places: usize) -> io::Result<Self> {
        let local = LocalAddr(listener.local_addr()?.into());
        Ok(Self { listener, local, free: Arc::new(Semaphore::new(places)) })
    }
}

impl Acceptor for Deadlines {
    type Io = Connection;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![self.local.clone()]
    }

    async fn accept(&mut self) -> io::Result<(Connection, LocalAddr, RemoteAddr, Scheme)> {
        let place = self.free.clone().acquire_owned().await.map_err(io::Error::other)?;
        let accepted = self.listener.accept().await;
        if accepted.is_err() {
            // Out of file descriptors, most likely: without a pause this would spin.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (stream, from) = accepted?;
        stream.set_nodelay(true)?;
        let connection = Connection::new(stream, place);
        Ok((connection, self.local.clone(), RemoteAddr(from.into()), Scheme::HTTP))
    }
}

/// Where the conversation stands.
enum Turn {
    /// Nothing came since the last answer.
    Idle { since: Instant },
    /// A request is arriving.
    Reading { since: Instant, bytes: u64 },
}

impl Turn {
    fn deadline(&self) -> Instant {
        match self {
            Turn::Idle { since } => *since + IDLE,
            Turn::Reading { since, bytes } => {
                *since + HEADERS + Duration::from_secs(bytes / BYTES_PER_SECOND)
            }
        }
    }
}

pub struct Connection {
    stream: TcpStream,
    turn: Turn,
    reading: Pin<Box<Sleep>>,
    writing: Option<Pin<Box<Sleep>>>,
    _place: OwnedSemaphorePermit,
}

impl Connection {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit) -> Self {
        // The first request is expected at once.
        let turn = Turn::Reading { since: Instant::now(), bytes: 0 };
        let reading = Box::pin(sleep_until(turn.deadline()));
        Self { stream, turn, reading, writing: None, _place: place }
    }

    fn received(&mut self, more: u64) {
        self.turn = match self.turn {
            Turn::Idle { .. } => Turn::Reading { since: Instant::now(), bytes: more },
            Turn::Reading { since, bytes } => Turn::Reading { since, bytes: bytes + more },
        };
    }

    fn written(&mut self) {
        self.turn = Turn::Idle { since: Instant::now() };
        self.writing = None;
    }

    /// The timer is moved only when it fires: moving it at every read would cost more than it is
    /// worth.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        while self.reading.as_mut().poll(cx).is_ready() {
            let deadline = self.turn.deadline();
            if Instant::now() >= deadline {
                return true;
            }
            self.reading.as_mut().reset(deadline);
        }
        // A shorter deadline may have come up since the timer was set.
        let deadline = self.turn.deadline();
        if deadline < self.reading.deadline() {
            self.reading.as_mut().reset(deadline);
            return self.is_late(cx);
        }
        false
    }

    fn is_stalled(&mut self, cx: &mut Context<'_>) -> bool {
        let timer = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(STALLED)));
        timer.as_mut().poll(cx).is_ready()
    }

    fn after_write<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match outcome {
            Poll::Ready(outcome) => {
                self.written();
                Poll::Ready(outcome)
            }
            Poll::Pending if self.is_stalled(cx) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buf) {
            Poll::Ready(outcome) => {
                self.received((buf.filled().len() - before) as u64);
                Poll::Ready(outcome)
            }
            Poll::Pending if self.is_late(cx) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.after_write(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.after_write(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn pair() -> (TcpStream, Connection) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut deadlines = Deadlines::new(listener).unwrap();
        let (client, accepted) = tokio::join!(TcpStream::connect(address), deadlines.accept());
        (client.unwrap(), accepted.unwrap().0)
    }

    #[tokio::test]
    async fn t17_whoever_comes_when_all_places_are_taken_waits_for_one() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut deadlines = Deadlines::with_places(listener, 1).unwrap();
        let _clients = tokio::try_join!(TcpStream::connect(address), TcpStream::connect(address)).unwrap();
        let (first, ..) = deadlines.accept().await.unwrap();
        assert!(deadlines.accept().now_or_never().is_none(), "it is let in");
        drop(first);
        deadlines.accept().await.unwrap();
    }

    fn timed_out(outcome: io::Result<usize>) -> bool {
        outcome.is_err_and(|error| error.kind() == io::ErrorKind::TimedOut)
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_nothing_is_let_go() {
        let (_client, mut connection) = pair().await;
        let started = Instant::now();
        assert!(timed_out(connection.read(&mut [0; 64]).await));
        assert_eq!(started.elapsed().as_secs(), HEADERS.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_trickles_is_let_go_and_one_that_makes_progress_is_not() {
        let turn = Turn::Reading { since: Instant::now(), bytes: 10 * BYTES_PER_SECOND };
        assert_eq!(turn.deadline() - Instant::now(), HEADERS + Duration::from_secs(10));
        let turn = Turn::Reading { since: Instant::now(), bytes: 20 };
        assert_eq!(turn.deadline() - Instant::now(), HEADERS);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_may_rest_between_requests() {
        let (_client, mut connection) = pair().await;
        connection.write_all(b"answer").await.unwrap();
        let started = Instant::now();
        assert!(timed_out(connection.read(&mut [0; 64]).await));
        assert_eq!(started.elapsed().as_secs(), IDLE.as_secs());
    }
}
