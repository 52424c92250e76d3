//! What is done to several items of one portal at once, all or nothing.

use std::collections::HashSet;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Among, Error, Recorded, Result, Tx, items};

use crate::{
    folder::Tree,
    item::{FOLDER, Item},
    order::Placed,
    store::{
        folders,
        items::{ITEM, changed, last_place, set_places, staff_items},
    },
};

/// In the order of the listing.
///
/// # Errors
/// [`Error::NotFound`] when one of them is not there, or is in another portal.
pub fn find_all(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Vec<Item>> {
    let organization = tx.organization();
    let found: Vec<Item> = staff_items!(organization)
        .filter(items::portal_id.eq(portal))
        .filter(items::id.among(wanted.iter().copied()))
        .order((items::position, items::id))
        .select(ITEM)
        .load(tx.db())?;
    let distinct: HashSet<ItemId> = wanted.iter().copied().collect();
    if !tx.beyond_limit(wanted)?.is_empty() {
        return Err(Error::NotFound);
    }
    if found.is_empty() || found.len() != distinct.len() { Err(Error::NotFound) } else { Ok(found) }
}

/// To the end of the folder, in the order that they had; returns those that moved, as they were.
///
/// # Errors
/// [`Error::NotFound`]; the inner one is the key of what to say at the folder.
pub fn move_into(
    tx: &mut Tx,
    portal: PortalId,
    wanted: &[ItemId],
    folder: Option<ItemId>,
) -> Result<Recorded<Result<Vec<Item>, &'static str>>> {
    let mut moving = find_all(tx, portal, wanted)?;
    moving.retain(|item| item.folder != folder);
    if moving.is_empty() {
        return Ok(tx.unchanged(Ok(moving)));
    }
    let all = folders::of_portal(tx, portal)?;
    let mut taken: HashSet<String> =
        all.iter().filter(|other| other.parent == folder).map(|other| other.name.clone()).collect();
    let tree = Tree::new(all);
    for item in &moving {
        if let Err(key) = tree.may_move(item.id, folder) {
            return Ok(tx.unchanged(Err(key)));
        }
        if item.kind == FOLDER && !taken.insert(item.name.clone()) {
            return Ok(tx.unchanged(Err("portals-folder-taken")));
        }
    }
    let (organization, last) = (tx.organization(), last_place(tx, portal)?);
    diesel::update(
        items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.among(moving.iter().map(|item| item.id))),
    )
    .set(items::folder_id.eq(folder))
    .execute(tx.db())?;
    let places = (1..).map(|step| last.saturating_add(step));
    let placed: Vec<Placed> = moving.iter().map(|item| item.id).zip(places).collect();
    set_places(tx, &placed)?;
    record_each(tx, EventKind::ITEM_CHANGED, moving).map(|recorded| recorded.map(Ok))
}

/// One event for each: it is the item's own history.
pub fn record_each(tx: &mut Tx, kind: EventKind, items: Vec<Item>) -> Result<Recorded<Vec<Item>>> {
    let mut recorded = tx.unchanged(());
    for item in &items {
        recorded = changed(tx, kind, item, &item.name)?;
    }
    Ok(recorded.with(items))
}
