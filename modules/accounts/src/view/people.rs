use maud::{Markup, html};
use portico_facts::PersonId;
use portico_kernel::{Instant, Problems, Result, Role, Tx};
use portico_ui::{
    Frame, Text,
    components::{
        self, Button, Choice, Dot, Field, NoticeKind, PageHeader, Row, avatar, breadcrumb, button_form, card,
        dialog, dialog_form, dot, form, form_actions, notice_with, page_header, row, section,
    },
};

use super::{
    account::{second_step_since, sessions_list},
    error,
    limit::limit_of,
};
use crate::{
    limits::Names,
    pages::people::NewStaff,
    session::{self, SessionRow},
    store::{self, PersonRow},
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
        meta: Some(html! {
            (role_name(text, &person.role))
            @if person.is_limited() { " · " (text.say("accounts-limit-limited")) }
            " " (state(text, person))
        }),
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

pub struct Shown<'a> {
    pub zone: &'a str,
    pub person: &'a PersonRow,
    pub sessions: &'a [SessionRow],
    /// What was chosen for a limited member.
    pub limit: Option<&'a Names>,
    pub problems: &'a Problems,
    /// Whether the reader may take the person's second step away.
    pub may_reset: bool,
    /// Where mail is not sent: what to say of an invitation.
    pub mail_stays: Option<&'a Markup>,
}

pub fn show(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let Shown { zone, person, sessions, limit, problems, may_reset, mail_stays } = *shown;
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
            @if let Some(stays) = mail_stays.filter(|_| person.joined_at.is_none()) {
                (notice_with(NoticeKind::Information, html! { p { (stays) } }))
            }
            (section(&text.say("accounts-role"), html! {}, card(role_form(frame, &here, person, problems))))
            @if person.can_be_limited() {
                (section(&text.say("accounts-limit"), html! {}, card(limit_of(text, &here, limit))))
            }
            (section(&text.say("accounts-sessions"), html! {}, sessions_list(frame, "/staff", zone, sessions, None)))
            @if let Some(since) = person.second_step_at {
                (second_step(frame, zone, person.id, since, may_reset))
            }
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

/// Who lost phone and recovery codes gets in again by the owner.
fn second_step(frame: &Frame, zone: &str, person: PersonId, since: Instant, may_reset: bool) -> Markup {
    let text = frame.text;
    let action = format!("/staff/people/{person}/second-step/removal");
    let body = html! {
        p { (second_step_since(text, zone, since)) }
        @if may_reset {
            p { (text.say("accounts-second-step-reset-words")) }
            (button_form(&frame.form_token, &action, Button::danger(text.say("accounts-second-step-reset"))))
        }
    };
    section(&text.say("accounts-second-step"), html! {}, card(html! { div.second-step { (body) } }))
}

/// On a client's page, where they have one.
pub fn client_second_step(tx: &mut Tx, person: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let Some(since) = store::find_person(tx, person)?.second_step_at else { return Ok(None) };
    let may_reset = match tx.actor() {
        Some(reader) => store::find_person(tx, reader)?.role == Role::Owner.name(),
        None => false,
    };
    let zone = tx.organization_profile().time_zone.clone();
    Ok(Some(second_step(frame, &zone, person, since, may_reset)))
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
