//! A portal for staff: the client's view with handles on it.

use portico_facts::{ItemId, PortalId, ProjectId};
use portico_ui::{
    Frame, Markup, Text,
    components::{
        Button, NoticeKind, PageHeader, breadcrumb, button_form, button_menu, menu, menu_dialog,
        menu_divider, menu_form, menu_link, notice_with, page_header,
    },
    html,
};

use super::{
    client_place,
    listing::{Listing, staff_items, tools},
    portal_list::whose,
    staff_place,
};
use crate::{
    folder::Folder,
    store::{portals::Portal, templates::Template},
};

pub struct StaffPortal<'a> {
    pub portal: &'a Portal,
    /// From the top to the folder that is open; empty at the top.
    pub path: Vec<Folder>,
    pub listing: Listing,
    /// What other modules add, such as whom it is shared with.
    pub sections: Vec<Markup>,
    pub tools: Vec<Markup>,
}

pub fn staff_portal(frame: &Frame, shown: &StaffPortal) -> Markup {
    let text = frame.text;
    let folder = shown.path.last();
    html! {
        div.portal-page data-drop-zone {
            (page_header(&PageHeader {
                title: folder.map_or(&shown.portal.name, |folder| &folder.name),
                breadcrumb: Some(places(text, shown)),
                detail: whose(text, shown.portal).map(|whose| html! { (whose) }),
                actions: menu_holds_something(frame).then(|| portal_menu(frame, shown.portal)),
            }))
            @if let Some(at) = shown.portal.archived_at {
                (archived(frame, shown.portal.id, &shown.listing.moments.day(at)))
            }
            div.portal-columns {
                div.portal-main {
                    (tools(text, shown.portal.id, shown.listing.folder, &shown.tools))
                    (staff_items(frame, &shown.listing))
                }
                @if !shown.sections.is_empty() {
                    div.portal-side { @for section in &shown.sections { (section) } }
                }
            }
        }
    }
}

fn places(text: Text, shown: &StaffPortal) -> Markup {
    match shown.path.split_last() {
        None => breadcrumb(text, &[("/staff/portals", &text.say("portals-navigation"))]),
        Some((_, above)) => staff_places(text, shown.portal.id, &shown.portal.name, above),
    }
}

/// The way to something in a portal: all portals, this one, and the folders above.
pub fn staff_places(text: Text, portal: PortalId, name: &str, above: &[Folder]) -> Markup {
    let first = ("/staff/portals".to_owned(), text.say("portals-navigation").into_owned());
    ways(text, first, name, above, |folder| staff_place(portal, folder))
}

/// The same for clients, from their home.
pub fn client_places(text: Text, portal: PortalId, name: &str, above: &[Folder]) -> Markup {
    let first = ("/".to_owned(), text.say("ui-home").into_owned());
    ways(text, first, name, above, |folder| client_place(portal, folder))
}

fn ways(
    text: Text,
    first: (String, String),
    portal_name: &str,
    above: &[Folder],
    place: impl Fn(Option<ItemId>) -> String,
) -> Markup {
    let mut ways = vec![first, (place(None), portal_name.to_owned())];
    ways.extend(above.iter().map(|folder| (place(Some(folder.id)), folder.name.clone())));
    let ways: Vec<(&str, &str)> = ways.iter().map(|(href, name)| (href.as_str(), name.as_str())).collect();
    breadcrumb(text, &ways)
}

/// What nobody who works in it may miss, and the way back.
fn archived(frame: &Frame, portal: PortalId, day: &str) -> Markup {
    let (text, action) = (frame.text, format!("/staff/portals/{portal}/archival/removal"));
    let back = Button::secondary(text.say("portals-unarchive")).icon("undo").small();
    notice_with(
        NoticeKind::Warning,
        html! {
            p { (text.say_with("portals-archived-since", &[("date", day.into())])) }
            @if frame.pages.find("/staff/portals/:portal/archival").is_some() {
                (button_form(&frame.form_token, &action, back))
            }
        },
    )
}

fn menu_holds_something(frame: &Frame) -> bool {
    let pages = ["/staff/portals/:portal/settings", "/staff/portals/:portal/download"];
    pages.iter().any(|page| frame.pages.find(page).is_some())
}

fn portal_menu(frame: &Frame, shown: &Portal) -> Markup {
    let (text, portal) = (frame.text, shown.id);
    // Limited members work in it, and leave it as it is.
    let may_change = frame.pages.find("/staff/portals/:portal/settings").is_some();
    let of = |what: &str| format!("/staff/portals/{portal}/{what}");
    menu(
        &text.say("portals-more"),
        &text.say("portals-actions-of-portal"),
        html! {
            @if frame.pages.find("/staff/portals/:portal/download").is_some() {
                (menu_link(&of("download"), Some("download"), &text.say("portals-download-all")))
            }
            @if may_change {
                (menu_dialog(&of("offline"), Some("globe"), &text.say("portals-offline")))
                (menu_dialog(&of("name"), Some("pencil"), &text.say("portals-rename")))
                (menu_dialog(&of("settings"), Some("settings"), &text.say("portals-portal-settings")))
                (menu_link(&of("sections"), Some("list"), &text.say("portals-sections")))
                (menu_dialog(&of("templates/new"), Some("grid"), &text.say("portals-keep-template")))
            }
            @if let Some(audience) = frame.audience("portal", portal) {
                (menu_dialog(&audience, Some("eye"), &text.say("ui-audience")))
            }
            @if let Some(activity) = frame.activity("portal", portal) {
                (menu_link(&activity, Some("history"), &text.say("ui-activity")))
            }
            @if may_change {
                (menu_divider())
                @if shown.archived_at.is_none() {
                    (menu_dialog(&of("archival"), Some("archive"), &text.say("portals-archive")))
                }
                (menu_form(&frame.form_token, &of("deletion"), "trash", &text.say("portals-delete")))
            }
        },
    )
}

/// On a project's page: makes its portal, or leads to it.
pub fn project_button(
    frame: &Frame,
    project: ProjectId,
    portal: Option<PortalId>,
    templates: &[Template],
) -> Markup {
    let (text, token) = (frame.text, &frame.form_token);
    let label = text.say("portals-client-portal");
    let Some(portal) = portal else {
        let action = format!("/staff/projects/{project}/portal");
        return html! {
            div.portal-beginnings {
                (button_form(token, &action, Button::primary(label).icon("portal")))
                @if !templates.is_empty() {
                    (button_menu(&text.say("portals-from-template"), None, html! {
                        @for template in templates {
                            (menu_form(token, &format!("{action}/templates/{}", template.id), "grid", &template.name))
                        }
                    }))
                }
            }
        };
    };
    html! { (Button::primary(label).icon("portal").href(staff_place(portal, None))) }
}
