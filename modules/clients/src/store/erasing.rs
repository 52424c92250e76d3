use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{
    Erasure, Error, Instant, NewEvent, NewJob, PersonalCount, PersonalObject, Problems, Recorded, Registry,
    Result, Tx,
};

use super::clients::client_or_deleted;
use crate::{
    client::Client,
    erasure::{ErasureForm, FORGET_MAIL, ForgetMail},
    schema::people,
};

/// A mail that is being sent is written or given up by then.
const ON_THEIR_WAY_SECONDS: i64 = 15 * 60;

/// What is said before anything goes.
pub struct BeforeErasure {
    pub client: Client,
    /// They have no page any more.
    pub is_deleted: bool,
    pub counts: Vec<PersonalCount>,
}

/// # Errors
/// [`Error::NotFound`], also for somebody who was erased.
pub fn before_erasure(tx: &mut Tx, registry: &Registry, id: PersonId) -> Result<BeforeErasure> {
    let (client, is_deleted) = client_or_deleted(tx, id)?;
    Ok(BeforeErasure { client, is_deleted, counts: registry.personal_counts(tx, id)? })
}

/// # Errors
/// As [`before_erasure`].
pub fn erase_client(
    tx: &mut Tx,
    registry: &Registry,
    id: PersonId,
    form: &ErasureForm,
) -> Result<Recorded<Result<(), Problems>>> {
    let (client, _) = client_or_deleted(tx, id)?;
    let work = match form.parse(&client.name) {
        Ok(work) => work,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    take_out(tx, id)?;
    registry.erase(tx, &Erasure { person: id, email: client.email.clone(), work })?;
    forget_mails(tx, &client.email)?;
    Ok(tx.record(NewEvent::new(EventKind::PERSON_ERASED, id).about(id))?.with(Ok(())))
}

/// At once, and again for those that were on their way then.
fn forget_mails(tx: &mut Tx, email: &str) -> Result<()> {
    let now = tx.now();
    let later = now.plus_seconds(ON_THEIR_WAY_SECONDS);
    let job = |until| NewJob {
        kind: FORGET_MAIL,
        payload: ForgetMail { email: email.to_owned(), erased_at: now, until },
    };
    tx.enqueue(job(now))?;
    tx.enqueue_at(job(later), later)
}

/// When whoever has this address was added.
pub fn holder_since(tx: &mut Tx, email: &str) -> Result<Option<Instant>> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email))
        .select(people::created_at)
        .first(tx.db())
        .optional()?)
}

/// One of two who erase the same person at once finds nobody any more.
fn take_out(tx: &mut Tx, id: PersonId) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let taken = diesel::update(people::table)
        .filter(people::organization_id.eq(organization))
        .filter(people::id.eq(id))
        .set(people::removed_at.eq(Some(now)))
        .execute(tx.db())?;
    // Asked when whoever was first is done.
    if taken == 0 || tx.is_erased(id)? { Err(Error::NotFound) } else { Ok(()) }
}

/// # Errors
/// As [`before_erasure`].
pub fn objects_of_client(tx: &mut Tx, registry: &Registry, id: PersonId) -> Result<Vec<PersonalObject>> {
    client_or_deleted(tx, id)?;
    registry.personal_objects(tx, id)
}

pub fn record_person_export(tx: &mut Tx, id: PersonId) -> Result<Recorded<()>> {
    tx.record(NewEvent::new(EventKind::PERSON_EXPORTED, id).about(id))
}
