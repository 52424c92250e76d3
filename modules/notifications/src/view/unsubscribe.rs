use maud::{Markup, html};
use portico_ui::{
    Frame,
    components::{Button, Form, form_actions},
};

pub fn question(frame: &Frame, action: &str, label: &str, organization: &str) -> Markup {
    let text = frame.text;
    let about = [("kind", text.say(label).into_owned().into()), ("organization", organization.into())];
    html! {
        p { (text.say_with("notifications-unsubscribe-question", &about)) }
        (Form::post(&frame.form_token, action).body(html! {
            input type="hidden" name="List-Unsubscribe" value="One-Click";
            (form_actions(html! { (Button::primary(text.say("notifications-unsubscribe")).wide()) }))
        }))
    }
}

pub fn stopped(frame: &Frame, label: &str, organization: &str) -> Markup {
    let text = frame.text;
    let about = [("kind", text.say(label).into_owned().into()), ("organization", organization.into())];
    html! { p { (text.say_with("notifications-unsubscribed-words", &about)) } }
}
