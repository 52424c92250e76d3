//! Who can see a thing, and why (P15). Each module says so of its own, by the predicates that its pages for
//! clients ask (`each`, see [`predicates!`](crate::predicates)), and knows nothing of whether somebody can
//! sign in at all.

use std::collections::{BTreeMap, BTreeSet};

use portico_facts::{PersonId, SubjectId};
use portico_ui::Text;

use crate::{error::Result, transaction::Tx};

/// Of things of one kind.
#[derive(Clone, Copy)]
pub struct Sight {
    /// As it stands in addresses: `portal`.
    pub noun: &'static str,
    /// The next ids after this one, in their order, of all that are there.
    pub all: fn(&mut Tx, Option<SubjectId>, i64) -> Result<Vec<SubjectId>>,
    /// These, in a fixed number of statements, deleted ones too; what is not the organization's is left out.
    pub seen: fn(&mut Tx, &[SubjectId], Text) -> Result<Vec<Seen>>,
}

/// A thing, with those who see it.
pub struct Seen {
    pub subject: SubjectId,
    /// For programs: `credit-note`.
    pub kind: String,
    pub name: String,
    /// The name of the portal that it lies in.
    pub portal: Option<String>,
    /// Its page for staff.
    pub href: String,
    /// Why no client sees it, where that has a reason.
    pub hidden: Option<String>,
    pub by: Vec<Reason>,
    /// Who might be expected to see it, and does not.
    pub not_by: Vec<Reason>,
}

/// Who sees each thing; what nobody sees is left out.
pub type Viewers<Id> = BTreeMap<Id, BTreeSet<PersonId>>;

/// Of what a predicate in `each` found: things, each with one who sees it.
pub fn viewers_of<Id: Ord>(pairs: Vec<(Id, PersonId)>) -> Viewers<Id> {
    let mut viewers: Viewers<Id> = BTreeMap::new();
    for (thing, person) in pairs {
        viewers.entry(thing).or_default().insert(person);
    }
    viewers
}

/// Why somebody does, or does not.
pub struct Reason {
    pub person: PersonId,
    /// In the reader's language.
    pub words: String,
}
