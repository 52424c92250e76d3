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

/// Narrows a boxed statement.
macro_rules! that_are {
    ($looks:expr, $speaking:expr) => {
        match $speaking {
            Speaking::Portal(portal) => $looks.filter(events::portal_id.eq(portal)),
            Speaking::Subject(subject) => $looks.filter(events::subject_id.eq(subject)),
            Speaking::Archives { item, portal, since } => $looks
                .filter(events::portal_id.eq(portal))
                .filter(events::at.ge(since))
                .filter(events::data.like(OF_EVERYTHING).or(events::data.like(naming(item)))),
        }
    };
}

/// Which of `$people` looked themselves: of each, the first look that is found answers.
macro_rules! who_looked {
    ($tx:expr, $people:expr, $kinds:expr, $narrowed:expr) => {{
        let organization = $tx.organization();
        // Written out: within another statement no list can stand.
        let [a, b, c, d, e, f]: [&str; EventKind::LOOKS.len()] =
            std::array::from_fn(|place| $kinds.get(place).unwrap_or(&$kinds[0]).name());
        let kind = |name| events::kind.eq(name);
        let looks = events::table
            .filter(events::organization_id.eq(organization))
            .filter(people::id.nullable().eq(events::actor_id))
            .filter(kind(a).or(kind(b)).or(kind(c)).or(kind(d)).or(kind(e)).or(kind(f)))
            .filter(dsl::not(events::data.like(BY_PROGRAM)))
            .filter($narrowed);
        people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among($people.iter().copied()))
            .filter(people::role.eq(Role::Client.name()))
            .filter(dsl::exists(looks))
            .select(people::id)
            .load::<PersonId>($tx.db())?
    }};
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
    // Only the first page lists them.
    let missing = match before == i64::MAX {
        true => missing(tx, noun, &speaking, seen.by.iter().map(|reason| reason.person).collect())?,
        false => Vec::new(),
    };
    let (name, kind, href) = (seen.name, seen.kind, seen.href);
    Ok(Activity { noun, name, kind, subject, href, looks, missing })
}

/// One, or two for an item.
fn speaking(tx: &mut Tx, noun: Noun, subject: SubjectId) -> Result<Vec<Speaking>> {
    Ok(match noun {
        Noun::Portal => vec![Speaking::Portal(subject.into())],
        Noun::Document => vec![Speaking::Subject(subject)],
        Noun::Item => {
            let (organization, item) = (tx.organization(), ItemId::from(subject));
            let (portal, since): (PortalId, Instant) = items::table
                .find((organization, item))
                .select((items::portal_id, items::created_at))
                .first(tx.db())?;
            vec![Speaking::Subject(subject), Speaking::Archives { item, portal, since }]
        }
    })
}

/// What can be recorded of a look at such a thing.
fn kinds(noun: Noun, speaking: Speaking) -> &'static [EventKind] {
    match (noun, speaking) {
        (_, Speaking::Archives { .. }) => &[EventKind::PORTAL_DOWNLOADED],
        (Noun::Portal, _) => &EventKind::LOOKS,
        (Noun::Item, _) => &[EventKind::ITEM_VIEWED, EventKind::ITEM_DOWNLOADED],
        (Noun::Document, _) => &[EventKind::INVOICE_DOWNLOADED, EventKind::QUOTE_DOWNLOADED],
    }
}

/// In the data of an archive that names it.
fn naming(item: ItemId) -> String {
    format!("%\"{item}\"%")
}

/// Each kind is asked for by itself: an index has the newest of one at hand, and of several none.
fn looks(tx: &mut Tx, noun: Noun, all: &[Speaking], before: i64, limit: i64) -> Result<Vec<Look>> {
    let mut events = Vec::new();
    for speaking in all {
        for kind in kinds(noun, *speaking) {
            events.extend(newest(tx, *speaking, *kind, before, limit)?);
        }
    }
    events.sort_by_key(|event| Reverse(event.id));
    events.truncate(usize::try_from(limit).unwrap_or_default());
    let names = Names::of(tx, &events)?;
    Ok(events.iter().filter_map(|event| look(&names, noun, event)).collect())
}

/// What clients did, and no staff member: theirs counts as nothing (P13).
fn newest(tx: &mut Tx, speaking: Speaking, kind: EventKind, before: i64, limit: i64) -> Result<Vec<Event>> {
    let organization = tx.organization();
    let clients = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::id.nullable().eq(events::actor_id))
        .filter(people::role.eq(Role::Client.name()));
    let newest = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::kind.eq(kind.name()))
        .filter(dsl::exists(clients))
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

/// Who of those who have it looked at no version of it.
fn missing(
    tx: &mut Tx,
    noun: Noun,
    all: &[Speaking],
    mut waited_for: BTreeSet<PersonId>,
) -> Result<Vec<Someone>> {
    for speaking in all {
        for looker in lookers(tx, noun, *speaking, &waited_for)? {
            waited_for.remove(&looker);
        }
    }
    people_named(tx, waited_for)
}

fn lookers(tx: &mut Tx, noun: Noun, speaking: Speaking, among: &BTreeSet<PersonId>) -> Result<Vec<PersonId>> {
    let kinds = kinds(noun, speaking);
    Ok(match speaking {
        Speaking::Portal(portal) => who_looked!(tx, among, kinds, events::portal_id.eq(portal)),
        Speaking::Subject(subject) => who_looked!(tx, among, kinds, events::subject_id.eq(subject)),
        Speaking::Archives { item, portal, since } => {
            let named = events::data.like(OF_EVERYTHING).or(events::data.like(naming(item)));
            let of_it = events::portal_id.eq(portal).and(events::at.ge(since)).and(named);
            who_looked!(tx, among, kinds, of_it)
        }
    })
}

fn people_named(tx: &mut Tx, meant: BTreeSet<PersonId>) -> Result<Vec<Someone>> {
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
