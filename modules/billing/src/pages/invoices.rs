//! Lists of invoices, and what is issued.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Answer, Partial, Result, Staff, Tx};
use portico_ui::{Frame, Markup, Text};
use serde::Deserialize;

use super::drafts::{self, Left as DraftLeft};
use crate::{
    document::{Kind, Sheet},
    store::{self, Filter, Which},
    view::{
        self,
        invoice::{Invoice, invoice_page, payment_deleted_toast},
        list::{Around, deleted_toast, invoices_list, invoices_page},
        turnover::turnover_section,
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    which: String,
    client: String,
    page: String,
    /// The draft that was just deleted, so that the page can offer to undo it.
    deleted: String,
}

#[handler]
pub async fn list(staff: Staff, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let filter = Filter { which: Which::from_name(&wanted.which), client: wanted.client.parse().ok() };
    let page = wanted.page.parse().unwrap_or(1);
    let (found, today) =
        staff.read(move |tx| Ok((store::find_invoices(tx, filter, page)?, tx.today()))).await?;
    let text = frame.text;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(invoices_list(text, today, &found, filter)));
    }
    let is_beginning = filter.is_none() && found.page == 1;
    let (clients, turnover, deleted) = staff
        .read(move |tx| {
            let turnover = if is_beginning { turnover(tx, text)? } else { None };
            Ok((store::clients(tx, filter.client)?, turnover, store::just_deleted(tx, wanted.deleted)?))
        })
        .await?;
    frame.toast = deleted.map(|id| deleted_toast(&frame, &id));
    let body = invoices_page(&frame, today, &found, Around { filter, clients: &clients, turnover });
    Ok(Answer::page(portico_ui::staff_page(&frame, &frame.text.say("billing-invoices"), body)))
}

fn turnover(tx: &mut Tx, text: Text) -> Result<Option<Markup>> {
    let usual = store::profile(tx)?.currency;
    Ok(turnover_section(text, &store::last_turnovers(tx, usual)?, usual))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The payment that was just removed.
    removed: String,
}

/// A draft to be written on, or what was issued.
#[handler]
pub async fn show(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Query(left): Query<Left>,
) -> Result<Answer> {
    let mut frame = staff.frame();
    if let Ok(payment) = left.removed.parse::<PaymentId>() {
        frame.toast = Some(payment_deleted_toast(&frame, &payment.to_string()));
    }
    let issued = staff
        .read(move |tx| {
            let sheet = store::invoice(tx, id)?;
            let title = view::title(frame.text, &sheet.document);
            Ok(match &sheet.document.issued {
                None => None,
                Some(_) => Some((title, issued_page(tx, &frame, &sheet)?, frame)),
            })
        })
        .await?;
    match (issued, partial) {
        (None, _) => drafts::show(&staff, id, DraftLeft::default()).await,
        (Some((_, body, _)), Partial::Fragment) => Ok(Answer::fragment(body)),
        (Some((title, body, frame)), Partial::Page) => {
            Ok(Answer::page(portico_ui::staff_page(&frame, &title, body)))
        }
    }
}

fn issued_page(tx: &mut Tx, frame: &Frame, sheet: &Sheet) -> Result<Markup> {
    let document = &sheet.document;
    let Some(issued) = &document.issued else { return Err(portico_kernel::Error::NotFound) };
    let account = match document.kind {
        Kind::Invoice => {
            let entry = store::document(tx, document.id)?;
            Some(store::account(tx, &entry)?)
        }
        Kind::Quote | Kind::CreditNote | Kind::Subscription => None,
    };
    let corrects = match document.corrects {
        Some(invoice) => Some(store::document(tx, invoice)?),
        None => None,
    };
    let payments = store::payments(tx, document.id, document.currency)?;
    let invoice = Invoice {
        sheet,
        issued,
        account,
        receipted: &store::receipted(tx, &payments)?,
        payments: &payments,
        credit_notes: &store::credit_notes_of(tx, document.id)?,
        recipients: &store::recipients(tx, document.id)?,
        onlookers: &store::onlookers(tx, document.id)?,
        reminded: &store::reminded(tx, document.id)?,
        corrects: corrects.as_ref(),
        today: tx.today(),
    };
    Ok(invoice_page(frame, &invoice))
}
