//! Attempts to pay online, as they are begun. What becomes of them is in `reports.rs`.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{Among, Core, Instant, NewEvent, PaymentState, ProviderKeys, Recorded, Result, Tx};
use serde_json::json;

use super::{account, document, sheets::stored_currency, taxes::unreadable};
use crate::{
    money::Money,
    online::{Attempt, state_name, state_of_name},
    reconciliation::{Look, closing, first_look_at},
    schema::billing_attempts,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_attempts)]
struct AttemptRow {
    id: PaymentId,
    document_id: DocumentId,
    amount: i64,
    currency: String,
    state: String,
    session: Option<String>,
    payment: Option<String>,
    address: Option<String>,
    begun_at: Instant,
    is_charge: bool,
    is_live: bool,
    account: Option<String>,
}

impl AttemptRow {
    fn attempt(self) -> Result<Attempt> {
        Ok(Attempt {
            id: self.id,
            document: self.document_id,
            amount: Money::new(self.amount, stored_currency(&self.currency)?),
            state: state_of_name(&self.state).ok_or_else(|| unreadable("billing_attempts.state"))?,
            session: self.session,
            payment: self.payment,
            address: self.address,
            begun_at: self.begun_at,
            is_charge: self.is_charge,
            is_live: self.is_live,
            account: self.account,
        })
    }
}

/// The latest first.
pub fn attempts(tx: &mut Core, document: DocumentId) -> Result<Vec<Attempt>> {
    let rows: Vec<AttemptRow> = billing_attempts::table
        .filter(billing_attempts::organization_id.eq(tx.organization()))
        .filter(billing_attempts::document_id.eq(document))
        .order((billing_attempts::begun_at.desc(), billing_attempts::id.desc()))
        .select(AttemptRow::as_select())
        .load(tx.db())?;
    rows.into_iter().map(AttemptRow::attempt).collect()
}

/// Of which something is still to be heard, after this one.
pub fn pending_attempts(tx: &mut Tx, after: Option<PaymentId>, limit: i64) -> Result<Vec<Attempt>> {
    let mut wanted = billing_attempts::table
        .filter(billing_attempts::organization_id.eq(tx.organization()))
        .filter(billing_attempts::state.eq("open").or(billing_attempts::state.eq("processing")))
        .order(billing_attempts::id)
        .limit(limit)
        .select(AttemptRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(billing_attempts::id.gt(after));
    }
    let rows: Vec<AttemptRow> = wanted.load(tx.db())?;
    rows.into_iter().map(AttemptRow::attempt).collect()
}

/// What is on its way for these invoices: a charge is so from its beginning, since its answer may be lost.
pub(super) fn processing(tx: &mut Core, invoices: Vec<DocumentId>) -> Result<Vec<(DocumentId, i64)>> {
    Ok(billing_attempts::table
        .filter(billing_attempts::organization_id.eq(tx.organization()))
        .filter(billing_attempts::document_id.among(invoices))
        .filter(
            billing_attempts::state
                .eq("processing")
                .or(billing_attempts::state.eq("open").and(billing_attempts::is_charge)),
        )
        .select((billing_attempts::document_id, billing_attempts::amount))
        .load(tx.db())?)
}

pub fn attempt(tx: &mut Core, id: PaymentId) -> Result<Attempt> {
    let organization = tx.organization();
    let row: AttemptRow =
        billing_attempts::table.find((organization, id)).select(AttemptRow::as_select()).first(tx.db())?;
    row.attempt()
}

/// The attempt that whoever pays goes on with; the pages of others, for an amount that is due no more or old, are closed.
/// The caller holds the document, so that two tabs get the same one. `due`: what is left to pay.
pub fn begin_attempt(
    tx: &mut Core,
    document: DocumentId,
    due: Money,
    keys: &ProviderKeys,
) -> Result<Recorded<Attempt>> {
    let now = tx.now();
    let (usable, outdated): (Vec<_>, Vec<_>) = open_pages(tx, document)?
        .into_iter()
        .filter(|attempt| attempt.is_opened_by(keys))
        .partition(|attempt| attempt.can_be_taken_up(due, now));
    for attempt in outdated {
        tx.enqueue(closing(attempt.id))?;
    }
    if let Some(attempt) = usable.into_iter().next() {
        return Ok(tx.unchanged(attempt));
    }
    let attempt = insert_attempt(tx, document, due, keys, false)?;
    tx.enqueue_at(Look::first(attempt.id), first_look_at(now))?;
    let data = json!({ "amount": due.minor(), "currency": due.currency().code() });
    Ok(tx.record(NewEvent::new(EventKind::PAYMENT_BEGUN, document).with_data(data))?.with(attempt))
}

fn open_pages(tx: &mut Core, document: DocumentId) -> Result<Vec<Attempt>> {
    let mut attempts = attempts(tx, document)?;
    attempts.retain(|attempt| attempt.state == PaymentState::Open && !attempt.is_charge);
    Ok(attempts)
}

/// To be called when something else changed what is due: nobody is to pay another amount than that.
pub(super) fn close_outdated(tx: &mut Tx, invoice: DocumentId) -> Result<()> {
    let pages = open_pages(tx, invoice)?;
    if pages.is_empty() {
        return Ok(());
    }
    let entry = document(tx, invoice)?;
    let due = account(tx, &entry)?.open();
    for attempt in pages.iter().filter(|attempt| attempt.amount != due) {
        tx.enqueue(closing(attempt.id))?;
    }
    Ok(())
}

pub(super) fn insert_attempt(
    tx: &mut Core,
    document: DocumentId,
    amount: Money,
    keys: &ProviderKeys,
    is_charge: bool,
) -> Result<Attempt> {
    let attempt = Attempt {
        id: tx.new_id(PaymentId::from_bytes),
        document,
        amount,
        state: PaymentState::Open,
        session: None,
        payment: None,
        address: None,
        begun_at: tx.now(),
        is_charge,
        is_live: keys.is_live(),
        account: keys.account.clone(),
    };
    diesel::insert_into(billing_attempts::table)
        .values((
            billing_attempts::organization_id.eq(tx.organization()),
            billing_attempts::id.eq(attempt.id),
            billing_attempts::document_id.eq(document),
            billing_attempts::amount.eq(amount.minor()),
            billing_attempts::currency.eq(amount.currency().code()),
            billing_attempts::state.eq(state_name(attempt.state)),
            billing_attempts::begun_at.eq(attempt.begun_at),
            billing_attempts::is_charge.eq(is_charge),
            billing_attempts::is_live.eq(attempt.is_live),
            billing_attempts::account.eq(&attempt.account),
        ))
        .execute(tx.db())?;
    Ok(attempt)
}

/// Where the provider waits for the person.
pub fn keep_address(tx: &mut Core, id: PaymentId, session: &str, address: &str) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(billing_attempts::table.find((organization, id)))
        .set((billing_attempts::session.eq(session), billing_attempts::address.eq(address)))
        .execute(tx.db())?;
    Ok(tx.unchanged(()))
}

/// An attempt whose page nobody has ever been led to, or that can no longer be paid.
pub fn give_up(tx: &mut Tx, id: PaymentId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(billing_attempts::table.find((organization, id)))
        .filter(billing_attempts::state.eq("open"))
        .set(billing_attempts::state.eq("expired"))
        .execute(tx.db())?;
    Ok(tx.unchanged(()))
}
