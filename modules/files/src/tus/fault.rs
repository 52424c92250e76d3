//! Why a request of the protocol was not done, with the status that the protocol has for it.

use poem::{
    Response,
    http::{HeaderValue, StatusCode},
};
use portico_kernel::{Answer, Error, Result};
use serde_json::json;

use super::VERSION;
use crate::{caller::Caller, refusal::Refusal};

#[derive(Debug)]
pub enum Fault {
    /// 412
    OtherVersion,
    /// 400, with what is wrong.
    Malformed(&'static str),
    /// 415: a body that is no piece of a file.
    NotBytes,
    /// 409: the next byte to send is another.
    OtherOffset,
    /// 423: another request is writing.
    Occupied,
    /// 460: the sum of what came is another; nothing of it was kept.
    OtherChecksum,
    /// 503: the bytes stopped coming, or this server stops. What came is kept, so that the sender goes on with the rest.
    BrokenOff,
    /// 410: it was not finished in time.
    Expired,
    /// What can happen to any upload.
    Refused(Refusal),
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::OtherVersion => StatusCode::PRECONDITION_FAILED,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::NotBytes => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::OtherOffset => StatusCode::CONFLICT,
            Self::Occupied => StatusCode::LOCKED,
            Self::OtherChecksum => StatusCode::from_u16(460).expect("460 is a status, if not a known one"),
            Self::BrokenOff => StatusCode::SERVICE_UNAVAILABLE,
            Self::Expired => StatusCode::GONE,
            Self::Refused(refusal) => refusal.status(),
        }
    }

    /// # Errors
    /// Whatever says nothing about the upload itself, to be answered as anywhere else.
    pub fn into_answer(self, caller: &Caller) -> Result<Answer> {
        let text = caller.text();
        let words = match &self {
            Self::Refused(Refusal::Other(_)) => String::new(),
            Self::Refused(refusal) => refusal.words(text, caller.side()),
            Self::Malformed(what) => (*what).to_owned(),
            _ => text.say("files-upload-interrupted").into_owned(),
        };
        let status = self.status();
        if let Self::Refused(Refusal::Other(error)) = self {
            return Err(error);
        }
        let body = json!({ "message": words }).to_string();
        let response = Response::builder().status(status).content_type("application/json").body(body);
        Ok(Answer::from(response).header("Tus-Version", HeaderValue::from_static(VERSION)))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}
