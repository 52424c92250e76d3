//! What is deleted is only marked, and can be brought back for a while. Then its rows go, and after
//! them the objects that only they knew: a row never points at nothing.

use std::collections::{BTreeSet, HashSet};

use portico_facts::{ItemId, PortalId};

use crate::{clock::Instant, error::Result, registry::Registry, transaction::Tx};

/// How long deleted things can be brought back, in days.
pub const KEPT_DAYS: i64 = 30;
/// How much later it goes for good, so that no purge meets who brings something back at the last moment.
const GRACE_SECONDS: i64 = 3_600;

/// What a module deletes of its own before items or a portal go for good. Whatever has a foreign key
/// to one of them needs this. Nothing here may fail for what is not the module's.
#[derive(Clone, Copy)]
pub struct Purge {
    pub items: fn(&mut Tx, &[ItemId]) -> Result<()>,
    pub portal: fn(&mut Tx, PortalId) -> Result<()>,
}

/// A module whose rows hold keys of the object store. Without it, its objects would be orphans.
#[derive(Clone, Copy)]
pub struct ObjectOwner {
    /// Among all of them. Remembered, so that its objects are nobody's to delete while its module is taken out.
    pub name: &'static str,
    /// Those of the keys that a row of this module holds, an unfinished upload's included.
    pub known: fn(&mut Tx, &[String]) -> Result<Vec<String>>,
    /// The next keys after this one in ascending order, of objects that must be there.
    pub all: fn(&mut Tx, Option<&str>, i64) -> Result<Vec<String>>,
}

/// The names of those that ever were there, with spaces between them.
const OWNERS: &str = "object-owners";

impl Instant {
    /// What was deleted before this moment is past bringing back.
    pub fn end_of_retention(self) -> Self {
        self.plus_days(-KEPT_DAYS)
    }

    /// What was deleted before this moment goes for good.
    pub fn end_of_grace(self) -> Self {
        self.end_of_retention().plus_seconds(-GRACE_SECONDS)
    }
}

impl Registry {
    /// # Errors
    /// The database's.
    pub fn purge_items(&self, tx: &mut Tx, items: &[ItemId]) -> Result<()> {
        self.purges().iter().try_for_each(|purge| (purge.items)(tx, items))
    }

    /// # Errors
    /// The database's.
    pub fn purge_portal(&self, tx: &mut Tx, portal: PortalId) -> Result<()> {
        self.purges().iter().try_for_each(|purge| (purge.portal)(tx, portal))
    }

    /// Those of the keys that any module's row holds.
    ///
    /// # Errors
    /// The database's.
    pub fn known_objects(&self, tx: &mut Tx, keys: &[String]) -> Result<HashSet<String>> {
        let mut known = HashSet::new();
        for owner in self.object_owners() {
            known.extend((owner.known)(tx, keys)?);
        }
        Ok(known)
    }

    /// The owners of this organization's objects that were there once and are not now. Those that are, are remembered.
    ///
    /// # Errors
    /// The database's.
    pub fn missing_owners(&self, tx: &mut Tx) -> Result<Vec<String>> {
        let stored = tx.setting(OWNERS)?.unwrap_or_default();
        let present: Vec<&str> = self.object_owners().iter().map(|owner| owner.name).collect();
        let (all, missing) = owners(&stored, &present);
        if all != stored {
            tx.set_setting(OWNERS, &all)?;
        }
        Ok(missing)
    }
}

/// All that are known by now, and those of them that are not there.
fn owners(stored: &str, present: &[&str]) -> (String, Vec<String>) {
    let present: BTreeSet<&str> = present.iter().copied().collect();
    let before: BTreeSet<&str> = stored.split_whitespace().collect();
    let all: Vec<&str> = before.union(&present).copied().collect();
    (all.join(" "), before.difference(&present).map(|name| (*name).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_that_was_there_once_is_missed() {
        let asked = |stored: &str, present: &[&str]| {
            let (all, missing) = owners(stored, present);
            (all, missing.join(" "))
        };
        let told = |all: &str, missing: &str| (all.to_owned(), missing.to_owned());
        assert_eq!(asked("", &["files", "messages"]), told("files messages", ""));
        assert_eq!(asked("files messages", &["messages", "files"]), told("files messages", ""));
        assert_eq!(asked("files messages", &["files"]), told("files messages", "messages"));
        assert_eq!(asked("messages", &["files"]), told("files messages", "messages"));
    }
}
