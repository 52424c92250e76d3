use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{NewEvent, NewItem, Recorded, Result, Tx, items, place_item};
use serde_json::json;

use crate::{
    item::{Item, NOTE, Pinned, ReadNote},
    note::Note,
    schema::notes,
    store::items::{ITEM, ItemColumns, changed, set_name, staff_items},
};

/// The columns of [`ReadNote`].
pub const READ_NOTE: (ItemColumns, notes::body, notes::pinned_in) = (ITEM, notes::body, notes::pinned_in);

/// The words of an item that is a note.
macro_rules! note_of_item {
    () => {
        notes::table.on(notes::organization_id.eq(items::organization_id).and(notes::item_id.eq(items::id)))
    };
}
pub(crate) use note_of_item;

diesel::alias!(notes as pins: Pins);

/// The pinned note of a portal. From here a statement starts, or SQLite looks at every item of the organization.
macro_rules! pinned_in {
    ($organization:expr, $portal:expr) => {
        pins.filter(pins.field(notes::organization_id).eq($organization))
            .filter(pins.field(notes::pinned_in).eq($portal))
            .select(pins.field(notes::item_id))
    };
}
pub(crate) use pinned_in;

pub fn find(tx: &mut Tx, note: ItemId) -> Result<ReadNote> {
    let organization = tx.organization();
    Ok(staff_items!(organization)
        .inner_join(note_of_item!())
        .filter(items::id.eq(note))
        .select(READ_NOTE)
        .first(tx.db())?)
}

/// The note that stands at the top of the portal.
pub fn pinned_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Option<ReadNote>> {
    let organization = tx.organization();
    Ok(staff_items!(organization)
        .inner_join(note_of_item!())
        .filter(items::id.eq_any(pinned_in!(organization, portal)))
        .select(READ_NOTE)
        .first(tx.db())
        .optional()?)
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
    set_name(tx, item, &note.title)?;
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
    let portal = note.item.portal;
    diesel::update(
        notes::table.filter(notes::organization_id.eq(organization)).filter(notes::pinned_in.eq(portal)),
    )
    .set(notes::pinned_in.eq(None::<PortalId>))
    .execute(tx.db())?;
    if pinned == Pinned::Yes {
        diesel::update(notes::table.find((organization, item)))
            .set(notes::pinned_in.eq(portal))
            .execute(tx.db())?;
    }
    let name = note.item.name.clone();
    Ok(changed(tx, EventKind::ITEM_CHANGED, &note.item, &name)?.with(note.item))
}
