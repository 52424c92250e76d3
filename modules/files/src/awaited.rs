//! What staff wait for of clients: files that were asked for, and answers about files.

use portico_facts::{ApprovalId, FileRequestId};
use portico_kernel::{Awaited, AwaitedLine, Result, Tx};
use portico_ui::Frame;

use crate::{
    request::Request,
    store,
    view::{
        approvals::href_of_states,
        requests::{address, due},
    },
};

pub fn requests() -> Awaited {
    Awaited {
        noun: "request",
        topics: "request grant item",
        list: asked_for,
        remind: |tx, _, subject| store::remind(tx, FileRequestId::from(subject)),
    }
}

pub fn approvals() -> Awaited {
    Awaited {
        noun: "approval",
        topics: "approval",
        list: asked_about,
        remind: |tx, _, subject| store::remind_of_approval(tx, ApprovalId::from(subject)),
    }
}

fn asked_for(tx: &mut Tx, frame: &Frame, most: i64) -> Result<Vec<AwaitedLine>> {
    let found = store::awaited_requests(tx, usize::try_from(most).unwrap_or_default())?;
    let today = tx.today();
    let line = |request: Request| AwaitedLine {
        subject: request.id.into(),
        what: format!("{} · {}", request.title, due(frame.text, today, &request)),
        href: Some(address(request.id)),
        since: request.created_at,
        reminded_at: None,
        who: request.person_name,
    };
    Ok(found.into_iter().map(line).collect())
}

fn asked_about(tx: &mut Tx, frame: &Frame, most: i64) -> Result<Vec<AwaitedLine>> {
    let waiting = frame.text.say("files-approval-open");
    let line = |open: store::Open| AwaitedLine {
        subject: open.id.into(),
        what: format!("{} · {waiting}", open.name),
        href: Some(href_of_states(open.item)),
        since: open.asked_at,
        reminded_at: None,
        who: open.person,
    };
    Ok(store::open_approvals(tx, most)?.into_iter().map(line).collect())
}
