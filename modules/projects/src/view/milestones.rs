use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{MilestoneId, PortalId, ProjectId};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Field, Form, ReorderRow, Row, Tone, Undo, badge, dialog, dialog_form, menu, menu_dialog,
        reorder_list, row_icon, section, toast,
    },
};

use super::{day, problem, projects, track};
use crate::milestone::{Milestone, MilestoneForm};

/// The id of the milestones on a project's page.
pub const MILESTONES: &str = "milestones";

const TARGET: &str = "#milestones";

pub fn address(id: MilestoneId) -> String {
    format!("/staff/milestones/{id}")
}

/// Everything about the milestones of one project, with the form that adds the next.
pub struct Plan<'a> {
    pub project: ProjectId,
    pub milestones: &'a [Milestone],
    pub today: Date,
    pub adding: &'a Adding,
}

/// The form that adds a milestone, as it was left.
#[derive(Default)]
pub struct Adding {
    pub input: MilestoneForm,
    pub problems: Problems,
    pub focus: Focus,
}

/// Where typing goes on once the fragment is in place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    AsBefore,
    /// In the form, for the next one.
    Here,
}

pub fn milestones_section(frame: &Frame, plan: &Plan) -> Markup {
    let text = frame.text;
    let here = format!("{}/milestones", projects::address(plan.project));
    html! {
        div id=(MILESTONES) data-live-topic={ "milestone project:" (plan.project) } data-live-href=(here) {
            (section(&text.say("projects-milestones"), html! {}, html! {
                @if plan.milestones.is_empty() {
                    p.field-hint { (text.say("projects-milestones-empty")) }
                } @else {
                    (track(text, plan.today, plan.milestones))
                    (milestone_list(frame, plan))
                }
                (adding_form(frame, plan, &here))
            }))
        }
    }
}

fn milestone_list(frame: &Frame, plan: &Plan) -> Markup {
    let text = frame.text;
    let last = plan.milestones.len() - 1;
    let addresses: Vec<_> = plan
        .milestones
        .iter()
        .enumerate()
        .map(|(index, milestone)| {
            let here = address(milestone.id);
            let up = (index > 0).then(|| format!("{here}/move-up"));
            let down = (index < last).then(|| format!("{here}/move-down"));
            (milestone.id.to_string(), up, down)
        })
        .collect();
    let rows: Vec<ReorderRow> = plan
        .milestones
        .iter()
        .zip(&addresses)
        .map(|(milestone, (key, up, down))| ReorderRow {
            key,
            row: milestone_row(frame, plan.today, milestone),
            up: up.as_deref(),
            down: down.as_deref(),
        })
        .collect();
    let order = format!("{}/milestones/order", projects::address(plan.project));
    reorder_list(text, &frame.form_token, "milestone-list", &order, &rows)
}

fn milestone_row<'a>(frame: &Frame, today: Date, milestone: &'a Milestone) -> Row<'a> {
    Row {
        id: Some(format!("milestone-{}", milestone.id)),
        lead: Some(row_icon(if milestone.is_done() { "check" } else { "flag" })),
        name: &milestone.name,
        detail: Some(milestone_dates(frame.text, today, milestone)),
        actions: Some(milestone_actions(frame, milestone)),
        ..Row::default()
    }
}

fn milestone_dates(text: Text, today: Date, milestone: &Milestone) -> Markup {
    let say = |key: &str, of: Date| text.say_with(key, &[("day", day(text, of, today).into())]);
    html! {
        @match (milestone.completed_on, milestone.due_on) {
            (Some(reached), _) => (say("projects-milestone-reached", reached)),
            (None, Some(due)) => (say("projects-milestone-due", due)),
            (None, None) => (text.say("projects-milestone-undated")),
        }
        @if milestone.is_late(today) { " " (badge(Tone::Bad, &text.say("projects-late"))) }
    }
}

fn milestone_actions(frame: &Frame, milestone: &Milestone) -> Markup {
    let text = frame.text;
    let here = address(milestone.id);
    let named = |key: &str| text.say_with(key, &[("name", (&milestone.name).into())]);
    // Complete and Reopen take each other's place and keep the focus by their id.
    let id = format!("state-of-{}", milestone.id);
    let post = |action: &str, button: Button| {
        Form::post(&frame.form_token, &format!("{here}/{action}"))
            .replaces(TARGET)
            .inline()
            .body(html! { (button) })
    };
    html! {
        @if milestone.is_done() {
            (post("reopening", Button::quiet(text.say("projects-reopen")).icon("undo").small().id(&id)))
        } @else {
            (post("completion", Button::secondary(text.say("projects-complete")).icon("check").small().id(&id)))
        }
        (menu(&text.say("projects-more"), &named("projects-milestone-actions"), html! {
            (menu_dialog(&format!("{here}/edit"), Some("pencil"), &text.say("projects-edit")))
            (post("deletion", Button::quiet(text.say("projects-delete")).icon("trash").wide()))
        }))
    }
}

/// Stays open, since milestones are mostly added several at a time.
fn adding_form(frame: &Frame, plan: &Plan, action: &str) -> Markup {
    let text = frame.text;
    let name = Field::text("name", text.say("projects-milestone")).id("milestone-name").required();
    let Adding { input, problems, focus } = plan.adding;
    let name = match focus {
        Focus::Here => name.focus(),
        Focus::AsBefore => name,
    };
    Form::post(&frame.form_token, action).replaces(TARGET).id("add-milestone").body(html! {
        div.milestone-adding {
            (name.value(&input.name).autocomplete("off").placeholder(text.say("projects-milestone-example"))
                .error(problem(frame, problems, "name")))
            (Field::date("due_on", text.say("projects-due-on")).id("milestone-due-on").value(&input.due_on)
                .error(problem(frame, problems, "due_on")))
            (Button::secondary(text.say("projects-add-milestone")).icon("plus"))
        }
    })
}

pub fn edit_dialog(
    frame: &Frame,
    milestone: &Milestone,
    input: &MilestoneForm,
    problems: &Problems,
) -> Markup {
    let text = frame.text;
    let back = projects::address(milestone.project);
    let fields = html! {
        (Field::text("name", text.say("projects-name")).value(&input.name).required().focus().autocomplete("off")
            .error(problem(frame, problems, "name")))
        (Field::date("due_on", text.say("projects-due-on")).value(&input.due_on).optional(text)
            .error(problem(frame, problems, "due_on")))
    };
    let save = Button::primary(text.say("projects-save"));
    let form = dialog_form(text, &frame.form_token, &address(milestone.id), &back, save, fields);
    dialog(text, &text.say("projects-milestone-edit-title"), &back, form)
}

pub fn deleted_toast(frame: &Frame, id: MilestoneId, name: &str) -> Markup {
    let message = frame.text.say_with("projects-deleted", &[("name", name.into())]);
    let undo = Undo { token: &frame.form_token, action: &format!("{}/restoration", address(id)) };
    toast(frame.text, &message, Some(undo))
}

/// On a client's page of a portal. Hidden while there is no milestone, so that the first one can
/// appear by itself.
pub fn client_track(text: Text, today: Date, portal: PortalId, milestones: &[Milestone]) -> Markup {
    let here = format!("/portals/{portal}/milestones");
    html! {
        div id="milestone-track" data-live-topic="milestone project" data-live-href=(here)
            hidden[milestones.is_empty()] {
            (track(text, today, milestones))
        }
    }
}

/// On a portal's page for staff, with the way to the project.
pub fn staff_track(text: Text, today: Date, id: ProjectId, name: &str, milestones: &[Milestone]) -> Markup {
    let project = projects::address(id);
    html! {
        div id="milestone-track" data-live-topic={ "milestone project:" (id) } data-live-href={ (project) "/track" } {
            p.milestone-project {
                (text.say("projects-project")) " "
                a href=(project) { (name) }
            }
            @if !milestones.is_empty() { (track(text, today, milestones)) }
        }
    }
}
