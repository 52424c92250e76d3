//! As much of HTTP/1.1 as it takes to keep a server busy: one connection, kept alive, and answers
//! that say their length.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use bytes::{Bytes, BytesMut};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const ROOM: usize = 256 * 1024;

/// Where there are thousands of connections.
const LITTLE_ROOM: usize = 32 * 1024;

pub struct Connection {
    stream: TcpStream,
    received: BytesMut,
    room: usize,
}

pub struct Head {
    pub status: u16,
    lines: String,
    length: u64,
}

pub struct Answer {
    pub head: Head,
    pub body: Bytes,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        Self::with_room(address, ROOM).await
    }

    /// As one of thousands.
    pub async fn open_small(address: SocketAddr) -> Result<Self> {
        Self::with_room(address, LITTLE_ROOM).await
    }

    async fn with_room(address: SocketAddr, room: usize) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: BytesMut::with_capacity(room), room })
    }

    pub async fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.send(request).await?;
        self.receive().await
    }

    pub async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(bytes).await?)
    }

    pub async fn receive(&mut self) -> Result<Answer> {
        let head = self.receive_head().await?;
        while (self.received.len() as u64) < head.length {
            self.receive_more().await?;
        }
        let body = self.received.split_to(head.length as usize).freeze();
        Ok(Answer { head, body })
    }

    /// Returns how long the body was.
    pub async fn receive_and_discard(&mut self) -> Result<u64> {
        let head = self.receive_head().await?;
        ensure!(head.status == 200, "a download was answered with {}", head.status);
        let mut left = head.length;
        loop {
            let here = left.min(self.received.len() as u64);
            drop(self.received.split_to(here as usize));
            left -= here;
            if left == 0 {
                return Ok(head.length);
            }
            self.receive_more().await?;
        }
    }

    async fn receive_head(&mut self) -> Result<Head> {
        loop {
            if let Some(end) = self.received.windows(4).position(|four| four == b"\r\n\r\n") {
                let lines = self.received.split_to(end + 4);
                return Head::read(String::from_utf8_lossy(&lines).into_owned());
            }
            self.receive_more().await?;
        }
    }

    async fn receive_more(&mut self) -> Result<()> {
        self.received.reserve(self.room);
        let count = self.stream.read_buf(&mut self.received).await?;
        ensure!(count > 0, "the server closed the connection");
        Ok(())
    }
}

impl Head {
    pub fn read(lines: String) -> Result<Self> {
        let status = lines.split(' ').nth(1).context("an answer begins with its status")?.parse()?;
        let mut head = Self { status, lines, length: 0 };
        let has_length = head.header("content-length");
        ensure!(has_length.is_some() || matches!(status, 204 | 304), "an answer does not say its length");
        head.length = has_length.map(str::parse).transpose()?.unwrap_or(0);
        Ok(head)
    }

    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut fields = self.lines.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then(|| value.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_its_length() -> Result<()> {
        let head =
            Head::read("HTTP/1.1 303 See Other\r\nLocation: /a\r\ncontent-length: 7\r\n\r\n".to_owned())?;
        assert_eq!((head.status, head.length, head.header("location")), (303, 7, Some("/a")));
        assert!(Head::read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned()).is_err());
        Ok(())
    }
}
