//! Files in messages. Whoever calls has found out that the reader may see the conversation.

use std::collections::HashMap;

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{ConversationId, MessageFileId, MessageId};
use portico_kernel::{Among, Core, Error, KeptFile, NewJob, Result, Tx, per_backend};

use super::conversation_at;
use crate::{
    conversation::Place,
    file::MessageFile,
    jobs::{FORGET, Forget},
    schema::{message_files, messages},
};

/// In their order, as rows of the message that was written just now.
pub(super) fn add(tx: &mut Core, message: MessageId, files: &[KeptFile]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let organization = tx.organization();
    let mut rows = Vec::new();
    for (place, file) in (0_i32..).zip(files) {
        rows.push((
            message_files::organization_id.eq(organization),
            message_files::id.eq(tx.new_id(MessageFileId::from_bytes)),
            message_files::message_id.eq(message),
            message_files::place.eq(place),
            message_files::name.eq(file.name.clone()),
            message_files::media_type.eq(file.media_type.clone()),
            message_files::object_key.eq(file.key.clone()),
            message_files::size.eq(i64::try_from(file.size).unwrap_or(i64::MAX)),
            message_files::sha256.eq(file.sha256.clone()),
        ));
    }
    per_backend!(tx.db(), |c| diesel::insert_into(message_files::table).values(&rows).execute(c))?;
    Ok(())
}

/// Rows at once; their objects by a job, when no row holds them any more.
pub(super) fn remove(tx: &mut Core, messages: &[MessageId]) -> Result<()> {
    let organization = tx.organization();
    let theirs = || {
        message_files::table
            .filter(message_files::organization_id.eq(organization))
            .filter(message_files::message_id.among(messages.iter().copied()))
    };
    let keys: Vec<String> = theirs().select(message_files::object_key).load(tx.db())?;
    if keys.is_empty() {
        return Ok(());
    }
    diesel::delete(theirs()).execute(tx.db())?;
    tx.enqueue(NewJob { kind: FORGET, payload: Forget { keys } })
}

pub(super) fn files_of(
    tx: &mut Core,
    messages: &[MessageId],
) -> Result<HashMap<MessageId, Vec<MessageFile>>> {
    let organization = tx.organization();
    let rows: Vec<(MessageId, MessageFileId, String, i64)> = message_files::table
        .filter(message_files::organization_id.eq(organization))
        .filter(message_files::message_id.among(messages.iter().copied()))
        .order((message_files::message_id, message_files::place))
        .select((message_files::message_id, message_files::id, message_files::name, message_files::size))
        .load(tx.db())?;
    let mut files: HashMap<MessageId, Vec<MessageFile>> = HashMap::new();
    for (message, id, name, size) in rows {
        files.entry(message).or_default().push(MessageFile { id, name, size: size.unsigned_abs() });
    }
    Ok(files)
}

/// Id, name, key and size in bytes of all files in these conversations, which the caller may see.
///
/// # Errors
/// The database's.
pub fn files_of_conversations(
    tx: &mut Core,
    conversations: &[ConversationId],
) -> Result<Vec<(MessageFileId, String, String, u64)>> {
    let organization = tx.organization();
    let rows: Vec<(MessageFileId, String, String, i64)> = message_files::table
        .inner_join(
            messages::table.on(messages::organization_id
                .eq(message_files::organization_id)
                .and(messages::id.eq(message_files::message_id))),
        )
        .filter(message_files::organization_id.eq(organization))
        .filter(messages::conversation_id.among(conversations.iter().copied()))
        .filter(messages::deleted_at.is_null())
        .order((messages::conversation_id, messages::number, message_files::place))
        .select((message_files::id, message_files::name, message_files::object_key, message_files::size))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(id, name, key, size)| (id, name, key, size.unsigned_abs())).collect())
}

/// For search.
///
/// # Errors
/// The database's.
pub fn names_of_files(tx: &mut Core, message: MessageId) -> Result<Vec<String>> {
    let files = files_of(tx, &[message])?;
    Ok(files.into_values().flatten().map(|file| file.name).collect())
}

/// # Errors
/// [`Error::NotFound`] for one of another conversation, and for what is deleted.
pub fn file(tx: &mut Core, place: Place, message: MessageId, file: MessageFileId) -> Result<KeptFile> {
    let organization = tx.organization();
    let conversation = conversation_at(tx, place)?.ok_or(Error::NotFound)?.id;
    let (key, name, size, media_type, sha256): (String, String, i64, String, Vec<u8>) = message_files::table
        .inner_join(
            messages::table.on(messages::organization_id
                .eq(message_files::organization_id)
                .and(messages::id.eq(message_files::message_id))),
        )
        .filter(message_files::organization_id.eq(organization))
        .filter(message_files::id.eq(file))
        .filter(messages::id.eq(message))
        .filter(messages::conversation_id.eq(conversation))
        .filter(messages::deleted_at.is_null())
        .select((
            message_files::object_key,
            message_files::name,
            message_files::size,
            message_files::media_type,
            message_files::sha256,
        ))
        .first(tx.db())?;
    Ok(KeptFile { key, name, size: size.unsigned_abs(), media_type, sha256 })
}

/// Those of the keys that files in messages hold.
///
/// # Errors
/// The database's.
pub fn known_keys(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(message_files::table
        .filter(message_files::organization_id.eq(organization))
        .filter(message_files::object_key.among(keys.iter().map(String::as_str)))
        .select(message_files::object_key)
        .load(tx.db())?)
}

/// The next keys that files in messages hold, in ascending order.
///
/// # Errors
/// The database's.
pub fn keys_after(tx: &mut Tx, after: Option<&str>, limit: i64) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(message_files::table
        .filter(message_files::organization_id.eq(organization))
        .filter(message_files::object_key.gt(after.unwrap_or_default()))
        .order(message_files::object_key)
        .limit(limit)
        .select(message_files::object_key)
        .load(tx.db())?)
}

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}

/// What files in messages take up.
///
/// # Errors
/// The database's.
pub fn stored_bytes(tx: &mut Core) -> Result<u64> {
    let organization = tx.organization();
    // PostgreSQL sums up to a numeric, which the two databases do not share.
    let sum = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM message_files \
               WHERE organization_id = $1";
    let stored: Stored = per_backend!(tx.db(), |connection| {
        sql_query(sum).bind::<sql_types::Binary, _>(organization).get_result(connection)?
    });
    Ok(stored.bytes.unsigned_abs())
}
