//! The head that all documents share.

use maud::{DOCTYPE, Markup, html};

use crate::assets::Assets;
use crate::frame::{AppLook, OrganizationLook};
use crate::texts::Text;

/// No indicator styles from a script (the policy forbids them, ours are in `busy.css`), and the
/// server is asked again on Back.
const HTMX_CONFIG: &str = r#"{"includeIndicatorCSS":false,"transitions":false,"noSwap":[204,304]}"#;

/// Staff handle what others look at, which takes scripts of its own.
pub(super) const STAFF_SHELL: &str = "staff-shell";

pub(super) struct Document<'a> {
    pub text: Text,
    pub title: &'a str,
    /// What waits behind the navigation's entries; none where there is no navigation.
    pub waiting: u64,
    /// Its name comes after the title in the tab; without its colours the kit's neutral ones stay.
    pub organization: Option<&'a OrganizationLook>,
    pub shell: &'static str,
    pub live_href: Option<&'a str>,
}

pub(super) fn document(document: &Document<'_>, body: Markup) -> Markup {
    let (text, htmx) = (document.text, Assets::href("vendor/htmx-4.0.1/htmx.min.js"));
    let place = document.organization.map_or("", |organization| organization.name.as_str());
    html! {
        (DOCTYPE)
        html lang=(text.language.code()) {
            head {
                meta charset="utf-8";
                title {
                    @if document.waiting > 0 { "(" (document.waiting) ") " }
                    (document.title) @if place != document.title && !place.is_empty() { " · " (place) }
                }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=(HTMX_CONFIG);
                link rel="stylesheet" href=(Assets::href("css/app.css"));
                @match document.organization {
                    Some(organization) => {
                        link rel="stylesheet" href=(organization.brand_href);
                        (icons(&organization.app))
                    }
                    None => link rel="icon" href=(Assets::href("icons/favicon.svg"));,
                }
                @if document.shell == STAFF_SHELL || uses_htmx(&body) { script src=(htmx) defer {} }
                script src=(Assets::href("js/app.js")) defer {}
                @if document.shell == STAFF_SHELL || takes_files(&body) { script src=(Assets::href("js/staff.js")) defer {} }
                @if asks_for_passkeys(&body) { script src=(Assets::href("js/passkeys.js")) defer {} }
            }
            body class=(document.shell) data-live=[document.live_href] data-htmx=(htmx)
                data-words-failed=(text.say("ui-request-failed")) data-words-lost=(text.say("ui-connection-lost")) {
                a.skip-link href="#main" { (text.say("ui-skip")) }
                div.busy-bar id="busy" aria-hidden="true" {}
                (body)
            }
        }
    }
}

fn icons(app: &AppLook) -> Markup {
    html! {
        link rel="icon" href=(app.icon);
        @if let Some(icon) = &app.touch_icon { link rel="apple-touch-icon" href=(icon); }
        @if let Some(manifest) = app.manifest { link rel="manifest" href=(manifest); }
    }
}

/// The pages on which htmx has work at once; the others fetch it when they need it (`htmx.js`).
fn uses_htmx(body: &Markup) -> bool {
    body.0.contains(" hx-get=") || body.0.contains(" hx-post=")
}

/// Clients download the scripts for handling things only with a page on which they can send files.
fn takes_files(body: &Markup) -> bool {
    body.0.contains(" data-upload ")
}

/// A script that the other pages do without.
fn asks_for_passkeys(body: &Markup) -> bool {
    body.0.contains(" data-passkey=")
}
