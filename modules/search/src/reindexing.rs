//! `portico reindex`: asks the running server for a new index and watches it being built, or builds
//! it here where no server runs.

use std::{path::Path, sync::Arc, time::Duration};

use portico_kernel::{Follower, Kernel, Result};
use tokio::time::sleep;

use crate::{following::Following, kept_index::KeptIndex};

/// Between two looks at how far it is.
const PAUSE: Duration = Duration::from_millis(100);

/// Builds the index anew from the database. Until it is done, the old one answers. `show` is told
/// the percent that are done, whenever there are more.
///
/// # Errors
/// When the folder cannot be written, or the index cannot be built.
pub async fn reindex(kernel: Kernel, folder: &Path, show: impl Fn(usize)) -> Result<()> {
    let kept = Arc::new(KeptIndex::new(folder));
    kept.want_anew().await?;
    tokio::select! {
        built = build_alone(kernel, kept.clone()) => built?,
        watched = watch(&kept, &show) => watched?,
    }
    show(100);
    Ok(())
}

/// A server has the index open for as long as it runs; should it end, the work is taken over.
async fn build_alone(kernel: Kernel, kept: Arc<KeptIndex>) -> Result<()> {
    while kept.open().await.is_err() {
        sleep(PAUSE).await;
    }
    Following::new(kept).catch_up(kernel).await
}

async fn watch(kept: &KeptIndex, show: impl Fn(usize)) -> Result<()> {
    let mut shown = None;
    while kept.is_unwanted().await? {
        let percent = kept.percent_built().await;
        if percent > shown {
            percent.into_iter().for_each(&show);
            shown = percent;
        }
        sleep(PAUSE).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    /// Batch after batch by the server, which is another process; both know the same folder.
    #[tokio::test]
    async fn p44_every_step_of_another_process_is_told_once_and_the_first_is_below_100() {
        let folder = tempfile::tempdir().unwrap();
        let [kept, server] = [(); 2].map(|()| KeptIndex::new(folder.path()));
        kept.want_anew().await.unwrap();
        let (told, mut heard) = unbounded_channel();
        let building = async {
            for percent in [0, 41, 97] {
                server.show_progress(Some(percent)).await.unwrap();
                assert_eq!(heard.recv().await, Some(percent));
                server.show_progress(Some(percent)).await.unwrap();
            }
            server.is_wanted_again().await.unwrap();
        };
        let watching = watch(&kept, |percent| told.send(percent).unwrap());
        let (watched, ()) = tokio::join!(watching, building);
        watched.unwrap();
        assert!(heard.try_recv().is_err(), "a step was told twice");
    }
}
