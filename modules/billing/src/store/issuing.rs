use diesel::{prelude::*, upsert::excluded};
use jiff::civil::Date;
use portico_facts::DocumentId;
use portico_kernel::{Error, NewEvent, Problems, Recorded, Result, Tx, per_backend};
use serde_json::json;

use super::{
    copies::withdraw_replaced,
    documents::{any, draft},
    invoicing::{follow_deposit, settle_deposit},
    papers::keep_papers,
    profile::{as_internal, profile},
};
use crate::{
    document::{Change, Kind, Sheet},
    profile::Profile,
    schema::{billing_documents, billing_series, billing_tax_totals},
    totals::Totals,
};

/// Gives a draft its number and freezes it (P23).
///
/// # Errors
/// [`Error::Conflict`] with the sentence that says what is missing, or that it was issued already;
/// [`Error::NotFound`] for a subscription.
pub fn issue(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    settle_deposit(tx, id)?;
    let sheet = draft(tx, id)?;
    if sheet.document.kind == Kind::Subscription {
        return Err(Error::NotFound);
    }
    if let Some(obstacle) = sheet.obstacle() {
        return Err(Error::Conflict(obstacle));
    }
    let profile = profile(tx)?;
    if !sheet.delivery_problems(&profile.country).is_empty() {
        return Err(Error::Conflict("billing-obstacle-delivery"));
    }
    let (issue_on, due_on) = sheet.document.days(tx.today(), profile.payment_days);
    if due_on < issue_on {
        return Err(Error::Conflict("billing-error-due-before-issue"));
    }
    let number = freeze(tx, &sheet, &profile, issue_on, due_on)?;
    if let Some(old) = sheet.document.replaces {
        withdraw_replaced(tx, old)?;
    }
    if let (Some(quote), true) = (sheet.document.quote, sheet.document.is_deposit) {
        follow_deposit(tx, quote)?;
    }
    tx.record(
        NewEvent::new(sheet.document.kind.event(Change::Issued), id).with_data(json!({ "number": number })),
    )
}

/// The same for somebody who can be asked: what the draft's own form has to say first comes back at its field.
pub fn issue_by_hand(tx: &mut Tx, id: DocumentId) -> Result<Recorded<Result<(), Problems>>> {
    let seller = profile(tx)?.country;
    let problems = any(tx, id)?.delivery_problems(&seller);
    match problems.is_empty() {
        true => Ok(issue(tx, id)?.map(Ok)),
        false => Ok(tx.unchanged(Err(problems))),
    }
}

/// The last step of issuing: lines and totals are in place, and from here on nothing moves.
pub(super) fn freeze(
    tx: &mut Tx,
    sheet: &Sheet,
    profile: &Profile,
    issue_on: Date,
    due_on: Date,
) -> Result<String> {
    let Sheet { document, totals, .. } = sheet;
    add_tax_totals(tx, document.id, totals)?;
    let number = next_number(tx, document.kind, profile, issue_on)?;
    let seller = profile.seller(&tx.organization_profile().name);
    let seller = serde_json::to_string(&seller).map_err(as_internal)?;
    let issued = diesel::update(billing_documents::table)
        .filter(billing_documents::organization_id.eq(tx.organization()))
        .filter(billing_documents::id.eq(document.id))
        .filter(billing_documents::issued_at.is_null())
        .set((
            billing_documents::issued_at.eq(Some(tx.now())),
            billing_documents::number.eq(Some(&number)),
            billing_documents::seller.eq(Some(seller)),
            billing_documents::net.eq(Some(totals.net.minor())),
            billing_documents::gross.eq(Some(totals.gross.minor())),
            billing_documents::issue_on.eq(Some(issue_on.to_string())),
            billing_documents::due_on.eq(Some(due_on.to_string())),
        ))
        .execute(tx.db())?;
    if issued != 1 {
        return Err(Error::Conflict("billing-error-issued"));
    }
    let entry = super::document(tx, document.id)?;
    keep_papers(tx, entry)?;
    Ok(number)
}

fn add_tax_totals(tx: &mut Tx, document: DocumentId, totals: &Totals) -> Result<()> {
    let organization = tx.organization();
    let row = |(place, total): (usize, &crate::totals::TaxTotal)| {
        (
            billing_tax_totals::organization_id.eq(organization),
            billing_tax_totals::document_id.eq(document),
            billing_tax_totals::tax_id.eq(total.tax.id),
            billing_tax_totals::position.eq(i32::try_from(place).unwrap_or(i32::MAX)),
            billing_tax_totals::base.eq(total.base.minor()),
            billing_tax_totals::amount.eq(total.amount.minor()),
        )
    };
    let rows: Vec<_> = totals.taxes.iter().enumerate().map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(billing_tax_totals::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Counts up in the document's own transaction: the row stays locked until the number is committed or
/// given back, so there is neither a gap nor a double (P23).
fn next_number(tx: &mut Tx, kind: Kind, profile: &Profile, issue_on: Date) -> Result<String> {
    let (format, organization) = (profile.format(kind), tx.organization());
    let first = (
        billing_series::organization_id.eq(organization),
        billing_series::kind.eq(kind.name()),
        billing_series::year.eq(format.series(issue_on.year())),
        billing_series::last.eq(1_i64),
    );
    let count: i64 = per_backend!(tx.db(), |c| diesel::insert_into(billing_series::table)
        .values(first)
        .on_conflict((billing_series::organization_id, billing_series::kind, billing_series::year))
        .do_update()
        .set(billing_series::last.eq(billing_series::last + excluded(billing_series::last)))
        .returning(billing_series::last)
        .get_result(c))?;
    Ok(format.number(issue_on.year(), count))
}
