//! What lies outside of the database: the disk, the object store, files that nobody knows, the search index.

use std::{path::Path, time::Duration};

use anyhow::ensure;
use bytes::Bytes;
use futures_util::TryStreamExt;
use portico_kernel::{Kernel, Objects, Randomness};
use portico_search::IndexState;

use super::{caused, finding::Finding};

const MIB: u64 = 1024 * 1024;
/// Below this SQLite's log and an upload may find no room.
const TOO_LITTLE: u64 = 100 * MIB;
const LITTLE: u64 = 1024 * MIB;

/// For all that is asked of the store.
const PATIENCE: Duration = Duration::from_secs(30);
const WORDS: &[u8] = b"portico doctor was here";
/// Events that may pass the index unwritten, since nothing of them is searched for.
const UNWRITTEN: i64 = 2_000;

pub fn disk(data: &Path) -> Finding {
    let advice = "Make room, or let PORTICO_DATA name a folder on a larger disk.";
    match rustix::fs::statvfs(data) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let words = format!("{} MiB are free in {}", free / MIB, data.display());
            match free {
                ..TOO_LITTLE => Finding::broken("disk", words, advice),
                TOO_LITTLE..LITTLE => Finding::doubtful("disk", words, advice),
                LITTLE.. => Finding::good("disk", words),
            }
        }
        Err(error) => Finding::unknown("disk", error.to_string(), advice),
    }
}

pub async fn objects(objects: &dyn Objects) -> Finding {
    let advice = "Start the object store, or correct STORAGE_URL and its keys.";
    let key = format!("portico-doctor/{}", hex::encode(Randomness::of_the_system().bytes::<16>()));
    match tokio::time::timeout(PATIENCE, probe(objects, &key)).await {
        Ok(Ok(())) => Finding::good("objects", "the store answers: written, read, read in part and deleted"),
        Ok(Err(error)) => Finding::broken("objects", format!("{error:#}"), advice),
        Err(_) => Finding::broken("objects", "the store says nothing", advice),
    }
}

async fn probe(objects: &dyn Objects, key: &str) -> anyhow::Result<()> {
    let mut writer = objects.create(key).await.map_err(super::describe)?;
    writer.write(Bytes::from_static(WORDS)).await.map_err(super::describe)?;
    writer.finish().await.map_err(super::describe)?;
    let read = read_back(objects, key).await;
    objects.delete(key).await.map_err(super::describe)?;
    read?;
    let is_left = objects.exists(key).await.map_err(super::describe)?;
    ensure!(!is_left, "what is deleted stays there");
    Ok(())
}

async fn read_back(objects: &dyn Objects, key: &str) -> anyhow::Result<()> {
    for range in [0..WORDS.len(), 8..14] {
        let wanted = range.start as u64..range.end as u64;
        let read = objects.read(key, wanted).await.map_err(super::describe)?;
        let pieces: Vec<Bytes> = read.bytes.try_collect().await.map_err(super::describe)?;
        let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.to_vec()).collect();
        ensure!(bytes[..] == WORDS[range], "what was written is read as something else");
    }
    Ok(())
}

/// What the last comparison of each organization's files found, without comparing anew.
pub async fn files(kernel: &Kernel) -> Vec<Finding> {
    let advice = "Settings, Storage names them; what is missing comes back with a backup.";
    match portico_files::store_report(kernel).await {
        Ok(reports) => reports
            .iter()
            .map(|report| match report.is_clean() {
                true => Finding::good("files", report.to_string()),
                false => Finding::doubtful("files", report.to_string(), advice),
            })
            .collect(),
        Err(error) => vec![Finding::unknown("files", caused(error), advice)],
    }
}

pub async fn index(kernel: &Kernel) -> Finding {
    let advice = "Start the server, which brings it up to date by itself.";
    let folder = kernel.configuration().data.join("search");
    match portico_search::index_state(kernel, &folder).await {
        Ok(IndexState::InUse) => Finding::good("search", "the index is open in the running server"),
        Ok(IndexState::Whole { behind }) if behind <= UNWRITTEN => {
            Finding::good("search", format!("the index opens, {behind} events behind"))
        }
        Ok(IndexState::Whole { behind }) => {
            Finding::doubtful("search", format!("the index is {behind} events behind"), advice)
        }
        Ok(IndexState::Unfinished) => Finding::doubtful("search", "the index is not built yet", advice),
        Ok(IndexState::Absent) => Finding::doubtful("search", "there is no index yet", advice),
        Err(error) => {
            let advice = "Stop the server and run `portico reindex`.";
            Finding::broken("search", caused(error), advice)
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_adapters::Store;

    use super::*;
    use crate::commands::doctor::finding::State;

    #[tokio::test]
    async fn the_store_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path()).unwrap();
        assert_eq!(objects(&store).await.state, State::Good);
        let left = std::fs::read_dir(folder.path().join("portico-doctor"));
        assert!(left.is_err() || left.unwrap().next().is_none());
    }
}
