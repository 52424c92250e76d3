//! Members whom the owner limited to chosen clients or projects: THE rule of what they see, for every module. In one
//! sentence: the chosen clients with all of their projects and portals, and the chosen projects with their portals and
//! their client; of a portal that several clients share, no other client. A portal that belongs to a project comes with
//! that project alone, whoever it is shared with.
//!
//! Nothing is open to such a member but the routes that say so ([`Permission::Assigned`](crate::Permission)) and whose
//! handlers take [`Within`](crate::Within), which looks at what the address names. Lists narrow themselves by
//! [`Tx::sees_client`] and its like.

mod members;
mod seen;

use std::{collections::HashSet, sync::Arc};

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, OrganizationId, PersonId, PortalId, ProjectId, SubjectId};

use self::seen::{Seen, seen_by};
use crate::{
    among::Among,
    connection::Db,
    error::Result,
    event::Event,
    schema::{items, sent_items},
    transaction::{Core, Tx},
};

/// What one limited member sees, read anew for every request, so that what is taken from them is gone with the very
/// next one (P12).
#[derive(Clone, Debug, Default)]
pub(crate) struct Limit(Arc<Seen>);

impl Limit {
    /// In five statements.
    ///
    /// # Errors
    /// The database's.
    pub fn find(db: &mut Db, organization: OrganizationId, member: PersonId) -> Result<Self> {
        let seen = seen_by(db, organization, &[member])?.remove(&member);
        Ok(Self(Arc::new(seen.unwrap_or_default())))
    }

    pub fn portals_and_clients(&self) -> (Vec<PortalId>, Vec<PersonId>) {
        (self.0.portals.iter().copied().collect(), self.0.clients.iter().copied().collect())
    }

    /// Whether an open page of theirs is told: it is of a kind that is open to them, lies where they see something, and is
    /// about nobody whom they do not.
    pub fn concerns(&self, event: &Event, reader: PersonId) -> bool {
        if event.person_id != Some(reader) && !is_heard(event, reader) {
            return false;
        }
        let about = event.person_id.map(|person| person == reader || self.0.clients.contains(&person));
        let place = match (event.portal_id, event.noun(), event.subject_id) {
            (Some(portal), ..) => Some(self.0.portals.contains(&portal)),
            (None, "project", Some(project)) => Some(self.0.projects.contains(&ProjectId::from(project))),
            _ => None,
        };
        match (place, about) {
            (None, None) => false,
            (place, about) => place.unwrap_or(true) && about.unwrap_or(true),
        }
    }
}

/// What pages that are open to limited members show. Rooms are not among them; of messages that are about no client, which
/// are those in rooms and how far staff have read, their own are.
fn is_heard(event: &Event, reader: PersonId) -> bool {
    match event.noun() {
        "message" if OF_ROOMS.iter().any(|kind| event.is(*kind)) => false,
        "message" => event.person_id.is_some() || event.actor_id == Some(reader),
        noun => HEARD.contains(&noun),
    }
}

const OF_ROOMS: [EventKind; 4] = [
    EventKind::ROOM_MADE,
    EventKind::ROOM_MEMBER_ADDED,
    EventKind::ROOM_MEMBER_REMOVED,
    EventKind::ROOM_STIRRED,
];

const HEARD: [&str; 9] =
    ["approval", "grant", "invitation", "item", "milestone", "person", "portal", "project", "request"];

/// Where something lies that an address names, as far as limits ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whereabouts {
    Portal(PortalId),
    Project(ProjectId),
    Client(PersonId),
    /// What is about one client in a portal: both have to be seen.
    ClientIn(PortalId, PersonId),
}

/// How things of a module are found by the parameter of its addresses, such as `milestone`.
#[derive(Clone, Copy)]
pub struct Located {
    pub parameter: &'static str,
    /// `None` for what is not the organization's. Deleted things are found, too.
    pub find: fn(&mut Tx, SubjectId) -> Result<Option<Whereabouts>>,
}

/// What is looked up within the thing that stands before it in the address.
const PARTS: [&str; 4] = ["version", "page", "message", "file"];
/// What is found through the person who began it.
const OWN: &str = "upload";

impl Tx<'_> {
    /// Whether what an address names lies within the reader's limit. A parameter that nobody has thought about does not.
    pub(crate) fn sees_named(&mut self, parameter: &str, value: &str, located: &[Located]) -> Result<bool> {
        if PARTS.contains(&parameter) || parameter == OWN {
            return Ok(true);
        }
        let Ok(subject) = value.parse::<SubjectId>() else { return Ok(false) };
        let place = match parameter {
            "portal" => Some(Whereabouts::Portal(subject.into())),
            "project" => Some(Whereabouts::Project(subject.into())),
            "client" | "person" => Some(Whereabouts::Client(subject.into())),
            "item" | "folder" => self.portal_of_item(subject.into())?.map(Whereabouts::Portal),
            _ => match located.iter().find(|located| located.parameter == parameter) {
                Some(located) => (located.find)(self, subject)?,
                None => None,
            },
        };
        Ok(place.is_some_and(|place| self.sees(place)))
    }

    fn portal_of_item(&mut self, item: ItemId) -> Result<Option<PortalId>> {
        if !self.beyond_limit(&[item])?.is_empty() {
            return Ok(None);
        }
        let organization = self.organization();
        Ok(items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.eq(item))
            .select(items::portal_id)
            .first(self.db())
            .optional()?)
    }
}

impl Core<'_> {
    /// Whether the reader is a limited member: for what is not shown to them at all.
    pub fn is_limited(&self) -> bool {
        self.limit().is_some()
    }

    pub fn sees_client(&self, client: PersonId) -> bool {
        self.limit().is_none_or(|limit| limit.0.clients.contains(&client))
    }

    pub fn sees_project(&self, project: ProjectId) -> bool {
        self.limit().is_none_or(|limit| limit.0.projects.contains(&project))
    }

    pub fn sees_portal(&self, portal: PortalId) -> bool {
        self.limit().is_none_or(|limit| limit.0.portals.contains(&portal))
    }

    pub fn sees(&self, place: Whereabouts) -> bool {
        self.limit().is_none_or(|limit| limit.0.includes(place))
    }

    /// Those of these items that were sent by a client whom the reader does not see, and are not shown to everyone.
    ///
    /// # Errors
    /// The database's.
    pub fn beyond_limit(&mut self, of: &[ItemId]) -> Result<HashSet<ItemId>> {
        if !self.is_limited() || of.is_empty() {
            return Ok(HashSet::new());
        }
        let organization = self.organization();
        let sent: Vec<(ItemId, PersonId)> = sent_items::table
            .filter(sent_items::organization_id.eq(organization))
            .filter(sent_items::item_id.among(of.iter().copied()))
            .filter(sent_items::shown_at.is_null())
            .select((sent_items::item_id, sent_items::person_id))
            .load(self.db())?;
        let is_beyond = |(_, client): &(ItemId, PersonId)| !self.sees_client(*client);
        Ok(sent.into_iter().filter(is_beyond).map(|(item, _)| item).collect())
    }
}
