//! The documents around every page.

mod client;
mod head;
mod message;
mod signed_out;
mod staff;

pub use client::client_page;
pub use message::{PlainMessage, plain_message, plain_message_page};
pub use signed_out::{PublicPage, public_page, signed_out_page};
pub use staff::staff_page;

use maud::{Markup, html};

use crate::components::{Button, avatar, button_form, icon};
use crate::frame::{Frame, NavigationCount, PersonLook};
use crate::texts::Text;

/// The account and the way out, behind the person's initials.
fn person_menu(frame: &Frame, person: &PersonLook, account_href: &str) -> Markup {
    html! {
        details.menu.person-menu {
            summary title=(person.name) {
                (avatar(&person.name))
                span.person-menu-name { (person.name) }
                (icon("chevron-down"))
            }
            div.menu-entries {
                p.person-menu-who { strong { (person.name) } span { (person.email) } }
                a.menu-entry href=(account_href) { (icon("person")) span { (frame.text.say("ui-account")) } }
                (button_form(&frame.form_token, "/sign-out", Button::quiet(frame.text.say("ui-sign-out")).icon("sign-out").wide()))
            }
        }
    }
}

/// Who sees a page through a client's eyes is told so at its top, in their own language, and led back.
fn preview_banner(frame: &Frame) -> Markup {
    html! {
        @if let Some(preview) = &frame.preview {
            @let text = preview.text;
            aside.preview-banner lang=(text.language.code()) aria-labelledby="preview-banner" {
                (icon("eye"))
                p id="preview-banner" {
                    (text.say_with("ui-preview-banner", &[("name", preview.person_name.as_str().into())]))
                }
                (button_form(&frame.form_token, "/staff/seeing/ending",
                    Button::secondary(text.say("ui-preview-leave")).small()))
            }
        }
    }
}

fn navigation(frame: &Frame) -> Markup {
    html! {
        ul role="list" {
            @for entry in &frame.navigation {
                li {
                    a.navigation-entry href=(entry.href) aria-current=[entry.current.then_some("page")] {
                        (icon(entry.icon))
                        span { (entry.label) }
                        @if let Some(count) = &entry.count { (navigation_count(frame.text, count)) }
                    }
                }
            }
        }
    }
}

/// The number beside an entry. Hidden while it is zero, so that the first one can appear by itself.
pub fn navigation_count(text: Text, count: &NavigationCount) -> Markup {
    html! {
        span.navigation-count id={ "count-of-" (count.topic) } hidden[count.number == 0]
            data-live-topic=(count.topic) data-live-href=(count.href) {
            (text.number(count.number.min(NavigationCount::HIGHEST) as i64))
            @if count.number > NavigationCount::HIGHEST { "+" }
        }
    }
}

/// What scripts need on every page: where toasts land and where dialogs open.
fn hosts(frame: &Frame) -> Markup {
    html! {
        div.toasts id="toasts" role="status" aria-live="polite" {
            @if let Some(toast) = &frame.toast { (toast) }
        }
        dialog.overlay id="overlay" aria-labelledby="dialog-title" {}
    }
}

/// The search overlay, asleep until `search.js` wakes it: a template's content is not in the page.
fn search_template(frame: &Frame, href: &str) -> Markup {
    let text = frame.text;
    html! {
        template id="search-overlay" {
            dialog.search-overlay aria-label=(text.say("ui-search-everywhere")) {
                form.search-box action=(href) method="get" data-search data-search-href=(href)
                    data-search-target=".search-overlay .search-results" {
                    (icon("search"))
                    input.search-input type="search" name="q" aria-label=(text.say("ui-search"))
                        placeholder=(text.say("ui-search-everywhere")) autocomplete="off" spellcheck="false"
                        autocapitalize="none" enterkeyhint="search";
                    button.button.button-quiet.button-small type="button" data-search-close { span { (text.say("ui-close")) } }
                    p.visually-hidden role="status" data-search-status {}
                }
                p.search-hint { (text.say("ui-search-hint")) }
                div.search-results {}
            }
        }
        (earlier_searches(frame, href))
    }
}

/// What `search.js` shows under an empty box. The searches themselves stay in the browser, under
/// the name of whoever made them.
fn earlier_searches(frame: &Frame, href: &str) -> Markup {
    let text = frame.text;
    let owner = frame.person.as_ref().map(|person| person.email.as_str());
    html! {
        template id="earlier-searches" data-owner=[owner] {
            section.search-group.earlier-searches {
                h2 { (text.say("ui-search-earlier")) }
                ul role="list" {
                    li { a.search-hit href=(href) data-search-again { (icon("history")) span {} } }
                    li { button.search-hit type="button" data-search-forget { (icon("close")) span { (text.say("ui-search-forget")) } } }
                }
            }
        }
    }
}
