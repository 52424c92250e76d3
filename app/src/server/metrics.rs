//! What is counted of requests: how many of which kind ended how, and how long they took. A request costs two relaxed
//! additions; nothing is kept of who asked, or for what.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use anyhow::bail;
use poem::http::StatusCode;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// In characters.
const SHORTEST: usize = 20;

/// Opens `/metrics`. Only its hash is kept, and there is no `Debug` (T15).
#[derive(Clone)]
pub struct MetricsToken([u8; 32]);

impl MetricsToken {
    /// # Errors
    /// For one that could be guessed.
    pub fn parse(words: &str) -> anyhow::Result<Self> {
        if words.chars().count() < SHORTEST {
            bail!("it has fewer than {SHORTEST} characters; `openssl rand -hex 16` makes a good one");
        }
        Ok(Self(Sha256::digest(words).into()))
    }

    /// Takes as long for a guess that begins well as for any other.
    pub fn is(&self, given: &str) -> bool {
        self.0[..].ct_eq(&Sha256::digest(given)[..]).into()
    }
}

/// What was asked for, as far as it matters to how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteClass {
    Client,
    Staff,
    File,
    Asset,
    Stream,
    Webhook,
    Probe,
}

impl RouteClass {
    pub const ALL: [Self; 7] =
        [Self::Client, Self::Staff, Self::File, Self::Asset, Self::Stream, Self::Webhook, Self::Probe];

    pub fn of(path: &str) -> Self {
        let is_within = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        match path {
            "/healthz" | "/readyz" | "/metrics" => Self::Probe,
            "/live" | "/staff/live" => Self::Stream,
            "/manifest.webmanifest" => Self::Asset,
            _ if is_within("/assets") || is_within("/brand") => Self::Asset,
            _ if is_within("/webhooks") => Self::Webhook,
            _ if path.ends_with("/download") || path.ends_with("/content") => Self::File,
            _ if path == "/staff" || is_within("/staff") => Self::Staff,
            _ => Self::Client,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Staff => "staff",
            Self::File => "file",
            Self::Asset => "asset",
            Self::Stream => "stream",
            Self::Webhook => "webhook",
            Self::Probe => "probe",
        }
    }
}

/// The first digit of a status.
pub const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Microseconds up to which a request falls into each piece of the histogram; what takes longer is in one more.
pub const BOUNDS: [u64; 11] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 30_000_000];

/// One for each class of route and of status.
pub struct Series {
    pieces: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Series {
    const fn new() -> Self {
        Self { pieces: [const { AtomicU64::new(0) }; BOUNDS.len() + 1], micros: AtomicU64::new(0) }
    }

    fn count(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let piece = BOUNDS.partition_point(|bound| *bound < micros);
        self.pieces[piece].fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
    }

    /// How many took no longer than each of [`BOUNDS`], and last how many there were.
    pub fn up_to(&self) -> [u64; BOUNDS.len() + 1] {
        let mut sum = 0;
        self.pieces.each_ref().map(|piece| {
            sum += piece.load(Relaxed);
            sum
        })
    }

    /// Of all together, in microseconds.
    pub fn micros(&self) -> u64 {
        self.micros.load(Relaxed)
    }
}

/// Of this process, since it started.
pub struct Requests([[Series; STATUSES.len()]; RouteClass::ALL.len()]);

pub static REQUESTS: Requests = Requests::new();

impl Requests {
    const fn new() -> Self {
        Self([const { [const { Series::new() }; STATUSES.len()] }; RouteClass::ALL.len()])
    }

    pub fn count(&self, class: RouteClass, status: StatusCode, took: Duration) {
        let status = usize::from(status.as_u16() / 100).clamp(1, STATUSES.len()) - 1;
        self.0[class as usize][status].count(took);
    }

    /// Those of which there was a request.
    pub fn series(&self) -> impl Iterator<Item = (RouteClass, &'static str, &Series)> {
        let all = RouteClass::ALL.into_iter().zip(&self.0);
        let each = all.flat_map(|(class, of_class)| {
            STATUSES.into_iter().zip(of_class).map(move |(status, series)| (class, status, series))
        });
        each.filter(|(.., series)| series.up_to().last().is_some_and(|all| *all > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_its_class_and_nothing_else_of_it() {
        for (path, class) in [
            ("/", RouteClass::Client),
            ("/portals/01", RouteClass::Client),
            ("/staffing", RouteClass::Client),
            ("/staff", RouteClass::Staff),
            ("/staff/portals/01", RouteClass::Staff),
            ("/staff/files/01/download", RouteClass::File),
            ("/files/01/content", RouteClass::File),
            ("/assets/app.css", RouteClass::Asset),
            ("/staff/live", RouteClass::Stream),
            ("/webhooks/stripe", RouteClass::Webhook),
            ("/metrics", RouteClass::Probe),
        ] {
            assert_eq!(RouteClass::of(path), class, "{path}");
        }
        for (at, class) in RouteClass::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, at);
        }
    }

    #[test]
    fn a_request_is_counted_once_and_in_every_piece_that_holds_it() {
        let requests = Requests::new();
        for micros in [900, 1_000, 1_001, 60_000_000] {
            requests.count(RouteClass::Staff, StatusCode::OK, Duration::from_micros(micros));
        }
        requests.count(RouteClass::Client, StatusCode::NOT_FOUND, Duration::ZERO);
        let all: Vec<_> = requests.series().collect();
        let names: Vec<_> = all.iter().map(|(class, status, _)| (*class, *status)).collect();
        assert_eq!(names, [(RouteClass::Client, "4xx"), (RouteClass::Staff, "2xx")]);
        assert_eq!(all[1].2.up_to(), [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
        assert_eq!(all[1].2.micros(), 60_002_901);
    }

    #[test]
    fn a_token_opens_for_itself_alone() {
        let token = MetricsToken::parse("abcdefghijklmnopqrst").unwrap();
        assert!(token.is("abcdefghijklmnopqrst"));
        for wrong in ["", "abcdefghijklmnopqrs", "abcdefghijklmnopqrstu", "Abcdefghijklmnopqrst"] {
            assert!(!token.is(wrong), "{wrong}");
        }
        assert!(MetricsToken::parse("abcdefghijklmnopqrs").is_err());
    }
}
