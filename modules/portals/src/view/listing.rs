//! What a folder holds: one list, in the order that staff gave it.

use portico_facts::{ItemId, PortalId};
use portico_kernel::Instant;
use portico_ui::{
    Frame, Markup, Text,
    components::{
        Button, ReorderRow, Row, RowOpens, Tab, badge_accent, empty_state, list, menu, menu_dialog,
        menu_divider, menu_link, reorder_list, row, row_icon, row_thumbnail, switch,
    },
    html,
};

use super::{
    Moments, client_place, count_items, menu_form_for_items, note,
    selection::{drop_form, select_box, selection_bar},
    staff_place, with_folder,
};
use crate::{
    item::{Face, Item, Pinned, ReadNote, ShownItem, Uploads},
    layout::Layout,
    link,
};

pub struct Listing {
    pub portal: PortalId,
    /// `None` at the top of the portal.
    pub folder: Option<ItemId>,
    pub layout: Layout,
    /// What staff call the items of a portal, where they gave them a name.
    pub title: Option<String>,
    /// At the top only.
    pub pinned: Option<ReadNote>,
    pub items: Vec<ShownItem>,
    pub moments: Moments,
}

/// For staff: with handles. It has its own address and refetches itself when something in the
/// portal changes.
pub fn staff_items(frame: &Frame, listing: &Listing) -> Markup {
    let (text, portal) = (frame.text, listing.portal);
    let own = with_folder(format!("/staff/portals/{portal}/items"), listing.folder);
    html! {
        section.portal-items id="items" aria-label=(text.say("portals-items"))
            data-live-topic={ "portal:" (portal) } data-live-href=(own) {
            @if let Some(pinned) = &listing.pinned {
                (note::pinned_note(text, pinned, &listing.moments, Some(&format!("/staff/notes/{}/edit", pinned.item.id))))
            }
            @if listing.items.is_empty() {
                (empty_state("folder", &text.say("portals-empty-for-staff"), None))
            } @else {
                (layout_switch(text, listing.layout, &staff_place(portal, listing.folder)))
                (selection_bar(frame, listing.portal))
                div.item-grid[listing.layout == Layout::Grid] { (staff_list(frame, listing)) }
                (drop_form(frame, listing.portal))
            }
        }
    }
}

fn staff_list(frame: &Frame, listing: &Listing) -> Markup {
    let last = listing.items.len() - 1;
    let keys: Vec<[String; 3]> = listing
        .items
        .iter()
        .map(|shown| {
            let id = shown.item.id;
            [
                id.to_string(),
                format!("/staff/items/{id}/place/earlier"),
                format!("/staff/items/{id}/place/later"),
            ]
        })
        .collect();
    let hrefs: Vec<Option<String>> = listing.items.iter().map(|shown| href(shown, "/staff")).collect();
    let rows: Vec<ReorderRow> = listing
        .items
        .iter()
        .enumerate()
        .map(|(index, shown)| {
            let href = hrefs[index].as_deref();
            let row = item_row(frame.text, shown, href, &listing.moments, None);
            ReorderRow {
                key: &keys[index][0],
                row: Row {
                    lead: Some(html! { (select_box(frame.text, &shown.item)) @if let Some(lead) = &row.lead { (lead) } }),
                    actions: Some(staff_menu(frame, shown, href)),
                    ..row
                },
                up: (index > 0).then_some(keys[index][1].as_str()),
                down: (index < last).then_some(keys[index][2].as_str()),
            }
        })
        .collect();
    let order = format!("/staff/portals/{}/order", listing.portal);
    reorder_list(frame.text, &frame.form_token, "items-list", &order, &rows)
}

fn staff_menu(frame: &Frame, shown: &ShownItem, href: Option<&str>) -> Markup {
    let (text, token, item) = (frame.text, frame.form_token.as_str(), &shown.item);
    let name = text.say_with("portals-actions-of", &[("name", item.name.as_str().into())]);
    let of = |what: &str| format!("/staff/items/{}/{what}", item.id);
    menu(
        &text.say("portals-more"),
        &name,
        html! {
            @if let Some(href) = href { (menu_link(href, Some("eye"), &text.say("portals-open"))) }
            @match &shown.face {
                Face::Note { .. } => (menu_link(&format!("/staff/notes/{}/edit", item.id), Some("note"), &text.say("portals-edit"))),
                Face::Link { .. } => (menu_dialog(&format!("/staff/links/{}/edit", item.id), Some("link"), &text.say("portals-edit"))),
                Face::Embed { .. } => (menu_dialog(&format!("/staff/embeds/{}/edit", item.id), Some("embed"), &text.say("portals-edit"))),
                _ => {}
            }
            @if let (Face::Folder { .. }, Some(download)) = (&shown.face, download(frame, "/staff", item)) {
                (menu_link(&download, Some("download"), &text.say("portals-download")))
            }
            (menu_dialog(&of("name"), Some("pencil"), &text.say("portals-rename")))
            (menu_dialog(&of("folder"), Some("move"), &text.say("portals-move")))
            @if let Some(audience) = frame.audience("item", item.id) {
                (menu_dialog(&audience, Some("eye"), &text.say("ui-audience")))
            }
            @match shown.face {
                Face::Note { pinned: Pinned::No } =>
                    (menu_form_for_items(token, &format!("/staff/notes/{}/pin", item.id), "pin", &text.say("portals-pin"))),
                Face::Note { pinned: Pinned::Yes } =>
                    (menu_form_for_items(token, &format!("/staff/notes/{}/pin/removal", item.id), "pin", &text.say("portals-unpin"))),
                _ => {}
            }
            (menu_divider())
            (menu_form_for_items(token, &of("deletion"), "trash", &text.say("portals-delete")))
        },
    )
}

/// Where everything in a folder can be had as one archive, if there is such a page.
fn download(frame: &Frame, side: &str, folder: &Item) -> Option<String> {
    let route = format!("{side}/portals/:portal/download");
    frame.pages.find(&route).map(|_| format!("{side}/portals/{}/download?item={}", folder.portal, folder.id))
}

/// For clients. `since`: what is newer wears a badge.
pub fn client_items(text: Text, listing: &Listing, since: Option<Instant>) -> Markup {
    let (portal, shown_above) = (listing.portal, listing.pinned.as_ref().map(|note| note.item.id));
    let mut own = with_folder(format!("/portals/{portal}/items"), listing.folder);
    if let Some(since) = since {
        let mark = if listing.folder.is_some() { '&' } else { '?' };
        own.push_str(&format!("{mark}since={}", since.micros()));
    }
    let below: Vec<&ShownItem> =
        listing.items.iter().filter(|shown| Some(shown.item.id) != shown_above).collect();
    html! {
        section.portal-items id="items" aria-label=(listing.title.as_deref().unwrap_or(&text.say("portals-items")))
            data-live-topic={ "portal:" (portal) } data-live-href=(own) {
            @if let Some(title) = &listing.title { header.section-header { h2 { (title) } } }
            @if let Some(pinned) = &listing.pinned { (note::pinned_note(text, pinned, &listing.moments, None)) }
            @if !below.is_empty() {
                (layout_switch(text, listing.layout, &client_place(portal, listing.folder)))
                div.item-grid[listing.layout == Layout::Grid] {
                    (list(html! {
                        @for shown in below {
                            @let href = href(shown, "");
                            (row(&item_row(text, shown, href.as_deref(), &listing.moments, since)))
                        }
                    }))
                }
            } @else if listing.pinned.is_none() {
                (empty_state("folder", &text.say("portals-empty-for-clients"), None))
            }
        }
    }
}

/// The same items the other way.
fn layout_switch(text: Text, current: Layout, place: &str) -> Markup {
    let mark = if place.contains('?') { '&' } else { '?' };
    let href = |layout: Layout| format!("{place}{mark}layout={}", layout.name());
    let (as_list, as_grid) = (href(Layout::List), href(Layout::Grid));
    let way = |href, label, layout| Tab { href, label, current: current == layout, count: None };
    let (list, grid) = (text.say("portals-as-list"), text.say("portals-as-grid"));
    html! {
        div.portal-layout {
            (switch(&text.say("portals-layout"), &[
                ("list", way(&as_list, &list, Layout::List)),
                ("grid", way(&as_grid, &grid, Layout::Grid)),
            ]))
        }
    }
}

/// Where an item opens. `side` is "/staff" or nothing.
fn href(shown: &ShownItem, side: &str) -> Option<String> {
    let Item { id, portal, .. } = shown.item;
    match &shown.face {
        Face::Folder { .. } if side.is_empty() => Some(client_place(portal, Some(id))),
        Face::Folder { .. } => Some(staff_place(portal, Some(id))),
        Face::Note { .. } => Some(format!("{side}/notes/{id}")),
        Face::Link { address } => Some(address.clone()),
        Face::Embed { provider } => provider.map(|_| format!("{side}/embeds/{id}")),
        Face::Foreign(face) => face.as_ref().map(|face| face.href.clone()),
    }
}

fn item_row<'a>(
    text: Text,
    shown: &'a ShownItem,
    href: Option<&'a str>,
    moments: &Moments,
    since: Option<Instant>,
) -> Row<'a> {
    let item = &shown.item;
    let changed = html! { (moments.ago(item.changed_at)) };
    let is_new = since.is_some_and(|since| item.created_at > since);
    let (lead, detail, meta) = match &shown.face {
        Face::Folder { items, uploads } => {
            let mark = (*uploads == Uploads::Taken).then(|| html! { (text.say("portals-takes-files")) });
            (row_icon("folder"), mark, html! { (count_items(text, *items)) })
        }
        Face::Note { pinned: Pinned::Yes } => {
            (row_icon("pin"), Some(html! { (text.say("portals-pinned")) }), changed)
        }
        Face::Note { pinned: Pinned::No } => (row_icon("note"), None, changed),
        Face::Link { address } => (row_icon("link"), Some(html! { (link::host(address)) }), changed),
        Face::Embed { provider } => (row_icon("embed"), provider.map(|it| html! { (it.label()) }), changed),
        Face::Foreign(Some(face)) => {
            let lead = match &face.thumbnail {
                Some(thumbnail) => row_thumbnail(thumbnail),
                None => row_icon(face.icon),
            };
            (lead, None, face.meta.clone())
        }
        Face::Foreign(None) => (row_icon("file"), None, changed),
    };
    Row {
        id: Some(format!("item-{}", item.id)),
        lead: Some(lead),
        name: &item.name,
        href,
        opens: match shown.face {
            Face::Link { .. } => RowOpens::NewTab,
            _ => RowOpens::Page,
        },
        detail,
        meta: Some(html! { @if is_new { (badge_accent(&text.say("portals-new"))) } (meta) }),
        actions: None,
    }
}

/// "Add note", "Add link", "Add embed", "New folder", and what other modules can add.
pub fn tools(text: Text, portal: PortalId, folder: Option<ItemId>, more: &[Markup]) -> Markup {
    let to = |what: &str| with_folder(format!("/staff/portals/{portal}/{what}/new"), folder);
    html! {
        div.portal-tools {
            div.portal-tools-line {
                (Button::secondary(text.say("portals-add-note")).icon("note").href(to("notes")))
                (Button::secondary(text.say("portals-add-link")).icon("link").dialog(to("links")))
                (Button::secondary(text.say("portals-add-embed")).icon("embed").dialog(to("embeds")))
                (Button::secondary(text.say("portals-new-folder")).icon("folder-plus").dialog(to("folders")))
            }
            @for tool in more { (tool) }
        }
    }
}
