//! Requests that come when they come, whether earlier ones are answered or not.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use tokio::{task::JoinSet, time::sleep_until};

use crate::{
    http::{Connection, Head},
    load::Times,
};

/// Who ask, each on a connection of their own. An answer that takes longer than it takes all of them to ask once makes
/// fewer requests than were meant: the row says how many there were.
const VISITORS: u32 = 2_000;

#[derive(Default)]
struct Tally {
    answered: Vec<Duration>,
    refused: Vec<Duration>,
    without_hint: usize,
    broken: usize,
}

pub struct Outcome {
    pub answered: Times,
    pub refused: Times,
    /// Refusals that do not say when to come back.
    pub without_hint: usize,
    /// Connections that ended.
    pub broken: usize,
    pub elapsed: Duration,
}

/// `rate` of them a second.
pub async fn flood(address: SocketAddr, request: Vec<u8>, rate: f64, duration: Duration) -> Result<Outcome> {
    let mut connections = Vec::new();
    for _ in 0..VISITORS {
        connections.push(Connection::open_small(address).await?);
    }
    let (request, started): (Arc<[u8]>, _) = (request.into(), Instant::now());
    let every = Duration::from_secs_f64(f64::from(VISITORS) / rate);
    let (end, mut visitors) = (started + duration, JoinSet::new());
    for (number, connection) in (0_u32..).zip(connections) {
        let due = started + every * number / VISITORS;
        visitors.spawn(ask_on_time(connection, address, request.clone(), (due, every, end)));
    }
    let mut all = Tally::default();
    while let Some(tally) = visitors.join_next().await {
        let tally = tally??;
        all.answered.extend(tally.answered);
        all.refused.extend(tally.refused);
        all.without_hint += tally.without_hint;
        all.broken += tally.broken;
    }
    let Tally { answered, refused, without_hint, broken } = all;
    let (answered, refused) = (Times::new(answered), Times::new(refused));
    Ok(Outcome { answered, refused, without_hint, broken, elapsed: started.elapsed() })
}

async fn ask_on_time(
    mut connection: Connection,
    address: SocketAddr,
    request: Arc<[u8]>,
    (mut due, every, end): (Instant, Duration, Instant),
) -> Result<Tally> {
    let mut tally = Tally::default();
    while due < end {
        sleep_until(due.into()).await;
        let sent = Instant::now();
        match connection.exchange(&request).await {
            Ok(answer) => tally.count(&answer.head, sent.elapsed())?,
            Err(_) => {
                tally.broken += 1;
                connection = Connection::open_small(address).await?;
            }
        }
        // What was missed is not made up for: that would be another load.
        due = (due + every).max(Instant::now());
    }
    Ok(tally)
}

impl Tally {
    fn count(&mut self, head: &Head, took: Duration) -> Result<()> {
        if head.status == 200 {
            self.answered.push(took);
            return Ok(());
        }
        ensure!(is_refusal(head.status), "a page was answered with {}", head.status);
        self.refused.push(took);
        self.without_hint += usize::from(head.header("retry-after").is_none());
        Ok(())
    }
}

pub fn is_refusal(status: u16) -> bool {
    matches!(status, 429 | 503)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_count_by_themselves() -> Result<()> {
        let mut tally = Tally::default();
        for (lines, took) in [
            ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 7),
            ("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nretry-after: 2\r\n\r\n", 1),
            ("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", 2),
        ] {
            tally.count(&Head::read(lines.to_owned())?, Duration::from_millis(took))?;
        }
        assert_eq!((tally.answered.len(), tally.refused.len(), tally.without_hint), (1, 2, 1));
        let missing = Head::read("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned())?;
        assert!(tally.count(&missing, Duration::ZERO).is_err());
        Ok(())
    }
}
