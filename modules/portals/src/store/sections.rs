//! How the sections of a portal's page are arranged. It is the page of its clients that changes, and nobody's access.

use diesel::prelude::*;
use portico_facts::{EventKind, PortalId};
use portico_kernel::{Either, Recorded, Result, SectionPlan, Tx};

use super::portals::{find, portal_event};
use crate::schema::portals;

/// With every section that there is.
///
/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound)
pub fn plan(tx: &mut Tx, portal: PortalId, known: &[&'static str]) -> Result<SectionPlan> {
    find(tx, portal)?;
    Ok(stored(tx, portal)?.completed(known))
}

fn stored(tx: &mut Tx, portal: PortalId) -> Result<SectionPlan> {
    let stored: String =
        portals::table.find((tx.organization(), portal)).select(portals::sections).first(tx.db())?;
    Ok(SectionPlan::read(&stored))
}

/// The whole plan is written anew: whoever else changes it waits until it is. SQLite has one writer.
fn hold(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
        portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.eq(portal))
            .select(portals::id)
            .for_update()
            .load::<PortalId>(connection)?;
    }
    Ok(())
}

/// # Errors
/// As [`plan`].
pub fn arrange(
    tx: &mut Tx,
    portal: PortalId,
    known: &[&'static str],
    change: impl FnOnce(&mut SectionPlan),
) -> Result<Recorded<()>> {
    hold(tx, portal)?;
    let name = find(tx, portal)?.name;
    let before = stored(tx, portal)?.completed(known);
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(tx.unchanged(()));
    }
    let organization = tx.organization();
    diesel::update(portals::table.find((organization, portal)))
        .set(portals::sections.eq(after.stored()))
        .execute(tx.db())?;
    portal_event(tx, EventKind::PORTAL_CHANGED, portal, &name)
}
