//! One backup of a place as frames, put together of its manifest and of chunks that are fetched while it is read.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    io::{Cursor, Read},
    sync::Arc,
};

use anyhow::{Context, anyhow, bail};
use tokio::runtime::Handle;

use super::{
    archive::{ArchiveReader, Broken, Frame, Frames, Kind},
    chunk::{CHUNKS, ChunkName, ChunkReference, Chunking, name_in},
    contents::{ObjectHead, Wanted, opened},
    manifests::{FoundManifest, manifests, stamp},
    place::BackupPlace,
    row::Row,
    sealing::BackupKey,
};
use crate::clock::Instant;

/// In bytes. A manifest names the chunks of rows and of the list of objects, some 50 bytes for each.
const LONGEST_MANIFEST: u64 = 64 * 1024 * 1024;

/// The size of each chunk that lies there, in bytes. All are held, some 60 bytes each.
pub(super) type Sizes = HashMap<ChunkName, u64>;

pub(super) async fn sizes(place: &BackupPlace) -> anyhow::Result<Sizes> {
    let mut sizes = Sizes::new();
    place.each(CHUNKS, |object| sizes.extend(name_in(&object.key).map(|name| (name, object.size)))).await?;
    Ok(sizes)
}

/// Whether a chunk lies there, as far as that is seen without reading it.
pub(super) fn lies_there(sizes: &Sizes, chunking: &Chunking, reference: &ChunkReference) -> bool {
    sizes.get(&reference.name) == Some(&chunking.stored_size(reference.size))
}

/// One backup of a place.
#[derive(Clone)]
pub(super) struct Stored {
    pub place: BackupPlace,
    pub runtime: Handle,
    pub manifest: FoundManifest,
    pub sizes: Arc<Sizes>,
}

impl fmt::Display for Stored {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the backup {} in {}", self.manifest.name.stamp, self.place.name())
    }
}

impl Stored {
    pub fn of(place: &BackupPlace, manifest: FoundManifest, sizes: &Arc<Sizes>, runtime: &Handle) -> Self {
        Self { place: place.clone(), runtime: runtime.clone(), manifest, sizes: sizes.clone() }
    }

    /// The newest, or the newest of those that `at` is the beginning of.
    ///
    /// # Errors
    /// When there is none, or it cannot be known whose is meant.
    pub fn find(place: &BackupPlace, at: Option<&str>, runtime: &Handle) -> anyhow::Result<Self> {
        let found = runtime.block_on(manifests(place))?;
        let mut meant = found.into_iter().filter(|each| each.name.stamp.starts_with(at.unwrap_or_default()));
        let Some(first) = meant.next() else {
            match at {
                Some(at) => bail!("{} holds no backup of {at}", place.name()),
                None => bail!("{} holds no backup", place.name()),
            }
        };
        let mut newest = first;
        for each in meant {
            if each.name.installation != newest.name.installation {
                bail!(
                    "{} holds backups of several installations: say which by @ and its time, as `portico backups` \
                     lists it",
                    place.name()
                );
            }
            newest = each;
        }
        let sizes = Arc::new(runtime.block_on(sizes(place))?);
        Ok(Self::of(place, newest, &sizes, runtime))
    }

    /// # Errors
    /// For an older backup that somebody gave the name of another.
    pub fn refuse_another_time(&self, written_at: Instant) -> anyhow::Result<()> {
        if stamp(written_at) != self.manifest.name.stamp {
            bail!("it is of another time: it was written at {}", stamp(written_at));
        }
        Ok(())
    }

    /// # Errors
    /// In words: not a manifest, or of another key.
    pub fn open(&self, key: Option<&BackupKey>, wanted: Wanted) -> anyhow::Result<Assembled> {
        let FoundManifest { name, size } = &self.manifest;
        if *size > LONGEST_MANIFEST {
            return Err(Broken::Damaged.into());
        }
        let bytes = self.runtime.block_on(self.place.get(&name.address(), *size))?;
        let manifest = opened(Cursor::new(bytes), key)?;
        let (chunking, waiting) = (Chunking::Plain, VecDeque::new());
        Ok(Assembled { stored: self.clone(), manifest, chunking, wanted, waiting })
    }

    /// Its objects. Those of one that cannot be read, such as that of an earlier key, only cost time.
    pub fn listed(&self, key: Option<&BackupKey>) -> Listed {
        let mut listed = Listed::new();
        let take = |named: Named| {
            if let Named::Objects(_, objects) = named {
                listed.extend(objects.into_iter().map(|object| (object.key.clone(), object)));
            }
        };
        let read = self.open(key, Wanted::Objects).and_then(|manifest| manifest.each_named(take, |_| {}));
        if let Err(error) = read {
            let error = format!("{error:#}");
            tracing::warn!(error, "{self} cannot be read: every object is read again");
        }
        listed
    }
}

/// What a backup lists, by key.
pub(super) type Listed = HashMap<String, ListedContent>;

/// An object of the list that a manifest speaks of.
pub(super) struct ListedContent {
    pub key: String,
    /// In bytes.
    pub size: u64,
    pub sum: [u8; 32],
    pub chunks: Vec<ChunkReference>,
}

/// Of cells: key, size, sum and where its pieces lie.
const WIDTH: usize = 4;

impl ListedContent {
    pub fn row(&self) -> Row {
        let mut chunks = Vec::new();
        self.chunks.iter().for_each(|chunk| chunk.write_to(&mut chunks));
        let cells =
            [self.key.clone().into_bytes(), self.size.to_le_bytes().to_vec(), self.sum.to_vec(), chunks];
        Row(cells.into_iter().map(Some).collect())
    }

    fn of(row: Row) -> Option<Self> {
        let [key, size, sum, chunks] = <[Option<Vec<u8>>; WIDTH]>::try_from(row.0).ok()?;
        Some(Self {
            key: String::from_utf8(key?).ok()?,
            size: u64::from_le_bytes(size?.try_into().ok()?),
            sum: sum?.try_into().ok()?,
            chunks: ChunkReference::read_all(&chunks?).ok()?,
        })
    }

    /// # Errors
    /// [`Broken::Damaged`] for what is no list.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Self>, Broken> {
        let rows = Row::read_all(bytes, WIDTH)?;
        rows.into_iter().map(Self::of).collect::<Option<Vec<Self>>>().ok_or(Broken::Damaged)
    }
}

/// A backup's frames, put together of a manifest and its chunks.
pub(super) struct Assembled {
    stored: Stored,
    manifest: ArchiveReader<Box<dyn Read>>,
    chunking: Chunking,
    wanted: Wanted,
    waiting: VecDeque<Waiting>,
}

enum Waiting {
    Frame(Frame),
    Piece(ChunkReference),
}

/// What a manifest says of the chunks that it needs.
pub(super) enum Named {
    Rows(ChunkReference),
    Objects(ChunkReference, Vec<ListedContent>),
}

impl Named {
    /// The chunk itself, and those that it names.
    pub fn chunks(&self) -> impl Iterator<Item = &ChunkReference> {
        let (Self::Rows(own) | Self::Objects(own, _)) = self;
        let objects: &[ListedContent] = match self {
            Self::Rows(_) => &[],
            Self::Objects(_, objects) => objects,
        };
        std::iter::once(own).chain(objects.iter().flat_map(|object| &object.chunks))
    }
}

impl Assembled {
    /// Goes through the manifest and its lists without a look at rows and objects; other frames go to `other`.
    ///
    /// # Errors
    /// As [`Frames::frame`].
    pub fn each_named(
        mut self,
        mut take: impl FnMut(Named),
        mut other: impl FnMut(Frame),
    ) -> anyhow::Result<()> {
        while let Some(frame) = self.manifest.frame()? {
            match frame.kind {
                Kind::ChunkKey => self.take_key(&frame.bytes)?,
                Kind::RowsAt => take(Named::Rows(ChunkReference::read(&frame.bytes)?)),
                Kind::ObjectsAt => {
                    let reference = ChunkReference::read(&frame.bytes)?;
                    let listed = ListedContent::read_all(&self.fetch(&reference)?)?;
                    take(Named::Objects(reference, listed));
                }
                _ => other(frame),
            }
        }
        Ok(())
    }

    fn take_key(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        self.chunking = Chunking::Sealed(bytes.try_into().map_err(|_| Broken::Damaged)?);
        Ok(())
    }

    fn fetch(&self, reference: &ChunkReference) -> anyhow::Result<Vec<u8>> {
        let (stored, address) = (&self.stored, reference.address());
        let size = *stored.sizes.get(&reference.name).with_context(|| format!("{address} is missing"))?;
        let damaged = || anyhow!("{address} is damaged: once it is deleted, the next backup writes it anew");
        if size != self.chunking.stored_size(reference.size) {
            return Err(damaged());
        }
        let bytes = stored.runtime.block_on(stored.place.get(&address, size))?;
        self.chunking.open(&reference.name, bytes).ok_or_else(damaged)
    }

    fn list(&mut self, reference: &[u8]) -> anyhow::Result<()> {
        let bytes = self.fetch(&ChunkReference::read(reference)?)?;
        for ListedContent { key, size, sum, chunks } in ListedContent::read_all(&bytes)? {
            let head = serde_json::to_vec(&ObjectHead { key, size })?;
            self.waiting.push_back(Waiting::Frame(Frame { kind: Kind::Object, bytes: head }));
            self.waiting.extend(chunks.into_iter().map(Waiting::Piece));
            self.waiting.push_back(Waiting::Frame(Frame { kind: Kind::ObjectEnd, bytes: sum.to_vec() }));
        }
        Ok(())
    }
}

impl Frames for Assembled {
    fn frame(&mut self) -> anyhow::Result<Option<Frame>> {
        loop {
            match self.waiting.pop_front() {
                Some(Waiting::Frame(frame)) => return Ok(Some(frame)),
                Some(Waiting::Piece(reference)) => {
                    return Ok(Some(Frame { kind: Kind::Piece, bytes: self.fetch(&reference)? }));
                }
                None => {}
            }
            let Some(frame) = self.manifest.frame()? else { return Ok(None) };
            match (frame.kind, self.wanted) {
                (Kind::ChunkKey, _) => self.take_key(&frame.bytes)?,
                (Kind::RowsAt, Wanted::Objects) | (Kind::ObjectsAt, Wanted::Rows) => {}
                (Kind::RowsAt, _) => {
                    let bytes = self.fetch(&ChunkReference::read(&frame.bytes)?)?;
                    return Ok(Some(Frame { kind: Kind::Rows, bytes }));
                }
                (Kind::ObjectsAt, _) => self.list(&frame.bytes)?,
                _ => return Ok(Some(frame)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_object_is_read_as_it_was_written() {
        let chunks =
            vec![ChunkReference { name: [5; 32], size: 9 }, ChunkReference { name: [6; 32], size: 1 }];
        let content = ListedContent { key: "a/b".to_owned(), size: 10, sum: [3; 32], chunks };
        let mut bytes = Vec::new();
        content.row().write_to(&mut bytes);
        content.row().write_to(&mut bytes);
        let read = ListedContent::read_all(&bytes).unwrap();
        assert_eq!(read.len(), 2);
        let last = &read[1];
        assert_eq!((last.key.as_str(), last.size, last.sum, last.chunks.len()), ("a/b", 10, [3; 32], 2));
        assert_eq!(last.chunks, content.chunks);
        assert!(ListedContent::read_all(&bytes[..bytes.len() - 1]).is_err());
    }
}
