//! What the provider could not tell us is asked for: soon after somebody went to pay, every night, and by
//! button (P25).

use portico_facts::PaymentId;
use portico_kernel::{
    Core, Instant, Job, JobKind, NewJob, PaymentState, ProviderError, ProviderKeys, RefundState, Result,
    System,
};
use serde::{Deserialize, Serialize};

use crate::{
    online::Attempt,
    provider,
    store::{self, Taken, as_internal},
};

pub const RECONCILIATION: &str = "billing-reconciliation";
const LOOK: &str = "billing-online-look";
const CLOSING: &str = "billing-checkout-closing";
const LEAVING: &str = "billing-account-leaving";
/// The name of a setting.
const RECONCILED: &str = "billing-reconciled";

/// Attempts in memory at a time.
const CHUNK: i64 = 100;
/// How far back refunds are asked for, beyond the last time that they were.
const OVERLAP_DAYS: i64 = 2;
const FIRST_TIME_DAYS: i64 = 30;
/// Seconds from one look at an attempt to the next. After the last, every night does.
const LOOKS: [i64; 5] = [60, 300, 1_800, 7_200, 86_400];

/// When we last asked for what we were not told, and what came of it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Reconciled {
    /// Microseconds since 1970.
    pub at: i64,
    pub changed: usize,
    /// The text that says what was in the way.
    pub problem: Option<String>,
}

pub fn reconciled(tx: &mut Core) -> Result<Option<Reconciled>> {
    tx.setting(RECONCILED)?.map(|json| serde_json::from_str(&json).map_err(as_internal)).transpose()
}

pub fn jobs() -> [JobKind; 3] {
    [
        JobKind { kind: LOOK, run: |system, job| Box::pin(look(system, job)) },
        JobKind { kind: CLOSING, run: |system, job| Box::pin(close(system, job)) },
        JobKind { kind: LEAVING, run: |system, job| Box::pin(leave(system, job)) },
    ]
}

pub fn nightly() -> JobKind {
    JobKind { kind: RECONCILIATION, run: |system, _| Box::pin(reconcile(system)) }
}

#[derive(Serialize, Deserialize)]
pub struct Look {
    attempt: PaymentId,
    /// How many there were.
    looks: usize,
}

impl Look {
    pub fn first(attempt: PaymentId) -> NewJob<Look> {
        NewJob { kind: LOOK, payload: Look { attempt, looks: 0 } }
    }
}

pub fn first_look_at(now: Instant) -> Instant {
    now.plus_seconds(LOOKS[0])
}

/// Of a page that nobody is to pay at any more.
pub fn closing(attempt: PaymentId) -> NewJob<PaymentId> {
    NewJob { kind: CLOSING, payload: attempt }
}

/// Of all pages that these sealed keys opened.
pub fn leaving(keys: String) -> NewJob<String> {
    NewJob { kind: LEAVING, payload: keys }
}

async fn look(system: System, job: Job) -> Result<()> {
    let Look { attempt: id, looks } = job.payload()?;
    let Some((keys, attempt)) = still_pending(&system, id).await? else { return Ok(()) };
    ask(&system, &keys, &attempt).await?;
    if let Some(pause) = LOOKS.get(looks + 1) {
        let next = NewJob { kind: LOOK, payload: Look { attempt: id, looks: looks + 1 } };
        let pause = *pause;
        system
            .write(move |tx| {
                let due = tx.now().plus_seconds(pause);
                if store::attempt(tx, id)?.is_pending() {
                    tx.enqueue_at(next, due)?;
                }
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    Ok(())
}

async fn close(system: System, job: Job) -> Result<()> {
    let id: PaymentId = job.payload()?;
    let Some((keys, attempt)) = still_pending(&system, id).await? else { return Ok(()) };
    close_page(&system, &keys, &attempt).await
}

async fn close_page(system: &System, keys: &ProviderKeys, attempt: &Attempt) -> Result<()> {
    if let Some(session) = &attempt.session {
        system.kernel().payments().close_checkout(keys, session).await?;
    }
    ask(system, keys, attempt).await?;
    Ok(())
}

/// The last that is asked with keys that were replaced.
async fn leave(system: System, job: Job) -> Result<()> {
    let (sealed, kernel): (String, _) = (job.payload()?, system.kernel().clone());
    let opened = system.read(move |tx| Ok(provider::opened(tx, &kernel, &sealed))).await?;
    let Some(keys) = opened else { return Ok(()) };
    let mut after = None;
    while let Some((pending, last)) = next_pending(&system, &keys, after).await? {
        after = Some(last);
        for attempt in pending {
            let closed = close_page(&system, &keys, &attempt).await;
            let _ = only_of_this(&attempt, closed)?;
        }
    }
    Ok(())
}

/// With keys of the same account and mode: play money is not asked for with real keys.
async fn still_pending(system: &System, id: PaymentId) -> Result<Option<(ProviderKeys, Attempt)>> {
    let kernel = system.kernel().clone();
    system
        .read(move |tx| {
            let attempt = store::attempt(tx, id)?;
            let keys = provider::keys(tx, &kernel)?.filter(|keys| attempt.is_opened_by(keys));
            Ok(keys.filter(|_| attempt.is_pending()).map(|keys| (keys, attempt)))
        })
        .await
}

/// Those of the next chunk that these keys open, and its end; `None` when there are no more.
async fn next_pending(
    system: &System,
    keys: &ProviderKeys,
    after: Option<PaymentId>,
) -> Result<Option<(Vec<Attempt>, PaymentId)>> {
    let mut pending = system.read(move |tx| store::pending_attempts(tx, after, CHUNK)).await?;
    let Some(last) = pending.last().map(|attempt| attempt.id) else { return Ok(None) };
    pending.retain(|attempt| attempt.is_opened_by(keys));
    Ok(Some((pending, last)))
}

/// What the provider does not tell of one attempt (any more), or not readably, does not keep the others waiting.
fn only_of_this<T>(attempt: &Attempt, asked: Result<T>) -> Result<Option<T>> {
    match asked {
        Ok(told) => Ok(Some(told)),
        Err(error) => match error.provider() {
            Some(ProviderError::Refused(_) | ProviderError::Unreadable) => {
                tracing::warn!(attempt = %attempt.id, %error, "Stripe does not tell of a payment");
                Ok(None)
            }
            _ => Err(error),
        },
    }
}

/// Reads one attempt back. Whoever never reached the provider's page cannot have paid there; a charge may have been
/// made though its answer was lost.
async fn ask(system: &System, keys: &ProviderKeys, attempt: &Attempt) -> Result<Taken> {
    let (id, payments) = (attempt.id, system.kernel().payments());
    let reported = match attempt.session.as_ref().or(attempt.payment.as_ref()) {
        Some(name) => Some(payments.payment(keys, name).await?),
        None if attempt.is_charge => payments.find_charge(keys, &id.to_string(), attempt.begun_at).await?,
        None => None,
    };
    let Some(mut reported) = reported else {
        if system.kernel().now() > attempt.expires_at() && attempt.state == PaymentState::Open {
            return system.write(move |tx| Ok(store::give_up(tx, id)?.with(Taken::Changed))).await;
        }
        return Ok(Taken::Nothing);
    };
    reported.reference = Some(id.to_string());
    let taken = system.write(move |tx| store::take_payment(tx, &reported)).await?;
    if let Taken::Refused(mismatch) = taken {
        tracing::warn!(attempt = %id, %mismatch, "what Stripe says of a payment does not fit it");
        system.write(move |tx| store::keep_misfit(tx, id, mismatch)).await?;
    }
    Ok(taken)
}

async fn reconcile(system: System) -> Result<()> {
    let kernel = system.kernel().clone();
    let found = system
        .read(move |tx| {
            let last = reconciled(tx)?.filter(|last| last.problem.is_none());
            Ok(provider::keys(tx, &kernel)?
                .map(|keys| (keys, last.map(|last| Instant::from_micros(last.at)))))
        })
        .await?;
    let Some((mut keys, last)) = found else { return Ok(()) };
    if keys.account.is_none() {
        keys.account = learn_account(&system, &keys).await?;
    }
    let now = system.kernel().now();
    let since = last.map_or(now.plus_days(-FIRST_TIME_DAYS), |last| last.plus_days(-OVERLAP_DAYS));
    let (changed, problem) = match compare(&system, &keys, since).await {
        Ok(changed) => (changed, None),
        Err(error) => {
            let Some(reason) = error.provider() else { return Err(error) };
            tracing::warn!(%error, "Stripe could not be asked for what it knows");
            (0, Some(provider::problem_key(reason).to_owned()))
        }
    };
    system
        .write(move |tx| {
            let reconciled = Reconciled { at: now.micros(), changed, problem };
            tx.set_setting(RECONCILED, &serde_json::to_string(&reconciled).map_err(as_internal)?)?;
            Ok(tx.unchanged(()))
        })
        .await
}

/// Keys of the installation were never asked whose they are; restricted ones may not tell.
async fn learn_account(system: &System, keys: &ProviderKeys) -> Result<Option<String>> {
    let Ok(account) = system.kernel().payments().account(keys).await else { return Ok(None) };
    let (id, keys) = (account.id.clone(), keys.clone());
    system.write(move |tx| provider::keep_owner(tx, &keys, &account).map(|()| tx.unchanged(()))).await?;
    Ok(Some(id))
}

/// How much was news.
async fn compare(system: &System, keys: &ProviderKeys, since: Instant) -> Result<usize> {
    let (mut changed, mut after) = (0, None);
    while let Some((pending, last)) = next_pending(system, keys, after).await? {
        after = Some(last);
        for attempt in pending {
            let asked = ask(system, keys, &attempt).await;
            let taken = only_of_this(&attempt, asked)?;
            changed += usize::from(taken == Some(Taken::Changed));
        }
    }
    let mut refunds = system.kernel().payments().refunds_since(keys, since).await?;
    // What failed leaves room for what followed it, which would be too much beside it.
    refunds.sort_by_key(|refund| refund.state != RefundState::Failed);
    for refund in refunds {
        let payment = refund.payment.clone();
        match system.write(move |tx| store::take_refund(tx, &refund)).await? {
            Taken::Changed => changed += 1,
            Taken::Nothing => {}
            Taken::Refused(mismatch) => {
                system.write(move |tx| store::keep_refund_misfit(tx, &payment, mismatch)).await?;
            }
        }
    }
    Ok(changed)
}
