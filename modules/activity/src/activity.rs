//! What a page shows.

use portico_facts::{ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::Instant;

use crate::deed::{Deed, Details};

/// What can be asked about: the nouns of `add.sight` of which it is noted who looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noun {
    Portal,
    Item,
    Document,
}

impl Noun {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "portal" => Some(Self::Portal),
            "item" => Some(Self::Item),
            "document" => Some(Self::Document),
            _ => None,
        }
    }
}

/// Events that speak of a thing. An item has those of two kinds, each asked for by itself: in one statement neither
/// database would find them by an index for sure.
#[derive(Clone, Copy, Debug)]
pub enum Speaking {
    /// Of all that lies in it, too.
    Portal(PortalId),
    Subject(SubjectId),
    /// Archives of everything in the item's portal since it came, or of what names it.
    Archives {
        item: ItemId,
        portal: PortalId,
        since: Instant,
    },
}

/// Who looked at a thing.
pub struct Activity {
    pub noun: Noun,
    pub name: String,
    /// `file`, `note`, `invoice`.
    pub kind: String,
    pub subject: SubjectId,
    pub href: String,
    pub looks: Vec<Look>,
    /// Who has it, and of whom nothing is known.
    pub missing: Vec<Someone>,
}

pub struct Someone {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

pub struct Look {
    /// The event's.
    pub id: i64,
    pub at: Instant,
    pub who: String,
    pub deed: Deed,
    pub details: Details,
    /// What it was, on the page of a portal.
    pub what: Option<String>,
}

/// What a client is told of.
pub struct Happened {
    /// The event's.
    pub id: i64,
    pub at: Instant,
    pub news: News,
    pub name: String,
    pub by: Doer,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doer {
    Reader,
    /// Clients are told of no other client, and of staff no more than on other pages.
    SomebodyElse,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    Added {
        item: ItemId,
        kind: String,
    },
    /// Another version is shown under the same name.
    Renewed {
        item: ItemId,
    },
    /// Of another module.
    Other {
        words: &'static str,
        icon: &'static str,
    },
}
