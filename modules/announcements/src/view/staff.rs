//! What staff see: their lists, one announcement, and who has read it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use portico_facts::AnnouncementId;
use portico_ui::{
    Frame, MarkedWords, Text,
    components::{
        Button, DIALOG_TARGET, Form, NoticeKind, PageHeader, Row, Tone, Undo, badge, breadcrumb, button_form,
        cancel, dialog, empty_state, form_actions, list, notice, page_header, person_row, row, row_icon,
        section, toast,
    },
    markdown::{Under, prose},
};

use super::{Reading, byline};
use crate::{
    announcement::{Announcement, Audience},
    store::{PortalChoice, Progress, Reader, Receipts},
};

pub const LIST: &str = "/staff/announcements";
/// Beside what announcements change: who may read them.
const TOPICS: &str = "announcement grant";

pub fn address(id: AnnouncementId) -> String {
    format!("{LIST}/{id}")
}

pub struct Lists {
    pub drafts: Vec<Announcement>,
    pub published: Vec<Announcement>,
    /// Of what is published.
    pub progress: BTreeMap<AnnouncementId, Progress>,
    /// What can be brought back.
    pub deleted: Vec<Announcement>,
    pub portals: Vec<PortalChoice>,
}

pub fn list_page(reading: &Reading, lists: &Lists) -> Markup {
    let text = reading.text();
    let new = Button::primary(text.say("announcements-new-announcement")).icon("plus");
    html! {
        (page_header(&PageHeader {
            title: &text.say("announcements-announcements"),
            actions: Some(html! { (new.href(format!("{LIST}/new"))) }),
            ..PageHeader::default()
        }))
        (announcement_lists(reading, lists))
    }
}

/// Fetches itself again when something is published or read.
pub fn announcement_lists(reading: &Reading, lists: &Lists) -> Markup {
    let text = reading.text();
    let Lists { drafts, published, deleted, .. } = lists;
    let group = |key: &str, rows: Markup| section(&text.say(key), html! {}, list(rows));
    html! {
        div.announcements id="announcements" data-live-topic=(TOPICS) data-live-href=(LIST) {
            @if drafts.is_empty() && published.is_empty() {
                (empty_state("announcement", &text.say("announcements-empty-staff"), None))
            }
            @if !drafts.is_empty() {
                (group("announcements-drafts", html! {
                    @for draft in drafts { (draft_row(reading, lists, draft)) }
                }))
            }
            @if !published.is_empty() {
                (group("announcements-published", html! {
                    @for each in published { (published_row(reading, lists, each)) }
                }))
            }
            @if !deleted.is_empty() {
                (group("announcements-deleted-lately", html! {
                    @for each in deleted { (deleted_row(reading, each)) }
                }))
            }
        }
    }
}

fn draft_row(reading: &Reading, lists: &Lists, draft: &Announcement) -> Markup {
    row(&Row {
        lead: Some(row_icon("announcement")),
        name: &draft.title,
        href: Some(&address(draft.id)),
        detail: Some(html! { (for_whom(reading.text(), &draft.audience, &lists.portals)) }),
        meta: Some(html! { (reading.ago(draft.written_at)) }),
        ..Row::default()
    })
}

fn published_row(reading: &Reading, lists: &Lists, published: &Announcement) -> Markup {
    let progress = lists.progress.get(&published.id).copied().unwrap_or_default();
    row(&Row {
        lead: Some(row_icon("announcement")),
        name: &published.title,
        href: Some(&address(published.id)),
        detail: Some(html! {
            (for_whom(reading.text(), &published.audience, &lists.portals))
            " · " (how_far(reading.text(), progress))
        }),
        meta: Some(html! { (reading.ago(published.published_at.unwrap_or(published.written_at))) }),
        ..Row::default()
    })
}

fn deleted_row(reading: &Reading, deleted: &Announcement) -> Markup {
    let action = format!("{}/restoration", address(deleted.id));
    let restore = Button::quiet(reading.text().say("announcements-restore")).icon("undo").small();
    row(&Row {
        lead: Some(row_icon("trash")),
        name: &deleted.title,
        meta: deleted.deleted_at.map(|at| html! { (reading.ago(at)) }),
        actions: Some(button_form(&reading.frame.form_token, &action, restore)),
        ..Row::default()
    })
}

fn how_far(text: Text, Progress { readers, have_read }: Progress) -> String {
    text.say_with("announcements-progress", &[("read", have_read.into()), ("count", readers.into())])
}

fn for_whom(text: Text, audience: &Audience, portals: &[PortalChoice]) -> String {
    match audience {
        Audience::Everybody => text.say("announcements-everybody").into_owned(),
        Audience::Portals(chosen) => {
            let chosen = portals.iter().filter(|portal| chosen.contains(&portal.id));
            let names: Vec<&str> = chosen.map(|portal| portal.name.as_str()).collect();
            match names.is_empty() {
                true => text.say("announcements-portals-gone").into_owned(),
                false => names.join(", "),
            }
        }
    }
}

/// One announcement; of a published one who has read it.
pub struct Shown<'a> {
    pub announcement: &'a Announcement,
    pub portals: &'a [PortalChoice],
    pub receipts: Option<&'a Receipts>,
    pub words: &'a MarkedWords,
}

/// Fetched again when it was published, edited or read.
pub fn announcement(reading: &Reading, shown: &Shown) -> Markup {
    let (text, announcement) = (reading.text(), shown.announcement);
    let here = address(announcement.id);
    html! {
        article.announcement id="announcement" data-live-topic=(TOPICS) data-live-href=(here) {
            (page_header(&PageHeader {
                title: &announcement.title,
                breadcrumb: Some(breadcrumb(text, &[(LIST, &text.say("announcements-announcements"))])),
                detail: Some(details(reading, shown)),
                actions: Some(actions(reading.frame, announcement, &here)),
            }))
            @if announcement.published_at.is_none() {
                (notice(NoticeKind::Information, &text.say("announcements-preview")))
            }
            (prose(&announcement.words, Under::PageTitle, shown.words))
            @if let Some(receipts) = shown.receipts { (readers(reading, receipts)) }
        }
    }
}

fn details(reading: &Reading, shown: &Shown) -> Markup {
    let (text, announcement) = (reading.text(), shown.announcement);
    html! {
        @match announcement.published_at {
            None => { (badge(Tone::Neutral, &text.say("announcements-draft"))) },
            Some(at) => { (byline(reading, &announcement.author, at, announcement.edited_at)) },
        }
        span { (for_whom(text, &announcement.audience, shown.portals)) }
    }
}

fn actions(frame: &Frame, announcement: &Announcement, here: &str) -> Markup {
    let text = frame.text;
    let edit = Button::secondary(text.say("announcements-edit")).icon("pencil");
    let delete = Button::quiet(text.say("announcements-delete")).icon("trash");
    html! {
        @if announcement.published_at.is_none() {
            (Button::primary(text.say("announcements-publish")).icon("send").dialog(format!("{here}/publication")))
            (edit.href(format!("{here}/edit")))
        } @else {
            (edit.href(format!("{here}/correction")))
        }
        @if let Some(audience) = frame.audience("announcement", announcement.id) {
            (Button::quiet(text.say("ui-audience")).icon("eye").dialog(audience))
        }
        (button_form(&frame.form_token, &format!("{here}/deletion"), delete))
    }
}

fn readers(reading: &Reading, receipts: &Receipts) -> Markup {
    let (text, Receipts { read, waiting }) = (reading.text(), receipts);
    let group = |key: &str, people: &[Reader]| {
        let title = text.say_with(key, &[("count", people.len().into())]);
        section(&title, html! {}, list(html! { @for person in people { (reader_row(reading, person)) } }))
    };
    html! {
        @if read.is_empty() && waiting.is_empty() { p.field-hint { (text.say("announcements-nobody")) } }
        @if !read.is_empty() { (group("announcements-have-read", read)) }
        @if !waiting.is_empty() { (group("announcements-have-not-read", waiting)) }
    }
}

fn reader_row(reading: &Reading, reader: &Reader) -> Markup {
    let href = reading.frame.address("/staff/clients/", reader.id);
    let state = html! { @if let Some(at) = reader.read_at { (reading.moment(at)) } };
    person_row(None, &reader.name, &reader.email, href.as_deref(), state, None)
}

/// Says first who will be told, since that cannot be taken back from whoever has read it.
pub fn publication_dialog(frame: &Frame, draft: &Announcement, readers: i64) -> Markup {
    let (text, back) = (frame.text, address(draft.id));
    let action = format!("{back}/publication");
    let form = Form::post(&frame.form_token, &action).replaces(DIALOG_TARGET);
    dialog(
        text,
        &text.say("announcements-publish-title"),
        &back,
        form.body(html! {
            p.announcement-readers { (text.say_with("announcements-will-read", &[("count", readers.into())])) }
            p { (text.say("announcements-publish-about")) }
            (form_actions(html! {
                (Button::primary(text.say("announcements-publish")).icon("send"))
                (cancel(text, &back))
            }))
        }),
    )
}

pub fn deleted_toast(frame: &Frame, id: AnnouncementId, title: &str) -> Markup {
    let message = frame.text.say_with("announcements-deleted", &[("title", title.into())]);
    let undo = Undo { token: &frame.form_token, action: &format!("{}/restoration", address(id)) };
    toast(frame.text, &message, Some(undo))
}
