//! The sum that stands beside each file of an archive. It is counted when a file arrives; for what
//! arrived before that was done, it is counted once, when it is first asked for.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use portico_kernel::{Objects, Result};

use crate::{file::Content, sums::Sums};

/// Those of `contents` that are not in `known`, counted.
pub async fn missing(
    objects: &dyn Objects,
    contents: impl Iterator<Item = &Content>,
    known: &HashMap<String, u32>,
) -> Result<HashMap<String, u32>> {
    let mut counted = HashMap::new();
    for content in contents.filter(|content| !known.contains_key(&content.key)) {
        counted.insert(content.key.clone(), count(objects, content).await?);
    }
    Ok(counted)
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
