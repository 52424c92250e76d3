//! What a client reads. Every statement starts from the predicate.

use diesel::prelude::*;
use portico_facts::{DocumentId, ProjectId};
use portico_kernel::{Among, ClientTx, Error, Result};

use super::{
    account,
    documents::hold,
    listing::{Found, Row, is_of_document, with_accounts},
    sheets::{DocumentRow, Entry, sheet},
    subscriptions::{PlanRow, without_recipients},
};
use crate::{
    account::Account,
    document::{Document, Kind, Sheet},
    money::Money,
    schema::{
        billing_balances, billing_decisions, billing_documents, billing_founded_projects, billing_readers,
        billing_subscriptions, people,
    },
    subscription::Subscription,
    visibility::{client_documents, client_subscriptions, ids_of_client_documents},
};

/// Rows of what is not shown in pages.
const PAGE: i64 = 50;

/// Whether there is anything at all (P9).
pub fn has_documents(tx: &mut ClientTx) -> Result<bool> {
    let (organization, person) = tx.sight();
    let found = ids_of_client_documents(organization, person).first::<DocumentId>(tx.db()).optional()?;
    if found.is_some() {
        return Ok(true);
    }
    // Before its first invoice.
    let today = tx.today().to_string();
    let found = client_subscriptions(organization, person, today)
        .select(billing_documents::id)
        .first::<DocumentId>(tx.db())
        .optional()?;
    Ok(found.is_some())
}

/// What runs and brings them invoices.
pub fn subscriptions(tx: &mut ClientTx) -> Result<Vec<Subscription>> {
    let ((organization, person), today) = (tx.sight(), tx.today().to_string());
    // Starts from what runs, of which there is less than of what somebody was sent.
    let rows = client_subscriptions(organization, person, today)
        .order(billing_subscriptions::document_id.desc())
        .limit(PAGE)
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .load(tx.db())?;
    without_recipients(tx, rows)
}

/// The same for one project, on its portal (P14).
pub fn subscriptions_of_project(tx: &mut ClientTx, project: ProjectId) -> Result<Vec<Subscription>> {
    let ((organization, person), today) = (tx.sight(), tx.today().to_string());
    let rows = client_subscriptions(organization, person, today)
        .filter(billing_documents::project_id.eq(project))
        .order(billing_documents::id.desc())
        .limit(PAGE)
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .load(tx.db())?;
    without_recipients(tx, rows)
}

/// What is still to be paid, the earliest due date first.
pub fn owed(tx: &mut ClientTx) -> Result<Vec<Row>> {
    let (organization, person) = tx.sight();
    // Starts from what the organization is owed, of which there is less than of what was settled.
    let rows: Vec<DocumentRow> = client_documents(organization, person)
        .inner_join(billing_balances::table.on(is_of_document()))
        .filter(billing_balances::organization_id.eq(organization))
        .filter(billing_balances::is_owed.eq(true))
        .order((billing_balances::due_on, billing_balances::document_id))
        .limit(PAGE)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}

/// What waits to be accepted or declined, the first to expire first.
pub fn open_quotes(tx: &mut ClientTx) -> Result<Vec<Row>> {
    let ((organization, person), today) = (tx.sight(), tx.today().to_string());
    let decided = billing_decisions::table
        .filter(billing_decisions::organization_id.eq(organization))
        .filter(billing_decisions::document_id.eq(billing_documents::id));
    let rows: Vec<DocumentRow> = client_documents(organization, person)
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .filter(billing_documents::due_on.ge(today))
        .filter(diesel::dsl::not(diesel::dsl::exists(decided)))
        .order((billing_documents::due_on, billing_documents::id))
        .limit(PAGE)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}

/// Everything, the newest first.
pub fn all(tx: &mut ClientTx, page: i64) -> Result<Found> {
    let (organization, person) = tx.sight();
    let ids = ids_of_client_documents(organization, person).order(billing_readers::document_id.desc());
    Found::of(page, |limit, offset| {
        let ids: Vec<DocumentId> = ids.limit(limit).offset(offset).load(tx.db())?;
        let rows = client_documents(organization, person)
            .filter(billing_documents::id.among(ids))
            .order(billing_documents::id.desc())
            .select(DocumentRow::as_select())
            .load(tx.db())?;
        with_accounts(tx, rows)
    })
}

/// Those of one project, for its portal (P14).
pub fn of_project(tx: &mut ClientTx, project: ProjectId) -> Result<Vec<Row>> {
    let (organization, person) = tx.sight();
    let mut rows: Vec<DocumentRow> = client_documents(organization, person)
        .filter(billing_documents::project_id.eq(project))
        .order(billing_documents::id.desc())
        .limit(PAGE)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    // The quote that the project was made of does not name it, and is older than what came of it. In a statement of its
    // own: an `OR` would look at every document.
    let founded = billing_founded_projects::table
        .filter(billing_founded_projects::organization_id.eq(organization))
        .filter(billing_founded_projects::project_id.eq(project))
        .select(billing_founded_projects::quote_id);
    let quotes: Vec<DocumentRow> = client_documents(organization, person)
        .filter(billing_documents::id.eq_any(founded))
        .filter(billing_documents::project_id.is_null().or(billing_documents::project_id.ne(project)))
        .order(billing_documents::id.desc())
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    rows.extend(quotes);
    with_accounts(tx, rows)
}

/// Whatever its kind.
///
/// # Errors
/// [`Error::NotFound`] for what was not sent to this client.
pub fn document(tx: &mut ClientTx, id: DocumentId) -> Result<Entry> {
    let (organization, person) = tx.sight();
    let row: DocumentRow = client_documents(organization, person)
        .filter(billing_documents::id.eq(id))
        .select(DocumentRow::as_select())
        .first(tx.db())?;
    row.entry()
}

/// An invoice with its account, or a credit note without one.
///
/// # Errors
/// [`Error::NotFound`], also for what was not sent to this client.
pub fn invoice(tx: &mut ClientTx, id: DocumentId) -> Result<(Sheet, Option<Account>)> {
    let (organization, person) = tx.sight();
    let row: DocumentRow = client_documents(organization, person)
        .filter(billing_documents::id.eq(id))
        .filter(billing_documents::kind.ne(Kind::Quote.name()))
        .select(DocumentRow::as_select())
        .first(tx.db())?;
    let entry = row.entry()?;
    let account = match entry.document.kind {
        Kind::Invoice => Some(account(tx, &entry)?),
        Kind::Quote | Kind::CreditNote | Kind::Subscription => None,
    };
    Ok((sheet(tx, entry)?, account))
}

/// An invoice, what is left to pay of it, and the address of whom it bills. Nobody else writes about it until the
/// transaction ends.
///
/// # Errors
/// [`Error::Conflict`] when there is nothing left that is not on its way.
pub fn payable(tx: &mut ClientTx, id: DocumentId) -> Result<(Document, Money, String)> {
    let entry = document(tx, id)?;
    hold(tx, id)?;
    let due = account(tx, &entry)?.open();
    if !due.is_positive() {
        return Err(Error::Conflict("billing-error-nothing-due"));
    }
    let organization = tx.organization();
    let billed = people::table.find((organization, entry.document.client.0)).select(people::email);
    let email = billed.first(tx.db())?;
    Ok((entry.document, due, email))
}

/// Whether an invoice of this quote was sent to this client.
pub fn is_invoiced(tx: &mut ClientTx, quote: DocumentId) -> Result<bool> {
    let (organization, person) = tx.sight();
    let found: Option<DocumentId> = client_documents(organization, person)
        .filter(billing_documents::quote_id.eq(quote))
        .select(billing_documents::id)
        .first(tx.db())
        .optional()?;
    Ok(found.is_some())
}

/// The quote that took this one's place, if it was sent to this client too: its number.
pub fn successor(tx: &mut ClientTx, quote: DocumentId) -> Result<Option<(DocumentId, String)>> {
    let (organization, person) = tx.sight();
    let found: Vec<(DocumentId, Option<String>)> = client_documents(organization, person)
        .filter(billing_documents::replaces_id.eq(quote))
        .select((billing_documents::id, billing_documents::number))
        .load(tx.db())?;
    Ok(found.into_iter().max().and_then(|(id, number)| Some((id, number?))))
}

/// The quote whose place this one took, if it was sent to this client too: its number.
pub fn predecessor(tx: &mut ClientTx, quote: &Document) -> Result<Option<(DocumentId, String)>> {
    let ((organization, person), Some(old)) = (tx.sight(), quote.replaces) else { return Ok(None) };
    let found: Option<(DocumentId, Option<String>)> = client_documents(organization, person)
        .filter(billing_documents::id.eq(old))
        .select((billing_documents::id, billing_documents::number))
        .first(tx.db())
        .optional()?;
    Ok(found.and_then(|(id, number)| Some((id, number?))))
}
