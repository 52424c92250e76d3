//! What clients read. Nothing here says who else reads it, or how many (P10).

use maud::{Markup, html};
use portico_facts::AnnouncementId;
use portico_ui::{
    MarkedWords,
    components::{
        Button, PageHeader, Row, badge_accent, breadcrumb, empty_state, list, list_raised, page_header, row,
        row_icon, token_field,
    },
    markdown::{Under, prose},
};

use super::{Reading, TOPIC, byline};
use crate::visibility::Told;

pub const LIST: &str = "/announcements";
/// Of the number beside the navigation's entry.
pub const UNREAD: &str = "/announcements/unread";
const LATEST: &str = "/announcements/latest";

pub fn address(id: AnnouncementId) -> String {
    format!("{LIST}/{id}")
}

pub fn list_page(reading: &Reading, told: &[Told]) -> Markup {
    let title = reading.text().say("announcements-announcements");
    html! {
        (page_header(&PageHeader { title: &title, ..PageHeader::default() }))
        (announcement_list(reading, told))
    }
}

pub fn announcement_list(reading: &Reading, told: &[Told]) -> Markup {
    html! {
        div.announcements id="announcements" data-live-topic=(TOPIC) data-live-href=(LIST) {
            @if told.is_empty() {
                (empty_state("announcement", &reading.text().say("announcements-empty-client"), None))
            } @else {
                (list(html! { @for each in told { (announcement_row(reading, each)) } }))
            }
        }
    }
}

fn announcement_row(reading: &Reading, told: &Told) -> Markup {
    row(&Row {
        lead: Some(row_icon("announcement")),
        name: &told.title,
        href: Some(&address(told.id)),
        detail: Some(html! { (told.author) }),
        meta: Some(html! {
            @if told.read_at.is_none() { (badge_accent(&reading.text().say("announcements-new"))) " " }
            (reading.ago(told.published_at))
        }),
        ..Row::default()
    })
}

/// One announcement; fetched again when it was edited or read.
pub fn announcement(reading: &Reading, told: &Told, words: &MarkedWords) -> Markup {
    let (text, here) = (reading.text(), address(told.id));
    html! {
        article.announcement id="announcement" data-live-topic=(TOPIC) data-live-href=(here) {
            (page_header(&PageHeader {
                title: &told.title,
                breadcrumb: Some(breadcrumb(text, &[(LIST, &text.say("announcements-announcements"))])),
                detail: Some(byline(reading, &told.author, told.published_at, told.edited_at)),
                actions: None,
            }))
            (prose(&told.words, Under::PageTitle, words))
            @if told.read_at.is_none() { (reading_form(reading, &here)) }
        }
    }
}

/// Sent by the page's script when it is opened, since a GET changes nothing (T6); by its button where there are no
/// scripts.
fn reading_form(reading: &Reading, here: &str) -> Markup {
    html! {
        form.announcement-reading method="post" action={ (here) "/reading" } data-viewed {
            (token_field(&reading.frame.form_token))
            div.without-script {
                (Button::secondary(reading.text().say("announcements-mark-read")).icon("check"))
            }
        }
    }
}

/// Among what waits for a client on their home.
pub fn latest(reading: &Reading, unread: &[Told]) -> Markup {
    html! {
        div id="latest-announcements" data-live-topic=(TOPIC) data-live-href=(LATEST) hidden[unread.is_empty()] {
            (list_raised(html! { @for told in unread { (waiting_row(reading, told)) } }))
        }
    }
}

fn waiting_row(reading: &Reading, told: &Told) -> Markup {
    let text = reading.text();
    row(&Row {
        lead: Some(row_icon("announcement")),
        name: &told.title,
        detail: Some(
            html! { (text.say("announcements-announcement")) " · " (reading.ago(told.published_at)) },
        ),
        actions: Some(html! {
            (Button::primary(text.say("announcements-read")).small().href(address(told.id)))
        }),
        ..Row::default()
    })
}
