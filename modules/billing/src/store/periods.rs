//! The invoices of a subscription: one for each period, made with the period's own row in one transaction. That
//! row's keys, and the lock before it, let none be made twice, and the next period is stored with it, so that none is
//! left out: neither two machines, nor a death on the way, nor a week of downtime change that (P26).

use std::collections::BTreeMap;

use diesel::prelude::*;
use jiff::{ToSpan, civil::Date};
use portico_facts::{DocumentId, EventKind};
use portico_kernel::{Among, Error, NewEvent, NewJob, Recorded, Result, Tx, per_backend, stored_day};
use serde_json::json;

use super::{
    credits::{creditable, issue_credit_note},
    documents::{Origin, document, hold, insert_draft, live_documents},
    issuing::issue,
    lines::insert_lines,
    listing::{Row, with_accounts},
    methods::charge_later,
    recipients::{open_to, readers_text},
    sheets::DocumentRow,
    subscriptions::subscription,
    taxes::unreadable,
};
use crate::{
    credit::Creditable,
    document::{Head, Kind, Sheet},
    jobs::{DOCUMENT_MAIL, DocumentLetter},
    plan::{Plan, Share},
    schema::{billing_documents, billing_periods, billing_subscriptions},
    subscription::Subscription,
};

/// Of one page of what is due, and of what came of one subscription.
const PAGE: i64 = 50;

/// What came of an attempt to invoice the next period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attempt {
    Made(DocumentId),
    /// By an obstacle, named by the key of a sentence. The period stays due.
    Held(&'static str),
    NothingDue,
}

/// Those with a period that waits for its invoice, in the order of their ids.
pub fn due_subscriptions(tx: &mut Tx, after: Option<DocumentId>) -> Result<Vec<DocumentId>> {
    use billing_subscriptions::{document_id, ends_on, next_on, organization_id, state};
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(DocumentId::from_bytes([0; 16]));
    Ok(billing_subscriptions::table
        .filter(organization_id.eq(tx.organization()))
        .filter(state.eq("running"))
        .filter(next_on.le(tx.today().to_string()))
        .filter(ends_on.is_null().or(next_on.nullable().le(ends_on)))
        .filter(document_id.gt(after))
        .order(document_id)
        .limit(PAGE)
        .select(document_id)
        .load(tx.db())?)
}

/// Makes the invoice of the earliest period that is due, and owes its recipients a mail.
pub fn invoice_next_period(tx: &mut Tx, id: DocumentId) -> Result<Recorded<Attempt>> {
    let attempt = make_next_invoice(tx, id)?.into_value();
    if let Attempt::Made(invoice) = attempt {
        owe_mails(tx, invoice)?;
        let billed = document(tx, invoice)?.document.client.0;
        charge_later(tx, invoice, billed)?;
    }
    Ok(tx.unchanged(attempt))
}

/// The same without a mail.
pub fn make_next_invoice(tx: &mut Tx, id: DocumentId) -> Result<Recorded<Attempt>> {
    hold(tx, id)?;
    let subscription = subscription(tx, id)?;
    let plan = &subscription.plan;
    let Some(number) = plan.due(tx.today()) else { return Ok(tx.unchanged(Attempt::NothingDue)) };
    if let Some(obstacle) = subscription.obstacle() {
        return Ok(tx.unchanged(Attempt::Held(obstacle)));
    }
    let invoice = add_invoice(tx, &subscription, number)?;
    let _ = issue(tx, invoice)?;
    let people: Vec<_> = subscription.recipients.iter().map(|recipient| recipient.person).collect();
    let _ = open_to(tx, invoice, &people)?;
    add_period(tx, id, plan, &[number], Some(invoice))?;
    settle_next(tx, id, plan)?;
    let event = NewEvent::new(EventKind::SUBSCRIPTION_INVOICED, id);
    Ok(tx.record(event.with_data(json!({ "invoice": invoice })))?.with(Attempt::Made(invoice)))
}

/// The draft of a period's invoice, of today and due after the subscription's own time for payment.
fn add_invoice(tx: &mut Tx, subscription: &Subscription, number: i32) -> Result<DocumentId> {
    let Sheet { document, lines, .. } = &subscription.sheet;
    let words = words_of(tx, subscription, number)?;
    let due_on = subscription.payment_days.map(|days| tx.today().saturating_add(i64::from(days).days()));
    let head = Head { words, due_on, ..document.head() };
    let id = insert_draft(tx, Kind::Invoice, &head, Origin::default())?;
    let share = subscription.plan.share(number);
    insert_lines(tx, id, 0, lines.iter().map(|line| line.shared(share)).collect())?;
    Ok(id)
}

/// What it is for, in the client's language, below the words that staff wrote.
fn words_of(tx: &mut Tx, subscription: &Subscription, number: i32) -> Result<String> {
    let (document, plan) = (&subscription.sheet.document, &subscription.plan);
    let text = readers_text(tx, document.client.0)?;
    let period = text.say_with(
        "billing-period-of",
        &[
            ("name", subscription.name.as_str().into()),
            ("from", text.date(plan.schedule.begin(number)).into()),
            ("until", text.date(plan.last_day(number)).into()),
        ],
    );
    Ok(match document.words.is_empty() {
        true => period,
        false => format!("{}\n\n{period}", document.words),
    })
}

/// Takes back what a cancellation leaves unused of the period that was invoiced last, and tells its recipients.
pub(super) fn credit_rest(tx: &mut Tx, subscription: &Subscription) -> Result<()> {
    let today = tx.today();
    let current: Option<(String, String, DocumentId)> = billing_periods::table
        .filter(billing_periods::organization_id.eq(tx.organization()))
        .filter(billing_periods::subscription_id.eq(subscription.sheet.document.id))
        .filter(billing_periods::begins_on.le(today.to_string()))
        .filter(billing_periods::ends_on.gt(today.to_string()))
        .select((
            billing_periods::begins_on,
            billing_periods::ends_on,
            billing_periods::invoice_id.assume_not_null(),
        ))
        .filter(billing_periods::invoice_id.is_not_null())
        .first(tx.db())
        .optional()?;
    let Some((first, last, invoice)) = current else { return Ok(()) };
    let day = |stored: &str| stored_day(stored).ok_or_else(|| unreadable("billing_periods"));
    let last = day(&last)?;
    let used = Share::until(today, day(&first)?, last);
    let (_, lines) = creditable(tx, invoice)?;
    let rest = |line: &Creditable| line.unused(used).map_or("0".to_owned(), |quantity| quantity.plain());
    let quantities: Vec<String> = lines.iter().map(rest).collect();
    if quantities.iter().all(|quantity| quantity == "0") {
        return Ok(());
    }
    let text = readers_text(tx, subscription.sheet.document.client.0)?;
    let days = [
        ("name", subscription.name.as_str().into()),
        ("from", text.date(today.saturating_add(1.day())).into()),
        ("until", text.date(last).into()),
    ];
    let words = text.say_with("billing-period-unused", &days);
    let credit_note = issue_credit_note(tx, invoice, &quantities, &words)?.into_value();
    let credit_note = credit_note.map_err(|_| Error::Conflict("ui-error-changed-meanwhile"))?;
    let people: Vec<_> = subscription.recipients.iter().map(|recipient| recipient.person).collect();
    let _ = open_to(tx, credit_note, &people)?;
    owe_mails(tx, credit_note)
}

/// To each of its recipients.
fn owe_mails(tx: &mut Tx, document: DocumentId) -> Result<()> {
    for recipient in super::recipients(tx, document)? {
        let payload = DocumentLetter { document, person: recipient.person, message: None, sender: None };
        tx.enqueue(NewJob { kind: DOCUMENT_MAIL, payload })?;
    }
    Ok(())
}

/// Without an invoice, for ever.
pub(super) fn pass_over(tx: &mut Tx, id: DocumentId, plan: &Plan, numbers: &[i32]) -> Result<()> {
    add_period(tx, id, plan, numbers, None)
}

fn add_period(
    tx: &mut Tx,
    id: DocumentId,
    plan: &Plan,
    numbers: &[i32],
    invoice: Option<DocumentId>,
) -> Result<()> {
    let organization = tx.organization();
    let row = |number: &i32| {
        (
            billing_periods::organization_id.eq(organization),
            billing_periods::subscription_id.eq(id),
            billing_periods::number.eq(*number),
            billing_periods::begins_on.eq(plan.schedule.begin(*number).to_string()),
            billing_periods::ends_on.eq(plan.last_day(*number).to_string()),
            billing_periods::invoice_id.eq(invoice),
        )
    };
    let rows: Vec<_> = numbers.iter().map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(billing_periods::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Moves on to the first period without a row. Mostly it is the one after this; but what was due before a pause stays
/// due while later ones were passed over.
pub(super) fn settle_next(tx: &mut Tx, id: DocumentId, plan: &Plan) -> Result<()> {
    let settled: Vec<i32> = billing_periods::table
        .filter(billing_periods::organization_id.eq(tx.organization()))
        .filter(billing_periods::subscription_id.eq(id))
        .filter(billing_periods::number.ge(plan.next))
        .order(billing_periods::number)
        .select(billing_periods::number)
        .load(tx.db())?;
    let in_a_row = settled.iter().zip(plan.next..).take_while(|(number, next)| *number == next).count();
    let next = plan.next + i32::try_from(in_a_row).unwrap_or(i32::MAX);
    diesel::update(billing_subscriptions::table)
        .filter(billing_subscriptions::organization_id.eq(tx.organization()))
        .filter(billing_subscriptions::document_id.eq(id))
        .set((
            billing_subscriptions::next_number.eq(next),
            billing_subscriptions::next_on.eq(plan.schedule.begin(next).to_string()),
        ))
        .execute(tx.db())?;
    Ok(())
}

/// A period, and the invoice that it got; none where it was passed over.
pub struct Period {
    pub begins_on: Date,
    pub ends_on: Date,
    pub invoice: Option<Row>,
}

/// What became of the latest ones.
pub fn periods(tx: &mut Tx, id: DocumentId) -> Result<Vec<Period>> {
    let periods: Vec<(String, String, Option<DocumentId>)> = billing_periods::table
        .filter(billing_periods::organization_id.eq(tx.organization()))
        .filter(billing_periods::subscription_id.eq(id))
        .order(billing_periods::number.desc())
        .limit(PAGE)
        .select((billing_periods::begins_on, billing_periods::ends_on, billing_periods::invoice_id))
        .load(tx.db())?;
    let invoices: Vec<DocumentRow> = live_documents(tx.organization())
        .filter(billing_documents::id.among(periods.iter().filter_map(|(_, _, invoice)| *invoice)))
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    let invoices = with_accounts(tx, invoices)?.into_iter();
    let mut invoices: BTreeMap<DocumentId, Row> = invoices.map(|row| (row.entry.document.id, row)).collect();
    let day = |stored: &str| stored_day(stored).ok_or_else(|| unreadable("billing_periods"));
    let period = |(begins_on, ends_on, invoice): (String, String, Option<DocumentId>)| {
        let invoice = invoice.and_then(|id| invoices.remove(&id));
        Ok(Period { begins_on: day(&begins_on)?, ends_on: day(&ends_on)?, invoice })
    };
    periods.into_iter().map(period).collect()
}
