//! Requests one after the other, on one connection or on several at once.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use tokio::task::JoinSet;

use crate::{
    http::Connection,
    process::Process,
    table::{Figure, Unit},
};

/// Before the first request that counts.
const WARMING: Duration = Duration::from_millis(500);

/// Sorted, so that percentiles can be read off.
pub struct Times(Vec<Duration>);

pub struct Load {
    pub times: Times,
    elapsed: Duration,
    processor_time: Duration,
}

impl Times {
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn percentile(&self, percent: usize) -> Figure {
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        let time = self.0.get(place).copied().unwrap_or_default();
        milliseconds(time)
    }
}

impl Load {
    /// Sends `requests` in turn until `duration` is over.
    pub async fn put_on(
        server: &Process,
        requests: Vec<Vec<u8>>,
        connections: usize,
        duration: Duration,
    ) -> Result<Self> {
        let requests: Arc<[Vec<u8>]> = requests.into();
        send_for(server.address(), requests.clone(), connections, WARMING).await?;
        let (spent, started) = (server.processor_time()?, Instant::now());
        let times = send_for(server.address(), requests, connections, duration).await?;
        let (elapsed, processor_time) = (started.elapsed(), server.processor_time()? - spent);
        Ok(Self { times: Times::new(times), elapsed, processor_time })
    }

    pub fn per_second(&self) -> Figure {
        Unit::PerSecond.of(self.times.count() as f64 / self.elapsed.as_secs_f64())
    }

    pub fn processor_time_per_request(&self) -> Figure {
        milliseconds(self.processor_time / self.times.0.len().max(1) as u32)
    }
}

pub fn milliseconds(time: Duration) -> Figure {
    Unit::Milliseconds.of(time.as_secs_f64() * 1e3)
}

async fn send_for(
    address: SocketAddr,
    requests: Arc<[Vec<u8>]>,
    connections: usize,
    duration: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + duration;
    let mut all = JoinSet::new();
    for first in 0..connections {
        let (requests, connection) = (requests.clone(), Connection::open(address).await?);
        all.spawn(send_until(end, connection, requests, first));
    }
    let mut times = Vec::new();
    while let Some(of_one) = all.join_next().await {
        times.extend(of_one??);
    }
    Ok(times)
}

async fn send_until(
    end: Instant,
    mut connection: Connection,
    requests: Arc<[Vec<u8>]>,
    first: usize,
) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    for request in requests.iter().cycle().skip(first) {
        let started = Instant::now();
        if started >= end {
            break;
        }
        let status = connection.exchange(request).await?.head.status;
        ensure!(status == 200, "a page was answered with {status}");
        times.push(started.elapsed());
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_read_off() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(times.percentile(50).to_string(), "100 ms");
        assert_eq!(times.percentile(99).to_string(), "198 ms");
    }
}
