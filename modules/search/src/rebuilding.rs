//! Building the index anew from the database, beside the one that goes on answering (T33).

use std::sync::Arc;

use portico_facts::SubjectId;
use portico_kernel::{Kernel, Result, SearchSource, System};
use portico_search_index::{Change, Index};

use crate::{
    change::{Named, changes_of},
    following::Following,
    kept_index::on_disk,
};

/// Ids listed in one go.
const IDS: i64 = 1_000;

impl Following {
    /// Leaves no trace when it is broken off.
    pub(crate) async fn rebuild(&self, kernel: &Kernel, index: &Index) -> Result<()> {
        self.kept.show_progress(Some(0)).await?;
        // Read before any document: what changes meanwhile is replayed from here.
        let newest = kernel.events_newest().await?;
        let sources: Arc<[SearchSource]> = kernel.registry().search_sources().into();
        let everything = everything(kernel, &sources).await?;
        let total = everything.iter().map(|(_, subjects)| subjects.len()).sum::<usize>().max(1);
        tracing::info!(documents = total, "building the search index");
        let old = index.clone();
        let mut rebuild = on_disk(move || old.rebuild()).await?;
        let mut done = 0;
        for (system, mut left) in everything {
            while !left.is_empty() {
                if kernel.stopping().is_cancelled() {
                    return Ok(());
                }
                let sources = sources.clone();
                let (changes, read, rest) = system
                    .read(move |tx| {
                        let (changes, read) = changes_of(tx, &sources, &left)?;
                        Ok((changes, read, left.split_off(read)))
                    })
                    .await?;
                let documents = changes.into_iter().filter_map(put).collect();
                rebuild = on_disk(move || rebuild.put(documents).map(|()| rebuild)).await?;
                (left, done) = (rest, done + read);
                self.kept.show_progress(Some(done * 100 / total)).await?;
                self.follow(kernel, index).await?;
            }
        }
        on_disk(move || rebuild.finish(newest)).await?;
        self.begin_again();
        self.kept.is_wanted_again().await?;
        self.kept.show_progress(None).await?;
        tracing::info!("the search index is built");
        Ok(())
    }
}

fn put(change: Change) -> Option<portico_search_index::Document> {
    match change {
        Change::Put(document) => Some(document),
        Change::Delete(_) => None,
    }
}

/// The ids of everything that can be found, organization by organization: the documents
/// themselves would not fit into memory.
async fn everything(kernel: &Kernel, sources: &Arc<[SearchSource]>) -> Result<Vec<(System, Vec<Named>)>> {
    let mut everything = Vec::new();
    for organization in kernel.organizations().await? {
        let system = kernel.system(organization.id).await?;
        let mut subjects = Vec::new();
        for (place, source) in sources.iter().copied().enumerate() {
            let mut last = None;
            loop {
                let ids: Vec<SubjectId> = system.read(move |tx| (source.all)(tx, last, IDS)).await?;
                let Some(newest) = ids.last() else { break };
                last = Some(*newest);
                subjects.extend(ids.into_iter().map(|id| (id, place)));
            }
        }
        everything.push((system, subjects));
    }
    Ok(everything)
}
