//! Fragments: the page of one file (`preview`), and the form by which files come in.

pub mod approvals;
pub mod asked;
mod cells;
mod preview;
pub mod request_dialog;
pub mod requests;
pub mod sending;
pub mod storage;
pub mod versions;

use maud::{Markup, html};
use portico_facts::{ItemId, PortalId};
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{Button, NoticeKind, PageHeader, notice_with, page_header, section, upload_form},
};

pub use self::preview::{Preview, Words, preview};
use self::preview::{actions, facts, shown};
use crate::{
    store::{Kept, Place},
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
