//! What stands in a person's navigation.

use portico_ui::NavigationCount;

use super::Registry;
use crate::{
    access::{Access, Person, Role},
    error::Result,
    module::{Count, Counted, Navigation, Shown},
    transaction::{ClientTx, Tx},
};

/// An entry of the navigation that is only there, or has a number, because of what is behind it.
#[derive(Clone)]
pub(crate) struct Filled {
    href: &'static str,
    count: Option<NavigationCount>,
}

impl Filled {
    fn counted(entry: &Navigation, counted: &Counted, number: u64) -> Self {
        let count = NavigationCount { number, topic: counted.topic, href: counted.href };
        Self { href: entry.href, count: Some(count) }
    }
}

impl Registry {
    /// `filled`: what [`Registry::client_navigation`] or [`Registry::staff_navigation`] found for this person.
    pub(crate) fn navigation(
        &self,
        person: &Person,
        filled: &[Filled],
    ) -> impl Iterator<Item = (&Navigation, Option<NavigationCount>)> {
        let entries = self.added.navigation.iter().filter(move |(entry, shown)| {
            let is_for_them = match entry.access {
                Access::Staff(permission) => person.may(permission),
                Access::Client => person.role == Role::Client,
                Access::Open | Access::Public => true,
            };
            let found = filled.iter().any(|filled| filled.href == entry.href);
            is_for_them && (matches!(shown, Shown::Always) || found)
        });
        entries.map(|(entry, _)| {
            let found = filled.iter().find(|filled| filled.href == entry.href);
            (entry, found.and_then(|filled| filled.count))
        })
    }

    /// Those entries that stand in a client's navigation because something is behind them.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn client_navigation(&self, tx: &mut ClientTx) -> Result<Vec<Filled>> {
        let mut filled = Vec::new();
        for (entry, shown) in &self.added.navigation {
            match shown {
                Shown::When(holds_something) if holds_something(tx)? => {
                    filled.push(Filled { href: entry.href, count: None });
                }
                Shown::Counted(counted) => {
                    if let Count::Client(count) = counted.count
                        && let Some(number) = count(tx)?
                    {
                        filled.push(Filled::counted(entry, counted, number));
                    }
                }
                Shown::Always | Shown::When(_) => {}
            }
        }
        Ok(filled)
    }

    /// Those entries of staff's navigation that have a number.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn staff_navigation(&self, person: &Person, tx: &mut Tx) -> Result<Vec<Filled>> {
        let mut filled = Vec::new();
        for (entry, shown) in &self.added.navigation {
            if let Shown::Counted(counted) = shown
                && let (Count::Staff(count), Access::Staff(permission)) = (counted.count, entry.access)
                && person.may(permission)
            {
                filled.push(Filled::counted(entry, counted, count(tx)?));
            }
        }
        Ok(filled)
    }
}
