//! Archiving hides a portal from clients, by the predicate that everything of theirs asks (`granted`). Items and grants
//! keep their rows as they are, so that bringing it back gives everything back.

use diesel::prelude::*;
use portico_facts::{EventKind, PortalId};
use portico_kernel::{Instant, Recorded, Result, Tx};

use super::portals::{Portal, find, portal_event};
use crate::schema::portals;

/// Does nothing to one that is archived already.
///
/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound), also for a deleted one.
pub fn archive(tx: &mut Tx, portal: PortalId) -> Result<Recorded<()>> {
    let Portal { name, archived_at, .. } = find(tx, portal)?;
    if archived_at.is_some() {
        return Ok(tx.unchanged(()));
    }
    let now = tx.now();
    set_archived(tx, portal, Some(now))?;
    portal_event(tx, EventKind::PORTAL_ARCHIVED, portal, &name)
}

/// # Errors
/// As [`archive`].
pub fn unarchive(tx: &mut Tx, portal: PortalId) -> Result<Recorded<()>> {
    let Portal { name, archived_at, .. } = find(tx, portal)?;
    if archived_at.is_none() {
        return Ok(tx.unchanged(()));
    }
    set_archived(tx, portal, None)?;
    portal_event(tx, EventKind::PORTAL_UNARCHIVED, portal, &name)
}

fn set_archived(tx: &mut Tx, portal: PortalId, at: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(portals::table.find((organization, portal)))
        .set(portals::archived_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}
