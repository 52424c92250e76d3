//! Whom staff can put into a room, and to which portal it can belong.

use std::collections::BTreeSet;

use diesel::prelude::*;
use portico_facts::{PersonId, PortalId};
use portico_kernel::{Core, Error, Problems, Result, Role, Tx, grants, people, portals};

/// Whom staff can put into a room.
pub struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub is_staff: bool,
}

/// Everybody in the organization, staff first, and of clients those who have the portal, where there is one.
///
/// # Errors
/// [`Error::NotFound`] for a portal that is not there.
pub fn candidates(tx: &mut Tx, portal: Option<PortalId>) -> Result<Vec<Candidate>> {
    let organization = tx.organization();
    let everybody: Vec<(PersonId, String, String, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name, people::email, people::role))
        .load(tx.db())?;
    let holders = match portal {
        Some(portal) => Some(holders(tx, portal)?),
        None => None,
    };
    let limited = tx.limited_members()?;
    let mut candidates = Vec::new();
    for (person, name, email, role) in everybody {
        let is_staff = Role::from_name(&role)?.is_staff();
        if limited.contains(&person) {
            continue;
        }
        if is_staff || holders.as_ref().is_none_or(|holders| holders.contains(&person)) {
            candidates.push(Candidate { person, name, email, is_staff });
        }
    }
    candidates.sort_by_key(|candidate| !candidate.is_staff);
    Ok(candidates)
}

fn holders(tx: &mut Tx, portal: PortalId) -> Result<BTreeSet<PersonId>> {
    let organization = tx.organization();
    let _: PortalId = portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::id)
        .first(tx.db())?;
    holding(tx, portal)
}

/// Of a portal that was looked at.
pub(super) fn holding(tx: &mut Core, portal: PortalId) -> Result<BTreeSet<PersonId>> {
    let organization = tx.organization();
    let holders: Vec<PersonId> = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(portal))
        .filter(grants::revoked_at.is_null())
        .select(grants::person_id)
        .load(tx.db())?;
    Ok(holders.into_iter().collect())
}

/// To which a room can belong, by name.
///
/// # Errors
/// The database's.
pub fn portals_for_rooms(tx: &mut Tx) -> Result<Vec<(PortalId, String)>> {
    let organization = tx.organization();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(portals::archived_at.is_null())
        .order((portals::name, portals::id))
        .select((portals::id, portals::name))
        .load(tx.db())?)
}

/// A foreign id and a nonexistent one are the same here (P11). Clients of a portal's room have the portal.
pub(super) fn unfit(
    tx: &mut Tx,
    portal: Option<PortalId>,
    chosen: &BTreeSet<PersonId>,
) -> Result<Option<Problems>> {
    let fitting = match candidates(tx, portal) {
        Err(Error::NotFound) => return Ok(Some(Problems::at("portal", "messages-error-portal"))),
        fitting => fitting?,
    };
    if chosen.iter().all(|person| fitting.iter().any(|candidate| candidate.person == *person)) {
        return Ok(None);
    }
    let everybody = candidates(tx, None)?;
    let are_ours = chosen.iter().all(|person| everybody.iter().any(|candidate| candidate.person == *person));
    let key = if are_ours { "messages-error-without-portal" } else { "messages-error-person" };
    Ok(Some(Problems::at("person", key)))
}
