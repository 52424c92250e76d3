//! Deleting marks: an item and everything under it gets the same instant, so that Undo brings back
//! exactly that.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId};
use portico_kernel::{Among, Instant, Recorded, Result, Tx, items, portals};

use crate::{
    folder::Tree,
    item::{FOLDER, Item},
    store::{
        folders,
        items::{ITEM, changed, find},
    },
};

pub fn delete(tx: &mut Tx, item: ItemId) -> Result<Recorded<Item>> {
    let found = find(tx, item)?;
    let below = folders_from(tx, &found)?;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(
        items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::portal_id.eq(found.portal))
            .filter(items::deleted_at.is_null())
            .filter(items::id.eq(item).or(items::folder_id.among(below))),
    )
    .set(items::deleted_at.eq(now))
    .execute(tx.db())?;
    let name = found.name.clone();
    Ok(changed(tx, EventKind::ITEM_DELETED, &found, &name)?.with(found))
}

/// Back where it was, or at the top of the portal when its folder is gone by now.
pub fn restore(tx: &mut Tx, item: ItemId) -> Result<Recorded<Item>> {
    let (mut found, deleted_at) = find_ever(tx, item)?;
    let Some(deleted_at) = deleted_at else { return Ok(tx.unchanged(found)) };
    let below = folders_from(tx, &found)?;
    let organization = tx.organization();
    diesel::update(
        items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::portal_id.eq(found.portal))
            .filter(items::deleted_at.eq(deleted_at))
            .filter(items::id.eq(item).or(items::folder_id.among(below))),
    )
    .set(items::deleted_at.eq(None::<Instant>))
    .execute(tx.db())?;
    if let Some(folder) = found.folder
        && find(tx, folder).is_err()
    {
        diesel::update(items::table.find((organization, item)))
            .set(items::folder_id.eq(None::<ItemId>))
            .execute(tx.db())?;
        found.folder = None;
    }
    let name = found.name.clone();
    Ok(changed(tx, EventKind::ITEM_RESTORED, &found, &name)?.with(found))
}

/// Its name, if it can be brought back.
pub fn deleted_name(tx: &mut Tx, item: ItemId) -> Result<Option<String>> {
    match find_ever(tx, item) {
        Ok((found, deleted_at)) => Ok(deleted_at.map(|_| found.name)),
        Err(portico_kernel::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn find_ever(tx: &mut Tx, item: ItemId) -> Result<(Item, Option<Instant>)> {
    let organization = tx.organization();
    Ok(items::table
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(items::organization_id)
                .and(portals::id.eq(items::portal_id))),
        )
        .filter(items::organization_id.eq(organization))
        .filter(items::id.eq(item))
        .filter(portals::deleted_at.is_null())
        .select((ITEM, items::deleted_at))
        .first(tx.db())?)
}

/// The folders whose content shares the item's fate.
fn folders_from(tx: &mut Tx, item: &Item) -> Result<Vec<ItemId>> {
    if item.kind != FOLDER {
        return Ok(Vec::new());
    }
    Ok(Tree::new(folders::ever_of_portal(tx, item.portal)?).subtree(item.id))
}

/// An item with everything that was ever under it, for search.
pub fn with_everything_below(tx: &mut Tx, item: ItemId) -> Result<Vec<ItemId>> {
    let Ok((found, _)) = find_ever(tx, item) else { return Ok(vec![item]) };
    let below = folders_from(tx, &found)?;
    if below.is_empty() {
        return Ok(vec![item]);
    }
    let organization = tx.organization();
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(found.portal))
        .filter(items::id.eq(item).or(items::folder_id.among(below)))
        .select(items::id)
        .load(tx.db())?)
}
