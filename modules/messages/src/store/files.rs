//! Files in messages, of conversations and of rooms. Whoever calls has found out that the reader may see these.

use std::collections::HashMap;

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{ConversationId, MessageFileId, MessageId, RoomId};
use portico_kernel::{Among, Core, Error, KeptFile, NewJob, Result, Tx, per_backend};

use super::{EnteredRoom, conversation_at};
use crate::{
    conversation::Place,
    file::MessageFile,
    jobs::{FORGET, Forget},
    schema::{message_files, messages},
};

/// The statements about `$files`, once for conversations and once for rooms: what diesel makes of a statement names its
/// table, so that no function is of both.
macro_rules! files_in {
    ($name:ident: $files:ident of $messages:ident, $within:ident: $Place:ty) => {
        pub(super) mod $name {
            use super::*;
            use crate::schema::{$files as files, $messages as messages};

            /// In their order, as rows of the message that was written just now.
            pub fn add(tx: &mut Core, message: MessageId, kept: &[KeptFile]) -> Result<()> {
                if kept.is_empty() {
                    return Ok(());
                }
                let organization = tx.organization();
                let mut rows = Vec::new();
                for (place, file) in (0_i32..).zip(kept) {
                    rows.push((
                        files::organization_id.eq(organization),
                        files::id.eq(tx.new_id(MessageFileId::from_bytes)),
                        files::message_id.eq(message),
                        files::place.eq(place),
                        files::name.eq(file.name.clone()),
                        files::media_type.eq(file.media_type.clone()),
                        files::object_key.eq(file.key.clone()),
                        files::size.eq(i64::try_from(file.size).unwrap_or(i64::MAX)),
                        files::sha256.eq(file.sha256.clone()),
                    ));
                }
                per_backend!(tx.db(), |c| diesel::insert_into(files::table).values(&rows).execute(c))?;
                Ok(())
            }

            /// Rows at once; their objects by a job, when no row holds them any more.
            pub fn remove(tx: &mut Core, written: &[MessageId]) -> Result<()> {
                let organization = tx.organization();
                let theirs = || {
                    files::table
                        .filter(files::organization_id.eq(organization))
                        .filter(files::message_id.among(written.iter().copied()))
                };
                let keys: Vec<String> = theirs().select(files::object_key).load(tx.db())?;
                if keys.is_empty() {
                    return Ok(());
                }
                diesel::delete(theirs()).execute(tx.db())?;
                tx.enqueue(NewJob { kind: FORGET, payload: Forget { keys } })
            }

            pub fn files_of(
                tx: &mut Core,
                written: &[MessageId],
            ) -> Result<HashMap<MessageId, Vec<MessageFile>>> {
                let organization = tx.organization();
                let rows: Vec<(MessageId, MessageFileId, String, i64)> = files::table
                    .filter(files::organization_id.eq(organization))
                    .filter(files::message_id.among(written.iter().copied()))
                    .order((files::message_id, files::place))
                    .select((files::message_id, files::id, files::name, files::size))
                    .load(tx.db())?;
                let mut found: HashMap<MessageId, Vec<MessageFile>> = HashMap::new();
                for (message, id, name, size) in rows {
                    found.entry(message).or_default().push(MessageFile {
                        id,
                        name,
                        size: size.unsigned_abs(),
                    });
                }
                Ok(found)
            }

            /// For search.
            ///
            /// # Errors
            /// The database's.
            pub fn names_of_files(tx: &mut Core, message: MessageId) -> Result<Vec<String>> {
                let found = files_of(tx, &[message])?;
                Ok(found.into_values().flatten().map(|file| file.name).collect())
            }

            pub fn kept_file(
                tx: &mut Core,
                place: $Place,
                message: MessageId,
                file: MessageFileId,
            ) -> Result<KeptFile> {
                let organization = tx.organization();
                let (key, name, size, media_type, sha256): (String, String, i64, String, Vec<u8>) =
                    files::table
                        .inner_join(
                            messages::table.on(messages::organization_id
                                .eq(files::organization_id)
                                .and(messages::id.eq(files::message_id))),
                        )
                        .filter(files::organization_id.eq(organization))
                        .filter(files::id.eq(file))
                        .filter(messages::id.eq(message))
                        .filter(messages::$within.eq(place))
                        .filter(messages::deleted_at.is_null())
                        .select((
                            files::object_key,
                            files::name,
                            files::size,
                            files::media_type,
                            files::sha256,
                        ))
                        .first(tx.db())?;
                Ok(KeptFile { key, name, size: size.unsigned_abs(), media_type, sha256 })
            }

            /// Those of the keys that these files hold.
            ///
            /// # Errors
            /// The database's.
            pub fn known_keys(tx: &mut Tx, keys: &[String]) -> Result<Vec<String>> {
                let organization = tx.organization();
                Ok(files::table
                    .filter(files::organization_id.eq(organization))
                    .filter(files::object_key.among(keys.iter().map(String::as_str)))
                    .select(files::object_key)
                    .load(tx.db())?)
            }

            /// The next keys that these files hold, in ascending order.
            ///
            /// # Errors
            /// The database's.
            pub fn keys_after(tx: &mut Tx, after: Option<&str>, limit: i64) -> Result<Vec<String>> {
                let organization = tx.organization();
                Ok(files::table
                    .filter(files::organization_id.eq(organization))
                    .filter(files::object_key.gt(after.unwrap_or_default()))
                    .order(files::object_key)
                    .limit(limit)
                    .select(files::object_key)
                    .load(tx.db())?)
            }

            /// What these files take up.
            ///
            /// # Errors
            /// The database's.
            pub fn stored_bytes(tx: &mut Core) -> Result<u64> {
                let organization = tx.organization();
                // PostgreSQL sums up to a numeric, which the two databases do not share.
                let sum = concat!(
                    "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM ",
                    stringify!($files),
                    " WHERE organization_id = $1"
                );
                let stored: Stored = per_backend!(tx.db(), |connection| {
                    sql_query(sum).bind::<sql_types::Binary, _>(organization).get_result(connection)?
                });
                Ok(stored.bytes.unsigned_abs())
            }
        }
    };
}

files_in!(of_conversations: message_files of messages, conversation_id: ConversationId);
files_in!(of_rooms: room_files of room_messages, room_id: RoomId);

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

/// # Errors
/// [`Error::NotFound`] for one of another conversation, and for what is deleted.
pub fn file(tx: &mut Core, place: Place, message: MessageId, file: MessageFileId) -> Result<KeptFile> {
    let conversation = conversation_at(tx, place)?.ok_or(Error::NotFound)?.id;
    of_conversations::kept_file(tx, conversation, message, file)
}

/// # Errors
/// [`Error::NotFound`] for one of another room, and for what is deleted.
pub fn room_file(
    tx: &mut Core,
    entered: &EnteredRoom,
    message: MessageId,
    file: MessageFileId,
) -> Result<KeptFile> {
    of_rooms::kept_file(tx, entered.row.id, message, file)
}

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}
