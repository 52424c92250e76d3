//! What portals and people are called on the chips.

use std::collections::{BTreeMap, HashMap};

use portico_facts::{PersonId, PortalId};
use portico_search_index::Counts;

use crate::narrowing::Narrowing;

/// Chips of one sort; whoever misses one types another word.
pub const MOST: usize = 6;

/// Whose names the page may show: what stands behind the hits that were found, and nothing else.
pub struct Named {
    pub portals: Vec<PortalId>,
    pub people: Vec<PersonId>,
}

#[derive(Debug, Default)]
pub struct Names {
    pub portals: HashMap<PortalId, String>,
    pub people: HashMap<PersonId, String>,
}

impl Named {
    /// A portal that was chosen is named without a hit, too: whether it may be is asked elsewhere.
    /// A person is not, since nobody could tell whether the viewer may know them (T3).
    pub fn of(counts: &Counts, narrowing: &Narrowing) -> Self {
        let portals = most(&counts.portals).map(|(portal, _)| PortalId::from_bytes(portal));
        let people = most(&counts.authors).map(|(person, _)| PersonId::from_bytes(person));
        Self { portals: portals.chain(narrowing.portal).collect(), people: people.collect() }
    }
}

/// The values with the most hits first.
pub fn most<T: Ord + Clone>(counts: &BTreeMap<T, usize>) -> impl Iterator<Item = (T, usize)> + use<T> {
    let mut sorted: Vec<_> = counts.iter().map(|(value, count)| (value.clone(), *count)).collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted.into_iter().take(MOST)
}
