//! The records of a ZIP archive (PKWARE's APPNOTE 6.3.10), for files that are stored as they are: most
//! are packed already, and every length and place is known before the first byte is sent. The crates
//! that write archives stream them from the front, and could not begin in the middle.

use portico_kernel::Instant;

/// One file or folder of an archive.
pub struct Entry {
    /// With `/` between folders, and at the end of a folder's own.
    pub path: String,
    pub size: u64,
    pub crc32: u32,
    pub changed: Instant,
    /// On the clocks of the organization: the format has no zones.
    pub zone: String,
}

/// What does not fit into a field of 16 or 32 bits stands in a record of its own (Zip64).
const FULL_16: u64 = u16::MAX as u64;
const FULL_32: u64 = u32::MAX as u64;
/// Names are UTF-8 (APPNOTE 4.4.4, bit 11).
const FLAGS: u16 = 1 << 11;
const STORED: u16 = 0;
const NEEDS_FOLDERS: u16 = 20;
const NEEDS_ZIP64: u16 = 45;
/// Made on Unix, whose permissions the attributes carry.
const MADE_BY: u16 = 3 << 8 | NEEDS_ZIP64;
const FILE: u32 = 0o100_644 << 16;
/// With the mark that DOS has for it.
const FOLDER: u32 = 0o040_755 << 16 | 0x10;

#[derive(Default)]
struct Record(Vec<u8>);

impl Record {
    fn u16(mut self, value: u16) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    fn u32(mut self, value: u32) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    fn u64(mut self, value: u64) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// The value, or the mark that it stands in the Zip64 record.
    fn short(self, value: u64) -> Self {
        self.u32(u32::try_from(value).unwrap_or(u32::MAX))
    }

    fn count(self, value: u64) -> Self {
        self.u16(u16::try_from(value).unwrap_or(u16::MAX))
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

impl Entry {
    /// Before the file's bytes.
    pub fn local_header(&self) -> Vec<u8> {
        let zip64 = match self.size >= FULL_32 {
            true => Record::default().u16(1).u16(16).u64(self.size).u64(self.size).0,
            false => Vec::new(),
        };
        let extra = [zip64, self.time_extra()].concat();
        let needs = if self.size >= FULL_32 { NEEDS_ZIP64 } else { NEEDS_FOLDERS };
        let header = Record::default().u32(0x0403_4b50).u16(needs);
        self.common(header, &extra).bytes(self.path.as_bytes()).bytes(&extra).0
    }

    /// In the directory at the end; `offset` is where the local header begins.
    pub fn central_header(&self, offset: u64) -> Vec<u8> {
        let mut wide = Record::default();
        if self.size >= FULL_32 {
            wide = wide.u64(self.size).u64(self.size);
        }
        if offset >= FULL_32 {
            wide = wide.u64(offset);
        }
        let is_wide = !wide.0.is_empty();
        let zip64 = match is_wide {
            true => Record::default().u16(1).count(wide.0.len() as u64).bytes(&wide.0).0,
            false => Vec::new(),
        };
        let extra = [zip64, self.time_extra()].concat();
        let needs = if is_wide { NEEDS_ZIP64 } else { NEEDS_FOLDERS };
        let attributes = if self.path.ends_with('/') { FOLDER } else { FILE };
        let header = Record::default().u32(0x0201_4b50).u16(MADE_BY).u16(needs);
        // No comment, on the first disk, not known to be text.
        let header = self.common(header, &extra).u16(0).u16(0).u16(0).u32(attributes).short(offset);
        header.bytes(self.path.as_bytes()).bytes(&extra).0
    }

    /// The fields that both headers have in the same order.
    fn common(&self, header: Record, extra: &[u8]) -> Record {
        let (time, date) = self.dos_time();
        let header = header.u16(FLAGS).u16(STORED).u16(time).u16(date).u32(self.crc32);
        let header = header.short(self.size).short(self.size);
        header.count(self.path.len() as u64).count(extra.len() as u64)
    }

    /// Info-ZIP's extended time: when it was changed, in seconds since 1970.
    fn time_extra(&self) -> Vec<u8> {
        let seconds = u32::try_from(self.changed.micros() / 1_000_000).unwrap_or_default();
        Record::default().u16(0x5455).u16(5).bytes(&[1]).u32(seconds).0
    }

    /// Two seconds are the smallest step, and 1980 the first year.
    fn dos_time(&self) -> (u16, u16) {
        let at = self.changed.in_zone(&self.zone);
        let part = |value: i8| u16::try_from(value).unwrap_or_default();
        let year = u16::try_from(at.year() - 1980).unwrap_or_default().min(127);
        let time = part(at.hour()) << 11 | part(at.minute()) << 5 | (part(at.second()) / 2);
        (time, year << 9 | part(at.month()) << 5 | part(at.day()))
    }
}

/// After the directory, which is `size` bytes from `offset` on.
pub fn end(entries: u64, offset: u64, size: u64) -> Vec<u8> {
    let mut end = Record::default();
    if entries >= FULL_16 || offset >= FULL_32 || size >= FULL_32 {
        let place = offset + size;
        end = end.u32(0x0606_4b50).u64(44).u16(MADE_BY).u16(NEEDS_ZIP64).u32(0).u32(0);
        end = end.u64(entries).u64(entries).u64(size).u64(offset);
        end = end.u32(0x0706_4b50).u32(0).u64(place).u32(1);
    }
    end.u32(0x0605_4b50).u16(0).u16(0).count(entries).count(entries).short(size).short(offset).u16(0).0
}
