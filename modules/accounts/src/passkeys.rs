//! The keys that people's devices hold: which there are, and what each was last used for. A copy of one betrays itself by a
//! counter that does not go on (WebAuthn, section 6.1.1): it is refused, and that stands in the audit log.

use diesel::prelude::*;
use portico_facts::{EventKind, PasskeyId, PersonId};
use portico_kernel::{Core, Error, Instant, Name, NewEvent, Recorded, Result, Secret};
use webauthn_rs::prelude::{AuthenticationResult, Passkey};

use crate::{
    letters::SecondStepChange,
    passkey::{read, written},
    recovery_code::RecoveryCode,
    schema::passkeys,
    second_step,
};

/// Of one person.
const MOST: i64 = 20;

/// As pages list it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = passkeys)]
pub struct PasskeyRow {
    pub id: PasskeyId,
    pub name: String,
    /// Where alone it is any good.
    pub host: String,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
}

/// The oldest first.
///
/// # Errors
/// The database's.
pub fn of_person(tx: &mut Core, person: PersonId) -> Result<Vec<PasskeyRow>> {
    let organization = tx.organization();
    Ok(passkeys::table
        .filter(passkeys::organization_id.eq(organization))
        .filter(passkeys::person_id.eq(person))
        .order(passkeys::id)
        .select(PasskeyRow::as_select())
        .load(tx.db())?)
}

/// # Errors
/// [`Error::NotFound`] for one that is somebody else's, or not there.
pub fn find(tx: &mut Core, person: PersonId, passkey: PasskeyId) -> Result<PasskeyRow> {
    let organization = tx.organization();
    Ok(passkeys::table
        .find((organization, passkey))
        .filter(passkeys::person_id.eq(person))
        .select(PasskeyRow::as_select())
        .first(tx.db())?)
}

/// The keys themselves, of this host.
///
/// # Errors
/// The database's.
pub fn keys(tx: &mut Core, person: PersonId, host: &str) -> Result<Vec<Passkey>> {
    let organization = tx.organization();
    let stored: Vec<String> = passkeys::table
        .filter(passkeys::organization_id.eq(organization))
        .filter(passkeys::person_id.eq(person))
        .filter(passkeys::host.eq(host))
        .order(passkeys::id)
        .select(passkeys::credential)
        .load(tx.db())?;
    Ok(stored.iter().filter_map(|credential| read(credential)).collect())
}

/// Gives the recovery codes where it is the person's first second step.
///
/// # Errors
/// [`Error::Conflict`] for too many, and for a key that is known already, whosever it is.
pub fn add(
    tx: &mut Core,
    secret: &Secret,
    person: PersonId,
    host: &str,
    name: &Name,
    passkey: &Passkey,
) -> Result<Recorded<Option<Vec<RecoveryCode>>>> {
    second_step::hold(tx, person)?;
    if count(tx, person)? >= MOST {
        return Err(Error::Conflict("accounts-passkeys-too-many"));
    }
    let (organization, now) = (tx.organization(), tx.now());
    let id = tx.new_id(PasskeyId::from_bytes);
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::organization_id.eq(organization),
            passkeys::id.eq(id),
            passkeys::person_id.eq(person),
            passkeys::credential_id.eq(passkey.cred_id().as_slice()),
            passkeys::host.eq(host),
            passkeys::name.eq(name.as_str()),
            passkeys::credential.eq(written(passkey)?),
            passkeys::counter.eq(0_i64),
            passkeys::created_at.eq(now),
        ))
        .execute(tx.db())?;
    let codes = second_step::start(tx, secret, person)?;
    second_step::tell(tx, person, SecondStepChange::PasskeyAdded)?;
    Ok(tx.record(NewEvent::new(EventKind::PASSKEY_ADDED, person).about(person))?.with(codes))
}

/// Whether the key may be used: it is still the person's, and its counter went on. Then it has been used. What the library
/// compares with is as old as its question; this is one conditional update, so that of two copies one gets in.
///
/// # Errors
/// The database's.
pub fn take(tx: &mut Core, person: PersonId, used: &AuthenticationResult) -> Result<bool> {
    let (organization, now) = (tx.organization(), tx.now());
    let row = || {
        passkeys::table
            .filter(passkeys::organization_id.eq(organization))
            .filter(passkeys::credential_id.eq(used.cred_id().as_slice()))
            .filter(passkeys::person_id.eq(person))
    };
    let stored: Option<String> = row().select(passkeys::credential).first(tx.db()).optional()?;
    let Some(mut passkey) = stored.as_deref().and_then(read::<Passkey>) else { return Ok(false) };
    passkey.update_credential(used);
    let counter = i64::from(used.counter());
    let changed = (
        passkeys::credential.eq(written(&passkey)?),
        passkeys::counter.eq(counter),
        passkeys::last_used_at.eq(Some(now)),
    );
    // Zero for ever: the device has no counter.
    let before = if counter == 0 { 0 } else { counter - 1 };
    let taken = diesel::update(row().filter(passkeys::counter.le(before))).set(changed).execute(tx.db())?;
    if taken == 0 {
        let _refused = refuse_copy(tx, person)?;
    }
    Ok(taken == 1)
}

/// # Errors
/// The database's.
pub fn refuse_copy(tx: &mut Core, person: PersonId) -> Result<Recorded<()>> {
    tx.record(NewEvent::new(EventKind::PASSKEY_CLONED, person).about(person))
}

/// With the last of a person's ways the second step is off.
///
/// # Errors
/// [`Error::NotFound`] for one that is somebody else's, or not there.
pub fn remove(tx: &mut Core, person: PersonId, passkey: PasskeyId) -> Result<Recorded<()>> {
    second_step::hold(tx, person)?;
    let organization = tx.organization();
    let own = passkeys::table.find((organization, passkey)).filter(passkeys::person_id.eq(person));
    if diesel::delete(own).execute(tx.db())? == 0 {
        return Err(Error::NotFound);
    }
    let removed = tx.record(NewEvent::new(EventKind::PASSKEY_REMOVED, person).about(person))?;
    if count(tx, person)? == 0 && !second_step::app_is_on(tx, person)? {
        return second_step::turn_off(tx, person);
    }
    second_step::tell(tx, person, SecondStepChange::PasskeyRemoved)?;
    Ok(removed)
}

/// # Errors
/// The database's.
pub fn forget(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(passkeys::table)
        .filter(passkeys::organization_id.eq(organization))
        .filter(passkeys::person_id.eq(person))
        .execute(tx.db())?;
    Ok(())
}

fn count(tx: &mut Core, person: PersonId) -> Result<i64> {
    let organization = tx.organization();
    Ok(passkeys::table
        .filter(passkeys::organization_id.eq(organization))
        .filter(passkeys::person_id.eq(person))
        .count()
        .get_result(tx.db())?)
}
