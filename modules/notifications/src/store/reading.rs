//! The list of a staff member, and what anybody has seen of theirs.

use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PersonId};
use portico_kernel::{Among, Core, Error, NewEvent, Recorded, Result, Tx, events, items, portals};
use portico_ui::NavigationCount;

use super::Row;
use crate::{happening::whereabouts, schema::notifications};

/// So many say that there are more than the navigation tells.
pub const COUNTED: i64 = NavigationCount::HIGHEST as i64 + 1;

/// Lines of a limited member among which those that they see are looked for, the newest.
const LOOKED_THROUGH: i64 = 1_000;

/// A later event took it back, for everybody or for this person.
macro_rules! taken_back {
    (kind $kinds:expr) => {{
        let [first, second, third, fourth] = $kinds.map(|kind| events::kind.eq(kind.name()));
        first.or(second).or(third).or(fourth)
    }};
    ($organization:expr, $person:expr) => {
        events::table
            .filter(events::organization_id.eq($organization))
            .filter(events::subject_id.eq(notifications::subject.nullable()))
            .filter(taken_back!(kind $crate::happening::TAKING_BACK))
            .filter(events::id.gt(notifications::event))
            .filter(events::person_id.is_null().or(events::person_id.eq(Some($person))))
    };
}
pub(crate) use taken_back;

/// What of it is there: neither in a deleted portal, nor deleted, nor taken back.
macro_rules! told_to_staff {
    ($organization:expr, $person:expr) => {{
        let there = portals::table
            .filter(portals::organization_id.eq($organization))
            .filter(portals::id.nullable().eq(notifications::portal))
            .filter(portals::deleted_at.is_null());
        let shown = items::table
            .filter(items::organization_id.eq($organization))
            .filter(items::id.nullable().eq(notifications::item))
            .filter(items::deleted_at.is_null());
        notifications::table
            .filter(notifications::organization_id.eq($organization))
            .filter(notifications::person_id.eq($person))
            .filter(notifications::portal.is_null().or(dsl::exists(there)))
            .filter(notifications::item.is_null().or(dsl::exists(shown)))
            .filter(dsl::not(dsl::exists(taken_back!($organization, $person))))
    }};
}

fn reader(tx: &Core) -> Result<PersonId> {
    tx.actor().ok_or(Error::NotFound)
}

/// At most [`COUNTED`].
///
/// # Errors
/// The database's.
pub fn unread(tx: &mut Tx) -> Result<u64> {
    let (organization, person) = (tx.organization(), reader(tx)?);
    let new = told_to_staff!(organization, person).filter(notifications::read_at.is_null());
    if tx.is_limited() {
        let new: Vec<Row> = new
            .order(notifications::event.desc())
            .limit(LOOKED_THROUGH)
            .select(Row::as_select())
            .load(tx.db())?;
        let seen = within_limit(tx, new)?.len() as u64;
        return Ok(seen.min(COUNTED.unsigned_abs()));
    }
    let new: Vec<i64> = new.limit(COUNTED).select(notifications::event).load(tx.db())?;
    Ok(new.len() as u64)
}

/// The newest first, from below `before` on: one more than a page shows, where there is more.
///
/// # Errors
/// The database's.
pub fn told(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Row>> {
    let (organization, person) = (tx.organization(), reader(tx)?);
    let told = told_to_staff!(organization, person)
        .filter(notifications::event.lt(before))
        .order(notifications::event.desc());
    if tx.is_limited() {
        let all: Vec<Row> = told.limit(LOOKED_THROUGH).select(Row::as_select()).load(tx.db())?;
        let mut seen = within_limit(tx, all)?;
        seen.truncate(usize::try_from(limit).unwrap_or_default());
        return Ok(seen);
    }
    Ok(told.limit(limit).select(Row::as_select()).load(tx.db())?)
}

/// What of it a limited member sees at this moment, whatever they saw when it was put into their list (P12).
fn within_limit(tx: &mut Tx, mut rows: Vec<Row>) -> Result<Vec<Row>> {
    if rows.is_empty() {
        return Ok(rows);
    }
    let organization = tx.organization();
    let told: Vec<(i64, Option<PersonId>, Option<PersonId>)> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::id.among(rows.iter().map(|row| row.event)))
        .select((events::id, events::person_id, events::actor_id))
        .load(tx.db())?;
    let clients: HashMap<i64, PersonId> =
        told.into_iter().filter_map(|(event, about, actor)| Some((event, about.or(actor)?))).collect();
    rows.retain(|row| {
        let client = clients.get(&row.event).copied();
        whereabouts(&row.kind, row.subject, row.portal, client).is_some_and(|place| tx.sees(place))
    });
    let items: Vec<ItemId> = rows.iter().filter_map(|row| row.item).collect();
    let beyond = tx.beyond_limit(&items)?;
    rows.retain(|row| row.item.is_none_or(|item| !beyond.contains(&item)));
    Ok(rows)
}

/// All of it, whatever page it stands on.
///
/// # Errors
/// The database's.
pub fn mark_read(tx: &mut Core) -> Result<Recorded<()>> {
    let (organization, now, person) = (tx.organization(), tx.now(), reader(tx)?);
    let marked = diesel::update(
        notifications::table
            .filter(notifications::organization_id.eq(organization))
            .filter(notifications::person_id.eq(person))
            .filter(notifications::read_at.is_null()),
    )
    .set(notifications::read_at.eq(Some(now)))
    .execute(tx.db())?;
    match marked {
        0 => Ok(tx.unchanged(())),
        _ => tx.record(NewEvent::new(EventKind::NOTIFICATIONS_READ, person).about(person)),
    }
}
