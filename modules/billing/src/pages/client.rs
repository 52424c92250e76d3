//! What clients see.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Client, Error, Partial, Result};
use serde::Deserialize;

use crate::{
    provider,
    store::{client as store, saved_method},
    view::{
        self,
        client::{Billing, Shown, billing_page, invoice_page},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    page: String,
}

#[handler]
pub async fn list(client: Client, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    billing_with(&client, partial, wanted.page.parse().unwrap_or(1), None).await
}

/// `problem`: the text that says why nothing could be saved just now.
pub(super) async fn billing_with(
    client: &Client,
    partial: Partial,
    page: i64,
    problem: Option<&'static str>,
) -> Result<Answer> {
    let (frame, kernel) = (client.frame(), client.kernel().clone());
    let (billing, today) = client
        .read(move |tx| {
            let subscriptions = store::subscriptions(tx)?;
            let person = tx.person();
            // Of whom is billed, not of whoever gets the invoices too.
            let is_billed = subscriptions.iter().any(|each| each.sheet.document.client.0 == person);
            let keys = provider::keys(tx, &kernel)?;
            let saved = saved_method(tx, person)?
                .filter(|saving| keys.as_ref().is_some_and(|keys| saving.is_opened_by(keys)));
            let automatic = (keys.is_some() && (is_billed || saved.is_some())).then_some(saved);
            let billing =
                Billing { owed: store::owed(tx)?, subscriptions, automatic, all: store::all(tx, page)? };
            Ok((billing, tx.today()))
        })
        .await?;
    let body = billing_page(&frame, today, &billing, problem);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&frame.text.say("billing-navigation"), body),
    })
}

#[handler]
pub async fn show_invoice(client: Client, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    invoice_with(&client, partial, id, None).await
}

/// `problem`: the text that says why it could not be paid just now.
pub(super) async fn invoice_with(
    client: &Client,
    partial: Partial,
    id: DocumentId,
    problem: Option<&'static str>,
) -> Result<Answer> {
    let (frame, kernel) = (client.frame(), client.kernel().clone());
    let (sheet, account, corrects, (payments, receipted), today, can_pay) = client
        .read(move |tx| {
            let (sheet, account) = store::invoice(tx, id)?;
            let corrects = match sheet.document.corrects {
                Some(invoice) => crate::store::number_of(tx, invoice)?,
                None => None,
            };
            let payments = crate::store::payments(tx, id, sheet.document.currency)?;
            let receipted = crate::store::receipted(tx, &payments)?;
            let can_pay = provider::is_on(tx, &kernel)?;
            Ok((sheet, account, corrects, (payments, receipted), tx.today(), can_pay))
        })
        .await?;
    let Some(issued) = &sheet.document.issued else { return Err(Error::NotFound) };
    let shown = Shown {
        sheet: &sheet,
        issued,
        account,
        payments: &payments,
        receipted: &receipted,
        corrects,
        today,
        can_pay,
        problem,
    };
    let body = invoice_page(&frame, &shown);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&view::title(frame.text, &sheet.document), body),
    })
}
