//! How often somebody may try (T9). Counted for each network address, and for each account at each
//! address: whoever guesses at Carol's password from elsewhere does not lock Carol out. Of IPv6 a line
//! has a whole network (RFC 6177): addresses of one /64 are one guesser, and those of one /48, which is
//! a site or many customers of one provider, have ten guessers' tries together.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::Mutex,
    time::Duration,
};

use portico_kernel::{Error, Instant, Result};

const WINDOW_SECONDS: i64 = 15 * 60;
const PER_ACCOUNT_AND_ADDRESS: u32 = 10;
const PER_ADDRESS: u32 = 100;
/// How many guessers a /48 may be.
const GUESSERS_OF_A_SITE: u32 = 10;
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
        for (key, most) in allowed(address, account) {
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

    /// Whoever got in starts afresh, and their site does not.
    pub fn forget(&self, address: &str, account: &str) {
        let mut windows = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        windows.remove(&pair(&Guesser::at(address).own, account));
    }
}

/// Who is counted as one.
struct Guesser {
    /// The address, or its /64.
    own: String,
    /// The /48.
    site: Option<String>,
}

impl Guesser {
    fn at(address: &str) -> Self {
        match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V6(address)) => Self { own: network(address, 64), site: Some(network(address, 48)) },
            Ok(IpAddr::V4(address)) => Self { own: address.to_string(), site: None },
            Err(_) => Self { own: address.to_owned(), site: None },
        }
    }
}

fn network(address: Ipv6Addr, bits: u32) -> String {
    let network = address.to_bits() & (u128::MAX << (128 - bits));
    format!("{}/{bits}", Ipv6Addr::from_bits(network))
}

/// The guesser first: once they are refused, what they go on to ask for is not even noted, and takes nothing from their
/// site.
fn allowed(address: &str, account: &str) -> Vec<(String, u32)> {
    let Guesser { own, site } = Guesser::at(address);
    let mut allowed = vec![(own.clone(), PER_ADDRESS), (pair(&own, account), PER_ACCOUNT_AND_ADDRESS)];
    if let Some(site) = site {
        let of_site = pair(&site, account);
        allowed.push((site, PER_ADDRESS * GUESSERS_OF_A_SITE));
        allowed.push((of_site, PER_ACCOUNT_AND_ADDRESS * GUESSERS_OF_A_SITE));
    }
    allowed
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
    #[test]
    fn a_network_of_ipv6_is_one_guesser() {
        let attempts = Attempts::default();
        let count = |address: String| attempts.count(NOON, &address, "carol@acme.test");
        for host in 0..PER_ACCOUNT_AND_ADDRESS {
            count(format!("2001:db8:1:2::{host:x}")).unwrap();
        }
        assert!(count("2001:db8:1:2:ffff:ffff:ffff:ffff".to_owned()).is_err());
        // A neighbour of the same site, and somebody of another.
        assert!(count("2001:db8:1:3::1".to_owned()).is_ok());
        assert!(count("2001:db8:2:2::1".to_owned()).is_ok());
        // Whoever got in starts afresh, from whichever address of theirs.
        attempts.forget("2001:db8:1:2::77", "carol@acme.test");
        assert!(count("2001:db8:1:2::1".to_owned()).is_ok());
    }

    #[test]
    fn a_site_of_ipv6_has_the_tries_of_ten() {
        let attempts = Attempts::default();
        let count = |network: u32| {
            let address = format!("2001:db8:1:{network:x}::1");
            attempts.count(NOON, &address, "carol@acme.test")
        };
        let most = PER_ACCOUNT_AND_ADDRESS * GUESSERS_OF_A_SITE;
        (0..most).for_each(|network| count(network).unwrap());
        assert!(count(most).is_err());
        assert!(attempts.count(NOON, "2001:db8:2::1", "carol@acme.test").is_ok());
        assert!(attempts.count(NOON, "2001:db8:1:ffff::1", "dora@globex.test").is_ok());
    }

    #[test]
    fn one_network_alone_does_not_use_up_its_site() {
        let attempts = Attempts::default();
        for n in 0..PER_ADDRESS * GUESSERS_OF_A_SITE * 2 {
            let _ = attempts.count(NOON, "2001:db8:1:2::1", &n.to_string());
        }
        assert!(attempts.count(NOON, "2001:db8:1:3::1", "carol@acme.test").is_ok());
    }

    #[test]
    fn an_address_of_ipv4_is_the_same_however_it_is_written() {
        let attempts = Attempts::default();
        for _ in 0..PER_ACCOUNT_AND_ADDRESS {
            attempts.count(NOON, "::ffff:203.0.113.1", "carol@acme.test").unwrap();
        }
        assert!(attempts.count(NOON, "203.0.113.1", "carol@acme.test").is_err());
        assert!(attempts.count(NOON, "::ffff:203.0.113.2", "carol@acme.test").is_ok());
        assert!(attempts.count(NOON, "", "carol@acme.test").is_ok());
    }
}
