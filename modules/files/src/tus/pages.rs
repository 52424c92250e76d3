//! The requests of the protocol.

use std::sync::Arc;

use futures_util::StreamExt;
use poem::{
    Body, Request, Response, handler,
    http::{HeaderName, HeaderValue, Method, StatusCode},
    web::{Data, Path, Query},
};
use portico_facts::{PortalId, UploadId};
use portico_kernel::{Answer, NewJob, Result, Staff};

use super::{
    EXTENSIONS, VERSION, asked,
    checksum::{ALGORITHMS, Checksum},
    expiry::{Expire, UPLOAD_EXPIRES, clear},
    fault::Fault,
    metadata::path_in,
    receiving::{Receiving, discard},
    sender::Sender,
    turns::Turn,
    upload::Upload,
};
use crate::{
    arrival::new_key,
    pages::OpenFolder,
    quota::Quota,
    refusal::{LARGEST, Refusal},
    store::{self, uploads},
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
pub async fn create(
    staff: Staff,
    Path(portal): Path<PortalId>,
    Query(open): Query<OpenFolder>,
    Data(quota): Data<&Arc<Quota>>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let sender = Sender { staff: staff.clone(), place: open.of(portal)? };
    let begun = match begin(&sender, quota, req).await {
        Ok(upload) if asked::brings_bytes(req) || upload.length() == 0 => {
            begin_with(&sender, upload, req, body).await
        }
        begun => begun,
    };
    answer(&staff, begun, |upload| {
        let location = format!("/staff/uploads/{}", upload.id);
        reply(StatusCode::CREATED, [("location", location), offset(&upload), expires(&upload)])
    })
}

/// Sets the whole file's room aside.
async fn begin(sender: &Sender, quota: &Arc<Quota>, req: &Request) -> Result<Upload, Fault> {
    asked::check_version(req)?;
    let length = asked::length(req)?;
    let path = path_in(req.header("Upload-Metadata"))?;
    if length > LARGEST {
        return Err(Refusal::TooLarge.into());
    }
    let place = sender.place;
    sender.staff.read(move |tx| store::check_place(tx, place)).await?;
    let _until_the_row_counts =
        quota.reserve(&sender.uploader(), length).await?.ok_or(Refusal::QuotaUsedUp)?;
    let key = new_key(sender.staff.organization().id);
    let write = sender.write(move |tx| {
        let new = Upload::new(tx.new_id(UploadId::from_bytes), place, &path, length, key, tx.now());
        let expiry = NewJob { kind: UPLOAD_EXPIRES, payload: Expire { upload: new.id } };
        tx.enqueue_at(expiry, new.expires_at)?;
        uploads::add(tx, new)
    });
    Ok(write.await?)
}

/// The first bytes come along with the creation. Without an answer nobody knows where to go on.
async fn begin_with(sender: &Sender, upload: Upload, req: &Request, body: Body) -> Result<Upload, Fault> {
    let id = upload.id;
    let received = match Checksum::of(req) {
        Ok(checksum) => {
            let turn = Turn::take(id).ok_or(Fault::Occupied)?;
            Receiving { sender: sender.clone(), upload, turn, checksum }.take(body).await
        }
        Err(fault) => Err(fault),
    };
    if received.is_err() {
        remove(sender, id).await?;
    }
    received
}

/// How far it is.
#[handler]
pub async fn state(staff: Staff, Path(id): Path<UploadId>, req: &Request) -> Result<Answer> {
    tell(&staff, id, req).await
}

#[handler]
pub async fn append(staff: Staff, Path(id): Path<UploadId>, req: &Request, body: Body) -> Result<Answer> {
    go_on(&staff, id, req, body).await
}

#[handler]
pub async fn end(staff: Staff, Path(id): Path<UploadId>, req: &Request) -> Result<Answer> {
    terminate(&staff, id, req).await
}

/// For a client that cannot send every method.
#[handler]
pub async fn overridden(staff: Staff, Path(id): Path<UploadId>, req: &Request, body: Body) -> Result<Answer> {
    let meant = req.header("X-HTTP-Method-Override").unwrap_or_default();
    match Method::from_bytes(meant.as_bytes()) {
        Ok(Method::HEAD) => tell(&staff, id, req).await,
        Ok(Method::PATCH) => go_on(&staff, id, req, body).await,
        Ok(Method::DELETE) => terminate(&staff, id, req).await,
        _ => {
            let odd = Fault::Malformed("X-HTTP-Method-Override");
            answer(&staff, Sender::of(&staff, id).await.and(Err(odd)), done)
        }
    }
}

async fn tell(staff: &Staff, id: UploadId, req: &Request) -> Result<Answer> {
    answer(staff, found(staff, id, req).await, |(_, upload)| {
        let length = ("upload-length", upload.length().to_string());
        reply(StatusCode::OK, [offset(&upload), length, expires(&upload)])
    })
}

/// Whose it is not learns nothing from the protocol either.
async fn found(staff: &Staff, id: UploadId, req: &Request) -> Result<(Sender, Upload), Fault> {
    let found = Sender::of(staff, id).await?;
    asked::check_version(req)?;
    Ok(found)
}

async fn go_on(staff: &Staff, id: UploadId, req: &Request, body: Body) -> Result<Answer> {
    let received = match prepare(staff, id, req).await {
        Ok(receiving) => receiving.take(body).await,
        Err(fault) => {
            discard(body.into_bytes_stream().boxed()).await;
            Err(fault)
        }
    };
    answer(staff, received, done)
}

async fn prepare(staff: &Staff, id: UploadId, req: &Request) -> Result<Receiving, Fault> {
    found(staff, id, req).await?;
    if !asked::brings_bytes(req) {
        return Err(Fault::NotBytes);
    }
    let (at, checksum) = (asked::offset(req)?, Checksum::of(req)?);
    let turn = Turn::take(id).ok_or(Fault::Occupied)?;
    // Once more: before the turn somebody else may have made progress.
    let (sender, upload) = Sender::of(staff, id).await?;
    match at == upload.received() {
        true => Ok(Receiving { sender, upload, turn, checksum }),
        false => Err(Fault::OtherOffset),
    }
}

async fn terminate(staff: &Staff, id: UploadId, req: &Request) -> Result<Answer> {
    let ended = match found(staff, id, req).await {
        Ok((sender, _)) => remove(&sender, id).await,
        Err(fault) => Err(fault),
    };
    answer(staff, ended, |()| reply(StatusCode::NO_CONTENT, []))
}

async fn remove(sender: &Sender, id: UploadId) -> Result<(), Fault> {
    let _turn = Turn::take_over(id).await.ok_or(Fault::Occupied)?;
    let upload = sender.read(move |tx| uploads::find(tx, id)).await?;
    clear(sender.objects(), &upload).await?;
    Ok(sender.write(move |tx| uploads::remove(tx, id)).await?)
}

fn answer<T>(staff: &Staff, outcome: Result<T, Fault>, words: impl FnOnce(T) -> Answer) -> Result<Answer> {
    let answer = match outcome {
        Ok(value) => words(value),
        Err(fault) => fault.into_answer(staff.text())?,
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
