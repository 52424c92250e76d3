use maud::{Markup, html};
use portico_facts::EventKind;
use portico_kernel::Instant;
use portico_ui::{
    Frame,
    components::{
        Button, PageHeader, badge_accent, button_form, empty_state, form_actions, list, page_header, row,
        row_icon,
    },
};

use crate::{
    happening::{Places, STAFF, TOPIC},
    store::Line,
};

/// The organization's clocks.
pub struct Clock<'a> {
    pub zone: &'a str,
    pub now: Instant,
}

pub struct Shown<'a> {
    pub frame: &'a Frame,
    pub places: Places,
    pub lines: &'a [Line],
    /// Below which line older ones follow.
    pub older: Option<i64>,
    /// Of this page.
    pub before: i64,
    pub clock: Clock<'a>,
}

pub fn page(shown: &Shown) -> Markup {
    let text = shown.frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("notifications-notifications"),
            actions: Some(html! {
                (Button::quiet(text.say("notifications-choices")).icon("mail").href(shown.places.choices))
                (button_form(&shown.frame.form_token, shown.places.reading,
                    Button::secondary(text.say("notifications-mark-all")).icon("check")))
            }),
            ..PageHeader::default()
        }))
        (lines(shown))
    }
}

/// Fetches itself again when something is added or read.
pub fn lines(shown: &Shown) -> Markup {
    let (text, list_address) = (shown.frame.text, shown.places.list);
    let here = match shown.before {
        i64::MAX => list_address.to_owned(),
        before => format!("{list_address}?before={before}"),
    };
    html! {
        div.notifications id="notifications" data-live-topic=(TOPIC) data-live-href=(here) {
            @if shown.lines.is_empty() {
                (empty_state("bell", &text.say(empty_words(shown.places)), None))
            } @else {
                (list(html! { @for line in shown.lines { (line_row(shown, line)) } }))
            }
            @if let Some(last) = shown.older {
                (form_actions(html! {
                    (Button::secondary(text.say("notifications-older")).href(format!("{list_address}?before={last}")))
                }))
            }
        }
    }
}

fn is_of_staff(places: Places) -> bool {
    places.list == STAFF.list
}

fn empty_words(places: Places) -> &'static str {
    if is_of_staff(places) { "notifications-empty-staff" } else { "notifications-empty-client" }
}

fn line_row(shown: &Shown, line: &Line) -> Markup {
    let text = shown.frame.text;
    let (words, icon) = words(shown.places, line);
    let names = [
        ("portal", line.portal.clone().unwrap_or_default().into()),
        ("person", line.actor.clone().unwrap_or_default().into()),
    ];
    let words = text.say_with(words, &names);
    let ago = text.ago(line.row.at.in_zone(shown.clock.zone), shown.clock.now.in_zone(shown.clock.zone));
    row(&portico_ui::components::Row {
        lead: Some(row_icon(icon)),
        name: name(line).unwrap_or(&words),
        href: address(shown, line).as_deref(),
        detail: name(line).map(|_| html! { (words) }),
        meta: Some(html! {
            @if line.row.read_at.is_none() { (badge_accent(&text.say("notifications-new"))) " " }
            (ago)
        }),
        ..portico_ui::components::Row::default()
    })
}

/// What the line is called; of a portal its name, of a person theirs.
fn name(line: &Line) -> Option<&str> {
    if is(line, EventKind::GRANT_GIVEN) {
        return line.portal.as_deref();
    }
    if is(line, EventKind::PERSON_JOINED) {
        return line.actor.as_deref();
    }
    line.about.as_deref()
}

fn is(line: &Line, kind: EventKind) -> bool {
    line.row.kind == kind.name()
}

/// The key of what is said, and an icon.
fn words(places: Places, line: &Line) -> (&'static str, &'static str) {
    let all = [
        (EventKind::GRANT_GIVEN, "notifications-portal-shared", "portal"),
        (EventKind::ITEM_VERSION_ADDED, "notifications-version-added", "history"),
        (EventKind::APPROVAL_ASKED, "notifications-approval-asked", "check-circle"),
        (EventKind::APPROVAL_GIVEN, "notifications-approval-given", "check-circle"),
        (EventKind::APPROVAL_DECLINED, "notifications-approval-declined", "alert"),
        (EventKind::REQUEST_ADDED, "notifications-request-added", "upload"),
        (EventKind::INVOICE_SENT, "notifications-invoice-sent", "billing"),
        (EventKind::QUOTE_SENT, "notifications-quote-sent", "billing"),
        (EventKind::QUOTE_ACCEPTED, "notifications-quote-accepted", "billing"),
        (EventKind::QUOTE_DECLINED, "notifications-quote-declined", "billing"),
        (EventKind::PERSON_JOINED, "notifications-person-joined", "person"),
    ];
    let found = all.into_iter().find(|(kind, ..)| is(line, *kind));
    let of_items = match is_of_staff(places) {
        true => ("notifications-item-sent", "file"),
        false => ("notifications-item-added", "file"),
    };
    found.map_or(of_items, |(_, words, icon)| (words, icon))
}

/// Where it is, if the module that shows it is there.
fn address(shown: &Shown, line: &Line) -> Option<String> {
    let (frame, row) = (shown.frame, &line.row);
    let side = if is_of_staff(shown.places) { "/staff" } else { "" };
    let at = |noun: &str, id: String| frame.address(&format!("{side}/{noun}/"), id);
    let portal = || row.portal.and_then(|portal| at("portals", portal.to_string()));
    if let Some(item) = row.item {
        let noun = match line.item_kind.as_deref() {
            Some("file") => "files",
            Some("note") => "notes",
            Some("embed") => "embeds",
            _ => return portal(),
        };
        return at(noun, item.to_string()).or_else(portal);
    }
    match row.kind.split('.').next() {
        Some("invoice") => at("invoices", row.subject.to_string()),
        Some("quote") => at("quotes", row.subject.to_string()),
        Some("request") => at("requests", row.subject.to_string()),
        Some("person") => at("clients", row.subject.to_string()),
        _ => portal(),
    }
}
