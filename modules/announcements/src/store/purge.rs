//! A portal that goes for good takes with it that something was for it.

use diesel::prelude::*;
use portico_facts::PortalId;
use portico_kernel::{Purge, Result, Tx};

use crate::schema::announcement_portals;

pub fn purge() -> Purge {
    Purge { items: |_, _| Ok(()), portal: purge_portal }
}

/// What was announced to its clients alone is seen by nobody any more, and stays with staff.
fn purge_portal(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let gone = announcement_portals::table
        .filter(announcement_portals::organization_id.eq(organization))
        .filter(announcement_portals::portal_id.eq(portal));
    diesel::delete(gone).execute(tx.db())?;
    Ok(())
}
