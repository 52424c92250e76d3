//! Dialogs. One address, one handler: asked for by `dialog.js` its answer is [`dialog`] alone, which
//! lands in the page's `<dialog id="overlay">`; asked for by a browser it is a page around
//! [`dialog`]. Forms inside replace `#dialog-content` in both cases.

use maud::{Markup, html};

use super::{Button, Field, Form, form_actions, icon};
use crate::texts::Text;

/// What forms inside a dialog replace.
pub const DIALOG_TARGET: &str = "#dialog-content";

/// `back` is the page this dialog belongs to: where "Close" leads without JavaScript and where a
/// finished form returns when there is no dialog to close.
pub fn dialog(text: Text, title: &str, back: &str, body: Markup) -> Markup {
    html! {
        section.dialog id="dialog-content" data-dialog-back=(back) aria-labelledby="dialog-title" {
            header.dialog-header {
                h1 id="dialog-title" { (title) }
                a.button.button-quiet.button-icon href=(back) data-dialog-close title=(text.say("ui-close")) {
                    (icon("close")) span.visually-hidden { (text.say("ui-close")) }
                }
            }
            (body)
        }
    }
}

/// A form for a dialog, ending in its one action and "Cancel".
pub fn dialog_form(
    text: Text,
    token: &str,
    action: &str,
    back: &str,
    submit: Button,
    body: Markup,
) -> Markup {
    Form::post(token, action).replaces(DIALOG_TARGET).body(html! {
        (body)
        (form_actions(html! { (submit) (cancel(text, back)) }))
    })
}

/// Leaves a dialog without doing anything.
pub fn cancel(text: Text, back: &str) -> Markup {
    html! { a.button.button-quiet href=(back) data-dialog-close { span { (text.say("ui-cancel")) } } }
}

pub fn sample() -> Markup {
    let text = Text::default();
    html! {
        div.card {
            (dialog(text, "Rename", "#", dialog_form(text, "token", "#", "#", Button::primary("Save"), html! {
                (Field::text("dialog-name", "Name").value("Photographs").required())
            })))
        }
    }
}
