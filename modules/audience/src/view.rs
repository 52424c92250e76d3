use maud::{Markup, html};
use portico_ui::{
    Frame, Text,
    components::{
        Button, NoticeKind, PageHeader, Row, avatar, breadcrumb, dialog, list, notice, page_header, row,
    },
};

use crate::audience::{Audience, Line, Someone, Standing};

/// "Who can see “Website”, and why?"
pub fn question(text: Text, audience: &Audience) -> String {
    text.say_with("audience-question", &[("name", audience.name.as_str().into())])
}

pub fn answer(frame: &Frame, audience: &Audience, team: &[Someone]) -> Markup {
    let text = frame.text;
    let of = |standing| audience.standing(standing);
    let body = html! {
        @if let Some(why) = &audience.hidden {
            (notice(NoticeKind::Information, why))
        } @else if audience.viewers().next().is_none() {
            (notice(NoticeKind::Information, &text.say("audience-nobody")))
        }
        (group(frame, "audience-seeing", &of(Standing::Sees)))
        (group(frame, "audience-awaited", &of(Standing::Awaited)))
        section.audience-group {
            h2 { (text.say("audience-team")) }
            (list(html! {
                @for someone in team { (person(None, someone, &as_staff(text, someone))) }
            }))
        }
        (group(frame, "audience-shut", &of(Standing::Shut)))
        p.field-hint { (text.say("audience-nobody-else")) }
    };
    dialog(text, &question(text, audience), &audience.href, body)
}

fn group(frame: &Frame, heading: &str, lines: &[&Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section.audience-group {
                h2 { (frame.text.say(heading)) }
                (list(html! {
                    @for Line { someone, why, .. } in lines {
                        (person(frame.address("/staff/clients/", someone.id).as_deref(), someone, why))
                    }
                }))
            }
        }
    }
}

fn person(href: Option<&str>, someone: &Someone, why: &str) -> Markup {
    row(&Row {
        lead: Some(avatar(&someone.name)),
        name: &someone.name,
        href,
        detail: Some(html! {
            @if someone.email != someone.name { span { (someone.email) } }
            span { (why) }
        }),
        ..Row::default()
    })
}

/// "Staff: Owner"
pub fn as_staff(text: Text, someone: &Someone) -> String {
    let role = text.say(&format!("audience-role-{}", someone.role.name()));
    text.say_with("audience-as-staff", &[("role", role.as_ref().into())])
}

/// Where everything is told at once.
pub fn of_all(text: Text) -> Markup {
    page_header(&PageHeader {
        title: &text.say("audience-of-all"),
        breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("audience-all-settings"))])),
        detail: Some(html! { (text.say("audience-of-all-about")) }),
        actions: Some(html! {
            (Button::primary(text.say("audience-download")).icon("download").download("/staff/settings/audience.csv"))
        }),
    })
}
