//! Whom messages name.

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
    let organization = tx.organization();
    let rows: Vec<_> = mentioned(words.as_str(), &colleagues)
        .into_iter()
        .map(|person| {
            (
                message_mentions::organization_id.eq(organization),
                message_mentions::message_id.eq(message),
                message_mentions::person_id.eq(person),
            )
        })
        .collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(message_mentions::table).values(&rows).execute(c))?;
    }
    Ok(())
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

pub(super) fn forget(tx: &mut Core, messages: &[MessageId]) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        message_mentions::table
            .filter(message_mentions::organization_id.eq(organization))
            .filter(message_mentions::message_id.among(messages.iter().copied())),
    )
    .execute(tx.db())?;
    Ok(())
}

/// How those whom these messages name may stand in them.
pub(super) fn mentions_of(tx: &mut Core, messages: &[MessageId]) -> Result<HashMap<MessageId, Vec<String>>> {
    let organization = tx.organization();
    let rows: Vec<(MessageId, String)> = message_mentions::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(message_mentions::organization_id)
                .and(people::id.eq(message_mentions::person_id))),
        )
        .filter(message_mentions::organization_id.eq(organization))
        .filter(message_mentions::message_id.among(messages.iter().copied()))
        .select((message_mentions::message_id, people::name))
        .load(tx.db())?;
    let mut names: HashMap<MessageId, Vec<String>> = HashMap::new();
    for (message, name) in rows {
        names.entry(message).or_default().extend(spellings(&name));
    }
    Ok(names)
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
