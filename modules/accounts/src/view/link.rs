use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{Button, Field, NoticeKind, form, form_actions, notice},
};

use super::error;
use crate::{proof::ProofState, sign_in_links::Link};

/// On the sign-in page, with where somebody wanted to go.
pub fn way(frame: &Frame, back: &str) -> Markup {
    let href = match back {
        "" => "/sign-in/link".to_owned(),
        back => format!("/sign-in/link?return={}", utf8_percent_encode(back, NON_ALPHANUMERIC)),
    };
    html! { a href=(href) { (frame.text.say("accounts-link-ask")) } }
}

pub fn ask(frame: &Frame, typed: &str, back: &str, problem: Option<&'static str>) -> Markup {
    let text = frame.text;
    let fields = html! {
        p { (text.say("accounts-link-words")) }
        @if !back.is_empty() { input type="hidden" name="return" value=(back); }
        (Field::email("email", text.say("accounts-email")).value(typed)
            .error(problem.map(|key| text.say(key))).required().autocomplete("username").focus())
        (form_actions(html! { (Button::primary(text.say("accounts-link-send")).wide()) }))
    };
    html! {
        (form(&frame.form_token, "/sign-in/link", fields))
        p.door-more { a href="/sign-in" { (text.say("accounts-link-with-password")) } }
    }
}

/// In the browser that asked.
pub fn code(frame: &Frame, typed: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    let fields = html! {
        p { (text.say("accounts-link-sent")) }
        (Field::text("code", text.say("accounts-code")).value(typed).required().autocomplete("one-time-code")
            .hint(text.say("accounts-link-code-hint")).error(error(text, problems, "code")).focus())
        (form_actions(html! { (Button::primary(text.say("accounts-sign-in")).wide()) }))
    };
    html! {
        (form(&frame.form_token, "/sign-in/link-code", fields))
        p.door-more { a href="/sign-in/link" { (text.say("accounts-link-again")) } }
    }
}

/// Behind the link.
pub fn open(frame: &Frame, token: &str, link: &Link) -> Markup {
    let text = frame.text;
    let closed = match link.state {
        ProofState::Open => {
            let fields = html! {
                p { (text.say_with("accounts-link-for", &[("email", link.email.as_str().into())])) }
                (form_actions(html! { (Button::primary(text.say("accounts-sign-in")).wide()) }))
            };
            return form(&frame.form_token, &format!("/sign-in/link/{token}"), fields);
        }
        ProofState::Used => "accounts-reset-used",
        ProofState::Expired => "accounts-link-expired",
        ProofState::Revoked => "accounts-link-replaced",
    };
    html! {
        (notice(NoticeKind::Warning, &text.say(closed)))
        p { (Button::primary(text.say("accounts-link-again")).href("/sign-in/link").wide()) }
    }
}
