//! Handlers.

pub mod approvals;
pub mod asked;
pub mod pictures;
pub mod requests;
pub mod sending;
pub mod storage;
pub mod versions;

use std::sync::Arc;

use maud::{Markup, html};
use poem::{
    Body, Request, Response, handler,
    http::StatusCode,
    web::{Data, Path, Query},
};
use portico_facts::{EventKind, ItemId, PortalId, VersionId};
use portico_kernel::{
    Answer, Client, Disposition, Error, Looker, Partial, Problems, Result, Side, Staff, Telling, Within,
    wants_json,
};
use portico_ui::{Text, components::viewing};
use serde::Deserialize;
use serde_json::json;

use crate::{
    approval::DecisionForm,
    delivery::{Begun, Conditions, deliver},
    file::File,
    look::Look,
    noted, preview_text,
    quota::Quota,
    store::{self, Place, Surroundings},
    upload::{self, Uploaded},
    uploader::Uploader,
    view::{self, Preview},
    visibility,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenFolder {
    folder: Option<String>,
}

impl OpenFolder {
    pub fn of(self, portal: PortalId) -> Result<Place> {
        let folder = self.folder.map(|id| id.parse::<ItemId>()).transpose().map_err(|_| Error::NotFound)?;
        Ok(Place { portal, folder })
    }
}

#[handler]
pub async fn upload_files(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    Query(open): Query<OpenFolder>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let place = open.of(portal)?;
    let uploader = Uploader::Staff(staff.clone(), place);
    let uploaded = upload::receive(&uploader, quota, req, body).await?;
    Ok(match wants_json(req) {
        true => json_answer(staff.text(), Side::Staff, &uploaded),
        false => page_answer(&staff, place, &uploaded),
    })
}

/// For `upload.js`, which sends one file at a time and shows what went wrong beside it.
fn json_answer(text: Text, side: Side, uploaded: &Uploaded) -> Answer {
    let (status, body) = match &uploaded.refused {
        Some((refusal, _)) => (refusal.status(), json!({ "message": refusal.words(text, side) })),
        None => {
            let kept = uploaded.kept.iter().map(|kept| {
                json!({
                    "id": kept.item,
                    "name": kept.name.as_str(),
                    "version": kept.number,
                    "href": view::href(side, kept.item),
                })
            });
            (StatusCode::CREATED, json!({ "files": kept.collect::<Vec<_>>() }))
        }
    };
    let response = Response::builder().status(status).content_type("application/json").body(body.to_string());
    Answer::from(response)
}

fn page_answer(staff: &Staff, place: Place, uploaded: &Uploaded) -> Answer {
    match &uploaded.refused {
        None => Answer::go(Partial::Page, &view::place_href(Side::Staff, place)),
        Some((refusal, _)) => {
            let frame = staff.frame();
            let title = frame.text.say("ui-upload-files");
            let form = view::upload_tool(&frame, place);
            let report = view::upload_report(frame.text, Side::Staff, place, uploaded, form);
            staff.page(&title, report).status(refusal.status())
        }
    }
}

#[derive(Deserialize)]
struct Aftermath {
    /// The version that was deleted just now, to be brought back.
    deleted: Option<String>,
}

impl Aftermath {
    fn deleted(&self) -> Option<VersionId> {
        self.deleted.as_deref()?.parse().ok()
    }
}

#[handler]
pub async fn staff_preview(
    Within(staff): Within,
    Path(item): Path<ItemId>,
    Query(look): Query<Look>,
    Query(aftermath): Query<Aftermath>,
) -> Result<Answer> {
    let deleted = aftermath.deleted();
    let (frame, looked) = (staff.frame(), look.clone());
    let (file, surroundings, inside, history, deleted, approvals, sender) = staff
        .read(move |tx| {
            let file = store::file(tx, item)?;
            let surroundings = store::surroundings(tx, &file.item)?;
            let inside = preview_text::inside(tx, &file, &looked)?;
            let history = store::history(tx, item)?;
            let deleted = match deleted {
                Some(version) => store::deleted_number(tx, item, version)?.map(|number| (version, number)),
                None => None,
            };
            let approvals = approvals::of_file(tx, &frame, &file)?;
            let sender = store::senders(tx, &[item])?.remove(&item);
            Ok((file, surroundings, inside, history, deleted, approvals, sender))
        })
        .await?;
    let words = preview_text::of(staff.objects(), &file.content, inside).await?;
    let (mut frame, zone) = (staff.frame(), &staff.organization().time_zone);
    frame.toast = deleted.map(|deleted| view::versions::deletion_toast(&frame, item, deleted));
    let preview = Preview { sender, ..preview(Side::Staff, &file, &surroundings, &words, &look, zone) };
    let body = html! {
        (view::preview(&frame, &preview))
        (approvals)
        (view::versions::history(&frame, item, &history, zone))
    };
    Ok(Answer::page(portico_ui::staff_page(&frame, file.name(), body)))
}

#[handler]
pub async fn client_preview(
    client: Client,
    Path(item): Path<ItemId>,
    Query(look): Query<Look>,
    conditions: Conditions,
) -> Result<Answer> {
    let (frame, looked) = (client.frame(), look.clone());
    let (file, surroundings, inside, question) = client
        .read(move |tx| {
            let file = visibility::client_file(tx, item)?;
            let surroundings = visibility::surroundings(tx, &file.item)?;
            let inside = preview_text::inside(tx, &file, &looked)?;
            let nothing = (DecisionForm::default(), Problems::default());
            let question = approvals::of_client_file(tx, &frame, &file, &nothing.0, &nothing.1)?;
            Ok((file, surroundings, inside, question))
        })
        .await?;
    // A page drawn ahead would keep what `client_content` does not send ahead.
    if let Some(nothing) = conditions.too_early() {
        return Ok(nothing);
    }
    let words = preview_text::of(client.objects(), &file.content, inside).await?;
    let zone = &client.organization().time_zone;
    let preview = Preview { question, ..preview(Side::Client, &file, &surroundings, &words, &look, zone) };
    let frame = client.frame();
    let views = format!("{}/views", view::href(Side::Client, item));
    let body = html! { (viewing(&frame.form_token, &views)) (view::preview(&frame, &preview)) };
    Ok(client.page(file.name(), body))
}

fn preview<'a>(
    side: Side,
    file: &'a File,
    surroundings: &'a Surroundings,
    words: &'a view::Words,
    look: &'a Look,
    zone: &'a str,
) -> Preview<'a> {
    let address = view::href(side, file.id());
    let question = Markup::default();
    Preview { side, file, address, question, surroundings, words, look, zone, sender: None }
}

#[handler]
pub async fn staff_content(
    Within(staff): Within,
    Path(item): Path<ItemId>,
    conditions: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::file(tx, item)).await?;
    deliver(staff.objects(), &file, Disposition::Inline, &conditions).await
}

#[handler]
pub async fn staff_download(
    Within(staff): Within,
    Path(item): Path<ItemId>,
    conditions: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::file(tx, item)).await?;
    deliver(staff.objects(), &file, Disposition::Attachment, &conditions).await
}

#[handler]
pub async fn client_content(
    client: Client,
    Path(item): Path<ItemId>,
    conditions: Conditions,
) -> Result<Answer> {
    let looker = conditions.looker();
    let (file, kind, is_noted) = client
        .read(move |tx| {
            let file = visibility::client_file(tx, item)?;
            let kind = noted::kind_in_place(&file);
            let is_noted = noted::is_noted(tx, kind, &file, looker)?;
            Ok((file, kind, is_noted))
        })
        .await?;
    if let Some(nothing) = conditions.too_early() {
        return Ok(nothing);
    }
    let answer = deliver(client.objects(), &file, Disposition::Inline, &conditions).await?;
    if !is_noted && conditions.begin(&file.content.etag(), file.content.size()).is_some() {
        client.write_in_passing(move |tx| noted::note_once(tx, kind, &file, looker)).await?;
    }
    Ok(answer)
}

/// In the audit log (T18); nothing that a page shows as the state of the portal changes (T6).
#[handler]
pub async fn client_download(
    client: Client,
    Path(item): Path<ItemId>,
    conditions: Conditions,
) -> Result<Answer> {
    let file = client.read(move |tx| visibility::client_file(tx, item)).await?;
    if let Some(nothing) = conditions.too_early() {
        return Ok(nothing);
    }
    let answer = deliver(client.objects(), &file, Disposition::Attachment, &conditions).await?;
    let (kind, looker) = (EventKind::ITEM_DOWNLOADED, conditions.looker());
    match conditions.begin(&file.content.etag(), file.content.size()) {
        Some(Begun::Whole) => {
            client.write_in_passing(move |tx| noted::note(tx, kind, &file, looker)).await?;
        }
        Some(Begun::InParts) => {
            client.write_in_passing(move |tx| noted::note_once(tx, kind, &file, looker)).await?;
        }
        None => {}
    }
    Ok(answer)
}

/// The page of a file tells that somebody looks at it.
#[handler]
pub async fn record_view(
    Telling(client): Telling<Client>,
    partial: Partial,
    looker: Looker,
    Path(item): Path<ItemId>,
) -> Result<Answer> {
    let file = client.read(move |tx| visibility::client_file(tx, item)).await?;
    if looker != Looker::Prefetch {
        client
            .write_in_passing(move |tx| noted::note_once(tx, EventKind::ITEM_VIEWED, &file, looker))
            .await?;
    }
    Ok(Answer::told(partial, &view::href(Side::Client, item)))
}
