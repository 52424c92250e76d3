//! An archive that is written while it is sent, so that sums and lengths stand after each file (APPNOTE 4.3.9).

use crate::zip::{NEEDS_ZIP64, ZipRecord, end_of_zip};

/// Sums and lengths come after the file; names are UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// The first day that the format knows: when each file was written says nothing about the person.
const FIRST_DAY: u16 = 1 << 5 | 1;

/// Files that are stored as they are, in a format with lengths of 64 bits.
#[derive(Default)]
pub struct Zip {
    offset: u64,
    begun_at: u64,
    path: String,
    size: u64,
    sum: crc32fast::Hasher,
    directory: Vec<u8>,
    entries: u64,
}

impl Zip {
    pub fn begin(&mut self, path: String) -> Vec<u8> {
        (self.begun_at, self.size, self.sum) = (self.offset, 0, crc32fast::Hasher::new());
        self.path = path;
        let header = self.common(ZipRecord::default().u32(0x0403_4b50).u16(NEEDS_ZIP64), 0).u16(20);
        let header = header.bytes(self.path.as_bytes()).u16(1).u16(16).u64(0).u64(0).into_bytes();
        self.offset += header.len() as u64;
        header
    }

    pub fn add(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        self.sum.update(&bytes);
        self.size += bytes.len() as u64;
        self.offset += bytes.len() as u64;
        bytes
    }

    pub fn finish(&mut self) -> Vec<u8> {
        let sum = std::mem::take(&mut self.sum).finalize();
        let after = ZipRecord::default().u32(0x0807_4b50).u32(sum).u64(self.size).u64(self.size).into_bytes();
        self.offset += after.len() as u64;
        let entry = ZipRecord::default().u32(0x0201_4b50).u16(NEEDS_ZIP64).u16(NEEDS_ZIP64);
        // No comment, on the first disk, not known to be text, without attributes.
        let entry = self.common(entry, sum).u16(28).u16(0).u16(0).u16(0).u32(0).u32(u32::MAX);
        let entry = entry.bytes(self.path.as_bytes()).u16(1).u16(24).u64(self.size).u64(self.size);
        self.directory.extend(entry.u64(self.begun_at).into_bytes());
        self.entries += 1;
        after
    }

    pub fn end(&mut self) -> Vec<u8> {
        let mut directory = std::mem::take(&mut self.directory);
        directory.extend(end_of_zip(self.entries, self.offset, directory.len() as u64));
        directory
    }

    /// The fields that both headers have in the same order; the lengths stand in a record of 64 bits.
    fn common(&self, header: ZipRecord, sum: u32) -> ZipRecord {
        let header = header.u16(FLAGS).u16(0).u16(0).u16(FIRST_DAY).u32(sum).u32(u32::MAX).u32(u32::MAX);
        header.count(self.path.len() as u64)
    }
}
