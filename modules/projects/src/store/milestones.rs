use std::collections::BTreeMap;

use diesel::{dsl, prelude::*, upsert::excluded};
use portico_facts::{EventKind, MilestoneId, OrganizationId, PortalId, ProjectId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Core, Instant, Name, Recorded, Result, Tx, Whereabouts, per_backend, stored_day,
};

use super::projects::{event, project};
use crate::{
    milestone::{Direction, Milestone, MilestoneDetails, moved, ordered},
    schema::{milestones, portals},
    visibility::client_milestones,
};

#[diesel::dsl::auto_type(no_type_alias)]
fn live_milestones(organization: OrganizationId) -> _ {
    milestones::table
        .filter(milestones::organization_id.eq(organization))
        .filter(milestones::deleted_at.is_null())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = milestones)]
struct Row {
    id: MilestoneId,
    project_id: ProjectId,
    name: String,
    due_on: Option<String>,
    completed_at: Option<Instant>,
}

impl Row {
    fn milestone(self, tx: &Core) -> Milestone {
        let zone = &tx.organization_profile().time_zone;
        Milestone {
            id: self.id,
            project: self.project_id,
            name: self.name,
            due_on: self.due_on.as_deref().and_then(stored_day),
            completed_on: self.completed_at.map(|at| at.in_zone(zone).date()),
        }
    }
}

/// # Errors
/// [`portico_kernel::Error::NotFound`], also when its project was deleted.
pub fn milestone(tx: &mut Tx, id: MilestoneId) -> Result<Milestone> {
    let row: Row = live_milestones(tx.organization())
        .filter(milestones::id.eq(id))
        .select(Row::as_select())
        .first(tx.db())?;
    let milestone = row.milestone(tx);
    project(tx, milestone.project)?;
    Ok(milestone)
}

/// In their order.
pub fn milestones_of(tx: &mut Tx, project: ProjectId) -> Result<Vec<Milestone>> {
    Ok(milestones_of_projects(tx, &[project])?.remove(&project).unwrap_or_default())
}

pub(super) fn milestones_of_projects(
    tx: &mut Tx,
    ids: &[ProjectId],
) -> Result<BTreeMap<ProjectId, Vec<Milestone>>> {
    let rows: Vec<Row> = live_milestones(tx.organization())
        .filter(milestones::project_id.among(ids.iter().copied()))
        .order((milestones::position, milestones::id))
        .select(Row::as_select())
        .load(tx.db())?;
    let mut of_projects: BTreeMap<ProjectId, Vec<Milestone>> = BTreeMap::new();
    for row in rows {
        let milestone = row.milestone(tx);
        of_projects.entry(milestone.project).or_default().push(milestone);
    }
    Ok(of_projects)
}

/// What a client sees of the project behind a portal; nothing without a grant.
pub fn milestones_for_client(tx: &mut ClientTx, portal: PortalId) -> Result<Vec<Milestone>> {
    let (organization, person) = tx.sight();
    let rows: Vec<Row> = client_milestones(organization, person)
        .filter(portals::id.eq(portal))
        .order((milestones::position, milestones::id))
        .select(Row::as_select())
        .load(tx.db())?;
    Ok(rows.into_iter().map(|row| row.milestone(tx)).collect())
}

/// Those of them that are done now, whenever that was told.
pub fn completed_for_client(tx: &mut ClientTx, portal: PortalId) -> Result<Vec<(SubjectId, String)>> {
    let (organization, person) = tx.sight();
    let done: Vec<(MilestoneId, String)> = client_milestones(organization, person)
        .filter(portals::id.eq(portal))
        .filter(milestones::completed_at.is_not_null())
        .select((milestones::id, milestones::name))
        .load(tx.db())?;
    Ok(done.into_iter().map(|(id, name)| (id.into(), name)).collect())
}

pub fn add_milestone(
    tx: &mut Tx,
    project: ProjectId,
    details: &MilestoneDetails,
) -> Result<Recorded<MilestoneId>> {
    super::project(tx, project)?;
    let last: Option<i32> = milestones::table
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::project_id.eq(project))
        .select(dsl::max(milestones::position))
        .first(tx.db())?;
    let id = tx.new_id(MilestoneId::from_bytes);
    diesel::insert_into(milestones::table)
        .values((
            milestones::organization_id.eq(tx.organization()),
            milestones::id.eq(id),
            milestones::project_id.eq(project),
            milestones::name.eq(details.name.as_str()),
            milestones::due_on.eq(details.due_on.map(|day| day.to_string())),
            milestones::position.eq(last.map_or(0, |last| last.saturating_add(1))),
        ))
        .execute(tx.db())?;
    let event = event(tx, EventKind::MILESTONE_ADDED, id, project, details.name.as_str())?;
    Ok(tx.record(event)?.with(id))
}

/// Those of a project that is just being made, whose own event tells of them.
pub(super) fn add_milestones(tx: &mut Tx, project: ProjectId, names: &[Name]) -> Result<()> {
    let organization = tx.organization();
    let row = |(place, name): (i32, &Name)| {
        (
            milestones::organization_id.eq(organization),
            milestones::id.eq(tx.new_id(MilestoneId::from_bytes)),
            milestones::project_id.eq(project),
            milestones::name.eq(name.as_str().to_owned()),
            milestones::position.eq(place),
        )
    };
    let rows: Vec<_> = (0..).zip(names).map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(milestones::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Those of a template, into a project that has none.
pub fn plan_milestones(tx: &mut Tx, id: ProjectId, planned: &[MilestoneDetails]) -> Result<()> {
    let organization = tx.organization();
    let row = |(place, details): (i32, &MilestoneDetails)| {
        (
            milestones::organization_id.eq(organization),
            milestones::id.eq(tx.new_id(MilestoneId::from_bytes)),
            milestones::project_id.eq(id),
            milestones::name.eq(details.name.as_str().to_owned()),
            milestones::due_on.eq(details.due_on.map(|day| day.to_string())),
            milestones::position.eq(place),
        )
    };
    let rows: Vec<_> = (0..).zip(planned).map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    per_backend!(tx.db(), |c| diesel::insert_into(milestones::table).values(rows).execute(c))?;
    let name = project(tx, id)?.name;
    let event = event(tx, EventKind::PROJECT_CHANGED, id, id, &name)?;
    let _ = tx.record(event)?;
    Ok(())
}

/// Returns its project, as all changes of a milestone do.
pub fn change_milestone(
    tx: &mut Tx,
    id: MilestoneId,
    details: &MilestoneDetails,
) -> Result<Recorded<ProjectId>> {
    let project = milestone(tx, id)?.project;
    diesel::update(milestones::table)
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::id.eq(id))
        .set((
            milestones::name.eq(details.name.as_str()),
            milestones::due_on.eq(details.due_on.map(|day| day.to_string())),
        ))
        .execute(tx.db())?;
    let event = event(tx, EventKind::MILESTONE_CHANGED, id, project, details.name.as_str())?;
    Ok(tx.record(event)?.with(project))
}

pub fn complete_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Recorded<ProjectId>> {
    let milestone = milestone(tx, id)?;
    match milestone.is_done() {
        true => Ok(tx.unchanged(milestone.project)),
        false => set_completed(tx, &milestone, Some(tx.now())),
    }
}

pub fn reopen_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Recorded<ProjectId>> {
    let milestone = milestone(tx, id)?;
    match milestone.is_done() {
        true => set_completed(tx, &milestone, None),
        false => Ok(tx.unchanged(milestone.project)),
    }
}

fn set_completed(tx: &mut Tx, milestone: &Milestone, at: Option<Instant>) -> Result<Recorded<ProjectId>> {
    diesel::update(milestones::table)
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::id.eq(milestone.id))
        .set(milestones::completed_at.eq(at))
        .execute(tx.db())?;
    let kind = match at {
        Some(_) => EventKind::MILESTONE_COMPLETED,
        None => EventKind::MILESTONE_CHANGED,
    };
    let event = event(tx, kind, milestone.id, milestone.project, &milestone.name)?;
    Ok(tx.record(event)?.with(milestone.project))
}

pub fn order_milestones(
    tx: &mut Tx,
    project: ProjectId,
    wanted: &[MilestoneId],
) -> Result<Recorded<ProjectId>> {
    let current = super::project(tx, project).and_then(|_| milestones_of(tx, project))?;
    let ids: Vec<MilestoneId> = current.iter().map(|milestone| milestone.id).collect();
    place(tx, project, &current, &ordered(&ids, wanted))
}

pub fn move_milestone(tx: &mut Tx, id: MilestoneId, direction: Direction) -> Result<Recorded<ProjectId>> {
    let project = milestone(tx, id)?.project;
    let current = milestones_of(tx, project)?;
    let ids: Vec<MilestoneId> = current.iter().map(|milestone| milestone.id).collect();
    place(tx, project, &current, &moved(&ids, id, direction))
}

/// One event for the project, since no single milestone changed.
fn place(
    tx: &mut Tx,
    id: ProjectId,
    current: &[Milestone],
    order: &[MilestoneId],
) -> Result<Recorded<ProjectId>> {
    if current.iter().map(|milestone| &milestone.id).eq(order) {
        return Ok(tx.unchanged(id));
    }
    let organization = tx.organization();
    // One statement for all rows: each exists, so the insert always becomes the update.
    let row = |milestone: &Milestone| {
        let place = order.iter().position(|each| *each == milestone.id).unwrap_or_default();
        (
            milestones::organization_id.eq(organization),
            milestones::id.eq(milestone.id),
            milestones::project_id.eq(id),
            milestones::name.eq(milestone.name.clone()),
            milestones::position.eq(i32::try_from(place).unwrap_or(i32::MAX)),
        )
    };
    let rows: Vec<_> = current.iter().map(row).collect();
    per_backend!(tx.db(), |c| diesel::insert_into(milestones::table)
        .values(rows)
        .on_conflict((milestones::organization_id, milestones::id))
        .do_update()
        .set(milestones::position.eq(excluded(milestones::position)))
        .execute(c))?;
    let name = project(tx, id)?.name;
    let event = event(tx, EventKind::PROJECT_CHANGED, id, id, &name)?;
    Ok(tx.record(event)?.with(id))
}

pub fn delete_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Recorded<Milestone>> {
    let milestone = milestone(tx, id)?;
    set_deleted(tx, id, Some(tx.now()))?;
    let event = event(tx, EventKind::MILESTONE_DELETED, id, milestone.project, &milestone.name)?;
    Ok(tx.record(event)?.with(milestone))
}

pub fn restore_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Recorded<ProjectId>> {
    let Some((of, name)) = deleted_milestone(tx, id)? else {
        let of = milestone(tx, id)?.project;
        return Ok(tx.unchanged(of));
    };
    project(tx, of)?;
    set_deleted(tx, id, None)?;
    let event = event(tx, EventKind::MILESTONE_RESTORED, id, of, &name)?;
    Ok(tx.record(event)?.with(of))
}

/// Project and name of a deleted milestone.
pub fn deleted_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Option<(ProjectId, String)>> {
    Ok(milestones::table
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::deleted_at.is_not_null())
        .filter(milestones::id.eq(id))
        .select((milestones::project_id, milestones::name))
        .first(tx.db())
        .optional()?)
}

fn set_deleted(tx: &mut Tx, id: MilestoneId, at: Option<Instant>) -> Result<()> {
    diesel::update(milestones::table)
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::id.eq(id))
        .set(milestones::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}

/// For limits.
pub fn whereabouts(tx: &mut Tx, milestone: SubjectId) -> Result<Option<Whereabouts>> {
    Ok(project_of_milestone(tx, milestone.into())?.map(Whereabouts::Project))
}

/// Of a milestone, deleted or not, so that search can tell whose document changed.
pub fn project_of_milestone(tx: &mut Tx, id: MilestoneId) -> Result<Option<ProjectId>> {
    Ok(milestones::table
        .filter(milestones::organization_id.eq(tx.organization()))
        .filter(milestones::id.eq(id))
        .select(milestones::project_id)
        .first(tx.db())
        .optional()?)
}
