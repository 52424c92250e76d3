//! Asking clients for files, and what staff say about what came.

use diesel::{dsl, prelude::*};
use jiff::civil::Date;
use portico_facts::{EventKind, FileRequestId, ItemId, PersonId, PortalId, RequestSlotId, VersionId};
use portico_kernel::{
    Error, NewEvent, NewJob, Recorded, Result, Tx, granted, grants, people, per_backend, portals,
};
use serde_json::json;

use super::{Place, adding::folder_for, check_place, prepared, request};
use crate::{
    file_name::FileName,
    request::{NewRequest, REMINDERS, Request, Turn, is_complete},
    request_letter::{Occasion, REQUEST_MAIL, RequestLetter},
    request_slot::{Need, Slot},
    schema::{file_request_slots as slots, file_requests as requests},
};

/// Clients with a grant for the portal whom the reader sees, by name; of an archived one nobody.
///
/// # Errors
/// The database's.
pub fn clients_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<(PersonId, String)>> {
    let organization = tx.organization();
    let same_portal =
        portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id));
    let mut clients: Vec<(PersonId, String)> =
        grants::table
            .inner_join(people::table.on(
                people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id)),
            ))
            .inner_join(portals::table.on(same_portal))
            .filter(grants::organization_id.eq(organization))
            .filter(grants::portal_id.eq(portal))
            .filter(grants::revoked_at.is_null())
            .filter(portals::archived_at.is_null())
            .filter(people::removed_at.is_null())
            .order((people::name, people::id))
            .select((people::id, people::name))
            .load(tx.db())?;
    clients.retain(|(client, _)| tx.sees_client(*client));
    Ok(clients)
}

/// With its mail and the reminders to come.
///
/// # Errors
/// [`Error::NotFound`] when the portal or the folder is gone; the inner one is the key of what to say at
/// the person.
pub fn add_request(
    tx: &mut Tx,
    portal: PortalId,
    new: &NewRequest,
) -> Result<Recorded<Result<FileRequestId, &'static str>>> {
    check_place(tx, Place { portal, folder: new.folder })?;
    if !tx.sees_client(new.person) || !holds_grant(tx, portal, new.person)? {
        return Ok(tx.unchanged(Err("files-error-nobody")));
    }
    let added = insert_request(tx, portal, new)?;
    if let Some(prepared) = new.prepared.filter(|_| !tx.is_limited()) {
        prepared::forget(tx, portal, prepared)?;
    }
    let letter = |occasion| RequestLetter { request: added, occasion };
    tx.enqueue(NewJob { kind: REQUEST_MAIL, payload: letter(Occasion::Asked) })?;
    for days in REMINDERS {
        let due = tx.now().plus_days(days);
        tx.enqueue_at(NewJob { kind: REQUEST_MAIL, payload: letter(Occasion::Reminder) }, due)?;
    }
    let event = NewEvent::new(EventKind::REQUEST_ADDED, added).in_portal(portal).about(new.person);
    Ok(tx.record(event.with_data(json!({ "title": new.title.as_str() })))?.with(Ok(added)))
}

/// Without its event and without letters, which the demo sends to nobody.
pub(crate) fn insert_request(tx: &mut Tx, portal: PortalId, new: &NewRequest) -> Result<FileRequestId> {
    let folder = match new.folder {
        Some(folder) => folder,
        None => folder_of_clients(tx, portal)?,
    };
    let (organization, now, actor) = (tx.organization(), tx.now(), tx.actor());
    let id = tx.new_id(FileRequestId::from_bytes);
    diesel::insert_into(requests::table)
        .values((
            requests::organization_id.eq(organization),
            requests::id.eq(id),
            requests::portal_id.eq(portal),
            requests::person_id.eq(new.person),
            requests::folder_id.eq(folder),
            requests::title.eq(new.title.as_str()),
            requests::message.eq(&new.message),
            requests::due_on.eq(new.due_on.to_string()),
            requests::created_at.eq(now),
            requests::created_by.eq(actor),
        ))
        .execute(tx.db())?;
    let rows: Vec<_> = (0i32..)
        .zip(&new.wanted)
        .map(|(position, wanted)| {
            (
                slots::organization_id.eq(organization),
                slots::id.eq(tx.new_id(RequestSlotId::from_bytes)),
                slots::request_id.eq(id),
                slots::position.eq(position),
                slots::title.eq(&wanted.title),
                slots::hint.eq(&wanted.hint),
                slots::required.eq(wanted.need == Need::Required),
            )
        })
        .collect();
    per_backend!(tx.db(), |connection| {
        diesel::insert_into(slots::table).values(&rows).execute(connection)
    })?;
    Ok(id)
}

/// One for all of them, since everyone with the portal reads a folder's name: it must say nothing about
/// who was asked for what.
fn folder_of_clients(tx: &mut Tx, portal: PortalId) -> Result<ItemId> {
    let text = portico_ui::Text::new(tx.organization_profile().language);
    let name = FileName::from_client(&text.say("files-folder-of-clients"));
    let top = Place { portal, folder: None };
    folder_for(tx, top, &[name])?.ok_or(Error::NotFound)
}

/// # Errors
/// The database's.
pub(crate) fn holds_grant(tx: &mut Tx, portal: PortalId, person: PersonId) -> Result<bool> {
    let organization = tx.organization();
    let theirs = granted(organization, person).filter(grants::portal_id.eq(portal));
    Ok(diesel::select(dsl::exists(theirs)).get_result(tx.db())?)
}

/// # Errors
/// [`Error::Conflict`] for one that is complete or withdrawn.
fn open_request(tx: &mut Tx, id: FileRequestId) -> Result<Request> {
    let found = request(tx, id)?;
    match found.turn() {
        Turn::Nobody => Err(Error::Conflict("files-request-closed")),
        _ => Ok(found),
    }
}

fn event_of(request: &Request, kind: EventKind) -> NewEvent {
    NewEvent::new(kind, request.id).in_portal(request.portal).about(request.person)
}

pub fn withdraw_request(tx: &mut Tx, id: FileRequestId) -> Result<Recorded<Request>> {
    let found = open_request(tx, id)?;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(requests::table.find((organization, id)))
        .set(requests::withdrawn_at.eq(Some(now)))
        .execute(tx.db())?;
    let event = event_of(&found, EventKind::REQUEST_WITHDRAWN).with_data(json!({ "title": found.title }));
    Ok(tx.record(event)?.with(found))
}

pub fn move_due_date(tx: &mut Tx, id: FileRequestId, due_on: Date) -> Result<Recorded<()>> {
    let found = open_request(tx, id)?;
    if found.due_on == due_on {
        return Ok(tx.unchanged(()));
    }
    let organization = tx.organization();
    diesel::update(requests::table.find((organization, id)))
        .set(requests::due_on.eq(due_on.to_string()))
        .execute(tx.db())?;
    tx.record(event_of(&found, EventKind::REQUEST_CHANGED).with_data(json!({ "due_on": due_on.to_string() })))
}

/// # Errors
/// [`Error::Conflict`] when the client has nothing left to send.
pub fn remind(tx: &mut Tx, id: FileRequestId) -> Result<Recorded<()>> {
    let found = open_request(tx, id)?;
    if found.turn() != Turn::Client {
        return Err(Error::Conflict("files-nothing-to-remind"));
    }
    let letter = RequestLetter { request: id, occasion: Occasion::Pressed };
    tx.enqueue(NewJob { kind: REQUEST_MAIL, payload: letter })?;
    tx.record(event_of(&found, EventKind::REQUEST_REMINDED))
}

/// The slot that this version of a file fills now.
fn filled_slot(request: &Request, version: VersionId) -> Result<&Slot> {
    let is_this = |slot: &&Slot| {
        slot.accepted_at.is_none() && slot.file.as_ref().is_some_and(|file| file.version == version)
    };
    // The client may have sent another one while staff looked at this one.
    request.slots.iter().find(is_this).ok_or(Error::Conflict("files-slot-changed"))
}

/// Completes the request when nothing else counts.
///
/// # Errors
/// [`Error::Conflict`] when another file has come meanwhile.
pub fn accept_file(tx: &mut Tx, id: FileRequestId, version: VersionId) -> Result<Recorded<()>> {
    let found = open_request(tx, id)?;
    let slot = filled_slot(&found, version)?;
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(slots::table.find((organization, slot.id)))
        .set((slots::accepted_at.eq(Some(now)), slots::reason.eq(None::<String>)))
        .execute(tx.db())?;
    let data = json!({ "title": found.title, "file": slot.title });
    let recorded = tx.record(event_of(&found, EventKind::REQUEST_ACCEPTED).with_data(data))?;
    if !is_complete(&request(tx, id)?.slots) {
        return Ok(recorded);
    }
    diesel::update(requests::table.find((organization, id)))
        .set(requests::completed_at.eq(Some(now)))
        .execute(tx.db())?;
    tx.record(event_of(&found, EventKind::REQUEST_COMPLETED).with_data(json!({ "title": found.title })))
}

/// Gives a file back with the reason, which the client reads on the page and in a mail.
///
/// # Errors
/// As [`accept_file`].
pub fn return_file(tx: &mut Tx, id: FileRequestId, version: VersionId, reason: &str) -> Result<Recorded<()>> {
    let found = open_request(tx, id)?;
    let slot = filled_slot(&found, version)?;
    let organization = tx.organization();
    diesel::update(slots::table.find((organization, slot.id)))
        .set(slots::reason.eq(Some(reason)))
        .execute(tx.db())?;
    let letter = RequestLetter { request: id, occasion: Occasion::Again(slot.id) };
    tx.enqueue(NewJob { kind: REQUEST_MAIL, payload: letter })?;
    let data = json!({ "title": found.title, "file": slot.title, "reason": reason });
    tx.record(event_of(&found, EventKind::REQUEST_RETURNED).with_data(data))
}
