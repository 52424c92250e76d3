//! What clients see.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Client, Error, Partial, Result};
use serde::Deserialize;

use crate::{
    store::client as store,
    view::{
        self,
        client::{Shown, billing_page, invoice_page},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    page: String,
}

#[handler]
pub async fn list(client: Client, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let frame = client.frame();
    let page = wanted.page.parse().unwrap_or(1);
    let (owed, subscriptions, all, today) = client
        .read(move |tx| Ok((store::owed(tx)?, store::subscriptions(tx)?, store::all(tx, page)?, tx.today())))
        .await?;
    let body = billing_page(&frame, today, &owed, &subscriptions, &all);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&frame.text.say("billing-navigation"), body),
    })
}

#[handler]
pub async fn show_invoice(client: Client, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let frame = client.frame();
    let (sheet, account, corrects, (payments, receipted), today) = client
        .read(move |tx| {
            let (sheet, account) = store::invoice(tx, id)?;
            let corrects = match sheet.document.corrects {
                Some(invoice) => crate::store::number_of(tx, invoice)?,
                None => None,
            };
            let payments = crate::store::payments(tx, id, sheet.document.currency)?;
            let receipted = crate::store::receipted(tx, &payments)?;
            Ok((sheet, account, corrects, (payments, receipted), tx.today()))
        })
        .await?;
    let Some(issued) = &sheet.document.issued else { return Err(Error::NotFound) };
    let shown =
        Shown { sheet: &sheet, issued, account, payments: &payments, receipted: &receipted, corrects, today };
    let body = invoice_page(&frame, &shown);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&view::title(frame.text, &sheet.document), body),
    })
}
