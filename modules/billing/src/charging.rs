//! Charging a subscription's invoice with the way of paying that its client saved. An invoice is charged once: when
//! that fails, it is to be paid by hand like any other.

use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{
    ChargeOrder, Error, Instant, Job, JobKind, NewJob, PaymentState, ProviderError, Result, System,
};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{online::provider_amount, provider, store, view};

pub const CHARGE: &str = "billing-charge";
const METHOD_LOOK: &str = "billing-method-look";

/// Seconds from one look for a saved method to the next, while its page is open.
const LOOKS: [i64; 4] = [60, 600, 7_200, 86_400];
/// Stripe remembers for a day what was ordered under a reference, so that it is done once.
const HOURS_TO_TRY: i64 = 20;

pub fn jobs() -> [JobKind; 2] {
    [
        JobKind { kind: CHARGE, run: |system, job| Box::pin(charge(system, job)) },
        JobKind { kind: METHOD_LOOK, run: |system, job| Box::pin(look(system, job)) },
    ]
}

#[derive(Serialize, Deserialize)]
pub struct Charge {
    pub invoice: DocumentId,
}

#[derive(Serialize, Deserialize)]
pub struct MethodLook {
    saving: PaymentId,
    /// How many there were.
    looks: usize,
}

impl MethodLook {
    pub fn first(saving: PaymentId) -> NewJob<MethodLook> {
        NewJob { kind: METHOD_LOOK, payload: MethodLook { saving, looks: 0 } }
    }
}

pub fn first_look_at(now: Instant) -> Instant {
    now.plus_seconds(LOOKS[0])
}

async fn charge(system: System, job: Job) -> Result<()> {
    let Charge { invoice } = job.payload()?;
    let kernel = system.kernel().clone();
    let text = Text::new(system.organization().language);
    let begun = system
        .write(move |tx| {
            let Some(keys) = provider::keys(tx, &kernel)? else { return Ok(tx.unchanged(None)) };
            let title = view::title(text, &store::document(tx, invoice)?.document);
            let begun = store::begin_charge(tx, invoice, &keys)?;
            Ok(begun.map(|begun| begun.map(|(attempt, method)| (keys, title, attempt, method))))
        })
        .await?;
    let Some((keys, words, attempt, method)) = begun else { return Ok(()) };
    let id = attempt.id;
    let (reference, payments) = (id.to_string(), system.kernel().payments());
    if system.kernel().now() > attempt.begun_at.plus_seconds(HOURS_TO_TRY * 3600) {
        // Ordered now, it might be done a second time.
        let made = payments.find_charge(&keys, &reference, attempt.begun_at).await?;
        return system
            .write(move |tx| match made {
                Some(reported) => Ok(store::take_payment(tx, &reported)?.with(())),
                None => store::charge_failed(tx, id),
            })
            .await;
    }
    let order = ChargeOrder { reference, amount: provider_amount(attempt.amount), words, method };
    match payments.charge(&keys, &order).await {
        Ok(mut reported) => {
            reported.reference = Some(id.to_string());
            // Whoever has to prove who they are cannot do so here.
            if reported.state == PaymentState::Open {
                reported.state = PaymentState::Failed;
            }
            system.write(move |tx| store::take_payment(tx, &reported)).await?;
            Ok(())
        }
        Err(ProviderError::Refused(words)) => {
            tracing::info!(attempt = %id, words, "a subscription's invoice could not be charged");
            system.write(move |tx| store::charge_failed(tx, id)).await
        }
        Err(ProviderError::Amount) => system.write(move |tx| store::charge_failed(tx, id)).await,
        Err(error) => Err(error.into()),
    }
}

/// Reads the method back once its page is done with.
async fn look(system: System, job: Job) -> Result<()> {
    let MethodLook { saving: id, looks } = job.payload()?;
    let kernel = system.kernel().clone();
    let found = system
        .read(move |tx| match store::saving(tx, id) {
            Ok(saving) => Ok(Some((saving, provider::keys(tx, &kernel)?))),
            // Its client was erased.
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
    let Some((saving, keys)) = found else { return Ok(()) };
    let (None, Some(session), Some(keys)) = (saving.saved_at, &saving.session, &keys) else { return Ok(()) };
    if !saving.is_opened_by(keys) {
        return Ok(());
    }
    match system.kernel().payments().saved_method(keys, session).await? {
        Some(method) => system.write(move |tx| store::keep_method(tx, id, &method)).await,
        None => {
            let Some(pause) = LOOKS.get(looks + 1).copied() else { return Ok(()) };
            let next = NewJob { kind: METHOD_LOOK, payload: MethodLook { saving: id, looks: looks + 1 } };
            system
                .write(move |tx| {
                    let due = tx.now().plus_seconds(pause);
                    tx.enqueue_at(next, due)?;
                    Ok(tx.unchanged(()))
                })
                .await
        }
    }
}
