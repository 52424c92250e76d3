//! Mails that a mail server hands over. Whoever does so proves it before anything is read of them (T14); a signature, which is
//! of what is to be read, shows before that it is of now.

use std::time::Duration;

use poem::{Body, Request, Response, handler, http::StatusCode};
use portico_kernel::{Answer, Error, MailProof, Result, Visitor, bearer};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use crate::opening::{LARGEST_MAIL, Opened, open_mail};

/// Mails that are held in memory, and taken apart, at a time: of those who have the secret.
static PROVEN: Semaphore = Semaphore::const_new(4);
/// And of those who may be anybody, until theirs is read to its end.
static UNPROVEN: Semaphore = Semaphore::const_new(4);
/// For a place, and for the whole of a mail.
const PATIENCE: Duration = Duration::from_secs(30);

#[handler]
pub async fn open(visitor: Visitor, req: &Request, body: Body) -> Result<Answer> {
    let kernel = visitor.kernel().clone();
    let inbound = kernel.configuration().inbound.clone().ok_or(Error::NotFound)?;
    let proof = match (bearer(req), req.header("portico-signature")) {
        // Nothing of the body is read for nothing.
        (Some(bearer), _) if inbound.believes(MailProof::Bearer(bearer), b"", kernel.now()) => None,
        (None, Some(signature)) if inbound.could_believe(signature, kernel.now()) => {
            Some(MailProof::Signature(signature))
        }
        _ => return Err(Error::Forbidden),
    };
    let _place = place(proof.is_none()).await?;
    let read = timeout(PATIENCE, body.into_bytes_limit(LARGEST_MAIL)).await.map_err(|_| Error::Busy)?;
    let mail = read.map_err(|_| Error::TooLarge)?;
    if proof.is_some_and(|proof| !inbound.believes(proof, &mail, kernel.now())) {
        return Err(Error::Forbidden);
    }
    Ok(said(&open_mail(&kernel, mail.into()).await?))
}

/// Strangers do not wait for one (T37), nor take one from whoever has the secret.
async fn place(is_proven: bool) -> Result<SemaphorePermit<'static>> {
    if !is_proven {
        return UNPROVEN.try_acquire().map_err(|_| Error::Busy);
    }
    let waited = timeout(PATIENCE, PROVEN.acquire()).await.map_err(|_| Error::Busy)?;
    waited.map_err(|_| Error::Busy)
}

/// Whatever became of it, it need not be sent again.
fn said(opened: &Opened) -> Answer {
    Answer::from(Response::builder().status(StatusCode::OK).body(opened.to_string()))
}
