//! Lists of conversations.

use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, PersonId, PortalId};
use portico_kernel::{Among, Core, Error, Instant, Result, Side, Tx, grants, people, portals};

use super::{Conversation, unread_rooms, with_rooms};
use crate::{
    conversation::{Place, Where},
    schema::{conversations, message_reads, messages},
};

/// What was written last.
pub enum Latest {
    Nothing,
    /// By whom, and what.
    Words(String, String),
    Deleted,
}

/// A conversation or a room in a list.
pub struct Line {
    /// Of either: no two ids are the same.
    pub id: ConversationId,
    pub place: Where,
    /// Of whom it is with, for a client of the portal; of a room its own.
    pub name: String,
    /// The portal's name, where it is another.
    pub about: Option<String>,
    /// Who wrote last, and what.
    pub latest: Latest,
    pub latest_at: Instant,
    pub is_unread: bool,
}

pub(crate) type Row = (Conversation, Instant, String, String, Option<i32>);

/// `$conversations` with the names of their portal and client, and how far `$reader` has read.
macro_rules! named_conversations {
    ($conversations:expr, $reader:expr) => {{
        use $crate::schema::{conversations, message_reads};
        $conversations
            .inner_join(
                portals::table.on(portals::organization_id
                    .eq(conversations::organization_id)
                    .and(portals::id.eq(conversations::portal_id))),
            )
            .inner_join(
                people::table.on(people::organization_id
                    .eq(conversations::organization_id)
                    .and(people::id.eq(conversations::person_id))),
            )
            .left_join(
                message_reads::table.on(message_reads::organization_id
                    .eq(conversations::organization_id)
                    .and(message_reads::conversation_id.eq(conversations::id))
                    .and(message_reads::person_id.eq($reader))),
            )
            .filter(portals::deleted_at.is_null())
            .select((
                $crate::store::Conversation::as_select(),
                conversations::latest_at,
                portals::name,
                people::name,
                message_reads::number.nullable(),
            ))
    }};
}
pub(crate) use named_conversations;

/// What waits for this member of staff: written by a client, answered by nobody and not read.
#[diesel::dsl::auto_type(no_type_alias)]
fn waits_for_staff() -> _ {
    let unanswered = conversations::client_number.gt(conversations::staff_number);
    let unread = message_reads::number.is_null().or(message_reads::number.lt(conversations::client_number));
    unanswered.and(unread)
}

fn reader(tx: &Core) -> Result<PersonId> {
    tx.actor().ok_or(Error::NotFound)
}

/// All that the reader sees: what waits first, then the latest.
///
/// # Errors
/// The database's.
pub fn conversations(tx: &mut Tx, most: i64) -> Result<Vec<Line>> {
    let (organization, reader) = (tx.organization(), reader(tx)?);
    let all = named_conversations!(conversations::table, reader)
        .filter(conversations::organization_id.eq(organization))
        .order((waits_for_staff().desc(), conversations::latest_at.desc(), conversations::id));
    if !tx.is_limited() {
        let rows: Vec<Row> = all.limit(most).load(tx.db())?;
        let lines = lines_of(tx, Side::Staff, rows)?;
        return with_rooms(tx, Side::Staff, None, lines);
    }
    let mut rows: Vec<Row> = all.load(tx.db())?;
    rows.retain(|row| tx.sees(row.0.place().whereabouts()));
    rows.truncate(usize::try_from(most).unwrap_or_default());
    lines_of(tx, Side::Staff, rows)
}

/// Those about one portal that the reader sees, the latest first.
///
/// # Errors
/// The database's.
pub fn conversations_of_portal(tx: &mut Tx, portal: PortalId, most: i64) -> Result<Vec<Line>> {
    let (organization, reader) = (tx.organization(), reader(tx)?);
    let all = named_conversations!(conversations::table, reader)
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::portal_id.eq(portal))
        .order((conversations::latest_at.desc(), conversations::id));
    if !tx.is_limited() {
        let rows: Vec<Row> = all.limit(most).load(tx.db())?;
        let lines = lines_of(tx, Side::Staff, rows)?;
        return with_rooms(tx, Side::Staff, Some(portal), lines);
    }
    let mut rows: Vec<Row> = all.load(tx.db())?;
    rows.retain(|row| tx.sees(row.0.place().whereabouts()));
    rows.truncate(usize::try_from(most).unwrap_or_default());
    lines_of(tx, Side::Staff, rows)
}

/// How many wait for this member of staff.
///
/// # Errors
/// The database's.
pub fn unread_conversations(tx: &mut Tx) -> Result<u64> {
    let (organization, reader) = (tx.organization(), reader(tx)?);
    let waiting = conversations::table
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(conversations::organization_id)
                .and(portals::id.eq(conversations::portal_id))),
        )
        .left_join(
            message_reads::table.on(message_reads::organization_id
                .eq(conversations::organization_id)
                .and(message_reads::conversation_id.eq(conversations::id))
                .and(message_reads::person_id.eq(reader))),
        )
        .filter(conversations::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(waits_for_staff());
    if tx.is_limited() {
        let waiting: Vec<(PortalId, PersonId)> =
            waiting.select((conversations::portal_id, conversations::person_id)).load(tx.db())?;
        let seen = waiting.into_iter().filter(|(portal, client)| {
            let place = Place { portal: *portal, client: *client };
            tx.sees(place.whereabouts())
        });
        return Ok(seen.count() as u64);
    }
    let count: i64 = waiting.select(dsl::count_star()).first(tx.db())?;
    Ok(count.unsigned_abs() + unread_rooms(tx, Side::Staff)?.len() as u64)
}

/// Rows that the caller was allowed to read, with what was written last in each.
pub(crate) fn lines_of(tx: &mut Core, side: Side, rows: Vec<Row>) -> Result<Vec<Line>> {
    let mut latest = latest_messages(tx, rows.iter().map(|row| row.0.id).collect())?;
    let line = |(conversation, latest_at, portal, client, read): Row| {
        let (name, about) = match side {
            Side::Staff => (client, Some(portal)),
            Side::Client => (portal, None),
        };
        Line {
            id: conversation.id,
            place: conversation.place().into(),
            name,
            about,
            latest: match latest.remove(&conversation.id) {
                Some((author, words)) => Latest::Words(author, words),
                None => Latest::Deleted,
            },
            latest_at,
            is_unread: conversation.ends().unread(side, read.unwrap_or(0)).is_some(),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

fn latest_messages(
    tx: &mut Core,
    wanted: Vec<ConversationId>,
) -> Result<HashMap<ConversationId, (String, String)>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let organization = tx.organization();
    let is_an_end = messages::number
        .eq(conversations::client_number)
        .or(messages::number.eq(conversations::staff_number));
    let ends: Vec<(ConversationId, String, String)> = conversations::table
        .inner_join(
            messages::table.on(messages::organization_id
                .eq(conversations::organization_id)
                .and(messages::conversation_id.eq(conversations::id))),
        )
        .inner_join(people::table.on(
            people::organization_id.eq(messages::organization_id).and(people::id.eq(messages::author_id)),
        ))
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::id.among(wanted))
        .filter(is_an_end)
        .order(messages::number)
        .select((conversations::id, people::name, messages::words))
        .load(tx.db())?;
    // The later of the two takes the place of the other.
    Ok(ends.into_iter().map(|(id, author, words)| (id, (author, words))).collect())
}

/// To whom staff can write about a portal, by name: to nobody while it is archived.
///
/// # Errors
/// [`Error::NotFound`] for a portal that is gone.
pub fn holders_of_portal(tx: &mut Tx, portal: PortalId) -> Result<(String, Vec<(PersonId, String)>)> {
    let organization = tx.organization();
    let (name, archived_at): (String, Option<Instant>) = portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select((portals::name, portals::archived_at))
        .first(tx.db())?;
    if archived_at.is_some() {
        return Ok((name, Vec::new()));
    }
    let mut holders: Vec<(PersonId, String)> =
        grants::table
            .inner_join(people::table.on(
                people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id)),
            ))
            .filter(grants::organization_id.eq(organization))
            .filter(grants::portal_id.eq(portal))
            .filter(grants::revoked_at.is_null())
            .filter(people::removed_at.is_null())
            .order((people::name, people::id))
            .select((people::id, people::name))
            .load(tx.db())?;
    holders.retain(|(client, _)| tx.sees_client(*client));
    Ok((name, holders))
}
