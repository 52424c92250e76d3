//! What is known of a person: their conversations. What they wrote goes or stays as staff choose; what staff wrote to them
//! stays, and is nobody's but staff's to read.

use diesel::prelude::*;
use portico_facts::{MessageId, PersonId};
use portico_kernel::{
    Erasure, Fate, Instant, NOBODYS, PersonalData, PersonalObject, PersonalTable, Registry, Result,
    THEIR_OWN, Tx, Work,
};

use crate::{
    schema::{conversations, message_files, messages, room_files, room_messages},
    store,
};

pub fn data() -> PersonalData {
    PersonalData { name: "messages", tables: TABLES, objects, erase }
}

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("conversations", &["person_id"], THEIR_OWN, Fate::Decided)
        .showing(&["id", "portal_id", "latest_at"]),
    PersonalTable::of("messages", &["author_id"], "author_id = $2 AND deleted_at IS NULL", Fate::Decided)
        .labelled("messages-personal"),
    PersonalTable::of(
        "messages",
        &[],
        "conversation_id IN (SELECT id FROM conversations WHERE organization_id = $1 AND person_id = $2)",
        Fate::Decided,
    )
    .showing(&[
        "conversation_id",
        "number",
        "id",
        "author_id",
        "words",
        "written_at",
        "edited_at",
        "deleted_at",
    ]),
    PersonalTable::of(
        "message_files",
        &[],
        "message_id IN (SELECT m.id FROM messages m JOIN conversations c ON c.organization_id = m.organization_id
         AND c.id = m.conversation_id WHERE m.organization_id = $1 AND c.person_id = $2)",
        Fate::Decided,
    )
    .showing(&["message_id", "id", "name", "size", "media_type"]),
    PersonalTable::of("message_mentions", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["message_id"]),
    PersonalTable::of("message_reads", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["conversation_id", "number", "read_at", "mailed_number"]),
    PersonalTable::of(
        "reply_addresses",
        &["person_id"],
        "person_id = $2 OR conversation_id IN (SELECT id FROM conversations WHERE organization_id = $1
         AND person_id = $2)",
        Fate::Deleted,
    ),
    // In rooms what others wrote is theirs.
    PersonalTable::of(
        "room_messages",
        &["author_id"],
        "author_id = $2 AND deleted_at IS NULL",
        Fate::Decided,
    )
    .showing(&["room_id", "number", "id", "words", "written_at", "edited_at"])
    .labelled("messages-personal-rooms"),
    PersonalTable::of(
        "room_files",
        &[],
        "message_id IN (SELECT id FROM room_messages WHERE organization_id = $1 AND author_id = $2)",
        Fate::Decided,
    )
    .showing(&["message_id", "id", "name", "size", "media_type"]),
    PersonalTable::of("room_mentions", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["message_id"]),
    PersonalTable::of("room_members", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["room_id", "added_at", "left_at", "number", "read_at"]),
    PersonalTable::of("rooms", &["made_by"], NOBODYS, Fate::Decided),
];

fn objects(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalObject>> {
    let organization = tx.organization();
    let rows: Vec<(String, String, i64)> = message_files::table
        .inner_join(
            messages::table.on(messages::organization_id
                .eq(message_files::organization_id)
                .and(messages::id.eq(message_files::message_id))),
        )
        .inner_join(
            conversations::table.on(conversations::organization_id
                .eq(messages::organization_id)
                .and(conversations::id.eq(messages::conversation_id))),
        )
        .filter(message_files::organization_id.eq(organization))
        .filter(conversations::person_id.eq(person))
        .order(message_files::id)
        .select((message_files::object_key, message_files::name, message_files::size))
        .load(tx.db())?;
    let in_rooms: Vec<(String, String, i64)> = room_files::table
        .inner_join(
            room_messages::table.on(room_messages::organization_id
                .eq(room_files::organization_id)
                .and(room_messages::id.eq(room_files::message_id))),
        )
        .filter(room_files::organization_id.eq(organization))
        .filter(room_messages::author_id.eq(person))
        .order(room_files::id)
        .select((room_files::object_key, room_files::name, room_files::size))
        .load(tx.db())?;
    let all = rows.into_iter().chain(in_rooms);
    Ok(all.map(|(key, name, size)| PersonalObject::stored(key, name, size)).collect())
}

fn erase(tx: &mut Tx, _: &Registry, erasure: &Erasure) -> Result<()> {
    erase_in_rooms(tx, erasure)?;
    let (organization, now) = (tx.organization(), tx.now());
    let theirs = || {
        messages::table
            .filter(messages::organization_id.eq(organization))
            .filter(messages::author_id.eq(erasure.person))
    };
    // By it the same mail could be told again.
    diesel::update(theirs()).set(messages::mail_mac.eq(None::<Vec<u8>>)).execute(tx.db())?;
    if erasure.work == Work::Kept {
        return Ok(());
    }
    let written: Vec<MessageId> = theirs().select(messages::id).load(tx.db())?;
    store::forget(tx, &written)?;
    diesel::update(theirs())
        .set((
            messages::words.eq(""),
            messages::edited_at.eq(None::<Instant>),
            messages::deleted_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    diesel::update(
        conversations::table
            .filter(conversations::organization_id.eq(organization))
            .filter(conversations::person_id.eq(erasure.person)),
    )
    .set(conversations::client_number.eq(0))
    .execute(tx.db())?;
    Ok(())
}

fn erase_in_rooms(tx: &mut Tx, erasure: &Erasure) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let theirs = || {
        room_messages::table
            .filter(room_messages::organization_id.eq(organization))
            .filter(room_messages::author_id.eq(erasure.person))
    };
    diesel::update(theirs()).set(room_messages::mail_mac.eq(None::<Vec<u8>>)).execute(tx.db())?;
    if erasure.work == Work::Kept {
        return Ok(());
    }
    let written: Vec<MessageId> = theirs().select(room_messages::id).load(tx.db())?;
    store::forget_in_rooms(tx, &written)?;
    diesel::update(theirs())
        .set((
            room_messages::words.eq(""),
            room_messages::edited_at.eq(None::<Instant>),
            room_messages::deleted_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    Ok(())
}
