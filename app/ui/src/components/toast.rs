//! Toasts: what just happened, and the way back.

use maud::{Markup, html};

use super::{Button, button_form, icon};
use crate::texts::Text;

pub struct Undo<'a> {
    pub token: &'a str,
    /// Where the form that takes it back posts to.
    pub action: &'a str,
}

pub fn toast(text: Text, message: &str, undo: Option<Undo<'_>>) -> Markup {
    toast_with(text, html! { (message) }, undo)
}

/// With more than words in it: a link.
pub fn toast_with(text: Text, message: Markup, undo: Option<Undo<'_>>) -> Markup {
    html! {
        div.toast data-toast {
            p { (message) }
            @if let Some(undo) = undo {
                (button_form(undo.token, undo.action, Button::quiet(text.say("ui-undo")).icon("undo").small()))
            }
            button.toast-close.needs-script type="button" data-toast-close title=(text.say("ui-close")) {
                (icon("close")) span.visually-hidden { (text.say("ui-close")) }
            }
        }
    }
}

/// A toast that rides along with a fragment: append it to any reply to htmx.
pub fn toast_partial(toast: Markup) -> Markup {
    html! { hx-partial hx-target="#toasts" hx-swap="beforeend" { (toast) } }
}

/// Another fragment that rides along: takes the place of `#id`, its own root having that id.
pub fn replace_partial(id: &str, fragment: Markup) -> Markup {
    html! { hx-partial hx-target={ "#" (id) } hx-swap="outerHTML" { (fragment) } }
}

pub fn sample() -> Markup {
    toast(Text::default(), "Homepage draft.pdf was deleted.", Some(Undo { token: "token", action: "#" }))
}
