//! Building an index anew while the old one still answers.

use anyhow::Result;

use crate::store::Generation;
use crate::{Document, Index};

/// A new index beside the live one. Dropped unfinished, it leaves no trace.
///
/// Read the last event's number first, then every document, then finish with
/// that number: what changed meanwhile went into the old index and is replayed
/// from there.
pub struct Rebuild {
    index: Index,
    fresh: Option<Generation>,
}

impl Rebuild {
    pub(crate) fn new(index: Index, fresh: Generation) -> Rebuild {
        Rebuild { index, fresh: Some(fresh) }
    }

    /// Adds documents; one that was added before is replaced.
    ///
    /// # Errors
    /// When the disk refuses; the rebuild is then to be dropped.
    pub fn put(&mut self, documents: Vec<Document>) -> Result<()> {
        match &self.fresh {
            Some(fresh) => fresh.add(&documents),
            None => Ok(()),
        }
    }

    /// Commits, and from now on searches and changes go to the new index.
    ///
    /// # Errors
    /// When the disk refuses; then the old index stays.
    pub fn finish(mut self, last_event: i64) -> Result<()> {
        if let Some(fresh) = &self.fresh {
            fresh.apply(&[], last_event)?;
            fresh.settle()?;
        }
        match self.fresh.take() {
            Some(fresh) => self.index.replace(fresh),
            None => Ok(()),
        }
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(fresh) = &self.fresh {
            fresh.discard();
        }
    }
}
