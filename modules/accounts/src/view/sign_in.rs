use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{self, Button, Field, NoticeKind, form_actions, notice},
};

use super::{error, link, passkeys, second_step::code_field};
use crate::second_step::Ways;

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
        p.door-more { (link::way(frame, back)) }
        p.door-more { a href="/reset" { (text.say("accounts-forgotten")) } }
    }
}

pub fn code(frame: &Frame, ways: &Ways, typed: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    let words = match (ways.app, ways.passkey) {
        (true, false) => "accounts-sign-in-code-words",
        (true, true) => "accounts-sign-in-either-words",
        (false, true) => "accounts-sign-in-passkey-words",
        (false, false) => "accounts-sign-in-recovery-words",
    };
    let field = code_field(text).value(typed).error(error(text, problems, "code"));
    // A passkey is one press away: then nobody is led past it.
    let field = if ways.passkey { field } else { field.focus() };
    let field = if ways.app { field.hint(text.say("accounts-sign-in-code-hint")) } else { field };
    let button = text.say("accounts-sign-in");
    let button = if ways.passkey { Button::secondary(button) } else { Button::primary(button) };
    html! {
        @if let Some(key) = problems.of("credential") { (notice(NoticeKind::Error, &text.say(key))) }
        p { (text.say(words)) }
        @if ways.passkey { (passkeys::proof(frame)) }
        (components::form(&frame.form_token, "/sign-in/code", html! {
            (field)
            (form_actions(html! { (button.wide()) }))
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
