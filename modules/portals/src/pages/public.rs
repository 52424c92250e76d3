//! What is there before anyone signs in.

use poem::handler;
use portico_kernel::{Answer, Client, Partial, Result, Visitor, Within};
use portico_ui::{
    PublicPage,
    markdown::{self, Under},
};

use super::client;
use crate::{store, view::contact::contact};

/// The address of everybody: each sees their own first page there.
#[handler]
pub async fn first_page(
    visitor: Visitor,
    partial: Partial,
    client: Option<Client>,
    staff: Option<Within>,
) -> Result<Answer> {
    match (client, staff) {
        (Some(client), _) => client::home(&client).await,
        (None, Some(_)) => Ok(Answer::go(partial, "/staff")),
        (None, None) => public_page(&visitor).await,
    }
}

async fn public_page(visitor: &Visitor) -> Result<Answer> {
    let (said, cover) =
        visitor.read(|tx| Ok((store::organization::public_words(tx)?, store::covers::cover(tx)?))).await?;
    let frame = visitor.frame();
    let title = match said.title.as_str() {
        "" => &visitor.organization().name,
        title => title,
    };
    let page = PublicPage {
        title,
        headline: &said.headline,
        words: markdown::render(&said.words, Under::PageTitle),
        contact: (!said.contact.is_empty()).then(|| contact(frame.text, &said.contact)),
        cover: cover.as_ref(),
        sign_in_href: "/sign-in",
    };
    Ok(Answer::page(portico_ui::public_page(&frame, &page)))
}
