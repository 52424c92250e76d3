//! What staff are told. What clients read is in `visibility.rs`.

use std::collections::BTreeSet;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Error, Event, Instant, Names, Result, Role, Sight, Tx, events, items, people};
use portico_ui::Text;

use crate::{
    activity::{Activity, Look, Noun, Someone, Thing},
    deed::{Deed, Details, LOOKS},
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
            .filter(events::kind.among(LOOKS.map(EventKind::name)))
            .filter(dsl::exists(clients))
    }};
}

/// Narrows a boxed statement to one thing.
macro_rules! at {
    ($looks:expr, $thing:expr) => {
        match $thing {
            Thing::Portal(portal) => $looks.filter(events::portal_id.eq(portal)),
            Thing::Document(document) => $looks.filter(events::subject_id.eq(document)),
            Thing::Item { item, portal, since } => {
                let holds_it =
                    events::data.like(OF_EVERYTHING).or(events::data.like(format!("%\"{item}\"%")));
                let archives = events::kind
                    .eq(EventKind::PORTAL_DOWNLOADED.name())
                    .and(events::portal_id.eq(portal))
                    .and(events::at.ge(since))
                    .and(holds_it);
                $looks.filter(events::subject_id.eq(SubjectId::from(item)).or(archives))
            }
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
    let thing = thing(tx, noun, subject)?;
    let looks = looks(tx, noun, thing, before, limit)?;
    let seen_by: BTreeSet<PersonId> = seen.by.iter().map(|reason| reason.person).collect();
    let known = lookers(tx, thing)?;
    let missing = people_named(tx, seen_by.difference(&known).copied().collect())?;
    let (name, kind, href) = (seen.name, seen.kind, seen.href);
    Ok(Activity { noun, name, kind, subject, href, looks, missing })
}

fn thing(tx: &mut Tx, noun: Noun, subject: SubjectId) -> Result<Thing> {
    Ok(match noun {
        Noun::Portal => Thing::Portal(subject.into()),
        Noun::Document => Thing::Document(subject),
        Noun::Item => {
            let (organization, item) = (tx.organization(), ItemId::from(subject));
            let (portal, since): (PortalId, Instant) = items::table
                .find((organization, item))
                .select((items::portal_id, items::created_at))
                .first(tx.db())?;
            Thing::Item { item, portal, since }
        }
    })
}

fn looks(tx: &mut Tx, noun: Noun, thing: Thing, before: i64, limit: i64) -> Result<Vec<Look>> {
    let organization = tx.organization();
    let newest = looks_of_clients!(organization)
        .filter(events::id.lt(before))
        .order(events::id.desc())
        .limit(limit)
        .select(Event::as_select())
        .into_boxed();
    let events: Vec<Event> = at!(newest, thing).load(tx.db())?;
    let names = Names::of(tx, &events)?;
    Ok(events.iter().filter_map(|event| look(&names, noun, event)).collect())
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
fn lookers(tx: &mut Tx, thing: Thing) -> Result<BTreeSet<PersonId>> {
    let organization = tx.organization();
    let anybody = looks_of_clients!(organization)
        .filter(dsl::not(events::data.like(BY_PROGRAM)))
        .select(events::actor_id)
        .distinct()
        .into_boxed();
    let people: Vec<Option<PersonId>> = at!(anybody, thing).load(tx.db())?;
    Ok(people.into_iter().flatten().collect())
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
