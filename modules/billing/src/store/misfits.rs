//! Attempts of which the provider says what cannot be of them (T14): somebody has to look into it.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{Error, Instant, NewEvent, Recorded, Result, Tx};
use serde_json::json;

use super::{sheets::stored_currency, taxes::unreadable};
use crate::{
    money::Money,
    online::Mismatch,
    schema::{billing_attempts, billing_documents},
};

/// The oldest first, so that what is shown can be worked off.
const SHOWN: i64 = 50;

/// One that nobody has looked into yet.
pub struct Misfit {
    pub attempt: PaymentId,
    pub document: DocumentId,
    /// Of the invoice.
    pub number: String,
    pub amount: Money,
    pub begun_at: Instant,
    pub mismatch: Mismatch,
}

/// Told once, however often it is found.
pub fn keep_misfit(tx: &mut Tx, id: PaymentId, mismatch: Mismatch) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let kept = diesel::update(billing_attempts::table.find((organization, id)))
        .filter(billing_attempts::misfit.is_null())
        .set(billing_attempts::misfit.eq(mismatch.name()))
        .execute(tx.db())?;
    if kept == 0 {
        return Ok(tx.unchanged(()));
    }
    let document = super::attempt(tx, id)?.document;
    let data = json!({ "mismatch": mismatch.name() });
    tx.record(NewEvent::new(EventKind::PAYMENT_MISFIT, document).with_data(data))
}

/// The same for a refund of the payment with this name at the provider.
pub fn keep_refund_misfit(tx: &mut Tx, payment: &str, mismatch: Mismatch) -> Result<Recorded<()>> {
    let found = billing_attempts::table
        .filter(billing_attempts::organization_id.eq(tx.organization()))
        .filter(billing_attempts::payment.eq(payment))
        .select(billing_attempts::id)
        .first(tx.db())
        .optional()?;
    match found {
        Some(id) => keep_misfit(tx, id, mismatch),
        None => Ok(tx.unchanged(())),
    }
}

pub fn misfits(tx: &mut Tx) -> Result<Vec<Misfit>> {
    type Found = (PaymentId, DocumentId, Option<String>, i64, String, Instant, Option<String>);
    let rows: Vec<Found> = billing_attempts::table
        .inner_join(
            billing_documents::table.on(billing_documents::organization_id
                .eq(billing_attempts::organization_id)
                .and(billing_documents::id.eq(billing_attempts::document_id))),
        )
        .filter(billing_attempts::organization_id.eq(tx.organization()))
        .filter(billing_attempts::misfit.is_not_null())
        .filter(billing_attempts::misfit_settled_at.is_null())
        .order(billing_attempts::id)
        .limit(SHOWN)
        .select((
            billing_attempts::id,
            billing_attempts::document_id,
            billing_documents::number,
            billing_attempts::amount,
            billing_attempts::currency,
            billing_attempts::begun_at,
            billing_attempts::misfit,
        ))
        .load(tx.db())?;
    let misfit = |(attempt, document, number, minor, currency, begun_at, name): Found| {
        let known = Mismatch::ALL.into_iter().find(|known| name.as_deref() == Some(known.name()));
        Ok(Misfit {
            attempt,
            document,
            number: number.unwrap_or_default(),
            amount: Money::new(minor, stored_currency(&currency)?),
            begun_at,
            mismatch: known.ok_or_else(|| unreadable("billing_attempts.misfit"))?,
        })
    };
    rows.into_iter().map(misfit).collect()
}

/// Somebody looked into it.
///
/// # Errors
/// [`Error::NotFound`] for what was none, or is settled.
pub fn settle_misfit(tx: &mut Tx, id: PaymentId) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    let settled = diesel::update(billing_attempts::table.find((organization, id)))
        .filter(billing_attempts::misfit.is_not_null())
        .filter(billing_attempts::misfit_settled_at.is_null())
        .set(billing_attempts::misfit_settled_at.eq(Some(now)))
        .execute(tx.db())?;
    if settled == 0 {
        return Err(Error::NotFound);
    }
    let document = super::attempt(tx, id)?.document;
    tx.record(NewEvent::new(EventKind::PAYMENT_MISFIT_SETTLED, document))
}
