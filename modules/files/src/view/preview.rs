//! The page of one file: the file in place, page by page where it has pages, as closely as somebody
//! wants to look, and the way to its neighbours. All of it is links, pictures and text.

use maud::{Markup, html};
use portico_facts::ItemId;
use portico_kernel::{Shown, Side};
use portico_reading::Unreadable;
use portico_ui::{
    Frame, Text,
    components::{Button, NoticeKind, PageHeader, breadcrumb, card, icon, notice, page_header, section},
    marking::MarkedWords,
};

use super::{cells::cells_table, href, place_href, portal_href, sending};
use crate::{
    cells::Cells,
    file::{File, ReadingState},
    look::{Look, Zoom},
    showing::{Showing, icon_of, type_key},
    store::{Neighbours, Place, Sender, Surroundings},
};

/// Everything that the page of a file shows.
pub struct Preview<'a> {
    pub side: Side,
    pub file: &'a File,
    /// Below it are its `content` and `download`.
    pub address: String,
    /// What the reader is asked about it, or nothing.
    pub question: Markup,
    pub surroundings: &'a Surroundings,
    /// Of the page that is open, where the file has pages that can be drawn.
    pub words: &'a Words,
    pub look: &'a Look,
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

pub(super) fn actions(frame: &Frame, preview: &Preview) -> Markup {
    let (text, own) = (frame.text, &preview.address);
    html! {
        (Button::primary(text.say("files-download")).icon("download").download(format!("{own}/download")))
        @if Showing::of(&preview.file.content.media_type) != Showing::Nothing {
            (Button::secondary(text.say("files-open")).icon("elsewhere").new_tab(format!("{own}/content")))
        }
        @if let Some(sender) = &preview.sender { (sending::show_button(frame, preview.file.id(), sender)) }
        @if let (Side::Staff, Some(audience)) = (preview.side, frame.audience("item", preview.file.id())) {
            (Button::quiet(text.say("ui-audience")).icon("eye").dialog(audience))
        }
        @if let (Side::Staff, Some(activity)) = (preview.side, frame.activity("item", preview.file.id())) {
            (Button::quiet(text.say("ui-activity")).icon("history").href(activity))
        }
    }
}

pub(super) fn facts(text: Text, preview: &Preview) -> Markup {
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

pub(super) fn shown(text: Text, preview: &Preview) -> Markup {
    let file = preview.file;
    let content = format!("{}/content", preview.address);
    match Showing::of(&file.content.media_type) {
        Showing::Picture => html! {
            div.file-bar { (zoom_buttons(text, preview, None)) }
            (sheet(preview.look.zoom(), file.name(), html! { img.file-picture src=(content) alt=(file.name()); }))
        },
        Showing::Pdf => match file.content.pictures.pages() {
            Some(pages) if pages > 0 => one_page(text, preview, pages),
            pages => undrawn(text, preview, pages.is_some()),
        },
        Showing::Text => html! {
            (reading_notice(text, preview))
            @match table_of(preview) {
                Some(cells) => {
                    (cells_table(file.name(), &cells, &MarkedWords::new(preview.look.words())))
                    @if !cells.is_whole { (only_beginning(text)) }
                },
                None => (words(text, "file-text", file.name(), preview)),
            }
        },
        Showing::Audio => html! {
            audio.file-audio controls preload="metadata" src=(content) aria-label=(file.name()) {}
        },
        Showing::Video => html! {
            video.file-video controls preload="metadata" src=(content) aria-label=(file.name()) {}
        },
        Showing::Nothing => html! {
            (alone(text, preview, "files-only-download"))
            (words_inside(text, preview))
        },
    }
}

/// Of a PDF: a picture, and under it the words for whoever reads with ears or looks for one.
fn one_page(text: Text, preview: &Preview, pages: u32) -> Markup {
    let page = preview.look.page_of(pages);
    let numbered = text.say_with("files-page-of", &[("page", page.into()), ("pages", pages.into())]);
    html! {
        nav.file-bar aria-label=(text.say("files-pages")) {
            (page_button(text, preview, "files-page-previous", "chevron-left", page.checked_sub(1).filter(|page| *page > 0)))
            (page_form(text, preview, page, pages))
            (page_button(text, preview, "files-page-next", "chevron-right", Some(page + 1).filter(|page| *page <= pages)))
            (zoom_buttons(text, preview, Some(page)))
        }
        (sheet(preview.look.zoom(), &numbered, html! {
            img.file-page src={ (preview.address) "/pages/" (page) } alt=(numbered);
        }))
        (reading_notice(text, preview))
        @if !preview.words.text.is_empty() {
            (section(&text.say("files-words-of-page"), Markup::default(), words(text, "file-words", &numbered, preview)))
        }
    }
}

fn page_button(text: Text, preview: &Preview, key: &str, icon: &'static str, page: Option<u32>) -> Markup {
    html! {
        @match page {
            Some(page) => {
                @let address = preview.look.elsewhere(&preview.address, Some(page), preview.look.zoom());
                (Button::quiet(text.say(key)).icon_only(icon).href(address))
            },
            // Its place stays, so that the next one is not pressed by mistake.
            None => span.file-bar-end aria-hidden="true" {},
        }
    }
}

fn page_form(text: Text, preview: &Preview, page: u32, pages: u32) -> Markup {
    html! {
        form.file-page-form action=(preview.address) {
            @if preview.look.zoom() != Zoom::Whole { input type="hidden" name="zoom" value=(preview.look.zoom().name()); }
            @if !preview.look.words().is_empty() { input type="hidden" name="words" value=(preview.look.words()); }
            label {
                (text.say("files-page")) " "
                input.field-input type="number" name="page" min="1" max=(pages) value=(page) required inputmode="numeric";
            }
            span { (text.say_with("files-of-pages", &[("pages", pages.into())])) }
        }
    }
}

fn zoom_buttons(text: Text, preview: &Preview, page: Option<u32>) -> Markup {
    let zoom = preview.look.zoom();
    let button = |key: &str, other: Zoom| {
        let address = preview.look.elsewhere(&preview.address, page, other);
        html! { (Button::quiet(text.say(key)).small().href(address)) }
    };
    html! {
        div.file-zoom {
            @if let Some(farther) = zoom.farther() { (button("files-zoom-out", farther)) }
            @if let Some(closer) = zoom.closer() { (button("files-zoom-in", closer)) }
        }
    }
}

/// What is drawn, in a frame that scrolls when it is looked at closely; reachable by keyboard then.
fn sheet(zoom: Zoom, name: &str, picture: Markup) -> Markup {
    let class = match zoom {
        Zoom::Whole => "file-sheet",
        Zoom::Larger => "file-sheet file-larger",
        Zoom::Largest => "file-sheet file-largest",
    };
    let scrolls = zoom != Zoom::Whole;
    html! {
        div class=(class) tabindex=[scrolls.then_some("0")] role=[scrolls.then_some("region")]
            aria-label=[scrolls.then_some(name)] { (picture) }
    }
}

/// A PDF that is still to be drawn, or cannot be.
fn undrawn(text: Text, preview: &Preview, is_hopeless: bool) -> Markup {
    html! {
        (alone(text, preview, if is_hopeless { "files-not-drawn" } else { "files-not-drawn-yet" }))
        (words_inside(text, preview))
    }
}

/// The icon of its kind instead of the file.
fn alone(text: Text, preview: &Preview, key: &str) -> Markup {
    let media_type = &preview.file.content.media_type;
    card(html! { p.file-alone { (icon(icon_of(media_type))) span { (text.say(key)) } } })
}

fn words_inside(text: Text, preview: &Preview) -> Markup {
    html! {
        (reading_notice(text, preview))
        @if !preview.words.text.is_empty() {
            (section(&text.say("files-words-inside"), Markup::default(), words(text, "file-words", preview.file.name(), preview)))
        }
    }
}

/// Of a text that is one, unless what somebody came for stands where the table has ended already.
fn table_of(preview: &Preview) -> Option<Cells> {
    let Words { text: words, is_whole } = preview.words;
    if preview.file.content.media_type != "text/csv" {
        return None;
    }
    let marked = MarkedWords::new(preview.look.words());
    Cells::of(words, *is_whole).filter(|cells| {
        cells.is_whole
            || marked.places(words).is_empty()
            || cells.all().any(|cell| !marked.places(cell).is_empty())
    })
}

fn only_beginning(text: Text) -> Markup {
    html! { p.field-hint { (text.say("files-only-beginning")) } }
}

fn words(text: Text, class: &str, name: &str, preview: &Preview) -> Markup {
    let Words { text: words, is_whole } = preview.words;
    html! {
        // Reachable by keyboard, so that it can be scrolled.
        pre class=(class) tabindex="0" role="region" aria-label=(name) {
            (MarkedWords::new(preview.look.words()).mark(words))
        }
        @if !is_whole { (only_beginning(text)) }
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
