//! The headers of the protocol, as far as they are numbers and constants.

use poem::{Request, http::header};

use super::{VERSION, fault::Fault};

/// A client of another version is told ours.
pub fn check_version(req: &Request) -> Result<(), Fault> {
    match req.header("Tus-Resumable") {
        Some(VERSION) => Ok(()),
        _ => Err(Fault::OtherVersion),
    }
}

pub fn length(req: &Request) -> Result<u64, Fault> {
    match req.header("Upload-Defer-Length") {
        // Room is set aside before the first byte, so that the length must be known.
        Some(_) => Err(Fault::Malformed("Upload-Defer-Length is not supported")),
        None => number(req, "Upload-Length"),
    }
}

pub fn offset(req: &Request) -> Result<u64, Fault> {
    number(req, "Upload-Offset")
}

fn number(req: &Request, name: &'static str) -> Result<u64, Fault> {
    let digits = req.header(name).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).ok_or(Fault::Malformed(name))
}

/// Whether the body is a piece of a file.
pub fn brings_bytes(req: &Request) -> bool {
    req.header(header::CONTENT_TYPE) == Some("application/offset+octet-stream")
}
