//! From starting the program to its first page.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{
    bare,
    load::Times,
    portico::Portico,
    process::Process,
    table::{Limit, Row},
    visitor::Visitor,
};

const ROUNDS: usize = 5;

pub async fn measure(portico: &Portico, documents: usize) -> Result<Vec<Row>> {
    let (mut times, mut bare_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        times.push(until_answered(|| portico.serve(), "/sign-in").await?);
        bare_times.push(until_answered(|| bare::start(20 * 1024), "/").await?);
    }
    let (portico, peer) = (Times::new(times), Times::new(bare_times));
    let what = format!("start to first answer, {documents} documents");
    Ok(vec![
        Row::new(what, portico.percentile(50))
            .beside("poem + maud", peer.percentile(50))
            .limit(Limit::AtMost(300.0)),
    ])
}

async fn until_answered(start: impl FnOnce() -> Result<Process>, path: &str) -> Result<Duration> {
    let started = Instant::now();
    let server = start()?;
    Visitor::stranger(&server).page(&server, path).await?;
    Ok(started.elapsed())
}
