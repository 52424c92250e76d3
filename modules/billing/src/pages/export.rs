//! The accountant's export. The files are written while they are sent, some rows at a time, so that a
//! decade costs no more memory than a month.

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use poem::{
    handler,
    http::Method,
    web::{Path, Query},
};
use portico_kernel::{Answer, Error, Problems, Result, Staff, Tx, csv_rows};
use serde_json::Value;

use super::archives::papers;
use crate::{
    export::{self, Exported, Period, PeriodForm, Table},
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
    let (media_type, pieces) = match name.as_str() {
        "billing.json" => ("application/json", json(staff, period).boxed()),
        PAPERS => ("application/zip", papers(staff, period).boxed()),
        csv => {
            let table = csv.strip_suffix(".csv").and_then(Table::from_name).ok_or(Error::NotFound)?;
            ("text/csv; charset=utf-8", csv_of(staff, period, table).boxed())
        }
    };
    if asked == Method::GET {
        let file = file.clone();
        teller.write_in_passing(move |tx| store::record_export(tx, &file)).await?;
    }
    Ok(Answer::written(&file, media_type, pieces))
}

fn csv_of(staff: Staff, period: Period, table: Table) -> impl Stream<Item = Result<Vec<u8>>> {
    let head = stream::iter([Ok(csv_rows([table.columns()]))]);
    let rows = match table {
        Table::Payments => {
            payments(staff, period).map_ok(|payments| csv_rows(payments.iter().map(export::payment))).boxed()
        }
        Table::Documents | Table::Lines | Table::Taxes => documents(staff, period)
            .map_ok(move |documents| csv_rows(documents.iter().flat_map(|document| document.rows(table))))
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
    staff.pieces(None, move |tx, after| {
        let (found, next) = read(tx, period, after)?;
        Ok((found, next.map(Some)))
    })
}
