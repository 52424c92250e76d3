//! Answers by mail: to which conversation they are, and what is written down of those that are refused.

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, EventKind, PersonId, PortalId, SubjectId};
use portico_kernel::{
    Instant, NewEvent, Recorded, Result, Role, Side, Tx, events, people, per_backend, portals,
};
use serde_json::json;

use super::{holds_grant, replying_in_room, was_taken_in_room};
use crate::{
    conversation::{Place, Where},
    schema::{conversations, messages, reply_addresses},
};

/// Of an address of whoever is refused, in characters.
const LONGEST_ADDRESS: usize = 200;
/// Between two that are written down.
const REFUSED_SECONDS: i64 = 3_600;

/// Who answers, and where.
#[derive(Clone, Debug)]
pub struct Replying {
    /// The conversation or the room.
    pub about: SubjectId,
    pub place: Where,
    /// To which it belongs.
    pub portal: Option<PortalId>,
    pub person: PersonId,
    pub email: String,
    /// `None` for whoever may not write there any more.
    pub side: Option<Side>,
}

/// Before the mail that says it goes out.
///
/// # Errors
/// The database's.
pub(super) fn keep_reply_address(
    tx: &mut Tx,
    conversation: ConversationId,
    person: PersonId,
    mac: &[u8],
) -> Result<()> {
    let organization = tx.organization();
    per_backend!(tx.db(), |c| diesel::insert_into(reply_addresses::table)
        .values((
            reply_addresses::organization_id.eq(organization),
            reply_addresses::token_mac.eq(mac),
            reply_addresses::conversation_id.eq(conversation),
            reply_addresses::person_id.eq(person),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

type Row = (ConversationId, PortalId, PersonId, PersonId, String, String, Option<Instant>);

/// Whose address it is that an answer came to.
///
/// # Errors
/// The database's.
pub fn replying(tx: &mut Tx, mac: &[u8]) -> Result<Option<Replying>> {
    let organization = tx.organization();
    let row: Option<Row> = reply_addresses::table
        .inner_join(
            conversations::table.on(conversations::organization_id
                .eq(reply_addresses::organization_id)
                .and(conversations::id.eq(reply_addresses::conversation_id))),
        )
        .inner_join(
            people::table.on(people::organization_id
                .eq(reply_addresses::organization_id)
                .and(people::id.eq(reply_addresses::person_id))),
        )
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(conversations::organization_id)
                .and(portals::id.eq(conversations::portal_id))),
        )
        .filter(reply_addresses::organization_id.eq(organization))
        .filter(reply_addresses::token_mac.eq(mac))
        .filter(portals::deleted_at.is_null())
        .select((
            conversations::id,
            conversations::portal_id,
            conversations::person_id,
            people::id,
            people::email,
            people::role,
            people::removed_at,
        ))
        .first(tx.db())
        .optional()?;
    let Some((conversation, portal, client, person, email, role, removed_at)) = row else {
        return replying_in_room(tx, mac);
    };
    let place = Place { portal, client };
    let side = match (Role::from_name(&role)?.is_staff(), person == client) {
        (true, false) => Some(Side::Staff),
        (false, true) => Some(Side::Client),
        _ => None,
    };
    // Staff write no more either where the portal was taken back, and limited members where it lies beyond their limit.
    let is_seen = !tx.who_sees(vec![person], Some(place.whereabouts()))?.is_empty();
    let may_write = removed_at.is_none() && is_seen && holds_grant(tx, place)?;
    Ok(Some(Replying {
        about: SubjectId::from_bytes(conversation.bytes()),
        place: place.into(),
        portal: Some(portal),
        person,
        email,
        side: side.filter(|_| may_write),
    }))
}

/// Whether this mail is a message already.
///
/// # Errors
/// The database's.
pub fn was_taken(tx: &mut Tx, mac: &[u8]) -> Result<bool> {
    let organization = tx.organization();
    let taken =
        messages::table.filter(messages::organization_id.eq(organization)).filter(messages::mail_mac.eq(mac));
    Ok(taken.count().get_result::<i64>(tx.db())? > 0 || was_taken_in_room(tx, mac)?)
}

/// For staff to read in the log, which nobody can shorten: at most one in an hour for each conversation, and one for all
/// addresses that are nobody's. `why` is a word of ours.
///
/// # Errors
/// The database's.
pub fn record_refusal(
    tx: &mut Tx,
    at: Option<&Replying>,
    from: &str,
    why: &'static str,
) -> Result<Recorded<()>> {
    let subject = match at {
        Some(at) => at.about,
        None => SubjectId::from(tx.organization()),
    };
    if was_refused_lately(tx, subject)? {
        return Ok(tx.unchanged(()));
    }
    let from: String = from.chars().filter(|c| !c.is_control()).take(LONGEST_ADDRESS).collect();
    let event = NewEvent::new(EventKind::MESSAGE_MAIL_REFUSED, subject)
        .in_portal_if_any(at.and_then(|at| at.portal))
        .with_data(json!({ "name": from, "why": why }));
    tx.record(event)
}

fn was_refused_lately(tx: &mut Tx, subject: SubjectId) -> Result<bool> {
    let (organization, since) = (tx.organization(), tx.now().plus_seconds(-REFUSED_SECONDS));
    let refused = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::subject_id.eq(subject))
        .filter(events::kind.eq(EventKind::MESSAGE_MAIL_REFUSED.name()))
        .filter(events::at.gt(since));
    Ok(diesel::select(dsl::exists(refused)).get_result(tx.db())?)
}
