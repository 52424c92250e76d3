//! Which backups a place holds: a manifest of each lies there, named by its time and by whose it is.

use super::place::BackupPlace;
use crate::clock::Instant;

const MANIFESTS: &str = "backups";
const STAMP: usize = "20261128-223000-123".len();

/// When a backup was made, and of which installation it is: as text they are in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ManifestName {
    pub stamp: String,
    pub installation: String,
}

impl ManifestName {
    pub fn new(written_at: Instant, installation: &str) -> Self {
        Self { stamp: stamp(written_at), installation: installation.to_owned() }
    }

    pub fn address(&self) -> String {
        format!("{MANIFESTS}/{}-{}", self.stamp, self.installation)
    }

    fn of(address: &str) -> Option<Self> {
        let name = address.strip_prefix(MANIFESTS)?.strip_prefix('/')?;
        let (stamp, installation) = name.split_at_checked(STAMP)?;
        let installation = installation.strip_prefix('-')?;
        let is_name = is_stamp(stamp) && installation.len() == 16 && hex::decode(installation).is_ok();
        is_name.then(|| Self { stamp: stamp.to_owned(), installation: installation.to_owned() })
    }
}

/// To the thousandth of a second.
pub(super) fn stamp(at: Instant) -> String {
    let seconds = at.in_zone("UTC").strftime("%Y%m%d-%H%M%S").to_string();
    format!("{seconds}-{:03}", at.micros().rem_euclid(1_000_000) / 1_000)
}

fn is_stamp(words: &str) -> bool {
    words.len() == STAMP && is_beginning_of_a_stamp(words)
}

/// Whether somebody who wrote this behind an `@` may have meant a time: at least a day.
pub fn is_beginning_of_a_stamp(words: &str) -> bool {
    let is_in_place = |(at, byte): (usize, u8)| match at {
        8 | 15 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    (8..=STAMP).contains(&words.len()) && words.bytes().enumerate().all(is_in_place)
}

/// Of a manifest that was found, with its size in bytes.
#[derive(Clone)]
pub(super) struct FoundManifest {
    pub name: ManifestName,
    pub size: u64,
}

/// In the order of time.
pub(super) async fn manifests(place: &BackupPlace) -> anyhow::Result<Vec<FoundManifest>> {
    let mut found = Vec::new();
    place
        .each(MANIFESTS, |object| {
            found.extend(ManifestName::of(&object.key).map(|name| FoundManifest { name, size: object.size }));
        })
        .await?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant::from_micros(1_795_000_000_123_456);

    #[test]
    fn a_manifest_is_named_by_its_time_and_by_whose_it_is() {
        let name = ManifestName::new(AT, "0123456789abcdef");
        assert_eq!(name.address(), "backups/20261118-110640-123-0123456789abcdef");
        assert_eq!(ManifestName::of(&name.address()), Some(name));
        for other in [
            "backups/20261118-110640-123",
            "backups/20261118-110640-123-0123456789abcdeg",
            "backups/20261118-110640-12x-0123456789abcdef",
            "backups/été-20261118-110640-123-0123456789abcdef",
            "chunks/20261118-110640-123-0123456789abcdef",
        ] {
            assert_eq!(ManifestName::of(other), None, "{other}");
        }
    }

    #[test]
    fn a_day_or_more_behind_an_at_is_a_time() {
        for time in ["20261118", "20261118-1106", "20261118-110640-123"] {
            assert!(is_beginning_of_a_stamp(time), "{time}");
        }
        for other in ["", "2026", "localhost", "2026111811", "20261118-110640-1234"] {
            assert!(!is_beginning_of_a_stamp(other), "{other}");
        }
    }
}
