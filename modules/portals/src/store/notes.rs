use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Among, Core, NewEvent, NewItem, Recorded, Result, Tx, place_item};
use serde_json::json;

use crate::{
    item::{Item, NOTE, Pinned, ReadNote},
    note::Note,
    schema::notes,
    store::items::{self, changed},
};

pub fn find(tx: &mut Tx, note: ItemId) -> Result<ReadNote> {
    let item = items::find(tx, note)?;
    read(tx, item)
}

/// An item that the reader may see, with its words.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`] when it is no note.
pub fn read(tx: &mut Core, item: Item) -> Result<ReadNote> {
    let (body, pinned): (String, bool) = notes::table
        .find((tx.organization(), item.id))
        .select((notes::body, notes::pinned))
        .first(tx.db())?;
    Ok(ReadNote { item, body, pinned: Pinned::from_column(pinned) })
}

/// The note that stands at the top of the portal, among what it holds for this reader.
pub fn pinned(tx: &mut Core, of_portal: Vec<ItemId>) -> Result<Option<ItemId>> {
    let organization = tx.organization();
    Ok(notes::table
        .filter(notes::organization_id.eq(organization))
        .filter(notes::item_id.among(of_portal))
        .filter(notes::pinned.eq(true))
        .select(notes::item_id)
        .first(tx.db())
        .optional()?)
}

pub fn pinned_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Option<ReadNote>> {
    let notes = items::of_kind(tx, portal, NOTE)?;
    match pinned(tx, notes)? {
        Some(note) => find(tx, note).map(Some),
        None => Ok(None),
    }
}

pub fn add(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>, note: &Note) -> Result<Recorded<ItemId>> {
    let name = note.title.as_str();
    let placed = place_item(tx, NewItem { portal, folder, kind: NOTE, name })?;
    let organization = tx.organization();
    diesel::insert_into(notes::table)
        .values((
            notes::organization_id.eq(organization),
            notes::item_id.eq(placed.item),
            notes::body.eq(&note.body),
            notes::pinned.eq(false),
        ))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(portal)
        .with_data(json!({ "name": name, "kind": NOTE }));
    Ok(tx.record(event)?.with(placed.item))
}

pub fn change(tx: &mut Tx, item: ItemId, note: &Note) -> Result<Recorded<Item>> {
    let found = find(tx, item)?.item;
    let organization = tx.organization();
    items::set_name(tx, item, &note.title)?;
    diesel::update(notes::table.find((organization, item)))
        .set(notes::body.eq(&note.body))
        .execute(tx.db())?;
    Ok(changed(tx, EventKind::ITEM_CHANGED, &found, note.title.as_str())?.with(found))
}

/// A portal has one pinned note: pinning another takes the first one's pin.
pub fn pin(tx: &mut Tx, item: ItemId, pinned: Pinned) -> Result<Recorded<Item>> {
    let note = find(tx, item)?;
    if note.pinned == pinned {
        return Ok(tx.unchanged(note.item));
    }
    let organization = tx.organization();
    let of_portal = items::of_kind(tx, note.item.portal, NOTE)?;
    diesel::update(
        notes::table
            .filter(notes::organization_id.eq(organization))
            .filter(notes::pinned.eq(true))
            .filter(notes::item_id.among(of_portal)),
    )
    .set(notes::pinned.eq(false))
    .execute(tx.db())?;
    if pinned == Pinned::Yes {
        diesel::update(notes::table.find((organization, item)))
            .set(notes::pinned.eq(true))
            .execute(tx.db())?;
    }
    let name = note.item.name.clone();
    Ok(changed(tx, EventKind::ITEM_CHANGED, &note.item, &name)?.with(note.item))
}
