use futures_util::{Stream, StreamExt, stream};
use poem::{handler, http::Method, web::Query};
use portico_kernel::{Answer, Error, Problems, Result, Staff, csv_rows};
use portico_ui::Text;

use crate::{
    asked::{Asked, AskedForm},
    entry::Entry,
    store,
    view::{self, Shown},
};

/// Lines of one page, and of one piece of a file.
const PAGE: i64 = 50;
const CHUNK: i64 = 500;

const COLUMNS: [&str; 9] = ["at", "who", "kind", "what", "about", "person", "portal", "address", "details"];

#[handler]
pub async fn show(staff: Staff, Query(form): Query<AskedForm>) -> Result<Answer> {
    let before = form.before();
    let (mut entries, problems) = match form.parse() {
        Ok(asked) => {
            let entries = staff.read(move |tx| store::entries(tx, &asked, before, PAGE + 1)).await?;
            (entries, Problems::default())
        }
        Err(problems) => (Vec::new(), problems),
    };
    let is_last = entries.len() as i64 <= PAGE;
    entries.truncate(PAGE as usize);
    let older = entries.last().filter(|_| !is_last).map(|entry| entry.id);
    let frame = staff.frame();
    let zone = &staff.organization().time_zone;
    let shown = Shown { form: &form, problems: &problems, entries: &entries, older, zone };
    let page = staff.page(&frame.text.say("audit-title"), view::log(&frame, &shown));
    Ok(if problems.is_empty() { page } else { page.invalid() })
}

/// All of it, written while it is sent.
#[handler]
pub async fn download(staff: Staff, method: Method, Query(form): Query<AskedForm>) -> Result<Answer> {
    let asked = form.parse().map_err(|_| Error::NotFound)?;
    if method == Method::GET {
        let form = form.clone();
        staff.write_in_passing(move |tx| store::record_export(tx, &form)).await?;
    }
    Ok(Answer::written("audit.csv", "text/csv; charset=utf-8", lines(staff, asked)))
}

fn lines(staff: Staff, asked: Asked) -> impl Stream<Item = Result<Vec<u8>>> + Send {
    let text = staff.text();
    let head = stream::iter([Ok(csv_rows([COLUMNS]))]);
    let rows = staff.pieces(i64::MAX, move |tx, before| {
        let entries = store::entries(tx, &asked, before, CHUNK)?;
        let next = entries.last().filter(|_| entries.len() as i64 == CHUNK).map(|entry| entry.id);
        Ok((csv_rows(entries.iter().map(|entry| line(text, entry))), next))
    });
    head.chain(rows)
}

fn line(text: Text, entry: &Entry) -> [String; 9] {
    let or_nothing = |words: &Option<String>| words.clone().unwrap_or_default();
    [
        entry.at.in_zone("UTC").timestamp().to_string(),
        entry.doer.say(text).into_owned(),
        entry.kind.clone(),
        text.say(&entry.words()).into_owned(),
        or_nothing(&entry.about),
        or_nothing(&entry.person),
        entry.portal.as_ref().map(|portal| portal.name.clone()).unwrap_or_default(),
        or_nothing(&entry.address),
        entry.data.clone(),
    ]
}
