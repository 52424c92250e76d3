//! Pages of a copy that opens without a server: they load nothing but what lies beside them, and work without scripts.

use maud::{DOCTYPE, Markup, html};

use crate::{assets::slim_css, components::organization_mark, frame::OrganizationLook, texts::Text};

/// The parts of the product's own stylesheet that a copy needs.
const STYLES: [&str; 13] = [
    include_str!("../../../assets/css/0-layers.css"),
    include_str!("../../../assets/css/base/base.css"),
    include_str!("../../../assets/css/base/reset.css"),
    include_str!("../../../assets/css/base/tokens.css"),
    include_str!("../../../assets/css/base/print.css"),
    include_str!("../../../assets/css/components/avatar.css"),
    include_str!("../../../assets/css/components/badge.css"),
    include_str!("../../../assets/css/components/card.css"),
    include_str!("../../../assets/css/components/field.css"),
    include_str!("../../../assets/css/components/milestone-track.css"),
    include_str!("../../../assets/css/components/prose.css"),
    include_str!("../../../assets/css/components/table.css"),
    include_str!("../../../assets/offline/offline.css"),
];

/// The search, which reads what the scripts before it put down.
pub const OFFLINE_SCRIPT: &str = include_str!("../../../assets/offline/search.js");

/// Nothing comes from anywhere but the copy's own folder, which `'self'` is not in every browser.
const POLICY: &str = "default-src 'none'; img-src 'self' file:; style-src 'self' file:; script-src 'self' file:; \
                      base-uri 'none'; form-action 'none'";

/// Without the organization's colours, which come after it.
pub fn offline_stylesheet() -> String {
    slim_css(&STYLES.join("\n"))
}

/// What stands around every page.
pub struct OfflineFrame<'a> {
    pub text: Text,
    /// Its logo by an address that leads there from this page.
    pub organization: OrganizationLook,
    pub portal: String,
    /// On which day it was copied, in words.
    pub saved_on: String,
    pub title: &'a str,
    /// From here to the top.
    pub up: &'a str,
    /// Addresses and names, outermost first.
    pub places: &'a [(String, String)],
}

pub fn offline_page(frame: &OfflineFrame<'_>, body: &Markup) -> Markup {
    document(frame, &[], body)
}

/// Everything that is in the copy; with scripts, narrowed to what is typed. `chunks`: scripts with the words.
pub fn offline_search(frame: &OfflineFrame<'_>, all: &[(String, String)], chunks: usize) -> Markup {
    let text = frame.text;
    let mut scripts: Vec<String> = (1..=chunks).map(|number| format!("search/{number}.js")).collect();
    scripts.push("assets/search.js".to_owned());
    document(
        frame,
        &scripts,
        &html! {
            div.field.offline-search data-offline-search data-none=(text.say("ui-offline-nothing")) hidden {
                label.field-label for="words" { (text.say("ui-search")) }
                input.input id="words" type="search" autocomplete="off" spellcheck="false" autocapitalize="none";
            }
            p.offline-quiet data-offline-count role="status" {}
            ul.offline-list data-offline-results hidden {}
            ul.offline-list data-offline-all {
                @for (title, href) in all { li { a href=(href) { (title) } } }
            }
        },
    )
}

fn document(frame: &OfflineFrame<'_>, scripts: &[String], body: &Markup) -> Markup {
    let (text, up) = (frame.text, frame.up);
    html! {
        (DOCTYPE)
        html lang=(text.language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (frame.title) @if frame.title != frame.portal { " · " (frame.portal) } }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                link rel="stylesheet" href={ (up) "assets/style.css" };
                @for script in scripts { script src={ (up) (script) } defer {} }
            }
            body.offline-page {
                header.offline-header {
                    div.offline-organization { (organization_mark(&frame.organization)) }
                    a href={ (up) "search.html" } { (text.say("ui-offline-contents")) }
                }
                main.offline-main id="main" {
                    @if !frame.places.is_empty() {
                        nav.offline-places aria-label=(text.say("ui-breadcrumb")) {
                            ol { @for (href, name) in frame.places { li { a href=(href) { (name) } } } }
                        }
                    }
                    h1 { (frame.title) }
                    (body)
                }
                footer.offline-footer { p { (frame.saved_on) } }
            }
        }
    }
}

/// A thing in a list.
pub struct OfflineLine<'a> {
    pub name: &'a str,
    pub href: Option<&'a str>,
    /// What it is, and what else says most of it.
    pub detail: &'a str,
}

pub fn offline_list(lines: &[OfflineLine<'_>]) -> Markup {
    html! {
        ul.offline-list {
            @for line in lines {
                li {
                    @match line.href {
                        Some(href) => a href=(href) rel="noreferrer" { (line.name) },
                        None => span { (line.name) },
                    }
                    @if !line.detail.is_empty() { span.offline-quiet { (line.detail) } }
                }
            }
        }
    }
}
