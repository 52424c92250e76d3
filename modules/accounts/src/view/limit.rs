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
    limit::{CHOSEN, EVERYTHING, LimitForm},
    limits::{Choices, ClientChoice, Names, ProjectChoice},
    store::PersonRow,
};

/// More than are looked through at a glance.
const MANY: usize = 20;

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
            @if choosing.choices.clients.len() + choosing.choices.projects.len() > MANY {
                (find(text, choosing.input))
            }
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

/// A button of the same form, so that what is ticked comes along without JavaScript, too.
fn find(text: Text, input: &LimitForm) -> Markup {
    html! {
        (Field::text("q", text.say("accounts-limit-find")).value(&input.q).autocomplete("off"))
        div {
            (Button::secondary(text.say("accounts-limit-find-button")).icon("search").value("find", "yes"))
        }
    }
}

fn clients(text: Text, choosing: &Choosing) -> Markup {
    let label = |client: &ClientChoice| match client.name == client.email {
        true => client.name.clone(),
        false => format!("{} · {}", client.name, client.email),
    };
    let all = choosing.choices.clients.iter().map(|client| (client.id.to_string(), label(client))).collect();
    let boxes = Boxes { name: "client", all, ticked: &choosing.input.client };
    choices(text, choosing.input, ["accounts-limit-clients", "accounts-limit-no-clients"], boxes)
}

fn projects(text: Text, choosing: &Choosing) -> Markup {
    let label = |project: &ProjectChoice| match &project.client {
        Some(client) => format!("{} · {client}", project.name),
        None => project.name.clone(),
    };
    let projects = choosing.choices.projects.iter();
    let all = projects.map(|project| (project.id.to_string(), label(project))).collect();
    let boxes = Boxes { name: "project", all, ticked: &choosing.input.project };
    choices(text, choosing.input, ["accounts-limit-projects", "accounts-limit-no-projects"], boxes)
}

/// What can be ticked under one name: values with their labels.
struct Boxes<'a> {
    name: &'static str,
    all: Vec<(String, String)>,
    ticked: &'a [String],
}

fn choices(text: Text, input: &LimitForm, [title, none]: [&str; 2], boxes: Boxes) -> Markup {
    let Boxes { name, all, ticked } = boxes;
    let is_ticked = |value: &String| ticked.contains(value);
    let shown: Vec<_> = all.iter().filter(|(value, label)| is_ticked(value) || input.finds(label)).collect();
    html! {
        fieldset.field.limit-choices {
            legend.field-label { (text.say(title)) }
            @if all.is_empty() {
                p.field-hint { (text.say(none)) }
            } @else if shown.is_empty() {
                p.field-hint { (text.say("accounts-limit-nothing-found")) }
            }
            @for (value, label) in shown {
                @let checked = if is_ticked(value) { Checked::Yes } else { Checked::No };
                (Field::checkbox(name, label, checked).id(format!("{name}-{value}")).value(value))
            }
        }
    }
}
