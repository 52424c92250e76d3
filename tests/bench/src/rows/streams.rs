//! Open event streams of clients of two organizations, an update in each, and how soon everybody who may see one has heard of
//! it. One session of each organization opens all of its streams: the product bounds connections, not the streams of somebody,
//! and a stream costs the same whoever has it open. The portal that only the others may see is the canary.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::time::sleep;

use super::office;
use crate::{
    corpus::Text,
    crowd::{Crowd, Marks},
    http::Connection,
    load::{Times, milliseconds},
    portico::Portico,
    process::{Process, own_processor_time},
    settings,
    table::{Limit, Row, Unit},
    visitor::Visitor,
};

const STEPS: [usize; 2] = [1_000, 10_000];
const ROUNDS: u32 = 3;
/// Besides the streams, of this program and of the server.
const OTHER_FILES: usize = 500;
/// Until what was saved has been told by all that follows from it.
const SETTLING: Duration = Duration::from_secs(2);

pub async fn measure(folder: &Path) -> Result<Vec<Row>> {
    let room = settings::raise_file_limit()?.saturating_sub(OTHER_FILES);
    let portico = Portico::fill(folder, &[])?;
    let server = portico.serve()?;
    let studio = Side::of(&portico, &server, ["studio", "carol@acme.test", "ada@studio.test"]).await?;
    let rival = Side::of(&portico, &server, ["rival", "rita@client.test", "eve@rival.test"]).await?;
    let sides = [(&studio, &rival), (&rival, &studio)];
    sleep(SETTLING).await;
    let idle = server.memory()?;
    let (mut crowd, mut rows) = (Crowd::new(), Vec::new());
    for step in STEPS {
        let more = step.min(room).saturating_sub(crowd.len());
        for (here, there) in sides {
            let marks = Marks { own: here.mark(), foreign: there.mark() };
            crowd.grow(server.address(), &here.reader.get("/live"), &Arc::new(marks), more / 2).await?;
        }
        rows.extend(memory(&server, &crowd, idle).await?);
        rows.extend(updates(&server, &mut crowd, [&studio, &rival]).await?);
    }
    let crossed = Unit::Count.of(crowd.crossed() as f64);
    rows.push(Row::new("  heard of the other organization", crossed).limit(Limit::AtMost(0.0)));
    Ok(rows)
}

struct Side {
    reader: Visitor,
    author: Visitor,
    portal: String,
}

impl Side {
    async fn of(portico: &Portico, server: &Process, [slug, reader, author]: [&str; 3]) -> Result<Self> {
        let (reader, portal) = office::client_and_portal(portico, server, slug, reader).await?;
        let author = portico.sign_in_at(server, slug, author).await?;
        Ok(Self { reader, author, portal })
    }

    fn mark(&self) -> String {
        format!("portal:{}", self.portal)
    }

    async fn write(&self, server: &Process) -> Result<()> {
        let note = Text { title: "Just saved".to_owned(), body: "What we agreed on.".to_owned() };
        let mut connection = Connection::open(server.address()).await?;
        office::write_note(&mut connection, &self.author, &self.portal, &note).await
    }
}

async fn memory(server: &Process, crowd: &Crowd, idle: f64) -> Result<[Row; 2]> {
    sleep(SETTLING).await;
    let (memory, count) = (server.memory()?, crowd.len());
    let each = (memory - idle) * 1024.0 / count as f64;
    Ok([
        Row::new(format!("{count} event streams: memory"), Unit::Mebibytes.of(memory))
            .limit(Limit::AtMost(120.0)),
        Row::new("  of each", Unit::Kibibytes.of(each)),
    ])
}

async fn updates(server: &Process, crowd: &mut Crowd, sides: [&Side; 2]) -> Result<Vec<Row>> {
    let (mut times, spent) = (Vec::new(), (server.processor_time()?, own_processor_time()?));
    for _ in 0..ROUNDS {
        crowd.begin_round();
        let started = Instant::now();
        tokio::try_join!(sides[0].write(server), sides[1].write(server))?;
        times.extend(crowd.all_heard(started).await?);
        sleep(SETTLING).await;
    }
    let (server_time, own) = (server.processor_time()? - spent.0, own_processor_time()? - spent.1);
    let times = Times::new(times);
    Ok(vec![
        Row::new("  an update in each organization until all heard, p50", times.percentile(50)),
        Row::new("  p99", times.percentile(99)).limit(Limit::AtMost(250.0)),
        Row::new("  the last", times.percentile(100)),
        Row::new("  processor time of both updates", milliseconds(server_time / ROUNDS))
            .beside("who listens", milliseconds(own / ROUNDS)),
    ])
}
