//! Fragments: the page of one file, and the form by which files come in.

pub mod approvals;
pub mod asked;
pub mod request_dialog;
pub mod requests;
pub mod sending;
pub mod storage;
pub mod versions;

use maud::{Markup, html};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Shown, Side};
use portico_reading::Unreadable;
use portico_ui::{
    Frame, Text,
    components::{
        Button, NoticeKind, PageHeader, breadcrumb, card, icon, notice, notice_with, page_header, section,
        upload_form,
    },
};

use crate::{
    file::{File, ReadingState},
    showing::{Showing, icon_of, type_key},
    store::{Kept, Neighbours, Place, Sender, Surroundings},
    upload::Uploaded,
};

/// The element of a portal's page that shows its items, fetched again after an upload.
const LISTING: &str = "#items";

/// The address of a file's page; below it are `content` and `download`.
pub fn href(side: Side, item: ItemId) -> String {
    format!("{}/files/{item}", root(side))
}

/// The page of a portal with one folder open.
pub fn place_href(side: Side, place: Place) -> String {
    let portal = format!("{}/portals/{}", root(side), place.portal);
    match place.folder {
        Some(folder) => format!("{portal}?folder={folder}"),
        None => portal,
    }
}

/// `None` where the product has no portals.
pub fn portal_href(frame: &Frame, side: Side, portal: PortalId) -> Option<String> {
    frame.address(&format!("{}/portals/", root(side)), portal)
}

fn root(side: Side) -> &'static str {
    match side {
        Side::Staff => "/staff",
        Side::Client => "",
    }
}

pub fn upload_tool(frame: &Frame, place: Place) -> Markup {
    let here = place_href(Side::Staff, place);
    let action = match here.split_once('?') {
        Some((portal, query)) => format!("{portal}/files?{query}"),
        None => format!("{here}/files"),
    };
    upload_form(frame.text, &frame.form_token, &action, LISTING)
}

/// What became of an upload that did not go well, with the form to try again.
pub fn upload_report(text: Text, side: Side, place: Place, uploaded: &Uploaded, form: Markup) -> Markup {
    let back = place_href(side, place);
    html! {
        (page_header(&PageHeader {
            title: &text.say("ui-upload-files"),
            actions: Some(html! { (Button::secondary(text.say("files-back")).href(back)) }),
            ..PageHeader::default()
        }))
        div.stack {
            @if let Some((refusal, name)) = &uploaded.refused {
                (notice_with(NoticeKind::Error, html! {
                    @if let Some(name) = name { p { strong { (name) } } }
                    p { (refusal.words(text, side)) }
                }))
            }
            @if !uploaded.kept.is_empty() { (kept_files(text, side, &uploaded.kept)) }
            (form)
        }
    }
}

fn kept_files(text: Text, side: Side, kept: &[Kept]) -> Markup {
    let title = text.say_with("files-kept", &[("count", kept.len().into())]);
    section(
        &title,
        Markup::default(),
        html! {
            ul {
                @for kept in kept {
                    li {
                        a href=(href(side, kept.item)) { (kept.name) }
                        @if kept.number > 1 { " · " (versions::numbered(text, kept.number)) }
                    }
                }
            }
        },
    )
}

/// Everything that the page of a file shows.
pub struct Preview<'a> {
    pub side: Side,
    pub file: &'a File,
    /// Below it are its `content` and `download`.
    pub address: String,
    /// What the reader is asked about it, or nothing.
    pub question: Markup,
    pub surroundings: &'a Surroundings,
    pub words: &'a Words,
    /// Of a PDF, from 1.
    pub page: Option<u32>,
    /// The organization's.
    pub zone: &'a str,
    /// The client from whom it came, for staff.
    pub sender: Option<Sender>,
}

/// Text to be shown in place.
#[derive(Default)]
pub struct Words {
    pub text: String,
    pub is_whole: bool,
}

pub fn preview(frame: &Frame, preview: &Preview) -> Markup {
    let (text, file) = (frame.text, preview.file);
    let place = Place { portal: file.item.portal, folder: file.item.folder };
    let (top, here) = (portal_href(frame, preview.side, place.portal), place_href(preview.side, place));
    let portal = top.as_deref().map(|top| (top, file.item.portal_name.as_str()));
    let folder = preview.surroundings.folder_name.as_deref().map(|folder| (&*here, folder));
    // A folder is on its portal's page.
    let above: Vec<_> = portal.into_iter().chain(folder.filter(|_| portal.is_some())).collect();
    html! {
        (page_header(&PageHeader {
            title: file.name(),
            breadcrumb: Some(breadcrumb(text, &above)),
            detail: Some(facts(text, preview)),
            actions: Some(actions(frame, preview)),
        }))
        (preview.question)
        div.file-preview { (shown(text, preview)) }
        (neighbours(text, preview.side, &preview.surroundings.neighbours))
    }
}

fn actions(frame: &Frame, preview: &Preview) -> Markup {
    let (text, own) = (frame.text, &preview.address);
    html! {
        (Button::primary(text.say("files-download")).icon("download").download(format!("{own}/download")))
        // Phones show no PDF inside a page.
        @if Showing::of(&preview.file.content.media_type) != Showing::Nothing {
            (Button::secondary(text.say("files-open")).icon("download").new_tab(format!("{own}/content")))
        }
        @if let Some(sender) = &preview.sender { (sending::show_button(frame, preview.file.id(), sender)) }
    }
}

fn facts(text: Text, preview: &Preview) -> Markup {
    let file = preview.file;
    html! {
        @if let Some(sender) = &preview.sender {
            span {
                (sending::from(text, sender))
                @if sender.shown == Shown::ToSender { ", " (text.say("files-private")) }
            }
        }
        span { (text.say(type_key(&file.content.media_type))) }
        span { (text.bytes(file.content.size())) }
        span { (text.date(file.content.added_at.in_zone(preview.zone).date())) }
    }
}

fn shown(text: Text, preview: &Preview) -> Markup {
    let file = preview.file;
    let content = format!("{}/content", preview.address);
    match Showing::of(&file.content.media_type) {
        Showing::Picture => html! { img.file-picture src=(content) alt=(file.name()); },
        Showing::Pdf => {
            let page = preview.page.map_or_else(String::new, |page| format!("#page={page}"));
            html! {
                iframe.file-pdf src={ (content) (page) } title=(file.name()) {}
                (reading_notice(text, preview))
            }
        }
        Showing::Text => words(text, "file-text", file.name(), preview.words),
        Showing::Audio => html! {
            audio.file-audio controls preload="metadata" src=(content) aria-label=(file.name()) {}
        },
        Showing::Video => html! {
            video.file-video controls preload="metadata" src=(content) aria-label=(file.name()) {}
        },
        Showing::Nothing => html! {
            (card(html! {
                p.file-alone { (icon(icon_of(&file.content.media_type))) span { (text.say("files-only-download")) } }
            }))
            (reading_notice(text, preview))
            @if !preview.words.text.is_empty() {
                (section(&text.say("files-words-inside"), Markup::default(), words(text, "file-words", file.name(), preview.words)))
            }
        },
    }
}

fn words(text: Text, class: &str, name: &str, words: &Words) -> Markup {
    html! {
        // Reachable by keyboard, so that it can be scrolled.
        pre class=(class) tabindex="0" role="region" aria-label=(name) { (words.text) }
        @if !words.is_whole { p.file-rest { (text.say("files-only-beginning")) } }
    }
}

/// For staff, who may wonder why a document is not found by its words.
fn reading_notice(text: Text, preview: &Preview) -> Markup {
    let key = match (preview.side, preview.file.content.reading) {
        (Side::Client, _) | (_, ReadingState::None | ReadingState::Read) => return Markup::default(),
        (_, ReadingState::Pending) => {
            return notice(NoticeKind::Information, &text.say("files-reading-pending"));
        }
        (_, ReadingState::Unreadable(Unreadable::Encrypted)) => "files-unreadable-encrypted",
        (_, ReadingState::Unreadable(Unreadable::TooLarge)) => "files-unreadable-too-large",
        (_, ReadingState::Unreadable(Unreadable::TimedOut)) => "files-unreadable-timed-out",
        (_, ReadingState::Unreadable(_)) => "files-unreadable-damaged",
    };
    notice(NoticeKind::Warning, &text.say(key))
}

fn neighbours(text: Text, side: Side, neighbours: &Neighbours) -> Markup {
    let link = |beside: &Option<(ItemId, String)>, rel: &'static str, key: &str, icon_name: &'static str| {
        html! {
            @if let Some((item, name)) = beside {
                a.file-neighbour rel=(rel) href=(href(side, *item)) {
                    (icon(icon_name))
                    span { span.file-neighbour-where { (text.say(key)) } " " span.file-neighbour-name { (name) } }
                }
            }
        }
    };
    html! {
        @if neighbours.previous.is_some() || neighbours.next.is_some() {
            nav.file-neighbours aria-label=(text.say("files-neighbours")) {
                (link(&neighbours.previous, "prev", "ui-previous", "chevron-left"))
                (link(&neighbours.next, "next", "ui-next", "chevron-right"))
            }
        }
    }
}
