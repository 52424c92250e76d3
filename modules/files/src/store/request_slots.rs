//! What a client sends for a request.

use diesel::prelude::*;
use portico_facts::{EventKind, FileRequestId, ItemId, PersonId, RequestSlotId};
use portico_kernel::{ClientTx, Core, Error, NewEvent, Recorded, Result, items, shown_items};
use serde_json::json;

use super::{Kept, NewFile, Place, sending::add_sent};
use crate::{
    file_name::FileName,
    request::{Request, Turn},
    request_slot::Slot,
    schema::file_request_slots as slots,
    visibility,
};

/// Puts a file into a slot, in place of one that staff have not accepted yet; that one stays in its
/// folder.
///
/// # Errors
/// [`Error::NotFound`] when this client is not asked any more (P12), [`Error::Conflict`] when nothing is
/// wanted there any more.
pub fn fill_slot(
    tx: &mut ClientTx,
    (request, slot): (FileRequestId, RequestSlotId),
    name: &FileName,
    new: &NewFile,
) -> Result<Recorded<Kept>> {
    let request = visibility::request(tx, request)?;
    let slot = wanted_slot(&request, slot)?;
    let place = Place { portal: request.portal, folder: live_folder(tx, request.folder)? };
    let sender = tx.person();
    let kept = add_sent(tx, place, name, new)?.into_value();
    Ok(record_filling(tx, sender, &request, slot, &kept)?.with(kept))
}

/// # Errors
/// As [`fill_slot`].
pub fn wanted_slot(request: &Request, slot: RequestSlotId) -> Result<&Slot> {
    let slot = request.slots.iter().find(|each| each.id == slot).ok_or(Error::NotFound)?;
    match (request.turn(), slot.accepted_at) {
        (Turn::Nobody, _) => Err(Error::Conflict("files-request-closed")),
        (_, Some(_)) => Err(Error::Conflict("files-slot-accepted")),
        _ => Ok(slot),
    }
}

/// The row and the event, for an item that is there.
pub(crate) fn record_filling(
    tx: &mut Core,
    sender: PersonId,
    request: &Request,
    slot: &Slot,
    kept: &Kept,
) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(slots::table.find((organization, slot.id)))
        .set((
            slots::item_id.eq(Some(kept.item)),
            slots::sent_at.eq(Some(now)),
            slots::reason.eq(None::<String>),
        ))
        .execute(tx.db())?;
    let data = json!({ "title": request.title, "file": slot.title, "name": kept.name.as_str() });
    let event = NewEvent::new(EventKind::REQUEST_FILLED, request.id).in_portal(request.portal).about(sender);
    tx.record(event.with_data(data))
}

/// Staff may have deleted the folder since; then the top of the portal takes its place.
fn live_folder(tx: &mut Core, folder: ItemId) -> Result<Option<ItemId>> {
    let organization = tx.organization();
    Ok(shown_items(organization).filter(items::id.eq(folder)).select(items::id).first(tx.db()).optional()?)
}
