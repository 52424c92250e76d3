//! Documents as files.

use poem::{
    Response, handler,
    http::{HeaderValue, header},
    web::Path,
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Client, Disposition, Result, Staff};
use portico_ui::Text;

use crate::{
    document::Document,
    store::{self, Shelf},
    view,
};

#[handler]
pub async fn invoice(staff: Staff, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_staff(&staff, Shelf::Invoices, id).await
}

#[handler]
pub async fn quote(staff: Staff, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_staff(&staff, Shelf::Quotes, id).await
}

#[handler]
pub async fn client_invoice(client: Client, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_client(&client, Shelf::Invoices, id).await
}

#[handler]
pub async fn client_quote(client: Client, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_client(&client, Shelf::Quotes, id).await
}

async fn of_staff(staff: &Staff, shelf: Shelf, id: DocumentId) -> Result<Answer> {
    let text = staff.text();
    let (document, kept) = staff
        .read(move |tx| {
            let entry = shelf.hold(store::document(tx, id)?)?;
            Ok((entry.document, store::kept_paper(tx, id, text.language)?))
        })
        .await?;
    if let Some(bytes) = kept {
        return Ok(delivered(text, &document, bytes));
    }
    let drawn = staff
        .write(move |tx| {
            let entry = shelf.hold(store::document(tx, id)?)?;
            let drawn = store::paper(tx, entry, text.language)?;
            Ok(tx.unchanged(drawn))
        })
        .await?;
    Ok(delivered(text, &document, drawn))
}

async fn of_client(client: &Client, shelf: Shelf, id: DocumentId) -> Result<Answer> {
    let text = client.text();
    let (document, kept) = client
        .read(move |tx| {
            let entry = shelf.hold(store::client::document(tx, id)?)?;
            Ok((entry.document, store::kept_paper(tx, id, text.language)?))
        })
        .await?;
    if let Some(bytes) = kept {
        return Ok(delivered(text, &document, bytes));
    }
    let drawn = client
        .write(move |tx| {
            let entry = shelf.hold(store::client::document(tx, id)?)?;
            let drawn = store::paper(tx, entry, text.language)?;
            Ok(tx.unchanged(drawn))
        })
        .await?;
    Ok(delivered(text, &document, drawn))
}

/// Under its number: "Invoice INV-2026-0001.pdf".
fn delivered(text: Text, document: &Document, bytes: Vec<u8>) -> Answer {
    let name = format!("{}.pdf", view::title(text, document).replace('/', "-"));
    let mut response = Response::builder().content_type("application/pdf").body(bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, Disposition::Attachment.header(&name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store, no-transform"));
    Answer::from(response)
}
