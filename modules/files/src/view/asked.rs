//! File requests for the client who is asked.

use maud::{Markup, html};
use portico_facts::{FileRequestId, PortalId, RequestSlotId};
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, NoticeKind, PageHeader, Row, Tone, badge, breadcrumb, list_raised, notice, notice_with,
        page_header, quiet_line, row, row_icon, send_one_form,
    },
};

use super::{
    href, portal_href,
    requests::{Reading, about, due, filled, progress_words, slot_icon},
};
use crate::{
    refusal::Refusal,
    request::{Request, Turn},
    request_slot::{Slot, SlotState},
};

pub fn address(request: FileRequestId) -> String {
    format!("/requests/{request}")
}

pub fn slot_action(request: FileRequestId, slot: RequestSlotId) -> String {
    format!("{}/slots/{slot}/file", address(request))
}

/// Where the lines about requests stand, and what fetches them again.
#[derive(Clone, Copy)]
pub enum Lines {
    Home,
    Portal(PortalId),
}

/// "Waiting for you": one line and one button each. Hidden when there is none, so that the next one can
/// appear by itself.
pub fn waiting_lines(reading: &Reading, lines: Lines, requests: &[Request]) -> Markup {
    let (text, today) = (reading.text(), reading.today());
    let own = match lines {
        Lines::Home => "/requests".to_owned(),
        Lines::Portal(portal) => format!("/portals/{portal}/requests"),
    };
    html! {
        div.requests-waiting id="requests" data-live-topic="request" data-live-href=(own) hidden[requests.is_empty()] {
            (list_raised(html! {
                @for request in requests {
                    @let id = format!("request-{}", request.id);
                    (row(&Row {
                        lead: Some(row_icon("upload")),
                        name: &request.title,
                        href: Some(&address(request.id)),
                        detail: Some(html! {
                            span { (progress_words(text, request)) } " · " span { (due(text, today, request)) }
                            @if matches!(lines, Lines::Home) { " · " span { (request.portal_name) } }
                        }),
                        actions: Some(html! {
                            (Button::primary(text.say("files-asked-send")).small().href(address(request.id)).described_by(&id))
                        }),
                        id: Some(id.clone()),
                        ..Row::default()
                    }))
                }
            }))
        }
    }
}

/// The page of all of them.
pub fn waiting_page(reading: &Reading, requests: &[Request]) -> Markup {
    let text = reading.text();
    let organization = [("organization", reading.frame.organization.name.as_str().into())];
    html! {
        (page_header(&PageHeader {
            title: &text.say_with("files-asked-title", &organization),
            breadcrumb: Some(breadcrumb(text, &[("/", &text.say("ui-home"))])),
            ..PageHeader::default()
        }))
        @if requests.is_empty() { (quiet_line("check-circle", &text.say("files-asked-none"))) }
        (waiting_lines(reading, Lines::Home, requests))
    }
}

/// Everything on the page of a request; it fetches itself again when something about it happens.
pub fn asked_page(reading: &Reading, request: &Request) -> Markup {
    let text = reading.text();
    let home = text.say("ui-home");
    let portal = portal_href(reading.frame, Side::Client, request.portal);
    let portal = portal.iter().map(|href| (href.as_str(), request.portal_name.as_str()));
    let above: Vec<_> = std::iter::once(("/", &*home)).chain(portal).collect();
    html! {
        div.request.stack id="request" data-live-topic={ "request:" (request.id) " item" }
            data-live-href=(address(request.id)) {
            (page_header(&PageHeader {
                title: &request.title,
                breadcrumb: Some(breadcrumb(text, &above)),
                detail: Some(html! { span { (due(text, reading.today(), request)) } }),
                actions: None,
            }))
            (filled(text, request))
            (whose_turn(reading.frame, request))
            @if !request.message.is_empty() { p.request-message { (request.message) } }
            ul.slots role="list" { @for slot in &request.slots { (slot_card(reading.frame, request, slot)) } }
        }
    }
}

fn whose_turn(frame: &Frame, request: &Request) -> Markup {
    let (text, organization) = (frame.text, [("organization", frame.organization.name.as_str().into())]);
    match request.turn() {
        Turn::Client => html! {
            p.field-hint {
                (text.say_with("files-asked-for", &organization)) " " (text.say_with("files-asked-seen", &organization))
            }
        },
        Turn::Staff => notice(NoticeKind::Good, &text.say_with("files-asked-checking", &organization)),
        Turn::Nobody => notice(NoticeKind::Good, &text.say("files-asked-done")),
    }
}

fn slot_card(frame: &Frame, request: &Request, slot: &Slot) -> Markup {
    let text = frame.text;
    let title = format!("slot-{}", slot.id);
    let state = slot.state();
    let wanted = request.turn() != Turn::Nobody && state != SlotState::Accepted;
    html! {
        li.slot data-drop-zone[wanted] {
            div.slot-head {
                span.slot-icon { (row_icon(slot_icon(state))) }
                div.slot-words {
                    h2.slot-title id=(title) { (slot.title) }
                    p.field-hint { (about(text, slot)) }
                }
                (client_state(text, state))
            }
            @if let (SlotState::AskedAgain, Some(reason)) = (state, &slot.reason) {
                (notice(NoticeKind::Warning, reason))
            }
            @if let Some(file) = &slot.file { p.slot-file { a href=(href(Side::Client, file.item)) { (file.name) } } }
            @if wanted {
                (send_one_form(text, &frame.form_token, &slot_action(request.id, slot.id), "#request", &title))
                @if state == SlotState::Sent { p.field-hint { (text.say("files-slot-replace")) } }
            }
        }
    }
}

fn client_state(text: Text, state: SlotState) -> Markup {
    let (tone, key) = match state {
        SlotState::Wanted => (Tone::Neutral, "files-slot-missing"),
        SlotState::Sent => (Tone::Good, "files-slot-came"),
        SlotState::AskedAgain => (Tone::Waiting, "files-slot-again-client"),
        SlotState::Accepted => (Tone::Good, "files-slot-taken"),
    };
    badge(tone, &text.say(key))
}

/// What became of a file that was not taken, with the form to try again.
pub fn refused(frame: &Frame, request: FileRequestId, slot: RequestSlotId, refusal: &Refusal) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("ui-upload-file"),
            actions: Some(html! { (Button::secondary(text.say("files-asked-back")).href(address(request))) }),
            ..PageHeader::default()
        }))
        div.stack {
            (notice_with(NoticeKind::Error, html! { p id="refusal" { (refusal.words(text, Side::Client)) } }))
            (send_one_form(text, &frame.form_token, &slot_action(request, slot), "#refusal", "refusal"))
        }
    }
}
