use maud::{Markup, html};
use portico_ui::{
    Frame,
    components::{self, Button, Field, NoticeKind, form_actions, notice},
};

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
