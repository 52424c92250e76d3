//! What those who are in a room read and write there: the same handlers for staff and clients, each at addresses of their
//! own.

use poem::{
    Body, Request, handler,
    web::{Path, Query},
};
use portico_facts::{MessageId, RoomId};
use portico_kernel::{Answer, Client, Core, Form, Member, Partial, Problems, Result, Side, Staff, Telling};
use portico_ui::{Frame, Markup, html};

use super::{ReadUpTo, Sought, after_dialog, staff::LISTED};
use crate::{
    conversation::Where,
    message::{MessageForm, NewMessage},
    receiving::Receiving,
    room::may_manage,
    store::{self, EnteredRoom},
    view::{
        Reading, dialogs, latest_address,
        lists::conversation_list,
        message_address,
        rooms::room_header,
        thread::{self as view, Composing, Looking, Shown},
    },
};

#[handler]
pub async fn show(
    member: Member,
    partial: Partial,
    Path(room): Path<RoomId>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    let looking = sought.looking();
    match partial {
        Partial::Fragment => Ok(Answer::fragment(thread(&member, room, looking).await?)),
        Partial::Page => page(&member, room, looking, Composing::on(member.registry())).await,
    }
}

async fn thread(member: &Member, room: RoomId, looking: Looking) -> Result<Markup> {
    let (side, frame) = (member.side(), member.frame());
    member
        .read(move |tx| {
            let entered = store::entered_room(tx, side, room)?;
            let thread = store::room_thread(tx, side, &entered, looking.around)?;
            Ok(view::thread(&Reading::of(tx, &frame), side, &thread, &looking))
        })
        .await
}

async fn page(member: &Member, room: RoomId, looking: Looking, composing: Composing) -> Result<Answer> {
    match member {
        Member::Staff(staff) => staff_page(staff, room, looking, composing).await,
        Member::Client(client) => client_page(client, room, looking, composing).await,
    }
}

/// The list beside it where there is room.
async fn staff_page(staff: &Staff, room: RoomId, looking: Looking, composing: Composing) -> Result<Answer> {
    let (side, frame, person) = (Side::Staff, staff.frame(), staff.person().clone());
    staff
        .read(move |tx| {
            let entered = store::entered_room(tx, side, room)?;
            let lines = store::conversations(tx, LISTED)?;
            let conversation = conversation_in(tx, &frame, side, &entered, &looking, &composing)?;
            let reading = Reading::of(tx, &frame);
            let open = lines.iter().find(|line| line.place == Where::Room(room)).map(|line| line.id);
            let manages = may_manage(person.role, entered.row.made_by == person.id, true);
            let body = html! {
                div.conversation-page {
                    (conversation_list(&reading, side, &lines, open))
                    div.conversation-beside {
                        (room_header(&reading, side, &entered, manages))
                        (conversation)
                    }
                }
            };
            Ok(Answer::page(portico_ui::staff_page(&frame, &entered.row.name, body)))
        })
        .await
}

async fn client_page(
    client: &Client,
    room: RoomId,
    looking: Looking,
    composing: Composing,
) -> Result<Answer> {
    let (side, frame) = (Side::Client, client.frame());
    client
        .read(move |tx| {
            let entered = store::entered_room(tx, side, room)?;
            let conversation = conversation_in(tx, &frame, side, &entered, &looking, &composing)?;
            let body = html! {
                (room_header(&Reading::of(tx, &frame), side, &entered, false))
                (conversation)
            };
            Ok(Answer::page(portico_ui::client_page(&frame, &entered.row.name, body)))
        })
        .await
}

fn conversation_in(
    tx: &mut Core,
    frame: &Frame,
    side: Side,
    entered: &EnteredRoom,
    looking: &Looking,
    composing: &Composing,
) -> Result<Markup> {
    let thread = store::room_thread(tx, side, entered, looking.around)?;
    let shown = Shown { side, thread: &thread, looking, composing };
    Ok(view::conversation(&Reading::of(tx, frame), &shown))
}

/// The conversation alone, as an answer to what was written.
async fn conversation(member: &Member, room: RoomId, composing: Composing) -> Result<Answer> {
    let (side, frame) = (member.side(), member.frame());
    let conversation = member.read(move |tx| {
        let entered = store::entered_room(tx, side, room)?;
        conversation_in(tx, &frame, side, &entered, &Looking::default(), &composing)
    });
    Ok(Answer::fragment(conversation.await?))
}

#[handler]
pub async fn write(
    member: Member,
    partial: Partial,
    Path(room): Path<RoomId>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let side = member.side();
    let receiving = Receiving::begin(req, body).await?;
    member.read(move |tx| store::open_room(tx, side, room).map(drop)).await?;
    let (kernel, organization) = (member.kernel(), member.organization().id);
    let received = receiving.take(kernel, organization).await?;
    let words = match received.parse() {
        Ok(words) => words,
        Err(problems) => {
            received.forget(kernel, organization).await;
            return refused(&member, partial, room, received.form, problems).await;
        }
    };
    let new = NewMessage { files: received.kept(), ..NewMessage::of(words) };
    let sent = member.write(move |tx| {
        let entered = store::open_room(tx, side, room)?;
        store::send_to_room(tx, &entered, &new)
    });
    let sent = sent.await;
    if sent.is_err() {
        received.forget(kernel, organization).await;
    }
    sent?;
    match partial {
        Partial::Fragment => conversation(&member, room, Composing::next(member.registry())).await,
        Partial::Page => Ok(Answer::go(partial, &latest_address(side, room))),
    }
}

async fn refused(
    member: &Member,
    partial: Partial,
    room: RoomId,
    input: MessageForm,
    problems: Problems,
) -> Result<Answer> {
    let composing = Composing::again(member.registry(), input, problems);
    Ok(match partial {
        Partial::Fragment => conversation(member, room, composing).await?.invalid(),
        Partial::Page => page(member, room, Looking::default(), composing).await?.invalid(),
    })
}

#[handler]
pub async fn record_reading(
    staff: Staff,
    partial: Partial,
    Path(room): Path<RoomId>,
    Form(ReadUpTo { number }): Form<ReadUpTo>,
) -> Result<Answer> {
    staff
        .write(move |tx| {
            let entered = store::entered_room(tx, Side::Staff, room)?;
            store::record_room_reading(tx, &entered, number)
        })
        .await?;
    Ok(Answer::told(partial, &latest_address(Side::Staff, room)))
}

/// The room's page tells how far it was read.
#[handler]
pub async fn record_reading_of_client(
    Telling(client): Telling<Client>,
    partial: Partial,
    Path(room): Path<RoomId>,
    Form(ReadUpTo { number }): Form<ReadUpTo>,
) -> Result<Answer> {
    client
        .write_in_passing(move |tx| {
            let entered = store::entered_room(tx, Side::Client, room)?;
            store::record_room_reading(tx, &entered, number)
        })
        .await?;
    Ok(Answer::told(partial, &latest_address(Side::Client, room)))
}

type MessagePath = Path<(RoomId, MessageId)>;

#[handler]
pub async fn edit(member: Member, partial: Partial, Path((room, message)): MessagePath) -> Result<Answer> {
    let input = MessageForm { message: own_words(&member, room, message).await? };
    let dialog =
        dialogs::edit_dialog(&member.frame(), member.side(), room, message, &input, &Problems::default());
    Ok(dialog_answer(&member, partial, "messages-edit-title", dialog))
}

async fn own_words(member: &Member, room: RoomId, message: MessageId) -> Result<String> {
    let side = member.side();
    member
        .read(move |tx| {
            let entered = store::entered_room(tx, side, room)?;
            store::own_words_in_room(tx, &entered, message)
        })
        .await
}

/// A dialog by itself for `dialog.js`, or a page around it.
fn dialog_answer(member: &Member, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => member.page(&member.frame().text.say(title), dialog),
    }
}

#[handler]
pub async fn change(
    member: Member,
    partial: Partial,
    Path((room, message)): MessagePath,
    Form(input): Form<MessageForm>,
) -> Result<Answer> {
    let side = member.side();
    match input.parse() {
        Ok(words) => {
            member
                .write(move |tx| {
                    let entered = store::open_room(tx, side, room)?;
                    store::change_in_room(tx, &entered, message, &words)
                })
                .await?;
            changed(&member, partial, room, message).await
        }
        Err(problems) => {
            own_words(&member, room, message).await?;
            let dialog = dialogs::edit_dialog(&member.frame(), side, room, message, &input, &problems);
            Ok(dialog_answer(&member, partial, "messages-edit-title", dialog).invalid())
        }
    }
}

async fn changed(member: &Member, partial: Partial, room: RoomId, message: MessageId) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(after_dialog(thread(member, room, Looking::at(message)).await?)),
        Partial::Page => Ok(Answer::go(partial, &message_address(member.side(), room, message))),
    }
}

#[handler]
pub async fn ask_deletion(
    member: Member,
    partial: Partial,
    Path((room, message)): MessagePath,
) -> Result<Answer> {
    let words = own_words(&member, room, message).await?;
    let dialog = dialogs::deletion_dialog(&member.frame(), member.side(), room, message, &words);
    Ok(dialog_answer(&member, partial, "messages-delete-title", dialog))
}

#[handler]
pub async fn delete(member: Member, partial: Partial, Path((room, message)): MessagePath) -> Result<Answer> {
    let side = member.side();
    member
        .write(move |tx| {
            let entered = store::open_room(tx, side, room)?;
            store::delete_in_room(tx, &entered, message)
        })
        .await?;
    changed(&member, partial, room, message).await
}
