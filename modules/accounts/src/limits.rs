//! What members are limited to, and what there is to choose from.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, ProjectId};
use portico_kernel::{Among, Error, Instant, NewEvent, Problems, Recorded, Result, Role, Tx, per_backend};
use serde_json::json;

use crate::{
    limit::{Chosen, Reach},
    schema::{limit_clients, limit_projects, people, projects},
    store::{self, PersonRow},
};

/// A statement holds so many values and no more.
const ROWS_AT_ONCE: usize = 1_000;

/// What there is to choose from, by name.
pub struct Choices {
    pub clients: Vec<ClientChoice>,
    pub projects: Vec<ProjectChoice>,
}

pub struct ClientChoice {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

pub struct ProjectChoice {
    pub id: ProjectId,
    pub name: String,
    pub client: Option<String>,
}

/// How what was chosen is called.
pub struct Names(pub Vec<String>);

/// # Errors
/// The database's.
pub fn choices(tx: &mut Tx) -> Result<Choices> {
    let organization = tx.organization();
    let clients: Vec<(PersonId, String, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .order((people::name, people::email))
        .select((people::id, people::name, people::email))
        .load(tx.db())?;
    let projects: Vec<(ProjectId, String, Option<PersonId>)> = projects::table
        .filter(projects::organization_id.eq(organization))
        .filter(projects::deleted_at.is_null())
        .order((projects::name, projects::id))
        .select((projects::id, projects::name, projects::client_id))
        .load(tx.db())?;
    let names: HashMap<PersonId, &String> = clients.iter().map(|(id, name, _)| (*id, name)).collect();
    let project = |(id, name, client): (ProjectId, String, Option<PersonId>)| {
        let client = client.and_then(|client| names.get(&client)).map(|name| (*name).clone());
        ProjectChoice { id, name, client }
    };
    let projects = projects.into_iter().map(project).collect();
    let clients = clients.into_iter().map(|(id, name, email)| ClientChoice { id, name, email }).collect();
    Ok(Choices { clients, projects })
}

/// # Errors
/// [`Error::NotFound`] for whoever always sees everything, and for who does not work here any more.
pub fn member(tx: &mut Tx, person: PersonId) -> Result<PersonRow> {
    let row = store::find_staff(tx, person)?;
    if row.can_be_limited() && row.removed_at.is_none() { Ok(row) } else { Err(Error::NotFound) }
}

/// # Errors
/// The database's.
pub fn reach(tx: &mut Tx, row: &PersonRow) -> Result<Reach> {
    if !row.is_limited() {
        return Ok(Reach::Everything);
    }
    let organization = tx.organization();
    let clients: Vec<PersonId> = limit_clients::table
        .filter(limit_clients::organization_id.eq(organization))
        .filter(limit_clients::person_id.eq(row.id))
        .select(limit_clients::client_id)
        .load(tx.db())?;
    let projects: Vec<ProjectId> = limit_projects::table
        .filter(limit_projects::organization_id.eq(organization))
        .filter(limit_projects::person_id.eq(row.id))
        .select(limit_projects::project_id)
        .load(tx.db())?;
    Ok(Reach::Chosen(Chosen {
        clients: clients.into_iter().collect(),
        projects: projects.into_iter().collect(),
    }))
}

/// `None` for whoever sees everything.
///
/// # Errors
/// The database's.
pub fn names(tx: &mut Tx, row: &PersonRow) -> Result<Option<Names>> {
    let Reach::Chosen(chosen) = reach(tx, row)? else { return Ok(None) };
    let organization = tx.organization();
    let mut names: Vec<String> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::id.among(chosen.clients))
        .filter(people::removed_at.is_null())
        .order(people::name)
        .select(people::name)
        .load(tx.db())?;
    let of_projects: Vec<String> = projects::table
        .filter(projects::organization_id.eq(organization))
        .filter(projects::id.among(chosen.projects))
        .filter(projects::deleted_at.is_null())
        .order(projects::name)
        .select(projects::name)
        .load(tx.db())?;
    names.extend(of_projects);
    Ok(Some(Names(names)))
}

/// Counts from their next request on, and ends what their open pages hear (P12).
///
/// # Errors
/// [`Error::NotFound`] for whoever always sees everything.
pub fn set(tx: &mut Tx, person: PersonId, wanted: &Reach) -> Result<Recorded<Result<(), Problems>>> {
    let row = member(tx, person)?;
    if !are_all_there(tx, wanted)? {
        return Ok(tx.unchanged(Err(Problems::at("sees", "accounts-limit-unknown"))));
    }
    if reach(tx, &row)? == *wanted {
        return Ok(tx.unchanged(Ok(())));
    }
    forget(tx, person)?;
    let (limited_at, event) = match wanted {
        Reach::Everything => (None, NewEvent::new(EventKind::PERSON_UNLIMITED, person)),
        Reach::Chosen(chosen) => {
            keep(tx, person, chosen)?;
            let told = json!({ "clients": chosen.clients.len(), "projects": chosen.projects.len() });
            (Some(tx.now()), NewEvent::new(EventKind::PERSON_LIMITED, person).with_data(told))
        }
    };
    change_limited_at(tx, person, limited_at)?;
    Ok(tx.record(event.about(person))?.with(Ok(())))
}

fn change_limited_at(tx: &mut Tx, person: PersonId, limited_at: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(people::table.find((organization, person)))
        .set(people::limited_at.eq(limited_at))
        .execute(tx.db())?;
    Ok(())
}

/// A foreign id and a nonexistent one are the same here (P11).
fn are_all_there(tx: &mut Tx, wanted: &Reach) -> Result<bool> {
    let Reach::Chosen(chosen) = wanted else { return Ok(true) };
    let there = choices(tx)?;
    let clients: BTreeSet<PersonId> = there.clients.iter().map(|client| client.id).collect();
    let projects: BTreeSet<ProjectId> = there.projects.iter().map(|project| project.id).collect();
    Ok(chosen.clients.is_subset(&clients) && chosen.projects.is_subset(&projects))
}

fn forget(tx: &mut Tx, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        limit_clients::table
            .filter(limit_clients::organization_id.eq(organization))
            .filter(limit_clients::person_id.eq(person)),
    )
    .execute(tx.db())?;
    diesel::delete(
        limit_projects::table
            .filter(limit_projects::organization_id.eq(organization))
            .filter(limit_projects::person_id.eq(person)),
    )
    .execute(tx.db())?;
    Ok(())
}

fn keep(tx: &mut Tx, person: PersonId, chosen: &Chosen) -> Result<()> {
    let organization = tx.organization();
    let client = |client: &PersonId| {
        (
            limit_clients::organization_id.eq(organization),
            limit_clients::person_id.eq(person),
            limit_clients::client_id.eq(*client),
        )
    };
    let rows: Vec<_> = chosen.clients.iter().map(client).collect();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        per_backend!(tx.db(), |c| diesel::insert_into(limit_clients::table).values(rows).execute(c))?;
    }
    let project = |project: &ProjectId| {
        (
            limit_projects::organization_id.eq(organization),
            limit_projects::person_id.eq(person),
            limit_projects::project_id.eq(*project),
        )
    };
    let rows: Vec<_> = chosen.projects.iter().map(project).collect();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        per_backend!(tx.db(), |c| diesel::insert_into(limit_projects::table).values(rows).execute(c))?;
    }
    Ok(())
}
