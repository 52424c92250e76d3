use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{Among, Core, Error, Instant, NewEvent, Problems, Recorded, Result, Tx, stored_day};
use serde_json::json;

use super::{
    attempts::{close_outdated, processing},
    documents::hold,
    receipts::keep_receipt,
    sheets::Entry,
    taxes::unreadable,
};
use crate::{
    account::Account,
    currency::Currency,
    document::Kind,
    money::Money,
    payment::{Direction, Payment, PaymentForm, settle},
    schema::{billing_documents, billing_payments},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_payments)]
pub(super) struct PaymentRow {
    id: PaymentId,
    document_id: DocumentId,
    kind: String,
    amount: i64,
    paid_on: String,
    words: String,
    provider_name: Option<String>,
}

impl PaymentRow {
    pub fn payment(self, currency: Currency) -> Result<Payment> {
        Ok(Payment {
            id: self.id,
            direction: Direction::from_name(&self.kind).ok_or_else(|| unreadable("billing_payments.kind"))?,
            amount: Money::new(self.amount, currency),
            paid_on: stored_day(&self.paid_on).ok_or_else(|| unreadable("billing_payments.paid_on"))?,
            words: self.words,
            provider_name: self.provider_name,
        })
    }
}

/// In the order in which they were recorded.
pub fn payments(tx: &mut Core, document: DocumentId, currency: Currency) -> Result<Vec<Payment>> {
    let mut rows: Vec<PaymentRow> = billing_payments::table
        .filter(billing_payments::organization_id.eq(tx.organization()))
        .filter(billing_payments::document_id.eq(document))
        .filter(billing_payments::deleted_at.is_null())
        .select(PaymentRow::as_select())
        .load(tx.db())?;
    // Here and not in the statement: SQLite would look through all payments in that order.
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| row.payment(currency)).collect()
}

/// Of each invoice among these; drafts and credit notes have none.
pub fn accounts(tx: &mut Core, entries: &[Entry]) -> Result<BTreeMap<DocumentId, Account>> {
    let invoices = || entries.iter().filter(|entry| entry.document.kind == Kind::Invoice);
    let mut accounts: BTreeMap<DocumentId, Account> =
        invoices().filter_map(|entry| Some((entry.document.id, Account::new(entry.sums?.1)))).collect();
    let ids: Vec<DocumentId> = accounts.keys().copied().collect();
    if ids.is_empty() {
        return Ok(accounts);
    }
    let credits: Vec<(Option<DocumentId>, Option<i64>)> = billing_documents::table
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::corrects_id.among(ids.iter().copied()))
        .filter(billing_documents::issued_at.is_not_null())
        .select((billing_documents::corrects_id, billing_documents::gross))
        .load(tx.db())?;
    let payments: Vec<PaymentRow> = billing_payments::table
        .filter(billing_payments::organization_id.eq(tx.organization()))
        .filter(billing_payments::document_id.among(ids.iter().copied()))
        .filter(billing_payments::deleted_at.is_null())
        .select(PaymentRow::as_select())
        .load(tx.db())?;
    for (invoice, gross) in credits {
        if let (Some(account), Some(gross)) = (invoice.and_then(|id| accounts.get_mut(&id)), gross) {
            account.credited = account.credited + Money::new(gross, account.invoiced.currency());
        }
    }
    for (invoice, minor) in processing(tx, ids)? {
        if let Some(account) = accounts.get_mut(&invoice) {
            account.processing = account.processing + Money::new(minor, account.invoiced.currency());
        }
    }
    for row in payments {
        if let Some(account) = accounts.get_mut(&row.document_id) {
            let payment = row.payment(account.invoiced.currency())?;
            *account = settle(*account, &[payment]);
        }
    }
    Ok(accounts)
}

/// # Errors
/// [`Error::NotFound`] for what has none: drafts and credit notes.
pub fn account(tx: &mut Core, entry: &Entry) -> Result<Account> {
    accounts(tx, std::slice::from_ref(entry))?.remove(&entry.document.id).ok_or(Error::NotFound)
}

pub fn record_payment(
    tx: &mut Tx,
    document: DocumentId,
    direction: Direction,
    form: &PaymentForm,
) -> Result<Recorded<Result<(), Problems>>> {
    hold(tx, document)?;
    let entry = super::document(tx, document)?;
    let account = account(tx, &entry)?;
    if is_recorded(tx, form)? {
        return Ok(tx.unchanged(Ok(())));
    }
    if is_online(tx, form)? {
        return Err(Error::Conflict("ui-error-changed-meanwhile"));
    }
    let payment = match form.parse(&account, direction, tx.today()) {
        Ok(payment) => payment,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    diesel::insert_into(billing_payments::table)
        .values((
            billing_payments::organization_id.eq(tx.organization()),
            billing_payments::id.eq(payment.id),
            billing_payments::document_id.eq(document),
            billing_payments::kind.eq(direction.name()),
            billing_payments::amount.eq(payment.amount.minor()),
            billing_payments::paid_on.eq(payment.paid_on.to_string()),
            billing_payments::words.eq(&payment.words),
            billing_payments::recorded_at.eq(tx.now()),
        ))
        .execute(tx.db())?;
    keep_receipt(tx, payment.id)?;
    close_outdated(tx, document)?;
    let kind = match direction {
        Direction::Payment => EventKind::PAYMENT_RECORDED,
        Direction::Refund => EventKind::REFUND_RECORDED,
    };
    let data = json!({ "amount": payment.amount.minor(), "currency": account.invoiced.currency().code() });
    Ok(tx.record(NewEvent::new(kind, document).with_data(data))?.with(Ok(())))
}

/// The same form, sent twice.
fn is_recorded(tx: &mut Tx, form: &PaymentForm) -> Result<bool> {
    let Ok(id) = form.payment.parse::<PaymentId>() else { return Ok(false) };
    let organization = tx.organization();
    let found: i64 = billing_payments::table.find((organization, id)).count().get_result(tx.db())?;
    Ok(found > 0)
}

/// The provider's report of it would be taken for this one.
fn is_online(tx: &mut Tx, form: &PaymentForm) -> Result<bool> {
    let Ok(id) = form.payment.parse::<PaymentId>() else { return Ok(false) };
    match super::attempt(tx, id) {
        Ok(_) => Ok(true),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Of what was recorded by mistake. Returns the invoice.
///
/// # Errors
/// [`Error::NotFound`] for what the provider reported.
pub fn delete_payment(tx: &mut Tx, id: PaymentId) -> Result<Recorded<DocumentId>> {
    let now = tx.now();
    let document = set_deleted(tx, id, Some(now))?;
    Ok(tx.record(NewEvent::new(EventKind::PAYMENT_REMOVED, document))?.with(document))
}

pub fn restore_payment(tx: &mut Tx, id: PaymentId) -> Result<Recorded<DocumentId>> {
    let document = set_deleted(tx, id, None)?;
    Ok(tx.record(NewEvent::new(EventKind::PAYMENT_RESTORED, document))?.with(document))
}

fn set_deleted(tx: &mut Tx, id: PaymentId, at: Option<Instant>) -> Result<DocumentId> {
    let organization = tx.organization();
    let document = billing_payments::table
        .find((organization, id))
        .filter(billing_payments::provider_name.is_null())
        .select(billing_payments::document_id)
        .first(tx.db())?;
    diesel::update(billing_payments::table.find((organization, id)))
        .set(billing_payments::deleted_at.eq(at))
        .execute(tx.db())?;
    close_outdated(tx, document)?;
    Ok(document)
}
