//! Who is told by mail that something is new to them, and what the mail says.

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, PersonId};
use portico_kernel::{Error, Instant, NewJob, Recorded, Result, Role, Secret, Side, Tx, people, portals};
use portico_ui::Language;

use super::{
    Conversation, EnteredConversation, entered_conversation, holds_grant,
    mentions::whom_it_names,
    reading::{make_row, messages_in},
    replies::keep_reply_address,
};
use crate::{
    conversation::{Standing, Where},
    jobs::{MAIL, UNREAD_SECONDS, Unread},
    reply_token::ReplyToken,
    schema::{conversations, message_mentions, message_reads, messages},
};

/// Owes a mail to everyone to whom something of this conversation has been new for five minutes, about all that
/// is, and to nobody about the same message twice. What is younger than that waits for a job of its own. Where answers can
/// come in, the secret says what is stored of each reader's address for them.
///
/// # Errors
/// The database's.
pub fn settle_due(tx: &mut Tx, id: ConversationId, answers: Option<&Secret>) -> Result<Recorded<()>> {
    let Some(conversation) = conversation(tx, id)? else { return Ok(tx.unchanged(())) };
    for reader in readers(tx, &conversation)? {
        let (read, mailed) = reads(tx, id, reader)?;
        let after = read.max(mailed);
        let unread = unread(tx, &conversation, &News { reader, read, after, up_to: i32::MAX })?;
        let (Some(first), Some(last)) = (unread.first(), unread.last()) else { continue };
        let is_due = tx.now().seconds_since(first.written_at) >= UNREAD_SECONDS;
        if is_due && claim(tx, id, reader, last.number)? {
            let unread = Unread { conversation: id, reader, after, up_to: last.number };
            tx.enqueue(NewJob { kind: MAIL, payload: unread })?;
            if let Some(secret) = answers {
                let token = ReplyToken::of(secret, tx.organization(), id, reader);
                keep_reply_address(tx, id, reader, &token.mac(secret))?;
            }
        }
    }
    // Nothing that anybody sees has changed.
    Ok(tx.unchanged(()))
}

/// Nobody is mailed of what is written up to now.
///
/// # Errors
/// The database's.
pub fn count_as_mailed(tx: &mut Tx, conversation: &Conversation) -> Result<()> {
    for reader in readers(tx, conversation)? {
        claim(tx, conversation.id, reader, conversation.last_number)?;
    }
    Ok(())
}

/// In a portal that is there.
fn conversation(tx: &mut Tx, id: ConversationId) -> Result<Option<Conversation>> {
    let organization = tx.organization();
    Ok(conversations::table
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(conversations::organization_id)
                .and(portals::id.eq(conversations::portal_id))),
        )
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::id.eq(id))
        .filter(portals::deleted_at.is_null())
        .select(Conversation::as_select())
        .first(tx.db())
        .optional()?)
}

fn side_of(conversation: &Conversation, reader: PersonId) -> Side {
    match reader == conversation.place().client {
        true => Side::Client,
        false => Side::Staff,
    }
}

/// The client, while they have the portal; of staff those who wrote in it, and before anyone did those whose it is to
/// answer; and those whom it names. Nobody is told of what lies beyond their limit.
fn readers(tx: &mut Tx, conversation: &Conversation) -> Result<Vec<PersonId>> {
    let (organization, place) = (tx.organization(), conversation.place());
    let here = Some(place.whereabouts());
    let wrote: Vec<PersonId> = messages_in!(organization, conversation.id)
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select(messages::author_id)
        .distinct()
        .load(tx.db())?;
    let mut readers = tx.who_sees(wrote, here)?;
    if readers.is_empty() {
        let first = whose_to_answer(tx)?;
        readers = tx.who_sees(first, here)?;
    }
    let named = whom_it_names(tx, conversation.id)?;
    for named in tx.who_sees(named, here)? {
        if !readers.contains(&named) {
            readers.push(named);
        }
    }
    if holds_grant(tx, place)? {
        readers.push(place.client);
    }
    Ok(readers)
}

/// The owners, and limited members, for whom a client or a project was chosen so that they look after it.
fn whose_to_answer(tx: &mut Tx) -> Result<Vec<PersonId>> {
    let organization = tx.organization();
    let is_limited = people::role.eq(Role::Member.name()).and(people::limited_at.is_not_null());
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Owner.name()).or(is_limited))
        .filter(people::removed_at.is_null())
        .select(people::id)
        .load(tx.db())?)
}

/// Up to where somebody has read, and was mailed.
fn reads(tx: &mut Tx, conversation: ConversationId, reader: PersonId) -> Result<(i32, i32)> {
    let organization = tx.organization();
    let row = message_reads::table
        .find((organization, conversation, reader))
        .select((message_reads::number, message_reads::mailed_number))
        .first(tx.db())
        .optional()?;
    Ok(row.unwrap_or((0, 0)))
}

/// Whether the mail up to this number is ours to send: of two jobs at once, one's.
fn claim(tx: &mut Tx, conversation: ConversationId, reader: PersonId, number: i32) -> Result<bool> {
    make_row(tx, conversation, reader)?;
    let organization = tx.organization();
    let claimed = diesel::update(message_reads::table.find((organization, conversation, reader)))
        .filter(message_reads::mailed_number.lt(number))
        .set(message_reads::mailed_number.eq(number))
        .execute(tx.db())?;
    Ok(claimed == 1)
}

/// Of a conversation, or of a room.
#[derive(Queryable)]
pub(super) struct UnreadMessage {
    pub number: i32,
    pub author: String,
    pub words: String,
    pub written_at: Instant,
}

/// What may be new to one reader: after one number and up to another.
struct News {
    reader: PersonId,
    read: i32,
    after: i32,
    up_to: i32,
}

/// What the other side wrote and nobody of the reader's has settled, and what names the reader, in its order.
fn unread(tx: &mut Tx, conversation: &Conversation, news: &News) -> Result<Vec<UnreadMessage>> {
    let (organization, client) = (tx.organization(), conversation.place().client);
    let new = messages_in!(organization, conversation.id)
        .filter(messages::deleted_at.is_null())
        .filter(messages::number.gt(news.after))
        .filter(messages::number.le(news.up_to))
        .order(messages::number)
        .select((messages::number, people::name, messages::words, messages::written_at));
    let side = side_of(conversation, news.reader);
    Ok(match side {
        Side::Staff => {
            let names_reader = message_mentions::table
                .filter(message_mentions::organization_id.eq(organization))
                .filter(message_mentions::message_id.eq(messages::id))
                .filter(message_mentions::person_id.eq(news.reader));
            let settled = conversation.ends().settled(side, news.read);
            let waits = messages::author_id.eq(client).and(messages::number.gt(settled));
            new.filter(messages::author_id.ne(news.reader))
                .filter(waits.or(dsl::exists(names_reader)))
                .load(tx.db())?
        }
        Side::Client => new.filter(messages::author_id.ne(client)).load(tx.db())?,
    })
}

/// What a mail says, as it is when it goes out.
pub struct LetterFacts {
    pub to: String,
    pub to_name: String,
    pub language: Option<Language>,
    pub side: Side,
    pub place: Where,
    /// What they are about: the portal's name, or the room's.
    pub portal: String,
    /// Who wrote, and what, in its order.
    pub messages: Vec<(String, String)>,
    /// Whether the mail itself can be answered.
    pub takes_answers: bool,
}

/// `None` when there is nothing to write about any more: it was read, answered or deleted, or the portal was
/// taken back.
///
/// # Errors
/// The database's.
pub fn letter_facts(tx: &mut Tx, owed: &Unread) -> Result<Option<LetterFacts>> {
    let Some(conversation) = conversation(tx, owed.conversation)? else { return Ok(None) };
    let side = side_of(&conversation, owed.reader);
    let entered = match entered_conversation(tx, conversation.place()) {
        Err(Error::NotFound) => return Ok(None),
        entered => entered?,
    };
    let EnteredConversation { place, portal, standing, .. } = entered;
    if side == Side::Client && standing == Standing::Closed {
        return Ok(None);
    }
    let (read, _) = reads(tx, conversation.id, owed.reader)?;
    let news = News { reader: owed.reader, read, after: read.max(owed.after), up_to: owed.up_to };
    let messages = unread(tx, &conversation, &news)?;
    let organization = tx.organization();
    let to: Option<(String, String, Option<String>)> = people::table
        .find((organization, owed.reader))
        .filter(people::removed_at.is_null())
        .select((people::email, people::name, people::language))
        .first(tx.db())
        .optional()?;
    let (Some((to, to_name, language)), false) = (to, messages.is_empty()) else { return Ok(None) };
    Ok(Some(LetterFacts {
        to,
        to_name,
        language: language.as_deref().and_then(Language::from_code),
        side,
        place: place.into(),
        portal,
        messages: messages.into_iter().map(|message| (message.author, message.words)).collect(),
        takes_answers: standing == Standing::Open,
    }))
}
