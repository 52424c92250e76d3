//! Whom messages name, of conversations and of rooms.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{ConversationId, MessageId, PersonId};
use portico_kernel::{Among, Core, Result, Role, people, per_backend};

use crate::{
    conversation::Place,
    mention::{Colleague, mentioned, spellings},
    message::Words,
    schema::{message_mentions, messages},
};

/// The statements about `$mentions`, for either as those about files.
macro_rules! mentions_in {
    ($name:ident: $mentions:ident) => {
        pub(super) mod $name {
            use super::*;
            use crate::schema::$mentions as mentions;

            /// Those of these people whom the words name.
            pub fn note(
                tx: &mut Core,
                message: MessageId,
                words: &Words,
                colleagues: &[Colleague],
            ) -> Result<()> {
                let organization = tx.organization();
                let rows: Vec<_> = mentioned(words.as_str(), colleagues)
                    .into_iter()
                    .map(|person| {
                        (
                            mentions::organization_id.eq(organization),
                            mentions::message_id.eq(message),
                            mentions::person_id.eq(person),
                        )
                    })
                    .collect();
                if !rows.is_empty() {
                    per_backend!(tx.db(), |c| diesel::insert_into(mentions::table).values(&rows).execute(c))?;
                }
                Ok(())
            }

            pub fn forget(tx: &mut Core, written: &[MessageId]) -> Result<()> {
                let organization = tx.organization();
                diesel::delete(
                    mentions::table
                        .filter(mentions::organization_id.eq(organization))
                        .filter(mentions::message_id.among(written.iter().copied())),
                )
                .execute(tx.db())?;
                Ok(())
            }

            /// How those whom these messages name may stand in them.
            pub fn mentions_of(
                tx: &mut Core,
                written: &[MessageId],
            ) -> Result<HashMap<MessageId, Vec<String>>> {
                let organization = tx.organization();
                let rows: Vec<(MessageId, String)> = mentions::table
                    .inner_join(
                        people::table.on(people::organization_id
                            .eq(mentions::organization_id)
                            .and(people::id.eq(mentions::person_id))),
                    )
                    .filter(mentions::organization_id.eq(organization))
                    .filter(mentions::message_id.among(written.iter().copied()))
                    .select((mentions::message_id, people::name))
                    .load(tx.db())?;
                let mut names: HashMap<MessageId, Vec<String>> = HashMap::new();
                for (message, name) in rows {
                    names.entry(message).or_default().extend(spellings(&name));
                }
                Ok(names)
            }
        }
    };
}

mentions_in!(of_conversations: message_mentions);
mentions_in!(of_rooms: room_mentions);

/// A client names those of the staff who wrote to them, so that nobody finds out by typing who else works there; staff
/// name all of theirs.
pub(super) fn note(
    tx: &mut Core,
    conversation: ConversationId,
    place: Place,
    message: MessageId,
    words: &Words,
) -> Result<()> {
    if !words.as_str().contains('@') {
        return Ok(());
    }
    let colleagues = match tx.actor() == Some(place.client) {
        true => who_wrote(tx, conversation)?,
        false => who_works(tx)?,
    };
    of_conversations::note(tx, message, words, &colleagues)
}

fn who_works(tx: &mut Core) -> Result<Vec<Colleague>> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select((people::id, people::name))
        .load(tx.db())?)
}

fn who_wrote(tx: &mut Core, conversation: ConversationId) -> Result<Vec<Colleague>> {
    let organization = tx.organization();
    Ok(messages::table
        .inner_join(people::table.on(
            people::organization_id.eq(messages::organization_id).and(people::id.eq(messages::author_id)),
        ))
        .filter(messages::organization_id.eq(organization))
        .filter(messages::conversation_id.eq(conversation))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select((people::id, people::name))
        .distinct()
        .load(tx.db())?)
}

/// Of the staff who still work there: whom messages of this conversation name.
pub(super) fn whom_it_names(tx: &mut Core, conversation: ConversationId) -> Result<Vec<PersonId>> {
    let organization = tx.organization();
    Ok(message_mentions::table
        .inner_join(
            messages::table.on(messages::organization_id
                .eq(message_mentions::organization_id)
                .and(messages::id.eq(message_mentions::message_id))),
        )
        .inner_join(
            people::table.on(people::organization_id
                .eq(message_mentions::organization_id)
                .and(people::id.eq(message_mentions::person_id))),
        )
        .filter(message_mentions::organization_id.eq(organization))
        .filter(messages::conversation_id.eq(conversation))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select(message_mentions::person_id)
        .distinct()
        .load(tx.db())?)
}
