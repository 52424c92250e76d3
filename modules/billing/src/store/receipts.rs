//! Receipts, drawn when a payment is recorded and kept as they are. A payment of before there were any has none.

use std::collections::BTreeSet;

use diesel::prelude::*;
use portico_billing_paper::draw;
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Among, Core, Error, Result, Tx, per_backend};
use portico_ui::{Language, Text};

use super::{account, document, letterhead::letterhead, payments::PaymentRow};
use crate::{
    payment::{Direction, Payment},
    receipt::Receipt,
    schema::{billing_payments, billing_receipts},
};

/// In every language, with what is left to pay after it. To be called once the payment's row is there; a second time it
/// changes nothing. A refund has none.
///
/// # Errors
/// [`Error::NotFound`] for a payment that is not there, or was removed.
pub fn keep_receipt(tx: &mut Tx, id: PaymentId) -> Result<()> {
    let (invoice, row) = payment_row(tx, id)?;
    let entry = document(tx, invoice)?;
    let payment = row.payment(entry.document.currency)?;
    if payment.direction == Direction::Refund {
        return Ok(());
    }
    let account = account(tx, &entry)?;
    let issued = entry.document.issued.as_ref().ok_or(Error::NotFound)?;
    let receipt = Receipt { invoice: &entry.document, issued, account: &account, payment: &payment };
    let letterhead = letterhead(tx)?;
    for language in Language::ALL {
        if kept_receipt(tx, id, language)?.is_some() {
            continue;
        }
        let paper = receipt.paper(Text::new(language), &letterhead);
        let bytes = draw(&paper, None).map_err(|error| Error::Internal(error.into()))?;
        let row = (
            billing_receipts::organization_id.eq(tx.organization()),
            billing_receipts::payment_id.eq(id),
            billing_receipts::language.eq(language.code()),
            billing_receipts::bytes.eq(bytes),
        );
        per_backend!(tx.db(), |c| diesel::insert_into(billing_receipts::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

pub fn kept_receipt(tx: &mut Core, id: PaymentId, language: Language) -> Result<Option<Vec<u8>>> {
    Ok(billing_receipts::table
        .find((tx.organization(), id, language.code()))
        .select(billing_receipts::bytes)
        .first(tx.db())
        .optional()?)
}

/// The invoice for which it came in; whoever reads on asks a predicate about that.
///
/// # Errors
/// [`Error::NotFound`], also once it was removed.
pub fn invoice_of_payment(tx: &mut Core, id: PaymentId) -> Result<DocumentId> {
    Ok(payment_row(tx, id)?.0)
}

fn payment_row(tx: &mut Core, id: PaymentId) -> Result<(DocumentId, PaymentRow)> {
    let organization = tx.organization();
    Ok(billing_payments::table
        .find((organization, id))
        .filter(billing_payments::deleted_at.is_null())
        .select((billing_payments::document_id, PaymentRow::as_select()))
        .first(tx.db())?)
}

/// Those among an invoice's payments that have one.
pub fn receipted(tx: &mut Core, payments: &[Payment]) -> Result<BTreeSet<PaymentId>> {
    let found: Vec<PaymentId> = billing_receipts::table
        .filter(billing_receipts::organization_id.eq(tx.organization()))
        .filter(billing_receipts::payment_id.among(payments.iter().map(|payment| payment.id)))
        .select(billing_receipts::payment_id)
        .load(tx.db())?;
    Ok(found.into_iter().collect())
}
