use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{EventKind, OrganizationId, PersonId, PortalId, ProjectId, SubjectId};
use portico_kernel::{
    Among, Error, Instant, NewEvent, Problems, ProjectPlan, Recorded, Result, Role, Tx, stored_day,
};
use serde_json::json;

use super::{add_milestones, milestones_of_projects};
use crate::{
    milestone::Milestone,
    project::{Project, ProjectDetails, Status},
    schema::{people, portals, projects},
};

/// Rows on one page.
const PAGE: usize = 50;

/// The projects that exist: everything here starts from it.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn live_projects(organization: OrganizationId) -> _ {
    projects::table.filter(projects::organization_id.eq(organization)).filter(projects::deleted_at.is_null())
}

/// # Errors
/// [`Error::NotFound`]
pub fn project(tx: &mut Tx, id: ProjectId) -> Result<Project> {
    projects_by_ids(tx, &[id])?.pop().ok_or(Error::NotFound)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
struct Row {
    id: ProjectId,
    name: String,
    client_id: Option<PersonId>,
    status: String,
    starts_on: Option<String>,
    ends_on: Option<String>,
}

impl Row {
    fn project(self, clients: &BTreeMap<PersonId, String>) -> Project {
        Project {
            id: self.id,
            name: self.name,
            client: self.client_id.and_then(|id| Some((id, clients.get(&id)?.clone()))),
            // The database's own check holds the column to the four names.
            status: Status::from_name(&self.status).unwrap_or(Status::Active),
            starts_on: self.starts_on.as_deref().and_then(stored_day),
            ends_on: self.ends_on.as_deref().and_then(stored_day),
        }
    }
}

fn projects_by_ids(tx: &mut Tx, ids: &[ProjectId]) -> Result<Vec<Project>> {
    let rows: Vec<Row> = live_projects(tx.organization())
        .filter(projects::id.among(ids.iter().copied()))
        .select(Row::as_select())
        .load(tx.db())?;
    let clients = client_names(tx, rows.iter().filter_map(|row| row.client_id).collect())?;
    Ok(rows.into_iter().map(|row| row.project(&clients)).collect())
}

/// Also of clients who were deleted since.
fn client_names(tx: &mut Tx, ids: Vec<PersonId>) -> Result<BTreeMap<PersonId, String>> {
    let names: Vec<(PersonId, String)> = people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.among(ids))
        .select((people::id, people::name))
        .load(tx.db())?;
    Ok(names.into_iter().collect())
}

/// A project in a list, with its milestones in their order.
pub struct Line {
    pub project: Project,
    pub milestones: Vec<Milestone>,
}

pub struct Found {
    pub lines: Vec<Line>,
    /// How many projects there are of each status, whatever was asked for.
    pub counts: BTreeMap<Status, usize>,
    /// How many match, on all pages.
    pub total: usize,
    /// Counted from 1; the last one, if a later one was asked for.
    pub page: usize,
}

impl Found {
    /// Of one status, or of all.
    pub fn count(&self, status: Option<Status>) -> usize {
        match status {
            Some(status) => self.counts.get(&status).copied().unwrap_or_default(),
            None => self.counts.values().sum(),
        }
    }

    /// Counted from 1.
    pub fn first(&self) -> usize {
        (self.page - 1) * PAGE + 1
    }

    pub fn last(&self) -> usize {
        self.first() + self.lines.len() - 1
    }
}

/// One page of the projects of one status that the reader sees, or of all: by status, then the earliest end first.
pub fn find_projects(tx: &mut Tx, status: Option<Status>, page: usize) -> Result<Found> {
    let rows: Vec<(ProjectId, String, Option<String>, String)> = live_projects(tx.organization())
        .select((projects::id, projects::status, projects::ends_on, projects::name))
        .load(tx.db())?;
    let mut counts = BTreeMap::new();
    let mut matching = Vec::new();
    for (id, of, ends_on, name) in rows.into_iter().filter(|(id, ..)| tx.sees_project(*id)) {
        let of = Status::from_name(&of).unwrap_or(Status::Active);
        *counts.entry(of).or_default() += 1;
        if status.is_none_or(|wanted| wanted == of) {
            matching.push((of, ends_on.is_none(), ends_on, name.to_lowercase(), id));
        }
    }
    matching.sort();
    let total = matching.len();
    let page = page.min(total.div_ceil(PAGE)).max(1);
    let ids: Vec<ProjectId> =
        matching.into_iter().skip((page - 1) * PAGE).take(PAGE).map(|(.., id)| id).collect();
    Ok(Found { lines: lines(tx, &ids)?, counts, total, page })
}

/// The projects of one client, the same order.
pub fn projects_of_client(tx: &mut Tx, client: PersonId) -> Result<Vec<Line>> {
    let mut ids: Vec<ProjectId> = live_projects(tx.organization())
        .filter(projects::client_id.eq(client))
        .select(projects::id)
        .load(tx.db())?;
    ids.retain(|id| tx.sees_project(*id));
    let mut lines = lines(tx, &ids)?;
    lines.sort_by_key(|line| (line.project.status, line.project.ends_on.is_none(), line.project.ends_on));
    Ok(lines)
}

/// In the order of `ids`.
fn lines(tx: &mut Tx, ids: &[ProjectId]) -> Result<Vec<Line>> {
    let mut milestones = milestones_of_projects(tx, ids)?;
    let mut projects = projects_by_ids(tx, ids)?;
    projects.sort_by_key(|project| ids.iter().position(|id| *id == project.id));
    let line = |project: Project| {
        let milestones = milestones.remove(&project.id).unwrap_or_default();
        Line { project, milestones }
    };
    Ok(projects.into_iter().map(line).collect())
}

/// Somebody for whom a project can be.
pub struct ClientChoice {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// The clients, and the project's own one even if they were deleted.
pub fn client_choices(tx: &mut Tx, own: Option<PersonId>) -> Result<Vec<ClientChoice>> {
    let rows: Vec<(PersonId, String, String)> = people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_null().or(people::id.nullable().eq(own)))
        .order((people::name, people::email))
        .select((people::id, people::name, people::email))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(id, name, email)| ClientChoice { id, name, email }).collect())
}

pub fn add_project(tx: &mut Tx, details: &ProjectDetails) -> Result<Recorded<Result<ProjectId, Problems>>> {
    if !may_be_for(tx, details.client, None)? {
        return Ok(tx.unchanged(Err(no_such_client())));
    }
    let id = tx.new_id(ProjectId::from_bytes);
    diesel::insert_into(projects::table)
        .values((
            projects::organization_id.eq(tx.organization()),
            projects::id.eq(id),
            projects::client_id.eq(details.client),
            projects::name.eq(details.name.as_str()),
            projects::status.eq(details.status.name()),
            projects::starts_on.eq(details.starts_on.map(|day| day.to_string())),
            projects::ends_on.eq(details.ends_on.map(|day| day.to_string())),
            projects::created_at.eq(tx.now()),
        ))
        .execute(tx.db())?;
    let event = event(tx, EventKind::PROJECT_ADDED, id, id, details.name.as_str())?;
    Ok(tx.record(event)?.with(Ok(id)))
}

/// For a module that knows of a piece of work.
pub fn found_project(tx: &mut Tx, plan: &ProjectPlan) -> Result<Recorded<ProjectId>> {
    let details = ProjectDetails {
        name: plan.name.clone(),
        client: Some(plan.client),
        status: Status::Active,
        starts_on: None,
        ends_on: None,
    };
    let recorded = add_project(tx, &details)?;
    let project = recorded.into_value()?;
    add_milestones(tx, project, &plan.milestones)?;
    Ok(tx.unchanged(project))
}

pub fn change_project(
    tx: &mut Tx,
    id: ProjectId,
    details: &ProjectDetails,
) -> Result<Recorded<Result<(), Problems>>> {
    let own = project(tx, id)?.client.map(|(client, _)| client);
    if !may_be_for(tx, details.client, own)? {
        return Ok(tx.unchanged(Err(no_such_client())));
    }
    diesel::update(projects::table)
        .filter(projects::organization_id.eq(tx.organization()))
        .filter(projects::id.eq(id))
        .set((
            projects::client_id.eq(details.client),
            projects::name.eq(details.name.as_str()),
            projects::status.eq(details.status.name()),
            projects::starts_on.eq(details.starts_on.map(|day| day.to_string())),
            projects::ends_on.eq(details.ends_on.map(|day| day.to_string())),
        ))
        .execute(tx.db())?;
    let event = event(tx, EventKind::PROJECT_CHANGED, id, id, details.name.as_str())?;
    Ok(tx.record(event)?.with(Ok(())))
}

fn may_be_for(tx: &mut Tx, client: Option<PersonId>, own: Option<PersonId>) -> Result<bool> {
    match client {
        None => Ok(true),
        Some(client) => Ok(client_choices(tx, own)?.iter().any(|choice| choice.id == client)),
    }
}

fn no_such_client() -> Problems {
    Problems::at("client", "projects-error-client")
}

pub fn delete_project(tx: &mut Tx, id: ProjectId) -> Result<Recorded<()>> {
    let name = project(tx, id)?.name;
    set_deleted(tx, id, Some(tx.now()))?;
    let event = event(tx, EventKind::PROJECT_DELETED, id, id, &name)?;
    tx.record(event)
}

pub fn restore_project(tx: &mut Tx, id: ProjectId) -> Result<Recorded<()>> {
    let Some(name) = deleted_project(tx, id)? else {
        project(tx, id)?;
        return Ok(tx.unchanged(()));
    };
    set_deleted(tx, id, None)?;
    let event = event(tx, EventKind::PROJECT_RESTORED, id, id, &name)?;
    tx.record(event)
}

/// The name of a deleted project.
pub fn deleted_project(tx: &mut Tx, id: ProjectId) -> Result<Option<String>> {
    Ok(projects::table
        .filter(projects::organization_id.eq(tx.organization()))
        .filter(projects::deleted_at.is_not_null())
        .filter(projects::id.eq(id))
        .select(projects::name)
        .first(tx.db())
        .optional()?)
}

fn set_deleted(tx: &mut Tx, id: ProjectId, at: Option<Instant>) -> Result<()> {
    diesel::update(projects::table)
        .filter(projects::organization_id.eq(tx.organization()))
        .filter(projects::id.eq(id))
        .set(projects::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}

/// In the project's portal, if it has one, so that the client's open page refreshes.
pub(super) fn event(
    tx: &mut Tx,
    kind: EventKind,
    subject: impl Into<SubjectId>,
    project: ProjectId,
    name: &str,
) -> Result<NewEvent> {
    let portal: Option<PortalId> = portals::table
        .filter(portals::organization_id.eq(tx.organization()))
        .filter(portals::project_id.eq(project))
        .filter(portals::deleted_at.is_null())
        .select(portals::id)
        .first(tx.db())
        .optional()?;
    let event = NewEvent::new(kind, subject).with_data(json!({ "name": name, "project": project }));
    Ok(event.in_portal_if_any(portal))
}
