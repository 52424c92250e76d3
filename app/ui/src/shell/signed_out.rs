//! What anyone sees: the public page, and the pages that are one form (sign-in, invitation, set-up).

use maud::{Markup, html};

use super::head::{Document, document};
use super::hosts;
use crate::components::{Button, cover, organization_mark};
use crate::frame::Frame;

/// A page that is one form or one message. The title becomes its `h1`.
pub fn signed_out_page(frame: &Frame, title: &str, body: Markup) -> Markup {
    let organization = &frame.organization;
    document(
        &about(frame, title, "door-shell"),
        html! {
            main.door id="main" tabindex="-1" {
                a.door-organization href="/" {
                    (organization_mark(&organization.name, organization.logo.as_deref()))
                    span { (organization.name) }
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
    /// The organization's own headline; its name when it has none.
    pub headline: &'a str,
    /// Sanitized words of the organization.
    pub words: Markup,
    /// Address of the cover image.
    pub cover: Option<&'a str>,
    pub sign_in_href: &'a str,
}

pub fn public_page(frame: &Frame, page: &PublicPage<'_>) -> Markup {
    let organization = &frame.organization;
    document(
        &about(frame, &organization.name, "public-shell"),
        html! {
            header.public-bar {
                a.door-organization href="/" {
                    (organization_mark(&organization.name, organization.logo.as_deref()))
                    span { (organization.name) }
                }
            }
            main.public id="main" tabindex="-1" {
                div.public-cover { (cover(page.cover, &organization.name)) }
                div.public-words {
                    h1 { (page.headline) }
                    div.prose { (page.words) }
                    p { (Button::primary(frame.text.say("ui-sign-in")).href(page.sign_in_href)) }
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
        place: &frame.organization.name,
        brand_href: Some(&frame.organization.brand_href),
        shell,
        live_href: None,
    }
}
