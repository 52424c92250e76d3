//! A file that is coming in: every byte is counted, hashed and handed to the object store as it
//! arrives, and only the beginning is kept, by which the type is decided.

use bytes::Bytes;
use portico_facts::OrganizationId;
use portico_kernel::{Kernel, ObjectWriter, Result};
use portico_reading::{kind_of, media_type_of};

use crate::{file::ReadingState, store::NewFile, sums::Sums};

/// As much as types and kinds are decided from.
pub const BEGINNING: usize = 8 * 1024;

pub struct Arrival {
    key: String,
    writer: Box<dyn ObjectWriter>,
    sums: Sums,
    size: u64,
    beginning: Vec<u8>,
}

impl Arrival {
    /// # Errors
    /// The object store's.
    pub async fn begin(kernel: &Kernel, organization: OrganizationId) -> Result<Self> {
        let key = new_key(kernel, organization);
        let writer = kernel.objects().create(&key).await?;
        Ok(Self { key, writer, sums: Sums::default(), size: 0, beginning: Vec::new() })
    }

    /// In the object store.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// In bytes, so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// # Errors
    /// The object store's.
    pub async fn add(&mut self, bytes: Bytes) -> Result<()> {
        self.size += bytes.len() as u64;
        self.sums.add(&bytes);
        let room = BEGINNING - self.beginning.len();
        self.beginning.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.writer.write(bytes).await
    }

    /// Leaves nothing in the object store.
    pub async fn abandon(self) {
        self.writer.abort().await;
    }

    /// Durable when it returns, and still without a row.
    ///
    /// # Errors
    /// The object store's.
    pub async fn finish(self, name: &str) -> Result<NewFile> {
        let new = described(self.key, self.size, &self.sums, &self.beginning, name);
        self.writer.finish().await?;
        Ok(new)
    }
}

/// In the object store: random, and apart for each organization.
pub fn new_key(kernel: &Kernel, organization: OrganizationId) -> String {
    format!("{organization}/{}", hex::encode(kernel.randomness().bytes::<16>()))
}

/// An object that is there, as the file that it becomes.
pub fn described(key: String, size: u64, sums: &Sums, beginning: &[u8], name: &str) -> NewFile {
    NewFile {
        key,
        size,
        media_type: media_type_of(beginning, name),
        sha256: sums.sha256(),
        crc32: sums.crc32(),
        reading: match kind_of(beginning, name) {
            Some(_) if size > 0 => ReadingState::Pending,
            _ => ReadingState::None,
        },
    }
}
