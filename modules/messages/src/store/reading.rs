//! A conversation as somebody reads it, and that they did; pages of messages, in conversations and in rooms.

use diesel::prelude::*;
use portico_facts::{ConversationId, EventKind, MessageId, PersonId, RoomId};
use portico_kernel::{Core, Error, Instant, NewEvent, Recorded, Result, Role, Side, people, per_backend};

use super::{Conversation, EnteredConversation};
use crate::{
    conversation::{Standing, Where},
    message::Message,
    schema::{message_reads, messages},
};

/// Messages on one page.
const SHOWN: usize = 50;
/// How many of them come after the one that was asked for.
const AFTER: i32 = 10;

/// What the page of a conversation shows.
pub struct Thread {
    pub place: Where,
    pub standing: Standing,
    pub reader: PersonId,
    /// In the order of writing.
    pub messages: Vec<Message>,
    /// Whether there are others before and after them.
    pub has_earlier: bool,
    pub has_later: bool,
    /// The number of the last one that is new to the reader.
    pub unread: Option<i32>,
    /// For staff: how far clients have read.
    pub receipts: Vec<Receipt>,
}

/// Messages in the order of writing, and whether there are others before and after them.
pub struct Page {
    pub messages: Vec<Message>,
    pub has_earlier: bool,
    pub has_later: bool,
}

/// Up to which number somebody has read, and when.
pub struct Receipt {
    /// Where there is more than one who could.
    pub name: Option<String>,
    pub number: i32,
    pub at: Instant,
}

/// For a conversation that the caller may enter: the latest messages, or those around one of them.
///
/// # Errors
/// The database's.
pub fn thread(
    tx: &mut Core,
    side: Side,
    entered: &EnteredConversation,
    around: Option<MessageId>,
) -> Result<Thread> {
    let reader = tx.actor().ok_or(Error::NotFound)?;
    let mut thread = Thread {
        place: entered.place.into(),
        standing: entered.standing,
        reader,
        messages: Vec::new(),
        has_earlier: false,
        has_later: false,
        unread: None,
        receipts: Vec::new(),
    };
    let Some(conversation) = &entered.conversation else { return Ok(thread) };
    let page = of_conversations::page(tx, conversation.id, conversation.last_number, around)?;
    (thread.messages, thread.has_earlier, thread.has_later) =
        (page.messages, page.has_earlier, page.has_later);
    let (read, _) = how_far(tx, conversation.id, reader)?;
    thread.unread = conversation.ends().unread(side, read);
    if side == Side::Staff {
        let (number, at) = how_far(tx, conversation.id, entered.place.client)?;
        thread.receipts.extend(at.map(|at| Receipt { name: None, number, at }));
    }
    Ok(thread)
}

type Row = (MessageId, i32, PersonId, String, String, String, Instant, Option<Instant>, Option<Instant>);

/// Of [`Row`].
macro_rules! columns {
    ($messages:ident) => {
        (
            $messages::id,
            $messages::number,
            $messages::author_id,
            people::name,
            people::role,
            $messages::words,
            $messages::written_at,
            $messages::edited_at,
            $messages::deleted_at,
        )
    };
}

/// Without what belongs to it.
///
/// # Errors
/// [`Error::Internal`] for a role that there is not.
fn message(row: Row) -> Result<Message> {
    let (id, number, author, author_name, role, words, written_at, edited_at, deleted_at) = row;
    let side = Role::from_name(&role)?.side();
    let (files, mentions) = (Vec::new(), Vec::new());
    Ok(Message {
        id,
        number,
        author,
        author_name,
        side,
        words,
        written_at,
        edited_at,
        deleted_at,
        files,
        mentions,
    })
}

/// The messages of one conversation, or of one place in another table of messages, with whoever wrote each.
macro_rules! messages_in {
    ($messages:ident.$within:ident, $organization:expr, $place:expr) => {
        $messages::table
            .inner_join(
                people::table.on(people::organization_id
                    .eq($messages::organization_id)
                    .and(people::id.eq($messages::author_id))),
            )
            .filter($messages::organization_id.eq($organization))
            .filter($messages::$within.eq($place))
    };
    ($organization:expr, $conversation:expr) => {
        $crate::store::reading::messages_in!(messages.conversation_id, $organization, $conversation)
    };
}
pub(super) use messages_in;

/// The statements about pages of `$messages`, for either as those about files.
macro_rules! pages_in {
    ($name:ident: $messages:ident, $within:ident: $Place:ty) => {
        pub(super) mod $name {
            use super::*;
            use crate::{
                schema::$messages as messages,
                store::{files::$name::files_of, mentions::$name::mentions_of},
            };

            /// The latest messages up to the newest one, or those around another.
            pub fn page(
                tx: &mut Core,
                place: $Place,
                newest: i32,
                around: Option<MessageId>,
            ) -> Result<Page> {
                let asked_for = match around {
                    Some(message) => number_of(tx, place, message)?,
                    None => None,
                };
                let last = asked_for.map_or(newest, |number| number.saturating_add(AFTER));
                let organization = tx.organization();
                // One more than is shown.
                let mut rows: Vec<Row> = messages_in!(messages.$within, organization, place)
                    .filter(messages::number.le(last))
                    .order(messages::number.desc())
                    .limit(SHOWN as i64 + 1)
                    .select(columns!(messages))
                    .load(tx.db())?;
                let has_earlier = rows.len() > SHOWN;
                rows.truncate(SHOWN);
                rows.reverse();
                Ok(Page { messages: whole(tx, rows)?, has_earlier, has_later: last < newest })
            }

            fn number_of(tx: &mut Core, place: $Place, message: MessageId) -> Result<Option<i32>> {
                let organization = tx.organization();
                Ok(messages::table
                    .find((organization, message))
                    .filter(messages::$within.eq(place))
                    .select(messages::number)
                    .first(tx.db())
                    .optional()?)
            }

            /// With files and mentions, of all of them at once.
            pub fn whole(tx: &mut Core, rows: Vec<Row>) -> Result<Vec<Message>> {
                let mut written: Vec<Message> = rows.into_iter().map(message).collect::<Result<_>>()?;
                let ids: Vec<MessageId> = written.iter().map(|message| message.id).collect();
                let mut files = files_of(tx, &ids)?;
                let mut mentions = mentions_of(tx, &ids)?;
                for message in &mut written {
                    message.files = files.remove(&message.id).unwrap_or_default();
                    message.mentions = mentions.remove(&message.id).unwrap_or_default();
                }
                Ok(written)
            }

            pub fn with_number(tx: &mut Core, place: $Place, number: i32) -> Result<MessageId> {
                let organization = tx.organization();
                Ok(messages::table
                    .filter(messages::organization_id.eq(organization))
                    .filter(messages::$within.eq(place))
                    .filter(messages::number.eq(number))
                    .select(messages::id)
                    .first(tx.db())?)
            }
        }
    };
}

pages_in!(of_conversations: messages, conversation_id: ConversationId);
pages_in!(of_rooms: room_messages, room_id: RoomId);

/// Those with these numbers, in the order of writing, of a conversation that the caller may see.
///
/// # Errors
/// The database's.
pub fn messages_between(
    tx: &mut Core,
    conversation: ConversationId,
    first: i32,
    last: i32,
) -> Result<Vec<Message>> {
    let organization = tx.organization();
    let rows: Vec<Row> = messages_in!(organization, conversation)
        .filter(messages::number.ge(first))
        .filter(messages::number.le(last))
        .order(messages::number)
        .select(columns!(messages))
        .load(tx.db())?;
    of_conversations::whole(tx, rows)
}

/// Up to which number somebody has read, and when.
fn how_far(tx: &mut Core, conversation: ConversationId, person: PersonId) -> Result<(i32, Option<Instant>)> {
    let organization = tx.organization();
    let row = message_reads::table
        .find((organization, conversation, person))
        .select((message_reads::number, message_reads::read_at))
        .first(tx.db())
        .optional()?;
    Ok(row.unwrap_or((0, None)))
}

/// Somebody has read up to a number. Whoever is there already stays there.
///
/// # Errors
/// The database's.
pub fn record_reading(tx: &mut Core, conversation: &Conversation, number: i32) -> Result<Recorded<()>> {
    let reader = tx.actor().ok_or(Error::NotFound)?;
    let number = number.min(conversation.last_number);
    if !move_on(tx, conversation.id, reader, number)? {
        return Ok(tx.unchanged(()));
    }
    let message = of_conversations::with_number(tx, conversation.id, number)?;
    let place = conversation.place();
    let event = NewEvent::new(EventKind::MESSAGE_READ, message).in_portal(place.portal);
    // That staff have read is none of the client's business.
    tx.record(if reader == place.client { event.about(reader) } else { event })
}

/// Whether it was not as far before.
pub(super) fn move_on(
    tx: &mut Core,
    conversation: ConversationId,
    reader: PersonId,
    number: i32,
) -> Result<bool> {
    make_row(tx, conversation, reader)?;
    let (organization, now) = (tx.organization(), tx.now());
    let moved = diesel::update(message_reads::table.find((organization, conversation, reader)))
        .filter(message_reads::number.lt(number))
        .set((message_reads::number.eq(number), message_reads::read_at.eq(Some(now))))
        .execute(tx.db())?;
    Ok(moved == 1)
}

/// So that one conditional update can decide between two that come at once.
pub(super) fn make_row(tx: &mut Core, conversation: ConversationId, reader: PersonId) -> Result<()> {
    let organization = tx.organization();
    per_backend!(tx.db(), |c| diesel::insert_into(message_reads::table)
        .values((
            message_reads::organization_id.eq(organization),
            message_reads::conversation_id.eq(conversation),
            message_reads::person_id.eq(reader),
            message_reads::number.eq(0),
            message_reads::mailed_number.eq(0),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}
