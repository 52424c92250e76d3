//! What staff are told. What clients read is in `visibility.rs`.

use std::{cmp::Reverse, collections::BTreeSet};

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Error, Event, Instant, Names, Result, Role, Sight, Tx, events, items, people};
use portico_ui::Text;

use crate::{
    activity::{Activity, Look, Noun, Someone, Speaking},
    deed::{Deed, Details},
};

/// Names what called itself a program, in the data of an event.
const BY_PROGRAM: &str = r#"%"program":true%"#;
/// In the data of an archive of everything.
const OF_EVERYTHING: &str = r#"%"items":[]%"#;

/// What clients did with a thing, and no staff member: theirs counts as nothing (P13).
macro_rules! looks_of_clients {
    ($organization:expr) => {{
        let clients = people::table
            .filter(people::organization_id.eq($organization))
            .filter(people::id.nullable().eq(events::actor_id))
            .filter(people::role.eq(Role::Client.name()));
        events::table
            .filter(events::organization_id.eq($organization))
            .filter(events::kind.among(EventKind::LOOKS.map(EventKind::name)))
            .filter(dsl::exists(clients))
    }};
}

/// Narrows a boxed statement.
macro_rules! that_are {
    ($looks:expr, $speaking:expr) => {
        match $speaking {
            Speaking::OfPortal(portal) => $looks.filter(events::portal_id.eq(portal)),
            Speaking::OfSubject(subject) => $looks.filter(events::subject_id.eq(subject)),
            Speaking::OfArchives { item, portal, since } => $looks
                .filter(events::portal_id.eq(portal))
                .filter(events::kind.eq(EventKind::PORTAL_DOWNLOADED.name()))
                .filter(events::at.ge(since))
                .filter(events::data.like(OF_EVERYTHING).or(events::data.like(format!("%\"{item}\"%")))),
        }
    };
}

/// The newest first, from below `before` on.
///
/// # Errors
/// [`Error::NotFound`] for what is not this organization's.
pub fn activity(
    tx: &mut Tx,
    sight: Sight,
    noun: Noun,
    subject: SubjectId,
    text: Text,
    before: i64,
    limit: i64,
) -> Result<Activity> {
    let seen = (sight.seen)(tx, &[subject], text)?.pop().ok_or(Error::NotFound)?;
    let speaking = speaking(tx, noun, subject)?;
    let looks = looks(tx, noun, &speaking, before, limit)?;
    let seen_by: BTreeSet<PersonId> = seen.by.iter().map(|reason| reason.person).collect();
    let known = lookers(tx, &speaking)?;
    let missing = people_named(tx, seen_by.difference(&known).copied().collect())?;
    let (name, kind, href) = (seen.name, seen.kind, seen.href);
    Ok(Activity { noun, name, kind, subject, href, looks, missing })
}

/// One, or two for an item.
fn speaking(tx: &mut Tx, noun: Noun, subject: SubjectId) -> Result<Vec<Speaking>> {
    Ok(match noun {
        Noun::Portal => vec![Speaking::OfPortal(subject.into())],
        Noun::Document => vec![Speaking::OfSubject(subject)],
        Noun::Item => {
            let (organization, item) = (tx.organization(), ItemId::from(subject));
            let (portal, since): (PortalId, Instant) = items::table
                .find((organization, item))
                .select((items::portal_id, items::created_at))
                .first(tx.db())?;
            vec![Speaking::OfSubject(subject), Speaking::OfArchives { item, portal, since }]
        }
    })
}

fn looks(tx: &mut Tx, noun: Noun, all: &[Speaking], before: i64, limit: i64) -> Result<Vec<Look>> {
    let mut events = Vec::new();
    for speaking in all {
        events.extend(newest(tx, *speaking, before, limit)?);
    }
    events.sort_by_key(|event| Reverse(event.id));
    events.truncate(usize::try_from(limit).unwrap_or_default());
    let names = Names::of(tx, &events)?;
    Ok(events.iter().filter_map(|event| look(&names, noun, event)).collect())
}

fn newest(tx: &mut Tx, speaking: Speaking, before: i64, limit: i64) -> Result<Vec<Event>> {
    let organization = tx.organization();
    let newest = looks_of_clients!(organization)
        .filter(events::id.lt(before))
        .order(events::id.desc())
        .limit(limit)
        .select(Event::as_select())
        .into_boxed();
    Ok(that_are!(newest, speaking).load(tx.db())?)
}

fn look(names: &Names, noun: Noun, event: &Event) -> Option<Look> {
    let details = Details::read(&event.data);
    let deed = Deed::of(event, &details)?;
    let item = event.subject_id.and_then(|id| names.items.get(&id.into())).cloned();
    Some(Look {
        id: event.id,
        at: event.at,
        who: names.people.get(&event.actor_id?)?.name.clone(),
        deed,
        details,
        what: item.filter(|_| noun == Noun::Portal),
    })
}

/// Whoever looked at it once, whatever version it was then.
fn lookers(tx: &mut Tx, all: &[Speaking]) -> Result<BTreeSet<PersonId>> {
    let mut lookers = BTreeSet::new();
    for speaking in all {
        lookers.extend(lookers_of(tx, *speaking)?.into_iter().flatten());
    }
    Ok(lookers)
}

fn lookers_of(tx: &mut Tx, speaking: Speaking) -> Result<Vec<Option<PersonId>>> {
    let organization = tx.organization();
    let anybody = looks_of_clients!(organization)
        .filter(dsl::not(events::data.like(BY_PROGRAM)))
        .select(events::actor_id)
        .distinct()
        .into_boxed();
    Ok(that_are!(anybody, speaking).load(tx.db())?)
}

fn people_named(tx: &mut Tx, meant: Vec<PersonId>) -> Result<Vec<Someone>> {
    let organization = tx.organization();
    let rows: Vec<(PersonId, String, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::removed_at.is_null())
        .filter(people::id.among(meant))
        .order((people::name, people::id))
        .select((people::id, people::name, people::email))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(id, name, email)| Someone { id, name, email }).collect())
}
