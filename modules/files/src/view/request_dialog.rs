//! The form that asks a client for files.

use maud::{Markup, html};
use portico_facts::{ItemId, PersonId};
use portico_kernel::{Name, Problems, Side};
use portico_ui::{
    Frame, Text,
    components::{Button, Choice, Field, dialog, dialog_form, empty_state},
};

use super::place_href;
use crate::{request::RequestForm, store::Place};

/// Beside the other tools of a portal.
pub fn request_tool(text: Text, place: Place) -> Markup {
    let mut form = format!("/staff/portals/{}/requests/new", place.portal);
    if let Some(folder) = place.folder {
        form.push_str(&format!("?folder={folder}"));
    }
    html! { div { (Button::secondary(text.say("files-request")).icon("file-text").dialog(form)) } }
}

/// What the form offers to choose from.
pub struct Choices {
    pub people: Vec<(PersonId, String)>,
    pub folders: Vec<(ItemId, String)>,
}

pub fn request_dialog(
    frame: &Frame,
    place: Place,
    form: &RequestForm,
    problems: &Problems,
    choices: &Choices,
) -> Markup {
    let text = frame.text;
    let back = place_href(Side::Staff, place);
    let title = text.say("files-request");
    if choices.people.is_empty() {
        return dialog(text, &title, &back, empty_state("lock", &text.say("files-request-nobody"), None));
    }
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    let people = choices.people.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let folders = std::iter::once(Choice::new("", text.say("files-request-folder-new")))
        .chain(choices.folders.iter().map(|(id, name)| Choice::new(id.to_string(), name)))
        .collect();
    let fields = html! {
        @if !form.prepared.is_empty() { input type="hidden" name="prepared" value=(form.prepared); }
        (Field::text("title", text.say("files-request-title")).value(&form.title).required().focus()
            .placeholder(text.say("files-request-title-example")).max_length(Name::LONGEST).autocomplete("off")
            .error(error("title")))
        (Field::area("wanted", text.say("files-request-wanted")).value(&form.wanted).required().rows(5)
            .placeholder(text.say("files-request-wanted-example")).hint(text.say("files-request-wanted-hint"))
            .error(error("wanted")))
        (Field::select("person", text.say("files-request-person"), people).value(&form.person).error(error("person")))
        (Field::date("due_on", text.say("files-request-due")).value(&form.due_on).required().error(error("due_on")))
        (Field::area("message", text.say("files-request-message")).value(&form.message).optional(text).rows(2)
            .error(error("message")))
        (Field::select("folder", text.say("ui-folder"), folders).value(&form.folder)
            .hint(text.say("files-request-folder-hint")).error(error("folder")))
    };
    let action = format!("/staff/portals/{}/requests", place.portal);
    let send = Button::primary(text.say("files-request-send")).icon("send");
    dialog(text, &title, &back, dialog_form(text, &frame.form_token, &action, &back, send, fields))
}
