//! The file of a backup as bytes: a mark, then frames (one byte for the kind, four for the length, little-endian,
//! then as many bytes), and last the SHA-256 of all that came before. What the frames mean is in `contents.rs`.

use std::io::{self, Read, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};

/// With both ends of a line in it, as PNG has: whatever takes the file for text breaks it here.
const MARK: &[u8; 16] = b"portico backup\r\n";
/// In bytes. Rows and pieces of objects are far shorter; a length beyond this is not one that was written.
const LONGEST: u32 = 256 * 1024 * 1024;
const HEADER: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Head = b'H',
    Secret = b'S',
    Table = b'T',
    Rows = b'R',
    Counters = b'C',
    Object = b'O',
    Piece = b'P',
    ObjectEnd = b'E',
    Counts = b'N',
    End = b'Z',
    /// In a manifest alone, as the two that follow: what its chunks are named and sealed by.
    ChunkKey = b'K',
    /// Where a table's next rows lie.
    RowsAt = b'r',
    /// Where the next part of the list of objects lies.
    ObjectsAt = b'o',
}

const KINDS: [Kind; 13] = [
    Kind::Head,
    Kind::Secret,
    Kind::Table,
    Kind::Rows,
    Kind::Counters,
    Kind::Object,
    Kind::Piece,
    Kind::ObjectEnd,
    Kind::Counts,
    Kind::End,
    Kind::ChunkKey,
    Kind::RowsAt,
    Kind::ObjectsAt,
];

#[derive(Debug)]
pub(super) struct Frame {
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

/// A backup's frames one after the other, wherever they lie.
pub(super) trait Frames {
    /// The next frame; `None` once the end was reached and all of it is what was written.
    ///
    /// # Errors
    /// What is wrong with the backup, or whatever it is read from.
    fn frame(&mut self) -> anyhow::Result<Option<Frame>>;
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("it is no backup of Portico")]
    Foreign,
    #[error("it is torn: it breaks off before its end")]
    Torn,
    #[error("it is damaged: its bytes are not those that were written")]
    Damaged,
    #[error(transparent)]
    Unreadable(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Torn,
            io::ErrorKind::InvalidData => Self::Damaged,
            _ => Self::Unreadable(error),
        }
    }
}

pub(super) struct ArchiveWriter<W> {
    inner: W,
    sum: Sha256,
    size: u64,
}

impl<W: Write> ArchiveWriter<W> {
    /// # Errors
    /// The file's.
    pub fn begin(inner: W) -> io::Result<Self> {
        let mut archive = Self { inner, sum: Sha256::new(), size: 0 };
        archive.put(MARK)?;
        Ok(archive)
    }

    /// # Errors
    /// The file's, or more bytes than a frame holds.
    pub fn frame(&mut self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("a row is longer than a backup can hold"))?;
        self.put(&[kind as u8])?;
        self.put(&length.to_le_bytes())?;
        self.put(bytes)
    }

    /// # Errors
    /// As [`frame`](Self::frame).
    pub fn json(&mut self, kind: Kind, value: &impl Serialize) -> io::Result<()> {
        self.frame(kind, &serde_json::to_vec(value)?)
    }

    /// Gives back what was written to, and its size in bytes. Nothing is flushed.
    ///
    /// # Errors
    /// The file's.
    pub fn end(mut self) -> io::Result<(W, u64)> {
        let sum = sum_of(&self.sum);
        self.frame(Kind::End, &sum)?;
        Ok((self.inner, self.size))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inner.write_all(bytes)?;
        self.sum.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }
}

pub(super) struct ArchiveReader<R> {
    inner: R,
    sum: Sha256,
}

impl<R: Read> ArchiveReader<R> {
    /// # Errors
    /// [`Broken::Foreign`] for a file that does not begin as a backup, or the file's.
    pub fn open(mut inner: R) -> Result<Self, Broken> {
        let mut mark = [0; MARK.len()];
        match inner.read_exact(&mut mark) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(Broken::Foreign),
            outcome => outcome?,
        }
        if mark != *MARK {
            return Err(Broken::Foreign);
        }
        Ok(Self { inner, sum: Sha256::new_with_prefix(mark) })
    }

    /// The next frame; `None` once the end was reached and the sum is right.
    ///
    /// # Errors
    /// [`Broken::Torn`] where it breaks off, [`Broken::Damaged`] where it is not what was written, or the file's.
    pub fn frame(&mut self) -> Result<Option<Frame>, Broken> {
        let mut header = [0; HEADER];
        self.inner.read_exact(&mut header)?;
        let [kind, length @ ..] = header;
        let kind = KINDS.into_iter().find(|each| *each as u8 == kind).ok_or(Broken::Damaged)?;
        let length = u32::from_le_bytes(length);
        if length > LONGEST {
            return Err(Broken::Damaged);
        }
        let mut bytes = Vec::new();
        self.inner.by_ref().take(length.into()).read_to_end(&mut bytes)?;
        if bytes.len() < length as usize {
            return Err(Broken::Torn);
        }
        if kind == Kind::End {
            let is_right = sum_of(&self.sum)[..] == bytes[..];
            let is_all = self.inner.read(&mut [0])? == 0;
            return if is_right && is_all { Ok(None) } else { Err(Broken::Damaged) };
        }
        self.sum.update(header);
        self.sum.update(&bytes);
        Ok(Some(Frame { kind, bytes }))
    }
}

impl<R: Read> Frames for ArchiveReader<R> {
    fn frame(&mut self) -> anyhow::Result<Option<Frame>> {
        Ok(ArchiveReader::frame(self)?)
    }
}

/// Of all that came until now.
fn sum_of(all: &Sha256) -> [u8; 32] {
    all.clone().finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut archive = ArchiveWriter::begin(Vec::new()).unwrap();
        archive.json(Kind::Head, &["words"]).unwrap();
        archive.frame(Kind::Rows, &[7; 300]).unwrap();
        archive.frame(Kind::Rows, &[]).unwrap();
        let (bytes, size) = archive.end().unwrap();
        assert_eq!(bytes.len() as u64, size);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Vec<(Kind, Vec<u8>)>, Broken> {
        let mut archive = ArchiveReader::open(bytes)?;
        let mut frames = Vec::new();
        while let Some(frame) = archive.frame()? {
            frames.push((frame.kind, frame.bytes));
        }
        Ok(frames)
    }

    #[test]
    fn what_was_written_is_read_again() {
        let frames = read(&written()).unwrap();
        let expected =
            [(Kind::Head, br#"["words"]"#.to_vec()), (Kind::Rows, vec![7; 300]), (Kind::Rows, Vec::new())];
        assert_eq!(frames, expected);
    }

    #[test]
    fn a_file_that_breaks_off_anywhere_is_no_backup_or_torn() {
        let whole = written();
        for length in 0..whole.len() {
            let broken = read(&whole[..length]).unwrap_err();
            match length < MARK.len() {
                true => assert!(matches!(broken, Broken::Foreign), "{length}: {broken}"),
                false => assert!(matches!(broken, Broken::Torn), "{length}: {broken}"),
            }
        }
    }

    #[test]
    fn a_bit_that_changed_anywhere_is_noticed() {
        for at in 0..written().len() {
            let mut changed = written();
            changed[at] ^= 1;
            read(&changed).unwrap_err();
        }
        let longer = [written(), vec![0]].concat();
        assert!(matches!(read(&longer), Err(Broken::Damaged)));
    }
}
