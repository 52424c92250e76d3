//! The index as this process holds it: opened in the background, so that no start waits for it,
//! and opened anew when its folder went away.

use std::{
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
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

pub struct KeptIndex {
    folder: PathBuf,
    held: RwLock<Held>,
    /// Of the rebuild that is under way, in percent.
    progress: RwLock<Option<usize>>,
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

    /// The new index is there.
    pub async fn is_wanted_again(&self) -> Result<()> {
        if self.is_unwanted().await? {
            tokio::fs::remove_file(self.folder.join(WANTED)).await?;
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
