//! Announcements as staff find them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use portico_facts::{AnnouncementId, PortalId};
use portico_kernel::{Among, Error, Instant, Result, Tx, people, portals};

use crate::{
    announcement::{Announcement, Audience},
    schema::{announcement_portals, announcements},
};

/// Announcements in a list, the newest: of staff's lists as of a client's.
pub const MOST: i64 = 100;

#[derive(Queryable)]
struct Row {
    id: AnnouncementId,
    title: String,
    words: String,
    is_for_everybody: bool,
    author: String,
    written_at: Instant,
    published_at: Option<Instant>,
    edited_at: Option<Instant>,
    deleted_at: Option<Instant>,
}

impl Row {
    fn announcement(self, portals: &mut BTreeMap<AnnouncementId, BTreeSet<PortalId>>) -> Announcement {
        Announcement {
            id: self.id,
            title: self.title,
            words: self.words,
            audience: match self.is_for_everybody {
                true => Audience::Everybody,
                false => Audience::Portals(portals.remove(&self.id).unwrap_or_default()),
            },
            author: self.author,
            written_at: self.written_at,
            published_at: self.published_at,
            edited_at: self.edited_at,
            deleted_at: self.deleted_at,
        }
    }
}

/// Of the whole organization, deleted ones too, with who wrote them.
macro_rules! authored_announcements {
    ($organization:expr) => {
        announcements::table
            .inner_join(
                people::table.on(people::organization_id
                    .eq(announcements::organization_id)
                    .and(people::id.eq(announcements::author_id))),
            )
            .filter(announcements::organization_id.eq($organization))
            .select((
                announcements::id,
                announcements::title,
                announcements::words,
                announcements::is_for_everybody,
                people::name,
                announcements::written_at,
                announcements::published_at,
                announcements::edited_at,
                announcements::deleted_at,
            ))
    };
}

fn with_portals(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Announcement>> {
    let mut portals = portals_of(tx, rows.iter().map(|row| row.id).collect())?;
    Ok(rows.into_iter().map(|row| row.announcement(&mut portals)).collect())
}

/// For which portals each is; none for what is for everybody.
fn portals_of(tx: &mut Tx, ids: Vec<AnnouncementId>) -> Result<BTreeMap<AnnouncementId, BTreeSet<PortalId>>> {
    let organization = tx.organization();
    let pairs: Vec<(AnnouncementId, PortalId)> = announcement_portals::table
        .filter(announcement_portals::organization_id.eq(organization))
        .filter(announcement_portals::announcement_id.among(ids))
        .select((announcement_portals::announcement_id, announcement_portals::portal_id))
        .load(tx.db())?;
    let mut portals: BTreeMap<AnnouncementId, BTreeSet<PortalId>> = BTreeMap::new();
    for (announcement, portal) in pairs {
        portals.entry(announcement).or_default().insert(portal);
    }
    Ok(portals)
}

/// # Errors
/// [`Error::NotFound`], also for a deleted one.
pub fn announcement(tx: &mut Tx, id: AnnouncementId) -> Result<Announcement> {
    let organization = tx.organization();
    let rows: Vec<Row> = authored_announcements!(organization)
        .filter(announcements::id.eq(id))
        .filter(announcements::deleted_at.is_null())
        .load(tx.db())?;
    with_portals(tx, rows)?.pop().ok_or(Error::NotFound)
}

/// # Errors
/// [`Error::NotFound`], also for what is published.
pub fn draft(tx: &mut Tx, id: AnnouncementId) -> Result<Announcement> {
    let found = announcement(tx, id)?;
    found.published_at.is_none().then_some(found).ok_or(Error::NotFound)
}

/// # Errors
/// [`Error::NotFound`], also for a draft.
pub fn published_announcement(tx: &mut Tx, id: AnnouncementId) -> Result<Announcement> {
    let found = announcement(tx, id)?;
    found.published_at.is_some().then_some(found).ok_or(Error::NotFound)
}

/// The newest first.
///
/// # Errors
/// The database's.
pub fn drafts(tx: &mut Tx) -> Result<Vec<Announcement>> {
    let organization = tx.organization();
    let rows: Vec<Row> = authored_announcements!(organization)
        .filter(announcements::deleted_at.is_null())
        .filter(announcements::published_at.is_null())
        .order((announcements::written_at.desc(), announcements::id.desc()))
        .limit(MOST)
        .load(tx.db())?;
    with_portals(tx, rows)
}

/// The newest first.
///
/// # Errors
/// The database's.
pub fn published(tx: &mut Tx) -> Result<Vec<Announcement>> {
    let organization = tx.organization();
    let rows: Vec<Row> = authored_announcements!(organization)
        .filter(announcements::deleted_at.is_null())
        .filter(announcements::published_at.is_not_null())
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(MOST)
        .load(tx.db())?;
    with_portals(tx, rows)
}

/// What can still be brought back, the last deleted first.
///
/// # Errors
/// The database's.
pub fn deleted(tx: &mut Tx) -> Result<Vec<Announcement>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    let rows: Vec<Row> = authored_announcements!(organization)
        .filter(announcements::deleted_at.ge(end))
        .order((announcements::deleted_at.desc(), announcements::id.desc()))
        .limit(MOST)
        .load(tx.db())?;
    with_portals(tx, rows)
}

/// Of one that can still be brought back.
///
/// # Errors
/// The database's.
pub fn deleted_title(tx: &mut Tx, id: AnnouncementId) -> Result<Option<String>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    Ok(announcements::table
        .find((organization, id))
        .filter(announcements::deleted_at.ge(end))
        .select(announcements::title)
        .first(tx.db())
        .optional()?)
}

/// A portal that an announcement can be for.
#[derive(Clone, Debug, Queryable)]
pub struct PortalChoice {
    pub id: PortalId,
    pub name: String,
}

/// By name.
///
/// # Errors
/// The database's.
pub fn portal_choices(tx: &mut Tx) -> Result<Vec<PortalChoice>> {
    let organization = tx.organization();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .order((portals::name, portals::id))
        .select((portals::id, portals::name))
        .load(tx.db())?)
}
