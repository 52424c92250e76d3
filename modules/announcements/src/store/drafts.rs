//! What is not published yet: nobody but staff meets it.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, EventKind};
use portico_kernel::{Error, NewEvent, Problems, Recorded, Result, Tx};
use serde_json::json;

use super::{announcement, portal_choices};
use crate::{
    announcement::{Audience, Draft},
    schema::{announcement_portals, announcements},
};

/// # Errors
/// The database's.
pub fn add_draft(tx: &mut Tx, draft: &Draft) -> Result<Recorded<Result<AnnouncementId, Problems>>> {
    if !are_portals_ours(tx, &draft.audience)? {
        return Ok(tx.unchanged(Err(no_such_portal())));
    }
    let author = tx.actor().ok_or(Error::NotFound)?;
    let (organization, now) = (tx.organization(), tx.now());
    let id = tx.new_id(AnnouncementId::from_bytes);
    diesel::insert_into(announcements::table)
        .values((
            announcements::organization_id.eq(organization),
            announcements::id.eq(id),
            announcements::title.eq(draft.wording.title.as_str()),
            announcements::words.eq(draft.wording.words.as_str()),
            announcements::is_for_everybody.eq(draft.audience == Audience::Everybody),
            announcements::author_id.eq(author),
            announcements::written_at.eq(now),
        ))
        .execute(tx.db())?;
    add_portals(tx, id, &draft.audience)?;
    Ok(tx.record(event(EventKind::ANNOUNCEMENT_DRAFTED, id, draft))?.with(Ok(id)))
}

/// # Errors
/// [`Error::Conflict`] for what was published meanwhile: for whom that is stays.
pub fn change_draft(
    tx: &mut Tx,
    id: AnnouncementId,
    draft: &Draft,
) -> Result<Recorded<Result<(), Problems>>> {
    if announcement(tx, id)?.published_at.is_some() {
        return Err(Error::Conflict("announcements-published-meanwhile"));
    }
    if !are_portals_ours(tx, &draft.audience)? {
        return Ok(tx.unchanged(Err(no_such_portal())));
    }
    let organization = tx.organization();
    let changed = diesel::update(announcements::table.find((organization, id)))
        .filter(announcements::published_at.is_null())
        .set((
            announcements::title.eq(draft.wording.title.as_str()),
            announcements::words.eq(draft.wording.words.as_str()),
            announcements::is_for_everybody.eq(draft.audience == Audience::Everybody),
        ))
        .execute(tx.db())?;
    if changed == 0 {
        return Err(Error::Conflict("announcements-published-meanwhile"));
    }
    let before = announcement_portals::table
        .filter(announcement_portals::organization_id.eq(organization))
        .filter(announcement_portals::announcement_id.eq(id));
    diesel::delete(before).execute(tx.db())?;
    add_portals(tx, id, &draft.audience)?;
    Ok(tx.record(event(EventKind::ANNOUNCEMENT_CHANGED, id, draft))?.with(Ok(())))
}

fn event(kind: EventKind, id: AnnouncementId, draft: &Draft) -> NewEvent {
    NewEvent::new(kind, id).with_data(json!({ "title": draft.wording.title.as_str() }))
}

fn add_portals(tx: &mut Tx, id: AnnouncementId, audience: &Audience) -> Result<()> {
    let organization = tx.organization();
    let Audience::Portals(portals) = audience else { return Ok(()) };
    for portal in portals {
        diesel::insert_into(announcement_portals::table)
            .values((
                announcement_portals::organization_id.eq(organization),
                announcement_portals::announcement_id.eq(id),
                announcement_portals::portal_id.eq(*portal),
            ))
            .execute(tx.db())?;
    }
    Ok(())
}

/// A foreign id and a nonexistent one are the same here (P11).
fn are_portals_ours(tx: &mut Tx, audience: &Audience) -> Result<bool> {
    let Audience::Portals(portals) = audience else { return Ok(true) };
    let ours = portal_choices(tx)?;
    Ok(portals.iter().all(|portal| ours.iter().any(|choice| choice.id == *portal)))
}

fn no_such_portal() -> Problems {
    Problems::at("everybody", "announcements-error-portal")
}
