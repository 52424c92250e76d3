use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{Button, Field, NoticeKind, form, form_actions, notice},
};

use super::error;
use crate::proof::{Proof, ProofState};

pub fn accept(frame: &Frame, token: &str, proof: &Proof, problems: &Problems) -> Markup {
    let text = frame.text;
    match proof.state {
        ProofState::Open => open(frame, token, proof, problems),
        ProofState::Used => html! {
            (notice(NoticeKind::Information, &text.say("accounts-invitation-used")))
            p { (Button::primary(text.say("accounts-sign-in")).href("/sign-in").wide()) }
        },
        ProofState::Expired => html! {
            (notice(NoticeKind::Warning, &text.say("accounts-invitation-expired")))
            (form(&frame.form_token, &format!("/invitations/{token}/renewal"), html! {
                p { (text.say_with("accounts-invitation-renew-words", &[("email", proof.email.as_str().into())])) }
                (form_actions(html! { (Button::primary(text.say("accounts-invitation-renew")).wide()) }))
            }))
        },
        ProofState::Revoked => notice(NoticeKind::Warning, &text.say("accounts-invitation-revoked")),
    }
}

fn open(frame: &Frame, token: &str, proof: &Proof, problems: &Problems) -> Markup {
    let text = frame.text;
    form(
        &frame.form_token,
        &format!("/invitations/{token}"),
        html! {
            p { (text.say_with("accounts-invitation-words", &[("email", proof.email.as_str().into())])) }
            // For password managers; the address is fixed by the invitation.
            input.visually-hidden type="email" value=(proof.email) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
            (Field::password(text, "password", text.say("accounts-password")).required()
                .autocomplete("new-password").hint(text.say("accounts-password-hint"))
                .error(error(text, problems, "password")).focus())
            (form_actions(html! { (Button::primary(text.say("accounts-invitation-accept")).wide()) }))
        },
    )
}

pub fn renewed(frame: &Frame, email: &str) -> Markup {
    html! { p { (frame.text.say_with("accounts-invitation-renewed", &[("email", email.into())])) } }
}
