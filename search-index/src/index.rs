//! The index as the rest of the program sees it.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;

use crate::query::search;
use crate::store::{Folder, Generation};
use crate::{Change, Hits, Query, Rebuild};

/// A search index in a folder. Cloning is cheap and gives the same index;
/// searches run side by side and are never kept waiting by changes.
#[derive(Clone)]
pub struct Index(Arc<Shared>);

struct Shared {
    folder: Folder,
    live: RwLock<Arc<Generation>>,
}

impl Index {
    /// Opens the index in `folder`. Where there is none, or a torn one, or one
    /// of another version, the folder is emptied and begun anew: then
    /// [`last_event`](Index::last_event) is `None` and everything is to be put
    /// in again.
    ///
    /// # Errors
    /// When another process has the index open, or the folder cannot be
    /// written.
    pub fn open(folder: &Path) -> Result<Index> {
        let folder = Folder::lock(folder)?;
        let kept = folder.current().and_then(|path| Generation::open(&path).ok());
        let live = match kept {
            Some(generation) => {
                folder.sweep(Some(generation.path()))?;
                generation
            }
            None => {
                folder.sweep(None)?;
                begin(&folder)?
            }
        };
        Ok(Index(Arc::new(Shared { folder, live: RwLock::new(Arc::new(live)) })))
    }

    /// The number of the last event in the index, as given to
    /// [`apply`](Index::apply). After a rebuild or a clearing it may be smaller
    /// than it was: go on from here, not from a number kept elsewhere.
    pub fn last_event(&self) -> Option<i64> {
        self.live().last_event()
    }

    /// Commits the changes in their order, together with the event's number. A
    /// search begun after this returns sees them.
    ///
    /// # Errors
    /// When the disk refuses; then none of the changes are in.
    pub fn apply(&self, changes: Vec<Change>, last_event: i64) -> Result<()> {
        self.live().apply(&changes, last_event)
    }

    /// Forgets everything, at once.
    ///
    /// # Errors
    /// When the disk refuses; then the index is as before.
    pub fn clear(&self) -> Result<()> {
        let fresh = Generation::create(&self.0.folder.fresh()?)?;
        self.replace(fresh)
    }

    /// Begins an empty index beside this one, which goes on answering until
    /// [`Rebuild::finish`].
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn rebuild(&self) -> Result<Rebuild> {
        let fresh = Generation::create(&self.0.folder.fresh()?)?;
        Ok(Rebuild::new(self.clone(), fresh))
    }

    /// What matches, best first; see [`Query`]. No text is an error: what
    /// cannot be made sense of finds nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Hits> {
        search(&self.live(), query)
    }

    pub(crate) fn replace(&self, fresh: Generation) -> Result<()> {
        self.0.folder.use_generation(fresh.path())?;
        let mut live = self.0.live.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *live, Arc::new(fresh));
        drop(live);
        old.discard();
        Ok(())
    }

    fn live(&self) -> Arc<Generation> {
        let live = self.0.live.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&live)
    }
}

fn begin(folder: &Folder) -> Result<Generation> {
    let generation = Generation::create(&folder.fresh()?)?;
    folder.use_generation(generation.path())?;
    Ok(generation)
}
