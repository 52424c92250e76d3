//! A large file down and up, beside the bare object store that Portico keeps it in: a folder, where
//! the peer has no network in between, and an S3 server, where both have.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use futures_util::StreamExt;
use object_store::{
    MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3, local::LocalFileSystem,
    path::Path as Key,
};

use super::{Office, memory, office::client_and_portal};
use crate::{
    bucket,
    portico::Portico,
    process::Process,
    settings::Settings,
    table::{Figure, Limit, Row, Unit},
    visitor::{self, Visitor},
};

/// Of which the one in the middle counts.
const ROUNDS: usize = 3;
const READ: u64 = 1 << 20;
const PART: usize = 5 << 20;
/// Of an upload in several requests, as some clients of the protocol send it; our own script sends all that is left.
const CHUNK: u64 = 20 << 20;

pub async fn of_folder(
    server: &Process,
    office: &Office,
    settings: &Settings,
    folder: &Path,
) -> Result<Vec<Row>> {
    let bare = folder.join("bare-objects");
    std::fs::create_dir_all(&bare)?;
    let bare = LocalFileSystem::new_with_prefix(bare)?.with_fsync(true);
    let (ada, carol) = (office.ada.at(server), office.carol.at(server));
    let measured =
        Transfers { server, ada: &ada, carol: &carol, portal: &office.archive, file: &office.file };
    let times = measured.times(&bare, read_in_pieces, settings.file_size).await?;
    Ok(times.rows("folder", settings.file_size).into())
}

/// In an installation of its own, whose files are in a bucket.
pub async fn of_bucket(settings: &Settings, folder: &Path) -> Result<Vec<Row>> {
    let store = bucket::start(&folder.join("buckets"))?;
    let portico = Portico::fill(&folder.join("portico-in-bucket"), &bucket::environment(&store))?;
    let (office, times) = in_bucket(&portico, &store, settings.file_size).await?;
    let [down, up, resumable] = times.rows("S3", settings.file_size);
    let (_, growth) = memory::during_transfers(&portico, &office, settings.file_size).await?;
    Ok(vec![
        down.limit(Limit::OfPeer(0.5)),
        up.limit(Limit::OfPeer(0.4)),
        resumable,
        memory::growth_row("S3", settings.file_size, growth),
    ])
}

async fn in_bucket(portico: &Portico, store: &Process, size: u64) -> Result<(Office, Times)> {
    let server = portico.serve()?;
    let ada = portico.sign_in(&server, "ada@studio.test").await?;
    let (carol, portal) = client_and_portal(portico, &server, "studio", "carol@acme.test").await?;
    let file = ada.upload(&server, &portal, "large.bin", size).await?;
    let measured = Transfers { server: &server, ada: &ada, carol: &carol, portal: &portal, file: &file };
    let times = measured.times(&bucket::client(store)?, read_at_once, size).await?;
    let archive = portal.clone();
    Ok((Office { ada, carol, portal, archive, file }, times))
}

struct Transfers<'a> {
    server: &'a Process,
    ada: &'a Visitor,
    carol: &'a Visitor,
    /// Where Ada uploads to.
    portal: &'a str,
    /// What Carol downloads.
    file: &'a str,
}

#[derive(Default)]
struct Times {
    up: Vec<Duration>,
    resumable: Vec<Duration>,
    bare_up: Vec<Duration>,
    down: Vec<Duration>,
    bare_down: Vec<Duration>,
}

impl Transfers<'_> {
    /// In turns, so that all of them meet the same machine.
    async fn times<S: ObjectStore>(
        &self,
        bare: &S,
        read: impl AsyncFn(&S, &Key, u64) -> Result<()>,
        size: u64,
    ) -> Result<Times> {
        let (key, mut times) = (Key::from("large"), Times::default());
        for round in 0..ROUNDS {
            let started = Instant::now();
            write(bare, &key, size).await?;
            times.bare_up.push(started.elapsed());

            let started = Instant::now();
            self.ada.upload(self.server, self.portal, &format!("round-{round}.bin"), size).await?;
            times.up.push(started.elapsed());

            let started = Instant::now();
            let name = format!("resumable-{round}.bin");
            self.ada.upload_resumably(self.server, self.portal, &name, (size, CHUNK)).await?;
            times.resumable.push(started.elapsed());

            let started = Instant::now();
            read(bare, &key, size).await?;
            times.bare_down.push(started.elapsed());

            let started = Instant::now();
            ensure!(self.carol.download(self.server, self.file).await? == size, "a download was cut short");
            times.down.push(started.elapsed());
        }
        Ok(times)
    }
}

impl Times {
    /// Down, up, and up in several requests.
    fn rows(self, store: &str, size: u64) -> [Row; 3] {
        let name = |way: &str| format!("{} MiB {way}, {store}", size >> 20);
        let (up, bare_up) = (rate(self.up, size), rate(self.bare_up, size));
        let in_chunks = format!("upload by tus in requests of {} MiB", CHUNK >> 20);
        [
            Row::new(name("download"), rate(self.down, size))
                .beside("object store", rate(self.bare_down, size)),
            Row::new(name("upload"), up).beside("object store", bare_up),
            Row::new(name(&in_chunks), rate(self.resumable, size))
                .beside("object store", bare_up)
                .beside("in one request", up),
        ]
    }
}

async fn write(store: &impl ObjectStore, key: &Key, size: u64) -> Result<()> {
    let piece = visitor::piece();
    let part: Vec<u8> = piece.iter().copied().cycle().take(PART).collect();
    let part = bytes::Bytes::from(part);
    let mut upload = store.put_multipart(key).await?;
    let mut left = size as usize;
    while left > 0 {
        let here = left.min(PART);
        upload.put_part(PutPayload::from_bytes(part.slice(..here))).await?;
        left -= here;
    }
    upload.complete().await?;
    Ok(())
}

/// As fast as a folder goes: read at once it comes in crumbs of 8 KiB.
async fn read_in_pieces(store: &LocalFileSystem, key: &Key, size: u64) -> Result<()> {
    for begin in (0..size).step_by(READ as usize) {
        let range = begin..size.min(begin + READ);
        ensure!(!store.get_range(key, range).await?.is_empty(), "an object was cut short");
    }
    Ok(())
}

async fn read_at_once(store: &AmazonS3, key: &Key, size: u64) -> Result<()> {
    let mut bytes = store.get(key).await?.into_stream();
    let mut read = 0;
    while let Some(piece) = bytes.next().await {
        read += piece?.len() as u64;
    }
    ensure!(read == size, "an object was cut short");
    Ok(())
}

fn rate(mut times: Vec<Duration>, size: u64) -> Figure {
    times.sort_unstable();
    Unit::MebibytesPerSecond.of((size >> 20) as f64 / times[times.len() / 2].as_secs_f64())
}
