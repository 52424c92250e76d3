//! What a client reads. Every statement starts from a predicate: `client_items` or
//! `client_portals`.

use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PortalId, ProjectId};
use portico_kernel::{
    Among, ClientTx, Instant, Looker, NewEvent, Recorded, Result, client_items, client_items_in, events,
    items, sent_by, sent_items,
};
use serde_json::json;

use crate::{
    folder::{Folder, Tree},
    item::{FOLDER, Item, ReadNote},
    schema::{notes, portals},
    store::{
        folders::from_rows,
        items::{ITEM, ids_of_kind},
        notes::{READ_NOTE, note_of_item, pinned_in, pins},
    },
    visibility::client_portals,
};

#[derive(Clone, Debug, Queryable)]
pub struct ClientPortal {
    pub id: PortalId,
    pub name: String,
    pub project: Option<ProjectId>,
    /// As stored: how staff arranged its sections.
    pub sections: String,
}

pub fn all_portals(tx: &mut ClientTx) -> Result<Vec<ClientPortal>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    Ok(client_portals(organization, person)
        .filter(portals::id.among(theirs))
        .order((portals::name, portals::id))
        .select((portals::id, portals::name, portals::project_id, portals::sections))
        .load(tx.db())?)
}

pub fn portal(tx: &mut ClientTx, portal: PortalId) -> Result<ClientPortal> {
    let (organization, person) = tx.sight();
    Ok(client_portals(organization, person)
        .filter(portals::id.eq(portal))
        .select((portals::id, portals::name, portals::project_id, portals::sections))
        .first(tx.db())?)
}

pub fn in_folder(tx: &mut ClientTx, portal: PortalId, folder: Option<ItemId>) -> Result<Vec<Item>> {
    let (organization, person) = tx.sight();
    let all = client_items_in(organization, person, portal).order((items::position, items::id)).select(ITEM);
    Ok(match folder {
        Some(folder) => all.filter(items::folder_id.eq(folder)).load(tx.db())?,
        None => all.filter(items::folder_id.is_null()).load(tx.db())?,
    })
}

/// From the top of the portal down to `folder`.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`] for a folder that this client does not see there.
pub fn path_to(tx: &mut ClientTx, portal: PortalId, folder: Option<ItemId>) -> Result<Vec<Folder>> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let (organization, person) = tx.sight();
    let rows: Vec<(ItemId, Option<ItemId>, String)> = client_items_in(organization, person, portal)
        .filter(items::kind.eq(FOLDER))
        .order((items::position, items::id))
        .select((items::id, items::folder_id, items::name))
        .load(tx.db())?;
    Tree::new(from_rows(rows)).path_to(folder)
}

pub fn note(tx: &mut ClientTx, note: ItemId) -> Result<ReadNote> {
    let (organization, person) = tx.sight();
    Ok(client_items(organization, person)
        .inner_join(note_of_item!())
        .filter(items::id.eq(note))
        .select(READ_NOTE)
        .first(tx.db())?)
}

pub fn pinned_note(tx: &mut ClientTx, portal: PortalId) -> Result<Option<ReadNote>> {
    let (organization, person) = tx.sight();
    Ok(client_items_in(organization, person, portal)
        .inner_join(note_of_item!())
        .filter(items::id.eq_any(pinned_in!(organization, portal)))
        .select(READ_NOTE)
        .first(tx.db())
        .optional()?)
}

/// How many items this client sees in each of the folders among `found`, which are all in this portal.
pub fn child_counts(tx: &mut ClientTx, portal: PortalId, found: &[Item]) -> Result<HashMap<ItemId, i64>> {
    let folders = ids_of_kind(found, FOLDER);
    if folders.is_empty() {
        return Ok(HashMap::new());
    }
    let (organization, person) = tx.sight();
    let counted: Vec<(Option<ItemId>, i64)> = client_items_in(organization, person, portal)
        .filter(items::folder_id.among(folders))
        .group_by(items::folder_id)
        .select((items::folder_id, dsl::count_star()))
        .load(tx.db())?;
    Ok(counted.into_iter().filter_map(|(folder, count)| Some((folder?, count))).collect())
}

/// How many items each granted portal holds.
pub fn item_counts(tx: &mut ClientTx) -> Result<HashMap<PortalId, i64>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    let counted: Vec<(PortalId, i64)> = client_items(organization, person)
        .filter(items::portal_id.among(theirs))
        .group_by(items::portal_id)
        .select((items::portal_id, dsl::count_star()))
        .load(tx.db())?;
    Ok(counted.into_iter().collect())
}

/// When this client last opened each of their portals, as far as their browser told.
pub fn last_views(tx: &mut ClientTx) -> Result<HashMap<PortalId, Instant>> {
    let (organization, person, granted) = (tx.organization(), tx.person(), tx.portals());
    let viewed: Vec<(Option<PortalId>, Option<Instant>)> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::portal_id.among(granted))
        .filter(events::kind.eq(EventKind::PORTAL_VIEWED.name()))
        .filter(events::actor_id.eq(person))
        .group_by(events::portal_id)
        .select((events::portal_id, dsl::max(events::at)))
        .load(tx.db())?;
    Ok(viewed.into_iter().filter_map(|(portal, at)| Some((portal?, at?))).collect())
}

/// The portal and the moment of what was added since `since`, in all granted portals. What somebody
/// sent themselves is no news to them.
pub fn additions_since(tx: &mut ClientTx, since: Instant) -> Result<Vec<(PortalId, Instant)>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    let own = sent_by(organization, person).filter(sent_items::item_id.eq(items::id));
    Ok(client_items(organization, person)
        .filter(items::portal_id.among(theirs))
        .filter(items::created_at.gt(since))
        .filter(dsl::not(dsl::exists(own)))
        .select((items::portal_id, items::created_at))
        .load(tx.db())?)
}

/// Notes that this client opened the portal: at most once in an hour, unless something changed.
pub fn record_view(tx: &mut ClientTx, portal: PortalId) -> Result<Recorded<()>> {
    let (organization, person) = tx.sight();
    let seen = last_views(tx)?.get(&portal).copied();
    let newest: Option<Instant> =
        client_items_in(organization, person, portal).select(dsl::max(items::changed_at)).first(tx.db())?;
    let fresh = seen.is_some_and(|seen| tx.now().seconds_since(seen) < 3_600 && newest < Some(seen));
    if fresh {
        return Ok(tx.unchanged(()));
    }
    tx.record(NewEvent::new(EventKind::PORTAL_VIEWED, portal).in_portal(portal))
}

/// Notes that this client opened a note: at most once in an hour, unless it changed.
pub fn record_note_view(tx: &mut ClientTx, note: &Item, looker: Looker) -> Result<Recorded<()>> {
    let looks = tx.latest_looks(EventKind::ITEM_VIEWED, note.portal, note.id)?;
    if looks.iter().any(|(at, _)| *at > note.changed_at) || looker != Looker::Person {
        return Ok(tx.unchanged(()));
    }
    let data = json!({ "kind": "note", "name": note.name });
    tx.record(NewEvent::new(EventKind::ITEM_VIEWED, note.id).in_portal(note.portal).with_data(data))
}
