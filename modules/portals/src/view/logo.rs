//! The logo on the owner's page about the looks.

use portico_kernel::Problems;
use portico_ui::{
    Frame, Markup,
    components::{
        Button, Field, Form, Undo, button_form, form_actions, organization_mark, section_with_id, toast,
    },
    html,
};

use crate::received::PICTURE;

const ADDRESS: &str = "/staff/settings/looks/logo";

pub fn logo_section(frame: &Frame, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = problems.of(PICTURE).map(|key| text.say(key));
    let body = html! {
        p.quiet { (text.say("portals-logo-about")) }
        div.logo-shown { (organization_mark(&frame.organization)) }
        (Form::post(&frame.form_token, ADDRESS).multipart().body(html! {
            (Field::image(PICTURE, text.say("portals-field-picture")).required()
                .hint(text.say("portals-logo-hint")).error(error))
            (form_actions(html! { (Button::secondary(text.say("portals-logo-save")).icon("upload")) }))
        }))
        @if frame.organization.logo.is_some() {
            (button_form(&frame.form_token, "/staff/settings/looks/logo/removal",
                Button::quiet(text.say("portals-logo-remove")).icon("trash")))
        }
    };
    section_with_id(Some("logo"), &text.say("portals-logo"), html! {}, body)
}

pub fn logo_toast(frame: &Frame) -> Markup {
    let undo = Undo { token: &frame.form_token, action: "/staff/settings/looks/logo/restoration" };
    toast(frame.text, &frame.text.say("portals-logo-removed"), Some(undo))
}
