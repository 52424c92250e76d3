use diesel::{dsl, prelude::*};
use portico_facts::{DocumentId, LineId};
use portico_kernel::{Error, NewEvent, Problems, Recorded, Result, Tx, per_backend};

use super::{
    documents::{draft, problem},
    sheets::known_tax,
};
use crate::{
    document::{Change, Document, Sheet},
    line::{AT_MOST, Line, LineDetails, LineForm},
    schema::billing_lines,
};

/// One line of a draft or of an issued document.
///
/// # Errors
/// [`Error::NotFound`]
pub fn line_of(sheet: &Sheet, id: LineId) -> Result<&Line> {
    sheet.lines.iter().find(|line| line.id == id).ok_or(Error::NotFound)
}

pub fn add_line(
    tx: &mut Tx,
    document: DocumentId,
    form: &LineForm,
) -> Result<Recorded<Result<(), Problems>>> {
    let sheet = draft(tx, document)?;
    let details = match form.parse(sheet.document.currency) {
        Ok(details) => details,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    if sheet.lines.len() >= AT_MOST {
        return Ok(tx.unchanged(Err(problem("description", "billing-error-lines"))));
    }
    if !known_tax(tx, details.tax, None)? {
        return Ok(tx.unchanged(Err(problem("tax", "billing-error-tax"))));
    }
    let last: Option<i32> = billing_lines::table
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.eq(document))
        // Those stand behind all others.
        .filter(billing_lines::deducts_id.is_null())
        .select(dsl::max(billing_lines::position))
        .first(tx.db())?;
    insert_lines(tx, document, last.map_or(0, |last| last.saturating_add(1)), vec![details])?;
    changed(tx, &sheet.document)
}

/// From this place on.
pub(super) fn insert_lines(
    tx: &mut Tx,
    document: DocumentId,
    first: i32,
    lines: Vec<LineDetails>,
) -> Result<()> {
    let organization = tx.organization();
    let row = |(place, line): (i32, LineDetails)| {
        (
            billing_lines::organization_id.eq(organization),
            billing_lines::id.eq(tx.new_id(LineId::from_bytes)),
            billing_lines::document_id.eq(document),
            billing_lines::position.eq(place),
            billing_lines::description.eq(line.description),
            billing_lines::quantity.eq(line.quantity.plain()),
            billing_lines::measure.eq(line.measure.code()),
            billing_lines::unit_price.eq(line.unit_price.plain()),
            billing_lines::discount.eq(line.discount.plain()),
            billing_lines::tax_id.eq(line.tax),
            billing_lines::net.eq(line.net.minor()),
            billing_lines::section.eq(line.section),
            billing_lines::optional.eq(line.optional),
            billing_lines::deducts_id.eq(line.deducts),
        )
    };
    let rows: Vec<_> = (first..).zip(lines).map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(billing_lines::table).values(rows).execute(c))?;
    }
    Ok(())
}

pub fn change_line(
    tx: &mut Tx,
    document: DocumentId,
    id: LineId,
    form: &LineForm,
) -> Result<Recorded<Result<(), Problems>>> {
    let sheet = draft(tx, document)?;
    let own = own_line(&sheet, id)?.tax.as_ref().map(|tax| tax.id);
    let details = match form.parse(sheet.document.currency) {
        Ok(details) => details,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    if !known_tax(tx, details.tax, own)? {
        return Ok(tx.unchanged(Err(problem("tax", "billing-error-tax"))));
    }
    diesel::update(billing_lines::table)
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::id.eq(id))
        .set((
            billing_lines::description.eq(&details.description),
            billing_lines::quantity.eq(details.quantity.plain()),
            billing_lines::measure.eq(details.measure.code()),
            billing_lines::unit_price.eq(details.unit_price.plain()),
            billing_lines::discount.eq(details.discount.plain()),
            billing_lines::tax_id.eq(details.tax),
            billing_lines::net.eq(details.net.minor()),
            billing_lines::section.eq(&details.section),
            billing_lines::optional.eq(details.optional),
        ))
        .execute(tx.db())?;
    changed(tx, &sheet.document)
}

pub fn delete_line(tx: &mut Tx, document: DocumentId, id: LineId) -> Result<Recorded<()>> {
    let sheet = draft(tx, document)?;
    own_line(&sheet, id)?;
    diesel::delete(billing_lines::table)
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.eq(document))
        .filter(billing_lines::id.eq(id))
        .execute(tx.db())?;
    tx.record(NewEvent::new(sheet.document.kind.event(Change::Changed), document))
}

/// What takes a deposit off follows that deposit, and nobody's hand.
fn own_line(sheet: &Sheet, id: LineId) -> Result<&Line> {
    match line_of(sheet, id)? {
        Line { deducts: Some(_), .. } => Err(Error::Conflict("billing-error-deducts")),
        line => Ok(line),
    }
}

fn changed(tx: &mut Tx, document: &Document) -> Result<Recorded<Result<(), Problems>>> {
    Ok(tx.record(NewEvent::new(document.kind.event(Change::Changed), document.id))?.with(Ok(())))
}
