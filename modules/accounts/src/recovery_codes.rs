//! The recovery codes that people hold, of which only hashes are stored.

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Core, NewEvent, Result, Secret};

use crate::{recovery_code::RecoveryCode, schema::recovery_codes};

/// Ten new ones, in place of those before.
///
/// # Errors
/// The database's.
pub fn draw(tx: &mut Core, secret: &Secret, person: PersonId) -> Result<Vec<RecoveryCode>> {
    let organization = tx.organization();
    forget(tx, person)?;
    let codes = RecoveryCode::draw(tx.randomness());
    for code in &codes {
        let hash = code.hash(secret, organization, person);
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::organization_id.eq(organization),
                recovery_codes::person_id.eq(person),
                recovery_codes::code_hash.eq(hash.bytes()),
            ))
            .execute(tx.db())?;
    }
    Ok(codes)
}

/// # Errors
/// The database's.
pub fn forget(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(recovery_codes::table)
        .filter(recovery_codes::organization_id.eq(organization))
        .filter(recovery_codes::person_id.eq(person))
        .execute(tx.db())?;
    Ok(())
}

/// How many are not used up.
///
/// # Errors
/// The database's.
pub fn left(tx: &mut Core, person: PersonId) -> Result<i64> {
    let organization = tx.organization();
    Ok(recovery_codes::table
        .filter(recovery_codes::organization_id.eq(organization))
        .filter(recovery_codes::person_id.eq(person))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(tx.db())?)
}

/// Whether it is one of the person's. Then it is used up, by one conditional update.
///
/// # Errors
/// The database's.
pub fn take(tx: &mut Core, secret: &Secret, person: PersonId, code: &RecoveryCode) -> Result<bool> {
    let (organization, now) = (tx.organization(), tx.now());
    let hash = code.hash(secret, organization, person);
    let unused = recovery_codes::table
        .find((organization, person, hash.bytes()))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(unused).set(recovery_codes::used_at.eq(Some(now))).execute(tx.db())?;
    if used == 0 {
        return Ok(false);
    }
    let _used = tx.record(NewEvent::new(EventKind::RECOVERY_CODE_USED, person).about(person))?;
    Ok(true)
}
