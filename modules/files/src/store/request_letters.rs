use diesel::{dsl, prelude::*};
use jiff::civil::Date;
use portico_facts::{EventKind, FileRequestId, PersonId, SubjectId};
use portico_kernel::{Error, Result, Tx, events, people};
use portico_ui::Language;

use super::{holds_grant, request};
use crate::{
    request::{Request, Turn},
    request_letter::{Occasion, RequestLetter},
    request_slot::{Slot, SlotState},
    schema::file_requests as requests,
};

/// What a request's mail says, as it is when it goes out.
pub struct LetterFacts {
    pub reader: PersonId,
    pub to: String,
    pub to_name: String,
    pub language: Option<Language>,
    pub sender: Option<String>,
    pub title: String,
    pub due_on: Date,
    pub today: Date,
    pub message: String,
    /// What has not come, with its hint.
    pub missing: Vec<String>,
    /// The file that was given back, and why.
    pub again: Option<(String, String)>,
}

/// `None` when there is nothing to write about any more: everything came, the request was withdrawn, or
/// the portal was taken back from the client.
///
/// # Errors
/// The database's.
pub fn letter_facts(tx: &mut Tx, letter: RequestLetter) -> Result<Option<LetterFacts>> {
    let request = match request(tx, letter.request) {
        Err(Error::NotFound) => return Ok(None),
        request => request?,
    };
    let again = match letter.occasion {
        Occasion::Again(slot) => request.slots.iter().find(|each| each.id == slot).and_then(given_back),
        Occasion::Asked | Occasion::Reminder | Occasion::Pressed => None,
    };
    let is_moot = match letter.occasion {
        Occasion::Again(_) => again.is_none(),
        Occasion::Reminder => was_reminded_lately(tx, letter.request)?,
        Occasion::Asked | Occasion::Pressed => false,
    };
    if is_moot || request.turn() != Turn::Client || !holds_grant(tx, request.portal, request.person)? {
        return Ok(None);
    }
    let Some((to, language)) = address_of(tx, request.person)? else { return Ok(None) };
    Ok(Some(LetterFacts {
        reader: request.person,
        to,
        to_name: request.person_name.clone(),
        language: language.as_deref().and_then(Language::from_code),
        sender: sender_of(tx, request.id)?,
        missing: missing(&request),
        today: tx.today(),
        title: request.title,
        due_on: request.due_on,
        message: request.message,
        again,
    }))
}

/// Whom somebody reminded by hand, the clock does not remind on the same day.
fn was_reminded_lately(tx: &mut Tx, request: FileRequestId) -> Result<bool> {
    let (organization, since) = (tx.organization(), tx.now().plus_days(-1));
    let reminded = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::subject_id.eq(SubjectId::from(request)))
        .filter(events::kind.eq(EventKind::REQUEST_REMINDED.name()))
        .filter(events::at.gt(since));
    Ok(diesel::select(dsl::exists(reminded)).get_result(tx.db())?)
}

fn given_back(slot: &Slot) -> Option<(String, String)> {
    let reason = slot.reason.clone().filter(|_| slot.state() == SlotState::AskedAgain)?;
    Some((slot.title.clone(), reason))
}

fn missing(request: &Request) -> Vec<String> {
    let line = |slot: &Slot| match slot.hint.as_str() {
        "" => slot.title.clone(),
        hint => format!("{} ({hint})", slot.title),
    };
    request.slots.iter().filter(|slot| !slot.is_filled()).map(line).collect()
}

fn address_of(tx: &mut Tx, person: PersonId) -> Result<Option<(String, Option<String>)>> {
    let organization = tx.organization();
    Ok(people::table
        .find((organization, person))
        .filter(people::removed_at.is_null())
        .select((people::email, people::language))
        .first(tx.db())
        .optional()?)
}

fn sender_of(tx: &mut Tx, request: FileRequestId) -> Result<Option<String>> {
    let organization = tx.organization();
    Ok(requests::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(requests::organization_id)
                .and(people::id.nullable().eq(requests::created_by))),
        )
        .filter(requests::organization_id.eq(organization))
        .filter(requests::id.eq(request))
        .select(people::name)
        .first(tx.db())
        .optional()?)
}
