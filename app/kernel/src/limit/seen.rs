//! What comes with what was chosen for a member: the rule itself, for one of them or for several at once.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId, PortalId, ProjectId};

use super::Whereabouts;
use crate::{
    among::Among,
    connection::Db,
    error::Result,
    schema::{grants, limit_clients, limit_projects, limited_portals, limited_projects},
};

#[derive(Debug, Default)]
pub(super) struct Seen {
    pub clients: HashSet<PersonId>,
    pub projects: HashSet<ProjectId>,
    pub portals: HashSet<PortalId>,
}

impl Seen {
    pub fn includes(&self, place: Whereabouts) -> bool {
        match place {
            Whereabouts::Portal(portal) => self.portals.contains(&portal),
            Whereabouts::Project(project) => self.projects.contains(&project),
            Whereabouts::Client(client) => self.clients.contains(&client),
            Whereabouts::ClientIn(portal, client) => {
                self.portals.contains(&portal) && self.clients.contains(&client)
            }
        }
    }
}

/// What was chosen for some members, and all that comes with any of it.
struct Found {
    /// For whom, and what.
    clients: Vec<(PersonId, PersonId)>,
    projects: Vec<(PersonId, ProjectId)>,
    /// With their client.
    all_projects: Vec<(ProjectId, Option<PersonId>)>,
    /// To whom.
    shared: Vec<(PortalId, PersonId)>,
    /// With their project.
    all_portals: Vec<(PortalId, Option<ProjectId>)>,
}

/// In five statements, however many members they are. What is deleted or archived is among it: whether it is shown is asked
/// by whoever shows it.
///
/// # Errors
/// The database's.
pub(super) fn seen_by(
    db: &mut Db,
    organization: OrganizationId,
    members: &[PersonId],
) -> Result<HashMap<PersonId, Seen>> {
    let found = Found::load(db, organization, members)?;
    Ok(members.iter().map(|member| (*member, found.of(*member))).collect())
}

impl Found {
    fn load(db: &mut Db, organization: OrganizationId, members: &[PersonId]) -> Result<Self> {
        let clients: Vec<(PersonId, PersonId)> = limit_clients::table
            .filter(limit_clients::organization_id.eq(organization))
            .filter(limit_clients::person_id.among(members.iter().copied()))
            .select((limit_clients::person_id, limit_clients::client_id))
            .load(db)?;
        let projects: Vec<(PersonId, ProjectId)> = limit_projects::table
            .filter(limit_projects::organization_id.eq(organization))
            .filter(limit_projects::person_id.among(members.iter().copied()))
            .select((limit_projects::person_id, limit_projects::project_id))
            .load(db)?;
        let chosen = distinct(clients.iter().map(|(_, client)| *client));
        let chosen_projects = distinct(projects.iter().map(|(_, project)| *project));
        let all_projects: Vec<(ProjectId, Option<PersonId>)> = limited_projects::table
            .filter(limited_projects::organization_id.eq(organization))
            .filter(
                limited_projects::id
                    .among(chosen_projects)
                    .or(limited_projects::client_id.among(chosen.iter().copied())),
            )
            .select((limited_projects::id, limited_projects::client_id))
            .load(db)?;
        let shared: Vec<(PortalId, PersonId)> = grants::table
            .filter(grants::organization_id.eq(organization))
            .filter(grants::person_id.among(chosen))
            .filter(grants::revoked_at.is_null())
            .select((grants::portal_id, grants::person_id))
            .load(db)?;
        let of_projects = all_projects.iter().map(|(project, _)| *project);
        let of_clients = distinct(shared.iter().map(|(portal, _)| *portal));
        let all_portals: Vec<(PortalId, Option<ProjectId>)> = limited_portals::table
            .filter(limited_portals::organization_id.eq(organization))
            .filter(
                limited_portals::project_id
                    .among(of_projects)
                    .or(limited_portals::project_id.is_null().and(limited_portals::id.among(of_clients))),
            )
            .select((limited_portals::id, limited_portals::project_id))
            .load(db)?;
        Ok(Self { clients, projects, all_projects, shared, all_portals })
    }

    /// THE rule.
    fn of(&self, member: PersonId) -> Seen {
        let mut clients = chosen_for(member, &self.clients);
        let mut projects = chosen_for(member, &self.projects);
        let of_clients = |client: &PersonId| clients.contains(client);
        let shared: HashSet<PortalId> =
            self.shared.iter().filter(|(_, client)| of_clients(client)).map(|(portal, _)| *portal).collect();
        let with_clients: Vec<(ProjectId, Option<PersonId>)> = self
            .all_projects
            .iter()
            .filter(|(project, client)| projects.contains(project) || client.as_ref().is_some_and(of_clients))
            .copied()
            .collect();
        projects.extend(with_clients.iter().map(|(project, _)| *project));
        clients.extend(with_clients.iter().filter_map(|(_, client)| *client));
        let is_theirs = |portal: &PortalId, project: &Option<ProjectId>| match project {
            Some(project) => projects.contains(project),
            None => shared.contains(portal),
        };
        let portals = self.all_portals.iter().filter(|(portal, project)| is_theirs(portal, project));
        let portals = portals.map(|(portal, _)| *portal).collect();
        Seen { clients, projects, portals }
    }
}

fn chosen_for<T: Copy + Eq + Hash>(member: PersonId, chosen: &[(PersonId, T)]) -> HashSet<T> {
    chosen.iter().filter(|(whose, _)| *whose == member).map(|(_, what)| *what).collect()
}

fn distinct<T: Eq + Hash>(values: impl Iterator<Item = T>) -> HashSet<T> {
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEN: PersonId = PersonId::from_bytes([1; 16]);
    const LENA: PersonId = PersonId::from_bytes([2; 16]);
    const NOBODY: PersonId = PersonId::from_bytes([3; 16]);
    const CAROL: PersonId = PersonId::from_bytes([4; 16]);
    const DORA: PersonId = PersonId::from_bytes([5; 16]);
    const WEBSITE: ProjectId = ProjectId::from_bytes([6; 16]);
    const BRAND: ProjectId = ProjectId::from_bytes([7; 16]);
    const OF_WEBSITE: PortalId = PortalId::from_bytes([8; 16]);
    const OF_BRAND: PortalId = PortalId::from_bytes([9; 16]);
    const RESOURCES: PortalId = PortalId::from_bytes([10; 16]);

    /// Ben has Carol, Lena the brand; the resources are shared with both clients, and Dora's brand with Carol, too.
    fn found() -> Found {
        Found {
            clients: vec![(BEN, CAROL)],
            projects: vec![(LENA, BRAND)],
            all_projects: vec![(WEBSITE, Some(CAROL)), (BRAND, Some(DORA))],
            shared: vec![(OF_WEBSITE, CAROL), (OF_BRAND, CAROL), (RESOURCES, CAROL)],
            all_portals: vec![(OF_WEBSITE, Some(WEBSITE)), (OF_BRAND, Some(BRAND)), (RESOURCES, None)],
        }
    }

    #[test]
    fn a_client_comes_with_projects_and_portals_but_not_with_those_of_anothers_project() {
        let ben = found().of(BEN);
        assert_eq!(ben.clients, HashSet::from([CAROL]));
        assert_eq!(ben.projects, HashSet::from([WEBSITE]));
        assert_eq!(ben.portals, HashSet::from([OF_WEBSITE, RESOURCES]));
    }

    #[test]
    fn a_project_comes_with_its_client_and_nothing_else_of_theirs() {
        let lena = found().of(LENA);
        assert_eq!(lena.clients, HashSet::from([DORA]));
        assert_eq!(lena.projects, HashSet::from([BRAND]));
        assert_eq!(lena.portals, HashSet::from([OF_BRAND]));
    }

    #[test]
    fn what_is_about_a_client_in_a_portal_is_seen_by_whoever_sees_both() {
        let (ben, lena, nobody) = (found().of(BEN), found().of(LENA), found().of(NOBODY));
        assert!(ben.includes(Whereabouts::ClientIn(RESOURCES, CAROL)));
        assert!(!ben.includes(Whereabouts::ClientIn(RESOURCES, DORA)));
        assert!(!ben.includes(Whereabouts::ClientIn(OF_BRAND, CAROL)));
        assert!(lena.includes(Whereabouts::ClientIn(OF_BRAND, DORA)));
        for place in [
            Whereabouts::Client(CAROL),
            Whereabouts::Project(WEBSITE),
            Whereabouts::Portal(RESOURCES),
            Whereabouts::ClientIn(RESOURCES, CAROL),
        ] {
            assert!(ben.includes(place) && !nobody.includes(place), "{place:?}");
        }
    }
}
