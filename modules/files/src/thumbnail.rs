//! The small picture of a version: an object of its own, made once, by a job. One that cannot be
//! made leaves the file with the icon of its kind.

use bytes::Bytes;
use diesel::prelude::*;
use portico_facts::OrganizationId;
use portico_kernel::{Kernel, Result};

use crate::{arrival::new_key, schema::file_versions};

/// What the row of a version knows of it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = file_versions)]
pub struct Pictures {
    thumbnail_key: Option<String>,
    /// Of the object, in bytes.
    thumbnail_size: Option<i64>,
    /// That can be drawn one by one; 0 for what cannot be drawn at all, and nothing while nobody has
    /// tried.
    pages: Option<i32>,
}

/// An object that was written.
#[derive(Clone, Debug)]
pub struct Thumbnail {
    pub key: String,
    /// In bytes.
    pub size: u64,
}

impl Pictures {
    pub fn thumbnail(&self) -> Option<Thumbnail> {
        let size = self.thumbnail_size?.unsigned_abs();
        Some(Thumbnail { key: self.thumbnail_key.clone()?, size })
    }

    /// How many pages can be looked at one by one; nothing while nobody has tried.
    pub fn pages(&self) -> Option<u32> {
        self.pages.and_then(|pages| u32::try_from(pages).ok())
    }
}

impl Thumbnail {
    /// Durable when it returns, and still without a row.
    ///
    /// # Errors
    /// The object store's.
    pub async fn keep(kernel: &Kernel, organization: OrganizationId, webp: Vec<u8>) -> Result<Self> {
        let key = new_key(kernel, organization);
        let size = webp.len() as u64;
        let mut writer = kernel.objects().create(&key).await?;
        writer.write(Bytes::from(webp)).await?;
        writer.finish().await?;
        Ok(Self { key, size })
    }
}
