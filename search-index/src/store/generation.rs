//! One tantivy index: its writer, its reader, and the last event it has seen.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail, ensure};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher};

use super::entry::{id_term, parts};
use super::schema::{Fields, tokenizers};
use crate::text::Detection;
use crate::{Change, Document};

/// Bytes the writer gathers before it writes a segment out: the least tantivy
/// takes. An idle server keeps some of it.
const HEAP: usize = 15_000_000;

/// Decompressed blocks of stored text kept per segment; hits on one screen
/// rarely share more.
const CACHED_BLOCKS: usize = 4;

/// Above this share of deleted text a segment is rewritten without it.
const DELETED: f32 = 0.25;

/// Bytes of text handed to the writer before it is waited for: it would queue
/// ten thousand documents of any size.
const MOST_WAITING: usize = 8_000_000;

pub(crate) struct Generation {
    path: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    detection: Detection,
    /// Made at the first change: an idle server has none.
    writer: Mutex<Option<IndexWriter>>,
    last_event: Mutex<Option<i64>>,
    /// Bytes of text handed to the writer since it was last waited for.
    waiting: AtomicUsize,
}

impl Generation {
    pub fn create(path: &Path) -> Result<Generation> {
        let (schema, fields) = Fields::schema();
        let settings = IndexSettings {
            // A third smaller than with LZ4. Each hit of a rare word opens a block of its own, so they are small.
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(1) }),
            docstore_blocksize: 8_192,
            // Each thread keeps memory of its own, long after it has ended.
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(path)?;
        Generation::new(path, index, fields)
    }

    /// # Errors
    /// When anything about it is torn: unreadable, of another schema, a file
    /// missing, cut short or not as it was written.
    pub fn open(path: &Path) -> Result<Generation> {
        // tantivy asserts some of what it reads.
        catch_unwind(AssertUnwindSafe(|| Generation::open_whole(path)))
            .unwrap_or_else(|_| bail!("the search index in {} is torn", path.display()))
    }

    fn open_whole(path: &Path) -> Result<Generation> {
        let (schema, fields) = Fields::schema();
        let index = tantivy::Index::open_in_dir(path)?;
        ensure!(index.schema() == schema, "the index has another schema");
        ensure!(index.validate_checksum()?.is_empty(), "a file is damaged");
        Generation::new(path, index, fields)
    }

    fn new(path: &Path, mut index: tantivy::Index, fields: Fields) -> Result<Generation> {
        index.set_tokenizers(tokenizers());
        let last_event = match index.load_metas()?.payload {
            Some(payload) => Some(payload.parse().context("the last event is no number")?),
            None => None,
        };
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into()?;
        Ok(Generation {
            path: path.to_owned(),
            index,
            reader,
            fields,
            detection: Detection::new(),
            writer: Mutex::new(None),
            last_event: Mutex::new(last_event),
            waiting: AtomicUsize::new(0),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub fn last_event(&self) -> Option<i64> {
        *unpoisoned(&self.last_event)
    }

    /// One commit, visible to searches when this returns; all or nothing.
    pub fn apply(&self, changes: &[Change], last_event: i64) -> Result<()> {
        let mut writer = unpoisoned(&self.writer);
        let applied = self.commit(&mut writer, changes, last_event);
        if applied.is_err() {
            // A writer holding half of these changes would commit them with the next.
            *writer = None;
        }
        applied
    }

    fn commit(&self, writer: &mut Option<IndexWriter>, changes: &[Change], last_event: i64) -> Result<()> {
        let writer = self.started(writer)?;
        for change in changes {
            match change {
                Change::Put(document) => self.put(writer, document)?,
                Change::Delete(id) => {
                    writer.delete_term(id_term(&self.fields, *id));
                }
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&last_event.to_string());
        commit.commit()?;
        self.reader.reload()?;
        *unpoisoned(&self.last_event) = Some(last_event);
        Ok(())
    }

    /// Adds without showing it to searches, for a rebuild.
    pub fn add(&self, documents: &[Document]) -> Result<()> {
        let mut writer = unpoisoned(&self.writer);
        let writer = self.started(&mut writer)?;
        for document in documents {
            self.put(writer, document)?;
            let waiting = self.waiting.fetch_add(size(document), Ordering::Relaxed);
            if waiting > MOST_WAITING {
                writer.commit()?;
                self.waiting.store(0, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Makes one segment of all, and lets go of the writer. A question is put to
    /// each segment anew, so one of them answers soonest.
    pub fn settle(&self) -> Result<()> {
        let mut slot = unpoisoned(&self.writer);
        if let Some(writer) = slot.take() {
            // One still merging would take segments away from under the last merge.
            writer.wait_merging_threads()?;
        }
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            let mut writer = self.start_writer()?;
            writer.set_merge_policy(Box::new(NoMergePolicy));
            writer.merge(&segments).wait()?;
            writer.wait_merging_threads()?;
        }
        Ok(self.reader.reload()?)
    }

    /// Deletes the files. Searches still running keep theirs mapped.
    pub fn discard(&self) {
        // Failing is harmless: the next start sweeps the folder.
        *unpoisoned(&self.writer) = None;
        let _ = fs::remove_dir_all(&self.path);
    }

    /// The parts go in as one batch: tantivy then keeps them side by side in one
    /// segment, in order, which is what `place` counts on.
    fn put(&self, writer: &IndexWriter, document: &Document) -> Result<()> {
        let mut operations = vec![UserOperation::Delete(id_term(&self.fields, document.id))];
        operations.extend(parts(&self.fields, &self.detection, document).into_iter().map(UserOperation::Add));
        writer.run(operations)?;
        Ok(())
    }

    fn started<'a>(&self, slot: &'a mut Option<IndexWriter>) -> Result<&'a mut IndexWriter> {
        let writer = match slot.take() {
            Some(writer) => writer,
            None => self.start_writer()?,
        };
        Ok(slot.insert(writer))
    }

    fn start_writer(&self) -> Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(HEAP)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options)?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(DELETED);
        writer.set_merge_policy(Box::new(merging));
        Ok(writer)
    }
}

fn size(document: &Document) -> usize {
    document.title.len() + document.pages.iter().map(|page| page.text.len()).sum::<usize>()
}

/// A panic elsewhere leaves nothing half done behind these locks: what they hold
/// is replaced whole.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
