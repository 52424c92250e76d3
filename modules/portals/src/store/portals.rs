use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PersonId, PortalId, ProjectId};
use portico_kernel::{Among, Error, Instant, Name, NewEvent, Recorded, Result, Tx, grants, items};
use serde_json::json;

use crate::{
    portal::PortalWishes,
    schema::{portals, projects},
    store::items::seen_counts,
};

/// A portal as staff see it.
#[derive(Clone, Debug, Queryable)]
pub struct Portal {
    pub id: PortalId,
    pub name: String,
    pub project: Option<ProjectId>,
    /// `None` for a generic portal.
    pub project_name: Option<String>,
    /// Since when clients see nothing of it.
    pub archived_at: Option<Instant>,
}

macro_rules! staff_portals {
    ($organization:expr) => {
        portals::table
            .left_join(
                projects::table.on(projects::organization_id
                    .eq(portals::organization_id)
                    .and(projects::id.nullable().eq(portals::project_id))
                    .and(projects::deleted_at.is_null())),
            )
            .filter(portals::organization_id.eq($organization))
            .filter(portals::deleted_at.is_null())
            .select((
                portals::id,
                portals::name,
                portals::project_id,
                projects::name.nullable(),
                portals::archived_at,
            ))
    };
}

/// All that the reader sees.
pub fn all(tx: &mut Tx) -> Result<Vec<Portal>> {
    let organization = tx.organization();
    let mut all: Vec<Portal> =
        staff_portals!(organization).order((portals::name, portals::id)).load(tx.db())?;
    all.retain(|portal| tx.sees_portal(portal.id));
    Ok(all)
}

/// The newest first, without archived ones.
pub fn recent(tx: &mut Tx, limit: i64) -> Result<Vec<Portal>> {
    let organization = tx.organization();
    let newest = (portals::created_at.desc(), portals::id.desc());
    let current = staff_portals!(organization).filter(portals::archived_at.is_null()).order(newest);
    if !tx.is_limited() {
        return Ok(current.limit(limit).load(tx.db())?);
    }
    let mut seen: Vec<Portal> = current.load(tx.db())?;
    seen.retain(|portal| tx.sees_portal(portal.id));
    seen.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(seen)
}

pub fn find(tx: &mut Tx, portal: PortalId) -> Result<Portal> {
    let organization = tx.organization();
    Ok(staff_portals!(organization).filter(portals::id.eq(portal)).first(tx.db())?)
}

pub fn of_project(tx: &mut Tx, project: ProjectId) -> Result<Option<PortalId>> {
    let organization = tx.organization();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::project_id.eq(project))
        .filter(portals::deleted_at.is_null())
        .select(portals::id)
        .first(tx.db())
        .optional()?)
}

/// How many items each portal holds and how many clients hold a grant for it.
#[derive(Default)]
pub struct Counts {
    items: HashMap<PortalId, i64>,
    clients: HashMap<PortalId, i64>,
}

impl Counts {
    pub fn items(&self, portal: PortalId) -> i64 {
        self.items.get(&portal).copied().unwrap_or(0)
    }

    pub fn clients(&self, portal: PortalId) -> i64 {
        self.clients.get(&portal).copied().unwrap_or(0)
    }
}

pub fn counts(tx: &mut Tx, of: &[PortalId]) -> Result<Counts> {
    Ok(Counts { items: item_counts(tx, of)?, clients: client_counts(tx, of)? })
}

/// Of the clients whom the reader sees.
fn client_counts(tx: &mut Tx, of: &[PortalId]) -> Result<HashMap<PortalId, i64>> {
    let organization = tx.organization();
    let held = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.among(of.iter().copied()))
        .filter(grants::revoked_at.is_null());
    let mut counts: HashMap<PortalId, i64> = HashMap::new();
    if tx.is_limited() {
        let holders: Vec<(PortalId, PersonId)> =
            held.select((grants::portal_id, grants::person_id)).load(tx.db())?;
        for (portal, _) in holders.iter().filter(|(_, client)| tx.sees_client(*client)) {
            *counts.entry(*portal).or_default() += 1;
        }
        return Ok(counts);
    }
    let counted: Vec<(PortalId, i64)> =
        held.group_by(grants::portal_id).select((grants::portal_id, dsl::count_star())).load(tx.db())?;
    counts.extend(counted);
    Ok(counts)
}

/// Of the items that the reader sees.
fn item_counts(tx: &mut Tx, of: &[PortalId]) -> Result<HashMap<PortalId, i64>> {
    let organization = tx.organization();
    if tx.is_limited() {
        let found: Vec<(PortalId, ItemId)> = items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::portal_id.among(of.iter().copied()))
            .filter(items::deleted_at.is_null())
            .select((items::portal_id, items::id))
            .load(tx.db())?;
        return seen_counts(tx, &found);
    }
    let counted: Vec<(PortalId, i64)> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.among(of.iter().copied()))
        .filter(items::deleted_at.is_null())
        .group_by(items::portal_id)
        .select((items::portal_id, dsl::count_star()))
        .load(tx.db())?;
    Ok(counted.into_iter().collect())
}

/// Projects that have no portal yet, and the one that `besides` has.
pub fn free_projects(tx: &mut Tx, besides: Option<ProjectId>) -> Result<Vec<(ProjectId, String)>> {
    let organization = tx.organization();
    let taken: Vec<Option<ProjectId>> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(portals::project_id.is_not_null())
        .select(portals::project_id)
        .load(tx.db())?;
    let all: Vec<(ProjectId, String)> = projects::table
        .filter(projects::organization_id.eq(organization))
        .filter(projects::deleted_at.is_null())
        .order((projects::name, projects::id))
        .select((projects::id, projects::name))
        .load(tx.db())?;
    let is_free = |id: &ProjectId| besides == Some(*id) || !taken.contains(&Some(*id));
    Ok(all.into_iter().filter(|(id, _)| is_free(id)).collect())
}

/// Why a portal cannot be as it was wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    ProjectGone,
    ProjectTaken,
}

impl Refused {
    pub fn key(self) -> &'static str {
        match self {
            Refused::ProjectGone => "portals-project-gone",
            Refused::ProjectTaken => "portals-project-taken",
        }
    }
}

pub fn add(tx: &mut Tx, wishes: &PortalWishes) -> Result<Recorded<Result<PortalId, Refused>>> {
    if let Err(refused) = check_project(tx, wishes.project, None)? {
        return Ok(tx.unchanged(Err(refused)));
    }
    let portal = insert(tx, &wishes.name, wishes.project)?;
    Ok(portal_event(tx, EventKind::PORTAL_ADDED, portal, wishes.name.as_str())?.with(Ok(portal)))
}

/// The project's portal, made now if there is none: pressing twice gives one. On PostgreSQL two at
/// the same moment may still meet at the unique index, and one gets [`Error::Conflict`].
pub fn add_for_project(tx: &mut Tx, project: ProjectId) -> Result<Recorded<PortalId>> {
    let organization = tx.organization();
    let name: String = projects::table
        .filter(projects::organization_id.eq(organization))
        .filter(projects::id.eq(project))
        .filter(projects::deleted_at.is_null())
        .select(projects::name)
        .first(tx.db())?;
    if let Some(portal) = of_project(tx, project)? {
        return Ok(tx.unchanged(portal));
    }
    let name = Name::parse(&name).map_err(|key| Error::BadRequest(key.into()))?;
    let portal = insert(tx, &name, Some(project))?;
    Ok(portal_event(tx, EventKind::PORTAL_ADDED, portal, name.as_str())?.with(portal))
}

fn insert(tx: &mut Tx, name: &Name, project: Option<ProjectId>) -> Result<PortalId> {
    let (organization, now) = (tx.organization(), tx.now());
    let portal = tx.new_id(PortalId::from_bytes);
    diesel::insert_into(portals::table)
        .values((
            portals::organization_id.eq(organization),
            portals::id.eq(portal),
            portals::project_id.eq(project),
            portals::name.eq(name.as_str()),
            portals::created_at.eq(now),
        ))
        .execute(tx.db())?;
    Ok(portal)
}

fn check_project(
    tx: &mut Tx,
    project: Option<ProjectId>,
    own: Option<PortalId>,
) -> Result<Result<(), Refused>> {
    let Some(project) = project else { return Ok(Ok(())) };
    let organization = tx.organization();
    let known: i64 = projects::table
        .filter(projects::organization_id.eq(organization))
        .filter(projects::id.eq(project))
        .filter(projects::deleted_at.is_null())
        .count()
        .get_result(tx.db())?;
    let portal = of_project(tx, project)?;
    Ok(match (known, portal) {
        (0, _) => Err(Refused::ProjectGone),
        (_, Some(portal)) if own != Some(portal) => Err(Refused::ProjectTaken),
        _ => Ok(()),
    })
}

pub fn change(tx: &mut Tx, portal: PortalId, wishes: &PortalWishes) -> Result<Recorded<Result<(), Refused>>> {
    find(tx, portal)?;
    if let Err(refused) = check_project(tx, wishes.project, Some(portal))? {
        return Ok(tx.unchanged(Err(refused)));
    }
    let organization = tx.organization();
    diesel::update(portals::table.find((organization, portal)))
        .set((portals::name.eq(wishes.name.as_str()), portals::project_id.eq(wishes.project)))
        .execute(tx.db())?;
    Ok(portal_event(tx, EventKind::PORTAL_CHANGED, portal, wishes.name.as_str())?.with(Ok(())))
}

pub fn rename(tx: &mut Tx, portal: PortalId, name: &Name) -> Result<Recorded<()>> {
    find(tx, portal)?;
    let organization = tx.organization();
    diesel::update(portals::table.find((organization, portal)))
        .set(portals::name.eq(name.as_str()))
        .execute(tx.db())?;
    portal_event(tx, EventKind::PORTAL_CHANGED, portal, name.as_str())
}

/// Hides the portal with everything in it; its items keep their rows as they are.
pub fn delete(tx: &mut Tx, portal: PortalId) -> Result<Recorded<()>> {
    let name = find(tx, portal)?.name;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(portals::table.find((organization, portal)))
        .set(portals::deleted_at.eq(now))
        .execute(tx.db())?;
    portal_event(tx, EventKind::PORTAL_DELETED, portal, &name)
}

/// # Errors
/// [`Error::Conflict`] when its project has another portal by now.
pub fn restore(tx: &mut Tx, portal: PortalId) -> Result<Recorded<()>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    let (name, project, deleted): (String, Option<ProjectId>, Option<Instant>) = portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null().or(portals::deleted_at.ge(end)))
        .select((portals::name, portals::project_id, portals::deleted_at))
        .first(tx.db())?;
    if deleted.is_none() {
        return Ok(tx.unchanged(()));
    }
    if let Some(project) = project
        && of_project(tx, project)?.is_some()
    {
        return Err(Error::Conflict("portals-project-taken"));
    }
    diesel::update(portals::table.find((organization, portal)))
        .set(portals::deleted_at.eq(None::<Instant>))
        .execute(tx.db())?;
    portal_event(tx, EventKind::PORTAL_RESTORED, portal, &name)
}

/// Its name, if it can be brought back.
pub fn deleted_name(tx: &mut Tx, portal: PortalId) -> Result<Option<String>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    Ok(portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.ge(end))
        .select(portals::name)
        .first(tx.db())
        .optional()?)
}

pub(super) fn portal_event(
    tx: &mut Tx,
    kind: EventKind,
    portal: PortalId,
    name: &str,
) -> Result<Recorded<()>> {
    tx.record(NewEvent::new(kind, portal).in_portal(portal).with_data(json!({ "name": name })))
}
