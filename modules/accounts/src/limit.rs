//! What a member can be limited to: chosen clients and projects. What follows from it, the kernel's rule says.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, ProjectId};
use portico_kernel::{Among, Error, Instant, NewEvent, Problems, Recorded, Result, Role, Tx, per_backend};
use serde::Deserialize;
use serde_json::json;

use crate::{
    schema::{limit_clients, limit_projects, people, projects},
    store::{self, PersonRow},
};

pub const EVERYTHING: &str = "everything";
pub const CHOSEN: &str = "chosen";
/// A statement holds so many values and no more.
const ROWS_AT_ONCE: usize = 1_000;

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitForm {
    pub sees: String,
    pub client: Vec<String>,
    pub project: Vec<String>,
    /// Words that narrow what there is to choose from.
    pub q: String,
    /// From the button that narrows, and saves nothing.
    pub find: String,
}

/// What a member sees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    Everything,
    Chosen(Chosen),
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    pub clients: BTreeSet<PersonId>,
    pub projects: BTreeSet<ProjectId>,
}

impl LimitForm {
    /// What is ticked counts for nothing where they see everything.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn parse(&self) -> Result<Reach, Problems> {
        let mut problems = Problems::default();
        problems.keep("sees", self.reach()).ok_or(problems)
    }

    pub fn is_finding(&self) -> bool {
        !self.find.is_empty()
    }

    /// What is ticked stays in sight, whatever is looked for.
    pub fn finds(&self, label: &str) -> bool {
        label.to_lowercase().contains(&self.q.trim().to_lowercase())
    }

    fn reach(&self) -> Result<Reach, &'static str> {
        match self.sees.as_str() {
            EVERYTHING => Ok(Reach::Everything),
            CHOSEN => {
                let clients: Option<BTreeSet<PersonId>> =
                    self.client.iter().map(|id| id.parse().ok()).collect();
                let projects: Option<BTreeSet<ProjectId>> =
                    self.project.iter().map(|id| id.parse().ok()).collect();
                let unknown = "accounts-limit-unknown";
                Ok(Reach::Chosen(Chosen {
                    clients: clients.ok_or(unknown)?,
                    projects: projects.ok_or(unknown)?,
                }))
            }
            _ => Err("accounts-limit-unclear"),
        }
    }
}

impl Reach {
    pub fn form(&self) -> LimitForm {
        match self {
            Self::Everything => LimitForm { sees: EVERYTHING.to_owned(), ..LimitForm::default() },
            Self::Chosen(chosen) => LimitForm {
                sees: CHOSEN.to_owned(),
                client: chosen.clients.iter().map(PersonId::to_string).collect(),
                project: chosen.projects.iter().map(ProjectId::to_string).collect(),
                ..LimitForm::default()
            },
        }
    }
}

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
        let mut problems = Problems::default();
        problems.add("sees", "accounts-limit-unknown");
        return Ok(tx.unchanged(Err(problems)));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(sees: &str, client: &[&str]) -> LimitForm {
        let client = client.iter().map(|id| (*id).to_owned()).collect();
        LimitForm { sees: sees.to_owned(), client, ..LimitForm::default() }
    }

    const SOMEBODY: &str = "0196a0c1d2e374f5a6b7c8d9e0f1a2b3";

    #[test]
    fn nothing_chosen_is_a_limit_and_everything_is_none() {
        assert_eq!(typed("chosen", &[]).parse().unwrap(), Reach::Chosen(Chosen::default()));
        assert_eq!(typed("everything", &[SOMEBODY]).parse().unwrap(), Reach::Everything);
    }

    #[test]
    fn somebody_chosen_twice_is_chosen_once_and_stays_ticked() {
        let reach = typed("chosen", &[SOMEBODY, SOMEBODY]).parse().unwrap();
        assert_eq!(reach.form().client, [SOMEBODY]);
        assert_eq!(reach.form().parse().unwrap(), reach);
    }

    #[test]
    fn a_name_is_found_without_case_and_by_a_part() {
        let form = LimitForm { q: " ÉLO ".to_owned(), ..LimitForm::default() };
        assert!(form.finds("Élodie Petit · e@globex.test") && !form.finds("Carol Meyer"));
        assert!(LimitForm::default().finds("Carol Meyer"));
    }

    #[test]
    fn what_is_no_choice_is_answered_at_the_field() {
        for (form, key) in [
            (typed("", &[]), "accounts-limit-unclear"),
            (typed("all", &[]), "accounts-limit-unclear"),
            (typed("chosen", &["carol"]), "accounts-limit-unknown"),
        ] {
            assert_eq!(form.parse().unwrap_err().of("sees"), Some(key), "{form:?}");
        }
    }
}
