//! File requests as staff and jobs see them.

use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::{FileRequestId, ItemId, PersonId, PortalId, RequestSlotId, SubjectId, VersionId};
use portico_kernel::{Among, Core, Error, Instant, Result, Tx, Whereabouts, grants, items, people, portals};

use crate::{
    request::{Request, of_clients},
    request_slot::{SentFile, Slot},
    schema::{file_request_slots as slots, file_requests as requests, files},
};

type Row = (
    FileRequestId,
    PortalId,
    String,
    PersonId,
    String,
    ItemId,
    String,
    String,
    String,
    Instant,
    Option<Instant>,
    Option<Instant>,
);

/// `$requests` with the names of their portal and of their client.
macro_rules! named_requests {
    ($requests:expr) => {{
        use $crate::schema::file_requests as requests;
        $requests
            .inner_join(
                portals::table.on(portals::organization_id
                    .eq(requests::organization_id)
                    .and(portals::id.eq(requests::portal_id))),
            )
            .inner_join(people::table.on(
                people::organization_id.eq(requests::organization_id).and(people::id.eq(requests::person_id)),
            ))
            .filter(portals::deleted_at.is_null())
            .select((
                requests::id,
                requests::portal_id,
                portals::name,
                requests::person_id,
                people::name,
                requests::folder_id,
                requests::title,
                requests::message,
                requests::due_on,
                requests::created_at,
                requests::completed_at,
                requests::withdrawn_at,
            ))
    }};
}
pub(crate) use named_requests;

/// # Errors
/// [`Error::NotFound`] for anything but a request of this organization in a live portal.
pub fn request(tx: &mut Tx, id: FileRequestId) -> Result<Request> {
    let organization = tx.organization();
    let row: Row = named_requests!(requests::table)
        .filter(requests::organization_id.eq(organization))
        .filter(requests::id.eq(id))
        .first(tx.db())?;
    with_slots(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// Those of a portal that are not withdrawn and the reader sees, the newest first.
///
/// # Errors
/// The database's.
pub fn requests_of_portal(tx: &mut Tx, portal: PortalId, most: i64) -> Result<Vec<Request>> {
    let organization = tx.organization();
    let all = named_requests!(requests::table)
        .filter(requests::organization_id.eq(organization))
        .filter(requests::portal_id.eq(portal))
        .filter(requests::withdrawn_at.is_null())
        .order((requests::completed_at.is_not_null(), requests::created_at.desc(), requests::id));
    if !tx.is_limited() {
        let rows: Vec<Row> = all.limit(most).load(tx.db())?;
        return with_slots(tx, rows);
    }
    let rows: Vec<Row> = all.load(tx.db())?;
    let rows = within_limit(tx, rows, most);
    with_slots(tx, rows)
}

/// The first of those that the reader sees.
fn within_limit(tx: &Tx, mut rows: Vec<Row>, most: i64) -> Vec<Row> {
    rows.retain(|row| tx.sees_portal(row.1) && tx.sees_client(row.3));
    rows.truncate(usize::try_from(most).unwrap_or_default());
    rows
}

/// For limits.
///
/// # Errors
/// The database's.
pub fn whereabouts_of_request(tx: &mut Tx, request: SubjectId) -> Result<Option<Whereabouts>> {
    let organization = tx.organization();
    let found: Option<(PortalId, PersonId)> = requests::table
        .filter(requests::organization_id.eq(organization))
        .filter(requests::id.eq(FileRequestId::from(request)))
        .select((requests::portal_id, requests::person_id))
        .first(tx.db())
        .optional()?;
    Ok(found.map(|(portal, client)| Whereabouts::ClientIn(portal, client)))
}

/// Those that are open and the reader sees, the first due first; of an archived portal nobody sends anything.
///
/// # Errors
/// The database's.
pub fn open_requests(tx: &mut Tx, most: i64) -> Result<Vec<Request>> {
    let organization = tx.organization();
    let all = named_requests!(requests::table)
        .filter(requests::organization_id.eq(organization))
        .filter(requests::withdrawn_at.is_null())
        .filter(requests::completed_at.is_null())
        .filter(portals::archived_at.is_null())
        .order((requests::due_on, requests::id));
    if !tx.is_limited() {
        let rows: Vec<Row> = all.limit(most).load(tx.db())?;
        return with_slots(tx, rows);
    }
    let rows: Vec<Row> = all.load(tx.db())?;
    let rows = within_limit(tx, rows, most);
    with_slots(tx, rows)
}

/// Open ones that are their clients' to answer, in portals that these still have, the oldest first.
///
/// # Errors
/// The database's.
pub fn awaited_requests(tx: &mut Tx, most: usize) -> Result<Vec<Request>> {
    let organization = tx.organization();
    let granted = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(requests::portal_id))
        .filter(grants::person_id.eq(requests::person_id))
        .filter(grants::revoked_at.is_null());
    let rows: Vec<Row> = named_requests!(requests::table)
        .filter(requests::organization_id.eq(organization))
        .filter(requests::withdrawn_at.is_null())
        .filter(requests::completed_at.is_null())
        .filter(portals::archived_at.is_null())
        .filter(people::removed_at.is_null())
        .filter(dsl::exists(granted))
        .order((requests::created_at, requests::id))
        .load(tx.db())?;
    // Whose turn it is their files say: those that wait for staff must not take the places of those that do not.
    Ok(of_clients(with_slots(tx, rows)?, most))
}

/// For rows that the caller was allowed to read.
pub(crate) fn with_slots(tx: &mut Core, rows: Vec<Row>) -> Result<Vec<Request>> {
    type SlotRow = (
        FileRequestId,
        (RequestSlotId, String, String, bool, Option<Instant>, Option<Instant>, Option<String>),
        Option<(ItemId, String)>,
        Option<VersionId>,
    );
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let organization = tx.organization();
    let live = items::organization_id
        .eq(slots::organization_id)
        .and(items::id.nullable().eq(slots::item_id))
        .and(items::deleted_at.is_null());
    let found: Vec<SlotRow> = slots::table
        .left_join(items::table.on(live))
        .left_join(
            files::table.on(files::organization_id
                .eq(slots::organization_id)
                .and(files::item_id.nullable().eq(slots::item_id))),
        )
        .filter(slots::organization_id.eq(organization))
        .filter(slots::request_id.among(rows.iter().map(|row| row.0)))
        .order((slots::request_id, slots::position))
        .select((
            slots::request_id,
            (
                slots::id,
                slots::title,
                slots::hint,
                slots::required,
                slots::sent_at,
                slots::accepted_at,
                slots::reason,
            ),
            (items::id, items::name).nullable(),
            files::version_id.nullable(),
        ))
        .load(tx.db())?;
    let mut by_request: HashMap<FileRequestId, Vec<Slot>> = HashMap::new();
    for (request, (id, title, hint, required, sent_at, accepted_at, reason), file, version) in found {
        let file = file.zip(version).zip(sent_at);
        let file = file.map(|(((item, name), version), sent_at)| SentFile { item, version, name, sent_at });
        let slot = Slot { id, title, hint, need: required.into(), file, accepted_at, reason };
        by_request.entry(request).or_default().push(slot);
    }
    rows.into_iter()
        .map(|row| {
            let slots = by_request.remove(&row.0).unwrap_or_default();
            request_of(row, slots)
        })
        .collect()
}

fn request_of(row: Row, slots: Vec<Slot>) -> Result<Request> {
    let (id, portal, portal_name, person, person_name, folder, title, message, due_on, created_at, ..) = row;
    let (completed_at, withdrawn_at) = (row.10, row.11);
    let due_on = due_on.parse().map_err(anyhow::Error::from)?;
    Ok(Request {
        id,
        portal,
        portal_name,
        person,
        person_name,
        folder,
        title,
        message,
        due_on,
        created_at,
        completed_at,
        withdrawn_at,
        slots,
    })
}
