use diesel::prelude::*;
use portico_facts::{EventKind, OrganizationId, PersonId, PortalId};
use portico_kernel::{Among, Error, Instant, NewEvent, Problems, Recorded, Result, Secret, Tx, per_backend};

use crate::{
    jobs::{InvitationLetter, LetterJob, PortalLetter},
    schema::grants,
    selection::{Recipients, Wish},
    store::{
        invitations::{invite, reopen_invitations, void_invitations},
        people::{add_clients, find_client, known},
        portals::{portal_name, shareable_portal},
    },
};

#[derive(Insertable)]
#[diesel(table_name = grants, treat_none_as_default_value = false)]
struct NewGrant {
    organization_id: OrganizationId,
    portal_id: PortalId,
    person_id: PersonId,
    granted_at: Instant,
    granted_by: Option<PersonId>,
}

/// Gives the portal to whom the form names and puts a mail to each of them into the queue. Says how
/// many gained it, or what is wrong with the choice.
///
/// # Errors
/// [`Error::NotFound`] for an unknown portal, [`Error::Conflict`] for an archived one.
pub fn share(
    tx: &mut Tx,
    secret: &Secret,
    portal: PortalId,
    wish: Wish,
) -> Result<Recorded<Result<usize, Problems>>> {
    shareable_portal(tx, portal)?;
    let recipients = match wish.meet(&known(tx, portal)?) {
        Ok(recipients) => recipients,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    // Somebody's client whom they do not see is as unknown to them as a new address.
    if tx.is_limited() && !recipients.newcomers.is_empty() {
        return Ok(tx.unchanged(Err(Problems::at("email", "sharing-problem-beyond-limit"))));
    }
    let letters = give(tx, secret, portal, recipients, wish.message)?;
    let gained = letters.len();
    for letter in letters {
        letter.enqueue(tx)?;
    }
    Ok(tx.unchanged(Ok(gained)))
}

/// The grants, the invitations of those who have no account yet, and the mails to be sent for them.
///
/// # Errors
/// [`Error::Conflict`] when somebody did the same meanwhile.
pub fn give(
    tx: &mut Tx,
    secret: &Secret,
    portal: PortalId,
    recipients: Recipients,
    message: Option<String>,
) -> Result<Vec<LetterJob>> {
    let newcomers = match recipients.newcomers {
        none if none.is_empty() => Vec::new(),
        addresses => add_clients(tx, addresses)?,
    };
    let (joined, unjoined): (Vec<_>, Vec<_>) =
        recipients.people.into_iter().partition(|person| person.joined_at.is_some());
    let unjoined: Vec<(PersonId, String)> =
        unjoined.into_iter().map(|person| (person.id, person.email)).chain(newcomers).collect();
    let joined: Vec<PersonId> = joined.into_iter().map(|person| person.id).collect();
    let everyone: Vec<PersonId> = joined.iter().copied().chain(unjoined.iter().map(|(id, _)| *id)).collect();
    grant(tx, portal, &everyone)?;
    let sender = tx.actor();
    let invitations = invite(tx, secret, &unjoined)?;
    let to_invited = invitations.into_iter().map(|invitation| {
        LetterJob::Invitation(InvitationLetter {
            invitation,
            portal: Some(portal),
            message: message.clone(),
            sender,
        })
    });
    let mut letters: Vec<LetterJob> = to_invited.collect();
    letters.extend(
        joined.into_iter().map(|person| {
            LetterJob::Portal(PortalLetter { person, portal, message: message.clone(), sender })
        }),
    );
    Ok(letters)
}

fn grant(tx: &mut Tx, portal_id: PortalId, people: &[PersonId]) -> Result<()> {
    let (organization_id, granted_at, granted_by) = (tx.organization(), tx.now(), tx.actor());
    let had_it: Vec<PersonId> = diesel::update(grants::table)
        .filter(grants::organization_id.eq(organization_id))
        .filter(grants::portal_id.eq(portal_id))
        .filter(grants::person_id.among(people.iter().copied()))
        .set((
            grants::granted_at.eq(granted_at),
            grants::granted_by.eq(granted_by),
            grants::revoked_at.eq(None::<Instant>),
        ))
        .returning(grants::person_id)
        .get_results(tx.db())?;
    let rows: Vec<NewGrant> = people
        .iter()
        .filter(|person| !had_it.contains(person))
        .map(|&person_id| NewGrant { organization_id, portal_id, person_id, granted_at, granted_by })
        .collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(grants::table).values(&rows).execute(c)?);
    }
    for &person in people {
        let _ =
            tx.record(NewEvent::new(EventKind::GRANT_GIVEN, person).in_portal(portal_id).about(person))?;
    }
    Ok(())
}

/// Takes the portal from a person, and from someone without any other portal who never joined
/// their invitation too. Taking it twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when they never had it.
pub fn revoke_grant(tx: &mut Tx, portal: PortalId, person: PersonId) -> Result<Recorded<()>> {
    portal_name(tx, portal)?;
    let (organization, now) = (tx.organization(), tx.now());
    let this = grants::table.find((organization, portal, person));
    let revoked_at: Option<Instant> = this.select(grants::revoked_at).first(tx.db())?;
    if revoked_at.is_some() {
        return Ok(tx.unchanged(()));
    }
    diesel::update(this).set(grants::revoked_at.eq(Some(now))).execute(tx.db())?;
    let left: i64 = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::person_id.eq(person))
        .filter(grants::revoked_at.is_null())
        .count()
        .get_result(tx.db())?;
    if left == 0 {
        for invitation in void_invitations(tx, &[person])? {
            let _ = tx.record(NewEvent::new(EventKind::INVITATION_REVOKED, invitation).about(person))?;
        }
    }
    tx.record(NewEvent::new(EventKind::GRANT_REVOKED, person).in_portal(portal).about(person))
}

/// Undoes [`revoke_grant`], the invitation that went with it included.
///
/// # Errors
/// [`Error::NotFound`] when they never had it.
pub fn restore_grant(tx: &mut Tx, portal: PortalId, person: PersonId) -> Result<Recorded<()>> {
    portal_name(tx, portal)?;
    find_client(tx, person)?;
    let organization = tx.organization();
    let this = grants::table.find((organization, portal, person));
    let revoked_at: Option<Instant> = this.select(grants::revoked_at).first(tx.db())?;
    let Some(revoked_at) = revoked_at else { return Ok(tx.unchanged(())) };
    diesel::update(this).set(grants::revoked_at.eq(None::<Instant>)).execute(tx.db())?;
    reopen_invitations(tx, person, revoked_at)?;
    let restored = serde_json::json!({ "restored": true });
    let event = NewEvent::new(EventKind::GRANT_GIVEN, person).in_portal(portal).about(person);
    tx.record(event.with_data(restored))
}

/// A new invitation for someone who has the portal and did not join yet; the earlier link is void
/// from now on (P3).
///
/// # Errors
/// [`Error::NotFound`] without a grant, [`Error::Conflict`] for someone who joined meanwhile and for an archived portal.
pub fn resend(tx: &mut Tx, secret: &Secret, portal: PortalId, person: PersonId) -> Result<Recorded<()>> {
    shareable_portal(tx, portal)?;
    let organization = tx.organization();
    let this = grants::table.find((organization, portal, person));
    let revoked_at: Option<Instant> = this.select(grants::revoked_at).first(tx.db())?;
    let client = find_client(tx, person)?;
    match (revoked_at, client.joined_at) {
        (Some(_), _) => return Err(Error::NotFound),
        (None, Some(_)) => return Err(Error::Conflict("sharing-already-joined")),
        (None, None) => {}
    }
    let sender = tx.actor();
    for invitation in invite(tx, secret, &[(client.id, client.email)])? {
        LetterJob::Invitation(InvitationLetter { invitation, portal: Some(portal), message: None, sender })
            .enqueue(tx)?;
    }
    Ok(tx.unchanged(()))
}

/// Before the portal itself goes for good.
///
/// # Errors
/// The database's.
pub fn purge_grants(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let theirs =
        grants::table.filter(grants::organization_id.eq(organization)).filter(grants::portal_id.eq(portal));
    diesel::delete(theirs).execute(tx.db())?;
    Ok(())
}
