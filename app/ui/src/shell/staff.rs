//! The staff shell: a sidebar where there is room, a bar and a menu where there is not.

use maud::{Markup, html};

use super::head::{Document, STAFF_SHELL, document};
use super::{hosts, navigation, person_menu, search_template};
use crate::components::{icon, organization_mark, search_trigger};
use crate::frame::Frame;

/// A whole document. `body` brings the page's one `h1`, see `components::page_header`.
pub fn staff_page(frame: &Frame, title: &str, body: Markup) -> Markup {
    let about = Document {
        text: frame.text,
        title,
        waiting: frame.waiting(),
        organization: Some(&frame.organization),
        shell: STAFF_SHELL,
        live_href: frame.live_href.as_deref(),
    };
    document(
        &about,
        html! {
            (sidebar(frame))
            main id="main" tabindex="-1" { (body) }
            (hosts(frame))
            @if let Some(search) = frame.pages.find("/staff/search") { (search_template(frame, search)) }
        },
    )
}

fn sidebar(frame: &Frame) -> Markup {
    let text = frame.text;
    html! {
        header.sidebar {
            a.sidebar-organization href="/staff" {
                (organization_mark(&frame.organization))
            }
            @if let Some(search) = frame.pages.find("/staff/search") { (search_trigger(text, search)) }
            // A popover opens without JavaScript; where there is room it is simply always there.
            button.sidebar-toggle.button.button-quiet type="button" popovertarget="navigation" {
                (icon("menu")) span { (text.say("ui-menu")) }
            }
            nav.sidebar-navigation id="navigation" popover aria-label=(text.say("ui-navigation")) { (navigation(frame)) }
            @if let Some(person) = &frame.person { (person_menu(frame, person, "/staff/account")) }
        }
    }
}
