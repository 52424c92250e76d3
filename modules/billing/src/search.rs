//! Quotes, invoices and credit notes in search: staff find all of them, drafts too; a client those that were
//! sent to them.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PersonId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Error, Event, Instant, Reach, Result, SearchDocument, SearchLine, SearchPage,
    SearchSource, Tx,
};
use portico_ui::markdown;

use crate::{
    document::{Kind, Sheet},
    schema::billing_documents,
    store::{self, live_documents},
    view,
    visibility::client_documents,
};

pub fn source() -> SearchSource {
    SearchSource { name: "billing", touched, document, all, staff_lines, client_lines }
}

/// These change no word of it.
const OF_NO_WORDS: [EventKind; 4] = [
    EventKind::INVOICE_DOWNLOADED,
    EventKind::INVOICE_REMINDED,
    EventKind::QUOTE_DOWNLOADED,
    EventKind::QUOTE_REMINDED,
];

fn touched(_: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    if OF_NO_WORDS.iter().any(|kind| event.is(*kind)) {
        return Ok(Vec::new());
    }
    match event.noun() {
        "invoice" | "quote" | "subscription" => Ok(event.subject_id.into_iter().collect()),
        _ => Ok(Vec::new()),
    }
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let id = DocumentId::from(subject);
    let Sheet { document, lines, .. } = match store::any(tx, id) {
        Err(Error::NotFound) => return Ok(None),
        found => found?,
    };
    // A client finds the invoices of a subscription, and itself on the page of billing.
    let people: Vec<PersonId> = match document.kind {
        Kind::Subscription => Vec::new(),
        Kind::Quote | Kind::Invoice | Kind::CreditNote => {
            store::recipients(tx, id)?.into_iter().map(|recipient| recipient.person).collect()
        }
    };
    let organization = tx.organization();
    let changed: Instant = billing_documents::table
        .find((organization, id))
        .select(billing_documents::created_at)
        .first(tx.db())?;
    let title = match (&document.issued, document.kind) {
        (Some(issued), _) => issued.number.clone(),
        (None, Kind::Subscription) => store::subscription_name(tx, id)?,
        (None, _) => document.client.1.clone(),
    };
    let descriptions = lines.into_iter().map(|line| line.description);
    let words = match document.kind {
        Kind::Quote => markdown::plain_text(&document.words),
        Kind::Invoice | Kind::CreditNote | Kind::Subscription => document.words,
    };
    let text = [document.buyer, words].into_iter().chain(descriptions).collect::<Vec<_>>().join("\n");
    let kind = match document.kind {
        Kind::Quote => "quote",
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
        Kind::Subscription => "subscription",
    };
    let pages = vec![SearchPage { number: None, text }];
    let (portal, reach) = (None, Reach::NoFurther);
    Ok(Some(SearchDocument { kind, title, pages, portal, people, for_colleagues: true, reach, changed }))
}

pub fn all(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    Ok(live_documents(tx.organization())
        .filter(billing_documents::id.gt(after))
        .order(billing_documents::id)
        .limit(limit)
        .select(billing_documents::id)
        .load(tx.db())?)
}

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let rows: Vec<(DocumentId, String)> = live_documents(tx.organization())
        .filter(billing_documents::id.among(subjects.iter().copied()))
        .select((billing_documents::id, billing_documents::kind))
        .load(tx.db())?;
    Ok(lines(rows, view::address))
}

fn client_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = tx.sight();
    let rows: Vec<(DocumentId, String)> = client_documents(organization, person)
        .filter(billing_documents::id.among(subjects.iter().copied()))
        .select((billing_documents::id, billing_documents::kind))
        .load(tx.db())?;
    Ok(lines(rows, view::client_address))
}

fn lines(rows: Vec<(DocumentId, String)>, address: fn(Kind, DocumentId) -> String) -> Vec<SearchLine> {
    let known = rows.into_iter().filter_map(|(id, kind)| Some((id, Kind::from_name(&kind)?)));
    known
        .map(|(id, kind)| SearchLine {
            subject: id.into(),
            href: address(kind, id),
            icon: "billing",
            place: None,
        })
        .collect()
}
