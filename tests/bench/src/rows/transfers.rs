//! A large file down and up, beside the bare object store that Portico keeps it in: the same folder
//! store, read in pieces of 1 MiB, written in parts of 5 MiB and synchronized.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as Key};

use super::Office;
use crate::{
    process::Process,
    settings::Settings,
    table::{Figure, Limit, Row, Unit},
    visitor,
};

const PEER: &str = "object store";
/// Of which the one in the middle counts.
const ROUNDS: usize = 3;
const READ: u64 = 1 << 20;
const PART: usize = 5 << 20;

pub async fn measure(
    server: &Process,
    office: &Office,
    settings: &Settings,
    folder: &Path,
) -> Result<Vec<Row>> {
    let (ada, carol) = (office.ada.at(server), office.carol.at(server));
    let bare = folder.join("bare-objects");
    std::fs::create_dir_all(&bare)?;
    let bare = LocalFileSystem::new_with_prefix(bare)?.with_fsync(true);
    let (size, key) = (settings.file_size, Key::from("large"));
    let [mut up, mut bare_up, mut down, mut bare_down] = [const { Vec::new() }; 4];
    for round in 0..ROUNDS {
        let started = Instant::now();
        write(&bare, &key, size).await?;
        bare_up.push(started.elapsed());

        let started = Instant::now();
        ada.upload(server, &office.archive, &format!("round-{round}.bin"), size).await?;
        up.push(started.elapsed());

        let started = Instant::now();
        read(&bare, &key, size).await?;
        bare_down.push(started.elapsed());

        let started = Instant::now();
        ensure!(carol.download(server, &office.file).await? == size, "a download was cut short");
        down.push(started.elapsed());
    }
    let mebibytes = size >> 20;
    Ok(vec![
        Row::new(format!("{mebibytes} MiB download, folder"), rate(down, size))
            .beside(PEER, rate(bare_down, size))
            .limit(Limit::OfPeer(0.5)),
        Row::new(format!("{mebibytes} MiB upload, folder"), rate(up, size))
            .beside(PEER, rate(bare_up, size))
            .limit(Limit::OfPeer(0.4)),
    ])
}

async fn write(store: &LocalFileSystem, key: &Key, size: u64) -> Result<()> {
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

async fn read(store: &LocalFileSystem, key: &Key, size: u64) -> Result<()> {
    for begin in (0..size).step_by(READ as usize) {
        let range = begin..size.min(begin + READ);
        ensure!(!store.get_range(key, range).await?.is_empty(), "an object was cut short");
    }
    Ok(())
}

fn rate(mut times: Vec<Duration>, size: u64) -> Figure {
    times.sort_unstable();
    Unit::MebibytesPerSecond.of((size >> 20) as f64 / times[times.len() / 2].as_secs_f64())
}
