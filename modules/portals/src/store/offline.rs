//! Copies of portals that open without a server: for whom, and that one was made.

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, PortalId};
use portico_kernel::{Core, NewEvent, Recorded, Result, Tx, grants, people};

/// Clients who see this portal, by name. The portal must be there, and not be archived.
pub fn holders(tx: &mut Tx, portal: PortalId) -> Result<Vec<(PersonId, String)>> {
    let organization = tx.organization();
    Ok(grants::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(grants::organization_id)
                .and(people::id.eq(grants::person_id))),
        )
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(portal))
        .filter(grants::revoked_at.is_null())
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name))
        .load(tx.db())?)
}

/// For the audit log (T18): by whoever is signed in, as they see it, or as a client does.
pub fn record(tx: &mut Core, portal: PortalId, seen_by: Option<PersonId>) -> Result<Recorded<()>> {
    let event = NewEvent::new(EventKind::PORTAL_COPIED, portal).in_portal(portal);
    tx.record(match seen_by {
        Some(client) => event.about(client),
        None => event,
    })
}
