//! Starting, pausing, resuming and cancelling a subscription. Each holds its row first, so that the clock does not
//! invoice it meanwhile.

use diesel::prelude::*;
use jiff::civil::Date;
use portico_facts::{DocumentId, EventKind};
use portico_kernel::{Error, NewEvent, Recorded, Result, Tx};

use super::{
    documents::hold,
    periods::{credit_rest, pass_over, settle_next},
    subscriptions::subscription,
};
use crate::{
    plan::{Standing, State},
    schema::billing_subscriptions,
    subscription::Cancellation,
};

/// From now on the clock makes its invoices.
///
/// # Errors
/// [`Error::Conflict`] with the sentence that says what is missing.
pub fn start(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    hold(tx, id)?;
    let subscription = subscription(tx, id)?;
    if subscription.plan.state != State::Draft {
        return Ok(tx.unchanged(()));
    }
    if let Some(obstacle) = subscription.obstacle() {
        return Err(Error::Conflict(obstacle));
    }
    if subscription.plan.begins_too_early(tx.today()) {
        return Err(Error::Conflict("billing-error-start-early"));
    }
    set_state(tx, id, State::Running)?;
    tx.record(NewEvent::new(EventKind::SUBSCRIPTION_STARTED, id))
}

/// No invoice is made until it is resumed, and none for the periods that begin meanwhile.
pub fn pause(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    hold(tx, id)?;
    let (plan, today) = (subscription(tx, id)?.plan, tx.today());
    match plan.standing(today) {
        Standing::Running => {}
        Standing::Paused => return Ok(tx.unchanged(())),
        Standing::Draft | Standing::Ended => return Err(Error::NotFound),
    }
    set_state(tx, id, State::Paused { since: today })?;
    tx.record(NewEvent::new(EventKind::SUBSCRIPTION_PAUSED, id))
}

/// With the first period that begins today or later, and what was due before the pause.
pub fn resume(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    hold(tx, id)?;
    let (plan, today) = (subscription(tx, id)?.plan, tx.today());
    match plan.state {
        State::Paused { .. } => {}
        State::Running => return Ok(tx.unchanged(())),
        State::Draft | State::Cancelled => return Err(Error::NotFound),
    }
    pass_over(tx, id, &plan, &plan.missed(today))?;
    settle_next(tx, id, &plan)?;
    set_state(tx, id, State::Running)?;
    tx.record(NewEvent::new(EventKind::SUBSCRIPTION_RESUMED, id))
}

/// What was invoiced stays invoiced, but for what is charged by the day and is not used. What is paused, or has not begun, has no period whose end could be waited for.
pub fn cancel(tx: &mut Tx, id: DocumentId, when: Cancellation) -> Result<Recorded<()>> {
    hold(tx, id)?;
    let (subscription, today) = (subscription(tx, id)?, tx.today());
    let plan = subscription.plan;
    match (plan.standing(today), when) {
        (Standing::Draft, _) => return Err(Error::NotFound),
        (Standing::Ended, _) => return Ok(tx.unchanged(())),
        (Standing::Running, Cancellation::AtTheEndOfThePeriod) if plan.has_begun(today) => {
            let end = plan.end_of_current(today);
            set_end(tx, id, plan.ends_on.map_or(end, |sooner| sooner.min(end)))?;
        }
        (Standing::Running | Standing::Paused, _) => {
            set_state(tx, id, State::Cancelled)?;
            if plan.prorates {
                credit_rest(tx, &subscription)?;
            }
        }
    }
    tx.record(NewEvent::new(EventKind::SUBSCRIPTION_CANCELLED, id))
}

fn set_state(tx: &mut Tx, id: DocumentId, state: State) -> Result<()> {
    let paused_on = match state {
        State::Paused { since } => Some(since.to_string()),
        State::Draft | State::Running | State::Cancelled => None,
    };
    diesel::update(billing_subscriptions::table)
        .filter(billing_subscriptions::organization_id.eq(tx.organization()))
        .filter(billing_subscriptions::document_id.eq(id))
        .set((billing_subscriptions::state.eq(state.name()), billing_subscriptions::paused_on.eq(paused_on)))
        .execute(tx.db())?;
    Ok(())
}

fn set_end(tx: &mut Tx, id: DocumentId, end: Date) -> Result<()> {
    diesel::update(billing_subscriptions::table)
        .filter(billing_subscriptions::organization_id.eq(tx.organization()))
        .filter(billing_subscriptions::document_id.eq(id))
        .set(billing_subscriptions::ends_on.eq(Some(end.to_string())))
        .execute(tx.db())?;
    Ok(())
}
