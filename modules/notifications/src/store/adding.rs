//! Which events become lines, and in whose lists.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, SubjectId};
use portico_kernel::{
    Among, Event, NewEvent, Recorded, Result, Role, Tx, events, grants, people, per_backend,
};

use crate::{
    happening::{BY_CLIENTS, FOLLOWED, KEPT_DAYS, OF_ITEMS, OF_ONE_CLIENT, whereabouts},
    schema::notifications,
};

/// A statement holds so many values and no more: SQLite 32,766, of which a row has eight.
const ROWS_AT_ONCE: usize = 1_000;

/// Puts what happened into the lists of all whom it concerns. However often it is done, it stands there once.
///
/// # Errors
/// The database's.
pub fn spread(tx: &mut Tx, event: &Event) -> Result<()> {
    if event.is(EventKind::GRANT_REVOKED) {
        return forget_portal(tx, event);
    }
    let (clients, staff) = (clients(tx, event)?, staff(tx, event)?);
    let not_theirs = |reader: &PersonId| Some(*reader) != event.actor_id;
    let clients: Vec<PersonId> = clients.into_iter().filter(not_theirs).collect();
    let staff: Vec<PersonId> = staff.into_iter().filter(not_theirs).collect();
    let Some(subject) = event.subject_id else { return Ok(()) };
    if clients.is_empty() && staff.is_empty() {
        return Ok(());
    }
    let (organization, item) = (tx.organization(), item_of(event));
    let row = |reader: &PersonId| {
        (
            notifications::organization_id.eq(organization),
            notifications::person_id.eq(*reader),
            notifications::event.eq(event.id),
            notifications::kind.eq(event.kind.clone()),
            notifications::at.eq(event.at),
            notifications::subject.eq(subject),
            notifications::portal.eq(event.portal_id),
            notifications::item.eq(item),
        )
    };
    let rows: Vec<_> = clients.iter().chain(&staff).map(row).collect();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        per_backend!(tx.db(), |c| diesel::insert_into(notifications::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    // So that open pages count again. What is one client's is no other one's business (P10).
    let added = NewEvent::new(EventKind::NOTIFICATION_ADDED, subject);
    let added = match (clients.as_slice(), event.portal_id) {
        ([client], _) => added.about(*client),
        ([_, ..], Some(portal)) => added.in_portal(portal),
        _ => added,
    };
    let _ = tx.record(added)?;
    tell_limited_members(tx, subject, &staff)
}

/// Their open pages hear of what is about themselves, or of clients whom they see.
fn tell_limited_members(tx: &mut Tx, subject: SubjectId, staff: &[PersonId]) -> Result<()> {
    if staff.is_empty() {
        return Ok(());
    }
    let limited = tx.limited_members()?;
    for reader in staff.iter().filter(|reader| limited.contains(reader)) {
        let _ = tx.record(NewEvent::new(EventKind::NOTIFICATION_ADDED, subject).about(*reader))?;
    }
    Ok(())
}

fn is_any(event: &Event, kinds: &[EventKind]) -> bool {
    kinds.iter().any(|kind| event.is(*kind))
}

/// With a grant, or whom alone it is about. Whether they may see it is asked when they look.
fn clients(tx: &mut Tx, event: &Event) -> Result<Vec<PersonId>> {
    let organization = tx.organization();
    if !is_any(event, &OF_ITEMS) && !is_any(event, &OF_ONE_CLIENT) || is_folder(event) {
        return Ok(Vec::new());
    }
    match (event.person_id, event.portal_id) {
        (Some(person), _) => Ok(if is_client(tx, person)? { vec![person] } else { Vec::new() }),
        (None, Some(portal)) => Ok(grants::table
            .filter(grants::organization_id.eq(organization))
            .filter(grants::portal_id.eq(portal))
            .filter(grants::revoked_at.is_null())
            .select(grants::person_id)
            .load(tx.db())?),
        (None, None) => Ok(Vec::new()),
    }
}

/// For what a client did: everybody who sees the whole organization, and limited members who see where it was.
fn staff(tx: &mut Tx, event: &Event) -> Result<Vec<PersonId>> {
    let is_by_client = match (is_any(event, &BY_CLIENTS), event.is(EventKind::ITEM_ADDED), event.subject_id) {
        (true, _, Some(subject)) if event.is(EventKind::PERSON_JOINED) => is_client(tx, subject.into())?,
        (true, ..) => true,
        (false, true, Some(subject)) => tx.sent(subject.into())?.is_some(),
        _ => false,
    };
    let Some(subject) = event.subject_id.filter(|_| is_by_client) else { return Ok(Vec::new()) };
    let organization = tx.organization();
    let staff: Vec<PersonId> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select(people::id)
        .load(tx.db())?;
    let place = whereabouts(&event.kind, subject, event.portal_id, event.person_id.or(event.actor_id));
    tx.who_sees(staff, place)
}

fn is_client(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let organization = tx.organization();
    let role: Option<String> = people::table
        .find((organization, person))
        .filter(people::removed_at.is_null())
        .select(people::role)
        .first(tx.db())
        .optional()?;
    Ok(role.is_some_and(|role| role == Role::Client.name()))
}

fn data(event: &Event) -> serde_json::Value {
    serde_json::from_str(&event.data).unwrap_or_default()
}

/// Hundreds of which come with a folder of files.
fn is_folder(event: &Event) -> bool {
    event.is(EventKind::ITEM_ADDED) && data(event)["kind"] == "folder"
}

/// Of an approval the file that it is about.
fn item_of(event: &Event) -> Option<ItemId> {
    match is_any(event, &OF_ITEMS) {
        true => event.subject_id.map(ItemId::from),
        false => data(event)["item"].as_str().and_then(|id| id.parse().ok()),
    }
}

/// It is not theirs to see at that very moment; here the rows go, too, which would be looked through in vain.
fn forget_portal(tx: &mut Tx, event: &Event) -> Result<()> {
    let (Some(person), Some(portal)) = (event.person_id, event.portal_id) else { return Ok(()) };
    let organization = tx.organization();
    diesel::delete(
        notifications::table
            .filter(notifications::organization_id.eq(organization))
            .filter(notifications::person_id.eq(person))
            .filter(notifications::portal.eq(Some(portal)))
            .filter(notifications::event.lt(event.id)),
    )
    .execute(tx.db())?;
    Ok(())
}

/// What is too old to be news.
///
/// # Errors
/// The database's.
pub fn clear(tx: &mut Tx) -> Result<Recorded<()>> {
    let (organization, end) = (tx.organization(), tx.now().plus_days(-KEPT_DAYS));
    diesel::delete(
        notifications::table
            .filter(notifications::organization_id.eq(organization))
            .filter(notifications::at.lt(end)),
    )
    .execute(tx.db())?;
    // What leaves nobody was shown as new any more.
    Ok(tx.unchanged(()))
}

/// What happened before anybody followed, for the demo.
///
/// # Errors
/// The database's.
pub fn followed(tx: &mut Tx) -> Result<Vec<Event>> {
    let organization = tx.organization();
    Ok(events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::kind.among(FOLLOWED.map(EventKind::name)))
        .order(events::id)
        .select(Event::as_select())
        .load(tx.db())?)
}
