use diesel::prelude::*;
use portico_billing_paper::{Invoice, draw};
use portico_facts::{DocumentId, EventKind};
use portico_kernel::{Core, Error, NewEvent, Recorded, Result, per_backend};
use portico_ui::{Language, Text};

use super::{
    letterhead::letterhead,
    sheets::{Entry, number_of, sheet},
};
use crate::{
    document::{Issued, Kind, Sheet},
    electronic,
    printing::{self, Letterhead},
    schema::billing_papers,
};

/// As it was drawn once.
pub fn kept_paper(tx: &mut Core, id: DocumentId, language: Language) -> Result<Option<Vec<u8>>> {
    Ok(billing_papers::table
        .find((tx.organization(), id, language.code()))
        .select(billing_papers::bytes)
        .first(tx.db())
        .optional()?)
}

/// As it was drawn once. What was issued by a version that did not draw is frozen here.
pub fn paper(tx: &mut Core, entry: Entry, language: Language) -> Result<Vec<u8>> {
    let id = entry.document.id;
    keep_papers(tx, entry)?;
    kept_paper(tx, id, language)?.ok_or(Error::NotFound)
}

/// As it would be kept.
pub fn draw_paper(tx: &mut Core, entry: Entry, language: Language) -> Result<Vec<u8>> {
    Drawing::of(tx, entry)?.in_language(language)
}

/// Draws what was issued in every language, for its recipients of today and of later (P23). What is there already
/// stays as it is.
pub fn keep_papers(tx: &mut Core, entry: Entry) -> Result<()> {
    let drawing = Drawing::of(tx, entry)?;
    let id = drawing.sheet.document.id;
    for language in Language::ALL {
        if kept_paper(tx, id, language)?.is_some() {
            continue;
        }
        let row = (
            billing_papers::organization_id.eq(tx.organization()),
            billing_papers::document_id.eq(id),
            billing_papers::language.eq(language.code()),
            billing_papers::bytes.eq(drawing.in_language(language)?),
        );
        per_backend!(tx.db(), |c| diesel::insert_into(billing_papers::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// What stands on a paper, in whatever language.
struct Drawing {
    sheet: Sheet,
    issued: Issued,
    corrects: Option<String>,
    letterhead: Letterhead,
    invoice: Option<Invoice>,
}

impl Drawing {
    fn of(tx: &mut Core, entry: Entry) -> Result<Self> {
        let sheet = sheet(tx, entry)?;
        let issued = sheet.document.issued.clone().ok_or(Error::NotFound)?;
        let corrects = match sheet.document.corrects {
            Some(invoice) => number_of(tx, invoice)?,
            None => None,
        };
        let invoice = electronic::invoice(&sheet, &issued, corrects.as_deref());
        Ok(Self { sheet, issued, corrects, letterhead: letterhead(tx)?, invoice })
    }

    fn in_language(&self, language: Language) -> Result<Vec<u8>> {
        let Self { sheet, issued, corrects, letterhead, invoice } = self;
        let paper = printing::paper(Text::new(language), letterhead, sheet, issued, corrects.as_deref());
        draw(&paper, invoice.as_ref()).map_err(|error| Error::Internal(error.into()))
    }
}

pub fn record_download(tx: &mut Core, shelf: Shelf, id: DocumentId) -> Result<Recorded<()>> {
    let kind = match shelf {
        Shelf::Quotes => EventKind::QUOTE_DOWNLOADED,
        Shelf::Invoices => EventKind::INVOICE_DOWNLOADED,
    };
    tx.record(NewEvent::new(kind, id))
}

/// Whether documents of this kind stand under `/quotes` or under `/invoices`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shelf {
    Quotes,
    Invoices,
}

impl Shelf {
    /// # Errors
    /// [`Error::NotFound`] for what stands on the other one, and for drafts.
    pub fn hold(self, entry: Entry) -> Result<Entry> {
        let own = match entry.document.kind {
            Kind::Quote => Some(Shelf::Quotes),
            Kind::Invoice | Kind::CreditNote => Some(Shelf::Invoices),
            Kind::Subscription => None,
        };
        match own == Some(self) && entry.document.issued.is_some() {
            true => Ok(entry),
            false => Err(Error::NotFound),
        }
    }
}
