//! What staff wait for of clients: answers to quotes, and payments.

use std::collections::BTreeMap;

use diesel::{dsl, prelude::*};
use portico_facts::{DocumentId, EventKind};
use portico_kernel::{Among, Error, Instant, NewEvent, NewJob, Recorded, Result, Tx};

use super::{
    document,
    documents::live_documents,
    listing::is_owed,
    quotes::decision,
    recipients::{Addressee, addressee, recipients},
    reminders::remind_now,
    sheets::Entry,
};
use crate::{
    document::{Document, Kind},
    money::Money,
    quote::{self, Standing},
    quote_reminder::{QUOTE_REMINDER_MAIL, QuoteReminder},
    schema::{billing_decisions, billing_documents, billing_recipients, billing_reminders, people},
};

/// A document that was sent to somebody, with whom it is for.
#[derive(Clone, Debug, Queryable)]
pub struct AwaitedDocument {
    pub id: DocumentId,
    pub number: Option<String>,
    pub client: String,
    pub issued_at: Option<Instant>,
}

/// Somebody can read it.
macro_rules! sent_to_somebody {
    ($organization:expr) => {
        dsl::exists(
            billing_recipients::table
                .filter(billing_recipients::organization_id.eq($organization))
                .filter(billing_recipients::document_id.eq(billing_documents::id))
                .filter(billing_recipients::revoked_at.is_null()),
        )
    };
}

/// The client of a document who is still there.
macro_rules! its_client {
    () => {
        people::table.on(people::organization_id
            .eq(billing_documents::organization_id)
            .and(people::id.eq(billing_documents::client_id))
            .and(people::removed_at.is_null()))
    };
}

/// Invoices of which something is left to pay, the oldest first.
pub fn awaited_invoices(tx: &mut Tx, most: i64) -> Result<Vec<AwaitedDocument>> {
    let organization = tx.organization();
    Ok(live_documents(organization)
        .inner_join(its_client!())
        .filter(billing_documents::kind.eq(Kind::Invoice.name()))
        .filter(billing_documents::issued_at.is_not_null())
        .filter(is_owed(organization))
        .filter(sent_to_somebody!(organization))
        .order((billing_documents::issued_at, billing_documents::id))
        .limit(most)
        .select((
            billing_documents::id,
            billing_documents::number,
            people::name,
            billing_documents::issued_at,
        ))
        .load(tx.db())?)
}

/// Quotes that are valid and not answered, the oldest first.
pub fn awaited_quotes(tx: &mut Tx, most: i64) -> Result<Vec<AwaitedDocument>> {
    let (organization, today) = (tx.organization(), tx.today().to_string());
    let decided = billing_decisions::table
        .filter(billing_decisions::organization_id.eq(organization))
        .filter(billing_decisions::document_id.eq(billing_documents::id));
    Ok(live_documents(organization)
        .inner_join(its_client!())
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .filter(billing_documents::issued_at.is_not_null())
        .filter(billing_documents::due_on.ge(today))
        .filter(dsl::not(dsl::exists(decided)))
        .filter(sent_to_somebody!(organization))
        .order((billing_documents::issued_at, billing_documents::id))
        .limit(most)
        .select((
            billing_documents::id,
            billing_documents::number,
            people::name,
            billing_documents::issued_at,
        ))
        .load(tx.db())?)
}

/// When somebody was last reminded of each of these invoices, by the clock or by hand.
pub fn last_reminders(tx: &mut Tx, invoices: Vec<DocumentId>) -> Result<BTreeMap<DocumentId, Instant>> {
    if invoices.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(DocumentId, Option<Instant>)> = billing_reminders::table
        .filter(billing_reminders::organization_id.eq(tx.organization()))
        .filter(billing_reminders::document_id.among(invoices))
        .group_by(billing_reminders::document_id)
        .select((billing_reminders::document_id, dsl::max(billing_reminders::reminded_at)))
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(|(invoice, at)| Some((invoice, at?))).collect())
}

/// # Errors
/// [`Error::NotFound`] for what is no invoice; those of [`remind_now`].
pub fn remind_of_invoice(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    match document(tx, id)?.document.kind {
        Kind::Invoice => remind_now(tx, id),
        Kind::Quote | Kind::CreditNote | Kind::Subscription => Err(Error::NotFound),
    }
}

/// Owes a mail to everybody to whom it was sent.
///
/// # Errors
/// [`Error::NotFound`] for what is no quote that was sent, [`Error::Conflict`] when nobody is asked any more.
pub fn remind_of_quote(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    let found = document(tx, id)?.document;
    if found.kind != Kind::Quote || found.issued.is_none() {
        return Err(Error::NotFound);
    }
    let readers = recipients(tx, id)?;
    if readers.is_empty() || !awaits_answer(tx, &found)? {
        return Err(Error::Conflict("billing-error-quote-not-awaited"));
    }
    for reader in &readers {
        let payload = QuoteReminder { quote: id, person: reader.person };
        tx.enqueue(NewJob { kind: QUOTE_REMINDER_MAIL, payload })?;
        let _ = tx.record(NewEvent::new(EventKind::QUOTE_REMINDED, id).about(reader.person))?;
    }
    Ok(tx.unchanged(()))
}

fn awaits_answer(tx: &mut Tx, found: &Document) -> Result<bool> {
    let Some(issued) = &found.issued else { return Ok(false) };
    let (decision, today) = (decision(tx, found.id)?, tx.today());
    Ok(quote::standing(decision.as_ref(), issued.due_on, today) == Standing::Sent)
}

/// What the mail says, as it is when it is sent.
pub struct QuoteReminderFacts {
    pub quote: Document,
    pub gross: Money,
    pub to: Addressee,
}

/// `None` when nothing is asked any more: it was answered, withdrawn or taken back, it ran out, or the client was deleted.
pub fn quote_reminder_facts(tx: &mut Tx, letter: &QuoteReminder) -> Result<Option<QuoteReminderFacts>> {
    let Some(to) = addressee(tx, letter.quote, letter.person)? else { return Ok(None) };
    let Entry { document: quote, sums } = document(tx, letter.quote)?;
    let is_awaited = awaits_answer(tx, &quote)?;
    Ok(sums.filter(|_| is_awaited).map(|(_, gross)| QuoteReminderFacts { quote, gross, to }))
}
