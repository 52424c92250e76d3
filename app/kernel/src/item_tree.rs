//! The tree of items in a portal, as far as several modules share it: portals owns notes, links,
//! embeds and folders, files owns files, and both stand in one listing with one order, one way to
//! rename, to move and to delete. This file places a new item; which items a client may see stands in
//! `visibility.rs`.

use diesel::{dsl, prelude::*};
use portico_facts::{ItemId, PortalId};

use crate::{
    error::{Error, Result},
    schema::{items, portals},
    transaction::Core,
    visibility::shown_items,
};

/// An item that does not exist yet.
pub struct NewItem<'a> {
    pub portal: PortalId,
    pub folder: Option<ItemId>,
    /// `folder`, `note`, `link`, `embed` or the kind of another module.
    pub kind: &'static str,
    /// Shown as it is and escaped; never a path.
    pub name: &'a str,
}

/// Where it went.
#[derive(Clone, Copy, Debug)]
pub struct PlacedItem {
    pub item: ItemId,
    pub portal: PortalId,
}

/// Adds an item at the end of its folder.
///
/// # Errors
/// [`Error::NotFound`] when the portal or the folder is gone or not this organization's.
pub fn place_item(tx: &mut Core, new: NewItem) -> Result<PlacedItem> {
    let (organization, now) = (tx.organization(), tx.now());
    let portal_exists = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(new.portal))
        .filter(portals::deleted_at.is_null());
    if portal_exists.count().get_result::<i64>(tx.db())? == 0 {
        return Err(Error::NotFound);
    }
    if let Some(folder) = new.folder {
        let folder_exists = shown_items(organization)
            .filter(items::portal_id.eq(new.portal))
            .filter(items::id.eq(folder))
            .filter(items::kind.eq("folder"));
        if folder_exists.count().get_result::<i64>(tx.db())? == 0 {
            return Err(Error::NotFound);
        }
    }
    let last: Option<i32> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(new.portal))
        .select(dsl::max(items::position))
        .first(tx.db())?;
    let item = tx.new_id(ItemId::from_bytes);
    diesel::insert_into(items::table)
        .values((
            items::organization_id.eq(organization),
            items::id.eq(item),
            items::portal_id.eq(new.portal),
            items::folder_id.eq(new.folder),
            items::kind.eq(new.kind),
            items::name.eq(new.name),
            items::position.eq(last.map_or(0, |last| last.saturating_add(1))),
            items::created_at.eq(now),
            items::changed_at.eq(now),
        ))
        .execute(tx.db())?;
    Ok(PlacedItem { item, portal: new.portal })
}
