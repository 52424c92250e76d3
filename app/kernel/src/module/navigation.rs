//! Entries of the navigation.

use crate::{
    access::Access,
    error::Result,
    transaction::{ClientTx, Tx},
};

/// An entry in the navigation of staff or of clients.
#[derive(Clone, Copy)]
pub struct Navigation {
    pub access: Access,
    pub href: &'static str,
    /// Another address whose pages belong here, such as `/portals/:portal/messages`.
    pub also: Option<&'static str>,
    /// A message of the catalogues.
    pub label: &'static str,
    pub icon: &'static str,
    /// Entries stand in ascending order.
    pub order: i16,
}

pub type HoldsSomething = fn(&mut ClientTx) -> Result<bool>;

#[derive(Clone, Copy)]
pub(crate) enum Shown {
    Always,
    When(HoldsSomething),
    Counted(Counted),
}

/// What waits behind an entry of the navigation.
#[derive(Clone, Copy)]
pub struct Counted {
    /// Of live updates: what makes it another number.
    pub topic: &'static str,
    /// Answers a partial request with the number alone (`navigation_count` of the interface kit).
    pub href: &'static str,
    pub count: Count,
}

#[derive(Clone, Copy)]
pub enum Count {
    Staff(fn(&mut Tx) -> Result<u64>),
    /// `None` where nothing is behind the entry, so that it does not stand there (P9).
    Client(fn(&mut ClientTx) -> Result<Option<u64>>),
}
