use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, SessionId};
use portico_kernel::{
    Core, Either, EmailAddress, Error, Instant, NewEvent, PasswordHash, Recorded, Result, Role, Tx,
};

use crate::{schema::people, session};

/// A staff member or client as the account pages show them.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct PersonRow {
    pub id: PersonId,
    pub role: String,
    pub email: String,
    pub name: String,
    pub language: Option<String>,
    pub joined_at: Option<Instant>,
    pub removed_at: Option<Instant>,
    pub second_step_at: Option<Instant>,
    /// Counts for members alone.
    pub limited_at: Option<Instant>,
}

impl PersonRow {
    /// Who sees everything, or what was chosen for them.
    pub fn can_be_limited(&self) -> bool {
        Role::from_name(&self.role).is_ok_and(Role::can_be_limited)
    }

    pub fn is_limited(&self) -> bool {
        self.can_be_limited() && self.limited_at.is_some()
    }
}

/// What sign-in compares with.
pub struct Account {
    pub person: PersonId,
    pub role: Role,
    pub password: Option<PasswordHash>,
}

pub fn find_account(tx: &mut Core, email: &EmailAddress) -> Result<Option<Account>> {
    let organization = tx.organization();
    let row: Option<(PersonId, String, Option<String>)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email.as_str()))
        .filter(people::removed_at.is_null())
        .filter(people::joined_at.is_not_null())
        .select((people::id, people::role, people::password_hash))
        .first(tx.db())
        .optional()?;
    row.map(|(person, role, hash)| {
        Ok(Account { person, role: Role::from_name(&role)?, password: hash.map(PasswordHash::from_stored) })
    })
    .transpose()
}

/// Nobody takes them out until the transaction ends: what is written of somebody who was erased meanwhile would stay. SQLite
/// has one writer. Gives what sign-in compares with, as it is now.
///
/// # Errors
/// [`Error::NotFound`] for somebody who was removed.
pub fn hold(tx: &mut Core, person: PersonId) -> Result<Option<PasswordHash>> {
    let organization = tx.organization();
    let row = people::table
        .find((organization, person))
        .filter(people::removed_at.is_null())
        .select(people::password_hash);
    let found: Option<Option<String>> = match tx.db().either() {
        Either::Postgres(connection) => row.for_no_key_update().first(connection).optional()?,
        Either::Sqlite(connection) => row.first(connection).optional()?,
    };
    Ok(found.ok_or(Error::NotFound)?.map(PasswordHash::from_stored))
}

/// As [`find_account`], held as by [`hold`].
pub fn held_account(tx: &mut Core, email: &EmailAddress) -> Result<Option<Account>> {
    let Some(account) = find_account(tx, email)? else { return Ok(None) };
    match hold(tx, account.person) {
        Ok(_) => Ok(Some(account)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub fn find_person(tx: &mut Core, person: PersonId) -> Result<PersonRow> {
    let organization = tx.organization();
    Ok(people::table.find((organization, person)).select(PersonRow::as_select()).first(tx.db())?)
}

pub fn find_by_email(tx: &mut Tx, email: &EmailAddress) -> Result<PersonId> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email.as_str()))
        .select(people::id)
        .first(tx.db())?)
}

/// Staff members, removed ones last.
pub fn staff(tx: &mut Tx) -> Result<Vec<PersonRow>> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.ne(Role::Client.name()))
        .order((people::removed_at.is_not_null(), people::name))
        .select(PersonRow::as_select())
        .load(tx.db())?)
}

/// Sets a password that was chosen with a proof of the address: the account is set up if it was
/// not, and every session of it ends.
pub fn join(tx: &mut Core, person: PersonId, password: &PasswordHash) -> Result<Recorded<()>> {
    let joined = find_person(tx, person)?.joined_at;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(people::table.find((organization, person)))
        .set((
            people::password_hash.eq(Some(password.as_str())),
            people::joined_at.eq(Some(joined.unwrap_or(now))),
        ))
        .execute(tx.db())?;
    session::end_others(tx, person, None)?;
    let kind = if joined.is_none() { EventKind::PERSON_JOINED } else { EventKind::PASSWORD_CHANGED };
    tx.record(NewEvent::new(kind, person).about(person))
}

pub fn change_password(
    tx: &mut Core,
    person: PersonId,
    password: &PasswordHash,
    keep: SessionId,
) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(people::table.find((organization, person)))
        .set(people::password_hash.eq(Some(password.as_str())))
        .execute(tx.db())?;
    session::end_others(tx, person, Some(keep))?;
    tx.record(NewEvent::new(EventKind::PASSWORD_CHANGED, person).about(person))
}

pub fn password_of(tx: &mut Core, person: PersonId) -> Result<Option<PasswordHash>> {
    let organization = tx.organization();
    let hash: Option<String> =
        people::table.find((organization, person)).select(people::password_hash).first(tx.db())?;
    Ok(hash.map(PasswordHash::from_stored))
}

pub fn change_profile(
    tx: &mut Core,
    person: PersonId,
    name: &str,
    language: Option<&str>,
) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(people::table.find((organization, person)))
        .set((people::name.eq(name), people::language.eq(language)))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::PERSON_CHANGED, person).about(person))
}

/// # Errors
/// [`Error::Invalid`] at the field when somebody has this address already.
pub fn add_staff(tx: &mut Tx, name: &str, email: &EmailAddress, role: Role) -> Result<Recorded<PersonId>> {
    let organization = tx.organization();
    let taken: i64 = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email.as_str()))
        .count()
        .get_result(tx.db())?;
    if taken > 0 {
        return Err(Error::Conflict("accounts-email-taken"));
    }
    let (id, now) = (tx.new_id(PersonId::from_bytes), tx.now());
    diesel::insert_into(people::table)
        .values((
            people::organization_id.eq(organization),
            people::id.eq(id),
            people::role.eq(role.name()),
            people::email.eq(email.as_str()),
            people::name.eq(name),
            people::created_at.eq(now),
        ))
        .execute(tx.db())?;
    Ok(tx.record(NewEvent::new(EventKind::PERSON_ADDED, id).about(id))?.with(id))
}

/// # Errors
/// [`Error::Conflict`] when it would leave the organization without an owner.
pub fn change_role(tx: &mut Tx, person: PersonId, role: Role) -> Result<Recorded<()>> {
    let organization = tx.organization();
    find_staff(tx, person)?;
    diesel::update(people::table.find((organization, person)))
        .set(people::role.eq(role.name()))
        .execute(tx.db())?;
    require_an_owner(tx)?;
    tx.record(NewEvent::new(EventKind::PERSON_CHANGED, person).about(person).with_data(role.name()))
}

/// # Errors
/// [`Error::Conflict`] when it would leave the organization without an owner.
pub fn remove(tx: &mut Tx, person: PersonId) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    find_staff(tx, person)?;
    diesel::update(people::table.find((organization, person)))
        .set(people::removed_at.eq(Some(now)))
        .execute(tx.db())?;
    require_an_owner(tx)?;
    tx.record(NewEvent::new(EventKind::PERSON_REMOVED, person).about(person))
}

pub fn restore(tx: &mut Tx, person: PersonId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    find_staff(tx, person)?;
    diesel::update(people::table.find((organization, person)))
        .set(people::removed_at.eq(None::<Instant>))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::PERSON_RESTORED, person).about(person))
}

/// # Errors
/// [`Error::NotFound`] for a client: those are looked after on the clients' pages.
pub fn find_staff(tx: &mut Tx, person: PersonId) -> Result<PersonRow> {
    let row = find_person(tx, person)?;
    if Role::from_name(&row.role)?.is_staff() { Ok(row) } else { Err(Error::NotFound) }
}

fn require_an_owner(tx: &mut Tx) -> Result<()> {
    let organization = tx.organization();
    let owners: i64 = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Owner.name()))
        .filter(people::removed_at.is_null())
        .count()
        .get_result(tx.db())?;
    if owners == 0 { Err(Error::Conflict("accounts-last-owner")) } else { Ok(()) }
}
