//! From when on an announcement is told, and until when.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, EventKind};
use portico_kernel::{Error, Instant, NewEvent, NewJob, Recorded, Result, Tx};
use serde_json::json;

use super::{announcement, deleted_title, published_announcement};
use crate::{
    announcement::{Announcement, Audience, Wording},
    jobs::{DUE, Due, UNREAD_SECONDS},
    schema::announcements,
};

/// Publishes a draft, and looks in five minutes to whom it is still new. Pressed twice, it happens once.
///
/// # Errors
/// [`Error::NotFound`]
pub fn publish(tx: &mut Tx, id: AnnouncementId) -> Result<Recorded<()>> {
    if announcement(tx, id)?.published_at.is_some() {
        return Ok(tx.unchanged(()));
    }
    let recorded = release(tx, id)?;
    enqueue_due(tx, id)?;
    Ok(recorded)
}

/// The same without a mail, as the demo does it.
///
/// # Errors
/// [`Error::NotFound`], also for what is published already.
pub fn release(tx: &mut Tx, id: AnnouncementId) -> Result<Recorded<()>> {
    let publisher = tx.actor().ok_or(Error::NotFound)?;
    let (organization, now) = (tx.organization(), tx.now());
    let released = diesel::update(announcements::table.find((organization, id)))
        .filter(announcements::published_at.is_null())
        .filter(announcements::deleted_at.is_null())
        .set((announcements::published_at.eq(Some(now)), announcements::author_id.eq(publisher)))
        .execute(tx.db())?;
    if released == 0 {
        return Err(Error::NotFound);
    }
    let published = announcement(tx, id)?;
    tx.record(event(EventKind::ANNOUNCEMENT_PUBLISHED, &published))
}

fn enqueue_due(tx: &mut Tx, announcement: AnnouncementId) -> Result<()> {
    let due = tx.now().plus_seconds(UNREAD_SECONDS);
    tx.enqueue_at(NewJob { kind: DUE, payload: Due { announcement } }, due)
}

/// In its portal where it is for one alone, so that the pages of no other client hear of it.
fn event(kind: EventKind, announcement: &Announcement) -> NewEvent {
    let event = NewEvent::new(kind, announcement.id).with_data(json!({ "title": announcement.title }));
    match &announcement.audience {
        Audience::Portals(portals) if portals.len() == 1 => {
            portals.iter().fold(event, |event, portal| event.in_portal(*portal))
        }
        Audience::Portals(_) | Audience::Everybody => event,
    }
}

/// Changes the words of what is published, which its readers see.
///
/// # Errors
/// [`Error::NotFound`], also for a draft.
pub fn correct(tx: &mut Tx, id: AnnouncementId, wording: &Wording) -> Result<Recorded<()>> {
    let before = published_announcement(tx, id)?;
    if before.title == wording.title.as_str() && before.words == wording.words {
        return Ok(tx.unchanged(()));
    }
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(announcements::table.find((organization, id)))
        .set((
            announcements::title.eq(wording.title.as_str()),
            announcements::words.eq(wording.words.as_str()),
            announcements::edited_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    let after = announcement(tx, id)?;
    tx.record(event(EventKind::ANNOUNCEMENT_EDITED, &after))
}

/// # Errors
/// [`Error::NotFound`], also for what is deleted already.
pub fn delete(tx: &mut Tx, id: AnnouncementId) -> Result<Recorded<()>> {
    let deleted = announcement(tx, id)?;
    let now = tx.now();
    set_deleted(tx, id, Some(now))?;
    tx.record(match deleted.published_at {
        Some(_) => event(EventKind::ANNOUNCEMENT_DELETED, &deleted),
        None => draft_event(EventKind::ANNOUNCEMENT_DISCARDED, &deleted),
    })
}

/// Whoever was not told before is told now.
///
/// # Errors
/// [`Error::NotFound`], also for what was deleted too long ago.
pub fn restore(tx: &mut Tx, id: AnnouncementId) -> Result<Recorded<()>> {
    if deleted_title(tx, id)?.is_none() {
        announcement(tx, id)?;
        return Ok(tx.unchanged(()));
    }
    set_deleted(tx, id, None)?;
    let restored = announcement(tx, id)?;
    if restored.published_at.is_none() {
        return tx.record(draft_event(EventKind::ANNOUNCEMENT_RECOVERED, &restored));
    }
    enqueue_due(tx, id)?;
    tx.record(event(EventKind::ANNOUNCEMENT_RESTORED, &restored))
}

/// In no portal, whose clients would hear of it.
fn draft_event(kind: EventKind, draft: &Announcement) -> NewEvent {
    NewEvent::new(kind, draft.id).with_data(json!({ "title": draft.title }))
}

fn set_deleted(tx: &mut Tx, id: AnnouncementId, at: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(announcements::table.find((organization, id)))
        .set(announcements::deleted_at.eq(at))
        .execute(tx.db())?;
    Ok(())
}
