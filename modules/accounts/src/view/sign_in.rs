use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{self, Button, Field, NoticeKind, form_actions, notice},
};

use super::{error, second_step::code_field};

pub fn form(frame: &Frame, email: &str, back: &str, problem: Option<&'static str>) -> Markup {
    let text = frame.text;
    html! {
        @if let Some(key) = problem { (notice(NoticeKind::Error, &text.say(key))) }
        (components::form(&frame.form_token, "/sign-in", html! {
            @if !back.is_empty() { input type="hidden" name="return" value=(back); }
            (Field::email("email", text.say("accounts-email")).value(email).required().autocomplete("username").focus())
            (Field::password(text, "password", text.say("accounts-password")).required())
            (form_actions(html! { (Button::primary(text.say("accounts-sign-in")).wide()) }))
        }))
        p.door-more { a href="/reset" { (text.say("accounts-forgotten")) } }
    }
}

pub fn code(frame: &Frame, typed: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    html! {
        p { (text.say("accounts-sign-in-code-words")) }
        (components::form(&frame.form_token, "/sign-in/code", html! {
            (code_field(text).value(typed).error(error(text, problems, "code")).focus()
                .hint(text.say("accounts-sign-in-code-hint")))
            (form_actions(html! { (Button::primary(text.say("accounts-sign-in")).wide()) }))
        }))
        p.door-more { (text.say("accounts-sign-in-code-lost")) }
    }
}

pub fn sign_out(frame: &Frame) -> Markup {
    let text = frame.text;
    components::form(
        &frame.form_token,
        "/sign-out",
        html! {
            p { (text.say("accounts-sign-out-words")) }
            (form_actions(html! { (Button::primary(text.say("accounts-sign-out")).wide()) }))
        },
    )
}
