//! What of a payment went back, and what can still go back where it came from.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId, SubjectId};
use portico_kernel::{Error, PaymentState, RefundState, Result, Tx, events};
use serde::{Deserialize, Serialize};

use super::{attempt, sheets::stored_currency};
use crate::{money::Money, online::Attempt, schema::billing_online_refunds};

/// What an event of a refund that was asked for holds.
#[derive(Serialize, Deserialize)]
pub struct AskedRefund {
    /// In minor units.
    pub amount: i64,
    pub currency: String,
    /// The form's own id.
    pub refund: String,
}

/// One that can be given back where it came from.
pub struct OnlinePayment {
    pub document: DocumentId,
    /// The provider's.
    pub name: String,
    /// Not given back yet.
    pub left: Money,
}

/// # Errors
/// [`Error::NotFound`] for what was recorded by hand, or has not been paid.
pub fn online_payment(tx: &mut Tx, id: PaymentId) -> Result<OnlinePayment> {
    let Attempt { document, amount, state, payment, .. } = attempt(tx, id)?;
    let (Some(name), PaymentState::Paid) = (payment, state) else { return Err(Error::NotFound) };
    let given_back = Money::new(given_back(tx, &name)?, amount.currency());
    Ok(OnlinePayment { document, name, left: amount - given_back })
}

/// What the provider was asked for already by the form of this id.
pub fn asked_refund(tx: &mut Tx, document: DocumentId, form: &str) -> Result<Option<Money>> {
    let asked: Vec<String> = events::table
        .filter(events::organization_id.eq(tx.organization()))
        .filter(events::subject_id.eq(SubjectId::from(document)))
        .filter(events::kind.eq(EventKind::REFUND_ASKED.name()))
        .select(events::data)
        .load(tx.db())?;
    // Those of an older program name no form.
    let mut asked = asked.iter().filter_map(|data| serde_json::from_str::<AskedRefund>(data).ok());
    let of_form = asked.find(|asked| asked.refund == form);
    of_form.map(|asked| Ok(Money::new(asked.amount, stored_currency(&asked.currency)?))).transpose()
}

/// Of a payment by the provider's name, in minor units, and what is on its way back.
pub(super) fn given_back(tx: &mut Tx, payment: &str) -> Result<i64> {
    let refunds: Vec<i64> = billing_online_refunds::table
        .filter(billing_online_refunds::organization_id.eq(tx.organization()))
        .filter(billing_online_refunds::payment.eq(payment))
        .filter(billing_online_refunds::state.ne(refund_state_name(RefundState::Failed)))
        .select(billing_online_refunds::amount)
        .load(tx.db())?;
    Ok(refunds.iter().sum())
}

pub(super) fn refund_state_name(state: RefundState) -> &'static str {
    match state {
        RefundState::Pending => "pending",
        RefundState::Succeeded => "succeeded",
        RefundState::Failed => "failed",
    }
}

pub(super) fn refund_state_of_name(name: &str) -> Option<RefundState> {
    use RefundState::{Failed, Pending, Succeeded};
    [Pending, Succeeded, Failed].into_iter().find(|state| refund_state_name(*state) == name)
}
