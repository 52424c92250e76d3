//! An archive before it is sent: which bytes stand where. Nothing of the files is read for it, so that
//! its length is known and any part of it can be sent.

use std::ops::Range;

use bytes::Bytes;
use portico_kernel::zip::end_of_zip;
use sha2::{Digest, Sha256};

use super::zip::Entry;

/// A stretch of the archive.
#[derive(Clone)]
pub enum Piece {
    Made(Bytes),
    /// A whole object, by its key.
    Object {
        key: String,
        size: u64,
    },
}

impl Piece {
    fn size(&self) -> u64 {
        match self {
            Self::Made(bytes) => bytes.len() as u64,
            Self::Object { size, .. } => *size,
        }
    }
}

pub struct Layout {
    pieces: Vec<Piece>,
    size: u64,
    etag: String,
}

impl Layout {
    /// With the key of each file's object; folders have none.
    pub fn of(entries: Vec<(Entry, Option<String>)>) -> Self {
        let mut layout = Self { pieces: Vec::new(), size: 0, etag: String::new() };
        let mut directory = Vec::new();
        let count = entries.len() as u64;
        for (entry, key) in entries {
            directory.extend_from_slice(&entry.central_header(layout.size));
            layout.add(Piece::Made(entry.local_header().into()));
            if let Some(key) = key.filter(|_| entry.size > 0) {
                layout.add(Piece::Object { key, size: entry.size });
            }
        }
        let end = end_of_zip(count, layout.size, directory.len() as u64);
        layout.etag = format!("\"{}\"", hex::encode(layout.identity(&directory)));
        layout.add(Piece::Made(directory.into()));
        layout.add(Piece::Made(end.into()));
        layout
    }

    fn add(&mut self, piece: Piece) {
        self.size += piece.size();
        self.pieces.push(piece);
    }

    /// The same bytes and no others: an object never changes under its key.
    fn identity(&self, directory: &[u8]) -> [u8; 32] {
        let mut identity = Sha256::new();
        identity.update(directory);
        for piece in &self.pieces {
            if let Piece::Object { key, .. } = piece {
                identity.update(key);
            }
        }
        identity.finalize().into()
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// A strong validator.
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// What `wanted` touches of each piece, in order.
    pub fn part(&self, wanted: Range<u64>) -> Vec<(Piece, Range<u64>)> {
        let mut begin = 0;
        let mut part = Vec::new();
        for piece in &self.pieces {
            let end = begin + piece.size();
            let (first, last) = (wanted.start.max(begin), wanted.end.min(end));
            if first < last {
                part.push((piece.clone(), first - begin..last - begin));
            }
            begin = end;
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use portico_kernel::Instant;

    use super::*;

    const GIB: u64 = 1 << 30;

    fn entry(path: &str, size: u64) -> (Entry, Option<String>) {
        let changed = Instant::from_micros(1_795_000_000_000_000);
        let entry = Entry { path: path.to_owned(), size, crc32: 7, changed, zone: "Europe/Paris".to_owned() };
        (entry, Some(format!("key of {path}")))
    }

    fn made(layout: &Layout, from_end: usize) -> Vec<u8> {
        let Piece::Made(bytes) = &layout.pieces[layout.pieces.len() - 1 - from_end] else { unreachable!() };
        bytes.to_vec()
    }

    fn number(bytes: &[u8], at: usize) -> u64 {
        u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
    }

    /// APPNOTE 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
    #[test]
    fn what_does_not_fit_stands_in_the_wide_records() {
        let layout = Layout::of(vec![entry("film", 5 * GIB), entry("a", 3)]);
        let (directory, end) = (made(&layout, 1), made(&layout, 0));
        // Of the film: size, size in the archive; its place is the beginning, which fits.
        assert_eq!(directory[20..28], [0xFF; 8]);
        assert_eq!(directory[42..46], [0; 4]);
        assert_eq!((number(&directory, 46 + 4 + 4), number(&directory, 46 + 4 + 12)), (5 * GIB, 5 * GIB));
        // Of the other, only the place is wide.
        let second = directory.windows(4).rposition(|four| four == [0x50, 0x4B, 1, 2]).unwrap();
        assert_eq!(directory[second + 24..second + 28], [3, 0, 0, 0]);
        assert_eq!(directory[second + 42..second + 46], [0xFF; 4]);
        assert!(number(&directory, second + 46 + 1 + 4) > 5 * GIB);
        // The wide end says where the directory is, its locator where the wide end is.
        let place = layout.size() - (directory.len() + end.len()) as u64;
        assert_eq!(end[..4], [0x50, 0x4B, 6, 6]);
        assert_eq!((number(&end, 40), number(&end, 48)), (directory.len() as u64, place));
        assert_eq!(number(&end, 56 + 8), place + directory.len() as u64);
    }

    #[test]
    fn more_entries_than_sixteen_bits_count_are_counted() {
        let layout = Layout::of((0..70_000).map(|number| entry(&number.to_string(), 0)).collect());
        let end = made(&layout, 0);
        assert_eq!((number(&end, 24), number(&end, 32)), (70_000, 70_000));
        assert_eq!(end[end.len() - 14..end.len() - 10], [0xFF; 4]);
    }

    #[test]
    fn a_part_is_what_lies_in_it() {
        let layout = Layout::of(vec![entry("a", 10), entry("b", 10)]);
        let all: u64 = layout.part(0..layout.size()).iter().map(|(_, range)| range.end - range.start).sum();
        assert_eq!(all, layout.size());
        let header = layout.pieces[0].size();
        let part = layout.part(header + 4..header + 6);
        assert_eq!(part.len(), 1);
        assert_eq!(part[0].1, 4..6);
    }
}
