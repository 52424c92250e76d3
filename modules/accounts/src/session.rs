//! Sessions: 90 days from sign-in, absolute; only the token's hash is stored (P4, T5).

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, SessionId};
use portico_kernel::{Core, Error, Event, Instant, NewEvent, Recorded, Result, Token, Tx, Visit};

use crate::{pending, schema::sessions, sign_in_links, store};

pub const SECONDS: i64 = 90 * 86_400;

/// A session as the pages list it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub id: SessionId,
    pub created_at: Instant,
    pub address: Option<String>,
    pub agent: Option<String>,
}

/// Starts a session and ends the one that the browser came with: it rotates at sign-in.
///
/// # Errors
/// [`Error::NotFound`] for somebody who was removed since they proved who they are.
pub fn start(tx: &mut Core, person: PersonId, visit: &Visit) -> Result<Recorded<Token>> {
    store::hold(tx, person)?;
    if let Some(former) = visit.session_hash() {
        let (organization, now) = (tx.organization(), tx.now());
        diesel::update(sessions::table)
            .filter(sessions::organization_id.eq(organization))
            .filter(sessions::token_hash.eq(former.bytes()))
            .filter(sessions::ended_at.is_null())
            .set(sessions::ended_at.eq(Some(now)))
            .execute(tx.db())?;
    }
    let token = tx.randomness().token();
    let id = tx.new_id(SessionId::from_bytes);
    let (organization, now) = (tx.organization(), tx.now());
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.session_hash().bytes()),
            sessions::id.eq(id),
            sessions::organization_id.eq(organization),
            sessions::person_id.eq(person),
            sessions::created_at.eq(now),
            sessions::expires_at.eq(now.plus_seconds(SECONDS)),
            sessions::address.eq(visit.address.as_deref()),
            sessions::agent.eq(visit.agent.as_deref()),
        ))
        .execute(tx.db())?;
    Ok(tx.record(NewEvent::new(EventKind::SESSION_STARTED, id).about(person))?.with(token))
}

/// A person's sessions that are open now, the newest first.
pub fn open_sessions(tx: &mut Core, person: PersonId) -> Result<Vec<SessionRow>> {
    let (organization, now) = (tx.organization(), tx.now());
    Ok(sessions::table
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::created_at.desc())
        .select(SessionRow::as_select())
        .load(tx.db())?)
}

/// Whose session this is, while it is open.
pub fn owner(tx: &mut Core, session: SessionId) -> Result<PersonId> {
    let organization = tx.organization();
    Ok(sessions::table
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::id.eq(session))
        .filter(sessions::ended_at.is_null())
        .select(sessions::person_id)
        .first(tx.db())?)
}

/// Ends one session, of `owner` only where that is given.
///
/// # Errors
/// [`Error::NotFound`] when it is somebody else's, over, or not there.
pub fn end(tx: &mut Core, session: SessionId, owner: Option<PersonId>) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    let of = self::owner(tx, session)?;
    if owner.is_some_and(|owner| owner != of) {
        return Err(Error::NotFound);
    }
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::id.eq(session))
        .set(sessions::ended_at.eq(Some(now)))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::SESSION_ENDED, session).about(of))
}

/// The guard refuses a removed person at once; their sessions stay ended when they come back, and so does
/// what staff saw as them.
pub fn end_of_removed(tx: &mut Tx, removed: &Event) -> Result<()> {
    let Some(person) = removed.person_id else { return Ok(()) };
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::created_at.le(removed.at))
        .filter(sessions::ended_at.is_null())
        .set(sessions::ended_at.eq(Some(now)))
        .execute(tx.db())?;
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::seeing_as.eq(person))
        .set(sessions::seeing_as.eq(None::<PersonId>))
        .execute(tx.db())?;
    sign_in_links::void(tx, person)?;
    pending::void(tx, person)
}

/// Ends every session of a person but the one given (P4), and whatever was about to become one.
pub fn end_others(tx: &mut Core, person: PersonId, keep: Option<SessionId>) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let keep = keep.unwrap_or(SessionId::from_bytes([0; 16]));
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::id.ne(keep))
        .filter(sessions::ended_at.is_null())
        .set(sessions::ended_at.eq(Some(now)))
        .execute(tx.db())?;
    sign_in_links::void(tx, person)?;
    pending::void(tx, person)
}
