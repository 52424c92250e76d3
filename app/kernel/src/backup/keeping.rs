//! How many backups stay in a place, which there are, and what becomes of chunks that none of them names any more. A
//! chunk goes only while nobody else is about the place, once every backup that stays was read for the chunks it needs,
//! and when it has lain there for a day: a backup that broke off may have left it for the next.

use std::{collections::HashSet, num::NonZeroUsize, sync::Arc};

use anyhow::{Context, bail};
use tokio::runtime::Handle;

use super::{
    archive::Kind,
    chunk::{CHUNKS, ChunkName, ChunkReference, name_in},
    contents::{Counts, Head, Wanted},
    manifests::{FoundManifest, ManifestName, manifests, stamp},
    marks::{Mark, Work},
    place::BackupPlace,
    sealing::BackupKey,
    stored::{Named, Sizes, Stored, sizes},
};
use crate::{clock::Instant, system::Kernel};

/// Seconds that a chunk stays whoever needs it.
const GRACE: i64 = 24 * 3_600;
/// Seconds after which sweeping ends, long before others believe that it died. The rest goes the next time.
const LONGEST_SWEEP: i64 = 3_600;

/// Which backups stay. The newest does in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Newest(NonZeroUsize),
    /// Those that are no older, in days.
    Days(u32),
}

/// What was taken out of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    pub backups: u64,
    pub chunks: u64,
    /// Why older ones stay for now, in words.
    pub held_up_by: Option<String>,
}

/// A backup as a place lists it.
pub struct KeptBackup {
    /// By which `portico restore` finds it.
    pub stamp: String,
    pub told: Result<ToldBackup, String>,
}

/// What a backup says of itself, all of whose chunks lie there.
pub struct ToldBackup {
    pub written_at: Instant,
    /// The version of the program that wrote it.
    pub program: String,
    /// Of all it holds, in bytes.
    pub size: u64,
    pub missing: u64,
}

impl Keep {
    /// The first of these, which are in the order of time, that stays.
    fn first(self, names: &[&ManifestName], now: Instant) -> usize {
        let last = names.len().saturating_sub(1);
        match self {
            Self::Newest(number) => names.len().saturating_sub(number.get()),
            Self::Days(days) => {
                let oldest = stamp(now.plus_days(-i64::from(days)));
                names.iter().position(|name| name.stamp >= oldest).unwrap_or(last)
            }
        }
    }
}

/// All that lie there, the oldest first. Chunks are counted and measured, and not read.
///
/// # Errors
/// The place's.
pub async fn backups(place: &BackupPlace, key: Option<BackupKey>) -> anyhow::Result<Vec<KeptBackup>> {
    let place = place.clone();
    super::beside_the_runtime(move |runtime| {
        let found = runtime.block_on(manifests(&place))?;
        let sizes = Arc::new(runtime.block_on(sizes(&place))?);
        let kept = found.into_iter().map(|manifest| {
            let stamp = manifest.name.stamp.clone();
            let stored = Stored::of(&place, manifest, &sizes, runtime);
            KeptBackup { stamp, told: told(&stored, key.as_ref()).map_err(|error| format!("{error:#}")) }
        });
        Ok(kept.collect())
    })
    .await
}

fn told(stored: &Stored, key: Option<&BackupKey>) -> anyhow::Result<ToldBackup> {
    let (mut head, mut counts) = (None, None);
    let (mut size, mut missing) = (0_u64, 0_u64);
    let mut look = |chunk: &ChunkReference| {
        let lies_there = stored.sizes.get(&chunk.name).is_some_and(|stored| *stored >= chunk.size);
        size += chunk.size;
        missing += u64::from(!lies_there);
    };
    stored.open(key, Wanted::All)?.each_named(
        |named| named.chunks().for_each(&mut look),
        |frame| match frame.kind {
            Kind::Head => head = Some(frame.bytes),
            Kind::Counts => counts = Some(frame.bytes),
            _ => {}
        },
    )?;
    if missing > 0 {
        bail!("{missing} of its chunks are missing or cut off");
    }
    let head: Head = serde_json::from_slice(&head.context("it says nothing of itself")?)?;
    let counts: Counts = serde_json::from_slice(&counts.context("it says nothing of itself")?)?;
    stored.refuse_another_time(head.written_at)?;
    Ok(ToldBackup { written_at: head.written_at, program: head.program, size, missing: counts.missing })
}

/// What fails holds up nothing but what it is about: the backup of the stamp `made` is there, and stays.
pub(super) fn forget(
    kernel: &Kernel,
    place: &BackupPlace,
    keep: Keep,
    made: &str,
    runtime: &Handle,
) -> Forgotten {
    let mut forgotten = Forgotten::default();
    if let Err(error) = forget_marked(kernel, place, keep, made, runtime, &mut forgotten) {
        forgotten.held_up_by = Some(format!("{error:#}"));
    }
    forgotten
}

fn forget_marked(
    kernel: &Kernel,
    place: &BackupPlace,
    keep: Keep,
    made: &str,
    runtime: &Handle,
    forgotten: &mut Forgotten,
) -> anyhow::Result<()> {
    let mark = Mark::lay(place, Work::Sweeping, kernel.randomness().bytes(), kernel.now());
    let mark = runtime.block_on(mark)?;
    let swept = sweep(kernel, &mark, place, keep, made, runtime, forgotten);
    runtime.block_on(mark.remove());
    swept
}

fn sweep(
    kernel: &Kernel,
    mark: &Mark,
    place: &BackupPlace,
    keep: Keep,
    made: &str,
    runtime: &Handle,
    forgotten: &mut Forgotten,
) -> anyhow::Result<()> {
    let others = runtime.block_on(mark.others())?;
    if !others.works.is_empty() {
        bail!("another backup is being made there, or broke off within the last day");
    }
    let began = kernel.now();
    let found = runtime.block_on(manifests(place))?;
    let names: Vec<&ManifestName> = found.iter().map(|each| &each.name).collect();
    let first = keep.first(&names, began);
    let (mut kept, mut gone) = (found[first..].to_vec(), found[..first].to_vec());
    // A clock that was ahead may have named others later.
    kept.extend(gone.iter().filter(|each| each.name.stamp == made).cloned());
    gone.retain(|each| each.name.stamp != made);
    let chunks = Arc::new(runtime.block_on(sizes(place))?);
    let needed = needed(kernel, place, &kept, &chunks, runtime)?;
    for manifest in &gone {
        runtime.block_on(place.delete(&manifest.name.address()))?;
        forgotten.backups += 1;
    }
    let mut unneeded = Vec::new();
    runtime.block_on(place.each(CHUNKS, |chunk| {
        let is_old = others.now.seconds_since(chunk.written_at) > GRACE;
        if is_old && name_in(&chunk.key).is_some_and(|name| !needed.contains(&name)) {
            unneeded.push(chunk.key);
        }
    }))?;
    for address in unneeded {
        if kernel.now().seconds_since(began) > LONGEST_SWEEP {
            break;
        }
        runtime.block_on(place.delete(&address))?;
        forgotten.chunks += 1;
    }
    Ok(())
}

/// Every chunk that one of these names.
fn needed(
    kernel: &Kernel,
    place: &BackupPlace,
    kept: &[FoundManifest],
    chunks: &Arc<Sizes>,
    runtime: &Handle,
) -> anyhow::Result<HashSet<ChunkName>> {
    let key = kernel.configuration().backup_key.as_ref();
    let mut needed = HashSet::new();
    for manifest in kept {
        let stored = Stored::of(place, manifest.clone(), chunks, runtime);
        let take = |named: Named| needed.extend(named.chunks().map(|chunk| chunk.name));
        let read = stored.open(key, Wanted::All).and_then(|manifest| manifest.each_named(take, |_| {}));
        read.with_context(|| format!("{stored} cannot be read, so that nothing is let go of"))?;
    }
    Ok(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

    #[test]
    fn the_newest_stay_and_the_very_newest_always() {
        let names: Vec<ManifestName> =
            [-9, -3, -2, -1].map(|days| ManifestName::new(NOW.plus_days(days), "0123456789abcdef")).into();
        let names: Vec<&ManifestName> = names.iter().collect();
        let newest = |number: usize| Keep::Newest(NonZeroUsize::new(number).unwrap());
        assert_eq!([1, 3, 4, 9].map(|number| newest(number).first(&names, NOW)), [3, 1, 0, 0]);
        assert_eq!([0, 1, 2, 30].map(|days| Keep::Days(days).first(&names, NOW)), [3, 3, 2, 0]);
        assert_eq!((newest(7).first(&[], NOW), Keep::Days(7).first(&[], NOW)), (0, 0));
    }
}
