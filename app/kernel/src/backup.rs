//! Everything that an installation is, in one file and back (T35), or in a place where each backup adds what is new. It
//! says nothing of a database's own kind, so that it leads from SQLite to PostgreSQL as well as back. It leaves out what is
//! made of the rest: the search index, and pictures of pages.
//!
//! Rows are read in one transaction, objects after it: an object that a row of that moment names stays for 30 days
//! after somebody deletes it. What is written later than the rows is not in the backup.

mod archive;
mod catalogue;
mod chunk;
mod contents;
mod cutting;
mod dialect;
mod fingerprint;
mod growing;
mod keepers;
mod keeping;
mod loading;
mod manifests;
mod marks;
mod objects;
mod part_file;
mod place;
mod progress;
mod row;
mod rows;
mod schedule;
mod sealing;
mod snapshot;
mod stored;
#[cfg(test)]
mod tests;

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::bail;
use tokio::runtime::Handle;

use self::{
    archive::{ArchiveWriter, Kind},
    contents::{Contents, Source, Wanted},
    dialect::Dialect,
    part_file::PartFile,
    sealing::{SealingWriter, Sink},
    stored::Stored,
};
pub use self::{
    contents::Counts as BackupCounts,
    growing::Grown,
    keeping::{Forgotten, Keep as BackupKeep, KeptBackup, ToldBackup, backups},
    manifests::is_beginning_of_a_stamp as is_backup_time,
    place::BackupPlace,
    progress::{Progress as BackupProgress, Step as BackupStep, Watch as BackupWatch},
    schedule::{BackupRecord, DailyBackup, DailyTarget, LastBackup},
    sealing::BackupKey,
};
pub(crate) use self::{
    keepers::orphans,
    schedule::{back_up_daily, release},
};
use crate::{
    clock::Instant,
    connection::Db,
    database::{Backend, bring_to, connect, in_transaction, known_steps},
    outside::Objects,
    system::Kernel,
};

/// Of the file that is written or read, in bytes: the store's own pieces are as long.
const BUFFER: usize = 1024 * 1024;

/// A file that was written.
pub struct BackedUp {
    pub counts: BackupCounts,
    /// In bytes.
    pub size: u64,
}

/// Where a backup is read from.
#[derive(Clone)]
pub enum BackupSource {
    File(PathBuf),
    /// The newest in a place, or the newest whose stamp begins so.
    Place(BackupPlace, Option<String>),
}

impl BackupSource {
    fn find(self, runtime: &Handle) -> anyhow::Result<Source> {
        Ok(match self {
            Self::File(file) => Source::File(file),
            Self::Place(place, at) => Source::Stored(Stored::find(&place, at.as_deref(), runtime)?),
        })
    }
}

/// Where a backup is restored to.
pub struct RestoreTarget {
    pub database: Backend,
    pub objects: Box<dyn Objects>,
}

/// What was restored, and from when it is.
pub struct Restored {
    pub counts: BackupCounts,
    pub written_at: Instant,
    /// The version of the program that wrote the file, and its database's newest step.
    pub program: String,
    pub step: String,
}

impl Kernel {
    /// Writes everything to one file, while others go on working, and encrypts it where there is a key. An object that is
    /// missing is counted and left out.
    ///
    /// # Errors
    /// The database's, the store's or the file's; then there is no file of this name, or still the earlier one.
    pub async fn back_up(&self, file: &Path, mut watch: BackupWatch) -> anyhow::Result<BackedUp> {
        let (kernel, file) = (self.clone(), file.to_owned());
        let written = beside_the_runtime(move |runtime| write(&kernel, &file, runtime, &mut watch)).await?;
        // The file is there, whether or not the database can be told.
        if let Err(error) = self.note_backup(&written).await {
            tracing::warn!(%error, "that a backup was made cannot be written down");
        }
        Ok(written)
    }
}

/// Fills an empty database and a store, and brings them to this program's version. `keep_secret` is called with the
/// installation's own secret before there is anything that needs it.
///
/// # Errors
/// In words: a file that is torn, damaged or of a newer program, a database that is in use, or whatever fails on the
/// way. The database is empty then, and of the objects none is left that was not there before.
pub async fn restore<K>(
    from: BackupSource,
    key: Option<BackupKey>,
    into: RestoreTarget,
    mut watch: BackupWatch,
    keep_secret: K,
) -> anyhow::Result<Restored>
where
    K: FnOnce([u8; 32]) -> anyhow::Result<()> + Send + 'static,
{
    beside_the_runtime(move |runtime| {
        let contents = Contents::of(from.find(runtime)?, key.as_ref(), &mut watch)?;
        let mut db = open_empty(&into.database, &contents)?;
        keep_secret(contents.secret)?;
        let counts = fill(&contents, &mut db, &*into.objects, runtime, &mut watch)?;
        drop(db);
        finish(&into.database, contents, counts)
    })
    .await
}

/// Restores a backup into a place that is thrown away afterwards, and compares what came of it with what was written.
///
/// # Errors
/// As [`restore`], or names a table that is not the same.
pub async fn verify(
    from: BackupSource,
    key: Option<BackupKey>,
    scratch: RestoreTarget,
    mut watch: BackupWatch,
) -> anyhow::Result<Restored> {
    beside_the_runtime(move |runtime| {
        let contents = Contents::of(from.find(runtime)?, key.as_ref(), &mut watch)?;
        let mut db = open_empty(&scratch.database, &contents)?;
        let counts = fill(&contents, &mut db, &*scratch.objects, runtime, &mut watch)?;
        let written = fingerprint::of_archive(&mut *contents.archive(Wanted::Rows)?)?;
        if let Some(table) = fingerprint::difference(&written, &fingerprint::of_database(&mut db)?) {
            bail!("{} does not restore: table {table} comes back as something else", contents.source);
        }
        drop(db);
        finish(&scratch.database, contents, counts)
    })
    .await
}

/// Databases and files block; the store is waited for from there.
async fn beside_the_runtime<T, F>(work: F) -> anyhow::Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Handle) -> anyhow::Result<T> + Send + 'static,
{
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || work(&runtime)).await?
}

fn write(
    kernel: &Kernel,
    file: &Path,
    runtime: &Handle,
    watch: &mut BackupWatch,
) -> anyhow::Result<BackedUp> {
    let (part, out) = PartFile::create(file)?;
    let out = BufWriter::with_capacity(BUFFER, out);
    let sink = match &kernel.configuration().backup_key {
        Some(key) => Sink::Sealed(Box::new(SealingWriter::begin(out, key, kernel.randomness().bytes())?)),
        None => Sink::Plain(out),
    };
    let mut archive = ArchiveWriter::begin(sink)?;
    let mut db = connect(&kernel.configuration().database)?;
    let begin = Dialect::of(&mut db).begin_reading();
    let (mut counts, mut named) =
        in_transaction(&mut db, begin, |db| Ok(snapshot::write(kernel, db, &mut archive, watch)?))?;
    drop(db);
    runtime.block_on(objects::copy_out(kernel.objects(), &mut named, &mut archive, &mut counts, watch))?;
    archive.json(Kind::Counts, &counts)?;
    let (sink, _) = archive.end()?;
    let mut out = sink.end()?;
    out.flush()?;
    let size = out.get_ref().metadata()?.len();
    part.keep(out.get_ref())?;
    Ok(BackedUp { counts, size })
}

/// At exactly the file's steps.
fn open_empty(backend: &Backend, contents: &Contents) -> anyhow::Result<Db> {
    let mut db = connect(backend)?;
    loading::refuse_used(&mut db)?;
    bring_to(&mut db, &contents.head.steps)?;
    Ok(db)
}

/// Objects first: a row never points at nothing.
fn fill(
    contents: &Contents,
    db: &mut Db,
    objects: &dyn Objects,
    runtime: &Handle,
    watch: &mut BackupWatch,
) -> anyhow::Result<BackupCounts> {
    let of = contents.counts;
    let mut new = Vec::new();
    let mut filled = || -> anyhow::Result<BackupCounts> {
        let mut archive = contents.archive(Wanted::Objects)?;
        let count = objects::copy_in(&mut *archive, objects, runtime, &mut new, of.objects, watch)?;
        let rows = loading::load(db, &mut *contents.archive(Wanted::Rows)?, of.rows, watch)?;
        Ok(BackupCounts { objects: count, missing: of.missing, ..rows })
    };
    let outcome = filled();
    if outcome.is_err() {
        for key in &new {
            if let Err(error) = runtime.block_on(objects.delete(key)) {
                tracing::warn!(%error, key, "an object of a restore that failed could not be deleted");
            }
        }
    }
    outcome
}

/// On a connection of its own, which keeps what the one that filled it was told to overlook.
fn finish(backend: &Backend, contents: Contents, counts: BackupCounts) -> anyhow::Result<Restored> {
    bring_to(&mut connect(backend)?, &known_steps()?)?;
    let (step, head) = (contents.step(), contents.head);
    Ok(Restored { counts, written_at: head.written_at, program: head.program, step })
}
