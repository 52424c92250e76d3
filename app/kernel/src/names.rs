//! What events speak of, by the names that it has now. Whoever was removed and what is deleted has one, too.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{ItemId, PersonId, PortalId};

use crate::{
    access::Role,
    among::Among,
    clock::Instant,
    error::Result,
    event::Event,
    schema::{items, people, portals},
    transaction::Tx,
};

pub struct Names {
    pub people: HashMap<PersonId, NamedPerson>,
    pub portals: HashMap<PortalId, NamedPortal>,
    pub items: HashMap<ItemId, String>,
}

#[derive(Clone, Debug)]
pub struct NamedPerson {
    pub name: String,
    pub is_client: bool,
}

#[derive(Clone, Debug)]
pub struct NamedPortal {
    pub id: PortalId,
    pub name: String,
    pub is_deleted: bool,
}

impl Names {
    /// # Errors
    /// The database's.
    pub fn of(tx: &mut Tx, events: &[Event]) -> Result<Self> {
        let organization = tx.organization();
        let of_subject = |event: &Event| event.subject_id.map(PersonId::from);
        let meant = events.iter().flat_map(|event| [event.actor_id, event.person_id, of_subject(event)]);
        let people: Vec<(PersonId, String, String)> = people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among(meant.flatten()))
            .select((people::id, people::role, people::name))
            .load(tx.db())?;
        let portals: Vec<(PortalId, String, Option<Instant>)> = portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.among(events.iter().filter_map(|event| event.portal_id)))
            .select((portals::id, portals::name, portals::deleted_at))
            .load(tx.db())?;
        let items: Vec<(ItemId, String)> = items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.among(events.iter().filter_map(|event| event.subject_id.map(ItemId::from))))
            .select((items::id, items::name))
            .load(tx.db())?;
        let person = |(id, role, name)| (id, NamedPerson { name, is_client: role == Role::Client.name() });
        let portal = |(id, name, deleted_at): (_, _, Option<Instant>)| {
            (id, NamedPortal { id, name, is_deleted: deleted_at.is_some() })
        };
        Ok(Self {
            people: people.into_iter().map(person).collect(),
            portals: portals.into_iter().map(portal).collect(),
            items: items.into_iter().collect(),
        })
    }
}
