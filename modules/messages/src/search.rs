//! What search finds of messages: for staff all, for a client those of their own conversations.

mod rooms;

use diesel::prelude::*;
use portico_facts::{EventKind, MessageId, PersonId, PortalId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Event, Instant, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource,
    Side, Tx, portals,
};
use portico_ui::markdown::plain_text;

use crate::{
    conversation::Place,
    message::beginning,
    schema::{conversations, messages},
    store::names_of_files,
    view::message_address,
    visibility::client_messages,
};

/// Of a hit's title, in characters.
const TITLE: usize = 80;

pub fn source() -> SearchSource {
    SearchSource { name: "messages", touched, document, all, staff_lines, client_lines }
}

/// A deleted portal takes its messages along.
fn touched(tx: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let Some(subject) = event.subject_id else { return Ok(Vec::new()) };
    let is_any = |kinds: &[EventKind]| kinds.iter().any(|kind| event.is(*kind));
    if is_any(&[EventKind::MESSAGE_ADDED, EventKind::MESSAGE_EDITED, EventKind::MESSAGE_DELETED]) {
        return Ok(vec![subject]);
    }
    if is_any(&[EventKind::PORTAL_DELETED, EventKind::PORTAL_RESTORED]) {
        let in_conversations = messages_of_portal(tx, subject.into())?;
        return Ok([in_conversations, rooms::messages_of_portal(tx, subject.into())?].concat());
    }
    Ok(Vec::new())
}

/// `messages` with the conversation and the portal that each is about.
macro_rules! placed_messages {
    ($organization:expr) => {
        messages::table
            .inner_join(
                conversations::table.on(conversations::organization_id
                    .eq(messages::organization_id)
                    .and(conversations::id.eq(messages::conversation_id))),
            )
            .inner_join(
                portals::table.on(portals::organization_id
                    .eq(conversations::organization_id)
                    .and(portals::id.eq(conversations::portal_id))),
            )
            .filter(messages::organization_id.eq($organization))
    };
}

fn messages_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    Ok(placed_messages!(organization)
        .filter(conversations::portal_id.eq(portal))
        .select(messages::id)
        .load(tx.db())?)
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let organization = tx.organization();
    let found: Option<(String, Instant, PortalId, PersonId)> = placed_messages!(organization)
        .filter(messages::id.eq(subject))
        .filter(messages::deleted_at.is_null())
        .filter(portals::deleted_at.is_null())
        .select((messages::words, messages::written_at, conversations::portal_id, conversations::person_id))
        .first(tx.db())
        .optional()?;
    let Some((words, changed, portal, client)) = found else { return rooms::document(tx, subject) };
    let files = names_of_files(tx, subject.into())?;
    Ok(Some(SearchDocument {
        portal: Some(portal),
        people: vec![client],
        ..document_of(&words, &files, changed, Reach::NoFurther)
    }))
}

/// Of a message, wherever it was written.
fn document_of(words: &str, files: &[String], changed: Instant, reach: Reach) -> SearchDocument {
    SearchDocument {
        kind: "message",
        title: title(words, files),
        pages: vec![SearchPage {
            number: None,
            text: format!("{}\n{}", plain_text(words), files.join("\n")),
        }],
        portal: None,
        people: Vec::new(),
        for_colleagues: false,
        reach,
        changed,
    }
}

/// One of files alone is called as they are.
fn title(words: &str, files: &[String]) -> String {
    match words.is_empty() {
        true => files.join(", ").chars().take(TITLE).collect(),
        false => beginning(words, TITLE),
    }
}

fn all(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    let mut ids: Vec<SubjectId> = messages::table
        .filter(messages::organization_id.eq(organization))
        .filter(messages::deleted_at.is_null())
        .filter(messages::id.gt(after))
        .order(messages::id)
        .limit(limit)
        .select(messages::id)
        .load(tx.db())?;
    ids.extend(rooms::all(tx, after, limit)?);
    ids.sort_unstable_by_key(|id| id.bytes());
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(ids)
}

type Placed = (MessageId, PortalId, PersonId, String);

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let organization = tx.organization();
    let rows: Vec<Placed> = placed_messages!(organization)
        .filter(messages::id.among(subjects.iter().copied()))
        .filter(messages::deleted_at.is_null())
        .filter(portals::deleted_at.is_null())
        .select((messages::id, conversations::portal_id, conversations::person_id, portals::name))
        .load(tx.db())?;
    let lines = rows.into_iter().map(|row| line(Side::Staff, row));
    Ok(lines.chain(rooms::lines(tx, Side::Staff, subjects)?).collect())
}

fn client_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = tx.sight();
    let rows: Vec<Placed> = client_messages(organization, person)
        .inner_join(
            portals::table.on(portals::organization_id
                .eq(conversations::organization_id)
                .and(portals::id.eq(conversations::portal_id))),
        )
        .filter(messages::id.among(subjects.iter().copied()))
        .filter(messages::deleted_at.is_null())
        .select((messages::id, conversations::portal_id, conversations::person_id, portals::name))
        .load(tx.db())?;
    let lines = rows.into_iter().map(|row| line(Side::Client, row));
    Ok(lines.chain(rooms::lines(tx, Side::Client, subjects)?).collect())
}

fn line(side: Side, (message, portal, client, name): Placed) -> SearchLine {
    SearchLine {
        subject: message.into(),
        href: message_address(side, Place { portal, client }, message),
        icon: "messages",
        place: Some(name),
    }
}
