use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{PersonId, PortalId};
use portico_kernel::{Among, Instant, Refusal, Result, Tx};

use crate::{
    grant::Standing,
    invitation::PURPOSE,
    schema::{companies, grants, people, portals, proofs},
};

diesel::alias!(people as givers: Givers);

/// Someone with a grant for a portal, or who had one.
#[derive(Clone, Debug)]
pub struct Holder {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub granted_at: Instant,
    /// When the newest open invitation was sent.
    pub invited_at: Option<Instant>,
    pub standing: Standing,
    /// Mail does not reach them.
    pub refusal: Option<Refusal>,
}

/// A portal as one client's page lists it.
#[derive(Clone, Debug)]
pub struct HeldPortal {
    pub portal: PortalId,
    pub name: String,
    pub granted_at: Instant,
    pub given_by: Option<String>,
    pub standing: Standing,
}

/// Whoever was ever given this portal, is still a client and seen by the reader; those it was taken from come last.
///
/// # Errors
/// The database's.
pub fn holders(tx: &mut Tx, portal: PortalId) -> Result<Vec<Holder>> {
    type Row = ((PersonId, String, String, Option<String>, Option<Instant>), (Instant, Option<Instant>));
    let organization = tx.organization();
    let same_person =
        people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id));
    let same_company = companies::organization_id
        .eq(people::organization_id)
        .and(companies::id.nullable().eq(people::company_id));
    let rows: Vec<Row> = grants::table
        .inner_join(people::table.on(same_person))
        .left_join(companies::table.on(same_company))
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(portal))
        .filter(people::removed_at.is_null())
        .select((
            (people::id, people::name, people::email, companies::name.nullable(), people::joined_at),
            (grants::granted_at, grants::revoked_at),
        ))
        .load(tx.db())?;
    let invitations = newest_invitations(tx, rows.iter().map(|(person, _)| person.0).collect())?;
    let mut refusals = tx.refusals(rows.iter().map(|(person, _)| person.0))?;
    let mut holders: Vec<Holder> = rows
        .into_iter()
        .map(|((person, name, email, company, joined_at), (granted_at, revoked_at))| {
            let invitation = invitations.get(&person);
            let invited_until = invitation.map(|(_, until)| *until);
            let standing = Standing { revoked_at, joined_at, invited_until };
            let invited_at = invitation.map(|(sent, _)| *sent);
            let refusal = refusals.remove(&person);
            Holder { person, name, email, company, granted_at, invited_at, standing, refusal }
        })
        .collect();
    holders.retain(|holder| tx.sees_client(holder.person));
    holders.sort_by_cached_key(|holder| {
        (holder.standing.revoked_at.is_some(), holder.name.to_lowercase(), holder.person)
    });
    Ok(holders)
}

/// The portals that a client holds now and the reader sees, by name; archived ones are nowhere for them.
///
/// # Errors
/// The database's.
pub fn portals_of(tx: &mut Tx, person: PersonId) -> Result<Vec<HeldPortal>> {
    type Row = (PortalId, String, Instant, Option<String>, Option<Instant>);
    let organization = tx.organization();
    let same_person =
        people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id));
    let same_portal =
        portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id));
    let same_giver = givers
        .field(people::organization_id)
        .eq(grants::organization_id)
        .and(givers.field(people::id).nullable().eq(grants::granted_by));
    let rows: Vec<Row> = grants::table
        .inner_join(people::table.on(same_person))
        .inner_join(portals::table.on(same_portal))
        .left_join(givers.on(same_giver))
        .filter(grants::organization_id.eq(organization))
        .filter(grants::person_id.eq(person))
        .filter(grants::revoked_at.is_null())
        .filter(portals::deleted_at.is_null())
        .filter(portals::archived_at.is_null())
        .order((portals::name, portals::id))
        .select((
            portals::id,
            portals::name,
            grants::granted_at,
            givers.field(people::name).nullable(),
            people::joined_at,
        ))
        .load(tx.db())?;
    let invited_until = newest_invitations(tx, vec![person])?.get(&person).map(|(_, until)| *until);
    let held = |(portal, name, granted_at, given_by, joined_at)| HeldPortal {
        portal,
        name,
        granted_at,
        given_by,
        standing: Standing { revoked_at: None, joined_at, invited_until },
    };
    let mut portals: Vec<HeldPortal> = rows.into_iter().map(held).collect();
    portals.retain(|held| tx.sees_portal(held.portal));
    Ok(portals)
}

/// When the newest open invitation of each was sent and when it ends. One that went to an address
/// which they no longer have opens nothing.
fn newest_invitations(tx: &mut Tx, people: Vec<PersonId>) -> Result<BTreeMap<PersonId, (Instant, Instant)>> {
    let organization = tx.organization();
    let at_their_address = proofs::organization_id
        .eq(people::organization_id)
        .and(proofs::person_id.eq(people::id))
        .and(proofs::email.eq(people::email));
    let rows: Vec<(PersonId, Instant, Instant)> = proofs::table
        .inner_join(people::table.on(at_their_address))
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::person_id.among(people))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::used_at.is_null())
        .filter(proofs::revoked_at.is_null())
        .order(proofs::created_at)
        .select((proofs::person_id, proofs::created_at, proofs::expires_at))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(person, sent, until)| (person, (sent, until))).collect())
}
