//! Records of a ZIP archive (PKWARE's APPNOTE 6.3.10). Archives of files know every length before the first byte is sent; what is
//! known of a person is packed while it is sent. Both are made of these.

/// What does not fit into a field of 16 or 32 bits stands in a record of its own (Zip64).
const FULL_16: u64 = u16::MAX as u64;
pub const FULL_32: u64 = u32::MAX as u64;
pub const NEEDS_ZIP64: u16 = 45;
/// Made on Unix, whose permissions the attributes carry.
pub const MADE_BY: u16 = 3 << 8 | NEEDS_ZIP64;

#[derive(Default)]
pub struct ZipRecord(Vec<u8>);

impl ZipRecord {
    pub fn u16(mut self, value: u16) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub fn u32(mut self, value: u32) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub fn u64(mut self, value: u64) -> Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// The value, or the mark that it stands in the Zip64 record.
    pub fn short(self, value: u64) -> Self {
        self.u32(u32::try_from(value).unwrap_or(u32::MAX))
    }

    pub fn count(self, value: u64) -> Self {
        self.u16(u16::try_from(value).unwrap_or(u16::MAX))
    }

    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// After the directory, which is `size` bytes from `offset` on.
pub fn end_of_zip(entries: u64, offset: u64, size: u64) -> Vec<u8> {
    let mut end = ZipRecord::default();
    if entries >= FULL_16 || offset >= FULL_32 || size >= FULL_32 {
        let place = offset + size;
        end = end.u32(0x0606_4b50).u64(44).u16(MADE_BY).u16(NEEDS_ZIP64).u32(0).u32(0);
        end = end.u64(entries).u64(entries).u64(size).u64(offset);
        end = end.u32(0x0706_4b50).u32(0).u64(place).u32(1);
    }
    end.u32(0x0605_4b50)
        .u16(0)
        .u16(0)
        .count(entries)
        .count(entries)
        .short(size)
        .short(offset)
        .u16(0)
        .into_bytes()
}
