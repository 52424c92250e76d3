//! One embed on its page, for staff and for a client. Nothing is asked of its provider until whoever looks says so: the
//! page that holds the frame is the only one whose policy lets it in.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::ItemId;
use portico_kernel::{Answer, Client, Error, FrameOrigin, Result, Within};
use portico_ui::html;
use serde::Deserialize;

use super::{Page, notes::way_to, staff_page};
use crate::{
    embed::Source,
    store,
    view::{
        Moments,
        embed::{Consent, client_embed, staff_header, whole_embed},
    },
};

/// What may follow the `?` of an embed's address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    /// "yes" from whoever pressed the button that loads it.
    shown: String,
}

impl Looked {
    fn consent(&self) -> Consent {
        match self.shown.as_str() {
            "yes" => Consent::Given,
            _ => Consent::NotGiven,
        }
    }
}

#[handler]
pub async fn show(
    Within(staff): Within,
    Path(id): Path<ItemId>,
    Query(looked): Query<Looked>,
) -> Result<Answer> {
    let consent = looked.consent();
    let embed = staff.read(move |tx| store::embeds::find(tx, id)).await?;
    let source = embed.source.clone();
    let answer = staff_page(&staff, move |tx, frame, _| {
        let way = way_to(tx, frame, &embed.item)?;
        let changed = Moments::new(tx, frame.text).ago(embed.item.changed_at);
        let here = format!("/staff/embeds/{id}");
        let body = html! {
            (staff_header(frame, &embed, way, changed))
            (whole_embed(frame.text, &embed, &here, consent))
        };
        Ok(Page { title: embed.item.name.clone(), body, toast: None })
    });
    framed(answer.await?, &source, consent)
}

#[handler]
pub async fn show_to_client(
    client: Client,
    Path(id): Path<ItemId>,
    Query(looked): Query<Looked>,
) -> Result<Answer> {
    let (frame, consent) = (client.frame(), looked.consent());
    let reading = client.read(move |tx| {
        let embed = store::embeds::of_client(tx, id)?;
        let portal = store::client::portal(tx, embed.item.portal)?;
        let path = store::client::path_to(tx, portal.id, embed.item.folder)?;
        let changed = Moments::new(tx, frame.text).ago(embed.item.changed_at);
        let body = client_embed(&frame, &portal, &path, &embed, changed, consent);
        Ok((portico_ui::client_page(&frame, &embed.item.name, body), embed.source))
    });
    let (document, source) = reading.await?;
    framed(Answer::page(document), &source, consent)
}

fn framed(answer: Answer, source: &Source, consent: Consent) -> Result<Answer> {
    match consent {
        Consent::NotGiven => Ok(answer),
        Consent::Given => Ok(answer.framing(FrameOrigin::of(&source.frame).ok_or(Error::NotFound)?)),
    }
}
