use maud::{Markup, html};
use portico_kernel::{NewsKind, Problems, problem};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, Form, PageHeader, breadcrumb, card, form_actions, page_header, toast,
    },
};

use crate::{
    choice::{ChoicesForm, time_zones, value},
    happening::Places,
    timing::Timing,
};

pub struct Shown<'a> {
    pub places: Places,
    pub kinds: &'a [NewsKind],
    pub input: &'a ChoicesForm,
    pub problems: &'a Problems,
    /// The organization's.
    pub zone: &'a str,
}

pub fn page(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("notifications-choices"),
            breadcrumb: Some(breadcrumb(text, &[(shown.places.list, &text.say("notifications-notifications"))])),
            detail: Some(html! { (text.say("notifications-choices-about")) }),
            actions: None,
        }))
        (card(form(frame, shown)))
    }
}

fn form(frame: &Frame, shown: &Shown) -> Markup {
    let (text, input) = (frame.text, shown.input);
    let error = |field| problem(frame, shown.problems, field);
    Form::post(&frame.form_token, shown.places.choices).body(html! {
        @for kind in shown.kinds {
            (Field::select("choice", text.say(kind.label), timings(text, kind.key))
                .id(format!("choice-{}", kind.key))
                .value(input.sent(kind.key).unwrap_or_default())
                .error(error(kind.key)))
        }
        (Field::select("hour", text.say("notifications-hour"), hours())
            .value(&input.hour)
            .hint(text.say("notifications-hour-hint"))
            .error(error("hour")))
        (Field::select("time_zone", text.say("notifications-zone"), zones(text, &input.time_zone, shown.zone))
            .value(&input.time_zone)
            .error(error("time_zone")))
        p { (text.say("notifications-always")) }
        (form_actions(html! { (Button::primary(text.say("notifications-save"))) }))
    })
}

fn timings(text: Text, kind: &str) -> Vec<Choice> {
    Timing::ALL.map(|timing| Choice::new(value(kind, timing), text.say(timing.label()))).into()
}

fn hours() -> Vec<Choice> {
    (0..24).map(|hour| Choice::new(hour.to_string(), format!("{hour:02}:00"))).collect()
}

fn zones(text: Text, chosen: &str, organization: &str) -> Vec<Choice> {
    let own = text.say_with("notifications-zone-organization", &[("zone", organization.into())]);
    let all = time_zones(chosen).into_iter().map(|zone| Choice::new(zone.clone(), zone));
    std::iter::once(Choice::new("", own)).chain(all).collect()
}

pub fn saved_toast(frame: &Frame) -> Markup {
    toast(frame.text, &frame.text.say("notifications-saved"), None)
}
