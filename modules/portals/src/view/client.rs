//! What clients see: their home, a portal, a note.

use portico_facts::PortalId;
use portico_kernel::{Instant, SectionPlan};
use portico_ui::{
    CoverLook, Frame, MarkedWords, Markup, Text,
    components::{
        Button, PageHeader, PortalCard, breadcrumb, empty_state, icon, page_header, portal_card, portal_grid,
        search_box_within, section, viewing, wide_cover,
    },
    html,
};

use super::{
    client_place, count_items,
    listing::{Listing, client_items},
    note,
    sections::ITEMS,
    staff_portal::client_places,
};
use crate::{folder::Folder, item::ReadNote, news::News, store::client::ClientPortal};

pub struct Card {
    pub portal: ClientPortal,
    pub items: i64,
    pub news: News,
}

pub struct Home<'a> {
    pub name: &'a str,
    /// The organization's own; without one the page begins with the greeting.
    pub cover: Option<CoverLook>,
    pub cards: Vec<Card>,
    /// What waits for this person, from the modules that know.
    pub waiting: Vec<Markup>,
}

pub fn client_home(frame: &Frame, home: &Home) -> Markup {
    let text = frame.text;
    let greeting = text.say_with("portals-hello", &[("name", first_word(home.name).into())]);
    html! {
        div.client-home {
            @if home.cover.is_some() { div.home-cover { (wide_cover(home.cover.as_ref(), "")) } }
            (page_header(&PageHeader { title: &greeting, ..PageHeader::default() }))
            (search(text, "portals-search-everything", None))
            (section(&text.say("portals-waiting-for-you"), html! {}, waiting(text, &home.waiting)))
            (section(&text.say("portals-your-portals"), html! {}, cards(text, &home.cards)))
        }
    }
}

fn waiting(text: Text, sections: &[Markup]) -> Markup {
    html! {
        @if sections.is_empty() {
            p.nothing-waiting { (icon("check-circle")) span { (text.say("portals-nothing-waits")) } }
        } @else {
            // Whoever knows of it, it waits in one list.
            div.waiting { @for each in sections { (each) } }
        }
    }
}

fn cards(text: Text, cards: &[Card]) -> Markup {
    if cards.is_empty() {
        return empty_state("portal", &text.say("portals-nothing-shared"), None);
    }
    portal_grid(html! {
        @for card in cards {
            @let news = news(text, card.news);
            (portal_card(&PortalCard {
                href: &client_place(card.portal.id, None),
                name: &card.portal.name,
                cover: None,
                detail: Some(&count_items(text, card.items)),
                news: news.as_deref(),
            }))
        }
    })
}

fn news(text: Text, news: News) -> Option<String> {
    match news {
        News::Nothing => None,
        News::Added(count) => Some(text.say_with("portals-count-new", &[("count", count.into())])),
        News::WholePortal => Some(text.say("portals-new").into_owned()),
    }
}

/// In everything, or in one portal.
fn search(text: Text, placeholder: &str, portal: Option<PortalId>) -> Markup {
    let portal = portal.map(|portal| portal.to_string());
    let within = portal.as_deref().map(|portal| ("portal", portal));
    html! {
        div.portal-search {
            (search_box_within(text, "/search", "", Some(&text.say(placeholder)), within.as_slice()))
            div.search-results id="results" {}
        }
    }
}

pub struct OpenPortal<'a> {
    pub portal: &'a ClientPortal,
    pub path: Vec<Folder>,
    pub listing: Listing,
    /// By their names.
    pub sections: Vec<(&'static str, Markup)>,
    pub plan: &'a SectionPlan,
    pub tools: Vec<Markup>,
    /// When this client last opened it.
    pub since: Option<Instant>,
}

pub fn client_portal(frame: &Frame, shown: &OpenPortal) -> Markup {
    let text = frame.text;
    let portal = shown.portal.id;
    let title = shown.path.last().map_or(&shown.portal.name, |folder| &folder.name);
    let places = match shown.path.split_last() {
        None => breadcrumb(text, &[("/", &text.say("ui-home"))]),
        Some((_, above)) => client_places(text, portal, &shown.portal.name, above),
    };
    let items = html! {
        @for tool in &shown.tools { (tool) }
        (client_items(text, &shown.listing, shown.since))
    };
    // The items are a section, too; within a folder they are all there is.
    let mut parts: Vec<_> = shown.sections.iter().map(|(name, part)| (*name, part)).collect();
    if !shown.path.is_empty() || !shown.plan.hides(ITEMS) {
        parts.push((ITEMS, &items));
    }
    shown.plan.arrange(&mut parts);
    html! {
        div.client-portal {
            (page_header(&PageHeader {
                title,
                breadcrumb: Some(places),
                actions: actions(frame, shown),
                ..PageHeader::default()
            }))
            @if shown.path.is_empty() {
                (viewing(&frame.form_token, &format!("/portals/{portal}/views")))
                (search(text, "portals-search-portal", Some(portal)))
            }
            @for (_, part) in &parts { (part) }
        }
    }
}

fn actions(frame: &Frame, shown: &OpenPortal) -> Option<Markup> {
    let home = shown.path.is_empty().then(|| take_home(frame, shown.portal.id));
    let buttons: Vec<Button> = home.into_iter().chain(download_all(frame, shown)).collect();
    (!buttons.is_empty()).then(|| html! { @for button in &buttons { (button) } })
}

/// The whole portal, as a website that opens without a server.
fn take_home(frame: &Frame, portal: PortalId) -> Button {
    let label = frame.text.say("portals-offline-take-home");
    Button::quiet(label).icon("globe").download(format!("/portals/{portal}/offline/download"))
}

/// Everything in the folder that is open, or in the portal, as one archive.
fn download_all(frame: &Frame, shown: &OpenPortal) -> Option<Button> {
    frame.pages.find("/portals/:portal/download").filter(|_| !shown.listing.items.is_empty())?;
    let mut href = format!("/portals/{}/download", shown.portal.id);
    if let Some(folder) = shown.path.last() {
        href.push_str(&format!("?item={}", folder.id));
    }
    let label = frame.text.say("portals-download-all");
    Some(Button::secondary(label).icon("download").download(href))
}

pub fn client_note(
    frame: &Frame,
    portal: &ClientPortal,
    path: &[Folder],
    note: &ReadNote,
    changed: &str,
    words: &MarkedWords,
) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &note.item.name,
            breadcrumb: Some(client_places(text, portal.id, &portal.name, path)),
            detail: Some(html! { (changed) }),
            actions: None,
        }))
        (viewing(&frame.form_token, &format!("/notes/{}/views", note.item.id)))
        (note::whole_note(text, note, words))
    }
}

/// How somebody is greeted.
pub fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
