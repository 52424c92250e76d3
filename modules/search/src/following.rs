//! Keeping the index true: it follows the events, and commits each batch together with the number
//! of its last event, so that a crash replays harmlessly.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use futures_util::future::BoxFuture;
use portico_facts::{EventKind, OrganizationId};
use portico_kernel::{Error, Event, Follower, Kernel, Result, SearchSource, System};
use portico_search_index::{Change, Index};

use crate::{
    change::{Named, changes_of},
    kept_index::{KeptIndex, on_disk},
};

/// Events read in one go.
const EVENTS: i64 = 500;
/// Events without anything to index that may pass before their number is written down. Most are
/// visits and sign-ins, which are not worth a wait for the disk each.
const UNWRITTEN: i64 = 2_000;

pub struct Following {
    pub(crate) kept: Arc<KeptIndex>,
    /// The last event known to concern the index no more; zero when the index's own number holds.
    passed: AtomicI64,
    /// For whoever asks how far this is; zero before it has looked.
    reached: AtomicI64,
}

impl Follower for Following {
    fn name(&self) -> &'static str {
        "search-index"
    }

    fn catch_up(&self, kernel: Kernel) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let index = self.kept.open().await?;
            let newest = kernel.events_newest().await?;
            // An index that knows more than the database belongs to another one, as after a restore.
            let is_foreign = index.last_event().is_none_or(|last| last > newest);
            let is_unwanted = is_foreign || self.kept.is_unwanted().await?;
            let holds_erased = self.kept.is_to_be_rid_of_erased(kernel.now()).await?;
            if is_unwanted || holds_erased {
                self.rebuild(&kernel, &index).await?;
            }
            if holds_erased {
                self.kept.is_rid_of_erased(kernel.now());
            }
            self.follow(&kernel, &index).await
        })
    }

    fn reached(&self) -> Option<i64> {
        Some(self.reached.load(Ordering::Relaxed)).filter(|reached| *reached > 0)
    }
}

impl Following {
    pub fn new(kept: Arc<KeptIndex>) -> Self {
        Self { kept, passed: AtomicI64::new(0), reached: AtomicI64::new(0) }
    }

    /// From now on only the number in the index counts.
    pub(crate) fn begin_again(&self) {
        self.passed.store(0, Ordering::Relaxed);
    }

    /// Until there is nothing new. Does nothing for an index that is not whole.
    pub(crate) async fn follow(&self, kernel: &Kernel, index: &Index) -> Result<()> {
        while let Some(written) = index.last_event()
            && !kernel.stopping().is_cancelled()
        {
            let last = written.max(self.passed.load(Ordering::Relaxed));
            self.reached.store(last, Ordering::Relaxed);
            let events = kernel.events_after(last, EVENTS).await?;
            let Some(newest) = events.last().map(|event| event.id) else { break };
            // A deleted document lies in its segment until that is merged: only a new index holds nothing of it. Asked for
            // before these events' number is written down, so that a crash makes the wish twice rather than never.
            if events.iter().any(|event| event.is(EventKind::PERSON_ERASED)) {
                self.kept.want_rid_of_erased().await?;
            }
            let mut changes = Vec::new();
            for (organization, events) in by_organization(events) {
                let system = match kernel.system(organization).await {
                    Err(Error::NotFound) => continue,
                    system => system?,
                };
                changes.extend(apply_most(&system, index, events, written).await?);
            }
            if !changes.is_empty() || newest - written > UNWRITTEN {
                apply(index, changes, newest).await?;
            }
            self.passed.store(newest, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Applies what these events changed, and returns the rest, to be committed with their number.
/// What goes in early goes in under the number of the batch before.
async fn apply_most(system: &System, index: &Index, events: Vec<Event>, written: i64) -> Result<Vec<Change>> {
    let sources: Arc<[SearchSource]> = system.kernel().registry().search_sources().into();
    let mut left = touched(system, sources.clone(), events).await?;
    loop {
        let sources = sources.clone();
        let (changes, rest) = system
            .read(move |tx| {
                let (changes, read) = changes_of(tx, &sources, &left)?;
                Ok((changes, left.split_off(read)))
            })
            .await?;
        if rest.is_empty() {
            return Ok(changes);
        }
        apply(index, changes, written).await?;
        left = rest;
    }
}

/// Each subject once, by the first source that named it.
async fn touched(system: &System, sources: Arc<[SearchSource]>, events: Vec<Event>) -> Result<Vec<Named>> {
    system
        .read(move |tx| {
            let mut touched = BTreeMap::new();
            for event in &events {
                for (place, source) in sources.iter().enumerate() {
                    for subject in (source.touched)(tx, event)? {
                        touched.entry(subject).or_insert(place);
                    }
                }
            }
            Ok(touched.into_iter().collect())
        })
        .await
}

async fn apply(index: &Index, changes: Vec<Change>, last_event: i64) -> Result<()> {
    let index = index.clone();
    on_disk(move || index.apply(changes, last_event)).await
}

fn by_organization(events: Vec<Event>) -> BTreeMap<OrganizationId, Vec<Event>> {
    let mut sorted: BTreeMap<_, Vec<Event>> = BTreeMap::new();
    for event in events {
        sorted.entry(event.organization_id).or_default().push(event);
    }
    sorted
}
