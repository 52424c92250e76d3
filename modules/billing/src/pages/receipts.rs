//! Receipts as files. Whoever fetches one is in the audit log, as with the paper of its invoice (T18).

use poem::{handler, http::Method, web::Path};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Answer, Client, Core, Error, Result, Staff};
use portico_ui::Text;

use super::papers::delivered;
use crate::{
    document::Document,
    receipt,
    store::{self, Shelf},
};

#[handler]
pub async fn of_staff(staff: Staff, asked: Method, Path(id): Path<PaymentId>) -> Result<Answer> {
    let text = staff.text();
    let (document, bytes) = staff
        .read(move |tx| {
            let invoice = store::invoice_of_payment(tx, id)?;
            let document = store::document(tx, invoice)?.document;
            Ok((document, kept(tx, id, text)?))
        })
        .await?;
    if asked == Method::GET {
        let invoice = document.id;
        staff.write_in_passing(move |tx| store::record_download(tx, Shelf::Invoices, invoice)).await?;
    }
    Ok(answer(text, &document, bytes))
}

#[handler]
pub async fn of_client(client: Client, asked: Method, Path(id): Path<PaymentId>) -> Result<Answer> {
    let text = client.text();
    let (document, bytes) = client
        .read(move |tx| {
            let invoice = store::invoice_of_payment(tx, id)?;
            let document = store::client::document(tx, invoice)?.document;
            Ok((document, kept(tx, id, text)?))
        })
        .await?;
    if asked == Method::GET {
        let invoice: DocumentId = document.id;
        client.write_in_passing(move |tx| store::record_download(tx, Shelf::Invoices, invoice)).await?;
    }
    Ok(answer(text, &document, bytes))
}

fn kept(tx: &mut Core, id: PaymentId, text: Text) -> Result<Vec<u8>> {
    store::kept_receipt(tx, id, text.language)?.ok_or(Error::NotFound)
}

fn answer(text: Text, invoice: &Document, bytes: Vec<u8>) -> Answer {
    let number = invoice.issued.as_ref().map(|issued| issued.number.as_str()).unwrap_or_default();
    delivered(&receipt::title(text, number), bytes)
}
