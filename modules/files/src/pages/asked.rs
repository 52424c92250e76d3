//! File requests for the client who is asked.

use std::sync::Arc;

use poem::{
    Body, Request, handler,
    web::{Data, Path},
};
use portico_facts::{FileRequestId, RequestSlotId};
use portico_kernel::{Answer, Client, Partial, Result, Side, Viewer, wants_json};
use portico_ui::Frame;

use super::json_answer;
use crate::{
    quota::Quota,
    store::Place,
    upload,
    uploader::Uploader,
    view::{
        asked::{self as view, Lines, address},
        place_href,
        requests::Reading,
    },
    visibility,
};

fn reading<'a>(client: &'a Client, frame: &'a Frame) -> Reading<'a> {
    Reading { frame, zone: &client.organization().time_zone, now: client.now() }
}

#[handler]
pub async fn list(client: Client, partial: Partial) -> Result<Answer> {
    let requests = client.read(visibility::waiting_requests).await?;
    let frame = client.frame();
    let reading = reading(&client, &frame);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(view::waiting_lines(&reading, Lines::Home, &requests)),
        Partial::Page => {
            let title = frame.text.say("files-requests");
            client.page(&title, view::waiting_page(&reading, &requests))
        }
    })
}

/// Those of one portal, for its page.
#[handler]
pub async fn of_portal(viewer: Viewer, partial: Partial) -> Result<Answer> {
    let Viewer { client, portal } = &viewer;
    if partial == Partial::Page {
        return Ok(Answer::go(partial, &place_href(Side::Client, Place { portal: *portal, folder: None })));
    }
    let requests = viewer.read(visibility::waiting_requests).await?;
    let frame = client.frame();
    let lines = view::waiting_lines(&reading(client, &frame), Lines::Portal(*portal), &requests);
    Ok(Answer::fragment(lines))
}

#[handler]
pub async fn show(client: Client, partial: Partial, Path(request): Path<FileRequestId>) -> Result<Answer> {
    let request = client.read(move |tx| visibility::request(tx, request)).await?;
    let frame = client.frame();
    let body = view::asked_page(&reading(&client, &frame), &request);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&request.title, body),
    })
}

#[handler]
pub async fn send_file(
    client: Client,
    Path((request, slot)): Path<(FileRequestId, RequestSlotId)>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let uploader = Uploader::Asked(client.clone(), request, slot);
    let uploaded = upload::receive(&uploader, quota, req, body).await?;
    if wants_json(req) {
        return Ok(json_answer(client.text(), Side::Client, &uploaded));
    }
    Ok(match &uploaded.refused {
        None => Answer::go(Partial::Page, &address(request)),
        Some((refusal, _)) => {
            let frame = client.frame();
            let page = view::refused(&frame, request, slot, refusal);
            client.page(&frame.text.say("ui-upload-file"), page).status(refusal.status())
        }
    })
}
