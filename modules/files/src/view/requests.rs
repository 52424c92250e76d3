//! File requests for staff: the page of one, and the lines about it elsewhere.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{FileRequestId, PortalId, VersionId};
use portico_kernel::{Instant, Side};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Field, Form, PageHeader, Row, Tone, badge, breadcrumb, button_form, list, page_header,
        progress, row, row_icon, section_with_id,
    },
};

use super::{href, portal_href};
use crate::{
    prepared::Prepared,
    request::{Request, Turn},
    request_slot::{Need, Slot, SlotState},
};

/// A reader's words and the organization's clocks.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub frame: &'a Frame,
    pub zone: &'a str,
    pub now: Instant,
}

impl Reading<'_> {
    pub fn text(&self) -> Text {
        self.frame.text
    }

    pub fn today(&self) -> Date {
        self.now.in_zone(self.zone).date()
    }

    fn ago(&self, then: Instant) -> String {
        self.text().ago(then.in_zone(self.zone), self.now.in_zone(self.zone))
    }
}

pub fn address(request: FileRequestId) -> String {
    format!("/staff/requests/{request}")
}

/// What was wrong with a form on the page of a request, and what was typed into it.
#[derive(Clone, Default)]
pub enum Wrong {
    #[default]
    Nothing,
    DueDate(String, &'static str),
    Reason(VersionId, String, &'static str),
}

/// Everything on the page of a request; it fetches itself again when something about it happens.
pub fn request_page(reading: &Reading, request: &Request, wrong: &Wrong) -> Markup {
    let (text, frame) = (reading.text(), reading.frame);
    let portal = portal_href(frame, Side::Staff, request.portal);
    let above: Vec<_> = portal.iter().map(|href| (href.as_str(), request.portal_name.as_str())).collect();
    html! {
        div.request.stack id="request" data-live-topic={ "request:" (request.id) " item" }
            data-live-href=(address(request.id)) {
            (page_header(&PageHeader {
                title: &request.title,
                breadcrumb: Some(breadcrumb(text, &above)),
                detail: Some(html! {
                    span { (text.say_with("files-request-from", &[("name", request.person_name.as_str().into())])) }
                    span { (due(text, reading.today(), request)) }
                    (standing(text, request))
                }),
                actions: (request.turn() != Turn::Nobody).then(|| actions(frame, request)),
            }))
            (filled(text, request))
            @if !request.message.is_empty() { p.request-message { (request.message) } }
            (list(html! { @for slot in &request.slots { (slot_row(reading, request, slot, wrong)) } }))
            @if request.turn() != Turn::Nobody { (due_form(frame, request, wrong)) }
        }
    }
}

pub fn due(text: Text, today: Date, request: &Request) -> String {
    let key = match request.is_late(today) {
        true => "files-request-was-by",
        false => "files-request-by",
    };
    text.say_with(key, &[("date", text.date(request.due_on).into())])
}

/// "2 of 5", as a bar and in words.
pub fn filled(text: Text, request: &Request) -> Markup {
    let (done, of) = request.progress();
    progress(&progress_words(text, request), done as u64, Some(of as u64))
}

pub fn progress_words(text: Text, request: &Request) -> String {
    let (done, of) = request.progress();
    text.say_with("files-request-progress", &[("done", done.into()), ("of", of.into())])
}

fn standing(text: Text, request: &Request) -> Markup {
    html! {
        @if request.withdrawn_at.is_some() {
            (badge(Tone::Neutral, &text.say("files-request-withdrawn")))
        } @else if request.completed_at.is_some() {
            (badge(Tone::Good, &text.say("files-request-complete")))
        } @else if request.to_look_at() > 0 {
            (to_look_at(text, request))
        }
    }
}

fn actions(frame: &Frame, request: &Request) -> Markup {
    let (text, here) = (frame.text, address(request.id));
    html! {
        @if request.turn() == Turn::Client {
            (button_form(&frame.form_token, &format!("{here}/reminder"),
                Button::secondary(text.say("files-request-remind")).icon("mail")))
        }
        (button_form(&frame.form_token, &format!("{here}/withdrawal"), Button::quiet(text.say("files-request-withdraw"))))
    }
}

fn due_form(frame: &Frame, request: &Request, wrong: &Wrong) -> Markup {
    let text = frame.text;
    let (typed, error) = match wrong {
        Wrong::DueDate(typed, key) => (typed.clone(), Some(text.say(key))),
        _ => (request.due_on.to_string(), None),
    };
    let form = Form::post(&frame.form_token, &format!("{}/date", address(request.id))).row().body(html! {
        (Field::date("due_on", text.say("files-request-due")).value(typed).required().error(error))
        (Button::secondary(text.say("files-request-save-date")))
    });
    html! { div.request-due { (form) } }
}

fn slot_row(reading: &Reading, request: &Request, slot: &Slot, wrong: &Wrong) -> Markup {
    let (frame, text) = (reading.frame, reading.text());
    let file = slot.file.as_ref();
    let file_href = file.map(|file| href(Side::Staff, file.item));
    let open = request.turn() != Turn::Nobody && slot.state() != SlotState::Accepted;
    row(&Row {
        id: Some(format!("slot-{}", slot.id)),
        lead: Some(row_icon(slot_icon(slot.state()))),
        name: &slot.title,
        detail: Some(html! {
            (about(text, slot))
            @if let (Some(file), Some(href)) = (file, &file_href) { p.slot-file { a href=(href) { (file.name) } " · " (reading.ago(file.sent_at)) } }
            @if let (SlotState::AskedAgain, Some(reason)) = (slot.state(), &slot.reason) {
                p.slot-reason { (text.say_with("files-slot-reason-was", &[("reason", reason.as_str().into())])) }
            }
            @if let (true, Some(file)) = (open, file) { (looked_at(frame, request, slot, file.version, wrong)) }
        }),
        meta: Some(slot_state(text, slot.state())),
        ..Row::default()
    })
}

/// The hint, and whether the file may be missing.
pub fn about(text: Text, slot: &Slot) -> Markup {
    html! {
        @if !slot.hint.is_empty() { span { (slot.hint) } }
        @if !slot.hint.is_empty() && slot.need == Need::Optional { " · " }
        @if slot.need == Need::Optional { span { (text.say("files-slot-optional")) } }
    }
}

pub fn slot_icon(state: SlotState) -> &'static str {
    match state {
        SlotState::Wanted => "file",
        SlotState::Sent => "file-text",
        SlotState::AskedAgain => "undo",
        SlotState::Accepted => "check-circle",
    }
}

fn slot_state(text: Text, state: SlotState) -> Markup {
    let (tone, key) = match state {
        SlotState::Wanted => (Tone::Neutral, "files-slot-wanted"),
        SlotState::Sent => (Tone::Waiting, "files-slot-sent"),
        SlotState::AskedAgain => (Tone::Bad, "files-slot-again"),
        SlotState::Accepted => (Tone::Good, "files-slot-taken"),
    };
    badge(tone, &text.say(key))
}

/// What staff can say about a file: that it will do, or what is wrong with it.
fn looked_at(frame: &Frame, request: &Request, slot: &Slot, version: VersionId, wrong: &Wrong) -> Markup {
    let (text, token) = (frame.text, frame.form_token.as_str());
    let file = format!("{}/versions/{version}", address(request.id));
    let named = format!("slot-{}", slot.id);
    let (typed, error) = match wrong {
        Wrong::Reason(of, typed, key) if *of == version => (typed.as_str(), Some(text.say(key))),
        _ => ("", None),
    };
    html! {
        div.slot-actions {
            (Form::post(token, &format!("{file}/acceptance")).inline().replaces("#request").body(html! {
                (Button::secondary(text.say("files-slot-accept")).icon("check").small().described_by(&named))
            }))
            details.slot-again open[error.is_some()] {
                summary aria-describedby=(named) { (text.say("files-slot-ask-again")) }
                (Form::post(token, &format!("{file}/return")).replaces("#request").body(html! {
                    (Field::area("reason", text.say("files-slot-reason")).id(format!("reason-{version}")).rows(2).required().value(typed)
                        .hint(text.say_with("files-slot-reason-hint", &[("name", request.person_name.as_str().into())]))
                        .error(error))
                    (Button::primary(text.say("files-slot-ask-again")).small())
                }))
            }
        }
    }
}

/// Beside a portal. Hidden while there is none, so that the first one can appear by itself.
pub fn requests_panel(reading: &Reading, portal: PortalId, requests: &[Request]) -> Markup {
    let text = reading.text();
    html! {
        div id="requests" data-live-topic="request" data-live-href={ "/staff/portals/" (portal) "/requests" }
            hidden[requests.is_empty()] {
            (section_with_id(None, &text.say("files-requests"), Markup::default(), list(html! {
                @for request in requests { (request_row(reading, request, &request.person_name)) }
            })))
        }
    }
}

/// On the staff's home page: whom we wait for since when, and what has come.
pub fn requests_at_home(reading: &Reading, requests: &[Request]) -> Markup {
    let text = reading.text();
    section_with_id(
        None,
        &text.say("files-requests-waiting"),
        Markup::default(),
        list(html! {
            @for request in requests {
                @let who = format!("{} · {}", request.person_name, request.portal_name);
                (request_row(reading, request, &who))
            }
        }),
    )
}

/// What a template brought, each with the form that asks somebody for it. Hidden when there is none, so that it can come
/// back.
pub fn prepared_panel(frame: &Frame, portal: PortalId, prepared: &[Prepared]) -> Markup {
    let text = frame.text;
    html! {
        div id="prepared-requests" hidden[prepared.is_empty()] {
            (section_with_id(None, &text.say("files-prepared"), Markup::default(), html! {
                p.field-hint { (text.say("files-prepared-about")) }
                (list(html! { @for each in prepared { (prepared_row(frame, portal, each)) } }))
            }))
        }
    }
}

fn prepared_row(frame: &Frame, portal: PortalId, prepared: &Prepared) -> Markup {
    let (text, id) = (frame.text, format!("prepared-{}", prepared.id));
    let ask = format!("/staff/portals/{portal}/requests/new?prepared={}", prepared.id);
    let removal = format!("/staff/prepared-requests/{}/removal", prepared.id);
    row(&Row {
        lead: Some(row_icon("file-text")),
        name: &prepared.request.title,
        actions: Some(html! {
            (Button::secondary(text.say("files-prepared-ask")).small().dialog(ask).described_by(&id))
            (Form::post(&frame.form_token, &removal).inline().replaces("#prepared-requests").body(html! {
                (Button::quiet(text.say("files-prepared-remove")).icon("trash").small().described_by(&id))
            }))
        }),
        id: Some(id.clone()),
        ..Row::default()
    })
}

fn request_row(reading: &Reading, request: &Request, who: &str) -> Markup {
    let text = reading.text();
    row(&Row {
        lead: Some(row_icon(if request.completed_at.is_some() { "check-circle" } else { "file-text" })),
        name: &request.title,
        href: Some(&address(request.id)),
        detail: Some(html! {
            p { (who) " · " (whose_turn(reading, request)) }
            @if request.to_look_at() > 0 { p { (to_look_at(text, request)) } }
        }),
        meta: Some(html! { (progress_words(text, request)) }),
        ..Row::default()
    })
}

fn whose_turn(reading: &Reading, request: &Request) -> Markup {
    let text = reading.text();
    let asked = [("when", reading.ago(request.created_at).into())];
    html! {
        @match request.turn() {
            Turn::Nobody => (text.say("files-request-complete")),
            Turn::Client | Turn::Staff => {
                (text.say_with("files-request-waits-since", &asked)) " · " (due(text, reading.today(), request))
            }
        }
    }
}

fn to_look_at(text: Text, request: &Request) -> Markup {
    let count = [("count", request.to_look_at().into())];
    badge(Tone::Waiting, &text.say_with("files-request-to-look-at", &count))
}
