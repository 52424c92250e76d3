//! A backup in a place where earlier ones may lie: what it has in common with them is there already. An object is never
//! written anew under its key, so that one which the newest backup lists is not read again.

use std::{collections::BTreeSet, io::Write, sync::Arc};

use anyhow::{Context, bail};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use portico_facts::OrganizationId;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use super::{
    BackedUp,
    archive::{ArchiveWriter, Kind},
    catalogue,
    chunk::{ChunkReference, Chunking},
    contents::Counts,
    cutting::Cutter,
    dialect::Dialect,
    keeping::{Forgotten, Keep, forget},
    manifests::{ManifestName, manifests},
    marks::{Mark, Work},
    place::BackupPlace,
    progress::{Step, Watch},
    rows::each_row,
    sealing::{SealingWriter, Sink, derived},
    snapshot::{Named, named_objects, write_head},
    stored::{Listed, ListedContent, Sizes, Stored, lies_there, sizes},
};
use crate::{
    clock::Instant,
    connection::Db,
    database::{connect, in_transaction},
    outside::ListedObject,
    system::Kernel,
};

/// Of an object, in bytes: a bucket takes as much in one request.
const PIECE: usize = 4 * 1024 * 1024;

/// A backup that was written into a place, and what it let go of there.
pub struct Grown {
    /// Its size is that of all it holds.
    pub backup: BackedUp,
    /// By which `portico restore` finds it.
    pub stamp: String,
    /// What was not there before, in bytes.
    pub new: u64,
    pub forgotten: Forgotten,
}

impl Kernel {
    /// Writes what is new into a place, and lets go of older backups there, while others go on working. An object that is
    /// missing is counted and left out.
    ///
    /// # Errors
    /// The database's, the store's or the place's; then there is no backup of this time, and what was written is used by
    /// the next. What could not be let go of is no error: [`Forgotten::held_up_by`] says why.
    pub async fn back_up_to(
        &self,
        place: &BackupPlace,
        keep: Option<Keep>,
        mut watch: Watch,
    ) -> anyhow::Result<Grown> {
        let (kernel, place) = (self.clone(), place.clone());
        let grown = super::beside_the_runtime(move |runtime| {
            let mut grown = write(&kernel, &place, runtime, &mut watch)?;
            if let Some(keep) = keep {
                grown.forgotten = forget(&kernel, &place, keep, &grown.stamp, runtime);
            }
            Ok(grown)
        })
        .await?;
        if let Err(error) = self.note_backup(&grown.backup).await {
            tracing::warn!(%error, "that a backup was made cannot be written down");
        }
        Ok(grown)
    }

    /// By which its backups are known: the same after a restore, and told by nothing but the secret.
    pub(super) fn backup_mark(&self) -> String {
        hex::encode(&derived(self.secret().reveal(), "whose backup", &[])[..8])
    }
}

fn write(kernel: &Kernel, place: &BackupPlace, runtime: &Handle, watch: &mut Watch) -> anyhow::Result<Grown> {
    let mark = Mark::lay(place, Work::Writing, kernel.randomness().bytes(), kernel.now());
    let mut mark = runtime.block_on(mark)?;
    let written = write_marked(kernel, place, runtime, &mut mark, watch);
    runtime.block_on(mark.remove());
    written
}

fn write_marked(
    kernel: &Kernel,
    place: &BackupPlace,
    runtime: &Handle,
    mark: &mut Mark,
    watch: &mut Watch,
) -> anyhow::Result<Grown> {
    if runtime.block_on(mark.others())?.works.contains(&Work::Sweeping) {
        bail!("older backups are being taken out of {} at this moment: try again later", place.name());
    }
    let key = kernel.configuration().backup_key.as_ref();
    let written_at = kernel.now();
    let name = ManifestName::new(written_at, &kernel.backup_mark());
    let found = runtime.block_on(manifests(place))?;
    if found.iter().any(|each| each.name.installation != name.installation) {
        bail!("{} holds backups of another installation: choose another place", place.name());
    }
    let sizes = Arc::new(runtime.block_on(sizes(place))?);
    let newest = found.into_iter().next_back();
    let newest = newest.map(|manifest| Stored::of(place, manifest, &sizes, runtime));
    let known = newest.map(|newest| newest.listed(key)).unwrap_or_default();
    let mut growing = Growing {
        kernel,
        written_at,
        place,
        mark,
        chunking: key
            .map_or(Chunking::Plain, |key| Chunking::Sealed(key.of_chunks(kernel.secret().reveal()))),
        sizes: Arc::unwrap_or_clone(sizes),
        new: 0,
        all: 0,
    };
    let (manifest, counts) = growing.write(known, runtime, watch)?;
    runtime.block_on(place.put(&name.address(), manifest))?;
    let backup = BackedUp { counts, size: growing.all };
    Ok(Grown { backup, stamp: name.stamp, new: growing.new, forgotten: Forgotten::default() })
}

struct Growing<'a> {
    kernel: &'a Kernel,
    written_at: Instant,
    place: &'a BackupPlace,
    mark: &'a mut Mark,
    chunking: Chunking,
    sizes: Sizes,
    /// In bytes.
    new: u64,
    all: u64,
}

impl Growing<'_> {
    /// Gives back the manifest.
    fn write(
        &mut self,
        mut known: Listed,
        runtime: &Handle,
        watch: &mut Watch,
    ) -> anyhow::Result<(Vec<u8>, Counts)> {
        let kernel = self.kernel;
        let sink = match &kernel.configuration().backup_key {
            Some(key) => {
                let sealing = SealingWriter::begin(Vec::new(), key, kernel.randomness().bytes())?;
                Sink::Sealed(Box::new(sealing))
            }
            None => Sink::Plain(Vec::new()),
        };
        let mut archive = ArchiveWriter::begin(sink)?;
        let mut db = connect(&kernel.configuration().database)?;
        let begin = Dialect::of(&mut db).begin_reading();
        let (mut counts, mut named) = in_transaction(&mut db, begin, |db| {
            let counts = self.write_rows(db, &mut archive, runtime, watch)?;
            Ok((counts, named_objects(kernel, db)?))
        })?;
        drop(db);
        let listed = self.write_objects(&mut named, &mut known, &mut counts, watch);
        let mut listed = runtime.block_on(listed)?;
        listed.sort_by(|one, other| one.key.cmp(&other.key));
        let mut cutter = Cutter::default();
        for object in listed {
            if let Some(chunk) = cutter.add(&object.row()) {
                self.keep_as(Kind::ObjectsAt, &chunk, &mut archive, runtime)?;
            }
        }
        if let Some(chunk) = cutter.rest() {
            self.keep_as(Kind::ObjectsAt, &chunk, &mut archive, runtime)?;
        }
        archive.json(Kind::Counts, &counts)?;
        let (sink, _) = archive.end()?;
        Ok((sink.end()?, counts))
    }

    /// Within one transaction that reads.
    fn write_rows<W: Write>(
        &mut self,
        db: &mut Db,
        archive: &mut ArchiveWriter<W>,
        runtime: &Handle,
        watch: &mut Watch,
    ) -> anyhow::Result<Counts> {
        write_head(self.kernel, db, archive, self.written_at)?;
        if let Chunking::Sealed(key) = &self.chunking {
            archive.frame(Kind::ChunkKey, key)?;
        }
        let mut counts = Counts::default();
        for table in catalogue::tables(db)? {
            archive.json(Kind::Table, &table)?;
            let (mut cutter, mut rows) = (Cutter::default(), counts.rows);
            counts.tables += 1;
            counts.rows += each_row(db, &table, |row| {
                rows += 1;
                if let Some(chunk) = cutter.add(row) {
                    self.keep_as(Kind::RowsAt, &chunk, archive, runtime)?;
                    watch.look(Step::Rows, rows, None);
                }
                Ok(())
            })?;
            if let Some(chunk) = cutter.rest() {
                self.keep_as(Kind::RowsAt, &chunk, archive, runtime)?;
            }
            watch.look(Step::Rows, counts.rows, None);
        }
        archive.json(Kind::Counters, &catalogue::counters(db)?)?;
        Ok(counts)
    }

    /// What the store has of the named objects, or the place of those that it has lost. What is left in `named` neither has.
    async fn write_objects(
        &mut self,
        named: &mut Named,
        known: &mut Listed,
        counts: &mut Counts,
        watch: &mut Watch,
    ) -> anyhow::Result<Vec<ListedContent>> {
        let of = named.len() as u64;
        let folders: BTreeSet<OrganizationId> = named.values().copied().collect();
        let mut all = Vec::new();
        for folder in folders {
            let mut listed = self.kernel.objects().list(&folder.to_string());
            while let Some(object) = listed.next().await {
                let object = object.context("the object store")?;
                if named.remove(&object.key).is_some() {
                    let unchanged = known.remove(&object.key).filter(|known| self.has(known, object.size));
                    let content = match unchanged {
                        Some(content) => {
                            self.all += content.size;
                            content
                        }
                        None => self.read(&object).await.with_context(|| format!("object {}", object.key))?,
                    };
                    self.mark.renew(self.kernel.now()).await?;
                    all.push(content);
                    counts.objects += 1;
                    watch.look(Step::Objects, counts.objects, Some(of));
                }
            }
        }
        // Otherwise the last copy would go with the backups that are let go of.
        let lost: Vec<String> = named.keys().filter(|key| known.contains_key(*key)).cloned().collect();
        for key in lost {
            let content = known.remove(&key).filter(|content| self.has(content, content.size));
            let Some(content) = content else { continue };
            tracing::warn!(key, "an object that the store has lost is in the backup all the same");
            named.remove(&key);
            self.all += content.size;
            all.push(content);
            counts.objects += 1;
        }
        counts.missing = named.len() as u64;
        Ok(all)
    }

    /// Whether all of a listed object lies in the place.
    fn has(&self, content: &ListedContent, size: u64) -> bool {
        content.size == size
            && content.chunks.iter().map(|chunk| chunk.size).sum::<u64>() == size
            && content.chunks.iter().all(|chunk| lies_there(&self.sizes, &self.chunking, chunk))
    }

    async fn read(&mut self, object: &ListedObject) -> anyhow::Result<ListedContent> {
        let (mut sum, mut chunks, mut size) = (Sha256::new(), Vec::new(), 0);
        let mut chunk = BytesMut::new();
        if object.size > 0 {
            let mut pieces = self.kernel.objects().read(&object.key, 0..object.size).await?.bytes;
            while let Some(piece) = pieces.next().await {
                let mut piece: Bytes = piece?;
                sum.update(&piece);
                size += piece.len() as u64;
                while !piece.is_empty() {
                    let taken = piece.split_to(piece.len().min(PIECE - chunk.len()));
                    chunk.extend_from_slice(&taken);
                    if chunk.len() == PIECE {
                        chunks.push(self.keep(&chunk).await?);
                        chunk.clear();
                    }
                }
            }
        }
        if size != object.size {
            bail!("the store told of {} bytes and gave {size}", object.size);
        }
        if !chunk.is_empty() {
            chunks.push(self.keep(&chunk).await?);
        }
        Ok(ListedContent { key: object.key.clone(), size, sum: sum.finalize().into(), chunks })
    }

    /// Keeps a chunk, and says in the manifest where it lies.
    fn keep_as<W: Write>(
        &mut self,
        kind: Kind,
        chunk: &[u8],
        manifest: &mut ArchiveWriter<W>,
        runtime: &Handle,
    ) -> anyhow::Result<()> {
        let reference = runtime.block_on(self.keep(chunk))?;
        manifest.frame(kind, &reference.bytes())?;
        Ok(())
    }

    /// Durable when it returns, whether it was there before or not.
    async fn keep(&mut self, plain: &[u8]) -> anyhow::Result<ChunkReference> {
        let reference = ChunkReference { name: self.chunking.name(plain), size: plain.len() as u64 };
        self.all += reference.size;
        if !lies_there(&self.sizes, &self.chunking, &reference) {
            let stored = self.chunking.seal(&reference.name, plain)?;
            self.sizes.insert(reference.name, stored.len() as u64);
            self.new += reference.size;
            self.mark.renew(self.kernel.now()).await?;
            self.place.put(&reference.address(), stored).await?;
        }
        Ok(reference)
    }
}
