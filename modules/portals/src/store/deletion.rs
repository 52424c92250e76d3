//! Deleting marks: items and everything under them get the same instant, so that Undo brings back
//! exactly that.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Among, Error, Instant, Recorded, Result, Tx, items, portals};

use crate::{
    folder::Tree,
    item::{FOLDER, Item},
    store::{
        folders,
        items::ITEM,
        selection::{find_all, record_each},
    },
};

/// Returns what was there.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`] when one of them is not in this portal.
pub fn delete(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Recorded<Vec<Item>>> {
    let found = find_all(tx, portal, wanted)?;
    let below = folders_from(tx, &found)?;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(
        items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::portal_id.eq(portal))
            .filter(items::deleted_at.is_null())
            .filter(items::id.among(wanted.iter().copied()).or(items::folder_id.among(below))),
    )
    .set(items::deleted_at.eq(now))
    .execute(tx.db())?;
    record_each(tx, EventKind::ITEM_DELETED, found)
}

/// Back where they were, or at the top of the portal when their folder is gone by now. What is not
/// deleted stays as it is.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`] when one of them never was in this portal.
pub fn restore(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Recorded<Vec<Item>>> {
    let ever = find_ever(tx, portal, wanted)?;
    let moments: Vec<Instant> = ever.iter().filter_map(|(_, deleted_at)| *deleted_at).collect();
    let deleted = ever.iter().filter(|(_, deleted_at)| deleted_at.is_some());
    let mut found: Vec<Item> = deleted.map(|(item, _)| item.clone()).collect();
    if found.is_empty() {
        return Ok(tx.unchanged(ever.into_iter().map(|(item, _)| item).collect()));
    }
    let below = folders_from(tx, &found)?;
    let organization = tx.organization();
    diesel::update(
        items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::portal_id.eq(portal))
            .filter(items::deleted_at.among(moments))
            .filter(items::id.among(found.iter().map(|item| item.id)).or(items::folder_id.among(below))),
    )
    .set(items::deleted_at.eq(None::<Instant>))
    .execute(tx.db())?;
    let there = Tree::new(folders::of_portal(tx, portal)?);
    let is_lost = |item: &Item| item.folder.is_some_and(|folder| there.find(folder).is_none());
    let lost: Vec<ItemId> = found.iter().filter(|item| is_lost(item)).map(|item| item.id).collect();
    if !lost.is_empty() {
        diesel::update(
            items::table
                .filter(items::organization_id.eq(organization))
                .filter(items::id.among(lost.iter().copied())),
        )
        .set(items::folder_id.eq(None::<ItemId>))
        .execute(tx.db())?;
        found.iter_mut().filter(|item| lost.contains(&item.id)).for_each(|item| item.folder = None);
    }
    record_each(tx, EventKind::ITEM_RESTORED, found)
}

/// Those that can be brought back.
pub fn deleted(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Vec<Item>> {
    let ever = find_ever(tx, portal, wanted)?;
    Ok(ever.into_iter().filter(|(_, deleted_at)| deleted_at.is_some()).map(|(item, _)| item).collect())
}

/// The portal in which it is, or was.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`].
pub fn portal_of(tx: &mut Tx, item: ItemId) -> Result<PortalId> {
    let organization = tx.organization();
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::id.eq(item))
        .select(items::portal_id)
        .first(tx.db())?)
}

/// There, or to be brought back; a purge may be on its way for what was deleted before.
fn find_ever(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Vec<(Item, Option<Instant>)>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    if !tx.beyond_limit(wanted)?.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(items::table
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(items::organization_id)
                .and(portals::id.eq(items::portal_id))),
        )
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .filter(items::id.among(wanted.iter().copied()))
        .filter(items::deleted_at.is_null().or(items::deleted_at.ge(end)))
        .filter(portals::deleted_at.is_null())
        .order((items::position, items::id))
        .select((ITEM, items::deleted_at))
        .load(tx.db())?)
}

/// The folders whose content shares the items' fate.
fn folders_from(tx: &mut Tx, found: &[Item]) -> Result<Vec<ItemId>> {
    let Some(first) = found.iter().find(|item| item.kind == FOLDER) else { return Ok(Vec::new()) };
    let tree = Tree::new(folders::ever_of_portal(tx, first.portal)?);
    let folders = found.iter().filter(|item| item.kind == FOLDER);
    Ok(folders.flat_map(|folder| tree.subtree(folder.id)).collect())
}

/// An item with everything that was ever under it, for search: it may hear late of what happened, so whatever became of
/// the item since.
pub fn with_everything_below(tx: &mut Tx, item: ItemId) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    let portal: Option<PortalId> = items::table
        .find((organization, item))
        .filter(items::kind.eq(FOLDER))
        .select(items::portal_id)
        .first(tx.db())
        .optional()?;
    let Some(portal) = portal else { return Ok(vec![item]) };
    let below = Tree::new(folders::ever_of_portal(tx, portal)?).subtree(item);
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .filter(items::id.eq(item).or(items::folder_id.among(below)))
        .select(items::id)
        .load(tx.db())?)
}
