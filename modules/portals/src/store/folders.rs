use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Name, NewEvent, NewItem, Recorded, Result, Tx, items, place_item};
use serde_json::json;

use crate::{
    folder::{Folder, Tree},
    item::FOLDER,
    store::items::staff_items,
};

/// The folders of a portal, in the order of its listings.
pub fn of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<Folder>> {
    let organization = tx.organization();
    let rows: Vec<(ItemId, Option<ItemId>, String)> = staff_items!(organization)
        .filter(items::portal_id.eq(portal))
        .filter(items::kind.eq(FOLDER))
        .order((items::position, items::id))
        .select((items::id, items::folder_id, items::name))
        .load(tx.db())?;
    Ok(from_rows(rows))
}

/// From the top of the portal down to `folder`.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`] for a folder that is not there.
pub fn path_to(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>) -> Result<Vec<Folder>> {
    match folder {
        Some(folder) => Tree::new(of_portal(tx, portal)?).path_to(folder),
        None => Ok(Vec::new()),
    }
}

/// Deleted ones too, for what happens to everything under one of them.
pub fn ever_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<Folder>> {
    let organization = tx.organization();
    let rows: Vec<(ItemId, Option<ItemId>, String)> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .filter(items::kind.eq(FOLDER))
        .select((items::id, items::folder_id, items::name))
        .load(tx.db())?;
    Ok(from_rows(rows))
}

pub fn from_rows(rows: Vec<(ItemId, Option<ItemId>, String)>) -> Vec<Folder> {
    rows.into_iter().map(|(id, parent, name)| Folder { id, parent, name }).collect()
}

/// Whether a folder of this name is already there; the database compares exactly.
pub fn is_taken(
    tx: &mut Tx,
    portal: PortalId,
    folder: Option<ItemId>,
    name: &str,
    besides: Option<ItemId>,
) -> Result<bool> {
    let twins = of_portal(tx, portal)?;
    Ok(twins.iter().any(|twin| twin.parent == folder && twin.name == name && besides != Some(twin.id)))
}

/// # Errors
/// [`portico_kernel::Error::NotFound`] when the portal or the folder around it is gone; the inner
/// one is the key of what to say at the name.
pub fn add(
    tx: &mut Tx,
    portal: PortalId,
    folder: Option<ItemId>,
    name: &Name,
) -> Result<Recorded<Result<ItemId, &'static str>>> {
    let tree = Tree::new(of_portal(tx, portal)?);
    if let Err(key) = tree.may_hold_new(folder) {
        return Ok(tx.unchanged(Err(key)));
    }
    if is_taken(tx, portal, folder, name.as_str(), None)? {
        return Ok(tx.unchanged(Err("portals-folder-taken")));
    }
    let placed = place_item(tx, NewItem { portal, folder, kind: FOLDER, name: name.as_str() })?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(portal)
        .with_data(json!({ "name": name.as_str(), "kind": FOLDER }));
    Ok(tx.record(event)?.with(Ok(placed.item)))
}
