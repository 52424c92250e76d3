//! A hundred people who sign in at once, beside the hash alone, and another client's page beside them. Each comes from
//! an address of their own, so that nobody is refused for guessing, and half of them mistype. It has an installation of
//! its own, which believes what it is told of addresses. Before that, one after the other: how long a wrong password takes
//! where somebody has the address and where nobody has.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use argon2::Argon2;
use tokio::task::JoinSet;

use crate::{
    http::Connection,
    load::{Load, Times},
    portico::Portico,
    process::Process,
    settings::Settings,
    table::{Figure, Limit, Row, Unit},
    visitor::Visitor,
};

const AT_ONCE: usize = 100;
const CAROL: &str = "carol@acme.test";
/// Her page lists her sessions, and none of those who sign in.
const DORA: &str = "dora@globex.test";
const NOBODY: &str = "nobody@acme.test";
const WRONG: &str = "seven lamps along a quay";
/// Of each, a hash long: their middle says more than their tail.
const GUESSES: usize = 100;

pub async fn measure(folder: &Path, settings: &Settings) -> Result<Vec<Row>> {
    let portico = Portico::fill(folder, &[("PORTICO_TRUSTED_PROXIES", "127.0.0.1".to_owned())])?;
    let server = portico.serve()?;
    let page = vec![portico.sign_in(&server, DORA).await?.get("/account")];
    let alone = Load::put_on(&server, page.clone(), 4, settings.duration).await?;
    let [known, unknown] = refusals(&server).await?.map(|times| times.percentile(50));
    let hashes = hashes_alone(settings.duration);
    let mut flood = Flood::begin(&server, portico.password_of(CAROL)?).await?;
    tokio::time::sleep(settings.duration).await;
    let answered = flood.answered_per_second();
    let beside = Load::put_on(&server, page, 4, settings.duration).await?;
    flood.end()?;
    let name = format!("account page beside {AT_ONCE} sign-ins at once, 4 connections");
    let time = |percent| {
        Row::new(format!("  p{percent}"), beside.times.percentile(percent))
            .beside("without them", alone.times.percentile(percent))
    };
    Ok(vec![
        Row::new(format!("sign-ins, {AT_ONCE} at once"), answered)
            .beside("argon2id alone", hashes)
            .limit(Limit::OfPeer(0.85)),
        Row::new(name, beside.per_second()).beside("without them", alone.per_second()),
        time(50),
        time(99).limit(Limit::OfPeer(0.5)),
        // Coarse, in both directions: who measures it long enough sees more (P5).
        Row::new("a wrong password at an address that somebody has, p50", known)
            .beside("that nobody has", unknown)
            .limit(Limit::OfPeer(0.9)),
        Row::new("  at one that nobody has", unknown)
            .beside("that somebody has", known)
            .limit(Limit::OfPeer(0.9)),
    ])
}

/// At Carol's address and at nobody's, in turns, so that whatever else the machine does meets both.
async fn refusals(server: &Process) -> Result<[Times; 2]> {
    let visitor = Visitor::stranger(server);
    let mut connection = Connection::open(server.address()).await?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..GUESSES {
        for (email, times) in [CAROL, NOBODY].into_iter().zip(&mut times) {
            let request = visitor.sign_in_from(&any_address(), email, WRONG);
            let started = Instant::now();
            let status = connection.exchange(&request).await?.head.status;
            ensure!(status == 422, "a wrong password was answered with {status}");
            times.push(started.elapsed());
        }
    }
    Ok(times.map(Times::new))
}

/// As many as the machine can compute, with the parameters of the product (T9), which are the crate's own.
fn hashes_alone(duration: Duration) -> Figure {
    let end = Instant::now() + duration;
    let lane = || {
        let mut hash = [0; 32];
        let hashes = std::iter::from_fn(|| {
            let outcome =
                Argon2::default().hash_password_into(WRONG.as_bytes(), b"a grain of salt", &mut hash);
            (outcome.is_ok() && Instant::now() < end).then_some(())
        });
        hashes.count()
    };
    let lanes = thread::available_parallelism().map_or(1, usize::from);
    let hashes: usize = thread::scope(|scope| {
        let all: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        all.into_iter().filter_map(|lane| lane.join().ok()).sum()
    });
    Unit::PerSecond.of(hashes as f64 / duration.as_secs_f64())
}

/// People who sign in again as soon as they are answered, or told to come back and waited for it.
struct Flood {
    people: JoinSet<Result<()>>,
    answered: Arc<AtomicUsize>,
    since: Instant,
}

impl Flood {
    async fn begin(server: &Process, password: &str) -> Result<Self> {
        let (answered, since) = (Arc::default(), Instant::now());
        let mut flood = Self { people: JoinSet::new(), answered, since };
        for person in 0..AT_ONCE {
            let connection = Connection::open(server.address()).await?;
            let visitor = Visitor::stranger(server);
            let typed = if person % 2 == 0 { password } else { WRONG }.to_owned();
            flood.people.spawn(sign_in_again_and_again(connection, visitor, typed, flood.answered.clone()));
        }
        Ok(flood)
    }

    fn answered_per_second(&self) -> Figure {
        let answered = self.answered.load(Ordering::Relaxed) as f64;
        Unit::PerSecond.of(answered / self.since.elapsed().as_secs_f64())
    }

    /// # Errors
    /// What one of them met: they end only by that.
    fn end(&mut self) -> Result<()> {
        match self.people.try_join_next() {
            Some(outcome) => outcome?,
            None => Ok(()),
        }
    }
}

async fn sign_in_again_and_again(
    mut connection: Connection,
    visitor: Visitor,
    password: String,
    answered: Arc<AtomicUsize>,
) -> Result<()> {
    loop {
        let request = visitor.sign_in_from(&any_address(), CAROL, &password);
        let head = connection.exchange(&request).await?.head;
        match head.status {
            303 | 422 => {
                answered.fetch_add(1, Ordering::Relaxed);
            }
            429 | 503 => {
                let wait = head.header("retry-after").context("when to come back")?.parse()?;
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
            other => bail!("a sign-in was answered with {other}"),
        }
    }
}

/// A new one each time (RFC 4193).
fn any_address() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("fd00::{:x}", NEXT.fetch_add(1, Ordering::Relaxed) % 0xffff)
}
