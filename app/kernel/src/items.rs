//! The tree of items in a portal, as far as several modules share it: portals owns notes, links and
//! folders, files owns files, and both stand in one listing with one order, one way to rename, to
//! move and to delete. This file places a new item and says which items a client may see.

use diesel::{dsl, prelude::*};
use portico_facts::{ItemId, PortalId};

use crate::{
    error::{Error, Result},
    transaction::{ClientTx, Core},
};

pub use crate::schema::items;

/// The items that exist, by id and with everything that a query may add.
macro_rules! live_items {
    ($organization:expr) => {
        items::table.filter(items::organization_id.eq($organization)).filter(items::deleted_at.is_null())
    };
}

/// An item that does not exist yet.
pub struct NewItem<'a> {
    pub portal: PortalId,
    pub folder: Option<ItemId>,
    /// `folder`, `note`, `link` or the kind of another module.
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
    use crate::schema::portals;
    let (organization, now) = (tx.organization(), tx.now());
    let portal_exists = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(new.portal))
        .filter(portals::deleted_at.is_null());
    if portal_exists.count().get_result::<i64>(tx.db())? == 0 {
        return Err(Error::NotFound);
    }
    if let Some(folder) = new.folder {
        let folder_exists = live_items!(organization)
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

/// THE predicate for items on the client side (T2): everything in the portals granted to this
/// client that is not deleted. Pages, downloads, previews and search all start from it.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_items(organization: portico_facts::OrganizationId, portals: Vec<PortalId>) -> _ {
    items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq_any(portals))
        .filter(items::deleted_at.is_null())
}

impl ClientTx<'_> {
    /// The arguments of the predicates in every `visibility.rs`.
    pub fn sight(&self) -> (portico_facts::OrganizationId, Vec<PortalId>) {
        (self.organization(), self.portals())
    }
}
