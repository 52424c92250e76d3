//! The dialog that sends a document to chosen clients.

use maud::Markup;
use maud::html;
use portico_facts::PersonId;
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{Button, Checked, Field, PersonChoice, dialog, dialog_form, person_choices},
};

use super::{address, forms, problem, title};
use crate::{document::Document, store::ClientChoice};

pub struct Sending<'a> {
    pub document: &'a Document,
    pub clients: &'a [ClientChoice],
    pub chosen: &'a [PersonId],
    pub message: &'a str,
    pub problems: &'a Problems,
}

pub fn send_dialog(frame: &Frame, sending: &Sending) -> Markup {
    let text = frame.text;
    let back = address(sending.document.kind, sending.document.id);
    let action = format!("{}/recipients", forms(sending.document.id));
    // Those for whom it is come first: a list of hundreds is not to be searched.
    let mut clients: Vec<&ClientChoice> = sending.clients.iter().collect();
    clients.sort_by_key(|client| client.id != sending.document.client.0);
    let values: Vec<String> = clients.iter().map(|client| client.id.to_string()).collect();
    let choices: Vec<PersonChoice> = clients
        .iter()
        .zip(&values)
        .map(|(client, value)| PersonChoice {
            value,
            person_name: &client.name,
            email: &client.email,
            checked: if sending.chosen.contains(&client.id) { Checked::Yes } else { Checked::No },
            state: None,
        })
        .collect();
    let error = |field: &str| problem(frame, sending.problems, field);
    let fields = html! {
        (person_choices(&text.say("billing-send-to"), "person", &choices, error("person").as_deref()))
        (Field::area("message", text.say("billing-field-message")).value(sending.message).optional(text)
            .error(error("message")))
    };
    let send = Button::primary(text.say("billing-send")).icon("send");
    let form = dialog_form(text, &frame.form_token, &action, &back, send, fields);
    dialog(text, &title(text, sending.document), &back, form)
}
