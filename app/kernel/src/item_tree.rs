//! The tree of items in a portal, as far as several modules share it: portals owns notes, links and
//! folders, files owns files, and both stand in one listing with one order, one way to rename, to
//! move and to delete. This file places a new item and says which items a client may see.

use diesel::{dsl, prelude::*};
use portico_facts::{ItemId, OrganizationId, PersonId, PortalId};

use crate::{
    error::{Error, Result},
    transaction::{ClientTx, Core},
};

use crate::{
    schema::{granted_portals, grants, items, portals, sent_items},
    sent::kept_from,
};

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

/// What is granted to a client: neither revoked nor in a deleted portal. Predicates ask whether it
/// exists for each row that they look at, so that a revocation counts at the very moment of asking
/// (P12) and one portal costs the same for whoever has a thousand. A statement about many portals
/// names them, too (`among(tx.portals())`), or it would look at those of everyone.
#[diesel::dsl::auto_type]
pub fn granted(organization: OrganizationId, person: PersonId) -> _ {
    grants::table
        .inner_join(
            granted_portals::table.on(granted_portals::organization_id
                .eq(grants::organization_id)
                .and(granted_portals::id.eq(grants::portal_id))),
        )
        .filter(grants::organization_id.eq(organization))
        .filter(grants::person_id.eq(person))
        .filter(grants::revoked_at.is_null())
        .filter(granted_portals::deleted_at.is_null())
}

/// What anybody can see of items: those that are not deleted.
#[diesel::dsl::auto_type]
pub fn shown_items(organization: OrganizationId) -> _ {
    items::table.filter(items::organization_id.eq(organization)).filter(items::deleted_at.is_null())
}

/// Without what other clients sent, wherever it lies. Who may look there is still to be asked.
#[diesel::dsl::auto_type]
fn items_not_kept_from(organization: OrganizationId, person: PersonId) -> _ {
    let shown: shown_items = shown_items(organization);
    let others: kept_from = kept_from(organization, person);
    shown.filter(dsl::not(dsl::exists(others.filter(sent_items::item_id.eq(items::id)))))
}

/// THE predicate for items on the client side (T2): what is shown of the portals granted to this
/// client, without what other clients sent there. Pages, downloads, previews and search all start from
/// it.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_items(organization: OrganizationId, person: PersonId) -> _ {
    let shown: items_not_kept_from = items_not_kept_from(organization, person);
    let theirs: granted = granted(organization, person);
    shown.filter(dsl::exists(theirs.filter(grants::portal_id.eq(items::portal_id))))
}

/// The same for the items of one portal: whether it is granted is asked once, and not for each of them.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_items_in(organization: OrganizationId, person: PersonId, portal: PortalId) -> _ {
    let shown: items_not_kept_from = items_not_kept_from(organization, person);
    let theirs: granted = granted(organization, person);
    shown.filter(items::portal_id.eq(portal)).filter(dsl::exists(theirs.filter(grants::portal_id.eq(portal))))
}

impl ClientTx<'_> {
    /// The arguments of [`granted`] and of all predicates made with it.
    pub fn sight(&self) -> (OrganizationId, PersonId) {
        (self.organization(), self.person())
    }
}
