//! Compression of pages by content type. Event streams, files and what is small stay as they are.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use poem::{
    Body, Response,
    http::{HeaderMap, HeaderValue, header},
};

/// Below this a page is one packet anyway.
const WORTH_IT: usize = 1024;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accepted {
    Gzip,
    Nothing,
}

pub fn accepted(headers: &HeaderMap) -> Accepted {
    let offers =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let gzip = offers.split(',').any(|offer| {
        let mut parts = offer.trim().split(';').map(str::trim);
        let refused = |part: &str| part.strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
        parts.next() == Some("gzip") && !parts.any(refused)
    });
    if gzip { Accepted::Gzip } else { Accepted::Nothing }
}

/// Compresses what we rendered ourselves; those bodies are in memory already.
pub async fn compress(mut response: Response, accepted: Accepted) -> Response {
    if !is_page(&response) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if accepted == Accepted::Nothing {
        return response;
    }
    let Ok(bytes) = response.take_body().into_bytes().await else { return response };
    if bytes.len() < WORTH_IT {
        response.set_body(Body::from(bytes));
        return response;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(compressed) => {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response.headers_mut().remove(header::CONTENT_LENGTH);
            response.set_body(Body::from(compressed));
        }
        Err(_) => response.set_body(Body::from(bytes)),
    }
    response
}

fn is_page(response: &Response) -> bool {
    let headers = response.headers();
    !headers.contains_key(header::CONTENT_ENCODING)
        && !headers.contains_key(header::CONTENT_DISPOSITION)
        && response.content_type().is_some_and(|kind| {
            kind.starts_with("text/html")
                || kind.starts_with("text/css")
                || kind.starts_with("application/json")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(value: &str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn gzip_is_taken_unless_refused() {
        assert_eq!(offered("gzip, deflate, br"), Accepted::Gzip);
        assert_eq!(offered("br;q=1.0, gzip;q=0.8"), Accepted::Gzip);
        assert_eq!(offered("gzip;q=0, br"), Accepted::Nothing);
        assert_eq!(offered("gzip; q=0"), Accepted::Nothing);
        assert_eq!(offered("xgzip"), Accepted::Nothing);
    }

    #[tokio::test]
    async fn event_streams_and_downloads_are_left_alone() {
        let long = "x".repeat(5000);
        for (kind, disposition, expected) in [
            ("text/html; charset=utf-8", None, true),
            ("text/event-stream", None, false),
            ("text/html", Some("attachment"), false),
            ("application/pdf", None, false),
        ] {
            let mut builder = Response::builder().content_type(kind);
            if let Some(disposition) = disposition {
                builder = builder.header("content-disposition", disposition);
            }
            let response = compress(builder.body(long.clone()), Accepted::Gzip).await;
            assert_eq!(response.headers().contains_key("content-encoding"), expected, "{kind}");
        }
    }
}
