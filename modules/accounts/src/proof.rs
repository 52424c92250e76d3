//! Proofs of an address: whoever holds the token got the mail. An invitation or a reset; stored
//! hashed, bound to purpose and organization, consumed once by one conditional update (P3, T8).

use diesel::prelude::*;
use portico_facts::{InvitationId, PersonId};
use portico_kernel::{Core, Error, Instant, Result, Token};
use portico_ui::Language;

use crate::schema::{people, proofs};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Invitation,
    Reset,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }
}

/// What a token that once was ours stands for. Only its holder learns this.
#[derive(Clone, Debug)]
pub struct Proof {
    pub person: PersonId,
    pub email: String,
    pub name: String,
    pub language: Option<Language>,
    pub state: ProofState,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProofState {
    Open,
    Used,
    Expired,
    Revoked,
}

pub fn state(now: Instant, expires: Instant, used: Option<Instant>, revoked: Option<Instant>) -> ProofState {
    match (used, revoked) {
        (Some(_), _) => ProofState::Used,
        (None, Some(_)) => ProofState::Revoked,
        (None, None) if now >= expires => ProofState::Expired,
        (None, None) => ProofState::Open,
    }
}

/// # Errors
/// [`Error::NotFound`] for a token that was never ours, of another purpose or organization, or of
/// a person who was removed.
pub fn find(tx: &mut Core, purpose: Purpose, token: &Token) -> Result<Proof> {
    type Row = (PersonId, String, String, Option<String>, Instant, Option<Instant>, Option<Instant>);
    let (organization, now) = (tx.organization(), tx.now());
    let (person, email, name, language, expires, used, revoked): Row =
        proofs::table
            .inner_join(people::table.on(
                people::organization_id.eq(proofs::organization_id).and(people::id.eq(proofs::person_id)),
            ))
            .filter(proofs::organization_id.eq(organization))
            .filter(proofs::purpose.eq(purpose.name()))
            .filter(proofs::token_hash.eq(token.hash(purpose.name()).bytes()))
            .filter(people::removed_at.is_null())
            // Whose address was changed meanwhile does not come in by a mail to the former one (T8).
            .filter(people::email.eq(proofs::email))
            .select((
                people::id,
                proofs::email,
                people::name,
                people::language,
                proofs::expires_at,
                proofs::used_at,
                proofs::revoked_at,
            ))
            .first(tx.db())?;
    let language = language.as_deref().and_then(Language::from_code);
    Ok(Proof { person, email, name, language, state: state(now, expires, used, revoked) })
}

/// Uses the proof up: of any number of parallel uses one gets the person, the others an error.
///
/// # Errors
/// [`Error::Conflict`] when it is not open any more.
pub fn consume(tx: &mut Core, purpose: Purpose, token: &Token) -> Result<PersonId> {
    let (organization, now) = (tx.organization(), tx.now());
    let consumed = diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::purpose.eq(purpose.name()))
        .filter(proofs::token_hash.eq(token.hash(purpose.name()).bytes()))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .filter(proofs::expires_at.gt(now))
        .set(proofs::used_at.eq(Some(now)))
        .execute(tx.db())?;
    if consumed == 0 {
        return Err(Error::Conflict("accounts-link-used"));
    }
    Ok(find(tx, purpose, token)?.person)
}

/// A proof to be stored.
pub struct NewProof<'a> {
    pub id: InvitationId,
    pub purpose: Purpose,
    pub person: PersonId,
    pub email: &'a str,
    pub token: &'a Token,
    pub seconds: i64,
}

/// Stores a new proof and voids the person's earlier ones of the same purpose. Storing the same
/// one twice (a job that is run again) changes nothing.
pub fn issue(tx: &mut Core, new: NewProof) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let exists: i64 = proofs::table
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::id.eq(new.id))
        .count()
        .get_result(tx.db())?;
    if exists > 0 {
        return Ok(());
    }
    diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.eq(new.person))
        .filter(proofs::purpose.eq(new.purpose.name()))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .set(proofs::revoked_at.eq(Some(now)))
        .execute(tx.db())?;
    diesel::insert_into(proofs::table)
        .values((
            proofs::token_hash.eq(new.token.hash(new.purpose.name()).bytes()),
            proofs::id.eq(new.id),
            proofs::purpose.eq(new.purpose.name()),
            proofs::organization_id.eq(organization),
            proofs::person_id.eq(new.person),
            proofs::email.eq(new.email),
            proofs::created_at.eq(now),
            proofs::expires_at.eq(now.plus_seconds(new.seconds)),
        ))
        .execute(tx.db())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_open_until_its_last_second() {
        let at = Instant::from_micros;
        assert_eq!(state(at(9), at(10), None, None), ProofState::Open);
        assert_eq!(state(at(10), at(10), None, None), ProofState::Expired);
        assert_eq!(state(at(11), at(10), Some(at(5)), None), ProofState::Used);
        assert_eq!(state(at(9), at(10), None, Some(at(5))), ProofState::Revoked);
    }
}
