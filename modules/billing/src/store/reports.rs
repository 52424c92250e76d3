//! What the provider reports of payments and refunds. A report is taken in whatever order it comes: rows only move
//! forward, and what an invoice was paid follows from them.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{
    Error, NewEvent, PaymentState, ProviderEvent, Recorded, RefundState, Reported, ReportedPayment,
    ReportedRefund, Result, Tx, per_backend,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    attempt,
    attempts::close_outdated,
    documents::hold,
    receipts::keep_receipt,
    recipients,
    refunds::{given_back, refund_state_name, refund_state_of_name},
    taxes::unreadable,
};
use crate::{
    money::Money,
    online::{Attempt, Mismatch, state_name},
    payment::Direction,
    schema::{billing_attempts, billing_online_refunds, billing_payments, billing_provider_events},
};

/// What became of something that the provider told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Changed,
    /// Known already, or not ours.
    Nothing,
    Refused(Mismatch),
}

/// An event of the provider's, each once.
pub fn take_event(tx: &mut Tx, event: &ProviderEvent) -> Result<Recorded<Taken>> {
    let (organization, now) = (tx.organization(), tx.now());
    let known: i64 =
        billing_provider_events::table.find((organization, &event.id)).count().get_result(tx.db())?;
    if known > 0 {
        return Ok(tx.unchanged(Taken::Nothing));
    }
    let taken = match &event.about {
        Reported::Payment(payment) => take_payment(tx, payment)?.into_value(),
        Reported::Refund(refund) => take_refund(tx, refund)?.into_value(),
        Reported::Saved { .. } | Reported::Other => Taken::Nothing,
    };
    if taken == Taken::Changed {
        let row = (
            billing_provider_events::organization_id.eq(organization),
            billing_provider_events::event.eq(&event.id),
            billing_provider_events::kind.eq(&event.kind),
            billing_provider_events::arrived_at.eq(now),
        );
        per_backend!(tx.db(), |c| diesel::insert_into(billing_provider_events::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(tx.unchanged(taken))
}

pub fn take_payment(tx: &mut Tx, reported: &ReportedPayment) -> Result<Recorded<Taken>> {
    let Some(id) = reported.reference.as_deref().and_then(|reference| reference.parse::<PaymentId>().ok())
    else {
        return Ok(tx.unchanged(Taken::Nothing));
    };
    let known = match attempt(tx, id) {
        Err(Error::NotFound) => return Ok(tx.unchanged(Taken::Nothing)),
        known => known?,
    };
    hold(tx, known.document)?;
    // As it is now that nobody else writes about it.
    let before = attempt(tx, id)?;
    if let Err(mismatch) = before.check(reported) {
        return Ok(tx.unchanged(Taken::Refused(mismatch)));
    }
    let after = before.clone().after(reported);
    if after == before {
        return Ok(tx.unchanged(Taken::Nothing));
    }
    let organization = tx.organization();
    diesel::update(billing_attempts::table.find((organization, id)))
        .set((
            billing_attempts::state.eq(state_name(after.state)),
            billing_attempts::session.eq(&after.session),
            billing_attempts::payment.eq(&after.payment),
        ))
        .execute(tx.db())?;
    settle_attempt(tx, &after)?;
    if after.state != before.state {
        close_outdated(tx, after.document)?;
        let data = json!({ "state": state_name(after.state), "amount": after.amount.minor(),
            "currency": after.amount.currency().code() });
        record_for_readers(tx, EventKind::PAYMENT_REPORTED, after.document, &data)?;
    }
    Ok(tx.unchanged(Taken::Changed))
}

/// Their open pages change, too.
fn record_for_readers(tx: &mut Tx, kind: EventKind, document: DocumentId, data: &Value) -> Result<()> {
    let event = || NewEvent::new(kind, document).with_data(data.clone());
    let readers = recipients(tx, document)?;
    if readers.is_empty() {
        let _ = tx.record(event())?;
    }
    for reader in readers {
        let _ = tx.record(event().about(reader.person))?;
    }
    Ok(())
}

/// Whoever asked for it, here or on the provider's own pages.
pub fn take_refund(tx: &mut Tx, reported: &ReportedRefund) -> Result<Recorded<Taken>> {
    let organization = tx.organization();
    let paid: Option<PaymentId> = billing_attempts::table
        .filter(billing_attempts::organization_id.eq(organization))
        .filter(billing_attempts::payment.eq(&reported.payment))
        .select(billing_attempts::id)
        .first(tx.db())
        .optional()?;
    let attempt = match paid {
        Some(id) => {
            let found = attempt(tx, id)?;
            hold(tx, found.document)?;
            if found.amount.currency().code() != reported.amount.currency {
                return Ok(tx.unchanged(Taken::Refused(Mismatch::Amount)));
            }
            Some(found)
        }
        None => None,
    };
    let known: Option<(String, i64, String)> = billing_online_refunds::table
        .find((organization, &reported.refund))
        .select((
            billing_online_refunds::payment,
            billing_online_refunds::amount,
            billing_online_refunds::state,
        ))
        .first(tx.db())
        .optional()?;
    match known {
        Some((payment, amount, _)) if payment != reported.payment || amount != reported.amount.minor => {
            return Ok(tx.unchanged(Taken::Refused(Mismatch::Amount)));
        }
        Some((_, _, state)) => {
            let before =
                refund_state_of_name(&state).ok_or_else(|| unreadable("billing_online_refunds.state"))?;
            if before >= reported.state {
                // It may have been told while its payment was, neither seeing the other.
                if let Some(attempt) = &attempt {
                    settle_attempt(tx, attempt)?;
                }
                return Ok(tx.unchanged(Taken::Nothing));
            }
            diesel::update(billing_online_refunds::table.find((organization, &reported.refund)))
                .set(billing_online_refunds::state.eq(refund_state_name(reported.state)))
                .execute(tx.db())?;
        }
        None => {
            // Nobody gives back more than came (T14).
            let paid = attempt.as_ref().map_or(i64::MAX, |attempt| attempt.amount.minor());
            let all = given_back(tx, &reported.payment)?.saturating_add(reported.amount.minor);
            if reported.amount.minor <= 0 || (reported.state != RefundState::Failed && all > paid) {
                return Ok(tx.unchanged(Taken::Refused(Mismatch::Amount)));
            }
            diesel::insert_into(billing_online_refunds::table)
                .values((
                    billing_online_refunds::organization_id.eq(organization),
                    billing_online_refunds::refund.eq(&reported.refund),
                    billing_online_refunds::payment.eq(&reported.payment),
                    billing_online_refunds::amount.eq(reported.amount.minor),
                    billing_online_refunds::currency.eq(&reported.amount.currency),
                    billing_online_refunds::state.eq(refund_state_name(reported.state)),
                ))
                .execute(tx.db())?;
        }
    }
    if let Some(attempt) = attempt {
        settle_attempt(tx, &attempt)?;
        close_outdated(tx, attempt.document)?;
        let data = json!({ "state": refund_state_name(reported.state), "amount": reported.amount.minor,
            "currency": reported.amount.currency });
        record_for_readers(tx, EventKind::REFUND_REPORTED, attempt.document, &data)?;
    }
    Ok(tx.unchanged(Taken::Changed))
}

/// Writes what follows from the rows above into the invoice's payments, whichever of them came last.
fn settle_attempt(tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    if attempt.state != PaymentState::Paid {
        return Ok(());
    }
    let name = attempt.payment.as_deref().unwrap_or_default();
    keep_entry(tx, attempt.id, attempt.document, Direction::Payment, attempt.amount, name, Kept::Stands)?;
    let refunds: Vec<(String, i64, String)> = billing_online_refunds::table
        .filter(billing_online_refunds::organization_id.eq(tx.organization()))
        .filter(billing_online_refunds::payment.eq(name))
        .filter(billing_online_refunds::currency.eq(attempt.amount.currency().code()))
        .select((
            billing_online_refunds::refund,
            billing_online_refunds::amount,
            billing_online_refunds::state,
        ))
        .load(tx.db())?;
    for (refund, minor, state) in refunds {
        let kept = match refund_state_of_name(&state) {
            Some(RefundState::Succeeded) => Kept::Stands,
            Some(RefundState::Failed) => Kept::IsTakenBack,
            _ => continue,
        };
        let amount = Money::new(minor, attempt.amount.currency());
        keep_entry(tx, id_of_refund(&refund), attempt.document, Direction::Refund, amount, &refund, kept)?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Stands,
    IsTakenBack,
}

/// The same entry for the same name at the provider, however often it is written.
fn id_of_refund(refund: &str) -> PaymentId {
    let digest: [u8; 32] = Sha256::digest(refund).into();
    let (half, _) = digest.split_at(16);
    PaymentId::from_bytes(half.try_into().expect("half of 32 bytes"))
}

fn keep_entry(
    tx: &mut Tx,
    id: PaymentId,
    document: DocumentId,
    direction: Direction,
    amount: Money,
    provider_name: &str,
    kept: Kept,
) -> Result<()> {
    let (organization, now, today) = (tx.organization(), tx.now(), tx.today().to_string());
    let deleted_at = (kept == Kept::IsTakenBack).then_some(now);
    let row = (
        billing_payments::organization_id.eq(organization),
        billing_payments::id.eq(id),
        billing_payments::document_id.eq(document),
        billing_payments::kind.eq(direction.name()),
        billing_payments::amount.eq(amount.minor()),
        billing_payments::paid_on.eq(today),
        billing_payments::words.eq(""),
        billing_payments::recorded_at.eq(now),
        billing_payments::deleted_at.eq(deleted_at),
        billing_payments::provider_name.eq(provider_name),
    );
    let added = per_backend!(tx.db(), |c| diesel::insert_into(billing_payments::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 1 && direction == Direction::Payment {
        keep_receipt(tx, id)?;
    }
    if added == 0 && kept == Kept::IsTakenBack {
        diesel::update(billing_payments::table.find((organization, id)))
            .filter(billing_payments::deleted_at.is_null())
            .set(billing_payments::deleted_at.eq(deleted_at))
            .execute(tx.db())?;
    }
    Ok(())
}
