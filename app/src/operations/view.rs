use maud::{Markup, html};
use portico_kernel::{Instant, JobRow, Organization};
use portico_ui::{
    Frame, Language,
    components::{
        Button, Column, NoticeKind, PageHeader, Row, button_form, card, empty_state, list, notice,
        page_header, row, section, table,
    },
};

use super::pages::{MailLine, ReadMail};

pub fn queue(frame: &Frame, organization: &Organization, now: Instant, jobs: &[JobRow]) -> Markup {
    let text = frame.text;
    let at = |instant: Instant| instant.in_zone(&organization.time_zone);
    let rows: Vec<Vec<Markup>> = jobs
        .iter()
        .map(|job| {
            let state = match (job.failed_at, job.attempts) {
                (Some(_), _) => text.say("operations-queue-given-up"),
                (None, 0) => text.say("operations-queue-waiting"),
                (None, _) => text.say("operations-queue-again"),
            };
            let again = format!("/staff/settings/queue/{}/attempts", job.id);
            vec![
                html! { (job.kind) },
                html! { (state) @if let Some(error) = &job.last_error { br; small { (error) } } },
                html! { (job.attempts) },
                html! { (text.ago(at(job.created_at), at(now))) },
                button_form(
                    &frame.form_token,
                    &again,
                    Button::secondary(text.say("operations-queue-try")).small(),
                ),
            ]
        })
        .collect();
    let columns = [
        text.say("operations-queue-job"),
        text.say("operations-queue-state"),
        text.say("operations-queue-attempts"),
        text.say("operations-queue-since"),
        text.say("operations-queue-action"),
    ];
    html! {
        (header(&text.say("operations-queue"), &text.say("operations-queue-hint")))
        @if rows.is_empty() {
            (card(html! { p { (text.say("operations-queue-empty")) } }))
        } @else {
            (table(&text.say("operations-queue"), &columns.each_ref().map(|label| Column::words(label)), &rows))
        }
    }
}

/// `mails`: `None` where a mail server takes them.
pub fn mails(frame: &Frame, organization: &Organization, mails: Option<&[MailLine]>) -> Markup {
    let text = frame.text;
    let Some(mails) = mails else {
        return html! {
            (header(&text.say("operations-mail"), &text.say("operations-mail-hint")))
            (notice(NoticeKind::Information, &text.say("operations-mail-server")))
        };
    };
    let rows: Vec<Vec<Markup>> = mails
        .iter()
        .map(|mail| {
            let sent = mail.date.map(|seconds| Instant::from_micros(seconds * 1_000_000));
            vec![
                html! { a href={ "/staff/settings/mail/" (mail.name) } { (mail.subject) } },
                html! { (mail.to) },
                html! { @if let Some(sent) = sent { (text.moment(sent.in_zone(&organization.time_zone))) } },
            ]
        })
        .collect();
    let columns = [
        text.say("operations-mail-subject"),
        text.say("operations-mail-to"),
        text.say("operations-mail-sent"),
    ];
    html! {
        (header(&text.say("operations-mail"), &text.say("operations-mail-hint")))
        @if rows.is_empty() {
            (empty_state("mail", &text.say("operations-mail-none"), None))
        } @else {
            (table(&text.say("operations-mail"), &columns.each_ref().map(|label| Column::words(label)), &rows))
        }
    }
}

pub fn mail(frame: &Frame, name: &str, mail: &ReadMail) -> Markup {
    let text = frame.text;
    html! {
        (header(&mail.line.subject, &mail.line.to))
        iframe.mail-frame src={ "/staff/settings/mail/" (name) "/body" } title=(mail.line.subject) {}
        (section(&text.say("operations-mail-plain"), html! {}, card(html! { pre.mail-plain { (linked(&mail.text)) } })))
    }
}

/// Plain text with its web addresses as links, one line at a time.
fn linked(plain: &str) -> Markup {
    html! {
        @for line in plain.lines() {
            @if line.starts_with("http://") || line.starts_with("https://") {
                a href=(line.trim()) { (line) }
            } @else { (line) }
            "\n"
        }
    }
}

pub fn components(samples: &[(&'static str, Markup)], letters: &[&str]) -> Markup {
    html! {
        (header("Components", ""))
        @for (name, sample) in samples { (section(name, html! {}, sample.clone())) }
        (section("letters", html! {}, list(html! {
            @for name in letters {
                @for language in Language::ALL.map(Language::code) {
                    @let href = format!("/staff/settings/components/letter?name={name}&language={language}");
                    (row(&Row { name: &format!("{name}, {language}"), href: Some(&href), ..Row::default() }))
                }
            }
        })))
    }
}

pub fn header(title: &str, detail: &str) -> Markup {
    page_header(&PageHeader {
        title,
        breadcrumb: None,
        detail: (!detail.is_empty()).then(|| html! { (detail) }),
        actions: None,
    })
}
