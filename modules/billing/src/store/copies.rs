//! Drafts that say what another document says: a duplicate, and a revision that takes a quote's place.

use diesel::prelude::*;
use portico_facts::DocumentId;
use portico_kernel::{Error, NewEvent, Recorded, Result, Tx};
use serde_json::json;

use super::{
    decision, document,
    documents::{Origin, any, hold, insert_draft, live_documents},
    lines::insert_lines,
    quotes::{quote, withdraw},
    sheets::DocumentRow,
};
use crate::{
    document::{Change, Document, Head, Kind, Sheet},
    line::{Line, LineDetails},
    quote::{Standing, standing},
    schema::{billing_documents, people},
};

/// A quote or an invoice once more, for the same client and without its dates.
///
/// # Errors
/// [`Error::NotFound`], also for a credit note, which belongs to its invoice, and for a subscription.
pub fn duplicate(tx: &mut Tx, id: DocumentId) -> Result<Recorded<(Kind, DocumentId)>> {
    let sheet = any(tx, id)?;
    match sheet.document.kind {
        Kind::CreditNote | Kind::Subscription => Err(Error::NotFound),
        kind @ (Kind::Quote | Kind::Invoice) => Ok(copy(tx, &sheet, None)?.map(|copy| (kind, copy))),
    }
}

/// The draft that takes a quote's place once it is sent. There is one for each quote; asked for again, it is
/// that one.
///
/// # Errors
/// [`Error::Conflict`] for a quote that was decided about or withdrawn.
pub fn revise(tx: &mut Tx, id: DocumentId) -> Result<Recorded<DocumentId>> {
    hold(tx, id)?;
    let sheet = quote(tx, id)?;
    match quote_standing(tx, &sheet)? {
        Standing::Sent | Standing::Expired => {}
        Standing::Withdrawn => return Err(Error::Conflict("billing-error-withdrawn")),
        Standing::Accepted | Standing::Declined => {
            return Err(Error::Conflict("billing-error-revise-decided"));
        }
    }
    match revision_of(tx, id)? {
        Some(revision) => Ok(tx.unchanged(revision.id)),
        None => copy(tx, &sheet, Some(id)),
    }
}

fn quote_standing(tx: &mut Tx, sheet: &Sheet) -> Result<Standing> {
    let Some(issued) = &sheet.document.issued else { return Err(Error::NotFound) };
    Ok(standing(decision(tx, sheet.document.id)?.as_ref(), issued.due_on, tx.today()))
}

/// The draft that is to take a quote's place, or the quote that took it.
pub fn revision_of(tx: &mut Tx, id: DocumentId) -> Result<Option<Document>> {
    let rows: Vec<DocumentRow> = live_documents(tx.organization())
        .filter(billing_documents::replaces_id.eq(id))
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    let revisions: Vec<Document> =
        rows.into_iter().map(|row| Ok(row.entry()?.document)).collect::<Result<_>>()?;
    Ok(revisions.into_iter().max_by_key(|revision| revision.id))
}

/// The quote whose place this one takes.
pub fn replaced_by(tx: &mut Tx, revision: &Document) -> Result<Option<Document>> {
    revision.replaces.map(|old| Ok(document(tx, old)?.document)).transpose()
}

/// When a revision is sent, nobody can accept what it replaces any more.
///
/// # Errors
/// [`Error::Conflict`] where somebody accepted that meanwhile: then there is nothing to replace.
pub(super) fn withdraw_replaced(tx: &mut Tx, id: DocumentId) -> Result<()> {
    let sheet = quote(tx, id)?;
    match quote_standing(tx, &sheet)? {
        Standing::Accepted => Err(Error::Conflict("billing-error-replaced-accepted")),
        Standing::Declined | Standing::Withdrawn => Ok(()),
        Standing::Sent | Standing::Expired => {
            let (organization, actor) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
            let name: String =
                people::table.find((organization, actor)).select(people::name).first(tx.db())?;
            withdraw(tx, id, &name)?.into_value();
            Ok(())
        }
    }
}

fn copy(tx: &mut Tx, of: &Sheet, replaces: Option<DocumentId>) -> Result<Recorded<DocumentId>> {
    let document = &of.document;
    let head = Head { words: document.words.clone(), deposit: document.deposit, ..document.head() };
    let id = insert_draft(tx, document.kind, &head, Origin { replaces, ..Origin::default() })?;
    insert_lines(tx, id, 0, lines_of_copy(of))?;
    let event = NewEvent::new(document.kind.event(Change::Drafted), id);
    Ok(tx.record(event.with_data(json!({ "copied": document.id })))?.with(id))
}

/// What takes a deposit off stays with the invoice whose deposit it is.
pub(super) fn lines_of_copy(of: &Sheet) -> Vec<LineDetails> {
    of.lines.iter().filter(|line| line.deducts.is_none()).map(Line::details).collect()
}
