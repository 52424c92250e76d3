//! Files that people take home, written while they are sent, so that a decade costs no more memory than a
//! month.

use std::{io, panic};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use poem::{
    Body, Response,
    http::{HeaderValue, header},
};

use crate::{answer::Answer, disposition::Disposition, error::Result, guard::Staff, transaction::Tx};

impl Answer {
    /// A file of this name, in pieces that are made when they are sent. One that cannot be made breaks the
    /// connection, so that nobody takes the beginning for the whole.
    pub fn written(
        name: &str,
        media_type: &str,
        pieces: impl Stream<Item = Result<Vec<u8>>> + Send + 'static,
    ) -> Self {
        let body = Body::from_bytes_stream(sent(pieces));
        let mut response = Response::builder().content_type(media_type).body(body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, Disposition::Attachment.header(name));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        Self::from(response)
    }
}

impl Staff {
    /// What `read` finds, a piece at a time, as it is asked for: `read` gets where a piece begins, and says where the next
    /// one does.
    pub fn pieces<T, P, R>(&self, start: P, read: R) -> impl Stream<Item = Result<T>> + Send + use<T, P, R>
    where
        T: Send + 'static,
        P: Send + 'static,
        R: Fn(&mut Tx, P) -> Result<(T, Option<P>)> + Clone + Send + 'static,
    {
        let staff = self.clone();
        stream::try_unfold(Some(start), move |from| {
            let (staff, read) = (staff.clone(), read.clone());
            async move {
                let Some(from) = from else { return Ok(None) };
                staff.read(move |tx| read(tx, from)).await.map(Some)
            }
        })
    }
}

/// The beginning was sent: all that is left is to say why in the log, and to break the connection. An error would not do:
/// poem goes on with a connection whose body failed (3.1.12, `serve_connection`), and hyper then ends it as if it were
/// whole. This unwinds the connection's own task and nothing else.
fn sent(pieces: impl Stream<Item = Result<Vec<u8>>>) -> impl Stream<Item = io::Result<Bytes>> {
    pieces.map(|piece| match piece {
        Ok(piece) => Ok(Bytes::from(piece)),
        Err(error) => {
            tracing::error!(%error, "an export broke off");
            panic::resume_unwind(Box::new("an export broke off"))
        }
    })
}

/// RFC 4180.
pub fn csv_rows<R, C>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let cells = row.into_iter().map(|cell| inert(cell.as_ref()));
        writer.write_record(cells).expect("memory takes every write");
    }
    writer.into_inner().expect("memory takes every write")
}

/// A spreadsheet runs what begins like a formula, so that words from outside get an apostrophe in front. Where commas part
/// the digits of a number, as in French, it begins a cell anew at every semicolon, and others do at a tab.
fn inert(cell: &str) -> String {
    let is_number = cell.bytes().skip(1).all(|byte| byte.is_ascii_digit() || byte == b'.')
        && cell.starts_with(['+', '-'])
        && cell.parse::<f64>().is_ok();
    let inert = |part: &str| match part.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        true => format!("'{part}"),
        false => part.to_owned(),
    };
    cell.split_inclusive([';', '\t']).map(inert).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_formulas_and_numbers_stay_numbers() {
        let row = |cell: &str| String::from_utf8(csv_rows([[cell]])).unwrap();
        assert_eq!(row("=1+1"), "'=1+1\r\n");
        assert_eq!(row("@SUM(A1)"), "'@SUM(A1)\r\n");
        assert_eq!(row("-Paint, \"red\""), "\"'-Paint, \"\"red\"\"\"\r\n");
        assert_eq!(row("-12.50"), "-12.50\r\n");
        assert_eq!(row("-"), "'-\r\n");
        assert_eq!(row("+1+1"), "'+1+1\r\n");
        assert_eq!(row("Meyer;=1+1;-2"), "Meyer;'=1+1;'-2\r\n");
        assert_eq!(row("Meyer; und Söhne"), "Meyer; und Söhne\r\n");
    }
}
