//! Conversations in lists, and on the pages of portals.

use maud::{Markup, html};
use portico_facts::{ConversationId, PersonId, PortalId};
use portico_kernel::Side;
use portico_ui::{
    Text,
    components::{
        Button, PageHeader, Row, avatar, badge_accent, breadcrumb, empty_state, list, page_header, row,
        section,
    },
};

use super::{
    LATEST, Reading, TOPIC, latest_address,
    rooms::{new_room_button, other_rooms},
};
use crate::{
    conversation::Place,
    message::beginning,
    store::{Latest, Line, OtherRoom},
    visibility::Last,
};

/// Of what was written last, in characters.
const BEGINNING: usize = 120;

pub fn list_address(side: Side) -> &'static str {
    match side {
        Side::Staff => "/staff/messages",
        Side::Client => "/messages",
    }
}

/// Of the number beside the navigation's entry.
pub fn unread_address(side: Side) -> &'static str {
    match side {
        Side::Staff => "/staff/messages/unread",
        Side::Client => "/messages/unread",
    }
}

/// `others`: the rooms in which an owner or admin is not.
pub fn list_page(reading: &Reading, side: Side, lines: &[Line], others: &[OtherRoom]) -> Markup {
    let actions = match side {
        Side::Staff => new_room_button(reading.frame, None),
        Side::Client => None,
    };
    html! {
        (page_header(&PageHeader {
            title: &reading.text().say("messages-messages"),
            actions,
            ..PageHeader::default()
        }))
        (conversation_list(reading, side, lines, None))
        @if !others.is_empty() { (other_rooms(reading.text(), others)) }
    }
}

/// Fetches itself again when something is written or read. `open` is the one beside it.
pub fn conversation_list(
    reading: &Reading,
    side: Side,
    lines: &[Line],
    open: Option<ConversationId>,
) -> Markup {
    let here = match open {
        Some(open) => format!("{}?open={open}", list_address(side)),
        None => list_address(side).to_owned(),
    };
    html! {
        div.conversations id="conversations" data-live-topic=(TOPIC) data-live-href=(here) {
            @if lines.is_empty() {
                (empty_state("messages", &reading.text().say(empty(side)), None))
            } @else {
                (list(html! { @for line in lines { (conversation_row(reading, side, line, open)) } }))
            }
        }
    }
}

fn empty(side: Side) -> &'static str {
    match side {
        Side::Staff => "messages-empty-staff",
        Side::Client => "messages-empty-client",
    }
}

fn conversation_row(reading: &Reading, side: Side, line: &Line, open: Option<ConversationId>) -> Markup {
    row(&Row {
        lead: Some(avatar(&line.name)),
        name: &line.name,
        href: Some(&latest_address(side, line.place)),
        detail: Some(html! {
            @if open == Some(line.id) {
                span.conversation-open.visually-hidden { (reading.text().say("messages-open-now")) }
            }
            @if let Some(portal) = &line.about { span.conversation-portal { (portal) } }
            span.conversation-words { (latest_words(reading.text(), line)) }
        }),
        meta: Some(when(reading, line)),
        ..Row::default()
    })
}

fn latest_words(text: Text, line: &Line) -> String {
    match &line.latest {
        Latest::Nothing => text.say("messages-none").into_owned(),
        Latest::Words(author, words) => said(text, author, words),
        Latest::Deleted => text.say("messages-deleted").into_owned(),
    }
}

fn said(text: Text, author: &str, words: &str) -> String {
    let words = beginning_of(text, words);
    text.say_with("messages-said", &[("author", author.into()), ("words", words.into())])
}

/// Where there are no words there are files.
fn beginning_of(text: Text, words: &str) -> String {
    match words.is_empty() {
        true => text.say("messages-only-files").into_owned(),
        false => beginning(words, BEGINNING),
    }
}

fn when(reading: &Reading, line: &Line) -> Markup {
    html! {
        @if line.is_unread { (badge_accent(&reading.text().say("messages-new"))) " " }
        (reading.ago(line.latest_at))
    }
}

/// What staff see of a portal's conversations.
pub struct OfPortal<'a> {
    pub portal: PortalId,
    pub lines: &'a [Line],
    /// To whom they can write.
    pub holders: &'a [(PersonId, String)],
}

/// On a portal's page for staff. Hidden while there is nobody to write to, so that it can appear by itself.
pub fn staff_section(reading: &Reading, of: &OfPortal) -> Markup {
    let text = reading.text();
    let here = format!("/staff/portals/{}/messages", of.portal);
    let write = match of.holders {
        [] => None,
        [(client, _)] => Some(latest_address(Side::Staff, Place { portal: of.portal, client: *client })),
        _ => Some(here.clone()),
    };
    let button = html! {
        @if let Some(new_room) = new_room_button(reading.frame, Some(of.portal)) { (new_room) }
        @if let Some(href) = write { (Button::quiet(text.say("messages-write")).icon("messages").href(href)) }
    };
    html! {
        div id="portal-messages" data-live-topic={ (TOPIC) " grant" } data-live-href=(here)
            hidden[of.lines.is_empty() && of.holders.is_empty()] {
            (section(&text.say("messages-messages"), button, html! {
                @if of.lines.is_empty() {
                    p.messages-none { (text.say("messages-none-of-portal")) }
                } @else {
                    (list(html! { @for line in of.lines { (portal_row(reading, Side::Staff, line)) } }))
                }
            }))
        }
    }
}

/// The portal's name stands above.
fn portal_row(reading: &Reading, side: Side, line: &Line) -> Markup {
    row(&Row {
        lead: Some(avatar(&line.name)),
        name: &line.name,
        href: Some(&latest_address(side, line.place)),
        detail: Some(html! { (latest_words(reading.text(), line)) }),
        meta: Some(when(reading, line)),
        ..Row::default()
    })
}

/// Everybody to whom staff can write about a portal.
pub fn holders_page(
    reading: &Reading,
    portal: PortalId,
    name: &str,
    holders: &[(PersonId, String)],
) -> Markup {
    let text = reading.text();
    let address = |client: &PersonId| latest_address(Side::Staff, Place { portal, client: *client });
    html! {
        (page_header(&PageHeader {
            title: name,
            breadcrumb: Some(breadcrumb(text, &[(list_address(Side::Staff), &text.say("messages-messages"))])),
            detail: Some(html! { (text.say("messages-to-whom")) }),
            actions: None,
        }))
        @if holders.is_empty() {
            (empty_state("clients", &text.say("messages-nobody"), None))
        } @else {
            (list(html! {
                @for (client, name) in holders {
                    (row(&Row { lead: Some(avatar(name)), name, href: Some(&address(client)), ..Row::default() }))
                }
            }))
        }
    }
}

/// On a portal's page for its client: what was written last, and the way to write. `title`: what staff call it there.
/// The rooms that belong to the portal stand above it.
pub fn client_section(
    reading: &Reading,
    portal: PortalId,
    last: &[Last],
    rooms: &[Line],
    title: Option<&str>,
) -> Markup {
    let text = reading.text();
    let own = text.say("messages-messages");
    let here = format!("/portals/{portal}/messages");
    let label = match last.is_empty() {
        true => "messages-write",
        false => "messages-open",
    };
    let button = Button::secondary(text.say(label)).icon("messages").href(format!("{here}#{}", LATEST));
    html! {
        div id="portal-messages" data-live-topic=(TOPIC) data-live-href={ (here) "/latest" } {
            (section(title.unwrap_or(&own), html! { (button) }, html! {
                @if !rooms.is_empty() {
                    (list(html! { @for line in rooms { (portal_row(reading, Side::Client, line)) } }))
                }
                @if last.is_empty() {
                    p.messages-none { (text.say_with("messages-ask", &[("organization", reading.frame.organization.name.as_str().into())])) }
                } @else {
                    (list(html! { @for message in last.iter().rev() { (last_row(reading, message)) } }))
                }
            }))
        }
    }
}

fn last_row(reading: &Reading, (author, words, written_at, deleted_at): &Last) -> Markup {
    let words = match deleted_at {
        Some(_) => reading.text().say("messages-deleted").into_owned(),
        None => beginning_of(reading.text(), words),
    };
    row(&Row {
        lead: Some(avatar(author)),
        name: author,
        detail: Some(html! { (words) }),
        meta: Some(html! { (reading.ago(*written_at)) }),
        ..Row::default()
    })
}
