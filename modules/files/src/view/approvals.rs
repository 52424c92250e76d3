//! Approvals: the states on the staff's page of a file, the dialog that asks, and the question as the
//! client meets it.

use maud::{Markup, html};
use portico_facts::ItemId;
use portico_kernel::{Instant, Problems, Side};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Field, Form, NoticeKind, PageHeader, PersonChoice, Row, Tone, avatar, badge,
        breadcrumb, button_form, dialog, dialog_form, empty_state, form_actions, list, list_raised, notice,
        page_header, person_choices, quiet_line, row, row_icon,
    },
};

use crate::{
    approval::{Approval, DecisionForm, Standing, that_count},
    approval_mail::replacing,
    file::File,
    store::Askable,
    visibility::Waiting,
};

/// What clients said about the version that is shown, then about earlier ones. It fetches itself
/// again when somebody answers.
pub fn states(frame: &Frame, file: &File, all: &[(Approval, String)], zone: &str) -> Markup {
    let text = frame.text;
    let own = super::href(Side::Staff, file.id());
    let requests: Vec<Approval> = all.iter().map(|(approval, _)| approval.clone()).collect();
    let current = that_count(&requests, file.content.sha256());
    let is_current = |approval: &Approval| current.iter().any(|each| each.id == approval.id);
    let earlier = |approval: &Approval| {
        !is_current(approval) && matches!(approval.standing(), Standing::Approved | Standing::Declined)
    };
    let rows = all.iter().filter(|(approval, _)| is_current(approval));
    let rows: Vec<_> = rows.chain(all.iter().filter(|(approval, _)| earlier(approval))).collect();
    html! {
        section.section id="approvals" data-live-topic="approval" data-live-href={ (own) "/approvals" } {
            header.section-header {
                h2 { (text.say("files-approval")) }
                div.section-actions {
                    (Button::secondary(text.say("files-approval-ask")).icon("check").dialog(format!("{own}/approvals/new")))
                }
            }
            @if rows.is_empty() {
                (quiet_line("check-circle", &text.say("files-approval-nobody-asked")))
            } @else {
                (list(html! { @for (approval, name) in &rows { (state_row(frame, approval, name, zone)) } }))
            }
        }
    }
}

fn state_row(frame: &Frame, approval: &Approval, name: &str, zone: &str) -> Markup {
    let text = frame.text;
    let withdrawal = format!("/staff/approvals/{}/withdrawal", approval.id);
    row(&Row {
        id: Some(format!("approval-{}", approval.id)),
        lead: Some(avatar(name)),
        name,
        detail: Some(html! {
            (super::versions::numbered(text, approval.number)) " · " (said(text, approval, zone))
            @if !approval.reason.is_empty() { q.file-reason { (approval.reason) } }
        }),
        meta: Some(standing(text, approval.standing())),
        actions: (approval.standing() == Standing::Waiting).then(|| {
            let button = Button::quiet(text.say("files-approval-withdraw")).small();
            let button = button.described_by(format!("approval-{}", approval.id));
            button_form(&frame.form_token, &withdrawal, button)
        }),
        ..Row::default()
    })
}

/// When, and from where.
fn said(text: Text, approval: &Approval, zone: &str) -> String {
    let moment = |at: Instant| text.moment(at.in_zone(zone));
    match (approval.decided_at, &approval.decided_from) {
        (Some(at), Some(address)) => text.say_with(
            "files-approval-said-from",
            &[("when", moment(at).into()), ("address", address.into())],
        ),
        (Some(at), None) => moment(at),
        (None, _) => text.say_with("files-approval-asked-on", &[("when", moment(approval.asked_at).into())]),
    }
}

fn standing(text: Text, standing: Standing) -> Markup {
    let (tone, key) = match standing {
        Standing::Waiting => (Tone::Waiting, "files-approval-waiting"),
        Standing::Approved => (Tone::Good, "files-approval-approved"),
        Standing::Declined => (Tone::Bad, "files-approval-declined"),
        Standing::Withdrawn => (Tone::Neutral, "files-approval-withdrawn"),
    };
    badge(tone, &text.say(key))
}

/// Who is asked: clients who have the portal.
pub fn ask_dialog(
    frame: &Frame,
    file: &File,
    people: &[Askable],
    all: &[(Approval, String)],
    problems: &Problems,
) -> Markup {
    let text = frame.text;
    let back = super::href(Side::Staff, file.id());
    let requests: Vec<Approval> = all.iter().map(|(approval, _)| approval.clone()).collect();
    let asked = that_count(&requests, file.content.sha256());
    let values: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    let choices: Vec<PersonChoice> = people
        .iter()
        .zip(&values)
        .map(|(person, value)| PersonChoice {
            value,
            person_name: &person.name,
            email: &person.email,
            checked: Checked::No,
            state: asked
                .iter()
                .find(|each| each.person == person.id)
                .map(|each| standing(text, each.standing())),
        })
        .collect();
    let error = problems.of("person").map(|key| text.say(key));
    let body = html! {
        p { (text.say_with("files-approval-ask-about", &[("name", file.name().into())])) }
        (person_choices(&text.say("files-approval-people"), "person", &choices, error.as_deref()))
    };
    let title = text.say("files-approval-ask");
    if people.is_empty() {
        return dialog(
            text,
            &title,
            &back,
            empty_state("share", &text.say("files-approval-not-shared"), None),
        );
    }
    let submit = Button::primary(text.say("files-approval-send")).icon("send");
    let action = format!("{back}/approvals");
    dialog(text, &title, &back, dialog_form(text, &frame.form_token, &action, &back, submit, body))
}

/// What a client is asked.
pub struct Asked<'a> {
    pub current: &'a Approval,
    pub sender: Option<&'a str>,
    /// The latest about other bytes.
    pub replaces: Option<&'a Approval>,
    pub zone: &'a str,
}

/// On the client's page of a file.
pub fn question(frame: &Frame, asked: &Asked, form: &DecisionForm, problems: &Problems) -> Markup {
    let (text, current) = (frame.text, asked.current);
    let moment = |at: Option<Instant>| at.map(|at| text.moment(at.in_zone(asked.zone))).unwrap_or_default();
    let decided = [("when", moment(current.decided_at).into())];
    match current.standing() {
        Standing::Approved => {
            notice(NoticeKind::Good, &text.say_with("files-approval-you-approved", &decided))
        }
        Standing::Declined => notice(
            NoticeKind::Warning,
            &text.say_with(
                "files-approval-you-declined",
                &[("when", moment(current.decided_at).into()), ("reason", current.reason.as_str().into())],
            ),
        ),
        Standing::Withdrawn => Markup::default(),
        Standing::Waiting => decision_form(frame, asked, form, problems),
    }
}

fn decision_form(frame: &Frame, asked: &Asked, form: &DecisionForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let sender = asked.sender.unwrap_or(&frame.organization.name);
    let action = format!("/approvals/{}/decision", asked.current.id);
    let error = problems.of("reason").map(|key| text.say(key));
    html! {
        section.card.file-question id="approval" {
            h2 { (text.say_with("files-approval-question", &[("sender", sender.into())])) }
            @if let Some(earlier) = asked.replaces {
                p { (replacing(text, asked.current.number, earlier.number, earlier.standing())) }
            }
            (Form::post(&frame.form_token, &action).replaces("#approval").body(html! {
                (Field::area("reason", text.say("files-approval-reason")).rows(2)
                    .value(form.reason.as_str()).hint(text.say("files-approval-reason-hint")).error(error))
                (form_actions(html! {
                    (Button::primary(text.say("files-approval-approve")).icon("check").value("decision", "approve"))
                    (Button::secondary(text.say("files-approval-decline")).value("decision", "decline"))
                }))
            }))
        }
    }
}

/// The question by itself, after an answer that could not be taken.
pub fn question_page(text: Text, file: &File, question: Markup) -> Markup {
    let own = super::href(Side::Client, file.id());
    html! {
        (page_header(&PageHeader {
            title: file.name(),
            breadcrumb: Some(breadcrumb(text, &[(&own, file.name())])),
            ..PageHeader::default()
        }))
        (question)
    }
}

/// "Waiting for you" on a client's home.
pub fn waiting(text: Text, waiting: &[Waiting], ago: impl Fn(Instant) -> String) -> Markup {
    list_raised(html! {
        @for each in waiting {
            @let href = super::href(Side::Client, each.item);
            (row(&Row {
                lead: Some(row_icon("check-circle")),
                name: &text.say_with("files-approval-waits", &[("name", each.name.as_str().into())]),
                detail: Some(html! {
                    (each.portal) " · " (text.say_with("files-approval-asked-when", &[("when", ago(each.asked_at).into())]))
                }),
                actions: Some(html! { (Button::primary(text.say("files-approval-look")).small().href(href)) }),
                ..Row::default()
            }))
        }
    })
}

pub fn href_of_states(item: ItemId) -> String {
    format!("{}#approvals", super::href(Side::Staff, item))
}
