//! What browsers were asked a moment ago, so that an answer is to our own question and is taken once. Stored under the hash
//! of a token, for five minutes, used up by one conditional update (T8), whatever the answer turns out to be.

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Core, NewEvent, Recorded, Result, Token};

use crate::schema::passkey_ceremonies;

/// What a browser waits for a person's device at most, by the recommendation of the standard (WebAuthn, section 15.1).
const SECONDS: i64 = 300;
const HASHED_AS: &str = "passkey";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Adding,
    Proving,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Adding => "adding",
            Self::Proving => "proving",
        }
    }

    fn begun(self) -> EventKind {
        match self {
            Self::Adding => EventKind::PASSKEY_BEGUN,
            Self::Proving => EventKind::PASSKEY_ASKED,
        }
    }
}

/// Gives the token that the answer brings along. The newest question of a purpose is the only one.
///
/// # Errors
/// The database's.
pub fn begin(tx: &mut Core, person: PersonId, purpose: Purpose, state: &str) -> Result<Recorded<Token>> {
    let (organization, now) = (tx.organization(), tx.now());
    diesel::delete(passkey_ceremonies::table)
        .filter(passkey_ceremonies::organization_id.eq(organization))
        .filter(passkey_ceremonies::person_id.eq(person))
        .filter(passkey_ceremonies::purpose.eq(purpose.name()))
        .execute(tx.db())?;
    let token = tx.randomness().token();
    diesel::insert_into(passkey_ceremonies::table)
        .values((
            passkey_ceremonies::organization_id.eq(organization),
            passkey_ceremonies::token_hash.eq(token.hash(HASHED_AS).bytes()),
            passkey_ceremonies::person_id.eq(person),
            passkey_ceremonies::purpose.eq(purpose.name()),
            passkey_ceremonies::state.eq(state),
            passkey_ceremonies::created_at.eq(now),
            passkey_ceremonies::expires_at.eq(now.plus_seconds(SECONDS)),
        ))
        .execute(tx.db())?;
    Ok(tx.record(NewEvent::new(purpose.begun(), person).about(person))?.with(token))
}

/// Uses the question up and gives what its answer is compared with; nothing for one that is used up, too old, made up, or
/// was put to somebody else or for something else.
///
/// # Errors
/// The database's.
pub fn take(tx: &mut Core, person: PersonId, purpose: Purpose, token: &Token) -> Result<Option<String>> {
    let (organization, now) = (tx.organization(), tx.now());
    let hash = token.hash(HASHED_AS);
    let row = || {
        passkey_ceremonies::table
            .find((organization, hash.bytes()))
            .filter(passkey_ceremonies::person_id.eq(person))
            .filter(passkey_ceremonies::purpose.eq(purpose.name()))
    };
    let open =
        row().filter(passkey_ceremonies::used_at.is_null()).filter(passkey_ceremonies::expires_at.gt(now));
    let taken = diesel::update(open).set(passkey_ceremonies::used_at.eq(Some(now))).execute(tx.db())?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(Some(row().select(passkey_ceremonies::state).first(tx.db())?))
}

/// What was asked of keys that are gone.
///
/// # Errors
/// The database's.
pub fn void(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(passkey_ceremonies::table)
        .filter(passkey_ceremonies::organization_id.eq(organization))
        .filter(passkey_ceremonies::person_id.eq(person))
        .execute(tx.db())?;
    Ok(())
}
