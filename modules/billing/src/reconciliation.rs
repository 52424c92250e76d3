//! What the provider could not tell us is asked for: soon after somebody went to pay, every night, and by
//! button (P25).

use portico_facts::PaymentId;
use portico_kernel::{
    Instant, Job, JobKind, NewJob, PaymentState, ProviderError, ProviderKeys, Result, System,
};
use serde::{Deserialize, Serialize};

use crate::{
    online::Attempt,
    provider,
    store::{self, Taken},
};

pub const RECONCILIATION: &str = "billing-reconciliation";
const LOOK: &str = "billing-online-look";
const CLOSING: &str = "billing-checkout-closing";

/// Attempts in memory at a time.
const CHUNK: i64 = 100;
/// How far back refunds are asked for, beyond the last time that they were.
const OVERLAP_DAYS: i64 = 2;
const FIRST_TIME_DAYS: i64 = 30;
/// Seconds from one look at an attempt to the next. After the last, every night does.
const LOOKS: [i64; 5] = [60, 300, 1_800, 7_200, 86_400];

pub fn jobs() -> [JobKind; 2] {
    [
        JobKind { kind: LOOK, run: |system, job| Box::pin(look(system, job)) },
        JobKind { kind: CLOSING, run: |system, job| Box::pin(close(system, job)) },
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
    if let Some(session) = &attempt.session {
        system.kernel().payments().close_checkout(&keys, session).await?;
    }
    ask(&system, &keys, &attempt).await?;
    Ok(())
}

/// With keys of the same mode: play money is not asked for with real keys.
async fn still_pending(system: &System, id: PaymentId) -> Result<Option<(ProviderKeys, Attempt)>> {
    let kernel = system.kernel().clone();
    system
        .read(move |tx| {
            let attempt = store::attempt(tx, id)?;
            let keys = provider::keys(tx, &kernel)?.filter(|keys| keys.is_live() == attempt.is_live);
            Ok(keys.filter(|_| attempt.is_pending()).map(|keys| (keys, attempt)))
        })
        .await
}

/// Reads one attempt back. Whoever never reached the provider's page cannot have paid there.
async fn ask(system: &System, keys: &ProviderKeys, attempt: &Attempt) -> Result<Taken> {
    let id = attempt.id;
    let Some(name) = attempt.session.as_ref().or(attempt.payment.as_ref()) else {
        if system.kernel().now() > attempt.expires_at() && attempt.state == PaymentState::Open {
            return system.write(move |tx| Ok(store::give_up(tx, id)?.with(Taken::Changed))).await;
        }
        return Ok(Taken::Nothing);
    };
    let mut reported = system.kernel().payments().payment(keys, name).await?;
    reported.reference = Some(id.to_string());
    let taken = system.write(move |tx| store::take_payment(tx, &reported)).await?;
    if let Taken::Refused(mismatch) = taken {
        tracing::warn!(attempt = %id, %mismatch, "what Stripe says of a payment does not fit it");
    }
    Ok(taken)
}

async fn reconcile(system: System) -> Result<()> {
    let kernel = system.kernel().clone();
    let found = system
        .read(move |tx| {
            let last = provider::reconciled(tx)?.filter(|last| last.problem.is_none());
            Ok(provider::keys(tx, &kernel)?
                .map(|keys| (keys, last.map(|last| Instant::from_micros(last.at)))))
        })
        .await?;
    let Some((keys, last)) = found else { return Ok(()) };
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
            provider::keep_reconciled(tx, &provider::Reconciled { at: now.micros(), changed, problem })?;
            Ok(tx.unchanged(()))
        })
        .await
}

/// How much was news.
async fn compare(system: &System, keys: &ProviderKeys, since: Instant) -> Result<usize> {
    let (mut changed, mut after) = (0, None);
    loop {
        let pending = system.read(move |tx| store::pending_attempts(tx, after, CHUNK)).await?;
        let Some(last) = pending.last() else { break };
        after = Some(last.id);
        for attempt in pending.iter().filter(|attempt| attempt.is_live == keys.is_live()) {
            match ask(system, keys, attempt).await {
                Ok(taken) => changed += usize::from(taken == Taken::Changed),
                // One that it does not know (any more) does not keep the others waiting.
                Err(error) if matches!(error.provider(), Some(ProviderError::Refused(_))) => {
                    tracing::warn!(attempt = %attempt.id, %error, "Stripe does not tell of a payment");
                }
                Err(error) => return Err(error),
            }
        }
    }
    for refund in system.kernel().payments().refunds_since(keys, since).await? {
        let taken = system.write(move |tx| store::take_refund(tx, &refund)).await?;
        changed += usize::from(taken == Taken::Changed);
    }
    Ok(changed)
}
