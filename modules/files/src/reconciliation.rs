//! Once a day the object store and the rows are compared. What no row knows is an orphan: a machine
//! died between object and row, or a backup was restored. It is reported, and deleted once it is older
//! than anything that could be brought back; but nothing is while a module is taken out that had objects. A row without its object is only reported.

use std::fmt;

use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use portico_kernel::{Instant, JobKind, Kernel, ListedObject, Result, System};

use crate::store::{self, Kind, Stray};

const RECONCILE: &str = "files-reconcile";
/// Objects that are held and asked about at a time.
const PAGE: usize = 500;
/// Requests to the store at a time, when each row's object is looked for.
const AT_ONCE: usize = 8;
/// An upload may take this long between its object and its row.
const GRACE_SECONDS: i64 = 86_400;

pub fn daily() -> JobKind {
    JobKind { kind: RECONCILE, run: |system, _| reconcile(system).boxed() }
}

async fn reconcile(system: System) -> Result<()> {
    let began = system.kernel().now();
    find_orphans(&system).await?;
    find_missing(&system).await?;
    system.write(move |tx| store::forget_settled(tx, began)).await
}

async fn find_orphans(system: &System) -> Result<()> {
    let folder = system.organization().id.to_string();
    let kernel = system.kernel().clone();
    let missing = system
        .write(move |tx| {
            let missing = kernel.registry().missing_owners(tx)?;
            Ok(tx.unchanged(missing))
        })
        .await?;
    if !missing.is_empty() {
        tracing::warn!(?missing, "no object is deleted while modules are missing that had some");
    }
    let mut pages = system.kernel().objects().list(&folder).try_chunks(PAGE);
    while let Some(page) = pages.next().await {
        let page = page.map_err(|broken| broken.1)?;
        let orphans = unknown(system, page).await?;
        let end = system.kernel().now().end_of_retention();
        let (old, young): (Vec<Stray>, Vec<Stray>) =
            orphans.into_iter().partition(|orphan| missing.is_empty() && orphan.since < end);
        for orphan in &old {
            system.kernel().objects().delete(&orphan.key).await?;
        }
        system.write(move |tx| store::record_deleted_orphans(tx, &old)).await?;
        note(system, Kind::Orphan, young).await?;
    }
    Ok(())
}

/// Those that no module's row holds, and that cannot be on their way to one.
async fn unknown(system: &System, page: Vec<ListedObject>) -> Result<Vec<Stray>> {
    let settled = system.kernel().now().plus_seconds(-GRACE_SECONDS);
    let kernel = system.kernel().clone();
    let keys: Vec<String> = page.iter().map(|object| object.key.clone()).collect();
    let known = system.read(move |tx| kernel.registry().known_objects(tx, &keys)).await?;
    let stray = page.into_iter().filter(|object| object.written_at < settled && !known.contains(&object.key));
    Ok(stray.map(|object| Stray::new(object.key, object.size, object.written_at)).collect())
}

async fn find_missing(system: &System) -> Result<()> {
    for owner in system.kernel().registry().object_owners() {
        let all = owner.all;
        let mut after: Option<String> = None;
        loop {
            let from = after.take();
            let keys = system.read(move |tx| all(tx, from.as_deref(), PAGE as i64)).await?;
            let Some(last) = keys.last().cloned() else { break };
            note(system, Kind::Missing, missing(system, keys).await?).await?;
            after = Some(last);
        }
    }
    Ok(())
}

async fn missing(system: &System, keys: Vec<String>) -> Result<Vec<Stray>> {
    let now: Instant = system.kernel().now();
    let looked = stream::iter(keys).map(|key| async move {
        let is_there = system.kernel().objects().exists(&key).await?;
        Ok::<_, portico_kernel::Error>((!is_there).then(|| Stray::new(key, 0, now)))
    });
    let found: Vec<Option<Stray>> = looked.buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

async fn note(system: &System, kind: Kind, found: Vec<Stray>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    system.write(move |tx| store::note_strays(tx, kind, &found)).await
}

/// For `portico doctor`: what the last comparison of an organization's files found.
pub struct StoreReport {
    organization: String,
    orphans: i64,
    missing: i64,
}

impl StoreReport {
    pub fn is_clean(&self) -> bool {
        self.orphans == 0 && self.missing == 0
    }
}

impl fmt::Display for StoreReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organization, orphans, missing } = self;
        let objects = if *orphans == 1 { "object" } else { "objects" };
        write!(
            f,
            "{organization}: {orphans} {objects} that no file knows, {missing} missing (compared once a day)"
        )
    }
}

/// One for each organization.
///
/// # Errors
/// The database's.
pub async fn store_report(kernel: &Kernel) -> Result<Vec<StoreReport>> {
    let mut reports = Vec::new();
    for organization in kernel.organizations().await? {
        let system = kernel.system(organization.id).await?;
        let (orphans, missing) = system
            .read(|tx| Ok((store::strays(tx, Kind::Orphan)?.1, store::strays(tx, Kind::Missing)?.1)))
            .await?;
        reports.push(StoreReport { organization: organization.slug, orphans, missing });
    }
    Ok(reports)
}
