use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

/// What a format reads: the file that the child was handed, or something that came out of it.
pub enum Document {
    File(File),
    Attachment(Cursor<Arc<[u8]>>),
}

impl Document {
    pub fn attachment(bytes: &[u8]) -> Self {
        Self::Attachment(Cursor::new(bytes.into()))
    }
}

impl Read for Document {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Attachment(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Document {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Attachment(bytes) => bytes.seek(to),
        }
    }
}
