//! The index as this process holds it: opened in the background, so that no start waits for it,
//! and opened anew when its folder went away.

use std::{
    path::{Path, PathBuf},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use portico_kernel::{Error, Instant, Result};
use portico_search_index::{Audience, Hits, Index, Only, Query};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{
    asked::{Asked, PAGE},
    narrowing::Since,
};

/// Searches that run at the same time, each busy with a core of its own.
const AT_ONCE: usize = 4;
/// Searches that run or wait; beyond, they are shed (T37).
const WAITING: usize = 128;
/// A file beside the index that asks for a new one, and then says how far it is: the old one
/// answers until it is done, and whoever asked may be another process.
const WANTED: &str = "rebuild-wanted";
/// As that one, from whoever erased a person: what was deleted lies in its segment until that is merged.
const ERASED: &str = "rebuild-after-erasure";
/// In microseconds, between two of those: each reads all organizations, and somebody may erase a hundred clients.
const AN_HOUR: u64 = 3_600_000_000;

pub struct KeptIndex {
    folder: PathBuf,
    held: RwLock<Held>,
    /// Of the rebuild that is under way, in percent.
    progress: RwLock<Option<usize>>,
    /// When the last one for an erasure was done, in microseconds; zero when this process did none.
    rid_at: AtomicI64,
    turns: Semaphore,
    places: Semaphore,
}

#[derive(Clone)]
enum Held {
    /// It will be opened soon.
    NotYet,
    /// It could not be opened.
    Failed,
    Open(Index),
}

/// What a search came to.
pub struct Found {
    /// `None` when the index failed.
    pub hits: Option<Hits>,
    /// Percent of the index that are there, while not all of it is.
    pub building: Option<usize>,
}

impl KeptIndex {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            held: RwLock::new(Held::NotYet),
            progress: RwLock::new(None),
            rid_at: AtomicI64::new(0),
            turns: Semaphore::new(AT_ONCE),
            places: Semaphore::new(WAITING),
        }
    }

    /// What matches, for whoever is of this audience.
    ///
    /// # Errors
    /// [`Error::Busy`]. An index that fails is no error: the rest of the page is still good.
    pub async fn search(
        &self,
        organization: [u8; 16],
        audience: Vec<Audience>,
        asked: &Asked,
        now: Instant,
    ) -> Result<Found> {
        let index = match self.held() {
            _ if asked.words.is_empty() => return Ok(Found { hits: Some(Hits::default()), building: None }),
            Held::NotYet => return Ok(Found { hits: Some(Hits::default()), building: Some(0) }),
            Held::Failed => return Ok(Found { hits: None, building: None }),
            Held::Open(index) => index,
        };
        let _place = self.places.try_acquire().map_err(|_| Error::Busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
        let is_whole = index.last_event().is_some();
        let asked = asked.clone();
        let searched = on_disk(move || {
            let narrowing = asked.narrowing;
            index.search(&Query {
                organization,
                audience: &audience,
                text: &asked.words,
                only: Only {
                    portal: narrowing.portal.map(|portal| portal.bytes()),
                    kind: narrowing.kind.map(|kind| kind.name),
                    author: narrowing.author.map(|author| author.bytes()),
                    since: narrowing.since.map(|since| since.begin(now).micros()),
                },
                moments: &Since::ALL.map(|since| since.begin(now).micros()),
                limit: PAGE,
                offset: asked.offset(),
            })
        })
        .await;
        let hits = searched.inspect_err(|error| tracing::error!(%error, "a search failed")).ok();
        let building = self.progress().or(if is_whole { None } else { Some(0) });
        Ok(Found { hits, building })
    }

    /// The index, opened if it is not, or if its folder was deleted under it (T33).
    ///
    /// # Errors
    /// The disk's, or another process has it.
    pub async fn open(&self) -> Result<Index> {
        let folder = self.folder.join("index");
        if let Held::Open(index) = self.held()
            && tokio::fs::try_exists(&folder).await?
        {
            return Ok(index);
        }
        self.hold(Held::NotYet);
        let opened = on_disk(move || Index::open(&folder)).await;
        self.hold(opened.as_ref().map_or(Held::Failed, |index| Held::Open(index.clone())));
        opened
    }

    /// Asks for an index that is built anew from the database: by the running server at once, or
    /// by the next one.
    pub async fn want_anew(&self) -> Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        Ok(tokio::fs::write(self.folder.join(WANTED), "").await?)
    }

    /// In percent; `None` when nobody has begun.
    pub async fn percent_built(&self) -> Option<usize> {
        tokio::fs::read_to_string(self.folder.join(WANTED)).await.ok()?.parse().ok()
    }

    /// Whether somebody asked for a new index.
    pub async fn is_unwanted(&self) -> Result<bool> {
        Ok(tokio::fs::try_exists(self.folder.join(WANTED)).await?)
    }

    /// Asks for an index that holds nothing of who was erased. Outlives this process.
    pub async fn want_rid_of_erased(&self) -> Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        Ok(tokio::fs::write(self.folder.join(ERASED), "").await?)
    }

    /// Whether that was asked for, and none was built for it in the last hour.
    pub async fn is_to_be_rid_of_erased(&self, now: Instant) -> Result<bool> {
        let is_due = is_due(self.rid_at.load(Ordering::Relaxed), now.micros());
        Ok(is_due && tokio::fs::try_exists(self.folder.join(ERASED)).await?)
    }

    /// An index was built for it.
    pub fn is_rid_of_erased(&self, now: Instant) {
        self.rid_at.store(now.micros(), Ordering::Relaxed);
    }

    /// The new index is there. Who was erased while it was built is in an event that it has yet to follow.
    pub async fn is_wanted_again(&self) -> Result<()> {
        for wish in [WANTED, ERASED].map(|name| self.folder.join(name)) {
            if tokio::fs::try_exists(&wish).await? {
                tokio::fs::remove_file(wish).await?;
            }
        }
        Ok(())
    }

    /// `None` when the index is whole.
    pub async fn show_progress(&self, percent: Option<usize>) -> Result<()> {
        *self.progress.write().unwrap_or_else(PoisonError::into_inner) = percent;
        match percent {
            Some(percent) if self.is_unwanted().await? => {
                Ok(tokio::fs::write(self.folder.join(WANTED), percent.to_string()).await?)
            }
            _ => Ok(()),
        }
    }

    fn progress(&self) -> Option<usize> {
        *self.progress.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> Held {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, held: Held) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
    }
}

/// A clock that was set back holds nothing up for longer.
fn is_due(last: i64, now: i64) -> bool {
    now.abs_diff(last) >= AN_HOUR
}

/// The index waits for the disk: never on an async thread.
///
/// # Errors
/// What `work` returns, or its panic.
pub async fn on_disk<T, F>(work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> anyhow::Result<T> + Send + 'static,
{
    Ok(spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[tokio::test]
    async fn who_was_erased_leaves_at_once_and_the_next_within_the_hour_with_those_after_them() {
        let folder = tempfile::tempdir().unwrap();
        let kept = KeptIndex::new(folder.path());
        let at = |second: i64| Instant::from_micros(1_800_000_000_000_000 + second * SECOND);
        assert!(!kept.is_to_be_rid_of_erased(at(0)).await.unwrap(), "nobody was erased");
        kept.want_rid_of_erased().await.unwrap();
        assert!(kept.is_to_be_rid_of_erased(at(1)).await.unwrap());
        assert!(kept.is_to_be_rid_of_erased(at(1)).await.unwrap(), "what failed is tried again");
        kept.is_wanted_again().await.unwrap();
        kept.is_rid_of_erased(at(1));
        for _ in 0..2 {
            kept.want_rid_of_erased().await.unwrap();
            assert!(!kept.is_to_be_rid_of_erased(at(3_600)).await.unwrap());
        }
        // It is a wish of the folder's, and not of the process.
        let after_restart = KeptIndex::new(folder.path());
        assert!(after_restart.is_to_be_rid_of_erased(at(2)).await.unwrap());
        assert!(kept.is_to_be_rid_of_erased(at(3_601)).await.unwrap());
        kept.is_wanted_again().await.unwrap();
        assert!(!kept.is_to_be_rid_of_erased(at(9_000)).await.unwrap(), "once for all of them");
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nothing_up() {
        assert!(is_due(10_000 * SECOND, 6_400 * SECOND));
        assert!(!is_due(10_000 * SECOND, 6_401 * SECOND));
    }
}
