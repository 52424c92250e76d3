//! What search finds of announcements: for staff all, for a client what is published for them.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, EventKind, SubjectId};
use portico_kernel::{
    Among, ClientTx, Error, Event, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource, Tx,
};
use portico_ui::markdown::plain_text;

use crate::{
    announcement::{Announcement, Audience},
    schema::announcements,
    store::{self, sight::announcements_after},
    view::{client, staff},
    visibility::client_announcements,
};

pub fn source() -> SearchSource {
    SearchSource {
        name: "announcements",
        touched,
        document,
        all: announcements_after,
        staff_lines,
        client_lines,
    }
}

/// That a portal is deleted changes nothing: whoever had it does not search with its grant any more.
fn touched(_: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let is_of_ours = event.noun() == "announcement" && !event.is(EventKind::ANNOUNCEMENT_READ);
    Ok(event.subject_id.filter(|_| is_of_ours).into_iter().collect())
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let found = match store::announcement(tx, subject.into()) {
        Err(Error::NotFound) => return Ok(None),
        found => found?,
    };
    Ok(Some(SearchDocument {
        kind: "announcement",
        pages: vec![SearchPage { number: None, text: plain_text(&found.words) }],
        portal: None,
        people: Vec::new(),
        for_colleagues: false,
        changed: found.edited_at.or(found.published_at).unwrap_or(found.written_at),
        reach: reach(&found),
        title: found.title,
    }))
}

/// Drafts are staff's.
fn reach(announcement: &Announcement) -> Reach {
    match (announcement.published_at, &announcement.audience) {
        (None, _) => Reach::NoFurther,
        (Some(_), Audience::Everybody) => Reach::EveryPortal,
        (Some(_), Audience::Portals(portals)) => Reach::Portals(portals.iter().copied().collect()),
    }
}

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let organization = tx.organization();
    let ids: Vec<AnnouncementId> = announcements::table
        .filter(announcements::organization_id.eq(organization))
        .filter(announcements::id.among(subjects.iter().copied()))
        .filter(announcements::deleted_at.is_null())
        .select(announcements::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(|id| line(id, staff::address(id))).collect())
}

fn client_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = tx.sight();
    let ids: Vec<AnnouncementId> = client_announcements(organization, person)
        .filter(announcements::id.among(subjects.iter().copied()))
        .select(announcements::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(|id| line(id, client::address(id))).collect())
}

fn line(id: AnnouncementId, href: String) -> SearchLine {
    SearchLine { subject: id.into(), href, icon: "announcement", place: None }
}
