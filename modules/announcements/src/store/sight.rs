//! Who sees which announcements: whom the predicate lets see them.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, PersonId, SubjectId};
use portico_kernel::{Among, Instant, Result, Tx, Viewers, people, viewers_of};

use crate::{schema::announcements, visibility};

#[derive(Queryable)]
pub struct Named {
    pub id: AnnouncementId,
    pub title: String,
    pub is_for_everybody: bool,
    pub published_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
}

/// Deleted ones too.
///
/// # Errors
/// The database's.
pub fn named_announcements(tx: &mut Tx, ids: &[SubjectId]) -> Result<Vec<Named>> {
    let organization = tx.organization();
    Ok(announcements::table
        .filter(announcements::organization_id.eq(organization))
        .filter(announcements::id.among(ids.iter().copied()))
        .order(announcements::id)
        .select((
            announcements::id,
            announcements::title,
            announcements::is_for_everybody,
            announcements::published_at,
            announcements::deleted_at,
        ))
        .load(tx.db())?)
}

/// The next ids after this one, of all that are not deleted.
///
/// # Errors
/// The database's.
pub fn announcements_after(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    Ok(announcements::table
        .filter(announcements::organization_id.eq(organization))
        .filter(announcements::deleted_at.is_null())
        .filter(announcements::id.gt(after))
        .order(announcements::id)
        .limit(limit)
        .select(announcements::id)
        .load(tx.db())?)
}

/// # Errors
/// The database's.
pub fn viewers(tx: &mut Tx, ids: &[SubjectId]) -> Result<Viewers<AnnouncementId>> {
    let organization = tx.organization();
    let pairs: Vec<(AnnouncementId, PersonId)> =
        visibility::each::client_announcements(organization, people::id)
            .inner_join(people::table.on(people::organization_id.eq(announcements::organization_id)))
            .filter(announcements::id.among(ids.iter().copied()))
            .select((announcements::id, people::id))
            .load(tx.db())?;
    Ok(viewers_of(pairs))
}
