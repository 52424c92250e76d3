use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{PersonId, ProjectId};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, PageHeader, Row, Tab, Tone, Undo, badge, breadcrumb, button_form, dialog,
        dialog_form, empty_state, list, page_header, pagination, progress, row, row_icon, section, tabs,
        toast,
    },
};

use super::{day, period, problem};
use crate::{
    milestone::{Milestone, next},
    project::{Project, ProjectForm, Status},
    store::{ClientChoice, Found, Line},
};

/// The id of a project's header.
pub const HEADER: &str = "project-header";

pub fn address(id: ProjectId) -> String {
    format!("/staff/projects/{id}")
}

pub fn projects_page(frame: &Frame, today: Date, found: &Found, status: Option<Status>) -> Markup {
    let text = frame.text;
    let none = found.counts.is_empty();
    html! {
        (page_header(&PageHeader {
            title: &text.say("projects-projects"),
            // The empty list holds the button itself.
            actions: (!none && may_add(frame)).then(|| html! { (new_button(text, None)) }),
            ..PageHeader::default()
        }))
        @if !none { (status_tabs(text, found, status)) }
        (projects_list(frame, today, found, status))
    }
}

fn status_tabs(text: Text, found: &Found, current: Option<Status>) -> Markup {
    let all = [None].into_iter().chain(Status::ALL.map(Some));
    let entries: Vec<(Option<Status>, String, _)> = all
        .map(|status| (status, list_address(status, 1), text.say(status.map_or("projects-all", Status::key))))
        .collect();
    let entries: Vec<Tab> = entries
        .iter()
        .map(|(status, href, label)| Tab {
            href,
            label,
            current: *status == current,
            count: Some(found.count(*status) as u64),
        })
        .collect();
    tabs(&text.say("projects-by-status"), &entries)
}

fn list_address(status: Option<Status>, page: usize) -> String {
    let status = status.map(|status| format!("status={}", status.name()));
    let page = (page > 1).then(|| format!("page={page}"));
    match status.into_iter().chain(page).collect::<Vec<_>>() {
        fields if fields.is_empty() => "/staff/projects".to_owned(),
        fields => format!("/staff/projects?{}", fields.join("&")),
    }
}

pub fn projects_list(frame: &Frame, today: Date, found: &Found, status: Option<Status>) -> Markup {
    let text = frame.text;
    let here = list_address(status, found.page);
    html! {
        div id="projects" data-live-topic="project milestone" data-live-href=(here) {
            @if found.total > 0 {
                @match status {
                    Some(_) => (list(html! { @for line in &found.lines { (project_row(text, today, line, Beside::Client)) } })),
                    None => @for lines in found.lines.chunk_by(|a, b| a.project.status == b.project.status) {
                        (section(&text.say(lines[0].project.status.key()), html! {},
                            list(html! { @for line in lines { (project_row(text, today, line, Beside::Client)) } })))
                    },
                }
                (other_pages(text, found, status))
            } @else if found.counts.is_empty() {
                (empty_state("project", &text.say("projects-empty"), may_add(frame).then(|| new_button(text, None))))
            } @else {
                (empty_state("project", &text.say("projects-none-of-status"), None))
            }
        }
    }
}

fn other_pages(text: Text, found: &Found, status: Option<Status>) -> Markup {
    let address = |page| list_address(status, page);
    let previous = (found.page > 1).then(|| address(found.page - 1));
    let next = (found.last() < found.total).then(|| address(found.page + 1));
    let place = text.say_with(
        "projects-place",
        &[("first", found.first().into()), ("last", found.last().into()), ("total", found.total.into())],
    );
    html! {
        @if previous.is_some() || next.is_some() {
            (pagination(text, previous.as_deref(), next.as_deref(), &place))
        }
    }
}

/// What stands beside a project's dates: whatever the page around it does not say already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    Client,
    Status,
}

pub fn project_row(text: Text, today: Date, line: &Line, beside: Beside) -> Markup {
    let project = &line.project;
    let dates = period(text, today, project.starts_on, project.ends_on);
    let first = match beside {
        Beside::Client => project.client.as_ref().map(|(_, name)| name.clone()),
        Beside::Status => Some(text.say(project.status.key()).into_owned()),
    };
    row(&Row {
        id: Some(format!("project-{}", project.id)),
        lead: Some(row_icon("project")),
        name: &project.name,
        href: Some(&address(project.id)),
        detail: Some(html! { (first.into_iter().chain(dates).collect::<Vec<_>>().join(" · ")) }),
        meta: Some(milestone_progress(text, today, line)),
        ..Row::default()
    })
}

/// How far, and what comes next.
fn milestone_progress(text: Text, today: Date, line: &Line) -> Markup {
    let total = line.milestones.len();
    let done = line.milestones.iter().filter(|milestone| milestone.is_done()).count();
    let label = text.say_with("projects-progress", &[("done", done.into()), ("count", total.into())]);
    html! {
        @if let Some(next) = next(&line.milestones) { (next_milestone(text, today, next)) }
        @if total > 0 { div.project-progress { (progress(&label, done as u64, Some(total as u64))) } }
    }
}

fn next_milestone(text: Text, today: Date, milestone: &Milestone) -> Markup {
    html! {
        span.project-next {
            (text.say_with("projects-next", &[("name", (&milestone.name).into())]))
            @if let Some(due) = milestone.due_on { " · " (day(text, due, today)) }
            @if milestone.is_late(today) { " " (badge(Tone::Bad, &text.say("projects-late"))) }
        }
    }
}

/// Limited members find theirs, and add none.
pub fn may_add(frame: &Frame) -> bool {
    frame.pages.find("/staff/projects/new").is_some()
}

pub fn new_button(text: Text, client: Option<PersonId>) -> Button {
    let href = match client {
        Some(client) => format!("/staff/projects/new?client={client}"),
        None => "/staff/projects/new".to_owned(),
    };
    Button::primary(text.say("projects-new")).icon("plus").dialog(href)
}

/// What other modules add stands around the milestones: the first beside the header, where the way
/// to the portal belongs, the others below.
pub fn project_page(header: Markup, sections: &[Markup], milestones: Markup) -> Markup {
    html! {
        (header)
        @if let Some((first, others)) = sections.split_first() {
            (first)
            (milestones)
            @for section in others { (section) }
        } @else {
            (milestones)
        }
    }
}

pub fn project_header(frame: &Frame, today: Date, project: &Project) -> Markup {
    let text = frame.text;
    let here = address(project.id);
    let may_change = frame.pages.find("/staff/projects/:project/edit").is_some();
    let actions = html! {
        (Button::secondary(text.say("projects-edit")).icon("pencil").dialog(format!("{here}/edit")))
        (button_form(&frame.form_token, &format!("{here}/deletion"),
            Button::quiet(text.say("projects-delete")).icon("trash")))
    };
    html! {
        div id=(HEADER) data-live-topic={ "project:" (project.id) } data-live-href=(here) {
            (page_header(&PageHeader {
                title: &project.name,
                breadcrumb: Some(breadcrumb(text, &[("/staff/projects", &text.say("projects-projects"))])),
                detail: Some(project_detail(frame, today, project)),
                actions: may_change.then_some(actions),
            }))
        }
    }
}

fn project_detail(frame: &Frame, today: Date, project: &Project) -> Markup {
    let text = frame.text;
    html! {
        (badge(project.status.tone(), &text.say(project.status.key())))
        @if let Some((id, name)) = &project.client {
            a href=[frame.address("/staff/clients/", id)] { (name) }
        }
        @if let Some(dates) = period(text, today, project.starts_on, project.ends_on) { span { (dates) } }
    }
}

/// What the form for a project shows.
pub struct Fields<'a> {
    pub input: &'a ProjectForm,
    pub problems: &'a Problems,
    pub clients: Vec<ClientChoice>,
}

pub fn new_dialog(frame: &Frame, fields: &Fields) -> Markup {
    form_dialog(frame, &frame.text.say("projects-new"), "/staff/projects", fields)
}

pub fn edit_dialog(frame: &Frame, id: ProjectId, fields: &Fields) -> Markup {
    form_dialog(frame, &frame.text.say("projects-edit-title"), &address(id), fields)
}

/// `action` is also the page that the dialog belongs to.
fn form_dialog(frame: &Frame, title: &str, action: &str, fields: &Fields) -> Markup {
    let text = frame.text;
    let save = Button::primary(text.say("projects-save"));
    let form = dialog_form(text, &frame.form_token, action, action, save, project_fields(frame, fields));
    dialog(text, title, action, form)
}

fn project_fields(frame: &Frame, fields: &Fields) -> Markup {
    let text = frame.text;
    let Fields { input, problems, clients } = fields;
    let statuses = Status::ALL.map(|status| Choice::new(status.name(), text.say(status.key()))).to_vec();
    html! {
        (Field::text("name", text.say("projects-name")).value(&input.name).required().focus().autocomplete("off")
            .error(problem(frame, problems, "name")))
        (Field::select("client", text.say("projects-client"), client_choices(text, clients)).value(&input.client)
            .error(problem(frame, problems, "client")))
        (Field::select("status", text.say("projects-status"), statuses).value(&input.status)
            .error(problem(frame, problems, "status")))
        (Field::date("starts_on", text.say("projects-starts-on")).value(&input.starts_on).optional(text)
            .error(problem(frame, problems, "starts_on")))
        (Field::date("ends_on", text.say("projects-ends-on")).value(&input.ends_on).optional(text)
            .error(problem(frame, problems, "ends_on")))
    }
}

/// By name; two of the same name are told apart by their address.
fn client_choices(text: Text, clients: &[ClientChoice]) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", text.say("projects-no-client"))];
    choices.extend(clients.iter().map(|client| {
        let namesakes = clients.iter().filter(|other| other.name == client.name).count();
        let label = match namesakes {
            1 => client.name.clone(),
            _ => format!("{} ({})", client.name, client.email),
        };
        Choice::new(client.id.to_string(), label)
    }));
    choices
}

pub fn deleted_toast(frame: &Frame, id: ProjectId, name: &str) -> Markup {
    let message = frame.text.say_with("projects-deleted", &[("name", name.into())]);
    let undo = Undo { token: &frame.form_token, action: &format!("{}/restoration", address(id)) };
    toast(frame.text, &message, Some(undo))
}
