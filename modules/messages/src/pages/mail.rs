//! Mails that a mail server hands over. Whoever does so proves it before anything is read of them (T14).

use poem::{
    Body, Request, Response, handler,
    http::{StatusCode, header},
};
use portico_kernel::{Answer, Error, MailProof, Result, Visitor};

use crate::opening::{LARGEST_MAIL, Opened, open_mail};

const BEARER: &str = "Bearer ";

#[handler]
pub async fn open(visitor: Visitor, req: &Request, body: Body) -> Result<Answer> {
    let kernel = visitor.kernel().clone();
    let inbound = kernel.configuration().inbound.clone().ok_or(Error::NotFound)?;
    let bearer = req.header(header::AUTHORIZATION).and_then(|value| value.strip_prefix(BEARER));
    let signature = req.header("portico-signature");
    let proof = match (bearer, signature) {
        // Nothing of the body is read for nothing.
        (Some(bearer), _) if inbound.believes(MailProof::Bearer(bearer), b"", kernel.now()) => None,
        (None, Some(signature)) => Some(MailProof::Signature(signature)),
        _ => return Err(Error::Forbidden),
    };
    let mail = body.into_bytes_limit(LARGEST_MAIL).await.map_err(|_| Error::TooLarge)?;
    if proof.is_some_and(|proof| !inbound.believes(proof, &mail, kernel.now())) {
        return Err(Error::Forbidden);
    }
    Ok(said(&open_mail(&kernel, mail.into()).await?))
}

/// Whatever became of it, it need not be sent again.
fn said(opened: &Opened) -> Answer {
    Answer::from(Response::builder().status(StatusCode::OK).body(opened.to_string()))
}
