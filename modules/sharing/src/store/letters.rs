use diesel::prelude::*;
use portico_facts::PersonId;
use portico_kernel::{Error, Instant, Result, Tx};

use crate::{
    invitation::PURPOSE,
    jobs::{InvitationLetter, PortalLetter},
    schema::{people, proofs},
    store::{
        invitations::held_portals,
        people::{Addressee, find_client},
    },
};

/// What an invitation's mail says, as it is when it is sent.
#[derive(Debug)]
pub struct InvitationFacts {
    pub to: Addressee,
    pub sender: Option<String>,
    /// The one that was just shared comes first.
    pub portals: Vec<String>,
    pub expires_at: Instant,
}

#[derive(Debug)]
pub struct PortalFacts {
    pub to: Addressee,
    pub sender: Option<String>,
    pub portal: String,
}

/// `None` when there is nothing to send any more: it was used, revoked, replaced or ran out, or
/// everything was taken back.
///
/// # Errors
/// The database's.
pub fn invitation_facts(tx: &mut Tx, letter: &InvitationLetter) -> Result<Option<InvitationFacts>> {
    let (organization, now) = (tx.organization(), tx.now());
    let row: Option<(PersonId, String, Instant)> = proofs::table
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::id.eq(letter.invitation))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .filter(proofs::expires_at.gt(now))
        .select((proofs::person_id, proofs::email, proofs::expires_at))
        .first(tx.db())
        .optional()?;
    let Some((person, email, expires_at)) = row else { return Ok(None) };
    let mut held = held_portals(tx, vec![person])?.remove(&person).unwrap_or_default();
    held.sort_by_key(|(portal, _)| Some(*portal) != letter.portal);
    let portals: Vec<String> = held.into_iter().map(|(_, name)| name).collect();
    if portals.is_empty() {
        return Ok(None);
    }
    // The token is bound to the address that it was made for (T8).
    let Some(to) = still_client(tx, person)? else { return Ok(None) };
    let to = Addressee { email, ..to };
    let sender = name_of(tx, letter.sender)?;
    Ok(Some(InvitationFacts { to, sender, portals, expires_at }))
}

/// `None` when the portal was deleted or taken back meanwhile.
///
/// # Errors
/// The database's.
pub fn portal_facts(tx: &mut Tx, letter: &PortalLetter) -> Result<Option<PortalFacts>> {
    let held = held_portals(tx, vec![letter.person])?.remove(&letter.person).unwrap_or_default();
    let Some((_, portal)) = held.into_iter().find(|(portal, _)| *portal == letter.portal) else {
        return Ok(None);
    };
    let Some(to) = still_client(tx, letter.person)? else { return Ok(None) };
    let sender = name_of(tx, letter.sender)?;
    Ok(Some(PortalFacts { to, sender, portal }))
}

fn still_client(tx: &mut Tx, person: PersonId) -> Result<Option<Addressee>> {
    match find_client(tx, person) {
        Err(Error::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

fn name_of(tx: &mut Tx, person: Option<PersonId>) -> Result<Option<String>> {
    let organization = tx.organization();
    let Some(person) = person else { return Ok(None) };
    Ok(people::table.find((organization, person)).select(people::name).first(tx.db()).optional()?)
}
