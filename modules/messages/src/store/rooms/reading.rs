//! A room as somebody reads it, and that they did.

use diesel::prelude::*;
use portico_facts::{EventKind, MessageId};
use portico_kernel::{Core, NewEvent, Recorded, Result, Side};

use super::{EnteredRoom, people::stir_room};
use crate::{
    schema::{room_members, room_messages},
    store::{Receipt, Thread, reading::of_rooms},
};

/// The latest messages, or those around one of them.
///
/// # Errors
/// The database's.
pub fn room_thread(
    tx: &mut Core,
    side: Side,
    entered: &EnteredRoom,
    around: Option<MessageId>,
) -> Result<Thread> {
    let page = of_rooms::page(tx, entered.row.id, entered.row.last_number, around)?;
    Ok(Thread {
        place: entered.row.id.into(),
        standing: entered.standing,
        reader: entered.reader,
        messages: page.messages,
        has_earlier: page.has_earlier,
        has_later: page.has_later,
        unread: unread(tx, entered)?,
        receipts: receipts(side, entered),
    })
}

/// The number of the last message of others that is new to the reader.
fn unread(tx: &mut Core, entered: &EnteredRoom) -> Result<Option<i32>> {
    let organization = tx.organization();
    Ok(room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(entered.row.id))
        .filter(room_messages::number.gt(entered.read))
        .filter(room_messages::deleted_at.is_null())
        .filter(room_messages::author_id.ne(entered.reader))
        .order(room_messages::number.desc())
        .select(room_messages::number)
        .first(tx.db())
        .optional()?)
}

/// How far clients have read is staff's to know.
fn receipts(side: Side, entered: &EnteredRoom) -> Vec<Receipt> {
    if side == Side::Client {
        return Vec::new();
    }
    let clients = entered.members.iter().filter(|member| !member.role.is_staff());
    clients
        .filter_map(|client| {
            client.read_at.map(|at| Receipt { name: Some(client.name.clone()), number: client.number, at })
        })
        .collect()
}

/// Somebody has read up to a number. Whoever is there already stays there.
///
/// # Errors
/// The database's.
pub fn record_room_reading(tx: &mut Core, entered: &EnteredRoom, number: i32) -> Result<Recorded<()>> {
    let (row, reader) = (&entered.row, entered.reader);
    let number = number.min(row.last_number);
    if !move_on(tx, entered, number)? {
        return Ok(tx.unchanged(()));
    }
    let message = of_rooms::with_number(tx, row.id, number)?;
    let event = NewEvent::new(EventKind::MESSAGE_READ, message).in_portal_if_any(row.portal_id);
    let is_client = entered.members.iter().any(|member| member.person == reader && !member.role.is_staff());
    // That somebody has read is none of the other clients' business.
    tx.record(if is_client { event.about(reader) } else { event })
}

/// Whether it was not as far before.
pub(super) fn move_on(tx: &mut Core, entered: &EnteredRoom, number: i32) -> Result<bool> {
    let (organization, now) = (tx.organization(), tx.now());
    let row = room_members::table.find((organization, entered.row.id, entered.reader));
    let moved = diesel::update(row)
        .filter(room_members::number.lt(number))
        .set((room_members::number.eq(number), room_members::read_at.eq(Some(now))))
        .execute(tx.db())?;
    Ok(moved == 1)
}

/// What changed in a room reaches the pages of those who are in it.
pub(super) fn record_in_room(
    tx: &mut Core,
    kind: EventKind,
    entered: &EnteredRoom,
    message: MessageId,
) -> Result<Recorded<()>> {
    stir_room(tx, &entered.row, &entered.members)?;
    tx.record(NewEvent::new(kind, message).in_portal_if_any(entered.row.portal_id))
}
