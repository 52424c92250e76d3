//! A piece of what a backup holds, under a name that is made of its content: it is written once, however many backups
//! speak of it, and what is found under a name is what was written there or is noticed. Names are sums, or sums under a
//! key where backups are encrypted, so that they tell nothing of what somebody might guess to be in one.

use std::io;

use sha2::{Digest, Sha256};

use super::{
    archive::Broken,
    sealing::{CHUNK_SEAL, derived, open_chunk, seal_chunk},
};

/// In bytes. No chunk that was written is longer.
const LONGEST: u64 = 256 * 1024 * 1024;
const NAME: usize = 32;
/// A chunk's name and its size, eight bytes, little-endian.
const REFERENCE: usize = NAME + 8;

pub(super) type ChunkName = [u8; NAME];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChunkReference {
    pub name: ChunkName,
    /// Before it was sealed, in bytes.
    pub size: u64,
}

impl ChunkReference {
    pub fn write_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.name);
        bytes.extend(self.size.to_le_bytes());
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(REFERENCE);
        self.write_to(&mut bytes);
        bytes
    }

    /// # Errors
    /// [`Broken::Damaged`] where the bytes are not a whole number of references, or one speaks of more than a chunk holds.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Self>, Broken> {
        let references = bytes.chunks(REFERENCE).map(|reference| {
            let (name, size) = reference.split_first_chunk::<NAME>()?;
            let size = u64::from_le_bytes(size.try_into().ok()?);
            (size <= LONGEST).then_some(Self { name: *name, size })
        });
        references.collect::<Option<Vec<Self>>>().ok_or(Broken::Damaged)
    }

    /// # Errors
    /// As [`read_all`](Self::read_all), and for any other number than one.
    pub fn read(bytes: &[u8]) -> Result<Self, Broken> {
        match Self::read_all(bytes)?[..] {
            [reference] => Ok(reference),
            _ => Err(Broken::Damaged),
        }
    }

    /// Below a place: in one of 256 folders, as long lists are slow in some.
    pub fn address(&self) -> String {
        let name = hex::encode(self.name);
        format!("{CHUNKS}/{}/{name}", &name[..2])
    }
}

pub(super) const CHUNKS: &str = "chunks";

/// The name in an address, of whatever lies among the chunks.
pub(super) fn name_in(address: &str) -> Option<ChunkName> {
    let (_, name) = address.rsplit_once('/')?;
    <ChunkName>::try_from(hex::decode(name).ok()?).ok()
}

/// How chunks are named and kept. There is no `Debug`, so that a log cannot show the key (T15).
#[derive(Clone)]
pub(super) enum Chunking {
    Plain,
    Sealed([u8; 32]),
}

impl Chunking {
    pub fn name(&self, plain: &[u8]) -> ChunkName {
        match self {
            Self::Plain => Sha256::digest(plain).into(),
            Self::Sealed(key) => derived(key, "name", plain),
        }
    }

    /// # Errors
    /// The cipher's.
    pub fn seal(&self, name: &ChunkName, plain: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(plain.to_vec()),
            Self::Sealed(key) => seal_chunk(&derived(key, "content", name), plain),
        }
    }

    /// `None` where it is not what was written under this name.
    pub fn open(&self, name: &ChunkName, stored: Vec<u8>) -> Option<Vec<u8>> {
        let plain = match self {
            Self::Plain => stored,
            Self::Sealed(key) => open_chunk(&derived(key, "content", name), stored)?,
        };
        (self.name(&plain) == *name).then_some(plain)
    }

    /// Of a chunk in its place, in bytes.
    pub fn stored_size(&self, plain: u64) -> u64 {
        match self {
            Self::Plain => plain,
            Self::Sealed(_) => plain + CHUNK_SEAL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t35_a_chunk_that_changed_or_lies_under_anothers_name_does_not_open() {
        for chunking in [Chunking::Plain, Chunking::Sealed([7; 32])] {
            let (one, other) = (chunking.name(b"one"), chunking.name(b"other"));
            let stored = chunking.seal(&one, b"one").unwrap();
            assert_eq!(stored.len() as u64, chunking.stored_size(3));
            assert_eq!(chunking.open(&one, stored.clone()).as_deref(), Some(&b"one"[..]));
            assert_eq!(chunking.open(&other, stored.clone()), None);
            for at in 0..stored.len() {
                let mut changed = stored.clone();
                changed[at] ^= 1;
                assert_eq!(chunking.open(&one, changed), None, "{at}");
            }
            assert_eq!(chunking.open(&one, stored[..2].to_vec()), None);
        }
    }

    #[test]
    fn names_tell_nothing_without_the_key_and_are_the_same_with_it() {
        let [plain, sealed, other] = [Chunking::Plain, Chunking::Sealed([7; 32]), Chunking::Sealed([8; 32])]
            .map(|each| each.name(b"one"));
        assert_ne!(plain, sealed);
        assert_ne!(sealed, other);
        assert_eq!(sealed, Chunking::Sealed([7; 32]).name(b"one"));
        assert_eq!(hex::encode(plain), "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
    }

    #[test]
    fn references_are_read_as_they_were_written_and_huge_ones_are_none() {
        let reference = ChunkReference { name: [5; NAME], size: 300 };
        let mut bytes = reference.bytes();
        assert_eq!(ChunkReference::read(&bytes).unwrap(), reference);
        reference.write_to(&mut bytes);
        assert_eq!(ChunkReference::read_all(&bytes).unwrap(), [reference; 2]);
        assert!(ChunkReference::read(&bytes).is_err() && ChunkReference::read(&[]).is_err());
        assert!(ChunkReference::read_all(&bytes[..bytes.len() - 1]).is_err());
        let huge = ChunkReference { size: u64::MAX, ..reference };
        assert!(ChunkReference::read(&huge.bytes()).is_err());
        assert_eq!(name_in(&reference.address()), Some([5; NAME]));
        assert_eq!(name_in("chunks/05/notes.txt"), None);
    }
}
