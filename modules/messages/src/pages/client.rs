//! What clients read and write.

use poem::{
    Body, Request, handler,
    web::{Path, Query},
};
use portico_facts::{MessageId, PortalId};
use portico_kernel::{
    Answer, Client, ClientTx, Error, Form, Partial, Problems, Result, Side, Telling, Viewer, section_title,
};
use portico_ui::{Frame, Markup, html};

use super::{ReadUpTo, Sought, after_dialog, unread_answer};
use crate::{
    conversation::Place,
    message::{MessageForm, NewMessage},
    receiving::Receiving,
    sections::{LAST, OF_PORTAL},
    store::{self, EnteredConversation},
    view::{
        Reading, dialogs, latest_address,
        lists::{client_section, conversation_list, list_address, list_page},
        message_address,
        thread::{self as view, Composing, Looking, Shown},
    },
    visibility,
};

const SIDE: Side = Side::Client;

#[handler]
pub async fn list(client: Client, partial: Partial) -> Result<Answer> {
    let frame = client.frame();
    let title = frame.text.say("messages-messages");
    let body = client
        .read(move |tx| {
            let lines = visibility::conversations(tx)?;
            let reading = Reading::of(tx, &frame);
            Ok(match partial {
                Partial::Fragment => conversation_list(&reading, SIDE, &lines, None),
                Partial::Page => list_page(&reading, SIDE, &lines, &[]),
            })
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&title, body),
    })
}

#[handler]
pub async fn unread(client: Client, partial: Partial) -> Result<Answer> {
    let unread = client.read(visibility::unread_conversations).await?.unwrap_or(0);
    Ok(unread_answer(partial, client.text(), SIDE, unread))
}

/// What a portal's page shows of it.
#[handler]
pub async fn latest(viewer: Viewer, partial: Partial) -> Result<Answer> {
    let (portal, frame) = (viewer.portal, viewer.client.frame());
    if partial == Partial::Page {
        let page = frame.address("/portals/", portal).unwrap_or_else(|| list_address(SIDE).to_owned());
        return Ok(Answer::go(partial, &page));
    }
    let section = viewer.read(move |tx| {
        let last = visibility::last_messages(tx, portal, LAST)?;
        let title = section_title(tx, portal, OF_PORTAL)?;
        let rooms = visibility::rooms_of_portal(tx, portal)?;
        Ok(client_section(&Reading::of(tx, &frame), portal, &last, &rooms, title.as_deref()))
    });
    Ok(Answer::fragment(section.await?))
}

#[handler]
pub async fn show(viewer: Viewer, partial: Partial, Query(sought): Query<Sought>) -> Result<Answer> {
    let looking = sought.looking();
    match partial {
        Partial::Fragment => Ok(Answer::fragment(thread(&viewer, looking).await?)),
        Partial::Page => page(&viewer, looking, Composing::on(viewer.client.registry())).await,
    }
}

async fn thread(viewer: &Viewer, looking: Looking) -> Result<Markup> {
    let (portal, frame) = (viewer.portal, viewer.client.frame());
    viewer
        .read(move |tx| {
            let entered = visibility::entered_conversation(tx, portal)?;
            let thread = store::thread(tx, SIDE, &entered, looking.around)?;
            Ok(view::thread(&Reading::of(tx, &frame), SIDE, &thread, &looking))
        })
        .await
}

async fn page(viewer: &Viewer, looking: Looking, composing: Composing) -> Result<Answer> {
    let (portal, frame) = (viewer.portal, viewer.client.frame());
    let document = viewer.read(move |tx| {
        let entered = visibility::entered_conversation(tx, portal)?;
        let conversation = conversation_in(tx, &frame, &entered, &looking, &composing)?;
        let body = html! {
            (view::header(&Reading::of(tx, &frame), SIDE, &entered))
            (conversation)
        };
        Ok(portico_ui::client_page(&frame, &entered.portal, body))
    });
    Ok(Answer::page(document.await?))
}

fn conversation_in(
    tx: &mut ClientTx,
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
async fn conversation(viewer: &Viewer, composing: Composing) -> Result<Answer> {
    let (portal, frame) = (viewer.portal, viewer.client.frame());
    let conversation = viewer.read(move |tx| {
        let entered = visibility::entered_conversation(tx, portal)?;
        conversation_in(tx, &frame, &entered, &Looking::default(), &composing)
    });
    Ok(Answer::fragment(conversation.await?))
}

#[handler]
pub async fn write(
    client: Client,
    partial: Partial,
    Path(portal): Path<PortalId>,
    req: &Request,
    body: Body,
) -> Result<Answer> {
    let receiving = Receiving::begin(req, body).await?;
    let viewer = client.viewer(portal)?;
    let (kernel, organization) = (client.kernel(), client.organization().id);
    let received = receiving.take(kernel, organization).await?;
    let words = match received.parse() {
        Ok(words) => words,
        Err(problems) => {
            received.forget(kernel, organization).await;
            return refused(&viewer, partial, received.form, problems).await;
        }
    };
    let new = NewMessage { files: received.kept(), ..NewMessage::of(words) };
    let sent = viewer.write(move |tx| visibility::send(tx, portal, &new)).await;
    if sent.is_err() {
        received.forget(kernel, organization).await;
    }
    sent?;
    match partial {
        Partial::Fragment => conversation(&viewer, Composing::next(client.registry())).await,
        Partial::Page => Ok(Answer::go(partial, &latest_address(SIDE, place(&viewer)))),
    }
}

async fn refused(
    viewer: &Viewer,
    partial: Partial,
    input: MessageForm,
    problems: Problems,
) -> Result<Answer> {
    let composing = Composing::again(viewer.client.registry(), input, problems);
    Ok(match partial {
        Partial::Fragment => conversation(viewer, composing).await?.invalid(),
        Partial::Page => page(viewer, Looking::default(), composing).await?.invalid(),
    })
}

fn place(viewer: &Viewer) -> Place {
    Place { portal: viewer.portal, client: viewer.client.person().id }
}

/// The conversation's page tells how far it was read.
#[handler]
pub async fn record_reading(
    Telling(viewer): Telling,
    partial: Partial,
    Form(ReadUpTo { number }): Form<ReadUpTo>,
) -> Result<Answer> {
    let portal = viewer.portal;
    viewer
        .write_in_passing(move |tx| {
            let entered = visibility::entered_conversation(tx, portal)?;
            let conversation = entered.conversation.ok_or(Error::NotFound)?;
            store::record_reading(tx, &conversation, number)
        })
        .await?;
    Ok(Answer::told(partial, &latest_address(SIDE, place(&viewer))))
}

#[handler]
pub async fn edit(
    viewer: Viewer,
    partial: Partial,
    Path((_, message)): Path<(PortalId, MessageId)>,
) -> Result<Answer> {
    let message_form = MessageForm { message: own_words(&viewer, message).await? };
    Ok(edit_dialog(&viewer, partial, message, &message_form, &Problems::default()))
}

async fn own_words(viewer: &Viewer, message: MessageId) -> Result<String> {
    let portal = viewer.portal;
    viewer
        .read(move |tx| {
            let place = visibility::entered_conversation(tx, portal)?.place;
            store::own_words(tx, place, message)
        })
        .await
}

fn edit_dialog(
    viewer: &Viewer,
    partial: Partial,
    message: MessageId,
    input: &MessageForm,
    problems: &Problems,
) -> Answer {
    let frame = viewer.client.frame();
    let dialog = dialogs::edit_dialog(&frame, SIDE, place(viewer), message, input, problems);
    dialog_answer(viewer, partial, "messages-edit-title", dialog)
}

/// A dialog by itself for `dialog.js`, or a page around it.
fn dialog_answer(viewer: &Viewer, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => viewer.client.page(&viewer.client.text().say(title), dialog),
    }
}

#[handler]
pub async fn change(
    viewer: Viewer,
    partial: Partial,
    Path((_, message)): Path<(PortalId, MessageId)>,
    Form(input): Form<MessageForm>,
) -> Result<Answer> {
    let portal = viewer.portal;
    match input.parse() {
        Ok(words) => {
            viewer.write(move |tx| visibility::change(tx, portal, message, &words)).await?;
            changed(&viewer, partial, message).await
        }
        Err(problems) => {
            own_words(&viewer, message).await?;
            Ok(edit_dialog(&viewer, partial, message, &input, &problems).invalid())
        }
    }
}

async fn changed(viewer: &Viewer, partial: Partial, message: MessageId) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(after_dialog(thread(viewer, Looking::at(message)).await?)),
        Partial::Page => Ok(Answer::go(partial, &message_address(SIDE, place(viewer), message))),
    }
}

#[handler]
pub async fn ask_deletion(
    viewer: Viewer,
    partial: Partial,
    Path((_, message)): Path<(PortalId, MessageId)>,
) -> Result<Answer> {
    let words = own_words(&viewer, message).await?;
    let dialog = dialogs::deletion_dialog(&viewer.client.frame(), SIDE, place(&viewer), message, &words);
    Ok(dialog_answer(&viewer, partial, "messages-delete-title", dialog))
}

#[handler]
pub async fn delete(
    viewer: Viewer,
    partial: Partial,
    Path((_, message)): Path<(PortalId, MessageId)>,
) -> Result<Answer> {
    let portal = viewer.portal;
    viewer.write(move |tx| visibility::delete(tx, portal, message)).await?;
    changed(&viewer, partial, message).await
}
