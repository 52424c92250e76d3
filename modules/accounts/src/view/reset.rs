use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{Button, Field, NoticeKind, form, form_actions, notice},
};

use super::error;
use crate::proof::{Proof, ProofState};

pub fn ask(frame: &Frame, typed: &str, problem: Option<&'static str>) -> Markup {
    let text = frame.text;
    form(
        &frame.form_token,
        "/reset",
        html! {
            p { (text.say("accounts-reset-words")) }
            (Field::email("email", text.say("accounts-email")).value(typed)
                .error(problem.map(|key| text.say(key))).required().autocomplete("username").focus())
            (form_actions(html! { (Button::primary(text.say("accounts-reset-send")).wide()) }))
        },
    )
}

pub fn sent(frame: &Frame, email: &str) -> Markup {
    html! { p { (frame.text.say_with("accounts-reset-sent", &[("email", email.into())])) } }
}

pub fn choose(frame: &Frame, token: &str, proof: &Proof, problems: &Problems) -> Markup {
    let text = frame.text;
    let closed = match proof.state {
        ProofState::Open => {
            return form(
                &frame.form_token,
                &format!("/reset/{token}"),
                html! {
                    p { (text.say_with("accounts-reset-for", &[("email", proof.email.as_str().into())])) }
                    (Field::password(text, "password", text.say("accounts-password")).required()
                        .autocomplete("new-password").hint(text.say("accounts-password-hint"))
                        .error(error(text, problems, "password")).focus())
                    (form_actions(html! { (Button::primary(text.say("accounts-reset-choose")).wide()) }))
                },
            );
        }
        ProofState::Used => "accounts-reset-used",
        ProofState::Expired => "accounts-reset-expired",
        ProofState::Revoked => "accounts-reset-replaced",
    };
    html! {
        (notice(NoticeKind::Warning, &text.say(closed)))
        p { (Button::primary(text.say("accounts-reset-again")).href("/reset").wide()) }
    }
}
