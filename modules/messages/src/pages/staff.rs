//! What staff read and write.

use poem::{
    Body, Request, handler,
    web::{Path, Query},
};
use portico_facts::{MessageId, PersonId, PortalId};
use portico_kernel::{Answer, Error, Form, Partial, Permission, Problems, Result, Side, Staff, Tx, Within};
use portico_ui::{Frame, Markup, html};
use serde::Deserialize;

use super::{ReadUpTo, Sought, after_dialog, unread_answer};
use crate::{
    conversation::Place,
    message::{MessageForm, NewMessage},
    receiving::Receiving,
    sections::BESIDE_PORTAL,
    store::{self, EnteredConversation},
    view::{
        Reading, dialogs, latest_address,
        lists::{OfPortal, conversation_list, holders_page, list_page, staff_section},
        message_address,
        thread::{self as view, Composing, Looking, Shown},
    },
};

const SIDE: Side = Side::Staff;
/// Conversations in the list: what waits stands first, whatever its age.
pub const LISTED: i64 = 100;

/// The conversation beside the list.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Open {
    open: String,
}

#[handler]
pub async fn list(
    Within(staff): Within,
    partial: Partial,
    Query(Open { open }): Query<Open>,
) -> Result<Answer> {
    let frame = staff.frame();
    let title = frame.text.say("messages-messages");
    let manages = staff.may(Permission::Manage);
    let body = staff
        .read(move |tx| {
            let lines = store::conversations(tx, LISTED)?;
            let others = if manages { store::other_rooms(tx)? } else { Vec::new() };
            let reading = Reading::of(tx, &frame);
            Ok(match partial {
                Partial::Fragment => conversation_list(&reading, SIDE, &lines, open.parse().ok()),
                Partial::Page => list_page(&reading, SIDE, &lines, &others),
            })
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => staff.page(&title, body),
    })
}

#[handler]
pub async fn unread(Within(staff): Within, partial: Partial) -> Result<Answer> {
    let unread = staff.read(store::unread_conversations).await?;
    Ok(unread_answer(partial, staff.text(), SIDE, unread))
}

/// To whom staff can write about a portal; as a fragment, what the portal's page shows of it.
#[handler]
pub async fn of_portal(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
) -> Result<Answer> {
    let frame = staff.frame();
    staff
        .read(move |tx| {
            let (name, holders) = store::holders_of_portal(tx, portal)?;
            if partial == Partial::Page {
                let body = holders_page(&Reading::of(tx, &frame), portal, &name, &holders);
                return Ok(Answer::page(portico_ui::staff_page(&frame, &name, body)));
            }
            let lines = store::conversations_of_portal(tx, portal, BESIDE_PORTAL)?;
            let of_portal = OfPortal { portal, lines: &lines, holders: &holders };
            Ok(Answer::fragment(staff_section(&Reading::of(tx, &frame), &of_portal)))
        })
        .await
}

#[handler]
pub async fn show(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client)): Path<(PortalId, PersonId)>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    let (place, looking) = (Place { portal, client }, sought.looking());
    match partial {
        Partial::Fragment => Ok(Answer::fragment(thread(&staff, place, looking).await?)),
        Partial::Page => page(&staff, place, looking, Composing::on(staff.registry())).await,
    }
}

async fn thread(staff: &Staff, place: Place, looking: Looking) -> Result<Markup> {
    let frame = staff.frame();
    staff
        .read(move |tx| {
            let entered = store::entered_conversation(tx, place)?;
            let thread = store::thread(tx, SIDE, &entered, looking.around)?;
            Ok(view::thread(&Reading::of(tx, &frame), SIDE, &thread, &looking))
        })
        .await
}

/// The list beside it where there is room.
async fn page(staff: &Staff, place: Place, looking: Looking, composing: Composing) -> Result<Answer> {
    let frame = staff.frame();
    staff
        .read(move |tx| {
            let entered = store::entered_conversation(tx, place)?;
            let lines = store::conversations(tx, LISTED)?;
            let conversation = conversation_in(tx, &frame, &entered, &looking, &composing)?;
            let reading = Reading::of(tx, &frame);
            let open = entered.conversation.map(|conversation| conversation.id);
            let body = html! {
                div.conversation-page {
                    (conversation_list(&reading, SIDE, &lines, open))
                    div.conversation-beside {
                        (view::header(&reading, SIDE, &entered))
                        (conversation)
                    }
                }
            };
            Ok(Answer::page(portico_ui::staff_page(&frame, &entered.client, body)))
        })
        .await
}

fn conversation_in(
    tx: &mut Tx,
    frame: &Frame,
    entered: &EnteredConversation,
    looking: &Looking,
    composing: &Composing,
) -> Result<Markup> {
    let thread = store::thread(tx, SIDE, entered, looking.around)?;
    let shown = Shown { side: SIDE, thread: &thread, looking, composing };
    Ok(view::conversation(&Reading::of(tx, frame), &shown))
}

/// The conversation alone, as an answer to what was written.
async fn conversation(staff: &Staff, place: Place, composing: Composing) -> Result<Answer> {
    let frame = staff.frame();
    let conversation = staff.read(move |tx| {
        let entered = store::entered_conversation(tx, place)?;
        conversation_in(tx, &frame, &entered, &Looking::default(), &composing)
    });
    Ok(Answer::fragment(conversation.await?))
}

#[handler]
pub async fn write(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client)): Path<(PortalId, PersonId)>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let place = Place { portal, client };
    let receiving = Receiving::begin(req, body).await?;
    staff.read(move |tx| store::open_conversation(tx, place)).await?;
    let (kernel, organization) = (staff.kernel(), staff.organization().id);
    let received = receiving.take(kernel, organization).await?;
    let words = match received.parse() {
        Ok(words) => words,
        Err(problems) => {
            received.forget(kernel, organization).await;
            return refused(&staff, partial, place, received.form, problems).await;
        }
    };
    let new = NewMessage { files: received.kept(), ..NewMessage::of(words) };
    let sent = staff.write(move |tx| {
        store::open_conversation(tx, place)?;
        store::send(tx, place, &new)
    });
    let sent = sent.await;
    if sent.is_err() {
        received.forget(kernel, organization).await;
    }
    sent?;
    match partial {
        Partial::Fragment => conversation(&staff, place, Composing::next(staff.registry())).await,
        Partial::Page => Ok(Answer::go(partial, &latest_address(SIDE, place))),
    }
}

async fn refused(
    staff: &Staff,
    partial: Partial,
    place: Place,
    input: MessageForm,
    problems: Problems,
) -> Result<Answer> {
    let composing = Composing::again(staff.registry(), input, problems);
    Ok(match partial {
        Partial::Fragment => conversation(staff, place, composing).await?.invalid(),
        Partial::Page => page(staff, place, Looking::default(), composing).await?.invalid(),
    })
}

/// The conversation's page tells how far it was read.
#[handler]
pub async fn record_reading(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client)): Path<(PortalId, PersonId)>,
    Form(ReadUpTo { number }): Form<ReadUpTo>,
) -> Result<Answer> {
    let place = Place { portal, client };
    staff
        .write(move |tx| {
            let conversation = store::entered_conversation(tx, place)?.conversation.ok_or(Error::NotFound)?;
            store::record_reading(tx, &conversation, number)
        })
        .await?;
    Ok(Answer::told(partial, &latest_address(SIDE, place)))
}

type MessagePath = Path<(PortalId, PersonId, MessageId)>;

#[handler]
pub async fn edit(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client, message)): MessagePath,
) -> Result<Answer> {
    let place = Place { portal, client };
    let input = MessageForm { message: own_words(&staff, place, message).await? };
    let dialog = dialogs::edit_dialog(&staff.frame(), SIDE, place, message, &input, &Problems::default());
    Ok(dialog_answer(&staff, partial, "messages-edit-title", dialog))
}

async fn own_words(staff: &Staff, place: Place, message: MessageId) -> Result<String> {
    staff
        .read(move |tx| {
            store::entered_conversation(tx, place)?;
            store::own_words(tx, place, message)
        })
        .await
}

/// A dialog by itself for `dialog.js`, or a page around it.
fn dialog_answer(staff: &Staff, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&staff.text().say(title), dialog),
    }
}

#[handler]
pub async fn change(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client, message)): MessagePath,
    Form(input): Form<MessageForm>,
) -> Result<Answer> {
    let place = Place { portal, client };
    match input.parse() {
        Ok(words) => {
            staff
                .write(move |tx| {
                    store::open_conversation(tx, place)?;
                    store::change(tx, place, message, &words)
                })
                .await?;
            changed(&staff, partial, place, message).await
        }
        Err(problems) => {
            own_words(&staff, place, message).await?;
            let dialog = dialogs::edit_dialog(&staff.frame(), SIDE, place, message, &input, &problems);
            Ok(dialog_answer(&staff, partial, "messages-edit-title", dialog).invalid())
        }
    }
}

async fn changed(staff: &Staff, partial: Partial, place: Place, message: MessageId) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(after_dialog(thread(staff, place, Looking::at(message)).await?)),
        Partial::Page => Ok(Answer::go(partial, &message_address(SIDE, place, message))),
    }
}

#[handler]
pub async fn ask_deletion(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client, message)): MessagePath,
) -> Result<Answer> {
    let place = Place { portal, client };
    let words = own_words(&staff, place, message).await?;
    let dialog = dialogs::deletion_dialog(&staff.frame(), SIDE, place, message, &words);
    Ok(dialog_answer(&staff, partial, "messages-delete-title", dialog))
}

#[handler]
pub async fn delete(
    Within(staff): Within,
    partial: Partial,
    Path((portal, client, message)): MessagePath,
) -> Result<Answer> {
    let place = Place { portal, client };
    staff
        .write(move |tx| {
            store::open_conversation(tx, place)?;
            store::delete(tx, place, message)
        })
        .await?;
    changed(&staff, partial, place, message).await
}
