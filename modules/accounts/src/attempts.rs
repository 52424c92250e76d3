//! How often somebody may try (T9). Counted for each network address, and for each account at each
//! address: whoever guesses at Carol's password from elsewhere does not lock Carol out.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use portico_kernel::{Error, Instant, Result};

const WINDOW_SECONDS: i64 = 15 * 60;
const PER_ACCOUNT_AND_ADDRESS: u32 = 10;
const PER_ADDRESS: u32 = 100;
/// A flood from many addresses must not fill the memory; the oldest windows go first.
const MOST_ENTRIES: usize = 100_000;
/// Of an account's name, in characters: longer ones are nobody's.
const LONGEST_ACCOUNT: usize = 254;

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
            forget_oldest(&mut windows);
        }
        // The address first: once it is refused, what it goes on to ask for is not even noted.
        let allowed = [(address.to_owned(), PER_ADDRESS), (pair(address, account), PER_ACCOUNT_AND_ADDRESS)];
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
        windows.remove(&pair(address, account));
    }
}

fn pair(address: &str, account: &str) -> String {
    format!("{address} {}", account.chars().take(LONGEST_ACCOUNT).collect::<String>())
}

/// A tenth at a time, so that the work is spread over many attempts.
fn forget_oldest(windows: &mut HashMap<String, Window>) {
    let mut ages: Vec<Instant> = windows.values().map(|window| window.since).collect();
    let (_, youngest_to_go, _) = ages.select_nth_unstable(MOST_ENTRIES / 10);
    let youngest_to_go = *youngest_to_go;
    windows.retain(|_, window| window.since > youngest_to_go);
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
