//! Whose request it is, by its session: a person, or a client through whose eyes staff look (P13).

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId, PortalId, SessionId};
use portico_ui::Language;

use crate::{
    access::{Grants, Organization, Permission, Person, Role},
    clock::Instant,
    connection::{Db, Either},
    error::{Error, Result},
    limit::Limit,
    module::Side,
    random::TokenHash,
    schema::{grants, people, sessions},
    visibility::granted,
};

/// Nobody, where no session is open.
#[derive(Default)]
pub(super) struct Caller {
    pub person: Option<Person>,
    /// The staff member who sees what the person sees, and does nothing in their place.
    pub onlooker: Option<Person>,
    pub grants: Grants,
    /// What a limited member sees.
    pub limit: Option<Limit>,
}

/// On the side of clients, staff who see as one are that client, with themselves behind. Asked anew for every request, so
/// that it ends with the client's removal, and with the right. Whoever owes a second step sees nothing in the meantime.
pub(super) fn find_caller(
    db: &mut Db,
    organization: &Organization,
    session: &TokenHash,
    side: Side,
    now: Instant,
) -> Result<Caller> {
    let Some((own, seeing_as)) = find_person(db, organization.id, session, now)? else {
        return Ok(Caller::default());
    };
    let may_see = own.may(Permission::Work) && !own.owes_second_step(organization);
    let seen = match (side, seeing_as) {
        (Side::Client, Some(client)) if may_see => find_seen(db, organization.id, client, &own)?,
        _ => None,
    };
    let (person, onlooker) = match seen {
        Some(client) => (client, Some(own)),
        None => (own, None),
    };
    let grants = match person.role {
        Role::Client => find_grants(db, organization.id, person.id)?,
        _ => Grants::default(),
    };
    let limit = match person.is_limited {
        true => Some(Limit::find(db, organization.id, person.id)?),
        false => None,
    };
    Ok(Caller { person: Some(person), onlooker, grants, limit })
}

/// The session stays the staff member's.
pub(super) fn find_seen(
    db: &mut Db,
    organization: OrganizationId,
    client: PersonId,
    onlooker: &Person,
) -> Result<Option<Person>> {
    let row: Option<(String, String, Option<String>, Option<Instant>)> = people::table
        .find((organization, client))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select((people::name, people::email, people::language, people::second_step_at))
        .first(db)
        .optional()?;
    Ok(row.map(|(name, email, language, second_step_at)| Person {
        id: client,
        role: Role::Client,
        name,
        email,
        language: language.as_deref().and_then(Language::from_code),
        session: onlooker.session,
        session_expires_at: onlooker.session_expires_at,
        second_step_at,
        is_limited: false,
    }))
}

/// Whose session it is, and as whom they see.
fn find_person(
    db: &mut Db,
    organization: OrganizationId,
    session: &TokenHash,
    now: Instant,
) -> Result<Option<(Person, Option<PersonId>)>> {
    type Row = (
        PersonId,
        String,
        String,
        String,
        Option<String>,
        Option<Instant>,
        SessionId,
        Instant,
        Option<PersonId>,
        Option<Instant>,
    );
    let row: Option<Row> = sessions::table
        .inner_join(people::table.on(
            people::organization_id.eq(sessions::organization_id).and(people::id.eq(sessions::person_id)),
        ))
        .filter(sessions::token_hash.eq(session.bytes()))
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(people::removed_at.is_null())
        .select((
            people::id,
            people::role,
            people::name,
            people::email,
            people::language,
            people::second_step_at,
            sessions::id,
            sessions::expires_at,
            sessions::seeing_as,
            people::limited_at,
        ))
        .first(db)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let (id, role, name, email, language, second_step_at, session, session_expires_at, seeing_as, limited) =
        row;
    let role = Role::from_name(&role)?;
    let person = Person {
        id,
        role,
        name,
        email,
        language: language.as_deref().and_then(Language::from_code),
        session,
        session_expires_at,
        second_step_at,
        is_limited: role.can_be_limited() && limited.is_some(),
    };
    Ok(Some((person, seeing_as)))
}

pub(super) fn find_grants(db: &mut Db, organization: OrganizationId, person: PersonId) -> Result<Grants> {
    let portals: Vec<PortalId> = granted(organization, person).select(grants::portal_id).load(db)?;
    Ok(Grants::of(portals))
}

/// Nobody takes them out until the transaction ends: a request whose body was long on its way writes nothing onto an
/// erased row. Not shared, or two changes of one's own row would wait for each other. SQLite has one writer. Says whether
/// they are limited.
///
/// # Errors
/// [`Error::NotFound`] for somebody who was removed since the request began.
pub(crate) fn hold_person(db: &mut Db, organization: OrganizationId, person: PersonId) -> Result<bool> {
    let row = people::table
        .find((organization, person))
        .filter(people::removed_at.is_null())
        .select((people::role, people::limited_at));
    let found: Option<(String, Option<Instant>)> = match db.either() {
        Either::Postgres(connection) => row.for_no_key_update().first(connection).optional()?,
        Either::Sqlite(connection) => row.first(connection).optional()?,
    };
    let (role, limited_at) = found.ok_or(Error::NotFound)?;
    Ok(Role::from_name(&role)?.can_be_limited() && limited_at.is_some())
}
