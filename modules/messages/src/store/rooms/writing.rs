//! Writing, changing and deleting messages in rooms.

use diesel::prelude::*;
use portico_facts::{EventKind, MessageId, RoomId};
use portico_kernel::{Core, Error, Instant, NewJob, Recorded, Result, Tx};

use super::{
    EnteredRoom,
    reading::{move_on, record_in_room},
};
use crate::{
    jobs::{DUE_IN_ROOM, DueInRoom, UNREAD_SECONDS},
    mention::Colleague,
    message::{NewMessage, Words},
    schema::{room_messages, rooms},
    store::{files::of_rooms as files, mentions::of_rooms as mentions},
};

/// Writes a message, and looks in five minutes for whom it is still new.
///
/// # Errors
/// The database's.
pub fn send_to_room(tx: &mut Core, entered: &EnteredRoom, new: &NewMessage) -> Result<Recorded<()>> {
    let recorded = add_to_room(tx, entered, new)?;
    let due = tx.now().plus_seconds(UNREAD_SECONDS);
    tx.enqueue_at(NewJob { kind: DUE_IN_ROOM, payload: DueInRoom { room: entered.row.id } }, due)?;
    Ok(recorded.with(()))
}

/// The message alone. Whoever writes has read everything before.
///
/// # Errors
/// The database's.
pub fn add_to_room(tx: &mut Core, entered: &EnteredRoom, new: &NewMessage) -> Result<Recorded<MessageId>> {
    let (organization, now) = (tx.organization(), tx.now());
    let number = next_number(tx, entered.row.id)?;
    let message = tx.new_id(MessageId::from_bytes);
    diesel::insert_into(room_messages::table)
        .values((
            room_messages::organization_id.eq(organization),
            room_messages::id.eq(message),
            room_messages::room_id.eq(entered.row.id),
            room_messages::number.eq(number),
            room_messages::author_id.eq(entered.reader),
            room_messages::words.eq(new.words.as_str()),
            room_messages::written_at.eq(now),
            room_messages::mail_mac.eq(new.mail_mac.as_deref()),
        ))
        .execute(tx.db())?;
    files::add(tx, message, &new.files)?;
    note_mentions(tx, entered, message, &new.words)?;
    move_on(tx, entered, number)?;
    Ok(record_in_room(tx, EventKind::MESSAGE_ADDED, entered, message)?.with(message))
}

/// Holds the row until the message is there, so that two never get the same number.
fn next_number(tx: &mut Core, room: RoomId) -> Result<i32> {
    let (organization, now) = (tx.organization(), tx.now());
    Ok(diesel::update(rooms::table.find((organization, room)))
        .set((rooms::last_number.eq(rooms::last_number + 1), rooms::latest_at.eq(now)))
        .returning(rooms::last_number)
        .get_result(tx.db())?)
}

/// Whoever is in the room can be named in it, and nobody else, so that nobody finds out by typing who else there is.
fn note_mentions(tx: &mut Core, entered: &EnteredRoom, message: MessageId, words: &Words) -> Result<()> {
    let members: Vec<Colleague> =
        entered.members.iter().map(|member| (member.person, member.name.clone())).collect();
    mentions::note(tx, message, words, &members)
}

/// What somebody wrote themselves and may change.
///
/// # Errors
/// [`Error::NotFound`] for what others wrote, and for what is deleted.
pub fn own_words_in_room(tx: &mut Core, entered: &EnteredRoom, message: MessageId) -> Result<String> {
    let organization = tx.organization();
    Ok(room_messages::table
        .find((organization, message))
        .filter(room_messages::room_id.eq(entered.row.id))
        .filter(room_messages::author_id.eq(entered.reader))
        .filter(room_messages::deleted_at.is_null())
        .select(room_messages::words)
        .first(tx.db())?)
}

/// # Errors
/// As [`own_words_in_room`].
pub fn change_in_room(
    tx: &mut Core,
    entered: &EnteredRoom,
    message: MessageId,
    words: &Words,
) -> Result<Recorded<()>> {
    if own_words_in_room(tx, entered, message)? == words.as_str() {
        return Ok(tx.unchanged(()));
    }
    let (organization, now) = (tx.organization(), tx.now());
    // Deleted meanwhile, it gets no words back.
    let there =
        room_messages::table.find((organization, message)).filter(room_messages::deleted_at.is_null());
    let changed = diesel::update(there)
        .set((room_messages::words.eq(words.as_str()), room_messages::edited_at.eq(Some(now))))
        .execute(tx.db())?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    mentions::forget(tx, &[message])?;
    note_mentions(tx, entered, message, words)?;
    record_in_room(tx, EventKind::MESSAGE_EDITED, entered, message)
}

/// Its words and files are gone for good; that there was one stays to be seen.
///
/// # Errors
/// As [`own_words_in_room`].
pub fn delete_in_room(tx: &mut Core, entered: &EnteredRoom, message: MessageId) -> Result<Recorded<()>> {
    own_words_in_room(tx, entered, message)?;
    let (organization, now) = (tx.organization(), tx.now());
    let there =
        room_messages::table.find((organization, message)).filter(room_messages::deleted_at.is_null());
    let deleted = diesel::update(there)
        .set((
            room_messages::words.eq(""),
            room_messages::edited_at.eq(None::<Instant>),
            room_messages::deleted_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    if deleted == 0 {
        return Err(Error::NotFound);
    }
    files::remove(tx, &[message])?;
    mentions::forget(tx, &[message])?;
    record_in_room(tx, EventKind::MESSAGE_DELETED, entered, message)
}

/// Files of messages that lose their words, and whom they name.
///
/// # Errors
/// The database's.
pub fn forget_in_rooms(tx: &mut Tx, written: &[MessageId]) -> Result<()> {
    files::remove(tx, written)?;
    mentions::forget(tx, written)
}
