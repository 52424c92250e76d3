//! What was deleted is gone after 30 days.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, EventKind};
use portico_kernel::{NewEvent, Recorded, Result, Tx};
use serde_json::json;

use crate::schema::{announcement_portals, announcement_reads, announcements};

/// Deletes for good one of those that were deleted 30 days ago, if there is one.
///
/// # Errors
/// The database's.
pub fn purge_next(tx: &mut Tx) -> Result<Recorded<Option<AnnouncementId>>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_grace());
    let next: Option<(AnnouncementId, String)> = announcements::table
        .filter(announcements::organization_id.eq(organization))
        .filter(announcements::deleted_at.lt(end))
        .order((announcements::deleted_at, announcements::id))
        .select((announcements::id, announcements::title))
        .first(tx.db())
        .optional()?;
    let Some((id, title)) = next else { return Ok(tx.unchanged(None)) };
    let reads = announcement_reads::table
        .filter(announcement_reads::organization_id.eq(organization))
        .filter(announcement_reads::announcement_id.eq(id));
    diesel::delete(reads).execute(tx.db())?;
    let portals = announcement_portals::table
        .filter(announcement_portals::organization_id.eq(organization))
        .filter(announcement_portals::announcement_id.eq(id));
    diesel::delete(portals).execute(tx.db())?;
    diesel::delete(announcements::table.find((organization, id))).execute(tx.db())?;
    let event = NewEvent::new(EventKind::ANNOUNCEMENT_PURGED, id).with_data(json!({ "title": title }));
    Ok(tx.record(event)?.with(Some(id)))
}
