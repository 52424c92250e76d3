//! Passwords are argon2id (RFC 9106) at 19 MiB, two passes, one lane, behind a limit on how many
//! are computed at once, so that a flood of sign-ins cannot take the machine (T9).

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash as Phc},
};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// More than this many waiting are told to come back.
const LONGEST_QUEUE: usize = 64;

/// The PHC text form of a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone)]
pub struct Hashing {
    lanes: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Verified for addresses that nobody has, so that they take as long as others (P5).
    dummy: PasswordHash,
}

impl Hashing {
    pub fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let dummy = hash("an account that does not exist")?;
        Ok(Self {
            lanes: Arc::new(Semaphore::new(cores)),
            waiting: Arc::new(Semaphore::new(LONGEST_QUEUE)),
            dummy,
        })
    }

    /// # Errors
    /// [`Error::TooMany`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<PasswordHash> {
        self.compute(move || hash(&password)).await
    }

    /// Whether `password` is the one behind `stored`; takes the same time when there is none.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many are waiting.
    pub async fn verify(&self, password: String, stored: Option<PasswordHash>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy.clone());
        let matches = self
            .compute(move || {
                let phc =
                    Phc::new(stored.as_str()).map_err(|error| anyhow::anyhow!("stored hash: {error}"))?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &phc).is_ok())
            })
            .await?;
        Ok(matches && known)
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T> {
        let busy = || Error::TooMany { wait: std::time::Duration::from_secs(5) };
        let place = self.waiting.clone().try_acquire_owned().map_err(|_| busy())?;
        let lane = self.lanes.clone().acquire_owned().await.map_err(|_| busy())?;
        let value = tokio::task::spawn_blocking(move || {
            // Kept to the end also when nobody waits for the answer any more: it is computed all the same.
            let _held = (place, lane);
            work()
        });
        Ok(value.await.map_err(|panic| Error::Internal(panic.into()))??)
    }
}

/// The crate's defaults are the parameters named above (OWASP's first choice); a test holds them.
fn hash(password: &str) -> anyhow::Result<PasswordHash> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|phc| PasswordHash(phc.to_string()))
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn hashes_are_argon2id_at_19_mib_two_passes_one_lane() {
        let hash = hash("correct horse battery staple").unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
    }

    #[tokio::test]
    async fn t9_whoever_hangs_up_keeps_the_lane_until_the_hash_is_computed() {
        let hashing = Hashing::new().unwrap();
        let free = || (hashing.lanes.available_permits(), hashing.waiting.available_permits());
        let (all, (done, wait)) = (free(), std::sync::mpsc::channel::<()>());
        let computing = hashing.compute(move || Ok(wait.recv().unwrap_err()));
        assert!(computing.now_or_never().is_none(), "it is being computed");
        assert_eq!(free(), (all.0 - 1, all.1 - 1));
        drop(done);
        while free() != all {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn t9_who_comes_when_too_many_wait_is_told_to_come_back() {
        let hashing = Hashing::new().unwrap();
        let _waiting = hashing.waiting.clone().try_acquire_many_owned(LONGEST_QUEUE as u32).unwrap();
        let refused = hashing.hash("correct horse battery staple".to_owned()).await;
        assert!(matches!(refused, Err(Error::TooMany { wait }) if wait.as_secs() > 0));
    }

    #[tokio::test]
    async fn an_unknown_account_never_verifies() {
        let hashing = Hashing::new().unwrap();
        let password = "an account that does not exist".to_owned();
        assert!(!hashing.verify(password.clone(), None).await.unwrap());
        let stored = hashing.hash(password.clone()).await.unwrap();
        assert!(hashing.verify(password, Some(stored)).await.unwrap());
    }
}
