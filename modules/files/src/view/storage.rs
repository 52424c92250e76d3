//! Storage space in words and as a meter, and where store and rows disagree.

use maud::{Markup, html};
use portico_kernel::{KEPT_DAYS, Problems};
use portico_ui::{
    Frame,
    components::{
        Button, Column, Field, Form, NoticeKind, PageHeader, breadcrumb, form_actions, meter, notice,
        page_header, section, table,
    },
};

use crate::{storage::LimitForm, store::Stray};

pub struct Storage<'a> {
    /// In bytes.
    pub used: u64,
    pub limit: u64,
    pub form: LimitForm,
    /// Whether this person sets the limit.
    pub may_change: bool,
    /// Some, and how many there are.
    pub orphans: (Vec<Stray>, i64),
    pub missing: (Vec<Stray>, i64),
    pub zone: &'a str,
}

pub fn storage_page(frame: &Frame, storage: &Storage, problems: &Problems) -> Markup {
    let text = frame.text;
    let sizes = [("used", text.bytes(storage.used).into()), ("limit", text.bytes(storage.limit).into())];
    html! {
        (page_header(&PageHeader {
            title: &text.say("files-storage"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("files-settings"))])),
            ..PageHeader::default()
        }))
        div.file-space {
            (meter(&text.say("files-storage-used"), &text.say_with("files-storage-of", &sizes), storage.used, storage.limit))
            p { (text.say_with("files-storage-counts", &[("days", KEPT_DAYS.into())])) }
            @if storage.used >= storage.limit { (notice(NoticeKind::Warning, &text.say("files-storage-full"))) }
        }
        @if storage.may_change { (limit_form(frame, &storage.form, problems)) }
        (section(&text.say("files-store-check"), Markup::default(), strays(frame, storage)))
    }
}

fn limit_form(frame: &Frame, form: &LimitForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = problems.of("limit").map(|key| text.say(key));
    Form::post(&frame.form_token, "/staff/settings/storage").body(html! {
        (Field::text("limit", text.say("files-storage-limit")).value(form.limit.as_str()).required()
            .input_mode("numeric").hint(text.say("files-storage-limit-hint")).error(error))
        (form_actions(html! { (Button::primary(text.say("files-save"))) }))
    })
}

fn strays(frame: &Frame, storage: &Storage) -> Markup {
    let text = frame.text;
    let ((orphans, orphan_count), (missing, missing_count)) = (&storage.orphans, &storage.missing);
    html! {
        @if orphans.is_empty() && missing.is_empty() {
            (notice(NoticeKind::Good, &text.say("files-store-agrees")))
        }
        @if !missing.is_empty() {
            (notice(NoticeKind::Error, &text.say_with("files-store-missing", &[("count", (*missing_count).into())])))
            (stray_table(frame, missing, storage.zone, "files-store-missing-since"))
        }
        @if !orphans.is_empty() {
            (notice(NoticeKind::Information, &text.say_with("files-store-orphans", &[
                ("count", (*orphan_count).into()), ("days", KEPT_DAYS.into()),
            ])))
            (stray_table(frame, orphans, storage.zone, "files-store-written"))
        }
    }
}

fn stray_table(frame: &Frame, strays: &[Stray], zone: &str, since: &str) -> Markup {
    let text = frame.text;
    let words = [text.say("files-store-object"), text.say(since), text.say("files-store-size")];
    let columns = [Column::words(&words[0]), Column::words(&words[1]), Column::numbers(&words[2])];
    let row = |stray: &Stray| {
        vec![
            html! { code { (stray.key) } },
            html! { (text.moment(stray.since.in_zone(zone))) },
            html! { (text.bytes(stray.size())) },
        ]
    };
    table(&text.say("files-store-check"), &columns, &strays.iter().map(row).collect::<Vec<_>>())
}
