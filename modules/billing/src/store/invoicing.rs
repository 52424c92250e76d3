//! What is invoiced of an accepted quote: all of it, or a deposit first and then the rest. Each is made
//! once. The quote is held whenever one of its invoices is made, issued or credited, so that they follow
//! one another.

use diesel::prelude::*;
use portico_facts::{DocumentId, LineId};
use portico_kernel::{Error, NewEvent, Recorded, Result, Tx};
use serde_json::json;

use super::{
    creditable, decision, document,
    documents::{Origin, hold, insert_draft, live_documents},
    lines::insert_lines,
    projects::project_of,
    quotes::quote,
    recipients::readers_text,
};
use crate::{
    deposit::taken_off,
    document::{Change, Document, Head, Kind, Sheet},
    line::LineDetails,
    quote::{Verdict, counted},
    schema::{billing_documents, billing_lines},
    view::{deposit_line, deposit_taken_off},
};

/// Which of a quote's invoices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Portion {
    /// All of it, less what was invoiced in advance.
    Whole,
    Deposit,
}

/// The draft with what was accepted: nothing is typed twice. Asked for again, it is the same one.
pub fn invoice_quote(tx: &mut Tx, id: DocumentId) -> Result<Recorded<DocumentId>> {
    let (sheet, chosen) = accepted(tx, id)?;
    if let Some(invoice) = invoice_of_quote(tx, id, Portion::Whole)? {
        return Ok(tx.unchanged(invoice));
    }
    // A section belongs to the quote, and what was an option is one no more.
    let plain = |details| LineDetails { section: String::new(), optional: false, ..details };
    let lines = counted(&sheet, &chosen).map(|line| plain(line.details())).collect();
    let invoice = add_invoice(tx, &sheet.document, Portion::Whole, lines)?;
    follow_deposit(tx, id)?;
    drafted(tx, id, invoice)
}

/// The draft of what is paid in advance, with one line for each tax rate.
pub fn invoice_deposit(tx: &mut Tx, id: DocumentId) -> Result<Recorded<DocumentId>> {
    let (sheet, chosen) = accepted(tx, id)?;
    if let Some(invoice) = invoice_of_quote(tx, id, Portion::Deposit)? {
        return Ok(tx.unchanged(invoice));
    }
    let (Some(deposit), Some(issued)) = (sheet.document.deposit, &sheet.document.issued) else {
        return Err(Error::Conflict("billing-error-no-deposit"));
    };
    refuse_after_final(tx, id)?;
    let text = readers_text(tx, sheet.document.client.0)?;
    let parts = deposit.parts(sheet.document.currency, counted(&sheet, &chosen));
    let lines = parts.iter().map(|part| part.line(deposit_line(text, deposit, &issued.number))).collect();
    let invoice = add_invoice(tx, &sheet.document, Portion::Deposit, lines)?;
    drafted(tx, id, invoice)
}

/// Held, with the options that were chosen.
pub(super) fn accepted(tx: &mut Tx, id: DocumentId) -> Result<(Sheet, Vec<LineId>)> {
    hold(tx, id)?;
    let sheet = quote(tx, id)?;
    match decision(tx, id)? {
        Some(decision) if decision.verdict == Verdict::Accepted => Ok((sheet, decision.chosen)),
        _ => Err(Error::Conflict("billing-error-not-accepted")),
    }
}

fn add_invoice(
    tx: &mut Tx,
    quote: &Document,
    portion: Portion,
    lines: Vec<LineDetails>,
) -> Result<DocumentId> {
    let project = project_of(tx, quote)?.map(|(id, _)| id);
    let head = Head { project, ..quote.head() };
    let origin =
        Origin { quote: Some(quote.id), is_deposit: portion == Portion::Deposit, ..Origin::default() };
    let invoice = insert_draft(tx, Kind::Invoice, &head, origin)?;
    insert_lines(tx, invoice, 0, lines)?;
    Ok(invoice)
}

fn drafted(tx: &mut Tx, quote: DocumentId, invoice: DocumentId) -> Result<Recorded<DocumentId>> {
    let event = NewEvent::new(Kind::Invoice.event(Change::Drafted), invoice);
    Ok(tx.record(event.with_data(json!({ "quote": quote })))?.with(invoice))
}

fn invoice_of_quote(tx: &mut Tx, id: DocumentId, portion: Portion) -> Result<Option<DocumentId>> {
    Ok(live_documents(tx.organization())
        .filter(billing_documents::quote_id.eq(id))
        .filter(billing_documents::is_deposit.eq(portion == Portion::Deposit))
        .select(billing_documents::id)
        .first(tx.db())
        .optional()?)
}

/// What was made of a quote.
#[derive(Clone, Copy, Debug)]
pub struct Invoices {
    pub deposit: Option<DocumentId>,
    /// All of it, or what is left after the deposit.
    pub whole: Option<DocumentId>,
    /// It asks for a deposit, which nobody has made and which is not too late.
    pub may_ask_deposit: bool,
}

pub fn invoices_of_quote(tx: &mut Tx, quote: &Document) -> Result<Invoices> {
    let deposit = invoice_of_quote(tx, quote.id, Portion::Deposit)?;
    let whole = staged(tx, quote.id, Portion::Whole)?;
    let is_too_late = matches!(whole, Some((_, Stage::Issued)));
    Ok(Invoices {
        deposit,
        whole: whole.map(|(document, _)| document.id),
        may_ask_deposit: quote.deposit.is_some() && deposit.is_none() && !is_too_late,
    })
}

/// A draft that comes back where another was made in its place.
pub(super) fn refuse_second(tx: &mut Tx, restored: DocumentId) -> Result<()> {
    let Document { quote, is_deposit, .. } = document(tx, restored)?.document;
    let Some(quote) = quote else { return Ok(()) };
    hold(tx, quote)?;
    let alike: i64 = live_documents(tx.organization())
        .filter(billing_documents::quote_id.eq(quote))
        .filter(billing_documents::is_deposit.eq(is_deposit))
        .count()
        .get_result(tx.db())?;
    if alike > 1 {
        return Err(Error::Conflict("billing-error-made-anew"));
    }
    follow_deposit(tx, quote)
}

/// Before an invoice of a quote is issued: the final one as the deposit stands now, and no deposit after
/// the final one, which would be paid twice.
pub(super) fn settle_deposit(tx: &mut Tx, id: DocumentId) -> Result<()> {
    let Document { quote, is_deposit, .. } = document(tx, id)?.document;
    let Some(quote) = quote else { return Ok(()) };
    hold(tx, quote)?;
    match is_deposit {
        true => refuse_after_final(tx, quote),
        false => follow_deposit(tx, quote),
    }
}

fn refuse_after_final(tx: &mut Tx, quote: DocumentId) -> Result<()> {
    match staged(tx, quote, Portion::Whole)? {
        Some((_, Stage::Issued)) => Err(Error::Conflict("billing-error-final-issued")),
        _ => Ok(()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    Issued,
}

fn staged(tx: &mut Tx, quote: DocumentId, portion: Portion) -> Result<Option<(Document, Stage)>> {
    let Some(invoice) = invoice_of_quote(tx, quote, portion)? else { return Ok(None) };
    let document = document(tx, invoice)?.document;
    let stage = if document.issued.is_some() { Stage::Issued } else { Stage::Draft };
    Ok(Some((document, stage)))
}

/// Whether there is a deposit that the final invoice will take off once it is issued.
pub fn awaits_deposit(tx: &mut Tx, invoice: &Document) -> Result<bool> {
    match (invoice.quote, invoice.is_deposit) {
        (Some(quote), false) => Ok(matches!(staged(tx, quote, Portion::Deposit)?, Some((_, Stage::Draft)))),
        _ => Ok(false),
    }
}

/// Writes the lines anew by which the draft of the final invoice takes the deposit off, as it was issued
/// and credited since. Nothing of it while it is a draft or was deleted.
pub(super) fn follow_deposit(tx: &mut Tx, quote: DocumentId) -> Result<()> {
    let Some((whole, Stage::Draft)) = staged(tx, quote, Portion::Whole)? else { return Ok(()) };
    hold(tx, whole.id)?;
    diesel::delete(billing_lines::table)
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.eq(whole.id))
        .filter(billing_lines::deducts_id.is_not_null())
        .execute(tx.db())?;
    if let Some((deposit, Stage::Issued)) = staged(tx, quote, Portion::Deposit)? {
        let text = readers_text(tx, whole.client.0)?;
        let (_, lines) = creditable(tx, deposit.id)?;
        let [off, back] = deposit_taken_off(text, &deposit);
        // Behind whatever else stands there.
        insert_lines(tx, whole.id, i32::MAX - 1_000, taken_off(&lines, &off, &back))?;
    }
    let _ = tx.record(NewEvent::new(Kind::Invoice.event(Change::Changed), whole.id))?;
    Ok(())
}
