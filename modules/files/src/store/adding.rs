use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PortalId, VersionId};
use portico_kernel::{
    Core, Either, Error, NewEvent, NewItem, Recorded, Result, Tx, items, place_item, portals, sent_items,
};
use serde_json::json;

use crate::{
    file::ReadingState,
    file_name::{ClientPath, FileName},
    schema::files,
    store::versions,
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
    pub crc32: u32,
    pub reading: ReadingState,
}

/// A file that has its row.
#[derive(Clone, Debug)]
pub struct Kept {
    pub item: ItemId,
    pub version: VersionId,
    /// Which version of the file it is.
    pub number: i32,
    pub name: FileName,
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when portal or folder is gone, or not this organization's.
pub fn check_place(tx: &mut Tx, place: Place) -> Result<()> {
    // An upload over several requests may have been begun before they were limited.
    if !tx.sees_portal(place.portal) {
        return Err(Error::NotFound);
    }
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

/// The folders of `path` that are missing, then a new file, or the next version of the one that has
/// this name already (P34); with its event and the reading of its text, all or nothing.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when portal or folder went away during the upload.
pub fn add_file(tx: &mut Tx, place: Place, path: &ClientPath, new: &NewFile) -> Result<Recorded<Kept>> {
    check_place(tx, place)?;
    await_other_uploads(tx, place.portal)?;
    let folder = folder_for(tx, place, &path.folders)?;
    let here = Place { folder, ..place };
    match of_this_name(tx, here, &path.name)? {
        Some(item) => versions::add_next(tx, item, &path.name, new),
        None => add_first(tx, here, &path.name, new),
    }
}

/// The folders of a path that are missing, with nothing in them; each has its event.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when portal or folder is gone.
pub fn add_folders(tx: &mut Tx, place: Place, path: &[FileName]) -> Result<Recorded<()>> {
    check_place(tx, place)?;
    await_other_uploads(tx, place.portal)?;
    folder_for(tx, place, path)?;
    Ok(tx.unchanged(()))
}

fn add_first(tx: &mut Tx, place: Place, name: &FileName, new: &NewFile) -> Result<Recorded<Kept>> {
    let kept = insert_file(tx, place, name, new)?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, kept.item)
        .in_portal(place.portal)
        .with_data(json!({ "kind": "file", "name": name.as_str(), "size": new.size }));
    Ok(tx.record(event)?.with(kept))
}

/// A new item with its first version, without its event.
pub(super) fn insert_file(tx: &mut Core, place: Place, name: &FileName, new: &NewFile) -> Result<Kept> {
    let placed = place_item(
        tx,
        NewItem { portal: place.portal, folder: place.folder, kind: "file", name: name.as_str() },
    )?;
    let (item, version) = (placed.item, versions::insert(tx, placed.item, 1, &new.parts())?);
    let organization = tx.organization();
    diesel::insert_into(files::table)
        .values((
            files::organization_id.eq(organization),
            files::item_id.eq(item),
            files::version_id.eq(version),
            files::pinned.eq(false),
        ))
        .execute(tx.db())?;
    Ok(Kept { item, version, number: 1, name: name.clone() })
}

/// The files of one folder arrive several at a time, and each looks for the same missing folders
/// and the next number. SQLite has one writer; on PostgreSQL they queue at their portal's row.
pub(super) fn await_other_uploads(tx: &mut Core, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
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
pub(super) fn folder_for(tx: &mut Tx, place: Place, folders: &[FileName]) -> Result<Option<ItemId>> {
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

/// The staff's file of this name in a folder; of several, which moving can bring about, the one that
/// was put there last. What clients sent stays theirs: it gets no version from anybody else.
fn of_this_name(tx: &mut Tx, place: Place, name: &FileName) -> Result<Option<ItemId>> {
    let organization = tx.organization();
    let sent = sent_items::table
        .filter(sent_items::organization_id.eq(organization))
        .filter(sent_items::item_id.eq(items::id));
    let here = live_items!(organization, place.portal, "file")
        .filter(items::name.eq(name.as_str()))
        .filter(dsl::not(dsl::exists(sent)))
        .order((items::position.desc(), items::id.desc()))
        .select(items::id);
    Ok(match place.folder {
        Some(folder) => here.filter(items::folder_id.eq(folder)).first(tx.db()).optional()?,
        None => here.filter(items::folder_id.is_null()).first(tx.db()).optional()?,
    })
}
