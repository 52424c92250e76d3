//! What a search is narrowed to: one portal, one kind, what one person added, what is recent.

use portico_facts::{PersonId, PortalId};
use portico_kernel::Instant;

use crate::kinds::Kind;

/// All that is given must hold. It gives nobody the right to find anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub portal: Option<PortalId>,
    pub kind: Option<&'static Kind>,
    pub author: Option<PersonId>,
    pub since: Option<Since>,
}

/// How long ago something changed, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    Week,
    Month,
    Year,
}

impl Narrowing {
    /// As fields of an address or a form.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let portal = self.portal.map(|portal| ("portal", portal.to_string()));
        let kind = self.kind.map(|kind| ("kind", kind.name.to_owned()));
        let author = self.author.map(|author| ("by", author.to_string()));
        let since = self.since.map(|since| ("since", since.name().to_owned()));
        [portal, kind, author, since].into_iter().flatten().collect()
    }

    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Since {
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Year];

    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|since| since.name() == name)
    }

    pub fn begin(self, now: Instant) -> Instant {
        now.plus_days(match self {
            Self::Week => -7,
            Self::Month => -30,
            Self::Year => -365,
        })
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Week => "search-since-week",
            Self::Month => "search-since-month",
            Self::Year => "search-since-year",
        }
    }
}
