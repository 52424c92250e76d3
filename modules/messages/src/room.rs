//! A room: what chosen people, staff and clients, write to each other. Its name and who is in it, as staff choose them.

use std::collections::BTreeSet;

use portico_facts::{PersonId, PortalId};
use portico_kernel::{Name, Problems, Role};
use serde::Deserialize;

/// Who can be in one room, so that its list of people stays one that somebody reads.
pub const MOST_PEOPLE: usize = 100;

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoomForm {
    pub name: String,
    pub portal: String,
    pub person: Vec<String>,
}

/// Who else is to come in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleForm {
    pub person: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct NewRoom {
    pub name: Name,
    pub portal: Option<PortalId>,
    pub people: BTreeSet<PersonId>,
}

impl RoomForm {
    /// # Errors
    /// Sentences for the fields.
    pub fn parse(&self) -> Result<NewRoom, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let portal = problems.keep("portal", parse_portal(&self.portal));
        let people = problems.keep("person", parse_people(&self.person));
        match (name, portal, people) {
            (Some(name), Some(portal), Some(people)) => Ok(NewRoom { name, portal, people }),
            _ => Err(problems),
        }
    }
}

impl PeopleForm {
    /// # Errors
    /// A sentence for the list.
    pub fn parse(&self) -> Result<BTreeSet<PersonId>, Problems> {
        let mut problems = Problems::default();
        problems.keep("person", parse_people(&self.person)).ok_or(problems)
    }
}

fn parse_portal(typed: &str) -> Result<Option<PortalId>, &'static str> {
    match typed {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "messages-error-portal"),
    }
}

fn parse_people(typed: &[String]) -> Result<BTreeSet<PersonId>, &'static str> {
    let people: Option<BTreeSet<PersonId>> = typed.iter().map(|id| id.parse().ok()).collect();
    match people {
        None => Err("messages-error-person"),
        Some(people) if people.is_empty() => Err("messages-error-nobody"),
        Some(people) if people.len() > MOST_PEOPLE => Err("messages-error-many"),
        Some(people) => Ok(people),
    }
}

/// Who lets people in and takes them out: whoever made the room, while they are in it, and owners and admins, who answer
/// for what the organization holds. These see that it is there and who is in it; to read they come in, which shows.
pub fn may_manage(role: Role, made_it: bool, is_member: bool) -> bool {
    matches!(role, Role::Owner | Role::Admin) || (role.is_staff() && made_it && is_member)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "0190000000007000800000000000000a";

    fn problems(name: &str, portal: &str, people: &[&str]) -> Vec<&'static str> {
        let person = people.iter().map(|id| (*id).to_owned()).collect();
        let form = RoomForm { name: name.to_owned(), portal: portal.to_owned(), person };
        match form.parse() {
            Ok(_) => Vec::new(),
            Err(problems) => {
                ["name", "portal", "person"].into_iter().filter_map(|field| problems.of(field)).collect()
            }
        }
    }

    #[test]
    fn a_room_has_a_name_and_somebody_in_it() {
        assert!(problems("Launch", "", &[ADA]).is_empty());
        assert!(problems("Launch", ADA, &[ADA, ADA]).is_empty());
        assert_eq!(problems(" ", "", &[]), ["ui-name-empty", "messages-error-nobody"]);
        assert_eq!(problems("Launch", "x", &["y"]), ["messages-error-portal", "messages-error-person"]);
        let crowd: Vec<String> = (0..=MOST_PEOPLE).map(|number| format!("{number:032x}")).collect();
        let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
        assert_eq!(problems("Launch", "", &crowd), ["messages-error-many"]);
        assert!(problems("Launch", "", &crowd[1..]).is_empty());
    }

    #[test]
    fn owners_admins_and_whoever_made_it_say_who_is_in_it() {
        for role in [Role::Owner, Role::Admin] {
            assert!(may_manage(role, false, false));
        }
        assert!(may_manage(Role::Member, true, true));
        assert!(!may_manage(Role::Member, true, false));
        assert!(!may_manage(Role::Member, false, true));
        assert!(!may_manage(Role::Client, true, true));
    }
}
