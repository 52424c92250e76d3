//! Who is reminded of which invoice, and who was. The row that says so and the job of the mail are of one transaction: a
//! run that dies, one that is repeated and another machine find the row and send nothing (T31).

use std::collections::BTreeMap;

use diesel::{dsl, prelude::*};
use jiff::{ToSpan, civil::Date};
use portico_facts::{DocumentId, EventKind, PersonId};
use portico_kernel::{
    Among, Core, Error, Instant, NewEvent, NewJob, Recorded, Result, Tx, per_backend, stored_day,
};
use serde_json::json;

use super::{
    account, document,
    documents::{hold, live_documents},
    listing::is_owed,
    profile::{profile, reminders_since},
    recipients::{Addressee, addressee},
};
use crate::{
    account::Account,
    document::{Document, Issued},
    reminder::{Occasion, Step, Steps},
    reminder_mail::{REMINDER_MAIL, ReminderLetter},
    schema::{billing_documents, billing_recipients, billing_reminders, people},
};

/// Invoices that are looked at in one go.
const CHUNK: i64 = 200;

/// What the organization decided, and from which day on: what lies before it is nobody's surprise.
struct Rule {
    steps: Steps,
    since: Date,
}

fn rule(tx: &mut Core) -> Result<Rule> {
    Ok(Rule { steps: profile(tx)?.reminders, since: reminders_since(tx)? })
}

impl Rule {
    fn due(&self, due_on: Date, reader: &Reader, today: Date) -> Option<Step> {
        let heard_on = reader.heard_on().max(self.since.saturating_sub(1.day()));
        self.steps.due(due_on, heard_on, today)
    }
}

/// Somebody who is reminded: it was sent to them, and not taken back.
struct Reader {
    document: DocumentId,
    person: PersonId,
    sent_on: Date,
    reminded_on: Option<Date>,
}

impl Reader {
    fn heard_on(&self) -> Date {
        self.reminded_on.map_or(self.sent_on, |reminded| reminded.max(self.sent_on))
    }
}

fn readers(tx: &mut Tx, ids: Vec<DocumentId>) -> Result<Vec<Reader>> {
    let reminded: Vec<(DocumentId, PersonId, Option<Instant>)> = billing_reminders::table
        .filter(billing_reminders::organization_id.eq(tx.organization()))
        .filter(billing_reminders::document_id.among(ids.iter().copied()))
        .group_by((billing_reminders::document_id, billing_reminders::person_id))
        .select((
            billing_reminders::document_id,
            billing_reminders::person_id,
            dsl::max(billing_reminders::reminded_at),
        ))
        .load(tx.db())?;
    let reminded: BTreeMap<(DocumentId, PersonId), Option<Instant>> =
        reminded.into_iter().map(|(document, person, at)| ((document, person), at)).collect();
    let sent: Vec<(DocumentId, PersonId, Instant)> = billing_recipients::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(billing_recipients::organization_id)
                .and(people::id.eq(billing_recipients::person_id))),
        )
        .filter(billing_recipients::organization_id.eq(tx.organization()))
        .filter(billing_recipients::document_id.among(ids))
        .filter(billing_recipients::revoked_at.is_null())
        .filter(people::removed_at.is_null())
        .select((billing_recipients::document_id, billing_recipients::person_id, billing_recipients::sent_at))
        .load(tx.db())?;
    let zone = &tx.organization_profile().time_zone;
    let day = |at: Instant| at.in_zone(zone).date();
    let reader = |(document, person, sent_at): (DocumentId, PersonId, Instant)| Reader {
        document,
        person,
        sent_on: day(sent_at),
        reminded_on: reminded.get(&(document, person)).copied().flatten().map(day),
    };
    Ok(sent.into_iter().map(reader).collect())
}

/// Among the next invoices after `after`, those of which somebody is to be reminded by now; and where to go on.
pub fn invoices_to_remind_of(
    tx: &mut Tx,
    after: Option<DocumentId>,
) -> Result<(Vec<DocumentId>, Option<DocumentId>)> {
    let (rule, today) = (rule(tx)?, tx.today());
    let Some(latest) = rule.steps.latest_due_date(today) else { return Ok((Vec::new(), None)) };
    let mut owed = live_documents(tx.organization())
        .filter(billing_documents::due_on.le(latest.to_string()))
        .filter(is_owed(tx.organization()))
        .order(billing_documents::id)
        .limit(CHUNK)
        .select((billing_documents::id, billing_documents::due_on))
        .into_boxed();
    if let Some(after) = after {
        owed = owed.filter(billing_documents::id.gt(after));
    }
    let owed: Vec<(DocumentId, Option<String>)> = owed.load(tx.db())?;
    let next = owed.last().filter(|_| owed.len() as i64 == CHUNK).map(|(id, _)| *id);
    let due_days: BTreeMap<DocumentId, Date> =
        owed.into_iter().filter_map(|(id, due_on)| Some((id, stored_day(&due_on?)?))).collect();
    let mut due: Vec<DocumentId> = readers(tx, due_days.keys().copied().collect())?
        .into_iter()
        .filter(|reader| {
            due_days.get(&reader.document).is_some_and(|due_on| rule.due(*due_on, reader, today).is_some())
        })
        .map(|reader| reader.document)
        .collect();
    due.sort_unstable();
    due.dedup();
    Ok((due, next))
}

/// Looks again, now that nobody else writes about it.
pub fn remind_by_rule(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    let (invoice, account) = held(tx, id)?;
    let (rule, today) = (rule(tx)?, tx.today());
    if account.open().is_positive() {
        for reader in readers(tx, vec![id])? {
            if let Some(step) = rule.due(invoice.due_on, &reader, today) {
                remind(tx, &reader, Occasion::Step(step))?;
            }
        }
    }
    Ok(tx.unchanged(()))
}

/// All who can read it, except whom a mail of today told already.
///
/// # Errors
/// [`Error::NotFound`] for what is no issued invoice; [`Error::Conflict`] with the sentence that says why nobody is.
pub fn remind_now(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    let (_, account) = held(tx, id)?;
    if !account.open().is_positive() {
        return Err(Error::Conflict("billing-error-nothing-to-remind"));
    }
    let (readers, today) = (readers(tx, vec![id])?, tx.today());
    if readers.is_empty() {
        return Err(Error::Conflict("billing-error-nobody-to-remind"));
    }
    let due: Vec<Reader> = readers.into_iter().filter(|reader| reader.reminded_on != Some(today)).collect();
    if due.is_empty() {
        return Err(Error::Conflict("billing-error-reminded-today"));
    }
    for reader in &due {
        remind(tx, reader, Occasion::Asked { on: today })?;
    }
    Ok(tx.unchanged(()))
}

fn held(tx: &mut Tx, id: DocumentId) -> Result<(Issued, Account)> {
    hold(tx, id)?;
    let entry = document(tx, id)?;
    let account = account(tx, &entry)?;
    let issued = entry.document.issued.ok_or(Error::NotFound)?;
    Ok((issued, account))
}

fn remind(tx: &mut Tx, reader: &Reader, occasion: Occasion) -> Result<()> {
    let (invoice, person, occasion) = (reader.document, reader.person, occasion.name());
    let row = (
        billing_reminders::organization_id.eq(tx.organization()),
        billing_reminders::document_id.eq(invoice),
        billing_reminders::person_id.eq(person),
        billing_reminders::occasion.eq(occasion.clone()),
        billing_reminders::reminded_at.eq(tx.now()),
    );
    let added = per_backend!(tx.db(), |c| diesel::insert_into(billing_reminders::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 0 {
        return Ok(());
    }
    tx.enqueue(NewJob { kind: REMINDER_MAIL, payload: ReminderLetter { invoice, person } })?;
    let event = NewEvent::new(EventKind::INVOICE_REMINDED, invoice).about(person);
    let _ = tx.record(event.with_data(json!({ "occasion": occasion })))?;
    Ok(())
}

/// When somebody was reminded last.
#[derive(Clone, Debug)]
pub struct Reminded {
    pub person: PersonId,
    pub name: String,
    pub on: Date,
    /// Staff pressed the button.
    pub asked: bool,
}

/// Everybody who ever was, whoever was so last comes first.
pub fn reminded(tx: &mut Tx, invoice: DocumentId) -> Result<Vec<Reminded>> {
    let rows: Vec<(PersonId, String, Instant, String)> = billing_reminders::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(billing_reminders::organization_id)
                .and(people::id.eq(billing_reminders::person_id))),
        )
        .filter(billing_reminders::organization_id.eq(tx.organization()))
        .filter(billing_reminders::document_id.eq(invoice))
        .order((billing_reminders::reminded_at.desc(), people::name, billing_reminders::occasion))
        .select((people::id, people::name, billing_reminders::reminded_at, billing_reminders::occasion))
        .load(tx.db())?;
    let zone = &tx.organization_profile().time_zone;
    let mut latest: Vec<Reminded> = Vec::new();
    for (person, name, at, occasion) in rows {
        if !latest.iter().any(|known| known.person == person) {
            let (on, asked) = (at.in_zone(zone).date(), Occasion::was_asked(&occasion));
            latest.push(Reminded { person, name, on, asked });
        }
    }
    Ok(latest)
}

/// What the mail says, as it is when it is sent.
pub struct ReminderFacts {
    pub invoice: Document,
    pub account: Account,
    pub today: Date,
    pub to: Addressee,
}

/// `None` when there is nothing to remind of any more: it was paid, credited or taken back, or the client was deleted.
pub fn reminder_facts(tx: &mut Tx, letter: &ReminderLetter) -> Result<Option<ReminderFacts>> {
    let Some(to) = addressee(tx, letter.invoice, letter.person)? else { return Ok(None) };
    let entry = document(tx, letter.invoice)?;
    let account = account(tx, &entry)?;
    let today = tx.today();
    let is_owed = account.open().is_positive();
    Ok(is_owed.then_some(ReminderFacts { invoice: entry.document, account, today, to }))
}
