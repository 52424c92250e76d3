//! Fragments about files from clients.

use maud::{Markup, html};
use portico_facts::ItemId;
use portico_kernel::{Shown, Side};
use portico_ui::{
    Frame, Text,
    components::{Button, Form, icon, send_form},
};

use super::{LISTING, href};
use crate::store::{Clients, Sender};

/// Beside the tools of an open folder, for staff: whether clients can send files into it.
pub fn folder_switch(frame: &Frame, folder: ItemId, may: Clients) -> Markup {
    let text = frame.text;
    let here = format!("/staff/folders/{folder}/uploads");
    let (action, button) = match may {
        Clients::Read => (
            here,
            Button::quiet(text.say("files-take-from-clients")).icon("upload").id("folder-switch-button"),
        ),
        Clients::SendFiles => {
            let stop = Button::quiet(text.say("files-take-no-more")).small().id("folder-switch-button");
            (format!("{here}/removal"), stop)
        }
    };
    html! {
        div.folder-switch id="folder-switch" {
            @if may == Clients::SendFiles { p.folder-takes { (icon("upload")) span { (text.say("files-taken-from-clients")) } } }
            (Form::post(&frame.form_token, &action).inline().replaces("#folder-switch").body(html! { (button) }))
        }
    }
}

/// In a folder that takes files from clients, for a client.
pub fn send_files(frame: &Frame, folder: ItemId) -> Markup {
    let text = frame.text;
    let organization = [("organization", frame.organization.name.as_str().into())];
    html! {
        section.send-files data-drop-zone aria-labelledby="send-files-title" {
            h2 id="send-files-title" { (text.say("files-send-here")) }
            p.field-hint { (text.say_with("files-send-about", &organization)) }
            (send_files_form(frame, folder))
        }
    }
}

pub fn send_files_form(frame: &Frame, folder: ItemId) -> Markup {
    send_form(frame.text, &frame.form_token, &format!("/folders/{folder}/files"), LISTING)
}

/// Beside a file in a listing: who sent it and who sees it, for staff, who would take it for their own.
pub fn sender_mark(text: Text, side: Side, sender: &Sender) -> String {
    match (side, sender.shown) {
        (Side::Staff, Shown::ToSender) => format!("{}, {} · ", from(text, sender), text.say("files-private")),
        (Side::Staff, Shown::ToEveryone) => format!("{} · ", from(text, sender)),
        // Only the sender meets it on the client's side.
        (Side::Client, Shown::ToSender) => format!("{} · ", text.say("files-sent-by-you")),
        (Side::Client, Shown::ToEveryone) => String::new(),
    }
}

pub fn from(text: Text, sender: &Sender) -> String {
    text.say_with("files-from", &[("name", sender.name.as_str().into())])
}

/// On a file's page, for staff.
pub fn show_button(frame: &Frame, item: ItemId, sender: &Sender) -> Markup {
    let text = frame.text;
    let showing = format!("{}/showing", href(Side::Staff, item));
    let (action, button) = match sender.shown {
        Shown::ToSender => (showing, Button::secondary(text.say("files-show-to-everyone")).icon("eye")),
        Shown::ToEveryone => {
            let only = text.say_with("files-show-to-sender", &[("name", sender.name.as_str().into())]);
            (format!("{showing}/removal"), Button::secondary(only).icon("lock"))
        }
    };
    portico_ui::components::button_form(&frame.form_token, &action, button)
}
