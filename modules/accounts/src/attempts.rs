//! How often somebody may try (T9). Counted for each network address, and for each account at each
//! address: whoever guesses at Carol's password from elsewhere does not lock Carol out.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use portico_kernel::{Error, Instant, Result};

const WINDOW_SECONDS: i64 = 15 * 60;
const PER_ACCOUNT_AND_ADDRESS: u32 = 10;
const PER_ADDRESS: u32 = 100;
/// A flood from many addresses must not fill the memory; the oldest windows go first.
const MOST_ENTRIES: usize = 100_000;

/// In this process's memory: several machines each count on their own.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<String, Window>>);

#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    count: u32,
}

impl Attempts {
    /// Counts one attempt.
    ///
    /// # Errors
    /// [`Error::TooMany`] when there were too many in the last quarter of an hour.
    pub fn count(&self, now: Instant, address: &str, account: &str) -> Result<()> {
        let mut windows = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if windows.len() >= MOST_ENTRIES {
            windows.retain(|_, window| now.seconds_since(window.since) < WINDOW_SECONDS);
        }
        if windows.len() >= MOST_ENTRIES {
            windows.clear();
        }
        let pair = format!("{address} {account}");
        let allowed = [(pair, PER_ACCOUNT_AND_ADDRESS), (address.to_owned(), PER_ADDRESS)];
        for (key, most) in allowed {
            let window = windows.entry(key).or_insert(Window { since: now, count: 0 });
            if now.seconds_since(window.since) >= WINDOW_SECONDS {
                *window = Window { since: now, count: 0 };
            }
            if window.count >= most {
                let left = WINDOW_SECONDS - now.seconds_since(window.since);
                return Err(Error::TooMany { wait: Duration::from_secs(left.max(1).unsigned_abs()) });
            }
            window.count += 1;
        }
        Ok(())
    }

    /// Whoever got in starts afresh.
    pub fn forget(&self, address: &str, account: &str) {
        let mut windows = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        windows.remove(&format!("{address} {account}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    #[test]
    fn guessing_at_an_account_locks_out_only_the_guesser() {
        let attempts = Attempts::default();
        for _ in 0..PER_ACCOUNT_AND_ADDRESS {
            attempts.count(NOON, "203.0.113.1", "carol@acme.test").unwrap();
        }
        assert!(attempts.count(NOON, "203.0.113.1", "carol@acme.test").is_err());
        assert!(attempts.count(NOON, "198.51.100.7", "carol@acme.test").is_ok());
        assert!(attempts.count(NOON, "203.0.113.1", "dora@globex.test").is_ok());
        let later = NOON.plus_seconds(WINDOW_SECONDS);
        assert!(attempts.count(later, "203.0.113.1", "carol@acme.test").is_ok());
    }

    #[test]
    fn one_address_cannot_try_every_account() {
        let attempts = Attempts::default();
        for n in 0..PER_ADDRESS {
            attempts.count(NOON, "203.0.113.1", &n.to_string()).unwrap();
        }
        assert!(attempts.count(NOON, "203.0.113.1", "one more").is_err());
    }
}
