//! What is deleted for good, and the objects of the store behind it. Rows go first; an object goes when
//! no row of any module knows it, so that nothing which a row points to is ever lost. A crash in
//! between leaves a job, or at worst an orphan for `reconciliation.rs`.

use futures_util::FutureExt;
use portico_kernel::{Job, JobKind, NewJob, ObjectOwner, Purge, Result, System};
use serde::{Deserialize, Serialize};

use crate::store;

pub const FORGET_OBJECTS: &str = "files-forget-objects";
const PURGE: &str = "files-purge";
const PURGE_REST: &str = "files-purge-rest";
/// Of one run, so that it ends within a job's lease.
const MOST_BATCHES: usize = 50;

/// Objects whose rows are gone.
#[derive(Serialize, Deserialize)]
pub struct ForgetObjects {
    pub keys: Vec<String>,
}

pub fn forget_objects() -> JobKind {
    JobKind { kind: FORGET_OBJECTS, run: |system, job| forget(system, job).boxed() }
}

pub fn purge_daily() -> JobKind {
    JobKind { kind: PURGE, run: |system, _| purge(system).boxed() }
}

/// Goes on where a run of the same day had done enough.
pub fn purge_rest() -> JobKind {
    JobKind { kind: PURGE_REST, run: |system, _| purge(system).boxed() }
}

pub fn of_items() -> Purge {
    Purge { items: store::purge_items, portal: store::uploads::remove_of_portal }
}

pub fn owner() -> ObjectOwner {
    ObjectOwner { name: "files", known: store::known_keys, all: store::keys_after }
}

pub fn owner_of_thumbnails() -> ObjectOwner {
    ObjectOwner { name: "thumbnails", known: store::known_thumbnails, all: store::thumbnails_after }
}

/// Unfinished uploads, which hold no finished object that must be there.
pub fn owner_of_uploads() -> ObjectOwner {
    ObjectOwner { name: "uploads", known: store::uploads::known_keys, all: |_, _, _| Ok(Vec::new()) }
}

async fn purge(system: System) -> Result<()> {
    for _ in 0..MOST_BATCHES {
        if system.write(store::purge_versions).await? == 0 {
            return Ok(());
        }
    }
    system
        .write(|tx| {
            tx.enqueue(NewJob { kind: PURGE_REST, payload: () })?;
            Ok(tx.unchanged(()))
        })
        .await
}

/// Deleting what is gone already is no error, so a repetition does no harm.
async fn forget(system: System, job: Job) -> Result<()> {
    let ForgetObjects { keys } = job.payload()?;
    let (kernel, asked) = (system.kernel().clone(), keys.clone());
    let known = system.read(move |tx| kernel.registry().known_objects(tx, &asked)).await?;
    for key in keys.iter().filter(|key| !known.contains(*key)) {
        system.kernel().objects().delete(key).await?;
    }
    system
        .write(move |tx| {
            store::sums::forget(tx, keys.into_iter().filter(|key| !known.contains(key)))?;
            Ok(tx.unchanged(()))
        })
        .await
}
