//! Who in a room is told by mail that something is new to them: clients of everything, staff of what names them and, once
//! they wrote there, of everything.

use std::collections::HashSet;

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, OrganizationId, PersonId, RoomId};
use portico_kernel::{Error, NewJob, Recorded, Result, Secret, Tx, people};
use portico_ui::Language;

use super::{RoomMember, RoomRow, members, replies::keep_reply_mac, standing};
use crate::{
    conversation::Standing,
    jobs::{MAIL, UNREAD_SECONDS, UnreadInRoom},
    reply_token::ReplyToken,
    room_visibility::enter,
    schema::{room_members, room_mentions, room_messages, rooms},
    store::{LetterFacts, mailing::UnreadMessage},
};

/// As `settle_due` does in a conversation.
///
/// # Errors
/// The database's.
pub fn settle_due_room(tx: &mut Tx, room: RoomId, answers: Option<&Secret>) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let written: Option<i32> =
        rooms::table.find((organization, room)).select(rooms::last_number).first(tx.db()).optional()?;
    let Some(written) = written else { return Ok(tx.unchanged(())) };
    let wrote = writers(tx, room)?;
    let members = members(tx, room)?;
    // Of a hundred people most have read it, or were told.
    let behind = members.into_iter().filter(|member| member.number.max(member.mailed_number) < written);
    for member in behind {
        let after = member.number.max(member.mailed_number);
        let news = News { reader: member.person, of_all: hears_all(&member, &wrote), after, up_to: i32::MAX };
        let unread = unread(tx, room, &news)?;
        let (Some(first), Some(last)) = (unread.first(), unread.last()) else { continue };
        if tx.now().seconds_since(first.written_at) < UNREAD_SECONDS {
            continue;
        }
        let Some((_, standing)) = entered(tx, &member, room)? else { continue };
        if claim(tx, room, member.person, last.number)? {
            let unread = UnreadInRoom { room, reader: member.person, after, up_to: last.number };
            tx.enqueue(NewJob { kind: MAIL, payload: unread })?;
            if let (Some(secret), Standing::Open) = (answers, standing) {
                let token = token_of(secret, organization, room, member.person);
                keep_reply_mac(tx, room, member.person, &token.mac(secret))?;
            }
        }
    }
    // Nothing that anybody sees has changed.
    Ok(tx.unchanged(()))
}

/// A room's id is no conversation's.
pub(crate) fn token_of(
    secret: &Secret,
    organization: OrganizationId,
    room: RoomId,
    reader: PersonId,
) -> ReplyToken {
    ReplyToken::of(secret, organization, ConversationId::from_bytes(room.bytes()), reader)
}

/// Nobody is mailed of what is written up to now.
///
/// # Errors
/// The database's.
pub fn count_room_as_mailed(tx: &mut Tx, room: RoomId) -> Result<()> {
    let organization = tx.organization();
    let row: RoomRow = rooms::table.find((organization, room)).select(RoomRow::as_select()).first(tx.db())?;
    diesel::update(
        room_members::table
            .filter(room_members::organization_id.eq(organization))
            .filter(room_members::room_id.eq(room)),
    )
    .set(room_members::mailed_number.eq(row.last_number))
    .execute(tx.db())?;
    Ok(())
}

/// As they would enter it now (P12).
fn entered(tx: &mut Tx, member: &RoomMember, room: RoomId) -> Result<Option<(RoomRow, Standing)>> {
    let (row, _) = match enter(tx, member.role.side(), member.person, room) {
        Err(Error::NotFound) => return Ok(None),
        entered => entered?,
    };
    match standing(tx, &row) {
        Err(Error::NotFound) => Ok(None),
        standing => Ok(Some((row, standing?.1))),
    }
}

fn hears_all(member: &RoomMember, wrote: &HashSet<PersonId>) -> bool {
    !member.role.is_staff() || wrote.contains(&member.person)
}

fn writers(tx: &mut Tx, room: RoomId) -> Result<HashSet<PersonId>> {
    let organization = tx.organization();
    let authors: Vec<PersonId> = room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(room))
        .select(room_messages::author_id)
        .distinct()
        .load(tx.db())?;
    Ok(authors.into_iter().collect())
}

/// Whether the mail up to this number is ours to send: of two jobs at once, one's.
fn claim(tx: &mut Tx, room: RoomId, reader: PersonId, number: i32) -> Result<bool> {
    let organization = tx.organization();
    let claimed = diesel::update(room_members::table.find((organization, room, reader)))
        .filter(room_members::mailed_number.lt(number))
        .set(room_members::mailed_number.eq(number))
        .execute(tx.db())?;
    Ok(claimed == 1)
}

/// What may be new to one reader: after one number and up to another, all of it or what names them.
struct News {
    reader: PersonId,
    of_all: bool,
    after: i32,
    up_to: i32,
}

fn unread(tx: &mut Tx, room: RoomId, news: &News) -> Result<Vec<UnreadMessage>> {
    let organization = tx.organization();
    let new = room_messages::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_messages::organization_id)
                .and(people::id.eq(room_messages::author_id))),
        )
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(room))
        .filter(room_messages::deleted_at.is_null())
        .filter(room_messages::author_id.ne(news.reader))
        .filter(room_messages::number.gt(news.after))
        .filter(room_messages::number.le(news.up_to))
        .order(room_messages::number)
        .select((room_messages::number, people::name, room_messages::words, room_messages::written_at));
    let names_reader = room_mentions::table
        .filter(room_mentions::organization_id.eq(organization))
        .filter(room_mentions::message_id.eq(room_messages::id))
        .filter(room_mentions::person_id.eq(news.reader));
    Ok(match news.of_all {
        true => new.load(tx.db())?,
        false => new.filter(dsl::exists(names_reader)).load(tx.db())?,
    })
}

/// `None` when there is nothing to write about any more: it was read or deleted, or its reader was taken out.
///
/// # Errors
/// The database's.
pub fn room_letter_facts(tx: &mut Tx, owed: &UnreadInRoom) -> Result<Option<LetterFacts>> {
    let all = members(tx, owed.room)?;
    let Some(member) = all.into_iter().find(|member| member.person == owed.reader) else { return Ok(None) };
    let Some((room, standing)) = entered(tx, &member, owed.room)? else { return Ok(None) };
    let wrote = writers(tx, owed.room)?;
    let news = News {
        reader: member.person,
        of_all: hears_all(&member, &wrote),
        after: member.number.max(owed.after),
        up_to: owed.up_to,
    };
    let messages = unread(tx, owed.room, &news)?;
    if messages.is_empty() {
        return Ok(None);
    }
    let organization = tx.organization();
    let language: Option<String> = people::table
        .find((organization, owed.reader))
        .filter(people::removed_at.is_null())
        .select(people::language)
        .first(tx.db())?;
    Ok(Some(LetterFacts {
        side: member.role.side(),
        to: member.email,
        to_name: member.name,
        language: language.as_deref().and_then(Language::from_code),
        place: owed.room.into(),
        portal: room.name,
        messages: messages.into_iter().map(|message| (message.author, message.words)).collect(),
        takes_answers: standing == Standing::Open,
    }))
}
