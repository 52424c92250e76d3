//! Errors as pages, in words. They need no [`Frame`]: the failure may be that there is none.

use maud::{Markup, html};

use super::head::{Document, document};
use super::preview_banner;
use crate::components::{Button, organization_mark};
use crate::frame::Frame;
use crate::texts::Text;

pub struct PlainMessage {
    pub title: String,
    pub words: String,
    /// What to tell the operator.
    pub request: Option<String>,
    /// Label and address of the way on.
    pub action: Option<(String, String)>,
}

impl PlainMessage {
    /// The words for an HTTP status.
    pub fn for_status(text: Text, status: u16, request: Option<&str>) -> PlainMessage {
        let key = match status {
            403 | 404 | 421 | 429 | 500 | 503 | 507 => format!("ui-error-{status}"),
            400..500 => "ui-error-other".to_owned(),
            _ => "ui-error-500".to_owned(),
        };
        PlainMessage {
            title: text.say(&format!("{key}-title")).into_owned(),
            words: text.say(&key).into_owned(),
            request: request.map(str::to_owned),
            action: (status != 421).then(|| (text.say("ui-error-home").into_owned(), "/".to_owned())),
        }
    }
}

/// A whole document, dressed as the organization when there is a frame.
pub fn plain_message_page(text: Text, frame: Option<&Frame>, message: &PlainMessage) -> Markup {
    let organization = frame.map(|frame| &frame.organization);
    let about = Document {
        text,
        title: &message.title,
        waiting: 0,
        organization,
        shell: "door-shell",
        live_href: None,
    };
    document(
        &about,
        html! {
            @if let Some(frame) = frame { (preview_banner(frame)) }
            main.door id="main" tabindex="-1" {
                @if let Some(organization) = organization {
                    a.door-organization href="/" {
                        (organization_mark(organization))
                    }
                }
                (plain_message(text, message))
            }
        },
    )
}

/// The message alone. `data-error` is the sentence that scripts show when they asked for a fragment.
pub fn plain_message(text: Text, message: &PlainMessage) -> Markup {
    html! {
        div.door-panel.plain-message {
            h1 { (message.title) }
            p data-error { (message.words) }
            @if let Some(request) = &message.request {
                p.plain-message-request { (text.say_with("ui-error-request", &[("id", request.as_str().into())])) }
            }
            @if let Some((label, href)) = &message.action { (Button::secondary(label.as_str()).href(href.as_str())) }
        }
    }
}
