use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{
        Button, Field, NoticeKind, Row, form, form_actions, list, notice, row, row_icon, section, token_field,
    },
};

use super::{
    error,
    second_step::{Place, framed, header},
};
use crate::{passkeys::PasskeyRow, second_step::State};

/// Those that there are, and the form that adds one.
pub fn section_of(place: &Place, state: &State, typed: &str, problems: &Problems) -> Markup {
    let (passkeys, is_on) = (&state.passkeys, state.since.is_some());
    let text = place.frame.text;
    let body = html! {
        @if !passkeys.is_empty() {
            (list(html! { @for passkey in passkeys { (passkey_row(place, passkey)) } }))
        }
        @if let Some(key) = problems.of("credential") { (notice(NoticeKind::Error, &text.say(key))) }
        @if place.host.is_some() {
            (framed(place, addition(place, is_on, typed, problems)))
        } @else {
            p { (text.say("accounts-passkeys-need-a-name")) }
        }
    };
    section(&text.say("accounts-passkeys"), html! {}, html! { div.stack { (body) } })
}

fn passkey_row(place: &Place, passkey: &PasskeyRow) -> Markup {
    let address = format!("{}/second-step/passkeys/{}", place.account, passkey.id);
    row(&Row {
        lead: Some(row_icon("lock")),
        name: &passkey.name,
        href: Some(&address),
        detail: Some(html! { (use_of(place, passkey)) }),
        ..Row::default()
    })
}

fn use_of(place: &Place, passkey: &PasskeyRow) -> Markup {
    let text = place.frame.text;
    let moment = |at: portico_kernel::Instant| text.moment(at.in_zone(place.zone));
    let added = text.say_with("accounts-passkey-since", &[("moment", moment(passkey.created_at).into())]);
    html! {
        (added) " · "
        @match passkey.last_used_at {
            Some(at) => (text.say_with("accounts-passkey-used", &[("moment", moment(at).into())])),
            None => (text.say("accounts-passkey-unused")),
        }
        @if place.host != Some(passkey.host.as_str()) {
            " · " (text.say_with("accounts-passkey-elsewhere", &[("host", passkey.host.as_str().into())]))
        }
    }
}

/// `is_on`: the second step; then it asks for a proof, as taking one away does.
fn addition(place: &Place, is_on: bool, typed: &str, problems: &Problems) -> Markup {
    let text = place.frame.text;
    let here = format!("{}/second-step", place.account);
    let fields = html! {
        p { (text.say("accounts-passkeys-about")) }
        (Field::text("name", text.say("accounts-passkey-name")).value(typed).required()
            .hint(text.say("accounts-passkey-name-hint")).error(error(text, problems, "name")))
        @if is_on {
            (Field::password(text, "confirmation", text.say("accounts-passkey-confirmation")).required()
                .id("field-addition").error(error(text, problems, "addition")))
        }
    };
    asking(
        place.frame,
        &format!("{here}/passkeys"),
        &format!("{here}/passkey-ceremony"),
        fields,
        Button::secondary(text.say("accounts-passkey-add")),
    )
}

/// At sign-in, in place of a code.
pub fn proof(frame: &Frame) -> Markup {
    let text = frame.text;
    let button = Button::primary(text.say("accounts-passkey-use")).wide();
    asking(frame, "/sign-in/passkey", "/sign-in/passkey-ceremony", html! {}, button)
}

/// A form that `passkeys.js` sends with what the person's device answers to the question that it fetches first.
fn asking(frame: &Frame, action: &str, ceremony: &str, fields: Markup, button: Button) -> Markup {
    let text = frame.text;
    html! {
        form.form method="post" action=(action) data-passkey=(ceremony) {
            (token_field(&frame.form_token))
            input type="hidden" name="ceremony";
            input type="hidden" name="credential";
            (fields)
            noscript { (text.say("accounts-passkey-script")) }
            p.passkey-failure role="alert" hidden { (text.say("accounts-passkey-failed")) }
            (form_actions(html! { (button) }))
        }
    }
}

/// The page of one: taking it away asks for a proof, as turning the second step off does.
pub fn removal(place: &Place, passkey: &PasskeyRow, problems: &Problems) -> Markup {
    let text = place.frame.text;
    let action = format!("{}/second-step/passkeys/{}/removal", place.account, passkey.id);
    let fields = html! {
        p { strong { (passkey.name) } br; (use_of(place, passkey)) }
        p { (text.say("accounts-passkey-remove-words")) }
        (Field::password(text, "confirmation", text.say("accounts-confirmation")).required()
            .error(error(text, problems, "confirmation")))
        (form_actions(html! { (Button::danger(text.say("accounts-passkey-remove"))) }))
    };
    html! {
        (header(place))
        (framed(place, form(&place.frame.form_token, &action, fields)))
    }
}
