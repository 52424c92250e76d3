use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{
    Erasure, Error, NewEvent, NewJob, PersonalCount, PersonalObject, Problems, Recorded, Registry, Result, Tx,
};

use super::clients::client_or_deleted;
use crate::{
    client::Client,
    erasure::{ErasureForm, FORGET_MAIL, ForgetMail},
    schema::people,
};

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
    tx.enqueue(NewJob { kind: FORGET_MAIL, payload: ForgetMail { email: client.email } })?;
    Ok(tx.record(NewEvent::new(EventKind::PERSON_ERASED, id).about(id))?.with(Ok(())))
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
