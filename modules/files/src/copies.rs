//! A file of the object store as a file of this machine, which is what a limited process can be
//! handed.

use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use portico_kernel::{Kernel, Result};
use portico_reading::{DocumentKind, kind_of};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::file::File;

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
