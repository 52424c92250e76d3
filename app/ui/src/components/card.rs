//! Sections and cards. A section is a heading and space; a card has an edge, and never holds another.

use maud::{Markup, html};

/// A part of a page under its own heading, with what can be done to it on the right.
pub fn section(title: &str, actions: Markup, body: Markup) -> Markup {
    section_with_id(None, title, actions, body)
}

/// The same, replaceable as a whole.
pub fn section_with_id(id: Option<&str>, title: &str, actions: Markup, body: Markup) -> Markup {
    html! {
        section.section id=[id] {
            header.section-header {
                h2 { (title) }
                @if !actions.0.is_empty() { div.section-actions { (actions) } }
            }
            (body)
        }
    }
}

pub fn card(body: Markup) -> Markup {
    html! { div.card { (body) } }
}

/// A card with a heading of its own.
pub fn titled_card(title: &str, actions: Markup, body: Markup) -> Markup {
    html! {
        section.card {
            header.section-header {
                h2 { (title) }
                @if !actions.0.is_empty() { div.section-actions { (actions) } }
            }
            (body)
        }
    }
}

/// What a section shows when its module failed: one quiet block, the page lives on.
pub fn broken_section(text: crate::Text) -> Markup {
    html! { p.broken-section { (text.say("ui-section-failed")) } }
}

pub fn sample() -> Markup {
    html! {
        (section("Milestones", html! {}, card(html! { p { "Three of five are done." } })))
        (broken_section(crate::Text::default()))
    }
}
