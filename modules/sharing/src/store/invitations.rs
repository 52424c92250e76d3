use std::collections::BTreeMap;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, InvitationId, OrganizationId, PersonId, PortalId};
use portico_kernel::{Among, Error, Instant, NewEvent, Recorded, Result, Secret, Tx, per_backend};

use crate::{
    invitation::{LIFETIME_DAYS, PURPOSE, token_hash},
    jobs::{InvitationLetter, LetterJob},
    schema::{grants, people, portals, proofs},
    store::people::{Addressee, find_client},
};

/// An invitation that was neither used nor revoked; it may have run out.
#[derive(Clone, Debug)]
pub struct OpenInvitation {
    pub id: InvitationId,
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub sent_at: Instant,
    pub expires_at: Instant,
    /// What waits for them.
    pub portals: Vec<(PortalId, String)>,
}

#[derive(Insertable)]
#[diesel(table_name = proofs, treat_none_as_default_value = false)]
struct NewInvitation<'a> {
    token_hash: Vec<u8>,
    id: InvitationId,
    purpose: &'static str,
    organization_id: OrganizationId,
    person_id: PersonId,
    email: &'a str,
    created_at: Instant,
    expires_at: Instant,
}

/// One new invitation for each; earlier ones are void.
///
/// # Errors
/// The database's.
pub(super) fn invite(
    tx: &mut Tx,
    secret: &Secret,
    people: &[(PersonId, String)],
) -> Result<Vec<InvitationId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PersonId> = people.iter().map(|(person, _)| *person).collect();
    void_invitations(tx, &ids)?;
    let (organization_id, created_at) = (tx.organization(), tx.now());
    let mut rows = Vec::with_capacity(people.len());
    for (person_id, email) in people {
        let id = tx.new_id(InvitationId::from_bytes);
        rows.push(NewInvitation {
            token_hash: token_hash(secret, organization_id, *person_id, id).bytes().to_vec(),
            id,
            purpose: PURPOSE,
            organization_id,
            person_id: *person_id,
            email,
            created_at,
            expires_at: created_at.plus_days(LIFETIME_DAYS),
        });
    }
    per_backend!(tx.db(), |c| diesel::insert_into(proofs::table).values(&rows).execute(c)?);
    for row in &rows {
        let data = serde_json::json!({ "email": row.email });
        let event = NewEvent::new(EventKind::INVITATION_SENT, row.id).about(row.person_id);
        let _ = tx.record(event.with_data(data))?;
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Ends the open invitations of these people.
///
/// # Errors
/// The database's.
pub(super) fn void_invitations(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<InvitationId>> {
    let (organization, now) = (tx.organization(), tx.now());
    Ok(diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.among(people.iter().copied()))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .set(proofs::revoked_at.eq(Some(now)))
        .returning(proofs::id)
        .get_results(tx.db())?)
}

/// Opens again what was revoked at exactly this moment, that is in one transaction with a grant.
///
/// # Errors
/// The database's.
pub(super) fn reopen_invitations(tx: &mut Tx, person: PersonId, revoked_at: Instant) -> Result<()> {
    let organization = tx.organization();
    diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.eq(person))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.eq(revoked_at))
        .set(proofs::revoked_at.eq(None::<Instant>))
        .execute(tx.db())?;
    Ok(())
}

/// Who is waited for, the longest first.
///
/// # Errors
/// The database's.
pub fn open_invitations(tx: &mut Tx) -> Result<Vec<OpenInvitation>> {
    type Row = (InvitationId, PersonId, String, String, Instant, Instant);
    let organization = tx.organization();
    let same = people::organization_id.eq(proofs::organization_id).and(people::id.eq(proofs::person_id));
    let rows: Vec<Row> = proofs::table
        .inner_join(people::table.on(same))
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .filter(people::role.eq("client"))
        .filter(people::joined_at.is_null())
        .filter(people::removed_at.is_null())
        .order((proofs::created_at, proofs::id))
        .select((proofs::id, people::id, people::name, proofs::email, proofs::created_at, proofs::expires_at))
        .load(tx.db())?;
    let mut held = held_portals(tx, rows.iter().map(|row| row.1).collect())?;
    let open = |(id, person, name, email, sent_at, expires_at)| {
        let portals = held.remove(&person).unwrap_or_default();
        OpenInvitation { id, person, name, email, sent_at, expires_at, portals }
    };
    Ok(rows.into_iter().map(open).collect())
}

/// # Errors
/// The database's.
pub(super) fn held_portals(
    tx: &mut Tx,
    people: Vec<PersonId>,
) -> Result<BTreeMap<PersonId, Vec<(PortalId, String)>>> {
    let organization = tx.organization();
    let same = portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id));
    let rows: Vec<(PersonId, PortalId, String)> = grants::table
        .inner_join(portals::table.on(same))
        .filter(grants::organization_id.eq(organization))
        .filter(grants::person_id.among(people))
        .filter(grants::revoked_at.is_null())
        .filter(portals::deleted_at.is_null())
        .filter(portals::archived_at.is_null())
        .order((portals::name, portals::id))
        .select((grants::person_id, portals::id, portals::name))
        .load(tx.db())?;
    let mut held: BTreeMap<PersonId, Vec<(PortalId, String)>> = BTreeMap::new();
    for (person, portal, name) in rows {
        held.entry(person).or_default().push((portal, name));
    }
    Ok(held)
}

/// Voids one invitation; the person keeps their grants and can be invited again. A second time
/// changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for an unknown one.
pub fn revoke_invitation(tx: &mut Tx, invitation: InvitationId) -> Result<Recorded<()>> {
    let person = client_of(tx, invitation)?.id;
    let (organization, now) = (tx.organization(), tx.now());
    let changed = diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::id.eq(invitation))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .set(proofs::revoked_at.eq(Some(now)))
        .execute(tx.db())?;
    match changed {
        0 => Ok(tx.unchanged(())),
        _ => tx.record(NewEvent::new(EventKind::INVITATION_REVOKED, invitation).about(person)),
    }
}

/// A new invitation in place of this one, for everything that waits for the person.
///
/// # Errors
/// [`Error::NotFound`] for an unknown one, [`Error::Conflict`] for someone who joined meanwhile.
pub fn renew_invitation(tx: &mut Tx, secret: &Secret, invitation: InvitationId) -> Result<Recorded<()>> {
    let client = client_of(tx, invitation)?;
    if client.joined_at.is_some() {
        return Err(Error::Conflict("sharing-already-joined"));
    }
    if held_portals(tx, vec![client.id])?.is_empty() {
        return Err(Error::Conflict("sharing-nothing-shared"));
    }
    invite_again(tx, secret, client)?;
    Ok(tx.unchanged(()))
}

/// Invited clients who have not come, each with the moment since which something waits for them, the longest first.
///
/// # Errors
/// The database's.
pub fn awaited(tx: &mut Tx, most: i64) -> Result<Vec<(PersonId, String, Instant)>> {
    let organization = tx.organization();
    let portal = portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id));
    let person = people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id));
    let open = proofs::table
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.eq(people::id))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null());
    let rows: Vec<(PersonId, String, Instant)> = grants::table
        .inner_join(portals::table.on(portal))
        .inner_join(people::table.on(person))
        .filter(grants::organization_id.eq(organization))
        .filter(grants::revoked_at.is_null())
        .filter(portals::deleted_at.is_null())
        .filter(portals::archived_at.is_null())
        .filter(people::role.eq("client"))
        .filter(people::joined_at.is_null())
        .filter(people::removed_at.is_null())
        .filter(dsl::exists(open))
        .order((grants::granted_at, people::id))
        .limit(most)
        .select((people::id, people::name, grants::granted_at))
        .load(tx.db())?;
    let mut waiting: Vec<(PersonId, String, Instant)> = Vec::new();
    for row in rows {
        if !waiting.iter().any(|known| known.0 == row.0) {
            waiting.push(row);
        }
    }
    Ok(waiting)
}

/// A new invitation for somebody who has one and has not come.
///
/// # Errors
/// [`Error::NotFound`] for somebody who has none; those of [`renew_invitation`].
pub fn remind_invited(tx: &mut Tx, secret: &Secret, person: PersonId) -> Result<Recorded<()>> {
    let invitation: InvitationId = proofs::table
        .filter(proofs::organization_id.eq(tx.organization()))
        .filter(proofs::person_id.eq(person))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .order((proofs::created_at.desc(), proofs::id.desc()))
        .select(proofs::id)
        .first(tx.db())?;
    renew_invitation(tx, secret, invitation)
}

/// The same at the wish of a person whose invitation ran out. Whoever has a valid one already gets
/// no other, so that a job that runs twice, or asking twice, sends one mail.
///
/// # Errors
/// The database's.
pub fn renew_expired(tx: &mut Tx, secret: &Secret, person: PersonId) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    let client = match find_client(tx, person) {
        Err(Error::NotFound) => return Ok(tx.unchanged(())),
        found => found?,
    };
    let ends: Vec<Instant> = proofs::table
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.eq(person))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .select(proofs::expires_at)
        .load(tx.db())?;
    let only_expired = !ends.is_empty() && ends.iter().all(|end| *end <= now);
    if client.joined_at.is_none() && only_expired && !held_portals(tx, vec![person])?.is_empty() {
        invite_again(tx, secret, client)?;
    }
    Ok(tx.unchanged(()))
}

fn invite_again(tx: &mut Tx, secret: &Secret, client: Addressee) -> Result<()> {
    let sender = tx.actor();
    for invitation in invite(tx, secret, &[(client.id, client.email)])? {
        let letter = InvitationLetter { invitation, portal: None, message: None, sender };
        LetterJob::Invitation(letter).enqueue(tx)?;
    }
    Ok(())
}

/// Staff are invited elsewhere, by whoever may.
fn client_of(tx: &mut Tx, invitation: InvitationId) -> Result<Addressee> {
    let organization = tx.organization();
    let person = proofs::table
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::id.eq(invitation))
        .filter(proofs::purpose.eq(PURPOSE))
        .select(proofs::person_id)
        .first(tx.db())?;
    find_client(tx, person)
}
