//! What an empty place says: what belongs here, and the one button that adds it.

use maud::{Markup, html};

use super::{Button, icon};

pub fn empty_state(icon_name: &'static str, sentence: &str, action: Option<Button>) -> Markup {
    html! {
        div.empty-state {
            span.empty-state-icon { (icon(icon_name)) }
            p { (sentence) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// A sentence that says that all is well: "Nothing is waiting for you."
pub fn quiet_line(icon_name: &'static str, sentence: &str) -> Markup {
    html! { p.quiet-line { (icon(icon_name)) span { (sentence) } } }
}

pub fn sample() -> Markup {
    empty_state(
        "folder",
        "Files, notes and links that you share appear here.",
        Some(Button::primary("Upload files").icon("upload").href("#")),
    )
}
