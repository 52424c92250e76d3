//! Who reads an announcement, has read it, and will: for staff alone.

use std::collections::BTreeMap;

use diesel::{dsl, prelude::*};
use portico_facts::{AnnouncementId, PersonId};
use portico_kernel::{Among, Instant, Result, Tx, people};

use crate::{
    schema::{announcement_reads, announcements},
    visibility::each,
};

/// `$announcements` of `each`, with everybody who sees them and whether they have read.
macro_rules! with_readers {
    ($announcements:expr) => {{
        use $crate::schema::{announcement_reads, announcements};
        $announcements
            .inner_join(people::table.on(people::organization_id.eq(announcements::organization_id)))
            .left_join(
                announcement_reads::table.on(announcement_reads::organization_id
                    .eq(announcements::organization_id)
                    .and(announcement_reads::announcement_id.eq(announcements::id))
                    .and(announcement_reads::person_id.eq(people::id))),
            )
            .filter(people::removed_at.is_null())
    }};
}
pub(super) use with_readers;

/// How many will read it once it is published.
///
/// # Errors
/// The database's.
pub fn count_of_readers(tx: &mut Tx, id: AnnouncementId) -> Result<i64> {
    let organization = tx.organization();
    Ok(with_readers!(each::addressed_announcements(organization, people::id))
        .filter(announcements::id.eq(id))
        .select(dsl::count_star())
        .first(tx.db())?)
}

/// How far an announcement has come.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Progress {
    pub readers: i64,
    /// Of these.
    pub have_read: i64,
}

/// Of published ones.
///
/// # Errors
/// The database's.
pub fn progress_of(tx: &mut Tx, ids: &[AnnouncementId]) -> Result<BTreeMap<AnnouncementId, Progress>> {
    let organization = tx.organization();
    let counted: Vec<(AnnouncementId, i64, i64)> =
        with_readers!(each::client_announcements(organization, people::id))
            .filter(announcements::id.among(ids.iter().copied()))
            .group_by(announcements::id)
            .select((
                announcements::id,
                dsl::count_star(),
                dsl::count(announcement_reads::read_at.nullable()),
            ))
            .load(tx.db())?;
    let progress = counted.into_iter().map(|(id, readers, have_read)| (id, Progress { readers, have_read }));
    Ok(progress.collect())
}

#[derive(Clone, Debug, Queryable)]
pub struct Reader {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub read_at: Option<Instant>,
}

/// Who has read an announcement and who has not.
pub struct Receipts {
    /// The first one first; also those who cannot see it any more.
    pub read: Vec<Reader>,
    /// By name.
    pub waiting: Vec<Reader>,
}

/// Of a published one.
///
/// # Errors
/// The database's.
pub fn receipts(tx: &mut Tx, id: AnnouncementId) -> Result<Receipts> {
    let organization = tx.organization();
    let waiting: Vec<Reader> = with_readers!(each::client_announcements(organization, people::id))
        .filter(announcements::id.eq(id))
        .filter(announcement_reads::read_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name, people::email, announcement_reads::read_at.nullable()))
        .load(tx.db())?;
    let read: Vec<Reader> = announcement_reads::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(announcement_reads::organization_id)
                .and(people::id.eq(announcement_reads::person_id))),
        )
        .filter(announcement_reads::organization_id.eq(organization))
        .filter(announcement_reads::announcement_id.eq(id))
        .filter(announcement_reads::read_at.is_not_null())
        .filter(people::removed_at.is_null())
        .order((announcement_reads::read_at, people::id))
        .select((people::id, people::name, people::email, announcement_reads::read_at))
        .load(tx.db())?;
    Ok(Receipts { read, waiting })
}
