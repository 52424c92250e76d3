use std::collections::HashMap;

use diesel::{dsl, prelude::*, sql_types::BigInt};
use portico_facts::{EventKind, ItemId, OrganizationId, PortalId};
use portico_kernel::{Db, NewEvent, NewItem, NewJob, Recorded, Result, Tx, items, place_item, portals};
use serde_json::json;

use crate::{
    file::ReadingState,
    file_name::{ClientPath, FileName},
    jobs::{FILES_READ, ReadFile},
    schema::files,
};

/// The items of one kind that exist in a portal.
macro_rules! live_items {
    ($organization:expr, $portal:expr, $kind:literal) => {
        items::table
            .filter(items::organization_id.eq($organization))
            .filter(items::portal_id.eq($portal))
            .filter(items::kind.eq($kind))
            .filter(items::deleted_at.is_null())
    };
}
/// The folder that is open; `None` at the top of the portal.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub portal: PortalId,
    pub folder: Option<ItemId>,
}

/// What lies in the object store already, durably, and has no row yet.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub key: String,
    pub size: u64,
    pub media_type: &'static str,
    pub sha256: [u8; 32],
    pub reading: ReadingState,
}

/// A file that has its row.
#[derive(Clone, Debug)]
pub struct Kept {
    pub item: ItemId,
    pub name: FileName,
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when portal or folder is gone, or not this organization's.
pub fn check_place(tx: &mut Tx, place: Place) -> Result<()> {
    let organization = tx.organization();
    let _: PortalId = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(place.portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::id)
        .first(tx.db())?;
    if let Some(folder) = place.folder {
        let _: ItemId = live_items!(organization, place.portal, "folder")
            .filter(items::id.eq(folder))
            .select(items::id)
            .first(tx.db())?;
    }
    Ok(())
}

/// The folders of `path` that are missing, the item, its row, its event and the reading of its
/// text, all or nothing.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when portal or folder went away during the upload.
pub fn add_file(tx: &mut Tx, place: Place, path: &ClientPath, new: &NewFile) -> Result<Recorded<Kept>> {
    await_other_uploads(tx, place.portal)?;
    let folder = folder_for(tx, place, &path.folders)?;
    let name = free_name(tx, Place { folder, ..place }, &path.name)?;
    let placed = place_item(tx, NewItem { portal: place.portal, folder, kind: "file", name: name.as_str() })?;
    let organization = tx.organization();
    diesel::insert_into(files::table)
        .values((
            files::organization_id.eq(organization),
            files::item_id.eq(placed.item),
            files::object_key.eq(&new.key),
            files::size.eq(i64::try_from(new.size).unwrap_or(i64::MAX)),
            files::media_type.eq(new.media_type),
            files::sha256.eq(new.sha256.as_slice()),
            files::reading.eq(new.reading.name()),
        ))
        .execute(tx.db())?;
    if new.reading == ReadingState::Pending {
        tx.enqueue(NewJob { kind: FILES_READ, payload: ReadFile { item: placed.item } })?;
    }
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(place.portal)
        .with_data(json!({ "kind": "file", "name": name.as_str(), "size": new.size }));
    Ok(tx.record(event)?.with(Kept { item: placed.item, name }))
}

/// The files of one folder arrive several at a time, and each looks for the same missing folders
/// and free names. SQLite has one writer; on PostgreSQL they queue at their portal's row.
fn await_other_uploads(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    if let Db::Postgres(connection) = tx.db() {
        portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.eq(portal))
            .select(portals::id)
            .for_update()
            .load::<PortalId>(connection)?;
    }
    Ok(())
}

/// The folder at the end of `folders` below the open one; each is the one that has this name
/// already, or a new one.
fn folder_for(tx: &mut Tx, place: Place, folders: &[FileName]) -> Result<Option<ItemId>> {
    if folders.is_empty() {
        return Ok(place.folder);
    }
    let organization = tx.organization();
    let existing: Vec<(Option<ItemId>, String, ItemId)> = live_items!(organization, place.portal, "folder")
        .order(items::position.desc())
        .select((items::folder_id, items::name, items::id))
        .load(tx.db())?;
    // Of several with the same name the first in the listing wins, being the last put in here.
    let existing: HashMap<_, _> = existing.into_iter().map(|(above, name, id)| ((above, name), id)).collect();
    let mut open = place.folder;
    for folder in folders {
        open = match existing.get(&(open, folder.to_string())) {
            Some(id) => Some(*id),
            None => Some(add_folder(tx, Place { folder: open, ..place }, folder)?),
        };
    }
    Ok(open)
}

fn add_folder(tx: &mut Tx, place: Place, name: &FileName) -> Result<ItemId> {
    let new = NewItem { portal: place.portal, folder: place.folder, kind: "folder", name: name.as_str() };
    let placed = place_item(tx, new)?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(place.portal)
        .with_data(json!({ "kind": "folder", "name": name.as_str() }));
    let _ = tx.record(event)?;
    Ok(placed.item)
}

/// The name itself, or with the lowest number that no other file of the folder has.
fn free_name(tx: &mut Tx, place: Place, name: &FileName) -> Result<FileName> {
    let organization = tx.organization();
    let here = live_items!(organization, place.portal, "file").select(items::name);
    let taken: Vec<String> = match place.folder {
        Some(folder) => here.filter(items::folder_id.eq(folder)).load(tx.db())?,
        None => here.filter(items::folder_id.is_null()).load(tx.db())?,
    };
    Ok(first_free(name, &taken))
}

fn first_free(name: &FileName, taken: &[String]) -> FileName {
    let is_free = |name: &FileName| !taken.iter().any(|taken| taken == name.as_str());
    if is_free(name) {
        return name.clone();
    }
    // One of these is free: there are more of them than taken names.
    let mut numbered = (2..taken.len() + 3).map(|number| name.numbered(number));
    numbered.find(is_free).unwrap_or_else(|| name.clone())
}

/// Whether a row holds this object, so that it must not be deleted.
///
/// # Errors
/// The database's.
pub fn is_kept(tx: &mut Tx, key: &str) -> Result<bool> {
    let organization = tx.organization();
    let row = files::table.filter(files::organization_id.eq(organization)).filter(files::object_key.eq(key));
    Ok(row.count().get_result::<i64>(tx.db())? > 0)
}

/// What the organization's files take up, deleted ones included: their objects are still there.
///
/// # Errors
/// The database's.
pub fn stored_bytes(tx: &mut Tx) -> Result<u64> {
    let organization: OrganizationId = tx.organization();
    // PostgreSQL sums up to a numeric, which the two databases do not share.
    let sum = dsl::sql::<BigInt>("CAST(COALESCE(SUM(size), 0) AS BIGINT)");
    let bytes: i64 =
        files::table.filter(files::organization_id.eq(organization)).select(sum).first(tx.db())?;
    Ok(bytes.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_twice_is_numbered() {
        let plan = FileName::from_client("Plan.pdf");
        let free = |taken: &[&str]| {
            let taken: Vec<String> = taken.iter().map(|name| (*name).to_owned()).collect();
            first_free(&plan, &taken).to_string()
        };
        assert_eq!(free(&["plan.pdf", "Plan"]), "Plan.pdf");
        assert_eq!(free(&["Plan.pdf"]), "Plan (2).pdf");
        assert_eq!(free(&["Plan.pdf", "Plan (2).pdf", "Plan (4).pdf"]), "Plan (3).pdf");
    }
}
