use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame, OrganizationLook, Pages, Text,
    components::{Button, Field, form, form_actions},
    signed_out_page,
};

use super::error;
use crate::setup::SetupForm;

pub fn page(text: Text, token: &str, typed: &SetupForm, problems: &Problems) -> Markup {
    let body = html! {
        p { (text.say("accounts-setup-words")) }
        (form(token, "/setup", html! {
            input type="hidden" name="token" value=(typed.token);
            (Field::text("name", text.say("accounts-setup-name")).value(&typed.name).required()
                .hint(text.say("accounts-setup-name-hint")).error(error(text, problems, "name"))
                .autocomplete("organization").focus())
            (Field::colour("colour", text.say("accounts-setup-colour")).value(&typed.colour)
                .hint(text.say("accounts-setup-colour-hint")).error(error(text, problems, "colour")))
            (Field::text("owner_name", text.say("accounts-setup-owner-name")).value(&typed.owner_name).required()
                .hint(text.say("accounts-setup-owner-name-hint")).error(error(text, problems, "owner_name"))
                .autocomplete("name"))
            (Field::email("email", text.say("accounts-email")).value(&typed.email).required()
                .hint(text.say("accounts-setup-email-hint")).error(error(text, problems, "email")))
            (Field::password(text, "password", text.say("accounts-password")).required()
                .autocomplete("new-password").hint(text.say("accounts-password-hint"))
                .error(error(text, problems, "password")))
            (Field::text("time_zone", text.say("accounts-setup-time-zone")).value(&typed.time_zone).required()
                .hint(text.say("accounts-setup-time-zone-hint")).error(error(text, problems, "time_zone")))
            (form_actions(html! { (Button::primary(text.say("accounts-setup-start")).wide()) }))
        }))
    };
    signed_out_page(&frame(text, token), &text.say("accounts-setup-title"), body)
}

/// There is no organization yet, and so no colours of its own.
fn frame(text: Text, token: &str) -> Frame {
    Frame {
        text,
        organization: OrganizationLook::of_nobody("Portico"),
        person: None,
        navigation: Vec::new(),
        pages: Pages::default(),
        form_token: token.to_owned(),
        preview: None,
        live_href: None,
        path: "/setup".into(),
        toast: None,
    }
}
