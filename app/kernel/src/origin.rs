//! A request that changes something proves where it comes from (T6): by `Sec-Fetch-Site`, else by
//! `Origin`, else by the form token for browsers that send neither.

use poem::{Body, Request, http::header};

use crate::{
    answer::Visit,
    error::{Error, Result},
    form::{FORM_LIMIT, TOKEN_FIELD},
    module::BodyKind,
    random::FormToken,
    system::Kernel,
};

/// The token that a multipart body must begin with, when headers proved nothing.
#[derive(Clone)]
pub(crate) struct TokenDemanded(pub FormToken);

pub(crate) async fn check(
    req: &mut Request,
    kernel: &Kernel,
    own_address: &str,
    body: BodyKind,
) -> Result<()> {
    if req.method().is_safe() || body == BodyKind::Signed {
        return Ok(());
    }
    let header = |name| req.headers().get(name).map(|value| value.to_str().unwrap_or("?").to_owned());
    if let Some(site) = header(header::HeaderName::from_static("sec-fetch-site")) {
        return if site == "same-origin" { Ok(()) } else { Err(Error::ForeignOrigin) };
    }
    if let Some(origin) = header(header::ORIGIN) {
        return if origin == own_address { Ok(()) } else { Err(Error::ForeignOrigin) };
    }
    let token = Visit::of(req, kernel).form_token;
    let content_type = header(header::CONTENT_TYPE).unwrap_or_default();
    if body == BodyKind::Upload && content_type.starts_with("multipart/form-data") {
        req.extensions_mut().insert(TokenDemanded(token));
        return Ok(());
    }
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::ForeignOrigin);
    }
    let bytes = req.take_body().into_bytes_limit(FORM_LIMIT).await.map_err(|_| Error::TooLarge)?;
    let proven = url::form_urlencoded::parse(&bytes)
        .find(|(name, _)| name == TOKEN_FIELD)
        .is_some_and(|(_, given)| token.matches(&given));
    req.set_body(Body::from(bytes));
    if proven { Ok(()) } else { Err(Error::ForeignOrigin) }
}
