//! Objects that are written over several requests. object_store's own writer of parts cannot be
//! taken up again, so a folder and a bucket each have a way of their own.

mod bucket;
mod folder;

use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{Result, ResumableWriter, Unfinished};

pub(crate) use bucket::Bucket;
pub(crate) use folder::Folder;

pub(crate) enum Resumable {
    Folder(Folder),
    Bucket(Bucket),
}

impl Resumable {
    pub fn resume<'a>(
        &'a self,
        key: &'a str,
        saved: &'a Unfinished,
    ) -> BoxFuture<'a, Result<Box<dyn ResumableWriter>>> {
        match self {
            Self::Folder(folder) => folder.resume(key, saved).boxed(),
            Self::Bucket(bucket) => bucket.resume(key, saved).boxed(),
        }
    }

    pub fn publish<'a>(&'a self, key: &'a str, ended: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        match self {
            Self::Folder(folder) => folder.publish(key).boxed(),
            Self::Bucket(bucket) => bucket.publish(key, ended).boxed(),
        }
    }

    pub fn discard<'a>(&'a self, key: &'a str, saved: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        match self {
            Self::Folder(folder) => folder.discard(key).boxed(),
            Self::Bucket(bucket) => bucket.discard(key, saved).boxed(),
        }
    }
}
