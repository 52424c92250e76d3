//! The folder: a lock, a file saying which generation is in use, and the
//! generations themselves, each a folder of tantivy's. A rebuild writes the next
//! generation beside the one in use; renaming one small file swaps them.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::schema::VERSION;

const LOCK: &str = "lock";
const CURRENT: &str = "current.json";

/// Held for as long as the index is open; the lock goes with it, also when the
/// process dies.
pub(crate) struct Folder {
    path: PathBuf,
    next: AtomicU64,
    _lock: File,
}

#[derive(Serialize, Deserialize)]
struct Current {
    version: u32,
    generation: u64,
}

impl Folder {
    /// Takes the folder, creating it where it is missing.
    ///
    /// # Errors
    /// When it cannot be created, or another process has it.
    pub fn lock(path: &Path) -> Result<Folder> {
        let show = path.display();
        fs::create_dir_all(path).with_context(|| format!("creating the search index {show}"))?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK))
            .with_context(|| format!("locking the search index {show}"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("the search index {show} is in use by another process")
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("locking the search index {show}"));
            }
        }
        Ok(Folder { path: path.to_owned(), next: AtomicU64::new(1), _lock: lock })
    }

    /// The generation in use; `None` when there is none, it cannot be read, or
    /// another version of the program wrote it.
    pub fn current(&self) -> Option<PathBuf> {
        let text = fs::read_to_string(self.path.join(CURRENT)).ok()?;
        let current: Current = serde_json::from_str(&text).ok()?;
        self.next.fetch_max(current.generation.saturating_add(1), Ordering::Relaxed);
        (current.version == VERSION).then(|| self.generation(current.generation))
    }

    /// A new empty folder for a generation.
    pub fn fresh(&self) -> Result<PathBuf> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.generation(number);
        fs::create_dir(&path).with_context(|| format!("creating {}", path.display()))?;
        Ok(path)
    }

    /// From now on, also after a crash, `generation` is the one in use.
    pub fn use_generation(&self, generation: &Path) -> Result<()> {
        let number = generation.file_name().and_then(|name| name.to_str()?.parse().ok());
        let current = Current {
            version: VERSION,
            generation: number.context("a generation's folder is named by its number")?,
        };
        let draft = self.path.join("current.json.new");
        let mut file = File::create(&draft)?;
        file.write_all(&serde_json::to_vec(&current)?)?;
        file.sync_all()?;
        fs::rename(&draft, self.path.join(CURRENT))?;
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }

    /// Deletes everything but the lock and, if given, the generation to keep.
    pub fn sweep(&self, keep: Option<&Path>) -> Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            let kept = keep.is_some_and(|keep| path == keep || path == self.path.join(CURRENT));
            if kept || path == self.path.join(LOCK) {
                continue;
            }
            let removed = match path.is_dir() {
                true => fs::remove_dir_all(&path),
                false => fs::remove_file(&path),
            };
            removed.with_context(|| format!("emptying the search index: {}", path.display()))?;
        }
        Ok(())
    }

    fn generation(&self, number: u64) -> PathBuf {
        self.path.join(number.to_string())
    }
}
