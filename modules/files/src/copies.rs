//! A file of the object store as a file of this machine, which is what a limited process can be
//! handed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::TryStreamExt;
use portico_kernel::{Kernel, Result};
use portico_reading::{DocumentKind, kind_of};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::file::File;

/// No copy is of use for as long as this.
const LONGEST_USE: Duration = Duration::from_secs(3_600);

/// Deleted when it is dropped.
pub struct Copy(PathBuf);

impl Copy {
    /// # Errors
    /// The object store's, and the disk's.
    pub async fn of(kernel: &Kernel, file: &File) -> Result<Self> {
        let (copy, mut target) = Self::create(kernel, &file.content.version.to_string()).await?;
        let object = kernel.objects().read(&file.content.key, 0..file.content.size()).await?;
        let mut bytes = object.bytes;
        while let Some(chunk) = bytes.try_next().await? {
            target.write_all(&chunk).await?;
        }
        target.flush().await?;
        Ok(copy)
    }

    /// Of something that is in no object store.
    ///
    /// # Errors
    /// The disk's.
    pub async fn of_bytes(kernel: &Kernel, what: &str, bytes: &[u8]) -> Result<Self> {
        let (copy, mut target) = Self::create(kernel, what).await?;
        target.write_all(bytes).await?;
        target.flush().await?;
        Ok(copy)
    }

    async fn create(kernel: &Kernel, what: &str) -> Result<(Self, tokio::fs::File)> {
        let folder = kernel.configuration().data.join("reading");
        tokio::fs::create_dir_all(&folder).await?;
        let all = folder.clone();
        let swept = tokio::task::spawn_blocking(move || forget_left(&all)).await;
        if let Err(error) = swept.map_err(io::Error::other).flatten() {
            tracing::warn!(%error, "copies that were left could not be deleted");
        }
        // Several may be made at once: to read it, to draw it, for two people who look at it.
        let copy = Self(folder.join(format!("{what}-{}", hex::encode(kernel.randomness().bytes::<4>()))));
        let target = tokio::fs::File::create(&copy.0).await?;
        Ok((copy, target))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// # Errors
    /// The disk's.
    pub async fn kind(&self, name: &str) -> Result<Option<DocumentKind>> {
        let mut beginning = Vec::new();
        tokio::fs::File::open(&self.0).await?.take(8 * 1024).read_to_end(&mut beginning).await?;
        Ok(kind_of(&beginning, name))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, "the copy of a document could not be deleted");
        }
    }
}

/// What a process left that was killed: strangers' mails and files would stay here, whoever is erased.
fn forget_left(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        match forget_if_left(&entry?.path()) {
            // Somebody else lets go of it at this moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            forgotten => forgotten?,
        }
    }
    Ok(())
}

fn forget_if_left(path: &Path) -> io::Result<()> {
    let metadata = fs::metadata(path)?;
    let is_left = metadata.modified()?.elapsed().is_ok_and(|age| age > LONGEST_USE);
    if metadata.is_file() && is_left {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_a_killed_process_left_is_forgotten_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (left, new) = (folder.path().join("mail-0a"), folder.path().join("mail-0b"));
        fs::write(&new, "new").unwrap();
        let file = fs::File::create(&left).unwrap();
        file.set_modified(SystemTime::now() - 2 * LONGEST_USE).unwrap();
        forget_left(folder.path()).unwrap();
        assert!(new.exists() && !left.exists());
    }
}
