//! What clients did lately, read from the events.

use std::collections::HashSet;

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, PortalId};
use portico_kernel::{Among, Event, Instant, Names, Result, Tx, events};

pub struct Happening {
    pub at: Instant,
    pub deed: Deed,
}

/// Names as they are now.
pub enum Deed {
    Viewed { person: String, portal: PortalId, portal_name: String },
    Wrote { person: String, id: PersonId, portal: PortalId, portal_name: String },
    Downloaded { person: String, item: String },
    Joined { person: String, id: PersonId },
    Invited { by: Option<String>, person: String },
}

const KINDS: [EventKind; 5] = [
    EventKind::PORTAL_VIEWED,
    EventKind::MESSAGE_ADDED,
    EventKind::ITEM_DOWNLOADED,
    EventKind::PERSON_JOINED,
    EventKind::INVITATION_SENT,
];

/// Looked through for each that is shown, since of a conversation only its newest message is.
const EVENTS_FOR_ONE: i64 = 5;

/// The newest first.
pub fn lately(tx: &mut Tx, limit: usize) -> Result<Vec<Happening>> {
    let organization = tx.organization();
    // A conversation's messages are about its client. What staff answer, and what only a room's members read, is no news.
    let is_no_message = events::kind.ne(EventKind::MESSAGE_ADDED.name());
    let by_their_client = events::person_id.eq(events::actor_id);
    let events: Vec<Event> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::kind.among(KINDS.map(EventKind::name)))
        .filter(is_no_message.or(by_their_client))
        .order(events::id.desc())
        .limit(limit as i64 * EVENTS_FOR_ONE)
        .select(Event::as_select())
        .load(tx.db())?;
    let names = Names::of(tx, &events)?;
    let mut conversations = HashSet::new();
    let is_newest = |event: &&Event| {
        !event.is(EventKind::MESSAGE_ADDED) || conversations.insert((event.portal_id, event.person_id))
    };
    let happening = |event: &Event| Some(Happening { at: event.at, deed: deed(&names, event)? });
    Ok(events.iter().filter(is_newest).filter_map(happening).take(limit).collect())
}

/// `None` for what staff did themselves, and for what is gone.
fn deed(names: &Names, event: &Event) -> Option<Deed> {
    let person = |id: Option<PersonId>| names.people.get(&id?);
    let client = |id| person(id).filter(|person| person.is_client).map(|person| person.name.clone());
    if event.is(EventKind::PORTAL_VIEWED) {
        let portal = names.portals.get(&event.portal_id?).filter(|portal| !portal.is_deleted)?;
        let person = client(event.actor_id)?;
        return Some(Deed::Viewed { person, portal: portal.id, portal_name: portal.name.clone() });
    }
    if event.is(EventKind::MESSAGE_ADDED) {
        let portal = names.portals.get(&event.portal_id?).filter(|portal| !portal.is_deleted)?;
        let (person, id) = (client(event.person_id)?, event.person_id?);
        return Some(Deed::Wrote { person, id, portal: portal.id, portal_name: portal.name.clone() });
    }
    if event.is(EventKind::ITEM_DOWNLOADED) {
        let item = names.items.get(&event.subject_id?.into())?.clone();
        return Some(Deed::Downloaded { person: client(event.actor_id)?, item });
    }
    if event.is(EventKind::PERSON_JOINED) {
        let id = PersonId::from(event.subject_id?);
        return Some(Deed::Joined { person: client(Some(id))?, id });
    }
    let by = person(event.actor_id).map(|person| person.name.clone());
    Some(Deed::Invited { by, person: client(event.person_id)? })
}
