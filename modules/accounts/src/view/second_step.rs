use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Field, NoticeKind, PageHeader, breadcrumb, button_form, card, form, form_actions, notice,
        page_header, section,
    },
};

use super::{account::second_step_since, error, passkeys, qr_code::qr_code};
use crate::{
    code::AppSecret,
    recovery_code::RecoveryCode,
    second_step::{App, State},
};

/// Whose page it is, and where.
pub struct Place<'a> {
    pub frame: &'a Frame,
    pub title: &'a str,
    /// The address of the person's account.
    pub account: &'a str,
    pub organization: &'a str,
    pub zone: &'a str,
    pub email: &'a str,
    /// Where passkeys are good: nothing at an address that is no name.
    pub host: Option<&'a str>,
    /// Then there is no page around this one.
    pub is_owed: bool,
}

/// What stood in the page's forms when something was wrong with it.
#[derive(Clone, Copy, Default)]
pub struct Typed<'a> {
    pub code: &'a str,
    /// Of a passkey.
    pub name: &'a str,
}

impl<'a> Typed<'a> {
    pub fn code(code: &'a str) -> Self {
        Self { code, ..Self::default() }
    }

    pub fn name(name: &'a str) -> Self {
        Self { name, ..Self::default() }
    }
}

/// Of the app, or one of the recovery codes: digits all of them.
pub fn code_field(text: Text) -> Field {
    let field = Field::text("code", text.say("accounts-code")).required();
    field.input_mode("numeric").autocomplete("one-time-code")
}

pub fn page_body(place: &Place, state: &State, typed: &Typed, problems: &Problems) -> Markup {
    let text = place.frame.text;
    html! {
        (header(place))
        @if let Some(since) = state.since { p { (second_step_since(text, place.zone, since)) } }
        @match &state.app {
            App::Off => (framed(place, off(place))),
            App::Begun(secret) => (framed(place, begun(place, secret, typed.code, problems))),
            App::On => p { (text.say("accounts-second-step-app-on")) },
        }
        (passkeys::section_of(place, state, typed.name, problems))
        @if state.since.is_some() {
            (section(&text.say("accounts-recovery-codes"), html! {}, card(renewal(place, state.codes_left, problems))))
            (section(&text.say("accounts-second-step-end"), html! {}, card(removal(place, problems))))
        }
        @if place.is_owed { p.door-more { a href="/sign-out" { (text.say("accounts-sign-out")) } } }
    }
}

/// The door brings a title of its own.
pub fn header(place: &Place) -> Markup {
    let crumbs = breadcrumb(place.frame.text, &[(place.account, &place.frame.text.say("accounts-account"))]);
    html! {
        @if !place.is_owed {
            (page_header(&PageHeader { title: place.title, breadcrumb: Some(crumbs), detail: None, actions: None }))
        }
    }
}

/// So does the door with its panel.
pub fn framed(place: &Place, body: Markup) -> Markup {
    if place.is_owed { body } else { card(body) }
}

fn off(place: &Place) -> Markup {
    let (text, action) = (place.frame.text, format!("{}/second-step", place.account));
    html! {
        div.second-step {
            @if place.is_owed { p { (text.say("accounts-second-step-owed")) } }
            p { (text.say("accounts-second-step-about")) }
            p { (text.say("accounts-second-step-app")) }
            (button_form(&place.frame.form_token, &action, Button::primary(text.say("accounts-second-step-set-up"))))
        }
    }
}

fn begun(place: &Place, secret: &AppSecret, typed: &str, problems: &Problems) -> Markup {
    let text = place.frame.text;
    let (here, link) =
        (format!("{}/second-step", place.account), secret.link(place.organization, place.email));
    html! {
        div.second-step {
            p { (text.say("accounts-second-step-scan")) }
            @if let Some(picture) = qr_code(&text.say("accounts-second-step-picture"), &link) { (picture) }
            p { a href=(link) { (text.say("accounts-second-step-open")) } }
            p { (text.say("accounts-second-step-key")) " " code.second-step-key { (secret.in_groups()) } }
            (form(&place.frame.form_token, &format!("{here}/proof"), html! {
                (code_field(text).value(typed).error(error(text, problems, "code"))
                    .hint(text.say("accounts-second-step-type")))
                (form_actions(html! { (Button::primary(text.say("accounts-second-step-turn-on"))) }))
            }))
            (button_form(&place.frame.form_token, &here, Button::quiet(text.say("accounts-second-step-restart"))))
        }
    }
}

fn renewal(place: &Place, left: i64, problems: &Problems) -> Markup {
    let text = place.frame.text;
    let words = html! {
        p { (text.say_with("accounts-recovery-codes-left", &[("count", left.into())])) }
    };
    let button = Button::secondary(text.say("accounts-recovery-codes-renew"));
    confirmed(place, "recovery-codes", "renewal", problems, words, button)
}

fn removal(place: &Place, problems: &Problems) -> Markup {
    let text = place.frame.text;
    let words = html! { p { (text.say("accounts-second-step-end-words")) } };
    let button = Button::danger(text.say("accounts-second-step-turn-off"));
    confirmed(place, "removal", "removal", problems, words, button)
}

/// `problem`: under which name what is wrong with this form is kept, since both have the one field.
fn confirmed(
    place: &Place,
    action: &str,
    problem: &str,
    problems: &Problems,
    words: Markup,
    button: Button,
) -> Markup {
    let (text, action) = (place.frame.text, format!("{}/second-step/{action}", place.account));
    form(
        &place.frame.form_token,
        &action,
        html! {
            (words)
            (Field::password(text, "confirmation", text.say("accounts-confirmation")).required()
                .id(format!("field-{problem}")).error(error(text, problems, problem)))
            (form_actions(html! { (button) }))
        },
    )
}

/// Shown once.
pub fn codes(place: &Place, codes: &[RecoveryCode]) -> Markup {
    let text = place.frame.text;
    let on = if place.account == "/account" { "/" } else { "/staff" };
    html! {
        (header(place))
        (notice(NoticeKind::Good, &text.say("accounts-second-step-is-on")))
        (framed(place, html! {
            div.second-step {
                p { (text.say("accounts-recovery-codes-words")) }
                ol.recovery-codes { @for code in codes { li { code { (code.in_groups()) } } } }
                p { (Button::primary(text.say("accounts-recovery-codes-kept")).href(on)) }
            }
        }))
    }
}
