//! An object as a stream that goes on where a connection broke off.

use std::ops::Range;

use bytes::Bytes;
use futures_util::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use portico_kernel::{Error, Result};

use crate::objects::failed;

pub type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// Begins to read what is left of a range; it may end before the range does.
pub type Open = Box<dyn Fn(Range<u64>) -> BoxFuture<'static, object_store::Result<Pieces>> + Send>;

struct Reader {
    open: Open,
    left: Range<u64>,
    pieces: Option<Pieces>,
    /// Whether `pieces` has brought anything. What broke off before that is not tried again: the
    /// store has tried by itself.
    brought: bool,
}

/// The bytes of a range. The first of them are fetched before this returns, so that a store that is
/// down becomes an error page and not a torn download.
///
/// # Errors
/// The store's.
pub async fn read(range: Range<u64>, open: Open) -> Result<BoxStream<'static, Result<Bytes>>> {
    let mut reader = Reader { open, left: range, pieces: None, brought: false };
    let first = reader.next().await?;
    Ok(stream::iter(first.map(Ok)).chain(reader.rest()).boxed())
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Bytes>> {
        while !self.left.is_empty() {
            let pieces = match &mut self.pieces {
                Some(pieces) => pieces,
                none => none.insert((self.open)(self.left.clone()).await.map_err(failed)?),
            };
            match pieces.next().await {
                Some(Ok(bytes)) => {
                    self.brought |= !bytes.is_empty();
                    self.left.start += bytes.len() as u64;
                    return Ok(Some(bytes));
                }
                _ if self.brought => (self.pieces, self.brought) = (None, false),
                Some(Err(error)) => return Err(failed(error)),
                None => {
                    return Err(Error::Internal(anyhow::anyhow!("an object ends before its recorded size")));
                }
            }
        }
        Ok(None)
    }

    fn rest(self) -> impl Stream<Item = Result<Bytes>> + Send {
        stream::try_unfold(
            self,
            |mut reader| async move { Ok(reader.next().await?.map(|bytes| (bytes, reader))) },
        )
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, TryStreamExt};

    use super::*;

    /// Gives `good` bytes each time it is opened, and then breaks.
    fn breaking_after(good: u64) -> Open {
        Box::new(move |left| {
            let end = left.end.min(left.start + good);
            let bytes: Vec<u8> = (left.start..end).map(|at| at as u8).collect();
            let broken = object_store::Error::Generic { store: "test", source: "cut off".into() };
            let mut pieces = vec![Ok(Bytes::from(bytes))];
            if end < left.end {
                pieces.push(Err(broken));
            }
            async move { Ok(stream::iter(pieces).boxed()) }.boxed()
        })
    }

    async fn all(open: Open) -> Result<Vec<u8>> {
        let pieces: Vec<Bytes> = read(3..100, open).await?.try_collect().await?;
        Ok(pieces.concat())
    }

    #[tokio::test]
    async fn what_breaks_off_goes_on_where_it_broke() {
        let expected: Vec<u8> = (3..100).collect();
        for good in [1, 7, 96, 97, 1000] {
            assert_eq!(all(breaking_after(good)).await.unwrap(), expected, "{good}");
        }
    }

    #[tokio::test]
    async fn what_brings_nothing_is_given_up() {
        assert!(all(breaking_after(0)).await.is_err());
        let ends: Open = Box::new(|_| async { Ok(stream::empty().boxed()) }.boxed());
        assert!(all(ends).await.is_err());
    }
}
