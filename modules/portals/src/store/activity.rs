//! What clients did lately, read from the events.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Instant, Result, Tx, items, people};

use crate::schema::{events, portals};

pub struct Happening {
    pub at: Instant,
    pub deed: Deed,
}

/// Names as they are now.
pub enum Deed {
    Viewed { person: String, portal: PortalId, portal_name: String },
    Downloaded { person: String, item: String },
    Joined { person: String, id: PersonId },
    Invited { by: Option<String>, person: String },
}

#[derive(Queryable)]
struct Row {
    kind: String,
    at: Instant,
    actor: Option<PersonId>,
    subject: Option<SubjectId>,
    portal: Option<PortalId>,
    person: Option<PersonId>,
}

const KINDS: [EventKind; 4] = [
    EventKind::PORTAL_VIEWED,
    EventKind::ITEM_DOWNLOADED,
    EventKind::PERSON_JOINED,
    EventKind::INVITATION_SENT,
];

/// The newest first.
pub fn lately(tx: &mut Tx, limit: i64) -> Result<Vec<Happening>> {
    let organization = tx.organization();
    let rows: Vec<Row> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::kind.among(KINDS.map(EventKind::name)))
        .order(events::id.desc())
        .limit(limit)
        .select((
            events::kind,
            events::at,
            events::actor_id,
            events::subject_id,
            events::portal_id,
            events::person_id,
        ))
        .load(tx.db())?;
    let names = Names::of(tx, &rows)?;
    Ok(rows.iter().filter_map(|row| Some(Happening { at: row.at, deed: names.deed(row)? })).collect())
}

struct Names {
    people: HashMap<PersonId, String>,
    /// Only clients' deeds are shown.
    clients: HashMap<PersonId, String>,
    portals: HashMap<PortalId, String>,
    items: HashMap<ItemId, String>,
}

impl Names {
    fn of(tx: &mut Tx, rows: &[Row]) -> Result<Self> {
        let organization = tx.organization();
        let of_subject = |row: &Row| row.subject.map(PersonId::from);
        let person_ids: Vec<PersonId> =
            rows.iter().flat_map(|row| [row.actor, row.person, of_subject(row)]).flatten().collect();
        let known: Vec<(PersonId, String, String)> = people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among(person_ids))
            .select((people::id, people::role, people::name))
            .load(tx.db())?;
        let portal_ids: Vec<PortalId> = rows.iter().filter_map(|row| row.portal).collect();
        let portals: Vec<(PortalId, String)> = portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.among(portal_ids))
            .filter(portals::deleted_at.is_null())
            .select((portals::id, portals::name))
            .load(tx.db())?;
        let item_ids: Vec<ItemId> = rows.iter().filter_map(|row| row.subject.map(ItemId::from)).collect();
        let items: Vec<(ItemId, String)> = items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.among(item_ids))
            .select((items::id, items::name))
            .load(tx.db())?;
        let clients = known.iter().filter(|(_, role, _)| role == "client");
        Ok(Self {
            clients: clients.map(|(id, _, name)| (*id, name.clone())).collect(),
            people: known.into_iter().map(|(id, _, name)| (id, name)).collect(),
            portals: portals.into_iter().collect(),
            items: items.into_iter().collect(),
        })
    }

    /// `None` for what staff did themselves, and for what is gone.
    fn deed(&self, row: &Row) -> Option<Deed> {
        let client = |id: Option<PersonId>| self.clients.get(&id?).cloned();
        let is = |kind: EventKind| row.kind == kind.name();
        if is(EventKind::PORTAL_VIEWED) {
            let portal = row.portal?;
            let portal_name = self.portals.get(&portal)?.clone();
            return Some(Deed::Viewed { person: client(row.actor)?, portal, portal_name });
        }
        if is(EventKind::ITEM_DOWNLOADED) {
            let item = self.items.get(&row.subject?.into())?.clone();
            return Some(Deed::Downloaded { person: client(row.actor)?, item });
        }
        if is(EventKind::PERSON_JOINED) {
            let id = PersonId::from(row.subject?);
            return Some(Deed::Joined { person: client(Some(id))?, id });
        }
        let by = row.actor.and_then(|actor| self.people.get(&actor)).cloned();
        Some(Deed::Invited { by, person: client(row.person)? })
    }
}
