//! An archive before it is sent: which bytes stand where. Nothing of the files is read for it, so that
//! its length is known and any part of it can be sent.

use std::ops::Range;

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::zip::{self, Entry};

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
        let end = zip::end(count, layout.size, directory.len() as u64);
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
