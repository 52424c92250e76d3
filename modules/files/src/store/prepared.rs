//! Prepared requests: kept in a template, made again in a portal, and gone when somebody is asked.

use diesel::prelude::*;
use portico_facts::{EventKind, PortalId, PreparedRequestId};
use portico_kernel::{
    Instant, KeptPart, NewEvent, Recorded, Result, TemplatePart, TemplatePlace, Tx, per_backend, portals,
};
use serde_json::json;

use super::requests::requests_of_portal;
use crate::{
    prepared::{KeptRequest, Prepared},
    schema::prepared_requests as prepared,
};

/// Of one portal: more are not kept.
const MOST: i64 = 100;

pub fn part() -> TemplatePart {
    TemplatePart { name: "requests", version: 1, keep, make }
}

/// Those that somebody was asked, and those that nobody was asked yet; what several were asked is one.
fn keep(tx: &mut Tx, place: TemplatePlace) -> Result<Option<KeptPart>> {
    let mut asked = requests_of_portal(tx, place.portal, MOST)?;
    asked.sort_by_key(|request| request.created_at);
    let zone = &tx.organization_profile().time_zone;
    let mut kept: Vec<KeptRequest> = Vec::new();
    for request in asked.iter().map(|request| KeptRequest::of(request, zone)) {
        let is_known = |known: &KeptRequest| known.title == request.title && known.wanted == request.wanted;
        if !kept.iter().any(is_known) {
            kept.push(request);
        }
    }
    kept.extend(of_portal(tx, place.portal)?.into_iter().map(|prepared| prepared.request));
    match kept.is_empty() {
        true => Ok(None),
        false => KeptPart::of(&kept).map(Some),
    }
}

fn make(tx: &mut Tx, place: TemplatePlace, kept: &KeptPart) -> Result<()> {
    let kept: Vec<KeptRequest> = kept.read()?;
    let organization = tx.organization();
    let row = |(position, request): (i32, &KeptRequest)| {
        (
            prepared::organization_id.eq(organization),
            prepared::id.eq(tx.new_id(PreparedRequestId::from_bytes)),
            prepared::portal_id.eq(place.portal),
            prepared::position.eq(position),
            prepared::title.eq(request.title.clone()),
            prepared::wanted.eq(request.wanted.clone()),
            prepared::message.eq(request.message.clone()),
            prepared::days.eq(request.days),
        )
    };
    let rows: Vec<_> = (0..).zip(&kept).map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(prepared::table).values(rows).execute(c))?;
    }
    Ok(())
}

type Row = (PreparedRequestId, String, String, String, i32);

fn read((id, title, wanted, message, days): Row) -> Prepared {
    Prepared { id, request: KeptRequest { title, wanted, message, days } }
}

/// In their order.
///
/// # Errors
/// The database's.
pub fn of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<Prepared>> {
    let rows: Vec<Row> = prepared::table
        .filter(prepared::organization_id.eq(tx.organization()))
        .filter(prepared::portal_id.eq(portal))
        .filter(prepared::removed_at.is_null())
        .order((prepared::position, prepared::id))
        .limit(MOST)
        .select((prepared::id, prepared::title, prepared::wanted, prepared::message, prepared::days))
        .load(tx.db())?;
    Ok(rows.into_iter().map(read).collect())
}

/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound), also for one of another portal.
pub fn find(tx: &mut Tx, portal: PortalId, id: PreparedRequestId) -> Result<Prepared> {
    let row: Row = prepared::table
        .filter(prepared::organization_id.eq(tx.organization()))
        .filter(prepared::portal_id.eq(portal))
        .filter(prepared::id.eq(id))
        .filter(prepared::removed_at.is_null())
        .select((prepared::id, prepared::title, prepared::wanted, prepared::message, prepared::days))
        .first(tx.db())?;
    Ok(read(row))
}

/// What is asked for now is not prepared any more; the request's own event tells of it.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx, portal: PortalId, id: PreparedRequestId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        prepared::table
            .filter(prepared::organization_id.eq(organization))
            .filter(prepared::portal_id.eq(portal))
            .filter(prepared::id.eq(id)),
    )
    .execute(tx.db())?;
    Ok(())
}

/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound)
pub fn remove(tx: &mut Tx, id: PreparedRequestId) -> Result<Recorded<(PortalId, String)>> {
    let now = tx.now();
    set_removed(tx, id, Some(now))
}

/// # Errors
/// As [`remove`].
pub fn restore(tx: &mut Tx, id: PreparedRequestId) -> Result<Recorded<(PortalId, String)>> {
    set_removed(tx, id, None)
}

/// Returns the portal, in a live one only, and the title.
fn set_removed(
    tx: &mut Tx,
    id: PreparedRequestId,
    at: Option<Instant>,
) -> Result<Recorded<(PortalId, String)>> {
    let organization = tx.organization();
    let (portal, title): (PortalId, String) = prepared::table
        .find((organization, id))
        .select((prepared::portal_id, prepared::title))
        .first(tx.db())?;
    let name: String = portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::name)
        .first(tx.db())?;
    diesel::update(prepared::table.find((organization, id)))
        .set(prepared::removed_at.eq(at))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::PORTAL_CHANGED, portal).in_portal(portal);
    Ok(tx.record(event.with_data(json!({ "name": name })))?.with((portal, title)))
}

/// # Errors
/// The database's.
pub fn remove_of_portal(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        prepared::table
            .filter(prepared::organization_id.eq(organization))
            .filter(prepared::portal_id.eq(portal)),
    )
    .execute(tx.db())?;
    Ok(())
}
