//! Portals as staff list them.

use portico_ui::{
    Frame, Markup, Text,
    components::{
        Button, PageHeader, Row, Tone, badge, empty_state, list, page_header, row, row_icon, section,
    },
    html,
};

use super::{count_items, staff_place};
use crate::store::portals::{Counts, Portal};

pub fn portals_page(frame: &Frame, portals: &[Portal], counts: &Counts) -> Markup {
    let text = frame.text;
    let (archived, current): (Vec<&Portal>, Vec<&Portal>) =
        portals.iter().partition(|portal| portal.archived_at.is_some());
    html! {
        (page_header(&PageHeader {
            title: &text.say("portals-navigation"),
            actions: Some(html! { @if !current.is_empty() && may_add(frame) { (new_portal(frame)) } }),
            ..PageHeader::default()
        }))
        @if current.is_empty() {
            (empty_state("portal", &text.say("portals-none-yet"), may_add(frame).then(|| new_portal(frame))))
        } @else {
            (portal_rows(frame, current, counts))
        }
        @if !archived.is_empty() {
            (section(&text.say("portals-archived"), html! {}, portal_rows(frame, archived, counts)))
        }
        @if frame.pages.find("/staff/templates").is_some() {
            p.portals-deleted {
                a href="/staff/templates" { (text.say("portals-templates")) }
                " · " a href="/staff/deleted" { (text.say("portals-deleted")) }
            }
        }
    }
}

/// Limited members begin one on its project's page.
pub fn may_add(frame: &Frame) -> bool {
    frame.pages.find("/staff/portals/new").is_some()
}

pub fn new_portal(frame: &Frame) -> Button {
    Button::primary(frame.text.say("portals-new-portal")).icon("plus").dialog("/staff/portals/new")
}

pub fn portal_rows<'a>(
    frame: &Frame,
    portals: impl IntoIterator<Item = &'a Portal>,
    counts: &Counts,
) -> Markup {
    list(html! { @for portal in portals { (portal_row(frame, portal, counts)) } })
}

fn portal_row(frame: &Frame, portal: &Portal, counts: &Counts) -> Markup {
    let text = frame.text;
    let href = staff_place(portal.id, None);
    let items = count_items(text, counts.items(portal.id));
    let detail = match whose(text, portal) {
        Some(whose) => format!("{whose} · {items}"),
        None => items,
    };
    let clients = counts.clients(portal.id);
    row(&Row {
        id: Some(format!("portal-{}", portal.id)),
        lead: Some(row_icon("portal")),
        name: &portal.name,
        href: Some(&href),
        detail: Some(html! { (detail) }),
        meta: Some(match clients {
            0 => badge(Tone::Neutral, &text.say("portals-not-shared")),
            _ => html! { (text.say_with("portals-count-clients", &[("count", clients.into())])) },
        }),
        ..Row::default()
    })
}

/// What it belongs to. A portal is usually named after its project, and saying it twice tells nothing.
pub fn whose(text: Text, portal: &Portal) -> Option<String> {
    match &portal.project_name {
        Some(project) if *project == portal.name => None,
        Some(project) => Some(text.say_with("portals-of-project", &[("project", project.into())])),
        None => Some(text.say("portals-generic").into_owned()),
    }
}
