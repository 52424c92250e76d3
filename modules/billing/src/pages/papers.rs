//! Documents as files. Whoever fetches one is in the audit log (T18); that changes nothing that a page shows (T6).

use poem::{
    Response, handler,
    http::{HeaderValue, Method, header},
    web::Path,
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Client, Disposition, Result, Staff};
use portico_ui::Language;

use crate::{
    document::Document,
    store::{self, Shelf},
    view,
};

#[handler]
pub async fn invoice(staff: Staff, asked: Method, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_staff(&staff, &asked, Shelf::Invoices, id).await
}

#[handler]
pub async fn quote(staff: Staff, asked: Method, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_staff(&staff, &asked, Shelf::Quotes, id).await
}

#[handler]
pub async fn client_invoice(client: Client, asked: Method, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_client(&client, &asked, Shelf::Invoices, id).await
}

#[handler]
pub async fn client_quote(client: Client, asked: Method, Path(id): Path<DocumentId>) -> Result<Answer> {
    of_client(&client, &asked, Shelf::Quotes, id).await
}

async fn of_staff(staff: &Staff, asked: &Method, shelf: Shelf, id: DocumentId) -> Result<Answer> {
    let text = staff.text();
    let (document, bytes) = kept_or_drawn(staff, shelf, id, text.language).await?;
    if asked == Method::GET {
        staff.write_in_passing(move |tx| store::record_download(tx, shelf, id)).await?;
    }
    Ok(delivered(&view::title(text, &document), bytes))
}

pub async fn kept_or_drawn(
    staff: &Staff,
    shelf: Shelf,
    id: DocumentId,
    language: Language,
) -> Result<(Document, Vec<u8>)> {
    let (document, kept) = staff
        .read(move |tx| {
            let entry = shelf.hold(store::document(tx, id)?)?;
            Ok((entry.document, store::kept_paper(tx, id, language)?))
        })
        .await?;
    if let Some(bytes) = kept {
        return Ok((document, bytes));
    }
    let drawn = staff
        .write(move |tx| {
            let entry = shelf.hold(store::document(tx, id)?)?;
            let drawn = store::paper(tx, entry, language)?;
            Ok(tx.unchanged(drawn))
        })
        .await?;
    Ok((document, drawn))
}

async fn of_client(client: &Client, asked: &Method, shelf: Shelf, id: DocumentId) -> Result<Answer> {
    let text = client.text();
    let (document, bytes) = kept_or_drawn_for_client(client, shelf, id).await?;
    if asked == Method::GET {
        client.write_in_passing(move |tx| store::record_download(tx, shelf, id)).await?;
    }
    Ok(delivered(&view::title(text, &document), bytes))
}

/// In the client's language.
pub async fn kept_or_drawn_for_client(
    client: &Client,
    shelf: Shelf,
    id: DocumentId,
) -> Result<(Document, Vec<u8>)> {
    let text = client.text();
    let (document, kept) = client
        .read(move |tx| {
            let entry = shelf.hold(store::client::document(tx, id)?)?;
            Ok((entry.document, store::kept_paper(tx, id, text.language)?))
        })
        .await?;
    let bytes = match kept {
        Some(bytes) => bytes,
        None => drawn(client, shelf, id, text.language).await?,
    };
    Ok((document, bytes))
}

/// Kept from now on, unless nothing may be left behind.
async fn drawn(client: &Client, shelf: Shelf, id: DocumentId, language: Language) -> Result<Vec<u8>> {
    let kept = client.write_in_passing(move |tx| {
        let entry = shelf.hold(store::client::document(tx, id)?)?;
        let drawn = store::paper(tx, entry, language)?;
        Ok(tx.unchanged(drawn))
    });
    match kept.await? {
        Some(bytes) => Ok(bytes),
        None => {
            let draw = client.read(move |tx| {
                let entry = shelf.hold(store::client::document(tx, id)?)?;
                store::draw_paper(tx, entry, language)
            });
            draw.await
        }
    }
}

/// Under its number: "Invoice INV-2026-0001.pdf".
pub fn delivered(title: &str, bytes: Vec<u8>) -> Answer {
    let name = format!("{}.pdf", title.replace('/', "-"));
    let mut response = Response::builder().content_type("application/pdf").body(bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, Disposition::Attachment.header(&name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store, no-transform"));
    Answer::from(response)
}
