//! Files in things that are no items of a portal, such as messages. The module that has the thing has the row, too: it
//! names the object by `add.object_owner` and its size by `add.stored_bytes`, and asks its own guard before it sends
//! anything. How bytes come in within the organization's room, and how they go out without running anywhere (P33), is
//! known by the module that keeps files.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use poem::Request;
use portico_facts::OrganizationId;

use crate::{
    answer::Answer,
    error::Result,
    parts::{BrokenBody, Part},
    registry::Registry,
    system::Kernel,
    transaction::Core,
};

/// An object that is there, and what its row says of it.
#[derive(Clone, Debug)]
pub struct KeptFile {
    /// In the object store.
    pub key: String,
    /// Fit to be shown and offered, and never a path (T11).
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Decided from the content.
    pub media_type: String,
    pub sha256: Vec<u8>,
}

/// Durable, and still without a row.
pub struct ArrivedFile {
    pub file: KeptFile,
    /// Its room is held until this is dropped, which is when the row is there or never will be.
    pub room: Box<dyn Send + Sync>,
}

/// A file on its way in.
pub struct ArrivingFile<'a> {
    /// As its sender calls it.
    pub name: &'a str,
    pub bytes: FileBytes<'a>,
    /// In bytes.
    pub largest: u64,
}

pub struct FileBytes<'a> {
    first: Option<Bytes>,
    rest: Option<&'a mut Part>,
}

impl<'a> FileBytes<'a> {
    pub fn whole(bytes: Bytes) -> Self {
        Self { first: Some(bytes).filter(|bytes| !bytes.is_empty()), rest: None }
    }

    /// A part of a form, of which a piece was read already.
    pub fn of_part(first: Option<Bytes>, rest: &'a mut Part) -> Self {
        Self { first, rest: Some(rest) }
    }

    /// # Errors
    /// [`BrokenBody`]
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BrokenBody> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        match &mut self.rest {
            Some(part) => part.chunk().await,
            None => Ok(None),
        }
    }
}

/// Why a file was not taken; nothing of it is left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotKept {
    TooLarge,
    /// The organization's space is used up, or the disk is.
    NoRoom,
    /// It broke off on its way.
    Broken,
    /// The object store does not answer.
    NoStore,
}

/// What the module that keeps files does for others.
pub trait FileKeeper: Send + Sync {
    /// Fails where nothing was learnt about the file itself.
    fn keep<'a>(
        &'a self,
        kernel: &'a Kernel,
        organization: OrganizationId,
        file: ArrivingFile<'a>,
    ) -> BoxFuture<'a, Result<Result<ArrivedFile, NotKept>>>;

    /// Whether all of it is about to go out, which is what counts as a download.
    fn wants_everything(&self, file: &KeptFile, req: &Request) -> bool;

    /// In place where it can be shown safely, else as an attachment. The caller has asked whether this person may.
    fn deliver<'a>(
        &'a self,
        kernel: &'a Kernel,
        file: &'a KeptFile,
        req: &Request,
    ) -> BoxFuture<'a, Result<Answer>>;
}

/// How much room a module's own objects take up, in bytes.
pub type StoredBytes = fn(&mut Core) -> Result<u64>;

impl Registry {
    /// What modules other than the one that keeps files have in the object store, in bytes.
    ///
    /// # Errors
    /// The database's.
    pub fn stored_bytes(&self, tx: &mut Core) -> Result<u64> {
        let mut bytes = 0;
        for of_module in self.all_stored_bytes() {
            bytes += of_module(tx)?;
        }
        Ok(bytes)
    }
}
