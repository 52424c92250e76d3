//! Paying by itself: what a client left with the provider, and where staff see that they did.

use maud::{Markup, html};
use portico_ui::{
    Frame,
    components::{Button, Form, Row, button_form, form_actions, list, row, row_icon, section},
};

use crate::store::Saving;

pub fn method_section(frame: &Frame, saved: Option<&Saving>) -> Markup {
    let text = frame.text;
    let body = match saved.and_then(|saving| saving.words.as_deref()) {
        Some(words) => list(row(&Row {
            lead: Some(row_icon("pay")),
            name: words,
            detail: Some(html! { (text.say("billing-method-pays")) }),
            actions: Some(button_form(
                &frame.form_token,
                "/billing/payment-method/removal",
                Button::quiet(text.say("billing-remove")).icon("trash").small(),
            )),
            ..Row::default()
        })),
        None => html! {
            p { (text.say("billing-save-method-about")) }
            (Form::post(&frame.form_token, "/billing/payment-method")
                .body(form_actions(html! { (Button::secondary(text.say("billing-save-method")).icon("pay")) })))
        },
    };
    section(&text.say("billing-automatic"), html! {}, body)
}
