//! What a module has to be found.

use portico_facts::{PersonId, PortalId, SubjectId};

use super::Side;
use crate::{
    clock::Instant,
    error::Result,
    event::Event,
    transaction::{ClientTx, Core, Tx},
};

/// Where search documents of some kinds come from, and how hits become lines on a page.
#[derive(Clone, Copy)]
pub struct SearchSource {
    pub name: &'static str,
    /// The documents of this source that an event may have changed.
    pub touched: fn(&mut Tx, &Event) -> Result<Vec<SubjectId>>,
    /// The document as it is now; `None` removes it from the index.
    pub document: fn(&mut Tx, SubjectId) -> Result<Option<SearchDocument>>,
    /// The next ids after `after` in ascending order, for building the index anew.
    pub all: fn(&mut Tx, Option<SubjectId>, i64) -> Result<Vec<SubjectId>>,
    /// Hits again through the guard: whoever may not see one gets no line (T3).
    pub staff_lines: fn(&mut Tx, &[SubjectId]) -> Result<Vec<SearchLine>>,
    pub client_lines: fn(&mut ClientTx, &[SubjectId]) -> Result<Vec<SearchLine>>,
}

pub type Colleagues = fn(&mut ClientTx) -> Result<Vec<PersonId>>;

/// The rooms in which whoever acts is at this moment, on this side.
pub type ClosedRooms = fn(&mut Core, Side) -> Result<Vec<SubjectId>>;

pub struct SearchDocument {
    /// `note`, `link`, `embed`, `folder`, `file`, `message`, `announcement`, `portal`, `project`, `client`, `company`
    pub kind: &'static str,
    pub title: String,
    pub pages: Vec<SearchPage>,
    /// Clients with a grant for this portal find it.
    pub portal: Option<PortalId>,
    /// The clients to whom it is addressed. With a portal: of those with a grant for it, only these
    /// find it, and only while they hold the grant.
    pub people: Vec<PersonId>,
    /// Also those find it who may, at the moment of asking, see what is addressed to these people.
    pub for_colleagues: bool,
    pub reach: Reach,
    pub changed: Instant,
}

/// Which clients find a document beside those whom its portal and its people name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    NoFurther,
    /// Those with a grant for one of these, wherever it lies.
    Portals(Vec<PortalId>),
    /// Those with any grant.
    EveryPortal,
    /// Those who are in this room, and nobody else: neither who has its portal nor other staff.
    Room(SubjectId),
}

pub struct SearchPage {
    pub number: Option<u32>,
    pub text: String,
}

pub struct SearchLine {
    pub subject: SubjectId,
    /// Without a place in it: the search page adds `?page=7&words=quarterly+retainer` where it knows
    /// them, and `MarkedWords` of the interface kit marks such words in a text.
    pub href: String,
    pub icon: &'static str,
    /// Where it was found: the portal's name.
    pub place: Option<String>,
}
