//! In a bucket: an upload in parts, whose number and tags are kept in the notes. What is too small
//! for a part waits as an object of its own, since a row of the database would carry 5 MiB through
//! its journal at every pause. Two such tails take turns, so that the one that was saved last stays
//! until the next one is saved too.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture};
use object_store::{
    ObjectStoreExt, PutPayload, PutPayloadMut,
    aws::AmazonS3,
    multipart::{MultipartStore, PartId},
    path::Path as Key,
};
use portico_kernel::{Error, PAUSE, Result, ResumableWriter, Unfinished};
use serde::{Deserialize, Serialize};

use crate::objects::{BUCKET_PART, empty_part, failed};

const _: () = assert!(PAUSE.is_multiple_of(BUCKET_PART as u64));

pub(crate) struct Bucket(pub Arc<AmazonS3>);

#[derive(Clone, Default, Serialize, Deserialize)]
struct Notes {
    /// The store's id of the upload in parts, from the first whole part on.
    multipart: Option<String>,
    /// The store's tags, in order.
    parts: Vec<String>,
    /// In bytes; 0 without one.
    tail: usize,
    /// How many tails there were: the last one lies under its parity.
    tails: usize,
}

impl Notes {
    fn of(saved: &Unfinished) -> Result<Self> {
        match saved.notes.as_str() {
            "" => Ok(Self::default()),
            notes => Ok(serde_json::from_str(notes).map_err(anyhow::Error::from)?),
        }
    }
}

fn tail(key: &str, number: usize) -> Key {
    Key::from(format!("{key}.tail-{}", number % 2))
}

impl Bucket {
    pub async fn resume(&self, key: &str, saved: &Unfinished) -> Result<Box<dyn ResumableWriter>> {
        let notes = Notes::of(saved)?;
        let mut pending = empty_part(BUCKET_PART);
        if notes.tail > 0 {
            let object = self.0.get(&tail(key, notes.tails)).await.map_err(failed)?;
            pending.push(object.bytes().await.map_err(failed)?);
        }
        if pending.content_length() != notes.tail {
            return Err(Error::Internal(anyhow::anyhow!("{key} has another tail than was saved")));
        }
        let (store, key, size) = (self.0.clone(), key.to_owned(), saved.size);
        Ok(Box::new(Writer { store, key, notes, size, pending, begun: None }))
    }

    /// A second time the parts are gone and the object is there.
    pub async fn publish(&self, key: &str, ended: &Unfinished) -> Result<()> {
        let notes = Notes::of(ended)?;
        let object = Key::from(key);
        if let Some(multipart) = &notes.multipart {
            let parts = notes.parts.into_iter().map(|content_id| PartId { content_id }).collect();
            if let Err(error) = self.0.complete_multipart(&object, multipart, parts).await {
                let found = self.0.head(&object).await;
                if !found.is_ok_and(|found| found.size == ended.size) {
                    return Err(failed(error));
                }
            }
        }
        if notes.tails > 0 {
            self.delete_tails(key).await?;
        }
        Ok(())
    }

    pub async fn discard(&self, key: &str, saved: &Unfinished) -> Result<()> {
        let object = Key::from(key);
        if let Some(multipart) = Notes::of(saved)?.multipart {
            absent_is_fine(self.0.abort_multipart(&object, &multipart).await)?;
        }
        absent_is_fine(self.0.delete(&object).await)?;
        self.delete_tails(key).await
    }

    async fn delete_tails(&self, key: &str) -> Result<()> {
        for number in 0..2 {
            absent_is_fine(self.0.delete(&tail(key, number)).await)?;
        }
        Ok(())
    }
}

fn absent_is_fine(outcome: object_store::Result<()>) -> Result<()> {
    match outcome {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

struct Writer {
    store: Arc<AmazonS3>,
    key: String,
    notes: Notes,
    size: u64,
    /// Less than a part.
    pending: PutPayloadMut,
    /// The upload in parts that is in nobody's notes yet.
    begun: Option<String>,
}

impl Writer {
    fn unfinished(&mut self) -> Result<Unfinished> {
        let notes = serde_json::to_string(&self.notes).map_err(anyhow::Error::from)?;
        self.begun = None;
        Ok(Unfinished { size: self.size, notes })
    }

    fn take_pending(&mut self) -> PutPayload {
        std::mem::replace(&mut self.pending, empty_part(BUCKET_PART)).freeze()
    }

    async fn put_part(&mut self) -> Result<()> {
        let key = Key::from(self.key.as_str());
        let multipart = match &self.notes.multipart {
            Some(multipart) => multipart.clone(),
            None => {
                let multipart = self.store.create_multipart(&key).await.map_err(failed)?;
                self.begun = Some(multipart.clone());
                multipart
            }
        };
        let part = self.take_pending();
        let tag =
            self.store.put_part(&key, &multipart, self.notes.parts.len(), part).await.map_err(failed)?;
        self.notes.multipart = Some(multipart);
        self.notes.parts.push(tag.content_id);
        self.notes.tail = 0;
        Ok(())
    }

    async fn put_tail(&mut self) -> Result<()> {
        let held = self.take_pending();
        held.iter().for_each(|bytes| self.pending.push(bytes.clone()));
        self.notes.tail = held.content_length();
        if self.notes.tail > 0 {
            self.notes.tails += 1;
            self.store.put(&tail(&self.key, self.notes.tails), held).await.map_err(failed)?;
        }
        Ok(())
    }
}

/// Whoever sends with a sum that is wrong, again and again, would leave as many parts in the bucket that no quota counts and
/// nobody discards.
impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(multipart) = self.begun.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (store, key) = (self.store.clone(), Key::from(self.key.as_str()));
            runtime.spawn(async move {
                if let Err(error) = absent_is_fine(store.abort_multipart(&key, &multipart).await) {
                    tracing::warn!(%error, "an abandoned upload could not be cleared");
                }
            });
        }
    }
}

impl ResumableWriter for Writer {
    fn write(&mut self, mut bytes: Bytes) -> BoxFuture<'_, Result<()>> {
        async move {
            self.size += bytes.len() as u64;
            loop {
                let room = BUCKET_PART - self.pending.content_length();
                if bytes.len() < room {
                    self.pending.extend_from_slice(&bytes);
                    return Ok(());
                }
                self.pending.extend_from_slice(&bytes.split_to(room));
                self.put_part().await?;
            }
        }
        .boxed()
    }

    fn pause(&mut self) -> BoxFuture<'_, Result<Unfinished>> {
        async move {
            self.put_tail().await?;
            self.unfinished()
        }
        .boxed()
    }

    /// The last part may be of any size, and what is smaller than one part needs none.
    fn end(&mut self) -> BoxFuture<'_, Result<Unfinished>> {
        async move {
            if self.notes.multipart.is_none() {
                let whole = self.take_pending();
                self.store.put(&Key::from(self.key.as_str()), whole).await.map_err(failed)?;
            } else if self.pending.content_length() > 0 {
                self.put_part().await?;
            }
            self.notes.tail = 0;
            self.unfinished()
        }
        .boxed()
    }
}
