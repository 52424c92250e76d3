//! What a client may see of conversations: their own, about portals that are granted to them. Every statement of
//! the client's side starts here.

use diesel::{dsl, prelude::*};
use portico_facts::{MessageId, OrganizationId, PersonId, PortalId};
use portico_kernel::{ClientTx, Instant, Recorded, Result, Side, granted, grants, people, portals};

use crate::{
    conversation::{Place, Standing},
    message::{NewMessage, Words},
    schema::{conversations, message_reads, messages},
    store::{self, Conversation, EnteredConversation, Line, Row, lines_of, named_conversations},
};

/// Conversations in a list: a client has one for each of their portals at most.
const MOST: i64 = 100;

/// THE predicate on the client side (T2). Who else has the same portal is in none of these (P10).
#[diesel::dsl::auto_type]
pub fn client_conversations(organization: OrganizationId, person: PersonId) -> _ {
    let theirs: granted = granted(organization, person);
    conversations::table
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::person_id.eq(person))
        .filter(dsl::exists(theirs.filter(grants::portal_id.eq(conversations::portal_id))))
}

/// The latest first.
///
/// # Errors
/// The database's.
pub fn conversations(tx: &mut ClientTx) -> Result<Vec<Line>> {
    let (organization, person) = tx.sight();
    let rows: Vec<Row> = named_conversations!(client_conversations(organization, person), person)
        .order((conversations::latest_at.desc(), conversations::id))
        .limit(MOST)
        .load(tx.db())?;
    let lines = lines_of(tx, Side::Client, rows)?;
    store::with_rooms(tx, Side::Client, None, lines)
}

/// The rooms of theirs that belong to a portal.
///
/// # Errors
/// The database's.
pub fn rooms_of_portal(tx: &mut ClientTx, portal: PortalId) -> Result<Vec<Line>> {
    store::with_rooms(tx, Side::Client, Some(portal), Vec::new())
}

/// In how many there is something new; `None` where there are no conversations (P9).
///
/// # Errors
/// The database's.
pub fn unread_conversations(tx: &mut ClientTx) -> Result<Option<u64>> {
    let (organization, person) = tx.sight();
    let rows: Vec<(Conversation, Option<i32>)> = client_conversations(organization, person)
        .left_join(
            message_reads::table.on(message_reads::organization_id
                .eq(conversations::organization_id)
                .and(message_reads::conversation_id.eq(conversations::id))
                .and(message_reads::person_id.eq(person))),
        )
        .select((Conversation::as_select(), message_reads::number.nullable()))
        .load(tx.db())?;
    let is_unread = |(conversation, read): &&(Conversation, Option<i32>)| {
        conversation.ends().unread(Side::Client, read.unwrap_or(0)).is_some()
    };
    let unread = rows.iter().filter(is_unread).count() + store::unread_rooms(tx, Side::Client)?.len();
    let is_anywhere = !rows.is_empty() || store::count_rooms(tx)? > 0;
    Ok(is_anywhere.then_some(unread as u64))
}

/// Where this client and staff write to each other about a portal of theirs.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for a portal that is not granted to them.
pub fn entered_conversation(tx: &mut ClientTx, portal: PortalId) -> Result<EnteredConversation> {
    let (organization, person) = tx.sight();
    let theirs = granted(organization, person).filter(grants::portal_id.eq(portal));
    let (name, client): (String, String) = portals::table
        .inner_join(people::table.on(people::organization_id.eq(portals::organization_id)))
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .filter(people::id.eq(person))
        .filter(dsl::exists(theirs))
        .select((portals::name, people::name))
        .first(tx.db())?;
    let conversation = client_conversations(organization, person)
        .filter(conversations::portal_id.eq(portal))
        .select(Conversation::as_select())
        .first(tx.db())
        .optional()?;
    let place = Place { portal, client: person };
    Ok(EnteredConversation { place, portal: name, client, conversation, standing: Standing::Open })
}

/// What was written last about one portal, the latest first: author, words, moment, whether it is gone.
pub type Last = (String, String, Instant, Option<Instant>);

/// # Errors
/// The database's.
pub fn last_messages(tx: &mut ClientTx, portal: PortalId, most: i64) -> Result<Vec<Last>> {
    let (organization, person) = tx.sight();
    Ok(client_messages(organization, person)
        .inner_join(people::table.on(
            people::organization_id.eq(messages::organization_id).and(people::id.eq(messages::author_id)),
        ))
        .filter(conversations::portal_id.eq(portal))
        .order(messages::number.desc())
        .limit(most)
        .select((people::name, messages::words, messages::written_at, messages::deleted_at))
        .load(tx.db())?)
}

/// The messages of the conversations that this client may see.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_messages(organization: OrganizationId, person: PersonId) -> _ {
    let theirs: client_conversations = client_conversations(organization, person);
    theirs.inner_join(
        messages::table.on(messages::organization_id
            .eq(conversations::organization_id)
            .and(messages::conversation_id.eq(conversations::id))),
    )
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for a portal that is not granted to them.
pub fn send(tx: &mut ClientTx, portal: PortalId, new: &NewMessage) -> Result<Recorded<()>> {
    let place = entered_conversation(tx, portal)?.place;
    store::send(tx, place, new)
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for what this client did not write, or may see no more.
pub fn change(
    tx: &mut ClientTx,
    portal: PortalId,
    message: MessageId,
    words: &Words,
) -> Result<Recorded<()>> {
    let place = entered_conversation(tx, portal)?.place;
    store::change(tx, place, message, words)
}

/// # Errors
/// As [`change`].
pub fn delete(tx: &mut ClientTx, portal: PortalId, message: MessageId) -> Result<Recorded<()>> {
    let place = entered_conversation(tx, portal)?.place;
    store::delete(tx, place, message)
}
