//! For `portico doctor`: whether the index of this machine opens, and how far it is behind.

use std::path::Path;

use portico_kernel::{Kernel, Result};
use portico_search_index::Index;

use crate::kept_index::on_disk;

pub enum IndexState {
    /// Nobody has begun one.
    Absent,
    /// Another process has it, as a running server does.
    InUse,
    /// It is to be built, or to be built anew.
    Unfinished,
    /// By so many events, most of which concern no index.
    Whole { behind: i64 },
}

/// # Errors
/// The database's, or the disk's.
pub async fn index_state(kernel: &Kernel, folder: &Path) -> Result<IndexState> {
    let folder = folder.join("index");
    if !tokio::fs::try_exists(&folder).await? {
        return Ok(IndexState::Absent);
    }
    let index = match on_disk(move || Index::open(&folder)).await {
        Ok(index) => index,
        Err(error) if error.to_string().contains("in use by another process") => {
            return Ok(IndexState::InUse);
        }
        Err(error) => return Err(error),
    };
    let newest = kernel.events_newest().await?;
    Ok(match index.last_event() {
        None => IndexState::Unfinished,
        Some(last) => IndexState::Whole { behind: (newest - last).max(0) },
    })
}
