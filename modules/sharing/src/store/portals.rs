use diesel::prelude::*;
use portico_facts::{ItemId, PersonId, PortalId, ProjectId};
use portico_kernel::{Error, Instant, Result, Tx, items, shown_items};

use crate::schema::{grants, portals, projects};

/// As many names as the dialog lists.
const NAMED: i64 = 10;

/// What sharing a portal hands over.
#[derive(Debug)]
pub struct Contents {
    pub count: i64,
    /// Kind and name of the first ones.
    pub first: Vec<(String, String)>,
}

/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound) for a portal that is deleted or not this organization's.
pub fn portal_name(tx: &mut Tx, portal: PortalId) -> Result<String> {
    let organization = tx.organization();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::name)
        .first(tx.db())?)
}

/// The same for whoever wants to give it to somebody.
///
/// # Errors
/// [`Error::Conflict`] for one that is archived: whoever gained it would be told of what they do not find.
pub fn shareable_portal(tx: &mut Tx, portal: PortalId) -> Result<String> {
    let name = portal_name(tx, portal)?;
    match is_archived(tx, portal)? {
        true => Err(Error::Conflict("sharing-archived")),
        false => Ok(name),
    }
}

/// # Errors
/// The database's.
pub(super) fn is_archived(tx: &mut Tx, portal: PortalId) -> Result<bool> {
    let organization = tx.organization();
    let since: Option<Option<Instant>> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .select(portals::archived_at)
        .first(tx.db())
        .optional()?;
    Ok(since.flatten().is_some())
}

/// Whether the reader sees a portal still, after it was taken from one of its clients: whoever is limited sees one of a
/// project by that, any other by the clients who hold it.
///
/// # Errors
/// The database's.
pub fn is_still_seen(tx: &mut Tx, portal: PortalId) -> Result<bool> {
    if !tx.is_limited() {
        return Ok(true);
    }
    let organization = tx.organization();
    let project: Option<ProjectId> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .select(portals::project_id)
        .first(tx.db())?;
    let holding: Vec<PersonId> = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(portal))
        .filter(grants::revoked_at.is_null())
        .select(grants::person_id)
        .load(tx.db())?;
    Ok(project.is_some() || holding.into_iter().any(|client| tx.sees_client(client)))
}

/// Exactly what a client with a grant sees: their predicate is made of the same.
///
/// # Errors
/// The database's.
pub fn contents(tx: &mut Tx, portal: PortalId) -> Result<Contents> {
    let organization = tx.organization();
    let seen = || shown_items(organization).filter(items::portal_id.eq(portal));
    if tx.is_limited() {
        let all: Vec<(ItemId, String, String)> = seen()
            .order((items::position, items::id))
            .select((items::id, items::kind, items::name))
            .load(tx.db())?;
        let ids: Vec<ItemId> = all.iter().map(|(item, ..)| *item).collect();
        let beyond = tx.beyond_limit(&ids)?;
        let within = all.into_iter().filter(|(item, ..)| !beyond.contains(item));
        let within: Vec<(String, String)> = within.map(|(_, kind, name)| (kind, name)).collect();
        let count = within.len() as i64;
        return Ok(Contents { count, first: within.into_iter().take(NAMED as usize).collect() });
    }
    let count = seen().count().get_result(tx.db())?;
    let first = seen()
        .order((items::position, items::id))
        .limit(NAMED)
        .select((items::kind, items::name))
        .load(tx.db())?;
    Ok(Contents { count, first })
}

/// The client of the project that the portal belongs to: the likeliest to be chosen.
///
/// # Errors
/// The database's.
pub(super) fn client_of_project(tx: &mut Tx, portal: PortalId) -> Result<Option<PersonId>> {
    let organization = tx.organization();
    let same = projects::organization_id.eq(portals::organization_id);
    let client: Option<Option<PersonId>> = portals::table
        .inner_join(projects::table.on(same.and(projects::id.nullable().eq(portals::project_id))))
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .select(projects::client_id)
        .first(tx.db())
        .optional()?;
    Ok(client.flatten())
}
