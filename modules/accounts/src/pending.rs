//! Sign-ins of which a code is missing: whoever holds the token has proved a password, or an address, and nothing else is
//! open to them yet. Stored hashed, for ten minutes, used up by one conditional update (T8).

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Core, Error, NewEvent, Recorded, Result, Role, Token};
use portico_ui::Language;

use crate::{
    schema::{people, sign_ins},
    store,
};

/// How long somebody may look for their phone.
pub const SECONDS: i64 = 600;
const PURPOSE: &str = "sign-in";

/// Only the token's holder learns this.
pub struct Pending {
    pub person: PersonId,
    pub role: Role,
    pub email: String,
    pub language: Option<Language>,
    /// Where they wanted to go: a path of ours.
    pub return_to: Option<String>,
}

/// Gives the token for this browser's cookie. `return_to`: a path of ours.
///
/// # Errors
/// As [`session::start`](crate::session::start).
pub fn begin(tx: &mut Core, person: PersonId, return_to: Option<&str>) -> Result<Recorded<Token>> {
    store::hold(tx, person)?;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::delete(sign_ins::table)
        .filter(sign_ins::organization_id.eq(organization))
        .filter(sign_ins::expires_at.le(now))
        .execute(tx.db())?;
    let token = tx.randomness().token();
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::organization_id.eq(organization),
            sign_ins::token_hash.eq(token.hash(PURPOSE).bytes()),
            sign_ins::person_id.eq(person),
            sign_ins::return_to.eq(return_to),
            sign_ins::created_at.eq(now),
            sign_ins::expires_at.eq(now.plus_seconds(SECONDS)),
        ))
        .execute(tx.db())?;
    Ok(tx.record(NewEvent::new(EventKind::CODE_ASKED, person).about(person))?.with(token))
}

/// `None` for one that is used up, too old, made up, or of a person who was removed.
///
/// # Errors
/// The database's.
pub fn find(tx: &mut Core, token: &Token) -> Result<Option<Pending>> {
    type Row = (PersonId, String, String, Option<String>, Option<String>);
    let (organization, now) = (tx.organization(), tx.now());
    let row: Option<Row> = sign_ins::table
        .inner_join(people::table.on(
            people::organization_id.eq(sign_ins::organization_id).and(people::id.eq(sign_ins::person_id)),
        ))
        .filter(sign_ins::organization_id.eq(organization))
        .filter(sign_ins::token_hash.eq(token.hash(PURPOSE).bytes()))
        .filter(sign_ins::used_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .filter(people::removed_at.is_null())
        .select((people::id, people::role, people::email, people::language, sign_ins::return_to))
        .first(tx.db())
        .optional()?;
    row.map(|(person, role, email, language, return_to)| {
        let language = language.as_deref().and_then(Language::from_code);
        Ok(Pending { person, role: Role::from_name(&role)?, email, language, return_to })
    })
    .transpose()
}

/// # Errors
/// [`Error::Conflict`] when it is not open any more.
pub fn consume(tx: &mut Core, token: &Token) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let consumed = diesel::update(sign_ins::table)
        .filter(sign_ins::organization_id.eq(organization))
        .filter(sign_ins::token_hash.eq(token.hash(PURPOSE).bytes()))
        .filter(sign_ins::used_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .set(sign_ins::used_at.eq(Some(now)))
        .execute(tx.db())?;
    if consumed == 0 { Err(Error::Conflict("accounts-sign-in-again")) } else { Ok(()) }
}

/// What they were proved by does not hold any more.
///
/// # Errors
/// The database's.
pub fn void(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(sign_ins::table)
        .filter(sign_ins::organization_id.eq(organization))
        .filter(sign_ins::person_id.eq(person))
        .execute(tx.db())?;
    Ok(())
}
