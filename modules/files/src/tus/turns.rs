//! One request at a time writes to an upload. On several machines the row's offset decides, too.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use portico_facts::UploadId;
use tokio_util::sync::CancellationToken;

static TURNS: Mutex<BTreeMap<UploadId, Held>> = Mutex::new(BTreeMap::new());

/// How long whoever ends an upload waits for who is still writing.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Default)]
struct Held {
    asked_to_stop: CancellationToken,
    over: CancellationToken,
}

/// The right to write, until it is dropped.
pub struct Turn {
    upload: UploadId,
    held: Held,
}

fn turns() -> MutexGuard<'static, BTreeMap<UploadId, Held>> {
    TURNS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turn {
    /// `None` while another request has it.
    pub fn take(upload: UploadId) -> Option<Self> {
        Self::take_or_see(upload).ok()
    }

    /// Asks whoever is writing to stop, and waits for that.
    pub async fn take_over(upload: UploadId) -> Option<Self> {
        let waiting = async {
            loop {
                match Self::take_or_see(upload) {
                    Ok(turn) => return turn,
                    Err(held) => {
                        held.asked_to_stop.cancel();
                        held.over.cancelled().await;
                    }
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok()
    }

    fn take_or_see(upload: UploadId) -> Result<Self, Held> {
        let mut turns = turns();
        if let Some(held) = turns.get(&upload) {
            return Err(held.clone());
        }
        let held = Held::default();
        turns.insert(upload, held.clone());
        Ok(Self { upload, held })
    }

    /// Resolves when somebody else wants the upload to end.
    pub async fn asked_to_stop(&self) {
        self.held.asked_to_stop.cancelled().await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        turns().remove(&self.upload);
        self.held.over.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_turn_is_one_requests_until_it_is_over_or_asked_for() {
        let upload = UploadId::from_bytes([7; 16]);
        let first = Turn::take(upload).unwrap();
        assert!(Turn::take(upload).is_none());
        let taking_over = tokio::spawn(Turn::take_over(upload));
        first.asked_to_stop().await;
        assert!(Turn::take(upload).is_none());
        drop(first);
        let second = taking_over.await.unwrap().unwrap();
        assert!(Turn::take(upload).is_none());
        drop(second);
        assert!(Turn::take(upload).is_some());
    }
}
