//! What anyone sees: the public page, and the pages that are one form (sign-in, invitation, set-up).

use maud::{Markup, html};

use super::head::{Document, document};
use super::hosts;
use crate::components::{Button, organization_mark, wide_cover};
use crate::frame::{CoverLook, Frame};

/// A page that is one form or one message. The title becomes its `h1`.
pub fn signed_out_page(frame: &Frame, title: &str, body: Markup) -> Markup {
    let organization = &frame.organization;
    document(
        &about(frame, title, "door-shell"),
        html! {
            main.door id="main" tabindex="-1" {
                a.door-organization href="/" {
                    (organization_mark(organization))
                }
                div.door-panel {
                    h1 { (title) }
                    (body)
                }
            }
            (hosts(frame))
        },
    )
}

pub struct PublicPage<'a> {
    /// The organization's own title; its name when it has none.
    pub title: &'a str,
    /// One line below it, or nothing.
    pub headline: &'a str,
    /// Sanitized words of the organization.
    pub words: Markup,
    /// How to reach the organization.
    pub contact: Option<Markup>,
    pub cover: Option<&'a CoverLook>,
    pub sign_in_href: &'a str,
}

pub fn public_page(frame: &Frame, page: &PublicPage<'_>) -> Markup {
    let organization = &frame.organization;
    document(
        &about(frame, &organization.name, "public-shell"),
        html! {
            header.public-bar {
                a.door-organization href="/" {
                    (organization_mark(organization))
                }
            }
            main.public id="main" tabindex="-1" {
                div.public-cover { (wide_cover(page.cover, &organization.name)) }
                div.public-words {
                    h1 { (page.title) }
                    @if !page.headline.is_empty() { p.public-headline { (page.headline) } }
                    p { (Button::primary(frame.text.say("ui-sign-in")).href(page.sign_in_href)) }
                    @if !page.words.0.is_empty() { div.prose hx-ignore { (page.words) } }
                    @if let Some(contact) = &page.contact { (contact) }
                }
            }
            (hosts(frame))
        },
    )
}

fn about<'a>(frame: &'a Frame, title: &'a str, shell: &'static str) -> Document<'a> {
    Document {
        text: frame.text,
        title,
        waiting: 0,
        organization: Some(&frame.organization),
        shell,
        live_href: None,
    }
}
