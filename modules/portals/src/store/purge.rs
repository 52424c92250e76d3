//! Letting go of what was deleted 30 days ago: items from the leaves of the tree upwards, then the
//! portals that hold nothing any more. Each batch is a transaction of its own; what a crash leaves is
//! found again.

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Among, NewEvent, Purge, Recorded, Registry, Result, Tx, items, per_backend};
use serde_json::json;

use crate::schema::{embeds, links, notes, portals};

/// Items of one transaction.
pub const BATCH: i64 = 100;

#[derive(QueryableByName)]
struct Gone {
    #[diesel(sql_type = sql_types::Binary)]
    id: ItemId,
    #[diesel(sql_type = sql_types::Binary)]
    portal_id: PortalId,
}

/// Deletes the next items for good, and says how many.
///
/// # Errors
/// The database's.
pub fn purge_items(tx: &mut Tx, registry: &Registry) -> Result<Recorded<usize>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_grace());
    // Nothing lies in them any more: a folder goes after its content.
    let statement = "SELECT items.id, items.portal_id FROM items
         JOIN portals ON portals.organization_id = items.organization_id AND portals.id = items.portal_id
         WHERE items.organization_id = $1 AND (items.deleted_at < $2 OR portals.deleted_at < $3)
           AND NOT EXISTS (SELECT 1 FROM items AS inside WHERE inside.organization_id = items.organization_id
                           AND inside.folder_id = items.id)
         LIMIT $4";
    let gone: Vec<Gone> = per_backend!(tx.db(), |connection| {
        sql_query(statement)
            .bind::<sql_types::Binary, _>(organization)
            .bind::<sql_types::BigInt, _>(end)
            .bind::<sql_types::BigInt, _>(end)
            .bind::<sql_types::BigInt, _>(BATCH)
            .load(connection)?
    });
    let Some(first) = gone.first() else { return Ok(tx.unchanged(0)) };
    let event = NewEvent::new(EventKind::ITEMS_PURGED, first.id)
        .in_portal(first.portal_id)
        .with_data(json!({ "count": gone.len() }));
    let ids: Vec<ItemId> = gone.iter().map(|item| item.id).collect();
    registry.purge_items(tx, &ids)?;
    let rows = items::table.filter(items::organization_id.eq(organization)).filter(items::id.among(ids));
    diesel::delete(rows).execute(tx.db())?;
    Ok(tx.record(event)?.with(gone.len()))
}

/// Deletes one portal for good whose items are gone, if there is one.
///
/// # Errors
/// The database's.
pub fn purge_portal(tx: &mut Tx, registry: &Registry) -> Result<Recorded<usize>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_grace());
    let gone: Option<(PortalId, String)> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.lt(end))
        .order(portals::deleted_at)
        .select((portals::id, portals::name))
        .first(tx.db())
        .optional()?;
    let Some((portal, name)) = gone else { return Ok(tx.unchanged(0)) };
    registry.purge_portal(tx, portal)?;
    diesel::delete(portals::table.find((organization, portal))).execute(tx.db())?;
    let event = NewEvent::new(EventKind::PORTAL_PURGED, portal).with_data(json!({ "name": name }));
    Ok(tx.record(event)?.with(1))
}

/// What portals owns of items: the content of notes, links and embeds.
pub fn own() -> Purge {
    Purge { items: purge_contents, portal: |_, _| Ok(()) }
}

fn purge_contents(tx: &mut Tx, of: &[ItemId]) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        notes::table
            .filter(notes::organization_id.eq(organization))
            .filter(notes::item_id.among(of.iter().copied())),
    )
    .execute(tx.db())?;
    diesel::delete(
        links::table
            .filter(links::organization_id.eq(organization))
            .filter(links::item_id.among(of.iter().copied())),
    )
    .execute(tx.db())?;
    diesel::delete(
        embeds::table
            .filter(embeds::organization_id.eq(organization))
            .filter(embeds::item_id.among(of.iter().copied())),
    )
    .execute(tx.db())?;
    Ok(())
}
