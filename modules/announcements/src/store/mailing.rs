//! Who is told by mail of what is new to them, and what the mail says.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, PersonId};
use portico_kernel::{Among, Core, Instant, NewJob, Recorded, Result, Tx, people, per_backend};
use portico_ui::Language;

use super::receipts::with_readers;
use crate::{
    jobs::{MAIL, Unread},
    schema::{announcement_reads, announcements},
    visibility::{each, read_by},
};

/// So that one conditional update can decide between two that come at once.
///
/// # Errors
/// The database's.
pub fn make_row(tx: &mut Core, announcement: AnnouncementId, reader: PersonId) -> Result<()> {
    let organization = tx.organization();
    per_backend!(tx.db(), |c| diesel::insert_into(announcement_reads::table)
        .values((
            announcement_reads::organization_id.eq(organization),
            announcement_reads::announcement_id.eq(announcement),
            announcement_reads::person_id.eq(reader),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Owes one mail to everybody to whom this announcement is still new, about all that is and came with or after it.
/// What came before was told by a job of its own, or was there before they had a portal.
///
/// # Errors
/// The database's.
pub fn settle_due(tx: &mut Tx, id: AnnouncementId) -> Result<Recorded<()>> {
    for reader in untold_readers(tx, id)? {
        let mut claimed = Vec::new();
        for announcement in untold_since(tx, reader, id)? {
            if claim(tx, announcement, reader)? {
                claimed.push(announcement);
            }
        }
        if !claimed.is_empty() {
            tx.enqueue(NewJob { kind: MAIL, payload: Unread { reader, announcements: claimed } })?;
        }
    }
    // Nothing that anybody sees has changed.
    Ok(tx.unchanged(()))
}

/// Nobody who can see it now is mailed about it.
///
/// # Errors
/// The database's.
pub fn count_as_mailed(tx: &mut Tx, id: AnnouncementId) -> Result<()> {
    for reader in untold_readers(tx, id)? {
        claim(tx, id, reader)?;
    }
    Ok(())
}

/// Nobody where it was deleted meanwhile.
fn untold_readers(tx: &mut Tx, id: AnnouncementId) -> Result<Vec<PersonId>> {
    let organization = tx.organization();
    Ok(with_readers!(each::client_announcements(organization, people::id))
        .filter(announcements::id.eq(id))
        .filter(announcement_reads::read_at.is_null())
        .filter(announcement_reads::mailed_at.is_null())
        .select(people::id)
        .load(tx.db())?)
}

/// In the order in which they were published.
fn untold_since(tx: &mut Tx, reader: PersonId, first: AnnouncementId) -> Result<Vec<AnnouncementId>> {
    let organization = tx.organization();
    let since: Option<Instant> = announcements::table
        .find((organization, first))
        .select(announcements::published_at)
        .first(tx.db())?;
    Ok(read_by!(organization, reader)
        .filter(announcements::published_at.ge(since))
        .filter(announcement_reads::read_at.is_null())
        .filter(announcement_reads::mailed_at.is_null())
        .order((announcements::published_at, announcements::id))
        .select(announcements::id)
        .load(tx.db())?)
}

/// Whether this one's mail is ours to send: of two jobs at once, one's.
fn claim(tx: &mut Tx, announcement: AnnouncementId, reader: PersonId) -> Result<bool> {
    make_row(tx, announcement, reader)?;
    let (organization, now) = (tx.organization(), tx.now());
    let claimed = diesel::update(announcement_reads::table.find((organization, announcement, reader)))
        .filter(announcement_reads::mailed_at.is_null())
        .set(announcement_reads::mailed_at.eq(Some(now)))
        .execute(tx.db())?;
    Ok(claimed == 1)
}

/// What a mail says, as it is when it goes out.
pub struct LetterFacts {
    pub to: String,
    pub to_name: String,
    pub language: Option<Language>,
    /// Title and words, in the order in which they were published.
    pub announcements: Vec<(AnnouncementId, String, String)>,
}

/// `None` when there is nothing to write about any more: it was read or deleted, or the portal was taken back.
///
/// # Errors
/// The database's.
pub fn letter_facts(tx: &mut Tx, unread: &Unread) -> Result<Option<LetterFacts>> {
    let (organization, reader) = (tx.organization(), unread.reader);
    let announcements: Vec<(AnnouncementId, String, String)> = read_by!(organization, reader)
        .filter(announcements::id.among(unread.announcements.iter().copied()))
        .filter(announcement_reads::read_at.is_null())
        .order((announcements::published_at, announcements::id))
        .select((announcements::id, announcements::title, announcements::words))
        .load(tx.db())?;
    let to: Option<(String, String, Option<String>)> = people::table
        .find((organization, reader))
        .filter(people::removed_at.is_null())
        .select((people::email, people::name, people::language))
        .first(tx.db())
        .optional()?;
    let (Some((to, to_name, language)), false) = (to, announcements.is_empty()) else { return Ok(None) };
    let language = language.as_deref().and_then(Language::from_code);
    Ok(Some(LetterFacts { to, to_name, language, announcements }))
}
