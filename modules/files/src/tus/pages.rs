//! The requests of the protocol.

use std::sync::Arc;

use poem::{
    Body, Request, Response, handler,
    http::{HeaderName, HeaderValue, Method, StatusCode},
    web::{Data, Path, Query},
};
use portico_facts::{FileRequestId, ItemId, PortalId, RequestSlotId, UploadId};
use portico_kernel::{Answer, Client, NewJob, Result, Within};

use super::{
    EXTENSIONS, VERSION, asked,
    checksum::{ALGORITHMS, Checksum},
    expiry::{Expire, UPLOAD_EXPIRES, clear},
    fault::Fault,
    metadata::path_in,
    receiving::Receiving,
    turns::Turn,
    upload::Upload,
};
use crate::{
    arrival::new_key,
    caller::Caller,
    pages::OpenFolder,
    quota::Quota,
    refusal::{LARGEST, Refusal},
    store::uploads,
    uploader::Uploader,
};

/// What can be done here, for a client that asks before it begins.
#[handler]
pub fn options() -> Answer {
    let told = [
        ("tus-version", VERSION.to_owned()),
        ("tus-extension", EXTENSIONS.to_owned()),
        ("tus-max-size", LARGEST.to_string()),
        ("tus-checksum-algorithm", ALGORITHMS.to_owned()),
    ];
    reply(StatusCode::NO_CONTENT, told)
}

#[handler]
pub async fn create_in_portal(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    Query(open): Query<OpenFolder>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let uploader = Uploader::Staff(staff.clone(), open.of(portal)?);
    create(&Caller::Staff(staff), &uploader, quota, req, body).await
}

#[handler]
pub async fn create_in_folder(
    client: Client,
    Path(folder): Path<ItemId>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let uploader = Uploader::Client(client.clone(), folder);
    create(&Caller::Client(client), &uploader, quota, req, body).await
}

#[handler]
pub async fn create_for_slot(
    client: Client,
    Path((request, slot)): Path<(FileRequestId, RequestSlotId)>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let uploader = Uploader::Asked(client.clone(), request, slot);
    create(&Caller::Client(client), &uploader, quota, req, body).await
}

async fn create(
    caller: &Caller,
    uploader: &Uploader,
    quota: &Arc<Quota>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let begun = match begin(uploader, quota, req).await {
        Ok(upload) if asked::brings_bytes(req) || upload.length() == 0 => {
            begin_with(uploader, upload, req, body).await
        }
        begun => begun,
    };
    answer(caller, begun, |upload| {
        let location = caller.address(upload.id);
        reply(StatusCode::CREATED, [("location", location), offset(&upload), expires(&upload)])
    })
}

/// Sets the whole file's room aside.
async fn begin(uploader: &Uploader, quota: &Arc<Quota>, req: &Request) -> Result<Upload, Fault> {
    asked::check_version(req)?;
    let length = asked::length(req)?;
    let path = path_in(req.header("Upload-Metadata"))?;
    if length > LARGEST {
        return Err(Refusal::TooLarge.into());
    }
    let place = uploader.check_place().await?;
    let _until_the_row_counts = quota.reserve(uploader, length).await?.ok_or(Refusal::QuotaUsedUp)?;
    let (key, of) = (new_key(uploader.kernel(), uploader.organization()), uploader.clone());
    let write = uploader.write(move |tx| {
        let id = tx.new_id(UploadId::from_bytes);
        let new = Upload::new(id, (&of, place), &path, length, key, tx.now());
        let expiry = NewJob { kind: UPLOAD_EXPIRES, payload: Expire { upload: new.id } };
        tx.enqueue_at(expiry, new.expires_at)?;
        uploads::add(tx, new)
    });
    Ok(write.await?)
}

/// The first bytes come along with the creation. Without an answer nobody knows where to go on.
async fn begin_with(uploader: &Uploader, upload: Upload, req: &Request, body: Body) -> Result<Upload, Fault> {
    let id = upload.id;
    let received = match Checksum::of(req) {
        Ok(checksum) => {
            let turn = Turn::take(id).ok_or(Fault::Occupied)?;
            Receiving { uploader: uploader.clone(), upload, turn, checksum }.take(body).await
        }
        Err(fault) => Err(fault),
    };
    if received.is_err() {
        remove(uploader, id).await?;
    }
    received
}

/// How far it is.
#[handler]
pub async fn state(caller: Caller, Path(id): Path<UploadId>, req: &Request) -> Result<Answer> {
    tell(&caller, id, req).await
}

#[handler]
pub async fn append(caller: Caller, Path(id): Path<UploadId>, req: &Request, body: Body) -> Result<Answer> {
    go_on(&caller, id, req, body).await
}

#[handler]
pub async fn end(caller: Caller, Path(id): Path<UploadId>, req: &Request) -> Result<Answer> {
    terminate(&caller, id, req).await
}

/// For a client that cannot send every method.
#[handler]
pub async fn overridden(
    caller: Caller,
    Path(id): Path<UploadId>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let meant = req.header("X-HTTP-Method-Override").unwrap_or_default();
    match Method::from_bytes(meant.as_bytes()) {
        Ok(Method::HEAD) => tell(&caller, id, req).await,
        Ok(Method::PATCH) => go_on(&caller, id, req, body).await,
        Ok(Method::DELETE) => terminate(&caller, id, req).await,
        _ => {
            let odd = Fault::Malformed("X-HTTP-Method-Override");
            answer(&caller, caller.find(id).await.and(Err(odd)), done)
        }
    }
}

async fn tell(caller: &Caller, id: UploadId, req: &Request) -> Result<Answer> {
    answer(caller, found(caller, id, req).await, |(_, upload)| {
        let length = ("upload-length", upload.length().to_string());
        reply(StatusCode::OK, [offset(&upload), length, expires(&upload)])
    })
}

/// Whose it is not learns nothing from the protocol either.
async fn found(caller: &Caller, id: UploadId, req: &Request) -> Result<(Uploader, Upload), Fault> {
    let found = caller.find(id).await?;
    asked::check_version(req)?;
    Ok(found)
}

async fn go_on(caller: &Caller, id: UploadId, req: &Request, body: Body) -> Result<Answer> {
    let received = match prepare(caller, id, req).await {
        Ok(receiving) => receiving.take(body).await,
        Err(fault) => Err(fault),
    };
    answer(caller, received, done)
}

async fn prepare(caller: &Caller, id: UploadId, req: &Request) -> Result<Receiving, Fault> {
    found(caller, id, req).await?;
    if !asked::brings_bytes(req) {
        return Err(Fault::NotBytes);
    }
    let (at, checksum) = (asked::offset(req)?, Checksum::of(req)?);
    let turn = Turn::take(id).ok_or(Fault::Occupied)?;
    // Once more: before the turn somebody else may have made progress.
    let (uploader, upload) = caller.find(id).await?;
    match at == upload.received() {
        true => Ok(Receiving { uploader, upload, turn, checksum }),
        false => Err(Fault::OtherOffset),
    }
}

async fn terminate(caller: &Caller, id: UploadId, req: &Request) -> Result<Answer> {
    let ended = match found(caller, id, req).await {
        Ok((uploader, _)) => remove(&uploader, id).await,
        Err(fault) => Err(fault),
    };
    answer(caller, ended, |()| reply(StatusCode::NO_CONTENT, []))
}

async fn remove(uploader: &Uploader, id: UploadId) -> Result<(), Fault> {
    let _turn = Turn::take_over(id).await.ok_or(Fault::Occupied)?;
    let upload = uploader.read(move |tx| uploads::find(tx, id)).await?;
    clear(uploader.objects(), &upload).await?;
    Ok(uploader.write(move |tx| uploads::remove(tx, id)).await?)
}

fn answer<T>(caller: &Caller, outcome: Result<T, Fault>, words: impl FnOnce(T) -> Answer) -> Result<Answer> {
    let answer = match outcome {
        Ok(value) => words(value),
        Err(fault) => fault.into_answer(caller)?,
    };
    Ok(answer.header("Tus-Resumable", HeaderValue::from_static(VERSION)))
}

fn done(upload: Upload) -> Answer {
    reply(StatusCode::NO_CONTENT, [offset(&upload), expires(&upload)])
}

fn offset(upload: &Upload) -> (&'static str, String) {
    ("upload-offset", upload.received().to_string())
}

/// As RFC 9110, section 5.6.7, writes dates.
fn expires(upload: &Upload) -> (&'static str, String) {
    let date = upload.expires_at.in_zone("UTC").strftime("%a, %d %b %Y %H:%M:%S GMT");
    ("upload-expires", date.to_string())
}

fn reply(status: StatusCode, headers: impl IntoIterator<Item = (&'static str, String)>) -> Answer {
    let mut response = Response::builder().status(status).finish();
    for (name, value) in headers {
        let value = HeaderValue::try_from(value).expect("numbers, dates and ids are plain ASCII");
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    Answer::from(response)
}
