//! What is there before anyone signs in: the first page, and the organization's colours.

use poem::{
    Response, handler,
    http::{HeaderValue, header},
    web::Path,
};
use portico_kernel::{Answer, Client, Error, Partial, Result, Staff, Visitor};
use portico_ui::{
    Brand, Colour, PublicPage, brand_css,
    markdown::{self, Under},
};

use super::client;
use crate::store;

/// The address of everybody: each sees their own first page there.
#[handler]
pub async fn first_page(
    visitor: Visitor,
    partial: Partial,
    client: Option<Client>,
    staff: Option<Staff>,
) -> Result<Answer> {
    match (client, staff) {
        (Some(client), _) => client::home(&client).await,
        (None, Some(_)) => Ok(Answer::go(partial, "/staff")),
        (None, None) => public_page(&visitor).await,
    }
}

async fn public_page(visitor: &Visitor) -> Result<Answer> {
    let said = visitor.read(|tx| store::organization::public_words(tx)).await?;
    let frame = visitor.frame();
    let headline = match said.headline.as_str() {
        "" => &visitor.organization().name,
        headline => headline,
    };
    let words = markdown::render(&said.words, Under::PageTitle);
    let page = PublicPage { headline, words, cover: None, sign_in_href: "/sign-in" };
    Ok(Answer::page(portico_ui::public_page(&frame, &page)))
}

/// The organization's colours. The address changes with the colour, so that what is cached is never
/// wrong; any other colour's address is nobody's.
#[handler]
pub async fn brand(visitor: Visitor, Path(file): Path<String>) -> Result<Answer> {
    let own = &visitor.organization().colour;
    let digits = file.strip_suffix(".css").ok_or(Error::NotFound)?;
    if own.strip_prefix('#') != Some(digits) {
        return Err(Error::NotFound);
    }
    let accent: Colour = own.parse().unwrap_or(Brand::default().accent);
    let css =
        Response::builder().content_type("text/css; charset=utf-8").body(brand_css(&Brand::new(accent)));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Ok(Answer::from(css).header(header::CACHE_CONTROL.as_str(), forever))
}
