//! TLS above the deadlines. A handshake is part of its connection and not of accepting it, so that nobody waits for whoever is
//! slow at it, and it has a deadline of its own (T17).

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use poem::{
    http::uri::Scheme,
    listener::Acceptor,
    web::{LocalAddr, RemoteAddr},
};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Sleep,
};
use tokio_rustls::{Accept, TlsAcceptor, server::TlsStream};

use super::acceptor::{Connection, Deadlines};

const HANDSHAKE: Duration = Duration::from_secs(20);

pub struct Handshakes {
    connections: Deadlines,
    tls: TlsAcceptor,
}

impl Handshakes {
    pub fn new(connections: Deadlines, configuration: Arc<ServerConfig>) -> Self {
        Self { connections, tls: TlsAcceptor::from(configuration) }
    }
}

impl Acceptor for Handshakes {
    type Io = Secure;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.connections.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Secure, LocalAddr, RemoteAddr, Scheme)> {
        let (connection, here, from, _) = self.connections.accept().await?;
        Ok((Secure::new(self.tls.accept(connection)), here, from, Scheme::HTTPS))
    }
}

enum Stage {
    Handshake { shaking: Box<Accept<Connection>>, until: Pin<Box<Sleep>> },
    Open(Box<TlsStream<Connection>>),
    Over,
}

pub struct Secure(Stage);

impl Secure {
    fn new(shaking: Accept<Connection>) -> Self {
        let until = Box::pin(tokio::time::sleep(HANDSHAKE));
        Self(Stage::Handshake { shaking: Box::new(shaking), until })
    }

    /// The stream, once the handshake is through.
    fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Pin<&mut TlsStream<Connection>>>> {
        if let Stage::Handshake { shaking, until } = &mut self.0 {
            let outcome = match Pin::new(shaking).poll(cx) {
                Poll::Ready(outcome) => outcome,
                Poll::Pending if until.as_mut().poll(cx).is_ready() => Err(io::ErrorKind::TimedOut.into()),
                Poll::Pending => return Poll::Pending,
            };
            match outcome {
                Ok(stream) => self.0 = Stage::Open(Box::new(stream)),
                Err(error) => {
                    self.0 = Stage::Over;
                    return Poll::Ready(Err(error));
                }
            }
        }
        match &mut self.0 {
            Stage::Open(stream) => Poll::Ready(Ok(Pin::new(&mut **stream))),
            Stage::Handshake { .. } | Stage::Over => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl AsyncRead for Secure {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.poll_open(cx))?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Secure {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_open(cx))?.poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_open(cx))?.poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Stage::Open(stream) => Pin::new(&mut **stream).poll_flush(cx),
            // Nothing was written yet.
            Stage::Handshake { .. } | Stage::Over => Poll::Ready(Ok(())),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Stage::Open(stream) => Pin::new(&mut **stream).poll_shutdown(cx),
            Stage::Handshake { .. } | Stage::Over => Poll::Ready(Ok(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        time::Instant,
    };

    use super::*;
    use crate::certificates::{Certificates, server_configuration};

    async fn pair() -> (TcpStream, Secure) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let configuration = server_configuration(Arc::new(Certificates::default())).unwrap();
        let mut handshakes = Handshakes::new(Deadlines::new(listener).unwrap(), configuration);
        let (client, accepted) = tokio::join!(TcpStream::connect(address), handshakes.accept());
        (client.unwrap(), accepted.unwrap().0)
    }

    #[tokio::test(start_paused = true)]
    async fn t17_who_does_not_shake_hands_is_let_go() {
        let (_client, mut secure) = pair().await;
        let started = Instant::now();
        let outcome = secure.read(&mut [0; 64]).await;
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(started.elapsed().as_secs(), HANDSHAKE.as_secs());
    }

    #[tokio::test]
    async fn who_speaks_in_the_open_is_not_heard() {
        let (mut client, mut secure) = pair().await;
        client.write_all(b"GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n").await.unwrap();
        assert!(secure.read(&mut [0; 64]).await.is_err());
        assert!(secure.read(&mut [0; 64]).await.is_err(), "it is over");
    }
}
