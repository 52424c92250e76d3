//! What staff agree on with a client: writing a subscription, and changing it from its next invoice on.

use diesel::prelude::*;
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Error, NewJob, Problems, Recorded, Result, Tx};

use super::{
    documents::{add_draft, change_head, clients, hold, problem},
    recipients::{Recipient, open_to, revoke_recipient},
    subscriptions::subscription,
};
use crate::{
    document::Kind,
    jobs::SUBSCRIPTIONS,
    plan::{Plan, Standing, State},
    schedule::Schedule,
    schema::{billing_periods, billing_subscriptions},
    subscription::Terms,
};

/// A draft, until somebody starts it.
pub fn add_subscription(tx: &mut Tx, terms: &Terms) -> Result<Recorded<Result<DocumentId, Problems>>> {
    let schedule = Schedule { interval: terms.interval, anchor: terms.starts_on, first: 0 };
    let plan =
        Plan { state: State::Draft, schedule, next: 0, ends_on: terms.ends_on, prorates: terms.prorates };
    if let Some(problems) = wrong_recipients(tx, terms, &[])?.or_else(|| wrong_days(tx, terms, &plan, None)) {
        return Ok(tx.unchanged(Err(problems)));
    }
    let id = match add_draft(tx, Kind::Subscription, &terms.head)?.into_value() {
        Ok(id) => id,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    diesel::insert_into(billing_subscriptions::table)
        .values((
            billing_subscriptions::organization_id.eq(tx.organization()),
            billing_subscriptions::document_id.eq(id),
            billing_subscriptions::name.eq(terms.name.as_str()),
            billing_subscriptions::every.eq(i32::from(terms.interval.every)),
            billing_subscriptions::unit.eq(terms.interval.unit.name()),
            billing_subscriptions::anchor_on.eq(terms.starts_on.to_string()),
            billing_subscriptions::first_number.eq(0),
            billing_subscriptions::next_number.eq(0),
            billing_subscriptions::next_on.eq(terms.starts_on.to_string()),
            billing_subscriptions::ends_on.eq(terms.ends_on.map(|day| day.to_string())),
            billing_subscriptions::payment_days.eq(terms.payment_days.map(i32::from)),
            billing_subscriptions::prorates.eq(terms.prorates),
            billing_subscriptions::state.eq(State::Draft.name()),
        ))
        .execute(tx.db())?;
    Ok(open_to(tx, id, &terms.recipients)?.with(Ok(id)))
}

/// From its next invoice on. What was invoiced stays as it is.
///
/// # Errors
/// [`Error::NotFound`], also for one that was cancelled.
pub fn change_subscription(
    tx: &mut Tx,
    id: DocumentId,
    terms: &Terms,
) -> Result<Recorded<Result<(), Problems>>> {
    hold(tx, id)?;
    let before = subscription(tx, id)?;
    if before.plan.state == State::Cancelled {
        return Err(Error::NotFound);
    }
    let settled = last_settled(tx, id)?;
    let plan = replanned(&before.plan, terms, settled.as_ref().map(|(number, _)| *number));
    let last_begin = settled.map(|(_, day)| day);
    let today = tx.today();
    // What runs goes on as it is, even where an invoice waits for long; what is over begins anew.
    let goes_on = match (before.plan.standing(today), plan.standing(today)) {
        (Standing::Draft, _) => false,
        (Standing::Ended, after) => after == Standing::Ended,
        (Standing::Running | Standing::Paused, _) => plan.schedule == before.plan.schedule,
    };
    let wrong = wrong_recipients(tx, terms, &before.recipients)?;
    let wrong_days = || (!goes_on).then(|| wrong_days(tx, terms, &plan, last_begin)).flatten();
    if let Some(problems) = wrong.or_else(wrong_days) {
        return Ok(tx.unchanged(Err(problems)));
    }
    if let Err(problems) = change_head(tx, id, &terms.head)?.into_value() {
        return Ok(tx.unchanged(Err(problems)));
    }
    diesel::update(billing_subscriptions::table)
        .filter(billing_subscriptions::organization_id.eq(tx.organization()))
        .filter(billing_subscriptions::document_id.eq(id))
        .set((
            billing_subscriptions::name.eq(terms.name.as_str()),
            billing_subscriptions::every.eq(i32::from(plan.schedule.interval.every)),
            billing_subscriptions::unit.eq(plan.schedule.interval.unit.name()),
            billing_subscriptions::anchor_on.eq(plan.schedule.anchor.to_string()),
            billing_subscriptions::first_number.eq(plan.schedule.first),
            billing_subscriptions::next_number.eq(plan.next),
            billing_subscriptions::next_on.eq(plan.schedule.begin(plan.next).to_string()),
            billing_subscriptions::ends_on.eq(plan.ends_on.map(|day| day.to_string())),
            billing_subscriptions::payment_days.eq(terms.payment_days.map(i32::from)),
            billing_subscriptions::prorates.eq(terms.prorates),
        ))
        .execute(tx.db())?;
    let known = |person: &PersonId| before.recipients.iter().any(|recipient| recipient.person == *person);
    let added: Vec<PersonId> = terms.recipients.iter().copied().filter(|person| !known(person)).collect();
    if !added.is_empty() {
        let _ = open_to(tx, id, &added)?;
    }
    for gone in before.recipients.iter().filter(|each| !terms.recipients.contains(&each.person)) {
        let _ = revoke_recipient(tx, id, gone.person)?;
    }
    if plan.due(today).is_some() {
        // It may have been held up by what was changed here.
        tx.enqueue(NewJob { kind: SUBSCRIPTIONS, payload: () })?;
    }
    Ok(tx.unchanged(Ok(())))
}

/// The same periods where interval and day are the same. Otherwise new ones from that day on, with numbers
/// that no period had.
fn replanned(before: &Plan, terms: &Terms, last: Option<i32>) -> Plan {
    let plan = Plan { ends_on: terms.ends_on, prorates: terms.prorates, ..*before };
    let is_same =
        terms.interval == before.schedule.interval && terms.starts_on == before.schedule.begin(before.next);
    if is_same {
        return plan;
    }
    let first = last.map_or(0, |last| last + 1);
    let schedule = Schedule { interval: terms.interval, anchor: terms.starts_on, first };
    Plan { schedule, next: first, ..plan }
}

/// The latest period that was invoiced or passed over, and its first day.
fn last_settled(tx: &mut Tx, id: DocumentId) -> Result<Option<(i32, String)>> {
    Ok(billing_periods::table
        .filter(billing_periods::organization_id.eq(tx.organization()))
        .filter(billing_periods::subscription_id.eq(id))
        .order(billing_periods::number.desc())
        .select((billing_periods::number, billing_periods::begins_on))
        .first(tx.db())
        .optional()?)
}

/// `last_begin` is the first day of the latest period, after which the next one begins.
fn wrong_days(tx: &Tx, terms: &Terms, plan: &Plan, last_begin: Option<String>) -> Option<Problems> {
    if last_begin.is_some_and(|last| terms.starts_on.to_string() <= last) {
        return Some(problem("starts_on", "billing-error-start-twice"));
    }
    if plan.begins_too_early(tx.today()) {
        return Some(problem("starts_on", "billing-error-start-early"));
    }
    let ends_early = terms.ends_on.is_some_and(|end| end < terms.starts_on);
    ends_early.then(|| problem("ends_on", "billing-error-end"))
}

fn wrong_recipients(tx: &mut Tx, terms: &Terms, own: &[Recipient]) -> Result<Option<Problems>> {
    let known = clients(tx, None)?;
    let is_known = |person: &PersonId| {
        known.iter().any(|client| client.id == *person) || own.iter().any(|each| each.person == *person)
    };
    let all_known = terms.recipients.iter().all(is_known);
    Ok((!all_known).then(|| problem("person", "billing-error-recipients")))
}

/// Whether it may be deleted: what ran is cancelled, so that its invoices keep their origin.
///
/// # Errors
/// [`Error::Conflict`]
pub(super) fn still_a_draft(tx: &mut Tx, id: DocumentId) -> Result<()> {
    match subscription(tx, id)?.plan.state {
        State::Draft => Ok(()),
        _ => Err(Error::Conflict("billing-error-started")),
    }
}
