use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, LineId};
use portico_kernel::{Core, Error, NewEvent, Problems, Recorded, Result, Tx, per_backend};
use serde_json::json;

use super::{
    attempts::close_outdated,
    document,
    documents::{Origin, hold, insert_draft, invoice, problem},
    invoicing::follow_deposit,
    issuing::freeze,
    profile::profile,
    taxes::unreadable,
};
use crate::{
    credit::{Creditable, credit},
    document::{Document, Head, Kind, Sheet},
    figure::Quantity,
    schema::{billing_documents, billing_lines},
};

/// The lines of an issued invoice, and how much of each is credited already.
///
/// # Errors
/// [`Error::NotFound`] for drafts and credit notes.
pub fn creditable(tx: &mut Tx, id: DocumentId) -> Result<(Document, Vec<Creditable>)> {
    let Sheet { document, lines, .. } = invoice(tx, id)?;
    if document.kind != Kind::Invoice || document.issued.is_none() {
        return Err(Error::NotFound);
    }
    let credited = credited_quantities(tx, id)?;
    let lines = lines.into_iter().map(|line| Creditable { credited: credited.get(&line.id).copied(), line });
    Ok((document, lines.collect()))
}

fn credited_quantities(tx: &mut Core, invoice: DocumentId) -> Result<BTreeMap<LineId, Quantity>> {
    let credit_notes = billing_documents::table
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::corrects_id.eq(invoice))
        .filter(billing_documents::issued_at.is_not_null())
        .select(billing_documents::id);
    let rows: Vec<(Option<LineId>, String)> = billing_lines::table
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.eq_any(credit_notes))
        .select((billing_lines::corrects_id, billing_lines::quantity))
        .load(tx.db())?;
    let mut credited: BTreeMap<LineId, Quantity> = BTreeMap::new();
    for (line, quantity) in rows {
        let Some(line) = line else { continue };
        let quantity = Quantity::stored(&quantity).ok_or_else(|| unreadable("billing_lines.quantity"))?;
        let sum = credited.get(&line).map_or(quantity, |before| before.plus(quantity));
        credited.insert(line, sum);
    }
    Ok(credited)
}

/// Takes quantities of an invoice's lines back, in their order, and issues the credit note at once.
pub fn issue_credit_note(
    tx: &mut Tx,
    id: DocumentId,
    quantities: &[String],
    words: &str,
) -> Result<Recorded<Result<DocumentId, Problems>>> {
    // Of the deposit on a quote, the final invoice takes off what is left.
    let Document { quote, is_deposit, .. } = document(tx, id)?.document;
    let quote = quote.filter(|_| is_deposit);
    if let Some(quote) = quote {
        hold(tx, quote)?;
    }
    // Two that are written at once would each take back what is left.
    hold(tx, id)?;
    let (invoice, lines) = creditable(tx, id)?;
    if quantities.len() != lines.len() {
        return Err(Error::Conflict("ui-error-changed-meanwhile"));
    }
    let mut taken = Vec::with_capacity(lines.len());
    for (line, typed) in lines.iter().zip(quantities) {
        match line.take(typed) {
            Ok(quantity) => taken.push((line, quantity)),
            Err(key) => return Ok(tx.unchanged(Err(problem("quantity", key)))),
        }
    }
    if taken.iter().all(|(_, quantity)| quantity.is_none()) {
        return Ok(tx.unchanged(Err(problem("quantity", "billing-error-credit-nothing"))));
    }
    let (nets, totals) = credit(invoice.currency, &taken);
    // It takes back what was delivered there and then.
    let head = Head { words: words.to_owned(), delivered_on: invoice.delivered_on, ..invoice.head() };
    let origin = Origin { corrects: Some(id), ..Origin::default() };
    let credit_note = insert_draft(tx, Kind::CreditNote, &head, origin)?;
    let parts = taken.iter().zip(nets).filter_map(|((line, quantity), net)| Some((*line, (*quantity)?, net)));
    let organization = tx.organization();
    let rows: Vec<_> = parts
        .enumerate()
        .map(|(place, (Creditable { line, .. }, quantity, net))| {
            (
                billing_lines::organization_id.eq(organization),
                billing_lines::id.eq(tx.new_id(LineId::from_bytes)),
                billing_lines::document_id.eq(credit_note),
                billing_lines::position.eq(i32::try_from(place).unwrap_or(i32::MAX)),
                billing_lines::description.eq(line.description.clone()),
                billing_lines::quantity.eq(quantity.plain()),
                billing_lines::measure.eq(line.measure.code()),
                billing_lines::unit_price.eq(line.unit_price.plain()),
                billing_lines::discount.eq(line.discount.plain()),
                billing_lines::tax_id.eq(line.tax.as_ref().map(|tax| tax.id)),
                billing_lines::net.eq(net.minor()),
                billing_lines::corrects_id.eq(Some(line.id)),
            )
        })
        .collect();
    per_backend!(tx.db(), |c| diesel::insert_into(billing_lines::table).values(rows).execute(c))?;
    let today = tx.today();
    let profile = profile(tx)?;
    let note = Document { id: credit_note, kind: Kind::CreditNote, issued: None, ..invoice };
    let sheet = Sheet { document: note, lines: Vec::new(), totals };
    let number = freeze(tx, &sheet, &profile, today, today)?;
    if let Some(quote) = quote {
        follow_deposit(tx, quote)?;
    }
    close_outdated(tx, id)?;
    let _ = tx.record(NewEvent::new(EventKind::INVOICE_CREDITED, id))?;
    let event = NewEvent::new(EventKind::INVOICE_ISSUED, credit_note).with_data(json!({ "number": number }));
    Ok(tx.record(event)?.with(Ok(credit_note)))
}
