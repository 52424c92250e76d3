use maud::{Markup, html};
use portico_facts::PersonId;
use portico_kernel::{Problems, Result, Tx};
use portico_ui::{
    Frame, Text,
    components::{
        self, Button, Choice, Dot, Field, NoticeKind, PageHeader, Row, avatar, breadcrumb, button_form, card,
        dialog, dialog_form, dot, form, form_actions, notice_with, page_header, row, section,
    },
};

use super::{account::sessions_list, error};
use crate::{
    pages::people::NewStaff,
    session::{self, SessionRow},
    store::PersonRow,
};

pub fn list(frame: &Frame, people: &[PersonRow]) -> Markup {
    let text = frame.text;
    let title = text.say("accounts-people");
    let new = Button::primary(text.say("accounts-people-new")).icon("plus").dialog("/staff/people/new");
    html! {
        (page_header(&PageHeader { title: &title, breadcrumb: Some(settings_crumb(text)), detail: None, actions: Some(html! { (new) }) }))
        (components::list(html! { @for person in people { (person_row(text, person)) } }))
    }
}

fn settings_crumb(text: Text) -> Markup {
    breadcrumb(text, &[("/staff/settings", &text.say("accounts-settings"))])
}

fn person_row(text: Text, person: &PersonRow) -> Markup {
    row(&Row {
        lead: Some(avatar(&person.name)),
        name: &person.name,
        href: Some(&format!("/staff/people/{}", person.id)),
        detail: Some(html! { (person.email) }),
        meta: Some(html! { (role_name(text, &person.role)) " " (state(text, person)) }),
        ..Row::default()
    })
}

fn state(text: Text, person: &PersonRow) -> Markup {
    match (person.removed_at, person.joined_at) {
        (Some(_), _) => dot(text, Dot::Revoked),
        (None, Some(_)) => dot(text, Dot::Joined),
        (None, None) => dot(text, Dot::Invited),
    }
}

fn role_name(text: Text, role: &str) -> String {
    let key = match role {
        "owner" => "accounts-role-owner",
        "admin" => "accounts-role-admin",
        _ => "accounts-role-member",
    };
    text.say(key).into_owned()
}

fn roles(text: Text) -> Vec<Choice> {
    ["member", "admin", "owner"].map(|role| Choice::new(role, role_name(text, role))).into()
}

pub fn new(frame: &Frame, typed: &NewStaff, problems: &Problems) -> Markup {
    let text = frame.text;
    let fields = html! {
        (Field::text("name", text.say("accounts-name")).value(&typed.name).required().focus()
            .error(error(text, problems, "name")))
        (Field::email("email", text.say("accounts-email")).value(&typed.email).required()
            .error(error(text, problems, "email")))
        (Field::select("role", text.say("accounts-role"), roles(text)).value(&typed.role)
            .error(error(text, problems, "role")))
    };
    let submit = Button::primary(text.say("accounts-people-invite"));
    dialog(
        text,
        &text.say("accounts-people-new"),
        "/staff/people",
        dialog_form(text, &frame.form_token, "/staff/people", "/staff/people", submit, fields),
    )
}

pub fn show(
    frame: &Frame,
    zone: &str,
    person: &PersonRow,
    sessions: &[SessionRow],
    problems: &Problems,
) -> Markup {
    let text = frame.text;
    let here = format!("/staff/people/{}", person.id);
    let crumbs = breadcrumb(
        text,
        &[
            ("/staff/settings", &text.say("accounts-settings")),
            ("/staff/people", &text.say("accounts-people")),
        ],
    );
    let detail = html! { (person.email) " " (state(text, person)) };
    html! {
        (page_header(&PageHeader { title: &person.name, breadcrumb: Some(crumbs), detail: Some(detail), actions: None }))
        @if person.removed_at.is_some() {
            (notice_with(NoticeKind::Warning, html! {
                p { (text.say("accounts-person-removed")) }
                (button_form(&frame.form_token, &format!("{here}/restoration"), Button::secondary(text.say("accounts-person-restore"))))
            }))
        } @else {
            (section(&text.say("accounts-role"), html! {}, card(role_form(frame, &here, person, problems))))
            (section(&text.say("accounts-sessions"), html! {}, sessions_list(frame, "/staff", zone, sessions, None)))
            (way_out(frame, &here, person))
        }
    }
}

fn role_form(frame: &Frame, here: &str, person: &PersonRow, problems: &Problems) -> Markup {
    let text = frame.text;
    form(
        &frame.form_token,
        here,
        html! {
            (Field::select("role", text.say("accounts-role"), roles(text)).value(&person.role)
                .error(error(text, problems, "role")))
            (form_actions(html! { (Button::primary(text.say("accounts-save"))) }))
        },
    )
}

fn way_out(frame: &Frame, here: &str, person: &PersonRow) -> Markup {
    let text = frame.text;
    html! {
        div.section.form-actions {
            @if person.joined_at.is_none() {
                (button_form(&frame.form_token, &format!("{here}/invitation"), Button::secondary(text.say("accounts-people-invite-again"))))
            }
            (button_form(&frame.form_token, &format!("{here}/removal"), Button::danger(text.say("accounts-person-remove"))))
        }
    }
}

/// On a client's page: where they are signed in.
pub fn client_sessions(tx: &mut Tx, person: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let sessions = session::open_sessions(tx, person)?;
    if sessions.is_empty() {
        return Ok(None);
    }
    let zone = tx.organization_profile().time_zone.clone();
    let body = sessions_list(frame, "/staff", &zone, &sessions, None);
    Ok(Some(section(&frame.text.say("accounts-sessions"), html! {}, body)))
}
