//! In a folder: a partial file beside the object's place, appended to, and renamed when it is whole.

use std::{
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{Error, Result, ResumableWriter, Unfinished};
use tokio::{
    fs::{self, File},
    io::{AsyncSeekExt, AsyncWriteExt},
};

/// Written to the disk at a time.
const PIECE: usize = 1024 * 1024;

pub(crate) struct Folder(pub PathBuf);

impl Folder {
    /// Where object_store places it: nothing leads out of the folder, whatever a row of a restored backup says.
    fn object(&self, key: &str) -> PathBuf {
        self.0.join(object_store::path::Path::from(key).as_ref())
    }

    /// object_store leaves names of this form out when it lists a folder.
    fn partial(&self, key: &str) -> PathBuf {
        let mut partial = self.object(key).into_os_string();
        partial.push("#0");
        partial.into()
    }

    pub async fn resume(&self, key: &str, saved: &Unfinished) -> Result<Box<dyn ResumableWriter>> {
        let path = self.partial(key);
        if let Some(folder) = path.parent() {
            make_folder(folder).await?;
        }
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(&path).await?;
        if file.metadata().await?.len() < saved.size {
            return Err(Error::Internal(anyhow::anyhow!("{key} holds less than was saved of it")));
        }
        file.set_len(saved.size).await?;
        file.seek(io::SeekFrom::End(0)).await?;
        file.set_max_buf_size(PIECE);
        if saved.size == 0 {
            sync_folder_of(&path).await?;
        }
        Ok(Box::new(Writer { file, size: saved.size }))
    }

    /// A second time the partial file is gone and the object is there.
    pub async fn publish(&self, key: &str) -> Result<()> {
        let object = self.object(key);
        match fs::rename(self.partial(key), &object).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::metadata(&object).await?;
            }
            outcome => outcome?,
        }
        Ok(sync_folder_of(&object).await?)
    }

    pub async fn discard(&self, key: &str) -> Result<()> {
        for path in [self.partial(key), self.object(key)] {
            match fs::remove_file(&path).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A new folder is durable when the one that it lies in is, and so on up to one that was there.
async fn make_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder).await?;
    for made in missing {
        sync_folder_of(made).await?;
    }
    Ok(())
}

/// A new name is durable when its folder is.
async fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder).await?.sync_all().await,
        None => Ok(()),
    }
}

struct Writer {
    file: File,
    size: u64,
}

impl Writer {
    async fn save(&mut self) -> Result<Unfinished> {
        self.file.flush().await?;
        self.file.sync_data().await?;
        Ok(Unfinished { size: self.size, notes: String::new() })
    }
}

impl ResumableWriter for Writer {
    fn write(&mut self, bytes: Bytes) -> BoxFuture<'_, Result<()>> {
        async move {
            self.file.write_all(&bytes).await?;
            self.size += bytes.len() as u64;
            Ok(())
        }
        .boxed()
    }

    fn pause(&mut self) -> BoxFuture<'_, Result<Unfinished>> {
        self.save().boxed()
    }

    fn end(&mut self) -> BoxFuture<'_, Result<Unfinished>> {
        self.save().boxed()
    }
}
