//! The accountant's export. The files are written while they are sent, some rows at a time, so that a
//! decade costs no more memory than a month.

use std::{io, panic};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use poem::{
    Body, Response, handler,
    http::{HeaderValue, Method, header},
    web::{Path, Query},
};
use portico_kernel::{Answer, Error, Problems, Result, Staff, Tx};
use serde_json::Value;

use super::{archives::papers, papers::unless_full};
use crate::{
    export::{self, Exported, Period, PeriodForm, Table, csv},
    statement::Movement,
    store::{self, After},
    view::export::{Asked, PAPERS, export_page},
};

/// With nothing chosen, of this year until today.
#[handler]
pub async fn ask(staff: Staff, Query(typed): Query<PeriodForm>) -> Result<Answer> {
    let form = chosen(&staff, typed).await?;
    let (sums, problems) = match form.parse() {
        Ok(period) => (staff.read(move |tx| store::sums(tx, period)).await?, Problems::default()),
        Err(problems) => (Vec::new(), problems),
    };
    let frame = staff.frame();
    let body = export_page(&frame, &Asked { form: &form, problems: &problems, sums: &sums });
    let page = staff.page(&frame.text.say("billing-export"), body);
    Ok(if problems.is_empty() { page } else { page.invalid() })
}

async fn chosen(staff: &Staff, typed: PeriodForm) -> Result<PeriodForm> {
    if !typed.from.is_empty() || !typed.to.is_empty() {
        return Ok(typed);
    }
    let today = staff.read(|tx| Ok(tx.today())).await?;
    Ok(Period { from: today.first_of_year(), to: today }.form())
}

/// `documents.csv`, …, `billing.json` or `papers.zip`.
#[handler]
pub async fn download(
    staff: Staff,
    asked: Method,
    Path(name): Path<String>,
    Query(typed): Query<PeriodForm>,
) -> Result<Answer> {
    let period = chosen(&staff, typed).await?.parse().map_err(|_| Error::NotFound)?;
    let file = format!("{}-{}-{name}", period.from, period.to);
    let teller = staff.clone();
    let (media_type, body) = match name.as_str() {
        "billing.json" => ("application/json", Body::from_bytes_stream(sent(json(staff, period)))),
        PAPERS => ("application/zip", Body::from_bytes_stream(sent(papers(staff, period)))),
        csv => {
            let table = csv.strip_suffix(".csv").and_then(Table::from_name).ok_or(Error::NotFound)?;
            ("text/csv; charset=utf-8", Body::from_bytes_stream(sent(csv_of(staff, period, table))))
        }
    };
    if asked == Method::GET {
        let file = file.clone();
        unless_full(teller.write(move |tx| store::record_export(tx, &file)).await)?;
    }
    let mut response = Response::builder().content_type(media_type).body(body);
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{file}\""));
    let disposition = disposition.expect("days and the names of the files are plain ASCII");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(Answer::from(response))
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

fn csv_of(staff: Staff, period: Period, table: Table) -> impl Stream<Item = Result<Vec<u8>>> {
    let head = stream::iter([Ok(csv(Some(table.columns()), &[]))]);
    let rows = match table {
        Table::Payments => payments(staff, period)
            .map_ok(|payments| csv(None, &payments.iter().map(export::payment).collect::<Vec<_>>()))
            .boxed(),
        Table::Documents | Table::Lines | Table::Taxes => documents(staff, period)
            .map_ok(move |documents| {
                let rows = documents.iter().flat_map(|document| document.rows(table));
                csv(None, &rows.collect::<Vec<_>>())
            })
            .boxed(),
    };
    head.chain(rows)
}

fn json(staff: Staff, period: Period) -> impl Stream<Item = Result<Vec<u8>>> {
    let documents = documents(staff.clone(), period)
        .map_ok(|documents| documents.iter().map(export::whole).collect::<Vec<_>>());
    let payments = payments(staff, period).map_ok(|payments| {
        let row = |payment| export::object(Table::Payments, &export::payment(payment)).into();
        payments.iter().map(row).collect::<Vec<_>>()
    });
    let text = |text: &str| stream::iter([Ok(text.as_bytes().to_vec())]);
    text("{\"documents\":[")
        .chain(elements(documents))
        .chain(text("],\"payments\":["))
        .chain(elements(payments))
        .chain(text("]}"))
}

/// With commas between them.
fn elements(chunks: impl Stream<Item = Result<Vec<Value>>>) -> impl Stream<Item = Result<Vec<u8>>> {
    let mut is_first = true;
    chunks.map_ok(move |values| {
        let mut written = String::new();
        for value in values {
            if !is_first {
                written.push_str(",\n");
            }
            is_first = false;
            written.push_str(&value.to_string());
        }
        written.into_bytes()
    })
}

fn documents(staff: Staff, period: Period) -> impl Stream<Item = Result<Vec<Exported>>> + Send {
    chunks(staff, period, store::exported)
}

fn payments(staff: Staff, period: Period) -> impl Stream<Item = Result<Vec<Movement>>> + Send {
    chunks(staff, period, store::exported_payments)
}

/// Reads some rows of the period, and says where the next ones begin.
pub type Reading<T, I> = fn(&mut Tx, Period, Option<After<I>>) -> Result<(Vec<T>, Option<After<I>>)>;

pub fn chunks<T: Send + 'static, I: Send + 'static>(
    staff: Staff,
    period: Period,
    read: Reading<T, I>,
) -> impl Stream<Item = Result<Vec<T>>> + Send {
    stream::try_unfold(Some(None), move |after| {
        let staff = staff.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let (found, next) = staff.read(move |tx| read(tx, period, after)).await?;
            Ok(Some((found, next.map(Some))))
        }
    })
}
