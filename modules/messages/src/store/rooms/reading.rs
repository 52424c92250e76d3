//! A room as somebody reads it, and that they did.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, MessageId, RoomId};
use portico_kernel::{Among, Core, NewEvent, Recorded, Result, Side, people};

use super::{EnteredRoom, files::files_of, people::stir_room};
use crate::{
    mention::spellings,
    message::Message,
    schema::{room_members, room_mentions, room_messages},
    store::{
        Receipt, Thread,
        reading::{AFTER, Row, SHOWN, message},
    },
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
    let room = entered.row.id;
    let last = match around {
        Some(message) => number_of(tx, room, message)?.map(|number| number.saturating_add(AFTER)),
        None => None,
    };
    let last = last.unwrap_or(entered.row.last_number);
    let mut messages = messages_up_to(tx, room, last)?;
    let has_earlier = messages.len() > SHOWN;
    messages.truncate(SHOWN);
    messages.reverse();
    add_what_belongs(tx, &mut messages)?;
    Ok(Thread {
        place: room.into(),
        standing: entered.standing,
        reader: entered.reader,
        messages,
        has_earlier,
        has_later: last < entered.row.last_number,
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

fn number_of(tx: &mut Core, room: RoomId, message: MessageId) -> Result<Option<i32>> {
    let organization = tx.organization();
    Ok(room_messages::table
        .find((organization, message))
        .filter(room_messages::room_id.eq(room))
        .select(room_messages::number)
        .first(tx.db())
        .optional()?)
}

/// The latest first, and one more than is shown.
fn messages_up_to(tx: &mut Core, room: RoomId, last: i32) -> Result<Vec<Message>> {
    let organization = tx.organization();
    let rows: Vec<Row> = room_messages::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_messages::organization_id)
                .and(people::id.eq(room_messages::author_id))),
        )
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(room))
        .filter(room_messages::number.le(last))
        .order(room_messages::number.desc())
        .limit(SHOWN as i64 + 1)
        .select((
            room_messages::id,
            room_messages::number,
            room_messages::author_id,
            people::name,
            people::role,
            room_messages::words,
            room_messages::written_at,
            room_messages::edited_at,
            room_messages::deleted_at,
        ))
        .load(tx.db())?;
    rows.into_iter().map(message).collect()
}

/// Files and mentions, of all of them at once.
fn add_what_belongs(tx: &mut Core, messages: &mut [Message]) -> Result<()> {
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let mut files = files_of(tx, &ids)?;
    let mut mentions = mentions_of(tx, &ids)?;
    for message in messages {
        message.files = files.remove(&message.id).unwrap_or_default();
        message.mentions = mentions.remove(&message.id).unwrap_or_default();
    }
    Ok(())
}

fn mentions_of(tx: &mut Core, messages: &[MessageId]) -> Result<HashMap<MessageId, Vec<String>>> {
    let organization = tx.organization();
    let rows: Vec<(MessageId, String)> = room_mentions::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_mentions::organization_id)
                .and(people::id.eq(room_mentions::person_id))),
        )
        .filter(room_mentions::organization_id.eq(organization))
        .filter(room_mentions::message_id.among(messages.iter().copied()))
        .select((room_mentions::message_id, people::name))
        .load(tx.db())?;
    let mut names: HashMap<MessageId, Vec<String>> = HashMap::new();
    for (message, name) in rows {
        names.entry(message).or_default().extend(spellings(&name));
    }
    Ok(names)
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
    let organization = tx.organization();
    let message: MessageId = room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(row.id))
        .filter(room_messages::number.eq(number))
        .select(room_messages::id)
        .first(tx.db())?;
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
