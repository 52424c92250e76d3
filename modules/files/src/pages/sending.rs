//! Files from clients: the folders that take them, and who sees what came.

use std::sync::Arc;

use poem::{
    Body, Request, handler,
    web::{Data, Path},
};
use portico_facts::ItemId;
use portico_kernel::{Answer, Client, Partial, Result, Shown, Side, Staff, Within, wants_json};

use super::json_answer;
use crate::{
    quota::Quota,
    store::{self, Clients},
    upload::{self, Uploaded},
    uploader::Uploader,
    view::{self, sending},
    visibility,
};

#[handler]
pub async fn send_files(
    client: Client,
    Path(folder): Path<ItemId>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let uploader = Uploader::Client(client.clone(), folder);
    let uploaded = upload::receive(&uploader, quota, req, body).await?;
    match wants_json(req) {
        true => Ok(json_answer(client.text(), Side::Client, &uploaded)),
        false => page_answer(&client, folder, &uploaded).await,
    }
}

async fn page_answer(client: &Client, folder: ItemId, uploaded: &Uploaded) -> Result<Answer> {
    let place = client.read(move |tx| visibility::open_folder(tx, folder)).await?;
    Ok(match &uploaded.refused {
        None => Answer::go(Partial::Page, &view::place_href(Side::Client, place)),
        Some((refusal, _)) => {
            let frame = client.frame();
            let title = frame.text.say("ui-upload-files");
            let form = sending::send_files_form(&frame, folder);
            let report = view::upload_report(frame.text, Side::Client, place, uploaded, form);
            client.page(&title, report).status(refusal.status())
        }
    })
}

#[handler]
pub async fn open_folder(
    Within(staff): Within,
    partial: Partial,
    Path(folder): Path<ItemId>,
) -> Result<Answer> {
    let_clients(&staff, partial, folder, Clients::SendFiles).await
}

#[handler]
pub async fn close_folder(
    Within(staff): Within,
    partial: Partial,
    Path(folder): Path<ItemId>,
) -> Result<Answer> {
    let_clients(&staff, partial, folder, Clients::Read).await
}

async fn let_clients(staff: &Staff, partial: Partial, folder: ItemId, may: Clients) -> Result<Answer> {
    let place = staff.write(move |tx| store::let_clients(tx, folder, may)).await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(sending::folder_switch(&staff.frame(), folder, may)),
        Partial::Page => Answer::go(partial, &view::place_href(Side::Staff, place)),
    })
}

#[handler]
pub async fn show(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    show_to(&staff, partial, item, Shown::ToEveryone).await
}

#[handler]
pub async fn hide(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    show_to(&staff, partial, item, Shown::ToSender).await
}

async fn show_to(staff: &Staff, partial: Partial, item: ItemId, to: Shown) -> Result<Answer> {
    staff.write(move |tx| store::show(tx, item, to)).await?;
    Ok(Answer::go(partial, &view::href(Side::Staff, item)))
}
