//! A folder or a bucket that backups lie in, with what they share: `chunks/`, one manifest of each in `backups/`, and
//! marks of those that are about it.

use std::sync::Arc;

use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::StreamExt;

use crate::outside::{ListedObject, Objects};

/// Cheap to clone.
#[derive(Clone)]
pub struct BackupPlace {
    objects: Arc<dyn Objects>,
    /// Empty, or ends in a slash.
    prefix: String,
    name: String,
}

impl BackupPlace {
    /// `name` is what people are told of it; `prefix` stands before all keys and is empty or ends in a slash.
    pub fn new(objects: Box<dyn Objects>, prefix: String, name: String) -> Self {
        Self { objects: Arc::from(objects), prefix, name }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Durable when it returns.
    pub(super) async fn put(&self, address: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        let key = format!("{}{address}", self.prefix);
        let written = async {
            let mut writer = self.objects.create(&key).await?;
            writer.write(Bytes::from(bytes)).await?;
            writer.finish().await
        };
        written.await.with_context(|| format!("{} cannot be written to", self.name))
    }

    /// `size` in bytes, as the place lists it.
    pub(super) async fn get(&self, address: &str, size: u64) -> anyhow::Result<Vec<u8>> {
        let context = || format!("{address} in {} cannot be read", self.name);
        let mut bytes = Vec::new();
        if size > 0 {
            let key = format!("{}{address}", self.prefix);
            let mut pieces = self.objects.read(&key, 0..size).await.with_context(context)?.bytes;
            while let Some(piece) = pieces.next().await {
                bytes.extend_from_slice(&piece.with_context(context)?);
            }
        }
        if bytes.len() as u64 != size {
            bail!("{}: it has {} bytes and not {size}", context(), bytes.len());
        }
        Ok(bytes)
    }

    /// What lies in one of its folders, with keys as they are asked for here.
    pub(super) async fn each(&self, folder: &str, mut take: impl FnMut(ListedObject)) -> anyhow::Result<()> {
        let mut listed = self.objects.list(&format!("{}{folder}", self.prefix));
        while let Some(object) = listed.next().await {
            let object = object.with_context(|| format!("{} cannot be listed", self.name))?;
            if let Some(key) = object.key.strip_prefix(&self.prefix) {
                let key = key.to_owned();
                take(ListedObject { key, ..object });
            }
        }
        Ok(())
    }

    pub(super) async fn delete(&self, address: &str) -> anyhow::Result<()> {
        let deleted = self.objects.delete(&format!("{}{address}", self.prefix)).await;
        deleted.with_context(|| format!("{address} cannot be deleted from {}", self.name))
    }
}
