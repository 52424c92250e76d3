//! What a client is told of what happened in a portal of theirs, beside its items: the module of whatever it was says
//! what they may see of it, at the moment of asking.

use portico_facts::{EventKind, PortalId, SubjectId};

use crate::{error::Result, transaction::ClientTx};

/// Things of one kind.
#[derive(Clone, Copy)]
pub struct Happening {
    /// Recorded in the portal.
    pub kind: EventKind,
    /// A message of the catalogues.
    pub words: &'static str,
    pub icon: &'static str,
    /// Of which things in the portal it may be told, with their names. They are few: a statement lists them.
    pub seen: fn(&mut ClientTx, PortalId) -> Result<Named>,
}

type Named = Vec<(SubjectId, String)>;
