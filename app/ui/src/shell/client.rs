//! The client shell: whose place this is, a way to search, and nothing else around the content.

use maud::{Markup, html};

use super::head::{Document, document};
use super::{hosts, navigation, person_menu, preview_banner, search_template};
use crate::components::{organization_mark, search_trigger};
use crate::frame::Frame;

/// A whole document. `body` brings the page's one `h1`, see `components::page_header`.
pub fn client_page(frame: &Frame, title: &str, body: Markup) -> Markup {
    let about = Document {
        text: frame.text,
        title,
        waiting: frame.waiting(),
        organization: Some(&frame.organization),
        shell: "client-shell",
        live_href: frame.live_href.as_deref(),
    };
    document(
        &about,
        html! {
            (preview_banner(frame))
            (top_bar(frame))
            main id="main" tabindex="-1" { (body) }
            (hosts(frame))
            @if let Some(search) = frame.pages.find("/search") { (search_template(frame, search)) }
        },
    )
}

fn top_bar(frame: &Frame) -> Markup {
    html! {
        header.top-bar {
            div.top-bar-line {
                a.top-bar-organization href="/" {
                    (organization_mark(&frame.organization))
                }
                @if let Some(search) = frame.pages.find("/search") { (search_trigger(frame.text, search)) }
                @if let Some(person) = &frame.person { (person_menu(frame, person, "/account")) }
            }
            // Home alone is no navigation: the organization's name leads there.
            @if frame.navigation.len() > 1 {
                nav.top-bar-navigation aria-label=(frame.text.say("ui-navigation")) { (navigation(frame)) }
            }
        }
    }
}
