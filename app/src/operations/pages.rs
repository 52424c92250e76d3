use std::path::{Path as FilePath, PathBuf};

use mail_parser::{MessageParser, MimeHeaders};
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode},
    web::{Data, Path, Query},
};
use portico_kernel::{
    Answer, Client, Error, Instant, Kernel, Partial, Result, Staff, Within, live_for_client, live_for_staff,
};
use portico_ui::Language;
use serde::Deserialize;

use super::{MailPlace, view};

/// More than anyone reads in the browser; the folder has them all.
const NEWEST: usize = 100;
const LONGEST_MAIL: u64 = 4 * 1024 * 1024;

#[handler]
pub fn health() -> &'static str {
    "ok\n"
}

/// Ready when the database answers; the object store may be away for a while (T32).
#[handler]
pub async fn readiness(kernel: Kernel) -> Response {
    match kernel.check().await {
        Ok(()) => Response::builder().content_type("text/plain").body("ready\n"),
        Err(_) => Response::builder().status(StatusCode::SERVICE_UNAVAILABLE).body("not ready\n"),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Listening {
    /// From when a page wants to hear: when it was made, in microseconds.
    since: String,
    /// As whom staff saw when it was made (P13).
    seen_as: Option<String>,
}

impl Listening {
    fn since(&self) -> Option<Instant> {
        self.since.parse().ok().map(Instant::from_micros)
    }
}

#[handler]
pub fn staff_live(Within(staff): Within, Query(listening): Query<Listening>) -> Response {
    live_for_staff(&staff, listening.since())
}

#[handler]
pub fn client_live(client: Client, Query(listening): Query<Listening>) -> Result<Response> {
    let since = listening.since();
    match listening.seen_as {
        // Meanwhile they see as another.
        Some(person) if person != client.person().id.to_string() => Err(Error::NotFound),
        _ => Ok(live_for_client(&client, since)),
    }
}

#[handler]
pub async fn show_queue(staff: Staff) -> Result<Answer> {
    let jobs = staff.read(|tx| tx.unfinished_jobs(200)).await?;
    let frame = staff.frame();
    Ok(staff.page(
        &frame.text.say("operations-queue"),
        view::queue(&frame, staff.organization(), staff.now(), &jobs),
    ))
}

#[handler]
pub async fn try_again(staff: Staff, partial: Partial, Path(job): Path<i64>) -> Result<Answer> {
    staff
        .write(move |tx| {
            tx.try_job_again(job)?;
            Ok(tx.unchanged(()))
        })
        .await?;
    Ok(Answer::go(partial, "/staff/settings/queue"))
}

#[handler]
pub fn show_components(staff: Staff) -> Answer {
    let letters: Vec<_> = staff.registry().letters().iter().map(|letter| letter.name).collect();
    staff.page("Components", view::components(&portico_ui::components::samples(), &letters))
}

#[derive(Deserialize)]
struct WhichLetter {
    name: Option<String>,
    language: Option<String>,
}

/// A sample of a mail, the first one unless it is named.
#[handler]
pub fn show_letter(staff: Staff, Query(which): Query<WhichLetter>) -> Result<Response> {
    let mut letters = staff.registry().letters().iter();
    let letter = letters.find(|letter| which.name.as_deref().is_none_or(|name| name == letter.name));
    let language = which.language.as_deref().and_then(Language::from_code).unwrap_or_default();
    let mail = (letter.ok_or(Error::NotFound)?.compose)(staff.organization(), language);
    Ok(as_mail(&mail.html))
}

pub struct MailLine {
    pub name: String,
    pub to: String,
    pub subject: String,
    pub date: Option<i64>,
}

#[handler]
pub async fn list_mails(staff: Staff, Data(place): Data<&MailPlace>) -> Result<Answer> {
    let mails = match place.0.clone() {
        Some(folder) => Some(
            {
                let own = own_prefix(&staff);
                blocking(move || newest_mails(&folder, &own))
            }
            .await?,
        ),
        None => None,
    };
    let frame = staff.frame();
    let body = view::mails(&frame, staff.organization(), mails.as_deref());
    Ok(staff.page(&frame.text.say("operations-mail"), body))
}

#[handler]
pub async fn show_mail(
    staff: Staff,
    Data(place): Data<&MailPlace>,
    Path(name): Path<String>,
) -> Result<Answer> {
    let file = mail_file(&staff, place, &name)?;
    let read = blocking(move || read_mail(&file)).await?;
    let body = view::mail(&staff.frame(), &name, &read);
    Ok(staff.page(&read.line.subject, body))
}

/// The mail's HTML as it came, in a frame that runs nothing.
#[handler]
pub async fn show_mail_body(
    staff: Staff,
    Data(place): Data<&MailPlace>,
    Path(name): Path<String>,
) -> Result<Response> {
    let file = mail_file(&staff, place, &name)?;
    let read = blocking(move || read_mail(&file)).await?;
    Ok(as_mail(&read.html))
}

/// Mail programs allow styles in place and run nothing. A link leaves the frame: no page of ours opens in one.
fn as_mail(html: &str) -> Response {
    let html = html.replacen("<head>", r#"<head><base target="_blank">"#, 1);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; \
        sandbox allow-popups allow-popups-to-escape-sandbox";
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header("content-security-policy", HeaderValue::from_static(policy))
        .body(html)
}

pub struct ReadMail {
    pub line: MailLine,
    pub html: String,
    pub text: String,
}

/// Names are letters, digits and dashes with `.eml` behind them, as the folder writes them.
fn mail_file(staff: &Staff, place: &MailPlace, name: &str) -> Result<PathBuf> {
    let folder = place.0.as_ref().ok_or(Error::NotFound)?;
    if !name.starts_with(&own_prefix(staff)) {
        return Err(Error::NotFound);
    }
    let stem = name.strip_suffix(".eml").ok_or(Error::NotFound)?;
    if stem.is_empty() || !stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(Error::NotFound);
    }
    Ok(folder.join(name))
}

/// The folder holds the mails of every organization; each owner reads their own (T1).
fn own_prefix(staff: &Staff) -> String {
    format!("{}-", staff.organization().id)
}

fn newest_mails(folder: &FilePath, own: &str) -> Result<Vec<MailLine>> {
    let mut found: Vec<(std::time::SystemTime, String)> = std::fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_mail = name.ends_with(".eml") && name.starts_with(own);
            is_mail.then_some((entry.metadata().ok()?.modified().ok()?, name))
        })
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(NEWEST);
    Ok(found
        .into_iter()
        .filter_map(|(_, name)| read_mail(&folder.join(name)).ok().map(|mail| mail.line))
        .collect())
}

fn read_mail(file: &FilePath) -> Result<ReadMail> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let size = std::fs::metadata(file).map_err(|_| Error::NotFound)?.len();
    if size > LONGEST_MAIL {
        return Err(Error::TooLarge);
    }
    let raw = std::fs::read(file).map_err(|_| Error::NotFound)?;
    let message = MessageParser::default().parse(&raw).ok_or(Error::NotFound)?;
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
    let part = |kind: &str| {
        let is_kind = |part: &&mail_parser::MessagePart| {
            part.content_type()
                .is_some_and(|of| of.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case(kind)))
        };
        message
            .parts
            .iter()
            .find(is_kind)
            .and_then(|part| part.text_contents())
            .unwrap_or_default()
            .to_owned()
    };
    Ok(ReadMail {
        line: MailLine {
            name,
            to: to.to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            date: message.date().map(mail_parser::DateTime::to_timestamp),
        },
        html: part("html"),
        text: part("plain"),
    })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| Error::Internal(panic.into()))?
}
