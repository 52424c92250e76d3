use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, LineId, PersonId};
use portico_kernel::{
    Among, ClientTx, Core, Error, Instant, NewEvent, Problems, Recorded, Result, Tx, per_backend,
};
use serde_json::json;

use super::{
    answers::tell_staff,
    documents::{any, live_documents},
    listing::{Found, with_accounts},
    sheets::{DocumentRow, sheet},
    taxes::unreadable,
};
use crate::{
    document::{Kind, Sheet},
    quote::{AcceptanceForm, Decision, Standing, Verdict, mark_of, standing},
    schema::{billing_decisions, billing_documents, billing_recipients},
    visibility::client_documents,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_decisions)]
struct DecisionRow {
    document_id: DocumentId,
    verdict: String,
    name: String,
    decided_at: Instant,
    address: Option<String>,
    shown: Option<String>,
    chosen: String,
    reason: String,
}

/// What became of these quotes.
pub fn decisions(tx: &mut Core, quotes: Vec<DocumentId>) -> Result<BTreeMap<DocumentId, Decision>> {
    if quotes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<DecisionRow> = billing_decisions::table
        .filter(billing_decisions::organization_id.eq(tx.organization()))
        .filter(billing_decisions::document_id.among(quotes))
        .select(DecisionRow::as_select())
        .load(tx.db())?;
    rows.into_iter().map(|row| Ok((row.document_id, row.decision()?))).collect()
}

impl DecisionRow {
    fn decision(self) -> Result<Decision> {
        Ok(Decision {
            verdict: Verdict::from_name(&self.verdict)
                .ok_or_else(|| unreadable("billing_decisions.verdict"))?,
            name: self.name,
            at: self.decided_at,
            address: self.address,
            shown: self.shown,
            reason: self.reason,
            chosen: serde_json::from_str(&self.chosen).map_err(|_| unreadable("billing_decisions.chosen"))?,
        })
    }
}

pub fn decision(tx: &mut Core, quote: DocumentId) -> Result<Option<Decision>> {
    Ok(decisions(tx, vec![quote])?.remove(&quote))
}

/// A quote for staff, draft or not.
///
/// # Errors
/// [`Error::NotFound`], also for an invoice.
pub fn quote(tx: &mut Tx, id: DocumentId) -> Result<Sheet> {
    let sheet = any(tx, id)?;
    if sheet.document.kind == Kind::Quote { Ok(sheet) } else { Err(Error::NotFound) }
}

/// One page, the newest first.
pub fn find_quotes(tx: &mut Tx, page: i64) -> Result<Found> {
    let quotes = live_documents(tx.organization())
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .order(billing_documents::id.desc())
        .select(DocumentRow::as_select());
    Found::of(page, |limit, offset| {
        let rows = quotes.limit(limit).offset(offset).load(tx.db())?;
        with_accounts(tx, rows)
    })
}

/// A quote that was sent to this client, and what became of it.
///
/// # Errors
/// [`Error::NotFound`], also for what was not sent to them.
pub fn quote_for_client(tx: &mut ClientTx, id: DocumentId) -> Result<(Sheet, Option<Decision>)> {
    let (organization, person) = tx.sight();
    let row: DocumentRow = client_documents(organization, person)
        .filter(billing_documents::id.eq(id))
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .select(DocumentRow::as_select())
        .first(tx.db())?;
    let entry = row.entry()?;
    Ok((sheet(tx, entry)?, decision(tx, id)?))
}

/// Whether it was sent to this client themselves: only they accept or decline it (P22).
pub fn is_addressed(tx: &mut ClientTx, id: DocumentId) -> Result<bool> {
    let (organization, person) = tx.sight();
    let found: i64 = billing_recipients::table
        .find((organization, id, person))
        .filter(billing_recipients::revoked_at.is_null())
        .count()
        .get_result(tx.db())?;
    Ok(found > 0)
}

fn quote_to_decide(tx: &mut ClientTx, id: DocumentId) -> Result<(Sheet, Option<Decision>)> {
    let quote = quote_for_client(tx, id)?;
    match is_addressed(tx, id)? {
        true => Ok(quote),
        false => Err(Error::Conflict("billing-colleague-decides")),
    }
}

/// Once, by somebody to whom it was sent, while it is valid (P22).
pub fn accept(
    tx: &mut ClientTx,
    id: DocumentId,
    form: &AcceptanceForm,
) -> Result<Recorded<Result<(), Problems>>> {
    let (sheet, before) = quote_to_decide(tx, id)?;
    let (name, chosen) = match form.parse(&sheet) {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    let person = tx.person();
    let accepted = accept_as(tx, &sheet, before, person, name.as_str(), chosen)?;
    tell_staff(tx, id, person)?;
    Ok(accepted.with(Ok(())))
}

/// With who they are, when, from where, and a mark of what they saw.
pub fn accept_as(
    tx: &mut Core,
    sheet: &Sheet,
    before: Option<Decision>,
    person: PersonId,
    name: &str,
    chosen: Vec<LineId>,
) -> Result<Recorded<()>> {
    let decision = Decision {
        verdict: Verdict::Accepted,
        name: name.to_owned(),
        at: tx.now(),
        address: tx.address().map(str::to_owned),
        shown: Some(mark_of(sheet, &chosen)),
        reason: String::new(),
        chosen,
    };
    decide(tx, sheet, before, &decision, person)
}

pub fn decline(tx: &mut ClientTx, id: DocumentId, name: &str, reason: &str) -> Result<Recorded<()>> {
    let (sheet, before) = quote_to_decide(tx, id)?;
    let (person, at) = (tx.person(), tx.now());
    let address = tx.address().map(str::to_owned);
    let decision = bare(Verdict::Declined, name, at, address, reason);
    let declined = decide(tx, &sheet, before, &decision, person)?;
    tell_staff(tx, id, person)?;
    Ok(declined)
}

/// By staff, before anybody decided.
pub fn withdraw(tx: &mut Tx, id: DocumentId, name: &str) -> Result<Recorded<()>> {
    let sheet = quote(tx, id)?;
    let (before, at) = (decision(tx, id)?, tx.now());
    let address = tx.address().map(str::to_owned);
    let person = tx.actor().ok_or(Error::NotFound)?;
    decide(tx, &sheet, before, &bare(Verdict::Withdrawn, name, at, address, ""), person)
}

fn bare(verdict: Verdict, name: &str, at: Instant, address: Option<String>, reason: &str) -> Decision {
    let reason = reason.to_owned();
    Decision { verdict, name: name.to_owned(), at, address, shown: None, reason, chosen: Vec::new() }
}

/// The key of the table decides between two at once: one wins, the other is told.
fn decide(
    tx: &mut Core,
    sheet: &Sheet,
    before: Option<Decision>,
    decision: &Decision,
    person: PersonId,
) -> Result<Recorded<()>> {
    let Some(issued) = &sheet.document.issued else { return Err(Error::NotFound) };
    match standing(before.as_ref(), issued.due_on, tx.today()) {
        Standing::Sent => {}
        Standing::Expired if decision.verdict == Verdict::Withdrawn => {}
        Standing::Expired => return Err(Error::Conflict("billing-error-expired")),
        Standing::Withdrawn => return Err(Error::Conflict("billing-error-withdrawn")),
        Standing::Accepted | Standing::Declined => return Err(Error::Conflict("billing-error-decided")),
    }
    let row = (
        billing_decisions::organization_id.eq(tx.organization()),
        billing_decisions::document_id.eq(sheet.document.id),
        billing_decisions::verdict.eq(decision.verdict.name()),
        billing_decisions::person_id.eq(person),
        billing_decisions::name.eq(&decision.name),
        billing_decisions::decided_at.eq(decision.at),
        billing_decisions::address.eq(&decision.address),
        billing_decisions::shown.eq(&decision.shown),
        billing_decisions::chosen.eq(json!(decision.chosen).to_string()),
        billing_decisions::reason.eq(&decision.reason),
    );
    let decided = per_backend!(tx.db(), |c| diesel::insert_into(billing_decisions::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if decided == 0 {
        return Err(Error::Conflict("billing-error-decided"));
    }
    let kind = match decision.verdict {
        Verdict::Accepted => EventKind::QUOTE_ACCEPTED,
        Verdict::Declined => EventKind::QUOTE_DECLINED,
        Verdict::Withdrawn => EventKind::QUOTE_WITHDRAWN,
    };
    tx.record(NewEvent::new(kind, sheet.document.id).about(person))
}
