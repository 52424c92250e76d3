//! Uploading: a form with a picker for files and one for a folder. `upload.js` sends each file by
//! itself and shows how far it is; without it the form sends them all at once.

use maud::{Markup, html};

use super::{Button, Field, icon, token_field};
use crate::texts::Text;

/// Posts `form_token`, then (from `upload.js`) `path` and `file` for each file, or (without it) the
/// fields `files` and `folder` with several files each. `refresh` is the selector of the listing to
/// fetch again afterwards from its `data-live-href`; it must not hold the form itself. Files can
/// be dropped on the nearest `[data-drop-zone]` around it.
pub fn upload_form(text: Text, token: &str, action: &str, refresh: &str) -> Markup {
    let pickers = html! {
        (Button::secondary(text.say("ui-upload-files")).icon("upload"))
        (Field::files("files", text.say("ui-files")))
        // A dialog over the page may ask for a folder, too.
        div.upload-folder { (icon("folder")) (Field::folder("folder", text.say("ui-upload-folder")).id("upload-folder")) }
        p.upload-hint.needs-script { (text.say("ui-upload-drop")) }
    };
    form_around(text, token, action, refresh, pickers)
}

/// The same without folders, for whoever sends files into a folder that others keep in order.
pub fn send_form(text: Text, token: &str, action: &str, refresh: &str) -> Markup {
    let pickers = html! {
        (Button::primary(text.say("ui-upload-files")).icon("upload"))
        (Field::files("files", text.say("ui-files")))
        p.upload-hint.needs-script { (text.say("ui-upload-drop-here")) }
    };
    form_around(text, token, action, refresh, pickers)
}

/// For exactly one file, which `about` (an element's id) names; several of these can stand on a page.
pub fn send_one_form(text: Text, token: &str, action: &str, refresh: &str, about: &str) -> Markup {
    let pickers = html! {
        (Button::secondary(text.say("ui-upload-file")).icon("upload").described_by(about))
        (Field::file("files", text.say("ui-file")).id(format!("file-of-{about}")))
        p.upload-hint.needs-script { (text.say("ui-upload-drop-here")) }
    };
    form_around(text, token, action, refresh, pickers)
}

fn form_around(text: Text, token: &str, action: &str, refresh: &str, pickers: Markup) -> Markup {
    html! {
        form.upload method="post" action=(action) enctype="multipart/form-data"
            data-upload data-refresh=(refresh)
            data-words-waiting=(text.say("ui-upload-waiting")) data-words-saving=(text.say("ui-upload-saving"))
            data-words-done=(text.say("ui-upload-done")) data-words-cancel=(text.say("ui-cancel"))
            data-words-retry=(text.say("ui-retry")) data-words-cancelled=(text.say("ui-upload-cancelled"))
            data-words-failed=(text.say("ui-upload-failed")) data-words-lost=(text.say("ui-connection-lost"))
            data-words-unread=(text.say("ui-upload-unread"))
            data-words-left=(text.say("ui-upload-left")) data-words-all-done=(text.say("ui-upload-all-done")) {
            (token_field(token))
            div.upload-bar { (pickers) }
            ul.upload-list role="list" data-upload-list {}
            p.visually-hidden role="status" data-upload-status {}
        }
    }
}

pub fn sample() -> Markup {
    let text = Text::default();
    html! {
        (upload_form(text, "token", "#", "#listing"))
        p id="statement" { "Bank statement" }
        (send_one_form(text, "token", "#", "#listing", "statement"))
    }
}
