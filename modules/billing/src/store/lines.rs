use diesel::{dsl, prelude::*};
use portico_facts::{DocumentId, LineId};
use portico_kernel::{Error, NewEvent, Problems, Recorded, Result, Tx};

use super::{
    documents::{draft, problem},
    sheets::known_tax,
};
use crate::{
    document::{Change, Document, Sheet},
    line::{AT_MOST, Line, LineForm},
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
        .select(dsl::max(billing_lines::position))
        .first(tx.db())?;
    diesel::insert_into(billing_lines::table)
        .values((
            billing_lines::organization_id.eq(tx.organization()),
            billing_lines::id.eq(tx.new_id(LineId::from_bytes)),
            billing_lines::document_id.eq(document),
            billing_lines::position.eq(last.map_or(0, |last| last.saturating_add(1))),
            billing_lines::description.eq(&details.description),
            billing_lines::quantity.eq(details.quantity.plain()),
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

pub fn change_line(
    tx: &mut Tx,
    document: DocumentId,
    id: LineId,
    form: &LineForm,
) -> Result<Recorded<Result<(), Problems>>> {
    let sheet = draft(tx, document)?;
    let own = line_of(&sheet, id)?.tax.as_ref().map(|tax| tax.id);
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
    let kind = draft(tx, document)?.document.kind;
    let deleted = diesel::delete(billing_lines::table)
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.eq(document))
        .filter(billing_lines::id.eq(id))
        .execute(tx.db())?;
    if deleted == 0 {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(kind.event(Change::Changed), document))
}

fn changed(tx: &mut Tx, document: &Document) -> Result<Recorded<Result<(), Problems>>> {
    Ok(tx.record(NewEvent::new(document.kind.event(Change::Changed), document.id))?.with(Ok(())))
}
