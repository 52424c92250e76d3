use std::{ops::Range, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream, stream::BoxStream};
use object_store::{
    ClientOptions, GetOptions, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayloadMut,
    RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as Key,
};
use portico_kernel::{
    Error, Instant, ListedObject, ObjectWriter, Objects, Result, ResumableWriter, StoredObject, Unfinished,
};
use url::Url;

use crate::{
    reading,
    resumable::{Bucket, Folder, Resumable},
};

/// S3 wants at least 5 MiB for every part but the last; more only costs memory.
pub(crate) const BUCKET_PART: usize = 5 * 1024 * 1024;
const FOLDER_PART: usize = 1024 * 1024;
const PIECE: u64 = 1024 * 1024;

/// A folder, or a bucket of any S3-compatible store.
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    /// In bytes; all parts of an object but the last are this long, as some S3 servers demand.
    part: usize,
    reading: Reading,
    resumable: Resumable,
}

#[derive(Clone, Copy)]
enum Reading {
    /// A folder: its own stream comes in crumbs of 8 KiB.
    InPieces,
    /// A bucket: each request costs a journey.
    AtOnce,
}

impl Store {
    /// `file:///path` or `s3://bucket?endpoint=…&region=…`, keys in `AWS_ACCESS_KEY_ID` and
    /// `AWS_SECRET_ACCESS_KEY`.
    ///
    /// # Errors
    /// An address of another kind, or a folder that cannot be made.
    pub fn from_url(url: &str) -> anyhow::Result<Self> {
        let url = Url::parse(url).context("STORAGE_URL is no address")?;
        match url.scheme() {
            "file" => {
                let path = url.to_file_path().map_err(|()| anyhow::anyhow!("STORAGE_URL has no path"))?;
                Self::folder(&path)
            }
            "s3" => Self::bucket(&url).context("STORAGE_URL"),
            other => bail!("STORAGE_URL is file:// or s3://, not {other}://"),
        }
    }

    /// `s3://bucket/prefix?endpoint=…&region=…`: the bucket, and what stands before the keys there, empty or with a slash
    /// at its end.
    ///
    /// # Errors
    /// An address of another kind, or a prefix that a key would be spelt differently with.
    pub fn bucket_below(url: &str) -> anyhow::Result<(Self, String)> {
        let url = Url::parse(url).context("it is no address")?;
        if url.scheme() != "s3" {
            bail!("it begins with s3://");
        }
        let prefix = url.path().trim_matches('/');
        let is_plain = |part: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
        };
        let prefix = match prefix {
            "" => String::new(),
            prefix if prefix.split('/').all(is_plain) => format!("{prefix}/"),
            other => bail!("{other:?} is no place in a bucket: letters, digits, - _ . and / are"),
        };
        Ok((Self::bucket(&url)?, prefix))
    }

    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
        let inner = LocalFileSystem::new_with_prefix(path)?.with_fsync(true);
        Ok(Self {
            inner: Arc::new(inner),
            part: FOLDER_PART,
            reading: Reading::InPieces,
            resumable: Resumable::Folder(Folder(path.to_owned())),
        })
    }

    fn bucket(url: &Url) -> anyhow::Result<Self> {
        // reqwest takes what the process has; an error says that it has one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = ClientOptions::new()
            .with_allow_http(true)
            .with_connect_timeout(Duration::from_secs(3))
            .with_timeout(Duration::from_secs(60));
        // Pages must say within 5 s that the store is down (T32).
        let retry =
            RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(4), ..Default::default() };
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(url.host_str().context("s3:// needs a bucket")?)
            .with_client_options(options)
            .with_retry(retry);
        for (name, value) in url.query_pairs() {
            builder = match &*name {
                "endpoint" => builder.with_endpoint(value),
                "region" => builder.with_region(value),
                other => bail!("an address of a bucket has no {other:?}"),
            };
        }
        let bucket = Arc::new(builder.build()?);
        Ok(Self {
            inner: bucket.clone(),
            part: BUCKET_PART,
            reading: Reading::AtOnce,
            resumable: Resumable::Bucket(Bucket(bucket)),
        })
    }
}

impl Objects for Store {
    fn create<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Box<dyn ObjectWriter>>> {
        let writer = Writer {
            store: self.inner.clone(),
            key: Key::from(key),
            part: self.part,
            parts: None,
            pending: empty_part(self.part),
        };
        async move { Ok(Box::new(writer) as Box<dyn ObjectWriter>) }.boxed()
    }

    fn read<'a>(&'a self, key: &'a str, range: Range<u64>) -> BoxFuture<'a, Result<StoredObject>> {
        let (store, key, way) = (self.inner.clone(), Key::from(key), self.reading);
        let open: reading::Open = Box::new(move |left| open(store.clone(), key.clone(), way, left).boxed());
        async move { Ok(StoredObject { bytes: reading::read(range, open).await? }) }.boxed()
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<()>> {
        async move {
            match self.inner.delete(&Key::from(key)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(failed(error)),
            }
        }
        .boxed()
    }

    fn list(&self, folder: &str) -> BoxStream<'static, Result<ListedObject>> {
        let listed = |meta: ObjectMeta| ListedObject {
            key: meta.location.to_string(),
            size: meta.size,
            written_at: Instant::from_micros(meta.last_modified.timestamp_micros()),
        };
        self.inner.list(Some(&Key::from(folder))).map(move |meta| meta.map(listed).map_err(failed)).boxed()
    }

    fn exists<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool>> {
        async move {
            match self.inner.head(&Key::from(key)).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(error) => Err(failed(error)),
            }
        }
        .boxed()
    }

    fn resume<'a>(
        &'a self,
        key: &'a str,
        saved: &'a Unfinished,
    ) -> BoxFuture<'a, Result<Box<dyn ResumableWriter>>> {
        self.resumable.resume(key, saved)
    }

    fn publish<'a>(&'a self, key: &'a str, ended: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        self.resumable.publish(key, ended)
    }

    fn discard<'a>(&'a self, key: &'a str, saved: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        self.resumable.discard(key, saved)
    }

    fn check(&self) -> BoxFuture<'_, Result<()>> {
        async move {
            match self.inner.head(&Key::from("portico-readiness")).await {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(failed(error)),
            }
        }
        .boxed()
    }
}

async fn open(
    store: Arc<dyn ObjectStore>,
    key: Key,
    way: Reading,
    left: Range<u64>,
) -> object_store::Result<reading::Pieces> {
    match way {
        Reading::InPieces => {
            let end = left.end.min(left.start + PIECE);
            let piece = store.get_range(&key, left.start..end).await?;
            Ok(stream::iter([Ok(piece)]).boxed())
        }
        Reading::AtOnce => {
            let options = GetOptions { range: Some(left.into()), ..GetOptions::default() };
            Ok(store.get_opts(&key, options).await?.into_stream())
        }
    }
}

/// Small objects go out in one request, larger ones in parts, so that no size needs much memory.
struct Writer {
    store: Arc<dyn ObjectStore>,
    key: Key,
    part: usize,
    parts: Option<Box<dyn MultipartUpload>>,
    /// Less than a part.
    pending: PutPayloadMut,
}

/// Bytes are copied into it, since each piece that came would keep the whole buffer alive that it was read into. Where a part
/// is large, the allocator has it from the system and gives it back whole.
pub(crate) fn empty_part(part: usize) -> PutPayloadMut {
    PutPayloadMut::new().with_block_size(part)
}

impl ObjectWriter for Writer {
    fn write(&mut self, mut bytes: Bytes) -> BoxFuture<'_, Result<()>> {
        async move {
            loop {
                let room = self.part - self.pending.content_length();
                if bytes.len() < room {
                    self.pending.extend_from_slice(&bytes);
                    return Ok(());
                }
                self.pending.extend_from_slice(&bytes.split_to(room));
                if self.parts.is_none() {
                    self.parts = Some(self.store.put_multipart(&self.key).await.map_err(failed)?);
                }
                let part = std::mem::replace(&mut self.pending, empty_part(self.part)).freeze();
                if let Some(parts) = &mut self.parts {
                    parts.put_part(part).await.map_err(failed)?;
                }
            }
        }
        .boxed()
    }

    fn finish(mut self: Box<Self>) -> BoxFuture<'static, Result<()>> {
        async move {
            let last = std::mem::take(&mut self.pending).freeze();
            let Some(parts) = &mut self.parts else {
                self.store.put(&self.key, last).await.map_err(failed)?;
                return Ok(());
            };
            if last.content_length() > 0 {
                parts.put_part(last).await.map_err(failed)?;
            }
            parts.complete().await.map_err(failed)?;
            // Until here it is cleared up by whoever drops it: a bucket keeps the parts of what was begun, and bills them.
            self.parts = None;
            Ok(())
        }
        .boxed()
    }

    fn abort(mut self: Box<Self>) -> BoxFuture<'static, ()> {
        async move {
            if let Some(mut parts) = self.parts.take()
                && let Err(error) = parts.abort().await
            {
                tracing::warn!(%error, "an abandoned upload could not be cleared");
            }
        }
        .boxed()
    }
}

/// A request that is dropped half way (the browser went away) cannot await: the runtime clears up.
impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(mut parts) = self.parts.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                if let Err(error) = parts.abort().await {
                    tracing::warn!(%error, "an abandoned upload could not be cleared");
                }
            });
        }
    }
}

pub(crate) fn failed(error: object_store::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>()
            && matches!(io.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
        {
            return Error::StorageFull;
        }
        source = cause.source();
    }
    match error {
        object_store::Error::NotFound { .. } => Error::Internal(error.into()),
        other => Error::Unavailable(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt;

    #[tokio::test]
    async fn a_place_in_a_bucket_is_spelt_as_its_keys_are() {
        let below = |path: &str| {
            let address = format!("s3://archive{path}?endpoint=http://127.0.0.1:1&region=us-east-1");
            Store::bucket_below(&address).map(|(_, prefix)| prefix).ok()
        };
        assert_eq!(below("").as_deref(), Some(""));
        assert_eq!(below("/").as_deref(), Some(""));
        assert_eq!(below("/portico/of-2026/").as_deref(), Some("portico/of-2026/"));
        for path in ["/a//b", "/a b", "/a/.hidden"] {
            assert_eq!(below(path), None, "{path}");
        }
        assert!(Store::bucket_below("file:///tmp").is_err());
    }

    async fn written(store: &Store, key: &str, size: usize) -> Vec<u8> {
        let content: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
        let mut writer = store.create(key).await.unwrap();
        for chunk in content.chunks(70_001) {
            writer.write(Bytes::copy_from_slice(chunk)).await.unwrap();
        }
        writer.finish().await.unwrap();
        content
    }

    async fn read(store: &Store, key: &str, range: Range<u64>) -> Vec<u8> {
        let object = store.read(key, range).await.unwrap();
        object
            .bytes
            .try_fold(Vec::new(), |mut all, b| async move {
                all.extend_from_slice(&b);
                Ok(all)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_folder_gives_back_what_was_written_whole_and_in_part() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path()).unwrap();
        for size in [0, 1, FOLDER_PART - 1, FOLDER_PART, 3 * FOLDER_PART + 17] {
            let content = written(&store, "key", size).await;
            assert!(read(&store, "key", 0..size as u64).await == content, "{size}");
        }
        let content = written(&store, "key", 3 * FOLDER_PART).await;
        assert!(read(&store, "key", 5..PIECE + 9).await == content[5..PIECE as usize + 9]);
    }

    #[tokio::test]
    async fn what_was_saved_is_gone_on_with_and_what_was_not_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path()).unwrap();
        let mut first = store.resume("a/key", &Unfinished::default()).await.unwrap();
        first.write(Bytes::from_static(b"saved")).await.unwrap();
        let saved = first.pause().await.unwrap();
        first.write(Bytes::from_static(b" and then lost")).await.unwrap();
        drop(first);
        assert!(store.read("a/key", 0..1).await.is_err(), "it is visible before it is whole");

        let mut second = store.resume("a/key", &saved).await.unwrap();
        second.write(Bytes::from_static(b", gone on with")).await.unwrap();
        let ended = second.end().await.unwrap();
        // A crash may have come after the first of these.
        store.publish("a/key", &ended).await.unwrap();
        store.publish("a/key", &ended).await.unwrap();
        assert_eq!(read(&store, "a/key", 0..ended.size).await, b"saved, gone on with");
        store.discard("a/key", &ended).await.unwrap();
        store.discard("a/key", &ended).await.unwrap();
        assert_eq!(std::fs::read_dir(folder.path().join("a")).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn an_aborted_upload_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path()).unwrap();
        let mut writer = store.create("key").await.unwrap();
        writer.write(Bytes::from(vec![0; 2 * FOLDER_PART])).await.unwrap();
        writer.abort().await;
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(store.read("key", 0..1).await.is_err());
    }

    #[tokio::test]
    async fn what_is_finished_is_listed_in_its_own_folder_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::folder(folder.path()).unwrap();
        written(&store, "ours/a", 3).await;
        written(&store, "ours/b", FOLDER_PART + 1).await;
        written(&store, "oursnot/c", 1).await;
        let mut unfinished = store.create("ours/d").await.unwrap();
        unfinished.write(Bytes::from(vec![0; 2 * FOLDER_PART])).await.unwrap();
        let listed: Vec<ListedObject> = store.list("ours").try_collect().await.unwrap();
        let mut keys: Vec<_> = listed.iter().map(|object| (object.key.as_str(), object.size)).collect();
        keys.sort_unstable();
        assert_eq!(keys, [("ours/a", 3), ("ours/b", FOLDER_PART as u64 + 1)]);
        assert!(store.exists("ours/a").await.unwrap() && !store.exists("ours/d").await.unwrap());
        assert!(store.list("nobody").try_collect::<Vec<_>>().await.unwrap().is_empty());
        unfinished.abort().await;
    }
}
