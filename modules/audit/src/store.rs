use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Instant, NewEvent, Recorded, Result, Tx, items, people, portals};

use crate::{
    asked::{Asked, AskedForm},
    entry::{Doer, Entry, NamedPortal, about},
    schema::events,
    topic::UNTOLD,
};

/// The proof of who it is comes with it, whoever was signed in there until then.
const BY_WHOM_IT_CONCERNS: [EventKind; 3] =
    [EventKind::SESSION_STARTED, EventKind::PERSON_JOINED, EventKind::PASSWORD_CHANGED];
const BY_ANYBODY: [EventKind; 2] = [EventKind::RESET_REQUESTED, EventKind::INVITATION_REQUESTED];

#[derive(Queryable)]
struct Row {
    id: i64,
    kind: String,
    at: Instant,
    actor: Option<PersonId>,
    subject: Option<SubjectId>,
    portal: Option<PortalId>,
    person: Option<PersonId>,
    address: Option<String>,
    data: String,
}

/// The newest first, from below `before` on.
///
/// # Errors
/// The database's.
pub fn entries(tx: &mut Tx, asked: &Asked, before: i64, limit: i64) -> Result<Vec<Entry>> {
    let organization = tx.organization();
    let (from, to) = asked.moments(&tx.organization_profile().time_zone);
    let mut wanted = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::id.lt(before))
        .filter(events::kind.ne_all(UNTOLD.map(EventKind::name)))
        .order(events::id.desc())
        .limit(limit)
        .select((
            events::id,
            events::kind,
            events::at,
            events::actor_id,
            events::subject_id,
            events::portal_id,
            events::person_id,
            events::address,
            events::data,
        ))
        .into_boxed();
    if let Some(topic) = asked.topic {
        wanted = wanted.filter(events::kind.among(topic.kinds().map(EventKind::name)));
    }
    if let Some(from) = from {
        wanted = wanted.filter(events::at.ge(from));
    }
    if let Some(to) = to {
        wanted = wanted.filter(events::at.lt(to));
    }
    if !asked.who.is_empty() {
        let meant = people_called(tx, &asked.who)?;
        let concerns_them =
            events::person_id.among(meant.clone()).or(events::subject_id.among(meant.clone()));
        let is_theirs = events::actor_id.among(meant).or(concerns_them);
        wanted = wanted.filter(is_theirs);
    }
    let rows: Vec<Row> = wanted.load(tx.db())?;
    let names = Names::of(tx, &rows)?;
    Ok(rows.into_iter().map(|row| names.entry(row)).collect())
}

/// Staff and clients, also those who were removed.
fn people_called(tx: &mut Tx, words: &str) -> Result<Vec<PersonId>> {
    let organization = tx.organization();
    let everybody: Vec<(PersonId, String, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .select((people::id, people::name, people::email))
        .load(tx.db())?;
    let is_meant = |text: &str| text.to_lowercase().contains(words);
    let meant = everybody.into_iter().filter(|(_, name, email)| is_meant(name) || is_meant(email));
    Ok(meant.map(|(id, _, _)| id).collect())
}

struct Names {
    people: HashMap<PersonId, String>,
    portals: HashMap<PortalId, NamedPortal>,
    items: HashMap<ItemId, String>,
}

impl Names {
    fn of(tx: &mut Tx, rows: &[Row]) -> Result<Self> {
        let organization = tx.organization();
        let of_subject = |row: &Row| row.subject.map(PersonId::from);
        let meant = rows.iter().flat_map(|row| [row.actor, row.person, of_subject(row)]).flatten();
        let people: Vec<(PersonId, String)> = people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among(meant))
            .select((people::id, people::name))
            .load(tx.db())?;
        let portals: Vec<(PortalId, String, Option<Instant>)> = portals::table
            .filter(portals::organization_id.eq(organization))
            .filter(portals::id.among(rows.iter().filter_map(|row| row.portal)))
            .select((portals::id, portals::name, portals::deleted_at))
            .load(tx.db())?;
        let items: Vec<(ItemId, String)> = items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.among(rows.iter().filter_map(|row| row.subject.map(ItemId::from))))
            .select((items::id, items::name))
            .load(tx.db())?;
        let named = |(id, name, deleted_at): (PortalId, String, Option<Instant>)| {
            (id, NamedPortal { id, name, is_deleted: deleted_at.is_some() })
        };
        Ok(Self {
            people: people.into_iter().collect(),
            portals: portals.into_iter().map(named).collect(),
            items: items.into_iter().collect(),
        })
    }

    fn entry(&self, row: Row) -> Entry {
        let person = |id: PersonId| self.people.get(&id).cloned();
        let is = |kinds: &[EventKind]| kinds.iter().any(|kind| kind.name() == row.kind);
        let actor = if is(&BY_WHOM_IT_CONCERNS) { row.person } else { row.actor };
        // Of what is said of people, a person is the subject; of a grant or an invitation they are named beside.
        let of_subject = row.subject.map(PersonId::from);
        let concerned = [row.person, of_subject].into_iter().flatten().find(|id| Some(*id) != actor);
        let doer = match actor.and_then(person) {
            Some(name) => Doer::Person(name),
            None if is(&BY_ANYBODY) => Doer::Stranger,
            None => Doer::Nobody,
        };
        let item = row.subject.and_then(|id| self.items.get(&id.into()));
        let portal = row.portal.and_then(|id| self.portals.get(&id));
        Entry {
            id: row.id,
            at: row.at,
            doer,
            person: concerned.and_then(person),
            about: about(&row.data).or(item.cloned()),
            portal: portal.cloned(),
            kind: row.kind,
            address: row.address,
            data: row.data,
        }
    }
}

pub fn record_export(tx: &mut Tx, asked: &AskedForm) -> Result<Recorded<()>> {
    let organization = tx.organization();
    tx.record(NewEvent::new(EventKind::AUDIT_EXPORTED, organization).with_data(asked))
}
