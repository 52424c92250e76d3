//! Pages of PDFs as pictures: drawn in the limited process when somebody looks at one, and kept in
//! a folder of this machine while there is room.
//!
//! They are not made when a file arrives, because of most documents nobody looks at more than a
//! page, and not kept in the object store, because they can be made again: like the search index,
//! each machine has its own, nothing is backed up, counted or missed. The page around a picture
//! never waits for it; a picture's own request does, without holding a thread, and only so many wait
//! before the next is told to come back.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use bytes::Bytes;
use portico_kernel::{Kernel, Result};

use crate::{
    copies::Copy,
    drawing::{Turn, drawn, page_of},
    file::File,
};

/// In bytes: some two thousand pages.
const ROOM: u64 = 256 * 1024 * 1024;

/// The page as WebP; `None` for one that cannot be drawn.
///
/// # Errors
/// [`portico_kernel::Error::Busy`] when too many wait already; the object store's.
pub async fn picture(kernel: &Kernel, file: &File, number: u32) -> Result<Option<Bytes>> {
    let Some(sight) = page_of(&file.content, number) else { return Ok(None) };
    let kept = Kept::of(kernel, file, number);
    if let Some(webp) = kept.read().await {
        return Ok(webp.into_drawn());
    }
    let _turn = Turn::wait().await?;
    // Whoever was first may have drawn it meanwhile.
    if let Some(webp) = kept.read().await {
        return Ok(webp.into_drawn());
    }
    let copy = Copy::of(kernel, file).await?;
    // What cannot be drawn is kept too, as nothing: it would cost as much each time.
    let webp = drawn(&sight, &copy).await?.map(|drawing| drawing.bytes).unwrap_or_default();
    kept.write(&webp).await;
    Ok(Picture(webp.into()).into_drawn())
}

/// Empty when it could not be drawn.
struct Picture(Bytes);

impl Picture {
    fn into_drawn(self) -> Option<Bytes> {
        Some(self.0).filter(|webp| !webp.is_empty())
    }
}

/// A picture in the folder.
struct Kept {
    folder: PathBuf,
    name: String,
    /// Of this attempt to draw it.
    unfinished: String,
}

impl Kept {
    /// Named after the bytes that it shows, so that it never goes stale; and after the portal, so
    /// that nobody learns from its haste what another one has.
    fn of(kernel: &Kernel, file: &File, number: u32) -> Self {
        let folder = kernel.configuration().data.join("pages");
        let portal = file.item.portal;
        let name = format!("{portal}-{}-{number}.webp", hex::encode(file.content.sha256()));
        let unfinished = format!("{}.part", hex::encode(kernel.randomness().bytes::<8>()));
        Self { folder, name, unfinished }
    }

    async fn read(&self) -> Option<Picture> {
        tokio::fs::read(self.folder.join(&self.name)).await.ok().map(|webp| Picture(webp.into()))
    }

    /// A picture that cannot be kept is drawn again: no reason to fail.
    async fn write(&self, webp: &[u8]) {
        if let Err(error) = self.try_to_write(webp).await {
            tracing::warn!(%error, "the picture of a page could not be kept");
        }
    }

    async fn try_to_write(&self, webp: &[u8]) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        // Under another name first, so that nobody reads half of it.
        let unfinished = self.folder.join(&self.unfinished);
        tokio::fs::write(&unfinished, webp).await?;
        tokio::fs::rename(&unfinished, self.folder.join(&self.name)).await?;
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || make_room(&folder, ROOM)).await.unwrap_or(Ok(()))
    }
}

/// The oldest go until the rest takes up at most `room` bytes.
fn make_room(folder: &Path, room: u64) -> std::io::Result<()> {
    let mut pictures = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // One that another task removed just now takes up nothing.
        let Ok(metadata) = entry.metadata() else { continue };
        let made = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        pictures.push((made, metadata.len(), entry.path()));
    }
    pictures.sort_unstable();
    let mut used: u64 = pictures.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in pictures {
        if used <= room {
            break;
        }
        std::fs::remove_file(path)?;
        used -= size;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pictures_make_room() {
        let folder = tempfile::tempdir().unwrap();
        for (age, name) in ["new", "old", "older"].iter().enumerate() {
            let path = folder.path().join(name);
            std::fs::write(&path, [0; 100]).unwrap();
            let made = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 - age as u64);
            std::fs::File::options().write(true).open(path).unwrap().set_modified(made).unwrap();
        }
        make_room(folder.path(), 200).unwrap();
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["new", "old"]);
        make_room(folder.path(), 0).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
