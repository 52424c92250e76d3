//! Ways of paying that clients left with the provider.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, PaymentId, PersonId};
use portico_kernel::{
    ClientTx, Core, Instant, NewEvent, NewJob, PaymentState, ProviderKeys, Recorded, Result, SavedMethod, Tx,
};

use super::{account, attempts::insert_attempt, document, documents::hold};
use crate::{
    charging::{self, Charge, MethodLook},
    online::Attempt,
    schema::{billing_saved_methods, people},
};

/// One that is being saved, or was.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = billing_saved_methods)]
pub struct Saving {
    pub person_id: PersonId,
    /// The provider's name of the page on which it is saved.
    pub session: Option<String>,
    pub customer: Option<String>,
    pub method: Option<String>,
    /// "Visa •••• 4242"
    pub words: Option<String>,
    pub is_live: bool,
    /// Of the provider, where it was known.
    pub account: Option<String>,
    pub saved_at: Option<Instant>,
    pub removed_at: Option<Instant>,
}

impl Saving {
    /// Before it was done: what came later took its place.
    fn is_removed(&self) -> bool {
        self.removed_at.is_some()
    }

    pub fn is_opened_by(&self, keys: &ProviderKeys) -> bool {
        keys.open(self.account.as_deref(), self.is_live)
    }

    pub fn method(self) -> Option<SavedMethod> {
        Some(SavedMethod { customer: self.customer?, method: self.method?, words: self.words? })
    }
}

/// With which this client's subscriptions are paid, while they are a client.
pub fn saved_method(tx: &mut Core, person: PersonId) -> Result<Option<Saving>> {
    Ok(billing_saved_methods::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(billing_saved_methods::organization_id)
                .and(people::id.eq(billing_saved_methods::person_id))),
        )
        .filter(people::removed_at.is_null())
        .filter(billing_saved_methods::organization_id.eq(tx.organization()))
        .filter(billing_saved_methods::person_id.eq(person))
        .filter(billing_saved_methods::saved_at.is_not_null())
        .filter(billing_saved_methods::removed_at.is_null())
        .order(billing_saved_methods::id.desc())
        .select(Saving::as_select())
        .first(tx.db())
        .optional()?)
}

pub fn saving(tx: &mut Tx, id: PaymentId) -> Result<Saving> {
    let organization = tx.organization();
    Ok(billing_saved_methods::table.find((organization, id)).select(Saving::as_select()).first(tx.db())?)
}

pub fn begin_saving(tx: &mut ClientTx, keys: &ProviderKeys) -> Result<Recorded<PaymentId>> {
    let (id, now) = (tx.new_id(PaymentId::from_bytes), tx.now());
    diesel::insert_into(billing_saved_methods::table)
        .values((
            billing_saved_methods::organization_id.eq(tx.organization()),
            billing_saved_methods::id.eq(id),
            billing_saved_methods::person_id.eq(tx.person()),
            billing_saved_methods::is_live.eq(keys.is_live()),
            billing_saved_methods::account.eq(&keys.account),
            billing_saved_methods::begun_at.eq(now),
        ))
        .execute(tx.db())?;
    tx.enqueue_at(MethodLook::first(id), charging::first_look_at(now))?;
    Ok(tx.unchanged(id))
}

pub fn keep_saving_session(tx: &mut Core, id: PaymentId, session: &str) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(billing_saved_methods::table.find((organization, id)))
        .set(billing_saved_methods::session.eq(session))
        .execute(tx.db())?;
    Ok(tx.unchanged(()))
}

/// It takes the place of the one before.
pub fn keep_method(tx: &mut Tx, id: PaymentId, method: &SavedMethod) -> Result<Recorded<()>> {
    let (organization, now, saving) = (tx.organization(), tx.now(), saving(tx, id)?);
    if saving.saved_at.is_some() || saving.is_removed() {
        return Ok(tx.unchanged(()));
    }
    diesel::update(billing_saved_methods::table)
        .filter(billing_saved_methods::organization_id.eq(organization))
        .filter(billing_saved_methods::person_id.eq(saving.person_id))
        .filter(billing_saved_methods::saved_at.is_not_null())
        .filter(billing_saved_methods::removed_at.is_null())
        .set(billing_saved_methods::removed_at.eq(Some(now)))
        .execute(tx.db())?;
    diesel::update(billing_saved_methods::table.find((organization, id)))
        .set((
            billing_saved_methods::customer.eq(&method.customer),
            billing_saved_methods::method.eq(&method.method),
            billing_saved_methods::words.eq(&method.words),
            billing_saved_methods::saved_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    let person = saving.person_id;
    tx.record(NewEvent::new(EventKind::PAYMENT_METHOD_SAVED, person).about(person))
}

/// Nothing is charged with it from now on.
pub fn remove_method(tx: &mut ClientTx) -> Result<Recorded<()>> {
    let (person, now) = (tx.person(), tx.now());
    diesel::update(billing_saved_methods::table)
        .filter(billing_saved_methods::organization_id.eq(tx.organization()))
        .filter(billing_saved_methods::person_id.eq(person))
        .filter(billing_saved_methods::removed_at.is_null())
        .set(billing_saved_methods::removed_at.eq(Some(now)))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::PAYMENT_METHOD_REMOVED, person).about(person))
}

/// Where the one who is billed left a way of paying: the rest is up to a job.
pub(super) fn charge_later(tx: &mut Tx, invoice: DocumentId, billed: PersonId) -> Result<()> {
    if saved_method(tx, billed)?.is_some() {
        tx.enqueue(NewJob { kind: charging::CHARGE, payload: Charge { invoice } })?;
    }
    Ok(())
}

/// The one attempt to charge an invoice, and with what; again after a run that died. `None` when there is nothing to
/// charge, or nothing to charge it with.
pub fn begin_charge(
    tx: &mut Tx,
    invoice: DocumentId,
    keys: &ProviderKeys,
) -> Result<Recorded<Option<(Attempt, SavedMethod)>>> {
    hold(tx, invoice)?;
    let entry = document(tx, invoice)?;
    let account = account(tx, &entry)?;
    let saved = saved_method(tx, entry.document.client.0)?.filter(|saving| saving.is_opened_by(keys));
    let Some(method) = saved.and_then(Saving::method) else { return Ok(tx.unchanged(None)) };
    let attempts = super::attempts(tx, invoice)?;
    let is_open = |attempt: &&Attempt| attempt.state == PaymentState::Open;
    let somebody_pays = attempts.iter().filter(is_open).any(|attempt| !attempt.is_charge);
    let attempt = match attempts.iter().find(|attempt| attempt.is_charge) {
        Some(begun) => {
            // What is open leaves this charge out already, being on its way.
            let is_due = !account.open().is_negative();
            (is_open(&begun) && is_due && begun.is_opened_by(keys)).then(|| begun.clone())
        }
        None if somebody_pays || !account.open().is_positive() => None,
        None => Some(insert_attempt(tx, invoice, account.open(), keys, true)?),
    };
    Ok(tx.unchanged(attempt.map(|attempt| (attempt, method))))
}

/// The provider would not: what is due is to be paid by hand.
pub fn charge_failed(tx: &mut Tx, id: PaymentId) -> Result<Recorded<()>> {
    let attempt = super::attempt(tx, id)?;
    Ok(super::take_payment(tx, &attempt.reported(PaymentState::Failed))?.with(()))
}
