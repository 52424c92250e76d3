//! What staff wait for: the mirror of what waits for a client. The module that has the staff's home gathers it; whoever
//! has the thing lists it and sends the reminder.

use portico_facts::SubjectId;
use portico_ui::Frame;

use crate::{
    clock::Instant,
    error::Result,
    random::Secret,
    transaction::{Recorded, Tx},
};

/// Things of one kind that wait for clients.
#[derive(Clone, Copy)]
pub struct Awaited {
    /// Stands in addresses, and names what was reminded of: never change it.
    pub noun: &'static str,
    /// Of live updates, with spaces between them: what may end the waiting.
    pub topics: &'static str,
    /// At most so many, the longest waiting first, in a fixed number of statements.
    pub list: fn(&mut Tx, &Frame, i64) -> Result<Vec<AwaitedLine>>,
    /// Owes one mail to whoever is waited for; that it is one a day is seen to by the caller.
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) for what is none of these;
    /// [`Error::Conflict`](crate::Error::Conflict) when nobody is waited for any more.
    pub remind: fn(&mut Tx, &Secret, SubjectId) -> Result<Recorded<()>>,
}

pub struct AwaitedLine {
    pub subject: SubjectId,
    /// Who is waited for.
    pub who: String,
    /// For what.
    pub what: String,
    pub href: Option<String>,
    pub since: Instant,
    /// When a mail went out last that the module knows of.
    pub reminded_at: Option<Instant>,
}
