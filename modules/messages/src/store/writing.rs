//! Writing, changing and deleting messages. Whoever calls has found out that the author may.

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, EventKind, MessageId};
use portico_kernel::{Core, Error, Instant, NewEvent, NewJob, Recorded, Result, per_backend};

use super::{
    conversation_at,
    files::of_conversations as files,
    mentions::{self, of_conversations::forget as forget_mentions},
    reading::move_on,
};
use crate::{
    conversation::Place,
    jobs::{DUE, Due, UNREAD_SECONDS},
    message::{NewMessage, Words},
    schema::{conversations, messages},
};

/// Writes a message, and looks in five minutes for whom it is still new.
///
/// # Errors
/// The database's.
pub fn send(tx: &mut Core, place: Place, new: &NewMessage) -> Result<Recorded<()>> {
    let recorded = add(tx, place, new)?;
    let due = tx.now().plus_seconds(UNREAD_SECONDS);
    let conversation = conversation_at(tx, place)?.ok_or(Error::NotFound)?.id;
    tx.enqueue_at(NewJob { kind: DUE, payload: Due { conversation } }, due)?;
    Ok(recorded.with(()))
}

/// The message alone, as the demo writes it to people whom nobody wants to disturb. Whoever writes has read
/// everything before.
///
/// # Errors
/// The database's.
pub fn add(tx: &mut Core, place: Place, new: &NewMessage) -> Result<Recorded<MessageId>> {
    let author = tx.actor().ok_or(Error::NotFound)?;
    let (organization, now) = (tx.organization(), tx.now());
    begin(tx, place)?;
    let conversation = conversation_at(tx, place)?.ok_or(Error::NotFound)?.id;
    let number = next_number(tx, conversation)?;
    let message = tx.new_id(MessageId::from_bytes);
    diesel::insert_into(messages::table)
        .values((
            messages::organization_id.eq(organization),
            messages::id.eq(message),
            messages::conversation_id.eq(conversation),
            messages::number.eq(number),
            messages::author_id.eq(author),
            messages::words.eq(new.words.as_str()),
            messages::written_at.eq(now),
            messages::mail_mac.eq(new.mail_mac.as_deref()),
        ))
        .execute(tx.db())?;
    files::add(tx, message, &new.files)?;
    mentions::note(tx, conversation, place, message, &new.words)?;
    find_ends(tx, conversation, place)?;
    move_on(tx, conversation, author, number)?;
    Ok(tx.record(event(EventKind::MESSAGE_ADDED, message, place))?.with(message))
}

/// About the client, so that no other one's page hears of it.
fn event(kind: EventKind, message: MessageId, place: Place) -> NewEvent {
    NewEvent::new(kind, message).in_portal(place.portal).about(place.client)
}

/// The conversation's row, if this is its first message.
fn begin(tx: &mut Core, place: Place) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let id = tx.new_id(ConversationId::from_bytes);
    per_backend!(tx.db(), |c| diesel::insert_into(conversations::table)
        .values((
            conversations::organization_id.eq(organization),
            conversations::id.eq(id),
            conversations::portal_id.eq(place.portal),
            conversations::person_id.eq(place.client),
            conversations::last_number.eq(0),
            conversations::client_number.eq(0),
            conversations::staff_number.eq(0),
            conversations::latest_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Holds the row until the message is there, so that two never get the same number.
fn next_number(tx: &mut Core, conversation: ConversationId) -> Result<i32> {
    let (organization, now) = (tx.organization(), tx.now());
    Ok(diesel::update(conversations::table.find((organization, conversation)))
        .set((
            conversations::last_number.eq(conversations::last_number + 1),
            conversations::latest_at.eq(now),
        ))
        .returning(conversations::last_number)
        .get_result(tx.db())?)
}

/// Writes down which messages are each side's last.
fn find_ends(tx: &mut Core, conversation: ConversationId, place: Place) -> Result<()> {
    let organization = tx.organization();
    let left = || {
        messages::table
            .filter(messages::organization_id.eq(organization))
            .filter(messages::conversation_id.eq(conversation))
            .filter(messages::deleted_at.is_null())
            .select(dsl::max(messages::number))
    };
    let client: Option<i32> = left().filter(messages::author_id.eq(place.client)).first(tx.db())?;
    let staff: Option<i32> = left().filter(messages::author_id.ne(place.client)).first(tx.db())?;
    diesel::update(conversations::table.find((organization, conversation)))
        .set((
            conversations::client_number.eq(client.unwrap_or(0)),
            conversations::staff_number.eq(staff.unwrap_or(0)),
        ))
        .execute(tx.db())?;
    Ok(())
}

/// What somebody wrote themselves and may change.
///
/// # Errors
/// [`Error::NotFound`] for what others wrote, and for what is deleted.
pub fn own_words(tx: &mut Core, place: Place, message: MessageId) -> Result<String> {
    Ok(own(tx, place, message)?.1)
}

fn own(tx: &mut Core, place: Place, message: MessageId) -> Result<(ConversationId, String)> {
    let author = tx.actor().ok_or(Error::NotFound)?;
    let organization = tx.organization();
    let conversation = conversation_at(tx, place)?.ok_or(Error::NotFound)?.id;
    let words = messages::table
        .find((organization, message))
        .filter(messages::conversation_id.eq(conversation))
        .filter(messages::author_id.eq(author))
        .filter(messages::deleted_at.is_null())
        .select(messages::words)
        .first(tx.db())?;
    Ok((conversation, words))
}

/// # Errors
/// As [`own_words`].
pub fn change(tx: &mut Core, place: Place, message: MessageId, words: &Words) -> Result<Recorded<()>> {
    let (conversation, before) = own(tx, place, message)?;
    if before == words.as_str() {
        return Ok(tx.unchanged(()));
    }
    let (organization, now) = (tx.organization(), tx.now());
    // Deleted meanwhile, it gets no words back.
    let there = messages::table.find((organization, message)).filter(messages::deleted_at.is_null());
    let changed = diesel::update(there)
        .set((messages::words.eq(words.as_str()), messages::edited_at.eq(Some(now))))
        .execute(tx.db())?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    forget_mentions(tx, &[message])?;
    mentions::note(tx, conversation, place, message, words)?;
    tx.record(event(EventKind::MESSAGE_EDITED, message, place))
}

/// Its words and files are gone for good; that there was one stays to be seen.
///
/// # Errors
/// As [`own_words`].
pub fn delete(tx: &mut Core, place: Place, message: MessageId) -> Result<Recorded<()>> {
    let (conversation, _) = own(tx, place, message)?;
    let (organization, now) = (tx.organization(), tx.now());
    let there = messages::table.find((organization, message)).filter(messages::deleted_at.is_null());
    let deleted = diesel::update(there)
        .set((
            messages::words.eq(""),
            messages::edited_at.eq(None::<Instant>),
            messages::deleted_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    if deleted == 0 {
        return Err(Error::NotFound);
    }
    files::remove(tx, &[message])?;
    forget_mentions(tx, &[message])?;
    find_ends(tx, conversation, place)?;
    tx.record(event(EventKind::MESSAGE_DELETED, message, place))
}
