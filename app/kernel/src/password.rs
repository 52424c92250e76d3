//! Passwords are argon2id (RFC 9106) at 19 MiB, two passes, one lane, behind a limit on how many
//! are computed at once, so that a flood of sign-ins cannot take the machine (T9).

mod lanes;

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{PasswordHasher, phc::PasswordHash as Phc},
};
use lanes::Lanes;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, oneshot};

use crate::{
    error::{Error, Result},
    random::Randomness,
};

/// More than this many at a time are told to come back.
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
    lanes: Lanes,
    places: Arc<Semaphore>,
    randomness: Randomness,
}

/// Verified for addresses that nobody has, so that they take as long as others (P5). What it would be the hash of, nobody
/// knows.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$bm9ib2R5IGtub3dzIHdoYXQgdGhpcyB3b3VsZCBiZSE";

impl Hashing {
    pub fn new(randomness: Randomness) -> anyhow::Result<Self> {
        let places = Arc::new(Semaphore::new(LONGEST_QUEUE));
        Ok(Self { lanes: Lanes::start()?, places, randomness })
    }

    /// # Errors
    /// [`Error::TooMany`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<PasswordHash> {
        let salt = self.randomness.bytes();
        self.compute(move |_| hash(&password, &salt)).await
    }

    /// Whether `password` is the one behind `stored`; takes the same time when there is none.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many are waiting.
    pub async fn verify(&self, password: String, stored: Option<PasswordHash>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| PasswordHash(NOBODYS.to_owned()));
        let matches = self.compute(move |memory| is_behind(&password, &stored, memory)).await?;
        Ok(matches && known)
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T> {
        let busy = |_| Error::TooMany { wait: std::time::Duration::from_secs(5) };
        let place = self.places.clone().try_acquire_owned().map_err(busy)?;
        let (answer, answered) = oneshot::channel();
        self.lanes.enter(move |memory| {
            // Who hung up while they waited is not computed for; who hangs up now keeps the place until it is done.
            if !answer.is_closed() {
                answer.send(work(memory)).ok();
            }
            drop(place);
        });
        let computed = answered.await.map_err(|_| anyhow::anyhow!("computing a hash panicked"))?;
        Ok(computed?)
    }
}

/// The crate's defaults are the parameters named above (OWASP's first choice); a test holds them.
fn hash(password: &str, salt: &[u8; 16]) -> anyhow::Result<PasswordHash> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|phc| PasswordHash(phc.to_string()))
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))
}

/// As the crate's own verifier does it, in memory that is there already: 19 MiB anew from the system for each hash cost a
/// good part of what the machine can compute (the bench's sign-ins).
fn is_behind(password: &str, stored: &PasswordHash, memory: &mut Vec<Block>) -> anyhow::Result<bool> {
    let unreadable = |error: &dyn std::fmt::Display| anyhow::anyhow!("stored hash: {error}");
    let stored = Phc::new(stored.as_str()).map_err(|error| unreadable(&error))?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
        anyhow::bail!("stored hash: it has no salt or no end");
    };
    let algorithm = Algorithm::new(stored.algorithm.as_str()).map_err(|error| unreadable(&error))?;
    let params = Params::try_from(&stored).map_err(|error| unreadable(&error))?;
    memory.resize(params.block_count(), Block::new());
    let mut computed = vec![0; expected.len()];
    Argon2::new(algorithm, Version::default(), params)
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut computed, memory)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(computed.ct_eq(expected.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use argon2::password_hash::PasswordVerifier;

    use super::*;

    #[test]
    fn hashes_are_argon2id_at_19_mib_two_passes_one_lane() {
        let hash = hash("correct horse battery staple", &[7; 16]).unwrap();
        for hash in [hash.as_str(), NOBODYS] {
            assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        }
    }

    #[tokio::test]
    async fn t9_whoever_hangs_up_keeps_the_place_until_the_hash_is_computed() {
        let hashing = Hashing::new(Randomness::of_the_system()).unwrap();
        let free = || hashing.places.available_permits();
        let ((begin, begun), (done, wait)) = (mpsc::channel(), mpsc::channel::<()>());
        let hangs_up = hashing.clone();
        let computing = tokio::spawn(async move {
            let work = move |_: &mut Vec<Block>| {
                begin.send(()).unwrap();
                Ok(wait.recv().unwrap_err())
            };
            hangs_up.compute(work).await
        });
        while begun.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        computing.abort();
        assert!(computing.await.unwrap_err().is_cancelled());
        assert_eq!(free(), LONGEST_QUEUE - 1);
        drop(done);
        while free() < LONGEST_QUEUE {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_panic_costs_one_hash_and_no_lane() {
        let hashing = Hashing::new(Randomness::of_the_system()).unwrap();
        for _ in 0..20 {
            let lost = hashing.compute::<()>(|_| panic!("as a test wants it")).await;
            assert!(matches!(lost, Err(Error::Internal(_))));
        }
        let stored = hashing.hash("correct horse battery staple".to_owned()).await.unwrap();
        assert!(hashing.verify("correct horse battery staple".to_owned(), Some(stored)).await.unwrap());
    }

    /// Beside the crate's own verifier, with what another program of the same standard might have stored.
    #[test]
    fn what_is_verified_is_what_the_crate_verifies() {
        let right = "correct horse battery staple";
        let mut memory = Vec::new();
        for (algorithm, kibibytes, passes) in
            [(Algorithm::Argon2id, 19_456, 2), (Algorithm::Argon2id, 64, 3), (Algorithm::Argon2i, 128, 1)]
        {
            let params = Params::new(kibibytes, passes, 1, None).unwrap();
            let theirs = Argon2::new(algorithm, Version::default(), params);
            let phc: Phc = theirs.hash_password(right.as_bytes()).unwrap();
            let stored = PasswordHash::from_stored(phc.to_string());
            for typed in [right, "", "correct horse battery stapl", "Correct horse battery staple"] {
                let ours = is_behind(typed, &stored, &mut memory).unwrap();
                assert_eq!(ours, theirs.verify_password(typed.as_bytes(), &phc).is_ok(), "{typed:?} {phc}");
            }
        }
        for broken in ["", "$argon2id$v=19$m=19456,t=2,p=1", "$2b$12$abcdefghijklmnopqrstuv"] {
            assert!(is_behind(right, &PasswordHash::from_stored(broken.to_owned()), &mut memory).is_err());
        }
    }

    #[tokio::test]
    async fn t9_who_comes_when_too_many_wait_is_told_to_come_back() {
        let hashing = Hashing::new(Randomness::of_the_system()).unwrap();
        let _waiting = hashing.places.clone().try_acquire_many_owned(LONGEST_QUEUE as u32).unwrap();
        let refused = hashing.hash("correct horse battery staple".to_owned()).await;
        assert!(matches!(refused, Err(Error::TooMany { wait }) if wait.as_secs() > 0));
        // P5: an address that nobody has takes a place like any other.
        let unknown = hashing.verify("correct horse battery staple".to_owned(), None).await;
        assert!(matches!(unknown, Err(Error::TooMany { .. })));
    }

    #[tokio::test]
    async fn an_unknown_account_never_verifies() {
        let hashing = Hashing::new(Randomness::of_the_system()).unwrap();
        let password = "nobody knows what this would be!".to_owned();
        assert!(!hashing.verify(password.clone(), None).await.unwrap());
        let stored = hashing.hash(password.clone()).await.unwrap();
        assert!(hashing.verify(password, Some(stored)).await.unwrap());
    }
}
