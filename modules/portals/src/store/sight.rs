//! Who sees which portals and items: whom the predicates let see them, and who gave what to whom.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use portico_facts::{ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{
    Among, Instant, Result, Tx, Viewers, each, items, people, portals as around, sent_items, viewers_of,
};

use crate::{
    schema::{grants, portals},
    store::items::staff_items,
    visibility,
};

#[derive(Queryable)]
pub struct NamedPortal {
    pub id: PortalId,
    pub name: String,
    pub deleted_at: Option<Instant>,
    pub archived_at: Option<Instant>,
}

#[derive(Queryable)]
pub struct NamedItem {
    pub id: ItemId,
    pub folder: Option<ItemId>,
    pub kind: String,
    pub name: String,
    pub deleted_at: Option<Instant>,
    pub portal: NamedPortal,
    /// The client who sent it.
    pub sender: Option<String>,
}

/// Deleted ones too.
///
/// # Errors
/// The database's.
pub fn named_portals(tx: &mut Tx, ids: &[SubjectId]) -> Result<Vec<NamedPortal>> {
    let organization = tx.organization();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.among(ids.iter().copied()))
        .order(portals::id)
        .select((portals::id, portals::name, portals::deleted_at, portals::archived_at))
        .load(tx.db())?)
}

/// Deleted ones too.
///
/// # Errors
/// The database's.
pub fn named_items(tx: &mut Tx, ids: &[SubjectId]) -> Result<Vec<NamedItem>> {
    let organization = tx.organization();
    let its_portal = around::organization_id.eq(items::organization_id).and(around::id.eq(items::portal_id));
    let its_sending =
        sent_items::organization_id.eq(items::organization_id).and(sent_items::item_id.eq(items::id));
    let its_sender =
        people::organization_id.eq(items::organization_id).and(people::id.eq(sent_items::person_id));
    Ok(items::table
        .inner_join(around::table.on(its_portal))
        .left_join(sent_items::table.on(its_sending))
        .left_join(people::table.on(its_sender))
        .filter(items::organization_id.eq(organization))
        .filter(items::id.among(ids.iter().copied()))
        .order(items::id)
        .select((
            items::id,
            items::folder_id,
            items::kind,
            items::name,
            items::deleted_at,
            (around::id, around::name, around::deleted_at, around::archived_at),
            people::name.nullable(),
        ))
        .load(tx.db())?)
}

/// Of all kinds, from below a folder as from the top.
///
/// # Errors
/// The database's.
pub fn items_after(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    Ok(staff_items!(organization)
        .filter(items::id.gt(after))
        .order(items::id)
        .limit(limit)
        .select(items::id)
        .load(tx.db())?)
}

/// Whom the predicate for portals lets see these.
///
/// # Errors
/// The database's.
pub fn portal_viewers(tx: &mut Tx, ids: &[SubjectId]) -> Result<Viewers<PortalId>> {
    let organization = tx.organization();
    let pairs: Vec<(PortalId, PersonId)> = visibility::each::client_portals(organization, people::id)
        .inner_join(people::table.on(people::organization_id.eq(portals::organization_id)))
        .filter(portals::id.among(ids.iter().copied()))
        .select((portals::id, people::id))
        .load(tx.db())?;
    Ok(viewers_of(pairs))
}

/// Whom the predicate for items lets see these.
///
/// # Errors
/// The database's.
pub fn item_viewers(tx: &mut Tx, ids: &[SubjectId]) -> Result<Viewers<ItemId>> {
    let organization = tx.organization();
    let pairs: Vec<(ItemId, PersonId)> = each::client_items(organization, people::id)
        .inner_join(people::table.on(people::organization_id.eq(items::organization_id)))
        .filter(items::id.among(ids.iter().copied()))
        .select((items::id, people::id))
        .load(tx.db())?;
    Ok(viewers_of(pairs))
}

/// How somebody came to have a portal, or lost it again.
#[derive(Queryable)]
pub struct Gift {
    pub portal: PortalId,
    pub person: PersonId,
    pub at: Instant,
    pub by: Option<String>,
    pub revoked_at: Option<Instant>,
}

pub type Gifts = BTreeMap<PersonId, Gift>;

/// Of each of these portals, by who has it or had it.
///
/// # Errors
/// The database's.
pub fn gifts(tx: &mut Tx, of: BTreeSet<PortalId>) -> Result<BTreeMap<PortalId, Gifts>> {
    let organization = tx.organization();
    let giver =
        people::organization_id.eq(grants::organization_id).and(people::id.nullable().eq(grants::granted_by));
    let found: Vec<Gift> = grants::table
        .left_join(people::table.on(giver))
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.among(of))
        .select((
            grants::portal_id,
            grants::person_id,
            grants::granted_at,
            people::name.nullable(),
            grants::revoked_at,
        ))
        .load(tx.db())?;
    let mut gifts: BTreeMap<PortalId, Gifts> = BTreeMap::new();
    for gift in found {
        gifts.entry(gift.portal).or_default().insert(gift.person, gift);
    }
    Ok(gifts)
}
