//! Files in messages of rooms.

use std::collections::HashMap;

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{MessageFileId, MessageId};
use portico_kernel::{Among, Core, KeptFile, NewJob, Result, Tx, per_backend};

use super::EnteredRoom;
use crate::{
    file::MessageFile,
    jobs::{FORGET, Forget},
    schema::{room_files, room_messages},
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
            room_files::organization_id.eq(organization),
            room_files::id.eq(tx.new_id(MessageFileId::from_bytes)),
            room_files::message_id.eq(message),
            room_files::place.eq(place),
            room_files::name.eq(file.name.clone()),
            room_files::media_type.eq(file.media_type.clone()),
            room_files::object_key.eq(file.key.clone()),
            room_files::size.eq(i64::try_from(file.size).unwrap_or(i64::MAX)),
            room_files::sha256.eq(file.sha256.clone()),
        ));
    }
    per_backend!(tx.db(), |c| diesel::insert_into(room_files::table).values(&rows).execute(c))?;
    Ok(())
}

/// Rows at once; their objects by a job, when no row holds them any more.
pub(super) fn remove(tx: &mut Core, messages: &[MessageId]) -> Result<()> {
    let organization = tx.organization();
    let theirs = || {
        room_files::table
            .filter(room_files::organization_id.eq(organization))
            .filter(room_files::message_id.among(messages.iter().copied()))
    };
    let keys: Vec<String> = theirs().select(room_files::object_key).load(tx.db())?;
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
    let rows: Vec<(MessageId, MessageFileId, String, i64)> = room_files::table
        .filter(room_files::organization_id.eq(organization))
        .filter(room_files::message_id.among(messages.iter().copied()))
        .order((room_files::message_id, room_files::place))
        .select((room_files::message_id, room_files::id, room_files::name, room_files::size))
        .load(tx.db())?;
    let mut files: HashMap<MessageId, Vec<MessageFile>> = HashMap::new();
    for (message, id, name, size) in rows {
        files.entry(message).or_default().push(MessageFile { id, name, size: size.unsigned_abs() });
    }
    Ok(files)
}

/// For search.
///
/// # Errors
/// The database's.
pub fn room_names_of_files(tx: &mut Core, message: MessageId) -> Result<Vec<String>> {
    let files = files_of(tx, &[message])?;
    Ok(files.into_values().flatten().map(|file| file.name).collect())
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for one of another room, and for what is deleted.
pub fn room_file(
    tx: &mut Core,
    entered: &EnteredRoom,
    message: MessageId,
    file: MessageFileId,
) -> Result<KeptFile> {
    let organization = tx.organization();
    let (key, name, size, media_type, sha256): (String, String, i64, String, Vec<u8>) = room_files::table
        .inner_join(
            room_messages::table.on(room_messages::organization_id
                .eq(room_files::organization_id)
                .and(room_messages::id.eq(room_files::message_id))),
        )
        .filter(room_files::organization_id.eq(organization))
        .filter(room_files::id.eq(file))
        .filter(room_messages::id.eq(message))
        .filter(room_messages::room_id.eq(entered.row.id))
        .filter(room_messages::deleted_at.is_null())
        .select((
            room_files::object_key,
            room_files::name,
            room_files::size,
            room_files::media_type,
            room_files::sha256,
        ))
        .first(tx.db())?;
    Ok(KeptFile { key, name, size: size.unsigned_abs(), media_type, sha256 })
}

/// Those of the keys that files in rooms hold.
///
/// # Errors
/// The database's.
pub fn known_room_keys(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(room_files::table
        .filter(room_files::organization_id.eq(organization))
        .filter(room_files::object_key.among(keys.iter().map(String::as_str)))
        .select(room_files::object_key)
        .load(tx.db())?)
}

/// The next keys that files in rooms hold, in ascending order.
///
/// # Errors
/// The database's.
pub fn room_keys_after(tx: &mut Tx, after: Option<&str>, limit: i64) -> Result<Vec<String>> {
    let organization = tx.organization();
    Ok(room_files::table
        .filter(room_files::organization_id.eq(organization))
        .filter(room_files::object_key.gt(after.unwrap_or_default()))
        .order(room_files::object_key)
        .limit(limit)
        .select(room_files::object_key)
        .load(tx.db())?)
}

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}

/// What files in rooms take up.
///
/// # Errors
/// The database's.
pub fn stored_room_bytes(tx: &mut Core) -> Result<u64> {
    let organization = tx.organization();
    // PostgreSQL sums up to a numeric, which the two databases do not share.
    let sum = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM room_files \
               WHERE organization_id = $1";
    let stored: Stored = per_backend!(tx.db(), |connection| {
        sql_query(sum).bind::<sql_types::Binary, _>(organization).get_result(connection)?
    });
    Ok(stored.bytes.unsigned_abs())
}
