use std::collections::BTreeMap;

use diesel::{prelude::*, upsert::excluded};
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{
    Among, Error, Instant, NewEvent, NewJob, Organization, Problems, Recorded, Result, Tx, per_backend,
};
use portico_ui::{Language, Text};

use super::{
    copies::replaced_by,
    documents::{clients, document, problem},
    issuing::issue,
    sheets::Entry,
};
use crate::{
    document::{Change, Document, Kind},
    jobs::{DOCUMENT_MAIL, DocumentLetter},
    money::Money,
    schema::{billing_recipients, people},
};

/// Somebody who can see a document, since it was sent to them.
#[derive(Clone, Debug, Queryable)]
pub struct Recipient {
    pub person: PersonId,
    pub name: String,
    pub email: String,
}

pub fn recipients(tx: &mut Tx, id: DocumentId) -> Result<Vec<Recipient>> {
    Ok(recipients_of(tx, vec![id])?.remove(&id).unwrap_or_default())
}

pub(super) fn recipients_of(
    tx: &mut Tx,
    ids: Vec<DocumentId>,
) -> Result<BTreeMap<DocumentId, Vec<Recipient>>> {
    let rows: Vec<(DocumentId, Recipient)> = billing_recipients::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(billing_recipients::organization_id)
                .and(people::id.eq(billing_recipients::person_id))),
        )
        .filter(billing_recipients::organization_id.eq(tx.organization()))
        .filter(billing_recipients::document_id.among(ids))
        .filter(billing_recipients::revoked_at.is_null())
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((billing_recipients::document_id, (people::id, people::name, people::email)))
        .load(tx.db())?;
    let mut recipients: BTreeMap<_, Vec<Recipient>> = BTreeMap::new();
    for (document, recipient) in rows {
        recipients.entry(document).or_default().push(recipient);
    }
    Ok(recipients)
}

/// Opens the document to these people and owes each a mail, also to those who had one before. A quote
/// gets its number on the way: it is issued by being sent.
///
/// # Errors
/// [`Error::NotFound`] for the draft of an invoice: what is not issued is nobody's business (P10).
pub fn send(
    tx: &mut Tx,
    id: DocumentId,
    chosen: Vec<PersonId>,
    message: Option<String>,
) -> Result<Recorded<Result<(), Problems>>> {
    let Document { kind, issued, .. } = document(tx, id)?.document;
    if issued.is_none() && kind != Kind::Quote {
        return Err(Error::NotFound);
    }
    let known = clients(tx, None)?;
    let is_known = |person: &PersonId| known.iter().any(|client| client.id == *person);
    if chosen.is_empty() || !chosen.iter().all(is_known) {
        return Ok(tx.unchanged(Err(problem("person", "billing-error-recipients"))));
    }
    if issued.is_none() {
        let _ = issue(tx, id)?;
    }
    let _ = open_to(tx, id, &chosen)?;
    let sender = tx.actor();
    for person in &chosen {
        let payload = DocumentLetter { document: id, person: *person, message: message.clone(), sender };
        tx.enqueue(NewJob { kind: DOCUMENT_MAIL, payload })?;
    }
    Ok(tx.unchanged(Ok(())))
}

/// From the next request on they see it, without a mail.
pub fn open_to(tx: &mut Tx, id: DocumentId, people: &[PersonId]) -> Result<Recorded<()>> {
    let kind = document(tx, id)?.document.kind;
    let (organization, now, sender) = (tx.organization(), tx.now(), tx.actor());
    let row = |person: &PersonId| {
        (
            billing_recipients::organization_id.eq(organization),
            billing_recipients::document_id.eq(id),
            billing_recipients::person_id.eq(*person),
            billing_recipients::sent_at.eq(now),
            billing_recipients::sent_by.eq(sender),
        )
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    per_backend!(tx.db(), |c| diesel::insert_into(billing_recipients::table)
        .values(rows)
        .on_conflict((
            billing_recipients::organization_id,
            billing_recipients::document_id,
            billing_recipients::person_id,
        ))
        .do_update()
        .set((
            billing_recipients::sent_at.eq(excluded(billing_recipients::sent_at)),
            billing_recipients::sent_by.eq(excluded(billing_recipients::sent_by)),
            billing_recipients::revoked_at.eq(None::<Instant>),
        ))
        .execute(c))?;
    for person in people {
        let _ = tx.record(NewEvent::new(kind.event(Change::Sent), id).about(*person))?;
    }
    Ok(tx.unchanged(()))
}

/// From the next request on they see nothing of it (P12).
pub fn revoke_recipient(tx: &mut Tx, id: DocumentId, person: PersonId) -> Result<Recorded<()>> {
    let kind = document(tx, id)?.document.kind;
    let revoked = diesel::update(billing_recipients::table)
        .filter(billing_recipients::organization_id.eq(tx.organization()))
        .filter(billing_recipients::document_id.eq(id))
        .filter(billing_recipients::person_id.eq(person))
        .filter(billing_recipients::revoked_at.is_null())
        .set(billing_recipients::revoked_at.eq(Some(tx.now())))
        .execute(tx.db())?;
    if revoked == 0 {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(kind.event(Change::Revoked), id).about(person))
}

/// Whom a mail about a document is for.
#[derive(Clone, Debug, Queryable)]
pub struct Addressee {
    pub name: String,
    pub email: String,
    /// A BCP 47 code.
    pub language: Option<String>,
}

impl Addressee {
    /// Theirs, or the organization's.
    pub fn language(&self, organization: &Organization) -> Language {
        organization.language_for(self.language.as_deref())
    }
}

/// `None` when it was taken back from them, or they were deleted.
pub(super) fn addressee(tx: &mut Tx, document: DocumentId, person: PersonId) -> Result<Option<Addressee>> {
    if !recipients(tx, document)?.iter().any(|recipient| recipient.person == person) {
        return Ok(None);
    }
    let organization = tx.organization();
    Ok(people::table
        .find((organization, person))
        .select((people::name, people::email, people::language))
        .first(tx.db())
        .optional()?)
}

/// What the mail about a document says, as it is when it is sent.
pub struct LetterFacts {
    pub document: Document,
    pub gross: Money,
    pub to: Addressee,
    pub sender: Option<String>,
    /// The number of the quote whose place this one takes.
    pub replaces: Option<String>,
}

/// `None` when there is nothing to send any more: it was taken back, or the client was deleted.
pub fn letter_facts(tx: &mut Tx, letter: &DocumentLetter) -> Result<Option<LetterFacts>> {
    let Some(to) = addressee(tx, letter.document, letter.person)? else { return Ok(None) };
    let Entry { document, sums } = document(tx, letter.document)?;
    let Some((_, gross)) = sums else { return Ok(None) };
    let organization = tx.organization();
    let sender = match letter.sender {
        Some(sender) => {
            people::table.find((organization, sender)).select(people::name).first(tx.db()).optional()?
        }
        None => None,
    };
    let replaces = replaced_number(tx, &document, letter.person)?;
    Ok(Some(LetterFacts { document, gross, to, sender, replaces }))
}

/// Nothing for whoever was not sent the old one: to them, it never was (P10).
fn replaced_number(tx: &mut Tx, revision: &Document, reader: PersonId) -> Result<Option<String>> {
    let Some(old) = replaced_by(tx, revision)? else { return Ok(None) };
    let has_it = recipients(tx, old.id)?.iter().any(|recipient| recipient.person == reader);
    Ok(old.issued.filter(|_| has_it).map(|issued| issued.number))
}

/// What is written on a document is in the language of whoever will read it.
pub(super) fn readers_text(tx: &mut Tx, client: PersonId) -> Result<Text> {
    let organization = tx.organization();
    let language: Option<String> =
        people::table.find((organization, client)).select(people::language).first(tx.db())?;
    let language = language.as_deref().and_then(Language::from_code);
    Ok(Text::new(language.unwrap_or(tx.organization_profile().language)))
}
