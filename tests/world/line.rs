use std::{
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{Ipv4Addr, TcpStream},
    time::Duration,
};

use super::Person;

/// A connection by itself, for what no browser does: stopping half-way, not reading, hanging up.
pub struct Line(BufReader<TcpStream>);

/// An answer as it came.
pub struct Heard {
    pub status: u16,
    head: String,
    pub body: String,
}

/// How long a test waits for what must come; nothing measures it.
const PATIENCE: Duration = Duration::from_secs(120);
/// To see whether the other end is still there.
const GLANCE: Duration = Duration::from_millis(250);

impl Line {
    /// To the server of this person.
    pub fn open(person: &Person) -> Self {
        let port = person.address("/").port().unwrap();
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    /// Everything before the body, as this person's browser sends it; `more` are whole lines.
    pub fn head(person: &Person, asked: &str, more: &str) -> String {
        let (origin, cookie) = (person.origin(), person.cookie_header());
        let host = origin.trim_start_matches("http://");
        format!(
            "{asked} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookie}\r\n{more}\r\n"
        )
    }

    pub fn form(person: &Person, path: &str, fields: &str) -> String {
        let length = fields.len();
        let more = format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n");
        Self::head(person, &format!("POST {path}"), &more) + fields
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.0.get_mut().write_all(bytes.as_ref())
    }

    /// The next answer, which says its length or has no body.
    pub fn hear(&mut self) -> io::Result<Heard> {
        let head = self.hear_head()?;
        let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Ok(Heard { status, head, body: String::from_utf8_lossy(&body).into_owned() })
    }

    /// Everything before the next body.
    pub fn hear_head(&mut self) -> io::Result<String> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(head)
    }

    /// All that comes until the other end closes.
    pub fn hear_all(&mut self) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        self.0.read_to_end(&mut all)?;
        Ok(all)
    }

    /// Whether the other end is still there after a moment; what it says meanwhile is not kept.
    pub fn is_open(&mut self) -> bool {
        self.0.get_ref().set_read_timeout(Some(GLANCE)).unwrap();
        match self.0.get_mut().read(&mut [0; 1024]) {
            Ok(bytes) => bytes > 0,
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }

    /// Our own end.
    pub fn port(&self) -> u16 {
        self.0.get_ref().local_addr().unwrap().port()
    }
}

impl Heard {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'h>(head: &'h str, wanted: &str) -> Option<&'h str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
}
