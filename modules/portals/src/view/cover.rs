//! The cover on the owner's page about the public page.

use portico_kernel::Problems;
use portico_ui::{
    CoverLook, Frame, Markup,
    components::{Button, Field, Form, Undo, button_form, form_actions, section_with_id, toast, wide_cover},
    html,
};

use crate::{focus::FocusForm, received::PICTURE};

const ADDRESS: &str = "/staff/settings/public-page/cover";

pub fn cover_section(
    frame: &Frame,
    cover: Option<&CoverLook>,
    tried: Option<&FocusForm>,
    problems: &Problems,
) -> Markup {
    let text = frame.text;
    let error = problems.of(PICTURE).map(|key| text.say(key));
    let body = html! {
        p.quiet { (text.say("portals-cover-about")) }
        @if let Some(cover) = cover { (focus_form(frame, cover, tried, problems)) }
        (Form::post(&frame.form_token, ADDRESS).multipart().body(html! {
            (Field::image(PICTURE, text.say("portals-field-picture")).required()
                .hint(text.say("portals-cover-hint")).error(error))
            (form_actions(html! { (Button::secondary(text.say("portals-cover-save")).icon("upload")) }))
        }))
        @if cover.is_some() {
            (button_form(&frame.form_token, "/staff/settings/public-page/cover/removal",
                Button::quiet(text.say("portals-cover-remove")).icon("trash")))
        }
    };
    section_with_id(Some("cover"), &text.say("portals-cover"), html! {}, body)
}

/// Two sliders, and the picture as it would be cut beside them.
fn focus_form(frame: &Frame, cover: &CoverLook, tried: Option<&FocusForm>, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    let value = |typed: fn(&FocusForm) -> &String, percent: u8| {
        tried.map_or_else(|| percent.to_string(), |form| typed(form).clone())
    };
    html! {
        (Form::post(&frame.form_token, "/staff/settings/public-page/cover/focus").body(html! {
            (cover_preview(Some(cover)))
            div.stack hx-get="/staff/settings/public-page/cover/preview" hx-trigger="input delay:80ms"
                hx-include="#field-x, #field-y" hx-target="#cover-preview" hx-swap="outerHTML" {
                (Field::range("x", text.say("portals-field-focus-x")).value(value(|form| &form.x, cover.focus.x))
                    .error(error("x")))
                (Field::range("y", text.say("portals-field-focus-y")).value(value(|form| &form.y, cover.focus.y))
                    .hint(text.say("portals-focus-hint")).error(error("y")))
            }
            (form_actions(html! { (Button::secondary(text.say("portals-focus-save"))) }))
        }))
    }
}

/// As narrow as on a telephone and as wide as on a desk, since a picture is cut differently there. Without one, as when
/// it was taken away in another window, what stands there instead.
pub fn cover_preview(cover: Option<&CoverLook>) -> Markup {
    html! {
        div.cover-preview id="cover-preview" {
            (wide_cover(cover, ""))
            (wide_cover(cover, ""))
        }
    }
}

pub fn cover_toast(frame: &Frame) -> Markup {
    let undo = Undo { token: &frame.form_token, action: "/staff/settings/public-page/cover/restoration" };
    toast(frame.text, &frame.text.say("portals-cover-removed"), Some(undo))
}
