//! Objects out of a store and into another, a piece at a time. Blocking calls of a file stand among those of the store,
//! since nothing else runs on the thread of a command.

use std::{collections::BTreeSet, io::Write};

use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::StreamExt;
use portico_facts::OrganizationId;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use super::{
    archive::{ArchiveWriter, Broken, Frames, Kind},
    contents::{Counts, ObjectHead},
    progress::{Step, Watch},
    snapshot::Named,
};
use crate::outside::{ListedObject, ObjectWriter, Objects};

/// What the store has of the named objects. What is left in `named` it has not.
pub(super) async fn copy_out<W: Write>(
    objects: &dyn Objects,
    named: &mut Named,
    archive: &mut ArchiveWriter<W>,
    counts: &mut Counts,
    watch: &mut Watch,
) -> anyhow::Result<()> {
    let of = named.len() as u64;
    let folders: BTreeSet<OrganizationId> = named.values().copied().collect();
    for folder in folders {
        let mut listed = objects.list(&folder.to_string());
        while let Some(object) = listed.next().await {
            let object = object.context("the object store")?;
            if named.remove(&object.key).is_some() {
                write(objects, &object, archive).await.with_context(|| format!("object {}", object.key))?;
                counts.objects += 1;
                watch.look(Step::Objects, counts.objects, Some(of));
            }
        }
    }
    counts.missing = named.len() as u64;
    Ok(())
}

async fn write<W: Write>(
    objects: &dyn Objects,
    object: &ListedObject,
    archive: &mut ArchiveWriter<W>,
) -> anyhow::Result<()> {
    archive.json(Kind::Object, &ObjectHead { key: object.key.clone(), size: object.size })?;
    let mut sum = Sha256::new();
    let mut size = 0;
    if object.size > 0 {
        let mut pieces = objects.read(&object.key, 0..object.size).await?.bytes;
        while let Some(piece) = pieces.next().await {
            let piece = piece?;
            archive.frame(Kind::Piece, &piece)?;
            sum.update(&piece);
            size += piece.len() as u64;
        }
    }
    if size != object.size {
        bail!("the store told of {} bytes and gave {size}", object.size);
    }
    let sum: [u8; 32] = sum.finalize().into();
    Ok(archive.frame(Kind::ObjectEnd, &sum)?)
}

/// Every object of the archive, under its key. `new` are those that were not there before, for whoever takes it back.
/// Returns how many objects there are; `of` is how many there should be. The store is waited for step by step, since
/// frames may come out of one, too.
pub(super) fn copy_in(
    archive: &mut dyn Frames,
    objects: &dyn Objects,
    runtime: &Handle,
    new: &mut Vec<String>,
    of: u64,
    watch: &mut Watch,
) -> anyhow::Result<u64> {
    let mut count = 0;
    let mut current: Option<Arriving> = None;
    while let Some(frame) = archive.frame()? {
        match frame.kind {
            Kind::Object if current.is_some() => return Err(Broken::Damaged.into()),
            Kind::Object => {
                let head: ObjectHead = serde_json::from_slice(&frame.bytes)?;
                if !runtime.block_on(objects.exists(&head.key)).context("the object store")? {
                    new.push(head.key.clone());
                }
                current = Some(runtime.block_on(Arriving::begin(objects, head))?);
            }
            Kind::Piece => {
                let arriving = current.as_mut().ok_or(Broken::Damaged)?;
                runtime.block_on(arriving.take(frame.bytes))?;
            }
            Kind::ObjectEnd => {
                let arriving = current.take().ok_or(Broken::Damaged)?;
                runtime.block_on(arriving.end(&frame.bytes))?;
                count += 1;
                watch.look(Step::Objects, count, Some(of));
            }
            _ => {}
        }
    }
    if current.is_some() {
        return Err(Broken::Damaged.into());
    }
    Ok(count)
}

struct Arriving {
    head: ObjectHead,
    writer: Box<dyn ObjectWriter>,
    sum: Sha256,
    size: u64,
}

impl Arriving {
    async fn begin(objects: &dyn Objects, head: ObjectHead) -> anyhow::Result<Self> {
        let writer = objects.create(&head.key).await.context("the object store")?;
        Ok(Self { head, writer, sum: Sha256::new(), size: 0 })
    }

    async fn take(&mut self, piece: Vec<u8>) -> anyhow::Result<()> {
        self.sum.update(&piece);
        self.size += piece.len() as u64;
        self.writer.write(Bytes::from(piece)).await.with_context(|| format!("object {}", self.head.key))
    }

    async fn end(self, expected: &[u8]) -> anyhow::Result<()> {
        let sum: [u8; 32] = self.sum.finalize().into();
        if sum[..] != *expected || self.size != self.head.size {
            self.writer.abort().await;
            bail!("object {} is not what was read from its store", self.head.key);
        }
        self.writer.finish().await.with_context(|| format!("object {}", self.head.key))
    }
}
