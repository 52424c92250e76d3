//! The sum that stands beside each file of an archive. It is counted when a file arrives; for what
//! arrived before that was done, it is counted once, when it is first asked for.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use portico_kernel::{Objects, Result};

use super::tree::Placed;
use crate::{caller::Caller, file::Content, store, sums::Sums};

/// Of everything that goes in, by the keys of the objects.
///
/// # Errors
/// The database's or the object store's.
pub async fn of(caller: &Caller, placed: &[Placed<'_>]) -> Result<HashMap<String, u32>> {
    let contents = || placed.iter().filter_map(|placed| placed.content);
    let keys = contents().map(|content| content.key.clone()).collect();
    let mut sums = caller.read(move |tx| store::sums::of(tx, keys)).await?;
    let mut counted = HashMap::new();
    for content in contents().filter(|content| !sums.contains_key(&content.key)) {
        counted.insert(content.key.clone(), count(caller.kernel().objects(), content).await?);
    }
    if !counted.is_empty() {
        sums.extend(counted.clone());
        caller.write_in_passing(move |tx| store::sums::keep_all(tx, counted)).await?;
    }
    Ok(sums)
}

async fn count(objects: &dyn Objects, content: &Content) -> Result<u32> {
    let mut sums = Sums::default();
    if content.size() > 0 {
        let mut bytes = objects.read(&content.key, 0..content.size()).await?.bytes;
        while let Some(piece) = bytes.try_next().await? {
            sums.add(&piece);
        }
    }
    Ok(sums.crc32())
}
