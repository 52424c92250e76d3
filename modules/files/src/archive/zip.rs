//! The headers of a ZIP archive, for files that are stored as they are: most
//! are packed already, and every length and place is known before the first byte is sent. The crates
//! that write archives stream them from the front, and could not begin in the middle.

use portico_kernel::{
    Instant,
    zip::{FULL_32, MADE_BY, NEEDS_ZIP64, ZipRecord},
};

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

/// Names are UTF-8 (APPNOTE 4.4.4, bit 11).
const FLAGS: u16 = 1 << 11;
const STORED: u16 = 0;
const NEEDS_FOLDERS: u16 = 20;
const FILE: u32 = 0o100_644 << 16;
/// With the mark that DOS has for it.
const FOLDER: u32 = 0o040_755 << 16 | 0x10;

impl Entry {
    /// Before the file's bytes.
    pub fn local_header(&self) -> Vec<u8> {
        let zip64 = match self.size >= FULL_32 {
            true => ZipRecord::default().u16(1).u16(16).u64(self.size).u64(self.size).into_bytes(),
            false => Vec::new(),
        };
        let extra = [zip64, self.time_extra()].concat();
        let needs = if self.size >= FULL_32 { NEEDS_ZIP64 } else { NEEDS_FOLDERS };
        let header = ZipRecord::default().u32(0x0403_4b50).u16(needs);
        self.common(header, &extra).bytes(self.path.as_bytes()).bytes(&extra).into_bytes()
    }

    /// In the directory at the end; `offset` is where the local header begins.
    pub fn central_header(&self, offset: u64) -> Vec<u8> {
        let mut wide = ZipRecord::default();
        if self.size >= FULL_32 {
            wide = wide.u64(self.size).u64(self.size);
        }
        if offset >= FULL_32 {
            wide = wide.u64(offset);
        }
        let is_wide = !wide.is_empty();
        let zip64 = match is_wide {
            true => {
                let wide = wide.into_bytes();
                ZipRecord::default().u16(1).count(wide.len() as u64).bytes(&wide).into_bytes()
            }
            false => Vec::new(),
        };
        let extra = [zip64, self.time_extra()].concat();
        let needs = if is_wide { NEEDS_ZIP64 } else { NEEDS_FOLDERS };
        let attributes = if self.path.ends_with('/') { FOLDER } else { FILE };
        let header = ZipRecord::default().u32(0x0201_4b50).u16(MADE_BY).u16(needs);
        // No comment, on the first disk, not known to be text.
        let header = self.common(header, &extra).u16(0).u16(0).u16(0).u32(attributes).short(offset);
        header.bytes(self.path.as_bytes()).bytes(&extra).into_bytes()
    }

    /// The fields that both headers have in the same order.
    fn common(&self, header: ZipRecord, extra: &[u8]) -> ZipRecord {
        let (time, date) = self.dos_time();
        let header = header.u16(FLAGS).u16(STORED).u16(time).u16(date).u32(self.crc32);
        let header = header.short(self.size).short(self.size);
        header.count(self.path.len() as u64).count(extra.len() as u64)
    }

    /// Info-ZIP's extended time: when it was changed, in seconds since 1970.
    fn time_extra(&self) -> Vec<u8> {
        let seconds = u32::try_from(self.changed.micros() / 1_000_000).unwrap_or_default();
        ZipRecord::default().u16(0x5455).u16(5).bytes(&[1]).u32(seconds).into_bytes()
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
