use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Among, Event, Names, NewEvent, Recorded, Result, Tx, events, people};

use crate::{
    asked::{Asked, AskedForm},
    entry::{Doer, Entry, about},
    topic::UNTOLD,
};

/// The proof of who it is comes with it, whoever was signed in there until then.
const BY_WHOM_IT_CONCERNS: [EventKind; 8] = [
    EventKind::SESSION_STARTED,
    EventKind::PERSON_JOINED,
    EventKind::PASSWORD_CHANGED,
    EventKind::CODE_ASKED,
    EventKind::RECOVERY_CODE_USED,
    EventKind::PASSKEY_ASKED,
    EventKind::PASSKEY_CLONED,
    EventKind::SIGN_IN_LINK_USED,
];
const BY_ANYBODY: [EventKind; 3] =
    [EventKind::RESET_REQUESTED, EventKind::SIGN_IN_LINK_REQUESTED, EventKind::INVITATION_REQUESTED];

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
        .order(events::id.desc())
        .limit(limit)
        .select(Event::as_select())
        .into_boxed();
    wanted = match asked.topic {
        Some(topic) => wanted.filter(events::kind.among(topic.kinds().map(EventKind::name))),
        None => wanted.filter(events::kind.ne_all(UNTOLD.map(EventKind::name))),
    };
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
    let events: Vec<Event> = wanted.load(tx.db())?;
    let names = Names::of(tx, &events)?;
    Ok(events.into_iter().map(|event| entry(&names, event)).collect())
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

fn entry(names: &Names, event: Event) -> Entry {
    let person = |id: PersonId| names.people.get(&id).map(|person| person.name.clone());
    let is = |kinds: &[EventKind]| kinds.iter().any(|kind| event.is(*kind));
    let actor = if is(&BY_WHOM_IT_CONCERNS) { event.person_id } else { event.actor_id };
    // Of what is said of people, a person is the subject; of a grant or an invitation they are named beside.
    let of_subject = event.subject_id.map(PersonId::from);
    let concerned = [event.person_id, of_subject].into_iter().flatten().find(|id| Some(*id) != actor);
    let doer = match actor.and_then(person) {
        Some(name) => Doer::Person(name),
        None if is(&BY_ANYBODY) => Doer::Stranger,
        None => Doer::Nobody,
    };
    let item = event.subject_id.and_then(|id| names.items.get(&id.into()));
    Entry {
        id: event.id,
        at: event.at,
        doer,
        person: concerned.and_then(person),
        about: about(&event.data).or(item.cloned()),
        portal: event.portal_id.and_then(|id| names.portals.get(&id)).cloned(),
        kind: event.kind,
        address: event.address,
        data: event.data,
    }
}

pub fn record_export(tx: &mut Tx, asked: &AskedForm) -> Result<Recorded<()>> {
    let organization = tx.organization();
    tx.record(NewEvent::new(EventKind::AUDIT_EXPORTED, organization).with_data(asked))
}
