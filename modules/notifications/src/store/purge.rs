//! What goes for good leaves no line in anybody's list.

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Among, Purge, Result, Tx};

use crate::schema::notifications;

pub fn purge() -> Purge {
    Purge { items: purge_items, portal: purge_portal }
}

fn purge_items(tx: &mut Tx, items: &[ItemId]) -> Result<()> {
    let organization = tx.organization();
    let gone = notifications::table
        .filter(notifications::organization_id.eq(organization))
        .filter(notifications::item.among(items.iter().copied()));
    diesel::delete(gone).execute(tx.db())?;
    Ok(())
}

fn purge_portal(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let gone = notifications::table
        .filter(notifications::organization_id.eq(organization))
        .filter(notifications::portal.eq(portal));
    diesel::delete(gone).execute(tx.db())?;
    Ok(())
}
