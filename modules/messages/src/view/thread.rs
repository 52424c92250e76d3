//! One conversation: its messages and the form with which one writes on.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::MessageId;
use portico_kernel::{Problems, Side};
use portico_ui::{
    Frame, MarkedWords, Text,
    components::{
        Button, Field, Form, NoticeKind, PageHeader, avatar, breadcrumb, form_actions, icon, menu,
        menu_dialog, notice, page_header, token_field,
    },
    markdown::{Under, prose_with_mentions},
};

use super::{LATEST, Reading, TOPIC, lists::list_address, message_address, message_id, own_address, problem};
use crate::{
    conversation::{Standing, Where},
    day::by_day,
    file::{LARGEST, MOST, MessageFile},
    message::{Message, MessageForm},
    store::{EnteredConversation, Receipt, Thread},
};

/// The id of the messages of a conversation.
pub const THREAD: &str = "thread";

/// What is being looked at: the messages around one, with the words of a search.
#[derive(Clone, Default)]
pub struct Looking {
    pub around: Option<MessageId>,
    pub words: MarkedWords,
}

/// The form with which one writes on, as it was left.
#[derive(Default)]
pub struct Composing {
    pub input: MessageForm,
    pub problems: Problems,
    pub focus: Focus,
    pub attaching: Attaching,
}

/// Whether files can be sent: not where the module that keeps them was left out.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Attaching {
    #[default]
    Nothing,
    Files,
}

/// Where typing goes on once the fragment is in place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    AsBefore,
    /// In the form, for the next one.
    Here,
}

pub struct Shown<'a> {
    pub side: Side,
    pub thread: &'a Thread,
    pub looking: &'a Looking,
    pub composing: &'a Composing,
}

pub fn header(reading: &Reading, side: Side, entered: &EnteredConversation) -> Markup {
    let (text, frame) = (reading.text(), reading.frame);
    let (title, before) = match side {
        Side::Staff => (&entered.client, "/staff/portals/"),
        Side::Client => (&entered.portal, "/portals/"),
    };
    let portal = frame.address(before, entered.place.portal);
    html! {
        (page_header(&PageHeader {
            title,
            breadcrumb: Some(breadcrumb(text, &[(list_address(side), &text.say("messages-messages"))])),
            detail: Some(match side {
                Side::Staff => html! { a href=[portal] { (entered.portal) } },
                Side::Client => html! { a href=[portal] { (text.say("messages-to-portal")) } },
            }),
            actions: None,
        }))
    }
}

/// All of it, as an answer to what was written.
pub fn conversation(reading: &Reading, shown: &Shown) -> Markup {
    html! {
        section.conversation id="conversation" aria-label=(reading.text().say("messages-conversation")) {
            (thread(reading, shown.side, shown.thread, shown.looking))
            (composer(reading, shown))
        }
    }
}

/// The messages; fetched again when one is written, changed, deleted or read.
pub fn thread(reading: &Reading, side: Side, thread: &Thread, looking: &Looking) -> Markup {
    let (text, here) = (reading.text(), thread.place.address(side));
    let href = match looking.around {
        Some(message) => format!("{here}?at={message}"),
        None => here.clone(),
    };
    let read: Vec<_> =
        thread.receipts.iter().filter_map(|read| Some((last_read(thread, read.number)?, read))).collect();
    let days = by_day(thread.messages.iter().map(|message| reading.day(message.written_at)));
    html! {
        div.thread id=(THREAD) data-live-topic=(TOPIC) data-live-href=(href) {
            @if let (true, Some(first)) = (thread.has_earlier, thread.messages.first()) {
                p.thread-more { a href=(message_address(side, thread.place, first.id)) { (text.say("messages-earlier")) } }
            }
            @if thread.messages.is_empty() { p.messages-none { (text.say("messages-none")) } }
            ol.messages role="list" {
                @for (message, placed) in thread.messages.iter().zip(&days) {
                    @if placed.begins { (day_heading(reading, placed.day)) }
                    (message_item(reading, side, thread, message, placed.day, &looking.words))
                    @for (_, receipt) in read.iter().filter(|(number, _)| *number == message.number) {
                        li.message-receipt { (receipt_words(reading, receipt)) }
                    }
                }
            }
            @if thread.has_later {
                p.thread-more { a href={ (here) "#" (LATEST) } { (text.say("messages-later")) } }
            }
            @if let Some(number) = thread.unread { (reading_form(reading.frame, &here, number)) }
        }
    }
}

/// Above the first message of each day; what people write begins with smaller headings.
fn day_heading(reading: &Reading, day: Date) -> Markup {
    html! { li id={ "day-" (day) } { h2.thread-day { (reading.day_words(day)) } } }
}

fn receipt_words(reading: &Reading, receipt: &Receipt) -> String {
    let moment = ("moment", reading.moment(receipt.at).into());
    match &receipt.name {
        None => reading.text().say_with("messages-read", &[moment]),
        Some(name) => reading.text().say_with("messages-read-by", &[("name", name.as_str().into()), moment]),
    }
}

/// The last message of staff that a client has read, under which that is said.
fn last_read(thread: &Thread, read: i32) -> Option<i32> {
    let of_staff = |message: &&Message| message.side == Side::Staff && message.deleted_at.is_none();
    thread
        .messages
        .iter()
        .rev()
        .find(|message| of_staff(message) && message.number <= read)
        .map(|it| it.number)
}

/// Sent by the page's script when somebody looks at it, since a GET changes nothing (T6); by its button where
/// there are no scripts.
fn reading_form(frame: &Frame, here: &str, number: i32) -> Markup {
    html! {
        form.message-reading method="post" action={ (here) "/reading" } data-reading {
            (token_field(&frame.form_token))
            input type="hidden" name="number" value=(number);
            div.without-script { (Button::quiet(frame.text.say("messages-mark-read")).icon("check").small()) }
        }
    }
}

fn message_item(
    reading: &Reading,
    side: Side,
    thread: &Thread,
    message: &Message,
    day: Date,
    words: &MarkedWords,
) -> Markup {
    let text = reading.text();
    let is_own = message.author == thread.reader;
    let is_of_our_side = match thread.place {
        Where::Conversation(_) => message.side == side,
        Where::Room(_) => is_own,
    };
    let may_change = is_own && message.deleted_at.is_none() && thread.standing == Standing::Open;
    html! {
        li.message.message-ours[is_of_our_side] id=(message_id(message.id)) {
            (avatar(&message.author_name))
            div.message-body {
                header.message-head {
                    strong.message-author { (message.author_name) }
                    span.message-moment { (reading.moment_under(day, message.written_at)) }
                    @if message.edited_at.is_some() { span.message-edited { (text.say("messages-edited")) } }
                    @if may_change { (message_menu(reading, side, thread.place, message)) }
                }
                @if message.deleted_at.is_some() {
                    p.message-deleted { (text.say("messages-deleted")) }
                } @else {
                    @if !message.words.is_empty() {
                        (prose_with_mentions(&message.words, Under::SectionTitle, words, &message.mentions))
                    }
                    (files(reading, &own_address(side, thread.place, message.id), &message.files))
                }
            }
        }
    }
}

fn files(reading: &Reading, message: &str, files: &[MessageFile]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.message-files role="list" {
                @for file in files {
                    li {
                        a href={ (message) "/files/" (file.id) "/download" } { (icon("file")) span { (file.name) } }
                        span.message-file-size { (reading.text().bytes(file.size)) }
                    }
                }
            }
        }
    }
}

fn message_menu(reading: &Reading, side: Side, place: Where, message: &Message) -> Markup {
    let text = reading.text();
    let here = own_address(side, place, message.id);
    let name = text.say_with("messages-actions", &[("moment", reading.moment(message.written_at).into())]);
    menu(
        &text.say("messages-more"),
        &name,
        html! {
            (menu_dialog(&format!("{here}/edit"), Some("pencil"), &text.say("messages-edit")))
            (menu_dialog(&format!("{here}/deletion"), Some("trash"), &text.say("messages-delete")))
        },
    )
}

/// What was typed stays in the browser until it is sent (`messages.js`), under the name of whoever typed it.
fn composer(reading: &Reading, shown: &Shown) -> Markup {
    let (frame, text) = (reading.frame, reading.text());
    let here = shown.thread.place.address(shown.side);
    if shown.thread.standing == Standing::Closed {
        let why = match shown.thread.place {
            Where::Conversation(_) => "messages-closed",
            Where::Room(_) => "messages-room-closed",
        };
        return html! { div.composer id=(LATEST) { (notice(NoticeKind::Information, &text.say(why))) } };
    }
    let Composing { input, problems, focus, attaching } = shown.composing;
    let field = Field::area("message", text.say("messages-message")).rows(3).value(&input.message);
    let field = match shown.thread.place {
        Where::Conversation(_) => field,
        Where::Room(_) => field.hint(text.say("messages-room-readers")),
    };
    let field = match focus {
        Focus::Here => field.focus(),
        Focus::AsBefore => field,
    };
    let owner = frame.person.as_ref().map(|person| person.email.as_str());
    html! {
        div.composer id=(LATEST) data-draft=(here) data-owner=[owner] {
            (Form::post(&frame.form_token, &here).multipart().replaces("#conversation").body(html! {
                (field.error(problem(frame, problems, "message")))
                @if *attaching == Attaching::Files {
                    (Field::files("files", text.say("messages-files")).hint(limits(text))
                        .error(problem(frame, problems, "files")))
                }
                (form_actions(html! { (Button::primary(text.say("messages-send")).icon("send")) }))
            }))
        }
    }
}

fn limits(text: Text) -> String {
    let limits = [("most", MOST.into()), ("size", text.bytes(LARGEST).into())];
    text.say_with("messages-files-limits", &limits)
}
