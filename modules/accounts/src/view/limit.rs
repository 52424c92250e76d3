use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Choice, Field, PageHeader, breadcrumb, card, form, form_actions, page_header,
    },
};

use super::error;
use crate::{
    limit::{CHOSEN, Choices, EVERYTHING, LimitForm, Names},
    store::PersonRow,
};

/// Everything that the form shows.
pub struct Choosing<'a> {
    pub person: &'a PersonRow,
    pub input: &'a LimitForm,
    pub choices: &'a Choices,
    pub problems: &'a Problems,
}

/// On a member's page; `None` where they see everything.
pub fn limit_of(text: Text, here: &str, names: Option<&Names>) -> Markup {
    let words = match names {
        None => text.say("accounts-limit-everything").into_owned(),
        Some(Names(names)) if names.is_empty() => text.say("accounts-limit-nothing").into_owned(),
        Some(Names(names)) => text.say_with("accounts-limit-names", &[("names", names.join(", ").into())]),
    };
    html! {
        div.form {
            p.limit-names { (words) }
            (form_actions(html! {
                (Button::secondary(text.say("accounts-limit-change")).href(format!("{here}/limit")))
            }))
        }
    }
}

pub fn page(frame: &Frame, title: &str, choosing: &Choosing) -> Markup {
    let text = frame.text;
    let here = format!("/staff/people/{}", choosing.person.id);
    let crumbs = breadcrumb(
        text,
        &[
            ("/staff/settings", &text.say("accounts-settings")),
            ("/staff/people", &text.say("accounts-people")),
            (&here, &choosing.person.name),
        ],
    );
    html! {
        (page_header(&PageHeader { title, breadcrumb: Some(crumbs), detail: None, actions: None }))
        (card(form(&frame.form_token, &format!("{here}/limit"), html! {
            (sees(text, choosing))
            p.field-hint { (text.say("accounts-limit-closed")) }
            (clients(text, choosing))
            (projects(text, choosing))
            (form_actions(html! {
                (Button::primary(text.say("accounts-save")))
                (Button::quiet(text.say("ui-cancel")).href(here.clone()))
            }))
        })))
    }
}

fn sees(text: Text, choosing: &Choosing) -> Field {
    let kinds = vec![
        Choice::new(EVERYTHING, text.say("accounts-limit-everything")),
        Choice::new(CHOSEN, text.say("accounts-limit-chosen")),
    ];
    Field::radios("sees", text.say("accounts-limit"), kinds)
        .value(&choosing.input.sees)
        .required()
        .hint(text.say("accounts-limit-rule"))
        .error(error(text, choosing.problems, "sees"))
}

fn clients(text: Text, choosing: &Choosing) -> Markup {
    let clients = &choosing.choices.clients;
    html! {
        fieldset.field.limit-choices {
            legend.field-label { (text.say("accounts-limit-clients")) }
            @if clients.is_empty() { p.field-hint { (text.say("accounts-limit-no-clients")) } }
            @for client in clients {
                @let value = client.id.to_string();
                @let label = if client.name == client.email {
                    client.name.clone()
                } else {
                    format!("{} · {}", client.name, client.email)
                };
                (Field::checkbox("client", label, ticked(&choosing.input.client, &value))
                    .id(format!("client-{value}"))
                    .value(value))
            }
        }
    }
}

fn projects(text: Text, choosing: &Choosing) -> Markup {
    let projects = &choosing.choices.projects;
    html! {
        fieldset.field.limit-choices {
            legend.field-label { (text.say("accounts-limit-projects")) }
            @if projects.is_empty() { p.field-hint { (text.say("accounts-limit-no-projects")) } }
            @for project in projects {
                @let value = project.id.to_string();
                @let label = match &project.client {
                    Some(client) => format!("{} · {client}", project.name),
                    None => project.name.clone(),
                };
                (Field::checkbox("project", label, ticked(&choosing.input.project, &value))
                    .id(format!("project-{value}"))
                    .value(value))
            }
        }
    }
}

fn ticked(typed: &[String], value: &str) -> Checked {
    if typed.iter().any(|each| each == value) { Checked::Yes } else { Checked::No }
}
