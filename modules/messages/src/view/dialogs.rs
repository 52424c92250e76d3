//! The dialogs about a message.

use maud::{Markup, html};
use portico_facts::MessageId;
use portico_kernel::{Problems, Side};
use portico_ui::{
    Frame, Text,
    components::{Button, Field, Form, cancel, dialog, dialog_form, form_actions},
};

use super::{message_address, own_address, problem};
use crate::{
    conversation::Where,
    message::{MessageForm, beginning},
};

pub fn edit_dialog(
    frame: &Frame,
    side: Side,
    place: impl Into<Where>,
    message: MessageId,
    input: &MessageForm,
    problems: &Problems,
) -> Markup {
    let (text, place): (Text, Where) = (frame.text, place.into());
    let back = message_address(side, place, message);
    let field = Field::area("message", text.say("messages-message"))
        .id("edited-message")
        .rows(6)
        .value(&input.message)
        .required()
        .focus()
        .error(problem(frame, problems, "message"));
    let save = Button::primary(text.say("messages-save"));
    let form = dialog_form(
        text,
        &frame.form_token,
        &own_address(side, place, message),
        &back,
        save,
        html! { (field) },
    );
    dialog(text, &text.say("messages-edit-title"), &back, form)
}

/// Asks by naming what is lost.
pub fn deletion_dialog(
    frame: &Frame,
    side: Side,
    place: impl Into<Where>,
    message: MessageId,
    words: &str,
) -> Markup {
    let (text, place): (Text, Where) = (frame.text, place.into());
    let back = message_address(side, place, message);
    let action = format!("{}/deletion", own_address(side, place, message));
    let form = Form::post(&frame.form_token, &action).replaces(portico_ui::components::DIALOG_TARGET);
    dialog(
        text,
        &text.say("messages-delete-title"),
        &back,
        form.body(html! {
            blockquote.message-lost { (beginning(words, 300)) }
            p { (text.say("messages-delete-about")) }
            (form_actions(html! {
                (Button::danger(text.say("messages-delete")).icon("trash"))
                (cancel(text, &back))
            }))
        }),
    )
}
